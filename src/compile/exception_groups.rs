//! The clauses of a `try` with `except*`.
//!
//! ```text
//! temporaries of the handler, from its depth on
//! exception handled | handled before | list of what was raised | the rest not handled yet | ...
//! ```
//!
//! Each clause splits the rest; its body handles the part. What bodies raise is collected, and raised together with
//! what nobody has handled once all clauses are done.

use super::Outcome;
use super::blocks::Block;
use super::emitter::{Destination, Label};
use super::generator::Generator;
use super::handlers::Clauses;
use crate::bytecode::{Constant, Intrinsic, Op};
use crate::syntax::ast::ExceptHandler;

impl<'a> Generator<'a> {
    pub(super) fn star_handlers(&mut self, handlers: &'a [ExceptHandler], clauses: &Clauses) -> Outcome {
        self.build(Op::BuildList, 0, Destination::Push);
        self.push_copy_of(self.unit.code.register(clauses.depth));
        for clause in handlers {
            self.star_handler(clause, clauses.depth)?;
            self.forget(clauses.known);
        }
        self.leave_block();
        self.raise_what_is_left(clauses);
        Ok(())
    }

    /// Raises what the bodies have raised and what nobody has handled, if anything, or goes to the end of the statement.
    fn raise_what_is_left(&mut self, clauses: &Clauses) {
        let depth = clauses.depth;
        self.at_nowhere();
        let (list, rest) = (self.code().temporary(2), self.code().top());
        self.code().raw(Op::ListAppend, list, rest, 0);
        self.code().consume(1);
        self.push_copy_of(self.unit.code.register(depth));
        self.build(Op::BuildTuple, 2, Destination::Push);
        self.intrinsic(Intrinsic::CombineGroup);
        self.code().uncover(clauses.covered);
        let nothing = self.code().label();
        self.jump_if_top_is_none(nothing);
        let exception = self.code().register(depth);
        let at = self.code().depth;
        self.code().raw(Op::ReraiseFromHandler, exception, 0, 0);
        self.code().reachable = false;
        self.code().depth = at;
        self.bind_if_used(nothing);
        self.drop_top();
        self.leave_handler(false);
        self.code().jump(clauses.end);
    }

    /// Goes to the label if the topmost temporary is None; it stays either way.
    fn jump_if_top_is_none(&mut self, label: Label) {
        self.push_copy(1);
        let none = self.constant_index(Constant::None) as u16;
        let top = self.code().top();
        self.code().equation(Op::IsConstant, Destination::Push, top, none, 1);
        let answer = self.code().top();
        self.code().jump_on(Op::JumpIfTrue, answer, label);
    }

    /// Splits the rest and runs one clause for its part.
    fn star_handler(&mut self, clause: &'a ExceptHandler, depth: u32) -> Outcome {
        let (nothing, next) = (self.code().label(), self.code().label());
        self.code().depth = depth + 4;
        if let Some(r#type) = &clause.r#type {
            self.push(r#type)?;
        }
        self.at(clause.range);
        self.build(Op::BuildTuple, 2, Destination::Push);
        self.intrinsic(Intrinsic::SplitGroup);
        let pair = self.code().top();
        self.code().raw(Op::UnpackSequence, pair, pair, 2);
        self.code().grow(1);
        self.jump_if_top_is_none(nothing);
        self.star_body(clause, depth + 4)?;
        self.code().jump(next);
        self.code().depth = depth + 5;
        self.bind_if_used(nothing);
        self.drop_top();
        self.bind_if_used(next);
        Ok(())
    }

    /// The body, with the part as the topmost temporary number `part`; what it raises is added to the list.
    fn star_body(&mut self, clause: &'a ExceptHandler, part: u32) -> Outcome {
        let raised = self.code().label();
        let exception = self.code().top();
        self.code().raw(Op::EnterHandler, exception, 0, 0);
        self.code().grow(1);
        let covered = self.code().cover(raised, part + 2);
        self.enter_block(Block::StarHandler { covered }, clause.range)?;
        self.push_exception_for_good(exception);
        match &clause.name {
            Some(name) => self.store_name(name, clause.range)?,
            None => self.drop_top(),
        }
        let known = self.known();
        self.statements(&clause.body)?;
        self.forget(known);
        self.leave_block();
        let end = self.code().label();
        self.at_nowhere();
        self.leave_handler(false);
        self.forget_star_name(clause)?;
        self.code().jump(end);
        self.code().depth = part + 3;
        self.bind_if_used(raised);
        self.at_nowhere();
        self.leave_handler(true);
        self.forget_star_name(clause)?;
        let (list, top) = (self.code().temporary(3), self.code().top());
        self.code().raw(Op::ListAppend, list, top, 0);
        self.code().consume(1);
        self.bind_if_used(end);
        Ok(())
    }

    fn forget_star_name(&mut self, clause: &ExceptHandler) -> Outcome {
        clause.name.as_ref().map_or(Ok(()), |name| self.unbind(name))
    }
}
