//! The words of a native function for arguments that do not fit, where a function written in Python stands for one.
//!
//! Native functions of three kinds say different things: those that take a fixed number by position, those that take
//! some by position, and those whose parameters have names. Which one a function is follows from its parameters.

use super::Binder;
use crate::bytecode::CodeFlags;
use crate::runtime::{Raised, Typed};
use crate::values::text::Text;
use crate::values::tuple::Tuple;
use crate::vm::stand_ins;

/// What of a call and of the function's parameters the words depend on, without the receiver.
struct Wanted<'a> {
    names: &'a [crate::object::ObjectRef],
    given: usize,
    parameters: usize,
    positional_only: usize,
    required: usize,
    receiver: usize,
}

/// What a refused function is called: `name` of a class or a function, `full` with what it belongs to.
struct Called {
    name: String,
    full: String,
    is_class: bool,
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl Binder<'_> {
    /// The refusal of a call whose arguments do not fit, if the function stands for a native one.
    #[cold]
    pub(super) fn refused_natively(&self, names: Option<&Tuple>) -> Option<Raised> {
        if !stand_ins::is_native_there(self.unit) {
            return None;
        }
        let wanted = self.wanted(names)?;
        let called = self.called();
        let words = if self.is_by_position_only(&wanted) {
            self.words_by_position(&wanted, &called)
        } else {
            self.words_by_name(&wanted, &called)
        };
        words.map(|words| self.cx.type_error(format_args!("{words}")))
    }

    fn wanted<'a>(&self, names: Option<&'a Tuple>) -> Option<Wanted<'a>> {
        let is_method =
            self.unit.qualified_name.rsplit_once('.').is_some_and(|(owner, _)| !owner.ends_with('>'));
        let receiver = usize::from(is_method);
        let names = names.map_or(&[][..], Tuple::items);
        let parameters = (self.unit.argument_count as usize).checked_sub(receiver)?;
        Some(Wanted {
            names,
            given: self.count.checked_sub(names.len() + receiver)?,
            parameters,
            positional_only: (self.unit.positional_only_count as usize).saturating_sub(receiver),
            required: parameters.saturating_sub(self.default_count()),
            receiver,
        })
    }

    fn called(&self) -> Called {
        let full = self.display();
        let (owner, name) = full.rsplit_once('.').unwrap_or(("", &full));
        let is_class = matches!(name, "__new__" | "__init__" | "__call__");
        let name = if is_class { owner.rsplit('.').next().unwrap_or(owner) } else { name }.to_owned();
        let full = match (is_class, owner.is_empty()) {
            (true, _) => name.clone(),
            (false, true) => format!("{}.{full}", stand_ins::native_module(&self.unit.file_name)),
            (false, false) => full,
        };
        Called { name, full, is_class }
    }

    fn is_by_position_only(&self, wanted: &Wanted) -> bool {
        wanted.positional_only == wanted.parameters && self.unit.keyword_only_count == 0
    }

    fn words_by_position(&self, wanted: &Wanted, called: &Called) -> Option<String> {
        let Wanted { given, parameters, required, .. } = *wanted;
        let Called { name, full, is_class } = called;
        if !wanted.names.is_empty() {
            return Some(format!("{full}() takes no keyword arguments"));
        }
        let is_open = self.code.has(CodeFlags::VARARGS);
        let (bound, count) = match (given < required, required == parameters && !is_open) {
            (_, true) if !is_class && parameters == 0 => {
                return Some(format!("{full}() takes no arguments ({given} given)"));
            }
            (_, true) if !is_class && parameters == 1 => {
                return Some(format!("{full}() takes exactly one argument ({given} given)"));
            }
            (true, true) => ("", required),
            (false, true) => ("", parameters),
            (true, false) => ("at least ", required),
            (false, false) => ("at most ", parameters),
        };
        Some(format!("{name} expected {bound}{count} argument{}, got {given}", plural(count)))
    }

    fn words_by_name(&self, wanted: &Wanted, called: &Called) -> Option<String> {
        let name = &called.name;
        let is_open = self.code.has(CodeFlags::VARARGS) || self.code.has(CodeFlags::VARKEYWORDS);
        let too_many = || if is_open { None } else { self.words_for_too_many(wanted, name) };
        too_many()
            .or_else(|| self.words_for_missing(wanted, name))
            .or_else(|| self.words_for_name(wanted, name))
    }

    fn words_for_too_many(&self, wanted: &Wanted, name: &str) -> Option<String> {
        let (given, all) = (wanted.given, wanted.parameters + self.unit.keyword_only_count as usize);
        let total = given + wanted.names.len();
        if total > all {
            let kind = if given == 0 { "keyword " } else { "" };
            return Some(format!(
                "{name}() takes at most {all} {kind}argument{} ({total} given)",
                plural(all)
            ));
        }
        let most = wanted.parameters;
        match given > most {
            false => None,
            true if most == 0 => Some(format!("{name}() takes no positional arguments")),
            true => {
                let bound = if wanted.required < most { "at most" } else { "exactly" };
                Some(format!(
                    "{name}() takes {bound} {most} positional argument{} ({given} given)",
                    plural(most)
                ))
            }
        }
    }

    fn words_for_missing(&self, wanted: &Wanted, name: &str) -> Option<String> {
        let is_named = |parameter: &Text| {
            wanted.names.iter().any(|given| given.as_text().is_some_and(|given| given.equals(parameter)))
        };
        let missing = (wanted.given..wanted.required)
            .find(|index| *index < wanted.positional_only || !is_named(self.name(index + wanted.receiver)))?;
        if missing < wanted.positional_only {
            let least = wanted.required.min(wanted.positional_only);
            let bound = if least < wanted.positional_only { "at least" } else { "exactly" };
            let given = wanted.given;
            return Some(format!(
                "{name}() takes {bound} {least} positional argument{} ({given} given)",
                plural(least)
            ));
        }
        let parameter = self.name(missing + wanted.receiver).to_rust_string_lossy();
        Some(format!("{name}() missing required argument '{parameter}' (pos {})", missing + 1))
    }

    fn words_for_name(&self, wanted: &Wanted, name: &str) -> Option<String> {
        let all = wanted.parameters + self.unit.keyword_only_count as usize;
        wanted.names.iter().filter_map(|given| given.as_text()).find_map(|given| {
            let place =
                (wanted.positional_only..all).find(|index| self.name(index + wanted.receiver).equals(given));
            let shown = given.to_rust_string_lossy();
            match place {
                None => Some(format!("'{shown}' is an invalid keyword argument for {name}()")),
                Some(index) if index < wanted.given => Some(format!(
                    "argument for {name}() given by name ('{shown}') and position ({})",
                    index + 1
                )),
                Some(_) => None,
            }
        })
    }
}
