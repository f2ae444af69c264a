//! What each operation does to the temporaries and to reference counts, as data: for the checker and the listings.

use super::{Instruction, Op};

/// Where the references of operands go that an instruction hands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Receiver {
    /// Into the register of the result.
    #[default]
    Register,
    /// Into the new container that is the result.
    Result,
    /// Into a container that is another operand.
    Container,
    /// Into a namespace or a cell.
    Namespace,
    /// To the function that is called.
    Callee,
    /// To whoever called, resumed, or handles what is raised.
    Outside,
}

/// How many registers stand in [`Registers`] without memory of their own.
const FEW: usize = 4;

/// Registers in the order of an instruction's operands. They read as a slice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers {
    count: usize,
    few: [u32; FEW],
    many: Vec<u32>,
}

impl FromIterator<u32> for Registers {
    fn from_iter<I: IntoIterator<Item = u32>>(registers: I) -> Self {
        let mut made = Self::default();
        for register in registers {
            match made.few.get_mut(made.count) {
                Some(place) => *place = register,
                None if made.many.is_empty() => made.many = [&made.few[..], &[register]].concat(),
                None => made.many.push(register),
            }
            made.count += 1;
        }
        made
    }
}

impl<'a> IntoIterator for &'a Registers {
    type Item = &'a u32;
    type IntoIter = std::slice::Iter<'a, u32>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl std::ops::Deref for Registers {
    type Target = [u32];
    fn deref(&self) -> &[u32] {
        self.few.get(..self.count).unwrap_or(&self.many)
    }
}

/// Which registers an instruction touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Registers read; temporaries among them are consumed.
    pub consumed: Registers,
    /// Temporaries read and kept.
    pub kept: Registers,
    /// Those of the registers read whose reference goes on instead of being dropped; a local is copied for it.
    pub moved: Registers,
    /// Where they go.
    pub receiver: Receiver,
    /// A local that gives up its reference.
    pub unbound: Option<u32>,
    /// A container or a namespace gives up a reference: the one that is deleted or replaced there.
    pub gives_up: bool,
    /// The frame ends and gives up its locals.
    pub leaves: bool,
    /// Registers written, from this one on so many.
    pub result: Option<(u32, u32)>,
    /// The instruction does not go on to the next one.
    pub ends: bool,
    /// It may also go on at this word, and owns so many temporaries more (or fewer) there than before.
    pub target: Option<(u32, i64)>,
}

impl Effects {
    fn consuming(consumed: impl IntoIterator<Item = u32>) -> Self {
        Self { consumed: consumed.into_iter().collect(), ..Self::default() }
    }

    fn giving(self, register: u32) -> Self {
        self.giving_many(register, 1)
    }

    fn giving_many(self, register: u32, count: u32) -> Self {
        Self { result: Some((register, count)), ..self }
    }

    fn keeping(self, kept: impl IntoIterator<Item = u32>) -> Self {
        Self { kept: kept.into_iter().collect(), ..self }
    }

    fn moving(self, moved: impl IntoIterator<Item = u32>, receiver: Receiver) -> Self {
        Self { moved: moved.into_iter().collect(), receiver, ..self }
    }

    /// All registers that are read move.
    fn moving_all(self, receiver: Receiver) -> Self {
        Self { moved: self.consumed.clone(), receiver, ..self }
    }

    fn unbinding(self, local: u32) -> Self {
        Self { unbound: Some(local), ..self }
    }

    fn giving_up(self) -> Self {
        Self { gives_up: true, ..self }
    }

    fn leaving(self) -> Self {
        Self { leaves: true, ends: true, ..self }
    }

    fn ending(self) -> Self {
        Self { ends: true, ..self }
    }

    fn jumping(self, target: u32, change: i64) -> Self {
        Self { target: Some((target, change)), ..self }
    }
}

