//! Modules: a file each. Native ones make their module object on first import; those best written in Python stand as
//! text in `python/` and are compiled when a program imports them.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to, and calls of C in `interrupts`, `platform` and `io::inherited`
#![deny(unsafe_code)]

pub mod abstract_classes;
pub mod array;
pub mod bisections;
pub mod builtins;
pub mod cmath;
pub mod collections;
pub mod embedded;
pub mod errno;
pub mod finalize;
pub mod functools;
pub mod gc;
pub mod glass;
pub mod heaps;
pub mod import;
pub mod interrupts;
pub mod io;
pub mod lessons;
pub mod math;
pub mod operators;
pub mod platform;
pub mod posix;
pub mod source;
pub mod startup;
pub mod structs;
pub mod support;
pub mod sys;
#[cfg(test)]
mod tests;
pub mod time;
pub mod traceback_text;
pub mod tracemalloc;
pub mod weakref;

pub use embedded::EMBEDDED;

use crate::runtime::{Interpreter, Outcome};
use crate::types::module::new_module_with;

/// Makes a native module.
pub type Maker = fn(&Interpreter) -> Outcome;

/// The native modules and how each is made. `builtins` and `sys` are there from the start: they are made once more where a
/// program has taken them out of `sys.modules`.
pub static BUILTIN: &[(&str, Maker)] = &[
    ("_abc", abstract_classes::make),
    ("_bisect", bisections::make),
    ("_collections", collections::make),
    ("_functools", functools::make),
    ("_heapq", heaps::make),
    ("_io", io::make),
    ("_operator", operators::make),
    ("_struct", structs::make),
    ("_traceback", traceback_text::make),
    ("_tracemalloc", tracemalloc::make),
    ("_weakref", weakref::make),
    ("array", array::make),
    ("builtins", |cx| Ok(new_module_with(cx, "builtins", cx.builtins.clone())?.into_object())),
    ("cmath", cmath::make),
    ("errno", errno::make),
    ("gc", gc::make),
    ("glass", glass::make),
    ("math", math::make),
    ("posix", posix::make),
    ("sys", |cx| Ok(new_module_with(cx, "sys", cx.sys.clone())?.into_object())),
    ("time", time::make),
];

/// Completes a bare interpreter: types, then modules.
pub fn complete(cx: &Interpreter) -> Outcome<()> {
    crate::types::define_all(cx)?;
    crate::vm::types::define_all(cx)?;
    install(cx)
}

/// Makes everything that every program finds: builtins, sys with its streams, the collector. Types are complete before.
pub fn install(cx: &Interpreter) -> Outcome<()> {
    io::text_file::define(cx)?;
    glass::define(cx)?;
    builtins::install(cx)?;
    sys::install(cx)?;
    gc::install(cx)?;
    sys::install_structures(cx)?;
    builtins::site::install(cx)?;
    crate::gc::settle(&cx.space);
    finalize::remember_names(cx);
    keep_lists_ready(cx)
}

/// The first lists of a program find blocks of dead ones, as they do in CPython, whose start leaves that many.
fn keep_lists_ready(cx: &Interpreter) -> Outcome<()> {
    let lists: Vec<_> =
        (0..crate::object::Recycled::MOST).map(|_| cx.new_list(Vec::new())).collect::<Outcome<_>>()?;
    drop(lists);
    Ok(())
}
