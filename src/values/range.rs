//! The layout of `range`: four integers, computed once, of any length.

use std::cell::Cell;
use std::ptr::NonNull;

use super::integer::Integer;
use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, born, plain_lifecycle};
use crate::object::{Lifecycle, Object, ObjectRef, Ref, TypeHead, Visitor, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Range>();

/// A row of integers.
#[repr(C)]
pub struct Range {
    /// The header.
    pub object: Object,
    start: Cell<Option<ObjectRef>>,
    stop: Cell<Option<ObjectRef>>,
    step: Cell<Option<ObjectRef>>,
    length: Cell<Option<ObjectRef>>,
}

layout!(Range, object, Object);

impl Range {
    /// A range; the caller has computed the length.
    pub fn new(
        kind: &TypeHead,
        start: ObjectRef,
        stop: ObjectRef,
        step: ObjectRef,
        length: ObjectRef,
    ) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written.
        unsafe {
            let object = born::<Self>(kind, BASIC_SIZE, 0)?;
            object.as_ref().start.as_ptr().write(Some(start));
            object.as_ref().stop.as_ptr().write(Some(stop));
            object.as_ref().step.as_ptr().write(Some(step));
            object.as_ref().length.as_ptr().write(Some(length));
            Ok(adopt_tracked(object))
        }
    }

    /// Start, step and length where each has one digit: then all its numbers are machine words.
    pub fn words(&self) -> Option<[i64; 3]> {
        // SAFETY: the fields hold ints and never change.
        let word = |field: &Cell<Option<ObjectRef>>| unsafe {
            (*field.as_ptr()).as_ref()?.cast::<Integer>().as_one_digit()
        };
        Some([word(&self.start)?, word(&self.step)?, word(&self.length)?])
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

    /// How many numbers it has.
    pub fn length(&self) -> ObjectRef {
        own(&self.length)
    }
}

/// A new reference to what a field holds, which never changes.
fn own(field: &Cell<Option<ObjectRef>>) -> ObjectRef {
    // SAFETY: nothing runs between reading and counting; a field is empty only while its object is taken apart.
    unsafe { (*field.as_ptr()).clone().unwrap_unchecked() }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is the one of this layout.
    let this = unsafe { object.as_ref().cast::<Range>() };
    drop(this.start.take());
    drop(this.stop.take());
    drop(this.step.take());
    drop(this.length.take());
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is the one of this layout; the visitor changes nothing.
    let this = unsafe { object.as_ref().cast::<Range>() };
    for field in [&this.start, &this.stop, &this.step, &this.length] {
        // SAFETY: as above.
        if let Some(held) = unsafe { &*field.as_ptr() } {
            visitor(held.as_pointer());
        }
    }
}

unsafe fn size(_: NonNull<Object>) -> usize {
    BASIC_SIZE
}

/// How these objects live and die.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = plain_lifecycle(drop_contents, size);
    lifecycle.visit.set(visit);
    lifecycle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::{fake_type, in_space};

    #[test]
    fn parts_are_held_and_dropped() {
        assert_eq!(BASIC_SIZE, 48);
        in_space(|kinds| {
            let parts: Vec<_> = (0..4).map(|part| kinds.int(part)).collect();
            let [start, stop, step, length] = &parts[..] else { unreachable!() };
            let object =
                Range::new(fake_type(lifecycle()), start.clone(), stop.clone(), step.clone(), length.clone())
                    .unwrap();
            assert!(parts.iter().all(|part| part.count() == 2));
            assert_eq!(kinds.value(&object.stop()), 1);
            assert!(!object.is_tracked());
            drop(object);
            assert!(parts.iter().all(|part| part.count() == 1));
        });
    }
}
