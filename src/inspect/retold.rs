//! `glass.collect()`: a collection retold pass by pass. What refers to what is noted down just before it begins, since the
//! trash is gone when it is over; what the passes did is the collector's own report.
//!
//! The equation of the second pass, for each candidate: count - references from candidates = references from outside.
//! Candidates that belong to built-in types and imported modules are many and always the same: they are counted and not
//! shown.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::describe;
use super::owners::each;
use super::places::{Place, each_reference};
use super::roots::{each_root, told};
use super::{Cell, Limits, Report, Row};
use crate::gc::{self, Next, look_around};
use crate::object::Object;
use crate::runtime::{Interpreter, Typed};
use crate::types::module::Module;

/// So much trash and so many survivors are shown, unless more are asked for.
const MOST_OBJECTS: usize = 100;
/// So many references to each of them are told one by one.
const MOST_REFERENCES: usize = 8;

/// What is known of the candidates before a collection.
#[derive(Default)]
pub struct Before {
    candidates: FxHashMap<usize, Known>,
    /// Reached from built-in types and modules without the program's own names.
    own: FxHashSet<usize>,
}

/// A candidate before a collection.
#[derive(Default)]
struct Known {
    /// What it is, without its address.
    name: Rc<str>,
    is_class: bool,
    generation: u8,
    /// References from other candidates, the first ones: the holder's address and the place in it.
    inside: Vec<(usize, Place)>,
    /// References from elsewhere, in words, the first ones.
    outside: Vec<String>,
}

/// Notes down what a collection of a generation will look at.
pub fn before(cx: &Interpreter, number: usize) -> Before {
    let mut before = Before::default();
    gc::tracked(&cx.space, &mut |object, generation| {
        if usize::from(generation) <= number {
            before.candidates.insert(object.address(), Known { generation, ..Known::default() });
        }
    });
    let mut names = FxHashMap::default();
    each(cx, &mut |object| before.look_at(cx, object, &mut names));
    each_root(cx, &mut |root| before.refer_from_outside(root.address, || told(cx, &root.source)));
    let without = program_names(cx);
    look_around(&cx.space, usize::MAX, &|visitor| cx.visit_roots(visitor), &mut |object| {
        if without.contains(&object.address()) {
            return Next::Back;
        }
        before.own.insert(object.address());
        Next::Further
    });
    before
}

/// The main module and its namespace.
fn program_names(cx: &Interpreter) -> FxHashSet<usize> {
    let Ok(Some(main)) = cx.dict_get_str(&cx.modules, "__main__") else { return FxHashSet::default() };
    let names = main.layout::<Module>().and_then(|module| module.dict.get()).map(|names| names.address());
    [Some(main.address()), names].into_iter().flatten().collect()
}

impl Before {
    fn look_at(&mut self, cx: &Interpreter, holder: &Object, names: &mut FxHashMap<usize, Rc<str>>) {
        let address = holder.address();
        let known = self.candidates.get_mut(&address);
        let is_candidate = known.is_some();
        if let Some(known) = known {
            let class = holder.as_type();
            known.is_class = class.is_some();
            known.name = match class {
                Some(class) => class.name_text().into(),
                None => {
                    let name = names.entry(holder.type_object().address());
                    Rc::clone(name.or_insert_with(|| holder.type_name().into()))
                }
            };
        }
        each_reference(cx, holder, None, &mut |place, target| {
            if is_candidate {
                self.refer_from_inside(target.address(), address, place);
            } else {
                self.refer_from_outside(target.address(), || {
                    format!("{} of {}", place.label(), describe::place(holder))
                });
            }
        });
    }

    fn refer_from_inside(&mut self, target: usize, holder: usize, place: Place) {
        let known = self.candidates.get_mut(&target);
        if let Some(known) = known.filter(|known| known.inside.len() < MOST_REFERENCES) {
            known.inside.push((holder, place));
        }
    }

