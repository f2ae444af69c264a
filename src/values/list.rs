//! The layout of `list`: a length, a separate block of references, and how many of them have room there.
//!
//! ```text
//! | count | type | length | items | capacity |        items: | item 0 | item 1 | ... | room |
//! ```
//!
//! The block grows and shrinks by CPython 3.11's rule, which leaves an eighth of room. Whatever is taken out is handed
//! to the caller, so that nothing is dropped before the list is whole again.

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::hint::cold_path;
use std::mem::MaybeUninit;
use std::ops::Range;
use std::ptr::NonNull;

use super::float::Float;
use super::integer::Integer;
use super::item_buffer::ItemBuffer;
use super::memory_error::OutOfMemory;
use super::slice_indices::SliceBounds;
use super::storage::{adopt, allocate_items, born, container_lifecycle, reallocate_items, release_items};
use crate::object::{
    Lifecycle, ListContents, Object, ObjectRef, ObjectSpace, Ref, TypeHead, Visitor, WeakSupport,
    dealloc_list, layout, space,
};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<List>();
/// The capacity while the items are detached for sorting, so that any change can be noticed.
const DETACHED: isize = -1;
/// So many items are added up at a time: signals and collections wait no longer.
const MOST_ADDED: usize = 4096;

/// A list.
#[repr(C)]
pub struct List {
    /// The header.
    pub object: Object,
    length: Cell<usize>,
    items: Cell<*mut ObjectRef>,
    capacity: Cell<isize>,
}

layout!(List, object, Object);

/// Birth.
impl List {
    /// An empty list with room for exactly `capacity` items.
    pub fn new(kind: &TypeHead, capacity: usize) -> Result<Ref<Self>, OutOfMemory> {
        Self::from_buffer(kind, ItemBuffer::with_capacity(capacity)?)
    }

    /// An empty instance of a subclass, which ends in `extra` bytes of its own.
    pub fn with_extra(kind: &TypeHead, extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        Self::build(kind, ItemBuffer::new(), extra)
    }

    /// A list of a buffer's items; the buffer becomes the list's.
    pub fn from_buffer(kind: &TypeHead, items: ItemBuffer) -> Result<Ref<Self>, OutOfMemory> {
        Self::build(kind, items, 0)
    }

    fn build(kind: &TypeHead, items: ItemBuffer, extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written.
        unsafe {
            let list = match extra {
                0 => space().birth_list(kind, BASIC_SIZE).ok_or(OutOfMemory)?.cast::<Self>(),
                _ => {
                    let list = born::<Self>(kind, BASIC_SIZE, extra)?;
                    space().track(list.cast());
                    list
                }
            };
            let (items, length, capacity) = items.into_parts();
            list.as_ref().length.as_ptr().write(length);
            list.as_ref().items.as_ptr().write(items);
            list.as_ref().capacity.as_ptr().write(capacity as isize);
            Ok(adopt(list))
        }
    }

    /// A list of references to the items of a range of another one, cut to it.
    pub fn of_range(kind: &TypeHead, list: &List, range: Range<usize>) -> Result<Ref<Self>, OutOfMemory> {
        let end = range.end.min(list.len());
        // SAFETY: allocation and counting run no Python code.
        let row = unsafe { &list.borrow_items()[range.start.min(end)..end] };
        // SAFETY: all items are written.
        unsafe {
            let Some((new, items)) = Self::unwritten_at_once(kind, row.len()) else {
                cold_path();
                return Self::of_copies(kind, row, &[]);
            };
            copy_references(row, items);
            Ok(adopt(new))
        }
    }

