//! Magnitudes with a sign: what Python's operators do.

use super::*;
use std::cmp::Ordering;

/// A borrowed integer: its sign and magnitude. Zero is not negative.
#[derive(Debug, Clone, Copy)]
pub struct SignedRef<'a> {
    /// Below zero?
    pub negative: bool,
    /// The absolute value.
    pub digits: &'a [u32],
}

/// An integer that has been made. Zero is not negative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signed {
    /// Below zero?
    pub negative: bool,
    /// The absolute value.
    pub digits: Digits,
}

impl Signed {
    /// With the sign taken off a zero.
    pub fn new(negative: bool, digits: Digits) -> Signed {
        Signed { negative: negative && !digits.is_empty(), digits }
    }

    /// A machine integer.
    pub fn from_i64(value: i64) -> Signed {
        Signed::new(value < 0, from_u64(value.unsigned_abs()))
    }

    /// Borrowed.
    pub fn as_ref(&self) -> SignedRef<'_> {
        SignedRef { negative: self.negative, digits: &self.digits }
    }
}

impl<'a> SignedRef<'a> {
    /// From the parts.
    pub fn new(negative: bool, digits: &'a [u32]) -> SignedRef<'a> {
        SignedRef { negative: negative && !digits.is_empty(), digits }
    }

    /// As a machine integer, if it fits.
    #[inline]
    pub fn to_i64(self) -> Option<i64> {
        let value = to_u64(self.digits)?;
        if self.negative { 0i64.checked_sub_unsigned(value) } else { i64::try_from(value).ok() }
    }

    /// With the other sign.
    pub fn negated(self) -> SignedRef<'a> {
        SignedRef::new(!self.negative, self.digits)
    }
}

/// Which integer is larger.
pub fn compare_signed(left: SignedRef, right: SignedRef) -> Ordering {
    match (left.negative, right.negative) {
        (false, false) => compare(left.digits, right.digits),
        (true, true) => compare(right.digits, left.digits),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// `left + right`.
pub fn add_signed(left: SignedRef, right: SignedRef) -> Outcome<Signed> {
    if left.negative == right.negative {
        return Ok(Signed::new(left.negative, add(left.digits, right.digits)?));
    }
    match compare(left.digits, right.digits) {
        Ordering::Less => Ok(Signed::new(right.negative, subtract(right.digits, left.digits)?)),
        _ => Ok(Signed::new(left.negative, subtract(left.digits, right.digits)?)),
    }
}

/// `left - right`.
pub fn subtract_signed(left: SignedRef, right: SignedRef) -> Outcome<Signed> {
    add_signed(left, right.negated())
}

/// `left * right`.
pub fn multiply_signed(left: SignedRef, right: SignedRef) -> Outcome<Signed> {
    Ok(Signed::new(left.negative != right.negative, multiply(left.digits, right.digits)?))
}

/// `divmod(dividend, divisor)`: rounded down, the remainder with the divisor's sign. The divisor must not be zero.
pub fn floor_divide(dividend: SignedRef, divisor: SignedRef) -> Outcome<(Signed, Signed)> {
    let (mut quotient, mut rest) = divide(dividend.digits, divisor.digits)?;
    let differ = dividend.negative != divisor.negative;
    if differ && !rest.is_empty() {
        quotient = add(&quotient, &[1])?;
        rest = subtract(divisor.digits, &rest)?;
    }
    Ok((Signed::new(differ, quotient), Signed::new(divisor.negative, rest)))
}

/// `value << bits`.
pub fn shift_left_signed(value: SignedRef, bits: u64) -> Outcome<Signed> {
    Ok(Signed::new(value.negative, shift_left(value.digits, bits)?))
}

/// `value >> bits`, rounded down.
pub fn shift_right_floor(value: SignedRef, bits: u64) -> Outcome<Signed> {
    let (mut shifted, lost) = shift_right_lossy(value.digits, bits)?;
    if value.negative && lost {
        shifted = add(&shifted, &[1])?;
    }
    Ok(Signed::new(value.negative, shifted))
}
