//! From syntax tree to bytecode.
//!
//! ```text
//! tree ── scopes ──► who owns each name, which constants fold
//!   └──── code generation (with both) ──► emitter ──► peephole ──► CodeUnit
//! ```
//!
//! The scope pass comes first, so that the number of locals, and with it the first temporary's register, is known
//! before the first instruction. Code is emitted once, front to back; jumps are patched when their label is bound.
//!
//! Invariants:
//! - Temporaries obey strict stack discipline: operands that an instruction consumes are the topmost ones.
//! - Every instruction knows the number of owned temporaries before it ([`crate::bytecode::verify`] checks it).
//! - A local register is read in place only when it is surely bound and nothing between its evaluation and its
//!   use can run user code.
#![forbid(unsafe_code)]

mod assignments;
mod asynchronous;
mod blocks;
mod calls;
mod comprehensions;
mod conditions;
mod constants;
mod displays;
mod emitter;
mod exception_groups;
mod expressions;
mod fold;
mod functions;
mod generator;
mod handlers;
mod imports;
mod joined_text;
mod names;
mod operands;
mod patterns;
mod peephole;
mod percent;
pub mod scopes;
mod statements;
mod unparse;
mod warnings;
mod with;

use crate::bytecode::CodeUnit;
use crate::syntax::ast;

/// What kind of text the tree was parsed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A file.
    Module,
    /// One expression, whose value the code returns.
    Expression,
    /// Statements typed at a prompt: values of expression statements are shown.
    Interactive,
}

/// Choices of the command line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// `-O`: no assertions, and `__debug__` is false.
    pub optimize: bool,
    /// The constants of two top-level statements of a script are different objects.
    pub course_constants: bool,
    /// A list of three constants or more is filled from a tuple, which leaves it room as in CPython.
    pub constant_lists: bool,
    /// The functions stand for ones that are in C in CPython.
    pub stands_for_native: bool,
}

/// The Python class of a compilation error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// `SyntaxError`
    Syntax,
    /// `SyntaxError` of the scopes and of `__future__`: its arguments are the message alone
    Scope,
    /// `SystemError`: a limit of the code format
    System,
}

/// A program that parses but cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CompileError {
    /// The class of the exception.
    pub class: ErrorClass,
    /// Its text.
    pub message: String,
    /// What the caret points at.
    pub range: ast::Range,
}

impl CompileError {
    fn syntax(message: impl Into<String>, range: ast::Range) -> Self {
        Self { class: ErrorClass::Syntax, message: message.into(), range }
    }

    fn scope(message: impl Into<String>, range: ast::Range) -> Self {
        Self { class: ErrorClass::Scope, message: message.into(), range }
    }

    fn limit(message: impl Into<String>, range: ast::Range) -> Self {
        Self { class: ErrorClass::System, message: message.into(), range }
    }
}

/// A SyntaxWarning: the program compiles, but probably means something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its text.
    pub message: String,
    /// What it is reported for.
    pub range: ast::Range,
}

/// Either what was asked for or the reason why not.
type Outcome<T = ()> = Result<T, CompileError>;

/// Compiles a whole tree.
pub fn compile_module(
    module: &ast::Module,
    file_name: &str,
    mode: Mode,
    options: Options,
) -> Result<CodeUnit, CompileError> {
    compile_with_warnings(module, file_name, mode, options).map(|(unit, _)| unit)
}

/// Compiles a whole tree and collects the warnings, in the order of the code.
pub fn compile_with_warnings(
    module: &ast::Module,
    file_name: &str,
    mode: Mode,
    options: Options,
) -> Result<(CodeUnit, Vec<Warning>), CompileError> {
    let scopes = scopes::ScopeTable::of(module, options)?;
    let (unit, warnings) = generator::Generator::new(&scopes, file_name, mode, options).module(module)?;
    #[cfg(debug_assertions)]
    if let Err(fault) = crate::bytecode::verify(&unit) {
        panic!("the compiler broke its own law: {fault}");
    }
    Ok((unit, warnings))
}