    /// A list of exactly `length` items, which are to be written; none where kept and free blocks do not serve.
    ///
    /// # Safety
    /// The caller writes them before anything else happens.
    #[inline(always)]
    unsafe fn unwritten_at_once(kind: &TypeHead, length: usize) -> Option<(NonNull<Self>, *mut ObjectRef)> {
        // SAFETY: all fields are written.
        unsafe {
            let bytes = length.saturating_mul(size_of::<ObjectRef>());
            let (list, items) = space().birth_list_at_once(kind, bytes)?;
            let (list, items) = (list.cast::<Self>(), items.cast::<ObjectRef>().as_ptr());
            list.as_ref().length.as_ptr().write(length);
            list.as_ref().items.as_ptr().write(items);
            list.as_ref().capacity.as_ptr().write(length as isize);
            Some((list, items))
        }
    }

    /// A list of references to the items of one list and then of another one.
    pub fn joined(kind: &TypeHead, first: &List, second: &List) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: allocation and counting run no Python code.
        unsafe { Self::of_copies(kind, first.borrow_items(), second.borrow_items()) }
    }

    /// A list of references to the items of another one, so many times.
    pub fn repeated(kind: &TypeHead, list: &List, times: usize) -> Result<Ref<Self>, OutOfMemory> {
        let total = list.len().checked_mul(times).ok_or(OutOfMemory)?;
        // SAFETY: allocation and counting run no Python code; all items are written, and counted before.
        unsafe {
            let (new, mut place) = match Self::unwritten_at_once(kind, total) {
                Some(made) => made,
                None => Self::unwritten(kind, total)?,
            };
            let row = list.borrow_items();
            row.iter().for_each(|item| item.set_count(item.count() + times));
            for _ in 0..times {
                for item in row {
                    place.write(std::ptr::read(item));
                    place = place.wrapping_add(1);
                }
            }
            Ok(adopt(new))
        }
    }

    /// A list of references to the items that a slice of another one names, all inside it.
    pub fn of_stepped(kind: &TypeHead, list: &List, bounds: SliceBounds) -> Result<Ref<Self>, OutOfMemory> {
        assert!(list.has_all_of(bounds));
        // SAFETY: the first and the last index are inside, so all are.
        unsafe {
            let Some((new, items)) = Self::unwritten_at_once(kind, bounds.length) else {
                cold_path();
                return Self::of_stepped_last(kind, list, bounds);
            };
            list.copy_stepped(bounds, items);
            Ok(adopt(new))
        }
    }

    /// The same by whatever way there is to the blocks.
    ///
    /// # Safety
    /// The items are inside.
    #[inline(never)]
    unsafe fn of_stepped_last(
        kind: &TypeHead,
        list: &List,
        bounds: SliceBounds,
    ) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: as promised.
        unsafe {
            let (new, items) = Self::unwritten(kind, bounds.length)?;
            list.copy_stepped(bounds, items);
            Ok(adopt(new))
        }
    }

    /// Writes references to the items that a slice names to where there is room for them.
    ///
    /// # Safety
    /// There is, and the items are inside.
    #[inline(always)]
    unsafe fn copy_stepped(&self, bounds: SliceBounds, items: *mut ObjectRef) {
        let mut from = self.items.get().wrapping_offset(bounds.start);
        for index in 0..bounds.length {
            // SAFETY: as promised.
            unsafe { items.add(index).write((*from).clone()) };
            from = from.wrapping_offset(bounds.step);
        }
    }

    /// A list of exactly `length` items, which are to be written.
    ///
    /// # Safety
    /// The caller writes them before anything else happens.
    #[inline(always)]
    unsafe fn unwritten(
        kind: &TypeHead,
        length: usize,
    ) -> Result<(NonNull<Self>, *mut ObjectRef), OutOfMemory> {
        let items = match length {
            0 => std::ptr::null_mut(),
            _ => allocate_items::<ObjectRef>(length)?.as_ptr(),
        };
        // SAFETY: all fields are written.
        unsafe {
            let Some(list) = space().birth_list(kind, BASIC_SIZE) else {
                cold_path();
                release_items(items);
                return Err(OutOfMemory);
            };
            let list = list.cast::<Self>();
            list.as_ref().length.as_ptr().write(length);
            list.as_ref().items.as_ptr().write(items);
            list.as_ref().capacity.as_ptr().write(length as isize);
            Ok((list, items))
        }
    }

    /// A list that holds exactly references to the items of two rows.
    #[inline]
    fn of_copies(
        kind: &TypeHead,
        first: &[ObjectRef],
        second: &[ObjectRef],
    ) -> Result<Ref<Self>, OutOfMemory> {
        let length = first.len().checked_add(second.len()).ok_or(OutOfMemory)?;
        // SAFETY: the block has room for all.
        unsafe {
            let (list, items) = Self::unwritten(kind, length)?;
            copy_references(first, items);
            copy_references(second, items.wrapping_add(first.len()));
            Ok(adopt(list))
        }
    }

    /// A list that holds exactly these items.
    pub fn from_items(
        kind: &TypeHead,
        items: impl ExactSizeIterator<Item = ObjectRef>,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let mut buffer = ItemBuffer::with_capacity(items.len())?;
        for item in items {
            buffer.push(item)?;
        }
        Self::from_buffer(kind, buffer)
    }

    /// A list that holds exactly these items.
    pub fn from_vec(kind: &TypeHead, items: Vec<ObjectRef>) -> Result<Ref<Self>, OutOfMemory> {
        Self::from_items(kind, items.into_iter())
    }
}

