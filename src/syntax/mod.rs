//! From text to syntax tree.
//!
//! ```text
//! bytes --source--> text --tokens--> flat tokens --layout--> token stream --grammar--> tree
//!                                                                 |          builder, strings, fstrings
//!                                                                 +--diagnose--> SyntaxError
//! ```
//!
//! [`decode`] turns a file's bytes into text; [`parse_module`], [`parse_expression`] and
//! [`parse_interactive`] turn text into the tree of [`ast`], which is CPython's; [`is_incomplete`] tells a
//! prompt whether more lines are needed. What is wrong with a program is a [`SyntaxError`], with CPython
//! 3.11's wording, line, columns and class. Errors that need scopes (`'return' outside function`,
//! duplicate arguments, starred expressions that stand alone) are the compiler's.
//!
//! Invariant: no text makes this floor panic or recurse deeper than [`ast::MAXIMUM_HEIGHT`] allows.

#![forbid(unsafe_code)]

pub mod ast;
mod builder;
pub mod classes;
mod diagnose;
pub mod dump;
mod errors;
mod fstrings;
mod layout;
mod names;
mod numbers;
mod parser;
mod single;
mod source;
mod strings;
mod token_dump;
mod tokens;

use ast::{Expr, Module, Stmt, StmtKind};
use builder::SourceContext;
pub use errors::{ErrorClass, SyntaxError, SyntaxErrorKind};
pub use numbers::DEFAULT_MOST_DIGITS;
pub use single::{parse_evaluated, parse_interactive};
pub use source::{declares_encoding, decode, decode_undeclared, foreign_encoding};
pub use token_dump::dump_tokens;

/// Parses a whole program.
pub fn parse_module(text: &str) -> Result<Module, SyntaxError> {
    parse_program(text, DEFAULT_MOST_DIGITS)
}

/// Parses a whole program whose decimal integers have at most so many digits; 0 is no limit.
pub fn parse_program(text: &str, most_digits: usize) -> Result<Module, SyntaxError> {
    let source = source::normalize(text)?;
    let context = SourceContext::new(&source, most_digits);
    match parser::file(&context) {
        Ok(body) => Ok(Module { body, warnings: context.warnings.take() }),
        Err(fault) => Err(fault.locate(&source, &context.lines)),
    }
}

/// Parses one expression, as `eval` does. Blanks before it are skipped.
pub fn parse_expression(text: &str) -> Result<Expr, SyntaxError> {
    let mut module = single::parse_evaluated(text.trim_start_matches([' ', '\t']), DEFAULT_MOST_DIGITS)?;
    match module.body.pop().map(|statement| statement.kind) {
        Some(StmtKind::Expr { value }) => Ok(*value),
        _ => Err(SyntaxError::without_place(SyntaxErrorKind::InvalidSyntax)),
    }
}

fn is_compound(statement: &Stmt) -> bool {
    use StmtKind::*;
    matches!(
        statement.kind,
        FunctionDef(_)
            | AsyncFunctionDef(_)
            | ClassDef(_)
            | For(_)
            | AsyncFor(_)
            | While { .. }
            | If { .. }
            | With(_)
            | AsyncWith(_)
            | Match { .. }
            | Try(_)
            | TryStar(_)
    )
}

/// Whether the lines typed so far, joined by newlines, ask for more: a bracket, a string or a block is
/// open. A block is closed by a blank line.
pub fn is_incomplete(text: &str) -> bool {
    let blank_line = text.rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
    match parse_module(text) {
        Ok(module) => !blank_line && module.body.last().is_some_and(is_compound),
        Err(error) => match error.kind {
            SyntaxErrorKind::NeverClosed(_)
            | SyntaxErrorKind::UnterminatedTripleQuoted { .. }
            | SyntaxErrorKind::UnexpectedEnd => true,
            // The block, the decorated definition or the `except` would stand on the next line.
            _ => !blank_line && error.line as usize >= text.lines().count() && ends_open(text),
        },
    }
}

/// Whether the last line opens a block, or decorates, or belongs to a `try` without handlers.
fn ends_open(text: &str) -> bool {
    let more = parse_module(&format!("{}\npass_\n", text.trim_end()));
    match more {
        Ok(_) => true,
        Err(error) => {
            let added = text.trim_end().lines().count() + 1;
            error.line as usize >= added
        }
    }
}
