//! The listing of a code unit: one equation a line.
//!
//! ```text
//!   line  word  depth  equation
//!      3     7      1  > t0 = local x + 1
//! ```
//!
//! `>` marks what jumps go to, `t0` is the first temporary. Units inside follow their parent.

use std::fmt::Write;

use super::verify::names_something;
use super::{CodeUnit, Constant, Effects, Instruction, Intrinsic, Kinds, Layout, Op, Receiver, effects};

/// The listing of a unit and of all units inside.
pub fn disassemble(unit: &CodeUnit) -> String {
    let mut text = String::new();
    let mut pending = vec![unit];
    while let Some(unit) = pending.pop() {
        if !text.is_empty() {
            text.push('\n');
        }
        Listing { unit, text: &mut text }.write();
        let inner = unit.constants.iter().filter_map(|constant| match constant {
            Constant::Code(inner) => Some(&**inner),
            _ => None,
        });
        pending.extend(inner.collect::<Vec<_>>().into_iter().rev());
    }
    text
}

/// An instruction as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line of the program, 0 for none.
    pub line: u32,
    /// The word where it stands.
    pub word: usize,
    /// The owned temporaries before it.
    pub depth: u16,
    /// Something jumps here.
    pub is_target: bool,
    /// The operation.
    pub op: Op,
    /// What it does.
    pub equation: String,
    /// What it does to reference counts.
    pub counts: String,
}

/// The instructions of a unit.
pub fn lines(unit: &CodeUnit) -> Vec<Line> {
    Listing { unit, text: &mut String::new() }.lines()
}

struct Listing<'a> {
    unit: &'a CodeUnit,
    text: &'a mut String,
}

