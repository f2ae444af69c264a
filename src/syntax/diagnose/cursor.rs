//! The recogniser's place in the tokens, its memory of what it has tried, and how it reports.

use rustc_hash::FxHashMap;

use super::super::errors::{Fault, FaultEnd, SyntaxErrorKind};
use super::super::layout::TokenStream;
use super::super::source::Lines;
use super::super::tokens::{RawToken, TokenKind};
use super::nodes::{Found, Node};

/// Beyond these the search is given up.
const MAXIMUM_DEPTH: usize = 3000;
const MAXIMUM_MEMORIES: usize = 1_000_000;

/// A rule whose result at a place is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    Expression,
    PlainExpression,
    Named,
    Disjunction,
    BitOr,
    Primary,
    StarExpressions,
    Arguments,
    Block,
    SimpleStatement,
}

type Memory = Option<(Found, usize)>;

/// A place among the tokens, what was found so far, and what is remembered of rules that were tried.
pub struct Cursor<'tokens> {
    source: &'tokens str,
    lines: &'tokens Lines,
    stream: &'tokens TokenStream,
    /// The depth of brackets at each token, its own bracket counted.
    levels: Vec<u32>,
    pub at: usize,
    /// The number of tokens looked at so far.
    looked: usize,
    found: Option<Fault>,
    given_up: bool,
    depth: usize,
    memories: FxHashMap<(Rule, bool, usize), Memory>,
    /// Whether rules for mistakes are tried inside expressions.
    pub strict: bool,
}

impl<'tokens> Cursor<'tokens> {
    /// At the first token.
    pub fn new(source: &'tokens str, stream: &'tokens TokenStream, lines: &'tokens Lines) -> Self {
        Cursor {
            source,
            lines,
            stream,
            levels: bracket_levels(&stream.tokens),
            at: 0,
            looked: 0,
            found: None,
            given_up: false,
            depth: 0,
            memories: FxHashMap::default(),
            strict: false,
        }
    }

    /// The fault, if one was found.
    pub fn into_found(self) -> Option<Fault> {
        self.found
    }

    /// The kind of the token `ahead` of the cursor. Nothing is there once the search is over.
    fn look(&mut self, ahead: usize) -> Option<TokenKind> {
        if self.is_over() {
            return None;
        }
        let index = self.at + ahead;
        match self.stream.tokens.get(index) {
            Some(token) => {
                self.looked = self.looked.max(index + 1);
                Some(token.kind)
            }
            None => {
                // The end of a text whose bracket is open.
                self.found = self.stream.fault.clone();
                self.given_up = true;
                None
            }
        }
    }

    /// Whether the search has ended.
    pub fn is_over(&self) -> bool {
        self.found.is_some() || self.given_up
    }

    /// Whether the token here is of the kind.
    pub fn is(&mut self, kind: TokenKind) -> bool {
        self.look(0) == Some(kind)
    }

    /// Whether the token behind the one here is of the kind.
    pub fn next_is(&mut self, kind: TokenKind) -> bool {
        self.look(1) == Some(kind)
    }

    /// Whether the token here is of one of the kinds.
    pub fn is_any(&mut self, kinds: &[TokenKind]) -> bool {
        self.look(0).is_some_and(|kind| kinds.contains(&kind))
    }

    /// Whether the token here is a name; the soft keywords are names, too.
    pub fn is_name(&mut self) -> bool {
        self.is_any(&[TokenKind::Name, TokenKind::Match, TokenKind::Case])
    }

    /// Steps over the token if it is of the kind.
    pub fn eat(&mut self, kind: TokenKind) -> bool {
        let here = self.is(kind);
        self.at += usize::from(here);
        here
    }

    /// Steps over the token if it is of one of the kinds.
    pub fn eat_any(&mut self, kinds: &[TokenKind]) -> bool {
        let here = self.is_any(kinds);
        self.at += usize::from(here);
        here
    }

    /// Steps over the token if it is a name.
    pub fn eat_name(&mut self) -> bool {
        let here = self.is_name();
        self.at += usize::from(here);
        here
    }

