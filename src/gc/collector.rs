//! The order of the passes, the choice of the generation, and what is remembered from collection to collection.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;
use std::rc::Rc;
use std::time::Duration;

use super::lists::{for_each, merge};
use super::passes::{clear_unreachable_mask, count_from_outside, move_unreachable, object_of};
use super::report::Report;
use super::trash::{delete_garbage, finalize_garbage, handle_resurrected, handle_weakrefs};
use crate::object::{GcList, Object, ObjectSpace};

/// The number of the oldest generation.
pub const OLDEST: usize = 2;

/// Debugging flags, as `gc.set_debug` takes them.
pub mod debug {
    /// Print statistics of each collection.
    pub const STATS: i32 = 1;
    /// Print each object found to be trash.
    pub const COLLECTABLE: i32 = 2;
    /// Print trash that cannot be collected; there is none.
    pub const UNCOLLECTABLE: i32 = 4;
    /// Keep trash in `gc.garbage` instead of clearing it.
    pub const SAVEALL: i32 = 32;
    /// All but the statistics.
    pub const LEAK: i32 = COLLECTABLE | UNCOLLECTABLE | SAVEALL;
}

/// What the collector asks of the floors that know types.
pub trait Host {
    /// Whether this is an exact tuple none of whose items can be part of a cycle.
    fn is_atomic_tuple(&self, object: &Object) -> bool;
    /// Whether this is an exact dict.
    fn is_dict(&self, object: &Object) -> bool;
    /// Whether none of an exact dict's values can be part of a cycle.
    fn is_atomic_dict(&self, object: &Object) -> bool;
    /// Tells of an object found to be trash; called only with [`debug::COLLECTABLE`]. It runs Python at most by
    /// writing; the object stays whole.
    fn collectable(&self, object: &Object);
    /// Keeps trash; called only with [`debug::SAVEALL`].
    fn save(&self, object: &Object);
}

/// What the collections of one generation have come to.
#[derive(Debug, Default)]
pub struct GenerationTotals {
    /// How many there were.
    pub collections: Cell<usize>,
    /// Trash found.
    pub collected: Cell<usize>,
    /// Trash that could not be collected.
    pub uncollectable: Cell<usize>,
    /// How long the program has waited for them.
    pub paused: Cell<Duration>,
    /// The longest of these pauses.
    pub longest_pause: Cell<Duration>,
}

impl GenerationTotals {
    /// Counts a pause.
    pub fn add_pause(&self, pause: Duration) {
        self.paused.set(self.paused.get() + pause);
        self.longest_pause.set(self.longest_pause.get().max(pause));
    }
}

/// The result of one collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Trash found, and weak references that died by their callbacks.
    pub collected: usize,
    /// Trash that cannot be collected: none, since every finalizer can run first.
    pub uncollectable: usize,
}

impl Totals {
    /// What `gc.collect` returns.
    pub fn unreachable(self) -> usize {
        self.collected + self.uncollectable
    }
}

/// The collector's memory between collections.
#[derive(Default)]
pub struct Collector {
    /// `gc.set_debug`
    pub debug: Cell<i32>,
    /// What the collections of each generation have come to.
    pub totals: [GenerationTotals; 3],
    /// Objects in the oldest generation after its last collection.
    long_lived_total: Cell<usize>,
    /// Objects that have come into the oldest generation since.
    long_lived_pending: Cell<usize>,
    /// Whether the next collections are to be reported in detail.
    pub recording: Cell<bool>,
    /// The last report, where one was asked for.
    pub last_report: RefCell<Option<Rc<Report>>>,
}

/// A collection under way; there is never a second one inside.
pub struct Running<'a>(&'a ObjectSpace);

impl<'a> Running<'a> {
    /// Begins, unless one is under way.
    pub fn begin(space: &'a ObjectSpace) -> Option<Self> {
        if space.collecting.replace(true) {
            return None;
        }
        space.collection_requested.set(false);
        Some(Self(space))
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.collecting.set(false);
    }
}

impl Collector {
    /// The oldest generation whose count exceeds its threshold. The oldest of all is collected only when a quarter
    /// as many objects wait in it as it held last time, so that the cost stays linear in the number of births.
    pub fn due(&self, space: &ObjectSpace) -> Option<usize> {
        (0..=OLDEST).rev().find(|&number| {
            let generation = &space.generations[number];
            generation.count.get() > generation.threshold.get()
                && (number < OLDEST || self.long_lived_pending.get() >= self.long_lived_total.get() / 4)
        })
    }

    /// Collects a generation and all younger ones.
    pub fn collect<H: Host>(&self, running: &Running<'_>, number: usize, host: &H) -> Totals {
        let space = running.0;
        let mut report = Report { generation: number, detailed: self.recording.get(), ..Report::default() };
        if report.detailed {
            report.before = lengths(space);
        }
        begin_counts(space, number);
        for younger in 0..number {
            merge(&space.generations[younger].list, &space.generations[number].list);
        }
        let unreachable = GcList::default();
        self.find_trash(space, number, &unreachable, host, &mut report);
        if number == OLDEST {
            space.release_recycled();
        }
        let old = &space.generations[(number + 1).min(OLDEST)].list;
        let collected = self.take_apart(space, &unreachable, old, host, &mut report);
        self.account(space, number, collected, report)
    }

