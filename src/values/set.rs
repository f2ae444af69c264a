//! The layout of `set` and `frozenset`: open addressing with short linear runs, as CPython 3.11 does it, since the order
//! of a set's elements can be seen.
//!
//! ```text
//! | count | type | fill | used | mask | table | hash | finger | small table: 8 x {key, hash} | weak list |
//! ```
//!
//! Up to four elements stand in the object itself, more in a block. A place is unused (null), a dummy (its element was
//! taken out) or holds an element. The invariants: `fill` counts elements and dummies, `used` the elements; the fill
//! stays below three fifths, so every search ends.

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::hint::cold_path;
use std::mem::offset_of;
use std::ptr::NonNull;

use super::key_equality::KeyEquality;
use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, allocate_items, born, container_lifecycle, release_items};
use super::text::{Text, as_exact_text};
use crate::object::{Lifecycle, Object, ObjectRef, Ref, TypeHead, Visitor, WeakSupport, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Set>();
/// Places in the object itself.
const SMALL: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// Sets larger than this grow by two, smaller ones by four.
const LARGE: usize = 50_000;
/// The key of a place whose element was taken out.
const DUMMY: *const Object = std::ptr::without_provenance(1);

/// One place of a table.
#[repr(C)]
struct Place {
    key: Cell<*const Object>,
    hash: Cell<i64>,
}

impl Place {
    const fn unused() -> Self {
        Self { key: Cell::new(std::ptr::null()), hash: Cell::new(0) }
    }

    fn is_element(&self) -> bool {
        !self.key.get().is_null() && !std::ptr::eq(self.key.get(), DUMMY)
    }

    fn element(&self) -> Option<&Object> {
        // SAFETY: what is neither null nor the dummy is an object that the set owns.
        self.is_element().then(|| unsafe { &*self.key.get() })
    }

    /// Makes the place a dummy and hands back the element.
    fn take(&self) -> ObjectRef {
        let key = self.key.replace(DUMMY);
        self.hash.set(-1);
        // SAFETY: called for elements only, which the set owned.
        unsafe { ObjectRef::from_owned(NonNull::new_unchecked(key.cast_mut())) }
    }
}

/// A set or a frozen set.
#[repr(C)]
pub struct Set {
    /// The header.
    pub object: Object,
    fill: Cell<usize>,
    used: Cell<usize>,
    mask: Cell<usize>,
    /// The block, or null while the small table serves.
    table: Cell<*const Place>,
    hash: Cell<i64>,
    finger: Cell<usize>,
    small: [Place; SMALL],
    weak: Cell<*const Object>,
}

layout!(Set, object, Object);

const _: () = assert!(BASIC_SIZE == 200 && offset_of!(Set, weak) == 192);

/// Stands for no place.
const NO_PLACE: usize = usize::MAX;

/// Which place a search has come to.
enum Search {
    Found(usize),
    /// The unused place that ended the search, where no dummy stands before it.
    Unused(usize),
    /// The last dummy before the unused place that ended the search.
    Dummy(usize),
    Changed,
}

/// The places that a hash leads to, in CPython's order.
struct Probe {
    first: usize,
    step: usize,
    perturb: usize,
    mask: usize,
}

impl Probe {
    fn new(hash: i64, mask: usize) -> Self {
        Self { first: hash as usize & mask, step: 0, perturb: hash as usize, mask }
    }

    #[inline(always)]
    fn place(&self) -> usize {
        self.first + self.step
    }

    #[inline]
    fn advance(&mut self) {
        if self.step < LINEAR_PROBES && self.first + LINEAR_PROBES <= self.mask {
            self.step += 1;
            return;
        }
        self.step = 0;
        self.perturb >>= PERTURB_SHIFT;
        self.first = self.first.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb) & self.mask;
    }
}

/// Birth.
impl Set {
    /// An empty set.
    pub fn new(kind: &TypeHead) -> Result<Ref<Self>, OutOfMemory> {
        Self::with_extra(kind, 0)
    }