impl Listing<'_> {
    fn write(&mut self) {
        self.header();
        let mut last = 0;
        for Line { line, word, depth, is_target, equation, .. } in self.lines() {
            let shown = match line {
                0 if last != 0 => "-".to_owned(),
                line if line != last => line.to_string(),
                _ => String::new(),
            };
            last = line;
            let mark = if is_target { '>' } else { ' ' };
            let _ = writeln!(self.text, "{shown:>6} {word:>5} {depth:>3}  {mark} {equation}");
        }
        for handler in &self.unit.handlers {
            let (start, end, target, depth) = (handler.start, handler.end, handler.target, handler.depth);
            let _ = writeln!(self.text, "  exceptions of {start}..{end} go to {target} with depth {depth}");
        }
    }

    fn lines(&self) -> Vec<Line> {
        let targets = self.targets();
        let (mut lines, mut position) = (Vec::new(), 0);
        while position < self.unit.instructions.len() {
            let op = self.op(position);
            lines.push(Line {
                line: self.unit.locations[position].line,
                word: position,
                depth: self.unit.depths[position],
                is_target: targets.contains(&(position as u32)),
                op,
                equation: self.equation(op, position),
                counts: self.counts(op, position),
            });
            position += 1 + op.inline_words();
        }
        lines
    }

    /// What an instruction does to reference counts, from its effects: `+1 t0` where a register gets a reference, `-1 t0`
    /// where one gives it up, `t0 → x` where it moves.
    fn counts(&self, op: Op, position: usize) -> String {
        let instruction = self.unit.instructions[position];
        let inline = self.unit.instructions.get(position + 1..).unwrap_or_default();
        let effects = effects(op, instruction, inline, u32::from(self.unit.local_count));
        let mut parts = Vec::new();
        self.count_operands(&effects, &mut parts);
        self.count_results(&effects, &mut parts);
        if effects.gives_up {
            parts.push("-1 old value".to_owned());
        }
        if let Some(local) = effects.unbound {
            parts.push(format!("-1 {}", self.short(local)));
        }
        if let Some((_, change)) = effects.target.filter(|(_, change)| *change < 0)
            && let Some(kept) = effects.kept.first()
        {
            debug_assert_eq!(change, -1);
            parts.push(format!("at its end -1 {}", self.short(*kept)));
        }
        if effects.leaves && self.unit.local_count > 0 {
            parts.push("-1 locals".to_owned());
        }
        parts.join(", ")
    }

    fn count_operands(&self, effects: &Effects, parts: &mut Vec<String>) {
        // A local is unbound by the return that takes its reference.
        let moves_locals = effects.leaves;
        let stays_where_it_jumps = effects.target.is_some_and(|(_, change)| change == 0);
        for register in &effects.consumed {
            let (name, is_local) = (self.short(*register), *register < u32::from(self.unit.local_count));
            let moves = effects.moved.contains(register);
            parts.push(match (moves, is_local) {
                (true, true) if !moves_locals => format!("+1 {name} {}", self.receiver(effects)),
                (true, _) => format!("{name} {}", self.receiver(effects)),
                (false, true) => format!("{name} lent"),
                (false, false) if stays_where_it_jumps => format!("-1 {name} unless it jumps"),
                (false, false) => format!("-1 {name}"),
            });
        }
    }

    fn count_results(&self, effects: &Effects, parts: &mut Vec<String>) {
        let Some((first, count)) = effects.result else { return };
        if effects.moved.is_empty() || effects.receiver != Receiver::Register {
            parts.extend((first..first + count).map(|register| format!("+1 {}", self.short(register))));
        }
        if first < u32::from(self.unit.local_count) {
            parts.push(format!("-1 old {}", self.short(first)));
        }
    }

    fn receiver(&self, effects: &Effects) -> String {
        match (effects.receiver, effects.result) {
            (Receiver::Register | Receiver::Result, Some((first, _))) => format!("→ {}", self.short(first)),
            (Receiver::Register | Receiver::Result, None) => "→".to_owned(),
            (Receiver::Container, _) => "→ container".to_owned(),
            (Receiver::Namespace, _) => "→ name".to_owned(),
            (Receiver::Callee, _) => "→ callee".to_owned(),
            (Receiver::Outside, _) => "→ outside".to_owned(),
        }
    }

    /// A register as in equations, without the word for locals.
    fn short(&self, register: u32) -> String {
        let name = self.register(u16::try_from(register).unwrap_or(u16::MAX));
        name.strip_prefix("local ").map_or_else(|| name.clone(), str::to_owned)
    }

    fn header(&mut self) {
        let unit = self.unit;
        let _ = writeln!(
            self.text,
            "{} (line {}, flags {:#x})",
            unit.qualified_name, unit.first_line, unit.flags
        );
        if unit.argument_count + unit.keyword_only_count > 0 {
            let (all, only) = (unit.argument_count, unit.positional_only_count);
            let _ = writeln!(
                self.text,
                "  arguments {all}, by position only {only}, by keyword only {}",
                unit.keyword_only_count
            );
        }
        for (word, names) in
            [("locals", &unit.variable_names), ("cells", &unit.cell_names), ("free", &unit.free_names)]
        {
            if !names.is_empty() {
                let _ = writeln!(self.text, "  {word} {}", names.join(", "));
            }
        }
    }

    fn op(&self, position: usize) -> Op {
        Op::ALL.get(usize::from(self.unit.instructions[position].op)).copied().unwrap_or(Op::Nop)
    }

    /// The words that jumps and exceptions go to.
    fn targets(&self) -> rustc_hash::FxHashSet<u32> {
        let mut targets: rustc_hash::FxHashSet<u32> =
            self.unit.handlers.iter().map(|handler| handler.target).collect();
        let mut position = 0;
        while position < self.unit.instructions.len() {
            let op = self.op(position);
            match op {
                Op::ForIterate | Op::Send => {
                    targets.extend(self.inline(position).map(|word| word.word() as u32));
                }
                _ if matches!(op.layout(), Layout::Jump | Layout::Aj) => {
                    targets.insert(self.unit.instructions[position].wide());
                }
                _ => {}
            }
            position += 1 + op.inline_words();
        }
        targets
    }

    fn inline(&self, position: usize) -> Option<Instruction> {
        self.unit.instructions.get(position + 1).copied()
    }

    /// The meaning of the operation with the operands put in.
    fn equation(&self, op: Op, position: usize) -> String {
        let instruction = self.unit.instructions[position];
        let word = self.inline(position).map_or(0, |word| word.word() as u32);
        let (a, b, c) =
            (self.register(instruction.a), self.register(instruction.b), self.register(instruction.c));
        let number = instruction.c;
        let mut text = match op {
            Op::Call => format!("{a} = call {b} with {number}"),
            Op::CallMethod => format!("{a} = call method {b} with {number}"),
            Op::CallKeywords => format!("{a} = call {b} with {number}, keywords {}", self.constant(word)),
            Op::CallMethodKeywords => {
                format!("{a} = call method {b} with {number}, keywords {}", self.constant(word))
            }
            Op::CallSpread => format!(
                "{a} = call {b} with *{}{}",
                self.register(instruction.b + 1),
                self.spread(instruction, 2)
            ),
            Op::MakeFunction => format!("{a} = function {} from {b}, flags {number}", self.constant(word)),
            Op::ForIterate => format!("{a} = next of {b}, at its end to {word}"),
            Op::Send => format!("{a} = send {a} to {b}, at its end to {word}"),
            Op::LoadAttribute => format!("{a} = {b}.{}", self.name(word)),
            Op::LoadMethod => {
                format!("{a}, {} = method {b}.{}", self.register(instruction.a + 1), self.name(word))
            }
            Op::StoreAttribute => format!("{b}.{} = {c}", self.name(word)),
            Op::DeleteAttribute => format!("del {b}.{}", self.name(word)),
            Op::ImportFrom => format!("{a} = {} from {b}", self.name(word)),
            Op::ImportName => format!("{a} = import {} for {b}", self.name(word)),
            Op::StoreGlobal | Op::StoreName => format!("{} {} = {b}", op.name(), self.name(word)),
            Op::DeleteGlobal | Op::DeleteName => format!("{} {}", op.name(), self.name(word)),
            Op::Intrinsic => {
                let name = Intrinsic::ALL.get(usize::from(number)).map_or("?", |intrinsic| intrinsic.name());
                format!("{a} = {name} {b}")
            }
            Op::Yield if instruction.c == 0 => format!("{a} = yield {b}"),
            Op::Yield => format!("{a} = yield {b} from {c}"),
            Op::UnpackSequence => format!("{a} on = {number} items of {b}"),
            Op::UnpackExtended => {
                let after = self.inline(position).map_or(0, |word| word.word() >> 32);
                format!("{a} on = {word} items, the rest, {after} items of {b}")
            }
            Op::StoreSubscript => format!("{a}[{b}] = {c}"),
            Op::LoadSlice => format!("{a} = {b}[{c}:{}]", self.register(instruction.c + 1)),
            Op::LoadSubscript => format!("{a} = {b}[{c}]"),
            Op::LoadSubscriptConstant => format!("{a} = {b}[{}]", self.constant(number.into())),
            Op::DeleteSubscript => format!("del {b}[{c}]"),
            Op::MatchClass => format!("{a} = MatchClass {b}, {c}, {word} by position"),
            Op::BuildClass if word != u32::MAX => {
                format!("{a} = BuildClass from {b}, {number}, keywords {}", self.constant(word))
            }
            _ if names_something(op) => format!("{a} = {} {}", op.name(), self.name(word)),
            Op::Raise => format!(
                "Raise {}",
                [String::new(), b.clone(), format!("{b} from {c}")][usize::from(instruction.a.min(2))]
            ),
            _ => self.plain_equation(op, instruction),
        };
        for (kind, shown) in [(Kinds::INPLACE, " in place"), (Kinds::FUSED, " and")] {
            if instruction.kinds & kind != 0 {
                text.push_str(shown);
            }
        }
        text
    }

    fn spread(&self, instruction: Instruction, keywords: u16) -> String {
        if instruction.c == 0 {
            String::new()
        } else {
            format!(", **{}", self.register(instruction.b + keywords))
        }
    }

    /// By the layout of the operands.
    fn plain_equation(&self, op: Op, instruction: Instruction) -> String {
        let (a, b, c) =
            (self.register(instruction.a), self.register(instruction.b), self.register(instruction.c));
        let name = op.name();
        match op.layout() {
            Layout::None => name.into(),
            Layout::Abc | Layout::AbK => {
                let right = if op.layout() == Layout::AbK { self.constant(instruction.c.into()) } else { c };
                match op.meaning().strip_prefix("a = b ").and_then(|rest| rest.rsplit_once(' ')) {
                    Some((sign, "c" | "K")) => format!("{a} = {b} {sign} {right}"),
                    _ => format!("{a} = {name} {b}, {right}"),
                }
            }
            Layout::Ab => match op {
                Op::StoreLocal | Op::CopyLocal | Op::MoveTemporary | Op::CopyTemporary => {
                    format!("{a} = {name} {b}")
                }
                Op::SwapTemporaries => format!("{name} {a}, {b}"),
                _ => format!("{a} = {name} {b}"),
            },
            Layout::A => format!("{name} {a}"),
            Layout::B => format!("{name} {b}"),
            Layout::Bc => format!("{name} {b}, {c}"),
            Layout::Ak => format!("{a} = {}", self.constant(instruction.wide())),
            Layout::K => format!("{name} {}", self.constant(instruction.wide())),
            Layout::Jump => format!("{name} to {}", instruction.wide()),
            Layout::Aj => format!("{name} {a} to {}", instruction.wide()),
            Layout::Run => format!("{a} = {name} from {b}, {}", instruction.c),
        }
    }

    fn register(&self, register: u16) -> String {
        let unit = self.unit;
        if register >= unit.local_count {
            return format!("t{}", register - unit.local_count);
        }
        let index = usize::from(register);
        let cell = unit.cell_registers.iter().position(|cell| *cell == register);
        let first_free = usize::from(unit.local_count).saturating_sub(unit.free_names.len());
        if let Some(name) = cell.and_then(|cell| unit.cell_names.get(cell)) {
            return format!("cell {name}");
        }
        if index >= first_free {
            return format!("free {}", unit.free_names[index - first_free]);
        }
        unit.variable_names
            .get(index)
            .map_or_else(|| format!("local {index}"), |name| format!("local {name}"))
    }

    fn name(&self, index: u32) -> &str {
        self.unit.names.get(index as usize).map_or("?", |name| name)
    }

    fn constant(&self, index: u32) -> String {
        self.unit.constants.get(index as usize).map_or_else(|| "?".into(), constant_text)
    }
}

fn constant_text(constant: &Constant) -> String {
    let list = |items: &[Constant]| items.iter().map(constant_text).collect::<Vec<_>>().join(", ");
    match constant {
        Constant::None => "None".into(),
        Constant::True => "True".into(),
        Constant::False => "False".into(),
        Constant::Ellipsis => "...".into(),
        Constant::Small(value) => value.to_string(),
        Constant::Big(value) => value.to_string(),
        Constant::Float(value) => format!("{value:?}"),
        Constant::Imaginary(value) => format!("{value:?}j"),
        Constant::Text(text) => format!("{text:?}"),
        Constant::WideText(points) => format!("text {points:x?}"),
        Constant::Bytes(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
        Constant::Tuple(items) if items.len() == 1 => format!("({},)", list(items)),
        Constant::Tuple(items) => format!("({})", list(items)),
        Constant::FrozenSet(items) => format!("frozenset({{{}}})", list(items)),
        Constant::Code(unit) => format!("<code {}>", unit.qualified_name),
    }
}
