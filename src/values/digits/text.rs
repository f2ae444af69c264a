//! Integers as text, and text as integers.

use super::*;
use num_bigint::BigUint;

/// Why an integer is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// It has more decimal digits than the caller's limit.
    TooManyDigits,
    /// The text does not fit into memory.
    OutOfMemory,
}

/// Why text is not read as an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseError {
    /// It is no integer in that base.
    Invalid,
    /// It has so many digits, more than the caller's limit.
    TooManyDigits(usize),
    /// The integer does not fit into memory.
    OutOfMemory,
}

impl From<OutOfMemory> for TextError {
    fn from(_: OutOfMemory) -> TextError {
        TextError::OutOfMemory
    }
}

impl From<OutOfMemory> for ParseError {
    fn from(_: OutOfMemory) -> ParseError {
        ParseError::OutOfMemory
    }
}

/// The largest power of ten in a digit, and its exponent.
const CHUNK: u32 = 1_000_000_000;
const CHUNK_DIGITS: usize = 9;
/// Below this size the quadratic method is faster than num-bigint's.
const SIMPLE_LIMIT: usize = 64;

/// The decimal text, refused beyond `limit` digits (0: no limit).
pub fn decimal_text(value: SignedRef, limit: usize) -> Result<String, TextError> {
    if let Some(small) = value.to_i64() {
        return Ok(small.to_string());
    }
    // Each digit below the top one is worth more than nine decimal ones: far too long is seen without the work.
    if limit > 0 && (value.digits.len() - 1).saturating_mul(9) > limit {
        return Err(TextError::TooManyDigits);
    }
    let mut text = String::new();
    let expected = value.digits.len().checked_mul(10).ok_or(OutOfMemory)?;
    text.try_reserve_exact(expected + 1).map_err(|_| OutOfMemory)?;
    if value.negative {
        text.push('-');
    }
    push_decimal(value.digits, &mut text)?;
    let length = text.len() - usize::from(value.negative);
    if limit > 0 && length > limit { Err(TextError::TooManyDigits) } else { Ok(text) }
}

fn push_decimal(digits: &[u32], text: &mut String) -> Outcome<()> {
    if digits.len() > SIMPLE_LIMIT {
        text.push_str(&to_biguint(digits)?.to_str_radix(10));
        return Ok(());
    }
    let chunks = decimal_chunks(digits);
    let mut chunks = chunks.iter().rev();
    text.push_str(&chunks.next().unwrap_or(&0).to_string());
    for &chunk in chunks {
        let mut rest = chunk;
        let mut buffer = [b'0'; CHUNK_DIGITS];
        for place in buffer.iter_mut().rev() {
            *place += (rest % 10) as u8;
            rest /= 10;
        }
        text.push_str(std::str::from_utf8(&buffer).unwrap_or_default());
    }
    Ok(())
}

/// The number in base 10**9, the lowest chunk first.
fn decimal_chunks(digits: &[u32]) -> Vec<u32> {
    let mut chunks: Vec<u32> = Vec::with_capacity(digits.len() * 31 / 30 + 2);
    for &digit in digits.iter().rev() {
        let mut carry = u64::from(digit);
        for chunk in &mut chunks {
            carry += u64::from(*chunk) << DIGIT_BITS;
            *chunk = (carry % u64::from(CHUNK)) as u32;
            carry /= u64::from(CHUNK);
        }
        while carry > 0 {
            chunks.push((carry % u64::from(CHUNK)) as u32);
            carry /= u64::from(CHUNK);
        }
    }
    chunks
}

/// The text in a radix from 2 to 36: sign, `prefix`, then digits in lower case.
pub fn radix_text(value: SignedRef, radix: u32, prefix: &str) -> Outcome<String> {
    let mut text = String::new();
    let bits_each = u64::from(31 - radix.max(2).leading_zeros());
    let expected = usize::try_from(bit_length(value.digits) / bits_each).map_err(|_| OutOfMemory)?;
    text.try_reserve_exact(expected + prefix.len() + 2).map_err(|_| OutOfMemory)?;
    if value.negative {
        text.push('-');
    }
    text.push_str(prefix);
    match radix {
        _ if value.digits.is_empty() => text.push('0'),
        2 | 4 | 8 | 16 | 32 => push_bits(value.digits, bits_each, &mut text),
        _ => text.push_str(&to_biguint(value.digits)?.to_str_radix(radix)),
    }
    Ok(text)
}

