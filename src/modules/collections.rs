//! `_collections`: the native part of `collections`.

use super::support::{new_module, set};
use crate::object::Object;
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome, TypeFlags, Typed};

static FUNCTIONS: &[NativeMethod] = &[NativeMethod::new(
    "_named_in_full",
    NativeCode::One(named_in_full),
    "($module, class, /)",
    "Let messages name the module of the class; returns the class.",
)];

/// Modules whose classes are native in CPython.
const MODULES: &[&str] = &["collections", "functools", "itertools"];

fn named_in_full(cx: &Interpreter, _: &Object, class: &Object) -> Outcome {
    let module = cx.get_attribute_text(class, &cx.names.module)?;
    let module = cx.display(&module);
    if let (Some(kind), Some(module)) = (class.as_type(), MODULES.iter().find(|known| **known == module)) {
        kind.module_name.set(module);
        kind.flags.set(kind.flags.get() | TypeFlags::FULL_NAME);
    }
    Ok(class.new_ref())
}

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "_collections", FUNCTIONS, "Containers that are written in Rust.")?;
    set(cx, &module, "deque", cx.types.deque.as_object().clone())?;
    set(cx, &module, "_deque_iterator", cx.types.deque_iterator.as_object().clone())?;
    set(cx, &module, "_deque_reverse_iterator", cx.types.deque_reverse_iterator.as_object().clone())?;
    Ok(module)
}
