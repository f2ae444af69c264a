//! A growing row of references in one block of the heap: what is taken out of a list, and what native code collects.

use std::mem::ManuallyDrop;

use super::memory_error::OutOfMemory;
use super::storage::{allocate_items, reallocate_items, release_items};
use crate::object::ObjectRef;

/// Owned references in a block of the heap. Dropping drops them from the last to the first, as lists do.
pub struct ItemBuffer {
    items: *mut ObjectRef,
    length: usize,
    capacity: usize,
}

impl Default for ItemBuffer {
    fn default() -> Self {
        Self::new()
    }
}

impl ItemBuffer {
    /// Nothing.
    pub const fn new() -> Self {
        Self { items: std::ptr::null_mut(), length: 0, capacity: 0 }
    }

    /// Nothing yet, and room for exactly so many.
    pub fn with_capacity(capacity: usize) -> Result<Self, OutOfMemory> {
        if capacity == 0 {
            return Ok(Self::new());
        }
        Ok(Self { items: allocate_items(capacity)?.as_ptr(), length: 0, capacity })
    }

    /// Copies of references.
    pub fn from_slice(items: &[ObjectRef]) -> Result<Self, OutOfMemory> {
        let mut buffer = Self::with_capacity(items.len())?;
        // SAFETY: there is room for all.
        unsafe { buffer.push_within(items) };
        Ok(buffer)
    }

    /// Takes over a block and what it holds.
    ///
    /// # Safety
    /// The block is null or the caller's, with room for `capacity` references of which `length` are valid.
    pub(super) unsafe fn from_parts(items: *mut ObjectRef, length: usize, capacity: usize) -> Self {
        Self { items, length, capacity }
    }

    /// Gives the block away: items, length, capacity.
    pub(super) fn into_parts(self) -> (*mut ObjectRef, usize, usize) {
        let this = ManuallyDrop::new(self);
        (this.items, this.length, this.capacity)
    }

    /// Adds a reference.
    #[inline]
    pub fn push(&mut self, item: ObjectRef) -> Result<(), OutOfMemory> {
        if self.length == self.capacity {
            self.grow()?;
        }
        // SAFETY: there is room for one more.
        unsafe { self.items.add(self.length).write(item) };
        self.length += 1;
        Ok(())
    }

    /// Adds copies of references.
    ///
    /// # Safety
    /// There is room for them.
    unsafe fn push_within(&mut self, items: &[ObjectRef]) {
        // SAFETY: as promised.
        let places = unsafe { self.items.add(self.length) };
        for (index, item) in items.iter().enumerate() {
            // SAFETY: as promised.
            unsafe { places.add(index).write(item.clone()) };
        }
        self.length += items.len();
    }

    #[cold]
    fn grow(&mut self) -> Result<(), OutOfMemory> {
        let capacity = self.capacity.saturating_add(self.capacity / 2).max(4);
        // SAFETY: the block is ours.
        self.items = unsafe { reallocate_items(self.items, capacity) }?.as_ptr();
        self.capacity = capacity;
        Ok(())
    }

    /// Takes the last reference.
    pub fn pop(&mut self) -> Option<ObjectRef> {
        self.length = self.length.checked_sub(1)?;
        // SAFETY: it was valid and is none of ours any more.
        Some(unsafe { self.items.add(self.length).read() })
    }

    /// The references.
    #[inline]
    pub fn as_slice(&self) -> &[ObjectRef] {
        if self.items.is_null() {
            return &[];
        }
        // SAFETY: so many are valid.
        unsafe { std::slice::from_raw_parts(self.items, self.length) }
    }

    /// The references, to be put in another order.
    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [ObjectRef] {
        if self.items.is_null() {
            return &mut [];
        }
        // SAFETY: so many are valid, and they are ours alone.
        unsafe { std::slice::from_raw_parts_mut(self.items, self.length) }
    }
}

impl std::ops::Deref for ItemBuffer {
    type Target = [ObjectRef];
    fn deref(&self) -> &[ObjectRef] {
        self.as_slice()
    }
}

impl Drop for ItemBuffer {
    fn drop(&mut self) {
        while let Some(item) = self.pop() {
            drop(item);
        }
        // SAFETY: the block is ours.
        unsafe { release_items(self.items) }
    }
}
