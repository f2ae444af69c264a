//! The layout of `dict`: how many entries, a version, and a table (see [`super::dict_table`]), none while it is empty.
//!
//! Equality of keys may run Python code, which may change the very dict that is searched: searches take the comparison
//! from the caller, own the key that is compared, and begin anew when the table has changed. Keys that can be compared
//! without running anything need none of that.
//!
//! A dict of values that can be part of no cycle is not tracked until another one comes in.

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::hint::cold_path;
use std::ptr::NonNull;

pub use super::dict_table::DetachedTable;
use super::dict_table::{EMPTY, LEAST_SIZE, Probe, Table, size_for, size_for_entries, usable_fraction};
use super::key_equality::KeyEquality;
use super::memory_error::OutOfMemory;
use super::storage::{adopt, adopt_tracked, born, container_lifecycle};
use super::text::{Text, as_exact_text};
use super::tuple::may_be_tracked;
use crate::object::{
    Lifecycle, Object, ObjectRef, ObjectSpace, Prefix, Ref, TypeHead, Visitor, WeakSupport, layout,
    release_nested, space, weak,
};

/// Bytes of the layout without table.
pub const BASIC_SIZE: usize = size_of::<Dict>();

/// The reference does not presize a table beyond this.
const LARGEST_PRESIZE: usize = 128 * 1024;

/// A dict.
#[repr(C)]
pub struct Dict {
    /// The header.
    pub object: Object,
    used: Cell<usize>,
    version: Cell<u64>,
    table: Cell<Option<Table>>,
    spare: Cell<usize>,
}

layout!(Dict, object, Object);

const _: () = assert!(BASIC_SIZE == 48);

/// A search for a string came upon another key with its hash that is no exact string: only a comparison can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedsComparison;

/// Birth.
impl Dict {
    /// An empty dict; not tracked yet, unless the type is a subclass.
    pub fn new(kind: &TypeHead) -> Result<Ref<Self>, OutOfMemory> {
        Self::with_extra(kind, 0)
    }

    /// An empty instance of a subclass, which ends in `extra` bytes of its own.
    pub fn with_extra(kind: &TypeHead, extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written.
        unsafe {
            let dict = born::<Self>(kind, BASIC_SIZE, extra)?;
            dict.as_ref().used.as_ptr().write(0);
            dict.as_ref().version.as_ptr().write(0);
            dict.as_ref().table.as_ptr().write(None);
            dict.as_ref().spare.as_ptr().write(0);
            Ok(if kind.lifecycle.counts_type { adopt_tracked(dict) } else { adopt(dict) })
        }
    }

    /// An empty dict with room for `entries`, as a display or a call with keywords makes it.
    pub fn with_capacity(kind: &TypeHead, entries: usize) -> Result<Ref<Self>, OutOfMemory> {
        let dict = Self::new(kind)?;
        if entries > usable_fraction(LEAST_SIZE) {
            let size = size_for_entries(entries)?.min(LARGEST_PRESIZE);
            dict.table.set(Some(Table::allocate(size)?));
        }
        Ok(dict)
    }

    /// The same with its table: so many entries need no more memory.
    pub fn with_room(kind: &TypeHead, entries: usize) -> Result<Ref<Self>, OutOfMemory> {
        let dict = Self::with_capacity(kind, entries)?;
        if entries > 0 {
            dict.table_with_room()?;
        }
        Ok(dict)
    }

    /// A copy of the given type: of the table as it is while it has few holes, else without them.
    pub fn copy(&self, kind: &TypeHead) -> Result<Ref<Self>, OutOfMemory> {
        let copy = Self::new(kind)?;
        copy.copy_from(self)?;
        Ok(copy)
    }

    /// Makes this dict, which must be empty, a copy of another one.
    pub fn copy_from(&self, other: &Dict) -> Result<(), OutOfMemory> {
        let Some(table) = other.table.get().filter(|_| other.used.get() > 0) else { return Ok(()) };
        if other.used.get() >= table.entries_len.get() * 2 / 3 {
            drop(DetachedTable(self.table.replace(Some(table.duplicate()?))));
            self.used.set(other.used.get());
            self.touch();
        } else {
            self.resize(size_for_entries(other.used.get())?)?;
            let mut position = 0;
            while let Some((hash, key, value)) = other.next_entry(&mut position) {
                self.add(hash, key, value)?;
            }
        }
        if other.is_tracked() {
            self.track();
        }
        Ok(())
    }
}

