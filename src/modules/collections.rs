//! `_collections`: the native part of `collections`.

use super::support::{new_module, set};
use crate::runtime::{Interpreter, Outcome};

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "_collections", &[], "Containers that are written in Rust.")?;
    set(cx, &module, "deque", cx.types.deque.as_object().clone())?;
    set(cx, &module, "_deque_iterator", cx.types.deque_iterator.as_object().clone())?;
    set(cx, &module, "_deque_reverse_iterator", cx.types.deque_reverse_iterator.as_object().clone())?;
    Ok(module)
}
