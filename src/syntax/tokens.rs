//! The flat tokens of a line: what logos recognises, and the literals whose ends are found by hand.
//!
//! Indentation, brackets and logical lines are not known here; `layout` makes them out of this stream.
//! Numbers and strings are scanned by [`crate::syntax::numbers`] and by [`scan_string`], because CPython
//! names their faults at the exact character where the scan stops.

use logos::{Lexer, Logos};

use super::errors::{Fault, SyntaxErrorKind};
use super::numbers;

/// The kind of a token; the text is found through its offsets.
#[derive(Logos, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[logos(error = LexicalError, extras = (), skip r"[ \t\x0C]+")]
#[repr(u8)]
pub enum TokenKind {
    #[token("False")]
    False,
    #[token("None")]
    None,
    #[token("True")]
    True,
    #[token("and")]
    And,
    #[token("as")]
    As,
    #[token("assert")]
    Assert,
    #[token("async")]
    Async,
    #[token("await")]
    Await,
    #[token("break")]
    Break,
    #[token("class")]
    Class,
    #[token("continue")]
    Continue,
    #[token("def")]
    Def,
    #[token("del")]
    Del,
    #[token("elif")]
    Elif,
    #[token("else")]
    Else,
    #[token("except")]
    Except,
    #[token("finally")]
    Finally,
    #[token("for")]
    For,
    #[token("from")]
    From,
    #[token("global")]
    Global,
    #[token("if")]
    If,
    #[token("import")]
    Import,
    #[token("in")]
    In,
    #[token("is")]
    Is,
    #[token("lambda")]
    Lambda,
    #[token("nonlocal")]
    Nonlocal,
    #[token("not")]
    Not,
    #[token("or")]
    Or,
    #[token("pass")]
    Pass,
    #[token("raise")]
    Raise,
    #[token("return")]
    Return,
    #[token("try")]
    Try,
    #[token("while")]
    While,
    #[token("with")]
    With,
    #[token("yield")]
    Yield,

    #[regex(r"[_a-zA-Z\x{80}-\x{10FFFF}][_a-zA-Z0-9\x{80}-\x{10FFFF}]*")]
    Name,
    #[regex(r"[0-9]|\.[0-9]", scan_number)]
    Number,
    #[regex(r#"([rR]|[bB]|[uU]|[fF]|[rR][bBfF]|[bBfF][rR])?("""|'''|"|')"#, scan_string)]
    String,

    #[token("(")]
    LeftParenthesis,
    #[token(")")]
    RightParenthesis,
    #[token("[")]
    LeftBracket,
    #[token("]")]
    RightBracket,
    #[token("{")]
    LeftBrace,
    #[token("}")]
    RightBrace,
    #[token(":")]
    Colon,
    #[token(",")]
    Comma,
    #[token(";")]
    Semicolon,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("|")]
    VerticalBar,
    #[token("&")]
    Ampersand,
    #[token("<")]
    Less,
    #[token(">")]
    Greater,
    #[token("=")]
    Equal,
    #[token(".")]
    Dot,
    #[token("%")]
    Percent,
    #[token("==")]
    EqualEqual,
    #[token("!=")]
    NotEqual,
    #[token("<=")]
    LessEqual,
    #[token(">=")]
    GreaterEqual,
    #[token("~")]
    Tilde,
    #[token("^")]
    Circumflex,
    #[token("<<")]
    LeftShift,
    #[token(">>")]
    RightShift,
    #[token("**")]
    DoubleStar,
    #[token("+=")]
    PlusEqual,
    #[token("-=")]
    MinusEqual,
    #[token("*=")]
    StarEqual,
    #[token("/=")]
    SlashEqual,
    #[token("%=")]
    PercentEqual,
    #[token("&=")]
    AmpersandEqual,
    #[token("|=")]
    VerticalBarEqual,
    #[token("^=")]
    CircumflexEqual,
    #[token("<<=")]
    LeftShiftEqual,
    #[token(">>=")]
    RightShiftEqual,
    #[token("**=")]
    DoubleStarEqual,
    #[token("//")]
    DoubleSlash,
    #[token("//=")]
    DoubleSlashEqual,
    #[token("@")]
    At,
    #[token("@=")]
    AtEqual,
    #[token("->")]
    Arrow,
    #[token("...")]
    Ellipsis,
    #[token(":=")]
    ColonEqual,

    /// `<>`, which only `from __future__ import barry_as_FLUFL` would allow.
    #[token("<>")]
    LessGreater,
    /// A character that starts no token: `$`, `?`, `!` or a backquote.
    #[regex(r"[$?!`]")]
    Stray,

    #[token("\n")]
    Newline,
    #[regex(r"#[^\n]*", allow_greedy = true)]
    Comment,
    #[token("\\\n")]
    Continuation,
    #[token("\\")]
    Backslash,

    // Made by `layout`, never by logos.
    Match,
    Case,
    Indent,
    Dedent,
    End,
}

