//! What the collector does to lists of links besides adding at the end.

use crate::object::{GcHead, GcList};

/// Calls `each` with the links of every object in order; `each` may unlink the object that it was called with.
pub(super) fn for_each(list: &GcList, mut each: impl FnMut(&GcHead)) {
    let head: *const GcHead = list.head();
    let mut at = list.head().next.get();
    while !std::ptr::eq(at, head) {
        // SAFETY: links of a whole list are live until they are unlinked, and `next` is read before that.
        let links = unsafe { &*at };
        at = links.next.get();
        prefetch(at);
        each(links);
    }
}

/// Asks for the memory of links that will be looked at next.
#[inline(always)]
pub(super) fn prefetch(links: *const GcHead) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint, harmless for any address.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(links.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = links;
}

/// Moves everything to the end of another list.
pub(super) fn merge(from: &GcList, to: &GcList) {
    if !from.is_empty() {
        let (first, last) = (from.head().next.get(), from.head().previous_head());
        let tail = to.head().previous_head();
        // SAFETY: first, last and tail are live links of whole lists.
        unsafe {
            (*tail).next.set(first);
            (*first).set_previous_head(tail);
            (*last).next.set(to.head());
        }
        to.head().set_previous_head(last);
    }
    from.reset();
}

/// Moves one object to the end of another list; its flags stay.
///
/// # Safety
/// The links are in a whole list.
pub(super) unsafe fn move_to(links: &GcHead, to: &GcList) {
    let (previous, next) = (links.previous_head(), links.next.get());
    // SAFETY: both neighbours are live links of a whole list.
    unsafe {
        (*previous).next.set(next);
        (*next).set_previous_head(previous);
    }
    to.append(links);
}

/// The first links of a list, or none.
pub(super) fn first(list: &GcList) -> Option<&GcHead> {
    // SAFETY: a list that is not empty starts with live links.
    (!list.is_empty()).then(|| unsafe { &*list.head().next.get() })
}
