//! Comparisons, short circuits and jumps on conditions.

use super::Outcome;
use super::emitter::{Destination, Label};
use super::generator::Generator;
use super::operands::Operand;
use crate::bytecode::{Constant, Kinds, Op};
use crate::syntax::ast::{BoolOperator, CompareOperator, Expr, ExprKind, Range, UnaryOperator};

impl Generator<'_> {
    /// Goes to the label if the truth of the expression is `when`, else falls through.
    pub(super) fn jump_if(&mut self, test: &Expr, label: Label, when: bool) -> Outcome {
        if let Some(constant) = self.constant(test) {
            if super::fold::truth(&constant) == when {
                self.code().jump(label);
            }
            return Ok(());
        }
        match &test.kind {
            ExprKind::UnaryOp { op: UnaryOperator::Not, operand } => self.jump_if(operand, label, !when),
            ExprKind::BoolOp { op, values } => self.jump_if_any(*op, values, label, when),
            ExprKind::IfExp { test, body, orelse } => self.jump_if_either(test, body, orelse, label, when),
            ExprKind::Compare { left, ops, comparators } if comparators.len() == 1 => {
                self.unit.outer_range = test.range;
                let left_is_last = self.is_quiet(&comparators[0]);
                let left_operand = self.operand(left, left_is_last)?;
                self.warn_about_identity(test);
                self.compare(test.range, left_operand, ops[0], &comparators[0], Destination::Push)?;
                self.jump_on_comparison(label, when);
                Ok(())
            }
            ExprKind::Compare { .. } => {
                self.unit.outer_range = test.range;
                self.warn_about_identity(test);
                self.jump_if_chain(test, label, when)
            }
            _ => {
                let operand = self.last_operand(test)?;
                self.at_outer();
                self.code().jump_on(jump_op(when), operand.register(), label);
                Ok(())
            }
        }
    }

    /// Jumps on the result of the comparison just emitted; both run as one.
    fn jump_on_comparison(&mut self, label: Label, when: bool) {
        self.code().mark_last(Kinds::FUSED);
        let top = self.code().top();
        self.code().jump_on(jump_op(when), top, label);
    }

    fn jump_if_any(&mut self, op: BoolOperator, values: &[Expr], label: Label, when: bool) -> Outcome {
        let Some((last, first)) = values.split_last() else { return Ok(()) };
        let decides = op == BoolOperator::Or;
        let end = self.code().label();
        let mut known = None;
        for value in first {
            let target = if decides == when { label } else { end };
            self.jump_if(value, target, decides)?;
            known.get_or_insert(self.known());
        }
        self.jump_if(last, label, when)?;
        self.forget(known.unwrap_or(self.known()));
        self.bind_if_used(end);
        Ok(())
    }

    pub(super) fn bind_if_used(&mut self, label: Label) {
        if self.code().is_used(label) {
            self.code().bind(label);
        }
    }

    fn jump_if_either(
        &mut self,
        test: &Expr,
        body: &Expr,
        orelse: &Expr,
        label: Label,
        when: bool,
    ) -> Outcome {
        let (otherwise, end) = (self.code().label(), self.code().label());
        self.jump_if(test, otherwise, false)?;
        let known = self.known();
        self.jump_if(body, label, when)?;
        self.forget(known);
        self.code().jump(end);
        self.code().bind(otherwise);
        self.jump_if(orelse, label, when)?;
        self.forget(known);
        self.code().bind(end);
        Ok(())
    }

    /// `a < b < c` as a condition. What is compared twice waits below, unless it is a local.
    fn jump_if_chain(&mut self, test: &Expr, label: Label, when: bool) -> Outcome {
        let (cleanup, end) = (self.code().label(), self.code().label());
        let fail = if when { end } else { label };
        let known = self.chain(test, Destination::Push, |this, waiting| {
            this.jump_on_comparison(if waiting { cleanup } else { fail }, false);
        })?;
        self.jump_on_comparison(label, when);
        self.forget(known);
        if self.code().is_used(cleanup) {
            self.code().jump(end);
            self.code().bind(cleanup);
            self.drop_top();
            if !when {
                self.code().jump(label);
            }
        }
        self.code().bind(end);
        Ok(())
    }

    /// A comparison or chain of comparisons as a value.
    pub(super) fn comparison(&mut self, whole: &Expr, destination: Destination) -> Outcome {
        let ExprKind::Compare { left, ops, comparators } = &whole.kind else { return Ok(()) };
        self.warn_about_identity(whole);
        if let ([op], [right]) = (&**ops, &**comparators) {
            return self.single_comparison(whole, left, *op, right, destination);
        }
        let (cleanup, end) = (self.code().label(), self.code().label());
        let known = self.chain(whole, Destination::Push, |this, waiting| {
            this.code().jump_or_drop(Op::JumpIfFalseOrDrop, if waiting { cleanup } else { end });
        })?;
        self.forget(known);
        if self.code().is_used(cleanup) {
            self.code().jump(end);
            self.code().bind(cleanup);
            self.swap();
            self.drop_top();
        }
        self.code().bind(end);
        self.deliver(destination);
        Ok(())
    }

    fn single_comparison(
        &mut self,
        whole: &Expr,
        left: &Expr,
        op: CompareOperator,
        right: &Expr,
        destination: Destination,
    ) -> Outcome {
        let quiet = self.is_quiet(right);
        let left = self.operand(left, quiet)?;
        self.compare(whole.range, left, op, right, destination)
    }

    /// `not (a is b)` is `a is not b`, and so for `in`. Tells whether this was such a case.
    pub(super) fn inverted_comparison(
        &mut self,
        whole: &Expr,
        operand: &Expr,
        destination: Destination,
    ) -> Outcome<bool> {
        let ExprKind::Compare { left, ops, comparators } = &operand.kind else { return Ok(false) };
        let ([op], [right]) = (&**ops, &**comparators) else { return Ok(false) };
        let inverse = match op {
            CompareOperator::Is => CompareOperator::IsNot,
            CompareOperator::IsNot => CompareOperator::Is,
            CompareOperator::In => CompareOperator::NotIn,
            CompareOperator::NotIn => CompareOperator::In,
            _ => return Ok(false),
        };
        self.warn_about_identity(operand);
        self.single_comparison(whole, left, inverse, right, destination)?;
        Ok(true)
    }

    /// Compares the operand with what is still to be evaluated.
    fn compare(
        &mut self,
        range: Range,
        left: Operand,
        op: CompareOperator,
        right: &Expr,
        destination: Destination,
    ) -> Outcome {
        let (op, with_constant) = comparison_op(op);
        let (op, register, consumed) = match (with_constant, self.constant_operand(right)) {
            (Some(op), Some(index)) => (op, index, 0),
            _ => {
                let right = match op {
                    Op::Contains | Op::NotContains => self.container(right)?,
                    _ => self.last_operand(right)?,
                };
                (op, right.register(), right.consumed())
            }
        };
        self.at(range);
        self.code().equation(op, destination, left.register(), register, left.consumed() + consumed);
        Ok(())
    }

    /// The right side of `in`: a display is not changed, so it may be a tuple or frozenset.
    fn container(&mut self, right: &Expr) -> Outcome<Operand> {
        if self.push_unchanging(right)? {
            return Ok(Operand::Temporary(self.code().top()));
        }
        self.last_operand(right)
    }

    /// Pushes a list or set display that nobody can change as a tuple or frozenset, if it is one.
    pub(super) fn push_unchanging(&mut self, display: &Expr) -> Outcome<bool> {
        let (elts, is_set) = match &display.kind {
            ExprKind::List { elts, .. } => (elts, false),
            ExprKind::Set { elts } => (elts, true),
            _ => return Ok(false),
        };
        if elts.iter().any(|element| matches!(element.kind, ExprKind::Starred { .. })) {
            return Ok(false);
        }
        let items = elts.iter().map(|item| self.constant(item)).collect::<Option<_>>();
        match items {
            Some(items) => {
                self.at(display.range);
                let constant = if is_set { Constant::FrozenSet(items) } else { Constant::Tuple(items) };
                self.load_constant(constant, Destination::Push);
            }
            None if is_set => return Ok(false),
            None => self.sequence(display, elts, super::displays::Display::Tuple, Destination::Push)?,
        }
        Ok(true)
    }

    /// Emits a chain up to and with its last comparison, which is left as a temporary; `step` goes on after each
    /// of the others, and is told whether the value compared next waits in a temporary below the result.
    fn chain(
        &mut self,
        whole: &Expr,
        destination: Destination,
        step: impl Fn(&mut Self, bool),
    ) -> Outcome<usize> {
        let ExprKind::Compare { left, ops, comparators } = &whole.kind else { return Ok(self.known()) };
        let quiet = self.is_quiet(&comparators[0]);
        let mut operand = self.operand(left, quiet)?;
        let mut known = None;
        for (index, (op, right)) in ops.iter().zip(comparators).enumerate() {
            let Some(next) = comparators.get(index + 1) else {
                self.compare(whole.range, operand, *op, right, destination)?;
                break;
            };
            let quiet = self.is_quiet(next);
            operand = self.compare_and_keep(whole.range, operand, *op, right, quiet)?;
            step(self, operand.is_temporary());
            known.get_or_insert(self.known());
        }
        Ok(known.unwrap_or(self.known()))
    }

    /// Pushes the result of a comparison, and below it, unless it is a local in place, its right operand.
    fn compare_and_keep(
        &mut self,
        range: Range,
        left: Operand,
        op: CompareOperator,
        right: &Expr,
        next_is_quiet: bool,
    ) -> Outcome<Operand> {
        let (op, _) = comparison_op(op);
        let right = self.operand(right, next_is_quiet)?;
        self.at(range);
        if !right.is_temporary() {
            let consumed = left.consumed();
            self.code().equation(op, Destination::Push, left.register(), right.register(), consumed);
            return Ok(right);
        }
        let mut left_register = left.register();
        if left.is_temporary() {
            self.swap();
            left_register = self.code().top();
            self.push_copy(2);
        } else {
            self.push_copy(1);
        }
        let kept = self.code().temporary(2 + left.consumed());
        let copy = self.code().top();
        self.code().equation(op, Destination::Push, left_register, copy, 1 + left.consumed());
        Ok(Operand::Temporary(kept))
    }

    /// `and`, `or` as a value.
    pub(super) fn short_circuit(&mut self, whole: &Expr, destination: Destination) -> Outcome {
        let ExprKind::BoolOp { op, values } = &whole.kind else { return Ok(()) };
        let Some((last, first)) = values.split_last() else { return Ok(()) };
        let jump = match op {
            BoolOperator::And => Op::JumpIfFalseOrDrop,
            BoolOperator::Or => Op::JumpIfTrueOrDrop,
        };
        let end = self.code().label();
        let mut known = None;
        for value in first {
            self.push(value)?;
            self.at(whole.range);
            self.code().jump_or_drop(jump, end);
            known.get_or_insert(self.known());
        }
        self.push(last)?;
        self.forget(known.unwrap_or(self.known()));
        self.code().bind(end);
        self.deliver(destination);
        Ok(())
    }

    /// `body if test else orelse`
    pub(super) fn conditional(
        &mut self,
        whole: &Expr,
        test: &Expr,
        body: &Expr,
        orelse: &Expr,
        destination: Destination,
    ) -> Outcome {
        let (otherwise, end) = (self.code().label(), self.code().label());
        let depth = self.code().depth;
        let outer_range = std::mem::replace(&mut self.unit.outer_range, whole.range);
        self.jump_if(test, otherwise, false)?;
        self.unit.outer_range = outer_range;
        let known = self.known();
        self.expression(body, destination)?;
        self.forget(known);
        self.code().jump(end);
        self.code().depth = depth;
        self.code().bind(otherwise);
        self.expression(orelse, destination)?;
        self.forget(known);
        self.code().bind(end);
        Ok(())
    }
}

/// The jump that is taken when the truth is `when`.
fn jump_op(when: bool) -> Op {
    if when { Op::JumpIfTrue } else { Op::JumpIfFalse }
}

/// Comparison operators as operations, with their forms for a constant on the right.
fn comparison_op(op: CompareOperator) -> (Op, Option<Op>) {
    match op {
        CompareOperator::Eq => (Op::Equal, Some(Op::EqualConstant)),
        CompareOperator::NotEq => (Op::NotEqual, Some(Op::NotEqualConstant)),
        CompareOperator::Lt => (Op::Less, Some(Op::LessConstant)),
        CompareOperator::LtE => (Op::LessEqual, Some(Op::LessEqualConstant)),
        CompareOperator::Gt => (Op::Greater, Some(Op::GreaterConstant)),
        CompareOperator::GtE => (Op::GreaterEqual, Some(Op::GreaterEqualConstant)),
        CompareOperator::Is => (Op::Is, Some(Op::IsConstant)),
        CompareOperator::IsNot => (Op::IsNot, Some(Op::IsNotConstant)),
        CompareOperator::In => (Op::Contains, None),
        CompareOperator::NotIn => (Op::NotContains, None),
    }
}
