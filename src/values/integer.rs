//! The layout of `int` and `bool`: sign and number of digits, then the digits of 30 bits, least significant first.
//!
//! ```text
//! | count | type | size (negative: a negative number; 0: zero) | digit 0 | digit 1 | ...
//! ```
//!
//! The invariant: the most significant digit is not zero. There is room for one digit at least, so that zero can be
//! overwritten in place.

use std::cell::Cell;
use std::hint::cold_path;
use std::mem::offset_of;
use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use super::storage::{adopt, adopt_tracked, born, born_at_once, born_last, leaf_lifecycle};
use crate::object::{Lifecycle, Object, Ref, TypeHead, layout};

/// Bits of a digit.
pub const DIGIT_BITS: u32 = 30;
const DIGIT_MASK: u64 = (1 << DIGIT_BITS) - 1;

/// Where the first digit stands.
pub const DIGIT_OFFSET: usize = offset_of!(Integer, digits);
/// Bytes of the fixed part of the layout.
pub const BASIC_SIZE: usize = DIGIT_OFFSET;

/// An integer of any length.
#[repr(C)]
pub struct Integer {
    /// The header.
    pub object: Object,
    size: Cell<isize>,
    digits: [Cell<u32>; 0],
}

layout!(Integer, object, Object);

impl Integer {
    /// An integer that fits a machine word.
    #[inline]
    pub fn new_small(kind: &TypeHead, value: i64) -> Result<Ref<Self>, OutOfMemory> {
        let magnitude = value.unsigned_abs();
        if magnitude > DIGIT_MASK {
            return Self::new_wide(kind, value);
        }
        // SAFETY: one digit and the size are all fields.
        unsafe {
            let Some(integer) = born_at_once::<Self>(kind, BASIC_SIZE + 4) else {
                cold_path();
                return Self::new_digit_last(kind, value);
            };
            integer.as_ref().size.as_ptr().write(value.signum() as isize);
            integer.as_ref().digit_pointer().write(magnitude as u32);
            Ok(adopt(integer))
        }
    }

