//! `&`, `|`, `^` and `~` of signed integers, as if negative ones had endless ones to the left.

use super::*;

/// `left & right`.
pub fn bit_and(left: SignedRef, right: SignedRef) -> Outcome<Signed> {
    combine(left, right, |one, other| one & other)
}

/// `left | right`.
pub fn bit_or(left: SignedRef, right: SignedRef) -> Outcome<Signed> {
    combine(left, right, |one, other| one | other)
}

/// `left ^ right`.
pub fn bit_xor(left: SignedRef, right: SignedRef) -> Outcome<Signed> {
    combine(left, right, |one, other| one ^ other)
}

/// `~value`, which is `-(value + 1)`.
pub fn invert(value: SignedRef) -> Outcome<Signed> {
    let one = SignedRef::new(false, &[1]);
    let next = add_signed(value, one)?;
    Ok(Signed::new(!next.negative, next.digits))
}

/// Digit by digit in two's complement; the digit above the longer one shows the sign of the result.
fn combine(left: SignedRef, right: SignedRef, operation: impl Fn(u32, u32) -> u32) -> Outcome<Signed> {
    let length = left.digits.len().max(right.digits.len()) + 1;
    let mut result = Digits::zeroed(length)?;
    let (mut left, mut right) = (Complement::new(left), Complement::new(right));
    for (index, out) in result.iter_mut().enumerate() {
        *out = operation(left.digit(index), right.digit(index)) & DIGIT_MASK;
    }
    let negative = result[length - 1] != 0;
    if negative {
        negate_in_place(&mut result);
    }
    Ok(Signed::new(negative, result.normalised()))
}

/// Reads a signed magnitude's digits in two's complement, from the lowest up.
struct Complement<'a> {
    value: SignedRef<'a>,
    carry: u32,
}

impl<'a> Complement<'a> {
    fn new(value: SignedRef<'a>) -> Complement<'a> {
        Complement { value, carry: 1 }
    }

    /// To be asked for each index in turn.
    fn digit(&mut self, index: usize) -> u32 {
        let digit = self.value.digits.get(index).copied().unwrap_or(0);
        if !self.value.negative {
            return digit;
        }
        let flipped = (digit ^ DIGIT_MASK) + self.carry;
        self.carry = flipped >> DIGIT_BITS;
        flipped & DIGIT_MASK
    }
}

fn negate_in_place(digits: &mut [u32]) {
    let mut carry = 1;
    for digit in digits {
        carry += *digit ^ DIGIT_MASK;
        *digit = carry & DIGIT_MASK;
        carry >>= DIGIT_BITS;
    }
}
