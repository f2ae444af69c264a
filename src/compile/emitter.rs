//! The code unit under construction: words, depths, labels and handler ranges.
//!
//! ```text
//! registers   0 ........ local_count | local_count + 0 ...... + depth - 1 | free
//!             locals, cells          | owned temporaries                  |
//! ```
//!
//! Code that cannot be reached is not emitted: after an unconditional jump the emitter drops instructions until a
//! label is bound that some jump goes to.

use crate::bytecode::{Handler, Instruction, Kinds, LineMark, Location, Op};
use crate::syntax::ast::Range;

/// Registers beyond this are refused; the margin keeps sums of a few registers within 16 bits.
const MAXIMUM_REGISTER: u32 = 65_000;

/// A place in the code that jumps go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(usize);

#[derive(Debug, Default)]
struct LabelState {
    position: Option<u32>,
    depth: Option<u32>,
    patches: Vec<Patch>,
}

#[derive(Clone, Copy, Debug)]
struct Patch {
    word: u32,
    inline: bool,
}

/// Where an instruction leaves its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// The next temporary.
    Push,
    /// A local register.
    Local(u16),
}

/// A range of words under construction whose exceptions go to a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Covered {
    start: u32,
    target: Label,
    depth: u32,
}

/// The words of a code unit with their tables.
#[derive(Debug)]
pub(super) struct Emitter {
    pub(super) local_count: u16,
    pub(super) depth: u32,
    pub(super) location: Location,
    pub(super) reachable: bool,
    pub(super) instructions: Vec<Instruction>,
    pub(super) locations: Vec<Location>,
    pub(super) depths: Vec<u16>,
    pub(super) greatest_depth: u32,
    pub(super) marks: Vec<LineMark>,
    /// Where the last label was bound, and how many marks there were before it.
    bound_at: Option<u32>,
    marks_end: usize,
    labels: Vec<LabelState>,
    handlers: Vec<(u32, u32, Label, u32)>,
}

impl Emitter {
    pub(super) fn new(local_count: u16) -> Self {
        Self {
            local_count,
            depth: 0,
            location: Location::default(),
            reachable: true,
            instructions: Vec::new(),
            locations: Vec::new(),
            depths: Vec::new(),
            greatest_depth: 0,
            marks: Vec::new(),
            bound_at: None,
            marks_end: 0,
            labels: Vec::new(),
            handlers: Vec::new(),
        }
    }

    /// The position of the next word.
    pub(super) fn position(&self) -> u32 {
        self.instructions.len() as u32
    }

    /// The register of the temporary that `below` others lie under, counted from the next free one.
    pub(super) fn temporary(&self, below: u32) -> u16 {
        self.register(self.depth.saturating_sub(below))
    }

    /// The topmost owned temporary.
    pub(super) fn top(&self) -> u16 {
        self.temporary(1)
    }

    /// The register of the temporary with this number.
    pub(super) fn register(&self, temporary: u32) -> u16 {
        (u32::from(self.local_count) + temporary).min(MAXIMUM_REGISTER) as u16
    }

    /// Whether some instruction needed more registers than there are.
    pub(super) fn too_many_registers(&self) -> bool {
        u32::from(self.local_count) + self.greatest_depth >= MAXIMUM_REGISTER
    }

    pub(super) fn is_temporary(&self, register: u16) -> bool {
        register >= self.local_count
    }

    /// Emits an instruction as it is; the depth stays.
    pub(super) fn raw(&mut self, op: Op, a: u16, b: u16, c: u16) {
        self.word(Instruction::new(op, a, b, c, self.local_count));
    }

    /// Emits an instruction with a 32-bit operand in `b` and `c`.
    pub(super) fn wide(&mut self, op: Op, a: u16, operand: u32) {
        let [low, high] = halves(operand);
        self.raw(op, a, low, high);
    }

    /// Emits an inline word of the instruction before.
    pub(super) fn inline(&mut self, low: u32, high: u32) {
        self.word(Instruction::inline(low, high));
    }

