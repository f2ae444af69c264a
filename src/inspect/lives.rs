//! `glass.watch(x)` and `glass.life(x)`: the life of an object, from its birth (where it is known) to the object that takes
//! its address.
//!
//! While something is watched, the loop calls [`step`] before each instruction, which looks at the counts; the heap tells
//! of the end. Nothing is kept alive by it: a life knows an address and no reference. When nothing that is watched lives
//! any more, the loop is left alone.

use std::cell::{Cell as StdCell, RefCell};

use super::blocks::{self, TenantKind};
use super::journal::{Spot, open, opened, spot};
use super::{Cell, Report, Row};
use crate::gc::{Collector, generation_of};
use crate::object::Object;
use crate::runtime::{Interpreter, Typed};
use crate::vm::trace::set_steps;

/// So many instructions a new object may be nobody's.
const MOST_LOOKS: u8 = 4;
/// So many instructions an address that was left may wait to be taken.
const MOST_IDLE: u32 = 20_000;
/// So many events of one life are kept.
const MOST_EVENTS: usize = 2000;
const COLUMNS: &[&str] = &["line", "function", "event", "count", "by"];

/// All lives that are told.
#[derive(Default)]
pub struct Lives {
    lives: RefCell<Vec<Life>>,
    /// The instruction that ran last.
    last: RefCell<Option<Spot>>,
    /// Counts the lines that have run.
    line: StdCell<u64>,
    frames: StdCell<usize>,
    collections: StdCell<usize>,
    /// Instructions since the last watched object has died.
    idle: StdCell<u32>,
}

/// The life of an object.
struct Life {
    /// What `watch` gave back.
    number: usize,
    address: usize,
    block: usize,
    name: String,
    birth: String,
    count: usize,
    generation: Option<u8>,
    state: State,
    events: Vec<Event>,
    left_out: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Alive,
    Dead,
    /// A new block stands there; what it is, the next steps see.
    Taken(u8),
    Over,
}

struct Event {
    spot: Option<Spot>,
    /// The line that ran, counted.
    line: u64,
    kind: EventKind,
}

enum EventKind {
    Count { before: usize, after: usize, most: usize },
    Generation(Option<u8>, Option<u8>),
    Died { holder: Option<String>, collecting: bool },
    Taken(String),
}

/// Begins to follow an object; gives the number of its life. `birth` says where it was made, if somebody else knows.
pub fn watch(cx: &Interpreter, object: &Object, birth: Option<String>) -> usize {
    let journal = open(cx);
    if let Some(life) = journal.lives.lives.borrow().iter().find(|life| life.is_at(object.address())) {
        return life.number;
    }
    let block = blocks::block_of(object);
    let known = journal.maker(block).map(|spot| spot.told());
    let mut lives = journal.lives.lives.borrow_mut();
    let number = lives.last().map_or(1, |life| life.number + 1);
    let name = super::owners::named(cx, object);
    lives.push(Life {
        number,
        address: object.address(),
        block,
        name,
        birth: known.or(birth).unwrap_or_else(|| "before watching began".to_owned()),
        // The argument of the call that asks is no part of the life.
        count: object.count().saturating_sub(1),
        generation: generation_of(&cx.space, object.address()),
        state: State::Alive,
        events: Vec::new(),
        left_out: 0,
    });
    journal.lives.collections.set(collections(cx));
    *journal.lives.last.borrow_mut() = spot(cx);
    drop(lives);
    set_steps(cx, Some(step));
    number
}

/// Forgets a life, or all of them. Says whether there was one.
pub fn unwatch(cx: &Interpreter, number: Option<usize>) -> bool {
    let Some(journal) = opened(cx) else { return false };
    let mut lives = journal.lives.lives.borrow_mut();
    let before = lives.len();
    lives.retain(|life| number.is_some_and(|number| life.number != number));
    let gone = lives.len() < before;
    drop(lives);
    journal.lives.rest(cx);
    gone
}