    /// The text of a token.
    pub fn text(&self, index: usize) -> &'tokens str {
        let token = self.token(index);
        self.source.get(token.start as usize..token.end as usize).unwrap_or("")
    }

    /// The depth of brackets before a token.
    pub fn level_before(&self, index: usize) -> u32 {
        index.checked_sub(1).and_then(|index| self.levels.get(index)).copied().unwrap_or(0)
    }

    fn token(&self, index: usize) -> RawToken {
        let end = RawToken { kind: TokenKind::End, start: 0, end: 0 };
        self.stream.tokens.get(index).copied().unwrap_or(end)
    }

    /// The furthest token looked at.
    pub fn last_looked_at(&self) -> usize {
        self.looked.saturating_sub(1)
    }

    /// The parser has stopped at this token.
    pub fn stop_at(&mut self, index: usize) {
        self.looked = self.looked.max(index + 1).min(self.stream.tokens.len());
    }

    /// The line that a token begins on.
    pub fn line_of(&self, index: usize) -> u32 {
        self.lines.position(self.token(index).start as usize).line
    }

    /// Tries a rule; the cursor goes back if it fails.
    pub fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let result = rule(self);
        if result.is_none() {
            self.at = start;
        }
        result
    }

    /// Tries a rule and goes back in any case.
    pub fn ahead<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let result = rule(self);
        self.at = start;
        result
    }

    /// Tries a rule whose result at this place is remembered.
    pub fn remember(&mut self, rule: Rule, parse: impl FnOnce(&mut Self) -> Option<Found>) -> Option<Found> {
        let key = (rule, self.strict, self.at);
        if let Some(memory) = self.memories.get(&key) {
            let (node, end) = memory.clone()?;
            self.at = end;
            return Some(node);
        }
        if self.depth >= MAXIMUM_DEPTH || self.memories.len() >= MAXIMUM_MEMORIES {
            self.given_up = true;
        }
        self.depth += 1;
        let result = self.attempt(parse);
        self.depth -= 1;
        self.memories.insert(key, result.clone().map(|node| (node, self.at)));
        result
    }

    /// What was tried before a finished statement is not asked for again.
    pub fn forget(&mut self) {
        self.memories.clear();
    }

    /// Ends the search with a fault from the start of one token to the end of another. The plain grammar
    /// knows no mistakes, it only fails.
    pub fn report<T>(&mut self, kind: SyntaxErrorKind, first: usize, last: usize) -> Option<T> {
        if self.strict { self.report_always(kind, first, last) } else { None }
    }

    /// Ends the search with a mistake that the plain grammar knows, too.
    pub fn report_always<T>(&mut self, kind: SyntaxErrorKind, first: usize, last: usize) -> Option<T> {
        let (start, end) = (self.token(first).start as usize, self.token(last).end as usize);
        self.found.get_or_insert(Fault::between(kind, start, end));
        None
    }

    /// Ends the search with a token that is not the one demanded.
    pub fn report_token<T>(&mut self, kind: SyntaxErrorKind, index: usize) -> Option<T> {
        let (start, end) = (self.token(index).start as usize, self.token(index).end as usize);
        self.found.get_or_insert(Fault { end: FaultEnd::Token(end), ..Fault::open(kind, start) });
        None
    }

    /// Ends the search with a fault of an expression.
    pub fn report_node<T>(&mut self, kind: SyntaxErrorKind, node: &Node) -> Option<T> {
        self.report(kind, node.start, node.end.saturating_sub(1))
    }

    /// From one expression to the end of another.
    pub fn report_nodes<T>(&mut self, kind: SyntaxErrorKind, first: &Node, last: &Node) -> Option<T> {
        self.report(kind, first.start, last.end.saturating_sub(1))
    }

    /// At the furthest token looked at, as CPython does where it names no place.
    pub fn report_last<T>(&mut self, kind: SyntaxErrorKind) -> Option<T> {
        if !self.strict {
            return None;
        }
        let index = self.looked.saturating_sub(1);
        if matches!(self.token(index).kind, TokenKind::Indent | TokenKind::Dedent | TokenKind::End) {
            let fault = at_layout(kind, self.source, self.stream, index);
            self.found.get_or_insert(fault);
            return None;
        }
        self.report(kind, index, index)
    }

    /// From a token to the last character that the tokenizer has read, exclusively.
    pub fn report_from<T>(&mut self, kind: SyntaxErrorKind, first: usize) -> Option<T> {
        let last = self.token(self.looked.saturating_sub(1));
        let start = self.token(first).start as usize;
        self.found.get_or_insert(Fault::between(kind, start, (last.end as usize).saturating_sub(1)));
        None
    }

    /// From one character before the end of an expression, to no end.
    pub fn report_behind<T>(&mut self, kind: SyntaxErrorKind, node: &Node) -> Option<T> {
        let end = self.token(node.end.saturating_sub(1)).end as usize;
        self.found.get_or_insert(Fault::endless(kind, end.saturating_sub(1), 0));
        None
    }
}

/// A fault at a token that has no width: CPython's column is then the number of characters read.
pub fn at_layout(kind: SyntaxErrorKind, source: &str, stream: &TokenStream, index: usize) -> Fault {
    let token = stream.tokens[index];
    if token.start as usize >= source.len() {
        return Fault::endless(kind, source.len().saturating_sub(1), -1);
    }
    Fault { end: FaultEnd::Unread, ..Fault::open(kind, token.end as usize) }
}

fn bracket_levels(tokens: &[RawToken]) -> Vec<u32> {
    let mut level = 0_u32;
    let measure = |token: &RawToken| {
        use TokenKind::*;
        match token.kind {
            LeftParenthesis | LeftBracket | LeftBrace => level += 1,
            RightParenthesis | RightBracket | RightBrace => level = level.saturating_sub(1),
            _ => {}
        }
        level
    };
    tokens.iter().map(measure).collect()
}
