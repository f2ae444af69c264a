//! `bytes_iterator` and `bytearray_iterator`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::{Field, Interpreter, Outcome, Typed};
use crate::types::coding::new_bytes;
use crate::types::containers::{builtin, state_word, this};
use crate::types::iterators::{
    itself, length_hint_method, reduce_method, reduced, set_state_method, specification,
};
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

static METHODS: &[NativeMethod] =
    &[length_hint_method(length_hint), reduce_method(reduce), set_state_method(set_state)];

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
                METHODS,
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

fn length_of(object: &Object) -> usize {
    match object.as_bytes() {
        Some(bytes) => bytes.len(),
        None => object.layout::<ByteArray>().map_or(0, ByteArray::len),
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

    fn length(&self) -> Option<usize> {
        self.bytes.get().map(|bytes| length_of(&bytes))
    }
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<ByteIterator>(object);
    cx.new_size(iterator.length().unwrap_or(0).saturating_sub(iterator.index.get()))
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<ByteIterator>(object);
    let function = builtin(cx, "iter")?;
    match iterator.bytes.get() {
        Some(bytes) => reduced(cx, &function, &bytes, Some(iterator.index.get() as isize)),
        None if object.is_exactly(&cx.types.bytes_iterator) => {
            reduced(cx, &function, &*new_bytes(cx, &[])?, None)
        }
        None => reduced(cx, &function, &cx.empty_tuple, None),
    }
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<ByteIterator>(object);
    let index = state_word(cx, state)?.max(0) as usize;
    if let Some(length) = iterator.length() {
        iterator.index.set(index.min(length));
    }
    Ok(cx.none())
}
