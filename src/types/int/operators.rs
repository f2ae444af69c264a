//! The operators of integers.
//!
//! Values of up to two digits (60 bits) are computed in machine words; longer ones by [`digits`]. What would need more
//! than [`MOST_DIGITS`] digits is refused with MemoryError before it is computed.

use std::cmp::Ordering;

use super::{exact, from_float, int_of, new_signed, new_wide, pair, signed, word};
use crate::object::Object;
use crate::runtime::slots::Slots;
use crate::runtime::type_object::Typed;
use crate::runtime::{Comparison, Interpreter, Outcome, Raised};
use crate::types::float;
use crate::values::digits::{self, QuotientError, Signed};
use crate::values::integer::Integer;

/// The longest result, in digits of 30 bits: 256 MiB.
pub const MOST_DIGITS: usize = 1 << 26;

/// Sets the slots.
pub fn fill(slots: &Slots) {
    slots.compare.set(Some(compare));
    slots.add.set(Some(add));
    slots.subtract.set(Some(subtract));
    slots.multiply.set(Some(multiply));
    slots.modulo.set(Some(modulo));
    slots.divmod.set(Some(divmod));
    slots.power.set(Some(power));
    slots.negative.set(Some(negative));
    slots.positive.set(Some(exact));
    slots.absolute.set(Some(absolute));
    slots.bool.set(Some(|_, object| Ok(!int_of(object).is_zero())));
    slots.invert.set(Some(invert));
    slots.left_shift.set(Some(left_shift));
    slots.right_shift.set(Some(right_shift));
    slots.bit_and.set(Some(bit_and));
    slots.bit_xor.set(Some(bit_xor));
    slots.bit_or.set(Some(bit_or));
    slots.int.set(Some(exact));
    slots.float.set(Some(|cx, object| cx.new_float(cx.integer_to_f64(int_of(object))?)));
    slots.floor_divide.set(Some(floor_divide));
    slots.true_divide.set(Some(true_divide));
    slots.index.set(Some(exact));
}

/// Both operands as integers, or `NotImplemented` as the result of the function.
macro_rules! integers {
    ($cx:ident, $left:ident, $right:ident) => {
        match ($left.as_int(), $right.as_int()) {
            (Some(left), Some(right)) => (left, right),
            _ => return Ok($cx.not_implemented.clone()),
        }
    };
}

/// Both as machine words of up to 60 bits.
#[inline]
fn words(left: &Integer, right: &Integer) -> Option<(i64, i64)> {
    Some((word(left)?, word(right)?))
}

/// Both as wide machine words of up to 120 bits.
#[inline]
fn wide_words(left: &Integer, right: &Integer) -> Option<(i128, i128)> {
    Some((left.to_four_digits()?, right.to_four_digits()?))
}

/// Refuses a result of so many digits.
#[inline]
fn check_length(cx: &Interpreter, length: Option<usize>) -> Outcome<()> {
    match length {
        Some(length) if length <= MOST_DIGITS => Ok(()),
        _ => Err(cx.raise_memory_error()),
    }
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    Ok(cx.new_bool(comparison.holds(order(left, right))))
}

/// Which integer is larger.
#[inline]
pub fn order(left: &Integer, right: &Integer) -> Ordering {
    match words(left, right) {
        Some((left, right)) => left.cmp(&right),
        None => digits::compare_signed(signed(left), signed(right)),
    }
}

fn add(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if let Some((left, right)) = words(left, right) {
        return cx.new_int(left + right);
    }
    match wide_words(left, right) {
        Some((left, right)) => new_wide(cx, left + right),
        None => new_signed(cx, &digits::add_signed(signed(left), signed(right))?),
    }
}

fn subtract(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if let Some((left, right)) = words(left, right) {
        return cx.new_int(left - right);
    }
    match wide_words(left, right) {
        Some((left, right)) => new_wide(cx, left - right),
        None => new_signed(cx, &digits::subtract_signed(signed(left), signed(right))?),
    }
}

/// Factors of more digits are multiplied by pieces, so that the program can be interrupted.
const LONG_FACTOR: usize = 1 << 14;

