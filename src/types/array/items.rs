//! Items: objects to machine values and back, with CPython's words for what does not fit.

#![forbid(unsafe_code)]

use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::binary::view_items::{unpack as unpack_number, wide_value};
use crate::types::text::storage::room;
use crate::values::array::{Array, TypeCode};
use crate::values::text::Text;

const LAST_CHARACTER: u32 = 0x10_ffff;

/// The item at an index; none behind the last one.
pub(super) fn get(cx: &Interpreter, array: &Array, index: usize) -> Outcome<Option<ObjectRef>> {
    array.item(index).map(|bytes| unpack(cx, array.code(), bytes)).transpose()
}

/// The value that an item's bytes are.
pub(super) fn unpack(cx: &Interpreter, code: TypeCode, bytes: [u8; 8]) -> Outcome {
    if !code.is_character() {
        return unpack_number(cx, code.letter(), bytes);
    }
    match character(bytes) {
        point if point <= LAST_CHARACTER => cx.new_character(point),
        _ => Err(cx.value_error("chr() arg not in range(0x110000)")),
    }
}

fn character(bytes: [u8; 8]) -> u32 {
    u64::from_le_bytes(bytes) as u32
}

/// An item that is no float as a number.
pub(super) fn integer(code: TypeCode, bytes: [u8; 8]) -> i128 {
    let word = u64::from_le_bytes(bytes);
    match code.letter() {
        b'b' => i128::from(word as i8),
        b'h' => i128::from(word as i16),
        b'i' => i128::from(word as i32),
        b'l' | b'q' => i128::from(word as i64),
        _ => i128::from(word),
    }
}

/// The characters of an array as a text.
pub(super) fn text_of(cx: &Interpreter, array: &Array) -> Outcome {
    let mut points = room(array.len())?;
    points.extend((0..array.len()).filter_map(|index| array.item(index).map(character)));
    if let Some(point) = points.iter().find(|point| **point > LAST_CHARACTER) {
        let message = format_args!("character U+{point:x} is not in range [U+0000; U+10ffff]");
        return Err(cx.value_error(message));
    }
    cx.new_text_from_code_points(&points)
}

/// The items that the characters of a text are.
pub(super) fn bytes_of_text(text: &Text) -> Outcome<Vec<u8>> {
    let mut bytes = room(text.length().saturating_mul(4))?;
    text.as_slice().iter().for_each(|point| bytes.extend_from_slice(&point.to_le_bytes()));
    Ok(bytes)
}

/// The bytes of the item that an object becomes, in front of zeros.
pub(super) fn pack(cx: &Interpreter, code: TypeCode, value: &Object) -> Outcome<[u8; 8]> {
    let word = match code.letter() {
        b'u' => u64::from(only_character(cx, value)?),
        b'f' => u64::from((cx.to_f64(value)? as f32).to_bits()),
        b'd' => cx.to_f64(value)?.to_bits(),
        b'I' | b'L' | b'Q' => unsigned(cx, code, value)?,
        b'q' => long_long(cx, value)? as u64,
        _ => signed(cx, code, value)? as u64,
    };
    Ok(word.to_le_bytes())
}

fn only_character(cx: &Interpreter, value: &Object) -> Outcome<u32> {
    match value.as_text().map(|text| text.as_slice()) {
        Some(text) if text.len() == 1 => Ok(text.iter().next().unwrap_or_default()),
        _ => Err(cx.type_error("array item must be unicode character")),
    }
}

fn long_long(cx: &Interpreter, value: &Object) -> Outcome<i64> {
    let index = cx.index_of_any_type(value)?;
    let value = index.as_int().and_then(|value| value.to_i64());
    value.ok_or_else(|| cx.overflow_error("int too big to convert"))
}

#[cold]
fn out_of_range(cx: &Interpreter, what: &str, is_less: bool) -> Raised {
    let bound = if is_less { "less than minimum" } else { "greater than maximum" };
    cx.overflow_error(format_args!("{what} is {bound}"))
}

/// A value between two bounds, which have names: first that of the C type it is read as, then its own.
fn signed(cx: &Interpreter, code: TypeCode, value: &Object) -> Outcome<i64> {
    const SHORT: (&str, i64, i64) = ("signed short integer", i16::MIN as i64, i16::MAX as i64);
    const INT: (&str, i64, i64) = ("signed integer", i32::MIN as i64, i32::MAX as i64);
    let bounds: &[(&str, i64, i64)] = match code.letter() {
        b'b' => &[SHORT, ("signed char", i8::MIN as i64, i8::MAX as i64)],
        b'B' => &[("unsigned byte integer", 0, u8::MAX as i64)],
        b'h' => &[SHORT],
        b'H' => &[INT, ("unsigned short", 0, u16::MAX as i64)],
        b'i' => &[INT],
        _ => &[],
    };
    let value = cx.to_i64(value)?;
    for (name, least, most) in bounds {
        if value < *least || value > *most {
            return Err(out_of_range(cx, name, value < *least));
        }
    }
    Ok(value)
}

fn unsigned(cx: &Interpreter, code: TypeCode, value: &Object) -> Outcome<u64> {
    let (negative, too_large) = match code.letter() {
        b'Q' => ("can't convert negative int to unsigned", "int too big to convert"),
        _ => (
            "can't convert negative value to unsigned int",
            "Python int too large to convert to C unsigned long",
        ),
    };
    let index = cx.index_of_any_type(value)?;
    let Some(integer) = index.as_int() else { return Err(cx.overflow_error(too_large)) };
    if integer.is_negative() {
        return Err(cx.overflow_error(negative));
    }
    let word = wide_value(integer).and_then(|value| u64::try_from(value).ok());
    let word = word.ok_or_else(|| cx.overflow_error(too_large))?;
    if code.letter() == b'I' && word > u64::from(u32::MAX) {
        return Err(out_of_range(cx, "unsigned int", false));
    }
    Ok(word)
}
