//! Attribute values of instances outside a dict, as in CPython 3.11.
//!
//! The instances of a type share the names: [`SharedKeys`] gives each name a number and never takes it back. An instance
//! has a block of values, one place a number, and in front of it the order in which its attributes were set:
//!
//! ```text
//! | ... second, first (numbers of names) | how many | bytes of this prefix | value 0 | value 1 | ...
//!                                                                          ^ the pointer
//! ```
//!
//! The invariant: a block has a place for every name that the type's keys will ever have from its birth on, since
//! `capacity` never grows and never falls below the number of names.

use std::cell::Cell;
use std::ptr::NonNull;

use super::dict::Dict;
use super::memory_error::OutOfMemory;
use super::storage::{allocate_block, allocate_items, release_items};
use super::text::Text;
use crate::object::{Object, ObjectRef, Ref, TypeHead, Visitor, space};

/// The most names that instances of a type share.
const MOST_NAMES: u16 = 30;

/// The names of a type's instances, in a block of the heap.
pub struct SharedKeys {
    names: NonNull<ObjectRef>,
    length: Cell<u16>,
    /// Places in the next instance's block: names so far and room for more.
    capacity: Cell<u16>,
}

impl SharedKeys {
    /// No names yet.
    pub fn new() -> Result<Self, OutOfMemory> {
        let names = allocate_items(MOST_NAMES as usize)?;
        Ok(Self { names, length: Cell::new(0), capacity: Cell::new(MOST_NAMES) })
    }

    /// How many names there are.
    #[inline]
    pub fn len(&self) -> u16 {
        self.length.get()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names in the order of their numbers. They are only ever added.
    #[inline]
    pub fn names(&self) -> &[ObjectRef] {
        // SAFETY: so many are written.
        unsafe { std::slice::from_raw_parts(self.names.as_ptr(), self.len() as usize) }
    }

    /// The number of an interned name.
    #[inline]
    pub fn index_of(&self, name: &Text) -> Option<u16> {
        self.names().iter().position(|known| known.is(name)).map(|index| index as u16)
    }

    /// As [`index_of`](Self::index_of), with the number that it had in another class: classes that begin alike give the
    /// same names the same numbers.
    #[inline]
    pub fn index_near(&self, name: &Text, near: u16) -> Option<u16> {
        match self.names().get(usize::from(near)) {
            Some(known) if known.is(name) => Some(near),
            _ => self.index_of(name),
        }
    }

    /// The number of an interned name, which is added if there is room.
    pub fn add(&self, name: &Text) -> Option<u16> {
        if let Some(index) = self.index_of(name) {
            return Some(index);
        }
        let index = self.len();
        if index >= self.capacity.get() {
            return None;
        }
        // SAFETY: there is room up to the capacity, which is at most the block's.
        unsafe { self.names.as_ptr().add(index as usize).write(name.new_ref()) };
        self.length.set(index + 1);
        Some(index)
    }

    /// Shows the names to the collector.
    pub fn visit(&self, visitor: &mut Visitor<'_>) {
        self.names().iter().for_each(|name| visitor(name.as_pointer()));
    }

    /// How many places the block of a new instance gets. Each birth leaves less room, until one name may be added.
    #[inline]
    fn capacity_for_birth(&self) -> u16 {
        if self.capacity.get() > self.len() + 1 {
            self.capacity.set(self.capacity.get() - 1);
        }
        self.capacity.get()
    }
}

impl Drop for SharedKeys {
    fn drop(&mut self) {
        for index in 0..self.length.replace(0) as usize {
            // SAFETY: so many are written, and the block is ours alone.
            drop(unsafe { self.names.as_ptr().add(index).read() });
        }
        // SAFETY: the block is ours.
        unsafe { release_items(self.names.as_ptr()) }
    }
}

/// The values of an instance: a pointer of 8 bytes, as it stands in front of the instance. Copies of it are borrows: the
/// instance owns the block and frees it by [`InstanceValues::release`] or [`InstanceValues::move_to_dict`].
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InstanceValues(NonNull<Cell<Option<ObjectRef>>>);

impl InstanceValues {
    /// A block without values.
    #[inline]
    pub fn new(shared: &SharedKeys) -> Result<Self, OutOfMemory> {
        let places = shared.capacity_for_birth() as usize;
        let prefix = (places + 2).next_multiple_of(8);
        let block = allocate_block(prefix + 8 * places)?;
        // SAFETY: the block has room for prefix and values; all zero is no values. The prefix is at most 32 bytes.
        unsafe {
            block.write_bytes(0, prefix + 8 * places);
            let values = block.add(prefix);
            values.sub(1).write(prefix as u8);
            Ok(Self(values.cast()))
        }
    }

