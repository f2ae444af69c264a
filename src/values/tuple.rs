//! The layout of `tuple`: a length and the items, in the object itself.
//!
//! A tuple of values that can be part of no cycle need not be seen by the collector: its first collection untracks it.

use std::cell::Cell;
use std::hint::cold_path;
use std::mem::offset_of;
use std::ptr::NonNull;

use super::list::List;
use super::memory_error::OutOfMemory;
use super::storage::{adopt, adopt_tracked, born, container_lifecycle};
use crate::object::{
    Lifecycle, Object, ObjectRef, ObjectSpace, Prefix, Ref, TypeHead, Visitor, layout, release_nested, space,
};

/// Bytes of the layout without items.
pub const BASIC_SIZE: usize = ITEMS_OFFSET;
/// Where the first item stands.
pub const ITEMS_OFFSET: usize = offset_of!(Tuple, items);

/// A tuple.
#[repr(C)]
pub struct Tuple {
    /// The header.
    pub object: Object,
    length: Cell<usize>,
    items: [ObjectRef; 0],
}

layout!(Tuple, object, Object);

impl Tuple {
    /// A tuple of these items. The empty one is a singleton: see to that before.
    pub fn new(
        kind: &TypeHead,
        items: impl ExactSizeIterator<Item = ObjectRef>,
    ) -> Result<Ref<Self>, OutOfMemory> {
        Self::with_extra(kind, items, 0)
    }

    /// As [`Tuple::new`] for a subclass whose instances end in `extra` bytes of their own.
    pub fn with_extra(
        kind: &TypeHead,
        items: impl ExactSizeIterator<Item = ObjectRef>,
        extra: usize,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let length = items.len();
        // SAFETY: the items are written one by one, and the length says how many are.
        unsafe {
            let tuple = Self::unwritten(kind, length, extra)?;
            let mut written = 0;
            for item in items.take(length) {
                tuple.as_ref().item_pointer().add(written).write(item);
                written += 1;
            }
            tuple.as_ref().length.set(written);
            Ok(adopt_tracked(tuple))
        }
    }