/// The number of the life that is meant: of a watched object that lives, by its number, or by its address.
pub fn number_of(cx: &Interpreter, object: &Object) -> Option<usize> {
    let journal = opened(cx)?;
    let lives = journal.lives.lives.borrow();
    let find = |wanted: &dyn Fn(&Life) -> bool| lives.iter().rev().find(|life| wanted(life));
    let by_number = || {
        let int = object.as_int().filter(|_| object.is_exactly(&cx.types.int))?.to_i64()?;
        let int = usize::try_from(int).ok()?;
        find(&|life| life.number == int).or_else(|| find(&|life| life.address == int))
    };
    find(&|life| life.is_at(object.address())).or_else(by_number).map(|life| life.number)
}

/// The life with a number. The question itself may hold the object as an argument, which is no part of its life.
pub fn life(cx: &Interpreter, number: usize, asked: &Object) -> Option<Report> {
    let journal = opened(cx)?;
    journal.lives.settle(cx);
    let lives = journal.lives.lives.borrow();
    let life = lives.iter().find(|life| life.number == number)?;
    let own = usize::from(life.is_at(asked.address()));
    Some(life.report(journal.lives.line.get(), own))
}

/// Everything that is watched.
pub fn watched(cx: &Interpreter) -> Report {
    let columns = ["number", "object", "state", "count", "generation", "born"];
    let mut report = Report::new("watched", "watched objects", &columns);
    let Some(journal) = opened(cx) else { return report };
    journal.lives.settle(cx);
    for life in journal.lives.lives.borrow().iter() {
        let lives = life.state == State::Alive;
        report.row([
            life.number.into(),
            life.name.clone().into(),
            if lives { "alive" } else { "dead" }.into(),
            if lives { life.count.into() } else { Cell::Nothing },
            life.generation.map(|number| Cell::from(usize::from(number))).unwrap_or_default(),
            life.birth.clone().into(),
        ]);
    }
    report
}

/// Stands before each instruction: looks what the one before has done.
fn step(cx: &Interpreter) {
    let Some(journal) = opened(cx) else { return };
    let lives = &journal.lives;
    lives.settle(cx);
    let now = spot(cx);
    let frames = cx.thread.stack.record_count();
    let same_line = match (&*lives.last.borrow(), &now) {
        (Some(last), Some(now)) => {
            std::rc::Rc::ptr_eq(&last.unit, &now.unit)
                && last.line() == now.line()
                && lives.frames.get() == frames
        }
        _ => false,
    };
    lives.frames.set(frames);
    if !same_line {
        lives.line.set(lives.line.get() + 1);
    }
    *lives.last.borrow_mut() = now;
}

fn collections(cx: &Interpreter) -> usize {
    cx.extension::<Collector>().totals.iter().map(|totals| totals.collections.get()).sum()
}

impl Lives {
    /// Looks at the counts, at the generations after a collection, and at who has taken an address.
    fn settle(&self, cx: &Interpreter) {
        let collected = self.collections.replace(collections(cx)) != self.collections.get();
        let mut lives = self.lives.borrow_mut();
        for life in lives.iter_mut().filter(|life| life.state == State::Alive) {
            let (last, line) = (&self.last, self.line.get());
            let count = cx.space.heap.peek(life.address).unwrap_or_default();
            if count != life.count {
                life.counted(last.borrow().clone(), line, count);
            }
            if collected {
                life.promoted(cx, last.borrow().clone(), line);
            }
        }
        let has_taken = lives.iter().any(|life| matches!(life.state, State::Taken(_)));
        drop(lives);
        if has_taken {
            self.see_takers(cx);
        }
        self.rest(cx);
    }