/// Looking.
impl List {
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

    /// How many items have room.
    pub fn capacity(&self) -> usize {
        self.capacity.get().max(0) as usize
    }

    /// A new reference to an item.
    #[inline]
    pub fn get(&self, index: usize) -> Option<ObjectRef> {
        // SAFETY: inside the list.
        (index < self.len()).then(|| unsafe { (*self.items.get().add(index)).clone() })
    }

    /// An item, borrowed.
    ///
    /// # Safety
    /// The index is inside, and nothing that can change the list runs while the borrow is used.
    #[inline]
    pub unsafe fn borrow(&self, index: usize) -> &Object {
        // SAFETY: as promised.
        unsafe { &*self.items.get().add(index) }
    }

    /// All items, borrowed.
    ///
    /// # Safety
    /// Nothing that can change the list runs while the slice is used.
    #[inline]
    pub unsafe fn borrow_items(&self) -> &[ObjectRef] {
        match self.len() {
            0 => &[],
            // SAFETY: so many are valid.
            length => unsafe { std::slice::from_raw_parts(self.items.get(), length) },
        }
    }

    /// Adds references to all items to a row that has room for them.
    pub fn copy_to(&self, row: &mut Vec<ObjectRef>) {
        // SAFETY: counting runs no Python code.
        row.extend_from_slice(unsafe { self.borrow_items() });
    }

    /// References to the items of a range, cut to the list.
    pub fn copy_range(&self, range: Range<usize>) -> Result<ItemBuffer, OutOfMemory> {
        let end = range.end.min(self.len());
        // SAFETY: allocation and counting run no Python code.
        ItemBuffer::from_slice(unsafe { &self.borrow_items()[range.start.min(end)..end] })
    }

    /// Whether all items that a slice names are inside: between the first and the last one there is nothing else.
    fn has_all_of(&self, bounds: SliceBounds) -> bool {
        let Some(steps) = bounds.length.checked_sub(1) else { return true };
        let last = bounds.step.checked_mul(steps as isize).and_then(|way| bounds.start.checked_add(way));
        (bounds.start as usize) < self.len() && last.is_some_and(|last| (last as usize) < self.len())
    }

    /// The bytes that `__sizeof__` reports: list and block.
    pub fn sizeof(&self) -> usize {
        BASIC_SIZE + 8 * self.capacity()
    }
}

/// The block.
impl List {
    /// Sets the length and gives the block the size that CPython 3.11's `list_resize` would. New places are not
    /// written: the caller does that at once.
    fn resize(&self, length: usize) -> Result<(), OutOfMemory> {
        let capacity = self.capacity.get();
        if capacity >= 0 && capacity as usize >= length && length >= capacity as usize / 2 {
            self.length.set(length);
            return Ok(());
        }
        self.reallocate(length, grown_capacity(self.len(), length)?)
    }

