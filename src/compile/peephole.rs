//! Last touches on finished code: jumps to jumps, and jumps to returns.

use super::emitter::{Emitter, halves};
use crate::bytecode::{Instruction, LineMark, Op};

/// Jumps in a row are followed so far; code may well contain a loop of nothing but jumps.
const MAXIMUM_HOPS: usize = 8;

/// Sends every jump to where it ends up.
pub(super) fn thread_jumps(code: &mut Emitter) {
    let mut position = 0;
    while position < code.instructions.len() {
        let instruction = code.instructions[position];
        let Some(op) = Op::ALL.get(usize::from(instruction.op)).copied() else { break };
        match op {
            Op::Jump => {
                let next = shortened(code, position, instruction);
                if next.op == Op::ReturnConstant as u8 {
                    take_line(code, position);
                }
                code.instructions[position] = next;
            }
            Op::JumpIfTrue | Op::JumpIfFalse => {
                let target = destination(code, position, instruction.wide());
                if target as usize > position {
                    [code.instructions[position].b, code.instructions[position].c] = halves(target);
                }
            }
            Op::ForIterate => {
                let word = code.instructions[position + 1];
                let target = destination(code, position, word.word() as u32);
                if target as usize > position {
                    code.instructions[position + 1] = Instruction::inline(target, 0);
                }
            }
            _ => {}
        }
        position += 1 + op.inline_words();
    }
}

/// A return that belongs to no line has that of the line which ends there without an instruction.
fn take_line(code: &mut Emitter, position: usize) {
    let mark = code.marks.iter().rfind(|mark| mark.position as usize == position).copied();
    if let Some(mark) = mark.filter(|_| code.locations[position].line == 0) {
        code.locations[position] = mark.location;
    }
}

/// The word where a chain of forward jumps ends. Jumps that are statements of their own are no links of it.
fn destination(code: &Emitter, position: usize, mut target: u32) -> u32 {
    let line = code.locations[position].line;
    for _ in 0..MAXIMUM_HOPS {
        match code.instructions.get(target as usize) {
            Some(next) if next.op == Op::Jump as u8 && is_silent(code, target, line) => target = next.wide(),
            _ => break,
        }
    }
    target
}

fn marks_at(code: &Emitter, position: u32) -> &[LineMark] {
    let start = code.marks.partition_point(|mark| mark.position < position);
    let rest = &code.marks[start..];
    &rest[..rest.partition_point(|mark| mark.position == position)]
}

/// Whether no line runs at a word, but for the one given.
fn is_silent(code: &Emitter, position: u32, line: u32) -> bool {
    let found = code.locations[position as usize].line;
    (found == 0 || found == line) && marks_at(code, position).is_empty()
}

/// A jump to a jump back is a jump back itself, and a jump to the return of a constant is that return.
fn shortened(code: &Emitter, position: usize, jump: Instruction) -> Instruction {
    let target = destination(code, position, jump.wide());
    match code.instructions.get(target as usize) {
        Some(next) if next.op == Op::ReturnConstant as u8 && is_silent(code, target, 0) => *next,
        Some(next)
            if next.op == Op::JumpBack as u8
                && (next.wide() as usize) <= position
                && marks_at(code, target).is_empty() =>
        {
            *next
        }
        _ => {
            let [b, c] = halves(target);
            Instruction { b, c, ..jump }
        }
    }
}
