//! `complex(real, imag)` and `complex(text)`.

use super::{Parts, exact, parts_of};
use crate::object::{Object, ObjectRef};
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Raised};
use crate::types::number_text::ascii_number;
use crate::values::complex::{self as layout, Complex};

const PARAMETERS: Parameters<2> = Parameters {
    function: "complex",
    names: ["real", "imag"],
    positional_only: 0,
    positional: 2,
    required: 0,
};

/// `complex.__new__`
pub fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let [real, imaginary] = PARAMETERS.bind(cx, arguments)?;
    let real = match real {
        Some(real) => real,
        None => cx.new_int(0)?,
    };
    let is_exact = kind.is(&cx.types.complex);
    if is_exact && imaginary.is_none() && real.is_exactly(&cx.types.complex) {
        return Ok(real);
    }
    let (real, imaginary) = match real.as_text() {
        Some(_) if imaginary.is_some() => {
            return Err(cx.type_error("complex() can't take second arg if first is a string"));
        }
        Some(text) => parse(cx, &ascii_number(cx, text)?, &real)?,
        None => from_numbers(cx, &real, imaginary.as_ref())?,
    };
    let extra =
        if is_exact { 0 } else { (kind.basic_size.get() as usize).saturating_sub(layout::BASIC_SIZE) };
    Ok(Complex::with_extra(kind, real, imaginary, extra)?.into_object())
}

/// Both arguments may be complex themselves: real + imag * 1j.
fn from_numbers(cx: &Interpreter, real: &ObjectRef, imaginary: Option<&ObjectRef>) -> Outcome<Parts> {
    if imaginary.is_some_and(|imaginary| imaginary.as_text().is_some()) {
        return Err(cx.type_error("complex() second arg can't be a string"));
    }
    let converted = special_complex(cx, real)?;
    let first: &Object = converted.as_ref().unwrap_or(real);
    if !is_number(first) {
        let kind = first.type_name();
        return Err(cx.type_error(format_args!(
            "complex() first argument must be a string or a number, not '{kind}'"
        )));
    }
    if let Some(second) = imaginary.filter(|second| !is_number(second)) {
        let kind = second.type_name();
        return Err(cx.type_error(format_args!("complex() second argument must be a number, not '{kind}'")));
    }
    let (mut left, mut right) = number_parts(cx, first)?;
    if let Some(second) = imaginary {
        let (real, imaginary) = number_parts(cx, second)?;
        // Only complex arguments take part in the sums: adding zero would lose the sign of a zero.
        if second.as_complex().is_some() {
            left -= imaginary;
        }
        right = if first.as_complex().is_some() { real + right } else { real };
    }
    Ok((left, right))
}

fn is_number(object: &Object) -> bool {
    let slots = &object.type_object().slots;
    object.as_complex().is_some() || slots.float.get().is_some() || slots.index.get().is_some()
}

fn number_parts(cx: &Interpreter, object: &Object) -> Outcome<Parts> {
    match object.as_complex() {
        Some(_) => Ok(parts_of(object)),
        None => Ok((cx.to_f64(object)?, 0.0)),
    }
}

/// What `__complex__` answers; none where there is no such method.
pub fn special_complex(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let Some(method) = cx.lookup_special(object, &cx.names.complex) else { return Ok(None) };
    let made = cx.call(&*method?, &[])?;
    if made.as_complex().is_none() {
        let kind = made.type_name();
        return Err(cx.type_error(format_args!("__complex__ returned non-complex (type {kind})")));
    }
    if !made.is_exactly(&cx.types.complex) {
        cx.warn_about_subclass("__complex__", "complex", &made)?;
    }
    exact(cx, &made).map(Some)
}

#[cold]
fn malformed(cx: &Interpreter) -> Raised {
    cx.value_error("complex() arg is a malformed string")
}

/// Reads `1+2j`, in parentheses or not, blanks around; underscores stand between digits only.
fn parse(cx: &Interpreter, text: &[u8], source: &Object) -> Outcome<Parts> {
    // As a C text, which ends at a null character.
    let ends = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
    if !text[..ends].contains(&b'_') {
        return parse_plain(text).ok_or_else(|| malformed(cx));
    }
    let digit = |index: usize| text.get(index).is_some_and(u8::is_ascii_digit);
    let joins =
        |(index, byte): (usize, &u8)| *byte != b'_' || index > 0 && digit(index - 1) && digit(index + 1);
    if !text.iter().enumerate().all(joins) {
        let shown = cx.display_repr(source);
        return Err(cx.value_error(format_args!("could not convert string to complex: {shown}")));
    }
    let plain: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'_').collect();
    parse_plain(&plain).ok_or_else(|| malformed(cx))
}

fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | 9..=13)
}

fn trim(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|byte| !is_blank(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !is_blank(byte)).map_or(start, |last| last + 1);
    &text[start..end]
}

fn parse_plain(text: &[u8]) -> Option<Parts> {
    let mut text = trim(text);
    if let [b'(', inner @ .., b')'] = text {
        text = trim(inner);
    }
    match float_prefix(text) {
        None => match unit(text)? {
            (sign, [b'j' | b'J']) => Some((0.0, sign)),
            _ => None,
        },
        Some((value, [])) => Some((value, 0.0)),
        Some((value, [b'j' | b'J'])) => Some((0.0, value)),
        Some((real, rest @ [b'+' | b'-', ..])) => {
            let (imaginary, rest) = match float_prefix(rest) {
                Some(found) => found,
                None => unit(rest)?,
            };
            matches!(rest, [b'j' | b'J']).then_some((real, imaginary))
        }
        Some(_) => None,
    }
}

/// A sign alone stands for one.
fn unit(text: &[u8]) -> Option<(f64, &[u8])> {
    match text {
        [b'+', rest @ ..] => Some((1.0, rest)),
        [b'-', rest @ ..] => Some((-1.0, rest)),
        rest => Some((1.0, rest)),
    }
}

/// The longest float that the text starts with, and what follows.
fn float_prefix(text: &[u8]) -> Option<(f64, &[u8])> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let body = &text[sign..];
    let word =
        |name: &str| body.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
    let length = match () {
        () if word("infinity") => 8,
        () if word("inf") || word("nan") => 3,
        () => number_length(body)?,
    };
    let (number, rest) = text.split_at(sign + length);
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, rest))
}

/// How many bytes digits, point and exponent take.
fn number_length(body: &[u8]) -> Option<usize> {
    let digits = |from: usize| body[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(0);
    let (mut end, mut count) = (whole, whole);
    if body.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        count += fraction;
        end += 1 + fraction;
    }
    if count == 0 {
        return None;
    }
    if matches!(body.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(body.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits((end + 1 + sign).min(body.len()));
        end += if exponent > 0 { 1 + sign + exponent } else { 0 };
    }
    Some(end)
}
