//! The table of a dict: one block with a header, an index for hashing, and the entries in the order of insertion.
//!
//! ```text
//! | size | usable | entries | version, width | - | index 0 .. size-1 | {hash, key, value} 0 .. 2/3 size |
//!         40 bytes                                 1, 2, 4 or 8 bytes each     24 bytes each
//! ```
//!
//! The sizes are those of CPython 3.8. An index place is EMPTY, a DUMMY (its entry was deleted) or the number of an
//! entry. The invariants: at least a third of the index is empty, so every search ends; an entry has both key and value
//! or is a hole without both.

use std::cell::Cell;
use std::hint::cold_path;
use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use super::storage::{allocate_block, release_items};
use crate::object::{Object, ObjectRef};

/// An index place that was never used.
pub(super) const EMPTY: isize = -1;
/// An index place whose entry was deleted.
const DUMMY: isize = -2;
/// The least number of index places.
pub(super) const LEAST_SIZE: usize = 8;
const PERTURB_SHIFT: u32 = 5;

/// One entry; a hole has null for key and value.
#[repr(C)]
pub(super) struct Entry {
    pub hash: Cell<i64>,
    pub key: Cell<*const Object>,
    pub value: Cell<*const Object>,
}

/// The header of a table.
#[repr(C)]
pub(super) struct Header {
    pub size: usize,
    /// How many entries can still be added.
    pub usable: Cell<usize>,
    /// How many entries are used, holes among them.
    pub entries_len: Cell<usize>,
    /// The number of this set of keys, or 0.
    pub keys_version: Cell<u32>,
    width: u32,
    /// Where the entries begin: bytes from the beginning of the table.
    entries_place: usize,
}

const HEADER_BYTES: usize = 40;
const _: () = assert!(size_of::<Header>() == HEADER_BYTES && size_of::<Entry>() == 24);

/// A pointer to a table. Copies of it are borrows: the dict owns the block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Table(NonNull<Header>);

/// How many entries a table of so many index places takes: two thirds.
#[inline]
pub fn usable_fraction(size: usize) -> usize {
    size / 3 * 2 + size % 3 * 2 / 3
}

/// The least table size that is not below `least`.
pub(super) fn size_for(least: usize) -> Result<usize, OutOfMemory> {
    least.max(LEAST_SIZE).checked_next_power_of_two().ok_or(OutOfMemory)
}

/// The least table size that takes so many entries.
pub(super) fn size_for_entries(entries: usize) -> Result<usize, OutOfMemory> {
    size_for(entries.checked_mul(3).and_then(|triple| triple.checked_add(1)).ok_or(OutOfMemory)? / 2)
}

fn width_for(size: usize) -> u32 {
    match size {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    }
}

/// The bytes of a table.
fn bytes_for(size: usize) -> Option<usize> {
    let indices = size.checked_mul(width_for(size) as usize)?;
    usable_fraction(size).checked_mul(size_of::<Entry>())?.checked_add(indices)?.checked_add(HEADER_BYTES)
}

/// Where a search looks, in CPython's order.
pub(super) struct Probe {
    pub slot: usize,
    perturb: usize,
    mask: usize,
}

impl Probe {
    #[inline]
    pub fn new(hash: i64, size: usize) -> Self {
        let mask = size - 1;
        Self { slot: hash as usize & mask, perturb: hash as usize, mask }
    }

    #[inline]
    pub fn advance(&mut self) {
        self.perturb >>= PERTURB_SHIFT;
        self.slot = self.slot.wrapping_mul(5).wrapping_add(self.perturb).wrapping_add(1) & self.mask;
    }
}

impl std::ops::Deref for Table {
    type Target = Header;
    #[inline]
    fn deref(&self) -> &Header {
        // SAFETY: the dict whose table this is keeps the block while the pointer is used.
        unsafe { self.0.as_ref() }
    }
}

impl Table {
    /// An empty table of `size` index places, a power of two.
    pub fn allocate(size: usize) -> Result<Self, OutOfMemory> {
        // Most tables are this small; what is known costs less.
        if size == LEAST_SIZE { Self::allocate_sized(LEAST_SIZE) } else { Self::allocate_sized(size) }
    }

