//! Modules: a file each. Native ones make their module object on first import; those best written in Python stand as
//! text in `python/` and are compiled when a program imports them.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to, and calls of C in `platform`
#![deny(unsafe_code)]

pub mod builtins;
pub mod finalize;
pub mod gc;
pub mod import;
pub mod io;
pub mod math;
pub mod platform;
pub mod source;
pub mod support;
pub mod sys;
pub mod traceback_text;
#[cfg(test)]
mod tests;
pub mod time;
pub mod weakref;

use crate::object::ObjectRef;
use crate::runtime::{Interpreter, Outcome};

/// Makes a native module.
pub type Maker = fn(&Interpreter) -> Outcome;

/// The native modules and how each is made.
pub static BUILTIN: &[(&str, Maker)] = &[
    ("_io", io::make),
    ("_weakref", weakref::make),
    ("gc", gc::make),
    ("math", math::make),
    ("time", time::make),
];

/// The modules written in Python, by name.
pub static EMBEDDED: &[(&str, &str)] =
    &[("_weakrefset", include_str!("python/_weakrefset.py")), ("weakref", include_str!("python/weakref.py"))];

/// What `sys` needs to know of the command line.
#[derive(Clone, Debug, Default)]
pub struct Startup {
    /// `sys.argv`
    pub arguments: Vec<String>,
    /// The first entry of `sys.path`.
    pub program_folder: String,
}

/// Completes a bare interpreter: types, builtins, sys with its streams, the collector.
pub fn install(cx: &Interpreter, startup: &Startup) -> Outcome<()> {
    crate::types::define_all(cx)?;
    crate::vm::types::define_all(cx)?;
    io::text_file::define(cx)?;
    builtins::install(cx)?;
    sys::install(cx, startup)?;
    gc::install(cx);
    sys::install_structures(cx)?;
    builtins::install_site(cx)
}

/// Hands an exception that reached the top to `sys.excepthook`.
pub fn report_uncaught(cx: &Interpreter, exception: &ObjectRef) {
    sys::report_uncaught(cx, exception);
}

/// Writes out what waits in the standard streams; failures are left for the end.
pub fn flush_standard_streams(cx: &Interpreter) {
    finalize::flush(cx);
}

/// Asks for the exit status of a process that an interrupt has killed.
pub fn die_by_interrupt_at_exit(cx: &Interpreter) {
    cx.extension::<sys::Finalizing>().by_interrupt.set(true);
}
