//! The layout of `collections.deque`: a ring of references in one block, which doubles when it is full.
//!
//! ```text
//! | count | type | ring | capacity | first | length | changes | greatest length | weak list |
//!
//!   ring:  | item 2 | item 3 | room | room | item 0 | item 1 |        first = 4, length = 4
//! ```
//!
//! The capacity is zero or a power of two, so places wrap by a mask. `changes` counts what iterators must notice.

use std::cell::Cell;
use std::mem::offset_of;
use std::ptr::NonNull;

use super::item_buffer::ItemBuffer;
use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, allocate_items, born, container_lifecycle, release_items};
use crate::object::{Lifecycle, Object, ObjectRef, Ref, TypeHead, Visitor, WeakSupport, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Deque>();
const LEAST_CAPACITY: usize = 8;

/// A deque.
#[repr(C)]
pub struct Deque {
    /// The header.
    pub object: Object,
    ring: Cell<*mut ObjectRef>,
    capacity: Cell<usize>,
    first: Cell<usize>,
    length: Cell<usize>,
    changes: Cell<usize>,
    greatest: Cell<usize>,
    weak: Cell<*const Object>,
}

layout!(Deque, object, Object);

/// Birth and looking.
impl Deque {
    /// An empty deque without a greatest length, which ends in `extra` bytes of its subclass.
    pub fn new(kind: &TypeHead, extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written.
        unsafe {
            let deque = born::<Self>(kind, BASIC_SIZE, extra)?;
            let this = deque.as_ptr();
            (&raw mut (*this).ring).write(Cell::new(std::ptr::null_mut()));
            (&raw mut (*this).capacity).write(Cell::new(0));
            (&raw mut (*this).first).write(Cell::new(0));
            (&raw mut (*this).length).write(Cell::new(0));
            (&raw mut (*this).changes).write(Cell::new(0));
            (&raw mut (*this).greatest).write(Cell::new(usize::MAX));
            (&raw mut (*this).weak).write(Cell::new(std::ptr::null()));
            Ok(adopt_tracked(deque))
        }
    }

    /// How many items there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.length.get()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The greatest length; none where there is no bound.
    pub fn greatest(&self) -> Option<usize> {
        Some(self.greatest.get()).filter(|greatest| *greatest != usize::MAX)
    }

    /// Sets the greatest length; the items stay as they are.
    pub fn set_greatest(&self, greatest: Option<usize>) {
        self.greatest.set(greatest.unwrap_or(usize::MAX));
    }

    /// Changes whenever items come or go, or are moved.
    #[inline]
    pub fn changes(&self) -> usize {
        self.changes.get()
    }

    /// Bytes of the ring.
    pub fn ring_bytes(&self) -> usize {
        self.capacity.get() * 8
    }

    fn touch(&self) {
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    /// The place of an item, or of the room behind the last one.
    #[inline]
    fn place(&self, index: usize) -> *mut ObjectRef {
        let mask = self.capacity.get().wrapping_sub(1);
        self.ring.get().wrapping_add(self.first.get().wrapping_add(index) & mask)
    }

    /// A new reference to an item.
    #[inline]
    pub fn get(&self, index: usize) -> Option<ObjectRef> {
        // SAFETY: inside the deque.
        (index < self.len()).then(|| unsafe { (*self.place(index)).clone() })
    }
}

/// Changing.
impl Deque {
    /// Replaces an item inside the deque and hands back the old one.
    pub fn set(&self, index: usize, item: ObjectRef) -> ObjectRef {
        assert!(index < self.len());
        // SAFETY: inside the deque.
        unsafe { self.place(index).replace(item) }
    }

    fn make_room(&self) -> Result<(), OutOfMemory> {
        if self.len() < self.capacity.get() {
            return Ok(());
        }
        let capacity = self.capacity.get().checked_mul(2).ok_or(OutOfMemory)?.max(LEAST_CAPACITY);
        let ring = allocate_items::<ObjectRef>(capacity)?.as_ptr();
        for index in 0..self.len() {
            // SAFETY: each reference is moved once, into a block with room for all.
            unsafe { ring.add(index).copy_from_nonoverlapping(self.place(index), 1) };
        }
        // SAFETY: the items have moved.
        unsafe { release_items(self.ring.replace(ring)) };
        self.capacity.set(capacity);
        self.first.set(0);
        Ok(())
    }

    /// Appends an item on the right.
    pub fn push_back(&self, item: ObjectRef) -> Result<(), OutOfMemory> {
        self.make_room()?;
        // SAFETY: there is room for one more.
        unsafe { self.place(self.len()).write(item) };
        self.length.set(self.len() + 1);
        self.touch();
        Ok(())
    }

    /// Appends an item on the left.
    pub fn push_front(&self, item: ObjectRef) -> Result<(), OutOfMemory> {
        self.make_room()?;
        self.first.set(self.first.get().wrapping_sub(1) & (self.capacity.get() - 1));
        // SAFETY: there is room for one more.
        unsafe { self.place(0).write(item) };
        self.length.set(self.len() + 1);
        self.touch();
        Ok(())
    }

    /// Takes the rightmost item.
    pub fn pop_back(&self) -> Option<ObjectRef> {
        let last = self.len().checked_sub(1)?;
        self.length.set(last);
        self.touch();
        // SAFETY: it is none of the deque's any more.
        Some(unsafe { self.place(last).read() })
    }

    /// Takes the leftmost item.
    pub fn pop_front(&self) -> Option<ObjectRef> {
        let last = self.len().checked_sub(1)?;
        // SAFETY: it is none of the deque's from here on.
        let item = unsafe { self.place(0).read() };
        self.first.set((self.first.get() + 1) & (self.capacity.get() - 1));
        self.length.set(last);
        self.touch();
        Some(item)
    }

    /// Moves the last `steps` items to the front, one by one.
    pub fn rotate(&self, steps: usize) {
        let (length, mask) = (self.len(), self.capacity.get().wrapping_sub(1));
        if length < 2 {
            return;
        }
        let steps = steps % length;
        // The shorter way round.
        if steps <= length / 2 {
            for _ in 0..steps {
                let from = self.place(length - 1);
                self.first.set(self.first.get().wrapping_sub(1) & mask);
                // SAFETY: one reference moves into the place before the first, which is free or the one it leaves.
                unsafe { self.place(0).copy_from(from, 1) };
            }
        } else {
            for _ in 0..length - steps {
                let from = self.place(0);
                self.first.set((self.first.get() + 1) & mask);
                // SAFETY: one reference moves into the place behind the last, which is free or the one it leaves.
                unsafe { self.place(length - 1).copy_from(from, 1) };
            }
        }
        self.touch();
    }

    /// Inserts an item in front of an index that is at most the length.
    pub fn insert(&self, index: usize, item: ObjectRef) -> Result<(), OutOfMemory> {
        self.push_back(item)?;
        for at in (index + 1..self.len()).rev() {
            // SAFETY: both are inside.
            unsafe { std::ptr::swap(self.place(at), self.place(at - 1)) };
        }
        Ok(())
    }

    /// Takes an item out.
    pub fn remove(&self, index: usize) -> Option<ObjectRef> {
        if index >= self.len() {
            return None;
        }
        for at in index + 1..self.len() {
            // SAFETY: both are inside.
            unsafe { std::ptr::swap(self.place(at - 1), self.place(at)) };
        }
        self.pop_back()
    }

    /// Turns the order around.
    pub fn reverse(&self) {
        let length = self.len();
        for index in 0..length / 2 {
            // SAFETY: both are inside.
            unsafe { std::ptr::swap(self.place(index), self.place(length - 1 - index)) };
        }
        self.touch();
    }

    /// Copies of the references in order.
    pub fn items(&self) -> Result<ItemBuffer, OutOfMemory> {
        let mut items = ItemBuffer::with_capacity(self.len())?;
        for item in (0..self.len()).filter_map(|index| self.get(index)) {
            items.push(item)?;
        }
        Ok(items)
    }

    /// Drops all items, the first first, after the deque has become empty.
    pub fn clear(&self) {
        let (ring, capacity) = (self.ring.replace(std::ptr::null_mut()), self.capacity.replace(0));
        let (first, length) = (self.first.replace(0), self.length.replace(0));
        self.touch();
        for index in 0..length {
            // SAFETY: the ring was the deque's and held so many references from the first on.
            drop(unsafe { ring.add((first + index) & (capacity - 1)).read() });
        }
        // SAFETY: nothing is left in it.
        unsafe { release_items(ring) };
    }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of deques.
    unsafe { object.as_ref().cast::<Deque>() }.clear();
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is one of deques; the visitor changes nothing.
    unsafe {
        let deque = object.as_ref().cast::<Deque>();
        for index in 0..deque.len() {
            visitor((*deque.place(index)).as_pointer());
        }
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of deques.
    BASIC_SIZE + unsafe { object.as_ref().cast::<Deque>() }.ring_bytes()
}

/// How deques live and die.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = container_lifecycle(drop_contents, size);
    lifecycle.visit.set(visit);
    lifecycle.clear.set(Some(drop_contents));
    lifecycle.weak.set(WeakSupport::Field(offset_of!(Deque, weak) as u32));
    lifecycle
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::values::testing::{Kinds, fake_type, in_space};
    use proptest::prelude::*;

    fn values(kinds: &Kinds, deque: &Deque) -> Vec<i64> {
        (0..deque.len()).filter_map(|index| deque.get(index)).map(|item| kinds.value(&item)).collect()
    }

    proptest! {
        #[test]
        fn like_a_model(steps in prop::collection::vec((0..8u8, 0..12usize), 0..60)) {
            in_space(|kinds| {
                let deque = Deque::new(fake_type(lifecycle()), 0).expect("memory");
                let mut model = VecDeque::new();
                for (number, (step, at)) in steps.into_iter().enumerate() {
                    let value = number as i64;
                    let at = at % (model.len() + 1);
                    match step {
                        0 => { deque.push_back(kinds.int(value)).expect("memory"); model.push_back(value); }
                        1 => { deque.push_front(kinds.int(value)).expect("memory"); model.push_front(value); }
                        2 => assert_eq!(deque.pop_back().map(|item| kinds.value(&item)), model.pop_back()),
                        3 => assert_eq!(deque.pop_front().map(|item| kinds.value(&item)), model.pop_front()),
                        4 => { deque.insert(at, kinds.int(value)).expect("memory"); model.insert(at, value); }
                        5 => assert_eq!(deque.remove(at).map(|item| kinds.value(&item)), model.remove(at)),
                        6 => { deque.reverse(); model.make_contiguous().reverse(); }
                        _ => { deque.rotate(at); model.rotate_right(at.min(model.len())); }
                    }
                    assert_eq!(values(kinds, &deque), model.iter().copied().collect::<Vec<_>>());
                }
                deque.clear();
                assert!(deque.is_empty());
            });
        }
    }
}
