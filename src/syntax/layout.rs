//! From flat tokens to the token stream of the grammar: logical lines, blocks and brackets.
//!
//! ```text
//! if a:            IF NAME : NEWLINE
//!     b(           INDENT NAME (
//!       1)         NUMBER ) NEWLINE        <- no layout inside brackets
//!                                          <- blank lines and comments leave nothing
//! c                DEDENT NAME NEWLINE END
//! ```
//!
//! The soft keywords are decided here. `match` is one when it starts a logical line that ends in a colon
//! outside brackets (an annotation cannot end so); `case` when it starts a line directly inside such a block.

use logos::Logos;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::errors::{Fault, SyntaxErrorKind};
use super::tokens::{LexicalError, RawToken, TokenKind};

const MAXIMUM_BRACKETS: usize = 200;
const MAXIMUM_INDENTS: usize = 100;
const TAB_WIDTH: u32 = 8;

/// The whole stream. With a fault it stops where the fault was met.
#[derive(Debug)]
pub struct TokenStream {
    pub tokens: Vec<RawToken>,
    pub fault: Option<Fault>,
    /// Numbers that a keyword follows without a blank.
    pub run_on_numbers: Vec<RawToken>,
}

/// Cuts a normalised source into tokens.
pub fn tokenize(source: &str) -> TokenStream {
    let mut layout = Layout::new(source);
    let fault = layout.run().err();
    TokenStream { tokens: layout.tokens, fault, run_on_numbers: layout.run_on_numbers }
}

/// Cuts the expression of an f-string, `source[start..end]`, as if brackets stood around it.
pub fn tokenize_replacement_field(source: &str, start: usize, end: usize) -> TokenStream {
    let mut layout = Layout::new(&source[..end]);
    layout.lexer.bump(start);
    layout.push(TokenKind::LeftParenthesis, start.saturating_sub(1), start);
    layout.brackets.push(Bracket { open: '(', at: start.saturating_sub(1) });
    let fault = layout.bracketed_tokens().err();
    layout.push(TokenKind::RightParenthesis, end, end + 1);
    layout.push(TokenKind::Newline, end + 1, end + 1);
    layout.push(TokenKind::End, end + 1, end + 1);
    TokenStream { tokens: layout.tokens, fault, run_on_numbers: layout.run_on_numbers }
}

struct Bracket {
    open: char,
    at: usize,
}

/// One level of indentation, measured with tabs of eight columns and with tabs of one.
#[derive(Clone, Copy, PartialEq)]
struct Indent {
    column: u32,
    alternative: u32,
    /// Whether this is the block of a `match` statement.
    of_match: bool,
}

struct Layout<'source> {
    source: &'source str,
    lexer: logos::Lexer<'source, TokenKind>,
    tokens: Vec<RawToken>,
    run_on_numbers: Vec<RawToken>,
    brackets: Vec<Bracket>,
    indents: Vec<Indent>,
    /// Where the tokens of the current logical line start in `tokens`.
    line_start: usize,
    /// The last logical line opened a `match` statement.
    match_opened: bool,
}

impl<'source> Layout<'source> {
    fn new(source: &'source str) -> Self {
        let outermost = Indent { column: 0, alternative: 0, of_match: false };
        Layout {
            source,
            lexer: TokenKind::lexer(source),
            tokens: Vec::new(),
            run_on_numbers: Vec::new(),
            brackets: Vec::new(),
            indents: vec![outermost],
            line_start: 0,
            match_opened: false,
        }
    }

    fn run(&mut self) -> Result<(), Fault> {
        while self.start_line()? {
            let read = self.logical_line();
            self.decide_soft_keywords();
            read?;
        }
        let end = self.source.len();
        for _ in 1..self.indents.len() {
            self.push(TokenKind::Dedent, end, end);
        }
        self.push(TokenKind::End, end, end);
        Ok(())
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        self.tokens.push(RawToken { kind, start: start as u32, end: end as u32 });
    }

    /// Skips blank lines, then measures the indentation of the next logical line. False at the end.
    fn start_line(&mut self) -> Result<bool, Fault> {
        loop {
            let rest = self.lexer.remainder().as_bytes();
            let (length, indent) = measure(rest);
            let start = self.lexer.span().end;
            match rest.get(length) {
                None => {
                    self.lexer.bump(length);
                    return match rest[..length].ends_with(b"\\\n") {
                        true => Err(self.end_after_continuation(start + length)),
                        false => Ok(false),
                    };
                }
                Some(b'\n') => self.lexer.bump(length + 1),
                Some(b'#') => {
                    let comment = memchr::memchr(b'\n', &rest[length..]).unwrap_or(rest.len() - length);
                    self.lexer.bump((length + comment + 1).min(rest.len()));
                }
                Some(_) => {
                    self.lexer.bump(length);
                    self.indent(indent, start, start + length)?;
                    return Ok(true);
                }
            }
        }
    }

