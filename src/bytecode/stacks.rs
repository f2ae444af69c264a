//! What kinds of temporaries a frame owns at each word, for whoever moves a running frame to another line.

use super::effects::effects;
use super::{CodeUnit, Instruction, Op};

/// What a temporary is to a frame that goes on elsewhere. The order is that of preference between equal depths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Temporary {
    /// The iterator of a loop.
    Iterator,
    /// The exception that a handler has got.
    Exception,
    /// The exception that was handled before the handler entered its own, which stands below.
    HandledBefore,
    /// Any other object.
    Object,
    /// What is about to be called: a function, or the two parts of a method, the first of which may be missing.
    Callee,
}

/// The temporaries before each word, the first one deepest; none for words that nothing reaches.
pub fn temporaries(unit: &CodeUnit) -> Vec<Option<Vec<Temporary>>> {
    let mut stacks = vec![None; unit.instructions.len()];
    let mut pending = vec![(0, Vec::new())];
    while let Some((position, stack)) = pending.pop() {
        if stacks.get(position).is_some_and(Option::is_none) {
            follow(unit, position, &stack, &mut pending);
            stacks[position] = Some(stack);
        }
    }
    mark_callees(unit, &mut stacks);
    stacks
}

/// Marks what calls will call, from where it is loaded to the call.
fn mark_callees(unit: &CodeUnit, stacks: &mut [Option<Vec<Temporary>>]) {
    for call in 0..unit.instructions.len() {
        let instruction = unit.instructions[call];
        let Some(stack) = &stacks[call] else { continue };
        let count = match Op::ALL.get(usize::from(instruction.op)) {
            Some(Op::Call | Op::CallKeywords | Op::CallSpread) => 1,
            Some(Op::CallMethod | Op::CallMethodKeywords) => 2,
            _ => continue,
        };
        let Some(first) = usize::from(instruction.b).checked_sub(usize::from(unit.local_count)) else {
            continue;
        };
        if first + count > stack.len() {
            continue;
        }
        for before in stacks[..=call].iter_mut().rev().flatten().take_while(|stack| stack.len() > first) {
            before.iter_mut().skip(first).take(count).for_each(|kind| *kind = Temporary::Callee);
        }
    }
}

/// Adds where the program may go on after a word, with the temporaries there.
fn follow(unit: &CodeUnit, position: usize, stack: &[Temporary], pending: &mut Vec<(usize, Vec<Temporary>)>) {
    let instruction = unit.instructions[position];
    let Some(op) = Op::ALL.get(usize::from(instruction.op)).copied() else { return };
    let next = position + 1 + op.inline_words();
    let inline = unit.instructions.get(position + 1..next).unwrap_or_default();
    let effects = effects(op, instruction, inline, u32::from(unit.local_count));
    let covered = |place: u32| (place as usize) <= position;
    if let Some(handler) = unit.handlers.iter().find(|it| covered(it.start) && !covered(it.end)) {
        let mut there = resized(stack, handler.depth);
        there.push(Temporary::Exception);
        pending.push((handler.target as usize, there));
    }
    let after = changed(unit, op, instruction, stack, effects.result);
    if let Some((target, _)) = effects.target {
        let depth = unit.depths.get(target as usize).copied().unwrap_or_default();
        pending.push((target as usize, resized(stack, depth)));
    }
    if let Some(depth) = unit.depths.get(next).filter(|_| !effects.ends) {
        pending.push((next, resized(&after, *depth)));
    }
}

/// The same temporaries with the kinds of those that the instruction has written.
fn changed(
    unit: &CodeUnit,
    op: Op,
    instruction: Instruction,
    stack: &[Temporary],
    result: Option<(u32, u32)>,
) -> Vec<Temporary> {
    let place = |register: u16| usize::from(register).checked_sub(usize::from(unit.local_count));
    let mut after = stack.to_vec();
    if op == Op::SwapTemporaries {
        if let (Some(a), Some(b)) = (place(instruction.a), place(instruction.b))
            && a.max(b) < after.len()
        {
            after.swap(a, b);
        }
        return after;
    }
    let kind = match op {
        Op::GetIterator => Temporary::Iterator,
        Op::EnterHandler => Temporary::HandledBefore,
        Op::MoveTemporary | Op::CopyTemporary => {
            place(instruction.b).and_then(|at| stack.get(at)).copied().unwrap_or(Temporary::Object)
        }
        _ => Temporary::Object,
    };
    let locals = u32::from(unit.local_count);
    for register in result.map_or(0..0, |(first, count)| first..first.saturating_add(count)) {
        let Some(at) = register.checked_sub(locals) else { continue };
        if after.len() <= at as usize {
            after.resize(at as usize + 1, Temporary::Object);
        }
        after[at as usize] = kind;
    }
    after
}

fn resized(stack: &[Temporary], depth: u16) -> Vec<Temporary> {
    let mut stack = stack.to_vec();
    stack.resize(usize::from(depth), Temporary::Object);
    stack
}