    #[inline(never)]
    fn reallocate(&self, length: usize, capacity: usize) -> Result<(), OutOfMemory> {
        // SAFETY: the block is the list's; all valid items fit into the new one.
        unsafe {
            if capacity == 0 {
                release_items(self.items.replace(std::ptr::null_mut()));
            } else {
                self.items.set(reallocate_items(self.items.get(), capacity)?.as_ptr());
            }
        }
        self.capacity.set(capacity as isize);
        self.length.set(length);
        Ok(())
    }

    /// Makes room as if `more` items were appended, by the rule of growth.
    pub fn reserve(&self, more: usize) -> Result<(), OutOfMemory> {
        let length = self.len();
        let resized = self.resize(length.checked_add(more).ok_or(OutOfMemory)?);
        self.length.set(length);
        resized
    }

    /// Gives an empty list without a block room for `count` items, rounded up to an even number.
    pub fn preallocate(&self, count: usize) -> Result<(), OutOfMemory> {
        if !self.items.get().is_null() {
            return Ok(());
        }
        self.reallocate(self.len(), count.checked_next_multiple_of(2).ok_or(OutOfMemory)?)
    }

    /// Gives room back by the rule of growth, as when an iterator had fewer items than it hinted.
    pub fn trim(&self) {
        if self.len() < self.capacity() {
            // Shrinking cannot fail in earnest: the old block serves as well.
            let _ = self.resize(self.len());
        }
    }
}

/// CPython's `list_resize`: how much room a list gets whose length changes so.
fn grown_capacity(old: usize, new: usize) -> Result<usize, OutOfMemory> {
    if new == 0 {
        return Ok(0);
    }
    let grown = new.checked_add(new >> 3).and_then(|sum| sum.checked_add(6)).ok_or(OutOfMemory)? & !3;
    // A large step at once is not the begin of many small ones.
    let exact = new > old && new - old > grown - new;
    Ok(if exact { (new + 3) & !3 } else { grown })
}

/// Changing.
impl List {
    /// Replaces an item inside the list and hands back the old one.
    #[inline]
    pub fn set(&self, index: usize, item: ObjectRef) -> ObjectRef {
        assert!(index < self.len());
        // SAFETY: inside the list.
        unsafe { self.items.get().add(index).replace(item) }
    }

    /// Replaces the items that a slice names by those of a buffer, whose places the old ones take.
    pub fn exchange_stepped(&self, bounds: SliceBounds, items: &mut [ObjectRef]) {
        let count = bounds.length.min(items.len());
        assert!(self.has_all_of(SliceBounds { length: count, ..bounds }));
        for (index, item) in bounds.indices().zip(items) {
            // SAFETY: the first and the last index are inside, so all are; no reference to these places is ever handed
            // out for writing.
            unsafe { std::ptr::swap(self.items.get().add(index), item) };
        }
    }

    /// Appends a reference to an item, where there is room for it; says whether there was.
    #[inline(always)]
    pub fn push_at_once(&self, item: &Object) -> bool {
        let length = self.len();
        if length as isize >= self.capacity.get() {
            cold_path();
            return false;
        }
        self.length.set(length + 1);
        // SAFETY: there is room.
        unsafe { self.items.get().add(length).write(item.new_ref()) };
        true
    }

    /// Adds the ints of a machine word of one of two types that stand from an index on to a total. Ends before what cannot
    /// be added, and after some thousands. The answer is the index where it has ended.
    pub fn add_words(&self, from: usize, kinds: [&TypeHead; 2], total: &mut i64) -> usize {
        self.add_while(from, |item| {
            if !item.is_exactly(kinds[0]) && !item.is_exactly(kinds[1]) {
                return false;
            }
            // SAFETY: of these types are only integers.
            let value = unsafe { item.cast::<Integer>() }.to_i64();
            let sum = value.and_then(|value| total.checked_add(value));
            *total = sum.unwrap_or(*total);
            sum.is_some()
        })
    }

