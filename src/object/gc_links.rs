//! The collector's links in front of a container, and the circular lists they make.
//!
//! `next` is null while an object is not tracked. The low bits of `previous` are flags, as in CPython: an object
//! keeps them when it moves from list to list. Between collections `previous` points to the neighbour; during one the
//! collector keeps the copied count there (`previous >> COUNT_SHIFT`) and flags in the low bit of `next`.

use std::cell::Cell;
use std::ptr::NonNull;

use super::header::Object;

/// Links in front of a container's header; also the head of a list.
#[repr(C, align(16))]
pub struct GcHead {
    /// Next in the list, or null when untracked; bit 0 is the collector's "unreachable" mark.
    pub next: Cell<*const GcHead>,
    /// Previous in the list and the flag bits.
    pub previous: Cell<usize>,
}

impl GcHead {
    /// The finalizer of the object has been called.
    pub const FINALIZED: usize = 1;
    /// The object is a candidate of the running collection.
    pub const COLLECTING: usize = 2;
    /// Weak references to the object hang in the side table.
    pub const WEAK_IN_SIDE_TABLE: usize = 4;
    /// All flag bits.
    pub const FLAGS: usize = 7;
    /// During a collection the copied count stands above the flags.
    pub const COUNT_SHIFT: u32 = 3;

    /// Links of an object that is not tracked.
    pub const fn untracked() -> Self {
        Self { next: Cell::new(std::ptr::null()), previous: Cell::new(0) }
    }

    /// The object behind these links.
    #[inline]
    pub fn object(&self) -> NonNull<Object> {
        // SAFETY: the header follows the links directly.
        unsafe { NonNull::new_unchecked(std::ptr::from_ref(self).add(1) as *mut Object) }
    }

    /// Whether the object is in a list.
    #[inline]
    pub fn is_linked(&self) -> bool {
        !self.next.get().is_null()
    }

    /// One of the flags.
    #[inline]
    pub fn has(&self, flag: usize) -> bool {
        self.previous.get() & flag != 0
    }

    /// Sets or clears one of the flags.
    #[inline]
    pub fn set(&self, flag: usize, on: bool) {
        let rest = self.previous.get() & !flag;
        self.previous.set(if on { rest | flag } else { rest });
    }

    /// The previous links.
    #[inline]
    pub fn previous_head(&self) -> *const GcHead {
        (self.previous.get() & !Self::FLAGS) as *const GcHead
    }

    /// Writes the previous links and keeps the flags.
    #[inline]
    pub fn set_previous_head(&self, head: *const GcHead) {
        self.previous.set(head as usize | self.previous.get() & Self::FLAGS);
    }
}

/// A circular list of containers with a head of its own. It must not move once it is in use.
pub struct GcList {
    head: GcHead,
}

impl Default for GcList {
    fn default() -> Self {
        Self { head: GcHead::untracked() }
    }
}

impl GcList {
    /// The head's address, which ends the circle.
    #[inline]
    pub fn head(&self) -> &GcHead {
        &self.head
    }

    /// Makes the list empty and its head point to itself.
    pub fn reset(&self) {
        self.head.next.set(&self.head);
        self.head.previous.set(std::ptr::from_ref(&self.head) as usize);
    }

    /// Whether nothing is in the list.
    pub fn is_empty(&self) -> bool {
        self.head.next.get().is_null() || std::ptr::eq(self.head.next.get(), &self.head)
    }

    /// Adds an unlinked object at the end.
    #[inline]
    pub fn append(&self, links: &GcHead) {
        let last = self.head.previous_head();
        // SAFETY: the list is a circle of live links.
        unsafe { (*last).next.set(links) };
        links.set_previous_head(last);
        links.next.set(&self.head);
        self.head.set_previous_head(links);
    }

    /// Writes the links of a new object and adds it at the end.
    ///
    /// # Safety
    /// There is room for the links.
    #[inline]
    pub unsafe fn append_new(&self, links: NonNull<GcHead>) {
        let last = self.head.previous_head();
        // SAFETY: as promised; the list is a circle of live links.
        unsafe {
            links.write(GcHead { next: Cell::new(&self.head), previous: Cell::new(last as usize) });
            (*last).next.set(links.as_ptr());
        }
        self.head.set_previous_head(links.as_ptr());
    }

    /// Takes an object out of whatever list it is in.
    ///
    /// # Safety
    /// The links are in a list between collections, so that both neighbours are true pointers.
    #[inline]
    pub unsafe fn unlink(links: &GcHead) {
        let (previous, next) = (links.previous_head(), links.next.get());
        // SAFETY: both neighbours are live links of the same list.
        unsafe {
            (*previous).next.set(next);
            (*next).set_previous_head(previous);
        }
        links.next.set(std::ptr::null());
        links.previous.set(links.previous.get() & (GcHead::FINALIZED | GcHead::WEAK_IN_SIDE_TABLE));
    }

    /// Every object of the list in order, as pointers. The list must not change while they are walked.
    pub fn iter(&self) -> impl Iterator<Item = NonNull<Object>> + '_ {
        let mut at = self.head.next.get();
        std::iter::from_fn(move || {
            if at.is_null() || std::ptr::eq(at, &self.head) {
                return None;
            }
            // SAFETY: links of a live list.
            let links = unsafe { &*at };
            at = links.next.get();
            Some(links.object())
        })
    }

    /// How many objects are in the list.
    pub fn len(&self) -> usize {
        self.iter().count()
    }
}
