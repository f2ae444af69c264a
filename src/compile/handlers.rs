//! `try`.
//!
//! A handler starts with the exception on top of the temporaries that survived. `EnterHandler` puts the exception
//! handled so far on it. Everything inside is covered by a last resort, which restores that one and raises on.

use super::Outcome;
use super::blocks::{Block, Paths};
use super::emitter::{Destination, Label};
use super::generator::Generator;
use super::{CompileError, emitter::Covered};
use crate::bytecode::Op;
use crate::syntax::ast::{ExceptHandler, Expr, Name, Range, Try};

/// The clauses of a `try` while they are emitted.
pub(super) struct Clauses {
    /// What the last resort covers: code from here on.
    pub covered: Covered,
    /// Where the statement ends.
    pub end: Label,
    /// The number of the temporary that is the exception.
    pub depth: u32,
    /// How many locals were known to be bound before the statement.
    pub known: usize,
    /// The ways through the statement that do not raise.
    paths: Paths,
}

impl<'a> Generator<'a> {
    /// `try` with all its clauses; `star` where those are `except*`.
    pub(super) fn try_statement(&mut self, node: &'a Try, star: bool, range: Range) -> Outcome {
        if node.finalbody.is_empty() {
            self.try_handlers(node, star, range)
        } else {
            self.try_finally(node, star, range)
        }
    }

    /// The finally body is emitted for each way out: falling through, jumping away, and an exception.
    fn try_finally(&mut self, node: &'a Try, star: bool, range: Range) -> Outcome {
        let (handler, end) = (self.code().label(), self.code().label());
        let (depth, known) = (self.code().depth, self.known());
        let covered = self.code().cover(handler, depth);
        self.enter_block(Block::Finally { covered, body: &node.finalbody }, range)?;
        if node.handlers.is_empty() {
            self.statements(&node.body)?;
        } else {
            self.try_handlers(node, star, range)?;
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
        self.raise_from_handler(last_resort, depth, false);
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

    /// Emits the last resort of the handler whose exception is temporary number `depth`; one that has run nothing of the
    /// program when it comes here says so.
    pub(super) fn raise_from_handler(&mut self, last_resort: Label, depth: u32, ran_nothing: bool) {
        self.at_nowhere();
        self.code().depth = depth;
        self.code().grow(3);
        self.bind_if_used(last_resort);
        let exception = self.code().register(depth);
        self.code().raw(Op::ReraiseFromHandler, exception, u16::from(ran_nothing), 0);
        self.code().reachable = false;
    }

    /// The body and its handlers.
    fn try_handlers(&mut self, node: &'a Try, star: bool, range: Range) -> Outcome {
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
        let mut clauses = Clauses { covered, end, depth, known, paths };
        if star {
            self.star_handlers(&node.handlers, &clauses)?;
        } else {
            self.handlers(&node.handlers, &mut clauses)?;
        }
        self.raise_from_handler(last_resort, depth, false);
        self.code().depth = depth;
        self.bind_if_used(end);
        if !star {
            clauses.paths.mark(self);
        }
        Ok(())
    }

    fn handlers(&mut self, handlers: &'a [ExceptHandler], clauses: &mut Clauses) -> Outcome {
        for (index, handler) in handlers.iter().enumerate() {
            if handler.r#type.is_none() && index + 1 < handlers.len() {
                return Err(CompileError::syntax("default 'except:' must be last", handler.range));
            }
            self.handler(handler, clauses)?;
            self.forget(clauses.known);
        }
        self.leave_block();
        self.at_nowhere();
        self.push_copy(2);
        self.code().uncover(clauses.covered);
        Ok(())
    }

    /// Takes the exception out of its temporary, so that a caught exception has no reference of the frame's beside the
    /// name's and that of being handled: programs count them.
    pub(super) fn push_exception_for_good(&mut self, exception: u16) {
        self.push_none();
        let top = self.code().top();
        self.code().raw(Op::SwapTemporaries, exception, top, 0);
    }

    /// Tests one handler and runs it if it matches.
    fn handler(&mut self, handler: &'a ExceptHandler, clauses: &mut Clauses) -> Outcome {
        let next = self.code().label();
        self.code().depth = clauses.depth + 2;
        let exception = self.code().register(clauses.depth);
        if let Some(r#type) = &handler.r#type {
            self.jump_unless_caught(r#type, exception, handler.range, next)?;
        }
        self.at(handler.range);
        self.push_exception_for_good(exception);
        self.handler_body(handler, clauses)?;
        self.code().depth = clauses.depth + 2;
        self.bind_if_used(next);
        Ok(())
    }

    fn jump_unless_caught(&mut self, r#type: &'a Expr, exception: u16, range: Range, next: Label) -> Outcome {
        let wanted = self.last_operand(r#type)?;
        let (register, consumed) = (wanted.register(), wanted.consumed());
        self.at(range);
        self.code().equation(Op::MatchException, Destination::Push, exception, register, consumed);
        let top = self.code().top();
        self.code().jump_on(Op::JumpIfFalse, top, next);
        Ok(())
    }

    /// Names the exception on top, or drops it, and runs the body. Whatever way that ends, the name is unbound.
    fn handler_body(&mut self, handler: &'a ExceptHandler, clauses: &mut Clauses) -> Outcome {
        let known = self.known();
        let naming = match &handler.name {
            None => {
                self.drop_top();
                None
            }
            Some(name) => {
                self.store_name(name, handler.range)?;
                let unbinding = self.code().label();
                Some((name, unbinding, self.code().cover(unbinding, clauses.depth + 2)))
            }
        };
        let covered_name = naming.map(|(name, _, covered)| (covered, name.clone()));
        self.enter_block(Block::Handler { covered: clauses.covered, naming: covered_name }, handler.range)?;
        self.statements(&handler.body)?;
        self.leave_block();
        self.at_nowhere();
        self.leave_handler(false);
        handler.name.as_ref().map_or(Ok(()), |name| self.unbind(name))?;
        clauses.paths.ends(self, known);
        self.code().jump(clauses.end);
        clauses.covered = self.code().recover(clauses.covered);
        match naming {
            Some((name, unbinding, _)) => self.unbind_and_raise(name, unbinding, clauses.depth),
            None => Ok(()),
        }
    }

    /// An exception came out of the body of a handler that has named its own.
    fn unbind_and_raise(&mut self, name: &'a Name, unbinding: Label, depth: u32) -> Outcome {
        self.code().depth = depth + 3;
        self.bind_if_used(unbinding);
        self.unbind(name)?;
        let exception = self.code().register(depth);
        self.code().raw(Op::ReraiseFromHandler, exception, 1, 0);
        self.code().reachable = false;
        Ok(())
    }
}
