//! `cmath`: the functions of `math` for complex numbers.
//!
//! | file | subject |
//! |---|---|
//! | here | the module, arguments, errors |
//! | [`functions`] | the functions by their parts |
//! | [`special`] | infinite parts, and those that are no number |

#![forbid(unsafe_code)]

mod functions;
mod special;

use self::functions::{Refusal, Value, absolute};
use super::math::{add_constants, domain_error, range_error};
use super::platform::atan2;
use super::support::{new_module, set};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome, Parameters, Raised, Typed};
use crate::types::complex::arithmetic::quotient;
use crate::types::complex::construct::special_complex;
use crate::types::complex::{Parts, new_complex, parts_of};

macro_rules! functions {
    ($($name:literal $function:ident $documentation:literal;)*) => {
        &[$(NativeMethod::new(
            $name,
            NativeCode::One(|cx, _, z| {
                let z = parts(cx, z)?;
                made(cx, functions::$function(z))
            }),
            "($module, z, /)",
            $documentation,
        ),)*]
    };
}

static FUNCTIONS: &[NativeMethod] = functions! {
    "acos" acos "Return the arc cosine of z.";
    "acosh" acosh "Return the inverse hyperbolic cosine of z.";
    "asin" asin "Return the arc sine of z.";
    "asinh" asinh_of "Return the inverse hyperbolic sine of z.";
    "atan" atan "Return the arc tangent of z.";
    "atanh" atanh "Return the inverse hyperbolic tangent of z.";
    "cos" cos_of "Return the cosine of z.";
    "cosh" cosh_of "Return the hyperbolic cosine of z.";
    "exp" exp_of "Return the exponential value e**z.";
    "log10" log10 "Return the base-10 logarithm of z.";
    "sin" sin_of "Return the sine of z.";
    "sinh" sinh_of "Return the hyperbolic sine of z.";
    "sqrt" sqrt "Return the square root of z.";
    "tan" tan_of "Return the tangent of z.";
    "tanh" tanh_of "Return the hyperbolic tangent of z.";
};

static OTHERS: &[NativeMethod] = &[
    NativeMethod::new(
        "isclose",
        NativeCode::Full(isclose),
        "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
        "Determine whether two complex numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", relative to the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of the\n    magnitude of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be considered close, the difference between them must be\nsmaller than at least one of the tolerances.\n\n-inf, inf and NaN behave similarly to the IEEE 754 Standard. That is, NaN is\nnot close to anything, even itself. inf and -inf are only close to themselves.",
    ),
    NativeMethod::new(
        "isfinite",
        NativeCode::One(|cx, _, z| {
            test(cx, z, |(real, imaginary)| real.is_finite() && imaginary.is_finite())
        }),
        "($module, z, /)",
        "Return True if both the real and imaginary parts of z are finite, else False.",
    ),
    NativeMethod::new(
        "isinf",
        NativeCode::One(|cx, _, z| {
            test(cx, z, |(real, imaginary)| real.is_infinite() || imaginary.is_infinite())
        }),
        "($module, z, /)",
        "Checks if the real or imaginary part of z is infinite.",
    ),
    NativeMethod::new(
        "isnan",
        NativeCode::One(|cx, _, z| test(cx, z, |(real, imaginary)| real.is_nan() || imaginary.is_nan())),
        "($module, z, /)",
        "Checks if the real or imaginary part of z not a number (NaN).",
    ),
    NativeMethod::new(
        "log",
        NativeCode::Positional(log),
        "($module, z, base=<unrepresentable>, /)",
        "log(z[, base]) -> the logarithm of z to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of z.",
    ),
    NativeMethod::new(
        "phase",
        NativeCode::One(|cx, _, z| {
            let (real, imaginary) = parts(cx, z)?;
            let angle = atan2(imaginary, real);
            // C's library tells of an angle that is too small for a float.
            if angle == 0.0 && imaginary != 0.0 && real.is_finite() {
                return Err(range_error(cx));
            }
            cx.new_float(angle)
        }),
        "($module, z, /)",
        "Return argument, also known as the phase angle, of a complex.",
    ),
    NativeMethod::new(
        "polar",
        NativeCode::One(polar),
        "($module, z, /)",
        "Convert a complex from rectangular coordinates to polar coordinates.\n\nr is the distance from 0 and phi the phase angle.",
    ),
    NativeMethod::new(
        "rect",
        NativeCode::Positional(rect),
        "($module, r, phi, /)",
        "Convert from polar coordinates to rectangular coordinates.",
    ),
];

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let documentation = "This module provides access to mathematical functions for complex\nnumbers.";
    let module = new_module(cx, "cmath", FUNCTIONS, documentation)?;
    super::support::add_functions(cx, &module, &cx.intern("cmath")?.into_object(), OTHERS)?;
    add_constants(cx, &module)?;
    set(cx, &module, "infj", new_complex(cx, (0.0, f64::INFINITY))?)?;
    set(cx, &module, "nanj", new_complex(cx, (0.0, f64::NAN))?)?;
    Ok(module)
}