/// Looking.
impl Dict {
    /// How many entries there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.used.get()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many places for entries are used; an index below is an entry or a hole.
    #[inline]
    pub fn entries_len(&self) -> usize {
        self.table.get().map_or(0, |table| table.entries_len.get())
    }

    /// Hash, key and value at an index; None for a hole and behind the last one.
    pub fn entry(&self, index: usize) -> Option<(i64, ObjectRef, ObjectRef)> {
        let table = self.table.get().filter(|table| index < table.entries_len.get())?;
        let entry = table.entry(index);
        // SAFETY: the entry holds references to both, or is a hole.
        unsafe {
            Some((
                entry.hash.get(),
                entry.key.get().as_ref()?.new_ref(),
                entry.value.get().as_ref()?.new_ref(),
            ))
        }
    }

    /// The next entry from a position on, which moves behind it; holes are left out.
    #[inline]
    pub fn next_entry(&self, position: &mut usize) -> Option<(i64, ObjectRef, ObjectRef)> {
        // SAFETY: counted before anything else runs.
        let (hash, key, value) = unsafe { self.borrow_next_entry(position) }?;
        Some((hash, key.new_ref(), value.new_ref()))
    }

    /// The same without counting.
    ///
    /// # Safety
    /// The dict is not changed while key and value are borrowed: no Python runs meanwhile.
    #[inline]
    pub unsafe fn borrow_next_entry(&self, position: &mut usize) -> Option<(i64, &Object, &Object)> {
        let table = self.table.get()?;
        let length = table.entries_len.get();
        while *position < length {
            let entry = table.entry(*position);
            *position += 1;
            // SAFETY: the entry holds references to both, or is a hole.
            unsafe {
                if let Some(key) = entry.key.get().as_ref() {
                    return Some((entry.hash.get(), key, &*entry.value.get()));
                }
            }
            cold_path();
        }
        None
    }

    /// The last entry before a position, which moves to it; holes are left out. For `reversed`.
    pub fn previous_entry(&self, position: &mut usize) -> Option<(i64, ObjectRef, ObjectRef)> {
        *position = (*position).min(self.entries_len());
        while *position > 0 {
            *position -= 1;
            let entry = self.entry(*position);
            if entry.is_some() {
                return entry;
            }
        }
        None
    }

    /// A new reference to the value at an index.
    #[inline]
    pub fn value_at(&self, index: usize) -> Option<ObjectRef> {
        let table = self.table.get().filter(|table| index < table.entries_len.get())?;
        // SAFETY: the entry holds a reference or is a hole.
        unsafe { table.entry(index).value.get().as_ref() }.map(Object::new_ref)
    }

    /// The value at an index, borrowed.
    ///
    /// # Safety
    /// The index is that of an entry, and nothing that can change the dict runs while the borrow is used.
    #[inline]
    pub unsafe fn borrow_value_at(&self, index: usize) -> &Object {
        // SAFETY: as promised.
        unsafe { &*self.table.get().unwrap_unchecked().entry(index).value.get() }
    }

    /// Where the value of an entry stands: bytes from the beginning of the table. Good for as long as the number of the
    /// keys is the same; 0 where there is none.
    pub fn value_place(&self, index: usize) -> u32 {
        self.table.get().map_or(0, |table| table.value_place(index))
    }

    /// The value at such a place, or null where the keys have not this number (which is not 0) any more.
    ///
    /// # Safety
    /// The place was asked for when the keys had the number, and the value is counted before anything else happens.
    #[inline(always)]
    pub unsafe fn borrow_value(&self, keys_version: u32, place: u32) -> *const Object {
        // SAFETY: keys of one number stand in one table, which never moves and whose entries keep their places.
        unsafe {
            match self.table.get() {
                Some(table) if table.keys_version.get() == keys_version => table.value_at_place(place),
                _ => {
                    cold_path();
                    std::ptr::null()
                }
            }
        }
    }

