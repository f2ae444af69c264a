//! Bytes to values.

#![forbid(unsafe_code)]

use super::error;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Parameters};
use crate::types::binary::buffer::{Buffer, required_buffer};
use crate::types::binary::memoryview::has_gaps;
use crate::types::binary::view_items;
use crate::types::coding::new_bytes;
use crate::types::containers::{push, word_index};
use crate::values::packing::{Code, half_to_f64};
use crate::values::structure::Structure;

/// The parameters of the function of the module.
pub(super) const FROM_FORMAT: Parameters<3> = Parameters {
    function: "unpack_from",
    names: ["", "buffer", "offset"],
    positional_only: 1,
    positional: 3,
    required: 2,
};
/// The parameters of the method.
pub(super) const FROM: Parameters<2> = Parameters {
    function: "unpack_from",
    names: ["buffer", "offset"],
    positional_only: 0,
    positional: 2,
    required: 1,
};

/// The bytes of an object, which must lie in a row.
pub(super) fn row_of_bytes(cx: &Interpreter, object: &Object) -> Outcome<Buffer> {
    if has_gaps(object) {
        return Err(cx.buffer_error("memoryview: underlying buffer is not C-contiguous"));
    }
    required_buffer(cx, object)
}

/// `unpack(bytes)`
pub(super) fn unpack(cx: &Interpreter, structure: &Structure, bytes: &Object) -> Outcome {
    let bytes = row_of_bytes(cx, bytes)?;
    if bytes.len() as isize != structure.size() {
        let size = structure.size();
        return Err(error(cx, format_args!("unpack requires a buffer of {size} bytes")));
    }
    read_values(cx, structure, &bytes)
}

/// `unpack_from(bytes, offset)`
pub(super) fn unpack_from(
    cx: &Interpreter,
    structure: &Structure,
    bytes: &Object,
    offset: Option<&ObjectRef>,
) -> Outcome {
    drop(row_of_bytes(cx, bytes)?);
    let offset = offset.map_or(Ok(0), |offset| word_index(cx, offset))?;
    let (bytes, size) = (row_of_bytes(cx, bytes)?, structure.size());
    if offset < 0 && offset.saturating_add(size) > 0 {
        return Err(error(cx, format_args!("not enough data to unpack {size} bytes at offset {offset}")));
    }
    let (length, place) = (bytes.len(), from_end(cx, offset, bytes.len())?);
    let end = place.saturating_add(size.max(0) as usize);
    match bytes.get(place..end) {
        Some(bytes) => read_values(cx, structure, bytes),
        None => Err(error(
            cx,
            format_args!(
                "unpack_from requires a buffer of at least {end} bytes for unpacking {size} bytes at offset {place} \
                 (actual buffer size is {length})"
            ),
        )),
    }
}

/// The place of an offset that may be counted from the end.
pub(super) fn from_end(cx: &Interpreter, offset: isize, length: usize) -> Outcome<usize> {
    let place = if offset < 0 { offset.saturating_add(length as isize) } else { offset };
    usize::try_from(place)
        .map_err(|_| error(cx, format_args!("offset {offset} out of range for {length}-byte buffer")))
}

/// A tuple of the values that bytes are.
pub(super) fn read_values(cx: &Interpreter, structure: &Structure, bytes: &[u8]) -> Outcome {
    let mut values = Vec::new();
    let mut index = 0;
    while let Some(code) = structure.code(index) {
        for place in (0..code.repeat).map(|item| code.offset + item * code.size) {
            let item = bytes.get(place..place + code.size).unwrap_or_default();
            push(cx, &mut values, read_value(cx, code, item)?)?;
        }
        index += 1;
    }
    cx.new_tuple_from(values)
}

fn read_value(cx: &Interpreter, code: Code, item: &[u8]) -> Outcome {
    if matches!(code.letter, b's' | b'p') {
        return read_text(cx, code.letter, item);
    }
    let mut bytes = [0; 8];
    for (index, byte) in item.iter().enumerate().take(8) {
        bytes[if code.order.is_big() { item.len() - 1 - index } else { index }] = *byte;
    }
    match (code.letter, item.len()) {
        (b'e', _) => cx.new_float(half_to_f64(u64::from_le_bytes(bytes) as u16)),
        (b'l', 4) => view_items::unpack(cx, b'i', bytes),
        (b'P', _) => view_items::unpack(cx, b'N', bytes),
        (letter, _) => view_items::unpack(cx, letter, bytes),
    }
}

fn read_text(cx: &Interpreter, letter: u8, item: &[u8]) -> Outcome {
    match (letter, item) {
        (b'p', []) => Err(cx.system_error("Negative size passed to PyBytes_FromStringAndSize")),
        (b'p', [length, rest @ ..]) => new_bytes(cx, &rest[..usize::from(*length).min(rest.len())]),
        _ => new_bytes(cx, item),
    }
}
