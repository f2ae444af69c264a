//! Lays out numbers and text as a [`FormatSpec`] says.

use super::*;
use crate::values::digits::{self, SignedRef};
use crate::values::float_text::{self, Notation, Style};

/// How text is cut and filled: `left` fills, the first `kept` characters, `right` fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextField {
    /// The code point that fills.
    pub fill: u32,
    /// How often before the text.
    pub left: usize,
    /// How many of its characters.
    pub kept: usize,
    /// How often after the text.
    pub right: usize,
}

/// Text of `length` characters.
pub fn text(spec: &FormatSpec, length: usize) -> Result<TextField, SpecError> {
    match (spec.code, spec.sign) {
        (Some(code), _) if code != u32::from('s') => return Err(SpecError::UnknownCode(code)),
        (_, Some(' ')) => return Err(SpecError::SpaceWithText),
        (_, Some(_)) => return Err(SpecError::SignWithText),
        _ if spec.no_negative_zero => return Err(SpecError::NegativeZeroWithText),
        _ if spec.alternate => return Err(SpecError::AlternateWithText),
        _ if spec.align == Alignment::AfterSign => return Err(SpecError::AfterSignWithText),
        _ => {}
    }
    let kept = spec.precision.map_or(length, |most| most.min(length));
    let [left, _, right] = padding(spec, kept);
    Ok(TextField { fill: spec.fill, left, kept, right })
}

/// How often the fill stands left, after the sign, and right.
fn padding(spec: &FormatSpec, used: usize) -> [usize; 3] {
    let missing = spec.width.unwrap_or(0).saturating_sub(used);
    match spec.align {
        Alignment::Left => [0, 0, missing],
        Alignment::Right => [missing, 0, 0],
        Alignment::Center => [missing / 2, 0, missing - missing / 2],
        Alignment::AfterSign => [0, missing, 0],
    }
}

fn field(spec: &FormatSpec, head: String, body: Body) -> Field {
    let length = if let Body::Ascii(text) = &body { text.len() } else { 1 };
    let [left, middle, right] = padding(spec, head.len() + length);
    Field { fill: spec.fill, left, head, middle, body, right, right_fill: spec.fill }
}

/// Is this a type that formats an integer as a float? Then the caller converts and calls [`float`].
pub fn is_float_code(spec: &FormatSpec) -> bool {
    matches!(spec.letter(), Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%'))
}

/// An integer, for the types `b c d o x X n`. The limit on decimal digits is not asked: CPython's is, so callers
/// check it first for `d` and `n`.
pub fn integer(spec: &FormatSpec, value: SignedRef) -> Result<Field, SpecError> {
    let code = spec.code.unwrap_or(u32::from('d'));
    let (radix, prefix) = match char::from_u32(code) {
        Some('b') => (2, "0b"),
        Some('o') => (8, "0o"),
        Some('x') => (16, "0x"),
        Some('X') => (16, "0X"),
        Some('d' | 'n' | 'c') => (10, ""),
        _ => return Err(SpecError::UnknownCode(code)),
    };
    if spec.precision.is_some() {
        return Err(SpecError::PrecisionWithInteger);
    }
    if spec.no_negative_zero {
        return Err(SpecError::NegativeZeroWithInteger);
    }
    if code == u32::from('c') {
        return character(spec, value);
    }
    let magnitude = SignedRef::new(false, value.digits);
    let mut text = match radix {
        10 => digits::decimal_text(magnitude, 0).map_err(|_| SpecError::OutOfMemory)?,
        _ => digits::radix_text(magnitude, radix, "")?,
    };
    if code == u32::from('X') {
        text.make_ascii_uppercase();
    }
    let mut head = sign_text(spec, value.negative).to_string();
    head.push_str(if spec.alternate { prefix } else { "" });
    number(spec, head, &text, "", if radix == 10 { 3 } else { 4 })
}

/// Room for a field of [`short_integer`].
pub const SHORT: usize = 120;

/// An integer of a machine word in a short ASCII field, without memory; none where [`integer`] must be asked.
pub fn short_integer<'a>(spec: &FormatSpec, value: i64, room: &'a mut [u8; SHORT]) -> Option<&'a [u8]> {
    let (radix, letters) = match spec.code.map(char::from_u32) {
        None | Some(Some('d')) => (10, b'a'),
        Some(Some('x')) => (16, b'a'),
        Some(Some('X')) => (16, b'A'),
        Some(Some('o')) => (8, b'a'),
        Some(Some('b')) => (2, b'a'),
        _ => return None,
    };
    let plain = spec.precision.is_none() && spec.grouping.is_none() && !spec.alternate;
    if !plain || spec.no_negative_zero || spec.fill >= 0x80 || spec.width.is_some_and(|width| width > SHORT) {
        return None;
    }
    let mut digits = [b'0'; 64];
    let magnitude = value.unsigned_abs();
    // A division by what is known is none.
    let start = match radix {
        10 => write_digits::<10>(&mut digits, magnitude, letters),
        16 => write_digits::<16>(&mut digits, magnitude, letters),
        8 => write_digits::<8>(&mut digits, magnitude, letters),
        _ => write_digits::<2>(&mut digits, magnitude, letters),
    };
    Some(lay_out(spec, sign_text(spec, value < 0).as_bytes(), &digits[start..], room))
}

