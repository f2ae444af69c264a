//! Floats as text and text as floats, digit for digit as CPython writes and reads them.
//!
//! | function | what it is |
//! |---|---|
//! | [`repr`] | `repr(x)`: the shortest text that reads back as `x`; [`short_repr`] of most numbers without memory |
//! | [`text`] | `x` in a [`Style`]: the notations `e`, `f`, `g` and `repr`'s, with precision, signs and alternate form |
//! | [`parse`] | `float(text)`; decimal digits of other scripts must have been made ASCII before |
//! | [`round`] | `round(x, ndigits)` |
//! | [`hex`], [`from_hex`] | `x.hex()`, `float.fromhex(text)` |
//! | [`integer_ratio`] | `x.as_integer_ratio()` |
//!
//! Rust's own formatting is exact for any number of digits and rounds ties to even, as David Gay's does; what is
//! ours is where the point, the exponent and the zeros go. Rust takes no precision above 65535, and a float has
//! no more than 1074 decimal places, so more are appended as zeros.

use std::fmt::Write;

use super::digits::{self, Digits, OutOfMemory, Outcome, Signed};

/// Where a float has only zeros: beyond this many decimals, and this many significant digits.
const MOST_DECIMALS: usize = 1100;

/// How digits, point and exponent are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `1.500000e+00`: one digit before the point, `precision` after it.
    Exponent,
    /// `1.500000`: `precision` digits after the point.
    Fixed,
    /// `1.5`: `precision` significant digits, without trailing zeros, an exponent only for large or small values.
    General,
    /// As few digits as tell the value from its neighbours; the precision is ignored.
    Shortest,
}

/// What [`text`] is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The layout.
    pub notation: Notation,
    /// Digits, counted as the notation says.
    pub precision: usize,
    /// `#`: keep the point, and in general notation the zeros.
    pub alternate: bool,
    /// Write `1.0` and not `1` where there is no exponent.
    pub add_dot_zero: bool,
    /// `E`, `INF`, `NAN`.
    pub upper: bool,
    /// `+` before what is not negative.
    pub always_sign: bool,
    /// `z`: what rounds to zero has no sign.
    pub no_negative_zero: bool,
}

impl Style {
    /// The plain form of a notation.
    pub const fn new(notation: Notation, precision: usize) -> Style {
        Style {
            notation,
            precision,
            alternate: false,
            add_dot_zero: false,
            upper: false,
            always_sign: false,
            no_negative_zero: false,
        }
    }
}

/// Room for [`short_repr`].
pub const SHORT: usize = 24;

/// Powers of ten up to the most decimals that [`short_repr`] tries.
const POWERS: [f64; 6] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5];