    #[inline(always)]
    fn allocate_sized(size: usize) -> Result<Self, OutOfMemory> {
        let block = allocate_block(bytes_for(size).ok_or(OutOfMemory)?)?;
        let width = width_for(size);
        let header = Header {
            size,
            usable: Cell::new(usable_fraction(size)),
            entries_len: Cell::new(0),
            keys_version: Cell::new(0),
            width,
            entries_place: HEADER_BYTES + size * width as usize,
        };
        // SAFETY: the block has room for header, index and entries; all bits set is EMPTY in every width.
        unsafe {
            block.cast::<Header>().write(header);
            let indices = block.add(HEADER_BYTES);
            // Most tables are small, and a call would cost more.
            match size * width as usize {
                8 => indices.cast::<[u64; 1]>().write([u64::MAX; 1]),
                16 => indices.cast::<[u64; 2]>().write([u64::MAX; 2]),
                32 => indices.cast::<[u64; 4]>().write([u64::MAX; 4]),
                64 => indices.cast::<[u64; 8]>().write([u64::MAX; 8]),
                bytes => indices.write_bytes(0xff, bytes),
            }
        }
        Ok(Self(block.cast()))
    }

    /// Frees the block without dropping what the entries hold.
    ///
    /// # Safety
    /// Nobody uses the table any more.
    pub unsafe fn release(self) {
        // SAFETY: as promised.
        unsafe { release_items(self.0.as_ptr()) }
    }

    /// The bytes of the block.
    pub fn bytes(self) -> usize {
        bytes_for(self.size).unwrap_or(0)
    }

    fn indices(self) -> *mut u8 {
        self.0.as_ptr().cast::<u8>().wrapping_add(HEADER_BYTES)
    }

    /// What an index place says.
    #[inline]
    pub fn index(self, slot: usize) -> isize {
        debug_assert!(slot < self.size);
        let indices = self.indices();
        // SAFETY: the slot is below the size.
        unsafe {
            if self.width == 1 {
                return indices.cast::<i8>().add(slot).read() as isize;
            }
            if self.width == 2 {
                return indices.cast::<i16>().add(slot).read() as isize;
            }
            cold_path();
            match self.width {
                4 => indices.cast::<i32>().add(slot).read() as isize,
                _ => indices.cast::<i64>().add(slot).read() as isize,
            }
        }
    }

    #[inline]
    fn set_index(self, slot: usize, index: isize) {
        debug_assert!(slot < self.size);
        let indices = self.indices();
        // SAFETY: the slot is below the size, and the width holds all entry numbers.
        unsafe {
            match self.width {
                1 => indices.cast::<i8>().add(slot).write(index as i8),
                2 => indices.cast::<i16>().add(slot).write(index as i16),
                4 => indices.cast::<i32>().add(slot).write(index as i32),
                _ => indices.cast::<i64>().add(slot).write(index as i64),
            }
        }
    }

    /// An entry that is used.
    #[inline]
    pub fn entry<'a>(self, index: usize) -> &'a Entry {
        debug_assert!(index < self.entries_len.get());
        // SAFETY: entries below `entries_len` are written; the dict keeps the block while they are used.
        unsafe { &*self.entry_pointer(index) }
    }

    /// Where the value of an entry stands: bytes from the beginning of the table, which has fewer than 4 GiB where
    /// names are kept.
    pub fn value_place(self, index: usize) -> u32 {
        let place = self.entry_pointer(index) as usize - self.0.as_ptr() as usize;
        u32::try_from(place + std::mem::offset_of!(Entry, value)).unwrap_or(0)
    }

    /// The value at such a place.
    ///
    /// # Safety
    /// [`Table::value_place`] gave the place for an entry of this table.
    #[inline(always)]
    pub unsafe fn value_at_place(self, place: u32) -> *const Object {
        // SAFETY: as promised.
        unsafe { self.0.as_ptr().byte_add(place as usize).cast::<*const Object>().read() }
    }

    #[inline]
    fn entry_pointer(self, index: usize) -> *mut Entry {
        let entries = self.0.as_ptr().wrapping_byte_add(self.entries_place);
        entries.cast::<Entry>().wrapping_add(index)
    }

    /// Adds an entry behind the last one; there must be a usable one.
    #[inline]
    pub fn append(self, hash: i64, key: ObjectRef, value: ObjectRef) -> usize {
        let index = self.write_last(hash, key, value);
        self.note(hash, index);
        index
    }

    /// The same where a search has just ended at an empty index place.
    #[inline]
    pub fn append_at(self, slot: usize, hash: i64, key: ObjectRef, value: ObjectRef) {
        let index = self.write_last(hash, key, value);
        self.note_at(slot, index);
    }

