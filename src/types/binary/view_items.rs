//! The items of a `memoryview` in the native formats of one letter.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use crate::object::Object;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::coding::new_bytes;
use crate::values::integer::Integer;

/// The format of an array's characters, which views hand around but do not read.
pub const WIDE_CHARACTER: u8 = b'w';

/// Bytes of an item of a format; none for unknown letters.
pub fn item_size(format: u8) -> Option<usize> {
    match format {
        b'B' | b'b' | b'c' | b'?' => Some(1),
        b'h' | b'H' => Some(2),
        b'i' | b'I' | b'f' => Some(4),
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => Some(8),
        _ => None,
    }
}

/// The value that an item's bytes are; those behind the item are zero.
pub fn unpack(cx: &Interpreter, format: u8, bytes: [u8; 8]) -> Outcome {
    let unsigned = u64::from_le_bytes(bytes);
    match format {
        b'c' => new_bytes(cx, &bytes[..1]),
        b'?' => Ok(cx.new_bool(bytes[0] != 0)),
        b'b' => cx.new_int(i64::from(unsigned as i8)),
        b'h' => cx.new_int(i64::from(unsigned as i16)),
        b'i' => cx.new_int(i64::from(unsigned as i32)),
        b'l' | b'q' | b'n' => cx.new_int(unsigned as i64),
        b'f' => cx.new_float(f64::from(f32::from_bits(unsigned as u32))),
        b'd' => cx.new_float(f64::from_bits(unsigned)),
        WIDE_CHARACTER => Err(not_supported(cx, format)),
        _ => new_unsigned(cx, unsigned),
    }
}

/// The bytes of a value that is assigned to an item. Converting may run Python: whether the item is still there is asked
/// before the value is looked at.
pub fn pack(
    cx: &Interpreter,
    format: u8,
    value: &Object,
    still_there: impl FnOnce() -> Outcome<()>,
) -> Outcome<[u8; 8]> {
    match format {
        b'c' => match value.as_bytes().map(|bytes| bytes.as_slice()) {
            Some(&[byte]) => Ok(u64::from(byte).to_le_bytes()),
            Some(_) => Err(invalid(cx, format, "value")),
            None => Err(invalid(cx, format, "type")),
        },
        b'?' => Ok(u64::from(cx.is_true(value)?).to_le_bytes()),
        b'f' => Ok(u64::from((float(cx, format, value)? as f32).to_bits()).to_le_bytes()),
        b'd' => Ok(float(cx, format, value)?.to_le_bytes()),
        WIDE_CHARACTER => Err(not_supported(cx, format)),
        _ => integer(cx, format, value, still_there),
    }
}

fn float(cx: &Interpreter, format: u8, value: &Object) -> Outcome<f64> {
    cx.to_f64(value).map_err(|raised| reworded(cx, format, raised))
}

/// What went wrong in the conversion of a value in a view's own words.
fn reworded(cx: &Interpreter, format: u8, raised: Raised) -> Raised {
    if cx.take_if(&cx.types.type_error).is_some() {
        return invalid(cx, format, "type");
    }
    let is_value =
        [&cx.types.overflow_error, &cx.types.value_error].iter().any(|kind| cx.take_if(kind).is_some());
    if is_value { invalid(cx, format, "value") } else { raised }
}

fn integer(
    cx: &Interpreter,
    format: u8,
    value: &Object,
    still_there: impl FnOnce() -> Outcome<()>,
) -> Outcome<[u8; 8]> {
    let index = cx.index_of_any_type(value).map_err(|raised| reworded(cx, format, raised))?;
    still_there()?;
    let Some(integer) = index.as_int() else { return Err(invalid(cx, format, "type")) };
    let signed = wide_value(integer);
    let bits = item_size(format).unwrap_or(1) * 8;
    let (least, most) = match format.is_ascii_uppercase() {
        _ if format == b'P' => (i128::from(i64::MIN), i128::from(u64::MAX)),
        true => (0, (1i128 << bits) - 1),
        false => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
    };
    match signed.filter(|value| (least..=most).contains(value)) {
        Some(value) => Ok((value as u64).to_le_bytes()),
        None => Err(invalid(cx, format, "value")),
    }
}

/// The value of an integer; none where it is wider than any machine word.
pub fn wide_value(integer: &Integer) -> Option<i128> {
    let magnitude = integer.digits().iter().rev().try_fold(0i128, |sum, digit| {
        sum.checked_mul(1 << 30).and_then(|sum| sum.checked_add(i128::from(*digit)))
    });
    magnitude.map(|magnitude| if integer.is_negative() { -magnitude } else { magnitude })
}

/// An unsigned machine word as an int.
pub fn new_unsigned(cx: &Interpreter, value: u64) -> Outcome {
    let digits = [0, 30, 60].map(|shift| (value >> shift) as u32 & 0x3fff_ffff);
    let used = digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1);
    cx.new_int_from_digits(false, &digits[..used])
}

#[cold]
fn invalid(cx: &Interpreter, format: u8, what: &str) -> Raised {
    let message = format!("memoryview: invalid {what} for format '{}'", char::from(format));
    if what == "type" { cx.type_error(message) } else { cx.value_error(message) }
}

#[cold]
fn not_supported(cx: &Interpreter, format: u8) -> Raised {
    cx.not_implemented_error(format!("memoryview: format {} not supported", char::from(format)))
}
