//! The law of code units, and its checker.
//!
//! Following every path from the start, at each instruction: the depth is the one in the table; consumed
//! temporaries are the topmost ones and results become the topmost; kept ones are owned; jumps go to instructions;
//! constants and names exist; the exception table's depths exist in the ranges it covers. Words that nothing reaches
//! (a jump that all others were threaded past) are not looked at.

use super::effects::effects;
use super::{CodeUnit, Constant, Effects, Instruction, Kinds, Layout, Op};

/// Checks a code unit and the units among its constants.
pub fn verify(unit: &CodeUnit) -> Result<(), String> {
    let mut pending = vec![unit];
    while let Some(unit) = pending.pop() {
        Checker::new(unit)
            .and_then(|checker| checker.run())
            .map_err(|fault| format!("{}: {fault}", unit.qualified_name))?;
        pending.extend(unit.constants.iter().filter_map(|constant| match constant {
            Constant::Code(inner) => Some(&**inner),
            _ => None,
        }));
    }
    Ok(())
}

struct Checker<'a> {
    unit: &'a CodeUnit,
    /// Whether an instruction starts at the word.
    starts: Vec<bool>,
}

impl<'a> Checker<'a> {
    fn new(unit: &'a CodeUnit) -> Result<Self, String> {
        let count = unit.instructions.len();
        if unit.locations.len() != count || unit.depths.len() != count {
            return Err("the tables have different lengths".into());
        }
        let mut starts = vec![false; count];
        let mut position = 0;
        while position < count {
            starts[position] = true;
            let op =
                op_of(unit.instructions[position]).ok_or_else(|| format!("no operation at {position}"))?;
            position += 1 + op.inline_words();
        }
        if position != count {
            Err("the last instruction is cut off".into())
        } else {
            Ok(Self { unit, starts })
        }
    }

    fn run(&self) -> Result<(), String> {
        self.check_handlers()?;
        let mut visited = vec![false; self.starts.len()];
        let mut pending = vec![(0, 0)];
        pending.extend(self.unit.handlers.iter().map(|it| (it.target as usize, i64::from(it.depth) + 1)));
        while let Some((position, depth)) = pending.pop() {
            self.check_arrival(position, depth)?;
            if !std::mem::replace(&mut visited[position], true) {
                self.follow(position, &mut pending).map_err(|fault| format!("word {position}: {fault}"))?;
            }
        }
        Ok(())
    }

    fn check_arrival(&self, position: usize, depth: i64) -> Result<(), String> {
        if !self.starts.get(position).copied().unwrap_or(false) {
            return Err(format!("a jump goes to word {position}, where no instruction starts"));
        }
        let noted = i64::from(self.unit.depths[position]);
        if noted != depth {
            return Err(format!("word {position} is reached with depth {depth}, but {noted} is noted"));
        }
        if noted > i64::from(self.unit.temporary_count) {
            return Err(format!("word {position} has more temporaries than the unit"));
        }
        Ok(())
    }

    fn check_handlers(&self) -> Result<(), String> {
        for handler in &self.unit.handlers {
            if handler.start >= handler.end || handler.end as usize > self.starts.len() {
                return Err(format!("handler range {}..{}", handler.start, handler.end));
            }
            let covered = &self.unit.depths[handler.start as usize..handler.end as usize];
            if covered.iter().any(|depth| *depth < handler.depth) {
                return Err(format!("handler at {} outlives temporaries it needs", handler.target));
            }
        }
        Ok(())
    }

    fn follow(&self, position: usize, pending: &mut Vec<(usize, i64)>) -> Result<(), String> {
        let instruction = self.unit.instructions[position];
        let Some(op) = op_of(instruction) else { return Err("no operation".into()) };
        let next = position + 1 + op.inline_words();
        let inline = &self.unit.instructions[position + 1..next];
        let effects = effects(op, instruction, inline, u32::from(self.unit.local_count));
        let depth = i64::from(self.unit.depths[position]);
        self.check_constant(op, instruction, inline)?;
        self.check_fused(op, instruction, next)?;
        let after = self.check_registers(&effects, depth)?;
        if let Some((target, change)) = effects.target {
            pending.push((target as usize, depth + change));
        }
        if !effects.ends {
            pending.push((next, after));
        }
        Ok(())
    }

    /// Checks the registers and gives the depth afterwards.
    fn check_registers(&self, effects: &Effects, depth: i64) -> Result<i64, String> {
        let locals = i64::from(self.unit.local_count);
        let temporaries = |registers: &[u32]| -> Vec<i64> {
            registers.iter().map(|it| i64::from(*it) - locals).filter(|it| *it >= 0).collect()
        };
        let mut consumed = temporaries(&effects.consumed);
        consumed.sort_unstable();
        let rest = depth - consumed.len() as i64;
        if !consumed.iter().copied().eq(rest..depth) {
            return Err(format!("consumes temporaries {consumed:?} at depth {depth}"));
        }
        if let Some(kept) = temporaries(&effects.kept).into_iter().find(|kept| *kept >= rest) {
            return Err(format!("keeps temporary {kept}, but owns only {rest}"));
        }
        match effects.result {
            Some((register, 1)) if i64::from(register) < locals => Ok(rest),
            Some((register, count)) if i64::from(register) - locals == rest => Ok(rest + i64::from(count)),
            Some((register, _)) => Err(format!("writes register {register} at depth {rest}")),
            None => Ok(rest),
        }
    }

    fn check_constant(&self, op: Op, instruction: Instruction, inline: &[Instruction]) -> Result<(), String> {
        let word = inline.first().map(|word| word.word() as u32 as usize);
        let (index, limit) = match (op.layout(), op) {
            (Layout::AbK, _) => (usize::from(instruction.c), self.unit.constants.len()),
            (Layout::Ak | Layout::K, _) => (instruction.wide() as usize, self.unit.constants.len()),
            (_, Op::MakeFunction | Op::CallKeywords | Op::CallMethodKeywords) => {
                (word.unwrap_or(0), self.unit.constants.len())
            }
            (_, op) if names_something(op) => (word.unwrap_or(0), self.unit.names.len()),
            _ => return Ok(()),
        };
        if index < limit { Ok(()) } else { Err(format!("index {index} of {limit}")) }
    }

    fn check_fused(&self, op: Op, instruction: Instruction, next: usize) -> Result<(), String> {
        if instruction.kinds & Kinds::FUSED == 0 {
            return Ok(());
        }
        let jump = self.unit.instructions.get(next).copied();
        let fits = jump.is_some_and(|jump| {
            matches!(op_of(jump), Some(Op::JumpIfTrue | Op::JumpIfFalse)) && jump.a == instruction.a
        });
        if fits { Ok(()) } else { Err(format!("{} is fused with no jump", op.name())) }
    }
}

fn op_of(instruction: Instruction) -> Option<Op> {
    Op::ALL.get(usize::from(instruction.op)).copied()
}

/// Whether the first inline word is the index of a name.
pub(super) fn names_something(op: Op) -> bool {
    matches!(
        op,
        Op::LoadClassCell
            | Op::LoadGlobal
            | Op::StoreGlobal
            | Op::DeleteGlobal
            | Op::LoadName
            | Op::StoreName
            | Op::DeleteName
            | Op::LoadAttribute
            | Op::LoadMethod
            | Op::StoreAttribute
            | Op::DeleteAttribute
            | Op::ImportName
            | Op::ImportFrom
    )
}
