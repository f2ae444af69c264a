//! The layout of `complex`: 32 bytes.

use std::cell::Cell;
use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, born, leaf_lifecycle};
use crate::object::{Lifecycle, Object, Ref, TypeHead, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Complex>();

/// A complex number.
#[repr(C)]
pub struct Complex {
    /// The header.
    pub object: Object,
    real: Cell<f64>,
    imaginary: Cell<f64>,
}

layout!(Complex, object, Object);

impl Complex {
    /// A number of two parts.
    pub fn new(kind: &TypeHead, real: f64, imaginary: f64) -> Result<Ref<Self>, OutOfMemory> {
        Self::with_extra(kind, real, imaginary, 0)
    }

    /// As [`Complex::new`] for a subclass whose instances end in `extra` bytes of their own.
    pub fn with_extra(
        kind: &TypeHead,
        real: f64,
        imaginary: f64,
        extra: usize,
    ) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: the two parts are all fields.
        unsafe {
            let complex = born::<Self>(kind, BASIC_SIZE, extra)?;
            complex.as_ref().real.as_ptr().write(real);
            complex.as_ref().imaginary.as_ptr().write(imaginary);
            Ok(adopt_tracked(complex))
        }
    }

    /// The real part.
    pub fn real(&self) -> f64 {
        self.real.get()
    }

    /// The imaginary part.
    pub fn imaginary(&self) -> f64 {
        self.imaginary.get()
    }
}

unsafe fn size(_: NonNull<Object>) -> usize {
    BASIC_SIZE
}

/// How complex numbers live and die.
pub fn lifecycle() -> Lifecycle {
    leaf_lifecycle(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::{fake_type, in_space};

    #[test]
    fn both_parts_are_kept() {
        assert_eq!(BASIC_SIZE, 32);
        in_space(|_| {
            let complex = Complex::new(fake_type(lifecycle()), 1.5, -2.0).unwrap();
            assert_eq!((complex.real(), complex.imaginary()), (1.5, -2.0));
        });
    }
}
