//! The layout of `bytes`: length, cached hash, the bytes and a zero behind them; 33 bytes and one for each.

use std::cell::Cell;
use std::mem::offset_of;
use std::ptr::NonNull;

use super::hashing;
use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, born, leaf_lifecycle};
use crate::object::{Lifecycle, Object, Ref, TypeHead, layout};

const DATA: usize = offset_of!(Bytes, data);
/// Bytes of the fixed part of the layout, with the zero.
pub const BASIC_SIZE: usize = DATA + 1;

/// A row of bytes that never changes.
#[repr(C)]
pub struct Bytes {
    /// The header.
    pub object: Object,
    length: Cell<usize>,
    hash: Cell<i64>,
    data: [u8; 0],
}

layout!(Bytes, object, Object);

impl Bytes {
    /// A copy of a slice.
    pub fn from_slice(kind: &TypeHead, bytes: &[u8]) -> Result<Ref<Self>, OutOfMemory> {
        Self::with_extra(kind, bytes, 0)
    }

    /// As [`Bytes::from_slice`] for a subclass whose instances end in `extra` bytes of their own.
    pub fn with_extra(kind: &TypeHead, bytes: &[u8], extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: the bytes are written at once.
        unsafe {
            let made = Self::unwritten(kind, bytes.len(), extra)?;
            made.as_ref().data().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            Ok(adopt_tracked(made))
        }
    }

    /// A row of `length` bytes that `fill` writes; they are zero before.
    pub fn build(
        kind: &TypeHead,
        length: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: the bytes are zeroed, and nobody else sees them while they are written.
        unsafe {
            let made = Self::unwritten(kind, length, 0)?;
            made.as_ref().data().write_bytes(0, length);
            let made = adopt_tracked(made);
            fill(std::slice::from_raw_parts_mut(made.data(), length));
            Ok(made)
        }
    }

    /// # Safety
    /// The caller writes the bytes.
    unsafe fn unwritten(kind: &TypeHead, length: usize, extra: usize) -> Result<NonNull<Self>, OutOfMemory> {
        // SAFETY: all fields but the bytes are written.
        unsafe {
            let made = born::<Self>(kind, length.checked_add(BASIC_SIZE).ok_or(OutOfMemory)?, extra)?;
            let this = made.as_ref();
            this.length.as_ptr().write(length);
            this.hash.as_ptr().write(-1);
            this.data().add(length).write(0);
            Ok(made)
        }
    }

    #[inline]
    fn data(&self) -> *mut u8 {
        std::ptr::from_ref(self).wrapping_byte_add(DATA) as *mut u8
    }

    /// The bytes. Borrowed: keep the object alive while they are used.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: so many bytes follow, and they never change.
        unsafe { std::slice::from_raw_parts(self.data(), self.length.get()) }
    }

    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.length.get()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The hash, computed once.
    pub fn hash(&self) -> i64 {
        if self.hash.get() == -1 {
            self.hash.set(hashing::bytes(self.as_slice()));
        }
        self.hash.get()
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of bytes.
    BASIC_SIZE + unsafe { object.as_ref().cast::<Bytes>() }.len()
}

/// How bytes live and die.
pub fn lifecycle() -> Lifecycle {
    leaf_lifecycle(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::{fake_type, in_space};

    #[test]
    fn bytes_are_copied_sized_and_hashed() {
        in_space(|_| {
            let kind = fake_type(lifecycle());
            let bytes = Bytes::from_slice(kind, b"abc").unwrap();
            assert_eq!(bytes.as_slice(), b"abc");
            assert_eq!(bytes.hash(), -4594863902769663758);
            // SAFETY: they are bytes.
            assert_eq!(unsafe { size(bytes.pointer()) }, 36);
            let built = Bytes::build(kind, 3, |bytes| bytes.copy_from_slice(b"abc")).unwrap();
            assert_eq!(built.hash(), bytes.hash());
        });
    }
}
