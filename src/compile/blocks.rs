//! Loops, and how `return`, `break` and `continue` leave the blocks they stand in.
//!
//! ```text
//! block            temporaries it keeps        left by
//! While            –                           –
//! For              iterator                    dropping it
//! Try              –                           ending the range of the handlers
//! Finally          –                           ending the range, the finally body once more
//! FinallyHandler   exception, previous         LeaveHandler
//! Handler          exception, previous         LeaveHandler, unbinding the name
//! With             exit method                 calling it; if it is async, awaiting the result
//! StarHandler      –                           no way
//! KeptValue        the value to be returned    dropping it
//! ```

use super::emitter::{Covered, Label};
use super::generator::Generator;
use super::{CompileError, Outcome};
use crate::bytecode::Op;
use crate::syntax::ast::{Expr, For, Name, Range, Stmt};

/// CPython refuses more blocks inside each other.
const MAXIMUM_BLOCKS: usize = 20;

/// Something that must be left in an orderly way.
#[derive(Clone, Debug)]
pub(super) enum Block<'a> {
    While {
        proceed: Label,
        stop: Label,
    },
    For {
        proceed: Label,
        stop: Label,
    },
    Try {
        covered: Covered,
    },
    Finally {
        covered: Covered,
        body: &'a [Stmt],
    },
    FinallyHandler {
        covered: Covered,
    },
    /// All handlers of a `try`: holds nothing itself, counts as a block.
    Handlers,
    Handler {
        covered: Covered,
        naming: Option<(Covered, Name)>,
    },
    With {
        covered: Covered,
        is_async: bool,
        range: Range,
    },
    /// The body of an `except*` clause, which may not be left.
    StarHandler {
        covered: Covered,
    },
    KeptValue,
}

