//! The gamma function and its logarithm, by Lanczos' approximation with the coefficients and the order of operations
//! that CPython has, so that the last digit agrees.

use std::f64::consts::PI;

const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;
const LOG_PI: f64 = 1.144_729_885_849_400_2;

#[allow(clippy::excessive_precision)]
const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];

const DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

/// `(n - 1)!` where floats hold it exactly.
const FACTORIALS: [f64; 23] = [
    1.0,
    1.0,
    2.0,
    6.0,
    24.0,
    120.0,
    720.0,
    5040.0,
    40320.0,
    362880.0,
    3628800.0,
    39916800.0,
    479001600.0,
    6227020800.0,
    87178291200.0,
    1307674368000.0,
    20922789888000.0,
    355687428096000.0,
    6402373705728000.0,
    121645100408832000.0,
    2432902008176640000.0,
    51090942171709440000.0,
    1124000727777607680000.0,
];

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// "math domain error"
    Domain,
    /// "math range error"
    Range,
}

/// The rational function of Lanczos' sum, evaluated from the side where nothing overflows.
fn lanczos_sum(x: f64) -> f64 {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    let coefficients = NUMERATOR.iter().zip(&DENOMINATOR);
    if x < 5.0 {
        for (upper, lower) in coefficients.rev() {
            numerator = numerator * x + upper;
            denominator = denominator * x + lower;
        }
    } else {
        for (upper, lower) in coefficients {
            numerator = numerator / x + upper;
            denominator = denominator / x + lower;
        }
    }
    numerator / denominator
}

/// `sin(pi * x)` without the error of `pi * x`.
fn sine_of_pi_times(x: f64) -> f64 {
    let turn = x.abs() % 2.0;
    let value = match (2.0 * turn).round() as i32 {
        0 => (PI * turn).sin(),
        1 => (PI * (turn - 0.5)).cos(),
        2 => (PI * (1.0 - turn)).sin(),
        3 => -(PI * (turn - 1.5)).cos(),
        _ => (PI * (turn - 2.0)).sin(),
    };
    1f64.copysign(x) * value
}

/// The gamma function.
pub fn gamma(x: f64) -> Result<f64, Refusal> {
    if x.is_nan() || x == f64::INFINITY {
        return Ok(x);
    }
    if x == 0.0 || x == f64::NEG_INFINITY {
        return Err(Refusal::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Refusal::Domain);
        }
        if let Some(factorial) = FACTORIALS.get(x as usize - 1) {
            return Ok(*factorial);
        }
    }
    let size = x.abs();
    let value = match size {
        _ if size < 1e-20 => 1.0 / x,
        _ if size > 200.0 && x < 0.0 => return Ok(0.0 / sine_of_pi_times(x)),
        _ if size > 200.0 => return Err(Refusal::Range),
        _ => gamma_by_lanczos(x, size),
    };
    if value.is_infinite() { Err(Refusal::Range) } else { Ok(value) }
}

fn gamma_by_lanczos(x: f64, size: f64) -> f64 {
    let y = size + G_MINUS_HALF;
    // What rounding took off y.
    let lost = if size > G_MINUS_HALF { (y - size) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - size };
    let correction = lost * G / y;
    let power = |exponent: f64| y.powf(exponent);
    if x < 0.0 {
        let mut value = -PI / sine_of_pi_times(size) / size * y.exp() / lanczos_sum(size);
        value -= correction * value;
        if size < 140.0 {
            return value / power(size - 0.5);
        }
        let root = power(size / 2.0 - 0.25);
        return value / root / root;
    }
    let mut value = lanczos_sum(size) / y.exp();
    value += correction * value;
    if size < 140.0 {
        return value * power(size - 0.5);
    }
    let root = power(size / 2.0 - 0.25);
    value * root * root
}

/// The logarithm of the absolute value of the gamma function.
pub fn log_gamma(x: f64) -> Result<f64, Refusal> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Refusal::Domain) } else { Ok(0.0) };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(-size.ln());
    }
    let mut value = lanczos_sum(size).ln() - G;
    value += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        value = LOG_PI - sine_of_pi_times(size).abs().ln() - size.ln() - value;
    }
    if value.is_infinite() { Err(Refusal::Range) } else { Ok(value) }
}