fn multiply(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if let Some((left, right)) = words(left, right) {
        return new_wide(cx, i128::from(left) * i128::from(right));
    }
    check_length(cx, left.digits().len().checked_add(right.digits().len()))?;
    if left.digits().len().min(right.digits().len()) > LONG_FACTOR {
        let product = digits::multiply_long(left.digits(), right.digits(), &|| cx.poll())?;
        return new_signed(cx, &Signed::new(left.is_negative() != right.is_negative(), product));
    }
    new_signed(cx, &digits::multiply_signed(signed(left), signed(right))?)
}

/// Quotient rounded down and remainder with the divisor's sign.
#[inline]
fn floor_words(left: i64, right: i64) -> (i64, i64) {
    let (quotient, rest) = (left / right, left % right);
    if rest != 0 && (rest < 0) != (right < 0) { (quotient - 1, rest + right) } else { (quotient, rest) }
}

fn floor_divide(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if right.is_zero() {
        return Err(division_by_zero(cx));
    }
    match words(left, right) {
        Some((left, right)) => cx.new_int(floor_words(left, right).0),
        None => new_signed(cx, &digits::floor_divide(signed(left), signed(right))?.0),
    }
}

fn modulo(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if right.is_zero() {
        return Err(cx.zero_division_error("integer modulo by zero"));
    }
    match words(left, right) {
        Some((left, right)) => cx.new_int(floor_words(left, right).1),
        None => new_signed(cx, &digits::floor_divide(signed(left), signed(right))?.1),
    }
}

fn divmod(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if right.is_zero() {
        return Err(division_by_zero(cx));
    }
    if let Some((left, right)) = words(left, right) {
        let (quotient, rest) = floor_words(left, right);
        return pair(cx, cx.new_int(quotient)?, cx.new_int(rest)?);
    }
    let (quotient, rest) = digits::floor_divide(signed(left), signed(right))?;
    pair(cx, new_signed(cx, &quotient)?, new_signed(cx, &rest)?)
}

#[cold]
fn division_by_zero(cx: &Interpreter) -> Raised {
    cx.zero_division_error("integer division or modulo by zero")
}

fn true_divide(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if right.is_zero() {
        return Err(cx.zero_division_error("division by zero"));
    }
    const EXACT: u64 = 1 << 53;
    if let Some((left, right)) = words(left, right)
        && left.unsigned_abs() <= EXACT
        && right.unsigned_abs() <= EXACT
    {
        return cx.new_float(left as f64 / right as f64);
    }
    match digits::true_divide(left.digits(), right.digits()) {
        Ok(quotient) if left.is_negative() != right.is_negative() => cx.new_float(-quotient),
        Ok(quotient) => cx.new_float(quotient),
        Err(QuotientError::Overflow) => {
            Err(cx.overflow_error("integer division result too large for a float"))
        }
        Err(QuotientError::OutOfMemory) => Err(cx.raise_memory_error()),
    }
}

fn negative(cx: &Interpreter, object: &Object) -> Outcome {
    let integer = int_of(object);
    match word(integer) {
        Some(value) => cx.new_int(-value),
        None => cx.new_int_from_digits(!integer.is_negative(), integer.digits()),
    }
}

fn absolute(cx: &Interpreter, object: &Object) -> Outcome {
    if int_of(object).is_negative() { negative(cx, object) } else { exact(cx, object) }
}

fn invert(cx: &Interpreter, object: &Object) -> Outcome {
    let integer = int_of(object);
    match word(integer) {
        Some(value) => cx.new_int(!value),
        None => new_signed(cx, &digits::invert(signed(integer))?),
    }
}

fn bit_and(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    match words(left, right) {
        Some((left, right)) => cx.new_int(left & right),
        None => new_signed(cx, &digits::bit_and(signed(left), signed(right))?),
    }
}

fn bit_or(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    match words(left, right) {
        Some((left, right)) => cx.new_int(left | right),
        None => new_signed(cx, &digits::bit_or(signed(left), signed(right))?),
    }
}