/// Writes digits to the end of the room and says where they start.
#[inline(always)]
fn write_digits<const RADIX: u64>(digits: &mut [u8; 64], magnitude: u64, letters: u8) -> usize {
    let (mut start, mut rest) = (64, magnitude);
    while rest > 0 || start == 64 {
        start -= 1;
        let digit = (rest % RADIX) as u8;
        digits[start] = if digit < 10 { b'0' + digit } else { letters + digit - 10 };
        rest /= RADIX;
    }
    start
}

/// Puts head and body into a short field; the width, and what stands in it, are no longer than the room.
fn lay_out<'a>(spec: &FormatSpec, head: &[u8], body: &[u8], room: &'a mut [u8; SHORT]) -> &'a [u8] {
    let [left, middle, right] = padding(spec, head.len() + body.len());
    room.fill(spec.fill as u8);
    let at = left + head.len() + middle;
    if !head.is_empty() {
        room[left..left + head.len()].copy_from_slice(head);
    }
    room[at..at + body.len()].copy_from_slice(body);
    &room[..at + body.len() + right]
}

/// A float in fixed notation in a short ASCII field, without memory; none where [`float`] must be asked.
pub fn short_float<'a>(spec: &FormatSpec, value: f64, room: &'a mut [u8; SHORT]) -> Option<&'a [u8]> {
    let plain = matches!(spec.letter(), Some('f' | 'F')) && spec.grouping.is_none() && !spec.alternate;
    if !plain || spec.no_negative_zero || spec.fill >= 0x80 || spec.width.is_some_and(|width| width > SHORT) {
        return None;
    }
    let mut digits = [b'0'; float_text::SHORT_FIXED];
    let body = float_text::short_fixed(value.abs(), spec.precision.unwrap_or(6), &mut digits)?;
    Some(lay_out(spec, sign_text(spec, value.is_sign_negative()).as_bytes(), body, room))
}

fn character(spec: &FormatSpec, value: SignedRef) -> Result<Field, SpecError> {
    if spec.sign.is_some() {
        return Err(SpecError::SignWithCharacter);
    }
    if spec.alternate {
        return Err(SpecError::AlternateWithCharacter);
    }
    let value = value.to_i64().ok_or(SpecError::IntegerTooLarge)?;
    let point = u32::try_from(value).ok().filter(|&point| point < 0x11_0000).ok_or(SpecError::NoCharacter)?;
    Ok(field(spec, String::new(), Body::Character(point)))
}

fn sign_text(spec: &FormatSpec, negative: bool) -> &'static str {
    match (negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    }
}

/// Groups the digits before the point and puts all together. Zeros that fill a width are grouped as well.
fn number(spec: &FormatSpec, head: String, whole: &str, rest: &str, size: usize) -> Result<Field, SpecError> {
    let mut body = match spec.grouping {
        Some(grouping) if !whole.is_empty() => {
            let zeros = spec.fill == u32::from('0') && spec.align == Alignment::AfterSign;
            let room =
                if zeros { spec.width.unwrap_or(0).saturating_sub(head.len() + rest.len()) } else { 0 };
            group(whole, grouping.mark(), size, room)?
        }
        _ => whole.to_string(),
    };
    body.try_reserve_exact(rest.len()).map_err(|_| OutOfMemory)?;
    body.push_str(rest);
    Ok(field(spec, head, Body::Ascii(body)))
}

