//! Last touches on finished code: jumps to jumps, and jumps to returns.

use super::emitter::{Emitter, halves};
use crate::bytecode::{Instruction, Op};

/// Jumps in a row are followed so far; code may well contain a loop of nothing but jumps.
const MAXIMUM_HOPS: usize = 8;

/// Sends every jump to where it ends up.
pub(super) fn thread_jumps(code: &mut Emitter) {
    let mut position = 0;
    while position < code.instructions.len() {
        let instruction = code.instructions[position];
        let Some(op) = Op::ALL.get(usize::from(instruction.op)).copied() else { break };
        match op {
            Op::Jump => code.instructions[position] = shortened(code, position, instruction),
            Op::JumpIfTrue | Op::JumpIfFalse => {
                let target = destination(code, instruction.wide());
                if target as usize > position {
                    [code.instructions[position].b, code.instructions[position].c] = halves(target);
                }
            }
            Op::ForIterate => {
                let word = code.instructions[position + 1];
                let target = destination(code, word.word() as u32);
                if target as usize > position {
                    code.instructions[position + 1] = Instruction::inline(target, 0);
                }
            }
            _ => {}
        }
        position += 1 + op.inline_words();
    }
}

/// The word where a chain of forward jumps ends.
fn destination(code: &Emitter, mut target: u32) -> u32 {
    for _ in 0..MAXIMUM_HOPS {
        match code.instructions.get(target as usize) {
            Some(next) if next.op == Op::Jump as u8 => target = next.wide(),
            _ => break,
        }
    }
    target
}

/// A jump to a jump back is a jump back itself, and a jump to the return of a constant is that return.
fn shortened(code: &Emitter, position: usize, jump: Instruction) -> Instruction {
    let target = destination(code, jump.wide());
    match code.instructions.get(target as usize) {
        Some(next) if next.op == Op::ReturnConstant as u8 && code.locations[target as usize].line == 0 => {
            *next
        }
        Some(next) if next.op == Op::JumpBack as u8 && (next.wide() as usize) <= position => *next,
        _ => {
            let [b, c] = halves(target);
            Instruction { b, c, ..jump }
        }
    }
}
