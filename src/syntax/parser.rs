//! The generated parser's only caller: feeds it tokens, and asks for a diagnosis when it refuses.

use super::ast::{Expr, Stmt};
use super::builder::{Builder, Refusal, SourceContext};
use super::diagnose::{self, Entry};
use super::errors::{Fault, SyntaxErrorKind};
use super::layout::{self, TokenStream};
use super::numbers;
use super::tokens::TokenKind;

#[allow(clippy::all, clippy::pedantic, unused, missing_docs)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/python.rs"));
}

/// Parses a file.
pub fn file(context: &SourceContext<'_>) -> Result<Vec<Stmt>, Fault> {
    let stream = layout::tokenize(context.source);
    warn_of_numbers(context, &stream);
    let builder = Builder::new(context, &stream.tokens);
    let parsed = generated::FileParser::new().parse(&builder, spanned(&stream));
    parsed.map_err(|refusal| explain(&builder, &stream, Entry::File, refusal))
}

/// Parses what `eval` takes.
pub fn evaluated(context: &SourceContext<'_>) -> Result<Expr, Fault> {
    let stream = layout::tokenize(context.source);
    warn_of_numbers(context, &stream);
    let builder = Builder::new(context, &stream.tokens);
    let parsed = generated::EvaluatedParser::new().parse(&builder, spanned(&stream));
    parsed.map_err(|refusal| explain(&builder, &stream, Entry::Evaluated, refusal))
}

/// Parses the expression of an f-string's field, `source[start..end]`.
pub fn replacement_field(context: &SourceContext<'_>, start: usize, end: usize) -> Result<Expr, Fault> {
    let stream = layout::tokenize_replacement_field(context.source, start, end);
    warn_of_numbers(context, &stream);
    let builder = Builder::new(context, &stream.tokens);
    let parsed = generated::ReplacementFieldParser::new().parse(&builder, spanned(&stream));
    parsed.map_err(|refusal| explain(&builder, &stream, Entry::ReplacementField, refusal))
}

/// A keyword right behind a number reads like a part of it.
fn warn_of_numbers(context: &SourceContext<'_>, stream: &TokenStream) {
    for token in &stream.run_on_numbers {
        let text = &context.source[token.start as usize..token.end as usize];
        let literal = numbers::kind(text);
        context.warn(token.start, token.end, false, format!("invalid {literal} literal"));
    }
}

type Spanned = Result<(u32, TokenKind, u32), Box<Fault>>;

/// The stream as the parser reads it; a fault comes when everything before it has been read.
fn spanned(stream: &TokenStream) -> impl Iterator<Item = Spanned> + '_ {
    let tokens = stream.tokens.iter().map(|token| Ok((token.start, token.kind, token.end)));
    tokens.chain(stream.fault.iter().map(|fault| Err(Box::new(fault.clone()))))
}

/// Chooses what to report. A fault of the tokenizer comes first, wherever it is, as in CPython.
fn explain(builder: &Builder<'_>, stream: &TokenStream, entry: Entry, refusal: Refusal) -> Fault {
    let refused = match refusal {
        Refusal::User { error } => *error,
        Refusal::UnrecognizedToken { token: (start, _, end), .. }
        | Refusal::ExtraToken { token: (start, _, end) } => {
            Fault::between(SyntaxErrorKind::InvalidSyntax, start as usize, end as usize)
        }
        Refusal::InvalidToken { location } | Refusal::UnrecognizedEof { location, .. } => {
            Fault::between(SyntaxErrorKind::InvalidSyntax, location as usize, location as usize)
        }
    };
    if matches!(refused.kind, SyntaxErrorKind::TooDeep) {
        return refused;
    }
    let refused = fault_before(builder, stream, refused.start).unwrap_or(refused);
    diagnose::diagnose(builder.context, stream, entry, refused)
}

/// A fault in the strings right before the refused token: the parser has not built them when it stops, but
/// CPython has.
fn fault_before(builder: &Builder<'_>, stream: &TokenStream, refused: usize) -> Option<Fault> {
    let count = stream.tokens.partition_point(|token| (token.start as usize) < refused);
    if count == stream.tokens.len() {
        // The tokenizer's fault stands right behind, where the next string was looked for.
        return None;
    }
    let before = &stream.tokens[..count];
    let others =
        before.iter().rposition(|token| token.kind != TokenKind::String).map_or(0, |index| index + 1);
    let strings: Vec<_> = before[others..].iter().map(|token| (token.start, token.end)).collect();
    let (first, last) = (strings.first()?, strings.last()?);
    match builder.strings(first.0, &strings, last.1) {
        Err(Refusal::User { error }) => Some(*error),
        _ => None,
    }
}
