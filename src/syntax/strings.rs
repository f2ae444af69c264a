//! String literals: prefixes, escapes, bytes, and the concatenation of adjacent literals.
//!
//! A literal's escapes are decoded from the source's text; a value stays a `str` until a lone surrogate
//! (`"\ud800"`) forces it into code points. f-strings are taken apart in `fstrings`.

use std::rc::Rc;

use super::ast::{Constant, Expr, ExprKind};
use super::builder::{Builder, Made, refuse};
use super::errors::{Fault, SyntaxErrorKind};
use super::fstrings;
use super::names::character_named;

/// A literal's text between its quotes, by offsets into the source, and what its prefix says.
#[derive(Debug, Clone, Copy)]
pub struct Literal {
    /// The whole token, prefix and quotes included.
    pub token: (u32, u32),
    pub start: usize,
    pub end: usize,
    pub raw: bool,
    pub bytes: bool,
    pub formatted: bool,
    pub unicode: bool,
}

impl Literal {
    fn new(source: &str, token: (u32, u32)) -> Self {
        let text = &source.as_bytes()[token.0 as usize..token.1 as usize];
        let prefix = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let has = |letter: u8| text[..prefix].iter().any(|byte| byte.to_ascii_lowercase() == letter);
        let quote = text[prefix];
        let triple = text[prefix..].starts_with(&[quote; 3]) && text.len() >= prefix + 6;
        let width = if triple { 3 } else { 1 };
        Literal {
            token,
            start: token.0 as usize + prefix + width,
            end: token.1 as usize - width,
            raw: has(b'r'),
            bytes: has(b'b'),
            formatted: has(b'f'),
            unicode: has(b'u'),
        }
    }
}

/// Builds the value of adjacent literals that span `start..end`.
pub fn concatenate(builder: &Builder<'_>, start: u32, tokens: &[(u32, u32)], end: u32) -> Made<Expr> {
    let source = builder.context.source;
    let literals: Vec<_> = tokens.iter().map(|token| Literal::new(source, *token)).collect();
    let first = literals[0];
    if first.bytes {
        return concatenate_bytes(builder, &literals, start, end);
    }
    let mut parts = Parts::new(builder, start, end);
    for literal in &literals {
        if literal.bytes {
            check_ascii(builder, literal, end)?;
            return refuse(at_lookahead(builder, end, SyntaxErrorKind::MixedBytes));
        }
        parts.token = literal.token;
        if literal.formatted {
            fstrings::parse(&mut parts, literal)?;
        } else {
            let body = &source[literal.start..literal.end];
            parts.text(body, literal.raw)?;
        }
    }
    parts.finish(first.unicode)
}

/// CPython reports faults in a literal at the token behind the literals.
pub fn at_lookahead(builder: &Builder<'_>, end: u32, kind: SyntaxErrorKind) -> Fault {
    let token = builder.token_after(end);
    Fault::between(kind, token.start as usize, token.end as usize)
}

fn check_ascii(builder: &Builder<'_>, literal: &Literal, end: u32) -> Made<()> {
    match builder.context.source[literal.start..literal.end].is_ascii() {
        true => Ok(()),
        false => refuse(at_lookahead(builder, end, SyntaxErrorKind::BytesNotAscii)),
    }
}

fn concatenate_bytes(builder: &Builder<'_>, literals: &[Literal], start: u32, end: u32) -> Made<Expr> {
    let mut value = Vec::new();
    for literal in literals {
        if !literal.bytes {
            return refuse(at_lookahead(builder, end, SyntaxErrorKind::MixedBytes));
        }
        check_ascii(builder, literal, end)?;
        let body = &builder.context.source.as_bytes()[literal.start..literal.end];
        if literal.raw {
            value.extend_from_slice(body);
        } else {
            match decode_bytes(body, &mut value) {
                Ok(odd) => warn_of_escape(builder, literal.token, odd),
                Err(kind) => return refuse(at_lookahead(builder, end, kind)),
            }
        }
    }
    Ok(builder.constant(start, Constant::Bytes(value.into()), end))
}

/// An escape that stands for itself will be an error one day.
fn warn_of_escape(builder: &Builder<'_>, token: (u32, u32), odd: Option<OddEscape>) {
    if let Some(odd) = odd {
        let message = odd.message();
        builder.context.warn(token.0, token.1, true, message);
    }
}

/// The values of a string under construction: text, then replacement fields and text.
pub struct Parts<'build, 'source> {
    pub builder: &'build Builder<'source>,
    pub start: u32,
    pub end: u32,
    /// The literal that is read.
    pub token: (u32, u32),
    text: TextBuffer,
    values: Vec<Expr>,
    formatted: bool,
}

impl<'build, 'source> Parts<'build, 'source> {
    /// For the strings between two offsets.
    pub fn new(builder: &'build Builder<'source>, start: u32, end: u32) -> Self {
        let text = TextBuffer::default();
        Parts { builder, start, end, token: (start, end), text, values: Vec::new(), formatted: false }
    }

