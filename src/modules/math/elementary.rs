//! Functions of one and two floats, with C's errors as exceptions.

use super::special::{self, Refusal};
use crate::modules::platform;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Operator, Outcome, Parameters, Raised, Typed};
use crate::types::int::{from_float, pair, signed};
use crate::values::digits;
use crate::values::integer::Integer;

/// Raises ValueError.
#[cold]
pub fn domain_error(cx: &Interpreter) -> Raised {
    cx.value_error("math domain error")
}

/// Raises OverflowError.
#[cold]
pub fn range_error(cx: &Interpreter) -> Raised {
    cx.overflow_error("math range error")
}

/// What an infinite result of a finite argument means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Infinite {
    Overflow,
    Pole,
}

fn apply(cx: &Interpreter, x: f64, result: f64, infinite: Infinite) -> Outcome {
    if result.is_nan() && !x.is_nan() {
        return Err(domain_error(cx));
    }
    if result.is_infinite() && x.is_finite() {
        return Err(if infinite == Infinite::Overflow { range_error(cx) } else { domain_error(cx) });
    }
    cx.new_float(result)
}

macro_rules! functions {
    ($($name:ident $infinite:ident $function:expr;)*) => {
        $(
            /// The function of this name.
            pub fn $name(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
                let x = cx.to_f64(argument)?;
                apply(cx, x, ($function)(x), Infinite::$infinite)
            }
        )*
    };
}

functions! {
    acos Pole platform::acos;
    acosh Pole platform::acosh;
    asin Pole platform::asin;
    asinh Pole platform::asinh;
    atan Pole platform::atan;
    atanh Pole platform::atanh;
    cbrt Pole platform::cbrt;
    cos Pole platform::cos;
    cosh Overflow platform::cosh;
    erf Pole platform::erf;
    erfc Pole platform::erfc;
    exp Overflow platform::exp;
    exp2 Overflow platform::exp2;
    expm1 Overflow platform::expm1;
    fabs Pole f64::abs;
    log1p Pole |x: f64| if x == 0.0 { x } else { platform::log1p(x) };
    sin Pole platform::sin;
    sinh Overflow platform::sinh;
    sqrt Pole f64::sqrt;
    tan Pole platform::tan;
    tanh Pole platform::tanh;
    degrees Pole |x: f64| x * (180.0 / std::f64::consts::PI);
    radians Pole |x: f64| x * (std::f64::consts::PI / 180.0);
}

fn refused(cx: &Interpreter, result: Result<f64, Refusal>) -> Outcome {
    match result {
        Ok(value) => cx.new_float(value),
        Err(Refusal::Domain) => Err(domain_error(cx)),
        Err(Refusal::Range) => Err(range_error(cx)),
    }
}

/// `gamma(x)`
pub fn gamma(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    refused(cx, special::gamma(cx.to_f64(argument)?))
}

/// `lgamma(x)`
pub fn lgamma(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    refused(cx, special::log_gamma(cx.to_f64(argument)?))
}

/// A logarithm: of an integer of any size, or of a float.
fn logarithm(cx: &Interpreter, argument: &Object, function: fn(f64) -> f64) -> Outcome<f64> {
    if let Some(integer) = argument.as_int() {
        return integer_logarithm(cx, integer, function);
    }
    let x = cx.to_f64(argument)?;
    if x <= 0.0 { Err(domain_error(cx)) } else { Ok(function(x)) }
}

/// Beyond the floats: the logarithm of the mantissa and that of the power of two.
fn integer_logarithm(cx: &Interpreter, integer: &Integer, function: fn(f64) -> f64) -> Outcome<f64> {
    if integer.sign() <= 0 {
        return Err(domain_error(cx));
    }
    Ok(match digits::to_f64(signed(integer)) {
        Ok(x) => function(x),
        Err(_) => {
            let (mantissa, exponent) = digits::frexp(integer.digits());
            function(mantissa) + function(2.0) * exponent as f64
        }
    })
}

