//! `with`, exception matching and pattern matching.

use super::operands::{kept, operand_b, operand_c};
use crate::bytecode::Instruction;
use crate::object::{Object, ObjectRef};
use crate::runtime::exception::AsException;
use crate::runtime::stack::Register;
use crate::runtime::{Interpreter, Outcome, Raised, TypeFlags, Typed};
use crate::values::text::Text;

/// Whether the exception in b matches the type or tuple in c.
#[inline(never)]
pub unsafe fn match_exception(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: as the instruction says.
    unsafe {
        let wanted = operand_c(cx, fp, i)?;
        let exception = kept(fp, i.b).new_ref();
        let matches = exception_matches(cx, &exception, &wanted)?;
        wanted.consume();
        Ok(cx.new_bool(matches))
    }
}

/// Whether an exception is an instance of a class or of one in a tuple.
pub fn exception_matches(cx: &Interpreter, exception: &Object, wanted: &Object) -> Outcome<bool> {
    let single = |kind: &Object| match kind.as_type() {
        Some(kind) if kind.has(TypeFlags::EXCEPTION) => Ok(exception.is_instance(kind)),
        _ => Err(cx.type_error("catching classes that do not inherit from BaseException is not allowed")),
    };
    let Some(tuple) = wanted.as_tuple() else { return single(wanted) };
    let mut found = false;
    for kind in tuple.items() {
        found |= single(kind)?;
    }
    Ok(found)
}

#[inline(never)]
pub unsafe fn enter_with(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: b is the manager; a and a + 1 are written when both methods have been had.
    unsafe {
        let manager = operand_b(cx, fp, i)?;
        let enter = context_method(cx, &manager, &cx.names.enter, "")?;
        let exit = context_method(cx, &manager, &cx.names.exit, " (missed __exit__ method)")?;
        // Its methods keep the manager from here on: the exit method takes the place of a temporary, which is owned
        // where the call raises.
        let exit = manager.replace(exit);
        let entered = cx.call(&enter, &[])?;
        drop(enter);
        let exit = match exit {
            Some(exit) => exit.into_raw().as_ptr(),
            None => std::mem::replace(&mut *fp.add(i.b as usize), std::ptr::null_mut()),
        };
        *fp.add(i.a as usize) = exit;
        *fp.add(i.a as usize + 1) = entered.into_raw().as_ptr();
        Ok(())
    }
}

fn context_method(cx: &Interpreter, manager: &Object, name: &Text, missed: &str) -> Outcome {
    cx.lookup_special(manager, name).unwrap_or_else(|| {
        let kind = manager.type_name();
        Err(cx.type_error(format_args!(
            "'{kind}' object does not support the context manager protocol{missed}"
        )))
    })
}

#[inline(never)]
pub unsafe fn exit_with(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a holds the exit method.
    unsafe {
        let exit = super::operands::operand_a(cx, fp, i)?;
        drop(cx.call(&exit, &[cx.none(), cx.none(), cx.none()])?);
        exit.consume();
        Ok(())
    }
}

#[inline(never)]
pub unsafe fn exit_with_exception(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: b holds the exit method and c the exception; both stay.
    unsafe {
        // Both registers are kept by the frame, which ends after the call.
        let (exit, exception) = (kept(fp, i.b), kept(fp, i.c));
        let traceback =
            exception.as_exception().and_then(|it| it.traceback.get()).unwrap_or_else(|| cx.none());
        let kind = exception.type_object().new_ref();
        cx.call_lent(exit, [&kind, exception, &traceback])
    }
}

#[inline(never)]
pub unsafe fn match_length(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: b stays.
    let subject = unsafe { kept(fp, i.b) }.new_ref();
    let length = cx.length(&subject)?;
    cx.new_size(length)
}

#[inline(never)]
pub unsafe fn match_sequence(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: b stays.
    let subject = unsafe { kept(fp, i.b) };
    Ok(cx.new_bool(subject.type_object().has(TypeFlags::SEQUENCE)))
}

#[inline(never)]
pub unsafe fn match_mapping(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: b stays.
    let subject = unsafe { kept(fp, i.b) };
    Ok(cx.new_bool(subject.type_object().has(TypeFlags::MAPPING)))
}

