//! `try` and `with`.
//!
//! A handler starts with the exception on top of the temporaries that survived. `EnterHandler` puts the exception
//! handled so far on it. Everything inside is covered by a last resort, which restores that one and raises on.

use super::Outcome;
use super::blocks::{Block, Paths};
use super::emitter::{Destination, Label};
use super::generator::Generator;
use super::operands::Operand;
use super::{CompileError, emitter::Covered};
use crate::bytecode::Op;
use crate::syntax::ast::{ExceptHandler, Range, Try, With};

impl<'a> Generator<'a> {
    pub(super) fn try_statement(&mut self, node: &'a Try, range: Range) -> Outcome {
        if node.finalbody.is_empty() {
            self.try_except(node, range)
        } else {
            self.try_finally(node, false, range)
        }
    }

    /// The finally body is emitted for each way out: falling through, jumping away, and an exception.
    pub(super) fn try_finally(&mut self, node: &'a Try, star: bool, range: Range) -> Outcome {
        let (handler, end) = (self.code().label(), self.code().label());
        let (depth, known) = (self.code().depth, self.known());
        let covered = self.code().cover(handler, depth);
        self.enter_block(Block::Finally { covered, body: &node.finalbody }, range)?;
        if node.handlers.is_empty() {
            self.statements(&node.body)?;
        } else if star {
            self.try_star(node, range)?;
        } else {
            self.try_except(node, range)?;
        }
        self.leave_block();
        let bound = self.known_since(known).to_vec();
        self.statements(&node.finalbody)?;
        self.at_nowhere();
        self.code().jump(end);
        self.forget(known);
        self.start_handler(handler, depth);
        let (last_resort, covered) = self.enter_handler();
        self.enter_block(Block::FinallyHandler { covered }, range)?;
        self.statements(&node.finalbody)?;
        self.at_nowhere();
        self.push_copy(2);
        self.leave_block();
        self.raise_from_handler(last_resort, depth);
        self.forget(known);
        self.code().depth = depth;
        self.bind_if_used(end);
        bound.into_iter().for_each(|register| self.mark_bound(register));
        Ok(())
    }

    /// Continues at the first instruction of a handler: the exception is the next temporary.
    pub(super) fn start_handler(&mut self, handler: Label, depth: u32) {
        self.code().depth = depth;
        self.code().grow(1);
        self.bind_if_used(handler);
    }

    /// Makes the topmost temporary the handled exception; from here on the last resort covers the code.
    pub(super) fn enter_handler(&mut self) -> (Label, Covered) {
        self.at_nowhere();
        let exception = self.code().top();
        self.code().raw(Op::EnterHandler, exception, 0, 0);
        self.code().grow(1);
        let last_resort = self.code().label();
        let depth = self.code().depth;
        (last_resort, self.code().cover(last_resort, depth))
    }

    /// Emits the last resort of the handler whose exception is temporary number `depth`.
    pub(super) fn raise_from_handler(&mut self, last_resort: Label, depth: u32) {
        self.at_nowhere();
        self.code().depth = depth;
        self.code().grow(3);
        self.bind_if_used(last_resort);
        let exception = self.code().register(depth);
        self.code().raw(Op::ReraiseFromHandler, exception, 0, 0);
        self.code().reachable = false;
    }