fn bit_xor(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    match words(left, right) {
        Some((left, right)) => cx.new_int(left ^ right),
        None => new_signed(cx, &digits::bit_xor(signed(left), signed(right))?),
    }
}

fn left_shift(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if right.is_negative() {
        return Err(cx.value_error("negative shift count"));
    }
    if left.is_zero() {
        return cx.new_int(0);
    }
    // CPython counts whole digits in a machine word.
    let count = digits::to_u64(right.digits()).filter(|count| count / 30 <= i64::MAX as u64 / 30);
    let Some(count) = count else { return Err(cx.overflow_error("too many digits in integer")) };
    if let Some(value) = word(left).filter(|_| count <= 64) {
        return new_wide(cx, i128::from(value) << count);
    }
    check_length(cx, digits::shift_left_length(left.digits(), count))?;
    new_signed(cx, &digits::shift_left_signed(signed(left), count)?)
}

fn right_shift(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = integers!(cx, left, right);
    if right.is_negative() {
        return Err(cx.value_error("negative shift count"));
    }
    let count = digits::to_u64(right.digits()).unwrap_or(u64::MAX);
    match word(left) {
        Some(value) => cx.new_int(value >> count.min(63)),
        None => new_signed(cx, &digits::shift_right_floor(signed(left), count)?),
    }
}

/// `base ** exponent`, or modulo a third integer. A negative exponent makes a float, or asks for an inverse.
fn power(cx: &Interpreter, base: &Object, exponent: &Object, modulus: &Object) -> Outcome {
    let (base_integer, exponent_integer) = integers!(cx, base, exponent);
    if !cx.is_none(modulus) {
        return match modulus.as_int() {
            Some(modulus) => power_modulo(cx, base_integer, exponent_integer, modulus),
            None => Ok(cx.not_implemented.clone()),
        };
    }
    if exponent_integer.is_negative() {
        let base = cx.integer_to_f64(base_integer)?;
        return float::arithmetic::power_values(cx, base, cx.integer_to_f64(exponent_integer)?);
    }
    plain_power(cx, base_integer, exponent_integer)
}

/// `base ** exponent` for an exponent that is not negative.
fn plain_power(cx: &Interpreter, base: &Integer, exponent: &Integer) -> Outcome {
    if let Some((base, exponent)) = words(base, exponent)
        && let Ok(exponent) = u32::try_from(exponent)
        && let Some(power) = base.checked_pow(exponent)
    {
        return cx.new_int(power);
    }
    check_length(cx, digits::power_length(base.digits(), exponent.digits()))?;
    let power = digits::power(base.digits(), exponent.digits(), &|| cx.poll())?;
    let odd = exponent.digits().first().is_some_and(|digit| digit & 1 == 1);
    new_signed(cx, &Signed::new(base.is_negative() && odd, power))
}

fn power_modulo(cx: &Interpreter, base: &Integer, exponent: &Integer, modulus: &Integer) -> Outcome {
    if modulus.is_zero() {
        return Err(cx.value_error("pow() 3rd argument cannot be 0"));
    }
    let magnitude = digits::SignedRef::new(false, modulus.digits());
    if let [1] = magnitude.digits {
        return cx.new_int(0);
    }
    let (_, reduced) = digits::floor_divide(signed(base), magnitude)?;
    let mut reduced = reduced.digits;
    if exponent.is_negative() {
        let Some(inverse) = digits::inverse_modulo(&reduced, magnitude.digits)? else {
            return Err(cx.value_error("base is not invertible for the given modulus"));
        };
        reduced = inverse;
    }
    let power = digits::power_modulo(&reduced, exponent.digits(), magnitude.digits, &|| cx.poll())?;
    let power = Signed::new(false, power);
    if modulus.is_negative() && !power.digits.is_empty() {
        return new_signed(cx, &digits::subtract_signed(power.as_ref(), magnitude)?);
    }
    new_signed(cx, &power)
}

/// The integer part of a float, for `int(x)`.
pub fn truncate(cx: &Interpreter, value: f64) -> Outcome {
    from_float(cx, value.trunc())
}