/// An argument as a complex number.
fn parts(cx: &Interpreter, argument: &Object) -> Outcome<Parts> {
    if argument.as_complex().is_some() {
        return Ok(parts_of(argument));
    }
    match special_complex(cx, argument)? {
        Some(complex) => Ok(parts_of(&complex)),
        None => Ok((cx.to_f64(argument)?, 0.0)),
    }
}

fn made(cx: &Interpreter, value: Value) -> Outcome {
    value.map_err(|refusal| refused(cx, refusal)).and_then(|parts| new_complex(cx, parts))
}

#[cold]
fn refused(cx: &Interpreter, refusal: Refusal) -> Raised {
    match refusal {
        Refusal::Domain => domain_error(cx),
        Refusal::Range => range_error(cx),
    }
}

fn test(cx: &Interpreter, z: &Object, answer: fn(Parts) -> bool) -> Outcome {
    Ok(cx.new_bool(answer(parts(cx, z)?)))
}

/// `log(z, base)`. Where a base is given, a logarithm of zero is minus infinity, as long as the base has one.
fn log(cx: &Interpreter, _: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("log", given.len(), 1, 2)?;
    let z = parts(cx, &given[0])?;
    let Some(base) = given.get(1) else { return made(cx, functions::log_of(z)) };
    let base = parts(cx, base)?;
    let of_zero = (f64::NEG_INFINITY, atan2(z.1, z.0));
    let dividend = functions::log_of(z).unwrap_or(of_zero);
    let divisor = functions::log_of(base).map_err(|refusal| refused(cx, refusal))?;
    made(cx, quotient(dividend, divisor).ok_or(Refusal::Domain))
}

fn polar(cx: &Interpreter, _: &Object, z: &Object) -> Outcome {
    let z = parts(cx, z)?;
    let size = absolute(z).map_err(|refusal| refused(cx, refusal))?;
    cx.new_tuple_from(vec![cx.new_float(size)?, cx.new_float(atan2(z.1, z.0))?])
}

fn rect(cx: &Interpreter, _: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("rect", given.len(), 2, 2)?;
    let (size, angle) = (cx.to_f64(&given[0])?, cx.to_f64(&given[1])?);
    made(cx, functions::rect((size, angle)))
}

const CLOSE: Parameters<4> = Parameters {
    function: "isclose",
    names: ["a", "b", "rel_tol", "abs_tol"],
    positional_only: 0,
    positional: 2,
    required: 2,
};

fn isclose(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [Some(a), Some(b), relative, absolute] = CLOSE.bind_lent(cx, arguments)? else {
        return Ok(cx.none());
    };
    let (a, b) = (parts(cx, a)?, parts(cx, b)?);
    let relative = relative.map_or(Ok(1e-9), |relative| cx.to_f64(relative))?;
    let least = absolute.map_or(Ok(0.0), |absolute| cx.to_f64(absolute))?;
    if relative < 0.0 || least < 0.0 {
        return Err(cx.value_error("tolerances must be non-negative"));
    }
    Ok(cx.new_bool(a == b || are_close(a, b, relative, least)))
}

fn are_close(a: Parts, b: Parts, relative: f64, least: f64) -> bool {
    if [a.0, a.1, b.0, b.1].iter().any(|part| part.is_infinite()) {
        return false;
    }
    let size = |(real, imaginary): Parts| real.hypot(imaginary);
    let gap = size((a.0 - b.0, a.1 - b.1));
    gap <= relative * size(b) || gap <= relative * size(a) || gap <= least
}
