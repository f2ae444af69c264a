//! Source files: from bytes to text, and from byte offsets to lines and columns.
//!
//! The parser reads text whose lines end in `\n`, the last one too, and that holds no null character.
//! [`normalize`] makes it so; [`decode`] finds the encoding first (byte order mark, coding cookie, UTF-8).

use std::borrow::Cow;

use super::ast::Range;
use super::errors::{SyntaxError, SyntaxErrorKind};

/// Decodes a file's bytes. `file` is the name that the error about a missing declaration cites.
pub fn decode(bytes: &[u8], file: &str) -> Result<String, SyntaxError> {
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf");
    let body = marked.unwrap_or(bytes);
    let cookie = coding_cookie(body);
    let name = cookie.as_deref().map(normal_encoding);
    match name.as_deref() {
        None | Some("utf-8") => decode_utf8(body, file, cookie.is_some() || marked.is_some()),
        Some(other) if marked.is_some() => Err(problem(format!("{other} with BOM"))),
        Some("iso-8859-1") => Ok(body.iter().copied().map(char::from).collect()),
        Some(other) => Err(problem(other.to_owned())),
    }
}

fn problem(name: String) -> SyntaxError {
    SyntaxError::without_place(SyntaxErrorKind::EncodingProblem(name))
}

fn decode_utf8(body: &[u8], file: &str, declared: bool) -> Result<String, SyntaxError> {
    let fault = match std::str::from_utf8(body) {
        Ok(text) => return Ok(text.to_owned()),
        Err(fault) => fault,
    };
    let at = fault.valid_up_to();
    let byte = body.get(at).copied().unwrap_or(0);
    let line = memchr::memchr_iter(b'\n', &body[..at]).count() as u32 + 1;
    if !declared {
        let kind = SyntaxErrorKind::NotUtf8 { byte, file: file.to_owned(), line };
        return Err(SyntaxError::without_place(kind));
    }
    let reason = match fault.error_len() {
        None => "unexpected end of data",
        Some(_) if matches!(byte, 0xc2..=0xf4) => "invalid continuation byte",
        Some(_) => "invalid start byte",
    };
    let start = memchr::memrchr(b'\n', &body[..at]).map_or(0, |newline| newline + 1);
    let end = memchr::memchr(b'\n', &body[at..]).map_or(body.len(), |length| at + length);
    let column = String::from_utf8_lossy(&body[start..at]).chars().count() as i32 + 1;
    let kind = SyntaxErrorKind::Undecodable { byte, position: 0, reason };
    let text = String::from_utf8_lossy(&body[start..end]).into_owned();
    Err(SyntaxError {
        line,
        column,
        end_line: line,
        end_column: column,
        text,
        ..SyntaxError::without_place(kind)
    })
}

/// Decodes UTF-8 that needs no declaration; what is wrong with it is told as if there were one.
pub fn decode_undeclared(bytes: &[u8], file: &str) -> Result<String, SyntaxError> {
    decode_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), file, true)
}

/// Whether the bytes name an encoding.
pub fn declares_encoding(bytes: &[u8]) -> bool {
    coding_cookie(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).is_some()
}

/// The name of the encoding that the bytes declare, where it is none that [`decode`] knows.
pub fn foreign_encoding(bytes: &[u8]) -> Option<String> {
    let is_marked = bytes.starts_with(b"\xef\xbb\xbf");
    let name = coding_cookie(bytes).filter(|_| !is_marked)?;
    let known = ["utf-8", "iso-8859-1"].contains(&normal_encoding(&name).as_str());
    (!known).then_some(name)
}

/// The encoding that a comment in the first two lines declares (`# -*- coding: latin-1 -*-`).
fn coding_cookie(body: &[u8]) -> Option<String> {
    for line in body.split(|byte| *byte == b'\n').take(2) {
        let comment = line.trim_ascii_start();
        if let Some(name) = comment.strip_prefix(b"#").and_then(cookie_in_comment) {
            return Some(name);
        }
        if !comment.is_empty() && !comment.starts_with(b"#") {
            return None;
        }
    }
    None
}

