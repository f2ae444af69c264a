//! Assignment, augmented and annotated assignment, deletion.

use super::emitter::Destination;
use super::generator::Generator;
use super::names::refuse_debug;
use super::operands::Operand;
use super::{CompileError, Outcome};
use crate::bytecode::{Constant, Kinds, Op};
use crate::syntax::ast::{Expr, ExprKind, Operator, Range};

impl Generator<'_> {
    pub(super) fn assign(&mut self, targets: &[Expr], value: &Expr) -> Outcome {
        let Some((last, first)) = targets.split_last() else { return Ok(()) };
        if first.is_empty() {
            return self.assign_one(last, value);
        }
        self.push(value)?;
        for target in first {
            self.at(target.range);
            self.push_copy(1);
            self.store(target)?;
        }
        self.store(last)
    }

    fn assign_one(&mut self, target: &Expr, value: &Expr) -> Outcome {
        match &target.kind {
            ExprKind::Name { id, .. } => {
                refuse_debug(id, "assign to", target.range)?;
                if let Some(register) = self.local_register(target) {
                    self.expression(value, Destination::Local(register))?;
                    self.mark_bound(register);
                    return Ok(());
                }
                let value = self.last_operand(value)?;
                self.at(target.range);
                self.store_name_from(id, value, target.range)
            }
            ExprKind::Attribute { value: object, .. } => {
                let quiet = self.is_quiet(object);
                let value = self.operand(value, quiet)?;
                self.store_attribute(target, value)
            }
            ExprKind::Subscript { value: container, slice, .. } => {
                let quiet = self.is_quiet(container) && self.is_quiet(slice);
                let value = self.operand(value, quiet)?;
                self.store_subscript(target, value)
            }
            ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => match paired_values(elts, value) {
                Some(values) => self.assign_pairwise(elts, values),
                None => {
                    let value = self.last_operand(value)?;
                    self.unpack_into(target, elts, value)
                }
            },
            _ => {
                self.push(value)?;
                self.store(target)
            }
        }
    }

    /// `a, b = b, a` without a tuple.
    fn assign_pairwise(&mut self, targets: &[Expr], values: &[Expr]) -> Outcome {
        values.iter().try_for_each(|value| self.push(value))?;
        let registers: Vec<_> = targets.iter().map(|target| self.local_register(target)).collect();
        let distinct =
            |index: usize| registers[index].is_some() && !registers[..index].contains(&registers[index]);
        if (0..registers.len()).all(distinct) {
            return targets.iter().rev().try_for_each(|target| self.store(target));
        }
        let (first, last) = (self.code().temporary(values.len() as u32), self.code().top());
        self.code().raw(Op::SwapTemporaries, first, last, 0);
        targets.iter().try_for_each(|target| self.store(target))
    }

    /// Stores the topmost temporary into a target.
    pub(super) fn store(&mut self, target: &Expr) -> Outcome {
        let value = Operand::Temporary(self.code().top());
        self.store_operand(target, value)
    }

    fn store_operand(&mut self, target: &Expr, value: Operand) -> Outcome {
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.at(target.range);
                self.store_name_from(id, value, target.range)
            }
            ExprKind::Attribute { .. } => self.store_attribute(target, value),
            ExprKind::Subscript { .. } => self.store_subscript(target, value),
            ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => {
                self.unpack_into(target, elts, value)
            }
            ExprKind::Starred { .. } => Err(CompileError::syntax(
                "starred assignment target must be in a list or tuple",
                target.range,
            )),
            _ => Ok(()),
        }
    }

    fn store_attribute(&mut self, target: &Expr, value: Operand) -> Outcome {
        let ExprKind::Attribute { value: object, attr, .. } = &target.kind else { return Ok(()) };
        let object = self.last_operand(object)?;
        refuse_debug(attr, "assign to", target.range)?;
        self.at_attribute(target);
        let name = self.mangled(attr);
        self.emit_store_attribute(&name, object, value);
        Ok(())
    }

    fn emit_store_attribute(&mut self, name: &crate::syntax::ast::Name, object: Operand, value: Operand) {
        let index = self.name_index(name);
        self.code().raw(Op::StoreAttribute, 0, object.register(), value.register());
        self.code().inline(index, 0);
        self.code().inline(0, 0);
        self.code().consume(object.consumed() + value.consumed());
    }

    fn store_subscript(&mut self, target: &Expr, value: Operand) -> Outcome {
        let ExprKind::Subscript { value: container, slice, .. } = &target.kind else { return Ok(()) };
        let quiet = self.is_quiet(slice);
        let container = self.operand(container, quiet)?;
        let index = self.last_operand(slice)?;
        self.at(target.range);
        self.emit_store_subscript(container, index, value);
        Ok(())
    }

    fn emit_store_subscript(&mut self, container: Operand, index: Operand, value: Operand) {
        let (a, b, c) = (container.register(), index.register(), value.register());
        self.code().raw(Op::StoreSubscript, a, b, c);
        self.code().consume(container.consumed() + index.consumed() + value.consumed());
    }

    fn unpack_into(&mut self, target: &Expr, elts: &[Expr], value: Operand) -> Outcome {
        self.at(target.range);
        let starred = |element: &Expr| matches!(element.kind, ExprKind::Starred { .. });
        match elts.iter().position(starred) {
            None => self.unpack(value, elts.len()),
            Some(before) => {
                let after = elts.len() - before - 1;
                if before >= 1 << 8 || after >= 1 << 23 {
                    return Err(CompileError::syntax(
                        "too many expressions in star-unpacking assignment",
                        target.range,
                    ));
                }
                if elts[before + 1..].iter().any(starred) {
                    return Err(CompileError::syntax(
                        "multiple starred expressions in assignment",
                        target.range,
                    ));
                }
                self.unpack_extended(value, before, after);
            }
        }
        for element in elts {
            match &element.kind {
                ExprKind::Starred { value, .. } => self.store(value)?,
                _ => self.store(element)?,
            }
        }
        Ok(())
    }

    /// Replaces an operand by its `count` items, the first one topmost.
    pub(super) fn unpack(&mut self, value: Operand, count: usize) {
        let a = self.code().temporary(value.consumed());
        self.code().raw(Op::UnpackSequence, a, value.register(), count as u16);
        self.code().consume(value.consumed());
        self.code().grow(count as u32);
    }

    pub(super) fn unpack_extended(&mut self, value: Operand, before: usize, after: usize) {
        let a = self.code().temporary(value.consumed());
        self.code().raw(Op::UnpackExtended, a, value.register(), 0);
        self.code().inline(before as u32, after as u32);
        self.code().consume(value.consumed());
        self.code().grow((before + 1 + after) as u32);
    }
}

