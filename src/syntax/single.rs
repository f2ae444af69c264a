//! One expression, as `eval` takes it, and one statement, as a prompt takes it.
//!
//! CPython ends the last line of a whole program with a newline where it has none, but not that of these. What it finds
//! wrong at their end then has no token to stand at, and columns of 0 or -1 tell so.

use super::ast::{Expr, ExprKind, Module, Stmt, StmtKind};
use super::builder::SourceContext;
use super::errors::{ErrorClass, Fault, FaultEnd, SyntaxError, SyntaxErrorKind};
use super::layout;
use super::parser;
use super::source::{self, Lines};
use super::tokens::{RawToken, TokenKind};

/// Parses exactly one expression into a module of one statement; `most_digits` as for [`super::parse_program`].
pub fn parse_evaluated(text: &str, most_digits: usize) -> Result<Module, SyntaxError> {
    let source = source::normalize(text)?;
    let context = SourceContext::new(&source, most_digits);
    let ended = Ended { text, source: &source, lines: &context.lines };
    let parsed = parser::evaluated(&context).and_then(|value| refuse_starred(&source, value));
    if let Some(error) = ended.indented_nothing(parsed.as_ref().err()) {
        return Err(error);
    }
    let value = parsed.map_err(|fault| ended.locate(fault))?;
    let statement = Stmt {
        range: value.range,
        height: value.height.saturating_add(1),
        kind: StmtKind::Expr { value: Box::new(value) },
    };
    Ok(Module { body: vec![statement], warnings: context.warnings.take() })
}

/// Parses one statement of a prompt, or several simple ones on a line; `most_digits` as for [`super::parse_program`].
pub fn parse_interactive(text: &str, most_digits: usize) -> Result<Module, SyntaxError> {
    let source = source::normalize(text)?;
    let context = SourceContext::new(&source, most_digits);
    let ended = Ended { text, source: &source, lines: &context.lines };
    let stream = layout::tokenize(&source);
    let simple_end = end_of_simple_line(&stream.tokens);
    if let Some(newline) = simple_end {
        let end = newline.end as usize + 1;
        let line = SourceContext::new(&source[..end.min(source.len())], most_digits);
        if let Ok(body) = parser::file(&line) {
            return match has_more(&source[end.min(source.len())..]) {
                true => Err(ended.locate(several(newline))),
                false => Ok(Module { body, warnings: line.warnings.take() }),
            };
        }
    }
    let body = parser::file(&context).map_err(|fault| ended.locate(fault))?;
    if body.is_empty() {
        let nothing = Fault::line_wide(SyntaxErrorKind::InvalidSyntax, source.len().saturating_sub(1));
        return Err(ended.indented_nothing(Some(&nothing)).unwrap_or_else(|| ended.locate(nothing)));
    }
    check_compound(&ended, &stream.tokens, &body)?;
    Ok(Module { body, warnings: context.warnings.take() })
}

/// The newline that ends the first logical line, where that holds simple statements only.
fn end_of_simple_line(tokens: &[RawToken]) -> Option<RawToken> {
    use TokenKind::*;
    let first = tokens.first()?;
    match first.kind {
        If | While | For | Try | With | Def | Class | Async | At | Match | Indent | End => Option::None,
        _ => tokens.iter().copied().find(|token| token.kind == Newline),
    }
}

/// Whether there is more than blanks and comments.
fn has_more(rest: &str) -> bool {
    rest.lines().any(|line| !line.trim_start().is_empty() && !line.trim_start().starts_with('#'))
}

fn several(newline: RawToken) -> Fault {
    let kind = SyntaxErrorKind::Text("multiple statements found while compiling a single statement");
    Fault::between(kind, newline.start as usize, newline.start as usize)
}

/// Behind a compound statement an empty line is wanted: the end stands for one, but not for that of a last line too.
fn check_compound(ended: &Ended<'_>, tokens: &[RawToken], body: &[Stmt]) -> Result<(), SyntaxError> {
    if let [_, second, ..] = body {
        let position = source::Position { line: second.range.line, column: second.range.column };
        let start = ended.lines.offset(position);
        let token = tokens.iter().find(|token| token.start as usize >= start && token.end > token.start);
        let end = token.map_or(start, |token| token.end as usize);
        return Err(ended.locate(Fault::between(SyntaxErrorKind::InvalidSyntax, start, end)));
    }
    let before_end = tokens.len().checked_sub(2).map(|index| tokens[index].kind);
    if ended.lacks_newline() && before_end == Some(TokenKind::Newline) {
        let last = ended.source.len().saturating_sub(1);
        return Err(ended.locate(Fault::line_wide(SyntaxErrorKind::InvalidSyntax, last)));
    }
    Ok(())
}