    fn word(&mut self, instruction: Instruction) {
        if self.reachable {
            self.instructions.push(instruction);
            self.locations.push(self.location);
            self.depths.push(self.depth.min(MAXIMUM_REGISTER) as u16);
        }
    }

    /// Takes `count` temporaries off.
    pub(super) fn consume(&mut self, count: u32) {
        self.depth = self.depth.saturating_sub(count);
    }

    /// Owns one temporary more.
    pub(super) fn grow(&mut self, count: u32) {
        self.depth += count;
        self.greatest_depth = self.greatest_depth.max(self.depth);
    }

    /// The register of a result when `consumed` temporaries are gone.
    pub(super) fn result(&self, destination: Destination, consumed: u32) -> u16 {
        match destination {
            Destination::Push => self.temporary(consumed),
            Destination::Local(register) => register,
        }
    }

    /// Accounts for an instruction that consumed temporaries and left a result.
    pub(super) fn settle(&mut self, destination: Destination, consumed: u32) {
        self.consume(consumed);
        if destination == Destination::Push {
            self.grow(1);
        }
    }

    /// Emits `a = f(b, c)` where `consumed` of the operands are temporaries.
    pub(super) fn equation(&mut self, op: Op, destination: Destination, b: u16, c: u16, consumed: u32) {
        let a = self.result(destination, consumed);
        self.raw(op, a, b, c);
        self.settle(destination, consumed);
    }

    /// Sets a kind bit of the last instruction emitted, which has no inline words.
    pub(super) fn mark_last(&mut self, kind: u8) {
        if self.reachable
            && let Some(last) = self.instructions.last_mut()
        {
            last.kinds |= kind;
        }
    }
}

// Lines without instructions.
impl Emitter {
    /// Whether there is neither an instruction nor a line so far.
    pub(super) fn is_blank(&self) -> bool {
        self.instructions.is_empty() && self.marks.is_empty()
    }

    /// A line begins here that may have no instruction.
    pub(super) fn mark_line(&mut self, range: Range) {
        if self.reachable {
            let position = self.position();
            let for_jumps = self.bound_at == Some(position);
            self.marks.push(LineMark { position, location: location_of(range), for_jumps });
        }
    }

    /// Takes the line away that ends here without an instruction: the next one has it for its own.
    pub(super) fn take_mark(&mut self) -> Option<Location> {
        let position = self.position();
        if self.marks.len() == self.marks_end {
            return None;
        }
        self.marks.pop_if(|mark| mark.position == position).map(|mark| mark.location)
    }

    /// Gives a line an instruction where jumps to it and jumps to behind it would go to the same word, or where the jump
    /// directly before it goes to behind it: nobody could tell who comes from where.
    fn separate_mark(&mut self, label: Label) {
        let position = self.position();
        let is_passed = self.labels[label.0].patches.iter().any(|patch| patch.word + 1 == position);
        let is_target = self.marks.last().is_some_and(|mark| mark.position == position && mark.for_jumps);
        if (is_passed || is_target && self.reachable)
            && let Some(location) = self.take_mark()
        {
            let before = std::mem::replace(&mut self.location, location);
            self.raw(Op::Nop, 0, 0, 0);
            self.location = before;
        }
    }
}

// Labels.
impl Emitter {
    pub(super) fn label(&mut self) -> Label {
        self.labels.push(LabelState::default());
        Label(self.labels.len() - 1)
    }

    /// Goes to the label, forwards or back.
    pub(super) fn jump(&mut self, label: Label) {
        let op = if self.labels[label.0].position.is_some() { Op::JumpBack } else { Op::Jump };
        self.note(label, self.depth, false);
        self.wide(op, 0, self.labels[label.0].position.unwrap_or(0));
        self.reachable = false;
    }

