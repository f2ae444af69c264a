//! `bytes`, `bytearray` and `memoryview`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod buffer;
pub mod bytearray;
pub mod bytes;
pub mod construct;
pub mod iterator;
pub mod memoryview;
pub mod methods;
pub mod view_items;

use self::buffer::{Buffer, required_buffer};
use crate::object::Object;
use crate::runtime::{Interpreter, Outcome, Typed};

/// What `__bytes__` returned; TypeError if it is no `bytes`.
pub fn made_bytes(cx: &Interpreter, made: &Object) -> Outcome<Buffer> {
    if made.as_bytes().is_none() {
        let kind = made.type_name();
        return Err(cx.type_error(format_args!("__bytes__ returned non-bytes (type {kind})")));
    }
    required_buffer(cx, made)
}

/// Completes the types of this folder.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    bytes::define(cx)?;
    bytearray::define(cx)?;
    memoryview::define(cx)?;
    memoryview::managed::define(cx)?;
    iterator::define(cx)
}