/// What `eval` takes is no list of starred expressions.
fn refuse_starred(source: &str, value: Expr) -> Result<Expr, Fault> {
    let is_starred = |expression: &Expr| matches!(expression.kind, ExprKind::Starred { .. });
    let has_starred = match &value.kind {
        ExprKind::Tuple { elts, .. } => elts.iter().any(is_starred),
        _ => is_starred(&value),
    };
    let star = if has_starred { outer_star(&layout::tokenize(source).tokens) } else { None };
    match star {
        Some(star) => {
            Err(Fault::between(SyntaxErrorKind::InvalidSyntax, star.start as usize, star.end as usize))
        }
        None => Ok(value),
    }
}

/// The first star outside brackets that an element starts with.
fn outer_star(tokens: &[RawToken]) -> Option<RawToken> {
    use TokenKind::*;
    let (mut depth, mut starts) = (0_usize, true);
    for token in tokens {
        match token.kind {
            LeftParenthesis | LeftBracket | LeftBrace => depth += 1,
            RightParenthesis | RightBracket | RightBrace => depth = depth.saturating_sub(1),
            Star if starts && depth == 0 => return Some(*token),
            _ => {}
        }
        starts = token.kind == Comma;
    }
    Option::None
}

/// A text and how it ends.
struct Ended<'a> {
    text: &'a str,
    source: &'a str,
    lines: &'a Lines,
}

impl Ended<'_> {
    fn lacks_newline(&self) -> bool {
        !self.text.ends_with(['\n', '\r'])
    }

    /// Blanks at the end of a text that would be right, or empty, without them are an indentation to CPython.
    fn indented_nothing(&self, fault: Option<&Fault>) -> Option<SyntaxError> {
        let last = self.text.rsplit(['\n', '\r']).next().unwrap_or_default();
        let is_blank = !last.is_empty() && last.bytes().all(|byte| matches!(byte, b' ' | b'\t'));
        let is_empty = fault.is_some_and(|fault| fault.end == FaultEnd::WholeLine);
        if !is_blank || fault.is_some() && !is_empty {
            return None;
        }
        let mut error = SyntaxError::without_place(SyntaxErrorKind::UnexpectedIndent);
        error.line = self.text.matches('\n').count() as u32 + 1;
        (error.end_line, error.column, error.text) = (error.line, last.len() as i32, last.to_owned());
        Some(error)
    }

    /// The error as callers see it.
    fn locate(&self, fault: Fault) -> SyntaxError {
        if !self.lacks_newline() {
            return fault.locate(self.source, self.lines);
        }
        let fault = self.after_backslash(fault);
        let (is_in_field, end, width) = (fault.field.is_some(), fault.end, self.width_at_end(&fault));
        let mut error = fault.locate(self.source, self.lines);
        let is_last = error.line as usize >= self.text.lines().count();
        if is_in_field || !is_last || error.class == ErrorClass::TooDeep {
            return error;
        }
        error.text.truncate(error.text.trim_end_matches('\n').len());
        let written = error.text.chars().count() as i32;
        match end {
            FaultEnd::WholeLine if self.text.is_empty() => (error.line, error.end_line) = (0, 0),
            FaultEnd::Token(_) if width == Some(0) => (error.column, error.end_column) = (0, 0),
            FaultEnd::At(_) if width == Some(0) && error.kind == SyntaxErrorKind::InvalidSyntax => {
                (error.column, error.end_column) = (0, 0);
            }
            FaultEnd::At(_) if width == Some(0) => (error.column, error.end_column) = (written, -1),
            FaultEnd::Unread | FaultEnd::Nowhere(-1) => error.column = error.column.min(written),
            _ => {}
        }
        error
    }

    /// A backslash that nothing follows continues no line.
    fn after_backslash(&self, fault: Fault) -> Fault {
        match fault.kind {
            SyntaxErrorKind::UnexpectedEnd if self.text.ends_with('\\') => {
                Fault::endless(SyntaxErrorKind::AfterContinuation, self.text.len().saturating_sub(1), 0)
            }
            _ => fault,
        }
    }

    /// The width that the fault has in the text itself, where it stands at its end: none, for the newline that was added
    /// and the comment before that.
    fn width_at_end(&self, fault: &Fault) -> Option<usize> {
        let rest = self.source.get(fault.start..)?;
        (rest.is_empty() || rest == "\n" || rest.starts_with('#') && rest.lines().count() == 1).then_some(0)
    }
}
