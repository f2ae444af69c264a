//! `glasspy stats program.py`: what a program has made and freed by type, its peak, its collections.
//!
//! The heap tells of every block. That a block which is about to be released holds an object is seen by its header: a
//! count of zero and the address of a type, where the type has them. Births are what was freed and what is alive at the
//! end, less what was alive at the beginning.

use std::cell::{Cell as StdCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::show_roots;
use super::journal::{Spot, spot};
use super::map::size_classes;
use super::{Cell, Report};
use crate::gc::{Collector, census, tracked};
use crate::memory::Observer;
use crate::object::{Object, Prefix, dealloc_list_told};
use crate::runtime::protocol::call::full_name;
use crate::runtime::{Interpreter, TypeFlags, Typed, current};

/// So many types are told one by one.
const MOST_TYPES: usize = 30;

/// Counts what a program does with the heap.
#[derive(Default)]
pub struct Statistics {
    types: RefCell<FxHashMap<usize, Known>>,
    /// Addresses that look like types and are none.
    no_types: RefCell<FxHashSet<usize>>,
    freed: RefCell<FxHashMap<Rc<str>, usize>>,
    at_start: RefCell<BTreeMap<Rc<str>, usize>>,
    is_over: StdCell<bool>,
    /// Bytes in use when counting began: most of them wait for registers that no frame has used yet.
    bytes_at_start: StdCell<usize>,
    made: StdCell<usize>,
    released: StdCell<usize>,
    blocks: StdCell<usize>,
    bytes: StdCell<usize>,
    peak_blocks: StdCell<usize>,
    peak_bytes: StdCell<usize>,
    peak_spot: RefCell<Option<Spot>>,
}

/// What must be known of a type to see its instances die.
#[derive(Clone)]
struct Known {
    prefix: Prefix,
    name: Rc<str>,
    /// Its instances are types.
    is_metatype: bool,
}

/// Begins to count.
pub fn begin(cx: &Interpreter) -> &'static Statistics {
    let statistics: &'static Statistics = Box::leak(Box::default());
    statistics.learn_types(cx);
    *statistics.at_start.borrow_mut() = statistics.alive(cx);
    statistics.blocks.set(cx.space.heap.allocated_blocks());
    statistics.bytes.set(cx.space.heap.bytes_in_use());
    statistics.bytes_at_start.set(statistics.bytes.get());
    statistics.grow(0, 0);
    cx.space.heap.observe(statistics);
    cx.types.list.lifecycle.dealloc.set(dealloc_list_told);
    statistics
}

impl Statistics {
    /// The program has ended: what it has done, before anything is taken apart.
    pub fn end(&'static self, cx: &Interpreter) -> Report {
        self.is_over.set(true);
        cx.space.heap.stop_observing(self);
        let mut report = self.types_table(&self.alive(cx));
        self.add_notes(cx, &mut report);
        report.part(collections(cx));
        report.part(size_classes(cx));
        report
    }

    /// Objects by type.
    fn alive(&self, cx: &Interpreter) -> BTreeMap<Rc<str>, usize> {
        let mut alive: BTreeMap<Rc<str>, usize> = BTreeMap::new();
        census(&cx.space, &|visitor| show_roots(cx, visitor), &mut |object, _| {
            let known =
                self.types.borrow().get(&object.type_object().address()).map(|it| Rc::clone(&it.name));
            let name = known.unwrap_or_else(|| object.type_name().into());
            *alive.entry(name).or_default() += 1;
        });
        alive
    }

    fn learn_types(&self, cx: &Interpreter) {
        tracked(&cx.space, &mut |object, _| {
            self.learn(object);
        });
        cx.types.all().into_iter().for_each(|kind| self.learn(kind));
    }

    fn learn(&self, object: &Object) {
        let Some(kind) = object.as_type() else { return };
        self.types.borrow_mut().entry(object.address()).or_insert_with(|| Known {
            prefix: kind.lifecycle.prefix,
            name: full_name(kind).into(),
            is_metatype: kind.has(TypeFlags::TYPE),
        });
    }

    /// The type of the object that dies in a block.
    fn type_of_dying(&self, cx: &Interpreter, block: usize) -> Option<(usize, Known)> {
        [Prefix::None, Prefix::Gc, Prefix::Instance].into_iter().find_map(|prefix| {
            let header = block + prefix.bytes();
            let count = cx.space.heap.peek(header)?;
            let kind = (count == 0).then(|| cx.space.heap.peek(header + 8))??;
            let known = self.known(cx, kind).filter(|known| known.prefix == prefix)?;
            Some((header, known))
        })
    }

    /// A type by its address; one that is new is looked for among all that is tracked.
    fn known(&self, cx: &Interpreter, address: usize) -> Option<Known> {
        if let Some(known) = self.types.borrow().get(&address) {
            return Some(known.clone());
        }
        let meta = cx.space.heap.peek(address.checked_add(8)?)?;
        let is_type = self.types.borrow().get(&meta).is_some_and(|meta| meta.is_metatype);
        if !is_type || !self.no_types.borrow_mut().insert(address) {
            return None;
        }
        self.learn_types(cx);
        let found = self.types.borrow().get(&address).cloned();
        if found.is_some() {
            self.no_types.borrow_mut().remove(&address);
        }
        found
    }

    fn count_death(&self, header: usize, known: &Known) {
        *self.freed.borrow_mut().entry(Rc::clone(&known.name)).or_default() += 1;
        if known.is_metatype {
            self.types.borrow_mut().remove(&header);
        }
    }