    /// A tuple of the items of a list.
    pub fn of_list(kind: &TypeHead, list: &List) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: the length is that of what is written; neither allocation nor counting runs anything that could change
        // the list.
        unsafe {
            let tuple = Self::unwritten(kind, list.len(), 0)?;
            let place = tuple.as_ref().item_pointer();
            for (index, item) in list.borrow_items().iter().enumerate() {
                place.add(index).write(item.clone());
            }
            tuple.as_ref().length.set(list.len());
            Ok(adopt_tracked(tuple))
        }
    }

    /// A tuple of `count` references that stand in a row, which move into it. If there is no memory they stay.
    ///
    /// # Safety
    /// The slots hold `count` owned references; after success they are the tuple's.
    #[inline]
    pub unsafe fn from_raw_slots(
        kind: &TypeHead,
        slots: *const NonNull<Object>,
        count: usize,
    ) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: as promised.
        unsafe {
            let bytes = count.checked_mul(8).and_then(|bytes| bytes.checked_add(BASIC_SIZE));
            let tuple =
                space().birth_tracked(kind, bytes.ok_or(OutOfMemory)?).ok_or(OutOfMemory)?.cast::<Self>();
            tuple.as_ref().length.as_ptr().write(count);
            let (items, slots) = (tuple.as_ref().item_pointer(), slots.cast::<ObjectRef>());
            // Most tuples are short, and a call would cost more.
            match count {
                2 => items.cast::<[ObjectRef; 2]>().write(slots.cast::<[ObjectRef; 2]>().read()),
                3 => items.cast::<[ObjectRef; 3]>().write(slots.cast::<[ObjectRef; 3]>().read()),
                _ => items.copy_from_nonoverlapping(slots, count),
            }
            Ok(adopt(tuple))
        }
    }

    /// A tuple with room for items; its length is zero so far.
    ///
    /// # Safety
    /// The caller writes items and length.
    #[inline]
    unsafe fn unwritten(kind: &TypeHead, length: usize, extra: usize) -> Result<NonNull<Self>, OutOfMemory> {
        let bytes =
            length.checked_mul(8).and_then(|bytes| bytes.checked_add(BASIC_SIZE)).ok_or(OutOfMemory)?;
        // SAFETY: as promised.
        unsafe {
            let tuple = born::<Self>(kind, bytes, extra)?;
            tuple.as_ref().length.as_ptr().write(0);
            Ok(tuple)
        }
    }

    #[inline]
    fn item_pointer(&self) -> *mut ObjectRef {
        std::ptr::from_ref(self).wrapping_byte_add(ITEMS_OFFSET) as *mut ObjectRef
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

    /// The items. Borrowed: keep the tuple alive while they are used.
    #[inline]
    pub fn items(&self) -> &[ObjectRef] {
        // SAFETY: so many follow, and they never change while the tuple lives.
        unsafe { std::slice::from_raw_parts(self.item_pointer(), self.len()) }
    }

    /// A new reference to an item.
    #[inline]
    pub fn get(&self, index: usize) -> Option<ObjectRef> {
        self.items().get(index).cloned()
    }

    /// Replaces an item of a tuple that has one reference, whose owner may do so: nobody else can see it. The answer
    /// is the old item; in a tuple that others see nothing changes, and the new one comes back.
    #[inline]
    pub fn replace_unseen(&self, index: usize, item: ObjectRef) -> ObjectRef {
        if self.count() != 1 || index >= self.len() {
            return item;
        }
        // SAFETY: tuples have links.
        if !unsafe { self.gc_head_unchecked() }.is_linked() && may_be_tracked(&item) {
            // SAFETY: this one was untracked for the items that it had.
            unsafe { space().track(self.pointer()) };
        }
        // SAFETY: inside the tuple; the one owner is the caller, who has no items borrowed.
        unsafe { self.item_pointer().add(index).replace(item) }
    }

    /// Replaces both items of a pair that has one reference, as [`Tuple::replace_unseen`].
    #[inline(always)]
    pub fn replace_pair(&self, first: ObjectRef, second: ObjectRef) -> [ObjectRef; 2] {
        if self.count() != 1 || self.len() != 2 {
            cold_path();
            return [first, second];
        }
        // SAFETY: tuples have links.
        if !unsafe { self.gc_head_unchecked() }.is_linked()
            && (first.gc_head().is_some() || second.gc_head().is_some())
        {
            cold_path();
            self.track_for_pair(&first, &second);
        }
        // SAFETY: as for one item.
        unsafe { self.item_pointer().cast::<[ObjectRef; 2]>().replace([first, second]) }
    }

    /// Tracks a tuple that was untracked for the items that it had, if one of these can be part of a cycle.
    #[inline(never)]
    fn track_for_pair(&self, first: &Object, second: &Object) {
        if may_be_tracked(first) || may_be_tracked(second) {
            // SAFETY: tuples have links, and this one is not tracked.
            unsafe { space().track(self.pointer()) };
        }
    }

    /// Whether no item can ever be part of a cycle, so that the collector need not see the tuple. Ask this of exact
    /// tuples only: an instance of a subclass may have attributes.
    pub fn may_untrack(&self) -> bool {
        !self.items().iter().any(|item| may_be_tracked(item))
    }

    /// Takes the items out one by one, the last first; a tuple that is taken apart stays valid.
    fn drop_items(&self) {
        while let Some(last) = self.len().checked_sub(1) {
            self.length.set(last);
            // SAFETY: the item is not the tuple's any more.
            drop(unsafe { self.item_pointer().add(last).read() });
        }
    }
}

/// Whether an object is tracked or may become so. A tuple that is untracked stays so, and so does a built-in type.
#[inline]
pub fn may_be_tracked(object: &Object) -> bool {
    match object.gc_head() {
        Some(links) => links.is_linked() || (!is_exact_tuple(object) && !is_type(object)),
        None => false,
    }
}

