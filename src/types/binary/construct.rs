//! Bytes out of the arguments of `bytes(...)` and `bytearray(...)`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::buffer::{Buffer, buffer};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::coding;
use crate::types::containers::push;

/// Which type is being made: its name, and how it words an item that is no byte.
#[derive(Clone, Copy)]
pub struct Target {
    /// `bytes` or `bytearray`
    pub name: &'static str,
    /// The ValueError for an item out of range.
    pub range_error: &'static str,
    /// Whether `__bytes__` is asked.
    pub asks_bytes: bool,
}

/// `bytes(...)`
pub const BYTES: Target =
    Target { name: "bytes", range_error: "bytes must be in range(0, 256)", asks_bytes: true };
/// `bytearray(...)`
pub const BYTEARRAY: Target =
    Target { name: "bytearray", range_error: "byte must be in range(0, 256)", asks_bytes: false };

/// The bytes that the arguments describe.
pub fn from_arguments(cx: &Interpreter, target: Target, arguments: Arguments<'_>) -> Outcome<Buffer> {
    let parameters = Parameters {
        function: target.name,
        names: ["source", "encoding", "errors"],
        positional_only: 0,
        positional: 3,
        required: 0,
    };
    let [source, encoding, errors] = parameters.bind_lent(cx, arguments)?;
    let encoding = coding::name_argument(cx, target.name, "encoding", encoding.map(|name| &**name))?;
    let errors = coding::name_argument(cx, target.name, "errors", errors.map(|name| &**name))?;
    if let (Some(source), None, None) = (source, &encoding, &errors)
        && let Some(made) = asked_for_bytes(cx, target, source)
    {
        return made;
    }
    let text = source.filter(|source| source.as_text().is_some());
    match (source, text, &encoding, &errors) {
        (_, Some(text), Some(encoding), errors) => {
            let encoded = coding::encode(cx, text, Some(encoding), errors.as_deref())?;
            super::buffer::required_buffer(cx, &encoded)
        }
        (_, Some(_), None, _) => Err(cx.type_error("string argument without an encoding")),
        (_, None, Some(_), _) => Err(cx.type_error("encoding without a string argument")),
        (_, None, None, Some(_)) => Err(cx.type_error("errors without a string argument")),
        (None, ..) => Ok(Buffer::Copied(Vec::new())),
        (Some(source), ..) => from_object(cx, target, source),
    }
}

/// What `__bytes__` says, where it is asked.
fn asked_for_bytes(cx: &Interpreter, target: Target, source: &ObjectRef) -> Option<Outcome<Buffer>> {
    if !target.asks_bytes || source.is_exactly(&cx.types.bytes) {
        return None;
    }
    let made = cx.call_special(source, &cx.names.bytes, &[])?;
    Some(made.and_then(|made| super::made_bytes(cx, &made)))
}

/// The bytes that an object without `__bytes__` other than a text describes.
pub fn from_object(cx: &Interpreter, target: Target, source: &ObjectRef) -> Outcome<Buffer> {
    if source.type_object().slots.index.get().is_some() {
        match cx.index_isize(source, Some(&cx.types.overflow_error)) {
            Ok(count) => return zeros(cx, count),
            Err(raised) => drop(cx.take_if(&cx.types.type_error).ok_or(raised)?),
        }
    }
    match buffer(cx, source)? {
        Some(bytes) => Ok(bytes),
        None => from_iterable(cx, target, source).map(Buffer::Copied),
    }
}

fn zeros(cx: &Interpreter, count: isize) -> Outcome<Buffer> {
    let Ok(count) = usize::try_from(count) else { return Err(cx.value_error("negative count")) };
    let mut zeros = crate::types::text::storage::room(count)?;
    zeros.resize(count, 0);
    Ok(Buffer::Copied(zeros))
}

fn from_iterable(cx: &Interpreter, target: Target, source: &Object) -> Outcome<Vec<u8>> {
    let iterator = match cx.iter(source) {
        Ok(iterator) => iterator,
        Err(raised) => {
            drop(cx.take_if(&cx.types.type_error).ok_or(raised)?);
            let (kind, name) = (source.type_name(), target.name);
            return Err(cx.type_error(format_args!("cannot convert '{kind}' object to {name}")));
        }
    };
    from_items(cx, &iterator, target.range_error)
}

/// The bytes that an iterator gives by their numbers.
pub fn from_items(cx: &Interpreter, iterator: &Object, range_error: &str) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(item) = cx.next(iterator)? {
        let value = cx.index_isize(&item, None)?;
        let byte = u8::try_from(value).map_err(|_| cx.value_error(range_error))?;
        push(cx, &mut bytes, byte)?;
        cx.poll()?;
    }
    Ok(bytes)
}
