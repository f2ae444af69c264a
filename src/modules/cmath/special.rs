//! What the functions give for infinite parts and for those that are no number.
//!
//! A table has a row for each kind of the first part and a column for each kind of the second: -inf, negative, -0.0,
//! 0.0, positive, inf, nan. `E` stands for what is an error, `U` for what is computed.

#![forbid(unsafe_code)]

use std::f64::consts::{FRAC_PI_2 as P12, FRAC_PI_4 as P14, PI as P};

use crate::types::complex::Parts;

/// Results by the kinds of both parts.
pub type Table = [[Parts; 7]; 7];

const I: f64 = f64::INFINITY;
const N: f64 = f64::NAN;
const P34: f64 = 3.0 * P14;
const U: Parts = (N, N);
const E: Parts = (N, N);

fn kind(part: f64) -> usize {
    match part {
        _ if part.is_nan() => 6,
        f64::INFINITY => 5,
        f64::NEG_INFINITY => 0,
        _ if part == 0.0 => 2 + usize::from(part.is_sign_positive()),
        _ => {
            if part > 0.0 {
                4
            } else {
                1
            }
        }
    }
}

/// The entry of a table; none where both parts are finite.
pub fn special(table: &Table, (first, second): Parts) -> Option<Parts> {
    let is_finite = first.is_finite() && second.is_finite();
    (!is_finite).then(|| table[kind(first)][kind(second)])
}

/// Of `acos`.
pub const ACOS: Table = [
    [(P34, I), (P, I), (P, I), (P, -I), (P, -I), (P34, -I), (N, I)],
    [(P12, I), U, U, U, U, (P12, -I), (N, N)],
    [(P12, I), U, U, U, U, (P12, -I), (P12, N)],
    [(P12, I), U, U, U, U, (P12, -I), (P12, N)],
    [(P12, I), U, U, U, U, (P12, -I), (N, N)],
    [(P14, I), (0.0, I), (0.0, I), (0.0, -I), (0.0, -I), (P14, -I), (N, I)],
    [(N, I), (N, N), (N, N), (N, N), (N, N), (N, -I), (N, N)],
];

/// Of `acosh`.
pub const ACOSH: Table = [
    [(I, -P34), (I, -P), (I, -P), (I, P), (I, P), (I, P34), (I, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P14), (I, -0.0), (I, -0.0), (I, 0.0), (I, 0.0), (I, P14), (I, N)],
    [(I, N), (N, N), (N, N), (N, N), (N, N), (I, N), (N, N)],
];

/// Of `asinh`.
pub const ASINH: Table = [
    [(-I, -P14), (-I, -0.0), (-I, -0.0), (-I, 0.0), (-I, 0.0), (-I, P14), (-I, N)],
    [(-I, -P12), U, U, U, U, (-I, P12), (N, N)],
    [(-I, -P12), U, U, U, U, (-I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P12), U, U, U, U, (I, P12), (N, N)],
    [(I, -P14), (I, -0.0), (I, -0.0), (I, 0.0), (I, 0.0), (I, P14), (I, N)],
    [(I, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (I, N), (N, N)],
];

/// Of `atanh`.
pub const ATANH: Table = [
    [(-0.0, -P12), (-0.0, -P12), (-0.0, -P12), (-0.0, P12), (-0.0, P12), (-0.0, P12), (-0.0, N)],
    [(-0.0, -P12), U, U, U, U, (-0.0, P12), (N, N)],
    [(-0.0, -P12), U, U, U, U, (-0.0, P12), (-0.0, N)],
    [(0.0, -P12), U, U, U, U, (0.0, P12), (0.0, N)],
    [(0.0, -P12), U, U, U, U, (0.0, P12), (N, N)],
    [(0.0, -P12), (0.0, -P12), (0.0, -P12), (0.0, P12), (0.0, P12), (0.0, P12), (0.0, N)],
    [(0.0, -P12), (N, N), (N, N), (N, N), (N, N), (0.0, P12), (N, N)],
];

/// Of `cosh`.
pub const COSH: Table = [
    [E, U, (I, 0.0), (I, -0.0), U, E, (I, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, 0.0)],
    [E, U, U, U, U, E, (N, 0.0)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, (I, -0.0), (I, 0.0), U, E, (I, N)],
    [(N, N), (N, N), (N, 0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// Of `exp`.
pub const EXP: Table = [
    [(0.0, 0.0), U, (0.0, -0.0), (0.0, 0.0), U, (0.0, 0.0), (0.0, 0.0)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, (I, -0.0), (I, 0.0), U, E, (I, N)],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// Of `log`: the signs of both parts and what is infinite come out as in `acosh`.
pub const LOG: Table = ACOSH;

/// Of `sinh`.
pub const SINH: Table = [
    [E, U, (-I, -0.0), (-I, 0.0), U, E, (I, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (0.0, N)],
    [E, U, U, U, U, E, (0.0, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, (I, -0.0), (I, 0.0), U, E, (I, N)],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// Of `sqrt`.
pub const SQRT: Table = [
    [(I, -I), (0.0, -I), (0.0, -I), (0.0, I), (0.0, I), (I, I), (N, I)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), U, U, U, U, (I, I), (N, N)],
    [(I, -I), (I, -0.0), (I, -0.0), (I, 0.0), (I, 0.0), (I, I), (I, N)],
    [(I, -I), (N, N), (N, N), (N, N), (N, N), (I, I), (N, N)],
];

/// Of `tanh`.
pub const TANH: Table = [
    [(-1.0, 0.0), U, (-1.0, -0.0), (-1.0, 0.0), U, (-1.0, 0.0), (-1.0, 0.0)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, U, U, U, E, (N, N)],
    [(1.0, 0.0), U, (1.0, -0.0), (1.0, 0.0), U, (1.0, 0.0), (1.0, 0.0)],
    [(N, N), (N, N), (N, -0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];

/// Of `rect`.
pub const RECT: Table = [
    [E, U, (-I, 0.0), (-I, -0.0), U, E, (I, N)],
    [E, U, U, U, U, E, (N, N)],
    [(0.0, 0.0), U, U, U, U, (0.0, 0.0), (0.0, 0.0)],
    [(0.0, 0.0), U, U, U, U, (0.0, 0.0), (0.0, 0.0)],
    [E, U, U, U, U, E, (N, N)],
    [E, U, (I, -0.0), (I, 0.0), U, E, (I, N)],
    [(N, N), (N, N), (N, 0.0), (N, 0.0), (N, N), (N, N), (N, N)],
];
