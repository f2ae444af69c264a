//! Targets of loops, and what is said of an expression that cannot be one.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::Cursor;
use super::expressions::Parse;
use super::nodes::{Found, Use};

impl Cursor<'_> {
    /// The targets of a loop and the `in` behind them.
    pub fn loop_target(&mut self) -> Parse {
        self.attempt(|cursor| {
            let target = cursor.star_targets()?;
            cursor.eat(TokenKind::In).then_some(target)
        })
    }

    /// Targets without a comparison, so that an `in` stays.
    pub fn star_targets(&mut self) -> Parse {
        self.attempt(|cursor| {
            let targets = cursor.comma_list(Self::star_target)?;
            targets.is_target().then_some(targets)
        })
    }

    /// A target of an assignment, which may be starred.
    pub fn star_target(&mut self) -> Parse {
        let target = match self.is(TokenKind::Star) {
            true => self.starred(Self::primary),
            false => self.primary(),
        }?;
        target.is_target().then_some(target)
    }

    /// `for f() in x`.
    pub fn wrong_loop_target(&mut self) -> Parse<()> {
        if !self.strict {
            return None;
        }
        self.eat(TokenKind::Async);
        if !self.eat(TokenKind::For) {
            return None;
        }
        let targets = self.star_expressions()?;
        self.report_invalid_target(&targets, Use::LoopVariable)
    }

    /// Reports the part of an expression that cannot be a target, if there is one.
    pub fn report_invalid_target<T>(&mut self, node: &Found, wanted: Use) -> Option<T> {
        let invalid = node.invalid_target(wanted)?;
        let action = if wanted == Use::Deleted { "delete" } else { "assign to" };
        let kind = SyntaxErrorKind::CannotTarget { action, what: invalid.name() };
        self.report_node(kind, invalid)
    }
}
