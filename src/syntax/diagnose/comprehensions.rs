//! Comprehensions: elements and clauses, with the elements that none may have.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::Cursor;
use super::expressions::Parse;
use super::nodes::{Kind, Node};

impl Cursor<'_> {
    /// `(x for y in z)`
    pub fn generator(&mut self) -> Parse {
        let start = self.at;
        let made = self.attempt(|cursor| {
            if !cursor.eat(TokenKind::LeftParenthesis) {
                return None;
            }
            cursor.unstarred_element()?;
            cursor.clauses()?;
            cursor.eat(TokenKind::RightParenthesis).then(|| cursor.node(Kind::Generator, start))
        });
        if made.is_none() && self.strict {
            self.ahead(Self::wrong_comprehension);
        }
        made
    }

    /// An assignment expression, or an expression that none follows.
    pub fn unstarred_element(&mut self) -> Parse {
        if self.is_name() && self.next_is(TokenKind::ColonEqual) {
            return self.assignment_expression();
        }
        let element = self.attempt(Self::expression)?;
        if self.is(TokenKind::ColonEqual) { None } else { Some(element) }
    }

    /// `[x for ...]` or `{x for ...}`.
    pub(super) fn comprehension(&mut self, close: TokenKind, kind: Kind) -> Parse {
        let start = self.at;
        let made = self.attempt(|cursor| {
            cursor.at += 1;
            cursor.named_expression()?;
            cursor.clauses()?;
            cursor.eat(close).then(|| cursor.node(kind, start))
        });
        if made.is_none() && self.strict {
            self.ahead(Self::wrong_comprehension);
        }
        made
    }

    /// `[*x for x in y]`, `[x, y for x in z]`.
    fn wrong_comprehension(&mut self) -> Parse<()> {
        let parenthesis = self.is(TokenKind::LeftParenthesis);
        self.at += 1;
        let start = self.at;
        if let Some(starred) = self.attempt(Self::starred_expression)
            && self.clauses().is_some()
        {
            let kind = SyntaxErrorKind::Text("iterable unpacking cannot be used in comprehension");
            return self.report_node(kind, &starred);
        }
        if parenthesis {
            return None;
        }
        self.at = start;
        let first = self.attempt(Self::star_named_expression)?;
        let comma = self.at;
        if !self.eat(TokenKind::Comma) {
            return None;
        }
        let last = match self.star_named_expressions() {
            Some(items) => items.last().map_or(comma, |item| item.end - 1),
            None => comma,
        };
        self.clauses()?;
        let kind = SyntaxErrorKind::Text("did you forget parentheses around the comprehension target?");
        self.report(kind, first.start, last)
    }

    /// The `for ... in ... if ...` of a comprehension; the last clause is returned.
    pub fn clauses(&mut self) -> Parse {
        let mut last = self.attempt(Self::clause)?;
        while let Some(next) = self.attempt(Self::clause) {
            last = next;
        }
        Some(last)
    }

    fn clause(&mut self) -> Parse {
        let start = self.at;
        self.eat(TokenKind::Async);
        if !self.eat(TokenKind::For) {
            return None;
        }
        let target = self.loop_target();
        let Some(target) = target else {
            self.at = start;
            self.wrong_loop_target();
            return None;
        };
        let mut last = self.disjunction()?;
        while self.is(TokenKind::If) {
            let condition = self.attempt(|cursor| {
                cursor.at += 1;
                cursor.disjunction()
            });
            match condition {
                Some(condition) => last = condition,
                None => break,
            }
        }
        Some(Node::with_children(Kind::Clause, start, self.at, vec![target, last]))
    }
}