    /// An f-string makes the whole a `JoinedStr`, even without fields.
    pub fn mark_formatted(&mut self) {
        self.formatted = true;
    }

    /// Appends a piece of a literal's body.
    pub fn text(&mut self, body: &str, raw: bool) -> Made<()> {
        if raw {
            self.text.push_str(body);
            return Ok(());
        }
        match decode_text(body, &mut self.text) {
            Ok(()) => {
                warn_of_escape(self.builder, self.token, self.text.odd.take());
                Ok(())
            }
            Err(kind) => refuse(at_lookahead(self.builder, self.end, kind)),
        }
    }

    /// Adds a replacement field of an f-string.
    pub fn field(&mut self, value: Expr) {
        self.flush(self.start, self.end);
        self.values.push(value);
    }

    fn flush(&mut self, start: u32, end: u32) {
        if !self.text.is_empty() {
            let value = std::mem::take(&mut self.text).finish();
            self.values.push(self.builder.constant(start, value, end));
        }
    }

    fn finish(mut self, unicode_prefix: bool) -> Made<Expr> {
        let (start, end) = (self.start, self.end);
        if self.formatted {
            self.flush(start, end);
            return self.joined(start, end);
        }
        let value = std::mem::take(&mut self.text).finish();
        let kind = ExprKind::Constant { value, unicode_prefix };
        Ok(Expr { kind, ..self.builder.constant(start, Constant::None, end) })
    }

    /// Ends a format specification: CPython gives it, and the text at its end, the range of its own token.
    pub fn finish_specification(mut self, token: (u32, u32)) -> Made<Expr> {
        self.flush(token.0, token.1);
        self.joined(token.0, token.1)
    }

    fn joined(self, start: u32, end: u32) -> Made<Expr> {
        let below = self.values.iter().map(|value| value.height).max().unwrap_or(0);
        self.builder.node(start, ExprKind::JoinedStr { values: self.values }, end, below)
    }
}

/// Text that turns into code points when the first surrogate arrives.
#[derive(Default)]
struct TextBuffer {
    text: String,
    wide: Option<Vec<u32>>,
    /// The first escape that is to be warned of.
    odd: Option<OddEscape>,
}

/// An escape that is read, but will be an error one day.
#[derive(Clone, Copy)]
enum OddEscape {
    /// The letter stands for itself.
    Letter(u8),
    /// The value is no byte.
    Octal(u32),
}

impl OddEscape {
    fn message(self) -> String {
        match self {
            OddEscape::Letter(letter) => format!("invalid escape sequence '\\{}'", char::from(letter)),
            OddEscape::Octal(value) => format!("invalid octal escape sequence '\\{value:o}'"),
        }
    }

    fn of_octal(value: u32) -> Option<Self> {
        (value > 0xff).then_some(OddEscape::Octal(value))
    }
}

impl TextBuffer {
    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.wide.is_none()
    }

    fn push_str(&mut self, text: &str) {
        match &mut self.wide {
            Some(wide) => wide.extend(text.chars().map(u32::from)),
            None => self.text.push_str(text),
        }
    }

    fn push_code(&mut self, code: u32) {
        match (char::from_u32(code), &mut self.wide) {
            (Some(character), None) => self.text.push(character),
            (_, Some(wide)) => wide.push(code),
            (None, None) => {
                let mut wide: Vec<u32> = self.text.chars().map(u32::from).collect();
                wide.push(code);
                self.wide = Some(wide);
                self.text = String::new();
            }
        }
    }

    fn finish(self) -> Constant {
        match self.wide {
            Some(wide) => Constant::WideText(wide.into()),
            None => Constant::Text(Rc::from(self.text)),
        }
    }
}

/// What a one-letter escape stands for.
fn simple_escape(letter: u8) -> Option<u8> {
    Some(match letter {
        b'\\' | b'\'' | b'"' => letter,
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        _ => return None,
    })
}

/// The value of up to three octal digits, and their number.
fn octal(digits: &[u8]) -> (u32, usize) {
    let count = digits.iter().take(3).take_while(|digit| matches!(digit, b'0'..=b'7')).count();
    (digits[..count].iter().fold(0, |value, digit| value * 8 + u32::from(digit - b'0')), count)
}

/// The value of exactly `width` hexadecimal digits, or how many there are.
fn hexadecimal(digits: &[u8], width: usize) -> Result<u32, usize> {
    let count = digits.iter().take(width).take_while(|digit| digit.is_ascii_hexdigit()).count();
    if count < width {
        return Err(count);
    }
    let value = digits[..width].iter().filter_map(|digit| char::from(*digit).to_digit(16));
    Ok(value.fold(0, |all, digit| all << 4 | digit))
}

