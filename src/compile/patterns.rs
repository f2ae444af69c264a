//! The `match` statement.
//!
//! While a pattern is tried, the subject and whatever was taken out of it stay where they are on the temporaries:
//!
//! ```text
//! | subject | item | item | item of an item | ...
//! ```
//!
//! A capture is just the register of one of them. Only when the whole pattern has matched are the captures stored,
//! in order, and everything is dropped. A failure jumps into a ladder of drops at the rung of its depth.

use super::emitter::{Destination, Label};
use super::generator::Generator;
use super::names::refuse_debug;
use super::operands::Operand;
use super::{CompileError, Outcome};
use crate::bytecode::{Constant, Kinds, Op};
use crate::syntax::ast::{Expr, ExprKind, MatchCase, Name, Pattern, PatternKind, Range};

/// The state of one pattern under trial.
#[derive(Debug)]
struct Trial {
    /// The depth at which the subject alone is there.
    base: u32,
    /// Where to go on failure: one label for each temporary above the base.
    rungs: Vec<Label>,
    captures: Vec<Capture>,
    /// Patterns that match anything are allowed: nothing follows.
    may_be_irrefutable: bool,
    /// The pattern that was entered last: as in CPython, what follows it is reported there.
    latest: Range,
}

/// A name, and the register of the value that it will get.
#[derive(Clone, Debug)]
struct Capture {
    name: Name,
    register: u16,
    range: Range,
}

impl<'a> Generator<'a> {
    pub(super) fn match_statement(&mut self, subject: &Expr, cases: &'a [MatchCase]) -> Outcome {
        self.push(subject)?;
        let depth = self.code().depth;
        let end = self.code().label();
        let known = self.known();
        for (index, case) in cases.iter().enumerate() {
            let last = index + 1 == cases.len();
            self.code().depth = depth;
            self.match_case(case, (index, last), depth, end)?;
            self.forget(known);
        }
        self.code().depth = depth;
        self.drop_top();
        self.bind_if_used(end);
        Ok(())
    }

    fn match_case(
        &mut self,
        case: &'a MatchCase,
        (index, last): (usize, bool),
        depth: u32,
        end: Label,
    ) -> Outcome {
        let may_be_irrefutable = case.guard.is_some() || last;
        let mut trial = Trial {
            base: depth,
            rungs: Vec::new(),
            captures: Vec::new(),
            may_be_irrefutable,
            latest: case.pattern.range,
        };
        if last && is_wildcard(&case.pattern) {
            // What matches anything tries nothing, but its line is told.
            self.at(case.pattern.range);
            if index == 0 {
                self.code().mark_line(case.pattern.range);
            }
        }
        let subject = self.code().top();
        self.pattern(&case.pattern, subject, &mut trial)?;
        self.store_captures(&trial)?;
        self.drop_to(depth);
        if let Some(guard) = &case.guard {
            self.fail_unless(guard, &mut trial)?;
        }
        self.drop_top();
        self.statements(&case.body)?;
        self.at_nowhere();
        self.code().jump(end);
        self.fail_ladder(trial, case.pattern.range);
        Ok(())
    }

    fn fail_unless(&mut self, guard: &Expr, trial: &mut Trial) -> Outcome {
        let rung = self.rung(trial);
        self.jump_if(guard, rung, false)
    }

    fn store_captures(&mut self, trial: &Trial) -> Outcome {
        for Capture { name, register, range } in &trial.captures {
            self.at(*range);
            self.push_copy_of(*register);
            self.store_name(name, *range)?;
        }
        Ok(())
    }

    fn drop_to(&mut self, depth: u32) {
        while self.code().depth > depth {
            self.drop_top();
        }
    }

    /// The label to jump to for a failure at the present depth.
    fn rung(&mut self, trial: &mut Trial) -> Label {
        let depth = self.code().depth;
        self.rung_at(trial, depth)
    }

    fn rung_at(&mut self, trial: &mut Trial, depth: u32) -> Label {
        let height = depth.saturating_sub(trial.base) as usize;
        while trial.rungs.len() <= height {
            let label = self.code().label();
            trial.rungs.push(label);
        }
        trial.rungs[height]
    }