    /// Writes an entry behind the last one and says where it stands.
    #[inline]
    fn write_last(self, hash: i64, key: ObjectRef, value: ObjectRef) -> usize {
        debug_assert!(self.usable.get() > 0);
        let index = self.entries_len.get();
        let (key, value) = (key.into_raw().as_ptr().cast_const(), value.into_raw().as_ptr().cast_const());
        // SAFETY: `usable` says that there is room.
        unsafe {
            self.entry_pointer(index).write(Entry { hash: hash.into(), key: key.into(), value: value.into() })
        };
        index
    }

    /// Counts a new entry and writes its number into the first free index place.
    #[inline]
    fn note(self, hash: i64, index: usize) {
        let mut probe = Probe::new(hash, self.size);
        while self.index(probe.slot) >= 0 {
            probe.advance();
        }
        self.note_at(probe.slot, index);
    }

    #[inline]
    fn note_at(self, slot: usize, index: usize) {
        self.set_index(slot, index as isize);
        self.entries_len.set(index + 1);
        self.usable.set(self.usable.get() - 1);
        self.keys_version.set(0);
    }

    /// Moves the entries of another table, which is then empty, without its holes.
    pub fn move_from(self, other: Table) {
        for from in 0..other.entries_len.get() {
            let entry = other.entry(from);
            if !entry.key.get().is_null() {
                let to = self.entries_len.get();
                // SAFETY: there is room; the references move.
                unsafe { self.entry_pointer(to).copy_from_nonoverlapping(entry, 1) };
                self.note(entry.hash.get(), to);
            }
        }
        other.entries_len.set(0);
    }

    /// A copy, holes and all, with references of its own.
    pub fn duplicate(self) -> Result<Self, OutOfMemory> {
        let bytes = bytes_for(self.size).ok_or(OutOfMemory)?;
        let block = allocate_block(bytes)?;
        let used = self.entry_pointer(self.entries_len.get()) as usize - self.0.as_ptr() as usize;
        // SAFETY: both blocks have that many bytes written or to be written.
        unsafe { block.copy_from_nonoverlapping(self.0.cast(), used) };
        for index in 0..self.entries_len.get() {
            let entry = self.entry(index);
            // SAFETY: keys and values are owned by the table; the copies are counted here.
            for object in
                unsafe { [entry.key.get().as_ref(), entry.value.get().as_ref()] }.into_iter().flatten()
            {
                object.set_count(object.count() + 1);
            }
        }
        let copy = Self(block.cast());
        copy.keys_version.set(0);
        Ok(copy)
    }

    /// Makes an entry a hole and hands back what it held.
    pub fn delete(self, index: usize) -> Option<(ObjectRef, ObjectRef)> {
        let entry = self.entry(index);
        let pair = take_pair(entry)?;
        let mut probe = Probe::new(entry.hash.get(), self.size);
        while self.index(probe.slot) != index as isize {
            probe.advance();
        }
        self.set_index(probe.slot, DUMMY);
        self.keys_version.set(0);
        Some(pair)
    }
}

/// Takes key and value out of an entry.
fn take_pair(entry: &Entry) -> Option<(ObjectRef, ObjectRef)> {
    let key = NonNull::new(entry.key.replace(std::ptr::null()).cast_mut())?;
    let value = NonNull::new(entry.value.replace(std::ptr::null()).cast_mut())?;
    // SAFETY: the entry owned both.
    unsafe { Some((ObjectRef::from_owned(key), ObjectRef::from_owned(value))) }
}

/// A table that no dict has any more. Dropping drops its entries, the first first.
pub struct DetachedTable(pub(super) Option<Table>);

impl Drop for DetachedTable {
    fn drop(&mut self) {
        let Some(table) = self.0.take() else { return };
        for index in 0..table.entries_len.get() {
            let entry = table.entry(index);
            if let (Some(key), Some(value)) =
                (NonNull::new(entry.key.get().cast_mut()), NonNull::new(entry.value.get().cast_mut()))
            {
                // SAFETY: the entry owned both, and nobody looks at it any more.
                unsafe {
                    drop(ObjectRef::from_owned(key));
                    drop(ObjectRef::from_owned(value));
                }
            }
        }
        // SAFETY: it is ours alone.
        unsafe { table.release() }
    }
}