    /// The index of the entry of a key. `equal` gets the stored key and the one sought.
    pub fn lookup<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Option<usize>, E> {
        match self.seek::<false, E>(key, hash, equal) {
            Ok(Seek::Found(index)) => Ok(Some(index)),
            Ok(_) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Ends a search at the first key with the hash: mostly it is the one that is sought.
    #[inline(never)]
    fn settle<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
        found: usize,
    ) -> Result<Option<usize>, E> {
        // SAFETY: the search has just come to the entry.
        if equal.at_sight(unsafe { self.borrow_key_at(found) }, key) {
            return Ok(Some(found));
        }
        self.settle_plainly(key, hash, equal, found)
    }

    /// # Safety
    /// The index is that of an entry, and nothing that can change the dict runs while the borrow is used.
    #[inline(always)]
    unsafe fn borrow_key_at(&self, index: usize) -> &Object {
        // SAFETY: as promised.
        unsafe { &*self.table.get().unwrap_unchecked().entry(index).key.get() }
    }

    /// The same for keys that take a closer look.
    #[inline(never)]
    fn settle_plainly<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
        found: usize,
    ) -> Result<Option<usize>, E> {
        // SAFETY: the search has just come to the entry.
        let stored = unsafe { self.borrow_key_at(found) };
        if equal.plainly(stored, key) == Some(true) {
            return Ok(Some(found));
        }
        cold_path();
        self.search_on(key, hash, equal)
    }

    /// Searches with all comparisons that are needed, and anew where the table has changed.
    #[inline(never)]
    fn search_on<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Option<usize>, E> {
        loop {
            match self.search(key, hash, equal)? {
                Search::Found(index) => return Ok(Some(index)),
                Search::Missing => return Ok(None),
                Search::Changed => {}
            }
        }
    }

    #[inline(always)]
    fn search<E>(&self, key: &Object, hash: i64, equal: &mut impl KeyEquality<E>) -> Result<Search, E> {
        let Some(table) = self.table.get() else { return Ok(Search::Missing) };
        let size = table.size;
        let mut probe = Probe::new(hash, size);
        loop {
            let found = table.index(probe.slot);
            if found == EMPTY {
                return Ok(Search::Missing);
            }
            if found >= 0 {
                let entry = table.entry(found as usize);
                let stored = entry.key.get();
                if std::ptr::eq(stored, key) {
                    return Ok(Search::Found(found as usize));
                }
                if entry.hash.get() == hash {
                    // SAFETY: an entry that an index place names holds its key.
                    let found_key = unsafe { &*stored };
                    let same = match equal.plainly(found_key, key) {
                        Some(same) => same,
                        None => {
                            let same = equal.compare(&found_key.new_ref(), key)?;
                            if !self.is_unchanged(table, size, found as usize, stored) {
                                return Ok(Search::Changed);
                            }
                            same
                        }
                    };
                    if same {
                        return Ok(Search::Found(found as usize));
                    }
                }
            }
            probe.advance();
        }
    }

    /// Whether a search may go on after a comparison. A new table can stand where the old one was, so more than its
    /// address is compared.
    fn is_unchanged(&self, table: Table, size: usize, index: usize, key: *const Object) -> bool {
        self.table.get() == Some(table)
            && table.size == size
            && index < table.entries_len.get()
            && table.entry(index).key.get() == key
    }

    /// The index of the entry of an exact string, without running Python code. `text_kind` is the type of strings.
    #[inline]
    pub fn lookup_text(&self, key: &Text, text_kind: &TypeHead) -> Result<Option<usize>, NeedsComparison> {
        self.search_text(key, text_kind, Err(NeedsComparison))
    }

    /// The index of the entry of an exact string in a namespace; keys that are no exact strings are passed over.
    #[inline]
    pub fn find_text(&self, key: &Text) -> Option<usize> {
        self.search_text::<()>(key, key.kind(), Ok(())).ok().flatten()
    }

    #[inline]
    fn search_text<E: Copy>(
        &self,
        key: &Text,
        text_kind: &TypeHead,
        other: Result<(), E>,
    ) -> Result<Option<usize>, E> {
        let Some(table) = self.table.get() else { return Ok(None) };
        let hash = key.hash();
        let mut probe = Probe::new(hash, table.size);
        loop {
            let found = table.index(probe.slot);
            if found == EMPTY {
                return Ok(None);
            }
            if found >= 0 {
                let entry = table.entry(found as usize);
                let stored = entry.key.get();
                if std::ptr::addr_eq(stored, key) {
                    return Ok(Some(found as usize));
                }
                if entry.hash.get() == hash {
                    // SAFETY: an entry that an index place names holds its key.
                    match as_exact_text(unsafe { &*stored }, text_kind) {
                        Some(text) if text.equals(key) => return Ok(Some(found as usize)),
                        Some(_) => {}
                        None => other?,
                    }
                }
            }
            probe.advance();
        }
    }

