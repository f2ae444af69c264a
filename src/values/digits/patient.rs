//! Long products, powers, divisors and roots that pause between their pieces, so that a program can be interrupted.
//!
//! Whoever calls gives a `pause` that says whether to go on. A piece is what takes some ten milliseconds; only the
//! division of two very long numbers is still one piece.

use super::*;

/// Asked between two pieces; an error ends the work.
pub type Pause<'a, Error> = &'a dyn Fn() -> Result<(), Error>;

/// Factors up to this many digits are multiplied at once.
const PIECE: usize = 1 << 14;

/// `left * right`: Karatsuba's method down to pieces.
pub fn multiply_long<Error: From<OutOfMemory>>(
    left: &[u32],
    right: &[u32],
    pause: Pause<'_, Error>,
) -> Result<Digits, Error> {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    if short.len() <= PIECE {
        pause()?;
        return Ok(multiply(left, right)?);
    }
    let half = long.len().div_ceil(2);
    let (low, high) = halves(long, half);
    let mut product = Digits::zeroed(left.len() + right.len())?;
    if short.len() <= half {
        add_at(&mut product, 0, &multiply_long(low, short, pause)?);
        add_at(&mut product, half, &multiply_long(high, short, pause)?);
        return Ok(product.normalised());
    }
    let (short_low, short_high) = halves(short, half);
    let mut middle = multiply_long(&add(low, high)?, &add(short_low, short_high)?, pause)?;
    for (place, (one, other)) in [(0, (low, short_low)), (2 * half, (high, short_high))] {
        let outer = multiply_long(one, other, pause)?;
        add_at(&mut product, place, &outer);
        middle = subtract(&middle, &outer)?;
    }
    add_at(&mut product, half, &middle);
    Ok(product.normalised())
}

fn halves(digits: &[u32], half: usize) -> (&[u32], &[u32]) {
    let (low, high) = digits.split_at(half);
    (significant(low), high)
}

/// Adds to the digits from a place on; there is room for the carry.
fn add_at(sum: &mut [u32], place: usize, digits: &[u32]) {
    let mut carry = 0;
    for (index, digit) in sum[place..].iter_mut().enumerate() {
        if carry == 0 && index >= digits.len() {
            return;
        }
        carry += *digit + digits.get(index).copied().unwrap_or(0);
        *digit = carry & DIGIT_MASK;
        carry >>= DIGIT_BITS;
    }
}

/// `base ** exponent % modulus` by squaring, where each step is long. The modulus must not be zero.
pub fn power_modulo_long<Error: From<OutOfMemory>>(
    base: &[u32],
    exponent: &[u32],
    modulus: &[u32],
    pause: Pause<'_, Error>,
) -> Result<Digits, Error> {
    let (_, mut result) = divide(&[1], modulus)?;
    for bit in (0..bit_length(exponent)).rev() {
        let digit = exponent[(bit / DIGIT_BITS as u64) as usize];
        (_, result) = divide(&multiply_long(&result, &result, pause)?, modulus)?;
        if digit >> (bit % DIGIT_BITS as u64) & 1 == 1 {
            (_, result) = divide(&multiply_long(&result, base, pause)?, modulus)?;
        }
    }
    Ok(result)
}

/// The largest integer whose square is not more than the magnitude: each step doubles the known bits, so that the last
/// one alone is as long as the number.
pub fn square_root<Error: From<OutOfMemory>>(
    digits: &[u32],
    pause: Pause<'_, Error>,
) -> Result<Digits, Error> {
    if let Some(value) = to_u64(digits) {
        return Ok(from_u64(value.isqrt()));
    }
    let most = (bit_length(digits) - 1) / 2;
    let (mut root, mut known) = (from_u64(1), 0);
    for shift in (0..64 - most.leading_zeros()).rev() {
        pause()?;
        let before = known;
        known = most >> shift;
        let part = shift_right(digits, 2 * most - before - known + 1)?;
        let (quotient, _) = divide(&part, &root)?;
        root = add(&shift_left(&root, known - before - 1)?, &quotient)?;
    }
    let square = multiply_long(&root, &root, pause)?;
    let is_above = compare(&square, digits) == std::cmp::Ordering::Greater;
    Ok(if is_above { subtract(&root, &[1])? } else { root })
}
