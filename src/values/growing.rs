//! A block of items of one size that can grow: what `bytearray` and `array.array` are made of.
//!
//! ```text
//! | length | capacity | block | exports |     block: | item | item | ... | room |
//! ```
//!
//! Length and capacity count items. The owner knows how large an item is and how much room to leave. While there are
//! exports (a `memoryview` looks at the bytes) the length must not change; whoever changes it asks before.

use std::cell::Cell;
use std::ops::Range;

use super::memory_error::OutOfMemory;
use super::storage::{copy_of, reallocate_items, release_items};

/// Items that stand in a block of their own.
#[repr(C)]
pub(super) struct Growing {
    length: Cell<usize>,
    capacity: Cell<usize>,
    block: Cell<*mut u8>,
    exports: Cell<usize>,
}

impl Growing {
    /// No items, and no block.
    pub fn empty() -> Self {
        Self {
            length: Cell::new(0),
            capacity: Cell::new(0),
            block: Cell::new(std::ptr::null_mut()),
            exports: Cell::new(0),
        }
    }

    /// How many items there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.length.get()
    }

    /// For how many items there is room.
    #[inline]
    pub fn capacity(&self) -> usize {
        self.capacity.get()
    }

    /// Where the first item stands; null where there is no block.
    #[inline]
    pub fn block(&self) -> *mut u8 {
        self.block.get()
    }

    /// How many look at the bytes.
    #[inline]
    pub fn exports(&self) -> usize {
        self.exports.get()
    }

    /// Counts who looks at the bytes.
    pub fn set_exports(&self, exports: usize) {
        self.exports.set(exports);
    }

    /// The bytes of all items, borrowed.
    ///
    /// # Safety
    /// Nothing that can change the items runs while the slice is used.
    #[inline]
    pub unsafe fn borrow_bytes(&self, item_size: usize) -> &[u8] {
        match self.len() * item_size {
            0 => &[],
            // SAFETY: so many bytes are there.
            count => unsafe { std::slice::from_raw_parts(self.block(), count) },
        }
    }

    /// A copy of the bytes of a range that is inside.
    pub fn copy_bytes(&self, range: Range<usize>, item_size: usize) -> Result<Vec<u8>, OutOfMemory> {
        // SAFETY: copying runs nothing else.
        copy_of(&unsafe { self.borrow_bytes(item_size) }[range])
    }

    /// Sets the length; items that come with it are zero.
    ///
    /// # Safety
    /// There is room for so many items.
    #[inline]
    pub unsafe fn set_length(&self, length: usize, item_size: usize) {
        let old = self.length.replace(length);
        if let Some(added) = length.checked_sub(old) {
            // SAFETY: as promised.
            unsafe { self.block().add(old * item_size).write_bytes(0, added * item_size) }
        }
    }

    /// Makes room for exactly so many items.
    pub fn reallocate(&self, capacity: usize, item_size: usize) -> Result<(), OutOfMemory> {
        let bytes = capacity.checked_mul(item_size).filter(|bytes| *bytes <= isize::MAX as usize);
        // SAFETY: nobody else has the block.
        let block = unsafe { reallocate_items(self.block(), bytes.ok_or(OutOfMemory)?) }?;
        self.block.set(block.as_ptr());
        self.capacity.set(capacity);
        Ok(())
    }

    /// Drops all items and the block.
    pub fn release(&self) {
        self.length.set(0);
        self.capacity.set(0);
        // SAFETY: nobody else has the block, and no item is left.
        unsafe { release_items(self.block.replace(std::ptr::null_mut())) }
    }

    /// Puts the items of a slice of bytes, which is no part of the block, in the place of a range of items inside;
    /// `resize` is how the owner sets the length.
    pub fn splice(
        &self,
        range: Range<usize>,
        bytes: &[u8],
        item_size: usize,
        resize: impl Fn(usize) -> Result<(), OutOfMemory>,
    ) -> Result<(), OutOfMemory> {
        let (old, added) = (self.len(), bytes.len() / item_size);
        assert!(range.start <= range.end && range.end <= old);
        let length = (old - range.len()).checked_add(added).ok_or(OutOfMemory)?;
        if length > old {
            resize(length)?;
        }
        if length > 0 {
            // SAFETY: the block has room for the longer of both lengths.
            unsafe {
                let place = self.block().add(range.start * item_size);
                let (behind, tail) = (range.len() * item_size, (old - range.end) * item_size);
                place.add(added * item_size).copy_from(place.add(behind), tail);
                place.copy_from_nonoverlapping(bytes.as_ptr(), added * item_size);
            }
        }
        if length < old { resize(length) } else { Ok(()) }
    }
}
