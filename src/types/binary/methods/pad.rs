//! Filling bytes up to a width.

#![forbid(unsafe_code)]

use super::{like, own, unchanged};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Typed};
use crate::types::binary::buffer::buffer;
use crate::types::containers::word_index;
use crate::types::text::layout::tab_size;
use crate::types::text::storage::room;
use crate::values::bytearray::ByteArray;

/// So many fills, the bytes, so many fills.
fn pad(cx: &Interpreter, object: &Object, bytes: &[u8], fill: u8, left: usize, right: usize) -> Outcome {
    if left == 0 && right == 0 {
        return unchanged(cx, object, bytes);
    }
    let length = left.checked_add(right).and_then(|more| more.checked_add(bytes.len()));
    let length = length.ok_or_else(|| cx.raise_memory_error())?;
    if object.as_bytes().is_some() && (isize::MAX as usize - 32..=isize::MAX as usize).contains(&length) {
        return Err(cx.overflow_error("byte string is too large"));
    }
    let mut out = room(length)?;
    out.extend(std::iter::repeat_n(fill, left));
    out.extend_from_slice(bytes);
    out.extend(std::iter::repeat_n(fill, right));
    like(cx, object, &out)
}

/// The arguments `width` and `fillchar`.
fn pad_arguments(cx: &Interpreter, name: &str, given: &[ObjectRef]) -> Outcome<(usize, u8)> {
    cx.check_positional(name, given.len(), 1, 2)?;
    let width = word_index(cx, &given[0])?.max(0) as usize;
    let Some(object) = given.get(1) else { return Ok((width, b' ')) };
    let takes = object.as_bytes().is_some() || object.layout::<ByteArray>().is_some();
    let fill = if takes { buffer(cx, object)? } else { None };
    match fill.as_deref() {
        Some(&[fill]) => Ok((width, fill)),
        _ => {
            let kind = crate::types::support::argument_kind(cx, object);
            let message = format_args!("{name}() argument 2 must be a byte string of length 1, not {kind}");
            Err(cx.type_error(message))
        }
    }
}

pub(super) fn center(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (width, fill) = pad_arguments(cx, "center", given)?;
    let bytes = own(cx, object)?;
    let missing = width.saturating_sub(bytes.len());
    let left = missing / 2 + (missing & width & 1);
    pad(cx, object, &bytes, fill, left, missing - left)
}

pub(super) fn ljust(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (width, fill) = pad_arguments(cx, "ljust", given)?;
    let bytes = own(cx, object)?;
    pad(cx, object, &bytes, fill, 0, width.saturating_sub(bytes.len()))
}

pub(super) fn rjust(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (width, fill) = pad_arguments(cx, "rjust", given)?;
    let bytes = own(cx, object)?;
    pad(cx, object, &bytes, fill, width.saturating_sub(bytes.len()), 0)
}

pub(super) fn zfill(cx: &Interpreter, object: &Object, width: &Object) -> Outcome {
    let width = word_index(cx, width)?.max(0) as usize;
    let bytes = own(cx, object)?;
    let missing = width.saturating_sub(bytes.len());
    let (sign, rest) = match bytes.first() {
        Some(b'+' | b'-') if missing > 0 => bytes.split_at(1),
        _ => return pad(cx, object, &bytes, b'0', missing, 0),
    };
    let mut out = room(width)?;
    out.extend_from_slice(sign);
    out.extend(std::iter::repeat_n(b'0', missing));
    out.extend_from_slice(rest);
    like(cx, object, &out)
}

pub(super) fn expandtabs(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let size = tab_size(cx, arguments)?;
    let bytes = own(cx, object)?;
    let (mut out, mut column) = (Vec::new(), 0);
    for &byte in bytes.iter() {
        let blanks = if byte == b'\t' && size > 0 { size - column % size } else { 0 };
        out.try_reserve(blanks + 1).map_err(|_| cx.raise_memory_error())?;
        out.extend(std::iter::repeat_n(b' ', blanks));
        if byte != b'\t' {
            out.push(byte);
        }
        column = match byte {
            b'\n' | b'\r' => 0,
            b'\t' => column + blanks,
            _ => column + 1,
        };
    }
    like(cx, object, &out)
}