    /// What stands where watched objects were. All objects are looked at only where the frames have not led to it for a
    /// while.
    fn see_takers(&self, cx: &Interpreter) {
        for life in self.lives.borrow_mut().iter_mut() {
            let State::Taken(looks) = life.state else { continue };
            let blocks: Vec<_> = cx.space.heap.block_at(life.block).into_iter().collect();
            let near = blocks::near_tenants(cx, &blocks);
            if near.is_none() && looks < MOST_LOOKS {
                // An operand of the next instruction: somebody will hold it soon.
                life.state = State::Taken(looks + 1);
                continue;
            }
            let tenants = near.unwrap_or_else(|| blocks::tenants(cx, blocks));
            let found = tenants.iter().find(|tenant| tenant.block.address == life.block);
            life.see_taker(match found.map(|tenant| &tenant.kind) {
                // What has no text of its own is shown with its type already.
                Some(TenantKind::Object(facts)) if facts.shown.starts_with(&facts.type_name) => {
                    facts.shown.clone()
                }
                Some(TenantKind::Object(facts)) => format!("{} {}", facts.type_name, facts.shown),
                Some(TenantKind::Buffer(what)) => what.clone(),
                None => "something that is gone already".to_owned(),
            });
        }
    }

    /// Leaves the loop alone when nothing that is watched lives, and the heap when nothing is told of any more.
    fn rest(&self, cx: &Interpreter) {
        let (mut is_busy, mut waits) = (false, false);
        for life in self.lives.borrow().iter() {
            is_busy |= matches!(life.state, State::Alive | State::Taken(_));
            waits |= life.state == State::Dead;
        }
        if is_busy {
            return self.idle.set(0);
        }
        self.idle.set(self.idle.get() + 1);
        if (!waits || self.idle.get() > MOST_IDLE) && cx.thread.observers.steps.get().is_some() {
            set_steps(cx, None);
        }
        // A life that is still told of keeps the journal open: the next one's birth will be known.
        if let Some(journal) = opened(cx).filter(|_| self.lives.borrow().is_empty()) {
            journal.close(cx);
        }
    }

    /// A block was released; or what stands in it is about to die, and has not begun to be taken apart.
    pub fn released(&self, cx: &Interpreter, block: usize) {
        let Ok(mut lives) = self.lives.try_borrow_mut() else { return };
        for life in lives.iter_mut().filter(|life| life.block == block) {
            if matches!(life.state, State::Taken(_)) {
                life.see_taker("something that lived shortly".to_owned());
            }
            if life.state != State::Alive {
                continue;
            }
            let kind = EventKind::Died {
                holder: opened(cx).and_then(|journal| journal.dying_holder(life.address)),
                collecting: cx.space.collecting.get(),
            };
            life.events.push(Event { spot: spot(cx), line: self.line.get(), kind });
            life.state = State::Dead;
        }
    }

    /// A block was handed out.
    pub fn taken(&self, cx: &Interpreter, block: usize) {
        let Ok(mut lives) = self.lives.try_borrow_mut() else { return };
        for life in lives.iter_mut().filter(|life| life.block == block && life.state == State::Dead) {
            let kind = EventKind::Taken(String::new());
            life.events.push(Event { spot: spot(cx), line: self.line.get(), kind });
            life.state = State::Taken(0);
        }
    }
}

impl Life {
    fn is_at(&self, address: usize) -> bool {
        self.state == State::Alive && self.address == address
    }

    /// Adds to the last event where that is of the same line.
    fn counted(&mut self, spot: Option<Spot>, at: u64, count: usize) {
        let before = std::mem::replace(&mut self.count, count);
        if let Some(Event { line, kind: EventKind::Count { after, most, .. }, .. }) = self.events.last_mut()
            && *line == at
        {
            (*after, *most) = (count, (*most).max(count));
            return;
        }
        self.add(Event {
            spot,
            line: at,
            kind: EventKind::Count { before, after: count, most: before.max(count) },
        });
    }

    /// Who has taken the address.
    fn see_taker(&mut self, what: String) {
        if let Some(Event { kind: EventKind::Taken(text), .. }) = self.events.last_mut() {
            *text = what;
        }
        self.state = State::Over;
    }

