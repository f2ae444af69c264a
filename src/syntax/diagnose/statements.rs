//! Simple statements, and what tells all statements apart.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::{Cursor, Rule};
use super::nodes::{Found, Kind, Node, Use};

impl Cursor<'_> {
    /// All statements, up to the first that is wrong.
    pub fn file(&mut self) {
        self.forget();
        while self.attempt(Self::statement).is_some() {
            self.forget();
        }
    }

    pub(super) fn statements(&mut self) -> Option<()> {
        self.attempt(Self::statement)?;
        while self.attempt(Self::statement).is_some() {}
        Some(())
    }

    fn statement(&mut self) -> Option<()> {
        use TokenKind::*;
        let start = self.at;
        let compound = if self.is_any(&[Def, At, Class, Async]) {
            self.attempt(Self::definition)
        } else if self.is(If) {
            self.attempt(|cursor| cursor.if_statement(If, "'if' statement"))
        } else if self.is(With) {
            self.attempt(|cursor| cursor.with_statement(start))
        } else if self.is(For) {
            self.attempt(|cursor| cursor.for_statement(start))
        } else if self.is(Try) {
            self.attempt(Self::try_statement)
        } else if self.is(While) {
            self.attempt(Self::while_statement)
        } else if self.is_name() && self.text(start) == "match" {
            self.attempt(Self::match_statement)
        } else {
            Option::None
        };
        compound.or_else(|| self.attempt(Self::simple_statements))
    }

    pub(super) fn simple_statements(&mut self) -> Option<()> {
        self.simple_statement()?;
        while self.eat(TokenKind::Semicolon) {
            if self.attempt(Self::simple_statement).is_none() {
                break;
            }
        }
        self.eat(TokenKind::Newline).then_some(())
    }

    fn simple_statement(&mut self) -> Option<Found> {
        self.remember(Rule::SimpleStatement, |cursor| {
            let start = cursor.at;
            let node = |cursor: &Self| Some(Node::new(Kind::Clause, start, cursor.at));
            if cursor.attempt(Self::assignment).is_some() {
                return node(cursor);
            }
            if let Some(value) = cursor.star_expressions() {
                return Some(value);
            }
            cursor.keyword_statement()?;
            node(cursor)
        })
    }

    fn keyword_statement(&mut self) -> Option<()> {
        use TokenKind::*;
        if self.eat_any(&[Pass, Break, Continue]) {
            return Some(());
        }
        if self.eat(Return) {
            self.star_expressions();
            return Some(());
        }
        if self.is(Yield) {
            return self.yield_expression().map(|_| ());
        }
        if self.eat(Del) {
            return self.delete();
        }
        if self.eat_any(&[Global, Nonlocal]) {
            return self.names();
        }
        if self.eat(Import) {
            return self.import_names();
        }
        if self.eat(From) {
            return self.import_from();
        }
        if self.eat(Raise) {
            return self.raise();
        }
        if self.eat(Assert) {
            self.expression()?;
            if self.eat(Comma) {
                self.expression()?;
            }
            return Some(());
        }
        Option::None
    }

    fn raise(&mut self) -> Option<()> {
        if self.attempt(Self::expression).is_some() && self.eat(TokenKind::From) {
            self.expression()?;
        }
        Some(())
    }

    fn names(&mut self) -> Option<()> {
        loop {
            if !self.eat_name() {
                return None;
            }
            if !self.eat(TokenKind::Comma) {
                return Some(());
            }
        }
    }

    fn delete(&mut self) -> Option<()> {
        let start = self.at;
        let targets = self.star_expressions()?;
        let ends = self.is_any(&[TokenKind::Semicolon, TokenKind::Newline]);
        if ends && targets.invalid_target(Use::Deleted).is_none() {
            return Some(());
        }
        self.at = start;
        self.report_invalid_target(&targets, Use::Deleted)
    }

    fn dotted_name(&mut self) -> Option<()> {
        loop {
            if !self.eat_name() {
                return None;
            }
            if !self.eat(TokenKind::Dot) {
                return Some(());
            }
        }
    }

    fn alias(&mut self) -> Option<()> {
        if self.eat(TokenKind::As) { self.eat_name().then_some(()) } else { Some(()) }
    }

    fn import_names(&mut self) -> Option<()> {
        loop {
            self.dotted_name()?;
            self.alias()?;
            if !self.eat(TokenKind::Comma) {
                return Some(());
            }
        }
    }

    fn import_from(&mut self) -> Option<()> {
        let mut dots = false;
        while self.eat_any(&[TokenKind::Dot, TokenKind::Ellipsis]) {
            dots = true;
        }
        if self.attempt(Self::dotted_name).is_none() && !dots || !self.eat(TokenKind::Import) {
            return None;
        }
        if self.eat(TokenKind::Star) {
            return Some(());
        }
        let bracket = self.eat(TokenKind::LeftParenthesis);
        loop {
            if !self.eat_name() {
                return None;
            }
            self.alias()?;
            if !self.eat(TokenKind::Comma) {
                break;
            }
            if !bracket && self.is(TokenKind::Newline) {
                let text = "trailing comma not allowed without surrounding parentheses";
                return self.report_last(SyntaxErrorKind::Text(text));
            }
            if bracket && self.is(TokenKind::RightParenthesis) {
                break;
            }
        }
        if !bracket || self.eat(TokenKind::RightParenthesis) { Some(()) } else { None }
    }
}
