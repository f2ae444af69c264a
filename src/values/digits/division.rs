//! Division of magnitudes: by one digit, by Knuth's algorithm D, or through num-bigint.

use super::*;
use std::cmp::Ordering;

/// Up to this many digits in divisor or quotient, algorithm D beats a trip through num-bigint.
const KNUTH_LIMIT: usize = 60;

/// Divides in place by one digit that is not zero, and returns the remainder.
pub fn divide_in_place(digits: &mut [u32], divisor: u32) -> u32 {
    let mut rest = 0u64;
    for digit in digits.iter_mut().rev() {
        rest = rest << DIGIT_BITS | u64::from(*digit);
        *digit = (rest / u64::from(divisor)) as u32;
        rest %= u64::from(divisor);
    }
    rest as u32
}

/// `(digits // divisor, digits % divisor)` for a divisor of one digit that is not zero.
pub fn divide_by_digit(digits: &[u32], divisor: u32) -> Outcome<(Digits, u32)> {
    let mut quotient = Digits::copied(digits)?;
    let rest = divide_in_place(&mut quotient, divisor);
    Ok((quotient.normalised(), rest))
}

/// `(dividend // divisor, dividend % divisor)`. The divisor must not be zero.
pub fn divide(dividend: &[u32], divisor: &[u32]) -> Outcome<(Digits, Digits)> {
    match divisor {
        _ if compare(dividend, divisor) == Ordering::Less => Ok((Digits::new(), Digits::copied(dividend)?)),
        &[digit] => {
            divide_by_digit(dividend, digit).map(|(quotient, rest)| (quotient, from_u64(rest.into())))
        }
        _ if divisor.len().min(dividend.len() - divisor.len()) <= KNUTH_LIMIT => {
            divide_knuth(dividend, divisor)
        }
        _ => divide_big(dividend, divisor),
    }
}

fn divide_big(dividend: &[u32], divisor: &[u32]) -> Outcome<(Digits, Digits)> {
    let (dividend, divisor) = (to_biguint(dividend)?, to_biguint(divisor)?);
    let quotient = &dividend / &divisor;
    let rest = dividend - &quotient * divisor;
    Ok((from_biguint(&quotient)?, from_biguint(&rest)?))
}

/// Algorithm D (The Art of Computer Programming, 4.3.1): a guess from the two top digits is at most two too large if the
/// divisor's top bit is set. Only what the guess looks at is shifted for that; the digits stay as they are.
fn divide_knuth(dividend: &[u32], divisor: &[u32]) -> Outcome<(Digits, Digits)> {
    let mut rest = Digits::zeroed(dividend.len() + 1)?;
    rest[..dividend.len()].copy_from_slice(dividend);
    let steps = dividend.len() + 1 - divisor.len();
    let mut quotient = Digits::zeroed(steps)?;
    for step in (0..steps).rev() {
        quotient[step] = divide_step(&mut rest[step..=step + divisor.len()], divisor);
    }
    Ok((quotient.normalised(), rest.normalised()))
}

/// Finds one digit of the quotient and takes its multiple off the window.
fn divide_step(window: &mut [u32], divisor: &[u32]) -> u32 {
    let guess = guess_digit(window, divisor);
    if guess == 0 {
        return 0;
    }
    if subtract_multiple(window, divisor, guess) {
        add_back(window, divisor);
        return (guess - 1) as u32;
    }
    guess as u32
}

/// The digit at a place after a shift to the left; below the lowest one are zeros.
fn shifted_digit(digits: &[u32], place: usize, shift: u32) -> u64 {
    let below = place.checked_sub(1).map_or(0, |below| digits[below]);
    u64::from((digits[place] << shift | below >> (DIGIT_BITS as u32 - shift)) & DIGIT_MASK)
}

fn guess_digit(window: &[u32], divisor: &[u32]) -> u64 {
    let size = divisor.len();
    let shift = divisor[size - 1].leading_zeros() - 2;
    let (top, next) = (shifted_digit(divisor, size - 1, shift), shifted_digit(divisor, size - 2, shift));
    let head = shifted_digit(window, size, shift) << DIGIT_BITS | shifted_digit(window, size - 1, shift);
    let third = shifted_digit(window, size - 2, shift);
    let (mut guess, mut rest) = (head / top, head % top);
    while guess >= u64::from(DIGIT_BASE) || guess * next > (rest << DIGIT_BITS | third) {
        guess -= 1;
        rest += top;
        if rest >= u64::from(DIGIT_BASE) {
            break;
        }
    }
    guess
}

/// Takes `guess * divisor` off the window; true if that was too much.
fn subtract_multiple(window: &mut [u32], divisor: &[u32], guess: u64) -> bool {
    let mut carry = 0i64;
    for (place, &digit) in window.iter_mut().zip(divisor) {
        carry += i64::from(*place) - (guess * u64::from(digit)) as i64;
        *place = carry as u32 & DIGIT_MASK;
        carry >>= DIGIT_BITS;
    }
    let top = &mut window[divisor.len()];
    carry += i64::from(*top);
    *top = carry as u32 & DIGIT_MASK;
    carry < 0
}

fn add_back(window: &mut [u32], divisor: &[u32]) {
    let mut carry = 0;
    for (place, &digit) in window.iter_mut().zip(divisor) {
        carry += *place + digit;
        *place = carry & DIGIT_MASK;
        carry >>= DIGIT_BITS;
    }
    let top = &mut window[divisor.len()];
    *top = (*top + carry) & DIGIT_MASK;
}
