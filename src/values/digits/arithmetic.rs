//! Linear operations on magnitudes, and multiplication.

use super::*;
use std::cmp::Ordering;

/// Below this many digits in the smaller factor, the school method beats a trip through num-bigint.
const SCHOOL_LIMIT: usize = 40;

/// Which magnitude is larger.
#[inline]
pub fn compare(left: &[u32], right: &[u32]) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| left.iter().rev().cmp(right.iter().rev()))
}

/// `left + right`.
pub fn add(left: &[u32], right: &[u32]) -> Outcome<Digits> {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    let mut sum = Digits::zeroed(long.len() + 1)?;
    let out: &mut [u32] = &mut sum;
    let (both, rest) = out.split_at_mut(short.len());
    let mut carry = 0;
    for ((out, &one), &other) in both.iter_mut().zip(long).zip(short) {
        carry += one + other;
        *out = carry & DIGIT_MASK;
        carry >>= DIGIT_BITS;
    }
    let more = long[short.len()..].iter().chain(&[0]);
    for (out, &one) in rest.iter_mut().zip(more) {
        carry += one;
        *out = carry & DIGIT_MASK;
        carry >>= DIGIT_BITS;
    }
    Ok(sum.normalised())
}

/// `larger - smaller`, which must not be the other way round.
pub fn subtract(larger: &[u32], smaller: &[u32]) -> Outcome<Digits> {
    debug_assert!(compare(larger, smaller).is_ge());
    let mut difference = Digits::zeroed(larger.len())?;
    let out: &mut [u32] = &mut difference;
    let (both, rest) = out.split_at_mut(smaller.len());
    let mut borrow = 0;
    for ((out, &one), &other) in both.iter_mut().zip(larger).zip(smaller) {
        let left = one.wrapping_sub(other + borrow);
        *out = left & DIGIT_MASK;
        borrow = left >> 31;
    }
    for (out, &one) in rest.iter_mut().zip(&larger[smaller.len()..]) {
        let left = one.wrapping_sub(borrow);
        *out = left & DIGIT_MASK;
        borrow = left >> 31;
    }
    Ok(difference.normalised())
}

/// `digits * factor + addend`, where `factor` and `addend` are single digits.
pub fn multiply_by_digit(digits: &[u32], factor: u32, addend: u32) -> Outcome<Digits> {
    let mut product = Digits::zeroed(digits.len() + 1)?;
    let mut carry = u64::from(addend);
    for (out, &digit) in product.iter_mut().zip(digits) {
        carry += u64::from(digit) * u64::from(factor);
        *out = carry as u32 & DIGIT_MASK;
        carry >>= DIGIT_BITS;
    }
    product[digits.len()] = carry as u32;
    Ok(product.normalised())
}

/// `left * right`.
pub fn multiply(left: &[u32], right: &[u32]) -> Outcome<Digits> {
    match (left, right) {
        ([], _) | (_, []) => Ok(Digits::new()),
        (&[one], &[other]) => Ok(from_u64(u64::from(one) * u64::from(other))),
        _ if left.len().min(right.len()) <= SCHOOL_LIMIT => school_multiply(left, right),
        _ => from_biguint(&(to_biguint(left)? * to_biguint(right)?)),
    }
}

/// Each digit of the one by all of the other.
fn school_multiply(left: &[u32], right: &[u32]) -> Outcome<Digits> {
    let mut product = Digits::zeroed(left.len() + right.len())?;
    let out: &mut [u32] = &mut product;
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    for (start, &factor) in short.iter().enumerate() {
        let mut carry = 0u64;
        let row = &mut out[start..=start + long.len()];
        for (place, &digit) in row.iter_mut().zip(long) {
            carry += u64::from(*place) + u64::from(digit) * u64::from(factor);
            *place = carry as u32 & DIGIT_MASK;
            carry >>= DIGIT_BITS;
        }
        row[long.len()] = carry as u32;
    }
    Ok(product.normalised())
}

/// How many bits the magnitude needs.
#[inline]
pub fn bit_length(digits: &[u32]) -> u64 {
    match digits.last() {
        None => 0,
        Some(top) => (digits.len() as u64 - 1) * DIGIT_BITS as u64 + u64::from(32 - top.leading_zeros()),
    }
}

/// How many bits are set.
pub fn bit_count(digits: &[u32]) -> u64 {
    digits.iter().map(|digit| u64::from(digit.count_ones())).sum()
}

/// How many zero bits stand below the lowest one; nothing for zero.
pub fn trailing_zeros(digits: &[u32]) -> Option<u64> {
    let place = digits.iter().position(|&digit| digit != 0)?;
    Some(place as u64 * DIGIT_BITS as u64 + u64::from(digits[place].trailing_zeros()))
}

/// How many digits `digits << bits` may need, at most one too many; nothing when no machine could hold them.
pub fn shift_left_length(digits: &[u32], bits: u64) -> Option<usize> {
    if digits.is_empty() {
        return Some(0);
    }
    let places = usize::try_from(bits / DIGIT_BITS as u64).ok()?;
    let length = digits.len().checked_add(places)?.checked_add(1)?;
    (length <= isize::MAX as usize / 4).then_some(length)
}

/// `digits << bits`.
pub fn shift_left(digits: &[u32], bits: u64) -> Outcome<Digits> {
    let length = shift_left_length(digits, bits).ok_or(OutOfMemory)?;
    let mut shifted = Digits::zeroed(length)?;
    if digits.is_empty() {
        return Ok(shifted);
    }
    let (places, rest) = ((bits / DIGIT_BITS as u64) as usize, (bits % DIGIT_BITS as u64) as u32);
    let mut carry = 0u64;
    for (out, &digit) in shifted[places..].iter_mut().zip(digits) {
        carry |= u64::from(digit) << rest;
        *out = carry as u32 & DIGIT_MASK;
        carry >>= DIGIT_BITS;
    }
    shifted[length - 1] = carry as u32;
    Ok(shifted.normalised())
}

/// `digits >> bits`, and whether a set bit fell off.
pub fn shift_right_lossy(digits: &[u32], bits: u64) -> Outcome<(Digits, bool)> {
    let places = usize::try_from(bits / DIGIT_BITS as u64).unwrap_or(usize::MAX);
    if places >= digits.len() {
        return Ok((Digits::new(), !digits.is_empty()));
    }
    let rest = (bits % DIGIT_BITS as u64) as u32;
    let kept = &digits[places..];
    let lost = digits[..places].iter().any(|&digit| digit != 0) || kept[0] & ((1 << rest) - 1) != 0;
    let mut shifted = Digits::zeroed(kept.len())?;
    for (index, out) in shifted.iter_mut().enumerate() {
        let above = kept.get(index + 1).copied().unwrap_or(0);
        *out = ((u64::from(kept[index]) | u64::from(above) << DIGIT_BITS) >> rest) as u32 & DIGIT_MASK;
    }
    Ok((shifted.normalised(), lost))
}

/// `digits >> bits`.
pub fn shift_right(digits: &[u32], bits: u64) -> Outcome<Digits> {
    shift_right_lossy(digits, bits).map(|(shifted, _)| shifted)
}
