//! Expressions: each leaves its value in a destination.

use super::displays::Display;
use super::emitter::Destination;
use super::generator::Generator;
use super::names::{Variable, refuse_debug};
use super::operands::Operand;
use super::{CompileError, Outcome};
use crate::bytecode::{Intrinsic, Op};
use crate::syntax::ast::{Expr, ExprKind, Name, Operator, Range, UnaryOperator};

impl Generator<'_> {
    /// Evaluates an expression.
    pub(super) fn expression(&mut self, expression: &Expr, destination: Destination) -> Outcome {
        if let Some(constant) = self.constant(expression) {
            self.at(expression.range);
            self.load_constant(constant, destination);
            return Ok(());
        }
        match &expression.kind {
            ExprKind::Name { id, .. } => {
                self.at(expression.range);
                self.load_name(id, destination);
                Ok(())
            }
            ExprKind::Constant { .. } => Ok(()),
            ExprKind::BinOp { left, op, right } => match super::percent::pieces(left, *op, right) {
                Some(pieces) => self.joined_pieces(expression, &pieces, destination),
                None => self.binary(expression, left, *op, right, destination, 0),
            },
            ExprKind::UnaryOp { op, operand } => self.unary(expression, *op, operand, destination),
            ExprKind::Compare { .. } => self.comparison(expression, destination),
            ExprKind::BoolOp { .. } => self.short_circuit(expression, destination),
            ExprKind::IfExp { test, body, orelse } => {
                self.conditional(expression, test, body, orelse, destination)
            }
            ExprKind::Call { func, args, keywords } => {
                self.call(expression, func, args, keywords, destination)
            }
            ExprKind::Attribute { value, .. } => self.attribute(expression, value, destination),
            ExprKind::Subscript { value, slice, .. } => self.subscript(expression, value, slice, destination),
            ExprKind::Slice { .. } => self.slice(expression, destination),
            ExprKind::Tuple { elts, .. } => self.display(expression, elts, Display::Tuple, destination),
            ExprKind::List { elts, .. } => self.display(expression, elts, Display::List, destination),
            ExprKind::Set { elts } => self.display(expression, elts, Display::Set, destination),
            ExprKind::Dict { keys, values } => self.dict_display(expression, keys, values, destination),
            ExprKind::NamedExpr { target, value } => self.walrus(target, value, destination),
            ExprKind::Lambda { args, body } => self.lambda(expression, args, body, destination),
            ExprKind::ListComp { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::DictComp { .. }
            | ExprKind::GeneratorExp { .. } => self.comprehension(expression, destination),
            ExprKind::Yield { value } => self.yield_value(expression, value.as_deref(), destination),
            ExprKind::YieldFrom { value } => self.yield_from(expression, value, destination),
            ExprKind::JoinedStr { values } => self.joined_text(expression, values, destination),
            ExprKind::FormattedValue { .. } => self.formatted_value(expression, destination),
            ExprKind::Starred { .. } => {
                Err(CompileError::syntax("can't use starred expression here", expression.range))
            }
            ExprKind::Await { value } => self.await_value(expression, value, destination),
        }
    }

    /// Moves the topmost temporary to where it is wanted.
    pub(super) fn deliver(&mut self, destination: Destination) {
        if let Destination::Local(register) = destination {
            let top = self.code().top();
            self.code().raw(Op::StoreLocal, register, top, 0);
            self.code().consume(1);
        }
    }

    /// `left op right`, with the further kind bits of an augmented assignment.
    pub(super) fn binary(
        &mut self,
        whole: &Expr,
        left: &Expr,
        op: Operator,
        right: &Expr,
        destination: Destination,
        kinds: u8,
    ) -> Outcome {
        let quiet = self.is_quiet(right);
        let left = self.operand(left, quiet)?;
        self.binary_with(whole.range, left, op, right, destination, kinds)
    }

    /// The rest of a binary operation, when the left operand stands ready.
    pub(super) fn binary_with(
        &mut self,
        range: Range,
        left: Operand,
        op: Operator,
        right: &Expr,
        destination: Destination,
        kinds: u8,
    ) -> Outcome {
        let (op, with_constant) = operator(op);
        let (op, register, consumed) = match (with_constant, self.constant_operand(right)) {
            (Some(op), Some(index)) => (op, index, 0),
            _ => {
                let right = self.last_operand(right)?;
                (op, right.register(), right.consumed())
            }
        };
        self.at(range);
        self.code().equation(op, destination, left.register(), register, left.consumed() + consumed);
        self.code().mark_last(kinds);
        Ok(())
    }

    fn unary(
        &mut self,
        whole: &Expr,
        op: UnaryOperator,
        operand: &Expr,
        destination: Destination,
    ) -> Outcome {
        if op == UnaryOperator::Not && self.inverted_comparison(whole, operand, destination)? {
            return Ok(());
        }
        let operand = self.last_operand(operand)?;
        let op = match op {
            UnaryOperator::Invert => Op::Invert,
            UnaryOperator::Not => Op::Not,
            UnaryOperator::UAdd => Op::Positive,
            UnaryOperator::USub => Op::Negative,
        };
        self.at(whole.range);
        self.code().equation(op, destination, operand.register(), 0, operand.consumed());
        Ok(())
    }

    fn attribute(&mut self, whole: &Expr, value: &Expr, destination: Destination) -> Outcome {
        let ExprKind::Attribute { attr, .. } = &whole.kind else { return Ok(()) };
        let object = self.last_operand(value)?;
        self.at_attribute(whole);
        let name = self.mangled(attr);
        self.load_attribute(&name, destination, object.register(), object.consumed());
        Ok(())
    }

    pub(super) fn load_attribute(
        &mut self,
        name: &Name,
        destination: Destination,
        object: u16,
        consumed: u32,
    ) {
        let index = self.name_index(name);
        let a = self.code().result(destination, consumed);
        self.code().raw(Op::LoadAttribute, a, object, 0);
        self.code().inline(index, 0);
        self.code().inline(0, 0);
        self.code().settle(destination, consumed);
    }

    /// An attribute on another line than its object is reported at its name, as CPython does.
    pub(super) fn at_attribute(&mut self, attribute: &Expr) {
        self.at(attribute.range);
        self.narrow_to_attribute(attribute);
    }

    pub(super) fn narrow_to_attribute(&mut self, attribute: &Expr) {
        let ExprKind::Attribute { attr, .. } = &attribute.kind else { return };
        let end = attribute.range;
        let location = &mut self.code().location;
        if location.line != end.end_line {
            location.line = end.end_line;
            let length = attr.chars().count() as u32;
            location.column = end.end_column.saturating_sub(length);
        }
    }

    fn subscript(&mut self, whole: &Expr, value: &Expr, slice: &Expr, destination: Destination) -> Outcome {
        self.warn_about_subscript(value, slice, whole.range);
        let quiet = self.is_quiet(slice);
        let container = self.operand(value, quiet)?;
        if let Some(index) = self.constant_operand(slice) {
            self.at(whole.range);
            let consumed = container.consumed();
            self.code().equation(
                Op::LoadSubscriptConstant,
                destination,
                container.register(),
                index,
                consumed,
            );
            return Ok(());
        }
        if let ExprKind::Slice { lower, upper, step: None } = &slice.kind {
            self.slice_ends(slice, lower.as_deref(), upper.as_deref())?;
            self.at(whole.range);
            let (first, consumed) = (self.code().top() - 1, container.consumed() + 2);
            self.code().equation(Op::LoadSlice, destination, container.register(), first, consumed);
            return Ok(());
        }
        let index = self.last_operand(slice)?;
        self.at(whole.range);
        let consumed = container.consumed() + index.consumed();
        self.code().equation(
            Op::LoadSubscript,
            destination,
            container.register(),
            index.register(),
            consumed,
        );
        Ok(())
    }

    fn slice(&mut self, whole: &Expr, destination: Destination) -> Outcome {
        let ExprKind::Slice { lower, upper, step } = &whole.kind else { return Ok(()) };
        self.slice_ends(whole, lower.as_deref(), upper.as_deref())?;
        if let Some(step) = step {
            self.push(step)?;
        }
        self.at(whole.range);
        self.build(Op::BuildSlice, 2 + u32::from(step.is_some()), destination);
        Ok(())
    }

    /// Pushes the two ends of a slice.
    fn slice_ends(&mut self, whole: &Expr, lower: Option<&Expr>, upper: Option<&Expr>) -> Outcome {
        for part in [lower, upper] {
            match part {
                Some(part) => self.push(part)?,
                None => {
                    self.at(whole.range);
                    self.push_none();
                }
            }
        }
        Ok(())
    }

    /// Emits an instruction that consumes the topmost `count` temporaries as a run.
    pub(super) fn build(&mut self, op: Op, count: u32, destination: Destination) {
        self.build_run(op, count, count as u16, destination);
    }

    /// As [`Self::build`] with another third operand.
    pub(super) fn build_run(&mut self, op: Op, consumed: u32, c: u16, destination: Destination) {
        let first = self.code().temporary(consumed);
        self.code().equation(op, destination, first, c, consumed);
    }

    fn walrus(&mut self, target: &Expr, value: &Expr, destination: Destination) -> Outcome {
        let ExprKind::Name { id, .. } = &target.kind else { return Ok(()) };
        refuse_debug(id, "assign to", target.range)?;
        if let Variable::Register(register) = self.variable(&self.mangled(id)) {
            self.expression(value, Destination::Local(register))?;
            self.mark_bound(register);
            self.load_name(id, destination);
            return Ok(());
        }
        self.push(value)?;
        self.push_copy(1);
        self.at(target.range);
        self.store_name(id, target.range)?;
        self.deliver(destination);
        Ok(())
    }
}