    fn refer_from_outside(&mut self, target: usize, what: impl FnOnce() -> String) {
        let known = self.candidates.get_mut(&target);
        if let Some(known) = known.filter(|known| known.outside.len() < MOST_REFERENCES) {
            known.outside.push(what());
        }
    }

    /// `Node 0x…`, `class Node`
    fn name(&self, address: usize) -> String {
        match self.candidates.get(&address).filter(|known| !known.name.is_empty()) {
            Some(known) if known.is_class => format!("class {}", known.name),
            Some(known) => format!("{} {address:#x}", known.name),
            None => format!("{address:#x}"),
        }
    }
}

/// Tells a collection that is over.
pub fn retell(before: &Before, report: &gc::Report, limits: Limits) -> Report {
    let most = limits.rows_or(MOST_OBJECTS);
    let title = format!(
        "collection of generation {}: {} objects looked at, {} collected",
        report.generation,
        report.candidates.len(),
        report.collected
    );
    let mut told = Report::new("collect", title, &["pass", "number", "what_it_did"]);
    passes(report).into_iter().for_each(|(pass, number, text)| {
        told.row([pass.into(), number.into(), text.into()]);
    });
    let lengths = |[young, middle, old]: [usize; 3]| format!("{young}, {middle}, {old}");
    told.note(format!(
        "objects in generations 0, 1, 2: {} before, {} after",
        lengths(report.before),
        lengths(report.after)
    ));
    told.part(equations(before, report, most));
    told.part(steps(before, report, most));
    told
}

fn passes(report: &gc::Report) -> Vec<(&'static str, usize, &'static str)> {
    let subtracted: usize = report.candidates.iter().map(|it| it.count - it.from_outside.min(it.count)).sum();
    vec![
        ("update_refs", report.candidates.len(), "counts copied"),
        ("subtract_refs", subtracted, "references from candidates to candidates taken off the copies"),
        ("move_unreachable", report.unreachable.len(), "objects that nothing outside leads to"),
        ("untrack", report.untracked.len(), "tuples and dicts that can be in no cycle, tracked no more"),
        ("handle_weakrefs", report.weak_references_cleared, "weak references to the trash cleared"),
        ("", report.callbacks_called, "callbacks of weak references called"),
        ("finalize_garbage", report.finalized.len(), "finalizers run"),
        ("handle_resurrected", report.resurrected.len(), "objects brought back by finalizers"),
        ("delete_garbage", report.cleared.len(), "objects cleared; others died by their counts meanwhile"),
        ("", report.collected, "collected"),
    ]
}

const EQUATION: &[&str] = &["object", "generation", "count", "inside", "outside", "verdict"];

/// A row for each candidate with the references that were subtracted: the trash first, then what survives.
fn equations(before: &Before, report: &gc::Report, most: usize) -> Report {
    let mut table = Report::new(
        "collect",
        "candidates: count - references from inside = references from outside",
        EQUATION,
    );
    let verdicts = verdicts(report);
    let reached: FxHashMap<usize, usize> = report.reached.iter().map(|(from, to)| (*to, *from)).collect();
    let (trash, survivors): (Vec<&gc::Candidate>, Vec<&gc::Candidate>) =
        report.candidates.iter().partition(|candidate| verdicts.contains_key(&candidate.address));
    for candidate in trash.iter().take(most) {
        let verdict = verdicts.get(&candidate.address).copied().unwrap_or_default();
        table.push(equation(before, candidate, verdict));
    }
    let is_own = |it: &&&gc::Candidate| before.own.contains(&it.address);
    let own = survivors.iter().filter(is_own).count();
    let others: Vec<_> = survivors.iter().filter(|it| !is_own(it)).collect();
    for candidate in others.iter().take(most) {
        let mut row = equation(before, candidate, "survives");
        row.rows.extend(why_alive(before, candidate, &reached).into_iter().map(|why| Row::new([why.into()])));
        table.push(row);
    }
    if trash.len() > most {
        table.note(format!("… {} more objects were trash; not shown", trash.len() - most));
    }
    if others.len() > most {
        table.note(format!("… {} more objects survive; not shown", others.len() - most));
    }
    if own > 0 {
        table.note(format!("{own} objects of built-in types and imported modules survive; not shown"));
    }
    table
}

