//! `math`: the functions of C's library and of number theory, exact where the reference is.
//!
//! | file | subject |
//! |---|---|
//! | [`elementary`] | functions of one and two floats |
//! | [`special`] | the gamma function |
//! | [`sums`] | `fsum`, `prod`, distances |
//! | [`integers`] | divisors, factorials, choices, roots |

#![forbid(unsafe_code)]

mod elementary;
pub use elementary::{domain_error, range_error};
mod integers;
mod special;
mod sums;

use super::support::{new_module, set};
use crate::object::Object;
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome};

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "acos",
        NativeCode::One(elementary::acos),
        "($module, x, /)",
        "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi.",
    ),
    NativeMethod::new(
        "acosh",
        NativeCode::One(elementary::acosh),
        "($module, x, /)",
        "Return the inverse hyperbolic cosine of x.",
    ),
    NativeMethod::new(
        "asin",
        NativeCode::One(elementary::asin),
        "($module, x, /)",
        "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.",
    ),
    NativeMethod::new(
        "asinh",
        NativeCode::One(elementary::asinh),
        "($module, x, /)",
        "Return the inverse hyperbolic sine of x.",
    ),
    NativeMethod::new(
        "atan",
        NativeCode::One(elementary::atan),
        "($module, x, /)",
        "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.",
    ),
    NativeMethod::new(
        "atan2",
        NativeCode::Positional(elementary::atan2),
        "($module, y, x, /)",
        "Return the arc tangent (measured in radians) of y/x.\n\nUnlike atan(y/x), the signs of both x and y are considered.",
    ),
    NativeMethod::new(
        "atanh",
        NativeCode::One(elementary::atanh),
        "($module, x, /)",
        "Return the inverse hyperbolic tangent of x.",
    ),
    NativeMethod::new(
        "cbrt",
        NativeCode::One(elementary::cbrt),
        "($module, x, /)",
        "Return the cube root of x.",
    ),
    NativeMethod::new(
        "ceil",
        NativeCode::One(elementary::ceil),
        "($module, x, /)",
        "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x.",
    ),
    NativeMethod::new(
        "copysign",
        NativeCode::Positional(elementary::copysign),
        "($module, x, y, /)",
        "Return a float with the magnitude (absolute value) of x but the sign of y.\n\nOn platforms that support signed zeros, copysign(1.0, -0.0)\nreturns -1.0.\n",
    ),
    NativeMethod::new(
        "cos",
        NativeCode::One(elementary::cos),
        "($module, x, /)",
        "Return the cosine of x (measured in radians).",
    ),
    NativeMethod::new(
        "cosh",
        NativeCode::One(elementary::cosh),
        "($module, x, /)",
        "Return the hyperbolic cosine of x.",
    ),
    NativeMethod::new(
        "degrees",
        NativeCode::One(elementary::degrees),
        "($module, x, /)",
        "Convert angle x from radians to degrees.",
    ),
    NativeMethod::new(
        "dist",
        NativeCode::Positional(sums::dist),
        "($module, p, q, /)",
        "Return the Euclidean distance between two points p and q.\n\nThe points should be specified as sequences (or iterables) of\ncoordinates.  Both inputs must have the same dimension.\n\nRoughly equivalent to:\n    sqrt(sum((px - qx) ** 2.0 for px, qx in zip(p, q)))",
    ),
    NativeMethod::new("erf", NativeCode::One(elementary::erf), "($module, x, /)", "Error function at x."),
    NativeMethod::new(
        "erfc",
        NativeCode::One(elementary::erfc),
        "($module, x, /)",
        "Complementary error function at x.",
    ),
    NativeMethod::new(
        "exp",
        NativeCode::One(elementary::exp),
        "($module, x, /)",
        "Return e raised to the power of x.",
    ),
    NativeMethod::new(
        "exp2",
        NativeCode::One(elementary::exp2),
        "($module, x, /)",
        "Return 2 raised to the power of x.",
    ),
    NativeMethod::new(
        "expm1",
        NativeCode::One(elementary::expm1),
        "($module, x, /)",
        "Return exp(x)-1.\n\nThis function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x.",
    ),
    NativeMethod::new(
        "fabs",
        NativeCode::One(elementary::fabs),
        "($module, x, /)",
        "Return the absolute value of the float x.",
    ),
    NativeMethod::new(
        "factorial",
        NativeCode::One(integers::factorial),
        "($module, n, /)",
        "Find n!.\n\nRaise a ValueError if x is negative or non-integral.",
    ),
    NativeMethod::new(
        "floor",
        NativeCode::One(elementary::floor),
        "($module, x, /)",
        "Return the floor of x as an Integral.\n\nThis is the largest integer <= x.",
    ),
    NativeMethod::new(
        "fmod",
        NativeCode::Positional(elementary::fmod),
        "($module, x, y, /)",
        "Return fmod(x, y), according to platform C.\n\nx % y may differ.",
    ),
    NativeMethod::new(
        "frexp",
        NativeCode::One(elementary::frexp),
        "($module, x, /)",
        "Return the mantissa and exponent of x, as pair (m, e).\n\nm is a float and e is an int, such that x = m * 2.**e.\nIf x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.",
    ),
    NativeMethod::new(
        "fsum",
        NativeCode::One(sums::fsum),
        "($module, seq, /)",
        "Return an accurate floating point sum of values in the iterable seq.\n\nAssumes IEEE-754 floating point arithmetic.",
    ),
    NativeMethod::new("gamma", NativeCode::One(elementary::gamma), "($module, x, /)", "Gamma function at x."),
    NativeMethod::new(
        "gcd",
        NativeCode::Positional(integers::gcd),
        "($module, *integers)",
        "Greatest Common Divisor.",
    ),
    NativeMethod::new(
        "hypot",
        NativeCode::Positional(sums::hypot),
        "",
        "hypot(*coordinates) -> value\n\nMultidimensional Euclidean distance from the origin to a point.\n\nRoughly equivalent to:\n    sqrt(sum(x**2 for x in coordinates))\n\nFor a two dimensional point (x, y), gives the hypotenuse\nusing the Pythagorean theorem:  sqrt(x*x + y*y).\n\nFor example, the hypotenuse of a 3/4/5 right triangle is:\n\n    >>> hypot(3.0, 4.0)\n    5.0\n",
    ),
    NativeMethod::new(
        "isclose",
        NativeCode::Full(elementary::isclose),
        "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
        "Determine whether two floating point numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", relative to the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of the\n    magnitude of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be considered close, the difference between them\nmust be smaller than at least one of the tolerances.\n\n-inf, inf and NaN behave similarly to the IEEE 754 Standard.  That\nis, NaN is not close to anything, even itself.  inf and -inf are\nonly close to themselves.",
    ),
    NativeMethod::new(
        "isfinite",
        NativeCode::One(elementary::isfinite),
        "($module, x, /)",
        "Return True if x is neither an infinity nor a NaN, and False otherwise.",
    ),
    NativeMethod::new(
        "isinf",
        NativeCode::One(elementary::isinf),
        "($module, x, /)",
        "Return True if x is a positive or negative infinity, and False otherwise.",
    ),
    NativeMethod::new(
        "isnan",
        NativeCode::One(elementary::isnan),
        "($module, x, /)",
        "Return True if x is a NaN (not a number), and False otherwise.",
    ),
    NativeMethod::new(
        "isqrt",
        NativeCode::One(integers::isqrt),
        "($module, n, /)",
        "Return the integer part of the square root of the input.",
    ),
    NativeMethod::new(
        "lcm",
        NativeCode::Positional(integers::lcm),
        "($module, *integers)",
        "Least Common Multiple.",
    ),
    NativeMethod::new(
        "ldexp",
        NativeCode::Positional(elementary::ldexp),
        "($module, x, i, /)",
        "Return x * (2**i).\n\nThis is essentially the inverse of frexp().",
    ),
    NativeMethod::new(
        "lgamma",
        NativeCode::One(elementary::lgamma),
        "($module, x, /)",
        "Natural logarithm of absolute value of Gamma function at x.",
    ),
    NativeMethod::new(
        "log",
        NativeCode::Positional(elementary::log),
        "",
        "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\nIf the base not specified, returns the natural logarithm (base e) of x.",
    ),
    NativeMethod::new(
        "log1p",
        NativeCode::One(elementary::log1p),
        "($module, x, /)",
        "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero.",
    ),
    NativeMethod::new(
        "log10",
        NativeCode::One(elementary::log10),
        "($module, x, /)",
        "Return the base 10 logarithm of x.",
    ),
    NativeMethod::new(
        "log2",
        NativeCode::One(elementary::log2),
        "($module, x, /)",
        "Return the base 2 logarithm of x.",
    ),
    NativeMethod::new(
        "modf",
        NativeCode::One(elementary::modf),
        "($module, x, /)",
        "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats.",
    ),
    NativeMethod::new(
        "pow",
        NativeCode::Positional(elementary::pow),
        "($module, x, y, /)",
        "Return x**y (x to the power of y).",
    ),
    NativeMethod::new(
        "radians",
        NativeCode::One(elementary::radians),
        "($module, x, /)",
        "Convert angle x from degrees to radians.",
    ),
    NativeMethod::new(
        "remainder",
        NativeCode::Positional(elementary::remainder),
        "($module, x, y, /)",
        "Difference between x and the closest integer multiple of y.\n\nReturn x - n*y where n*y is the closest integer multiple of y.\nIn the case where x is exactly halfway between two multiples of\ny, the nearest even value of n is used. The result is always exact.",
    ),
    NativeMethod::new(
        "sin",
        NativeCode::One(elementary::sin),
        "($module, x, /)",
        "Return the sine of x (measured in radians).",
    ),
    NativeMethod::new(
        "sinh",
        NativeCode::One(elementary::sinh),
        "($module, x, /)",
        "Return the hyperbolic sine of x.",
    ),
    NativeMethod::new(
        "sqrt",
        NativeCode::One(elementary::sqrt),
        "($module, x, /)",
        "Return the square root of x.",
    ),
    NativeMethod::new(
        "tan",
        NativeCode::One(elementary::tan),
        "($module, x, /)",
        "Return the tangent of x (measured in radians).",
    ),
    NativeMethod::new(
        "tanh",
        NativeCode::One(elementary::tanh),
        "($module, x, /)",
        "Return the hyperbolic tangent of x.",
    ),
    NativeMethod::new(
        "trunc",
        NativeCode::One(elementary::trunc),
        "($module, x, /)",
        "Truncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method.",
    ),
    NativeMethod::new(
        "prod",
        NativeCode::Full(sums::prod),
        "($module, iterable, /, *, start=1)",
        "Calculate the product of all the elements in the input iterable.\n\nThe default start value for the product is 1.\n\nWhen the iterable is empty, return the start value.  This function is\nintended specifically for use with numeric values and may reject\nnon-numeric types.",
    ),
    NativeMethod::new(
        "perm",
        NativeCode::Positional(integers::perm),
        "($module, n, k=None, /)",
        "Number of ways to choose k items from n items without repetition and with order.\n\nEvaluates to n! / (n - k)! when k <= n and evaluates\nto zero when k > n.\n\nIf k is not specified or is None, then k defaults to n\nand the function returns n!.\n\nRaises TypeError if either of the arguments are not integers.\nRaises ValueError if either of the arguments are negative.",
    ),
    NativeMethod::new(
        "comb",
        NativeCode::Positional(integers::comb),
        "($module, n, k, /)",
        "Number of ways to choose k items from n items without repetition and without order.\n\nEvaluates to n! / (k! * (n - k)!) when k <= n and evaluates\nto zero when k > n.\n\nAlso called the binomial coefficient because it is equivalent\nto the coefficient of k-th term in polynomial expansion of the\nexpression (1 + x)**n.\n\nRaises TypeError if either of the arguments are not integers.\nRaises ValueError if either of the arguments are negative.",
    ),
    NativeMethod::new(
        "nextafter",
        NativeCode::Positional(elementary::nextafter),
        "($module, x, y, /)",
        "Return the next floating-point value after x towards y.",
    ),
    NativeMethod::new(
        "ulp",
        NativeCode::One(elementary::ulp),
        "($module, x, /)",
        "Return the value of the least significant bit of the float x.",
    ),
];

/// Adds the numbers that `math` and `cmath` both have.
pub fn add_constants(cx: &Interpreter, module: &Object) -> Outcome<()> {
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        set(cx, module, name, cx.new_float(value)?)?;
    }
    Ok(())
}

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let documentation =
        "This module provides access to the mathematical functions\ndefined by the C standard.";
    let module = new_module(cx, "math", FUNCTIONS, documentation)?;
    add_constants(cx, &module)?;
    Ok(module)
}
