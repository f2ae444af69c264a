//! CPython's words for arguments that do not fit.

use super::Binder;
use super::by_slots::Bound;
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
        if let Some(raised) = self.refused_natively(names) {
            return raised;
        }
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

    /// How many of the parameters by position have default values.
    pub(super) fn default_count(&self) -> usize {
        self.function.defaults.get().and_then(|tuple| tuple.as_tuple().map(Tuple::len)).unwrap_or(0)
    }

    #[cold]
    pub(super) fn too_many(&self, given: usize, slots: &[Bound], names: Option<&Tuple>) -> Raised {
        if let Some(raised) = self.refused_natively(names) {
            return raised;
        }
        let positional = self.unit.argument_count as usize;
        let defaults = self.default_count();
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

    /// Refuses a keyword whose parameter has got its argument already.
    #[cold]
    pub(super) fn given_twice(&self, name: &Text, names: Option<&Tuple>) -> Raised {
        self.refused_natively(names).unwrap_or_else(|| {
            let name = name.to_rust_string_lossy();
            self.cx.type_error(format_args!("{}() got multiple values for argument '{name}'", self.display()))
        })
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
