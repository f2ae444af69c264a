//! Release: what happens when a count falls to zero.
//!
//! Releases nest, since dropping a container drops what it holds. Fifty deep is enough: deeper ones are put on a list
//! and done when the outermost release has finished, last come first, as CPython's trashcan does. So a list of ten
//! million links dies without using up the native stack, and in CPython's order.

use std::hint::cold_path;
use std::ptr::NonNull;

use super::current::space;
use super::gc_links::GcHead;
use super::header::Object;
use super::lifecycle::Prefix;
use super::space::ObjectSpace;
use super::weak;

/// Releases nested deeper than this wait.
pub(super) const DEPTH_LIMIT: u32 = 50;

/// Releases an object whose count is zero.
///
/// # Safety
/// The count is zero and nobody uses the object any more.
#[inline(never)]
pub unsafe fn release(object: NonNull<Object>) {
    // SAFETY: the object is whole until its dealloc runs.
    unsafe {
        let dealloc = object.as_ref().kind().lifecycle.dealloc.get();
        dealloc(space(), object);
    }
}

/// Dealloc of objects that hold nothing.
///
/// # Safety
/// As for [`release`].
pub unsafe fn dealloc_leaf(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: leaves have no prefix, no fields to drop and a static type.
    unsafe { space.heap.release(object.cast()) }
}

/// Dealloc of objects that hold references or buffers but are no containers for the collector.
///
/// # Safety
/// As for [`release`].
pub unsafe fn dealloc_plain(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: the fields are dropped once, then the block is freed.
    unsafe {
        weak::clear_all(object);
        (object.as_ref().kind().lifecycle.drop_contents.get())(object);
        finish_release(space, object);
    }
}

/// Dealloc of containers.
///
/// # Safety
/// As for [`release`].
pub unsafe fn dealloc_container(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: the object is untracked before it is taken apart; `release_nested` calls the closure once.
    unsafe {
        space.untrack(object);
        release_nested(space, object, |space, object| {
            let lifecycle = &object.as_ref().kind().lifecycle;
            if let Some(finalize) = lifecycle.finalize.get() {
                cold_path();
                if !run_finalizer(space, object, finalize) {
                    return;
                }
            }
            weak::clear_all(object);
            (lifecycle.drop_contents.get())(object);
            finish_release(space, object);
        });
    }
}

/// What a list holds.
pub trait ListContents {
    /// Drops it.
    ///
    /// # Safety
    /// The object is a list that is taken apart.
    unsafe fn drop_contents(space: &ObjectSpace, object: NonNull<Object>);
}

/// Dealloc of lists that are of no class made by a program: the block is kept for the next list.
///
/// # Safety
/// As for [`release`]; the list was born by [`ObjectSpace::birth_list`] and has these contents.
#[inline(always)]
pub unsafe fn dealloc_list<C: ListContents>(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: as for `dealloc_container`; lists have no finalizer and an uncounted type.
    unsafe {
        space.untrack(object);
        release_nested(space, object, |space, object| {
            weak::clear_all(object);
            C::drop_contents(space, object);
            space.free_list_block(object);
        });
    }
}

/// Contents that a list's lifecycle knows how to drop.
struct OfLifecycle;

impl ListContents for OfLifecycle {
    unsafe fn drop_contents(_: &ObjectSpace, object: NonNull<Object>) {
        // SAFETY: as promised.
        unsafe { (object.as_ref().kind().lifecycle.drop_contents.get())(object) }
    }
}

/// As [`dealloc_list`]; observers of the heap are told. It stands in the type's lifecycle while somebody follows lists.
///
/// # Safety
/// As for [`dealloc_list`].
pub unsafe fn dealloc_list_told(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: a list has the collector's links in front; the rest as promised.
    unsafe {
        space.heap.tell_dying(object.cast::<u8>().sub(Prefix::Gc.bytes()));
        dealloc_list::<OfLifecycle>(space, object);
    }
}