/// A token of the stream that the parser reads: its kind and its place, in bytes from the start of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawToken {
    pub kind: TokenKind,
    pub start: u32,
    pub end: u32,
}

/// What logos reports: a fault already named, or a byte that no rule accepts.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum LexicalError {
    #[default]
    UnknownCharacter,
    Fault(Box<Fault>),
}

fn scan_number(lexer: &mut Lexer<'_, TokenKind>) -> Result<(), LexicalError> {
    let start = lexer.span().start;
    match numbers::scan(lexer.source().as_bytes(), start) {
        Ok(end) => {
            lexer.bump(end.saturating_sub(lexer.span().end));
            Ok(())
        }
        Err(fault) => Err(LexicalError::Fault(Box::new(fault))),
    }
}

/// Finds the end of the string whose prefix and opening quotes were just read.
fn scan_string(lexer: &mut Lexer<'_, TokenKind>) -> Result<(), LexicalError> {
    let opening = lexer.slice();
    let triple = opening.ends_with("\"\"\"") || opening.ends_with("'''");
    let quote = opening.as_bytes()[opening.len() - 1];
    let rest = lexer.remainder().as_bytes();
    let end = if triple { end_of_triple(rest, quote) } else { end_of_single(rest, quote) };
    match end {
        Ok(length) => {
            lexer.bump(length);
            Ok(())
        }
        Err(stop) => Err(unterminated(lexer, triple, stop)),
    }
}

/// The length up to and including the closing quote, or where the search stopped.
fn end_of_single(rest: &[u8], quote: u8) -> Result<usize, usize> {
    let mut at = 0;
    while let Some(found) = memchr::memchr3(quote, b'\\', b'\n', &rest[at..]) {
        at += found;
        match rest[at] {
            b'\\' => at = (at + 2).min(rest.len()),
            b'\n' => return Err(at),
            _ => return Ok(at + 1),
        }
    }
    Err(rest.len())
}

fn end_of_triple(rest: &[u8], quote: u8) -> Result<usize, usize> {
    let mut at = 0;
    while let Some(found) = memchr::memchr2(quote, b'\\', &rest[at..]) {
        at += found;
        if rest[at] == b'\\' {
            at = (at + 2).min(rest.len());
        } else if rest[at..].starts_with(&[quote; 3]) {
            return Ok(at + 3);
        } else {
            at += 1;
        }
    }
    Err(rest.len())
}

fn unterminated(lexer: &Lexer<'_, TokenKind>, triple: bool, stop: usize) -> LexicalError {
    let source = lexer.source().as_bytes();
    let start = lexer.span().start;
    // The file's last newline does not start a line of its own.
    let searched = &source[..(lexer.span().end + stop).min(source.len().saturating_sub(1))];
    let line = memchr::memchr_iter(b'\n', searched).count() as u32 + 1;
    let kind = if triple {
        SyntaxErrorKind::UnterminatedTripleQuoted { line }
    } else {
        SyntaxErrorKind::UnterminatedString { line }
    };
    LexicalError::Fault(Box::new(Fault::open(kind, start)))
}
