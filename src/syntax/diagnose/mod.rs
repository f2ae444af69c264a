//! After a failed parse: CPython's wording, line and caret.

use super::builder::SourceContext;
use super::errors::{Fault, SyntaxErrorKind};
use super::layout::TokenStream;

/// What was being parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    File,
    Evaluated,
    ReplacementField,
}

/// Finds the best description of a refused program.
pub fn diagnose(_context: &SourceContext<'_>, stream: &TokenStream, _entry: Entry, refused: Fault) -> Fault {
    if let Some(fault) = &stream.fault {
        if !matches!(fault.kind, SyntaxErrorKind::NeverClosed(_)) {
            return fault.clone();
        }
    }
    refused
}
