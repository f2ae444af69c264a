//! `code.replace(**changes)` and the constructor of code.
//!
//! What the loop relies on without looking stays as the compiler made it: instructions, the number of locals, the flags
//! that choose how a call binds, and which constants are tuples or code. A change of those is refused after CPython's
//! own complaints. Parameters may be regrouped, and a local may become one, but none may cease to be: instructions
//! read parameters without asking whether they are bound.

use std::rc::Rc;

use crate::bytecode::{CodeFlags, CodeUnit};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, TypeObject, Typed};
use crate::types::text::split::c_int;
use crate::vm::code_object::{CodeObject, link_with_constants};

/// Flags that the loop acts upon.
const BINDING_FLAGS: u32 = CodeFlags::OPTIMIZED
    | CodeFlags::NEWLOCALS
    | CodeFlags::VARARGS
    | CodeFlags::VARKEYWORDS
    | CodeFlags::SUSPENDS;

/// How many parameters are integers; they come first.
const INTEGERS: usize = 7;

const REPLACE: Parameters<18> = Parameters {
    function: "replace",
    names: [
        "co_argcount",
        "co_posonlyargcount",
        "co_kwonlyargcount",
        "co_nlocals",
        "co_stacksize",
        "co_flags",
        "co_firstlineno",
        "co_code",
        "co_consts",
        "co_names",
        "co_varnames",
        "co_freevars",
        "co_cellvars",
        "co_filename",
        "co_name",
        "co_qualname",
        "co_linetable",
        "co_exceptiontable",
    ],
    positional_only: 0,
    positional: 0,
    required: 0,
};

/// What kind of value the parameters of `replace` behind the integers take.
const KINDS: [&str; 11] =
    ["bytes", "tuple", "tuple", "tuple", "tuple", "tuple", "str", "str", "str", "bytes", "bytes"];

/// `code.replace(**changes)`
pub fn replace(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let Some(code) = object.layout::<CodeObject>() else { return Err(cx.type_error("replace() needs code")) };
    let values = REPLACE.bind(cx, arguments)?;
    let numbers = numbers(cx, &values)?;
    let (_, objects) = values.split_at(INTEGERS);
    for ((value, name), kind) in objects.iter().zip(&REPLACE.names[INTEGERS..]).zip(KINDS) {
        if let Some(value) = value {
            check_kind(cx, "replace", &format!("'{name}'"), value, kind)?;
        }
    }
    refuse_negative(cx, &numbers)?;
    let mut unit = CodeUnit::clone(&code.unit.source);
    set_counts(cx, &mut unit, &numbers, objects[3].as_deref(), objects[0].as_deref())?;
    set_texts(cx, &mut unit, objects)?;
    for index in [0, 9, 10] {
        refuse_change(cx, object, REPLACE.names[INTEGERS + index], objects[index].as_deref())?;
    }
    let constants = match &objects[1] {
        Some(constants) => other_constants(cx, code, constants)?,
        None => code.unit.constants.clone(),
    };
    Ok(link_with_constants(cx, &Rc::new(unit), constants)?.into_object())
}

type Numbers = [Option<i32>; INTEGERS];

fn numbers(cx: &Interpreter, values: &[Option<ObjectRef>]) -> Outcome<Numbers> {
    let mut numbers = [None; INTEGERS];
    for (number, value) in numbers.iter_mut().zip(values) {
        *number = value.as_deref().map(|value| c_int(cx, value)).transpose()?;
    }
    Ok(numbers)
}

fn check_kind(cx: &Interpreter, function: &str, which: &str, value: &Object, kind: &str) -> Outcome<()> {
    let fits = match kind {
        "bytes" => value.as_bytes().is_some(),
        "tuple" => value.as_tuple().is_some(),
        _ => value.as_text().is_some(),
    };
    if fits {
        return Ok(());
    }
    let found = value.type_name();
    Err(cx.type_error(format_args!("{function}() argument {which} must be {kind}, not {found}")))
}

fn refuse_negative(cx: &Interpreter, numbers: &Numbers) -> Outcome<()> {
    match numbers.iter().position(|number| number.is_some_and(|number| number < 0)) {
        None => Ok(()),
        Some(index) => {
            let name = REPLACE.names[index];
            Err(cx.value_error(format_args!("{name} must be a positive integer")))
        }
    }
}