// Generators.
impl Generator<'_> {
    pub(super) fn require_function(&self, what: &str, whole: &Expr) -> Outcome {
        if self.scope().kind.is_function() {
            return Ok(());
        }
        Err(CompileError::syntax(format!("'{what}' outside function"), whole.range))
    }

    fn yield_value(&mut self, whole: &Expr, value: Option<&Expr>, destination: Destination) -> Outcome {
        self.require_function("yield", whole)?;
        let (register, consumed) = match value {
            Some(value) => {
                let value = self.last_operand(value)?;
                (value.register(), value.consumed())
            }
            None => {
                self.at(whole.range);
                self.push_none();
                (self.code().top(), 1)
            }
        };
        self.at(whole.range);
        let (register, consumed) = self.wrap_yielded(register, consumed);
        self.code().equation(Op::Yield, Destination::Push, register, 0, consumed);
        self.deliver(destination);
        Ok(())
    }

    fn yield_from(&mut self, whole: &Expr, value: &Expr, destination: Destination) -> Outcome {
        self.require_function("yield", whole)?;
        if self.scope().is_async_function {
            return Err(CompileError::syntax("'yield from' inside async function", whole.range));
        }
        let value = self.last_operand(value)?;
        self.at(whole.range);
        self.delegate_to(Intrinsic::YieldFromIterator, value.register(), value.consumed());
        self.deliver(destination);
        Ok(())
    }
}

/// Operators as operations, with their forms for a constant on the right.
pub(super) fn operator(op: Operator) -> (Op, Option<Op>) {
    match op {
        Operator::Add => (Op::Add, Some(Op::AddConstant)),
        Operator::Sub => (Op::Subtract, Some(Op::SubtractConstant)),
        Operator::Mult => (Op::Multiply, Some(Op::MultiplyConstant)),
        Operator::MatMult => (Op::MatrixMultiply, None),
        Operator::Div => (Op::TrueDivide, Some(Op::TrueDivideConstant)),
        Operator::Mod => (Op::Modulo, Some(Op::ModuloConstant)),
        Operator::Pow => (Op::Power, Some(Op::PowerConstant)),
        Operator::LShift => (Op::LeftShift, Some(Op::LeftShiftConstant)),
        Operator::RShift => (Op::RightShift, Some(Op::RightShiftConstant)),
        Operator::BitOr => (Op::BitOr, Some(Op::BitOrConstant)),
        Operator::BitXor => (Op::BitXor, Some(Op::BitXorConstant)),
        Operator::BitAnd => (Op::BitAnd, Some(Op::BitAndConstant)),
        Operator::FloorDiv => (Op::FloorDivide, Some(Op::FloorDivideConstant)),
    }
}