#[inline(never)]
pub unsafe fn match_keys(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: b and c stay.
    let (subject, keys) = unsafe { (kept(fp, i.b).new_ref(), kept(fp, i.c).new_ref()) };
    let keys = keys.as_tuple().map(|keys| keys.items().to_vec()).unwrap_or_default();
    let seen = crate::values::set::Set::new(&cx.types.set)?;
    let get = cx.get_attribute_text(&subject, &*cx.intern("get")?)?;
    let missing = cx.call(&cx.types.object, &[])?;
    let mut values = Vec::with_capacity(keys.len());
    for key in &keys {
        if !cx.set_add(&seen, key.clone())? {
            let shown = cx.repr_text(key)?.to_rust_string_lossy();
            return Err(cx.value_error(format_args!("mapping pattern checks duplicate key ({shown})")));
        }
        let value = cx.call(&get, &[key.clone(), missing.clone()])?;
        if value.is(&missing) {
            return Ok(cx.none());
        }
        values.push(value);
    }
    cx.new_tuple_from(values)
}

#[inline(never)]
pub unsafe fn match_class(cx: &Interpreter, fp: *mut Register, i: Instruction, word: u64) -> Outcome {
    // SAFETY: b stays; c and c + 1 are class and names.
    unsafe {
        let subject = kept(fp, i.b).new_ref();
        let class = super::operands::Operand::new(cx, fp, i.c, false)?;
        let names = super::operands::Operand::new(cx, fp, i.c + 1, false)?;
        let found = class_attributes(cx, &subject, &class, &names, word as u32 as usize)?;
        names.consume();
        class.consume();
        found.map_or_else(|| Ok(cx.none()), |values| cx.new_tuple_from(values))
    }
}

/// The attributes that a class pattern looks at; none where the subject does not match.
fn class_attributes(
    cx: &Interpreter,
    subject: &Object,
    class: &Object,
    names: &Object,
    positional: usize,
) -> Outcome<Option<Vec<ObjectRef>>> {
    let Some(kind) = class.as_type() else {
        return Err(cx.type_error("called match pattern must be a class"));
    };
    if !cx.is_instance(subject, class)? {
        return Ok(None);
    }
    let names = names.as_tuple().map(|names| names.items().to_vec()).unwrap_or_default();
    let mut seen: Vec<ObjectRef> = Vec::new();
    let mut values = Vec::new();
    if positional > 0 {
        let match_args = positional_names(cx, class, kind.has(TypeFlags::MATCH_SELF), positional)?;
        match match_args {
            None => values.push(subject.new_ref()),
            Some(positional_names) => {
                for name in positional_names {
                    match matched_attribute(cx, subject, class, &name, &mut seen)? {
                        Some(value) => values.push(value),
                        None => return Ok(None),
                    }
                }
            }
        }
    }
    for name in &names {
        match matched_attribute(cx, subject, class, name, &mut seen)? {
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    Ok(Some(values))
}

/// The attribute names of positional sub-patterns; none where the one stands for the subject itself.
fn positional_names(
    cx: &Interpreter,
    class: &Object,
    matches_self: bool,
    positional: usize,
) -> Outcome<Option<Vec<ObjectRef>>> {
    let name = class.as_type().map(|kind| kind.name_text()).unwrap_or_default();
    let names = match cx.find_attribute(class, &cx.names.match_args)? {
        Some(found) => match found.as_tuple() {
            Some(names) => names.items().to_vec(),
            None => {
                let got = found.type_name();
                return Err(cx.type_error(format_args!("{name}.__match_args__ must be a tuple (got {got})")));
            }
        },
        None if matches_self && positional == 1 => return Ok(None),
        None => Vec::new(),
    };
    let allowed = if names.is_empty() && matches_self { 1 } else { names.len() };
    if allowed < positional {
        let plural = if allowed == 1 { "" } else { "s" };
        return Err(cx.type_error(format_args!(
            "{name}() accepts {allowed} positional sub-pattern{plural} ({positional} given)"
        )));
    }
    Ok(Some(names.into_iter().take(positional).collect()))
}

fn matched_attribute(
    cx: &Interpreter,
    subject: &Object,
    class: &Object,
    name: &ObjectRef,
    seen: &mut Vec<ObjectRef>,
) -> Outcome<Option<ObjectRef>> {
    let class_name = class.as_type().map(|kind| kind.name_text()).unwrap_or_default();
    let Some(text) = name.as_text() else {
        let got = name.type_name();
        return Err(cx.type_error(format_args!("__match_args__ elements must be strings (got {got})")));
    };
    if seen.iter().any(|other| other.as_text().is_some_and(|other| other.equals(text))) {
        let shown = cx.repr_text(name)?.to_rust_string_lossy();
        return Err(
            cx.type_error(format_args!("{class_name}() got multiple sub-patterns for attribute {shown}"))
        );
    }
    seen.push(name.clone());
    match cx.get_attribute(subject, name) {
        Ok(value) => Ok(Some(value)),
        Err(Raised) => cx.take_if(&cx.types.attribute_error).map(|_| None).ok_or(Raised),
    }
}
