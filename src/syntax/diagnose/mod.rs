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
mod assignments;
mod atoms;
mod braces;
mod compound;
mod comprehensions;
mod cursor;
mod expressions;
mod nodes;
mod operators;
mod parameters;
mod patterns;
mod statements;
mod targets;

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
        Some(fault) if *fault == refused => return unclosed_or(refused, context),
        _ if refused.kind != SyntaxErrorKind::InvalidSyntax => return refused,
        _ => {}
    }
    let (source, lines) = (context.source, &context.lines);
    let (found, reached) = std::thread::scope(|scope| {
        let search = || search(source, lines, stream, entry, &refused);
        let thread = std::thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, search);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or((None, refused.start))
    });
    let line = |offset| lines.position(offset).line;
    let found = found.filter(|fault| !is_superseded(stream, fault));
    let chosen = match &stream.fault {
        Some(fault) if found.is_none() && fault.kind.is_raised_at_once() => fault.clone(),
        Some(fault) if is_never_closed(&fault.kind) && line(reached) > line(fault.start) => fault.clone(),
        _ => found.unwrap_or(refused),
    };
    let last = source.len().saturating_sub(1);
    let read = match chosen.kind {
        SyntaxErrorKind::NeverClosed(_) => last,
        _ => reached.min(last),
    };
    Fault { on_last_line: line(read) <= line(chosen.start), ..chosen }
}

/// CPython reads all tokens before it reports, and a fault that its tokenizer raises comes first; only
/// wrong indentation is reported without reading on.
fn is_superseded(stream: &TokenStream, found: &Fault) -> bool {
    let indentation = [SyntaxErrorKind::UnexpectedIndent, SyntaxErrorKind::UnexpectedUnindent];
    let raised = stream.fault.as_ref().is_some_and(|fault| fault.kind.is_raised_at_once());
    raised && !indentation.contains(&found.kind)
}

fn is_never_closed(kind: &SyntaxErrorKind) -> bool {
    matches!(kind, SyntaxErrorKind::NeverClosed(_))
}

/// The tokenizer's fault, which knows whether its line is the last.
fn unclosed_or(fault: Fault, context: &SourceContext<'_>) -> Fault {
    let line = |offset| context.lines.position(offset).line;
    let on_last_line = line(context.source.len().saturating_sub(1)) <= line(fault.start);
    match fault.kind {
        SyntaxErrorKind::NeverClosed(_) => Fault { on_last_line, ..fault },
        _ => fault,
    }
}

/// What the recogniser has to say, and how far it has looked.
///
/// As CPython it walks twice: first as the plain grammar does, to see where that stops, then with the rules
/// for mistakes.
fn search(
    source: &str,
    lines: &Lines,
    stream: &TokenStream,
    entry: Entry,
    refused: &Fault,
) -> (Option<Fault>, usize) {
    let mut cursor = Cursor::new(source, stream, lines);
    walk(&mut cursor, entry);
    let index = stream.tokens.partition_point(|token| (token.start as usize) < refused.start);
    let refused_end = stream.tokens.get(index).map(|token| FaultEnd::At(token.end as usize));
    // Where the search was given up, the parser knows better.
    if cursor.is_over() && refused_end == Some(refused.end) {
        cursor.stop_at(index);
    }
    let stopped = cursor.last_looked_at();
    if !cursor.is_over() {
        cursor.strict = true;
        walk(&mut cursor, entry);
    }
    let reached = cursor.last_looked_at();
    let place = stream.tokens.get(reached).map_or(0, |token| token.start as usize);
    (cursor.into_found().or_else(|| generic(source, stream, stopped, refused)), place)
}

fn walk(cursor: &mut Cursor<'_>, entry: Entry) {
    cursor.at = 0;
    match entry {
        Entry::File => cursor.file(),
        Entry::Evaluated | Entry::ReplacementField => cursor.evaluated(),
    }
}

/// The fault without a better wording.
fn generic(source: &str, stream: &TokenStream, index: usize, refused: &Fault) -> Option<Fault> {
    let token = stream.tokens.get(index)?;
    let kind = match token.kind {
        TokenKind::Indent => SyntaxErrorKind::UnexpectedIndent,
        TokenKind::Dedent => SyntaxErrorKind::UnexpectedUnindent,
        // The recogniser has accepted what a grammar action refused.
        TokenKind::End if refused.start < token.start as usize => return None,
        TokenKind::End => {
            return Some(Fault::line_wide(
                SyntaxErrorKind::InvalidSyntax,
                (token.start as usize).saturating_sub(1),
            ));
        }
        _ => {
            return Some(Fault::between(
                SyntaxErrorKind::InvalidSyntax,
                token.start as usize,
                token.end as usize,
            ));
        }
    };
    Some(cursor::at_layout(kind, source, stream, index))
}