    /// The same for exact floats.
    pub fn add_floats(&self, from: usize, kind: &TypeHead, total: &mut f64) -> usize {
        self.add_while(from, |item| {
            let is_float = item.is_exactly(kind);
            if is_float {
                // SAFETY: of this type are only floats.
                *total += unsafe { item.cast::<Float>() }.value();
            }
            is_float
        })
    }

    /// Hands out items from an index on, as long as they are taken; some thousands at most. The answer is the index of the
    /// first one that was not.
    #[inline(always)]
    fn add_while(&self, from: usize, mut take: impl FnMut(&Object) -> bool) -> usize {
        // SAFETY: nothing runs meanwhile.
        let items = unsafe { self.borrow_items() }.get(from..).unwrap_or_default();
        let taken = items.iter().take(MOST_ADDED).take_while(|item| take(item));
        from + taken.count()
    }

    /// Appends an item.
    #[inline]
    pub fn push(&self, item: ObjectRef) -> Result<(), OutOfMemory> {
        let length = self.len();
        if (length as isize) < self.capacity.get() {
            self.length.set(length + 1);
        } else {
            self.resize(length.checked_add(1).ok_or(OutOfMemory)?)?;
        }
        // SAFETY: there is room.
        unsafe { self.items.get().add(length).write(item) };
        Ok(())
    }

    /// Appends items so many times.
    pub fn push_repeated(&self, items: &[ObjectRef], times: usize) -> Result<(), OutOfMemory> {
        let length = self.len();
        let added = items.len().checked_mul(times).ok_or(OutOfMemory)?;
        let total = length.checked_add(added).ok_or(OutOfMemory)?;
        self.resize(total)?;
        items.iter().for_each(|item| item.set_count(item.count() + times));
        // SAFETY: there is room; what is written is counted already.
        unsafe {
            let places = self.items.get().add(length);
            for time in 0..times {
                places.add(time * items.len()).copy_from_nonoverlapping(items.as_ptr(), items.len());
            }
        }
        Ok(())
    }

    /// Inserts an item in front of an index; behind the last one if there is no such index.
    pub fn insert(&self, index: usize, item: ObjectRef) -> Result<(), OutOfMemory> {
        let length = self.len();
        let index = index.min(length);
        self.resize(length.checked_add(1).ok_or(OutOfMemory)?)?;
        // SAFETY: there is room for one more behind the last.
        unsafe {
            let place = self.items.get().add(index);
            place.copy_to(place.add(1), length - index);
            place.write(item);
        }
        Ok(())
    }

    /// Takes an item out.
    pub fn pop(&self, index: usize) -> Option<ObjectRef> {
        let length = self.len();
        if index >= length {
            return None;
        }
        // SAFETY: inside the list; the items behind move up.
        let item = unsafe {
            let place = self.items.get().add(index);
            let item = place.read();
            place.copy_from(place.add(1), length - index - 1);
            item
        };
        self.shrink_to(length - 1);
        Some(item)
    }

    /// Sets a smaller length and gives room back by the rule; if that is refused, the block stays as it is.
    fn shrink_to(&self, length: usize) {
        let resized = if length == 0 { self.reallocate(0, 0) } else { self.resize(length) };
        if resized.is_err() {
            self.length.set(length);
        }
    }

    /// Appends references to the items of a slice, which is not of this list.
    pub fn extend_from_slice(&self, items: &[ObjectRef]) -> Result<(), OutOfMemory> {
        if items.is_empty() {
            return Ok(());
        }
        let length = self.len();
        if self.items.get().is_null() {
            self.preallocate(items.len())?;
            self.length.set(items.len());
        } else {
            self.resize(length.checked_add(items.len()).ok_or(OutOfMemory)?)?;
        }
        for (index, item) in items.iter().enumerate() {
            // SAFETY: there is room for all.
            unsafe { self.items.get().add(length + index).write(item.clone()) };
        }
        Ok(())
    }

