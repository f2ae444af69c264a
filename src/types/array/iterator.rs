//! `arrayiterator`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::items;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::{Field, Interpreter, Outcome, Typed};
use crate::types::containers::{builtin, state_word, this, tuple};
use crate::types::iterators::{itself, reduce_method, reduced, set_state_method, specification};
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

static METHODS: &[NativeMethod] = &[reduce_method(reduce), set_state_method(set_state)];

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

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<ArrayIterator>(object);
    let function = builtin(cx, "iter")?;
    match iterator.array.get() {
        Some(array) => reduced(cx, &function, &array, Some(iterator.index.get() as isize)),
        None => tuple(cx, &[&function, &*tuple(cx, &[&cx.empty_tuple])?]),
    }
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<ArrayIterator>(object);
    let index = state_word(cx, state)?.max(0) as usize;
    if let Some(array) = iterator.array.get() {
        iterator.index.set(index.min(array.layout::<Array>().map_or(0, Array::len)));
    }
    Ok(cx.none())
}
