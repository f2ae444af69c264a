//! Blocks of dead lists, kept for the next ones: most lists live shortly, and `tracemalloc` shows what the reference
//! shows, that a new list seldom takes a new block for its header. Up to 80 as in CPython; a full collection lets all go.
//!
//! ```text
//! first -> | link |      | -> | link |      | -> null        a link stands in the first word of each block
//! ```

use std::cell::Cell;
use std::ptr::{self, NonNull};

use crate::memory::Heap;

/// The blocks, all of one size. None is kept in a heap that looks for mistakes: it must see every release.
pub struct Recycled {
    first: Cell<*mut u8>,
    free_places: Cell<usize>,
}

impl Recycled {
    /// How many are kept at most.
    pub const MOST: usize = 80;

    /// Nothing yet.
    pub(super) fn new(heap: &Heap) -> Self {
        let places = if heap.looks_for_mistakes() { 0 } else { Self::MOST };
        Self { first: Cell::new(ptr::null_mut()), free_places: Cell::new(places) }
    }

    /// Whether none is kept.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.first.get().is_null()
    }

    /// Takes a block out.
    #[inline]
    pub(super) fn pop(&self) -> Option<NonNull<u8>> {
        let block = NonNull::new(self.first.get())?;
        // SAFETY: a kept block starts with its link.
        self.first.set(unsafe { block.cast::<*mut u8>().read() });
        self.free_places.set(self.free_places.get() + 1);
        Some(block)
    }

    /// Keeps a block, if there is a place.
    ///
    /// # Safety
    /// The block is live, of the right size, and nobody uses it any more.
    #[inline]
    pub(super) unsafe fn push(&self, block: NonNull<u8>) -> bool {
        let Some(places) = self.free_places.get().checked_sub(1) else { return false };
        self.free_places.set(places);
        // SAFETY: as promised; a block has room for a link.
        unsafe { block.cast::<*mut u8>().write(self.first.get()) };
        self.first.set(block.as_ptr());
        true
    }

    /// Where the blocks are, the next one to be used first.
    pub(super) fn addresses(&self) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = self.first.get();
        while !at.is_null() {
            found.push(at.addr());
            // SAFETY: a kept block starts with its link.
            at = unsafe { at.cast::<*mut u8>().read() };
        }
        found
    }

    /// Gives all blocks back.
    pub(super) fn release_all(&self, heap: &Heap) {
        while let Some(block) = self.pop() {
            // SAFETY: a kept block is live and used by nobody.
            unsafe { heap.release(block) };
        }
    }
}