    /// A new reference to the value of an interned name, sought first at the index that it had in the namespace asked
    /// last: what each module has stands in the same place in most of them.
    #[inline]
    pub fn get_text_near(&self, key: &Text, near: &Cell<usize>) -> Option<ObjectRef> {
        if let Some(table) = self.table.get()
            && near.get() < table.entries_len.get()
        {
            let entry = table.entry(near.get());
            if std::ptr::addr_eq(entry.key.get(), key) {
                // SAFETY: an entry with a key has a value.
                return Some(unsafe { &*entry.value.get() }.new_ref());
            }
        }
        cold_path();
        let index = self.find_text(key)?;
        near.set(index);
        self.value_at(index)
    }

    /// A new reference to the value of an exact string in a namespace.
    pub fn get_text(&self, key: &Text) -> Option<ObjectRef> {
        self.value_at(self.find_text(key)?)
    }

    /// A new reference to the value of a key.
    pub fn get<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Option<ObjectRef>, E> {
        // SAFETY: the search has just found the entry, and nothing has run since.
        Ok(self.lookup(key, hash, equal)?.map(|index| unsafe { self.borrow_value_at(index) }.new_ref()))
    }

    /// A number of the present set of keys, which no other set of keys ever has; 0 if there is none to be had. While it
    /// stays, a key keeps its index. `counter` holds the last number given.
    #[inline]
    pub fn keys_version(&self, counter: &Cell<u32>) -> u32 {
        let Some(table) = self.table.get() else { return 0 };
        if table.keys_version.get() == 0 && counter.get() < u32::MAX {
            counter.set(counter.get() + 1);
            table.keys_version.set(counter.get());
        }
        table.keys_version.get()
    }

    /// The number of the present set of keys, or 0 if it has none.
    #[inline]
    pub fn assigned_keys_version(&self) -> u32 {
        self.table.get().map_or(0, |table| table.keys_version.get())
    }

    /// The bytes that `__sizeof__` reports: dict and table.
    pub fn sizeof(&self) -> usize {
        BASIC_SIZE + self.table.get().map_or(0, Table::bytes)
    }

    /// Whether nothing in it can ever be part of a cycle, so that the collector need not see the dict. Ask this of
    /// exact dicts only.
    pub fn may_untrack(&self) -> bool {
        let Some(table) = self.table.get() else { return true };
        !(0..table.entries_len.get()).any(|index| {
            let entry = table.entry(index);
            // SAFETY: the entry holds references to both, or is a hole.
            let held = unsafe { [entry.value.get().as_ref(), entry.key.get().as_ref()] };
            held.into_iter().flatten().any(may_be_tracked)
        })
    }
}

enum Search {
    Found(usize),
    Missing,
    Changed,
}

/// What a search before an insertion has come to.
enum Seek {
    /// The entry of the key.
    Found(usize),
    /// An empty index place in a table with room.
    Empty(Table, usize),
    /// No entry, and where it is to stand is not known.
    Missing,
}

/// Changing.
impl Dict {
    #[inline(always)]
    fn touch(&self) {
        self.version.set(self.version.get().wrapping_add(1));
    }

    fn track(&self) {
        if self.gc_head().is_some_and(|links| !links.is_linked()) {
            // SAFETY: the type has a gc prefix, the dict is not tracked and valid.
            unsafe { space().track(self.pointer()) };
        }
    }

    /// Tracks the dict when something comes in that can be part of a cycle.
    #[inline(always)]
    fn maintain_tracking(&self, object: &Object) {
        // SAFETY: dicts have a gc prefix.
        if unsafe { self.gc_head_unchecked() }.is_linked() {
            return;
        }
        if object.gc_head().is_some() {
            cold_path();
            self.track_for(object);
        }
    }

    #[inline(never)]
    fn track_for(&self, object: &Object) {
        if may_be_tracked(object) {
            self.track();
        }
    }

