//! Between integers and floats, always correctly rounded (half to even).

use super::*;
use std::cmp::Ordering;

/// The result is larger than any float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// Why a quotient is no float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotientError {
    /// "integer division result too large for a float".
    Overflow,
    /// No memory for the numbers in between.
    OutOfMemory,
}

impl From<OutOfMemory> for QuotientError {
    fn from(_: OutOfMemory) -> QuotientError {
        QuotientError::OutOfMemory
    }
}

const MANTISSA_BITS: i64 = f64::MANTISSA_DIGITS as i64;
const MAX_EXPONENT: i64 = f64::MAX_EXP as i64;
/// The exponent of the lowest bit of a subnormal.
const SMALLEST_EXPONENT: i64 = -1074;
const MIN_EXPONENT: i64 = f64::MIN_EXP as i64;

/// The top 64 bits, the lowest of them also telling of bits lost below, and by how many bits they were moved.
fn top_bits(digits: &[u32]) -> (u64, u64) {
    let bits = bit_length(digits);
    if bits <= 64 {
        return (to_u64(digits).unwrap_or(0), 0);
    }
    let shift = bits - 64;
    let (place, rest) = ((shift / DIGIT_BITS as u64) as usize, shift % DIGIT_BITS as u64);
    let window = digits[place..].iter().enumerate();
    let wide = window.fold(0u128, |wide, (index, &digit)| wide | u128::from(digit) << (index * DIGIT_BITS));
    let lost = digits[..place].iter().any(|&digit| digit != 0) || wide & ((1 << rest) - 1) != 0;
    ((wide >> rest) as u64 | u64::from(lost), shift)
}

/// The nearest float.
pub fn to_f64(value: SignedRef) -> Result<f64, Overflow> {
    let (top, shift) = top_bits(value.digits);
    if bit_length(value.digits) > MAX_EXPONENT as u64 {
        return Err(Overflow);
    }
    let magnitude = top as f64 * power_of_two(shift as i64);
    match (magnitude.is_finite(), value.negative) {
        (false, _) => Err(Overflow),
        (true, negative) => Ok(if negative { -magnitude } else { magnitude }),
    }
}

/// `(m, e)` with the value near `m * 2**e` and `0.5 <= m < 1`; `(0.0, 0)` for zero. For logarithms of numbers
/// beyond the floats.
pub fn frexp(digits: &[u32]) -> (f64, i64) {
    let bits = bit_length(digits) as i64;
    if bits == 0 {
        return (0.0, 0);
    }
    let (top, _) = top_bits(digits);
    let mantissa = load_exponent(top as f64, -bits.min(64));
    if mantissa == 1.0 { (0.5, bits + 1) } else { (mantissa, bits) }
}

/// `2.0 ** exponent` for an exponent of a normal float.
fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// `value * 2 ** exponent`, rounded once; infinite if too large. This is `math.ldexp`.
pub fn load_exponent(value: f64, exponent: i64) -> f64 {
    let (mantissa, own) = decompose(value);
    if mantissa == 0 || !value.is_finite() {
        return value;
    }
    let shift = own + exponent.clamp(-5000, 5000);
    let bits = i64::from(64 - mantissa.leading_zeros());
    if bits + shift > MAX_EXPONENT {
        return f64::INFINITY.copysign(value);
    }
    let lost = (SMALLEST_EXPONENT - shift).clamp(0, 100);
    let rounded = round_bits(mantissa, lost as u32) as f64;
    let shift = shift.max(SMALLEST_EXPONENT);
    // In two exact steps, because half of the exponents are too large for one factor.
    (rounded * power_of_two(shift / 2) * power_of_two(shift - shift / 2)).copysign(value)
}

/// `value >> bits` for at most 100 bits, rounded half to even.
pub(crate) fn round_bits(value: u64, bits: u32) -> u64 {
    if bits == 0 {
        return value;
    }
    let value = u128::from(value);
    let (kept, rest, half) = (value >> bits, value & ((1 << bits) - 1), 1u128 << (bits - 1));
    (kept + u128::from(rest > half || rest == half && kept & 1 == 1)) as u64
}

/// The magnitude of a finite float as `mantissa * 2 ** exponent`.
pub fn decompose(value: f64) -> (u64, i64) {
    let bits = value.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i64, bits & ((1 << 52) - 1));
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) }
}

/// The integer part of a finite float. Zero for what is not finite: callers have refused that before.
pub fn from_f64(value: f64) -> Outcome<Signed> {
    if !value.is_finite() {
        return Ok(Signed::default());
    }
    let (mantissa, exponent) = decompose(value);
    let whole = from_u64(mantissa);
    let digits = match exponent {
        0.. => shift_left(&whole, exponent as u64)?,
        _ => shift_right(&whole, exponent.unsigned_abs())?,
    };
    Ok(Signed::new(value.is_sign_negative(), digits))
}

/// Exactly which is larger; nothing for nan.
pub fn compare_with_f64(value: SignedRef, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    let sign = |positive: bool| if positive { Ordering::Greater } else { Ordering::Less };
    if bit_length(value.digits) <= MANTISSA_BITS as u64 {
        let exact = to_u64(value.digits)? as f64;
        return (if value.negative { -exact } else { exact }).partial_cmp(&float);
    }
    if float.is_infinite() || value.negative != (float < 0.0) || bit_length(value.digits) > 1024 {
        return Some(if float.is_infinite() { sign(float < 0.0) } else { sign(!value.negative) });
    }
    compare_large(value, float)
}

/// For an integer above 2**53: a float as large has no fraction, and a smaller one's fraction does not matter.
fn compare_large(value: SignedRef, float: f64) -> Option<Ordering> {
    let whole = from_f64(float).ok()?;
    Some(compare_signed(value, whole.as_ref()))
}

/// `dividend / divisor` of magnitudes, rounded once. The divisor must not be zero.
pub fn true_divide(dividend: &[u32], divisor: &[u32]) -> Result<f64, QuotientError> {
    let exact = 1u64 << MANTISSA_BITS;
    if let (Some(above), Some(below)) = (to_u64(dividend), to_u64(divisor))
        && above <= exact
        && below <= exact
    {
        return Ok(above as f64 / below as f64);
    }
    let difference = bit_length(dividend) as i64 - bit_length(divisor) as i64;
    if dividend.is_empty() || difference < MIN_EXPONENT - MANTISSA_BITS - 1 {
        return Ok(0.0);
    }
    if difference > MAX_EXPONENT {
        return Err(QuotientError::Overflow);
    }
    divide_shifted(dividend, divisor, difference.max(MIN_EXPONENT) - MANTISSA_BITS - 2)
}

/// Divides so that the quotient has two bits more than a float, then rounds to as many as the float can hold.
fn divide_shifted(dividend: &[u32], divisor: &[u32], shift: i64) -> Result<f64, QuotientError> {
    let (dividend, mut inexact) = match shift {
        ..=0 => (shift_left(dividend, shift.unsigned_abs())?, false),
        _ => shift_right_lossy(dividend, shift as u64)?,
    };
    let (quotient, rest) = divide(&dividend, divisor)?;
    inexact |= !rest.is_empty();
    let quotient = to_u64(&quotient).ok_or(QuotientError::Overflow)?;
    let bits = i64::from(64 - quotient.leading_zeros());
    let extra = bits.max(MIN_EXPONENT - shift) - MANTISSA_BITS;
    let rounded = round_bits(quotient << 1 | u64::from(inexact), extra as u32 + 1);
    let result = load_exponent(rounded as f64, shift + extra);
    if result.is_infinite() { Err(QuotientError::Overflow) } else { Ok(result) }
}
