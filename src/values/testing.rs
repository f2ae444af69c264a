//! For the unit tests of the layouts: a space with a heap, and types without behaviour.

use std::cell::Cell;
use std::ptr::NonNull;

use super::integer::{self, Integer};
use super::text::{self, Text};
use crate::memory::Heap;
use crate::object::{Lifecycle, Object, ObjectRef, ObjectSpace, Ref, TypeHead, enter_space};

/// A type that brings a lifecycle and nothing else. It is never freed.
pub(super) fn fake_type(lifecycle: Lifecycle) -> &'static TypeHead {
    let head = TypeHead { object: Object::new(NonNull::dangling()), lifecycle };
    Box::leak(Box::new(head))
}

/// Runs a test inside a fresh space and checks that it has freed all blocks.
pub(super) fn in_space(test: impl FnOnce(&Kinds)) {
    let heap = Heap::new(Default::default()).expect("a heap");
    let space = Box::new(ObjectSpace::new(heap));
    space.settle();
    // SAFETY: the space lives until the one before is entered again.
    let before = unsafe { enter_space(&*space) };
    test(&Kinds::new());
    // Blocks kept for the next lists are no leak.
    space.release_recycled();
    assert_eq!(space.heap.allocated_blocks(), 0, "a block has leaked");
    // SAFETY: as it was.
    unsafe { enter_space(before) };
}

/// The types that most tests need.
pub(super) struct Kinds {
    pub integer: &'static TypeHead,
    pub float: &'static TypeHead,
    pub text: &'static TypeHead,
}

impl Kinds {
    fn new() -> Self {
        Self {
            integer: fake_type(integer::lifecycle()),
            float: fake_type(super::float::lifecycle()),
            text: fake_type(text::lifecycle()),
        }
    }

    pub fn int(&self, value: i64) -> ObjectRef {
        Integer::new_small(self.integer, value).expect("memory").into_object()
    }

    pub fn text(&self, value: &str) -> Ref<Text> {
        Text::from_str(self.text, value).expect("memory")
    }

    /// The value of an integer.
    pub fn value(&self, object: &Object) -> i64 {
        assert!(object.is_exactly(self.integer));
        // SAFETY: of that type are only integers.
        unsafe { object.cast::<Integer>() }.to_i64().expect("a small integer")
    }
}

thread_local! {
    static DEATHS: Cell<Vec<i64>> = const { Cell::new(Vec::new()) };
}

unsafe fn note_death(object: NonNull<Object>) {
    // SAFETY: only integers have this lifecycle.
    let value = unsafe { object.as_ref().cast::<Integer>() }.to_i64().unwrap_or(-1);
    let mut deaths = DEATHS.take();
    deaths.push(value);
    DEATHS.set(deaths);
}

/// A type of integers whose deaths are noted.
pub(super) fn mortal_type() -> &'static TypeHead {
    let lifecycle = integer::lifecycle();
    lifecycle.drop_contents.set(note_death);
    lifecycle.dealloc.set(crate::object::dealloc_plain);
    fake_type(lifecycle)
}

/// The deaths noted since the last call.
pub(super) fn deaths() -> Vec<i64> {
    DEATHS.take()
}
