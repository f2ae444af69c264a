//! The layout of `slice`: the three parts of `a[start:stop:step]`.

use std::cell::Cell;
use std::hint::cold_path;
use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use super::storage::{adopt, container_lifecycle};
use crate::object::{
    Lifecycle, Object, ObjectRef, ObjectSpace, Prefix, Ref, TypeHead, Visitor, layout, may_nest,
    release_nested, space,
};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Slice>();

/// A slice.
#[repr(C)]
pub struct Slice {
    /// The header.
    pub object: Object,
    start: Cell<Option<ObjectRef>>,
    stop: Cell<Option<ObjectRef>>,
    step: Cell<Option<ObjectRef>>,
}

layout!(Slice, object, Object);

impl Slice {
    /// A slice.
    pub fn new(
        kind: &TypeHead,
        start: ObjectRef,
        stop: ObjectRef,
        step: ObjectRef,
    ) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written.
        unsafe {
            let object = space().birth_tracked(kind, BASIC_SIZE).ok_or(OutOfMemory)?.cast::<Self>();
            object.as_ref().start.as_ptr().write(Some(start));
            object.as_ref().stop.as_ptr().write(Some(stop));
            object.as_ref().step.as_ptr().write(Some(step));
            Ok(adopt(object))
        }
    }

    /// A slice of two or three references that stand in a row, which move into it; the third part may be `none`. If there
    /// is no memory they stay.
    ///
    /// # Safety
    /// The slots hold `count` owned references; after success they are the slice's.
    pub unsafe fn from_raw_slots(
        kind: &TypeHead,
        slots: *const ObjectRef,
        count: usize,
        none: &ObjectRef,
    ) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: as promised; all fields are written.
        unsafe {
            let Some(object) = space().birth_tracked(kind, BASIC_SIZE) else {
                cold_path();
                return Err(OutOfMemory);
            };
            let object = object.cast::<Self>();
            let step = if count > 2 { slots.add(2).read() } else { none.clone() };
            object.as_ref().start.as_ptr().write(Some(slots.read()));
            object.as_ref().stop.as_ptr().write(Some(slots.add(1).read()));
            object.as_ref().step.as_ptr().write(Some(step));
            Ok(adopt(object))
        }
    }

    /// Gives back references to parts that others hold too, up to one that would die. Says whether all were such.
    #[inline(always)]
    fn let_go(&self) -> bool {
        for field in [&self.step, &self.start, &self.stop] {
            // SAFETY: nobody else looks at the field while the slice is taken apart.
            let Some(part) = (unsafe { &*field.as_ptr() }) else { continue };
            let count = part.count();
            if count == 1 {
                cold_path();
                return false;
            }
            part.set_count(count - 1);
            std::mem::forget(field.take());
        }
        true
    }

    /// Where it starts.
    pub fn start(&self) -> ObjectRef {
        own(&self.start)
    }

    /// Where it stops, exclusive.
    pub fn stop(&self) -> ObjectRef {
        own(&self.stop)
    }

    /// The step.
    pub fn step(&self) -> ObjectRef {
        own(&self.step)
    }

    /// Where it starts, for as long as somebody keeps the slice.
    pub fn borrow_start(&self) -> &Object {
        borrowed(&self.start)
    }

    /// Where it stops, likewise.
    pub fn borrow_stop(&self) -> &Object {
        borrowed(&self.stop)
    }

    /// The step, likewise.
    pub fn borrow_step(&self) -> &Object {
        borrowed(&self.step)
    }
}

/// What a field holds.
fn borrowed(field: &Cell<Option<ObjectRef>>) -> &Object {
    // SAFETY: a field never changes, and is empty only while its object is taken apart.
    unsafe { (*field.as_ptr()).as_ref().unwrap_unchecked() }
}

/// A new reference to what a field holds, which never changes.
fn own(field: &Cell<Option<ObjectRef>>) -> ObjectRef {
    borrowed(field).new_ref()
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is the one of this layout.
    let this = unsafe { object.as_ref().cast::<Slice>() };
    drop(this.step.take());
    drop(this.start.take());
    drop(this.stop.take());
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is the one of this layout; the visitor changes nothing.
    unsafe {
        let this = object.as_ref().cast::<Slice>();
        for field in [&this.start, &this.stop, &this.step] {
            if let Some(part) = &*field.as_ptr() {
                visitor(part.as_pointer());
            }
        }
    }
}

unsafe fn size(_: NonNull<Object>) -> usize {
    BASIC_SIZE
}

/// How these objects live and die.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = container_lifecycle(drop_contents, size);
    lifecycle.dealloc.set(dealloc);
    lifecycle.visit.set(visit);
    lifecycle
}

/// Dealloc of slices, which have nothing but the collector's links in front, no finalizer and no weak references. No
/// class of a program inherits from them.
unsafe fn dealloc(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: the object is untracked before it is taken apart, and its parts are dropped once.
    unsafe {
        space.untrack(object);
        // Mostly others hold the parts too, and nothing dies with the slice.
        if may_nest(space) && object.as_ref().cast::<Slice>().let_go() {
            return space.free_block(object, Prefix::Gc);
        }
        release_nested(space, object, |space, object| {
            drop_contents(object);
            space.free_block(object, Prefix::Gc);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::{fake_type, in_space};

    #[test]
    fn parts_are_held_and_dropped() {
        assert_eq!(BASIC_SIZE, 40);
        in_space(|kinds| {
            let parts: Vec<_> = (0..3).map(|part| kinds.int(part)).collect();
            let [start, stop, step] = &parts[..] else { unreachable!() };
            let object =
                Slice::new(fake_type(lifecycle()), start.clone(), stop.clone(), step.clone()).unwrap();
            assert!(parts.iter().all(|part| part.count() == 2));
            assert_eq!(kinds.value(&object.stop()), 1);
            assert!(object.is_tracked());
            drop(object);
            assert!(parts.iter().all(|part| part.count() == 1));
        });
    }
}
