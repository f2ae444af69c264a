//! What all layouts share: birth of an object, blocks for separate buffers, and the plain lifecycle table.
//!
//! An instance of a subclass written in Python is larger than its base: `extra` bytes for its own slots follow the
//! layout, aligned to eight and zero at birth.

use std::cell::Cell;
use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use crate::object::{
    Layout, Lifecycle, Object, ObjectRef, ObjectSpace, Prefix, Ref, TypeHead, dealloc_container,
    dealloc_leaf, dealloc_plain, no_contents, space,
};

/// A function that takes an object with count zero apart.
type Dealloc = unsafe fn(&ObjectSpace, NonNull<Object>);

/// A copy of bytes outside of the heap, for as long as the buffer they came from may change.
pub(super) fn copy_of(bytes: &[u8]) -> Result<Vec<u8>, OutOfMemory> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(bytes.len()).map_err(|_| OutOfMemory)?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

/// A block of `bytes` bytes for a buffer.
#[inline]
pub(super) fn allocate_block(bytes: usize) -> Result<NonNull<u8>, OutOfMemory> {
    space().heap.allocate(bytes).ok_or(OutOfMemory)
}

/// A block for `count` items of type `T`.
#[inline]
pub(super) fn allocate_items<T>(count: usize) -> Result<NonNull<T>, OutOfMemory> {
    allocate_block(count.checked_mul(size_of::<T>()).ok_or(OutOfMemory)?).map(NonNull::cast)
}

/// Makes a block larger or smaller; null is an empty one.
///
/// # Safety
/// `block` is null or a block of the heap that nobody else uses.
#[inline]
pub(super) unsafe fn reallocate_items<T>(block: *mut T, count: usize) -> Result<NonNull<T>, OutOfMemory> {
    let bytes = count.checked_mul(size_of::<T>()).ok_or(OutOfMemory)?;
    match NonNull::new(block) {
        // SAFETY: as promised.
        Some(block) => {
            unsafe { space().heap.reallocate(block.cast(), bytes) }.ok_or(OutOfMemory).map(NonNull::cast)
        }
        None => allocate_block(bytes).map(NonNull::cast),
    }
}

/// Frees a buffer; null is none.
///
/// # Safety
/// `block` is null or a block of the heap that nobody uses any more.
#[inline]
pub(super) unsafe fn release_items<T>(block: *mut T) {
    if let Some(block) = NonNull::new(block) {
        // SAFETY: as promised.
        unsafe { space().heap.release(block.cast()) }
    }
}

/// A new object of `size` bytes and `extra` zero bytes behind them, whose header is written and whose fields are not.
///
/// # Safety
/// `size` covers the fixed part of `T`; the caller writes all fields before anything else happens.
#[inline]
pub(super) unsafe fn born<T: Layout>(
    kind: &TypeHead,
    size: usize,
    extra: usize,
) -> Result<NonNull<T>, OutOfMemory> {
    if extra > 0 {
        // SAFETY: as promised.
        return unsafe { born_larger(kind, size, extra) };
    }
    // SAFETY: as promised.
    Ok(unsafe { space().birth(kind, size) }.ok_or(OutOfMemory)?.cast())
}

/// As [`born`] without extra bytes, where taking a block off a free list is all that is to do; else none, and the general
/// way is to be taken.
///
/// # Safety
/// As for [`born`]; the object is complete and has nothing in front of it.
#[inline(always)]
pub(super) unsafe fn born_at_once<T: Layout>(kind: &TypeHead, size: usize) -> Option<NonNull<T>> {
    // SAFETY: as promised.
    Some(unsafe { space().birth_at_once(kind, size) }?.cast())
}

/// The same where [`born_at_once`] has found none.
///
/// # Safety
/// As for [`born`].
#[inline]
pub(super) unsafe fn born_last<T: Layout>(kind: &TypeHead, size: usize) -> Result<NonNull<T>, OutOfMemory> {
    // SAFETY: as promised.
    Ok(unsafe { space().birth_last(kind, size) }.ok_or(OutOfMemory)?.cast())
}

/// # Safety
/// As for [`born`].
#[cold]
unsafe fn born_larger<T: Layout>(
    kind: &TypeHead,
    size: usize,
    extra: usize,
) -> Result<NonNull<T>, OutOfMemory> {
    let aligned = size.checked_next_multiple_of(8).ok_or(OutOfMemory)?;
    let whole = aligned.checked_add(extra).ok_or(OutOfMemory)?;
    // SAFETY: as promised; the block has `whole` bytes from the header on.
    unsafe {
        let object = space().birth(kind, whole).ok_or(OutOfMemory)?;
        object.cast::<u8>().add(aligned).write_bytes(0, extra);
        Ok(object.cast())
    }
}

/// The reference to an object whose fields are written now.
///
/// # Safety
/// The caller owns the object's one reference.
#[inline]
pub(super) unsafe fn adopt<T: Layout>(object: NonNull<T>) -> Ref<T> {
    // SAFETY: as promised.
    unsafe { ObjectRef::from_owned(object.cast()).cast_into() }
}

/// As [`adopt`], for objects that the collector sees from birth.
///
/// # Safety
/// As for [`adopt`], and the object is not tracked.
#[inline]
pub(super) unsafe fn adopt_tracked<T: Layout>(object: NonNull<T>) -> Ref<T> {
    // SAFETY: as promised.
    unsafe {
        let object = object.cast::<Object>();
        if object.as_ref().kind().lifecycle.prefix.has_gc() {
            space().track(object);
        }
        ObjectRef::from_owned(object).cast_into()
    }
}

/// The lifecycle of objects that hold nothing.
pub(super) fn leaf_lifecycle(size: unsafe fn(NonNull<Object>) -> usize) -> Lifecycle {
    let lifecycle = lifecycle(dealloc_leaf, no_contents, size, Prefix::None);
    lifecycle.is_leaf.set(true);
    lifecycle
}

/// The lifecycle of objects that hold references or buffers but cannot be part of a cycle.
pub(super) fn plain_lifecycle(
    drop_contents: unsafe fn(NonNull<Object>),
    size: unsafe fn(NonNull<Object>) -> usize,
) -> Lifecycle {
    lifecycle(dealloc_plain, drop_contents, size, Prefix::None)
}

/// The lifecycle of containers; the caller sets what visits and clears them.
pub(super) fn container_lifecycle(
    drop_contents: unsafe fn(NonNull<Object>),
    size: unsafe fn(NonNull<Object>) -> usize,
) -> Lifecycle {
    lifecycle(dealloc_container, drop_contents, size, Prefix::Gc)
}

fn lifecycle(
    dealloc: Dealloc,
    drop_contents: unsafe fn(NonNull<Object>),
    size: unsafe fn(NonNull<Object>) -> usize,
    prefix: Prefix,
) -> Lifecycle {
    Lifecycle { drop_contents: Cell::new(drop_contents), ..Lifecycle::bare(dealloc, size, prefix) }
}
