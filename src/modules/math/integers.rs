//! Functions of integers of any size: divisors, factorials, choices, roots.

use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome};
use crate::types::int::operators::MOST_DIGITS;
use crate::types::int::{int_of, new_signed, signed};
use crate::values::digits::{self, Digits, Signed, SignedRef};

/// `gcd(*integers)`
pub fn gcd(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let mut result = Digits::new();
    for argument in arguments {
        let integer = cx.index(argument)?;
        result = digits::greatest_common_divisor(&result, int_of(&integer).digits(), &|| cx.poll())?;
        cx.poll()?;
    }
    cx.new_int_from_digits(false, &result)
}

/// `lcm(*integers)`
pub fn lcm(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let mut result = digits::from_u64(1);
    for argument in arguments {
        let integer = cx.index(argument)?;
        let factor = int_of(&integer).digits();
        if result.is_empty() || factor.is_empty() {
            result = Digits::new();
            continue;
        }
        let common = digits::greatest_common_divisor(&result, factor, &|| cx.poll())?;
        let (rest, _) = digits::divide(&result, &common)?;
        check_length(cx, rest.len().saturating_add(factor.len()))?;
        result = digits::multiply_long(&rest, factor, &|| cx.poll())?;
        cx.poll()?;
    }
    cx.new_int_from_digits(false, &result)
}

/// `isqrt(n)`
pub fn isqrt(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    let integer = cx.index(argument)?;
    let integer = int_of(&integer);
    if integer.is_negative() {
        return Err(cx.value_error("isqrt() argument must be nonnegative"));
    }
    cx.new_int_from_digits(false, &digits::square_root(integer.digits(), &|| cx.poll())?)
}

/// Refuses results that no machine should try to hold.
fn check_length(cx: &Interpreter, length: usize) -> Outcome<()> {
    if length <= MOST_DIGITS { Ok(()) } else { Err(cx.raise_memory_error()) }
}

/// `factorial(n)`
pub fn factorial(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    let integer = cx.index(argument)?;
    let integer = int_of(&integer);
    if integer.is_negative() {
        return Err(cx.value_error("factorial() not defined for negative values"));
    }
    match integer.to_i64() {
        Some(count) => cx.new_int_from_digits(false, &factorial_of(cx, count as u64)?),
        None => Err(cx.overflow_error(format_args!("factorial() argument should not exceed {}", i64::MAX))),
    }
}

fn factorial_of(cx: &Interpreter, count: u64) -> Outcome<Digits> {
    // Stirling's estimate of the bits, a little low.
    let bits = count as f64 * ((count.max(3) as f64).log2() - 1.443);
    check_length(cx, (bits / 30.0) as usize)?;
    product(cx, &|index| Ok(digits::from_u64(index + 1)), 0, count)
}

/// The product of `factor(start)` to `factor(stop - 1)`, by halves, so that factors are of like size.
fn product(
    cx: &Interpreter,
    factor: &dyn Fn(u64) -> Outcome<Digits>,
    start: u64,
    stop: u64,
) -> Outcome<Digits> {
    if stop - start > 8 {
        let middle = start + (stop - start) / 2;
        let left = product(cx, factor, start, middle)?;
        let right = product(cx, factor, middle, stop)?;
        return digits::multiply_long(&left, &right, &|| cx.poll());
    }
    cx.poll()?;
    let mut result = digits::from_u64(1);
    for index in start..stop {
        result = digits::multiply(&result, &factor(index)?)?;
    }
    Ok(result)
}

/// `n * (n - 1) * ... * (n - count + 1)`, for `count <= n`.
fn falling_product(cx: &Interpreter, n: &[u32], count: u64) -> Outcome<Digits> {
    // At least half of the factors are larger than half of n.
    let bits = digits::bit_length(n).saturating_sub(2).saturating_mul(count / 2);
    check_length(cx, usize::try_from(bits / 30).unwrap_or(usize::MAX))?;
    product(cx, &|index| Ok(digits::subtract(n, &digits::from_u64(index))?), 0, count)
}

/// Both arguments as integers that are not negative.
fn counts(cx: &Interpreter, arguments: &[ObjectRef]) -> Outcome<(ObjectRef, ObjectRef)> {
    let (n, k) = (cx.index(&arguments[0])?, cx.index(&arguments[1])?);
    if int_of(&n).is_negative() {
        return Err(cx.value_error("n must be a non-negative integer"));
    }
    if int_of(&k).is_negative() {
        return Err(cx.value_error("k must be a non-negative integer"));
    }
    Ok((n, k))
}

fn as_count(value: &[u32]) -> Option<u64> {
    digits::to_u64(value).filter(|count| *count <= i64::MAX as u64)
}

/// `comb(n, k)`
pub fn comb(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("comb", arguments.len(), 2, 2)?;
    let (n, k) = counts(cx, arguments)?;
    let (n, k) = (int_of(&n), int_of(&k));
    let others: Signed = digits::subtract_signed(signed(n), signed(k))?;
    if others.negative {
        return cx.new_int(0);
    }
    let fewer = match digits::compare_signed(others.as_ref(), signed(k)) {
        std::cmp::Ordering::Less => others.as_ref(),
        _ => SignedRef::new(false, k.digits()),
    };
    let Some(count) = as_count(fewer.digits) else {
        return Err(cx.overflow_error(format_args!("min(n - k, k) must not exceed {}", i64::MAX)));
    };
    let ordered = falling_product(cx, n.digits(), count)?;
    let (unordered, _) = digits::divide(&ordered, &factorial_of(cx, count)?)?;
    new_signed(cx, &Signed::new(false, unordered))
}

/// `perm(n, k=None)`
pub fn perm(cx: &Interpreter, module: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("perm", arguments.len(), 1, 2)?;
    if arguments.get(1).is_none_or(|count| cx.is_none(count)) {
        return factorial(cx, module, &arguments[0]);
    }
    let (n, k) = counts(cx, arguments)?;
    let (n, k) = (int_of(&n), int_of(&k));
    if digits::compare(n.digits(), k.digits()).is_lt() {
        return cx.new_int(0);
    }
    let Some(count) = as_count(k.digits()) else {
        return Err(cx.overflow_error(format_args!("k must not exceed {}", i64::MAX)));
    };
    cx.new_int_from_digits(false, &falling_product(cx, n.digits(), count)?)
}
