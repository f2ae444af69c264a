//! The passes that find the trash. They run no foreign code.
//!
//! While they run, `previous` of a candidate holds the copied count above its flags, and bit 0 of `next` marks what
//! is in the unreachable list. `move_unreachable` makes the surviving list whole again as it goes.
//!
//! A large heap does not fit the processor's caches, so a collection costs what its walks over the lists cost. There
//! are three; whatever else must be asked of each survivor is asked in the third.

use std::cell::Cell;
use std::ptr::NonNull;

use super::lists::{for_each, prefetch};
use super::report::Report;
use crate::object::{GcHead, GcList, Object, Visitor};

/// Bit 0 of `next`: the object is in the unreachable list for now.
const UNREACHABLE: usize = 1;

/// Leaves in each candidate's links how many references to it come from outside.
pub(super) fn count_from_outside(candidates: &GcList, report: Option<&mut Report>) {
    update_refs(candidates);
    subtract_refs(candidates);
    if let Some(report) = report {
        for_each(candidates, |links| report.add_candidate(object_of(links), refs(links)));
    }
}

/// Copies the true counts into the links.
fn update_refs(candidates: &GcList) {
    for_each(candidates, |links| {
        let kept = links.previous.get() & (GcHead::FLAGS & !GcHead::COLLECTING);
        links.previous.set(kept | GcHead::COLLECTING | object_of(links).count() << GcHead::COUNT_SHIFT);
    });
}

/// Takes off the references that candidates hold to each other.
fn subtract_refs(candidates: &GcList) {
    let mut subtract = |target: NonNull<Object>| {
        // SAFETY: a visited object is alive.
        let Some(links) = unsafe { target.as_ref() }.gc_head() else { return };
        if links.has(GcHead::COLLECTING) {
            debug_assert!(refs(links) > 0, "an object has fewer counts than references");
            set_refs(links, refs(links).saturating_sub(1));
        }
    };
    for_each(candidates, |links| visit(object_of(links), &mut subtract));
}

/// Keeps in `young` what has references from outside and what is reachable from there; the rest goes to
/// `unreachable`, whose `next` pointers stay marked until [`clear_unreachable_mask`]. What was moved away too early
/// comes back to the end of `young`, so that the walk meets it again. `stays` is asked of each survivor in the order
/// of the list, when all before it is settled; one for which it says false is tracked no more.
/// `reached` is told which survivor was the first to lead to an object without references from outside.
pub(super) fn move_unreachable(
    young: &GcList,
    unreachable: &GcList,
    mut stays: impl FnMut(&Object) -> bool,
    mut reached: impl FnMut(usize, usize),
) {
    unreachable.reset();
    let head: *const GcHead = young.head();
    let holder = Cell::new(0);
    let mut reach = |target: NonNull<Object>| {
        if visit_reachable(target, young) {
            reached(holder.get(), target.as_ptr().addr());
        }
    };
    let mut previous = head;
    // SAFETY: `at` and `previous` are links of `young`, whose objects live throughout: nothing is released here.
    // `next` is read after the visit, which may append to the list.
    unsafe {
        let mut at = (*head).next.get();
        while !std::ptr::eq(at, head) {
            let links = &*at;
            prefetch(links.next.get());
            if refs(links) == 0 {
                (*previous).next.set(links.next.get());
                append_marked(links, unreachable);
            } else {
                holder.set(object_of(links).address());
                visit(object_of(links), &mut reach);
                if stays(object_of(links)) {
                    links.previous.set(previous as usize | links.previous.get() & kept_flags());
                    previous = at;
                } else {
                    (*previous).next.set(links.next.get());
                    links.next.set(std::ptr::null());
                    links.previous.set(links.previous.get() & kept_flags());
                }
            }
            at = (*previous).next.get();
        }
    }
    young.head().set_previous_head(previous);
    unreachable.head().next.set(without_mark(unreachable.head().next.get()));
}

/// A reachable object refers to `target`: candidates not met yet get a count, those moved away come back. Says whether
/// the target has become reachable by it.
fn visit_reachable(target: NonNull<Object>, young: &GcList) -> bool {
    // SAFETY: a visited object is alive.
    let Some(links) = unsafe { target.as_ref() }.gc_head() else { return false };
    if !links.has(GcHead::COLLECTING) {
        return false;
    }
    if links.next.get() as usize & UNREACHABLE != 0 {
        let (previous, next) = (links.previous_head(), links.next.get());
        // SAFETY: neighbours in the unreachable list are live; its `previous` pointers are true ones.
        unsafe {
            (*previous).next.set(next);
            (*without_mark(next)).set_previous_head(previous);
        }
        young.append(links);
    } else if refs(links) != 0 {
        return false;
    }
    set_refs(links, 1);
    true
}

/// Appends to the unreachable list with a marked `next`.
fn append_marked(links: &GcHead, unreachable: &GcList) {
    let last = unreachable.head().previous_head();
    // SAFETY: the last links of a list, or its head.
    unsafe { (*last).next.set(marked(links)) };
    links.set_previous_head(last);
    links.next.set(marked(unreachable.head()));
    unreachable.head().set_previous_head(links);
}

/// Makes the unreachable list a normal one.
pub(super) fn clear_unreachable_mask(unreachable: &GcList) {
    let head: *const GcHead = unreachable.head();
    let mut at = without_mark(unreachable.head().next.get());
    unreachable.head().next.set(at);
    while !std::ptr::eq(at, head) {
        // SAFETY: live links.
        let links = unsafe { &*at };
        at = without_mark(links.next.get());
        links.next.set(at);
    }
}

/// Takes the candidates' flag off, for a second look at the same objects.
pub(super) fn clear_collecting(list: &GcList) {
    for_each(list, |links| links.set(GcHead::COLLECTING, false));
}

/// The object behind links.
pub(super) fn object_of(links: &GcHead) -> &Object {
    // SAFETY: links of a list belong to live objects, but for the head, which no caller passes.
    unsafe { &*links.object().as_ptr() }
}

/// Shows what an object holds.
pub(super) fn visit(object: &Object, visitor: &mut Visitor<'_>) {
    // SAFETY: the object is alive and of its own type.
    unsafe { (object.kind().lifecycle.visit.get())(object.pointer(), visitor) };
}

fn refs(links: &GcHead) -> usize {
    links.previous.get() >> GcHead::COUNT_SHIFT
}

fn set_refs(links: &GcHead, refs: usize) {
    links.previous.set(links.previous.get() & GcHead::FLAGS | refs << GcHead::COUNT_SHIFT);
}

/// The flags of an object that is no candidate any more.
const fn kept_flags() -> usize {
    GcHead::FLAGS & !GcHead::COLLECTING
}

fn marked(links: *const GcHead) -> *const GcHead {
    links.map_addr(|address| address | UNREACHABLE)
}

fn without_mark(links: *const GcHead) -> *const GcHead {
    links.map_addr(|address| address & !UNREACHABLE)
}
