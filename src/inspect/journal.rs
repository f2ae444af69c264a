//! The journal: which instruction made each block since it was opened, and what becomes of the blocks of objects that are
//! watched. It is opened by `glass.watch` and `glass.diff`; while it is closed nothing of it costs
//! anything.
//!
//! The heap tells it of blocks while they change hands, so it takes none itself: what it keeps lies outside the heap.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::describe::place;
use super::lives::Lives;
use crate::bytecode::{CodeUnit, Op, Receiver, effects};
use crate::memory::Observer;
use crate::object::{Object, ReleaseFollower, dealloc_list_told};
use crate::runtime::{Interpreter, current};
use crate::vm::code_of_record;

/// An instruction of the program.
#[derive(Clone)]
pub struct Spot {
    /// Its unit.
    pub unit: Rc<CodeUnit>,
    /// Its word in it.
    pub word: usize,
}

/// What the heap has told since the journal was opened.
#[derive(Default)]
pub struct Journal {
    /// Who made each block that is in use.
    made: RefCell<FxHashMap<usize, Option<Spot>>>,
    /// The blocks that were made since the last look.
    since: RefCell<FxHashSet<usize>>,
    /// The objects that are watched.
    pub lives: Lives,
    /// The containers that are being taken apart, the outermost first.
    dying: RefCell<Vec<Dying>>,
    is_open: Cell<bool>,
    /// Somebody compares looks: it stays open.
    stays_open: Cell<bool>,
}

/// A container that is being taken apart.
struct Dying {
    address: usize,
    /// What it is, and where.
    told: String,
    /// A collection clears it; it dies afterwards.
    is_cleared: bool,
}

/// The journal of an interpreter, once it is open. It lives as long as the process: the heap may tell it of blocks until
/// the very end.
#[derive(Default)]
struct State(Cell<Option<&'static Journal>>);

/// The journal, if it was ever open.
pub fn opened(cx: &Interpreter) -> Option<&'static Journal> {
    cx.extension::<State>().0.get()
}

/// The journal, opened now if it is not open.
pub fn open(cx: &Interpreter) -> &'static Journal {
    let journal = opened(cx).unwrap_or_else(|| Box::leak(Box::default()));
    if !journal.is_open.replace(true) {
        cx.extension::<State>().0.set(Some(journal));
        cx.space.heap.observe(journal);
        cx.space.follow_releases(Some(journal));
        cx.types.list.lifecycle.dealloc.set(dealloc_list_told);
    }
    journal
}

impl Journal {
    /// Who made a block, if it was made since the journal was opened.
    pub fn maker(&self, block: usize) -> Option<Spot> {
        self.made.borrow().get(&block).cloned().flatten()
    }

    /// Whether a block was made since the journal was opened, perhaps while no line ran.
    pub fn knows(&self, block: usize) -> bool {
        self.made.borrow().contains_key(&block)
    }

    /// The blocks made since this was asked last.
    pub fn take_new(&self) -> FxHashSet<usize> {
        self.since.take()
    }

    /// From now on it is never closed.
    pub fn stay_open(&self) {
        self.stays_open.set(true);
    }

    /// Nobody watches any more: the heap is left alone.
    pub fn close(&'static self, cx: &Interpreter) {
        if !self.stays_open.get() && self.is_open.replace(false) {
            cx.space.heap.stop_observing(self);
            cx.space.follow_releases(None);
            drop((self.made.take(), self.since.take()));
        }
    }

    /// What releases an object because it dies itself or is cleared, and with what it died.
    pub fn dying_holder(&self, address: usize) -> Option<String> {
        let dying = self.dying.borrow();
        let mut holders = dying.iter().filter(|holder| holder.address != address);
        let Some(outermost) = holders.next() else {
            let own = dying.iter().any(|holder| holder.address == address && holder.is_cleared);
            return own.then(|| "its cycle was cut when it was cleared".to_owned());
        };
        let when = match outermost {
            Dying { is_cleared: true, .. } => "was cleared",
            Dying { is_cleared: false, .. } => "died",
        };
        Some(match holders.next_back() {
            None => format!("released by {} when it {when}", outermost.told),
            Some(innermost) if outermost.is_cleared => {
                format!("released by {} when it died as {} was cleared", innermost.told, outermost.told)
            }
            Some(innermost) => format!("released by {} when it died with {}", innermost.told, outermost.told),
        })
    }