    /// Appends references to the items of a list, which may be this one.
    pub fn extend_from_list(&self, other: &List) -> Result<(), OutOfMemory> {
        if self.is(other) {
            return self.extend_from_slice(&self.copy_range(0..self.len())?);
        }
        // SAFETY: nothing runs that could change the other list.
        self.extend_from_slice(unsafe { other.borrow_items() })
    }

    /// Puts references to the items of a slice, which is not of this list, in the place of a range inside the list.
    /// What stood there is handed back, to be dropped when the caller is ready.
    pub fn splice(&self, range: Range<usize>, items: &[ObjectRef]) -> Result<ItemBuffer, OutOfMemory> {
        let (length, taken) = (self.len(), range.len());
        assert!(range.start <= range.end && range.end <= length);
        if taken == items.len() {
            return self.swap_range(range, items);
        }
        let new_length = (length - taken).checked_add(items.len()).ok_or(OutOfMemory)?;
        if new_length == 0 {
            return Ok(self.detach());
        }
        let mut removed = ItemBuffer::with_capacity(taken)?;
        if new_length > length {
            self.resize(new_length)?;
            self.length.set(length);
        }
        // SAFETY: the block has room for the old and for the new length; each reference is moved once.
        unsafe {
            let place = self.items.get().add(range.start);
            removed = move_out(removed, place, taken);
            place.add(items.len()).copy_from(place.add(taken), length - range.end);
            for (index, item) in items.iter().enumerate() {
                place.add(index).write(item.clone());
            }
        }
        if new_length < length {
            self.shrink_to(new_length)
        } else {
            self.length.set(new_length)
        }
        Ok(removed)
    }

    /// The same for as many items as stand there.
    fn swap_range(&self, range: Range<usize>, items: &[ObjectRef]) -> Result<ItemBuffer, OutOfMemory> {
        let mut buffer = ItemBuffer::from_slice(items)?;
        if !range.is_empty() {
            // SAFETY: inside the list, and nothing else looks at the items meanwhile.
            let places =
                unsafe { std::slice::from_raw_parts_mut(self.items.get().add(range.start), range.len()) };
            places.swap_with_slice(buffer.as_mut_slice());
        }
        Ok(buffer)
    }

    /// Puts references to the items of another list in the place of a range inside this one, and drops what stood there,
    /// the last first, when the list is whole.
    pub fn assign_range(&self, range: Range<usize>, other: &List) -> Result<(), OutOfMemory> {
        assert!(range.start <= range.end && range.end <= self.len());
        let count = range.len();
        if count != other.len() || count > FEW {
            cold_path();
            // SAFETY: nothing runs that could change the other list.
            drop(self.splice(range, unsafe { other.borrow_items() })?);
            return Ok(());
        }
        let mut old = [const { MaybeUninit::<ObjectRef>::uninit() }; FEW];
        // SAFETY: inside both lists, which are two and stay as they are until the old items are dropped; each of these
        // moves out once.
        unsafe {
            let places = self.items.get().wrapping_add(range.start);
            let items = other.items.get();
            for (index, old) in old[..count].iter_mut().enumerate() {
                old.write(places.add(index).replace((*items.add(index)).clone()));
            }
            for old in old[..count].iter().rev() {
                drop(old.assume_init_read());
            }
        }
        Ok(())
    }

    /// Takes out `count` items, every `step`th from `start` on, all inside the list. `del a[start:stop:step]`.
    pub fn remove_stepped(&self, start: usize, step: usize, count: usize) -> Result<ItemBuffer, OutOfMemory> {
        let mut removed = ItemBuffer::with_capacity(count)?;
        let length = self.len();
        let mut kept = start;
        for index in start..length {
            // SAFETY: both places are inside; each reference is moved once.
            unsafe {
                let place = self.items.get().add(index);
                if removed.len() < count && (index - start).is_multiple_of(step.max(1)) {
                    // There is room, so this cannot be refused.
                    let _ = removed.push(place.read());
                } else {
                    self.items.get().add(kept).copy_from(place, 1);
                    kept += 1;
                }
            }
        }
        if kept < length {
            self.shrink_to(kept);
        }
        Ok(removed)
    }