/// What became of each unreachable object.
fn verdicts(report: &gc::Report) -> FxHashMap<usize, &'static str> {
    let mut verdicts: FxHashMap<usize, &'static str> =
        report.unreachable.iter().map(|address| (*address, "collected")).collect();
    report.resurrected.iter().for_each(|address| {
        verdicts.insert(*address, "resurrected");
    });
    verdicts
}

fn equation(before: &Before, candidate: &gc::Candidate, verdict: &str) -> Row {
    let known = before.candidates.get(&candidate.address);
    let inside = known.map(|known| known.inside.as_slice()).unwrap_or_default();
    let subtraction = |(holder, place): &(usize, Place)| {
        let place = place.label();
        let text = if *holder == candidate.address {
            format!("- 1: its own {place}")
        } else {
            format!("- 1: {place} of {}", before.name(*holder))
        };
        Row::new([Cell::from(text)])
    };
    let subtracted = candidate.count.saturating_sub(candidate.from_outside);
    let further = subtracted.checked_sub(inside.len()).filter(|further| *further > 0);
    let further = further.map(|count| Row::new([Cell::from(format!("- {count}: further candidates"))]));
    Row {
        cells: vec![
            before.name(candidate.address).into(),
            known.map(|known| Cell::from(usize::from(known.generation))).unwrap_or_default(),
            candidate.count.into(),
            subtracted.into(),
            candidate.from_outside.into(),
            verdict.into(),
        ],
        rows: inside.iter().map(subtraction).chain(further).collect(),
    }
}

/// Each reference from outside, or the survivor that leads to it.
fn why_alive(before: &Before, candidate: &gc::Candidate, reached: &FxHashMap<usize, usize>) -> Vec<String> {
    if candidate.from_outside == 0 {
        let holder = reached.get(&candidate.address).map(|holder| before.name(*holder));
        return vec![format!("alive: reached from {}", holder.unwrap_or_default())];
    }
    let known = before.candidates.get(&candidate.address).map(|known| known.outside.as_slice());
    let known = known.unwrap_or_default();
    let mut reasons: Vec<String> = known.iter().map(|place| format!("alive: {place}")).collect();
    if let Some(more) = candidate.from_outside.checked_sub(known.len()).filter(|more| *more > 0) {
        let by = if known.len() < MOST_REFERENCES { "native code under way" } else { "elsewhere outside" };
        reasons.push(format!("alive: {more} from {by}"));
    }
    reasons
}

/// What happened to the trash, in order.
fn steps(before: &Before, report: &gc::Report, most: usize) -> Report {
    let mut table = Report::new("collect", "what happened to the trash, in order", &["pass", "step"]);
    let mut step = |pass: &str, mut steps: &mut dyn Iterator<Item = String>| {
        (&mut steps).take(most).for_each(|step| table.row([Cell::from(pass), Cell::from(step)]));
        let further = steps.count();
        if further > 0 {
            table.row([Cell::from(pass), Cell::from(format!("… the same for {further} more"))]);
        }
    };
    let cleared = report.cleared_references.iter();
    let cleared =
        cleared.map(|(weak, to)| format!("weak reference {weak:#x} to {} cleared", before.name(*to)));
    step("handle_weakrefs", &mut { cleared });
    let called = report.called.iter().map(|weak| format!("callback of weak reference {weak:#x} called"));
    step("handle_weakrefs", &mut { called });
    for (pass, did, objects) in [
        ("finalize_garbage", "finalizer run", &report.finalized),
        ("handle_resurrected", "resurrected", &report.resurrected),
        ("delete_garbage", "cleared", &report.cleared),
    ] {
        step(pass, &mut objects.iter().map(|address| format!("{}: {did}", before.name(*address))));
    }
    if table.rows.is_empty() {
        table.note("there was no trash");
    }
    table
}