    fn grow(&self, blocks: usize, bytes: usize) {
        self.blocks.set(self.blocks.get() + blocks);
        self.bytes.set(self.bytes.get() + bytes);
        self.peak_blocks.set(self.peak_blocks.get().max(self.blocks.get()));
        if self.bytes.get() > self.peak_bytes.get() {
            self.peak_bytes.set(self.bytes.get());
            *self.peak_spot.borrow_mut() = spot(current());
        }
    }

    fn types_table(&self, alive: &BTreeMap<Rc<str>, usize>) -> Report {
        let rows = self.sums(alive);
        let mut report = Report::new("stats", "objects by type", &["type", "made", "freed", "alive"]);
        rows.iter().take(MOST_TYPES).for_each(|row| report.row(row.cells()));
        if let Some(rest) = rows.get(MOST_TYPES..).filter(|rest| !rest.is_empty()) {
            report.row(Sums::together(format!("{} other types", rest.len()), rest).cells());
        }
        report.footer(Sums::together("all".to_owned(), &rows).cells());
        report.note("alive: when the program had ended, with what was there before it began");
        report.note("a number that takes the place of a temporary is not made anew");
        report
    }

    /// What came of each type, the most made first.
    fn sums(&self, alive: &BTreeMap<Rc<str>, usize>) -> Vec<Sums> {
        let (freed, start) = (self.freed.borrow(), self.at_start.borrow());
        let names: FxHashSet<&Rc<str>> = freed.keys().chain(alive.keys()).collect();
        let sums = names.into_iter().map(|name| {
            let freed = freed.get(name).copied().unwrap_or(0);
            let alive = alive.get(name).copied().unwrap_or(0);
            let made = (freed + alive).saturating_sub(start.get(name).copied().unwrap_or(0));
            Sums { name: name.to_string(), made, freed, alive }
        });
        let mut sums: Vec<Sums> = sums.filter(|sums| sums.made + sums.freed > 0).collect();
        sums.sort_by(|left, right| (right.made, &left.name).cmp(&(left.made, &right.name)));
        sums
    }

    fn add_notes(&self, cx: &Interpreter, report: &mut Report) {
        let spot = self.peak_spot.borrow();
        let place = spot.as_ref().map(|spot| format!(", in {}", spot.told())).unwrap_or_default();
        report.note(format!(
            "blocks: {} made, {} released, at most {} in use",
            self.made.get(),
            self.released.get(),
            self.peak_blocks.get()
        ));
        let more = self.peak_bytes.get() - self.bytes_at_start.get();
        report.note(format!("peak: {more} bytes more in use than before the program{place}"));
        let numbers = cx.space.heap.statistics();
        report.note(format!("arenas: {} now, {} at most", numbers.arenas, numbers.arenas_highwater));
    }
}

/// What came of the objects of a type.
struct Sums {
    name: String,
    made: usize,
    freed: usize,
    alive: usize,
}

impl Sums {
    fn together(name: String, all: &[Self]) -> Self {
        let sum = |of: fn(&Self) -> usize| all.iter().map(of).sum();
        Self { name, made: sum(|it| it.made), freed: sum(|it| it.freed), alive: sum(|it| it.alive) }
    }

    fn cells(&self) -> Vec<Cell> {
        vec![self.name.clone().into(), self.made.into(), self.freed.into(), self.alive.into()]
    }
}

impl Observer for Statistics {
    fn allocated(&self, address: usize, size: usize) {
        if !self.is_over.get() {
            self.made.set(self.made.get() + 1);
            self.grow(1, current().space.heap.size_at(address).unwrap_or(size));
        }
    }

    fn releasing(&self, address: usize) {
        if self.is_over.get() {
            return;
        }
        let cx = current();
        self.released.set(self.released.get() + 1);
        self.blocks.set(self.blocks.get().saturating_sub(1));
        let size = cx.space.heap.size_at(address).unwrap_or(0);
        self.bytes.set(self.bytes.get().saturating_sub(size));
        let list = cx.types.list.address();
        if let Some((header, known)) = self.type_of_dying(cx, address)
            && cx.space.heap.peek(header + 8) != Some(list)
        {
            self.count_death(header, &known);
        }
    }

    fn released(&self, _: usize) {}

    /// A list that dies; its block may be released long after.
    fn dying(&self, _: usize) {
        if let Some(known) = self.known(current(), current().types.list.address()) {
            self.count_death(0, &known);
        }
    }

    fn moved(&self, _: usize, _: usize, _: usize) {}

    fn resized(&self, from: usize, to: usize) {
        self.bytes.set(self.bytes.get().saturating_sub(from));
        self.grow(0, to);
    }
}

/// What the collector has done and how long the program waited for it.
fn collections(cx: &Interpreter) -> Report {
    let columns = ["generation", "collections", "collected", "paused_ms", "longest_ms"];
    let mut report = Report::new("stats", "collections", &columns);
    let milliseconds = |time: std::time::Duration| format!("{:.3}", time.as_secs_f64() * 1000.0);
    for (number, totals) in cx.extension::<Collector>().totals.iter().enumerate() {
        report.row([
            Cell::from(number),
            totals.collections.get().into(),
            totals.collected.get().into(),
            milliseconds(totals.paused.get()).into(),
            milliseconds(totals.longest_pause.get()).into(),
        ]);
    }
    report
}
