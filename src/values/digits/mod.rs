//! Integers of any size as magnitudes: little-endian slices of 30-bit digits, the sign kept by the caller.
//!
//! A magnitude is *normalised*: its last (most significant) digit is not zero, and zero is the empty slice.
//! Every function here takes normalised magnitudes and returns them.
//!
//! | subject | functions |
//! |---|---|
//! | order, size | [`compare`], [`compare_signed`], [`bit_length`], [`bit_count`], [`trailing_zeros`] |
//! | linear | [`add`], [`subtract`], [`multiply_by_digit`], [`divide_by_digit`], [`shift_left`], [`shift_right`] |
//! | long | [`multiply_long`] and what takes a [`Pause`] |
//! | heavy | [`multiply`], [`divide`], [`power`], [`power_modulo`], [`inverse_modulo`], [`greatest_common_divisor`], [`square_root`] |
//! | signed | [`add_signed`], [`subtract_signed`], [`multiply_signed`], [`floor_divide`], [`shift_right_floor`], [`bit_and`], [`bit_or`], [`bit_xor`], [`invert`] |
//! | sizes, so that a caller may refuse first | [`shift_left_length`], [`power_length`] |
//! | text | [`decimal_text`], [`radix_text`], [`parse`] |
//! | floats | [`to_f64`], [`from_f64`], [`compare_with_f64`], [`frexp`], [`true_divide`] |
//! | bytes | [`to_bytes`], [`from_bytes`] |
//! | machine integers | [`from_u64`], [`to_u64`], [`Signed::from_i64`], [`SignedRef::to_i64`] |
//! | num-bigint | [`to_biguint`], [`from_biguint`] |
//!
//! Results are [`Digits`], a buffer that holds a few digits in place and more on the native heap. Whoever asks
//! for more than the machine has gets [`OutOfMemory`].

mod arithmetic;
mod bitwise;
mod bridge;
mod bytes;
mod division;
mod floats;
mod heavy;
mod patient;
mod signed;
mod text;

pub use arithmetic::*;
pub use bitwise::*;
pub use bridge::*;
pub use bytes::*;
pub use division::*;
pub use floats::*;
pub use heavy::*;
pub use patient::*;
pub use signed::*;
pub use text::*;

use std::ops::{Deref, DerefMut};

/// The bits of a digit.
pub const DIGIT_BITS: usize = 30;
/// One more than the largest digit.
pub const DIGIT_BASE: u32 = 1 << 30;
/// The largest digit.
pub const DIGIT_MASK: u32 = DIGIT_BASE - 1;

/// How many digits stand in a [`Digits`] without native memory.
const IN_PLACE: usize = 8;

pub use super::memory_error::OutOfMemory;

/// What an operation that needs memory returns.
pub type Outcome<T> = Result<T, OutOfMemory>;

/// A magnitude that is being made: up to eight digits in place, more in native memory. It reads as a slice.
#[derive(Debug, Clone, Default)]
pub struct Digits {
    length: usize,
    in_place: [u32; IN_PLACE],
    spilled: Vec<u32>,
}

impl Digits {
    /// Zero.
    pub const fn new() -> Digits {
        Digits { length: 0, in_place: [0; IN_PLACE], spilled: Vec::new() }
    }

    /// `length` zero digits to be filled; [`Digits::normalised`] makes a magnitude of it.
    pub fn zeroed(length: usize) -> Outcome<Digits> {
        let mut digits = Digits { length, ..Digits::new() };
        if length > IN_PLACE {
            digits.spilled.try_reserve_exact(length).map_err(|_| OutOfMemory)?;
            digits.spilled.resize(length, 0);
        }
        Ok(digits)
    }

    /// A copy of `source`, normalised.
    pub fn copied(source: &[u32]) -> Outcome<Digits> {
        let mut digits = Digits::zeroed(source.len())?;
        digits.copy_from_slice(source);
        Ok(digits.normalised())
    }

    /// Without the zero digits at the top.
    pub fn normalised(mut self) -> Digits {
        self.truncate(significant(&self).len());
        self
    }

    /// Forgets all digits but the lowest `length`.
    pub fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }
}

impl Deref for Digits {
    type Target = [u32];

    #[inline]
    fn deref(&self) -> &[u32] {
        if self.spilled.is_empty() { &self.in_place[..self.length] } else { &self.spilled[..self.length] }
    }
}

impl DerefMut for Digits {
    #[inline]
    fn deref_mut(&mut self) -> &mut [u32] {
        if self.spilled.is_empty() {
            &mut self.in_place[..self.length]
        } else {
            &mut self.spilled[..self.length]
        }
    }
}

impl PartialEq for Digits {
    fn eq(&self, other: &Digits) -> bool {
        **self == **other
    }
}

impl Eq for Digits {}

/// The part of `digits` below its zero digits at the top.
#[inline]
pub fn significant(digits: &[u32]) -> &[u32] {
    let length = digits.iter().rposition(|&digit| digit != 0).map_or(0, |top| top + 1);
    &digits[..length]
}

/// The magnitude of a machine integer.
#[inline]
pub fn from_u64(value: u64) -> Digits {
    let mut digits = Digits { length: 3, ..Digits::new() };
    digits.in_place[0] = (value & u64::from(DIGIT_MASK)) as u32;
    digits.in_place[1] = ((value >> 30) & u64::from(DIGIT_MASK)) as u32;
    digits.in_place[2] = (value >> 60) as u32;
    digits.normalised()
}

/// The magnitude as a machine integer, if it fits.
#[inline]
pub fn to_u64(digits: &[u32]) -> Option<u64> {
    match *digits {
        [] => Some(0),
        [low] => Some(u64::from(low)),
        [low, high] => Some(u64::from(low) | u64::from(high) << 30),
        [low, middle, high] if high < 16 => {
            Some(u64::from(low) | u64::from(middle) << 30 | u64::from(high) << 60)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