// Augmented assignment.
impl Generator<'_> {
    pub(super) fn augmented_assignment(
        &mut self,
        range: Range,
        target: &Expr,
        op: Operator,
        value: &Expr,
    ) -> Outcome {
        match &target.kind {
            ExprKind::Name { id, .. } => {
                refuse_debug(id, "assign to", target.range)?;
                let quiet = self.is_quiet(value);
                let register = self.local_register(target);
                let left = match register {
                    Some(register) if quiet && self.is_bound(register) => Operand::Local(register),
                    _ => {
                        self.at(target.range);
                        self.load_name(id, Destination::Push);
                        Operand::Temporary(self.code().top())
                    }
                };
                match register {
                    Some(register) => {
                        self.inplace(range, left, op, value, Destination::Local(register))?;
                        self.mark_bound(register);
                        Ok(())
                    }
                    None => {
                        self.inplace(range, left, op, value, Destination::Push)?;
                        self.at(target.range);
                        self.store_name(id, target.range)
                    }
                }
            }
            ExprKind::Attribute { .. } => self.augmented_attribute(range, target, op, value),
            ExprKind::Subscript { .. } => self.augmented_subscript(range, target, op, value),
            _ => Ok(()),
        }
    }

    fn inplace(
        &mut self,
        range: Range,
        left: Operand,
        op: Operator,
        value: &Expr,
        destination: Destination,
    ) -> Outcome {
        self.binary_with(range, left, op, value, destination, Kinds::INPLACE)
    }

    /// The object is kept for the store: a local in place, anything else below the value.
    fn augmented_attribute(&mut self, range: Range, target: &Expr, op: Operator, value: &Expr) -> Outcome {
        let ExprKind::Attribute { value: object, attr, .. } = &target.kind else { return Ok(()) };
        let quiet = self.is_quiet(value);
        let object = self.operand(object, quiet)?;
        self.at_attribute(target);
        let name = self.mangled(attr);
        let (register, consumed) = self.read_again(object, 1);
        self.load_attribute(&name, Destination::Push, register, consumed);
        let left = Operand::Temporary(self.code().top());
        self.inplace(range, left, op, value, Destination::Push)?;
        self.at_attribute(target);
        let result = Operand::Temporary(self.code().top());
        self.emit_store_attribute(&name, object, result);
        Ok(())
    }

    /// A register with the same value, consumed if it is a temporary.
    fn read_again(&mut self, operand: Operand, below: u32) -> (u16, u32) {
        if operand.is_temporary() {
            self.push_copy(below);
            (self.code().top(), 1)
        } else {
            (operand.register(), 0)
        }
    }

    fn augmented_subscript(&mut self, range: Range, target: &Expr, op: Operator, value: &Expr) -> Outcome {
        let ExprKind::Subscript { value: container, slice, .. } = &target.kind else { return Ok(()) };
        let value_is_quiet = self.is_quiet(value);
        let index_is_quiet = self.is_quiet(slice);
        let container = self.operand(container, value_is_quiet && index_is_quiet)?;
        let index = self.operand(slice, value_is_quiet)?;
        self.at(target.range);
        let (container_again, first) = self.read_again(container, 1 + index.consumed());
        let (index_again, second) = self.read_again(index, 1 + first);
        self.code().equation(
            Op::LoadSubscript,
            Destination::Push,
            container_again,
            index_again,
            first + second,
        );
        let left = Operand::Temporary(self.code().top());
        self.inplace(range, left, op, value, Destination::Push)?;
        self.at(target.range);
        let result = Operand::Temporary(self.code().top());
        self.emit_store_subscript(container, index, result);
        Ok(())
    }
}