    /// The pointer to the first value.
    #[inline]
    pub fn as_pointer(self) -> NonNull<u8> {
        self.0.cast()
    }

    #[inline]
    fn prefix_byte(self, before: usize) -> *mut u8 {
        self.0.as_ptr().cast::<u8>().wrapping_sub(before)
    }

    /// Where its block begins.
    pub fn block_address(self) -> usize {
        // SAFETY: the block starts with the prefix, which says how long it is.
        let prefix = unsafe { self.prefix_byte(1).read() as usize };
        self.prefix_byte(prefix) as usize
    }

    /// How many attributes are set.
    #[inline]
    pub fn len(self) -> usize {
        // SAFETY: the prefix says so.
        unsafe { self.prefix_byte(2).read() as usize }
    }

    /// Whether no attribute is set.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The number of the name that was set as the `position`th.
    #[inline]
    pub fn name_index(self, position: usize) -> u16 {
        debug_assert!(position < self.len());
        // SAFETY: so many are written.
        u16::from(unsafe { self.prefix_byte(3 + position).read() })
    }

    #[inline]
    fn set_name_index(self, position: usize, index: u16) {
        // SAFETY: there is a byte for every place.
        unsafe { self.prefix_byte(3 + position).write(index as u8) }
    }

    #[inline]
    fn place<'a>(self, index: u16) -> &'a Cell<Option<ObjectRef>> {
        // SAFETY: the block has a place for every name of its keys.
        unsafe { &*self.0.as_ptr().add(index as usize) }
    }

    /// A new reference to a value.
    ///
    /// # Safety
    /// The index is a number of the keys that the block was made for, and the block is not freed. The same holds for the
    /// other functions.
    #[inline]
    pub unsafe fn get(self, index: u16) -> Option<ObjectRef> {
        // SAFETY: nothing runs between reading and counting.
        unsafe { (*self.place(index).as_ptr()).clone() }
    }

    /// A value, borrowed.
    ///
    /// # Safety
    /// As for [`InstanceValues::get`], and nothing that can change the instance runs while the borrow is used.
    #[inline]
    pub unsafe fn borrow<'a>(self, index: u16) -> Option<&'a Object> {
        // SAFETY: as promised.
        unsafe { (*self.place(index).as_ptr()).as_deref() }
    }

    /// Sets a value and hands back the old one.
    ///
    /// # Safety
    /// As for [`InstanceValues::get`].
    #[inline]
    pub unsafe fn set(self, index: u16, value: ObjectRef) -> Option<ObjectRef> {
        let old = self.place(index).replace(Some(value));
        if old.is_none() {
            let position = self.len();
            self.set_name_index(position, index);
            // SAFETY: the prefix is ours.
            unsafe { self.prefix_byte(2).write(position as u8 + 1) }
        }
        old
    }

    /// Sets a value that is not set.
    ///
    /// # Safety
    /// As for [`InstanceValues::get`], and the place is empty.
    #[inline]
    pub unsafe fn set_first(self, index: u16, value: ObjectRef) {
        let position = self.len();
        // SAFETY: nothing is in the place that would have to be dropped; the prefix is ours.
        unsafe {
            debug_assert!(self.borrow(index).is_none());
            self.place(index).as_ptr().write(Some(value));
            self.set_name_index(position, index);
            self.prefix_byte(2).write(position as u8 + 1);
        }
    }

    /// Takes a value out.
    ///
    /// # Safety
    /// As for [`InstanceValues::get`].
    pub unsafe fn delete(self, index: u16) -> Option<ObjectRef> {
        let old = self.place(index).take()?;
        let length = self.len();
        let at = (0..length).find(|&position| self.name_index(position) == index).unwrap_or(length - 1);
        for position in at..length - 1 {
            self.set_name_index(position, self.name_index(position + 1));
        }
        // SAFETY: the prefix is ours.
        unsafe { self.prefix_byte(2).write(length as u8 - 1) };
        Some(old)
    }

