//! The functions of complex numbers, each with its branch cuts where C99 has them.
//!
//! Where a part is so large that a step in between would overflow, parts are halved or the exponent is lowered first;
//! where both are so small that digits would be lost, they are scaled up.

#![forbid(unsafe_code)]

use std::f64::consts::{E, FRAC_PI_2, LN_2, LN_10};

use super::special::{self, Table, special};
use crate::modules::platform::{asinh, atan2, cos, cosh, exp, log, log1p, sin, sinh, tan, tanh};
use crate::types::complex::Parts;

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The function has no value there.
    Domain,
    /// The value is too large.
    Range,
}

/// What a function gives.
pub type Value = Result<Parts, Refusal>;

const LARGE: f64 = f64::MAX / 4.0;
const MANTISSA_DIGITS: f64 = 53.0;

fn sqrt_large() -> f64 {
    LARGE.sqrt()
}

fn log_large() -> f64 {
    log(LARGE)
}

fn is_large((real, imaginary): Parts) -> bool {
    real.abs() > LARGE || imaginary.abs() > LARGE
}

/// The logarithm of the absolute value of a number whose square would overflow.
fn log_of_large((real, imaginary): Parts) -> f64 {
    log((real / 2.0).hypot(imaginary / 2.0)) + LN_2 * 2.0
}

/// `x * 2**exponent` for small exponents.
fn scaled(x: f64, exponent: i32) -> f64 {
    x * f64::from(exponent).exp2()
}

/// The same number turned by a quarter: a function of it is the other of its pair.
fn turned((real, imaginary): Parts) -> Parts {
    (-imaginary, real)
}

fn turned_back(value: Value) -> Value {
    value.map(|(real, imaginary)| (imaginary, -real))
}

/// `cmath.acos`
pub fn acos(z: Parts) -> Value {
    if let Some(value) = special(&special::ACOS, z) {
        return Ok(value);
    }
    let (real, imaginary) = z;
    if is_large(z) {
        let size = log_of_large(z);
        let part = if real < 0.0 { -size.copysign(imaginary) } else { size.copysign(-imaginary) };
        return Ok((atan2(imaginary.abs(), real), part));
    }
    let (first, second) = (square_root((1.0 - real, -imaginary)), square_root((1.0 + real, imaginary)));
    Ok((2.0 * atan2(first.0, second.0), asinh(second.0 * first.1 - second.1 * first.0)))
}

/// `cmath.acosh`
pub fn acosh(z: Parts) -> Value {
    if let Some(value) = special(&special::ACOSH, z) {
        return Ok(value);
    }
    let (real, imaginary) = z;
    if is_large(z) {
        return Ok((log_of_large(z), atan2(imaginary, real)));
    }
    let (first, second) = (square_root((real - 1.0, imaginary)), square_root((real + 1.0, imaginary)));
    Ok((asinh(first.0 * second.0 + first.1 * second.1), 2.0 * atan2(first.1, second.0)))
}

/// `cmath.asin`
pub fn asin(z: Parts) -> Value {
    turned_back(asinh_of(turned(z)))
}

/// `cmath.asinh`
pub fn asinh_of(z: Parts) -> Value {
    if let Some(value) = special(&special::ASINH, z) {
        return Ok(value);
    }
    let (real, imaginary) = z;
    if is_large(z) {
        let size = log_of_large(z);
        let part = if imaginary >= 0.0 { size.copysign(real) } else { -size.copysign(-real) };
        return Ok((part, atan2(imaginary, real.abs())));
    }
    let (first, second) = (square_root((1.0 + imaginary, -real)), square_root((1.0 - imaginary, real)));
    let part = asinh(first.0 * second.1 - second.0 * first.1);
    Ok((part, atan2(imaginary, first.0 * second.0 - first.1 * second.1)))
}

/// `cmath.atan`
pub fn atan(z: Parts) -> Value {
    turned_back(atanh(turned(z)))
}