/// `log(x[, base])`
pub fn log(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (value, base) = match arguments {
        [value] => (value, None),
        [value, base] => (value, Some(base)),
        _ => return Err(cx.type_error("math.log requires 1 to 2 arguments")),
    };
    let numerator = logarithm(cx, value, |x| platform::log(x))?;
    let Some(base) = base else { return cx.new_float(numerator) };
    let denominator = logarithm(cx, base, |x| platform::log(x))?;
    cx.binary(&Operator::TRUE_DIVIDE, &*cx.new_float(numerator)?, &*cx.new_float(denominator)?)
}

/// `log2(x)`
pub fn log2(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    cx.new_float(logarithm(cx, argument, |x| platform::log2(x))?)
}

/// `log10(x)`
pub fn log10(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    cx.new_float(logarithm(cx, argument, |x| platform::log10(x))?)
}

/// Two arguments as floats.
fn two(cx: &Interpreter, name: &str, arguments: &[ObjectRef]) -> Outcome<(f64, f64)> {
    cx.check_positional(name, arguments.len(), 2, 2)?;
    Ok((cx.to_f64(&arguments[0])?, cx.to_f64(&arguments[1])?))
}

/// The result of a function of two floats.
fn apply_two(cx: &Interpreter, (x, y): (f64, f64), result: f64) -> Outcome {
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error(cx));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(range_error(cx));
    }
    cx.new_float(result)
}

/// `atan2(y, x)`
pub fn atan2(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (y, x) = two(cx, "atan2", arguments)?;
    cx.new_float(platform::atan2(y, x))
}

/// `copysign(x, y)`
pub fn copysign(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (x, y) = two(cx, "copysign", arguments)?;
    cx.new_float(x.copysign(y))
}

/// `fmod(x, y)`
pub fn fmod(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (x, y) = two(cx, "fmod", arguments)?;
    apply_two(cx, (x, y), x % y)
}

/// `pow(x, y)`
pub fn pow(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (x, y) = two(cx, "pow", arguments)?;
    let result = platform::pow(x, y);
    if x == 0.0 && y < 0.0 && y.is_finite() {
        return Err(domain_error(cx));
    }
    apply_two(cx, (x, y), result)
}

/// `remainder(x, y)`: the multiple of y that is taken off is the nearest one, of two the even one.
pub fn remainder(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (x, y) = two(cx, "remainder", arguments)?;
    apply_two(cx, (x, y), nearest_remainder(x, y))
}

fn nearest_remainder(x: f64, y: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if y.is_nan() {
        return y;
    }
    if x.is_infinite() || y == 0.0 {
        return f64::NAN;
    }
    if y.is_infinite() {
        return x;
    }
    let (size, step) = (x.abs(), y.abs());
    let rest = size % step;
    let complement = step - rest;
    let signless = match rest.partial_cmp(&complement) {
        Some(std::cmp::Ordering::Less) => rest,
        Some(std::cmp::Ordering::Greater) => -complement,
        _ => rest - 2.0 * ((0.5 * (size - rest)) % step),
    };
    1f64.copysign(x) * signless
}

/// `nextafter(x, y)`
pub fn nextafter(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (x, y) = two(cx, "nextafter", arguments)?;
    let next = match x.partial_cmp(&y) {
        None => x + y,
        Some(std::cmp::Ordering::Equal) => y,
        Some(std::cmp::Ordering::Less) => x.next_up(),
        Some(std::cmp::Ordering::Greater) => x.next_down(),
    };
    cx.new_float(next)
}

/// `ulp(x)`
pub fn ulp(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    let x = cx.to_f64(argument)?.abs();
    if !x.is_finite() {
        return cx.new_float(x);
    }
    let above = x.next_up();
    cx.new_float(if above.is_infinite() { x - x.next_down() } else { above - x })
}

/// `frexp(x)`
pub fn frexp(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    let x = cx.to_f64(argument)?;
    let (mantissa, exponent) = split(x);
    pair(cx, cx.new_float(mantissa)?, cx.new_int(exponent)?)
}

