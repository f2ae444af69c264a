//! `with` and `async with`.
//!
//! The bound exit method lies under everything that the body does; whatever way the body ends, it is called once.

use super::Outcome;
use super::blocks::Block;
use super::emitter::{Covered, Destination, Label};
use super::generator::Generator;
use crate::bytecode::{Intrinsic, Op};
use crate::syntax::ast::{Range, With, WithItem};

impl<'a> Generator<'a> {
    /// The items from number `index` on, and the body.
    pub(super) fn with_statement(
        &mut self,
        node: &'a With,
        index: usize,
        is_async: bool,
        range: Range,
    ) -> Outcome {
        if is_async {
            self.require_async("async with", range)?;
        }
        let Some(item) = node.items.get(index) else { return self.statements(&node.body) };
        let (handler, end) = (self.code().label(), self.code().label());
        let depth = self.code().depth;
        self.enter_manager(item, is_async, range)?;
        let known = self.known();
        let covered = self.code().cover(handler, depth + 1);
        self.enter_block(Block::With { covered, is_async, range }, range)?;
        match &item.optional_vars {
            Some(target) => self.store(target)?,
            None => self.drop_top(),
        }
        self.with_statement(node, index + 1, is_async, range)?;
        self.leave_block();
        self.at(range);
        self.exit_manager(is_async);
        self.code().jump(end);
        self.forget(known);
        self.start_handler(handler, depth + 1);
        self.with_handler(depth, is_async, range);
        self.code().depth = depth;
        self.bind_if_used(end);
        Ok(())
    }

    /// Pushes the bound exit method of an item's context manager and what its enter method gives.
    fn enter_manager(&mut self, item: &'a WithItem, is_async: bool, range: Range) -> Outcome {
        if is_async {
            self.push(&item.context_expr)?;
            self.enter_async_with(item.context_expr.range);
            return Ok(());
        }
        let manager = self.last_operand(&item.context_expr)?;
        self.at(range);
        let a = self.code().temporary(manager.consumed());
        self.code().raw(Op::EnterWith, a, manager.register(), 0);
        self.code().consume(manager.consumed());
        self.code().grow(2);
        Ok(())
    }

    /// Replaces the context manager on top by its bound exit method and the result of its enter method.
    fn enter_async_with(&mut self, range: Range) {
        self.at(range);
        self.push_copy(1);
        self.intrinsic(Intrinsic::AsyncEnterMethod);
        self.swap();
        self.intrinsic(Intrinsic::AsyncExitMethod);
        self.swap();
        self.call_with_none(0);
        self.delegate(Intrinsic::AwaitEntered);
    }

    /// Calls the exit method on top without an exception and drops what it, or awaiting it, gives.
    pub(super) fn exit_manager(&mut self, is_async: bool) {
        if is_async {
            self.call_with_none(3);
            self.delegate(Intrinsic::AwaitExited);
            return self.drop_top();
        }
        let exit = self.code().top();
        self.code().raw(Op::ExitWith, exit, 0, 0);
        self.code().consume(1);
    }

    /// An exception came out of the body: the exit method decides whether it goes on.
    fn with_handler(&mut self, depth: u32, is_async: bool, range: Range) {
        let (last_resort, covered) = self.enter_handler();
        self.at(range);
        let (exit, exception) = (self.code().register(depth), self.code().register(depth + 1));
        self.code().equation(Op::ExitWithException, Destination::Push, exit, exception, 0);
        if is_async {
            self.delegate(Intrinsic::AwaitExited);
        }
        self.decide_with(last_resort, covered, depth);
    }

    /// The answer of the exit method lies on top: a true one swallows the exception.
    fn decide_with(&mut self, last_resort: Label, covered: Covered, depth: u32) {
        let suppressed = self.code().label();
        let answer = self.code().top();
        self.code().jump_on(Op::JumpIfTrue, answer, suppressed);
        self.push_copy(2);
        self.code().uncover(covered);
        self.raise_from_handler(last_resort, depth + 1, true);
        self.code().depth = depth + 3;
        self.bind_if_used(suppressed);
        self.at_nowhere();
        self.leave_handler(false);
        self.drop_top();
    }
}