/// `cmath.atanh`
pub fn atanh(z: Parts) -> Value {
    if let Some(value) = special(&special::ATANH, z) {
        return Ok(value);
    }
    let (real, imaginary) = z;
    if real.is_sign_negative() {
        return atanh((-real, -imaginary)).map(|(real, imaginary)| (-real, -imaginary));
    }
    let height = imaginary.abs();
    if real > sqrt_large() || height > sqrt_large() {
        let size = (real / 2.0).hypot(imaginary / 2.0);
        return Ok((real / 4.0 / size / size, -FRAC_PI_2.copysign(-imaginary)));
    }
    if real == 1.0 && height < f64::MIN_POSITIVE.sqrt() {
        if height == 0.0 {
            return Err(Refusal::Domain);
        }
        let part = -log(height.sqrt() / height.hypot(2.0).sqrt());
        return Ok((part, (atan2(2.0, -height) / 2.0).copysign(imaginary)));
    }
    let gap = 1.0 - real;
    let part = log1p(4.0 * real / (gap * gap + height * height)) / 4.0;
    Ok((part, -atan2(-2.0 * imaginary, gap * (1.0 + real) - height * height) / 2.0))
}

/// Refuses what has become infinite.
fn within_range(value: Parts) -> Value {
    if value.0.is_infinite() || value.1.is_infinite() { Err(Refusal::Range) } else { Ok(value) }
}

/// The value where a part is infinite or no number: with an infinite first part and an angle it goes around a circle.
fn around(
    table: &Table,
    (first, angle): Parts,
    is_refused: bool,
    circle: impl FnOnce() -> Parts,
) -> Option<Value> {
    let value = special(table, (first, angle))?;
    if is_refused {
        return Some(Err(Refusal::Domain));
    }
    let is_circle = first.is_infinite() && angle.is_finite() && angle != 0.0;
    Some(Ok(if is_circle { circle() } else { value }))
}

/// A corner of the infinite square in the direction of an angle.
fn corner(angle: f64) -> Parts {
    (f64::INFINITY.copysign(cos(angle)), f64::INFINITY.copysign(sin(angle)))
}

/// `cmath.cos`
pub fn cos_of(z: Parts) -> Value {
    cosh_of(turned(z))
}

/// `cmath.cosh`
pub fn cosh_of((real, imaginary): Parts) -> Value {
    let is_refused = imaginary.is_infinite() && !real.is_nan();
    let circle = || {
        let (across, up) = corner(imaginary);
        (across, if real > 0.0 { up } else { -up })
    };
    if let Some(value) = around(&special::COSH, (real, imaginary), is_refused, circle) {
        return value;
    }
    if real.abs() > log_large() {
        let less = real - 1.0f64.copysign(real);
        return within_range((cos(imaginary) * cosh(less) * E, sin(imaginary) * sinh(less) * E));
    }
    within_range((cos(imaginary) * cosh(real), sin(imaginary) * sinh(real)))
}

/// `cmath.exp`
pub fn exp_of((real, imaginary): Parts) -> Value {
    let is_refused = imaginary.is_infinite() && (real.is_finite() || real == f64::INFINITY);
    let circle = || match real > 0.0 {
        true => corner(imaginary),
        false => (0.0f64.copysign(cos(imaginary)), 0.0f64.copysign(sin(imaginary))),
    };
    if let Some(value) = around(&special::EXP, (real, imaginary), is_refused, circle) {
        return value;
    }
    if real > log_large() {
        let size = exp(real - 1.0);
        return within_range((size * cos(imaginary) * E, size * sin(imaginary) * E));
    }
    let size = exp(real);
    within_range((size * cos(imaginary), size * sin(imaginary)))
}

/// `cmath.log` to the natural base.
pub fn log_of(z: Parts) -> Value {
    if let Some(value) = special(&special::LOG, z) {
        return Ok(value);
    }
    let angle = atan2(z.1, z.0);
    let (across, up) = (z.0.abs(), z.1.abs());
    if is_large(z) {
        return Ok((log((across / 2.0).hypot(up / 2.0)) + LN_2, angle));
    }
    if across < f64::MIN_POSITIVE && up < f64::MIN_POSITIVE {
        if across == 0.0 && up == 0.0 {
            return Err(Refusal::Domain);
        }
        let size = scaled(across, 53).hypot(scaled(up, 53));
        return Ok((log(size) - MANTISSA_DIGITS * LN_2, angle));
    }
    let size = across.hypot(up);
    if (0.71..=1.73).contains(&size) {
        let (most, least) = (across.max(up), across.min(up));
        return Ok((log1p((most - 1.0) * (most + 1.0) + least * least) / 2.0, angle));
    }
    Ok((log(size), angle))
}