    /// An empty instance of a subclass, which ends in `extra` bytes of its own.
    pub fn with_extra(kind: &TypeHead, extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written.
        unsafe {
            let set = born::<Self>(kind, BASIC_SIZE, extra)?;
            let this = set.as_ptr();
            (&raw mut (*this).small).write([const { Place::unused() }; SMALL]);
            (&raw mut (*this).weak).write(Cell::new(std::ptr::null()));
            (&raw mut (*this).finger).write(Cell::new(0));
            (&raw mut (*this).fill).write(Cell::new(0));
            (&raw mut (*this).used).write(Cell::new(0));
            (&raw mut (*this).mask).write(Cell::new(SMALL - 1));
            (&raw mut (*this).table).write(Cell::new(std::ptr::null()));
            (&raw mut (*this).hash).write(Cell::new(-1));
            Ok(adopt_tracked(set))
        }
    }

    /// A set of the given type with the same elements.
    pub fn copy(&self, kind: &TypeHead) -> Result<Ref<Self>, OutOfMemory> {
        let copy = Self::new(kind)?;
        copy.merge(self, &mut |_: &Object, _: &Object| Ok::<_, OutOfMemory>(false))?;
        Ok(copy)
    }
}

/// Looking.
impl Set {
    /// How many elements there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.used.get()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many places the table has.
    #[inline]
    pub fn places_len(&self) -> usize {
        self.mask.get().wrapping_add(1)
    }

    fn table(&self) -> *const Place {
        match self.table.get() {
            block if block.is_null() => self.small.as_ptr(),
            block => block,
        }
    }

    fn places(&self) -> &[Place] {
        // SAFETY: the table has that many places; whoever can run Python code fetches them anew.
        unsafe { std::slice::from_raw_parts(self.table(), self.places_len()) }
    }

    /// Hash and element at a place; None for other places and behind the last one.
    pub fn entry(&self, place: usize) -> Option<(i64, ObjectRef)> {
        let place = self.places().get(place)?;
        Some((place.hash.get(), place.element()?.new_ref()))
    }

    /// The next element from a position on, which moves behind it.
    pub fn next_entry(&self, position: &mut usize) -> Option<(i64, ObjectRef)> {
        let (table, length, mut next) = (self.table(), self.places_len(), *position);
        let mut found = None;
        while found.is_none() && next < length {
            // SAFETY: inside the table, which is the set's while nothing runs.
            let place = unsafe { &*table.add(next) };
            found = place.element().map(|element| (place.hash.get(), element.new_ref()));
            next += 1;
        }
        *position = next.max(*position);
        found
    }

    /// Whether an element is in the set. `equal` gets the stored element and the one sought.
    pub fn contains<E>(&self, key: &Object, hash: i64, equal: &mut impl KeyEquality<E>) -> Result<bool, E> {
        Ok(matches!(self.lookup::<false, E>(key, hash, equal)?, Search::Found(_)))
    }

    /// The stored element that equals one.
    pub fn find<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Option<ObjectRef>, E> {
        Ok(match self.lookup::<false, E>(key, hash, equal)? {
            Search::Found(place) => self.entry(place).map(|(_, element)| element),
            _ => None,
        })
    }

