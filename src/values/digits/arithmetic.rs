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

/// Two digits in one word, the lower one in the lower half.
#[inline(always)]
fn pair_of(&[low, high]: &[u32; 2]) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

/// Both digits of a pair, without what stands above their 30 bits.
#[inline(always)]
fn split_pair(pair: u64) -> [u32; 2] {
    [pair as u32 & DIGIT_MASK, (pair >> 32) as u32 & DIGIT_MASK]
}

/// Fills the two bits above each digit of a pair, so that a carry runs through them into the next digit.
const FILLED: u64 = 0xC000_0000_C000_0000;

/// Writes `left + right + carry`, all of one length, and returns the carry out of the top. Two digits go at a time.
#[inline]
fn add_rows(out: &mut [u32], left: &[u32], right: &[u32], mut carry: bool) -> bool {
    let (out, last) = out.as_chunks_mut::<2>();
    let ((left, one), (right, other)) = (left.as_chunks::<2>(), right.as_chunks::<2>());
    for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
        let sum;
        (sum, carry) = (pair_of(left) + FILLED).carrying_add(pair_of(right), carry);
        *out = split_pair(sum);
    }
    if let ([last], [one], [other]) = (last, one, other) {
        let sum = one + other + u32::from(carry);
        *last = sum & DIGIT_MASK;
        carry = sum > DIGIT_MASK;
    }
    carry
}

/// Writes `left - right - borrow`, all of one length, and returns the borrow from above the top.
#[inline]
fn subtract_rows(out: &mut [u32], left: &[u32], right: &[u32], mut borrow: bool) -> bool {
    let (out, last) = out.as_chunks_mut::<2>();
    let ((left, one), (right, other)) = (left.as_chunks::<2>(), right.as_chunks::<2>());
    for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
        let difference;
        (difference, borrow) = pair_of(left).borrowing_sub(pair_of(right), borrow);
        *out = split_pair(difference);
    }
    if let ([last], [one], [other]) = (last, one, other) {
        let difference = one.wrapping_sub(other + u32::from(borrow));
        *last = difference & DIGIT_MASK;
        borrow = difference > DIGIT_MASK;
    }
    borrow
}

/// `left + right`.
pub fn add(left: &[u32], right: &[u32]) -> Outcome<Digits> {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    let mut sum = Digits::zeroed(long.len() + 1)?;
    let out: &mut [u32] = &mut sum;
    let (both, rest) = out.split_at_mut(short.len());
    let (low, high) = long.split_at(short.len());
    let carry = add_rows(both, low, short, false);
    rest[..high.len()].copy_from_slice(high);
    if carry {
        increment(rest);
    }
    Ok(sum.normalised())
}

/// Adds one; there is room for the carry.
fn increment(digits: &mut [u32]) {
    for digit in digits {
        if *digit < DIGIT_MASK {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
}

/// `larger - smaller`, which must not be the other way round.
pub fn subtract(larger: &[u32], smaller: &[u32]) -> Outcome<Digits> {
    debug_assert!(compare(larger, smaller).is_ge());
    let mut difference = Digits::zeroed(larger.len())?;
    let out: &mut [u32] = &mut difference;
    let (both, rest) = out.split_at_mut(smaller.len());
    let (low, high) = larger.split_at(smaller.len());
    let borrow = subtract_rows(both, low, smaller, false);
    rest.copy_from_slice(high);
    if borrow {
        decrement(rest);
    }
    Ok(difference.normalised())
}

/// Takes one off digits that are not all zero.
fn decrement(digits: &mut [u32]) {
    for digit in digits {
        if *digit > 0 {
            *digit -= 1;
            return;
        }
        *digit = DIGIT_MASK;
    }
}

/// How many products are split before their carries are run through.
const BLOCK: usize = 64;

/// Writes the low digits of `digits * factor`, for one digit more than there are. First the products are split into
/// halves, none waiting for another; then the upper halves are added one place higher.
fn multiply_row(out: &mut [u32], digits: &[u32], factor: u32) {
    let (mut lower, mut upper) = ([0u32; BLOCK], [0u32; BLOCK + 1]);
    let (mut above, mut carry) = (0, false);
    for (out, digits) in out.chunks_mut(BLOCK).zip(digits.chunks(BLOCK)) {
        upper[0] = above;
        for ((lower, upper), &digit) in lower.iter_mut().zip(&mut upper[1..]).zip(digits) {
            let product = u64::from(digit) * u64::from(factor);
            *lower = product as u32 & DIGIT_MASK;
            *upper = (product >> DIGIT_BITS) as u32;
        }
        let count = digits.len();
        above = upper[count];
        carry = add_rows(&mut out[..count], &lower[..count], &upper[..count], carry);
    }
    out[digits.len()] = above + u32::from(carry);
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
    if let &[factor] = short {
        multiply_row(out, long, factor);
        return Ok(product.normalised());
    }
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
    let back = DIGIT_BITS as u32 - rest;
    let out = &mut shifted[places..];
    out[0] = digits[0] << rest & DIGIT_MASK;
    for (out, pair) in out[1..].iter_mut().zip(digits.windows(2)) {
        *out = (pair[1] << rest | pair[0] >> back) & DIGIT_MASK;
    }
    out[digits.len()] = digits[digits.len() - 1] >> back;
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
    let back = DIGIT_BITS as u32 - rest;
    for (out, pair) in shifted.iter_mut().zip(kept.windows(2)) {
        *out = (pair[0] >> rest | pair[1] << back) & DIGIT_MASK;
    }
    shifted[kept.len() - 1] = kept[kept.len() - 1] >> rest;
    Ok((shifted.normalised(), lost))
}

/// `digits >> bits`.
pub fn shift_right(digits: &[u32], bits: u64) -> Outcome<Digits> {
    shift_right_lossy(digits, bits).map(|(shifted, _)| shifted)
}