/// `repr(value)` of a number with few decimals, as people write them; none where [`repr`] must be asked.
///
/// A decimal of at most 15 digits is told from all others by its float. So one that reads back as the value, which the
/// division of two exact floats shows, is the only such one and so the shortest; the fewest decimals are tried first.
pub fn short_repr(value: f64, room: &mut [u8; SHORT]) -> Option<&[u8]> {
    let size = value.abs();
    // Smaller and larger numbers have an exponent, or more digits.
    if !(1e-4..1e9).contains(&size) && size != 0.0 {
        return None;
    }
    let (decimals, digits) = POWERS.iter().enumerate().find_map(|(decimals, power)| {
        let digits = (size * power + 0.5) as i64;
        (digits as f64 / power == size).then_some((decimals, digits))
    })?;
    let (mut start, mut rest, least) = (SHORT, digits, decimals.max(1));
    if decimals == 0 {
        rest *= 10;
    }
    for written in 0.. {
        if written == least {
            start -= 1;
            room[start] = b'.';
        }
        if rest == 0 && written > least {
            break;
        }
        start -= 1;
        room[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if value.is_sign_negative() {
        start -= 1;
        room[start] = b'-';
    }
    Some(&room[start..])
}

/// `repr(value)`.
pub fn repr(value: f64) -> String {
    let style = Style { add_dot_zero: true, ..Style::new(Notation::Shortest, 0) };
    text(value, style).unwrap_or_default()
}

/// The value in a style.
pub fn text(value: f64, style: Style) -> Outcome<String> {
    let mut body = String::new();
    // Digits before the point are few but for the largest values.
    let whole = if value.abs() < 1e15 { 32 } else { 400 };
    let room = style.precision.checked_add(whole).ok_or(OutOfMemory)?;
    body.try_reserve(if style.notation == Notation::Shortest { 32 } else { room })
        .map_err(|_| OutOfMemory)?;
    write_magnitude(value.abs(), style, &mut body);
    let is_zero = || !body.bytes().take_while(|byte| *byte != b'e').any(|byte| (b'1'..=b'9').contains(&byte));
    let unsigned = value.is_nan() || style.no_negative_zero && value.is_finite() && is_zero();
    if value.is_sign_negative() && !unsigned {
        body.insert(0, '-');
    } else if style.always_sign {
        body.insert(0, '+');
    }
    if style.upper {
        body.make_ascii_uppercase();
    }
    Ok(body)
}

fn write_magnitude(value: f64, style: Style, out: &mut String) {
    if !value.is_finite() {
        return out.push_str(if value.is_nan() { "nan" } else { "inf" });
    }
    match style.notation {
        Notation::Fixed => write_fixed(value, style, out),
        Notation::Exponent => {
            let decimal = Decimal::rounded(value, style.precision.saturating_add(1));
            decimal.write_exponent(style.precision, style.alternate, out);
        }
        Notation::General => write_general(value, style, out),
        Notation::Shortest => {
            let decimal = Decimal::shortest(value);
            let places = usize::from(style.add_dot_zero);
            if decimal.point <= -4 || decimal.point > 16 {
                decimal.write_exponent(0, style.alternate, out);
            } else {
                decimal.write_plain(places, style.alternate, out);
            }
        }
    }
}

fn write_fixed(value: f64, style: Style, out: &mut String) {
    let decimals = style.precision.min(MOST_DECIMALS);
    if !write_short_fixed(value, decimals, out) {
        out.push_str(&format!("{value:.decimals$}"));
    }
    push_zeros(style.precision - decimals, out);
    if style.precision == 0 && (style.alternate || style.add_dot_zero) {
        out.push('.');
        push_zeros(usize::from(style.add_dot_zero), out);
    }
}

/// The most decimals for which a mantissa times a power of ten fits 128 bits: 53 and 74 bits.
const SHORT_DECIMALS: usize = 22;

/// A value whose decimals can be computed exactly in 128 bits, rounded half to even; false for others. Rust's own way
/// falls back to long arithmetic wherever the digits end exactly, as they do for most numbers that people write.
fn write_short_fixed(value: f64, decimals: usize, out: &mut String) -> bool {
    let mut buffer = [b'0'; SHORT_FIXED];
    let written = short_fixed(value, decimals, &mut buffer);
    out.push_str(written.and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default());
    written.is_some()
}

/// Room for [`short_fixed`]: the point, and as many digits before it as a word has.
pub const SHORT_FIXED: usize = SHORT_DECIMALS + 22;

/// The same for a value that is not negative, in place. The room holds zeros as digits.
pub fn short_fixed(value: f64, decimals: usize, buffer: &mut [u8; SHORT_FIXED]) -> Option<&[u8]> {
    if !value.is_finite() {
        return None;
    }
    let (mantissa, exponent) = digits::decompose(value);
    if decimals > SHORT_DECIMALS || !(-100..=0).contains(&exponent) {
        return None;
    }
    let power = match decimals {
        ..=19 => u128::from(10u64.pow(decimals as u32)),
        _ => 10u128.pow(decimals as u32),
    };
    let scaled = u128::from(mantissa) * power;
    let shift = (-exponent) as u32;
    let (mut whole, rest) = (scaled >> shift, scaled & ((1 << shift) - 1));
    let half = 1u128 << shift >> 1;
    if rest > half || rest == half && shift > 0 && whole & 1 == 1 {
        whole += 1;
    }
    let mut whole = u64::try_from(whole).ok()?;
    let (mut start, mut written) = (SHORT_FIXED, 0);
    while whole > 0 || written <= decimals {
        if written == decimals && decimals > 0 {
            start -= 1;
            buffer[start] = b'.';
        }
        start -= 1;
        buffer[start] = b'0' + (whole % 10) as u8;
        whole /= 10;
        written += 1;
    }
    Some(&buffer[start..])
}

fn write_general(value: f64, style: Style, out: &mut String) {
    let precision = style.precision.max(1);
    let decimal = Decimal::rounded(value, precision);
    let limit = precision as i64 - i64::from(style.add_dot_zero);
    let exponent = decimal.point <= -4 || decimal.point > limit;
    match (exponent, style.alternate) {
        (true, true) => decimal.write_exponent(precision - 1, true, out),
        (true, false) => decimal.write_exponent(0, false, out),
        (false, true) => {
            let places = (precision as i64 - decimal.point).max(0) as usize;
            decimal.write_plain(places.max(usize::from(style.add_dot_zero)), true, out);
        }
        (false, false) => decimal.write_plain(usize::from(style.add_dot_zero), false, out),
    }
}

fn push_zeros(count: usize, out: &mut String) {
    out.extend(std::iter::repeat_n('0', count));
}

/// A short text that needs no memory.
struct Scratch {
    bytes: [u8; 32],
    length: usize,
}

impl Scratch {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Write for Scratch {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// Decimal digits without trailing zeros, and how many of them stand before the point. Zero is "0" with point 1.
struct Decimal {
    digits: String,
    point: i64,
}

impl Decimal {
    /// As few digits as tell the value from its neighbours. Where two such texts are equally near, Rust takes the
    /// larger one and CPython the even one.
    fn shortest(value: f64) -> Decimal {
        let mut written = Scratch { bytes: [0; 32], length: 0 };
        // The longest has 24 characters.
        let _ = write!(written, "{value:e}");
        let found = Decimal::from_scientific(written.as_str());
        if !found.may_be_a_tie(value) {
            return found;
        }
        let even = Decimal::rounded(value, found.digits.len());
        let reads_back = format!("0.{}e{}", even.digits, even.point).parse() == Ok(value);
        if reads_back { even } else { found }
    }

    /// A tie ends one digit behind these: so the value is a whole number of halves of their last place, and the
    /// last place is about as small as the distance to the neighbours.
    fn may_be_a_tie(&self, value: f64) -> bool {
        let (mantissa, exponent) = digits::decompose(value);
        let fraction_bits = -(exponent + i64::from(mantissa.trailing_zeros()));
        let decimals = self.digits.len() as i64 - self.point;
        self.digits.len() >= 15 && fraction_bits <= decimals.max(0) + 1
    }

    /// To `count` significant digits.
    fn rounded(value: f64, count: usize) -> Decimal {
        let decimals = count.clamp(1, MOST_DECIMALS) - 1;
        Decimal::from_scientific(&format!("{value:.decimals$e}"))
    }

    /// Reads Rust's `1.25e-7`.
    fn from_scientific(text: &str) -> Decimal {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let mut digits = String::with_capacity(mantissa.len());
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        digits.push_str(whole);
        digits.push_str(fraction);
        digits.truncate(digits.trim_end_matches('0').len().max(1));
        Decimal { digits, point: exponent.parse::<i64>().unwrap_or(0) + 1 }
    }

    /// With an exponent, and at least `places` digits after the point.
    fn write_exponent(&self, places: usize, keep_point: bool, out: &mut String) {
        let (first, rest) = self.digits.split_at(1);
        out.push_str(first);
        if keep_point || places > 0 || !rest.is_empty() {
            out.push('.');
        }
        out.push_str(rest);
        push_zeros(places.saturating_sub(rest.len()), out);
        let exponent = self.point - 1;
        out.push_str(&format!("e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs()));
    }

    /// Without an exponent, and with at least `places` digits after the point.
    fn write_plain(&self, places: usize, keep_point: bool, out: &mut String) {
        let before = self.point.max(0) as usize;
        let (whole, fraction) = self.digits.split_at(before.min(self.digits.len()));
        out.push_str(if whole.is_empty() { "0" } else { whole });
        push_zeros(before - whole.len(), out);
        let leading = if fraction.is_empty() { 0 } else { (-self.point).max(0) as usize };
        if keep_point || places > 0 || !fraction.is_empty() {
            out.push('.');
        }
        push_zeros(leading, out);
        out.push_str(fraction);
        push_zeros(places.saturating_sub(leading + fraction.len()), out);
    }
}

/// What `float(text)` reads: blanks around, single underscores between digits, `inf`, `infinity` and `nan` in any
/// case. Nothing if it is no float.
pub fn parse(text: &[u8]) -> Option<f64> {
    let trimmed = trim(text);
    if !trimmed.contains(&b'_') {
        return parse_plain(trimmed);
    }
    let digit = |index: usize| trimmed.get(index).is_some_and(u8::is_ascii_digit);
    let joins =
        |(index, byte): (usize, &u8)| *byte != b'_' || index > 0 && digit(index - 1) && digit(index + 1);
    if !trimmed.iter().enumerate().all(joins) {
        return None;
    }
    let plain: Vec<u8> = trimmed.iter().copied().filter(|byte| *byte != b'_').collect();
    parse_plain(&plain)
}

fn trim(text: &[u8]) -> &[u8] {
    let blank = |byte: &u8| matches!(byte, b' ' | 9..=13);
    let start = text.iter().position(|byte| !blank(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
    &text[start..end]
}

/// Rust reads the same grammar: words in any case, a digit on either side of the point, digits in the exponent.
fn parse_plain(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The value rounded to `ndigits` decimals, ties to even; nothing if that is beyond the floats.
pub fn round(value: f64, ndigits: i64) -> Option<f64> {
    if !value.is_finite() || value == 0.0 || ndigits > 323 {
        return Some(value);
    }
    if ndigits < -308 {
        return Some(0.0 * value);
    }
    let rounded = match usize::try_from(ndigits) {
        Ok(decimals) => format!("{value:.decimals$}").parse().ok()?,
        Err(_) => round_before_point(value.abs(), ndigits)?.copysign(value),
    };
    rounded.is_finite().then_some(rounded)
}

fn round_before_point(value: f64, ndigits: i64) -> Option<f64> {
    let exact = Decimal::rounded(value, MOST_DECIMALS);
    let kept = exact.point + ndigits;
    let text = exact.digits.as_bytes();
    match kept {
        ..0 => Some(0.0),
        0 => (text > b"5".as_slice())
            .then(|| format!("1e{}", -ndigits))
            .map_or(Some(0.0), |text| text.parse().ok()),
        _ => format!("{value:.*e}", kept as usize - 1).parse().ok(),
    }
}

/// `value.hex()`.
pub fn hex(value: f64) -> String {
    if !value.is_finite() {
        return repr(value);
    }
    let bits = value.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i64, bits & ((1 << 52) - 1));
    let sign = if value.is_sign_negative() { "-" } else { "" };
    match (exponent, fraction) {
        (0, 0) => format!("{sign}0x0.0p+0"),
        (0, _) => format!("{sign}0x0.{fraction:013x}p-1022"),
        _ => format!("{sign}0x1.{fraction:013x}p{:+}", exponent - 1023),
    }
}

/// Why `float.fromhex` refuses a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HexError {
    /// "invalid hexadecimal floating-point string"
    Invalid,
    /// "hexadecimal value too large to represent as a float"
    TooLarge,
}

/// `float.fromhex(text)`.
pub fn from_hex(text: &[u8]) -> Result<f64, HexError> {
    let text = trim(text);
    let (negative, body) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let magnitude = match body.to_ascii_lowercase().as_slice() {
        b"inf" | b"infinity" => f64::INFINITY,
        b"nan" => f64::NAN,
        body => hex_magnitude(body)?,
    };
    Ok(if negative { -magnitude } else { magnitude })
}

fn hex_magnitude(body: &[u8]) -> Result<f64, HexError> {
    let body = body.strip_prefix(b"0x").unwrap_or(body);
    let digits =
        body.iter().position(|byte| !byte.is_ascii_hexdigit() && *byte != b'.').unwrap_or(body.len());
    let (mantissa, rest) = body.split_at(digits);
    let (exponent, rest) = match rest.split_first() {
        Some((b'p', rest)) => hex_exponent(rest)?,
        _ => (0, rest),
    };
    let (mantissa, scale) = hex_mantissa(mantissa)?;
    // Too large is said before what stands behind is looked at.
    let value = scale_rounded(mantissa, exponent.saturating_add(scale)).ok_or(HexError::TooLarge)?;
    if rest.is_empty() { Ok(value) } else { Err(HexError::Invalid) }
}

/// The exponent, held within what any text could make up for, and what follows it.
fn hex_exponent(text: &[u8]) -> Result<(i64, &[u8]), HexError> {
    let (negative, number) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let length = number.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(number.len());
    let (number, rest) = number.split_at(length);
    if number.is_empty() {
        return Err(HexError::Invalid);
    }
    let step =
        |sum: i64, byte: &u8| sum.saturating_mul(10).saturating_add(i64::from(byte - b'0')).min(1 << 60);
    let magnitude = number.iter().fold(0, step);
    Ok((if negative { -magnitude } else { magnitude }, rest))
}

/// Up to 64 bits of the digits, the lowest also telling of those left out, and the power of two they stand for.
fn hex_mantissa(text: &[u8]) -> Result<(u64, i64), HexError> {
    let (mut mantissa, mut scale, mut any, mut after_point) = (0u64, 0, false, false);
    for &byte in text {
        if byte == b'.' && !after_point {
            after_point = true;
            continue;
        }
        let digit = u64::from(char::from(byte).to_digit(16).ok_or(HexError::Invalid)?);
        any = true;
        if mantissa < 1 << 59 {
            mantissa = mantissa << 4 | digit;
            scale -= if after_point { 4 } else { 0 };
        } else {
            mantissa |= u64::from(digit != 0);
            scale += if after_point { 0 } else { 4 };
        }
    }
    if any { Ok((mantissa, scale)) } else { Err(HexError::Invalid) }
}

/// `mantissa * 2 ** exponent`, rounded once; nothing if that is beyond the floats.
fn scale_rounded(mantissa: u64, exponent: i64) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let bits = i64::from(64 - mantissa.leading_zeros());
    let lowest = (bits.saturating_add(exponent) - 53).max(-1074);
    let lost = lowest.saturating_sub(exponent).clamp(0, 100);
    let rounded = digits::round_bits(mantissa, lost as u32);
    let value = digits::load_exponent(rounded as f64, exponent.saturating_add(lost));
    value.is_finite().then_some(value)
}

/// `value.as_integer_ratio()` of a finite float: numerator and denominator.
pub fn integer_ratio(value: f64) -> Outcome<(Signed, Digits)> {
    let (mantissa, exponent) = digits::decompose(value);
    if mantissa == 0 {
        return Ok((Signed::default(), digits::from_u64(1)));
    }
    let zeros = i64::from(mantissa.trailing_zeros());
    let (odd, exponent) = (digits::from_u64(mantissa >> zeros), exponent + zeros);
    let numerator = digits::shift_left(&odd, exponent.max(0) as u64)?;
    let denominator = digits::shift_left(&[1], exponent.min(0).unsigned_abs())?;
    Ok((Signed::new(value < 0.0, numerator), denominator))
}

#[cfg(test)]
mod tests;
