//! Patterns of `case`, with the checks that need more than one token.

use super::{Builder, Made, refuse};
use crate::syntax::ast::*;
use crate::syntax::errors::{Fault, SyntaxErrorKind};
use crate::syntax::source;

impl Builder<'_> {
    fn pattern(&self, start: u32, kind: PatternKind, end: u32) -> Pattern {
        Pattern { range: self.range(start, end), kind }
    }

    /// `[a, b]`
    pub fn sequence_pattern(&self, start: u32, patterns: Vec<Pattern>, end: u32) -> Pattern {
        self.pattern(start, PatternKind::MatchSequence { patterns }, end)
    }

    /// The whole pattern of a `case`: a sequence needs no brackets there.
    pub fn open_sequence(&self, start: u32, patterns: Vec<Pattern>, comma: bool, end: u32) -> Made<Pattern> {
        self.bracketed_pattern(start, patterns, comma, end)
    }

    /// One pattern without a comma is a group.
    pub fn bracketed_pattern(
        &self,
        start: u32,
        mut patterns: Vec<Pattern>,
        comma: bool,
        end: u32,
    ) -> Made<Pattern> {
        match patterns.pop() {
            Some(only) if patterns.is_empty() && !comma => match only.kind {
                PatternKind::MatchStar { .. } => self.invalid(start, end),
                _ => Ok(only),
            },
            last => {
                patterns.extend(last);
                Ok(self.sequence_pattern(start, patterns, end))
            }
        }
    }

    /// `*name`
    pub fn star_pattern(&self, start: u32, name: Name, end: u32) -> Pattern {
        let name = Some(name).filter(|name| &**name != "_");
        self.pattern(start, PatternKind::MatchStar { name }, end)
    }

    /// `pattern as name`
    pub fn as_pattern(&self, start: u32, pattern: Pattern, name: Name, end: u32) -> Made<Pattern> {
        if &*name == "_" {
            return self.invalid(start, end);
        }
        let kind = PatternKind::MatchAs { pattern: Some(Box::new(pattern)), name: Some(name) };
        Ok(self.pattern(start, kind, end))
    }

    /// `first | rest`
    pub fn or_pattern(&self, start: u32, first: Pattern, rest: Vec<Pattern>, end: u32) -> Pattern {
        let mut patterns = vec![first];
        patterns.extend(rest);
        self.pattern(start, PatternKind::MatchOr { patterns }, end)
    }

    /// `a.b`, or a number
    pub fn value_pattern(&self, start: u32, value: Expr, end: u32) -> Pattern {
        self.pattern(start, PatternKind::MatchValue { value: Box::new(value) }, end)
    }

    /// A text or bytes.
    pub fn string_pattern(&self, start: u32, strings: &[(u32, u32)], end: u32) -> Made<Pattern> {
        let value = self.strings(start, strings, end)?;
        Ok(self.value_pattern(start, value, end))
    }

    /// `None`, `True`, `False`
    pub fn singleton_pattern(&self, start: u32, value: Constant, end: u32) -> Pattern {
        self.pattern(start, PatternKind::MatchSingleton { value }, end)
    }

    /// A name, or `_`.
    pub fn capture_pattern(&self, start: u32, name: Name, end: u32) -> Pattern {
        let name = Some(name).filter(|name| &**name != "_");
        self.pattern(start, PatternKind::MatchAs { pattern: None, name }, end)
    }

    /// `1 + 2j`
    pub fn complex_pattern(&self, start: u32, left: Expr, op: Operator, right: Expr, end: u32) -> Made<Expr> {
        let imaginary = matches!(&right.kind, ExprKind::Constant { value: Constant::Imaginary(_), .. });
        if !imaginary {
            let kind = SyntaxErrorKind::Text("imaginary number required in complex literal");
            let from = self
                .context
                .lines
                .offset(source::Position { line: right.range.line, column: right.range.column });
            return refuse(Fault::between(kind, from, end as usize));
        }
        let number = match &left.kind {
            ExprKind::UnaryOp { operand, .. } => operand,
            _ => &left,
        };
        if matches!(&number.kind, ExprKind::Constant { value: Constant::Imaginary(_), .. }) {
            let kind = SyntaxErrorKind::Text("real number required in complex literal");
            let from = self
                .context
                .lines
                .offset(source::Position { line: left.range.line, column: left.range.column });
            let to = self
                .context
                .lines
                .offset(source::Position { line: left.range.end_line, column: left.range.end_column });
            return refuse(Fault::between(kind, from, to));
        }
        self.binary(start, left, op, right, end)
    }

    /// `{key: pattern, **rest}`
    pub fn mapping_pattern(
        &self,
        start: u32,
        items: Vec<(Option<Expr>, Result<Pattern, Name>)>,
        end: u32,
    ) -> Made<Pattern> {
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
        for item in items {
            if rest.is_some() {
                return self.invalid(start, end);
            }
            match item {
                (Some(key), Ok(pattern)) => {
                    keys.push(key);
                    patterns.push(pattern);
                }
                (_, Err(name)) if &*name != "_" => rest = Some(name),
                _ => return self.invalid(start, end),
            }
        }
        Ok(self.pattern(start, PatternKind::MatchMapping { keys, patterns, rest }, end))
    }

    /// `Class(pattern, name=pattern)`
    pub fn class_pattern(
        &self,
        start: u32,
        cls: Expr,
        items: Vec<(Option<Name>, Pattern)>,
        end: u32,
    ) -> Made<Pattern> {
        let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            match item {
                (None, _) if !kwd_attrs.is_empty() => return self.invalid(start, end),
                (None, pattern) => patterns.push(pattern),
                (Some(name), pattern) => {
                    kwd_attrs.push(name);
                    kwd_patterns.push(pattern);
                }
            }
        }
        let kind = PatternKind::MatchClass { cls: Box::new(cls), patterns, kwd_attrs, kwd_patterns };
        Ok(self.pattern(start, kind, end))
    }
}
