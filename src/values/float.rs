//! The layout of `float`: 24 bytes.

use std::cell::Cell;
use std::hint::cold_path;
use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use super::storage::{adopt, adopt_tracked, born, born_at_once, born_last, leaf_lifecycle};
use crate::object::{Lifecycle, Object, Ref, TypeHead, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Float>();

/// A floating-point number.
#[repr(C)]
pub struct Float {
    /// The header.
    pub object: Object,
    value: Cell<f64>,
}

layout!(Float, object, Object);

impl Float {
    /// A number.
    #[inline]
    pub fn new(kind: &TypeHead, value: f64) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: the value is the only field.
        unsafe {
            let Some(float) = born_at_once::<Self>(kind, BASIC_SIZE) else {
                cold_path();
                return Self::new_last(kind, value);
            };
            float.as_ref().value.as_ptr().write(value);
            Ok(adopt(float))
        }
    }

    #[inline(never)]
    fn new_last(kind: &TypeHead, value: f64) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: the value is the only field.
        unsafe {
            let float = born_last::<Self>(kind, BASIC_SIZE)?;
            float.as_ref().value.as_ptr().write(value);
            Ok(adopt_tracked(float))
        }
    }

    /// As [`Float::new`] for a subclass whose instances end in `extra` bytes of their own.
    #[inline]
    pub fn with_extra(kind: &TypeHead, value: f64, extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: the value is the only field.
        unsafe {
            let float = born::<Self>(kind, BASIC_SIZE, extra)?;
            float.as_ref().value.as_ptr().write(value);
            Ok(adopt_tracked(float))
        }
    }

    /// The number.
    #[inline]
    pub fn value(&self) -> f64 {
        self.value.get()
    }

    /// Overwrites the number in place; for a temporary that nobody else sees.
    #[inline]
    pub fn set_value(&self, value: f64) {
        self.value.set(value);
    }
}

unsafe fn size(_: NonNull<Object>) -> usize {
    BASIC_SIZE
}

/// How floating-point numbers live and die.
pub fn lifecycle() -> Lifecycle {
    leaf_lifecycle(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::in_space;

    #[test]
    fn a_number_is_kept() {
        assert_eq!(BASIC_SIZE, 24);
        in_space(|kinds| {
            let float = Float::new(kinds.float, 2.5).unwrap();
            assert_eq!(float.value(), 2.5);
            float.set_value(-0.0);
            assert!(float.value().is_sign_negative());
        });
    }
}