    fn end_after_continuation(&self, end: usize) -> Fault {
        Fault::endless(SyntaxErrorKind::UnexpectedEnd, end.saturating_sub(1), -1)
    }

    /// Compares a line's indentation with the open blocks'.
    fn indent(&mut self, indent: Indent, start: usize, end: usize) -> Result<(), Fault> {
        self.line_start = self.tokens.len();
        let top = self.indents[self.indents.len() - 1];
        let tabs = || Fault::endless(SyntaxErrorKind::InconsistentTabs, start, 0);
        if indent.column > top.column {
            if self.indents.len() >= MAXIMUM_INDENTS {
                return Err(Fault::endless(SyntaxErrorKind::TooManyIndents, start, 0));
            }
            if indent.alternative <= top.alternative {
                return Err(tabs());
            }
            self.indents.push(Indent { of_match: self.match_opened, ..indent });
            self.push(TokenKind::Indent, start, end);
            self.line_start = self.tokens.len();
        } else {
            self.dedent(indent, end)?;
            if self.indents[self.indents.len() - 1].alternative != indent.alternative {
                return Err(tabs());
            }
        }
        Ok(())
    }

    fn dedent(&mut self, indent: Indent, end: usize) -> Result<(), Fault> {
        while self.indents[self.indents.len() - 1].column > indent.column {
            self.indents.pop();
            self.push(TokenKind::Dedent, end, end);
        }
        if self.indents[self.indents.len() - 1].column != indent.column {
            // CPython's caret stands behind the line.
            let newline = memchr::memchr(b'\n', &self.source.as_bytes()[end..]);
            let line_end = newline.map_or(self.source.len(), |length| end + length);
            return Err(Fault::endless(SyntaxErrorKind::UnindentMismatch, line_end, -1));
        }
        self.line_start = self.tokens.len();
        Ok(())
    }

    /// Reads tokens up to the newline that ends the logical line.
    fn logical_line(&mut self) -> Result<(), Fault> {
        // A newline starts with the comment before it.
        let mut comment = None;
        while let Some(kind) = self.lexer.next() {
            let span = self.lexer.span();
            match kind {
                Ok(TokenKind::Newline) if self.brackets.is_empty() => {
                    self.push(TokenKind::Newline, comment.take().unwrap_or(span.start), span.start);
                    return Ok(());
                }
                Ok(TokenKind::Comment) => comment = Some(span.start),
                other => {
                    comment = None;
                    self.token(other, span)?;
                }
            }
        }
        Err(self.unclosed())
    }

    /// Reads all tokens, newlines being nothing.
    fn bracketed_tokens(&mut self) -> Result<(), Fault> {
        while let Some(kind) = self.lexer.next() {
            let span = self.lexer.span();
            self.token(kind, span)?;
        }
        Ok(())
    }

    fn unclosed(&self) -> Fault {
        match self.brackets.last() {
            Some(bracket) => Fault::endless(SyntaxErrorKind::NeverClosed(bracket.open), bracket.at, 0),
            None => self.end_after_continuation(self.source.len()),
        }
    }

    fn token(
        &mut self,
        kind: Result<TokenKind, LexicalError>,
        span: std::ops::Range<usize>,
    ) -> Result<(), Fault> {
        match kind {
            Ok(TokenKind::Newline | TokenKind::Comment) => return Ok(()),
            Ok(TokenKind::Continuation) => {
                return match span.end == self.source.len() && self.brackets.is_empty() {
                    true => Err(self.end_after_continuation(span.end)),
                    false => Ok(()),
                };
            }
            Ok(TokenKind::Backslash) => {
                return Err(Fault::endless(SyntaxErrorKind::AfterContinuation, span.end, 0));
            }
            Ok(TokenKind::LeftParenthesis) => self.open('(', span.start)?,
            Ok(TokenKind::LeftBracket) => self.open('[', span.start)?,
            Ok(TokenKind::LeftBrace) => self.open('{', span.start)?,
            Ok(TokenKind::RightParenthesis) => self.close('(', ')', span.start)?,
            Ok(TokenKind::RightBracket) => self.close('[', ']', span.start)?,
            Ok(TokenKind::RightBrace) => self.close('{', '}', span.start)?,
            Ok(TokenKind::Name) => check_identifier(self.source, span.clone())?,
            Ok(TokenKind::Number) => self.note_run_on(&span),
            Ok(_) => {}
            Err(LexicalError::Fault(fault)) => return Err(*fault),
            Err(LexicalError::UnknownCharacter) => return Err(self.unknown_character(span.start)),
        }
        if let Ok(kind) = kind {
            self.push(kind, span.start, span.end);
        }
        Ok(())
    }