    /// Drops what a failed pattern has left, from the top down, on the pattern's line; what follows is tried next.
    fn fail_ladder(&mut self, trial: Trial, range: Range) {
        self.at(range);
        for (height, rung) in trial.rungs.iter().enumerate().rev() {
            self.code().depth = trial.base + height as u32;
            self.bind_if_used(*rung);
            if height > 0 {
                self.drop_top();
            }
        }
        self.code().depth = trial.base;
    }

    /// Jumps on the topmost temporary, a truth value.
    fn fail_if_false(&mut self, trial: &mut Trial) {
        let below = self.code().depth.saturating_sub(1);
        let rung = self.rung_at(trial, below);
        let top = self.code().top();
        self.code().jump_on(Op::JumpIfFalse, top, rung);
    }

    /// As [`Self::fail_if_false`], directly after a comparison.
    fn fail_unless_compared(&mut self, trial: &mut Trial) {
        self.code().mark_last(Kinds::FUSED);
        self.fail_if_false(trial);
    }
}

// Patterns. The subject is a temporary that is kept.
impl Generator<'_> {
    fn pattern(&mut self, pattern: &Pattern, subject: u16, trial: &mut Trial) -> Outcome {
        let range = pattern.range;
        trial.latest = range;
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.value_pattern(value, subject, trial, range),
            PatternKind::MatchSingleton { value } => {
                self.at(range);
                self.push_copy_of(subject);
                self.compare_top(Op::IsConstant, Op::Is, super::fold::literal(value), trial);
                Ok(())
            }
            PatternKind::MatchSequence { patterns } => self.sequence_pattern(patterns, subject, trial, range),
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.mapping_pattern(keys, patterns, rest.as_ref(), subject, trial, range)
            }
            PatternKind::MatchClass { .. } => self.class_pattern(pattern, subject, trial),
            PatternKind::MatchStar { name } => self.capture(name.as_ref(), subject, trial, range),
            PatternKind::MatchAs { pattern: None, name } => {
                if !trial.may_be_irrefutable {
                    let what = match name {
                        Some(name) => format!("name capture '{name}'"),
                        None => "wildcard".into(),
                    };
                    let message = format!("{what} makes remaining patterns unreachable");
                    return Err(CompileError::syntax(message, range));
                }
                self.capture(name.as_ref(), subject, trial, range)
            }
            PatternKind::MatchAs { pattern: Some(inner), name } => {
                self.pattern(inner, subject, trial)?;
                let latest = trial.latest;
                self.capture(name.as_ref(), subject, trial, latest)
            }
            PatternKind::MatchOr { patterns } => self.or_pattern(patterns, subject, trial, range),
        }
    }

    fn capture(&mut self, name: Option<&Name>, register: u16, trial: &mut Trial, range: Range) -> Outcome {
        let Some(name) = name else { return Ok(()) };
        refuse_debug(name, "assign to", range)?;
        if trial.captures.iter().any(|capture| capture.name == *name) {
            let message = format!("multiple assignments to name '{name}' in pattern");
            return Err(CompileError::syntax(message, range));
        }
        trial.captures.push(Capture { name: name.clone(), register, range });
        Ok(())
    }

    /// A pattern inside another one, whose subject is the topmost temporary or one below.
    fn subpattern(&mut self, pattern: &Pattern, subject: u16, trial: &mut Trial) -> Outcome {
        let outer = std::mem::replace(&mut trial.may_be_irrefutable, true);
        let result = self.pattern(pattern, subject, trial);
        trial.may_be_irrefutable = outer;
        result
    }

    fn value_pattern(&mut self, value: &Expr, subject: u16, trial: &mut Trial, range: Range) -> Outcome {
        let allowed = match &value.kind {
            ExprKind::Attribute { .. } => true,
            ExprKind::Constant { .. } => true,
            // Negative and complex numbers.
            ExprKind::UnaryOp { .. } | ExprKind::BinOp { .. } => true,
            _ => false,
        };
        if !allowed {
            let message = "patterns may only match literals and attribute lookups";
            return Err(CompileError::syntax(message, range));
        }
        self.at(range);
        self.push_copy_of(subject);
        if let Some(constant) = self.constant(value) {
            self.compare_top(Op::EqualConstant, Op::Equal, constant, trial);
            return Ok(());
        }
        self.push(value)?;
        self.at(range);
        let (left, right) = (self.code().temporary(2), self.code().top());
        self.code().equation(Op::Equal, Destination::Push, left, right, 2);
        self.fail_unless_compared(trial);
        Ok(())
    }

    /// Compares the topmost temporary with a constant and fails if that is false.
    fn compare_top(&mut self, with_constant: Op, plain: Op, constant: Constant, trial: &mut Trial) {
        match self.small_constant(constant.clone()) {
            Some(index) => {
                let top = self.code().top();
                self.code().equation(with_constant, Destination::Push, top, index, 1);
            }
            None => {
                self.load_constant(constant, Destination::Push);
                let (left, right) = (self.code().temporary(2), self.code().top());
                self.code().equation(plain, Destination::Push, left, right, 2);
            }
        }
        self.fail_unless_compared(trial);
    }

    /// Emits `next temporary = op(subject kept)` and fails if that is false.
    fn require(&mut self, op: Op, subject: u16, trial: &mut Trial) {
        self.code().equation(op, Destination::Push, subject, 0, 0);
        self.fail_if_false(trial);
    }

    fn require_length(&mut self, at_least: bool, count: usize, subject: u16, trial: &mut Trial) {
        self.code().equation(Op::MatchLength, Destination::Push, subject, 0, 0);
        let (with_constant, plain) = if at_least {
            (Op::GreaterEqualConstant, Op::GreaterEqual)
        } else {
            (Op::EqualConstant, Op::Equal)
        };
        self.compare_top(with_constant, plain, Constant::Small(count as i64), trial);
    }

    fn sequence_pattern(
        &mut self,
        patterns: &[Pattern],
        subject: u16,
        trial: &mut Trial,
        range: Range,
    ) -> Outcome {
        let stars = patterns.iter().enumerate().filter(|(_, pattern)| is_star(pattern));
        let stars: Vec<_> = stars.map(|(index, _)| index).collect();
        if stars.len() > 1 {
            let message = "multiple starred names in sequence pattern";
            return Err(CompileError::syntax(message, range));
        }
        let star = stars.first().copied();
        self.at(range);
        self.require(Op::MatchSequence, subject, trial);
        match star {
            None => self.require_length(false, patterns.len(), subject, trial),
            Some(_) if patterns.len() > 1 => self.require_length(true, patterns.len() - 1, subject, trial),
            Some(_) => {}
        }
        if patterns.iter().all(is_wildcard) {
            return Ok(());
        }
        match star {
            Some(star) if is_wildcard(&patterns[star]) => {
                self.sequence_by_index(patterns, star, subject, trial, range)
            }
            _ => self.sequence_by_unpacking(patterns, star, subject, trial, range),
        }
    }

    /// `[a, *_, b]`: only the items that are wanted are fetched.
    fn sequence_by_index(
        &mut self,
        patterns: &[Pattern],
        star: usize,
        subject: u16,
        trial: &mut Trial,
        range: Range,
    ) -> Outcome {
        for (index, pattern) in patterns.iter().enumerate() {
            if is_wildcard(pattern) {
                continue;
            }
            self.at(range);
            let depth = self.code().depth;
            self.push_copy_of(subject);
            if index < star {
                self.load_constant(Constant::Small(index as i64), Destination::Push);
            } else {
                self.code().equation(Op::MatchLength, Destination::Push, subject, 0, 0);
                self.load_constant(Constant::Small((patterns.len() - index) as i64), Destination::Push);
                let (length, back) = (self.code().temporary(2), self.code().top());
                self.code().equation(Op::Subtract, Destination::Push, length, back, 2);
            }
            let (container, position) = (self.code().temporary(2), self.code().top());
            self.code().equation(Op::LoadSubscript, Destination::Push, container, position, 2);
            let item = self.code().top();
            self.item(pattern, item, depth, trial)?;
        }
        Ok(())
    }

    /// Tries an item; whatever it left is dropped unless some of it was captured.
    fn item(&mut self, pattern: &Pattern, item: u16, depth: u32, trial: &mut Trial) -> Outcome {
        let captures = trial.captures.len();
        self.subpattern(pattern, item, trial)?;
        if trial.captures.len() == captures {
            self.drop_to(depth);
        }
        Ok(())
    }

    fn sequence_by_unpacking(
        &mut self,
        patterns: &[Pattern],
        star: Option<usize>,
        subject: u16,
        trial: &mut Trial,
        range: Range,
    ) -> Outcome {
        self.at(range);
        self.push_copy_of(subject);
        let whole = Operand::Temporary(self.code().top());
        match star {
            None => self.unpack(whole, patterns.len()),
            Some(before) if before >= 1 << 8 => {
                let message = "too many expressions in star-unpacking sequence pattern";
                return Err(CompileError::syntax(message, range));
            }
            Some(before) => self.unpack_extended(whole, before, patterns.len() - before - 1),
        }
        self.items(patterns.iter(), patterns.len(), trial)
    }

    /// Tries the topmost temporaries, the first item highest.
    fn items<'p>(
        &mut self,
        patterns: impl Iterator<Item = &'p Pattern>,
        count: usize,
        trial: &mut Trial,
    ) -> Outcome {
        let above = self.code().depth;
        let (captures, bottom) = (trial.captures.len(), above.saturating_sub(count as u32));
        for (index, pattern) in patterns.enumerate() {
            if is_wildcard(pattern) {
                continue;
            }
            let depth = self.code().depth;
            let item = self.code().register(above.saturating_sub(1 + index as u32));
            self.item(pattern, item, depth, trial)?;
        }
        if trial.captures.len() == captures {
            self.drop_to(bottom);
        }
        Ok(())
    }

    fn mapping_pattern(
        &mut self,
        keys: &[Expr],
        patterns: &[Pattern],
        rest: Option<&Name>,
        subject: u16,
        trial: &mut Trial,
        range: Range,
    ) -> Outcome {
        self.at(range);
        self.require(Op::MatchMapping, subject, trial);
        if keys.is_empty() && rest.is_none() {
            return Ok(());
        }
        if !keys.is_empty() {
            self.require_length(true, keys.len(), subject, trial);
        }
        self.push_mapping_keys(keys, range)?;
        self.at(range);
        let keys_register = self.code().top();
        self.code().equation(Op::MatchKeys, Destination::Push, subject, keys_register, 0);
        self.unpack_unless_none(keys.len(), trial);
        self.items(patterns.iter(), keys.len(), trial)?;
        if let Some(rest) = rest {
            let latest = trial.latest;
            self.rest_of_mapping(keys.len(), keys_register, subject, latest);
            let register = self.code().top();
            self.capture(Some(rest), register, trial, latest)?;
        }
        Ok(())
    }

    fn push_mapping_keys(&mut self, keys: &[Expr], range: Range) -> Outcome {
        let mut seen: Vec<Constant> = Vec::new();
        for key in keys {
            if let Some(constant) = self.constant(key) {
                if seen.iter().any(|other| super::constants::equal(other, &constant)) {
                    let text = super::unparse::constant_text(&constant);
                    let message = format!("mapping pattern checks duplicate key ({text})");
                    return Err(CompileError::syntax(message, range));
                }
                seen.push(constant);
            } else if !matches!(
                key.kind,
                ExprKind::Attribute { .. } | ExprKind::BinOp { .. } | ExprKind::UnaryOp { .. }
            ) {
                let message = "mapping pattern keys may only match literals and attribute lookups";
                return Err(CompileError::syntax(message, range));
            }
            self.push(key)?;
        }
        self.at(range);
        self.build(Op::BuildTuple, keys.len() as u32, Destination::Push);
        Ok(())
    }

    /// The topmost temporary is None, a failure, or a tuple, which is unpacked.
    fn unpack_unless_none(&mut self, count: usize, trial: &mut Trial) {
        self.push_copy(1);
        self.compare_top(Op::IsNotConstant, Op::IsNot, Constant::None, trial);
        let tuple = Operand::Temporary(self.code().top());
        self.unpack(tuple, count);
    }

    /// Pushes a dict of the items whose keys are not in the tuple of keys.
    fn rest_of_mapping(&mut self, count: usize, keys: u16, subject: u16, range: Range) {
        self.at(range);
        self.build(Op::BuildMap, 0, Destination::Push);
        self.push_copy_of(subject);
        let operand = Operand::Temporary(self.code().top());
        self.add_to_top(Op::DictUpdate, operand);
        let dict = self.code().top();
        self.push_copy_of(keys);
        let keys = Operand::Temporary(self.code().top());
        self.unpack(keys, count);
        for _ in 0..count {
            self.push_copy_of(dict);
            self.swap();
            let (dict, key) = (self.code().temporary(2), self.code().top());
            self.code().raw(Op::DeleteSubscript, 0, dict, key);
            self.code().consume(2);
        }
    }

    fn class_pattern(&mut self, pattern: &Pattern, subject: u16, trial: &mut Trial) -> Outcome {
        let PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } = &pattern.kind else {
            return Ok(());
        };
        for (index, name) in kwd_attrs.iter().enumerate() {
            refuse_debug(name, "assign to", kwd_patterns[index].range)?;
            if let Some(again) = kwd_attrs[index + 1..].iter().position(|other| other == name) {
                let message = format!("attribute name repeated in class pattern: {name}");
                return Err(CompileError::syntax(message, kwd_patterns[index + 1 + again].range));
            }
        }
        self.push(cls)?;
        self.at(pattern.range);
        let names = kwd_attrs.iter().map(|name| Constant::Text(name.clone())).collect();
        self.load_constant(Constant::Tuple(names), Destination::Push);
        let (class, a) = (self.code().temporary(2), self.code().temporary(2));
        self.code().raw(Op::MatchClass, a, subject, class);
        self.code().inline(patterns.len() as u32, 0);
        self.code().settle(Destination::Push, 2);
        let count = patterns.len() + kwd_patterns.len();
        self.unpack_unless_none(count, trial);
        self.items(patterns.iter().chain(kwd_patterns), count, trial)
    }

    /// Each alternative leaves its captures in the same registers, in the order of the first alternative.
    fn or_pattern(&mut self, patterns: &[Pattern], subject: u16, trial: &mut Trial, range: Range) -> Outcome {
        let base = self.code().depth;
        let matched = self.code().label();
        let mut order: Option<Vec<Capture>> = None;
        for (index, alternative) in patterns.iter().enumerate() {
            let last = index + 1 == patterns.len();
            let may_be_irrefutable = last && trial.may_be_irrefutable;
            let mut inner =
                Trial { base, rungs: Vec::new(), captures: Vec::new(), may_be_irrefutable, latest: range };
            self.code().depth = base;
            self.pattern(alternative, subject, &mut inner)?;
            trial.latest = inner.latest;
            let order = order.get_or_insert_with(|| inner.captures.clone());
            let Some(sorted) = in_order(order, &inner.captures) else {
                let message = "alternative patterns bind different names";
                return Err(CompileError::syntax(message, trial.latest));
            };
            self.gather(&sorted, base);
            self.code().jump(matched);
            self.fail_ladder(inner, range);
        }
        self.code().depth = base;
        let rung = self.rung(trial);
        self.code().jump(rung);
        let captures = order.unwrap_or_default();
        self.code().depth = base;
        self.code().grow(captures.len() as u32);
        self.bind_if_used(matched);
        for (index, capture) in captures.iter().enumerate() {
            let register = self.code().register(base + index as u32);
            self.capture(Some(&capture.name), register, trial, range)?;
        }
        Ok(())
    }

    /// Leaves nothing above `base` but copies of the registers.
    fn gather(&mut self, registers: &[u16], base: u32) {
        let others = self.code().depth.saturating_sub(base);
        registers.iter().for_each(|register| self.push_copy_of(*register));
        if others > 0 {
            for index in 0..registers.len() as u32 {
                let (to, from) =
                    (self.code().register(base + index), self.code().register(base + others + index));
                self.code().raw(Op::SwapTemporaries, to, from, 0);
            }
        }
        self.drop_to(base + registers.len() as u32);
    }
}

/// The registers of the same names in another order, if the names are the same.
fn in_order(order: &[Capture], captures: &[Capture]) -> Option<Vec<u16>> {
    if order.len() != captures.len() {
        return None;
    }
    let register = |wanted: &Capture| {
        captures.iter().find(|capture| capture.name == wanted.name).map(|capture| capture.register)
    };
    order.iter().map(register).collect()
}

fn is_star(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::MatchStar { .. })
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(
        pattern.kind,
        PatternKind::MatchAs { pattern: None, name: None } | PatternKind::MatchStar { name: None }
    )
}
