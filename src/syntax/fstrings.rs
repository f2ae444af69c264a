//! f-strings as CPython 3.11 reads them: the literal is one token, taken apart afterwards.
//!
//! ```text
//! f"total: {price * n !r :>{width}}"
//!    text   expression  |   specification: again text and fields, one level deeper
//!                       conversion
//! ```
//!
//! An expression ends at the first `!`, `:`, `=` or `}` outside brackets and strings. It is tokenized in
//! place, as if brackets stood around it, so that its nodes know where they really are.

use super::ast::{Conversion, Expr, ExprKind};
use super::builder::{Made, refuse};
use super::errors::SyntaxErrorKind;
use super::parser;
use super::strings::{Literal, Parts, at_lookahead};

const MAXIMUM_BRACKETS: usize = 200;

/// Appends the parts of an f-string.
pub fn parse(parts: &mut Parts<'_, '_>, literal: &Literal) -> Made<()> {
    parts.mark_formatted();
    let mut reader = Reader { literal, source: parts.builder.context.source, at: literal.start };
    reader.text_and_fields(parts, 0)
}

struct Reader<'source> {
    literal: &'source Literal,
    source: &'source str,
    at: usize,
}

/// Where an expression ends, found without understanding it.
struct Extent {
    start: usize,
    end: usize,
}

impl<'source> Reader<'source> {
    fn peek(&self) -> Option<u8> {
        self.peek_at(self.at)
    }

    fn peek_at(&self, index: usize) -> Option<u8> {
        self.source.as_bytes()[..self.literal.end].get(index).copied()
    }

    fn refuse<T>(&self, parts: &Parts<'_, '_>, kind: SyntaxErrorKind) -> Made<T> {
        refuse(at_lookahead(parts.builder, parts.end, kind))
    }

    fn refuse_text<T>(&self, parts: &Parts<'_, '_>, text: &str) -> Made<T> {
        self.refuse(parts, SyntaxErrorKind::FString(text.to_owned()))
    }

    /// Reads until the end of the literal, or of the specification at `depth` > 0.
    fn text_and_fields(&mut self, parts: &mut Parts<'_, '_>, depth: usize) -> Made<()> {
        loop {
            self.text(parts, depth)?;
            match self.peek() {
                Some(b'{') => {
                    let field = self.field(parts, depth)?;
                    parts.field(field);
                }
                _ => return Ok(()),
            }
        }
    }

