//! The bytes of `bytes`, `bytearray`, `array` and `memoryview`, for whoever takes any of them.
//!
//! The bytes of a `bytes` are looked at where they are; those of the others are copied, because anything may change
//! them while they are used.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::ops::Deref;

use super::view_items::WIDE_CHARACTER;
use crate::object::{Object, Ref};
use crate::runtime::protocol::counted;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::text::storage::room;
use crate::values::array::Array;
use crate::values::bytearray::ByteArray;
use crate::values::bytes::Bytes;
use crate::values::slice_indices::SliceBounds;

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

/// An object whose bytes others may look at where they are.
pub enum Exporter<'a> {
    /// They never change.
    Bytes(&'a Bytes),
    /// They change, but their number stays while somebody looks.
    ByteArray(&'a ByteArray),
    /// The same for items.
    Array(&'a Array),
}

impl<'a> Exporter<'a> {
    /// An object as one.
    #[inline]
    pub fn of(object: &'a Object) -> Option<Self> {
        if let Some(bytes) = object.as_bytes() {
            return Some(Self::Bytes(bytes));
        }
        let array = object.layout::<ByteArray>().map(Self::ByteArray);
        array.or_else(|| object.layout::<Array>().map(Self::Array))
    }

    /// Whether the bytes never change.
    pub fn is_readonly(&self) -> bool {
        matches!(self, Self::Bytes(_))
    }

    /// The format of the items for a view.
    pub fn format(&self) -> u8 {
        match self {
            Self::Array(array) if array.code().is_character() => WIDE_CHARACTER,
            Self::Array(array) => array.code().letter(),
            _ => b'B',
        }
    }

    /// How many items.
    pub fn length(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::ByteArray(array) => array.len(),
            Self::Array(array) => array.len(),
        }
    }

    /// Bytes of an item.
    pub fn item_size(&self) -> usize {
        if let Self::Array(array) = self { array.item_size() } else { 1 }
    }

    /// The byte at a place.
    #[inline]
    pub fn byte(&self, place: usize) -> Option<u8> {
        match self {
            Self::Bytes(bytes) => bytes.as_slice().get(place).copied(),
            Self::ByteArray(array) => array.get(place),
            Self::Array(array) => array.byte(place),
        }
    }

    /// Writes bytes from a place on, where they change at all; what lies outside is left out.
    pub fn write(&self, place: usize, bytes: &[u8]) {
        match self {
            Self::Bytes(_) => {}
            Self::ByteArray(array) => {
                for (place, byte) in (place..array.len()).zip(bytes) {
                    array.set(place, *byte);
                }
            }
            Self::Array(array) => array.write_bytes(place, bytes),
        }
    }

    /// A copy of all bytes.
    pub fn copied(&self) -> Outcome<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => {
                let mut copy = room(bytes.len())?;
                copy.extend_from_slice(bytes.as_slice());
                Ok(copy)
            }
            Self::ByteArray(array) => Ok(array.copy_range(0..array.len())?),
            Self::Array(array) => Ok(array.copy_bytes(0..array.byte_count())?),
        }
    }

    /// Counts one more who looks.
    pub fn hold(&self) {
        match self {
            Self::Bytes(_) => {}
            Self::ByteArray(array) => array.set_exports(array.exports() + 1),
            Self::Array(array) => array.set_exports(array.exports() + 1),
        }
    }

    /// Counts one less.
    pub fn let_go(&self) {
        match self {
            Self::Bytes(_) => {}
            Self::ByteArray(array) => array.set_exports(array.exports().saturating_sub(1)),
            Self::Array(array) => array.set_exports(array.exports().saturating_sub(1)),
        }
    }
}

/// The bytes of a bytes-like object; none for any other.
pub fn buffer(cx: &Interpreter, object: &Object) -> Outcome<Option<Buffer>> {
    if let Some(bytes) = object.as_bytes() {
        return Ok(Some(Buffer::Kept(counted(bytes))));
    }
    match Exporter::of(object) {
        Some(exporter) => Ok(Some(Buffer::Copied(exporter.copied()?))),
        None => super::memoryview::view_bytes(cx, object),
    }
}

/// As [`buffer`], where what refuses to show its bytes counts as having none.
pub fn lent_bytes(cx: &Interpreter, object: &Object) -> Outcome<Option<Buffer>> {
    buffer(cx, object).or_else(|raised| match cx.take_if(&cx.types.value_error) {
        Some(_) => Ok(None),
        None => Err(raised),
    })
}

/// Whether an object is bytes-like.
pub fn is_bytes_like(object: &Object) -> bool {
    Exporter::of(object).is_some() || object.layout::<super::memoryview::MemoryView>().is_some()
}

/// How many bytes of an object can be written through [`write_bytes`]; none where they never change, or do not lie in
/// a row.
pub fn writable_length(cx: &Interpreter, object: &Object) -> Outcome<Option<usize>> {
    match Exporter::of(object) {
        Some(exporter) if exporter.is_readonly() => Ok(None),
        Some(exporter) => Ok(Some(exporter.length() * exporter.item_size())),
        None => super::memoryview::writable_length(cx, object),
    }
}

/// Writes bytes from a place on into an object whose bytes can change; what lies outside is left out.
pub fn write_bytes(object: &Object, place: usize, bytes: &[u8]) {
    match Exporter::of(object) {
        Some(exporter) => exporter.write(place, bytes),
        None => super::memoryview::write_bytes(object, place, bytes),
    }
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

/// The bytes of a row of items without those of the items that a slice names.
pub fn without_items(all: &[u8], item_size: usize, bounds: SliceBounds) -> Outcome<Vec<u8>> {
    let mut gone = bounds.ascending().indices().peekable();
    let mut kept = room(all.len())?;
    for (index, item) in all.chunks_exact(item_size).enumerate() {
        if gone.next_if_eq(&index).is_none() {
            kept.extend_from_slice(item);
        }
    }
    Ok(kept)
}

/// The bytes so often; MemoryError where that is too much.
pub fn repeated(cx: &Interpreter, bytes: &[u8], times: isize) -> Outcome<Vec<u8>> {
    let times = times.max(0) as usize;
    let length = bytes.len().checked_mul(times).filter(|length| *length <= isize::MAX as usize);
    let mut out = room(length.ok_or_else(|| cx.raise_memory_error())?)?;
    for _ in 0..if bytes.is_empty() { 0 } else { times } {
        out.extend_from_slice(bytes);
    }
    Ok(out)
}
