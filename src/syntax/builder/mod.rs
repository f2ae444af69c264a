//! What the grammar's actions call: nodes, and the checks that a context-free grammar cannot make.
//!
//! A refusal of a check carries no wording: `diagnose` looks at the tokens again and finds it. Faults that
//! know their wording (a string's escapes, a tree that is too high) are final.
//!
//! Here are the foundations; each kind of node has a file of its own.

mod compound;
mod definitions;
mod displays;
mod expressions;
mod parameters;
mod patterns;
mod statements;
mod targets;

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::ast::*;
use super::errors::{Fault, SyntaxErrorKind};
use super::source::{self, Lines};
use super::tokens::{RawToken, TokenKind};

pub use compound::Handler;
pub use displays::DictItem;
pub use parameters::{Argument, Parameter};

/// What the parser stops with.
pub type Refusal = lalrpop_util::ParseError<u32, TokenKind, Box<Fault>>;
/// What a grammar action makes.
pub type Made<T> = Result<T, Refusal>;

/// What all parsers of one source share: an f-string's expressions are parsed by parsers of their own.
pub struct SourceContext<'source> {
    pub source: &'source str,
    pub lines: Lines,
    /// The digits that a decimal integer may have; 0 is no limit.
    pub most_digits: usize,
    /// What is to be told of a program that is right.
    pub warnings: RefCell<Vec<SourceWarning>>,
    names: RefCell<FxHashMap<Box<str>, Name>>,
}

impl<'source> SourceContext<'source> {
    pub fn new(source: &'source str, most_digits: usize) -> Self {
        let (warnings, names) = (RefCell::default(), RefCell::default());
        SourceContext { source, lines: Lines::new(source), most_digits, warnings, names }
    }

    /// Keeps a warning about `source[start..end]`.
    pub fn warn(&self, start: u32, end: u32, is_deprecation: bool, message: String) {
        let range = source::range(self.lines.position(start as usize), self.lines.position(end as usize));
        self.warnings.borrow_mut().push(SourceWarning { range, is_deprecation, message });
    }
}

/// Makes the nodes of a tree for the actions of the grammar.
pub struct Builder<'source> {
    pub context: &'source SourceContext<'source>,
    tokens: &'source [RawToken],
}

/// Turns a fault into what a grammar action returns.
pub fn refuse<T>(fault: Fault) -> Made<T> {
    Err(Refusal::User { error: Box::new(fault) })
}

fn tallest<'tree>(expressions: impl IntoIterator<Item = &'tree Expr>) -> u16 {
    expressions.into_iter().map(|expression| expression.height).max().unwrap_or(0)
}

fn tallest_statement(body: &[Stmt]) -> u16 {
    body.iter().map(|statement| statement.height).max().unwrap_or(0)
}

fn boxed(expression: Option<Expr>) -> Option<Box<Expr>> {
    expression.map(Box::new)
}

impl<'source> Builder<'source> {
    pub fn new(context: &'source SourceContext<'source>, tokens: &'source [RawToken]) -> Self {
        Builder { context, tokens }
    }

    pub fn range(&self, start: u32, end: u32) -> Range {
        let lines = &self.context.lines;
        source::range(lines.position(start as usize), lines.position(end as usize))
    }

    /// The first token that starts at `offset` or behind it: the parser's lookahead.
    pub fn token_after(&self, offset: u32) -> RawToken {
        let index = self.tokens.partition_point(|token| token.start < offset);
        let end = RawToken { kind: TokenKind::End, start: offset, end: offset };
        self.tokens.get(index).copied().unwrap_or(end)
    }

    /// The end of the last token before `end` that is no layout: statements do not cover their newline.
    fn content_end(&self, end: u32) -> u32 {
        let count = self.tokens.partition_point(|token| token.end <= end && token.kind != TokenKind::End);
        let is_layout = |kind| {
            matches!(kind, TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::End)
        };
        let content = self.tokens[..count].iter().rev().find(|token| !is_layout(token.kind));
        content.map_or(end, |token| token.end)
    }

    /// A check failed between these offsets; the wording is found later.
    fn invalid<T>(&self, start: u32, end: u32) -> Made<T> {
        refuse(Fault::between(SyntaxErrorKind::InvalidSyntax, start as usize, end as usize))
    }

    fn invalid_expression<T>(&self, expression: &Expr) -> Made<T> {
        let Range { line, column, end_line, end_column } = expression.range;
        let lines = &self.context.lines;
        let start = lines.offset(source::Position { line, column });
        let end = lines.offset(source::Position { line: end_line, column: end_column });
        refuse(Fault::between(SyntaxErrorKind::InvalidSyntax, start, end))
    }

    /// An expression over parts of which the highest is `below`.
    pub fn node(&self, start: u32, kind: ExprKind, end: u32, below: u16) -> Made<Expr> {
        if below >= MAXIMUM_HEIGHT {
            return refuse(Fault::too_deep());
        }
        Ok(Expr { range: self.range(start, end), height: below + 1, kind })
    }

    pub fn identifier(&self, start: u32, end: u32) -> Name {
        let text = &self.context.source[start as usize..end as usize];
        let mut names = self.context.names.borrow_mut();
        if let Some(name) = names.get(text) {
            return name.clone();
        }
        let name: Name = match text.is_ascii() {
            true => text.into(),
            false => text.nfkc().collect::<String>().into(),
        };
        names.insert(text.into(), name.clone());
        name
    }
}