    /// Reads text up to a brace that is not doubled; in a specification no brace can be doubled.
    fn text(&mut self, parts: &mut Parts<'_, '_>, depth: usize) -> Made<()> {
        let mut start = self.at;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if !self.literal.raw => self.skip_escape(),
                b'{' | b'}' if depth == 0 && self.peek_at(self.at + 1) == Some(byte) => {
                    parts.text(&self.source[start..=self.at], self.literal.raw)?;
                    self.at += 2;
                    start = self.at;
                }
                b'}' if depth == 0 => return self.refuse_text(parts, "single '}' is not allowed"),
                b'{' | b'}' => break,
                _ => self.at += 1,
            }
        }
        parts.text(&self.source[start..self.at], self.literal.raw)
    }

    /// Steps over a backslash and what it escapes, but not over a brace; `\N{...}` is one escape.
    fn skip_escape(&mut self) {
        self.at += 1;
        match self.peek() {
            Some(b'N') if self.peek_at(self.at + 1) == Some(b'{') => {
                let rest = &self.source.as_bytes()[self.at..self.literal.end];
                self.at += memchr::memchr(b'}', rest).map_or(rest.len(), |length| length + 1);
            }
            Some(b'{' | b'}') | None => {}
            Some(_) => self.at += 1,
        }
        while !self.source.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// Reads `{expression = !conversion :specification}`.
    fn field(&mut self, parts: &mut Parts<'_, '_>, depth: usize) -> Made<Expr> {
        if depth >= 2 {
            return self.refuse_text(parts, "expressions nested too deeply");
        }
        let extent = self.extent(parts)?;
        let value = self.expression(parts, &extent)?;
        let shown = self.shown_text(&extent);
        let conversion = self.conversion(parts)?;
        let specification = self.specification(parts, depth)?;
        if self.peek() != Some(b'}') {
            return self.refuse_text(parts, "expecting '}'");
        }
        self.at += 1;
        let plain = conversion == Conversion::None && specification.is_none();
        let conversion = if shown.is_some() && plain { Conversion::Repr } else { conversion };
        if let Some(text) = shown {
            parts.text(text, true)?;
        }
        self.formatted_value(parts, value, conversion, specification)
    }

    fn formatted_value(
        &self,
        parts: &Parts<'_, '_>,
        value: Expr,
        conversion: Conversion,
        format_spec: Option<Expr>,
    ) -> Made<Expr> {
        let below = value.height.max(format_spec.as_ref().map_or(0, |specification| specification.height));
        let format_spec = format_spec.map(Box::new);
        let kind = ExprKind::FormattedValue { value: Box::new(value), conversion, format_spec };
        parts.builder.node(parts.start, kind, parts.end, below)
    }

    /// Finds the end of the expression behind `{`.
    fn extent(&mut self, parts: &Parts<'_, '_>) -> Made<Extent> {
        self.at += 1;
        let start = self.at;
        let mut brackets: Vec<u8> = Vec::new();
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => {
                    let text = "f-string expression part cannot include a backslash";
                    return self.refuse(parts, SyntaxErrorKind::Text(text));
                }
                b'#' => {
                    let text = "f-string expression part cannot include '#'";
                    return self.refuse(parts, SyntaxErrorKind::Text(text));
                }
                b'\'' | b'"' => {
                    self.skip_string(parts, byte)?;
                    continue;
                }
                b'(' | b'[' | b'{' if brackets.len() >= MAXIMUM_BRACKETS => {
                    return self.refuse_text(parts, "too many nested parenthesis");
                }
                b'(' | b'[' | b'{' => brackets.push(byte),
                b'!' | b'=' | b'<' | b'>'
                    if brackets.is_empty() && self.peek_at(self.at + 1) == Some(b'=') =>
                {
                    self.at += 1;
                }
                b'!' | b':' | b'=' | b'}' if brackets.is_empty() => break,
                b')' | b']' | b'}' => self.close(parts, &mut brackets, byte)?,
                _ => {}
            }
            self.at += 1;
        }
        match brackets.last() {
            Some(open) => self.refuse_text(parts, &format!("unmatched '{}'", char::from(*open))),
            None if self.peek().is_none() => self.refuse_text(parts, "expecting '}'"),
            None => Ok(Extent { start, end: self.at }),
        }
    }

    fn close(&self, parts: &Parts<'_, '_>, brackets: &mut Vec<u8>, close: u8) -> Made<()> {
        let close = char::from(close);
        let Some(open) = brackets.pop() else {
            return self.refuse_text(parts, &format!("unmatched '{close}'"));
        };
        if matches!((open, close), (b'(', ')') | (b'[', ']') | (b'{', '}')) {
            return Ok(());
        }
        let open = char::from(open);
        let text = format!("closing parenthesis '{close}' does not match opening parenthesis '{open}'");
        self.refuse_text(parts, &text)
    }

    /// Steps over a string inside an expression.
    fn skip_string(&mut self, parts: &Parts<'_, '_>, quote: u8) -> Made<()> {
        let triple = self.peek_at(self.at + 1) == Some(quote) && self.peek_at(self.at + 2) == Some(quote);
        let width = if triple { 3 } else { 1 };
        self.at += width;
        while let Some(byte) = self.peek() {
            if byte == b'\\' {
                let text = "f-string expression part cannot include a backslash";
                return self.refuse(parts, SyntaxErrorKind::Text(text));
            }
            if (0..width).all(|index| self.peek_at(self.at + index) == Some(quote)) {
                self.at += width;
                return Ok(());
            }
            self.at += 1;
        }
        self.refuse_text(parts, "unterminated string")
    }

    fn expression(&self, parts: &Parts<'_, '_>, extent: &Extent) -> Made<Expr> {
        let text = &self.source[extent.start..extent.end];
        if text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')) {
            return match self.peek() {
                Some(sign @ (b'!' | b':' | b'=')) => {
                    let text = format!("expression required before '{}'", char::from(sign));
                    self.refuse_text(parts, &text)
                }
                _ => self.refuse_text(parts, "empty expression not allowed"),
            };
        }
        match parser::replacement_field(parts.builder.context, extent.start, extent.end) {
            Ok(value) => Ok(value),
            Err(fault) => refuse(fault.in_field(extent.start - 1, extent.end)),
        }
    }

    /// The text that `=` shows: the expression as written, the sign and the space around it.
    fn shown_text(&mut self, extent: &Extent) -> Option<&'source str> {
        if self.peek() != Some(b'=') {
            return None;
        }
        self.at += 1;
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')) {
            self.at += 1;
        }
        Some(&self.source[extent.start..self.at])
    }

    fn conversion(&mut self, parts: &Parts<'_, '_>) -> Made<Conversion> {
        if self.peek() != Some(b'!') {
            return Ok(Conversion::None);
        }
        self.at += 1;
        let conversion = match self.peek() {
            None => return self.refuse_text(parts, "expecting '}'"),
            Some(b's') => Conversion::Str,
            Some(b'r') => Conversion::Repr,
            Some(b'a') => Conversion::Ascii,
            Some(_) => {
                return self.refuse_text(parts, "invalid conversion character: expected 's', 'r', or 'a'");
            }
        };
        self.at += 1;
        Ok(conversion)
    }

    fn specification(&mut self, parts: &Parts<'_, '_>, depth: usize) -> Made<Option<Expr>> {
        if self.peek() != Some(b':') {
            return Ok(None);
        }
        self.at += 1;
        if self.peek().is_none() {
            return self.refuse_text(parts, "expecting '}'");
        }
        let mut inner = Parts::new(parts.builder, parts.start, parts.end);
        self.text_and_fields(&mut inner, depth + 1)?;
        inner.finish_specification(self.literal.token).map(Some)
    }
}
