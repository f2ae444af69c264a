//! Interned texts: of equal ones there is one, so that names are compared by their addresses.
//!
//! The table owns nothing, as CPython's: its references are not counted, and a text that dies leaves it. Whoever knows a
//! name by its address alone must forget it then: that is the cache of attributes, whose names carry a mark.

use std::cell::RefCell;
use std::ptr::NonNull;

use super::interpreter::{Interpreter, current};
use super::names::Names;
use super::outcome::Outcome;
use super::type_table::Types;
use crate::object::{Lifecycle, Object, ObjectSpace, Ref};
use crate::values::hashing;
use crate::values::text::{self, Text};

/// Places that an interpreter starts with.
const FIRST_PLACES: usize = 4096;

/// The table: a text stands at the first free place behind the one that its hash names.
///
/// The invariants: the number of places is a power of two, a third of them at least is free, no place between that of a
/// text's hash and its own is free, every text lives and says that it is interned.
pub struct InternTable {
    places: Vec<Option<NonNull<Text>>>,
    count: usize,
}

impl InternTable {
    fn place_of(&self, hash: i64) -> usize {
        hash as usize & self.places.len().wrapping_sub(1)
    }

    fn behind(&self, place: usize) -> usize {
        (place + 1) & self.places.len().wrapping_sub(1)
    }

    /// The text of this hash that is the one looked for.
    fn find(&self, hash: i64, is_it: impl Fn(&Text) -> bool) -> Option<&Text> {
        let mut place = self.place_of(hash);
        while let Some(text) = self.places.get(place).copied().flatten() {
            // SAFETY: every text of the table lives.
            let text = unsafe { text.as_ref() };
            if text.hash() == hash && is_it(text) {
                return Some(text);
            }
            place = self.behind(place);
        }
        None
    }

    /// Takes up a text that has no equal here. Without memory it stays as it is: one more that is not interned.
    fn add(&mut self, text: &Text) {
        if (self.count + 1) * 3 > self.places.len() * 2 && !self.grow() {
            return;
        }
        text.set_interned(true);
        self.put(NonNull::from(text), text.hash());
        self.count += 1;
    }

    fn put(&mut self, text: NonNull<Text>, hash: i64) {
        let mut place = self.place_of(hash);
        while self.places[place].is_some() {
            place = self.behind(place);
        }
        self.places[place] = Some(text);
    }

    fn grow(&mut self) -> bool {
        let size = (self.places.len() * 2).max(FIRST_PLACES);
        let mut places = Vec::new();
        if places.try_reserve_exact(size).is_err() {
            return false;
        }
        places.resize(size, None);
        let old = std::mem::replace(&mut self.places, places);
        for text in old.into_iter().flatten() {
            // SAFETY: every text of the table lives.
            self.put(text, unsafe { text.as_ref() }.hash());
        }
        true
    }

    /// Lets a text go; those behind it move up to where they can be found.
    fn remove(&mut self, text: &Text) {
        let mut free = self.place_of(text.hash());
        while self.places[free] != Some(NonNull::from(text)) {
            free = self.behind(free);
        }
        self.places[free] = None;
        self.count -= 1;
        let mut place = self.behind(free);
        while let Some(other) = self.places[place] {
            // SAFETY: every text of the table lives.
            let wanted = self.place_of(unsafe { other.as_ref() }.hash());
            let mask = self.places.len() - 1;
            if place.wrapping_sub(wanted) & mask >= place.wrapping_sub(free) & mask {
                self.places.swap(free, place);
                free = place;
            }
            place = self.behind(place);
        }
    }
}

/// How strings live and die: an interned one leaves the table first.
pub fn text_lifecycle() -> Lifecycle {
    let lifecycle = text::lifecycle();
    lifecycle.dealloc.set(dealloc_text);
    lifecycle
}

/// Dealloc of strings.
///
/// # Safety
/// The object is a string of no class made by a program, and its count is zero.
pub(super) unsafe fn dealloc_text(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: as promised; strings hold nothing and have no prefix.
    unsafe {
        let text = object.cast::<Text>().as_ref();
        if text.is_interned() {
            forget(text);
        }
        space.heap.release(object.cast());
    }
}

#[cold]
fn forget(text: &Text) {
    let cx = current();
    cx.interned.borrow_mut().remove(text);
    if text.is_cached_name() {
        cx.method_cache.forget_name(text);
    }
}

/// Interns the names of the interpreter, and the empty and the one-character texts.
pub(super) fn intern_names(types: &Types, empty: &Ref<Text>, latin: &[Ref<Text>]) -> (InternTable, Names) {
    let mut table = InternTable { places: Vec::new(), count: 0 };
    latin.iter().chain([empty]).for_each(|text| table.add(text));
    let names = Names::from_texts(Names::TEXTS.iter().map(|name| {
        if let Some(known) = table.find(hash_of_ascii(name), |text| text.equals_str(name)) {
            return super::protocol::counted(known);
        }
        let text = Text::from_str(&types.str, name).expect("memory for the first names");
        table.add(&text);
        text
    }));
    (table, names)
}

fn hash_of_ascii(text: &str) -> i64 {
    hashing::bytes(text.as_bytes())
}

/// The interned text found in the table.
fn found(table: &RefCell<InternTable>, hash: i64, is_it: impl Fn(&Text) -> bool) -> Option<Ref<Text>> {
    table.borrow().find(hash, is_it).map(super::protocol::counted)
}

impl Interpreter {
    /// The interned text of some Rust text.
    pub fn intern(&self, text: &str) -> Outcome<Ref<Text>> {
        if text.is_ascii()
            && let Some(known) = found(&self.interned, hash_of_ascii(text), |known| known.equals_str(text))
        {
            return Ok(known);
        }
        Ok(self.intern_text(&Text::from_str(&self.types.str, text)?))
    }

    /// The interned text of a path, or of what stands for one, such as `<string>`.
    pub fn intern_path(&self, path: &str) -> Outcome<Ref<Text>> {
        if path.starts_with('<') {
            return self.intern(path);
        }
        Ok(self.intern_text(&Text::outside_pools(&self.types.str, path)?))
    }

    /// The interned text equal to this one; this one itself becomes interned where there is none.
    pub fn intern_text(&self, text: &Ref<Text>) -> Ref<Text> {
        if text.is_interned() {
            return text.clone();
        }
        self.interned_equal(text).unwrap_or_else(|| {
            self.interned.borrow_mut().add(text);
            text.clone()
        })
    }

    /// The interned text equal to this one, if there is one.
    pub fn interned_equal(&self, text: &Text) -> Option<Ref<Text>> {
        found(&self.interned, text.hash(), |known| known.equals(text))
    }
}