    /// Turns the order around.
    pub fn reverse(&self) {
        if !self.is_empty() {
            // SAFETY: so many are valid, and nothing else looks at them meanwhile.
            unsafe { std::slice::from_raw_parts_mut(self.items.get(), self.len()) }.reverse();
        }
    }

    /// Drops all items, the last first, after the list has become empty.
    pub fn clear(&self) {
        drop(self.detach());
    }

    /// All items with their block; the list is empty afterwards.
    pub fn detach(&self) -> ItemBuffer {
        if self.items.get().is_null() {
            return ItemBuffer::new();
        }
        let (length, capacity) = (self.length.replace(0), self.capacity.replace(0));
        // SAFETY: the block was the list's.
        unsafe {
            ItemBuffer::from_parts(self.items.replace(std::ptr::null_mut()), length, capacity.max(0) as usize)
        }
    }

    /// Detaches the items for sorting; the list is empty meanwhile and notes whether it is changed.
    pub fn take_items(&self) -> ItemBuffer {
        let items = self.detach();
        self.capacity.set(DETACHED);
        items
    }

    /// Puts the items back after sorting. The answer is what the program has put into the list meanwhile, or None if
    /// it has not touched it.
    pub fn put_back(&self, items: ItemBuffer) -> Option<ItemBuffer> {
        let touched = self.capacity.get() != DETACHED;
        let meanwhile = self.detach();
        let (items, length, capacity) = items.into_parts();
        self.items.set(items);
        self.length.set(length);
        self.capacity.set(capacity as isize);
        touched.then_some(meanwhile)
    }
}

/// So many items are replaced without a block for the old ones.
const FEW: usize = 8;

/// Copies references to where there is room for them.
///
/// # Safety
/// There is.
#[inline(always)]
unsafe fn copy_references(from: &[ObjectRef], to: *mut ObjectRef) {
    for (index, item) in from.iter().enumerate() {
        // SAFETY: as promised.
        unsafe { to.add(index).write(item.clone()) };
    }
}

/// Moves `count` references into a buffer that has room for them.
///
/// # Safety
/// The references are valid; afterwards their places are not.
unsafe fn move_out(buffer: ItemBuffer, from: *mut ObjectRef, count: usize) -> ItemBuffer {
    let (items, _, capacity) = buffer.into_parts();
    // SAFETY: as promised.
    unsafe {
        if count > 0 {
            items.copy_from_nonoverlapping(from, count);
        }
        ItemBuffer::from_parts(items, count, capacity)
    }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of lists.
    unsafe { object.as_ref().cast::<List>() }.clear();
}

struct Items;

impl ListContents for Items {
    #[inline(always)]
    unsafe fn drop_contents(space: &ObjectSpace, object: NonNull<Object>) {
        // SAFETY: the type is one of lists, which is empty before its items are dropped, the last first.
        unsafe {
            let list = object.as_ref().cast::<List>();
            let Some(items) = NonNull::new(list.items.replace(std::ptr::null_mut())) else { return };
            let length = list.length.replace(0);
            list.capacity.set(0);
            for index in (0..length).rev() {
                drop(items.add(index).read());
            }
            space.heap.release(items.cast());
        }
    }
}

/// Dealloc of lists that are of no class made by a program.
unsafe fn dealloc(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: as promised.
    unsafe { dealloc_list::<Items>(space, object) }
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is one of lists; the visitor changes nothing.
    for item in unsafe { object.as_ref().cast::<List>().borrow_items() }.iter().rev() {
        visitor(item.as_pointer());
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of lists.
    unsafe { object.as_ref().cast::<List>() }.sizeof()
}

/// How lists live and die.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = container_lifecycle(drop_contents, size);
    lifecycle.dealloc.set(dealloc);
    lifecycle.visit.set(visit);
    lifecycle.clear.set(Some(drop_contents));
    lifecycle.weak.set(WeakSupport::SideTable);
    lifecycle
}