    /// One digit, where the free list has no block.
    #[inline(never)]
    fn new_digit_last(kind: &TypeHead, value: i64) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: one digit and the size are all fields.
        unsafe {
            let integer = born_last::<Self>(kind, BASIC_SIZE + 4)?;
            integer.as_ref().size.as_ptr().write(value.signum() as isize);
            integer.as_ref().digit_pointer().write(value.unsigned_abs() as u32);
            Ok(adopt_tracked(integer))
        }
    }

    /// Two digits, as of addresses and hashes.
    #[inline(never)]
    fn new_wide(kind: &TypeHead, value: i64) -> Result<Ref<Self>, OutOfMemory> {
        let magnitude = value.unsigned_abs();
        if magnitude >> (2 * DIGIT_BITS) != 0 {
            cold_path();
            return Self::new_word(kind, value);
        }
        // SAFETY: the size and both digits are written.
        unsafe {
            let Some(integer) = born_at_once::<Self>(kind, BASIC_SIZE + 8) else {
                cold_path();
                return Self::new_word(kind, value);
            };
            integer.as_ref().size.as_ptr().write(if value < 0 { -2 } else { 2 });
            integer.as_ref().digit_pointer().write((magnitude & DIGIT_MASK) as u32);
            integer.as_ref().digit_pointer().add(1).write((magnitude >> DIGIT_BITS) as u32);
            Ok(adopt(integer))
        }
    }

    /// A machine word of up to three digits, of any type and by whatever way there is to a block.
    #[inline(never)]
    fn new_word(kind: &TypeHead, value: i64) -> Result<Ref<Self>, OutOfMemory> {
        let magnitude = value.unsigned_abs();
        let digits = [0, 1, 2].map(|place| (magnitude >> (place * DIGIT_BITS) & DIGIT_MASK) as u32);
        Self::with_extra(kind, value < 0, &digits, 0)
    }

    /// More than three digits and at most five: what arithmetic of up to four digits makes.
    pub fn new_long(kind: &TypeHead, value: i128) -> Result<Ref<Self>, OutOfMemory> {
        let magnitude = value.unsigned_abs();
        let mut digits = [0; 5];
        for (place, digit) in digits.iter_mut().enumerate() {
            *digit = (magnitude >> (place as u32 * DIGIT_BITS)) as u32 & DIGIT_MASK as u32;
        }
        Self::with_extra(kind, value < 0, &digits, 0)
    }

    /// An integer of a sign and digits, least significant first; leading zeros are left out.
    pub fn from_digits(kind: &TypeHead, negative: bool, digits: &[u32]) -> Result<Ref<Self>, OutOfMemory> {
        Self::with_extra(kind, negative, digits, 0)
    }

    /// As [`Integer::from_digits`] for a subclass whose instances end in `extra` bytes of their own.
    pub fn with_extra(
        kind: &TypeHead,
        negative: bool,
        digits: &[u32],
        extra: usize,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let length = digits.iter().rposition(|&digit| digit != 0).map_or(0, |last| last + 1);
        let bytes = length.max(1).checked_mul(4).and_then(|bytes| bytes.checked_add(BASIC_SIZE));
        // SAFETY: the size and all digits are written.
        unsafe {
            let integer = born::<Self>(kind, bytes.ok_or(OutOfMemory)?, extra)?;
            let this = integer.as_ref();
            this.size.as_ptr().write(if negative { -(length as isize) } else { length as isize });
            this.digit_pointer().write(0);
            this.digit_pointer().copy_from_nonoverlapping(digits.as_ptr(), length);
            Ok(adopt_tracked(integer))
        }
    }

    #[inline]
    fn digit_pointer(&self) -> *mut u32 {
        std::ptr::from_ref(self).wrapping_byte_add(DIGIT_OFFSET) as *mut u32
    }

    /// -1, 0 or 1.
    #[inline]
    pub fn sign(&self) -> i32 {
        self.size.get().signum() as i32
    }

    /// Whether it is less than zero.
    #[inline]
    pub fn is_negative(&self) -> bool {
        self.size.get() < 0
    }

    /// Whether it is zero.
    #[inline]
    pub fn is_zero(&self) -> bool {
        self.size.get() == 0
    }

    /// The magnitude, least significant digit first; empty for zero.
    #[inline]
    pub fn digits(&self) -> &[u32] {
        // SAFETY: so many digits follow; they change only through `write_one_digit`, whose caller sees to that.
        unsafe { std::slice::from_raw_parts(self.digit_pointer(), self.size.get().unsigned_abs()) }
    }

    /// Whether both have the same value.
    #[inline]
    pub fn equals(&self, other: &Integer) -> bool {
        let size = self.size.get();
        // SAFETY: there is always room for one digit; zero has digit 0.
        let first_alike = unsafe { self.digit_pointer().read() == other.digit_pointer().read() };
        if size != other.size.get() || !first_alike {
            return false;
        }
        match size.unsigned_abs() {
            0 | 1 => true,
            // SAFETY: both have two digits.
            2 => unsafe { self.digit_pointer().add(1).read() == other.digit_pointer().add(1).read() },
            _ => self.digits() == other.digits(),
        }
    }

    /// Whether both have the same value of at most two digits.
    #[inline(always)]
    pub fn equals_shortly(&self, other: &Integer) -> bool {
        let size = self.size.get();
        let (digits, others) = (self.digit_pointer(), other.digit_pointer());
        // SAFETY: there is always room for one digit; zero has digit 0. A second one is read where there is one.
        unsafe {
            size == other.size.get()
                && digits.read() == others.read()
                && (size.unsigned_abs() < 2
                    || size.unsigned_abs() == 2 && digits.add(1).read() == others.add(1).read())
        }
    }

    /// The value, if it has at most one digit.
    #[inline]
    pub fn as_one_digit(&self) -> Option<i64> {
        let size = self.size.get();
        if (size + 1) as usize > 2 {
            cold_path();
            return None;
        }
        // SAFETY: there is always room for one digit; zero has digit 0.
        Some(size as i64 * i64::from(unsafe { self.digit_pointer().read() }))
    }

    /// The value, if it has at most two digits.
    #[inline]
    pub fn as_two_digits(&self) -> Option<i64> {
        let size = self.size.get();
        let digits = self.digit_pointer();
        // SAFETY: so many digits are there; zero has digit 0.
        unsafe {
            match size {
                2 => Some(i64::from(digits.read()) | i64::from(digits.add(1).read()) << DIGIT_BITS),
                -2 => Some(-(i64::from(digits.read()) | i64::from(digits.add(1).read()) << DIGIT_BITS)),
                -1..=1 => Some(size as i64 * i64::from(digits.read())),
                _ => None,
            }
        }
    }

    /// The values of two integers, if both have at most one digit and no sign.
    #[inline(always)]
    pub fn digits_of_both(&self, other: &Integer) -> Option<(i64, i64)> {
        if (self.size.get() | other.size.get()) as usize > 1 {
            cold_path();
            return None;
        }
        // SAFETY: there is always room for one digit; zero has digit 0.
        unsafe { Some((i64::from(self.digit_pointer().read()), i64::from(other.digit_pointer().read()))) }
    }

    /// The value, if it has at most one digit and no sign.
    #[inline]
    pub fn as_digit(&self) -> Option<i64> {
        if self.size.get() as usize > 1 {
            cold_path();
            return None;
        }
        // SAFETY: there is always room for one digit; zero has digit 0.
        Some(i64::from(unsafe { self.digit_pointer().read() }))
    }

    /// Overwrites the value in place, as [`write_one_digit`](Self::write_one_digit) does, with one above zero.
    #[inline]
    pub fn write_digit(&self, value: i64) {
        debug_assert!(value > 0 && value.unsigned_abs() <= DIGIT_MASK);
        self.size.set(1);
        // SAFETY: there is always room for one digit.
        unsafe { self.digit_pointer().write(value as u32) }
    }

    /// The value, if it fits.
    #[inline]
    pub fn to_i64(&self) -> Option<i64> {
        self.as_one_digit().or_else(|| self.to_i64_slow())
    }

    #[inline(never)]
    fn to_i64_slow(&self) -> Option<i64> {
        let magnitude = match *self.digits() {
            [low, high] => u64::from(low) | u64::from(high) << DIGIT_BITS,
            [low, middle, high] if high <= 8 => {
                u64::from(low) | u64::from(middle) << DIGIT_BITS | u64::from(high) << (2 * DIGIT_BITS)
            }
            _ => return None,
        };
        if self.is_negative() { 0i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
    }

    /// The value, if it has at most four digits.
    #[inline]
    pub fn to_four_digits(&self) -> Option<i128> {
        let digits = self.digits();
        if digits.len() > 4 {
            return None;
        }
        let magnitude = digits.iter().rev().fold(0, |sum, &digit| sum << DIGIT_BITS | i128::from(digit));
        Some(if self.is_negative() { -magnitude } else { magnitude })
    }

    /// Overwrites the value in place; for a temporary that nobody else sees. `|value| < 2**30`.
    #[inline]
    pub fn write_one_digit(&self, value: i64) {
        debug_assert!(value.unsigned_abs() <= DIGIT_MASK);
        self.size.set(value.signum() as isize);
        // SAFETY: there is always room for one digit.
        unsafe { self.digit_pointer().write(value.unsigned_abs() as u32) }
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of integers.
    BASIC_SIZE + 4 * unsafe { object.as_ref().cast::<Integer>() }.size.get().unsigned_abs().max(1)
}

/// How integers live and die.
pub fn lifecycle() -> Lifecycle {
    leaf_lifecycle(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::in_space;
    use proptest::prelude::*;

    fn size_of_value(value: &Ref<Integer>) -> usize {
        // SAFETY: it is an integer.
        unsafe { size(value.as_object().as_pointer()) }
    }

    #[test]
    fn sizes_are_those_of_the_reference() {
        in_space(|kinds| {
            for (value, bytes) in
                [(0, 28), (1, 28), (-1, 28), (1 << 30, 32), ((1 << 30) - 1, 28), (1 << 60, 36)]
            {
                assert_eq!(
                    size_of_value(&Integer::new_small(kinds.integer, value).unwrap()),
                    bytes,
                    "{value}"
                );
            }
        });
    }

    #[test]
    fn words_survive() {
        in_space(|kinds| {
            for value in [0, 1, -1, 255, i64::MAX, i64::MIN, 1 << 30, -(1 << 30), (1 << 60) - 1, 1 << 62] {
                let integer = Integer::new_small(kinds.integer, value).unwrap();
                assert_eq!(integer.to_i64(), Some(value));
                assert_eq!(integer.as_one_digit().is_some(), value.unsigned_abs() < 1 << 30);
                assert_eq!(i64::from(integer.sign()), value.signum());
            }
            let large = Integer::from_digits(kinds.integer, false, &[0, 0, 8]).unwrap();
            assert_eq!(large.to_i64(), None);
            let least = Integer::from_digits(kinds.integer, true, &[0, 0, 8]).unwrap();
            assert_eq!(least.to_i64(), Some(i64::MIN));
        });
    }

    #[test]
    fn leading_zeros_are_left_out_and_temporaries_overwritten() {
        in_space(|kinds| {
            let integer = Integer::from_digits(kinds.integer, true, &[7, 0, 0]).unwrap();
            assert_eq!((integer.to_i64(), integer.digits().len()), (Some(-7), 1));
            integer.write_one_digit(0);
            assert!(integer.is_zero() && !integer.is_negative() && integer.digits().is_empty());
            integer.write_one_digit(-5);
            assert_eq!(integer.as_one_digit(), Some(-5));
        });
    }

    proptest! {
        #[test]
        fn any_word_survives(value: i64) {
            in_space(|kinds| {
                let integer = Integer::new_small(kinds.integer, value).unwrap();
                assert_eq!(integer.to_i64(), Some(value));
            });
        }
    }
}
