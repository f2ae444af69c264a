//! The layout of `bytearray`: a separate block of bytes that can grow, and how many look at it.
//!
//! ```text
//! | count | type | length | capacity | block | exports | spare |     block: | bytes ... | 0 | room |
//! ```

use std::ops::Range;
use std::ptr::NonNull;

use super::growing::Growing;
use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, born, plain_lifecycle};
use crate::object::{Lifecycle, Object, Ref, TypeHead, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<ByteArray>();

/// A row of bytes that can change.
#[repr(C)]
pub struct ByteArray {
    /// The header.
    pub object: Object,
    bytes: Growing,
    /// So that sizes are the reference's.
    spare: usize,
}

layout!(ByteArray, object, Object);

const _: () = assert!(BASIC_SIZE == 56);

impl ByteArray {
    /// A copy of a slice.
    pub fn from_slice(kind: &TypeHead, bytes: &[u8]) -> Result<Ref<Self>, OutOfMemory> {
        Self::with_extra(kind, bytes, 0)
    }

    /// As [`ByteArray::from_slice`] for a subclass whose instances end in `extra` bytes of their own.
    pub fn with_extra(kind: &TypeHead, bytes: &[u8], extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written.
        let array = unsafe {
            let array = born::<Self>(kind, BASIC_SIZE, extra)?;
            let this = array.as_ptr();
            (&raw mut (*this).bytes).write(Growing::empty());
            (&raw mut (*this).spare).write(0);
            adopt_tracked(array)
        };
        if !bytes.is_empty() {
            array.splice(0..0, bytes)?;
        }
        Ok(array)
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of the bytes of a range inside the array.
    pub fn copy_range(&self, range: Range<usize>) -> Result<Vec<u8>, OutOfMemory> {
        self.bytes.copy_bytes(range, 1)
    }

    /// The byte at an index.
    #[inline]
    pub fn get(&self, index: usize) -> Option<u8> {
        // SAFETY: inside the array.
        (index < self.len()).then(|| unsafe { self.bytes.block().add(index).read() })
    }

    /// Writes a byte inside the array.
    #[inline]
    pub fn set(&self, index: usize, byte: u8) {
        assert!(index < self.len());
        // SAFETY: inside the array.
        unsafe { self.bytes.block().add(index).write(byte) }
    }

    /// How many look at the bytes.
    pub fn exports(&self) -> usize {
        self.bytes.exports()
    }

    /// Counts who looks at the bytes.
    pub fn set_exports(&self, exports: usize) {
        self.bytes.set_exports(exports);
    }

    /// Sets the length, with the room that CPython 3.11 leaves. New bytes are zero.
    pub fn resize(&self, length: usize) -> Result<(), OutOfMemory> {
        let old = self.len();
        if length == old {
            return Ok(());
        }
        let capacity = self.bytes.capacity();
        if length < capacity / 2 {
            self.bytes.reallocate(length.checked_add(1).ok_or(OutOfMemory)?, 1)?;
        } else if length >= capacity {
            self.bytes.reallocate(grown_capacity(capacity, length)?, 1)?;
        }
        // SAFETY: there is room for the bytes and for a zero behind them.
        unsafe {
            self.bytes.set_length(length, 1);
            self.bytes.block().add(length).write(0);
        }
        Ok(())
    }

    /// Puts the bytes of a slice, which is not of this array, in the place of a range inside the array.
    pub fn splice(&self, range: Range<usize>, bytes: &[u8]) -> Result<(), OutOfMemory> {
        self.bytes.splice(range, bytes, 1, |length| self.resize(length))
    }

    /// Appends a byte.
    pub fn push(&self, byte: u8) -> Result<(), OutOfMemory> {
        self.resize(self.len().checked_add(1).ok_or(OutOfMemory)?)?;
        self.set(self.len() - 1, byte);
        Ok(())
    }

    /// Turns the order around.
    pub fn reverse(&self) {
        if !self.is_empty() {
            // SAFETY: so many bytes are there, and nothing else looks at them meanwhile.
            unsafe { std::slice::from_raw_parts_mut(self.bytes.block(), self.len()) }.reverse();
        }
    }

    /// The bytes that `__sizeof__` reports: array and block.
    pub fn sizeof(&self) -> usize {
        BASIC_SIZE + self.bytes.capacity()
    }
}

/// How much room an array gets that grows: an eighth more for small steps, what is needed for large ones.
fn grown_capacity(capacity: usize, length: usize) -> Result<usize, OutOfMemory> {
    let small_step = length <= capacity.saturating_add(capacity >> 3);
    let room = if small_step { (length >> 3) + if length < 9 { 3 } else { 6 } } else { 1 };
    length.checked_add(room).ok_or(OutOfMemory)
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of byte arrays, whose block nobody uses any more.
    unsafe { object.as_ref().cast::<ByteArray>() }.bytes.release();
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of byte arrays.
    unsafe { object.as_ref().cast::<ByteArray>() }.sizeof()
}

/// How byte arrays live and die.
pub fn lifecycle() -> Lifecycle {
    plain_lifecycle(drop_contents, size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::{fake_type, in_space};

    fn bytes(array: &ByteArray) -> Vec<u8> {
        (0..array.len()).map(|index| array.get(index).unwrap()).collect()
    }

    #[test]
    fn sizes_are_those_of_the_reference() {
        in_space(|_| {
            let kind = fake_type(lifecycle());
            let array = ByteArray::from_slice(kind, b"").unwrap();
            let mut sizes = vec![array.sizeof()];
            for byte in 0..60 {
                array.push(byte).unwrap();
                if sizes.last() != Some(&array.sizeof()) {
                    sizes.push(array.sizeof());
                }
            }
            while let Some(last) = array.len().checked_sub(1) {
                array.resize(last).unwrap();
                if sizes.last() != Some(&array.sizeof()) {
                    sizes.push(array.sizeof());
                }
            }
            assert_eq!(sizes, [56, 58, 61, 64, 68, 75, 83, 92, 102, 113, 126, 91, 73, 64, 60, 58, 57]);
            assert_eq!(ByteArray::from_slice(kind, b"abc").unwrap().sizeof(), 60);
        });
    }

    #[test]
    fn ranges_are_replaced() {
        in_space(|_| {
            let array = ByteArray::from_slice(fake_type(lifecycle()), b"abcdef").unwrap();
            array.splice(1..3, b"XYZ").unwrap();
            assert_eq!(bytes(&array), b"aXYZdef");
            array.splice(0..4, b"").unwrap();
            assert_eq!(bytes(&array), b"def");
            array.reverse();
            assert_eq!(bytes(&array), b"fed");
            array.splice(0..3, b"").unwrap();
            assert!(array.is_empty());
        });
    }
}