/// The name behind `coding:` or `coding=`.
fn cookie_in_comment(comment: &[u8]) -> Option<String> {
    let mut rest = comment;
    while let Some(at) = memchr::memmem::find(rest, b"coding") {
        rest = &rest[at + 6..];
        if matches!(rest.first(), Some(b':' | b'=')) {
            let name: String = rest[1..]
                .trim_ascii_start()
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
                .copied()
                .map(char::from)
                .collect();
            return Some(name).filter(|name| !name.is_empty());
        }
    }
    None
}

/// CPython's spelling of the encodings that have several names.
fn normal_encoding(name: &str) -> String {
    let lowered = name.to_ascii_lowercase().replace('_', "-");
    let is_or_extends = |prefix: &str| {
        lowered.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    if is_or_extends("utf-8") || lowered == "utf8" {
        "utf-8".to_owned()
    } else if ["latin-1", "iso-8859-1", "iso-latin-1"].into_iter().any(is_or_extends) || lowered == "latin1" {
        "iso-8859-1".to_owned()
    } else if lowered == "us-ascii" {
        "ascii".to_owned()
    } else {
        name.to_owned()
    }
}

/// Text as the parser wants it: lines end in `\n`, also the last.
pub fn normalize(text: &str) -> Result<Cow<'_, str>, SyntaxError> {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(SyntaxError::without_place(SyntaxErrorKind::NullBytes));
    }
    if text.len() > (u32::MAX / 2) as usize {
        return Err(SyntaxError::without_place(SyntaxErrorKind::TooLong));
    }
    let carriage_returns = memchr::memchr(b'\r', text.as_bytes()).is_some();
    if !carriage_returns && (text.is_empty() || text.ends_with('\n')) {
        return Ok(Cow::Borrowed(text));
    }
    let mut owned =
        if carriage_returns { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    if !owned.ends_with('\n') {
        owned.push('\n');
    }
    Ok(Cow::Owned(owned))
}

/// Where the lines of a source start.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

/// A line (from 1) and a column in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Lines {
    /// Finds the beginnings of the lines.
    pub fn new(source: &str) -> Self {
        let newlines = memchr::memchr_iter(b'\n', source.as_bytes());
        let starts = std::iter::once(0).chain(newlines.map(|at| at as u32 + 1)).collect();
        Lines { starts }
    }

    /// The line of a byte offset, from 0.
    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// Line and column of an offset.
    pub fn position(&self, offset: usize) -> Position {
        let index = self.index(offset);
        let start = self.starts[index] as usize;
        Position { line: index as u32 + 1, column: (offset - start) as u32 }
    }

    /// The byte offset of a position of this source.
    pub fn offset(&self, position: Position) -> usize {
        let index = (position.line as usize).saturating_sub(1).min(self.starts.len() - 1);
        self.starts[index] as usize + position.column as usize
    }

    /// The line from 1 and the column in characters from 0.
    pub fn character_position(&self, source: &str, offset: usize) -> (u32, usize) {
        let offset = offset.min(source.len());
        let index = self.index(offset);
        let start = self.starts[index] as usize;
        let before = &source.as_bytes()[start..offset];
        // Every character has exactly one byte that is no continuation byte.
        (index as u32 + 1, before.iter().filter(|byte| **byte & 0xc0 != 0x80).count())
    }

    /// The text of a line without its newline.
    pub fn text<'source>(&self, source: &'source str, line: u32) -> &'source str {
        let index = (line as usize).saturating_sub(1);
        let start = self.starts.get(index).map_or(source.len(), |start| *start as usize);
        let end = self.starts.get(index + 1).map_or(source.len(), |next| *next as usize);
        source[start..end].trim_end_matches('\n')
    }
}

/// The range between two positions.
pub fn range(start: Position, end: Position) -> Range {
    Range { line: start.line, end_line: end.line, column: start.column, end_column: end.column }
}