    /// Leaves the trash in `unreachable` and moves the survivors on.
    fn find_trash<H: Host>(
        &self,
        space: &ObjectSpace,
        number: usize,
        unreachable: &GcList,
        host: &H,
        report: &mut Report,
    ) {
        let detailed = report.detailed;
        let young = &space.generations[number].list;
        count_from_outside(young, Some(&mut *report).filter(|_| detailed));
        let mut survivors = 0;
        let mut dicts = Dicts::default();
        let mut reached = Vec::new();
        let stays = |object: &Object| {
            if host.is_atomic_tuple(object) {
                report.add_untracked(object);
                return false;
            }
            survivors += 1;
            if number == OLDEST && host.is_dict(object) {
                dicts.add(object);
            }
            true
        };
        move_unreachable(young, unreachable, stays, |holder, target| {
            if detailed {
                reached.push((holder, target));
            }
        });
        report.reached = reached;
        if number < OLDEST {
            if number == OLDEST - 1 {
                self.long_lived_pending.set(self.long_lived_pending.get() + survivors);
            }
            merge(young, &space.generations[number + 1].list);
        } else {
            // Only here: a young dict that is being built would be untracked and tracked again and again.
            survivors -= dicts.untrack_atomic(young, host, report);
            self.long_lived_pending.set(0);
            self.long_lived_total.set(survivors);
        }
        clear_unreachable_mask(unreachable);
        if detailed {
            for_each(unreachable, |links| report.unreachable.push(object_of(links).address()));
        }
    }

    /// Does away with the trash and says how much it was.
    fn take_apart(
        &self,
        space: &ObjectSpace,
        unreachable: &GcList,
        old: &GcList,
        host: &dyn Host,
        report: &mut Report,
    ) -> usize {
        if self.debug.get() & debug::COLLECTABLE != 0 {
            for object in super::queries::owned(unreachable) {
                host.collectable(&object);
            }
        }
        let mut collected = handle_weakrefs(unreachable, old, report);
        finalize_garbage(unreachable, report);
        let dead = GcList::default();
        handle_resurrected(unreachable, &dead, old, report);
        collected += dead.len();
        let save = (self.debug.get() & debug::SAVEALL != 0).then_some(host);
        delete_garbage(space, &dead, old, save, report);
        collected
    }

    fn account(&self, space: &ObjectSpace, number: usize, collected: usize, mut report: Report) -> Totals {
        let totals = &self.totals[number];
        totals.collections.set(totals.collections.get() + 1);
        totals.collected.set(totals.collected.get() + collected);
        if report.detailed {
            report.collected = collected;
            report.after = lengths(space);
            *self.last_report.borrow_mut() = Some(Rc::new(report));
        }
        Totals { collected, uncollectable: 0 }
    }
}

/// The dicts among the survivors, which are asked when all tuples are settled.
#[derive(Default)]
struct Dicts {
    found: Vec<NonNull<Object>>,
    /// There are more: only the list knows them all.
    more: bool,
}

impl Dicts {
    /// So few do without another walk over the list.
    const FEW: usize = 4096;

    fn add(&mut self, dict: &Object) {
        if self.found.len() < Self::FEW {
            self.found.push(dict.pointer());
        } else {
            self.more = true;
        }
    }

    /// Stops tracking the dicts that hold nothing that can be part of a cycle; says how many there were.
    fn untrack_atomic<H: Host>(&self, survivors: &GcList, host: &H, report: &mut Report) -> usize {
        let mut count = 0;
        let mut ask = |dict: &Object| {
            if host.is_atomic_dict(dict) {
                report.add_untracked(dict);
                // SAFETY: it is in the list, which is whole.
                unsafe { GcList::unlink(dict.gc_head_unchecked()) };
                count += 1;
            }
        };
        if self.more {
            for_each(survivors, |links| {
                if host.is_dict(object_of(links)) {
                    ask(object_of(links));
                }
            });
        } else {
            // SAFETY: survivors live; nothing has run since they were met.
            self.found.iter().for_each(|dict| ask(unsafe { dict.as_ref() }));
        }
        count
    }
}

/// The next older generation has seen one more collection; the collected ones start to count anew.
fn begin_counts(space: &ObjectSpace, number: usize) {
    if let Some(older) = space.generations.get(number + 1) {
        older.count.set(older.count.get() + 1);
    }
    for generation in &space.generations[..=number] {
        generation.count.set(0);
    }
}

/// Takes what has been born so far as old, and starts to count anew: for what an interpreter begins with, which no
/// collection of young objects need look at. A collection that was asked for meanwhile is not due any more.
pub fn settle(space: &ObjectSpace) {
    for younger in 0..OLDEST {
        merge(&space.generations[younger].list, &space.generations[OLDEST].list);
    }
    for generation in &space.generations {
        generation.count.set(0);
    }
    if space.collection_requested.replace(false) {
        space.attention.set(false);
    }
}

/// How many objects stand in each generation.
fn lengths(space: &ObjectSpace) -> [usize; 3] {
    [0, 1, 2].map(|number: usize| space.generations[number].list.len())
}