/// For radices that are powers of two.
fn push_bits(digits: &[u32], bits_each: u64, text: &mut String) {
    let places = bit_length(digits).div_ceil(bits_each);
    for place in (0..places).rev() {
        let start = place * bits_each;
        let (index, rest) = ((start / DIGIT_BITS as u64) as usize, start % DIGIT_BITS as u64);
        let above = digits.get(index + 1).copied().unwrap_or(0);
        let window = (u64::from(digits[index]) | u64::from(above) << DIGIT_BITS) >> rest;
        let digit = (window & ((1 << bits_each) - 1)) as u32;
        text.push(char::from_digit(digit, 32).unwrap_or('0'));
    }
}

/// What `int(text, base)` reads: blanks around, a sign, a prefix, digits with single underscores between them.
/// The base is 0 or 2 to 36; more than `limit` digits (0: no limit) in a base that is no power of two are refused.
pub fn parse(text: &[u8], base: u32, limit: usize) -> Result<Signed, ParseError> {
    let text = trim(text);
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (base, only_zeros, digits) = strip_prefix(text, base);
    let (values, complete) = digit_values(digits, base)?;
    // CPython tells of too many digits before it looks at what stands behind them.
    if !base.is_power_of_two() && limit > 0 && values.len() > limit {
        return Err(ParseError::TooManyDigits(values.len()));
    }
    if !complete || only_zeros && values.iter().any(|&digit| digit != 0) {
        return Err(ParseError::Invalid);
    }
    Ok(Signed::new(negative, from_digit_values(&values, base)?))
}

fn trim(text: &[u8]) -> &[u8] {
    let blank = |byte: &u8| matches!(byte, b' ' | 9..=13);
    let start = text.iter().position(|byte| !blank(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
    &text[start..end]
}

/// The base, whether base 0 was asked for a number that begins with 0 and has no prefix, and the digits.
fn strip_prefix(text: &[u8], base: u32) -> (u32, bool, &[u8]) {
    let prefix_base = match text {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if prefix_base != 0 && (base == 0 || base == prefix_base) {
        let digits = &text[2..];
        return (prefix_base, false, digits.strip_prefix(b"_").unwrap_or(digits));
    }
    match base {
        0 => (10, text.first() == Some(&b'0'), text),
        _ => (base, false, text),
    }
}

/// The digits' values, and whether nothing else stands behind them.
fn digit_values(digits: &[u8], base: u32) -> Result<(Vec<u8>, bool), ParseError> {
    let mut values = Vec::new();
    values.try_reserve_exact(digits.len()).map_err(|_| OutOfMemory)?;
    let (mut after_digit, mut complete) = (false, true);
    for &byte in digits {
        if byte == b'_' && after_digit {
            after_digit = false;
        } else if let Some(value) = char::from(byte).to_digit(base) {
            values.push(value as u8);
            after_digit = true;
        } else {
            complete = false;
            break;
        }
    }
    if after_digit { Ok((values, complete)) } else { Err(ParseError::Invalid) }
}

fn from_digit_values(values: &[u8], base: u32) -> Outcome<Digits> {
    let start = values.iter().position(|&value| value != 0).unwrap_or(values.len());
    let values = &values[start..];
    match values.len() {
        0..=12 => Ok(from_u64(values.iter().fold(0, |sum, &value| sum * u64::from(base) + u64::from(value)))),
        13..=300 => simple_from_values(values, base),
        _ if base.is_power_of_two() => from_bit_values(values, base.trailing_zeros() as usize),
        _ => from_biguint(&BigUint::from_radix_be(values, base).unwrap_or_default()),
    }
}

/// As many values at once as a digit can hold.
fn simple_from_values(values: &[u8], base: u32) -> Outcome<Digits> {
    let at_once = if base == 10 { CHUNK_DIGITS } else { 5 };
    let mut digits = Digits::new();
    for chunk in values.chunks(at_once) {
        let (mut factor, mut addend) = (1, 0);
        for &value in chunk {
            factor *= base;
            addend = addend * base + u32::from(value);
        }
        digits = multiply_by_digit(&digits, factor, addend)?;
    }
    Ok(digits)
}

/// In linear time, for radices that are powers of two.
fn from_bit_values(values: &[u8], bits_each: usize) -> Outcome<Digits> {
    let bits = values.len().checked_mul(bits_each).ok_or(OutOfMemory)?;
    let mut digits = Digits::zeroed(bits / DIGIT_BITS + 1)?;
    pack(values.iter().rev().copied(), bits_each, &mut digits);
    Ok(digits.normalised())
}