/// `cmath.log10`
pub fn log10(z: Parts) -> Value {
    log_of(z).map(|(real, imaginary)| (real / LN_10, imaginary / LN_10))
}

/// `cmath.sin`
pub fn sin_of(z: Parts) -> Value {
    turned_back(sinh_of(turned(z)))
}

/// `cmath.sinh`
pub fn sinh_of((real, imaginary): Parts) -> Value {
    let is_refused = imaginary.is_infinite() && !real.is_nan();
    let circle = || {
        let (across, up) = corner(imaginary);
        (if real > 0.0 { across } else { -across }, up)
    };
    if let Some(value) = around(&special::SINH, (real, imaginary), is_refused, circle) {
        return value;
    }
    if real.abs() > log_large() {
        let less = real - 1.0f64.copysign(real);
        return within_range((cos(imaginary) * sinh(less) * E, sin(imaginary) * cosh(less) * E));
    }
    within_range((cos(imaginary) * sinh(real), sin(imaginary) * cosh(real)))
}

/// `cmath.sqrt`
pub fn sqrt(z: Parts) -> Value {
    Ok(square_root(z))
}

fn square_root(z: Parts) -> Parts {
    if let Some(value) = special(&special::SQRT, z) {
        return value;
    }
    let (real, imaginary) = z;
    if real == 0.0 && imaginary == 0.0 {
        return (0.0, imaginary);
    }
    let (across, up) = (real.abs(), imaginary.abs());
    let first = if across < f64::MIN_POSITIVE && up < f64::MIN_POSITIVE {
        let across = scaled(across, 53);
        scaled((across + across.hypot(scaled(up, 53))).sqrt(), -27)
    } else {
        let across = across / 8.0;
        2.0 * (across + across.hypot(up / 8.0)).sqrt()
    };
    let second = up / (2.0 * first);
    match real >= 0.0 {
        true => (first, second.copysign(imaginary)),
        false => (second, first.copysign(imaginary)),
    }
}

/// `cmath.tan`
pub fn tan_of(z: Parts) -> Value {
    turned_back(tanh_of(turned(z)))
}

/// `cmath.tanh`
pub fn tanh_of((real, imaginary): Parts) -> Value {
    let is_refused = imaginary.is_infinite() && real.is_finite();
    let circle = || {
        let part = 0.0f64.copysign(2.0 * sin(imaginary) * cos(imaginary));
        (1.0f64.copysign(real), part)
    };
    if let Some(value) = around(&special::TANH, (real, imaginary), is_refused, circle) {
        return value;
    }
    if real.abs() > log_large() {
        let part = 4.0 * sin(imaginary) * cos(imaginary) * exp(-2.0 * real.abs());
        return Ok((1.0f64.copysign(real), part));
    }
    let (across, up, narrowing) = (tanh(real), tan(imaginary), 1.0 / cosh(real));
    let both = across * up;
    let divisor = 1.0 + both * both;
    Ok((across * (1.0 + up * up) / divisor, ((up / divisor) * narrowing) * narrowing))
}

/// A number from its absolute value and its angle.
pub fn rect((size, angle): Parts) -> Value {
    let is_refused = size != 0.0 && !size.is_nan() && angle.is_infinite();
    let circle = || {
        let (across, up) = corner(angle);
        if size > 0.0 { (across, up) } else { (-across, -up) }
    };
    if let Some(value) = around(&special::RECT, (size, angle), is_refused, circle) {
        return value;
    }
    match angle == 0.0 {
        true => Ok((size, size * angle)),
        false => Ok((size * cos(angle), size * sin(angle))),
    }
}

/// The absolute value.
pub fn absolute((real, imaginary): Parts) -> Result<f64, Refusal> {
    let size = real.hypot(imaginary);
    let is_finite = real.is_finite() && imaginary.is_finite();
    if is_finite && size.is_infinite() { Err(Refusal::Range) } else { Ok(size) }
}
