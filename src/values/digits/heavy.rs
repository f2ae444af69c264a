//! Powers, inverses and greatest common divisors.

use super::*;
use num_bigint::BigUint;
use num_traits::Zero;

/// Digits of the modulus squared, by those of the exponent, up to which a power is taken without a pause.
const MODULAR_WORK: usize = 1 << 24;

/// How many digits `base ** exponent` needs, or a few more; nothing when no machine could hold them.
pub fn power_length(base: &[u32], exponent: &[u32]) -> Option<usize> {
    if let [] | [1] = base {
        return Some(base.len());
    }
    let bits = bit_length(base).checked_mul(to_u64(exponent)?)?;
    let length = usize::try_from(bits / DIGIT_BITS as u64).ok()? + 1;
    (length <= isize::MAX as usize / 8).then_some(length)
}

/// `base ** exponent`.
pub fn power<Error: From<OutOfMemory>>(
    base: &[u32],
    exponent: &[u32],
    pause: Pause<'_, Error>,
) -> Result<Digits, Error> {
    match (base, exponent) {
        (_, []) => return Ok(from_u64(1)),
        ([] | [1], _) => return Ok(Digits::copied(base)?),
        _ => {}
    }
    let length = power_length(base, exponent).ok_or(OutOfMemory)?;
    let count = to_u64(exponent).ok_or(OutOfMemory)?;
    Vec::<u32>::new().try_reserve_exact(length).map_err(|_| OutOfMemory)?;
    // A power of two inside the base is a shift outside.
    let zeros = trailing_zeros(base).unwrap_or(0);
    let odd = shift_right(base, zeros)?;
    Ok(shift_left(&power_of_odd(&odd, count, pause)?, zeros * count)?)
}

/// By squaring, from the top bit of the exponent, which must not be zero, down.
fn power_of_odd<Error: From<OutOfMemory>>(
    base: &[u32],
    exponent: u64,
    pause: Pause<'_, Error>,
) -> Result<Digits, Error> {
    let mut result = Digits::copied(base)?;
    for bit in (0..63 - exponent.leading_zeros()).rev() {
        result = multiply_long(&result, &result, pause)?;
        if exponent >> bit & 1 == 1 {
            result = multiply_long(&result, base, pause)?;
        }
    }
    Ok(result)
}

/// `base ** exponent % modulus`. The modulus must not be zero.
pub fn power_modulo<Error: From<OutOfMemory>>(
    base: &[u32],
    exponent: &[u32],
    modulus: &[u32],
    pause: Pause<'_, Error>,
) -> Result<Digits, Error> {
    if let (Some(exponent), Some(modulus)) = (to_u64(exponent), to_u64(modulus)) {
        let (_, base) = divide(base, &from_u64(modulus))?;
        return Ok(from_u64(machine_power_modulo(to_u64(&base).unwrap_or(0), exponent, modulus)));
    }
    // What takes no longer than a moment goes at once, and faster.
    let work = modulus.len().saturating_mul(modulus.len()).saturating_mul(exponent.len());
    if work > MODULAR_WORK {
        return power_modulo_long(base, exponent, modulus, pause);
    }
    let result = to_biguint(base)?.modpow(&to_biguint(exponent)?, &to_biguint(modulus)?);
    Ok(from_biguint(&result)?)
}

fn machine_power_modulo(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let multiply =
        |left: u64, right: u64| (u128::from(left) * u128::from(right) % u128::from(modulus)) as u64;
    let mut result = 1 % modulus;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

/// The `x` with `value * x % modulus == 1 % modulus`, if there is one. The modulus must not be zero.
pub fn inverse_modulo(value: &[u32], modulus: &[u32]) -> Outcome<Option<Digits>> {
    if let [1] = modulus {
        return Ok(Some(Digits::new()));
    }
    match to_biguint(value)?.modinv(&to_biguint(modulus)?) {
        Some(inverse) => from_biguint(&inverse).map(Some),
        None => Ok(None),
    }
}

/// The greatest common divisor; of zero and `x` it is `x`. Euclid's steps for small numbers, and for large
/// ones until the sizes agree, because num-bigint's shifts only pay for equals.
pub fn greatest_common_divisor<Error: From<OutOfMemory>>(
    left: &[u32],
    right: &[u32],
    pause: Pause<'_, Error>,
) -> Result<Digits, Error> {
    let (mut large, mut small) = (Digits::copied(left)?, Digits::copied(right)?);
    while large.len() > 2 || small.len() > 2 {
        if small.is_empty() {
            return Ok(large);
        }
        if large.len() == small.len() && small.len() > 2 {
            let common = binary_gcd(to_biguint(&large)?, to_biguint(&small)?, pause)?;
            return Ok(from_biguint(&common)?);
        }
        let (_, rest) = divide(&large, &small)?;
        (large, small) = (small, rest);
    }
    Ok(from_u64(machine_gcd(to_u64(&large).unwrap_or(0), to_u64(&small).unwrap_or(0))))
}

fn machine_gcd(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

/// Stein's method: take out factors of two, subtract the smaller odd number from the larger.
fn binary_gcd<Error>(
    mut left: BigUint,
    mut right: BigUint,
    pause: Pause<'_, Error>,
) -> Result<BigUint, Error> {
    if left.is_zero() || right.is_zero() {
        return Ok(left + right);
    }
    let twos = |value: &BigUint| value.trailing_zeros().unwrap_or(0);
    let common = twos(&left).min(twos(&right));
    left >>= twos(&left);
    while !right.is_zero() {
        pause()?;
        right >>= twos(&right);
        if left > right {
            std::mem::swap(&mut left, &mut right);
        }
        right -= &left;
    }
    Ok(left << common)
}