/// Runs a native finalizer (generators); says whether the object still dies.
///
/// # Safety
/// The object is untracked, its count is zero.
unsafe fn run_finalizer(
    space: &ObjectSpace,
    object: NonNull<Object>,
    finalize: unsafe fn(NonNull<Object>),
) -> bool {
    // SAFETY: the count is one while Python code may see the object.
    unsafe {
        let header = object.as_ref();
        if header.gc_head_unchecked().has(GcHead::FINALIZED) {
            return true;
        }
        header.gc_head_unchecked().set(GcHead::FINALIZED, true);
        header.set_count(1);
        finalize(object);
        header.set_count(header.count() - 1);
        if header.count() > 0 {
            if !header.gc_head_unchecked().is_linked() {
                space.track(object);
            }
            return false;
        }
        space.untrack(object);
        true
    }
}

/// Frees the block and drops the reference to a counted type.
///
/// # Safety
/// All fields of the object are dropped.
#[inline]
pub unsafe fn finish_release(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: the type outlives this call: its reference is dropped last.
    unsafe {
        let kind = object.as_ref().kind_pointer();
        let lifecycle = &kind.as_ref().lifecycle;
        space.free_block(object, lifecycle.prefix);
        if lifecycle.counts_type {
            drop(super::reference::ObjectRef::from_owned(kind.cast()));
        }
    }
}

/// Whether [`release_nested`] would take an object apart now.
#[inline(always)]
pub fn may_nest(space: &ObjectSpace) -> bool {
    space.release_depth.get() < space.nesting_limit.get()
}

/// Runs `take_apart` now, or later when releases are nested too deeply.
///
/// # Safety
/// The object is an untracked container whose count is zero; `take_apart` is its type's way to release it.
#[inline]
pub unsafe fn release_nested(
    space: &ObjectSpace,
    object: NonNull<Object>,
    take_apart: unsafe fn(&ObjectSpace, NonNull<Object>),
) {
    if space.release_depth.get() >= space.nesting_limit.get() {
        cold_path();
        // SAFETY: as promised by the caller.
        return unsafe { release_apart(space, object, take_apart) };
    }
    // SAFETY: as promised by the caller.
    unsafe { nest(space, object, take_apart) };
    if space.release_depth.get() == 0 && !space.waiting.get().is_null() {
        cold_path();
        release_waiting(space);
    }
}

/// # Safety
/// As for [`release_nested`].
#[inline(always)]
unsafe fn nest(
    space: &ObjectSpace,
    object: NonNull<Object>,
    take_apart: unsafe fn(&ObjectSpace, NonNull<Object>),
) {
    space.release_depth.set(space.release_depth.get() + 1);
    // SAFETY: as promised by the caller.
    unsafe { take_apart(space, object) };
    space.release_depth.set(space.release_depth.get() - 1);
}

/// A release that has to wait, or that somebody follows.
///
/// # Safety
/// As for [`release_nested`].
#[cold]
#[inline(never)]
unsafe fn release_apart(
    space: &ObjectSpace,
    object: NonNull<Object>,
    take_apart: unsafe fn(&ObjectSpace, NonNull<Object>),
) {
    if space.release_depth.get() >= DEPTH_LIMIT {
        // SAFETY: an untracked container's links are free to use, but for its flags.
        let links = unsafe { object.as_ref().gc_head_unchecked() };
        links.set_previous_head(space.waiting.get());
        space.waiting.set(links);
        return;
    }
    let follower = space.release_follower.get();
    // SAFETY: as promised by the caller; the object is whole until it is taken apart.
    unsafe {
        follower.inspect(|follower| follower.begins(object.as_ref()));
        nest(space, object, take_apart);
    }
    follower.inspect(|follower| follower.ends());
    if space.release_depth.get() == 0 && !space.waiting.get().is_null() {
        release_waiting(space);
    }
}

/// Releases what waits, the newest first.
#[cold]
fn release_waiting(space: &ObjectSpace) {
    while !space.waiting.get().is_null() {
        // SAFETY: what waits is an untracked container with count zero, linked through its previous pointer.
        unsafe {
            let links = &*space.waiting.get();
            space.waiting.set(links.previous_head());
            links.set_previous_head(std::ptr::null());
            space.release_depth.set(space.release_depth.get() + 1);
            release(links.object());
            space.release_depth.set(space.release_depth.get() - 1);
        }
    }
}