/// Groups from the right, with zeros in front until `width` is reached or passed; never a mark in front.
fn group(digits: &str, mark: char, size: usize, width: usize) -> Outcome<String> {
    let mut reversed = String::new();
    let room = width.max(digits.len()).checked_mul(2).ok_or(OutOfMemory)?;
    reversed.try_reserve(room).map_err(|_| OutOfMemory)?;
    let mut source = digits.chars().rev();
    for count in 0usize.. {
        let digit = source.next();
        // A mark that would be first in the field is not written but replaced by nothing: one more zero follows.
        if digit.is_none() && reversed.len() >= width {
            break;
        }
        if count > 0 && count.is_multiple_of(size) {
            reversed.push(mark);
        }
        reversed.push(digit.unwrap_or('0'));
    }
    Ok(reversed.chars().rev().collect())
}

/// A float, for the types `e E f F g G n %` and none.
pub fn float(spec: &FormatSpec, value: f64) -> Result<Field, SpecError> {
    let percent = spec.letter() == Some('%');
    let mut style = float_style(spec, true)?;
    let value = if percent { value * 100.0 } else { value };
    style.always_sign = false;
    let mut text = float_text::text(value, style)?;
    if percent {
        text.try_reserve_exact(1).map_err(|_| OutOfMemory)?;
        text.push('%');
    }
    if spec.grouping.is_some() {
        return float_field(spec, &text);
    }
    let negative = text.starts_with('-');
    if negative {
        text.remove(0);
    }
    Ok(field(spec, sign_text(spec, negative).to_string(), Body::Ascii(text)))
}

/// What the type and precision say; `dotted` if no type means at least one decimal.
fn float_style(spec: &FormatSpec, dotted: bool) -> Result<Style, SpecError> {
    let (notation, default_precision) = match (spec.letter(), spec.code) {
        (_, None) if spec.precision.is_some() => (Notation::General, 0),
        (_, None) => (Notation::Shortest, 0),
        (Some('e' | 'E'), _) => (Notation::Exponent, 6),
        (Some('f' | 'F' | '%'), _) => (Notation::Fixed, 6),
        (Some('g' | 'G' | 'n'), _) => (Notation::General, 6),
        (_, Some(code)) => return Err(SpecError::UnknownCode(code)),
    };
    let precision = spec.precision.unwrap_or(default_precision);
    if precision > i32::MAX as usize {
        return Err(SpecError::PrecisionTooBig);
    }
    Ok(Style {
        alternate: spec.alternate,
        add_dot_zero: dotted && spec.code.is_none(),
        upper: matches!(spec.letter(), Some('E' | 'F' | 'G')),
        no_negative_zero: spec.no_negative_zero,
        ..Style::new(notation, precision)
    })
}

fn float_field(spec: &FormatSpec, text: &str) -> Result<Field, SpecError> {
    let negative = text.starts_with('-');
    let text = text.trim_start_matches('-');
    let (whole, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    number(spec, sign_text(spec, negative).to_string(), whole, rest, 3)
}

/// A complex number, for the types `e E f F g G n` and none.
pub fn complex(spec: &FormatSpec, real: f64, imaginary: f64) -> Result<Field, SpecError> {
    if spec.letter() == Some('%') {
        return Err(SpecError::UnknownCode(u32::from('%')));
    }
    let style = float_style(spec, false)?;
    if spec.fill == u32::from('0') {
        return Err(SpecError::ZeroPaddingWithComplex);
    }
    if spec.align == Alignment::AfterSign {
        return Err(SpecError::AfterSignWithComplex);
    }
    let part = |value: f64, sign: Option<char>| -> Result<String, SpecError> {
        let narrow = FormatSpec { width: None, fill: u32::from(' '), align: Alignment::Left, sign, ..*spec };
        let Field { head, body, .. } = float_field(&narrow, &float_text::text(value, style)?)?;
        Ok(if let Body::Ascii(body) = body { head + &body } else { head })
    };
    let plain = spec.code.is_none();
    let text = match plain && real == 0.0 && real.is_sign_positive() {
        true => part(imaginary, spec.sign)? + "j",
        false => {
            let (open, close) = if plain { ("(", ")") } else { ("", "") };
            format!("{open}{}{}j{close}", part(real, spec.sign)?, part(imaginary, Some('+'))?)
        }
    };
    Ok(field(spec, String::new(), Body::Ascii(text)))
}
