//! Functions about objects and names: `getattr` and its like, `dir`, `vars`, `globals`, `locals`, `id`, `hash`,
//! `isinstance`, `repr`, `format`.

use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Typed};
use crate::vm::frame;

fn name_of<'a>(cx: &Interpreter, name: &'a ObjectRef) -> Outcome<&'a ObjectRef> {
    if name.as_text().is_some() {
        return Ok(name);
    }
    let kind = name.type_name();
    Err(cx.type_error(format_args!("attribute name must be string, not '{kind}'")))
}

pub(super) fn getattr(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("getattr", arguments.len(), 2, 3)?;
    let name = name_of(cx, &arguments[1])?;
    let Some(default) = arguments.get(2) else { return cx.get_attribute(&arguments[0], name) };
    let name = cx.attribute_name(name)?;
    Ok(cx.find_attribute(&arguments[0], &name)?.unwrap_or_else(|| default.clone()))
}

pub(super) fn hasattr(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("hasattr", arguments.len(), 2, 2)?;
    let name = cx.attribute_name(name_of(cx, &arguments[1])?)?;
    Ok(cx.new_bool(cx.find_attribute(&arguments[0], &name)?.is_some()))
}

pub(super) fn setattr(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("setattr", arguments.len(), 3, 3)?;
    cx.set_attribute(&arguments[0], &arguments[1], Some(&arguments[2]))?;
    Ok(cx.none())
}

pub(super) fn delattr(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("delattr", arguments.len(), 2, 2)?;
    cx.set_attribute(&arguments[0], &arguments[1], None)?;
    Ok(cx.none())
}

pub(super) fn id(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    cx.new_size(object.address())
}

pub(super) fn hash(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    cx.new_int(cx.hash(object)?)
}

pub(super) fn callable(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    Ok(cx.new_bool(object.type_object().slots.call.get().is_some()))
}

pub(super) fn isinstance(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("isinstance", arguments.len(), 2, 2)?;
    Ok(cx.new_bool(cx.is_instance(&arguments[0], &arguments[1])?))
}

pub(super) fn issubclass(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("issubclass", arguments.len(), 2, 2)?;
    Ok(cx.new_bool(cx.is_subclass(&arguments[0], &arguments[1])?))
}

pub(super) fn repr(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    cx.repr(object)
}

pub(super) fn ascii(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    cx.ascii(object)
}

pub(super) fn format(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("format", arguments.len(), 1, 2)?;
    match arguments.get(1) {
        None => cx.format(&arguments[0], &cx.empty_text),
        Some(spec) if spec.as_text().is_some() => cx.format(&arguments[0], spec),
        Some(spec) => {
            let kind = if cx.is_none(spec) { "None".to_owned() } else { spec.type_name() };
            Err(cx.type_error(format_args!("format() argument 2 must be str, not {kind}")))
        }
    }
}

/// The local names of whoever called the native function.
pub(super) fn caller_locals(cx: &Interpreter) -> Outcome {
    match frame::at_depth(cx, 0)? {
        Some(frame) => frame::locals_of(cx, &frame),
        None => Err(cx.system_error("frame does not exist")),
    }
}

/// The global names of whoever called the native function.
pub(super) fn caller_globals(cx: &Interpreter) -> Outcome {
    cx.current_globals().ok_or_else(|| cx.system_error("frame does not exist"))
}

pub(super) fn globals(cx: &Interpreter, _: &Object) -> Outcome {
    caller_globals(cx)
}

pub(super) fn locals(cx: &Interpreter, _: &Object) -> Outcome {
    caller_locals(cx)
}

pub(super) fn vars(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("vars", arguments.len(), 0, 1)?;
    let Some(object) = arguments.first() else { return caller_locals(cx) };
    match cx.find_attribute(object, &cx.names.dict)? {
        Some(dict) => Ok(dict),
        None => Err(cx.type_error("vars() argument must have __dict__ attribute")),
    }
}

pub(super) fn dir(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("dir", arguments.len(), 0, 1)?;
    let names = match arguments.first() {
        None => names_of_caller(cx)?,
        Some(object) => match cx.call_special(object, &cx.names.dir, &[]) {
            Some(names) => names?,
            None => return Err(cx.type_error("object does not provide __dir__")),
        },
    };
    let list = crate::types::list::methods::list_from_iterable(cx, &names)?;
    crate::types::list::sort::sort_list(cx, &list, None, false)?;
    Ok(list.into_object())
}

fn names_of_caller(cx: &Interpreter) -> Outcome {
    let locals = caller_locals(cx)?;
    cx.call_method(&locals, &cx.names.keys, &[])
}
