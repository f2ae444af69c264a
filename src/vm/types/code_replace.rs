//! `code.replace(**changes)`: a copy of a code object with other names, constants or places.
//!
//! What the loop relies on without looking stays as the compiler made it: instructions, counts of arguments and locals,
//! the flags that choose how a call binds, and which constants are tuples or code. A change of those is refused.

use std::rc::Rc;

use crate::bytecode::{CodeFlags, CodeUnit};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::values::text::Text;
use crate::vm::code_object::{CodeObject, link_with_constants};

/// Flags that the loop acts upon.
const BINDING_FLAGS: u32 = CodeFlags::OPTIMIZED
    | CodeFlags::NEWLOCALS
    | CodeFlags::VARARGS
    | CodeFlags::VARKEYWORDS
    | CodeFlags::SUSPENDS;

/// What can be changed comes first, then what must be as it is.
const REPLACE: Parameters<16> = Parameters {
    function: "replace",
    names: [
        "co_filename",
        "co_name",
        "co_qualname",
        "co_firstlineno",
        "co_flags",
        "co_consts",
        "co_names",
        "co_varnames",
        "co_argcount",
        "co_posonlyargcount",
        "co_kwonlyargcount",
        "co_nlocals",
        "co_stacksize",
        "co_code",
        "co_freevars",
        "co_cellvars",
    ],
    positional_only: 0,
    positional: 0,
    required: 0,
};

/// `code.replace(**changes)`
pub fn replace(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let Some(code) = object.layout::<CodeObject>() else { return Err(cx.type_error("replace() needs code")) };
    let [file_name, name, qualified_name, first_line, flags, constants, names, variables, fixed @ ..] =
        REPLACE.bind(cx, arguments)?;
    for (value, name) in fixed.iter().zip(&REPLACE.names[8..]) {
        refuse_change(cx, object, name, value.as_deref())?;
    }
    let mut unit = CodeUnit::clone(&code.unit.source);
    set_text(cx, "co_filename", file_name, &mut unit.file_name)?;
    set_text(cx, "co_name", name, &mut unit.name)?;
    set_text(cx, "co_qualname", qualified_name, &mut unit.qualified_name)?;
    if let Some(line) = first_line {
        move_to_line(&mut unit, cx.to_i64(&line)?);
    }
    if let Some(flags) = flags {
        set_flags(cx, &mut unit, cx.to_i64(&flags)?)?;
    }
    set_texts(cx, "co_names", names, &mut unit.names)?;
    set_texts(cx, "co_varnames", variables, &mut unit.variable_names)?;
    let constants = match constants {
        Some(constants) => other_constants(cx, code, &constants)?,
        None => code.unit.constants.clone(),
    };
    Ok(link_with_constants(cx, &Rc::new(unit), constants)?.into_object())
}

fn refuse_change(cx: &Interpreter, object: &Object, name: &str, value: Option<&Object>) -> Outcome<()> {
    let Some(value) = value else { return Ok(()) };
    let current = cx.get_attribute_text(object, &*cx.intern(name)?)?;
    if cx.equal(&current, value)? {
        return Ok(());
    }
    Err(cx.value_error(format_args!("code: {name} cannot be changed")))
}

fn text_of<'a>(cx: &Interpreter, name: &str, value: &'a Object) -> Outcome<&'a Text> {
    value.as_text().ok_or_else(|| {
        let kind = value.type_name();
        cx.type_error(format_args!("replace() argument '{name}' must be str, not {kind}"))
    })
}

fn set_text(cx: &Interpreter, name: &str, value: Option<ObjectRef>, field: &mut Rc<str>) -> Outcome<()> {
    if let Some(value) = value {
        *field = text_of(cx, name, &value)?.to_rust_string_lossy().into();
    }
    Ok(())
}

/// Other texts, as many as before: instructions know them by their index.
fn set_texts(cx: &Interpreter, name: &str, value: Option<ObjectRef>, field: &mut [Rc<str>]) -> Outcome<()> {
    let Some(value) = value else { return Ok(()) };
    let Some(tuple) = value.as_tuple() else {
        let kind = value.type_name();
        return Err(cx.type_error(format_args!("replace() argument '{name}' must be tuple, not {kind}")));
    };
    if tuple.len() != field.len() {
        return Err(cx.value_error(format_args!("code: the length of {name} cannot be changed")));
    }
    for (item, place) in tuple.items().iter().zip(field) {
        *place = text_of(cx, name, item)?.to_rust_string_lossy().into();
    }
    Ok(())
}

/// The lines of all instructions count from the first one.
fn move_to_line(unit: &mut CodeUnit, line: i64) {
    let by = line.saturating_sub(i64::from(unit.first_line));
    let moved = |line: u32| u32::try_from(i64::from(line).saturating_add(by)).unwrap_or_default();
    for location in unit.locations.iter_mut().filter(|location| location.line != 0) {
        location.line = moved(location.line);
        location.end_line = moved(location.end_line);
    }
    unit.first_line = moved(unit.first_line);
}

fn set_flags(cx: &Interpreter, unit: &mut CodeUnit, flags: i64) -> Outcome<()> {
    let flags = u32::try_from(flags).map_err(|_| cx.value_error("code: flags out of range"))?;
    if (flags ^ unit.flags) & BINDING_FLAGS != 0 {
        return Err(cx.value_error("code: co_flags that choose how a call works cannot be changed"));
    }
    unit.flags = flags;
    Ok(())
}

fn other_constants(cx: &Interpreter, code: &CodeObject, constants: &Object) -> Outcome<Vec<ObjectRef>> {
    let Some(tuple) = constants.as_tuple() else {
        let kind = constants.type_name();
        return Err(cx.type_error(format_args!("replace() argument 'co_consts' must be tuple, not {kind}")));
    };
    let old = &code.unit.constants;
    let fits = tuple.len() == old.len()
        && old.iter().zip(tuple.items()).all(|(old, new)| is_replaceable(cx, old, new));
    match fits {
        true => Ok(tuple.items().to_vec()),
        false => Err(cx.value_error("code: co_consts of other kinds cannot be exchanged")),
    }
}

/// Whether the loop can meet one constant where the compiler put another.
fn is_replaceable(cx: &Interpreter, old: &ObjectRef, new: &ObjectRef) -> bool {
    if let (Some(old), Some(new)) = (old.layout::<CodeObject>(), new.layout::<CodeObject>()) {
        return old.unit.source.free_names.len() == new.unit.source.free_names.len();
    }
    let types = &cx.types;
    let is_plain = |object: &Object| {
        [&types.int, &types.float, &types.complex, &types.str, &types.bytes, &types.bool, &types.none_type]
            .iter()
            .any(|kind| object.is_exactly(kind))
    };
    old.is(new) || is_plain(old) && is_plain(new)
}
