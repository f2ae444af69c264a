//! The types whose behaviour needs the loop: functions, methods, code, generators, frames, tracebacks.

pub mod async_generator;
mod awaiting;
mod code;
mod code_replace;
mod code_tables;
mod code_value;
mod coroutine;
mod frame;
mod function;
mod generator;
mod partial;
mod resumable;
mod super_frame;

pub use awaiting::anext_awaitable;

use crate::object::{Object, ObjectRef};
use crate::runtime::{Field, Interpreter, Outcome, Typed};

/// Completes them.
pub fn define_all(cx: &Interpreter) -> Outcome<()> {
    cx.unbound.set_count(1 << 60);
    super_frame::define(cx);
    function::define(cx)?;
    code::define(cx)?;
    generator::define(cx)?;
    coroutine::define(cx)?;
    async_generator::define(cx)?;
    awaiting::define(cx)?;
    partial::define(cx)?;
    frame::define(cx)
}

/// What a field holds, or None.
fn value_or_none(cx: &Interpreter, field: &Field<Option<ObjectRef>>) -> Outcome {
    Ok(field.get().unwrap_or_else(|| cx.none()))
}

/// Writes a field that is a text and cannot be deleted.
fn set_text(
    cx: &Interpreter,
    field: &Field<ObjectRef>,
    value: Option<&Object>,
    refusal: &str,
) -> Outcome<()> {
    match value.filter(|value| value.as_text().is_some()) {
        Some(value) => field.set(value.new_ref()),
        None => return Err(cx.type_error(refusal)),
    }
    Ok(())
}
