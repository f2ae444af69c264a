//! The built-in types, a file or a folder each. [`define_all`] completes them.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to, and where a file says why.
#![deny(unsafe_code)]

pub mod array;
pub mod binary;
pub mod boolean;
pub mod coding;
pub mod complex;
pub mod containers;
pub mod deque;
pub mod descriptors;
pub mod dict;
pub mod exceptions;
pub mod float;
pub mod int;
pub mod iterators;
pub mod list;
pub mod module;
pub mod number_text;
pub mod object;
pub mod range;
pub mod reduce;
pub mod set;
pub mod singletons;
pub mod slice;
pub mod super_;
pub mod support;
pub mod text;
pub mod tuple;
pub mod type_type;
pub mod weak;

use crate::runtime::{Interpreter, Outcome, TypeFlags};

/// Completes every built-in type whose behaviour this floor knows. Bases stand before what derives from them.
pub fn define_all(cx: &Interpreter) -> Outcome<()> {
    object::define(cx)?;
    type_type::define(cx)?;
    singletons::define(cx)?;
    descriptors::define(cx)?;
    super_::define(cx)?;
    module::define(cx)?;
    exceptions::define(cx)?;
    int::define(cx)?;
    boolean::define(cx)?;
    float::define(cx)?;
    complex::define(cx)?;
    text::define(cx)?;
    binary::define(cx)?;
    tuple::define(cx)?;
    list::define(cx)?;
    dict::define(cx)?;
    set::define(cx)?;
    slice::define(cx)?;
    range::define(cx)?;
    iterators::define(cx)?;
    deque::define(cx)?;
    weak::define(cx)?;
    mark_direct_calls(cx);
    cx.complete_shared_wrappers()?;
    cx.prepare_subclass_tables()
}

/// The types whose call CPython counts as it counts a function's.
fn mark_direct_calls(cx: &Interpreter) {
    let types = &cx.types;
    for kind in [
        &types.list,
        &types.tuple,
        &types.set,
        &types.frozenset,
        &types.dict,
        &types.float,
        &types.bool,
        &types.enumerate,
        &types.reversed,
        &types.range,
        &types.map,
        &types.filter,
    ] {
        kind.flags.set(kind.flags.get() | TypeFlags::DIRECT_CALL);
    }
}

#[cfg(test)]
mod tests;
