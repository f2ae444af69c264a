//! `_deque_iterator` and `_deque_reverse_iterator`: they refuse to go on when the deque has changed.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::mutated;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::slots::{New, Next};
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Field, Interpreter, Outcome, Slots, TypeSpec};
use crate::types::containers::{self, this};
use crate::types::iterators::{itself, length_hint_method, reduce_method, specification};
use crate::values::deque::Deque;

/// Either iterator of a deque.
#[repr(C)]
pub struct DequeIterator {
    /// The header.
    pub object: Object,
    /// The deque.
    pub deque: Field<Option<ObjectRef>>,
    /// How many items are left.
    pub remaining: Cell<usize>,
    /// The deque's count of changes at first.
    pub changes: Cell<usize>,
    /// Room that the reference keeps for a block and an index.
    pub spare: [usize; 2],
}
layout!(DequeIterator, object, Object);
fields_lifecycle!(DequeIterator; deque);

static METHODS: &[NativeMethod] = &[length_hint_method(length_hint), reduce_method(reduce)];

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    define_one(cx, &cx.types.deque_iterator, |slots| set_slots(slots, new_forward, next))?;
    define_one(cx, &cx.types.deque_reverse_iterator, |slots| set_slots(slots, new_reverse, previous))
}

fn set_slots(slots: &Slots, new: New, next: Next) {
    slots.new.set(Some(new));
    slots.iter.set(Some(itself));
    slots.next.set(Some(next));
}

fn define_one(cx: &Interpreter, kind: &Ref<TypeObject>, slots: fn(&Slots)) -> Outcome<()> {
    let specification = specification::<DequeIterator>(lifecycle(), slots, METHODS);
    cx.define_type(kind, TypeSpec { flags: 0, ..specification })
}

fn make(cx: &Interpreter, kind: &TypeObject, deque: &Deque) -> Outcome<Ref<DequeIterator>> {
    cx.birth_tracked(kind, |object| DequeIterator {
        object,
        deque: Field::new(Some(deque.new_ref())),
        remaining: Cell::new(deque.len()),
        changes: Cell::new(deque.changes()),
        spare: [0; 2],
    })
}

/// `iter(deque)`
pub fn iter(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(make(cx, &cx.types.deque_iterator, this(object))?.into_object())
}

/// `reversed(deque)`
pub fn reversed(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(make(cx, &cx.types.deque_reverse_iterator, this(object))?.into_object())
}

fn new_forward(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    new(cx, &cx.types.deque_iterator, "_deque_iterator", arguments)
}

fn new_reverse(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    new(cx, &cx.types.deque_reverse_iterator, "_deque_reverse_iterator", arguments)
}

/// `_deque_iterator(deque, index)`, as `__reduce__` asks for it.
fn new(cx: &Interpreter, kind: &TypeObject, name: &str, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords(name, arguments)?;
    cx.check_positional(name, arguments.values.len(), 1, 2)?;
    let Some(deque) = arguments.values[0].layout::<Deque>() else {
        let given = arguments.values[0].type_name();
        return Err(cx.type_error(format_args!("{name}() argument 1 must be collections.deque, not {given}")));
    };
    let index = match arguments.values.get(1) {
        Some(index) => cx.index_isize(index, Some(&cx.types.overflow_error))?,
        None => 0,
    };
    let made = make(cx, kind, deque)?;
    made.remaining.set(deque.len().saturating_sub(index.max(0) as usize));
    Ok(made.into_object())
}

/// The item so many places before an end; none at the end of the iteration.
fn step(
    cx: &Interpreter,
    object: &Object,
    place: impl Fn(&Deque, usize) -> usize,
) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<DequeIterator>(object);
    let Some(owned) = iterator.deque.get() else { return Ok(None) };
    let Some(deque) = owned.layout::<Deque>() else { return Ok(None) };
    if deque.changes() != iterator.changes.get() {
        iterator.remaining.set(0);
        return Err(mutated(cx));
    }
    let remaining = iterator.remaining.get();
    if remaining == 0 {
        return Ok(None);
    }
    iterator.remaining.set(remaining - 1);
    Ok(deque.get(place(deque, remaining)))
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    step(cx, object, |deque, remaining| deque.len() - remaining)
}

fn previous(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    step(cx, object, |_, remaining| remaining - 1)
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    cx.new_size(this::<DequeIterator>(object).remaining.get())
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<DequeIterator>(object);
    let deque = iterator.deque.get().unwrap_or_else(|| cx.none());
    let length = deque.layout::<Deque>().map_or(0, Deque::len);
    let index = cx.new_size(length.saturating_sub(iterator.remaining.get()))?;
    let arguments = containers::tuple(cx, &[&deque, &index])?;
    containers::tuple(cx, &[object.type_object(), &arguments])
}