fn cannot_change(cx: &Interpreter, name: &str) -> crate::runtime::Raised {
    cx.value_error(format_args!("code: {name} cannot be changed like this"))
}

fn refuse_change(cx: &Interpreter, object: &Object, name: &str, value: Option<&Object>) -> Outcome<()> {
    let Some(value) = value else { return Ok(()) };
    let current = cx.get_attribute_text(object, &*cx.intern(name)?)?;
    if cx.equal(&current, value)? { Ok(()) } else { Err(cannot_change(cx, name)) }
}

/// All numbers, once they agree with each other and with what the instructions rely on.
fn set_counts(
    cx: &Interpreter,
    unit: &mut CodeUnit,
    numbers: &Numbers,
    variables: Option<&Object>,
    code: Option<&Object>,
) -> Outcome<()> {
    let [arguments, positional_only, keyword_only, locals, stack, flags, first_line] =
        numbers.map(|number| number.map(i32::unsigned_abs));
    let before = parameter_count(unit);
    let variable_count = variables.and_then(Typed::as_tuple).map_or(unit.variable_names.len(), |it| it.len());
    let old_flags = unit.flags;
    unit.argument_count = arguments.unwrap_or(unit.argument_count);
    unit.positional_only_count = positional_only.unwrap_or(unit.positional_only_count);
    unit.keyword_only_count = keyword_only.unwrap_or(unit.keyword_only_count);
    unit.flags = flags.unwrap_or(unit.flags);
    let locals = locals.map_or(unit.variable_names.len(), |locals| locals as usize);
    let code_length = code.and_then(Typed::as_bytes).map_or(0, |bytes| bytes.as_slice().len());
    check_counts(cx, unit, locals, variable_count, code_length)?;
    if (old_flags ^ unit.flags) & BINDING_FLAGS != 0 {
        return Err(cannot_change(cx, "co_flags"));
    }
    if parameter_count(unit) < before {
        return Err(cannot_change(cx, "co_argcount"));
    }
    if let Some(stack) = stack {
        let most = u16::MAX - unit.local_count.min(u16::MAX - 1);
        let depth = u16::try_from(stack).ok().filter(|depth| (unit.temporary_count..=most).contains(depth));
        unit.temporary_count = depth.ok_or_else(|| cannot_change(cx, "co_stacksize"))?;
    }
    if let Some(line) = first_line {
        move_to_line(unit, line);
    }
    Ok(())
}

/// The registers that a call fills.
fn parameter_count(unit: &CodeUnit) -> usize {
    let many = [CodeFlags::VARARGS, CodeFlags::VARKEYWORDS];
    unit.argument_count as usize
        + unit.keyword_only_count as usize
        + many.into_iter().filter(|flag| unit.flags & flag != 0).count()
}

/// CPython's own complaints, in its order.
fn check_counts(
    cx: &Interpreter,
    unit: &CodeUnit,
    locals: usize,
    variables: usize,
    code_length: usize,
) -> Outcome<()> {
    if unit.argument_count < unit.positional_only_count {
        return Err(bad_call(cx));
    }
    if !code_length.is_multiple_of(2) {
        return Err(cx.value_error("code: co_code is malformed"));
    }
    if variables < parameter_count(unit) {
        return Err(cx.value_error("code: co_varnames is too small"));
    }
    if locals != variables {
        return Err(cx.value_error("code: co_nlocals != len(co_varnames)"));
    }
    Ok(())
}

fn bad_call(cx: &Interpreter) -> crate::runtime::Raised {
    cx.system_error("../Objects/codeobject.c:250: bad argument to internal function")
}

/// The lines of all instructions count from the first one.
fn move_to_line(unit: &mut CodeUnit, line: u32) {
    let by = i64::from(line) - i64::from(unit.first_line);
    let moved = |line: u32| u32::try_from(i64::from(line) + by).unwrap_or_default();
    for location in unit.locations.iter_mut().filter(|location| location.line != 0) {
        location.line = moved(location.line);
        location.end_line = moved(location.end_line);
    }
    for mark in &mut unit.marks {
        mark.location.line = moved(mark.location.line);
        mark.location.end_line = moved(mark.location.end_line);
    }
    unit.first_line = line;
}