/// The effects of an instruction with its inline words.
pub fn effects(op: Op, instruction: Instruction, inline: &[Instruction], local_count: u32) -> Effects {
    let (a, b, c) = (u32::from(instruction.a), u32::from(instruction.b), u32::from(instruction.c));
    let word = inline.first().map_or(0, |word| word.word() as u32);
    let high = inline.first().map_or(0, |word| (word.word() >> 32) as u32);
    let none = Effects::default;
    let consuming = |registers: &[u32]| Effects::consuming(registers.iter().copied());
    let run = |first: u32, count: u32| Effects::consuming(first..first + count);
    let is_temporary = i64::from(a >= local_count);
    match op {
        Op::Nop | Op::Trap | Op::SetupAnnotations | Op::MakeCell | Op::CopyFreeVariables => none(),
        Op::DeleteGlobal | Op::DeleteName | Op::DeleteCell => none().giving_up(),
        Op::DeleteLocal => none().unbinding(a),
        Op::LoadConstant
        | Op::LoadGlobal
        | Op::LoadName
        | Op::LoadAssertionError
        | Op::LoadGlobalModule
        | Op::LoadGlobalBuiltin
        | Op::CopyLocal
        | Op::LoadCell
        | Op::LoadClassCell => none().giving(a),
        Op::StoreLocal | Op::MoveTemporary => consuming(&[b]).giving(a).moving([b], Receiver::Register),
        Op::CopyTemporary => none().keeping([b]).giving(a),
        Op::SwapTemporaries => none().keeping([a, b]),
        Op::DropTemporary => consuming(&[a]),
        Op::StoreCell | Op::StoreGlobal | Op::StoreName => {
            consuming(&[b]).moving([b], Receiver::Namespace).giving_up()
        }
        Op::DeleteAttribute => consuming(&[b]).giving_up(),
        Op::PrintExpression | Op::ImportStar => consuming(&[b]),
        Op::Negative
        | Op::Positive
        | Op::Invert
        | Op::Not
        | Op::GetIterator
        | Op::Intrinsic
        | Op::LoadAttribute
        | Op::LoadAttributeValue
        | Op::LoadAttributeSlot
        | Op::LoadAttributeType
        | Op::LoadAttributeModule
        | Op::ListToTuple => consuming(&[b]).giving(a),
        Op::LoadMethod | Op::LoadMethodCached | Op::LoadMethodModule => consuming(&[b]).giving_many(a, 2),
        Op::MatchException => consuming(&[c]).keeping([b]).giving(a),
        Op::Jump | Op::JumpBack => none().jumping(instruction.wide(), 0).ending(),
        Op::JumpIfTrue | Op::JumpIfFalse => consuming(&[a]).jumping(instruction.wide(), -is_temporary),
        Op::JumpIfTrueOrDrop | Op::JumpIfFalseOrDrop => consuming(&[a]).jumping(instruction.wide(), 0),
        Op::ForIterate => none().keeping([b]).giving(a).jumping(word, -1),
        Op::StoreAttribute | Op::StoreAttributeValue | Op::StoreAttributeSlot => {
            consuming(&[b, c]).moving([c], Receiver::Container).giving_up()
        }
        Op::DeleteSubscript => consuming(&[b, c]).giving_up(),
        Op::LoadSlice => consuming(&[b, c, c + 1]).giving(a),
        Op::StoreSubscript => consuming(&[a, b, c]).moving([c], Receiver::Container).giving_up(),
        Op::BuildString => run(b, c).giving(a),
        Op::BuildSlice | Op::BuildTuple | Op::BuildList | Op::BuildSet => {
            run(b, c).giving(a).moving_all(Receiver::Result)
        }
        Op::BuildMap => run(b, 2 * c).giving(a).moving_all(Receiver::Result),
        Op::FormatValue => run(b, 1 + (c >> 2 & 1)).giving(a),
        Op::ListAppend | Op::SetAdd => consuming(&[b]).keeping([a]).moving_all(Receiver::Container),
        Op::ListExtend | Op::SetUpdate | Op::DictUpdate => consuming(&[b]).keeping([a]),
        Op::MapAdd => consuming(&[b, c]).keeping([a]).moving_all(Receiver::Container),
        Op::DictMerge => consuming(&[b]).keeping([a, c]),
        Op::UnpackSequence => consuming(&[b]).giving_many(a, c),
        Op::UnpackExtended => consuming(&[b]).giving_many(a, word + 1 + high),
        Op::Call | Op::CallKeywords => run(b, 1 + c).giving(a).moving_all(Receiver::Callee),
        Op::CallMethod | Op::CallMethodKeywords | Op::BuildClass => {
            run(b, 2 + c).giving(a).moving_all(Receiver::Callee)
        }
        Op::CallSpread => run(b, 2 + c).giving(a),
        Op::MakeFunction => run(b, c.count_ones()).giving(a).moving_all(Receiver::Result),
        Op::BuildClassSpread => run(b, 3 + c).giving(a),
        Op::Return => consuming(&[b]).moving([b], Receiver::Outside).leaving(),
        Op::ReturnConstant => none().leaving(),
        Op::Yield if c >= local_count && c > 0 => {
            consuming(&[b]).keeping([c]).giving(a).moving([b], Receiver::Outside)
        }
        Op::Yield => consuming(&[b]).giving(a).moving([b], Receiver::Outside),
        Op::Send => consuming(&[a]).keeping([b]).giving(a).jumping(word, -1).moving([a], Receiver::Callee),
        Op::Raise => {
            Effects::consuming([b, c].into_iter().take(a as usize)).moving_all(Receiver::Outside).ending()
        }
        Op::EnterHandler => none().keeping([a]).giving(a + 1),
        Op::LeaveHandler => consuming(&[a, a + 1]),
        Op::Reraise => consuming(&[a]).moving_all(Receiver::Outside).ending(),
        Op::ReraiseFromHandler => consuming(&[a, a + 1, a + 2]).ending(),
        Op::EnterWith => consuming(&[b]).giving_many(a, 2),
        Op::ExitWith => consuming(&[a]),
        Op::ExitWithException => none().keeping([b, c]).giving(a),
        Op::ImportName => run(b, 2).giving(a),
        Op::ImportFrom | Op::MatchLength | Op::MatchSequence | Op::MatchMapping => {
            none().keeping([b]).giving(a)
        }
        Op::MatchKeys => none().keeping([b, c]).giving(a),
        Op::MatchClass => run(c, 2).keeping([b]).giving(a),
        _ if op.layout() == super::Layout::AbK => consuming(&[b]).giving(a),
        // What is left is arithmetic and comparisons of two registers.
        _ => consuming(&[b, c]).giving(a),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_is_read_and_what_is_kept_is_not() {
        let inline = [Instruction::inline(1, 1); 2];
        for op in Op::ALL {
            let found = effects(*op, Instruction::new(*op, 20, 5, 2, 4), &inline, 4);
            assert!(found.moved.iter().all(|register| found.consumed.contains(register)), "{op:?}");
            assert!(!found.kept.iter().any(|register| found.consumed.contains(register)), "{op:?}");
        }
    }
}