    /// Searches for an element; who wants to add it also learns of a dummy on the way.
    #[inline(always)]
    fn lookup<const FOR_ADDING: bool, E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Search, E> {
        let (table, mask) = (self.table(), self.mask.get());
        let (mut first, mut perturb) = (hash as usize & mask, hash as usize);
        let mut dummy: *const Place = std::ptr::null();
        loop {
            let run = if first + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            // SAFETY: the places of a run are inside the table, which is the set's while nothing runs.
            let (mut at, last) = unsafe { (table.add(first), table.add(first + run)) };
            loop {
                // SAFETY: as above.
                let place = unsafe { &*at };
                let stored = place.key.get();
                if stored.is_null() {
                    return Ok(match dummy.is_null() {
                        true => Search::Unused(place_number(table, at)),
                        false => Search::Dummy(place_number(table, dummy)),
                    });
                }
                if place.hash.get() == hash {
                    if std::ptr::eq(stored, key) {
                        return Ok(Search::Found(place_number(table, at)));
                    }
                    return self.settle(key, hash, equal, place_number(table, at));
                }
                if FOR_ADDING && std::ptr::eq(stored, DUMMY) {
                    dummy = at;
                }
                if at == last {
                    break;
                }
                at = at.wrapping_add(1);
            }
            perturb >>= PERTURB_SHIFT;
            first = first.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
        }
    }

    /// Ends a search at the first place with the hash: mostly it holds the element that is sought.
    #[inline(never)]
    fn settle<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
        at: usize,
    ) -> Result<Search, E> {
        // SAFETY: the search has come to the place.
        let stored = unsafe { (*self.table().add(at)).element() };
        if stored.is_some_and(|stored| equal.at_sight(stored, key)) {
            return Ok(Search::Found(at));
        }
        self.settle_plainly(key, hash, equal, at)
    }

    /// The same for elements that take a closer look.
    #[inline(never)]
    fn settle_plainly<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
        at: usize,
    ) -> Result<Search, E> {
        // SAFETY: the search has come to the place.
        let stored = unsafe { (*self.table().add(at)).element() };
        if stored.and_then(|stored| equal.plainly(stored, key)) == Some(true) {
            return Ok(Search::Found(at));
        }
        cold_path();
        self.search_on(key, hash, equal)
    }

    /// Searches with all comparisons that are needed, and anew where the table has changed.
    #[inline(never)]
    fn search_on<E>(&self, key: &Object, hash: i64, equal: &mut impl KeyEquality<E>) -> Result<Search, E> {
        loop {
            match self.search(key, hash, equal)? {
                Search::Changed => {}
                found => return Ok(found),
            }
        }
    }

    #[inline(always)]
    fn search<E>(&self, key: &Object, hash: i64, equal: &mut impl KeyEquality<E>) -> Result<Search, E> {
        let (table, mask) = (self.table(), self.mask.get());
        let (mut probe, mut dummy) = (Probe::new(hash, mask), NO_PLACE);
        loop {
            // SAFETY: a probe stays inside the table, which is still the set's.
            let place = unsafe { &*table.add(probe.place()) };
            let stored = place.key.get();
            if stored.is_null() {
                return Ok(match dummy {
                    NO_PLACE => Search::Unused(probe.place()),
                    dummy => Search::Dummy(dummy),
                });
            }
            if std::ptr::eq(stored, DUMMY) {
                dummy = probe.place();
            } else if place.hash.get() == hash {
                if std::ptr::eq(stored, key) {
                    return Ok(Search::Found(probe.place()));
                }
                // SAFETY: it is an element.
                let element = unsafe { &*stored };
                let same = match equal.plainly(element, key) {
                    Some(same) => same,
                    None => {
                        let same = equal.compare(&element.new_ref(), key)?;
                        if !self.is_unchanged(table, mask, probe.place(), stored) {
                            return Ok(Search::Changed);
                        }
                        same
                    }
                };
                if same {
                    return Ok(Search::Found(probe.place()));
                }
            }
            probe.advance();
        }
    }

    /// Whether a search may go on after a comparison.
    fn is_unchanged(&self, table: *const Place, mask: usize, place: usize, key: *const Object) -> bool {
        self.table() == table && self.mask.get() == mask && place_key(self, place) == key
    }

    /// Whether an exact string is in the set; None if only a comparison in Python can tell.
    pub fn contains_text(&self, key: &Text, text_kind: &TypeHead) -> Option<bool> {
        let found = self.contains(key, key.hash(), &mut |stored: &Object, _: &Object| {
            as_exact_text(stored, text_kind).map(|stored| stored.equals(key)).ok_or(())
        });
        found.ok()
    }

    /// The hash of a frozen set once it is known, else -1.
    pub fn cached_hash(&self) -> i64 {
        self.hash.get()
    }

    /// Notes the hash of a frozen set.
    pub fn set_cached_hash(&self, hash: i64) {
        self.hash.set(hash);
    }

    /// The bytes that `__sizeof__` reports: set and block.
    pub fn sizeof(&self) -> usize {
        let block = if self.table.get().is_null() { 0 } else { self.places_len() * size_of::<Place>() };
        BASIC_SIZE + block
    }
}

