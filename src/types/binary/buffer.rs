//! The bytes of `bytes`, `bytearray` and `memoryview`, for whoever takes any of them.
//!
//! The bytes of a `bytes` are looked at where they are; those of the others are copied, because anything may change
//! them while they are used.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::ops::Deref;

use crate::object::{Object, Ref};
use crate::runtime::protocol::counted;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::values::bytearray::ByteArray;
use crate::values::bytes::Bytes;

/// Bytes that stay as they are while they are used.
pub enum Buffer {
    /// Those of an object that never changes.
    Kept(Ref<Bytes>),
    /// A copy.
    Copied(Vec<u8>),
}

impl Deref for Buffer {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match self {
            Self::Kept(bytes) => bytes.as_slice(),
            Self::Copied(bytes) => bytes,
        }
    }
}

/// The bytes of a bytes-like object; none for any other.
pub fn buffer(cx: &Interpreter, object: &Object) -> Outcome<Option<Buffer>> {
    if let Some(bytes) = object.as_bytes() {
        return Ok(Some(Buffer::Kept(counted(bytes))));
    }
    if let Some(array) = object.layout::<ByteArray>() {
        return Ok(Some(Buffer::Copied(array.copy_range(0..array.len())?)));
    }
    super::memoryview::view_bytes(cx, object)
}

/// Whether an object is bytes-like.
pub fn is_bytes_like(object: &Object) -> bool {
    object.as_bytes().is_some()
        || object.layout::<ByteArray>().is_some()
        || object.layout::<super::memoryview::MemoryView>().is_some()
}

/// The same; TypeError for any other.
pub fn required_buffer(cx: &Interpreter, object: &Object) -> Outcome<Buffer> {
    buffer(cx, object)?.ok_or_else(|| not_bytes_like(cx, object))
}

/// TypeError for what is not bytes-like.
#[cold]
pub fn not_bytes_like(cx: &Interpreter, object: &Object) -> Raised {
    cx.type_error(format_args!("a bytes-like object is required, not '{}'", object.type_name()))
}