/// Whether an object is made by `type` itself: only that is its own type.
fn is_type(object: &Object) -> bool {
    let kind = object.kind();
    kind.object.is_exactly(kind)
}

fn is_exact_tuple(object: &Object) -> bool {
    let lifecycle = &object.kind().lifecycle;
    let expected: unsafe fn(NonNull<Object>, &mut Visitor<'_>) = visit;
    !lifecycle.counts_type && std::ptr::fn_addr_eq(lifecycle.visit.get(), expected)
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of tuples.
    unsafe { object.as_ref().cast::<Tuple>() }.drop_items();
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is one of tuples.
    for item in unsafe { object.as_ref().cast::<Tuple>() }.items().iter().rev() {
        visitor(item.as_pointer());
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of tuples.
    BASIC_SIZE + 8 * unsafe { object.as_ref().cast::<Tuple>() }.len()
}

/// How tuples live and die. They are never cleared to break a cycle: another member of the cycle is.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = container_lifecycle(drop_contents, size);
    lifecycle.dealloc.set(dealloc);
    lifecycle.visit.set(visit);
    lifecycle
}

/// Dealloc of tuples that are of no class made by a program: they have nothing but the collector's links in front, no
/// finalizer and no weak references.
unsafe fn dealloc(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: the object is untracked before it is taken apart, and its items are dropped once.
    unsafe {
        space.untrack(object);
        release_nested(space, object, |space, object| {
            object.as_ref().cast::<Tuple>().drop_items();
            space.free_block(object, Prefix::Gc);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::integer::Integer;
    use crate::values::testing::{deaths, fake_type, in_space, mortal_type};

    #[test]
    fn items_stand_in_the_object() {
        in_space(|kinds| {
            let kind = fake_type(lifecycle());
            let tuple = Tuple::new(kind, [1, 2, 3].map(|value| kinds.int(value)).into_iter()).unwrap();
            let values: Vec<i64> = tuple.items().iter().map(|item| kinds.value(item)).collect();
            assert_eq!(values, [1, 2, 3]);
            // SAFETY: it is a tuple.
            assert_eq!(unsafe { size(tuple.pointer()) } + 16, 64);
            assert!(tuple.is_tracked() && tuple.may_untrack());
            assert!(tuple.get(3).is_none());
        });
    }

    #[test]
    fn references_move_from_slots() {
        in_space(|kinds| {
            let kind = fake_type(lifecycle());
            let item = kinds.int(9);
            let slots = [item.clone().into_raw(), item.clone().into_raw()];
            // SAFETY: the slots own their references and are not used again.
            let tuple = unsafe { Tuple::from_raw_slots(kind, slots.as_ptr(), 2) }.unwrap();
            assert_eq!((tuple.len(), item.count()), (2, 3));
            drop(tuple);
            assert_eq!(item.count(), 1);
        });
    }

    #[test]
    fn the_last_item_dies_first() {
        in_space(|_| {
            let (kind, mortal) = (fake_type(lifecycle()), mortal_type());
            let items = [1, 2, 3].map(|value| Integer::new_small(mortal, value).unwrap().into_object());
            drop(Tuple::new(kind, items.into_iter()).unwrap());
            assert_eq!(deaths(), [3, 2, 1]);
        });
    }

    #[test]
    fn a_tuple_of_untracked_tuples_may_be_untracked() {
        in_space(|_| {
            let kind = fake_type(lifecycle());
            let inner = Tuple::new(kind, [].into_iter()).unwrap();
            let outer = Tuple::new(kind, [inner.as_object().clone()].into_iter()).unwrap();
            assert!(!outer.may_untrack());
            // SAFETY: it has links.
            unsafe { space().untrack(inner.pointer()) };
            assert!(outer.may_untrack());
        });
    }
}
