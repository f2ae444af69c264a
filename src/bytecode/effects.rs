//! What each operation does to the temporaries, as data: for the checker and the listing.

use super::{Instruction, Op};

/// Which registers an instruction touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Registers read; temporaries among them are consumed.
    pub consumed: Vec<u32>,
    /// Temporaries read and kept.
    pub kept: Vec<u32>,
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
        Op::Nop
        | Op::Trap
        | Op::DeleteGlobal
        | Op::DeleteName
        | Op::SetupAnnotations
        | Op::DeleteLocal
        | Op::MakeCell
        | Op::CopyFreeVariables
        | Op::DeleteCell => none(),
        Op::LoadConstant
        | Op::LoadGlobal
        | Op::LoadName
        | Op::LoadAssertionError
        | Op::LoadGlobalModule
        | Op::LoadGlobalBuiltin
        | Op::CopyLocal
        | Op::LoadCell
        | Op::LoadClassCell => none().giving(a),
        Op::StoreLocal | Op::MoveTemporary => consuming(&[b]).giving(a),
        Op::CopyTemporary => none().keeping([b]).giving(a),
        Op::SwapTemporaries => none().keeping([a, b]),
        Op::DropTemporary => consuming(&[a]),
        Op::StoreCell | Op::StoreGlobal | Op::StoreName => consuming(&[b]),
        Op::DeleteAttribute | Op::PrintExpression | Op::ImportStar => consuming(&[b]),
        Op::Negative
        | Op::Positive
        | Op::Invert
        | Op::Not
        | Op::GetIterator
        | Op::GetYieldFromIterator
        | Op::LoadAttribute
        | Op::LoadAttributeValue
        | Op::LoadAttributeSlot
        | Op::LoadAttributeType
        | Op::ListToTuple => consuming(&[b]).giving(a),
        Op::LoadMethod | Op::LoadMethodCached => consuming(&[b]).giving_many(a, 2),
        Op::MatchException => consuming(&[c]).keeping([b]).giving(a),
        Op::Jump | Op::JumpBack => none().jumping(instruction.wide(), 0).ending(),
        Op::JumpIfTrue | Op::JumpIfFalse => consuming(&[a]).jumping(instruction.wide(), -is_temporary),
        Op::JumpIfTrueOrDrop | Op::JumpIfFalseOrDrop => consuming(&[a]).jumping(instruction.wide(), 0),
        Op::ForIterate => none().keeping([b]).giving(a).jumping(word, -1),
        Op::StoreAttribute | Op::StoreAttributeValue | Op::StoreAttributeSlot | Op::DeleteSubscript => {
            consuming(&[b, c])
        }
        Op::LoadSlice => consuming(&[b, c, c + 1]).giving(a),
        Op::StoreSubscript => consuming(&[a, b, c]),
        Op::BuildSlice | Op::BuildTuple | Op::BuildList | Op::BuildSet | Op::BuildString => {
            run(b, c).giving(a)
        }
        Op::BuildMap => run(b, 2 * c).giving(a),
        Op::FormatValue => run(b, 1 + (c >> 2 & 1)).giving(a),
        Op::ListAppend | Op::SetAdd | Op::ListExtend | Op::SetUpdate | Op::DictUpdate => {
            consuming(&[b]).keeping([a])
        }
        Op::MapAdd => consuming(&[b, c]).keeping([a]),
        Op::DictMerge => consuming(&[b]).keeping([a, c]),
        Op::UnpackSequence => consuming(&[b]).giving_many(a, c),
        Op::UnpackExtended => consuming(&[b]).giving_many(a, word + 1 + high),
        Op::Call | Op::CallKeywords => run(b, 1 + c).giving(a),
        Op::CallMethod | Op::CallMethodKeywords | Op::BuildClass => run(b, 2 + c).giving(a),
        Op::CallSpread => run(b, 2 + c).giving(a),
        Op::MakeFunction => run(b, c.count_ones()).giving(a),
        Op::BuildClassSpread => run(b, 3 + c).giving(a),
        Op::Return => consuming(&[b]).ending(),
        Op::ReturnConstant => none().ending(),
        Op::Yield if c >= local_count && c > 0 => consuming(&[b]).keeping([c]).giving(a),
        Op::Yield => consuming(&[b]).giving(a),
        Op::Send => consuming(&[a]).keeping([b]).giving(a).jumping(word, -1),
        Op::Raise => Effects::consuming([b, c].into_iter().take(a as usize)).ending(),
        Op::EnterHandler => none().keeping([a]).giving(a + 1),
        Op::LeaveHandler => consuming(&[a, a + 1]),
        Op::Reraise => consuming(&[a]).ending(),
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
