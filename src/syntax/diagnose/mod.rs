//! After a failed parse: CPython's wording, line and caret.
//!
//! CPython parses a wrong program a second time, with rules that match typical mistakes. So does this
//! module: a hand-written recogniser walks over the tokens by recursive descent with backtracking, in the
//! order in which CPython tries its rules, and stops at the first mistake that it knows. It makes no tree,
//! only [`nodes`] that say what kind of expression stands where. If it knows no mistake, the program is
//! "invalid syntax" at the token where the parser stopped.
//!
//! Invariants: once a fault is found every further look at a token fails, so that the search unwinds at
//! once; work and depth are bounded, and a program beyond the bounds gets the plain message.

mod arguments;
mod cursor;
mod expressions;
mod nodes;
mod parameters;
mod patterns;
mod statements;

use super::builder::SourceContext;
use super::errors::{Fault, FaultEnd, SyntaxErrorKind};
use super::layout::TokenStream;
use super::source::Lines;
use super::tokens::TokenKind;
use cursor::Cursor;

/// The recogniser's own stack: it recurses deeper than an embedder's thread may allow.
const STACK_SIZE: usize = 64 << 20;

/// What was being parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    File,
    Evaluated,
    ReplacementField,
}

/// Finds the best description of a refused program. `refused` is where the parser stopped, or a fault that
/// a grammar action has worded already.
pub fn diagnose(context: &SourceContext<'_>, stream: &TokenStream, entry: Entry, refused: Fault) -> Fault {
    match &stream.fault {
        Some(fault) if *fault == refused => return refused,
        // CPython reads all tokens before it reports, and a fault among them comes first.
        Some(fault) if !matches!(fault.kind, SyntaxErrorKind::NeverClosed(_)) => return fault.clone(),
        _ if refused.kind != SyntaxErrorKind::InvalidSyntax => return refused,
        _ => {}
    }
    let (source, lines) = (context.source, &context.lines);
    let (found, reached) = std::thread::scope(|scope| {
        let search = || search(source, lines, stream, entry, &refused);
        let thread = std::thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, search);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or((None, refused.start))
    });
    let fault = found.unwrap_or_else(|| generic(source, lines, stream, refused));
    match &stream.fault {
        Some(unclosed) if lines.position(reached).line > lines.position(unclosed.start).line => {
            unclosed.clone()
        }
        _ => fault,
    }
}

/// The known mistake, if any, and how far the recogniser has looked.
fn search(
    source: &str,
    lines: &Lines,
    stream: &TokenStream,
    entry: Entry,
    refused: &Fault,
) -> (Option<Fault>, usize) {
    let mut cursor = Cursor::new(source, lines, stream, refused.start);
    match entry {
        Entry::File => cursor.file(),
        Entry::Evaluated | Entry::ReplacementField => cursor.evaluated(),
    }
    let reached = cursor.last_looked_at().start as usize;
    (cursor.into_found(), reached)
}

/// The fault without a better wording.
fn generic(source: &str, lines: &Lines, stream: &TokenStream, refused: Fault) -> Fault {
    let index = stream.tokens.partition_point(|token| (token.start as usize) < refused.start);
    let kind = stream.tokens.get(index).map(|token| token.kind);
    let at_token =
        stream.tokens.get(index).is_some_and(|token| FaultEnd::At(token.end as usize) == refused.end);
    match kind {
        Some(TokenKind::Indent) if at_token => {
            cursor::at_layout(SyntaxErrorKind::UnexpectedIndent, source, lines, stream, index)
        }
        Some(TokenKind::Dedent) if at_token => {
            cursor::at_layout(SyntaxErrorKind::UnexpectedUnindent, source, lines, stream, index)
        }
        _ => refused,
    }
}
