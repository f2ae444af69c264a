//! The token stream as text, as `python -m tokenize` lays it out: what `-X dump=tokens` prints.
//!
//! ```text
//! 1,0-1,2:            KEYWORD        'if'
//! 1,3-1,4:            NAME           'a'
//! ```
//!
//! Lines count from 1, columns from 0 in characters. It is what the parser reads: keywords are told from names, also
//! the soft ones where they are keywords; comments and blank lines have left nothing.

use super::dump::text_literal;
use super::errors::SyntaxError;
use super::layout;
use super::source::{self, Lines};
use super::tokens::{RawToken, TokenKind};

/// One line for each token of a program.
///
/// # Errors
/// What the tokenizer finds wrong with the text. Errors of the grammar are not looked for.
pub fn dump_tokens(text: &str) -> Result<String, SyntaxError> {
    let source = source::normalize(text)?;
    let lines = Lines::new(&source);
    let stream = layout::tokenize(&source);
    match stream.fault {
        Some(fault) => Err(fault.locate(&source, &lines)),
        None => Ok(stream.tokens.iter().map(|token| row(&source, &lines, token)).collect()),
    }
}

fn row(source: &str, lines: &Lines, token: &RawToken) -> String {
    let place = place(source, lines, token);
    let text = match token.kind {
        TokenKind::Newline => "\n",
        _ => &source[token.start as usize..token.end as usize],
    };
    format!("{place:<20}{:<15}{}\n", kind_name(token.kind), text_literal(text.chars().map(u32::from)))
}

/// `line,column-line,column:`. A newline, whose token starts with the comment before it, stands where the line ends.
fn place(source: &str, lines: &Lines, token: &RawToken) -> String {
    let is_newline = token.kind == TokenKind::Newline;
    let start = if is_newline { token.end } else { token.start };
    let (line, column) = lines.character_position(source, start as usize);
    let (end_line, end_column) = match is_newline {
        true => (line, column + 1),
        false => lines.character_position(source, token.end as usize),
    };
    format!("{line},{column}-{end_line},{end_column}:")
}

fn kind_name(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Match | TokenKind::Case => "KEYWORD",
        // The keywords are declared first.
        kind if kind as u8 <= TokenKind::Yield as u8 => "KEYWORD",
        TokenKind::Name => "NAME",
        TokenKind::Number => "NUMBER",
        TokenKind::String => "STRING",
        TokenKind::Newline => "NEWLINE",
        TokenKind::Indent => "INDENT",
        TokenKind::Dedent => "DEDENT",
        TokenKind::End => "ENDMARKER",
        _ => "OP",
    }
}
