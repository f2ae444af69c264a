//! Modules: a file each. Native ones make their module object on first import; those best written in Python stand as
//! text in `python/` and are compiled when a program imports them.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod gc;
pub mod support;
#[cfg(test)]
mod tests;
pub mod weakref;

use crate::runtime::{Interpreter, Outcome};

/// Makes a native module.
pub type Maker = fn(&Interpreter) -> Outcome;

/// The native modules and how each is made.
pub static BUILTIN: &[(&str, Maker)] = &[("_weakref", weakref::make), ("gc", gc::make)];

/// The modules written in Python, by name.
pub static EMBEDDED: &[(&str, &str)] =
    &[("_weakrefset", include_str!("python/_weakrefset.py")), ("weakref", include_str!("python/weakref.py"))];