    fn promoted(&mut self, cx: &Interpreter, spot: Option<Spot>, line: u64) {
        let now = generation_of(&cx.space, self.address);
        let before = std::mem::replace(&mut self.generation, now);
        if now != before {
            self.add(Event { spot, line, kind: EventKind::Generation(before, now) });
        }
    }

    fn add(&mut self, event: Event) {
        if self.events.len() < MOST_EVENTS {
            self.events.push(event);
        } else {
            self.left_out += 1;
        }
    }

    fn report(&self, line: u64, own: usize) -> Report {
        let mut report = Report::new("life", format!("life {} of {}", self.number, self.name), COLUMNS);
        report.row([Cell::Nothing, Cell::Nothing, "born".into(), Cell::Nothing, self.birth.clone().into()]);
        let mut last = None;
        for event in &self.events {
            let is_open = event.line == line;
            if let Some(row) = event.row(if is_open { own } else { 0 }, last) {
                report.push(row);
            }
            last = event.count().or(last);
        }
        if self.state == State::Alive {
            let count = self.count.saturating_sub(own);
            report.note(format!("alive, count {count}, {}", generation_text(self.generation)));
        }
        if self.left_out > 0 {
            report.note(format!("{} more changes of the count left out", self.left_out));
        }
        report
    }
}

fn generation_text(generation: Option<u8>) -> String {
    match generation {
        None => "not tracked by the collector".to_owned(),
        Some(crate::gc::PERMANENT) => "frozen".to_owned(),
        Some(number) => format!("generation {number}"),
    }
}

impl Event {
    fn count(&self) -> Option<usize> {
        match self.kind {
            EventKind::Count { after, .. } => Some(after),
            _ => None,
        }
    }

    /// The cells of the event, without `own` references of the question; none where nothing else was.
    fn row(&self, own: usize, last: Option<usize>) -> Option<Row> {
        let mut rows = Vec::new();
        let equation = || self.spot.as_ref().map(Spot::equation).unwrap_or_default();
        let (event, count, by) = match &self.kind {
            EventKind::Count { before, after, most } => {
                let (after, most) = (after.saturating_sub(own), most.saturating_sub(own).max(*before));
                if after == *before && most == *before {
                    return None;
                }
                let most =
                    if most > after.max(*before) { format!(", {most} between") } else { String::new() };
                ("count", format!("{before} → {after}{most}"), equation())
            }
            EventKind::Generation(before, after) => {
                let text = format!("{} → {}", generation_text(*before), generation_text(*after));
                ("collection", String::new(), text)
            }
            EventKind::Died { holder, collecting } => {
                let before = last.filter(|count| *count > 0).unwrap_or(1);
                let way = self.way_of_death(*collecting);
                if holder.is_some() {
                    let mut cells = vec![Cell::Nothing; COLUMNS.len() - 1];
                    cells.push(format!("by {way}").into());
                    rows.push(Row::new(cells));
                }
                ("dies", format!("{before} → 0"), holder.clone().unwrap_or(way))
            }
            EventKind::Taken(what) => ("address taken", String::new(), format!("by {what}")),
        };
        let line = self.spot.as_ref().map(|spot| Cell::from(spot.line() as usize));
        let function = self.spot.as_ref().map(|spot| Cell::from(spot.function()));
        let cells = vec![
            line.unwrap_or_default(),
            function.unwrap_or_default(),
            event.into(),
            count.into(),
            by.into(),
        ];
        Some(Row { cells, rows })
    }

    /// What released the object, or what released it with its holder, as far as that is known.
    fn way_of_death(&self, collecting: bool) -> String {
        match &self.spot {
            _ if collecting => "a collection".to_owned(),
            None => "the end of the program".to_owned(),
            Some(spot) => match spot.way_of_release() {
                "" => format!("an instruction: {}", spot.equation()),
                way => format!("{way}: {}", spot.equation()),
            },
        }
    }
}
