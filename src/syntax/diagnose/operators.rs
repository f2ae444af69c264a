//! Operators, from `or` down to `await`: no rule for a mistake stands here, so one rule does for all binary ones.

use super::super::tokens::TokenKind;
use super::cursor::{Cursor, Rule};
use super::expressions::Parse;
use super::nodes::{Kind, Node};

const BINARY: [TokenKind; 13] = [
    TokenKind::Plus,
    TokenKind::Minus,
    TokenKind::Star,
    TokenKind::Slash,
    TokenKind::DoubleSlash,
    TokenKind::Percent,
    TokenKind::At,
    TokenKind::VerticalBar,
    TokenKind::Circumflex,
    TokenKind::Ampersand,
    TokenKind::LeftShift,
    TokenKind::RightShift,
    TokenKind::DoubleStar,
];

const COMPARISON: [TokenKind; 6] = [
    TokenKind::EqualEqual,
    TokenKind::NotEqual,
    TokenKind::Less,
    TokenKind::LessEqual,
    TokenKind::Greater,
    TokenKind::GreaterEqual,
];

impl Cursor<'_> {
    /// `a or b`
    pub fn disjunction(&mut self) -> Parse {
        self.remember(Rule::Disjunction, |cursor| {
            cursor.chain(TokenKind::Or, |cursor| cursor.chain(TokenKind::And, Self::inversion))
        })
    }

    fn chain(&mut self, operator: TokenKind, operand: fn(&mut Self) -> Parse) -> Parse {
        let start = self.at;
        let first = operand(self)?;
        let mut kind = first.kind;
        while self.is(operator) {
            let next = self.attempt(|cursor| {
                cursor.at += 1;
                operand(cursor)
            });
            if next.is_none() {
                break;
            }
            kind = Kind::Operation;
        }
        Some(if kind == first.kind { first } else { self.node(kind, start) })
    }

    fn inversion(&mut self) -> Parse {
        let start = self.at;
        let mut negated = false;
        while self.eat(TokenKind::Not) {
            negated = true;
        }
        let operand = self.comparison()?;
        Some(if negated { self.node(Kind::Operation, start) } else { operand })
    }

    fn comparison(&mut self) -> Parse {
        let start = self.at;
        let left = self.bit_or()?;
        let first_in = self.is(TokenKind::In);
        let mut compared = false;
        while self.attempt(Self::compared_with).is_some() {
            compared = true;
        }
        if !compared {
            return Some(left);
        }
        Some(Node::with_children(Kind::Compare { first_in }, start, self.at, vec![left]))
    }

    fn compared_with(&mut self) -> Parse {
        let known = if self.eat(TokenKind::Not) {
            self.eat(TokenKind::In)
        } else if self.eat(TokenKind::Is) {
            self.eat(TokenKind::Not);
            true
        } else {
            self.eat(TokenKind::In) || self.eat_any(&COMPARISON)
        };
        if known { self.bit_or() } else { None }
    }

    /// All binary operators: which binds tighter does not matter to a message.
    pub fn bit_or(&mut self) -> Parse {
        self.remember(Rule::BitOr, |cursor| {
            let start = cursor.at;
            let first = cursor.factor()?;
            let mut several = false;
            while cursor.is_any(&BINARY) {
                let next = cursor.attempt(|cursor| {
                    cursor.at += 1;
                    cursor.factor()
                });
                if next.is_none() {
                    break;
                }
                several = true;
            }
            Some(if several { cursor.node(Kind::Operation, start) } else { first })
        })
    }

    fn factor(&mut self) -> Parse {
        let start = self.at;
        let mut signed = false;
        while self.eat_any(&[TokenKind::Plus, TokenKind::Minus, TokenKind::Tilde]) {
            signed = true;
        }
        let operand = self.awaited()?;
        Some(if signed { self.node(Kind::Operation, start) } else { operand })
    }

    fn awaited(&mut self) -> Parse {
        let start = self.at;
        if !self.eat(TokenKind::Await) {
            return self.primary();
        }
        self.primary()?;
        Some(self.node(Kind::Await, start))
    }
}
