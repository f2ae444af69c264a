//! What the iterators have in common that go through a row of known length by index: how much is left, and their way
//! through a pickle.

#![forbid(unsafe_code)]

use std::cell::Cell;

use super::{length_hint_method, reduce_method, reduced, set_state_method};
use crate::object::{Layout, Object, ObjectRef};
use crate::runtime::native::NativeMethod;
use crate::runtime::{Interpreter, Outcome};
use crate::types::containers::{builtin, state_word, this};

/// An iterator that holds what it goes through, and the index of its next item.
pub trait Indexed: Layout + Sized + 'static {
    /// The methods of its type.
    const METHODS: &'static [NativeMethod] = &[
        length_hint_method(length_hint::<Self>),
        reduce_method(reduce::<Self>),
        set_state_method(set_state::<Self>),
    ];

    /// The index of the next item.
    fn index(&self) -> &Cell<usize>;

    /// What it goes through; none at the end.
    fn row(&self) -> Option<ObjectRef>;

    /// How many items that has.
    fn length_of(row: &Object) -> usize;

    /// A row without items, which stands for the row of an iterator at its end.
    fn empty_row(cx: &Interpreter, iterator: &Object) -> Outcome;
}

fn length_hint<T: Indexed>(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<T>(object);
    let length = iterator.row().map_or(0, |row| T::length_of(&row));
    cx.new_size(length.saturating_sub(iterator.index().get()))
}

/// `__reduce__`
pub fn reduce<T: Indexed>(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<T>(object);
    let function = builtin(cx, "iter")?;
    match iterator.row() {
        Some(row) => reduced(cx, &function, &row, Some(iterator.index().get() as isize)),
        None => reduced(cx, &function, &*T::empty_row(cx, object)?, None),
    }
}

/// `__setstate__`
pub fn set_state<T: Indexed>(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<T>(object);
    let index = state_word(cx, state)?.max(0) as usize;
    if let Some(row) = iterator.row() {
        iterator.index().set(index.min(T::length_of(&row)));
    }
    Ok(cx.none())
}
