//! `arrayiterator`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::items;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::{Field, Interpreter, Outcome, Typed};
use crate::types::containers::this;
use crate::types::iterators::indexed::{self, Indexed};
use crate::types::iterators::{itself, reduce_method, set_state_method, specification};
use crate::values::array::Array;

/// An iterator over an array.
#[repr(C)]
pub struct ArrayIterator {
    /// The header.
    pub object: Object,
    /// The index of the next item.
    pub index: Cell<usize>,
    /// The array; none at the end.
    pub array: Field<Option<ObjectRef>>,
    /// Room that the reference keeps for a function.
    pub spare: usize,
}
layout!(ArrayIterator, object, Object);
fields_lifecycle!(ArrayIterator; array);

static METHODS: &[NativeMethod] =
    &[reduce_method(indexed::reduce::<ArrayIterator>), set_state_method(indexed::set_state::<ArrayIterator>)];

pub(super) fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.array_iterator,
        specification::<ArrayIterator>(
            lifecycle(),
            |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(next));
            },
            METHODS,
        ),
    )
}

/// `iter(array)`
pub(super) fn new_iterator(cx: &Interpreter, object: &Object) -> Outcome {
    let made = cx.birth_tracked(&cx.types.array_iterator, |header| ArrayIterator {
        object: header,
        index: Cell::new(0),
        array: Field::new(Some(object.new_ref())),
        spare: 0,
    })?;
    Ok(made.into_object())
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<ArrayIterator>(object);
    let Some(owner) = iterator.array.get() else { return Ok(None) };
    let Some(array) = owner.layout::<Array>() else { return Ok(None) };
    let index = iterator.index.get();
    if index < array.len() {
        iterator.index.set(index + 1);
        return items::get(cx, array, index);
    }
    drop(iterator.array.take());
    Ok(None)
}

impl Indexed for ArrayIterator {
    fn index(&self) -> &Cell<usize> {
        &self.index
    }

    fn row(&self) -> Option<ObjectRef> {
        self.array.get()
    }

    fn length_of(row: &Object) -> usize {
        row.layout::<Array>().map_or(0, Array::len)
    }

    fn empty_row(cx: &Interpreter, _: &Object) -> Outcome {
        Ok(cx.empty_tuple.clone().into_object())
    }
}