/// Mantissa from 0.5 to below 1 and power of two.
pub fn split(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (mantissa, exponent) = digits::decompose(x);
    let bits = i64::from(64 - mantissa.leading_zeros());
    (digits::load_exponent(mantissa as f64, -bits).copysign(x), exponent + bits)
}

/// `ldexp(x, i)`
pub fn ldexp(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("ldexp", arguments.len(), 2, 2)?;
    let x = cx.to_f64(&arguments[0])?;
    let Some(exponent) = arguments[1].as_int() else {
        return Err(cx.type_error("Expected an int as second argument to ldexp."));
    };
    if x == 0.0 || !x.is_finite() {
        return cx.new_float(x);
    }
    let bounded = exponent.to_i64().unwrap_or(if exponent.is_negative() { -100_000 } else { 100_000 });
    let result = digits::load_exponent(x, bounded.clamp(-100_000, 100_000));
    if result.is_infinite() { Err(range_error(cx)) } else { cx.new_float(result) }
}

/// `modf(x)`
pub fn modf(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    let x = cx.to_f64(argument)?;
    let (fraction, whole) = match x {
        _ if x.is_nan() => (x, x),
        _ if x.is_infinite() => (0f64.copysign(x), x),
        _ => ((x - x.trunc()).copysign(x), x.trunc()),
    };
    pair(cx, cx.new_float(fraction)?, cx.new_float(whole)?)
}

/// `isfinite(x)`
pub fn isfinite(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    Ok(cx.new_bool(cx.to_f64(argument)?.is_finite()))
}

/// `isinf(x)`
pub fn isinf(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    Ok(cx.new_bool(cx.to_f64(argument)?.is_infinite()))
}

/// `isnan(x)`
pub fn isnan(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    Ok(cx.new_bool(cx.to_f64(argument)?.is_nan()))
}

/// `isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`
pub fn isclose(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    const PARAMETERS: Parameters<4> = Parameters {
        function: "isclose",
        names: ["a", "b", "rel_tol", "abs_tol"],
        positional_only: 0,
        positional: 2,
        required: 2,
    };
    let [left, right, relative, absolute] = PARAMETERS.bind(cx, arguments)?;
    let number =
        |argument: Option<ObjectRef>, default| argument.map_or(Ok(default), |value| cx.to_f64(&value));
    let (left, right) = (number(left, 0.0)?, number(right, 0.0)?);
    let (relative, absolute) = (number(relative, 1e-9)?, number(absolute, 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(cx.value_error("tolerances must be non-negative"));
    }
    let difference = (right - left).abs();
    let close = left == right
        || left.is_finite()
            && right.is_finite()
            && (difference <= (relative * right).abs()
                || difference <= (relative * left).abs()
                || difference <= absolute);
    Ok(cx.new_bool(close))
}

/// A rounding to an integer: the float's own, the special method, or that of `__float__`.
fn rounded(
    cx: &Interpreter,
    argument: &Object,
    name: &crate::values::text::Text,
    round: fn(f64) -> f64,
) -> Outcome {
    if !argument.is_exactly(&cx.types.float)
        && let Some(method) = cx.lookup_special(argument, name)
    {
        let method = method?;
        return cx.call(&method, &[]);
    }
    from_float(cx, round(cx.to_f64(argument)?))
}

/// `floor(x)`
pub fn floor(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    rounded(cx, argument, &cx.names.floor, f64::floor)
}

/// `ceil(x)`
pub fn ceil(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    rounded(cx, argument, &cx.names.ceil, f64::ceil)
}

/// `trunc(x)`
pub fn trunc(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    match cx.lookup_special(argument, &cx.names.trunc) {
        Some(method) => {
            let method = method?;
            cx.call(&method, &[])
        }
        None => {
            let kind = argument.type_name();
            Err(cx.type_error(format_args!("type {kind} doesn't define __trunc__ method")))
        }
    }
}