    /// Goes forward to the label depending on register `a`, which is consumed if it is a temporary.
    pub(super) fn jump_on(&mut self, op: Op, a: u16, label: Label) {
        let after = self.depth - u32::from(self.is_temporary(a)).min(self.depth);
        self.note(label, after, false);
        self.wide(op, a, 0);
        self.depth = after;
    }

    /// The short circuit of `and` and `or`: keeps the topmost temporary where it jumps and drops it where not.
    pub(super) fn jump_or_drop(&mut self, op: Op, label: Label) {
        self.note(label, self.depth, false);
        self.wide(op, self.top(), 0);
        self.consume(1);
    }

    /// Emits the inline word with the target of the instruction before, at which the depth will be `depth`.
    pub(super) fn inline_target(&mut self, label: Label, depth: u32) {
        self.note(label, depth, true);
        self.inline(0, 0);
    }

    fn note(&mut self, label: Label, depth: u32, inline: bool) {
        if !self.reachable {
            return;
        }
        let word = self.position();
        let state = &mut self.labels[label.0];
        debug_assert!(
            state.depth.is_none_or(|known| known == depth),
            "jumps to one label disagree on the depth"
        );
        state.depth = Some(depth);
        if state.position.is_none() {
            state.patches.push(Patch { word, inline });
        }
    }

    /// Makes the next word the target of the label.
    pub(super) fn bind(&mut self, label: Label) {
        self.separate_mark(label);
        let position = self.position();
        self.bound_at = Some(position);
        self.marks_end = self.marks.len();
        let state = &mut self.labels[label.0];
        state.position = Some(position);
        match state.depth {
            Some(depth) => {
                debug_assert!(!self.reachable || depth == self.depth, "a label is reached with two depths");
                self.depth = depth;
                self.greatest_depth = self.greatest_depth.max(depth);
                self.reachable = true;
            }
            None => state.depth = self.reachable.then_some(self.depth),
        }
        for patch in std::mem::take(&mut state.patches) {
            self.patch(patch, position);
        }
    }

    fn patch(&mut self, patch: Patch, position: u32) {
        let word = &mut self.instructions[patch.word as usize];
        if patch.inline {
            *word = Instruction::inline(position, 0);
        } else {
            [word.b, word.c] = halves(position);
            word.kinds &= !(Kinds::B_LOCAL | Kinds::C_LOCAL);
        }
    }

    /// Whether anything jumps to the label.
    pub(super) fn is_used(&self, label: Label) -> bool {
        self.labels[label.0].depth.is_some()
    }
}

// Handlers.
impl Emitter {
    /// From here on exceptions go to the label, where `depth` temporaries survive.
    pub(super) fn cover(&self, target: Label, depth: u32) -> Covered {
        Covered { start: self.position(), target, depth }
    }

    /// Up to here exceptions go to the label.
    pub(super) fn uncover(&mut self, covered: Covered) {
        let end = self.position();
        if covered.start < end {
            self.handlers.push((covered.start, end, covered.target, covered.depth));
            self.labels[covered.target.0].depth = Some(covered.depth + 1);
        }
    }

    /// The same range going on after a hole.
    pub(super) fn recover(&self, covered: Covered) -> Covered {
        Covered { start: self.position(), ..covered }
    }

    /// The exception table.
    pub(super) fn handler_table(&self) -> Vec<Handler> {
        let entry = |&(start, end, target, depth): &(u32, u32, Label, u32)| Handler {
            start,
            end,
            target: self.labels[target.0].position.unwrap_or(0),
            depth: depth.min(MAXIMUM_REGISTER) as u16,
        };
        self.handlers.iter().map(entry).collect()
    }
}

/// A place in the source.
pub(super) fn location_of(range: Range) -> Location {
    let Range { line, end_line, column, end_column } = range;
    Location { line, end_line, column, end_column }
}

/// A 32-bit operand as it stands in `b` and `c`.
pub(super) fn halves(operand: u32) -> [u16; 2] {
    [operand as u16, (operand >> 16) as u16]
}
