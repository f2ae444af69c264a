//! The built-in types, a file or a folder each. [`define_all`] completes them.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to, and where a file says why.
#![deny(unsafe_code)]

pub mod containers;
pub mod deque;
pub mod dict;
pub mod iterators;
pub mod list;
pub mod range;
pub mod set;
pub mod slice;
pub mod tuple;
pub mod weak;

use crate::runtime::{Interpreter, Outcome};

/// Completes every built-in type whose behaviour this floor knows. Bases stand before what derives from them.
pub fn define_all(cx: &Interpreter) -> Outcome<()> {
    tuple::define(cx)?;
    list::define(cx)?;
    dict::define(cx)?;
    set::define(cx)?;
    slice::define(cx)?;
    range::define(cx)?;
    iterators::define(cx)?;
    deque::define(cx)?;
    weak::define(cx)?;
    Ok(())
}
