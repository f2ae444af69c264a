//! `await` and `async for`, and the delegation that they share with `yield from`.

use super::blocks::Block;
use super::emitter::{Destination, Label};
use super::generator::Generator;
use super::{CompileError, Outcome};
use crate::bytecode::{Intrinsic, Op};
use crate::syntax::ast::{Expr, For, Range};

impl<'a> Generator<'a> {
    /// Replaces the topmost temporary by what the intrinsic makes of it.
    pub(super) fn intrinsic(&mut self, intrinsic: Intrinsic) {
        let top = self.code().top();
        self.intrinsic_of(intrinsic, top, 1);
    }

    /// Pushes what the intrinsic makes of an operand.
    fn intrinsic_of(&mut self, intrinsic: Intrinsic, register: u16, consumed: u32) {
        self.code().equation(Op::Intrinsic, Destination::Push, register, intrinsic as u16, consumed);
    }

    /// Replaces the topmost temporary by the result of the iterator that the intrinsic finds for it; what that yields
    /// is yielded.
    pub(super) fn delegate(&mut self, intrinsic: Intrinsic) {
        let top = self.code().top();
        self.delegate_to(intrinsic, top, 1);
    }

    /// As [`Self::delegate`] for any operand.
    pub(super) fn delegate_to(&mut self, intrinsic: Intrinsic, register: u16, consumed: u32) {
        self.intrinsic_of(intrinsic, register, consumed);
        // Operand 0 of a Yield means that it delegates to nobody: keep the iterator out of register 0.
        let padded = self.code().top() == 0;
        if padded {
            self.push_none();
            self.swap();
        }
        self.push_none();
        let (again, done) = (self.code().label(), self.code().label());
        self.code().bind(again);
        let (iterator, sent) = (self.code().temporary(2), self.code().top());
        self.code().raw(Op::Send, sent, iterator, 0);
        let after = self.code().depth.saturating_sub(1);
        self.code().inline_target(done, after);
        self.code().raw(Op::Yield, sent, sent, iterator);
        self.code().jump(again);
        self.code().bind(done);
        if padded {
            self.swap();
            self.drop_top();
        }
    }

    /// What an asynchronous generator yields is marked, so that it is told from what its awaits yield.
    pub(super) fn wrap_yielded(&mut self, register: u16, consumed: u32) -> (u16, u32) {
        if !(self.scope().coroutine && self.scope().generator) {
            return (register, consumed);
        }
        self.intrinsic_of(Intrinsic::WrapYielded, register, consumed);
        (self.code().top(), 1)
    }

    /// Whether what stands here may wait: an asynchronous function, or a comprehension, which the rules for
    /// comprehensions cover.
    fn may_await(&self) -> bool {
        self.scope().is_async_function || self.scope().kind.comprehension().is_some()
    }

    pub(super) fn await_value(&mut self, whole: &Expr, value: &Expr, destination: Destination) -> Outcome {
        self.require_function("await", whole)?;
        if !self.may_await() {
            return Err(CompileError::syntax("'await' outside async function", whole.range));
        }
        let value = self.last_operand(value)?;
        self.at(whole.range);
        self.delegate_to(Intrinsic::AwaitIterator, value.register(), value.consumed());
        self.deliver(destination);
        Ok(())
    }

    pub(super) fn require_async(&self, what: &str, range: Range) -> Outcome {
        if self.scope().is_async_function {
            return Ok(());
        }
        Err(CompileError::syntax(format!("'{what}' outside async function"), range))
    }
}

// Loops.
impl<'a> Generator<'a> {
    /// Pushes the asynchronous iterator of an iterable.
    pub(super) fn push_async_iterator(&mut self, iterable: &Expr, range: Range) -> Outcome {
        let iterable = self.last_operand(iterable)?;
        self.at(range);
        self.intrinsic_of(Intrinsic::AsyncIterator, iterable.register(), iterable.consumed());
        Ok(())
    }

    /// Pushes the next item of the asynchronous iterator on top; its end goes to the label.
    pub(super) fn async_iterate(&mut self, ended: Label) {
        let depth = self.code().depth;
        let covered = self.code().cover(ended, depth);
        self.push_copy(1);
        self.delegate(Intrinsic::AsyncNext);
        self.code().uncover(covered);
    }

    /// The handler of [`Self::async_iterate`], above an iterator at this depth: at the end of the iteration the iterator
    /// is dropped.
    pub(super) fn end_async_iteration(&mut self, ended: Label, depth: u32) {
        self.code().depth = depth + 1;
        self.bind_if_used(ended);
        self.push_copy(1);
        self.intrinsic(Intrinsic::IsAsyncEnd);
        let exhausted = self.code().label();
        let answer = self.code().top();
        self.code().jump_on(Op::JumpIfTrue, answer, exhausted);
        let exception = self.code().top();
        self.code().raw(Op::Reraise, exception, 0, 0);
        self.code().reachable = false;
        self.bind_if_used(exhausted);
        self.drop_top();
        self.drop_top();
    }

    pub(super) fn async_for_loop(&mut self, node: &'a For, range: Range) -> Outcome {
        self.require_async("async for", range)?;
        let (proceed, ended, stop) = (self.code().label(), self.code().label(), self.code().label());
        self.push_async_iterator(&node.iter, node.iter.range)?;
        let depth = self.code().depth;
        let known = self.known();
        self.enter_block(Block::For { proceed, stop }, range)?;
        self.code().bind(proceed);
        self.at(node.iter.range);
        self.async_iterate(ended);
        self.store(&node.target)?;
        self.statements(&node.body)?;
        self.forget(known);
        self.at(range);
        self.code().jump(proceed);
        self.leave_block();
        self.at(node.iter.range);
        self.end_async_iteration(ended, depth);
        self.statements(&node.orelse)?;
        self.forget(known);
        self.bind_if_used(stop);
        Ok(())
    }
}
