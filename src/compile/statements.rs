//! Statements.

use super::blocks::Block;
use super::emitter::Destination;
use super::generator::Generator;
use super::names::refuse_debug;
use super::{CompileError, Mode, Outcome};
use crate::bytecode::Op;
use crate::syntax::ast::{Expr, ExprKind, Range, Stmt, StmtKind};

impl<'a> Generator<'a> {
    pub(super) fn statements(&mut self, body: &'a [Stmt]) -> Outcome {
        body.iter().try_for_each(|statement| self.statement(statement))
    }

    pub(super) fn statement(&mut self, statement: &'a Stmt) -> Outcome {
        let range = statement.range;
        self.unit.outer_range = range;
        self.at(range);
        match &statement.kind {
            StmtKind::Expr { value } => self.expression_statement(value),
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::AugAssign { target, op, value } => self.augmented_assignment(range, target, *op, value),
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.annotated_assignment(target, annotation, value.as_deref(), *simple, range)
            }
            StmtKind::Delete { targets } => targets.iter().try_for_each(|target| self.delete(target)),
            StmtKind::Return { value } => self.return_statement(value.as_deref(), range),
            StmtKind::If { test, body, orelse } => self.if_statement(test, body, orelse),
            StmtKind::While { test, body, orelse } => self.while_loop(test, body, orelse, range),
            StmtKind::For(node) => self.for_loop(node, range),
            StmtKind::Break => self.leave_loop(true, range),
            StmtKind::Continue => self.leave_loop(false, range),
            StmtKind::FunctionDef(function) | StmtKind::AsyncFunctionDef(function) => {
                self.function_definition(function, range)
            }
            StmtKind::ClassDef(class) => self.class_definition(class, range),
            StmtKind::Try(node) | StmtKind::TryStar(node) => {
                self.code().mark_line(range);
                self.try_statement(node, matches!(statement.kind, StmtKind::TryStar(_)), range)
            }
            StmtKind::With(node) => self.with_statement(node, 0, false, range),
            StmtKind::Raise { exc, cause } => self.raise(exc.as_deref(), cause.as_deref(), range),
            StmtKind::Assert { test, msg } => self.assert(test, msg.as_deref(), range),
            StmtKind::Import { names } => self.import(names, range),
            StmtKind::ImportFrom { module, names, level } => {
                self.import_from(module.as_ref(), names, *level, range)
            }
            StmtKind::Match { subject, cases } => self.match_statement(subject, cases),
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } => Ok(()),
            StmtKind::Pass => {
                self.code().mark_line(range);
                Ok(())
            }
            StmtKind::AsyncFor(node) => self.async_for_loop(node, range),
            StmtKind::AsyncWith(node) => self.with_statement(node, 0, true, range),
        }
    }

    fn expression_statement(&mut self, value: &Expr) -> Outcome {
        if self.mode == Mode::Interactive && self.outer.is_empty() {
            let operand = self.last_operand(value)?;
            self.code().raw(Op::PrintExpression, 0, operand.register(), 0);
            self.code().consume(operand.consumed());
            return Ok(());
        }
        if self.constant(value).is_some() || matches!(value.kind, ExprKind::Name { .. }) {
            self.code().mark_line(value.range);
        }
        self.evaluate_and_drop(value)
    }

    fn return_statement(&mut self, value: Option<&Expr>, range: Range) -> Outcome {
        if !self.scope().kind.is_function() {
            return Err(CompileError::syntax("'return' outside function", range));
        }
        if value.is_some() && self.scope().coroutine && self.scope().generator {
            return Err(CompileError::syntax("'return' with value in async generator", range));
        }
        match value {
            Some(value) if self.constant(value).is_none() => self.return_computed(value, range),
            value => {
                let constant = value.and_then(|value| self.constant(value));
                let place = value.map_or(range, |value| value.range);
                self.at(place);
                let runs_code = self.leaving_runs_code(0);
                if runs_code {
                    self.code().mark_line(range);
                }
                self.leaving(0, false, |this| {
                    this.at_unless(runs_code, place);
                    this.return_constant(constant.unwrap_or(crate::bytecode::Constant::None));
                    Ok(())
                })
            }
        }
    }

    fn return_computed(&mut self, value: &Expr, range: Range) -> Outcome {
        if self.unit.blocks.iter().all(Block::leaves_locals_alone) {
            let operand = self.last_operand(value)?;
            if !operand.is_temporary() {
                return self.leaving(0, false, |this| {
                    this.at(range);
                    this.code().raw(Op::Return, 0, operand.register(), 0);
                    this.code().reachable = false;
                    Ok(())
                });
            }
        } else {
            self.push(value)?;
        }
        let runs_code = self.leaving_runs_code(0);
        self.leaving(0, true, |this| {
            this.at_unless(runs_code, range);
            this.return_top();
            Ok(())
        })?;
        self.code().consume(1);
        Ok(())
    }

    /// Returns the value of an expression outside of any block.
    pub(super) fn return_value(&mut self, value: &Expr) -> Outcome {
        let operand = self.last_operand(value)?;
        self.at(value.range);
        self.code().raw(Op::Return, 0, operand.register(), 0);
        self.code().consume(operand.consumed());
        self.code().reachable = false;
        Ok(())
    }

    /// Returns the topmost temporary; the depth stays for the code that follows.
    pub(super) fn return_top(&mut self) {
        let top = self.code().top();
        self.code().raw(Op::Return, 0, top, 0);
        self.code().reachable = false;
    }

    /// An `elif` chain of any length: a loop.
    fn if_statement(&mut self, test: &Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Outcome {
        let end = self.code().label();
        let before = self.known();
        let mut paths = super::blocks::Paths::default();
        let (mut test, mut body, mut orelse) = (test, body, orelse);
        loop {
            let next = self.code().label();
            self.mark_constant_test(test);
            self.jump_if(test, next, false)?;
            let known = self.known();
            self.statements(body)?;
            paths.ends(self, before);
            self.forget(known);
            if !orelse.is_empty() {
                self.at_nowhere();
                self.code().jump(end);
            }
            self.bind_if_used(next);
            let [
                Stmt {
                    kind: StmtKind::If { test: next_test, body: next_body, orelse: next_orelse },
                    range,
                    ..
                },
            ] = orelse
            else {
                break;
            };
            self.unit.outer_range = *range;
            (test, body, orelse) = (next_test, next_body, next_orelse);
        }
        self.statements(orelse)?;
        paths.ends(self, before);
        self.forget(before);
        self.bind_if_used(end);
        paths.mark(self);
        Ok(())
    }

    fn raise(&mut self, exc: Option<&Expr>, cause: Option<&Expr>, range: Range) -> Outcome {
        let depth = self.code().depth;
        let (mut count, mut exception, mut reason) = (0, 0, 0);
        if let Some(exc) = exc {
            let quiet = cause.is_none_or(|cause| self.is_quiet(cause));
            exception = self.operand(exc, quiet)?.register();
            count = 1;
            if let Some(cause) = cause {
                reason = self.last_operand(cause)?.register();
                count = 2;
            }
        }
        self.at(range);
        self.code().raw(Op::Raise, count, exception, reason);
        self.code().depth = depth;
        self.code().reachable = false;
        Ok(())
    }

    fn assert(&mut self, test: &Expr, msg: Option<&Expr>, range: Range) -> Outcome {
        if let ExprKind::Tuple { elts, .. } = &test.kind
            && !elts.is_empty()
        {
            self.warn("assertion is always true, perhaps remove parentheses?".into(), range);
        }
        if self.options.optimize {
            return Ok(());
        }
        let end = self.code().label();
        self.jump_if(test, end, true)?;
        let known = self.known();
        let depth = self.code().depth;
        self.at_outer();
        let error = self.code().temporary(0);
        self.code().raw(Op::LoadAssertionError, error, 0, 0);
        self.code().grow(1);
        if let Some(msg) = msg {
            self.push(msg)?;
            self.at_outer();
            self.call_with_one();
        }
        self.at_outer();
        let error = self.code().top();
        self.code().raw(Op::Raise, 1, error, 0);
        self.code().depth = depth;
        self.code().reachable = false;
        self.forget(known);
        self.bind_if_used(end);
        Ok(())
    }

    /// Pushes the iterator of an iterable.
    pub(super) fn push_iterator(&mut self, iterable: &Expr, range: Range) -> Outcome {
        let (register, consumed) = if self.push_unchanging(iterable)? {
            (self.code().top(), 1)
        } else {
            let operand = self.last_operand(iterable)?;
            (operand.register(), operand.consumed())
        };
        self.at(range);
        self.code().equation(Op::GetIterator, Destination::Push, register, 0, consumed);
        Ok(())
    }

    /// Takes the next item into a target, or drops the iterator and goes to the label.
    pub(super) fn for_iterate(&mut self, target: &Expr, exhausted: super::emitter::Label) -> Outcome {
        if let ExprKind::Name { id, .. } = &target.kind {
            refuse_debug(id, "assign to", target.range)?;
        }
        let local = self.local_register(target);
        let iterator = self.code().top();
        let a = local.unwrap_or(self.code().temporary(0));
        self.code().raw(Op::ForIterate, a, iterator, 0);
        let after = self.code().depth.saturating_sub(1);
        self.code().inline_target(exhausted, after);
        match local {
            Some(register) => {
                self.mark_bound(register);
                Ok(())
            }
            None => {
                self.code().grow(1);
                self.store(target)
            }
        }
    }
}