    fn push(&self, object: &Object, is_cleared: bool) {
        let (address, told) = (object.address(), place(object));
        self.dying.borrow_mut().push(Dying { address, told, is_cleared });
    }

    fn note(&self, block: usize) {
        self.made.borrow_mut().insert(block, spot(current()));
        self.since.borrow_mut().insert(block);
    }
}

impl ReleaseFollower for Journal {
    fn begins(&self, object: &Object) {
        self.push(object, false);
    }

    fn clears(&self, object: &Object) {
        self.push(object, true);
    }

    fn ends(&self) {
        self.dying.borrow_mut().pop();
    }
}

impl Observer for Journal {
    fn allocated(&self, address: usize, _: usize) {
        self.note(address);
        self.lives.taken(current(), address);
    }

    fn released(&self, address: usize) {
        self.made.borrow_mut().remove(&address);
        self.lives.released(current(), address);
    }

    fn moved(&self, from: usize, to: usize, _: usize) {
        if from != to {
            self.made.borrow_mut().remove(&from);
            self.note(to);
            self.lives.taken(current(), to);
        }
    }

    fn reused(&self, address: usize, _: usize) {
        self.lives.released(current(), address);
        self.note(address);
        self.lives.taken(current(), address);
    }

    fn dying(&self, address: usize) {
        self.lives.released(current(), address);
    }
}

/// The instruction that runs now.
pub fn spot(cx: &Interpreter) -> Option<Spot> {
    let record = cx.thread.stack.records().last()?;
    let code = code_of_record(record);
    Some(Spot { unit: Rc::clone(&code.unit.source), word: code.index_of(record.ip) })
}

impl Spot {
    /// The line; what the compiler adds belongs to the line before it.
    pub fn line(&self) -> u32 {
        let mut known = self.unit.locations.iter().take(self.word + 1).rev().map(|location| location.line);
        known.find(|line| *line != 0).unwrap_or(self.unit.first_line)
    }

    /// The function.
    pub fn function(&self) -> &str {
        &self.unit.qualified_name
    }

    /// `f, line 3`
    pub fn told(&self) -> String {
        format!("{}, line {}", self.function(), self.line())
    }

    /// The instruction as an equation.
    pub fn equation(&self) -> String {
        let lines = crate::bytecode::disassemble::lines(&self.unit);
        lines.into_iter().find(|line| line.word == self.word).map(|line| line.equation).unwrap_or_default()
    }

    /// In which way the instruction can give up a reference that somebody else held before.
    pub fn way_of_release(&self) -> &'static str {
        let Some(instruction) = self.unit.instructions.get(self.word) else { return "" };
        let op = Op::ALL.get(usize::from(instruction.op)).copied().unwrap_or(Op::Nop);
        let inline = self.unit.instructions.get(self.word + 1..).unwrap_or_default();
        let locals = u32::from(self.unit.local_count);
        let found = effects(op, *instruction, inline, locals);
        match (found.receiver, found.gives_up) {
            _ if found.leaves => "the end of the function",
            _ if found.unbound.is_some() => "del",
            (Receiver::Namespace | Receiver::Container, true) if !found.moved.is_empty() => {
                "a new value in its place"
            }
            (_, true) => "del",
            (Receiver::Callee, _) => "a call",
            (Receiver::Outside, _) => "an exception or yield",
            _ if found.result.is_some_and(|(register, _)| register < locals) => "a new value in its place",
            _ if !found.consumed.is_empty() => "the end of a temporary",
            _ => "",
        }
    }
}
