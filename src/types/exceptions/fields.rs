//! Exceptions that add simple fields: KeyError, StopIteration, SystemExit, ImportError, AttributeError, NameError.

#![forbid(unsafe_code)]

use super::base::{self, arguments_of, exception, or_none};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::support::dict_ref;

/// Reads an added field.
pub(super) fn get<const INDEX: usize>(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(or_none(cx, exception(object).extra(INDEX)))
}

/// Writes an added field, or empties it.
pub(super) fn set<const INDEX: usize>(
    _: &Interpreter,
    object: &Object,
    value: Option<&Object>,
) -> Outcome<()> {
    exception(object).extra(INDEX).set(value.map(Object::new_ref));
    Ok(())
}

/// An added field as a member that can be written.
pub(super) const fn field<const INDEX: usize>(
    name: &'static str,
    documentation: &'static str,
) -> NativeAttribute {
    NativeAttribute::new(name, get::<INDEX>, documentation).with_set(set::<INDEX>).member()
}

pub(super) static STOP_ITERATION: &[NativeAttribute] = &[field::<0>("value", "generator return value")];
pub(super) static SYSTEM_EXIT: &[NativeAttribute] = &[field::<0>("code", "exception code")];
pub(super) static ATTRIBUTE_ERROR: &[NativeAttribute] =
    &[field::<0>("name", "attribute name"), field::<1>("obj", "object")];
pub(super) static NAME_ERROR: &[NativeAttribute] = &[field::<0>("name", "name")];
pub(super) static IMPORT_ERROR: &[NativeAttribute] = &[
    field::<0>("msg", "exception message"),
    field::<1>("name", "module name"),
    field::<2>("path", "module path"),
];
pub(super) static IMPORT_ERROR_METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(import_error_reduce), "", "")];

/// A missing key is shown by its repr.
pub(super) fn key_error_str(cx: &Interpreter, object: &Object) -> Outcome {
    let arguments = arguments_of(cx, object);
    match arguments.items() {
        [only] => cx.repr(only),
        _ => base::str(cx, object),
    }
}

pub(super) fn stop_iteration_init(
    cx: &Interpreter,
    object: &Object,
    arguments: Arguments<'_>,
) -> Outcome<()> {
    base::init(cx, object, arguments)?;
    let value = arguments.values.first().cloned().unwrap_or_else(|| cx.none());
    exception(object).extra(0).set(Some(value));
    Ok(())
}

pub(super) fn system_exit_init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    base::init(cx, object, arguments)?;
    match arguments.values {
        [] => {}
        [only] => exception(object).extra(0).set(Some(only.clone())),
        _ => exception(object).extra(0).set(Some(exception(object).arguments.get())),
    }
    Ok(())
}

/// Keeps the positional arguments and distributes the keywords.
fn keywords<const COUNT: usize>(
    cx: &Interpreter,
    object: &Object,
    arguments: Arguments<'_>,
    function: &'static str,
    names: [&'static str; COUNT],
) -> Outcome<[Option<ObjectRef>; COUNT]> {
    base::init(cx, object, Arguments::positional(arguments.positional_values()))?;
    let first = arguments.positional_values().len();
    let only_keywords = Arguments { values: &arguments.values[first..], names: arguments.names };
    Parameters { function, names, positional_only: 0, positional: 0, required: 0 }.bind(cx, only_keywords)
}

pub(super) fn attribute_error_init(
    cx: &Interpreter,
    object: &Object,
    arguments: Arguments<'_>,
) -> Outcome<()> {
    let [name, subject] = keywords(cx, object, arguments, "AttributeError", ["name", "obj"])?;
    exception(object).extra(0).set(name);
    exception(object).extra(1).set(subject);
    Ok(())
}

pub(super) fn name_error_init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let [name] = keywords(cx, object, arguments, "NameError", ["name"])?;
    exception(object).extra(0).set(name);
    Ok(())
}

pub(super) fn import_error_init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let [name, path] = keywords(cx, object, arguments, "ImportError", ["name", "path"])?;
    let this = exception(object);
    let message = match arguments.positional_values() {
        [only] => Some(only.clone()),
        _ => None,
    };
    this.extra(0).set(message);
    this.extra(1).set(name);
    this.extra(2).set(path);
    Ok(())
}

pub(super) fn import_error_str(cx: &Interpreter, object: &Object) -> Outcome {
    match exception(object).extra(0).get() {
        Some(message) if message.is_exactly(&cx.types.str) => Ok(message),
        _ => base::str(cx, object),
    }
}

/// Name and path travel among the attributes.
fn import_error_reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let this = exception(object);
    let mut parts = vec![object.type_object().new_ref(), this.arguments.get()];
    let (name, path) = (this.extra(1).get(), this.extra(2).get());
    let own = this.dict.get();
    if name.is_some() || path.is_some() {
        let state = match own.and_then(|own| dict_ref(&own)) {
            Some(own) => own.copy(&cx.types.dict)?,
            None => cx.new_dict()?,
        };
        for (key, value) in [("name", name), ("path", path)] {
            if let Some(value) = value {
                cx.dict_set_str(&state, key, value)?;
            }
        }
        parts.push(state.into_object());
    } else {
        parts.extend(own);
    }
    cx.new_tuple_from(parts)
}
