//! Everything that lives: what the lists hold, what roots refer to, and all that can be reached from there.
//!
//! What was met is marked by a byte for each 16 bytes of the heap's range, in tables of an arena each: so a walk over a
//! million objects neither hashes nor sorts, and shows them by address in the end. Where blocks come from the system's
//! allocator, one list of addresses serves.

use std::collections::BTreeMap;
use std::ptr::NonNull;

use rustc_hash::FxHashMap;

use super::passes::visit;
use crate::object::{Object, ObjectSpace, Visitor};

/// The number of the permanent generation, where `gc.freeze` puts things.
pub const PERMANENT: u8 = 3;

/// Shows every object by address, with the number of its generation where it is tracked. `roots` shows what is held
/// from outside. Nothing may run or die meanwhile.
pub fn census(
    space: &ObjectSpace,
    roots: &dyn Fn(&mut Visitor<'_>),
    each: &mut dyn FnMut(&Object, Option<u8>),
) {
    let mut walk = Walk::new(space);
    roots(&mut |object| walk.meet(object, REACHED));
    for (number, list) in super::verify::lists(space) {
        list.iter().for_each(|object| walk.meet(object, FIRST_GENERATION + number as u8));
    }
    while let Some(object) = walk.waiting.pop() {
        // SAFETY: reached through a counted reference or a list, so alive.
        visit(unsafe { object.as_ref() }, &mut |target| walk.meet(target, REACHED));
    }
    walk.found.each(&mut |address, mark| {
        let object = std::ptr::with_exposed_provenance::<Object>(address);
        // SAFETY: as above; nothing has died since.
        each(unsafe { &*object }, mark.checked_sub(FIRST_GENERATION));
    });
}

/// How a look around goes on behind an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// To what it refers to.
    Further,
    /// Not that way.
    Back,
    /// Enough was seen.
    Stop,
}

/// Shows what some objects lead to, level by level; of one object so many references are followed. Nothing may run or
/// die meanwhile.
pub fn look_around(
    space: &ObjectSpace,
    most_references: usize,
    roots: &dyn Fn(&mut Visitor<'_>),
    each: &mut dyn FnMut(&Object) -> Next,
) {
    let mut walk = Walk::new(space);
    roots(&mut |object| walk.meet(object, REACHED));
    while !walk.waiting.is_empty() {
        for object in std::mem::take(&mut walk.waiting) {
            // SAFETY: reached through a counted reference, so alive.
            let object = unsafe { object.as_ref() };
            match each(object) {
                Next::Further => {
                    let mut left = most_references;
                    visit(object, &mut |target| {
                        if left > 0 {
                            left -= 1;
                            walk.meet(target, REACHED);
                        }
                    });
                }
                Next::Back => {}
                Next::Stop => return,
            }
        }
    }
}

/// Shows every object that the lists hold, with the number of its generation. Nothing may run or die meanwhile.
pub fn tracked(space: &ObjectSpace, each: &mut dyn FnMut(&Object, u8)) {
    for (number, list) in super::verify::lists(space) {
        // SAFETY: what the lists hold is alive.
        list.iter().for_each(|object| each(unsafe { object.as_ref() }, number as u8));
    }
}

/// The generation that an object is in; none if it is not tracked. Costs a walk over the lists.
pub fn generation_of(space: &ObjectSpace, address: usize) -> Option<u8> {
    let mut lists = super::verify::lists(space);
    lists.find_map(|(number, list)| {
        list.iter().any(|object| object.as_ptr().addr() == address).then_some(number as u8)
    })
}

/// The generations of those among some objects that are tracked, by one walk over the lists.
pub fn generations_of(space: &ObjectSpace, mut wanted: FxHashMap<usize, Option<u8>>) -> FxHashMap<usize, u8> {
    for (number, list) in super::verify::lists(space) {
        for object in list.iter() {
            if let Some(generation) = wanted.get_mut(&object.as_ptr().addr()) {
                *generation = Some(number as u8);
            }
        }
    }
    wanted.into_iter().filter_map(|(address, generation)| Some((address, generation?))).collect()
}

/// The mark of an object that some reference leads to.
const REACHED: u8 = 1;
/// The mark of a tracked object of generation 0; those of the others follow.
const FIRST_GENERATION: u8 = 2;

/// What was met, and what was not looked into yet.
struct Walk {
    found: Marks,
    waiting: Vec<NonNull<Object>>,
}

impl Walk {
    fn new(space: &ObjectSpace) -> Self {
        Self { found: Marks::new(space), waiting: Vec::new() }
    }

    fn meet(&mut self, object: NonNull<Object>, mark: u8) {
        let known = self.found.at(object.as_ptr().expose_provenance());
        if *known == 0 {
            self.waiting.push(object);
        }
        *known = (*known).max(mark);
    }
}

/// Addresses of a table, as a power of two: those of an arena.
const TABLE_BITS: u32 = 20;
/// Objects stand at multiples of 16.
const GRAIN_BITS: u32 = 4;

/// A mark for each address of an object.
struct Marks {
    /// The range of the heap's own addresses.
    base: usize,
    end: usize,
    /// By the arena, where an object was met in it.
    tables: Vec<Option<Box<[u8; 1 << (TABLE_BITS - GRAIN_BITS)]>>>,
    /// Objects outside of the range.
    others: BTreeMap<usize, u8>,
}

impl Marks {
    fn new(space: &ObjectSpace) -> Self {
        let range = space.heap.range();
        Self { base: range.start, end: range.end, tables: Vec::new(), others: BTreeMap::new() }
    }

    fn at(&mut self, address: usize) -> &mut u8 {
        if !(self.base..self.end).contains(&address) {
            return self.others.entry(address).or_default();
        }
        let offset = address - self.base;
        let (table, grain) =
            (offset >> TABLE_BITS, (offset >> GRAIN_BITS) % (1 << (TABLE_BITS - GRAIN_BITS)));
        if table >= self.tables.len() {
            self.tables.resize_with(table + 1, || None);
        }
        let table = self.tables[table].get_or_insert_with(|| Box::new([0; 1 << (TABLE_BITS - GRAIN_BITS)]));
        &mut table[grain]
    }

    /// Shows every marked address in order.
    fn each(&self, show: &mut dyn FnMut(usize, u8)) {
        self.others.range(..self.base).for_each(|(address, mark)| show(*address, *mark));
        for (number, table) in self.tables.iter().enumerate() {
            let Some(table) = table else { continue };
            let start = self.base + (number << TABLE_BITS);
            for (place, marks) in table.chunks_exact(8).enumerate().filter(|(_, marks)| **marks != [0; 8]) {
                for (grain, mark) in marks.iter().enumerate().filter(|(_, mark)| **mark != 0) {
                    show(start + ((place * 8 + grain) << GRAIN_BITS), *mark);
                }
            }
        }
        self.others.range(self.base..).for_each(|(address, mark)| show(*address, *mark));
    }
}
