//! `int(x)` and `int(text, base)`.

use super::limit::{max_digits, too_long_to_read};
use super::{exact, int_of, new_signed};
use crate::object::Object;
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Raised};
use crate::types::number_text::{ascii_number, buffer_bytes};
use crate::values::bytearray::ByteArray;
use crate::values::digits::{self, ParseError};
use crate::values::integer::{BASIC_SIZE, Integer};

const PARAMETERS: Parameters<2> =
    Parameters { function: "int", names: ["", "base"], positional_only: 1, positional: 2, required: 0 };

/// How many characters of a refused text are shown.
const SHOWN: usize = 200;

/// `int.__new__`
pub fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let value = if let ([only], None) = (arguments.values, arguments.names) {
        from_object(cx, only)?
    } else {
        match PARAMETERS.bind(cx, arguments)? {
            [None, None] => cx.new_int(0)?,
            [None, Some(_)] => return Err(cx.type_error("int() missing string argument")),
            [Some(value), None] => from_object(cx, &value)?,
            [Some(value), Some(base)] => from_text_and_base(cx, &value, &base)?,
        }
    };
    if kind.is(&cx.types.int) {
        return Ok(value);
    }
    let integer = int_of(&value);
    let extra = (kind.basic_size.get() as usize).saturating_sub(BASIC_SIZE);
    Ok(Integer::with_extra(kind, integer.is_negative(), integer.digits(), extra)?.into_object())
}

fn from_text_and_base(cx: &Interpreter, value: &Object, base: &Object) -> Outcome {
    let base = cx.index_isize(base, None)?;
    let Some(base) = u32::try_from(base).ok().filter(|base| matches!(base, 0 | 2..=36)) else {
        return Err(cx.value_error("int() base must be >= 2 and <= 36, or 0"));
    };
    if let Some(text) = value.as_text() {
        return parse(cx, &ascii_number(cx, text)?, base, value);
    }
    if value.as_bytes().is_some() || value.layout::<ByteArray>().is_some() {
        return from_bytes_text(cx, value, base);
    }
    Err(cx.type_error("int() can't convert non-string with explicit base"))
}

/// `int(x)`: an exact int.
pub fn from_object(cx: &Interpreter, object: &Object) -> Outcome {
    if object.is_exactly(&cx.types.int) {
        return Ok(object.new_ref());
    }
    if object.is_exactly(&cx.types.str)
        && let Some(value) = object.as_text().and_then(|text| short_decimal(text.as_ascii()?))
    {
        return cx.new_int(value);
    }
    if let Some(slot) = object.type_object().slots.int.get() {
        let made = slot(cx, object)?;
        if made.as_int().is_none() {
            let kind = made.type_name();
            return Err(cx.type_error(format_args!("__int__ returned non-int (type {kind})")));
        }
        if !made.is_exactly(&cx.types.int) {
            cx.warn_about_subclass("__int__", "int", &made)?;
        }
        return exact(cx, &made);
    }
    if object.type_object().slots.index.get().is_some() {
        return cx.index(object);
    }
    if let Some(method) = cx.lookup_special(object, &cx.names.trunc) {
        let method = method?;
        cx.warn(&cx.types.deprecation_warning, "The delegation of int() to __trunc__ is deprecated.")?;
        let made = cx.call(&method, &[])?;
        return from_truncated(cx, &made);
    }
    if let Some(text) = object.as_text() {
        return parse(cx, &ascii_number(cx, text)?, 10, object);
    }
    from_bytes_text(cx, object, 10)
}

/// The value of a few ASCII digits with or without a minus sign.
fn short_decimal(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if digits.is_empty() || digits.len() > 9 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0, |value, digit| 10 * value + i64::from(digit - b'0'));
    Some(if digits.len() < text.len() { -value } else { value })
}

/// What `__trunc__` has answered.
fn from_truncated(cx: &Interpreter, made: &Object) -> Outcome {
    if made.as_int().is_none() && made.type_object().slots.index.get().is_none() {
        let kind = made.type_name();
        return Err(cx.type_error(format_args!("__trunc__ returned non-Integral (type {kind})")));
    }
    cx.index(made)
}

/// From a bytes-like object. Those that are no bytes are shown as bytes.
fn from_bytes_text(cx: &Interpreter, object: &Object, base: u32) -> Outcome {
    let Some(bytes) = buffer_bytes(cx, object)? else {
        let kind = object.type_name();
        return Err(cx.type_error(format_args!(
            "int() argument must be a string, a bytes-like object or a real number, not '{kind}'"
        )));
    };
    if object.as_bytes().is_some() {
        return parse(cx, &bytes, base, object);
    }
    let shown = crate::values::bytes::Bytes::from_slice(&cx.types.bytes, &bytes)?.into_object();
    parse(cx, &bytes, base, &shown)
}

/// Reads the text of a literal; `source` is what is shown where it is none.
fn parse(cx: &Interpreter, text: &[u8], base: u32, source: &Object) -> Outcome {
    match digits::parse(text, base, max_digits(cx)) {
        Ok(value) => new_signed(cx, &value),
        Err(ParseError::OutOfMemory) => Err(cx.raise_memory_error()),
        Err(ParseError::TooManyDigits(count)) => Err(too_long_to_read(cx, count)),
        Err(ParseError::Invalid) => Err(invalid_literal(cx, base, source)),
    }
}

#[cold]
fn invalid_literal(cx: &Interpreter, base: u32, source: &Object) -> Raised {
    let shown = match cx.repr_text(source) {
        Ok(shown) => shown,
        Err(raised) => return raised,
    };
    let mut points: Vec<u32> =
        format!("invalid literal for int() with base {base}: ").chars().map(u32::from).collect();
    points.extend(shown.as_slice().iter().take(SHOWN));
    match cx.new_text_from_code_points(&points) {
        Ok(message) => cx.raise_arguments(&cx.types.value_error, &[message]),
        Err(raised) => raised,
    }
}
