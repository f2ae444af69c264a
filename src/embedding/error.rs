//! Errors as Rust values.

use crate::modules::traceback_text::{self, Chain};
use crate::object::ObjectRef;
use crate::runtime::interpreter::StartError;
use crate::runtime::{AsException, Interpreter, Raised, Typed};

/// Why a call into an interpreter failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no memory or no address range for an interpreter.
    #[error("no interpreter: {0}")]
    Start(String),
    /// The program raised an exception and did not handle it.
    #[error(transparent)]
    Exception(#[from] Exception),
    /// The program asked to exit (`sys.exit`); what this means is up to the embedding program.
    #[error("the program exits with status {0}")]
    Exit(i32),
    /// A value has not the form that was asked for.
    #[error("expected {expected}, found {found}")]
    Conversion {
        /// What was asked for.
        expected: &'static str,
        /// What was there.
        found: String,
    },
    /// The handle belongs to another interpreter.
    #[error("the object belongs to another interpreter")]
    Foreign,
    /// The interpreter of the handle has been dropped.
    #[error("the interpreter has ended")]
    Ended,
}

/// An exception of Python.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}{}{message}", if message.is_empty() { "" } else { ": " })]
pub struct Exception {
    /// The name of its type, such as `ValueError`.
    pub kind: String,
    /// Its text.
    pub message: String,
    /// What Python would print, traceback and chain included. Empty where the exception was made in Rust.
    pub traceback: String,
}

impl Error {
    /// An exception for Python to see, from a function written in Rust: `Error::raise("ValueError", "too large")`.
    /// A name that is no built-in exception becomes `RuntimeError`.
    pub fn raise(kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Exception(Exception { kind: kind.into(), message: message.into(), traceback: String::new() })
    }

    /// The exception on its way.
    pub(super) fn taken(cx: &Interpreter) -> Self {
        let exception = cx.take_exception();
        if exception.is_instance(&cx.types.system_exit) {
            return Self::Exit(status(cx, &exception));
        }
        let traceback = traceback_text::render(cx, &exception, Chain::Whole);
        Self::Exception(Exception { kind: exception.type_name(), message: cx.display(&exception), traceback })
    }

    /// Raises this in Python.
    pub(super) fn raise_in(self, cx: &Interpreter) -> Raised {
        match self {
            Self::Exception(exception) => raise_named(cx, &exception),
            Self::Exit(status) => {
                let made = cx
                    .new_int(i64::from(status))
                    .and_then(|status| cx.call(&cx.types.system_exit, &[status]));
                made.map_or_else(|raised| raised, |exit| cx.raise(exit))
            }
            Self::Conversion { .. } => cx.type_error(self),
            Self::Foreign => cx.value_error(self),
            Self::Start(_) | Self::Ended => cx.runtime_error(self),
        }
    }
}

impl From<StartError> for Error {
    fn from(error: StartError) -> Self {
        Self::Start(error.to_string())
    }
}

/// The status that a SystemExit asks for: 1 for anything that is no number.
fn status(cx: &Interpreter, exception: &ObjectRef) -> i32 {
    let code = exception.as_exception().filter(|it| it.extra_count() > 0).and_then(|it| it.extra(0).get());
    match code {
        None => 0,
        Some(code) if cx.is_none(&code) => 0,
        Some(code) => code.as_int().and_then(|code| code.to_i64()).map_or(1, |code| code as i32),
    }
}

fn raise_named(cx: &Interpreter, exception: &Exception) -> Raised {
    let found = cx.dict_get_str(&cx.builtins, &exception.kind).ok().flatten();
    let kind = found.as_ref().and_then(|found| found.as_type());
    match kind.filter(|kind| kind.is_subtype(&cx.types.base_exception)) {
        Some(kind) => {
            let made = cx.new_text(&exception.message).and_then(|message| cx.call(kind, &[message]));
            made.map_or_else(|raised| raised, |made| cx.raise(made))
        }
        None => cx.runtime_error(exception),
    }
}
