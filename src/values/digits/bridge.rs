//! Between 30-bit digits and num-bigint, in linear time.

use super::*;
use num_bigint::BigUint;

/// The magnitude as num-bigint knows it.
pub fn to_biguint(digits: &[u32]) -> Outcome<BigUint> {
    let bits = bit_length(digits) as usize;
    let mut words = Vec::new();
    words.try_reserve_exact(bits / 32 + 1).map_err(|_| OutOfMemory)?;
    let (mut pending, mut filled) = (0u64, 0);
    for &digit in digits {
        pending |= u64::from(digit) << filled;
        filled += DIGIT_BITS;
        if filled >= 32 {
            words.push(pending as u32);
            pending >>= 32;
            filled -= 32;
        }
    }
    words.push(pending as u32);
    Ok(BigUint::new(words))
}

/// The magnitude of a num-bigint value.
pub fn from_biguint(value: &BigUint) -> Outcome<Digits> {
    let length = value.bits().div_ceil(DIGIT_BITS as u64) as usize;
    let mut digits = Digits::zeroed(length)?;
    let mut words = value.iter_u32_digits();
    let (mut pending, mut filled) = (0u64, 0);
    for digit in digits.iter_mut() {
        if filled < DIGIT_BITS {
            pending |= u64::from(words.next().unwrap_or(0)) << filled;
            filled += 32;
        }
        *digit = pending as u32 & DIGIT_MASK;
        pending >>= DIGIT_BITS;
        filled -= DIGIT_BITS;
    }
    Ok(digits.normalised())
}