/// The number of a place of a table.
#[inline(always)]
fn place_number(table: *const Place, place: *const Place) -> usize {
    (place.addr() - table.addr()) / size_of::<Place>()
}

fn place_key(set: &Set, place: usize) -> *const Object {
    set.places().get(place).map_or(std::ptr::null(), |place| place.key.get())
}

/// Changing.
impl Set {
    /// Adds an element and says whether it is new.
    pub fn add<E: From<OutOfMemory>>(
        &self,
        key: ObjectRef,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<bool, E> {
        let unused = match self.lookup::<true, E>(&key, hash, equal)? {
            Search::Unused(unused) => unused,
            Search::Dummy(dummy) => {
                self.put(dummy, key, hash);
                return Ok(true);
            }
            _ => return Ok(false),
        };
        if let Some(least) = self.grown_size() {
            // The reference adds first and grows then. To be able to refuse, the block comes first here.
            let table = NewTable::allocate(least)?;
            self.put(unused, key, hash);
            self.fill.set(self.fill.get() + 1);
            self.move_to(table);
        } else {
            self.put(unused, key, hash);
            self.fill.set(self.fill.get() + 1);
        }
        Ok(true)
    }

    /// Writes an element into a place that a search has found free.
    #[inline]
    fn put(&self, place: usize, key: ObjectRef, hash: i64) {
        debug_assert!(place < self.places_len());
        // SAFETY: a search stays inside the table.
        let place = unsafe { &*self.table().add(place) };
        place.key.set(key.into_raw().as_ptr());
        place.hash.set(hash);
        self.used.set(self.used.get() + 1);
    }

    /// What the table must exceed once one more element is in, if it must grow.
    fn grown_size(&self) -> Option<usize> {
        let (fill, used) = (self.fill.get() + 1, self.used.get() + 1);
        let full = fill * 5 >= self.mask.get() * 3;
        full.then(|| if used > LARGE { used * 2 } else { used * 4 })
    }

    /// Gives the elements a table of the least size that exceeds `least`.
    fn resize(&self, least: usize) -> Result<(), OutOfMemory> {
        self.move_to(NewTable::allocate(least)?);
        Ok(())
    }

    /// Moves the elements to a new table, in the order of their places, without dummies.
    fn move_to(&self, new: NewTable) {
        if new.block.is_null() && self.table.get().is_null() && self.fill.get() == self.used.get() {
            return;
        }
        let old = self.table.get();
        let old_len = self.places_len();
        let saved;
        let from = if old.is_null() {
            saved = self.take_small();
            saved.as_ptr()
        } else {
            old
        };
        self.table.set(new.block);
        self.mask.set(new.size - 1);
        self.fill.set(self.used.get());
        // SAFETY: the old table has that many places, in its block or in the copy.
        for place in unsafe { std::slice::from_raw_parts(from, old_len) } {
            if place.is_element() {
                self.insert_clean(place.key.get(), place.hash.get());
            }
        }
        // SAFETY: the elements have moved.
        unsafe { release_items(old.cast_mut()) }
    }

    /// Writes an element that is not in the table into one without dummies; counts nothing.
    fn insert_clean(&self, key: *const Object, hash: i64) {
        let mut probe = Probe::new(hash, self.mask.get());
        let table = self.table();
        // SAFETY: a probe stays inside the table.
        let place_at = |place: usize| unsafe { &*table.add(place) };
        while !place_at(probe.place()).key.get().is_null() {
            probe.advance();
        }
        let place = place_at(probe.place());
        place.key.set(key);
        place.hash.set(hash);
    }

    /// The places in the object itself, all unused afterwards.
    fn take_small(&self) -> [Place; SMALL] {
        let places = std::ptr::from_ref(&self.small).cast_mut();
        // SAFETY: all places are cells, which nobody looks at meanwhile; each reference is in one of both rows only.
        unsafe { places.replace([const { Place::unused() }; SMALL]) }
    }

    /// Adds all elements of another set.
    pub fn merge<E: From<OutOfMemory>>(&self, other: &Set, equal: &mut impl KeyEquality<E>) -> Result<(), E> {
        if self.is(other) || other.is_empty() {
            return Ok(());
        }
        if (self.fill.get() + other.used.get()) * 5 >= self.mask.get() * 3 {
            self.resize((self.used.get() + other.used.get()) * 2)?;
        }
        if self.fill.get() == 0 {
            self.fill_from(other);
            return Ok(());
        }
        let mut position = 0;
        while let Some((hash, element)) = other.next_entry(&mut position) {
            self.add(element, hash, equal)?;
        }
        Ok(())
    }

    /// Makes room at once for so many more elements, as before the keys of a dict come in.
    pub fn reserve_for_merge(&self, more: usize) -> Result<(), OutOfMemory> {
        let whole =
            self.used.get().checked_add(more).and_then(|whole| whole.checked_mul(5)).ok_or(OutOfMemory)?;
        if whole + (self.fill.get() - self.used.get()) * 5 >= self.mask.get() * 3 {
            self.resize((self.used.get() + more) * 2)?;
        }
        Ok(())
    }

    /// Moves the elements to a new table if more than a quarter of this one's places are dummies.
    pub fn shed_dummies(&self) -> Result<(), OutOfMemory> {
        let used = self.used.get();
        if self.fill.get() - used <= self.mask.get() / 4 {
            return Ok(());
        }
        self.resize(if used > LARGE { used * 2 } else { used * 4 })
    }

    /// Fills this set, which is empty and has room, with the elements of another one.
    fn fill_from(&self, other: &Set) {
        let alike = self.mask.get() == other.mask.get() && other.fill.get() == other.used.get();
        for (index, place) in other.places().iter().enumerate() {
            let Some(element) = place.element() else { continue };
            element.set_count(element.count() + 1);
            if alike {
                self.places()[index].key.set(element);
                self.places()[index].hash.set(place.hash.get());
            } else {
                self.insert_clean(element, place.hash.get());
            }
        }
        self.fill.set(other.used.get());
        self.used.set(other.used.get());
    }

    /// Takes an element out and hands it back, to be dropped when the caller is ready.
    pub fn discard<E>(
        &self,
        key: &Object,
        hash: i64,
        equal: &mut impl KeyEquality<E>,
    ) -> Result<Option<ObjectRef>, E> {
        let Search::Found(place) = self.lookup::<false, E>(key, hash, equal)? else { return Ok(None) };
        self.used.set(self.used.get() - 1);
        Ok(Some(self.places()[place].take()))
    }

    /// Takes some element out: the next one behind the last that was taken out so.
    pub fn pop(&self) -> Option<ObjectRef> {
        if self.is_empty() {
            return None;
        }
        let (places, mask) = (self.places(), self.mask.get());
        let mut place = self.finger.get() & mask;
        while !places[place].is_element() {
            place = (place + 1) & mask;
        }
        self.used.set(self.used.get() - 1);
        self.finger.set(place + 1);
        Some(places[place].take())
    }

    /// Drops all elements after the set has become empty.
    pub fn clear(&self) {
        if self.fill.get() > 0 || !self.table.get().is_null() {
            drop(self.detach());
        }
    }

    /// All elements with their table; the set is empty afterwards.
    fn detach(&self) -> DetachedPlaces {
        let block = self.table.get();
        let small = if block.is_null() { self.take_small() } else { [const { Place::unused() }; SMALL] };
        let detached = DetachedPlaces { block, size: self.places_len(), small };
        self.table.set(std::ptr::null());
        self.mask.set(SMALL - 1);
        self.fill.set(0);
        self.used.set(0);
        self.hash.set(-1);
        detached
    }

    /// Exchanges the elements of two sets; how the operations that change a set in place take over their result.
    pub fn swap_contents(&self, other: &Set) {
        for (left, right) in self.small.iter().zip(&other.small) {
            left.key.swap(&right.key);
            left.hash.swap(&right.hash);
        }
        self.fill.swap(&other.fill);
        self.used.swap(&other.used);
        self.mask.swap(&other.mask);
        self.table.swap(&other.table);
        self.hash.set(-1);
        other.hash.set(-1);
    }
}

/// A table without elements; a null block stands for the small one.
struct NewTable {
    block: *const Place,
    size: usize,
}

impl NewTable {
    /// A table of the least size that exceeds `least`.
    fn allocate(least: usize) -> Result<Self, OutOfMemory> {
        let size =
            least.checked_add(1).and_then(usize::checked_next_power_of_two).ok_or(OutOfMemory)?.max(SMALL);
        if size == SMALL {
            return Ok(Self { block: std::ptr::null(), size });
        }
        let block = allocate_items::<Place>(size)?.as_ptr();
        // SAFETY: the block has room; an unused place is all zero.
        unsafe { block.write_bytes(0, size) };
        Ok(Self { block, size })
    }
}

/// Places that no set has any more. Dropping drops the elements in their order.
struct DetachedPlaces {
    block: *const Place,
    size: usize,
    small: [Place; SMALL],
}

impl Drop for DetachedPlaces {
    fn drop(&mut self) {
        let start = if self.block.is_null() { self.small.as_ptr() } else { self.block };
        // SAFETY: the table has that many places and is ours alone.
        unsafe { drop_places(start, self.size) }
        // SAFETY: the block is ours alone.
        unsafe { release_items(self.block.cast_mut()) }
    }
}

/// Drops the elements of a table in their order.
///
/// # Safety
/// The table has that many places, and nobody looks at them any more.
unsafe fn drop_places(table: *const Place, size: usize) {
    for index in 0..size {
        // SAFETY: as promised; each reference is dropped once.
        unsafe {
            let place = &*table.add(index);
            if place.is_element() {
                drop(ObjectRef::from_owned(NonNull::new_unchecked(place.key.get().cast_mut())));
            }
        }
    }
}

/// For sets that nobody holds any more.
unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of sets.
    let set = unsafe { object.as_ref().cast::<Set>() };
    let (table, size) = (set.table(), set.places_len());
    // Whoever looks at the heap meanwhile finds no places any more.
    set.mask.set(usize::MAX);
    // SAFETY: the set's elements and its block are dropped once.
    unsafe {
        if set.fill.get() > 0 {
            drop_places(table, size);
        }
        release_items(set.table.replace(std::ptr::null()).cast_mut());
    }
}

unsafe fn clear_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of sets.
    unsafe { object.as_ref().cast::<Set>() }.clear();
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is one of sets; the visitor changes nothing.
    let set = unsafe { object.as_ref().cast::<Set>() };
    set.places().iter().filter_map(Place::element).for_each(|element| visitor(element.pointer()));
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of sets.
    unsafe { object.as_ref().cast::<Set>() }.sizeof()
}

/// How sets and frozen sets live and die.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = container_lifecycle(drop_contents, size);
    lifecycle.visit.set(visit);
    lifecycle.clear.set(Some(clear_contents));
    lifecycle.weak.set(WeakSupport::Field(offset_of!(Set, weak) as u32));
    lifecycle
}