fn set_texts(cx: &Interpreter, unit: &mut CodeUnit, objects: &[Option<ObjectRef>]) -> Outcome<()> {
    let rows = [&mut unit.names, &mut unit.variable_names, &mut unit.free_names, &mut unit.cell_names];
    for ((field, value), name) in rows.into_iter().zip(&objects[2..]).zip(&REPLACE.names[INTEGERS + 2..]) {
        if let Some(value) = value {
            set_row(cx, name, value, field)?;
        }
    }
    let single = [&mut unit.file_name, &mut unit.name, &mut unit.qualified_name];
    for (field, value) in single.into_iter().zip(&objects[6..]) {
        if let Some(text) = value.as_deref().and_then(Typed::as_text) {
            *field = text.to_rust_string_lossy().into();
        }
    }
    Ok(())
}

/// Other texts, as many as before: instructions know them by their index.
fn set_row(cx: &Interpreter, name: &str, value: &Object, field: &mut [Rc<str>]) -> Outcome<()> {
    let items = value.as_tuple().map(|tuple| tuple.items()).unwrap_or_default();
    if items.iter().any(|item| item.as_text().is_none()) {
        return Err(cx.system_error("non-string found in code slot"));
    }
    if items.len() != field.len() {
        return Err(cannot_change(cx, name));
    }
    for (text, place) in items.iter().filter_map(|item| item.as_text()).zip(field) {
        *place = text.to_rust_string_lossy().into();
    }
    Ok(())
}

/// Further constants may follow; the ones there are keep their kinds.
fn other_constants(cx: &Interpreter, code: &CodeObject, constants: &Object) -> Outcome<Vec<ObjectRef>> {
    let new = constants.as_tuple().map(|tuple| tuple.items()).unwrap_or_default();
    let old = &code.unit.constants;
    if new.len() >= old.len() && old.iter().zip(new).all(|(old, new)| is_replaceable(cx, old, new)) {
        return Ok(new.to_vec());
    }
    Err(cannot_change(cx, "co_consts"))
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

/// What the constructor takes, in order.
const CONSTRUCTOR_KINDS: [&str; 18] = [
    "int", "int", "int", "int", "int", "int", "bytes", "tuple", "tuple", "tuple", "str", "str", "str", "int",
    "bytes", "bytes", "tuple", "tuple",
];

/// `types.CodeType(...)`: complains as CPython, and makes nothing. Bytes are no instructions of ours.
pub fn new(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords("code", arguments)?;
    let values = arguments.positional_values();
    cx.check_positional("code", values.len(), 16, 18)?;
    let mut numbers = Vec::new();
    for (index, (value, kind)) in values.iter().zip(CONSTRUCTOR_KINDS).enumerate() {
        match kind {
            "int" => numbers.push(c_int(cx, value)?),
            _ => check_kind(cx, "code", &(index + 1).to_string(), value, kind)?,
        }
    }
    check_constructor(cx, values, &numbers)?;
    Err(cx.value_error("code: instructions cannot be made from bytes; use compile() and code.replace()"))
}

fn check_constructor(cx: &Interpreter, values: &[ObjectRef], numbers: &[i32]) -> Outcome<()> {
    let names = ["argcount", "posonlyargcount", "kwonlyargcount", "nlocals"];
    if let Some((name, _)) = names.iter().zip(numbers).find(|(_, number)| **number < 0) {
        return Err(cx.value_error(format_args!("code: {name} must not be negative")));
    }
    let rows = [8, 9, 16, 17].map(|index| values.get(index));
    for item in rows.into_iter().flatten().filter_map(|row| row.as_tuple()).flat_map(|row| row.items()) {
        if item.as_text().is_none() {
            let found = item.type_name();
            return Err(cx.type_error(format_args!("name tuples must contain only strings, not '{found}'")));
        }
    }
    let length = |index: usize| values[index].as_tuple().map_or(0, |row| row.len());
    let code_length = values[6].as_bytes().map_or(0, |bytes| bytes.as_slice().len());
    if numbers[4..6].iter().any(|number| *number < 0) {
        return Err(bad_call(cx));
    }
    let unit = CodeUnit {
        argument_count: numbers[0].unsigned_abs(),
        positional_only_count: numbers[1].unsigned_abs(),
        keyword_only_count: numbers[2].unsigned_abs(),
        flags: numbers[5].unsigned_abs(),
        ..CodeUnit::default()
    };
    check_counts(cx, &unit, numbers[3].unsigned_abs() as usize, length(9), code_length)
}