/// Decodes a literal's body and returns the first escape that is to be warned of.
fn decode_bytes(body: &[u8], value: &mut Vec<u8>) -> Result<Option<OddEscape>, SyntaxErrorKind> {
    let (mut at, mut odd) = (0, None);
    while let Some(length) = memchr::memchr(b'\\', &body[at..]) {
        value.extend_from_slice(&body[at..at + length]);
        at += length + 1;
        let Some(letter) = body.get(at).copied() else {
            value.push(b'\\');
            break;
        };
        at += 1;
        match letter {
            b'\n' => {}
            b'0'..=b'7' => {
                let (code, count) = octal(&body[at - 1..]);
                odd = odd.or(OddEscape::of_octal(code));
                value.push(code as u8);
                at += count - 1;
            }
            b'x' => match hexadecimal(&body[at..], 2) {
                Ok(code) => {
                    value.push(code as u8);
                    at += 2;
                }
                Err(_) => return Err(SyntaxErrorKind::BytesEscape(at - 2)),
            },
            _ => match simple_escape(letter) {
                Some(byte) => value.push(byte),
                None => {
                    odd.get_or_insert(OddEscape::Letter(letter));
                    value.extend_from_slice(&[b'\\', letter]);
                }
            },
        }
    }
    value.extend_from_slice(&body[at.min(body.len())..]);
    Ok(odd)
}

fn decode_text(body: &str, value: &mut TextBuffer) -> Result<(), SyntaxErrorKind> {
    let bytes = body.as_bytes();
    let mut at = 0;
    while let Some(length) = memchr::memchr(b'\\', &bytes[at..]) {
        value.push_str(&body[at..at + length]);
        at += length;
        at += decode_escape(body, at, value)?;
    }
    value.push_str(&body[at..]);
    Ok(())
}

/// Decodes the escape at `at` and returns its length.
fn decode_escape(body: &str, at: usize, value: &mut TextBuffer) -> Result<usize, SyntaxErrorKind> {
    let rest = &body.as_bytes()[at + 1..];
    let Some(letter) = rest.first().copied() else {
        // Only in front of a replacement field does a text end with a backslash.
        value.odd.get_or_insert(OddEscape::Letter(b'{'));
        value.push_str("\\");
        return Ok(1);
    };
    match letter {
        b'\n' => Ok(2),
        b'0'..=b'7' => {
            let (code, count) = octal(rest);
            value.odd = value.odd.or(OddEscape::of_octal(code));
            value.push_code(code);
            Ok(1 + count)
        }
        b'x' => numbered_escape(body, at, 2, "truncated \\xXX escape", value),
        b'u' => numbered_escape(body, at, 4, "truncated \\uXXXX escape", value),
        b'U' => numbered_escape(body, at, 8, "truncated \\UXXXXXXXX escape", value),
        b'N' => named_escape(body, at, value),
        _ => match simple_escape(letter) {
            Some(byte) => {
                value.push_code(u32::from(byte));
                Ok(2)
            }
            None => {
                value.odd.get_or_insert(OddEscape::Letter(letter));
                value.push_str("\\");
                Ok(1)
            }
        },
    }
}

fn numbered_escape(
    body: &str,
    at: usize,
    width: usize,
    reason: &'static str,
    value: &mut TextBuffer,
) -> Result<usize, SyntaxErrorKind> {
    match hexadecimal(&body.as_bytes()[at + 2..], width) {
        Ok(code) if code > 0x10ffff => Err(escape_fault(body, at, 1 + width, "illegal Unicode character")),
        Ok(code) => {
            value.push_code(code);
            Ok(2 + width)
        }
        Err(digits) => Err(escape_fault(body, at, 1 + digits, reason)),
    }
}

/// `\N{name}`
fn named_escape(body: &str, at: usize, value: &mut TextBuffer) -> Result<usize, SyntaxErrorKind> {
    let rest = &body.as_bytes()[at + 2..];
    let malformed = |length| Err(escape_fault(body, at, length, "malformed \\N character escape"));
    if rest.first() != Some(&b'{') {
        return malformed(1);
    }
    match memchr::memchr(b'}', rest) {
        Some(length) if length > 1 => match character_named(&body[at + 3..at + 2 + length]) {
            Some(character) => {
                value.push_code(u32::from(character));
                Ok(3 + length)
            }
            None => Err(escape_fault(body, at, 2 + length, "unknown Unicode character name")),
        },
        Some(_) => malformed(2),
        None => malformed(1 + rest.len()),
    }
}

/// The positions count in CPython's decoding buffer, where a character beyond ASCII takes ten.
fn escape_fault(body: &str, at: usize, length: usize, reason: &'static str) -> SyntaxErrorKind {
    let first = body[..at].chars().map(|character| if character.is_ascii() { 1 } else { 10 }).sum();
    SyntaxErrorKind::UnicodeEscape { first, last: first + length, reason }
}
