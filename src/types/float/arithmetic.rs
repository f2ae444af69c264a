//! The operators of floats.

use std::cmp::Ordering;

use super::value_of;
use crate::object::Object;
use crate::runtime::slots::Slots;
use crate::runtime::type_object::Typed;
use crate::runtime::{Comparison, Interpreter, Outcome};
use crate::types::complex;
use crate::types::int::{self, pair, signed, word};
use crate::values::digits;
use crate::values::integer::Integer;

/// Sets the slots.
pub fn fill(slots: &Slots) {
    slots.compare.set(Some(compare));
    slots.add.set(Some(add));
    slots.subtract.set(Some(subtract));
    slots.multiply.set(Some(multiply));
    slots.modulo.set(Some(modulo));
    slots.divmod.set(Some(divmod));
    slots.power.set(Some(power));
    slots.negative.set(Some(|cx, object| cx.new_float(-value_of(object))));
    slots.positive.set(Some(exact));
    slots.absolute.set(Some(|cx, object| cx.new_float(value_of(object).abs())));
    slots.bool.set(Some(|_, object| Ok(value_of(object) != 0.0)));
    slots.int.set(Some(|cx, object| int::operators::truncate(cx, value_of(object))));
    slots.float.set(Some(exact));
    slots.floor_divide.set(Some(floor_divide));
    slots.true_divide.set(Some(true_divide));
}

/// The same value as an exact float: the object itself where it is one.
pub fn exact(cx: &Interpreter, object: &Object) -> Outcome {
    if object.is_exactly(&cx.types.float) { Ok(object.new_ref()) } else { cx.new_float(value_of(object)) }
}

/// An operand: a float, or an integer as one; none for anything else.
#[inline]
pub fn operand(cx: &Interpreter, object: &Object) -> Outcome<Option<f64>> {
    if let Some(float) = object.as_float() {
        return Ok(Some(float.value()));
    }
    let Some(integer) = object.as_int() else { return Ok(None) };
    match integer.as_one_digit() {
        Some(value) => Ok(Some(value as f64)),
        None => cx.integer_to_f64(integer).map(Some),
    }
}

/// Both operands as floats, or `NotImplemented` as the result of the function.
macro_rules! floats {
    ($cx:ident, $left:ident, $right:ident) => {{
        let Some(left) = operand($cx, $left)? else { return Ok($cx.not_implemented.clone()) };
        let Some(right) = operand($cx, $right)? else { return Ok($cx.not_implemented.clone()) };
        (left, right)
    }};
}

fn add(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = floats!(cx, left, right);
    cx.new_float(left + right)
}

fn subtract(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = floats!(cx, left, right);
    cx.new_float(left - right)
}

fn multiply(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = floats!(cx, left, right);
    cx.new_float(left * right)
}

fn true_divide(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = floats!(cx, left, right);
    if right == 0.0 {
        return Err(cx.zero_division_error("float division by zero"));
    }
    cx.new_float(left / right)
}

fn modulo(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = floats!(cx, left, right);
    if right == 0.0 {
        return Err(cx.zero_division_error("float modulo"));
    }
    let mut rest = left % right;
    if rest == 0.0 {
        rest = 0f64.copysign(right);
    } else if (right < 0.0) != (rest < 0.0) {
        rest += right;
    }
    cx.new_float(rest)
}

/// Quotient rounded down and remainder with the divisor's sign, for a divisor that is not zero.
pub fn floor_divmod(left: f64, right: f64) -> (f64, f64) {
    let mut rest = left % right;
    let mut quotient = (left - rest) / right;
    if rest == 0.0 {
        rest = 0f64.copysign(right);
    } else if (right < 0.0) != (rest < 0.0) {
        rest += right;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0f64.copysign(left / right), rest);
    }
    let floor = quotient.floor();
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, rest)
}

fn floor_divide(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = floats!(cx, left, right);
    if right == 0.0 {
        return Err(cx.zero_division_error("float floor division by zero"));
    }
    cx.new_float(floor_divmod(left, right).0)
}

fn divmod(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = floats!(cx, left, right);
    if right == 0.0 {
        return Err(cx.zero_division_error("float divmod()"));
    }
    let (quotient, rest) = floor_divmod(left, right);
    pair(cx, cx.new_float(quotient)?, cx.new_float(rest)?)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let left = value_of(left);
    let order = if let Some(right) = right.as_float() {
        left.partial_cmp(&right.value())
    } else if let Some(integer) = right.as_int() {
        compare_with_integer(left, integer)
    } else {
        return Ok(cx.not_implemented.clone());
    };
    Ok(cx.new_bool(holds(comparison, order)))
}

/// Whether a comparison holds; of a nan only `!=` does.
#[inline]
pub fn holds(comparison: Comparison, order: Option<Ordering>) -> bool {
    order.map_or(comparison == Comparison::NotEqual, |order| comparison.holds(order))
}

/// Compares exactly.
pub fn compare_with_integer(left: f64, right: &Integer) -> Option<Ordering> {
    match word(right) {
        Some(value) if value.unsigned_abs() <= 1 << 53 => left.partial_cmp(&(value as f64)),
        _ => digits::compare_with_f64(signed(right), left).map(Ordering::reverse),
    }
}

fn power(cx: &Interpreter, base: &Object, exponent: &Object, modulus: &Object) -> Outcome {
    if !cx.is_none(modulus) {
        return Err(cx.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    let (base, exponent) = floats!(cx, base, exponent);
    power_values(cx, base, exponent)
}

/// `base ** exponent`: the special cases of IEEE in CPython's order, complex for the root of a negative number.
pub fn power_values(cx: &Interpreter, base: f64, exponent: f64) -> Outcome {
    if let Some(special) = special_power(base, exponent) {
        return cx.new_float(special);
    }
    if base == 0.0 {
        if exponent < 0.0 {
            return Err(cx.zero_division_error("0.0 cannot be raised to a negative power"));
        }
        return cx.new_float(if is_odd(exponent) { base } else { 0.0 });
    }
    if base < 0.0 && exponent != exponent.floor() {
        return complex::arithmetic::power_values(cx, (base, 0.0), (exponent, 0.0));
    }
    let magnitude = if base.abs() == 1.0 { 1.0 } else { base.abs().powf(exponent) };
    if magnitude.is_infinite() {
        let (code, text) = (cx.new_int(34)?, cx.new_text("Numerical result out of range")?);
        return Err(cx.raise_arguments(&cx.types.overflow_error, &[code, text]));
    }
    cx.new_float(if base < 0.0 && is_odd(exponent) { -magnitude } else { magnitude })
}

/// With nan, infinity or a zero exponent.
fn special_power(base: f64, exponent: f64) -> Option<f64> {
    if exponent == 0.0 {
        return Some(1.0);
    }
    if base.is_nan() {
        return Some(base);
    }
    if exponent.is_nan() {
        return Some(if base == 1.0 { 1.0 } else { exponent });
    }
    if exponent.is_infinite() {
        let size = base.abs();
        return Some(match size == 1.0 {
            true => 1.0,
            false if (exponent > 0.0) == (size > 1.0) => f64::INFINITY,
            false => 0.0,
        });
    }
    base.is_infinite().then(|| match (exponent > 0.0, is_odd(exponent)) {
        (true, true) => base,
        (true, false) => base.abs(),
        (false, true) => 0f64.copysign(base),
        (false, false) => 0.0,
    })
}

fn is_odd(value: f64) -> bool {
    value.abs() % 2.0 == 1.0
}