    fn try_except(&mut self, node: &'a Try, range: Range) -> Outcome {
        let (handler, end) = (self.code().label(), self.code().label());
        let (depth, known) = (self.code().depth, self.known());
        let mut paths = Paths::default();
        let covered = self.code().cover(handler, depth);
        self.enter_block(Block::Try { covered }, range)?;
        self.statements(&node.body)?;
        self.leave_block();
        self.statements(&node.orelse)?;
        paths.ends(self, known);
        self.at_nowhere();
        self.code().jump(end);
        self.forget(known);
        self.start_handler(handler, depth);
        let (last_resort, covered) = self.enter_handler();
        self.enter_block(Block::Handlers, range)?;
        let count = node.handlers.len();
        let mut covered = covered;
        for (index, handler) in node.handlers.iter().enumerate() {
            if handler.r#type.is_none() && index + 1 < count {
                return Err(CompileError::syntax("default 'except:' must be last", handler.range));
            }
            covered = self.handler(handler, covered, end, depth, &mut paths)?;
            self.forget(known);
        }
        self.leave_block();
        self.at_nowhere();
        self.push_copy(2);
        self.code().uncover(covered);
        self.raise_from_handler(last_resort, depth);
        self.code().depth = depth;
        self.bind_if_used(end);
        paths.mark(self);
        Ok(())
    }

    /// Takes the exception out of its temporary, so that a caught exception has no reference of the frame's beside the
    /// name's and that of being handled: programs count them.
    pub(super) fn push_exception_for_good(&mut self, exception: u16) {
        self.push_none();
        let top = self.code().top();
        self.code().raw(Op::SwapTemporaries, exception, top, 0);
    }

    /// Tests and runs one handler; gives the range of the last resort that goes on behind it.
    fn handler(
        &mut self,
        handler: &'a ExceptHandler,
        covered: Covered,
        end: Label,
        depth: u32,
        paths: &mut Paths,
    ) -> Outcome<Covered> {
        let next = self.code().label();
        let known = self.known();
        self.code().depth = depth + 2;
        let exception = self.code().register(depth);
        if let Some(r#type) = &handler.r#type {
            let wanted = self.last_operand(r#type)?;
            self.at(handler.range);
            self.code().equation(
                Op::MatchException,
                Destination::Push,
                exception,
                wanted.register(),
                wanted.consumed(),
            );
            let top = self.code().top();
            self.code().jump_on(Op::JumpIfFalse, top, next);
        }
        let covered = match &handler.name {
            None => {
                self.at(handler.range);
                self.push_exception_for_good(exception);
                self.drop_top();
                self.enter_block(Block::Handler { covered, naming: None }, handler.range)?;
                self.statements(&handler.body)?;
                self.leave_block();
                self.at_nowhere();
                self.leave_handler(false);
                paths.ends(self, known);
                self.code().jump(end);
                self.code().recover(covered)
            }
            Some(name) => {
                self.at(handler.range);
                self.push_exception_for_good(exception);
                self.store_name(name, handler.range)?;
                let unbinding = self.code().label();
                let naming = self.code().cover(unbinding, depth + 2);
                let block = Block::Handler { covered, naming: Some((naming, name.clone())) };
                self.enter_block(block, handler.range)?;
                self.statements(&handler.body)?;
                self.leave_block();
                self.at_nowhere();
                self.leave_handler(false);
                self.unbind(name)?;
                paths.ends(self, known);
                self.code().jump(end);
                let covered = self.code().recover(covered);
                self.code().depth = depth + 3;
                self.bind_if_used(unbinding);
                self.unbind(name)?;
                self.code().raw(Op::ReraiseFromHandler, exception, 0, 0);
                self.code().reachable = false;
                covered
            }
        };
        self.code().depth = depth + 2;
        self.bind_if_used(next);
        Ok(covered)
    }
}

// With.
impl<'a> Generator<'a> {
    /// The items from number `index` on, and the body.
    pub(super) fn with_statement(&mut self, node: &'a With, index: usize, range: Range) -> Outcome {
        let Some(item) = node.items.get(index) else { return self.statements(&node.body) };
        let (handler, end) = (self.code().label(), self.code().label());
        let depth = self.code().depth;
        let manager = self.last_operand(&item.context_expr)?;
        self.enter_with(manager, range);
        let known = self.known();
        let covered = self.code().cover(handler, depth + 1);
        self.enter_block(Block::With { covered, range }, range)?;
        match &item.optional_vars {
            Some(target) => self.store(target)?,
            None => self.drop_top(),
        }
        self.with_statement(node, index + 1, range)?;
        self.leave_block();
        self.at(range);
        self.exit_with();
        self.code().jump(end);
        self.forget(known);
        self.start_handler(handler, depth + 1);
        self.with_handler(depth, range);
        self.code().depth = depth;
        self.bind_if_used(end);
        Ok(())
    }

    fn enter_with(&mut self, manager: Operand, range: Range) {
        self.at(range);
        let a = self.code().temporary(manager.consumed());
        self.code().raw(Op::EnterWith, a, manager.register(), 0);
        self.code().consume(manager.consumed());
        self.code().grow(2);
    }

    /// An exception came out of the body: the exit method decides whether it goes on.
    fn with_handler(&mut self, depth: u32, range: Range) {
        let (last_resort, covered) = self.enter_handler();
        self.at(range);
        let (exit, exception) = (self.code().register(depth), self.code().register(depth + 1));
        self.code().equation(Op::ExitWithException, Destination::Push, exit, exception, 0);
        self.decide_with(last_resort, covered, depth);
    }

    /// The answer of the exit method lies on top: a true one swallows the exception.
    pub(super) fn decide_with(&mut self, last_resort: Label, covered: Covered, depth: u32) {
        let suppressed = self.code().label();
        let answer = self.code().top();
        self.code().jump_on(Op::JumpIfTrue, answer, suppressed);
        self.push_copy(2);
        self.code().uncover(covered);
        self.raise_from_handler(last_resort, depth + 1);
        self.code().depth = depth + 3;
        self.bind_if_used(suppressed);
        self.at_nowhere();
        self.leave_handler(false);
        self.drop_top();
    }
}
