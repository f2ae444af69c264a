//! Arguments that name files, and names of files as objects.
//!
//! A name is bytes to the system and text to a program; bytes that are not UTF-8 become lone surrogates and back.

use std::ffi::CString;

use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Typed};
use crate::types::coding;

/// A path as it was given and as the system wants it.
pub struct PathArgument {
    /// The `str` or `bytes`, for error messages and to see which of both results must be.
    pub object: ObjectRef,
    /// For the system.
    pub bytes: CString,
    /// The argument was `bytes`.
    pub is_bytes: bool,
}

/// A file named by a path or by a descriptor.
pub enum FileArgument {
    /// By path.
    Path(PathArgument),
    /// By number.
    Number(i32, ObjectRef),
}

/// The `str` or `bytes` that stands for a path: the object, or what its `__fspath__` gives.
fn path_object(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    if object.as_text().is_some() || object.as_bytes().is_some() {
        return Ok(Some(object.new_ref()));
    }
    let Some(path) = cx.call_special(object, &cx.names.fspath, &[]) else { return Ok(None) };
    let path = path?;
    if path.as_text().is_none() && path.as_bytes().is_none() {
        let (kind, found) = (object.type_name(), path.type_name());
        return Err(
            cx.type_error(format_args!("expected {kind}.__fspath__() to return str or bytes, not {found}"))
        );
    }
    Ok(Some(path))
}

/// `fspath(path)`
pub fn fspath(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    path_object(cx, object)?.ok_or_else(|| {
        let kind = object.type_name();
        cx.type_error(format_args!("expected str, bytes or os.PathLike object, not {kind}"))
    })
}

/// The bytes of a name.
pub fn encoded(cx: &Interpreter, object: &Object) -> Outcome<Vec<u8>> {
    if let Some(bytes) = object.as_bytes() {
        return Ok(bytes.as_slice().to_vec());
    }
    let made = coding::encode(cx, object, Some("utf-8"), Some("surrogateescape"))?;
    Ok(made.as_bytes().map(|bytes| bytes.as_slice().to_vec()).unwrap_or_default())
}

/// A name that the system gave, as `str` or as `bytes`.
pub fn name_object(cx: &Interpreter, name: &[u8], as_bytes: bool) -> Outcome {
    if as_bytes {
        return coding::new_bytes(cx, name);
    }
    coding::decode(cx, name, Some("utf-8"), Some("surrogateescape"))
}

/// An argument that must be a path.
pub fn path(cx: &Interpreter, function: &str, name: &str, object: &Object) -> Outcome<PathArgument> {
    match path_object(cx, object)? {
        Some(found) => checked(cx, function, name, found),
        None => {
            let kind = shown_type(cx, object);
            Err(cx.type_error(format_args!(
                "{function}: {name} should be string, bytes or os.PathLike, not {kind}"
            )))
        }
    }
}

/// An argument that must be a path or a descriptor.
pub fn file(cx: &Interpreter, function: &str, object: &Object) -> Outcome<FileArgument> {
    if let Some(found) = path_object(cx, object)? {
        return checked(cx, function, "path", found).map(FileArgument::Path);
    }
    if object.type_object().slots.index.get().is_none() {
        let kind = shown_type(cx, object);
        let others = if function == "listdir" { ", integer or None" } else { " or integer" };
        return Err(cx.type_error(format_args!(
            "{function}: path should be string, bytes, os.PathLike{others}, not {kind}"
        )));
    }
    let number = crate::modules::support::to_c_int(cx, &*cx.index(object)?)?;
    Ok(FileArgument::Number(number, object.new_ref()))
}

fn shown_type(cx: &Interpreter, object: &Object) -> String {
    if cx.is_none(object) { "NoneType".to_owned() } else { object.type_name() }
}

fn checked(cx: &Interpreter, function: &str, name: &str, object: ObjectRef) -> Outcome<PathArgument> {
    let bytes = encoded(cx, &object)?;
    match CString::new(bytes) {
        Ok(bytes) => Ok(PathArgument { is_bytes: object.as_bytes().is_some(), object, bytes }),
        Err(_) => {
            let kind = if object.as_bytes().is_some() { "byte" } else { "character" };
            Err(cx.value_error(format_args!("{function}: embedded null {kind} in {name}")))
        }
    }
}