    /// Sets the value of a key. The answer is the old value, to be dropped when the caller is ready.
    #[inline(always)]
    pub fn insert<E: From<OutOfMemory>>(
        &self,
        key: ObjectRef,
        hash: i64,
        value: ObjectRef,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Option<ObjectRef>, E> {
        let found = self.seek::<true, E>(&key, hash, equal);
        if found.is_err() {
            cold_path();
        }
        match found? {
            // SAFETY: the search has just found the entry.
            Seek::Found(index) => Ok(Some(unsafe { self.replace_value(index, value) })),
            Seek::Empty(table, slot) => {
                self.add_at(table, slot, hash, key, value);
                Ok(None)
            }
            Seek::Missing => {
                let added = self.add(hash, key, value);
                if added.is_err() {
                    cold_path();
                }
                Ok(added.map(|_| None)?)
            }
        }
    }

    /// Searches for a key; who wants to add it also learns where it comes in.
    #[inline(always)]
    fn seek<const FOR_ADDING: bool, E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Seek, E> {
        let Some(table) = self.table.get() else { return Ok(Seek::Missing) };
        let mut probe = Probe::new(hash, table.size);
        loop {
            let found = table.index(probe.slot);
            if found >= 0 {
                let entry = table.entry(found as usize);
                if std::ptr::eq(entry.key.get(), key) {
                    return Ok(Seek::Found(found as usize));
                }
                if entry.hash.get() == hash {
                    let found = self.settle(key, hash, equal, found as usize);
                    if found.is_err() {
                        cold_path();
                    }
                    return Ok(found?.map_or(Seek::Missing, Seek::Found));
                }
            } else if found == EMPTY {
                let has_room = FOR_ADDING && table.usable.get() > 0;
                return Ok(if has_room { Seek::Empty(table, probe.slot) } else { Seek::Missing });
            } else if FOR_ADDING {
                // A hole on the way may be the place to take, which adding finds again.
                cold_path();
                return Ok(self.lookup(key, hash, equal)?.map_or(Seek::Missing, Seek::Found));
            }
            probe.advance();
        }
    }

    /// Adds an entry at the empty index place where a search has just ended; there is a usable one.
    #[inline(never)]
    fn add_at(&self, table: Table, slot: usize, hash: i64, key: ObjectRef, value: ObjectRef) {
        self.expect_entry(&key, &value);
        table.append_at(slot, hash, key, value);
    }

    /// Replaces the value of an entry and hands back the old one.
    ///
    /// # Safety
    /// The index is that of an entry.
    #[inline(always)]
    unsafe fn replace_value(&self, index: usize, value: ObjectRef) -> ObjectRef {
        self.maintain_tracking(&value);
        self.touch();
        // SAFETY: there is a table, and the entry owns its value.
        unsafe {
            let slot = &self.table.get().unwrap_unchecked().entry(index).value;
            let old = slot.replace(value.into_raw().as_ptr());
            ObjectRef::from_owned(NonNull::new_unchecked(old.cast_mut()))
        }
    }

    /// Sets the value of an exact string in a namespace. The answer is the old value.
    pub fn insert_text(&self, key: &Ref<Text>, value: ObjectRef) -> Result<Option<ObjectRef>, OutOfMemory> {
        match self.find_text(key) {
            Some(index) => Ok(self.set_value_at(index, value)),
            None => self.add(key.hash(), key.as_object().clone(), value).map(|_| None),
        }
    }

    /// Adds an entry for a key that a search has just not found. The answer is its index.
    pub fn add(&self, hash: i64, key: ObjectRef, value: ObjectRef) -> Result<usize, OutOfMemory> {
        let table = self.table_with_room()?;
        self.expect_entry(&key, &value);
        Ok(table.append(hash, key, value))
    }

    /// Counts an entry that is about to be appended.
    #[inline(always)]
    fn expect_entry(&self, key: &Object, value: &Object) {
        self.maintain_tracking(key);
        self.maintain_tracking(value);
        self.used.set(self.used.get() + 1);
        self.touch();
    }

    #[inline]
    fn table_with_room(&self) -> Result<Table, OutOfMemory> {
        match self.table.get() {
            Some(table) if table.usable.get() > 0 => Ok(table),
            Some(_) => self.resize(size_for(self.used.get().checked_mul(3).ok_or(OutOfMemory)?)?),
            None => self.resize(LEAST_SIZE),
        }
    }

    /// Moves the entries to a new table, without holes.
    fn resize(&self, size: usize) -> Result<Table, OutOfMemory> {
        let new = Table::allocate(size)?;
        if let Some(old) = self.table.replace(Some(new)) {
            new.move_from(old);
            // SAFETY: its entries have moved.
            unsafe { old.release() };
        }
        Ok(new)
    }

    /// Makes room before so many entries of another dict are merged into this one.
    pub fn reserve_for_merge(&self, entries: usize) -> Result<(), OutOfMemory> {
        let room = self.table.get().map_or(0, |table| usable_fraction(table.size));
        if room < entries {
            self.resize(size_for_entries(self.used.get().checked_add(entries).ok_or(OutOfMemory)?)?)?;
        }
        Ok(())
    }

    /// Replaces the value of an entry and hands back the old one; None, and the dict unchanged, if there is no entry.
    #[inline]
    pub fn set_value_at(&self, index: usize, value: ObjectRef) -> Option<ObjectRef> {
        let table = self.table.get().filter(|table| index < table.entries_len.get())?;
        let slot = &table.entry(index).value;
        let old = NonNull::new(slot.get().cast_mut())?;
        self.maintain_tracking(&value);
        slot.set(value.into_raw().as_ptr());
        self.touch();
        // SAFETY: the entry owned it.
        Some(unsafe { ObjectRef::from_owned(old) })
    }

    /// Takes out the entry of a key. The answer is key and value, to be dropped when the caller is ready.
    pub fn remove<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Option<(ObjectRef, ObjectRef)>, E> {
        Ok(self.lookup(key, hash, equal)?.and_then(|index| self.remove_at(index)))
    }

    /// Takes out the entry of an exact string in a namespace.
    pub fn remove_text(&self, key: &Text) -> Option<(ObjectRef, ObjectRef)> {
        self.remove_at(self.find_text(key)?)
    }

    /// Takes out the entry at an index.
    pub fn remove_at(&self, index: usize) -> Option<(ObjectRef, ObjectRef)> {
        let table = self.table.get().filter(|table| index < table.entries_len.get())?;
        let pair = table.delete(index)?;
        self.used.set(self.used.get() - 1);
        self.touch();
        Some(pair)
    }

    /// Takes out the last entry.
    pub fn pop_last(&self) -> Option<(ObjectRef, ObjectRef)> {
        if self.is_empty() {
            return None;
        }
        let table = self.table.get()?;
        let last =
            (0..table.entries_len.get()).rev().find(|&index| !table.entry(index).key.get().is_null())?;
        let pair = self.remove_at(last);
        // The places behind are free again, but the index keeps its dummies, so they do not count as usable.
        table.entries_len.set(last);
        pair
    }

    /// Drops all entries, the first first, after the dict has become empty.
    pub fn clear(&self) {
        drop(self.detach());
    }

    /// The table with all entries; the dict is empty afterwards.
    pub fn detach(&self) -> DetachedTable {
        self.used.set(0);
        self.touch();
        DetachedTable(self.table.take())
    }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of dicts.
    unsafe { object.as_ref().cast::<Dict>() }.clear();
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is one of dicts; the visitor changes nothing.
    let dict = unsafe { object.as_ref().cast::<Dict>() };
    let Some(table) = dict.table.get() else { return };
    for index in 0..table.entries_len.get() {
        let entry = table.entry(index);
        [entry.value.get(), entry.key.get()]
            .into_iter()
            .filter_map(|part| NonNull::new(part.cast_mut()))
            .for_each(&mut *visitor);
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of dicts.
    unsafe { object.as_ref().cast::<Dict>() }.sizeof()
}

/// Dealloc of dicts that are of no class made by a program: they have nothing but the collector's links in front and no
/// finalizer.
unsafe fn dealloc(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: the object is untracked before it is taken apart, and its table is dropped once.
    unsafe {
        space.untrack(object);
        release_nested(space, object, |space, object| {
            weak::clear_all(object);
            let dict = object.as_ref().cast::<Dict>();
            if let Some(table) = dict.table.take() {
                dict.used.set(0);
                drop(DetachedTable(Some(table)));
            }
            space.free_block(object, Prefix::Gc);
        });
    }
}

/// How dicts live and die.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = container_lifecycle(drop_contents, size);
    lifecycle.dealloc.set(dealloc);
    lifecycle.visit.set(visit);
    lifecycle.clear.set(Some(drop_contents));
    lifecycle.weak.set(WeakSupport::SideTable);
    lifecycle
}
