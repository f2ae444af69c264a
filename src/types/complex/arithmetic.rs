//! The operators of complex numbers.

use super::{Parts, exact, new_complex, parts_of};
use crate::object::Object;
use crate::runtime::slots::Slots;
use crate::runtime::type_object::Typed;
use crate::runtime::{Comparison, Interpreter, Outcome};
use crate::types::float::arithmetic::{compare_with_integer, operand};

/// Sets the slots.
pub fn fill(slots: &Slots) {
    slots.compare.set(Some(compare));
    slots.add.set(Some(add));
    slots.subtract.set(Some(subtract));
    slots.multiply.set(Some(multiply));
    slots.true_divide.set(Some(true_divide));
    slots.power.set(Some(power));
    slots.negative.set(Some(|cx, object| {
        let (real, imaginary) = parts_of(object);
        new_complex(cx, (-real, -imaginary))
    }));
    slots.positive.set(Some(exact));
    slots.absolute.set(Some(absolute));
    slots.bool.set(Some(|_, object| Ok(parts_of(object) != (0.0, 0.0))));
}

/// An operand: a complex number, or an integer or float as one; none for anything else.
fn complex_operand(cx: &Interpreter, object: &Object) -> Outcome<Option<Parts>> {
    match object.as_complex() {
        Some(_) => Ok(Some(parts_of(object))),
        None => Ok(operand(cx, object)?.map(|real| (real, 0.0))),
    }
}

/// Both operands as complex numbers, or `NotImplemented` as the result of the function.
macro_rules! numbers {
    ($cx:ident, $left:ident, $right:ident) => {{
        let Some(left) = complex_operand($cx, $left)? else { return Ok($cx.not_implemented.clone()) };
        let Some(right) = complex_operand($cx, $right)? else { return Ok($cx.not_implemented.clone()) };
        (left, right)
    }};
}

fn add(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = numbers!(cx, left, right);
    new_complex(cx, (left.0 + right.0, left.1 + right.1))
}

fn subtract(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = numbers!(cx, left, right);
    new_complex(cx, (left.0 - right.0, left.1 - right.1))
}

fn multiply(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = numbers!(cx, left, right);
    new_complex(cx, product(left, right))
}

fn true_divide(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (left, right) = numbers!(cx, left, right);
    match quotient(left, right) {
        Some(quotient) => new_complex(cx, quotient),
        None => Err(cx.zero_division_error("complex division by zero")),
    }
}

/// `left * right`
pub fn product(left: Parts, right: Parts) -> Parts {
    (left.0 * right.0 - left.1 * right.1, left.0 * right.1 + left.1 * right.0)
}

/// `left / right`, scaled by the larger part of the divisor so that nothing overflows in between; none for zero.
pub fn quotient(left: Parts, right: Parts) -> Option<Parts> {
    let (real, imaginary) = (right.0.abs(), right.1.abs());
    if real >= imaginary {
        if real == 0.0 {
            return None;
        }
        let ratio = right.1 / right.0;
        let divisor = right.0 + right.1 * ratio;
        return Some(((left.0 + left.1 * ratio) / divisor, (left.1 - left.0 * ratio) / divisor));
    }
    if imaginary >= real {
        let ratio = right.0 / right.1;
        let divisor = right.0 * ratio + right.1;
        return Some(((left.0 * ratio + left.1) / divisor, (left.1 * ratio - left.0) / divisor));
    }
    Some((f64::NAN, f64::NAN))
}

fn absolute(cx: &Interpreter, object: &Object) -> Outcome {
    let (real, imaginary) = parts_of(object);
    let length = real.hypot(imaginary);
    if length.is_infinite() && real.is_finite() && imaginary.is_finite() {
        return Err(cx.overflow_error("absolute value too large"));
    }
    cx.new_float(length)
}

/// Only equality; with an integer exactly.
fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
        return Ok(cx.not_implemented.clone());
    }
    let (real, imaginary) = parts_of(left);
    let equal = if let Some(integer) = right.as_int() {
        imaginary == 0.0 && compare_with_integer(real, integer).is_some_and(|order| order.is_eq())
    } else if let Some(float) = right.as_float() {
        imaginary == 0.0 && real == float.value()
    } else if right.as_complex().is_some() {
        (real, imaginary) == parts_of(right)
    } else {
        return Ok(cx.not_implemented.clone());
    };
    Ok(cx.new_bool(equal == (comparison == Comparison::Equal)))
}

fn power(cx: &Interpreter, base: &Object, exponent: &Object, modulus: &Object) -> Outcome {
    let (base, exponent) = numbers!(cx, base, exponent);
    if !cx.is_none(modulus) {
        return Err(cx.value_error("complex modulo"));
    }
    power_values(cx, base, exponent)
}

/// `base ** exponent`; small whole exponents by multiplication, which is more exact.
pub fn power_values(cx: &Interpreter, base: Parts, exponent: Parts) -> Outcome {
    let whole = exponent.1 == 0.0 && exponent.0 == exponent.0.floor() && exponent.0.abs() <= 100.0;
    let power = if whole { whole_power(base, exponent.0 as i32) } else { polar_power(base, exponent) };
    match power {
        None => Err(cx.zero_division_error("0.0 to a negative or complex power")),
        Some((real, imaginary)) if real.is_infinite() || imaginary.is_infinite() => {
            Err(cx.overflow_error("complex exponentiation"))
        }
        Some(parts) => new_complex(cx, parts),
    }
}

fn whole_power(base: Parts, exponent: i32) -> Option<Parts> {
    let (mut result, mut power) = ((1.0, 0.0), base);
    let mut mask = 1;
    while exponent.unsigned_abs() >= mask {
        if exponent.unsigned_abs() & mask != 0 {
            result = product(result, power);
        }
        mask <<= 1;
        power = product(power, power);
    }
    if exponent > 0 { Some(result) } else { quotient((1.0, 0.0), result) }
}

fn polar_power(base: Parts, exponent: Parts) -> Option<Parts> {
    if exponent == (0.0, 0.0) {
        return Some((1.0, 0.0));
    }
    if base == (0.0, 0.0) {
        return (exponent.1 == 0.0 && exponent.0 >= 0.0).then_some((0.0, 0.0));
    }
    let size = base.0.hypot(base.1);
    let mut length = size.powf(exponent.0);
    let angle = base.1.atan2(base.0);
    let mut phase = angle * exponent.0;
    if exponent.1 != 0.0 {
        length /= (angle * exponent.1).exp();
        phase += exponent.1 * size.ln();
    }
    // The cosine of an infinity is a domain error, which CPython takes for that of a zero base.
    if phase.is_infinite() {
        return None;
    }
    Some((length * phase.cos(), length * phase.sin()))
}