    /// Shows the values to the collector, in the order of their names' numbers.
    ///
    /// # Safety
    /// The block is of these keys and not freed.
    #[inline]
    pub unsafe fn visit(self, shared: &SharedKeys, visitor: &mut Visitor<'_>) {
        for index in 0..shared.len() {
            // SAFETY: a number of the keys; the visitor changes nothing.
            if let Some(value) = unsafe { self.borrow(index) } {
                visitor(value.pointer());
            }
        }
    }

    /// Drops the values in the order of their names' numbers and frees the block. The owner must not have the pointer
    /// any more, since dropping can run Python code.
    ///
    /// # Safety
    /// The block is of these keys and not freed, and nobody uses it afterwards.
    #[inline]
    pub unsafe fn release(self, shared: &SharedKeys) {
        // SAFETY: the block has a place for every name. A name that is added meanwhile has no value here.
        unsafe {
            for index in 0..shared.len() {
                drop(self.place(index).take());
            }
            self.free();
        }
    }

    /// # Safety
    /// As for [`InstanceValues::release`], and there are no values any more.
    unsafe fn free(self) {
        // SAFETY: the block starts with the prefix.
        unsafe {
            let prefix = self.prefix_byte(1).read() as usize;
            space().heap.release(NonNull::new_unchecked(self.prefix_byte(prefix)));
        }
    }

    /// Moves the values to a new dict, in the order in which they were set, and frees the block. If there is no memory,
    /// nothing has changed.
    ///
    /// # Safety
    /// The block is of these keys and not freed; after success nobody uses it.
    pub unsafe fn move_to_dict(
        self,
        shared: &SharedKeys,
        dict_kind: &TypeHead,
    ) -> Result<Ref<Dict>, OutOfMemory> {
        let dict = Dict::with_capacity(dict_kind, self.len())?;
        for position in 0..self.len() {
            let index = self.name_index(position);
            let name = &shared.names()[index as usize];
            // SAFETY: the names are strings; the value is there.
            let (hash, value) = unsafe { (name.cast::<Text>().hash(), self.get(index)) };
            if let Some(value) = value {
                dict.add(hash, name.clone(), value)?;
            }
        }
        // SAFETY: the values are held by the dict now, so dropping them here runs nothing.
        unsafe { self.release(shared) };
        Ok(dict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::dict;
    use crate::values::testing::{Kinds, fake_type, in_space};

    fn names(kinds: &Kinds, count: usize) -> Vec<Ref<Text>> {
        (0..count).map(|number| kinds.text(&format!("name{number}"))).collect()
    }

    #[test]
    fn attributes_keep_their_order_of_setting() {
        in_space(|kinds| {
            let shared = SharedKeys::new().unwrap();
            let names = names(kinds, 3);
            let values = InstanceValues::new(&shared).unwrap();
            let numbers: Vec<u16> = names.iter().map(|name| shared.add(name).unwrap()).collect();
            assert_eq!(numbers, [0, 1, 2]);
            // SAFETY: the numbers are of these keys.
            unsafe {
                for (number, value) in [(2, 20), (0, 0), (1, 10), (0, 5)] {
                    drop(values.set(number, kinds.int(value)));
                }
                drop(values.delete(0));
                drop(values.set(0, kinds.int(7)));
                assert!(values.get(1).is_some_and(|value| kinds.value(&value) == 10));
                let dict = values.move_to_dict(&shared, fake_type(dict::lifecycle())).unwrap();
                let stored: Vec<i64> =
                    (0..3).map(|index| kinds.value(&dict.value_at(index).unwrap())).collect();
                assert_eq!(stored, [20, 10, 7]);
                assert_eq!(kinds.value(&dict.get_text(&names[0]).unwrap()), 7);
            }
        });
    }

    #[test]
    fn room_for_names_shrinks_with_each_birth_and_ends_at_thirty() {
        in_space(|kinds| {
            let names = names(kinds, 31);
            let shared = SharedKeys::new().unwrap();
            let added = names.iter().filter(|name| shared.add(name).is_some()).count();
            assert_eq!(added, 30);
            let few = SharedKeys::new().unwrap();
            few.add(&names[0]);
            for _ in 0..40 {
                // SAFETY: used nowhere else.
                unsafe { InstanceValues::new(&few).unwrap().release(&few) };
            }
            assert_eq!(few.capacity.get(), 2);
            assert!(few.add(&names[1]).is_some() && few.add(&names[2]).is_none());
        });
    }
}
