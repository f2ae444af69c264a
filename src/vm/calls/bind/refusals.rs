//! CPython's words for arguments that do not fit.

use super::Binder;
use super::by_slots::Bound;
use crate::bytecode::CodeFlags;
use crate::runtime::{Raised, Typed};
use crate::values::text::Text;
use crate::values::tuple::Tuple;

impl Binder<'_> {
    pub(super) fn display(&self) -> String {
        self.cx.display(&self.function.qualified_name.get())
    }

    /// Refuses a keyword: all positional-only parameters among the names that are given are told at once.
    #[cold]
    pub(super) fn unexpected_keyword(&self, name: &Text, names: Option<&Tuple>) -> Raised {
        let display = self.display();
        let names = names.map_or(&[][..], Tuple::items);
        let is_given = |parameter: &Text| {
            names.iter().any(|name| name.as_text().is_some_and(|name| name.equals(parameter)))
        };
        let positional_only: Vec<String> = (0..self.unit.positional_only_count as usize)
            .filter(|index| is_given(self.name(*index)))
            .map(|index| self.name(index).to_rust_string_lossy())
            .collect();
        if !positional_only.is_empty() {
            return self.cx.type_error(format_args!(
                "{display}() got some positional-only arguments passed as keyword arguments: '{}'",
                positional_only.join(", ")
            ));
        }
        let name = name.to_rust_string_lossy();
        self.cx.type_error(format_args!("{display}() got an unexpected keyword argument '{name}'"))
    }

    /// The words for a number of arguments that a function in C does not take, where this one stands for such a
    /// function.
    pub(super) fn refused_natively(&self, given: usize) -> Option<Raised> {
        if !self.unit.stands_for_native
            || self.function.defaults.get().is_some()
            || self.code.has(CodeFlags::VARARGS)
        {
            return None;
        }
        let receiver = usize::from(self.unit.qualified_name.contains('.'));
        let given = given.checked_sub(receiver)?;
        let takes = match (self.unit.argument_count as usize).checked_sub(receiver)? {
            0 => "no arguments",
            1 => "exactly one argument",
            _ => return None,
        };
        let display = self.display();
        Some(self.cx.type_error(format_args!("{display}() takes {takes} ({given} given)")))
    }

    #[cold]
    pub(super) fn too_many(&self, given: usize, slots: &[Bound]) -> Raised {
        let positional = self.unit.argument_count as usize;
        if let Some(raised) = self.refused_natively(given) {
            return raised;
        }
        let defaults =
            self.function.defaults.get().and_then(|tuple| tuple.as_tuple().map(Tuple::len)).unwrap_or(0);
        let (takes, plural) = match defaults {
            0 => (positional.to_string(), positional != 1),
            _ => (format!("from {} to {positional}", positional - defaults), true),
        };
        let keyword_given = slots[positional..].iter().filter(|slot| !slot.is_missing()).count();
        let plural = if plural { "s" } else { "" };
        let (extra, verb) = match keyword_given {
            0 => (String::new(), if given == 1 { "was" } else { "were" }),
            _ => {
                let arguments = if given == 1 { "" } else { "s" };
                let keywords = if keyword_given == 1 { "" } else { "s" };
                (
                    format!(
                        " positional argument{arguments} (and {keyword_given} keyword-only argument{keywords})"
                    ),
                    "were",
                )
            }
        };
        self.cx.type_error(format_args!(
            "{}() takes {takes} positional argument{plural} but {given}{extra} {verb} given",
            self.display()
        ))
    }

    #[cold]
    pub(super) fn missing(&self, kind: &str, missing: &[usize]) -> Raised {
        let names: Vec<String> =
            missing.iter().map(|index| format!("'{}'", self.name(*index).to_rust_string_lossy())).collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
            [] => String::new(),
        };
        let plural = if names.len() == 1 { "" } else { "s" };
        self.cx.type_error(format_args!(
            "{}() missing {} required {kind} argument{plural}: {list}",
            self.display(),
            names.len()
        ))
    }
}