impl Block<'_> {
    /// Whether leaving it cannot change locals, so that a returned local may stay where it is.
    pub(super) fn leaves_locals_alone(&self) -> bool {
        matches!(self, Self::While { .. } | Self::For { .. } | Self::Try { .. })
    }

    fn ranges(&mut self) -> impl Iterator<Item = &mut Covered> {
        let (first, second) = match self {
            Self::Try { covered }
            | Self::Finally { covered, .. }
            | Self::FinallyHandler { covered }
            | Self::With { covered, .. }
            | Self::StarHandler { covered } => (None, Some(covered)),
            Self::Handler { covered, naming } => (naming.as_mut().map(|(naming, _)| naming), Some(covered)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// Which locals became bound on every path through a statement.
#[derive(Debug, Default)]
pub(super) struct Paths(Option<Vec<u16>>);

impl Paths {
    /// A path ends here; if it goes on, what is known since `before` joins.
    pub(super) fn ends(&mut self, generator: &Generator<'_>, before: usize) {
        if !generator.unit.code.reachable {
            return;
        }
        let known = generator.known_since(before);
        match &mut self.0 {
            None => self.0 = Some(known.to_vec()),
            Some(common) => common.retain(|register| known.contains(register)),
        }
    }

    /// What holds on all paths holds from now on.
    pub(super) fn mark(self, generator: &mut Generator<'_>) {
        for register in self.0.unwrap_or_default() {
            generator.mark_bound(register);
        }
    }
}

impl<'a> Generator<'a> {
    pub(super) fn enter_block(&mut self, block: Block<'a>, range: Range) -> Outcome {
        if self.unit.blocks.len() >= MAXIMUM_BLOCKS {
            return Err(CompileError::syntax("too many statically nested blocks", range));
        }
        self.unit.blocks.push(block);
        Ok(())
    }

    /// Ends the innermost block; its ranges end here.
    pub(super) fn leave_block(&mut self) {
        if let Some(mut block) = self.unit.blocks.pop() {
            for covered in block.ranges() {
                self.unit.code.uncover(*covered);
            }
        }
    }

    /// Emits the code that leaves all blocks but the outermost `kept`, then what `finish` emits (a jump away), and
    /// goes on in the blocks as before. With `value`, the topmost temporary is kept on top.
    pub(super) fn leaving(
        &mut self,
        kept: usize,
        value: bool,
        finish: impl FnOnce(&mut Self) -> Outcome,
    ) -> Outcome {
        let (depth, known) = (self.code().depth, self.known());
        let mut left = Vec::new();
        while self.unit.blocks.len() > kept
            && let Some(mut block) = self.unit.blocks.pop()
        {
            for covered in block.ranges() {
                self.unit.code.uncover(*covered);
            }
            self.exit(&block, value)?;
            left.push(block);
        }
        finish(self)?;
        self.code().depth = depth;
        self.forget(known);
        while let Some(mut block) = left.pop() {
            for covered in block.ranges() {
                *covered = self.unit.code.recover(*covered);
            }
            self.unit.blocks.push(block);
        }
        Ok(())
    }

    /// Whether leaving the blocks runs code of the program: what is done after it belongs to no line.
    pub(super) fn leaving_runs_code(&self, kept: usize) -> bool {
        let runs_code = |block: &Block| matches!(block, Block::Finally { .. } | Block::With { .. });
        self.unit.blocks.iter().skip(kept).any(runs_code)
    }

    /// What follows stands at a place, or nowhere.
    pub(super) fn at_unless(&mut self, nowhere: bool, range: Range) {
        if nowhere { self.at_nowhere() } else { self.at(range) }
    }

    /// The line of a test that is a constant has no instruction.
    pub(super) fn mark_constant_test(&mut self, test: &Expr) {
        if self.constant(test).is_some() {
            self.code().mark_line(test.range);
        }
    }

    fn exit(&mut self, block: &Block<'a>, value: bool) -> Outcome {
        match block {
            Block::While { .. } | Block::Try { .. } | Block::Handlers => {}
            Block::For { .. } | Block::KeptValue => {
                if value {
                    self.swap();
                }
                self.drop_top();
            }
            Block::Finally { body, .. } => {
                if value {
                    self.enter_block(Block::KeptValue, Range::default())?;
                }
                self.statements(body)?;
                if value {
                    self.unit.blocks.pop();
                }
            }
            Block::FinallyHandler { .. } => self.leave_handler(value),
            Block::Handler { naming, .. } => {
                self.leave_handler(value);
                if let Some((_, name)) = naming {
                    self.unbind(name)?;
                }
            }
            Block::With { is_async, range, .. } => {
                if value {
                    self.swap();
                }
                self.at(*range);
                self.exit_manager(*is_async);
            }
            Block::StarHandler { .. } => {
                let place = self.unit.code.location;
                return Err(leaves_star_handler(Range {
                    line: place.line,
                    end_line: place.end_line,
                    column: place.column,
                    end_column: place.end_column,
                }));
            }
        }
        Ok(())
    }

    /// Drops the exception and the previously handled one, which lie on top or directly below the value.
    pub(super) fn leave_handler(&mut self, value: bool) {
        if value {
            let (lowest, top) = (self.code().temporary(3), self.code().top());
            self.code().raw(Op::SwapTemporaries, lowest, top, 0);
            self.swap();
        }
        let exception = self.code().temporary(2);
        self.code().raw(Op::LeaveHandler, exception, 0, 0);
        self.code().consume(2);
    }

    /// `name = None; del name` at the end of a handler.
    pub(super) fn unbind(&mut self, name: &Name) -> Outcome {
        self.at_nowhere();
        self.push_none();
        self.store_name(name, Range::default())?;
        self.delete_name(name, Range::default())
    }

    /// `break` or `continue`.
    pub(super) fn leave_loop(&mut self, stopping: bool, range: Range) -> Outcome {
        let is_loop = |block: &Block| matches!(block, Block::While { .. } | Block::For { .. });
        let Some(index) = self.unit.blocks.iter().rposition(is_loop) else {
            if self.unit.blocks.iter().any(|block| matches!(block, Block::StarHandler { .. })) {
                return Err(leaves_star_handler(range));
            }
            let message = if stopping { "'break' outside loop" } else { "'continue' not properly in loop" };
            return Err(CompileError::syntax(message, range));
        };
        let (Block::While { proceed, stop } | Block::For { proceed, stop }) = self.unit.blocks[index].clone()
        else {
            return Ok(());
        };
        let kept = if stopping { index } else { index + 1 };
        self.code().mark_line(range);
        let runs_code = self.leaving_runs_code(kept);
        self.leaving(kept, false, |this| {
            this.at_unless(runs_code, range);
            this.code().jump(if stopping { stop } else { proceed });
            Ok(())
        })
    }
}

#[cold]
fn leaves_star_handler(range: Range) -> CompileError {
    CompileError::syntax("'break', 'continue' and 'return' cannot appear in an except* block", range)
}

// Loops.
impl<'a> Generator<'a> {
    pub(super) fn while_loop(
        &mut self,
        test: &Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
        range: Range,
    ) -> Outcome {
        let (proceed, exhausted, stop) = (self.code().label(), self.code().label(), self.code().label());
        self.code().bind(proceed);
        self.mark_constant_test(test);
        self.enter_block(Block::While { proceed, stop }, range)?;
        self.jump_if(test, exhausted, false)?;
        let known = self.known();
        self.statements(body)?;
        self.forget(known);
        self.at(range);
        self.code().jump(proceed);
        self.leave_block();
        self.bind_if_used(exhausted);
        self.statements(orelse)?;
        self.forget(known);
        self.bind_if_used(stop);
        Ok(())
    }

    pub(super) fn for_loop(&mut self, node: &'a For, range: Range) -> Outcome {
        let (proceed, exhausted, stop) = (self.code().label(), self.code().label(), self.code().label());
        let before = self.code().depth;
        self.push_iterator(&node.iter, range)?;
        let known = self.known();
        self.enter_block(Block::For { proceed, stop }, range)?;
        self.code().bind(proceed);
        self.at(range);
        self.for_iterate(&node.target, exhausted)?;
        self.statements(&node.body)?;
        self.forget(known);
        self.at(range);
        self.code().jump(proceed);
        self.leave_block();
        self.code().depth = before;
        self.bind_if_used(exhausted);
        self.statements(&node.orelse)?;
        self.forget(known);
        self.bind_if_used(stop);
        Ok(())
    }
}
