//! `_functools`: the native part of `functools`.

#![forbid(unsafe_code)]

use super::support::{new_module, set};
use crate::runtime::{Interpreter, Outcome};

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "_functools", &[], "Functions with some of their arguments given.")?;
    set(cx, &module, "partial", cx.types.partial.as_object().clone())?;
    Ok(module)
}
