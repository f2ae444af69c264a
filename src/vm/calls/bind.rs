//! Binding arguments to parameters, with CPython's words for what does not fit.

use std::ptr::NonNull;

use crate::bytecode::CodeFlags;
use crate::object::ObjectRef;
use crate::runtime::stack::Register;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::values::dict::Dict;
use crate::values::text::Text;
use crate::values::tuple::Tuple;
use crate::vm::code_object::CodeObject;
use crate::vm::function::Function;

/// How many registers parameters take: positional, keyword-only, `*args`, `**kwargs`.
pub fn parameter_count(code: &CodeObject) -> usize {
    let unit = &code.unit.source;
    (unit.argument_count + unit.keyword_only_count) as usize
        + usize::from(code.has(CodeFlags::VARARGS))
        + usize::from(code.has(CodeFlags::VARKEYWORDS))
}

/// Turns the `count` arguments in a window (the last ones keywords) into the function's parameters. On failure the
/// window is as it was.
///
/// # Safety
/// The first `count` registers of the window are owned, and there is room for all parameters.
pub unsafe fn bind_window(
    cx: &Interpreter,
    function: &Function,
    window: *mut Register,
    count: usize,
    names: Option<&Tuple>,
) -> Outcome<()> {
    let code = function.code();
    let plain = names.is_none_or(Tuple::is_empty);
    if plain && code.is_simple | code.is_generator && simple_parameters(code) {
        let wanted = code.argument_count as usize;
        if count == wanted {
            return Ok(());
        }
        if count < wanted {
            // SAFETY: the registers behind the arguments are free.
            if unsafe { fill_defaults(function, window, count, wanted) } {
                return Ok(());
            }
        }
    }
    // SAFETY: the values are owned by the window while they are bound.
    let values = unsafe { std::slice::from_raw_parts(window.cast::<ObjectRef>(), count) };
    let bound = Binder { cx, function, code, unit: &code.unit.source }.bind(values, names)?;
    // SAFETY: the old references are dropped, the new ones take their place; no more than all parameters.
    unsafe {
        for index in 0..count {
            drop(ObjectRef::from_owned(NonNull::new_unchecked(*window.add(index))));
        }
        for (index, value) in bound.into_iter().enumerate() {
            *window.add(index) = value.into_raw().as_ptr();
        }
    }
    Ok(())
}

fn simple_parameters(code: &CodeObject) -> bool {
    code.unit.source.flags & (CodeFlags::VARARGS | CodeFlags::VARKEYWORDS) == 0
        && code.unit.source.keyword_only_count == 0
}

/// Fills missing positional parameters from the defaults; false where there are not enough.
unsafe fn fill_defaults(function: &Function, window: *mut Register, count: usize, wanted: usize) -> bool {
    // SAFETY: the defaults are a tuple, which the function keeps.
    unsafe {
        let Some(defaults) = function.defaults.borrow() else { return false };
        let defaults = defaults.cast::<Tuple>().items();
        let missing = wanted - count;
        if defaults.len() < missing {
            return false;
        }
        for (index, value) in defaults[defaults.len() - missing..].iter().enumerate() {
            *window.add(count + index) = value.clone().into_raw().as_ptr();
        }
        true
    }
}

/// Parameters that need no memory while they are bound.
const FEW: usize = 12;

struct Binder<'a> {
    cx: &'a Interpreter,
    function: &'a Function,
    code: &'a CodeObject,
    unit: &'a crate::bytecode::CodeUnit,
}

