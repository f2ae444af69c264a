//! `glass.diff()`: what came, what went, and what moved to another generation since the last look.
//!
//! An address says little, since pools hand a freed block out at once: whether the object there is another one is known
//! from the journal, which tells of every block that was made in between.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::{block_of, show_roots};
use super::journal::{Journal, open};
use super::{Cell, Report, Row};
use crate::gc::census;
use crate::runtime::{Interpreter, Typed};

/// So many places of birth are told of a type.
const MOST_PLACES: usize = 12;

/// What the last look saw.
#[derive(Default)]
struct LastLook(RefCell<Option<FxHashMap<usize, Seen>>>);

/// An object as it was seen.
#[derive(Clone)]
struct Seen {
    block: usize,
    type_name: std::rc::Rc<str>,
    generation: Option<u8>,
}

/// What happened to the objects of a type.
#[derive(Default)]
struct Change {
    came: usize,
    went: usize,
    /// From one generation to another.
    moved: BTreeMap<(Option<u8>, Option<u8>), usize>,
    /// Where those that came were made.
    places: BTreeMap<String, usize>,
}

/// Compares with the last look. `place_of` knows where blocks were made before the journal was opened, if anybody does.
pub fn diff(cx: &Interpreter, place_of: &dyn Fn(usize) -> Option<String>) -> Report {
    let journal = open(cx);
    journal.stay_open();
    let (now, new) = (look(cx), journal.take_new());
    let last = cx.extension::<LastLook>().0.replace(Some(now.clone()));
    let Some(last) = last else {
        let mut report = Report::new("diff", format!("first look: {} objects", now.len()), COLUMNS);
        report.note("the next glass.diff() tells what came, went and moved since now");
        return report;
    };
    told(&compare(&last, &now, &new, journal, place_of), last.len(), now.len())
}

const COLUMNS: &[&str] = &["type", "came", "went", "change", "moved"];

fn look(cx: &Interpreter) -> FxHashMap<usize, Seen> {
    let (mut seen, mut names) = (FxHashMap::default(), FxHashMap::default());
    census(&cx.space, &|visitor| show_roots(cx, visitor), &mut |object, generation| {
        let name = names.entry(object.type_object().address()).or_insert_with(|| object.type_name().into());
        let type_name = std::rc::Rc::clone(name);
        seen.insert(object.address(), Seen { block: block_of(object), type_name, generation });
    });
    seen
}

fn compare(
    last: &FxHashMap<usize, Seen>,
    now: &FxHashMap<usize, Seen>,
    new: &FxHashSet<usize>,
    journal: &Journal,
    place_of: &dyn Fn(usize) -> Option<String>,
) -> BTreeMap<std::rc::Rc<str>, Change> {
    let mut changes: BTreeMap<std::rc::Rc<str>, Change> = BTreeMap::new();
    for (address, seen) in now {
        match last.get(address).filter(|_| !new.contains(&seen.block)) {
            Some(before) if before.generation != seen.generation => {
                let change = changes.entry(seen.type_name.clone()).or_default();
                *change.moved.entry((before.generation, seen.generation)).or_default() += 1;
            }
            Some(_) => {}
            None => {
                let change = changes.entry(seen.type_name.clone()).or_default();
                change.came += 1;
                *change.places.entry(birth(journal, seen.block, place_of)).or_default() += 1;
            }
        }
    }
    for (address, seen) in last {
        if !now.contains_key(address) || new.contains(&seen.block) {
            changes.entry(seen.type_name.clone()).or_default().went += 1;
        }
    }
    changes
}

/// Where a block was made.
fn birth(journal: &Journal, block: usize, place_of: &dyn Fn(usize) -> Option<String>) -> String {
    let place = journal.maker(block).map(|spot| spot.told()).or_else(|| place_of(block));
    match place {
        Some(place) => format!("in {place}"),
        None if journal.knows(block) => "by the interpreter itself".to_owned(),
        None => "in an unknown place".to_owned(),
    }
}

fn told(changes: &BTreeMap<std::rc::Rc<str>, Change>, before: usize, after: usize) -> Report {
    let mut report = Report::new("diff", format!("since the last look: {before} → {after} objects"), COLUMNS);
    let sum = |of: fn(&Change) -> usize| changes.values().map(of).sum::<usize>();
    for (name, change) in changes {
        let mut row = Row::new([
            Cell::from(&**name),
            change.came.into(),
            change.went.into(),
            signed(change.came, change.went).into(),
            moved_text(change).into(),
        ]);
        let mut places: Vec<_> = change.places.iter().collect();
        places.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (place, count) in places.iter().take(MOST_PLACES) {
            row.rows.push(Row::new([Cell::from(format!("made {place}")), (**count).into()]));
        }
        if places.len() > MOST_PLACES {
            let rest = places[MOST_PLACES..].iter().map(|(_, count)| **count).sum::<usize>();
            row.rows.push(Row::new([Cell::from("made elsewhere"), rest.into()]));
        }
        report.push(row);
    }
    let (came, went) = (sum(|change| change.came), sum(|change| change.went));
    report.footer(["all".into(), Cell::from(came), Cell::from(went), signed(came, went).into()]);
    report.note("what came and went again in between is not among them");
    report
}

fn signed(came: usize, went: usize) -> i64 {
    came as i64 - went as i64
}

fn moved_text(change: &Change) -> String {
    let name =
        |generation: Option<u8>| generation.map_or("untracked".to_owned(), |number| number.to_string());
    let moves = change.moved.iter();
    let texts: Vec<String> =
        moves.map(|((from, to), count)| format!("{count} from {} to {}", name(*from), name(*to))).collect();
    texts.join(", ")
}