// Annotated assignment.
impl Generator<'_> {
    pub(super) fn annotated_assignment(
        &mut self,
        target: &Expr,
        annotation: &Expr,
        value: Option<&Expr>,
        simple: bool,
        range: Range,
    ) -> Outcome {
        if let Some(value) = value {
            self.assign_one(target, value)?;
        }
        let kept = !self.scope().kind.is_function();
        match &target.kind {
            ExprKind::Name { id, .. } => {
                refuse_debug(id, "assign to", range)?;
                if simple && kept {
                    self.record_annotation(id, annotation, range)?;
                }
            }
            ExprKind::Attribute { value: object, attr, .. } => {
                refuse_debug(attr, "assign to", range)?;
                if value.is_none() {
                    self.evaluate_and_drop(object)?;
                }
            }
            ExprKind::Subscript { value: container, slice, .. } if value.is_none() => {
                self.evaluate_and_drop(container)?;
                self.evaluate_and_drop(slice)?;
            }
            _ => {}
        }
        if !simple && kept && !self.scopes.text_annotations {
            self.evaluate_and_drop(annotation)?;
        }
        Ok(())
    }

    fn record_annotation(
        &mut self,
        name: &crate::syntax::ast::Name,
        annotation: &Expr,
        range: Range,
    ) -> Outcome {
        self.annotation(annotation)?;
        self.at(range);
        let value = Operand::Temporary(self.code().top());
        self.load_name(&"__annotations__".into(), Destination::Push);
        let container = Operand::Temporary(self.code().top());
        let name = self.mangled(name);
        self.load_constant(Constant::Text(name), Destination::Push);
        let index = Operand::Temporary(self.code().top());
        self.emit_store_subscript(container, index, value);
        Ok(())
    }

    /// Evaluates for the effect only.
    pub(super) fn evaluate_and_drop(&mut self, expression: &Expr) -> Outcome {
        if self.constant(expression).is_some() {
            return Ok(());
        }
        if self.last_operand(expression)?.is_temporary() {
            self.at(expression.range);
            self.drop_top();
        }
        Ok(())
    }
}

// Deletion.
impl Generator<'_> {
    pub(super) fn delete(&mut self, target: &Expr) -> Outcome {
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.at(target.range);
                self.delete_name(id, target.range)
            }
            ExprKind::Attribute { value, attr, .. } => {
                let object = self.last_operand(value)?;
                refuse_debug(attr, "delete", target.range)?;
                self.at_attribute(target);
                let name = self.mangled(attr);
                self.named(Op::DeleteAttribute, object.register(), &name);
                self.code().consume(object.consumed());
                Ok(())
            }
            ExprKind::Subscript { value, slice, .. } => {
                let quiet = self.is_quiet(slice);
                let container = self.operand(value, quiet)?;
                let index = self.last_operand(slice)?;
                self.at(target.range);
                self.code().raw(Op::DeleteSubscript, 0, container.register(), index.register());
                self.code().consume(container.consumed() + index.consumed());
                Ok(())
            }
            ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => {
                elts.iter().try_for_each(|element| self.delete(element))
            }
            _ => Ok(()),
        }
    }
}

/// The values of `a, b = x, y` (two or three), which need no tuple.
fn paired_values<'e>(targets: &[Expr], value: &'e Expr) -> Option<&'e [Expr]> {
    let ExprKind::Tuple { elts, .. } = &value.kind else { return None };
    let starred = |element: &Expr| matches!(element.kind, ExprKind::Starred { .. });
    let suits = (2..=3).contains(&elts.len())
        && elts.len() == targets.len()
        && !elts.iter().any(starred)
        && !targets.iter().any(starred);
    suits.then_some(elts)
}