impl Binder<'_> {
    fn bind(&self, values: &[ObjectRef], names: Option<&Tuple>) -> Outcome<Vec<ObjectRef>> {
        let positional = self.unit.argument_count as usize;
        let total = positional + self.unit.keyword_only_count as usize;
        let given = values.len() - names.map_or(0, Tuple::len);
        let mut few = [const { None }; FEW];
        let mut many = Vec::new();
        let slots: &mut [Option<ObjectRef>] = if total <= FEW {
            &mut few[..total]
        } else {
            many.resize(total, None);
            &mut many
        };
        for (slot, value) in slots.iter_mut().zip(&values[..given.min(positional)]) {
            *slot = Some(value.clone());
        }
        let mut extra_keywords = None;
        if self.code.has(CodeFlags::VARKEYWORDS) {
            extra_keywords = Some(self.cx.new_dict()?);
        }
        for (name, value) in names.map_or(&[][..], Tuple::items).iter().zip(&values[given..]) {
            self.bind_keyword(slots, name, value, extra_keywords.as_deref(), names)?;
        }
        if given > positional && !self.code.has(CodeFlags::VARARGS) {
            return Err(self.too_many(given, slots));
        }
        self.fill_positional(slots)?;
        self.fill_keyword_only(slots)?;
        let mut bound = Vec::with_capacity(total + 2);
        bound.extend(slots.iter_mut().filter_map(Option::take));
        if self.code.has(CodeFlags::VARARGS) {
            bound.push(self.cx.new_tuple(&values[given.min(positional)..given])?);
        }
        bound.extend(extra_keywords.map(|dict| dict.into_object()));
        Ok(bound)
    }

    fn name(&self, index: usize) -> &Text {
        &self.code.unit.local_names[index]
    }

    fn display(&self) -> String {
        self.cx.display(&self.function.qualified_name.get())
    }

    fn bind_keyword(
        &self,
        slots: &mut [Option<ObjectRef>],
        name: &ObjectRef,
        value: &ObjectRef,
        extra: Option<&Dict>,
        names: Option<&Tuple>,
    ) -> Outcome<()> {
        let Some(text) = name.as_text() else {
            return Err(self.cx.type_error(format_args!("{}() keywords must be strings", self.display())));
        };
        let first = self.unit.positional_only_count as usize;
        let found = (first..slots.len()).find(|index| {
            let known = self.name(*index);
            known.is(text) || known.equals(text)
        });
        match (found, extra) {
            (Some(index), _) if slots[index].is_some() => Err(self.cx.type_error(format_args!(
                "{}() got multiple values for argument '{}'",
                self.display(),
                text.to_rust_string_lossy()
            ))),
            (Some(index), _) => {
                slots[index] = Some(value.clone());
                Ok(())
            }
            (None, Some(extra)) => self.cx.dict_set(extra, name, value.clone()),
            (None, None) => Err(self.unexpected_keyword(text, names)),
        }
    }

    /// Refuses a keyword: all positional-only parameters among the names that are given are told at once.
    #[cold]
    fn unexpected_keyword(&self, name: &Text, names: Option<&Tuple>) -> Raised {
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

    #[cold]
    fn too_many(&self, given: usize, slots: &[Option<ObjectRef>]) -> Raised {
        let positional = self.unit.argument_count as usize;
        let defaults =
            self.function.defaults.get().and_then(|tuple| tuple.as_tuple().map(Tuple::len)).unwrap_or(0);
        let (takes, plural) = match defaults {
            0 => (positional.to_string(), positional != 1),
            _ => (format!("from {} to {positional}", positional - defaults), true),
        };
        let keyword_given = slots[positional..].iter().flatten().count();
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

    fn fill_positional(&self, slots: &mut [Option<ObjectRef>]) -> Outcome<()> {
        let positional = self.unit.argument_count as usize;
        let defaults = self.function.defaults.get();
        let defaults = defaults.as_ref().and_then(|tuple| tuple.as_tuple()).map_or(&[][..], Tuple::items);
        let first_default = positional.saturating_sub(defaults.len());
        let missing: Vec<usize> = (0..first_default).filter(|index| slots[*index].is_none()).collect();
        if !missing.is_empty() {
            return Err(self.missing("positional", &missing));
        }
        let skip = defaults.len().saturating_sub(positional);
        for (slot, value) in slots[first_default..positional].iter_mut().zip(&defaults[skip..]) {
            slot.get_or_insert_with(|| value.clone());
        }
        Ok(())
    }

    fn fill_keyword_only(&self, slots: &mut [Option<ObjectRef>]) -> Outcome<()> {
        let positional = self.unit.argument_count as usize;
        let defaults = self.function.keyword_defaults.get();
        let mut missing = Vec::new();
        for (index, slot) in slots.iter_mut().enumerate().skip(positional) {
            if slot.is_some() {
                continue;
            }
            let found = defaults
                .as_ref()
                .and_then(|dict| dict.as_dict())
                .map(|dict| self.cx.dict_get_text(dict, self.name(index)));
            match found.transpose()?.flatten() {
                Some(value) => *slot = Some(value),
                None => missing.push(index),
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(self.missing("keyword-only", &missing)) }
    }

    #[cold]
    fn missing(&self, kind: &str, missing: &[usize]) -> Raised {
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
