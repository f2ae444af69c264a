//! `bytes_iterator` and `bytearray_iterator`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::{Field, Interpreter, Outcome, Typed};
use crate::types::coding::new_bytes;
use crate::types::containers::this;
use crate::types::iterators::indexed::Indexed;
use crate::types::iterators::{itself, specification};
use crate::values::bytearray::ByteArray;

/// `bytes_iterator` and `bytearray_iterator`
#[repr(C)]
pub struct ByteIterator {
    /// The header.
    pub object: Object,
    /// The bytes; none at the end.
    pub bytes: Field<Option<ObjectRef>>,
    /// The index of the next byte.
    pub index: Cell<usize>,
}
layout!(ByteIterator, object, Object);
fields_lifecycle!(ByteIterator; bytes);

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    for kind in [&cx.types.bytes_iterator, &cx.types.bytearray_iterator] {
        cx.define_type(
            kind,
            specification::<ByteIterator>(
                lifecycle(),
                |slots| {
                    slots.iter.set(Some(itself));
                    slots.next.set(Some(|cx, object| this::<ByteIterator>(object).advance(cx)));
                },
                ByteIterator::METHODS,
            ),
        )?;
    }
    Ok(())
}

/// `iter(bytes)` and `iter(bytearray)`
pub fn new_byte_iterator(cx: &Interpreter, object: &Object) -> Outcome {
    let is_bytes = object.as_bytes().is_some();
    let kind = if is_bytes { &cx.types.bytes_iterator } else { &cx.types.bytearray_iterator };
    let made = cx.birth_tracked(kind, |header| ByteIterator {
        object: header,
        bytes: Field::new(Some(object.new_ref())),
        index: Cell::new(0),
    })?;
    Ok(made.into_object())
}

fn byte_at(object: &Object, index: usize) -> Option<u8> {
    match object.as_bytes() {
        Some(bytes) => bytes.as_slice().get(index).copied(),
        None => object.layout::<ByteArray>().and_then(|array| array.get(index)),
    }
}

impl ByteIterator {
    /// The next byte; none at the end, where the bytes are let go.
    #[inline]
    pub fn advance(&self, cx: &Interpreter) -> Outcome<Option<ObjectRef>> {
        let Some(object) = self.bytes.get() else { return Ok(None) };
        let index = self.index.get();
        if let Some(byte) = byte_at(&object, index) {
            self.index.set(index + 1);
            return cx.new_int(i64::from(byte)).map(Some);
        }
        drop(self.bytes.take());
        Ok(None)
    }
}

impl Indexed for ByteIterator {
    fn index(&self) -> &Cell<usize> {
        &self.index
    }

    fn row(&self) -> Option<ObjectRef> {
        self.bytes.get()
    }

    fn length_of(row: &Object) -> usize {
        match row.as_bytes() {
            Some(bytes) => bytes.len(),
            None => row.layout::<ByteArray>().map_or(0, ByteArray::len),
        }
    }

    fn empty_row(cx: &Interpreter, iterator: &Object) -> Outcome {
        if iterator.is_exactly(&cx.types.bytes_iterator) {
            return new_bytes(cx, &[]);
        }
        Ok(cx.empty_tuple.clone().into_object())
    }
}