    fn note_run_on(&mut self, span: &std::ops::Range<usize>) {
        if self.source.as_bytes().get(span.end).is_some_and(u8::is_ascii_alphabetic) {
            let (start, end) = (span.start as u32, span.end as u32);
            self.run_on_numbers.push(RawToken { kind: TokenKind::Number, start, end });
        }
    }

    fn unknown_character(&self, at: usize) -> Fault {
        let character = self.source[at..].chars().next().unwrap_or('\0');
        Fault::open(SyntaxErrorKind::NonPrintable(character), at)
    }

    fn open(&mut self, open: char, at: usize) -> Result<(), Fault> {
        if self.brackets.len() >= MAXIMUM_BRACKETS {
            return Err(Fault::open(SyntaxErrorKind::TooManyBrackets, at));
        }
        self.brackets.push(Bracket { open, at });
        Ok(())
    }

    fn close(&mut self, expected: char, close: char, at: usize) -> Result<(), Fault> {
        let Some(bracket) = self.brackets.pop() else {
            return Err(Fault::open(SyntaxErrorKind::Unmatched(close), at));
        };
        let open = bracket.open;
        if open == expected {
            return Ok(());
        }
        let between = &self.source.as_bytes()[bracket.at..at];
        let kind = if memchr::memchr(b'\n', between).is_none() {
            SyntaxErrorKind::Mismatched { close, open }
        } else {
            let before = &self.source.as_bytes()[..bracket.at];
            let line = memchr::memchr_iter(b'\n', before).count() as u32 + 1;
            SyntaxErrorKind::MismatchedLine { close, open, line }
        };
        Err(Fault::open(kind, at))
    }

    /// Turns the first name of the finished line into a keyword where it is one.
    fn decide_soft_keywords(&mut self) {
        let line = &self.tokens[self.line_start..];
        let Some(first) = line.first() else { return };
        // The newline comes last.
        let last = line.iter().rev().nth(1).unwrap_or(first);
        let text = &self.source[first.start as usize..first.end as usize];
        let opens_block = last.kind == TokenKind::Colon && line.len() > 3;
        self.match_opened = first.kind == TokenKind::Name && text == "match" && opens_block;
        let inside_match = self.indents[self.indents.len() - 1].of_match;
        if self.match_opened {
            self.tokens[self.line_start].kind = TokenKind::Match;
        } else if first.kind == TokenKind::Name && text == "case" && inside_match {
            self.tokens[self.line_start].kind = TokenKind::Case;
        }
    }
}

/// The length of a line's leading white space and the indentation that it makes. A line that starts with
/// a continuation keeps the indentation measured before it.
fn measure(line: &[u8]) -> (usize, Indent) {
    let mut indent = Indent { column: 0, alternative: 0, of_match: false };
    let mut continued: Option<Indent> = None;
    let mut at = 0;
    loop {
        match line.get(at) {
            Some(b' ') => {
                indent.column += 1;
                indent.alternative += 1;
            }
            Some(b'\t') => {
                indent.column = (indent.column / TAB_WIDTH + 1) * TAB_WIDTH;
                indent.alternative += 1;
            }
            Some(b'\x0c') => (indent.column, indent.alternative) = (0, 0),
            Some(b'\\') if line.get(at + 1) == Some(&b'\n') => {
                continued.get_or_insert(indent);
                at += 1;
            }
            _ => return (at, continued.unwrap_or(indent)),
        }
        at += 1;
    }
}

/// Finds the first character of a name that no identifier may have there.
fn check_identifier(source: &str, span: std::ops::Range<usize>) -> Result<(), Fault> {
    let name = &source[span.clone()];
    if name.is_ascii() {
        return Ok(());
    }
    for (index, character) in name.char_indices() {
        if is_identifier_character(character, index == 0) {
            continue;
        }
        let kind = match is_printable(character) {
            true => SyntaxErrorKind::InvalidCharacter(character),
            false => SyntaxErrorKind::NonPrintable(character),
        };
        return Err(Fault::open(kind, span.start + index));
    }
    Ok(())
}

fn is_identifier_character(character: char, first: bool) -> bool {
    match first {
        true => character == '_' || unicode_ident::is_xid_start(character),
        false => unicode_ident::is_xid_continue(character),
    }
}

pub(super) fn is_printable(character: char) -> bool {
    let group = character.general_category_group();
    !matches!(group, GeneralCategoryGroup::Other | GeneralCategoryGroup::Separator)
}
