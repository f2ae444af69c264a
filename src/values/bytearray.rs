//! The layout of `bytearray`: a separate block of bytes that can grow, and how many look at it.
//!
//! ```text
//! | count | type | length | capacity | block | first byte | exports |     block: | room | bytes ... | 0 | room |
//! ```
//!
//! While there are exports (a `memoryview` looks at the bytes) the length must not change; whoever changes it asks before.

use std::cell::Cell;
use std::ops::Range;
use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, born, copy_of, plain_lifecycle, reallocate_items, release_items};
use crate::object::{Lifecycle, Object, Ref, TypeHead, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<ByteArray>();

/// A row of bytes that can change.
#[repr(C)]
pub struct ByteArray {
    /// The header.
    pub object: Object,
    length: Cell<usize>,
    capacity: Cell<usize>,
    block: Cell<*mut u8>,
    start: Cell<*mut u8>,
    exports: Cell<usize>,
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
            (&raw mut (*this).length).write(Cell::new(0));
            (&raw mut (*this).capacity).write(Cell::new(0));
            (&raw mut (*this).block).write(Cell::new(std::ptr::null_mut()));
            (&raw mut (*this).start).write(Cell::new(std::ptr::null_mut()));
            (&raw mut (*this).exports).write(Cell::new(0));
            adopt_tracked(array)
        };
        if !bytes.is_empty() {
            array.splice(0..0, bytes)?;
        }
        Ok(array)
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.length.get()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes, borrowed.
    ///
    /// # Safety
    /// Nothing that can change the array runs while the slice is used.
    pub unsafe fn borrow_bytes(&self) -> &[u8] {
        match self.len() {
            0 => &[],
            // SAFETY: so many bytes are there.
            length => unsafe { std::slice::from_raw_parts(self.start.get(), length) },
        }
    }

    /// A copy of the bytes of a range inside the array.
    pub fn copy_range(&self, range: Range<usize>) -> Result<Vec<u8>, OutOfMemory> {
        // SAFETY: copying runs nothing else.
        copy_of(&unsafe { self.borrow_bytes() }[range])
    }

    /// The byte at an index.
    pub fn get(&self, index: usize) -> Option<u8> {
        // SAFETY: inside the array.
        (index < self.len()).then(|| unsafe { self.start.get().add(index).read() })
    }

    /// Writes a byte inside the array.
    pub fn set(&self, index: usize, byte: u8) {
        assert!(index < self.len());
        // SAFETY: inside the array.
        unsafe { self.start.get().add(index).write(byte) }
    }

    /// How many look at the bytes.
    pub fn exports(&self) -> usize {
        self.exports.get()
    }

    /// Counts who looks at the bytes.
    pub fn set_exports(&self, exports: usize) {
        self.exports.set(exports);
    }

    /// Sets the length, with the room that CPython 3.11 leaves. New bytes are zero.
    pub fn resize(&self, length: usize) -> Result<(), OutOfMemory> {
        let old = self.len();
        if length == old {
            return Ok(());
        }
        let capacity = self.capacity.get();
        if length < capacity / 2 {
            self.reallocate(length, length.checked_add(1).ok_or(OutOfMemory)?)?;
        } else if length >= capacity {
            self.reallocate(length, grown_capacity(capacity, length)?)?;
        }
        self.length.set(length);
        // SAFETY: there is room for the bytes and for a zero behind them.
        unsafe { self.start.get().add(old.min(length)).write_bytes(0, length - old.min(length) + 1) };
        Ok(())
    }

    fn reallocate(&self, length: usize, capacity: usize) -> Result<(), OutOfMemory> {
        debug_assert!(capacity > length);
        // SAFETY: the block is the array's.
        let block = unsafe { reallocate_items(self.block.get(), capacity) }?.as_ptr();
        self.block.set(block);
        self.start.set(block);
        self.capacity.set(capacity);
        Ok(())
    }

    /// Puts the bytes of a slice, which is not of this array, in the place of a range inside the array.
    pub fn splice(&self, range: Range<usize>, bytes: &[u8]) -> Result<(), OutOfMemory> {
        let old = self.len();
        assert!(range.start <= range.end && range.end <= old);
        let kept = old - range.len();
        let length = kept.checked_add(bytes.len()).ok_or(OutOfMemory)?;
        let tail = old - range.end;
        if length > old {
            self.resize(length)?;
        }
        if length > 0 {
            // SAFETY: the block has room for the longer of both lengths.
            unsafe {
                let place = self.start.get().add(range.start);
                place.add(bytes.len()).copy_from(place.add(range.len()), tail);
                place.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            }
        }
        if length < old { self.resize(length) } else { Ok(()) }
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
            unsafe { std::slice::from_raw_parts_mut(self.start.get(), self.len()) }.reverse();
        }
    }

    /// The bytes that `__sizeof__` reports: array and block.
    pub fn sizeof(&self) -> usize {
        BASIC_SIZE + self.capacity.get()
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
    unsafe {
        let array = object.as_ref().cast::<ByteArray>();
        release_items(array.block.replace(std::ptr::null_mut()));
        array.start.set(std::ptr::null_mut());
        array.length.set(0);
        array.capacity.set(0);
    }
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
