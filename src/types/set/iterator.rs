//! `set_iterator`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::set_of;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::Typed;
use crate::runtime::{Field, Interpreter, Outcome};
use crate::types::containers::{builtin, this};
use crate::types::iterators::{itself, length_hint_method, reduce_method, reduced, specification};
use crate::types::list::list_from_iterable;
use crate::values::set::Set;

/// `set_iterator`
#[repr(C)]
pub struct SetIterator {
    /// The header.
    pub object: Object,
    /// The set; none at the end.
    pub set: Field<Option<ObjectRef>>,
    /// The set's length at first; `usize::MAX` once it has been found to differ.
    pub used: Cell<usize>,
    /// The place where the search for the next element begins.
    pub position: Cell<usize>,
    /// How many elements are left.
    pub remaining: Cell<usize>,
}
layout!(SetIterator, object, Object);
fields_lifecycle!(SetIterator; set);

static METHODS: &[NativeMethod] = &[length_hint_method(length_hint), reduce_method(reduce)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.set_iterator,
        specification::<SetIterator>(
            lifecycle(),
            |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(next));
            },
            METHODS,
        ),
    )
}

/// `iter(set)`
pub fn iter(cx: &Interpreter, object: &Object) -> Outcome {
    let length = set_of(object).len();
    let made = cx.birth_tracked(&cx.types.set_iterator, |header| SetIterator {
        object: header,
        set: Field::new(Some(object.new_ref())),
        used: Cell::new(length),
        position: Cell::new(0),
        remaining: Cell::new(length),
    })?;
    Ok(made.into_object())
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<SetIterator>(object);
    let Some(owned) = iterator.set.get() else { return Ok(None) };
    let Some(set) = owned.as_any_set() else { return Ok(None) };
    if iterator.used.get() != set.len() {
        iterator.used.set(usize::MAX);
        return Err(cx.runtime_error("Set changed size during iteration"));
    }
    let mut position = iterator.position.get();
    let Some((_, element)) = set.next_entry(&mut position) else {
        drop(iterator.set.take());
        return Ok(None);
    };
    iterator.position.set(position);
    iterator.remaining.set(iterator.remaining.get().saturating_sub(1));
    Ok(Some(element))
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<SetIterator>(object);
    let length = iterator.set.get().and_then(|set| set.as_any_set().map(Set::len));
    cx.new_size(if length == Some(iterator.used.get()) { iterator.remaining.get() } else { 0 })
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<SetIterator>(object);
    let copy = cx.birth_tracked(&cx.types.set_iterator, |header| SetIterator {
        object: header,
        set: Field::new(iterator.set.get()),
        used: Cell::new(iterator.used.get()),
        position: Cell::new(iterator.position.get()),
        remaining: Cell::new(iterator.remaining.get()),
    })?;
    let rest = list_from_iterable(cx, &copy)?;
    reduced(cx, &*builtin(cx, "iter")?, &rest, None)
}
