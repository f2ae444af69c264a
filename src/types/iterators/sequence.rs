//! `iterator`: goes through anything with `__getitem__` until it raises IndexError.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{itself, length_hint_method, reduce_method, reduced, set_state_method, specification};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::NativeMethod;
use crate::runtime::protocol::iterate::SequenceIterator;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::types::containers::{builtin, state_word, this};

fields_lifecycle!(SequenceIterator; sequence);

static METHODS: &[NativeMethod] =
    &[length_hint_method(length_hint), reduce_method(reduce), set_state_method(set_state)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.sequence_iterator,
        specification::<SequenceIterator>(
            lifecycle(),
            |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(next));
            },
            METHODS,
        ),
    )
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<SequenceIterator>(object);
    let Some(sequence) = iterator.sequence.get() else { return Ok(None) };
    let index = iterator.index.get();
    if index == isize::MAX {
        return Err(cx.overflow_error("iter index too large"));
    }
    match item_or_end(cx, &sequence, index)? {
        Some(item) => {
            iterator.index.set(index + 1);
            Ok(Some(item))
        }
        None => {
            drop(iterator.sequence.take());
            Ok(None)
        }
    }
}

/// `sequence[index]`; none where that raises IndexError or StopIteration.
pub fn item_or_end(cx: &Interpreter, sequence: &Object, index: isize) -> Outcome<Option<ObjectRef>> {
    let index = cx.new_int(index as i64)?;
    match cx.get_item(sequence, &index) {
        Ok(item) => Ok(Some(item)),
        Err(raised) => {
            let ended = cx.take_if(&cx.types.index_error).or_else(|| cx.take_if(&cx.types.stop_iteration));
            ended.map(|_| None).ok_or(raised)
        }
    }
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<SequenceIterator>(object);
    let Some(sequence) = iterator.sequence.get() else { return cx.new_int(0) };
    if sequence.type_object().slots.length.get().is_none() {
        return Ok(cx.not_implemented.clone());
    }
    let length = cx.length(&sequence)?;
    cx.new_size(length.saturating_sub(iterator.index.get() as usize))
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<SequenceIterator>(object);
    let function = builtin(cx, "iter")?;
    match iterator.sequence.get() {
        Some(sequence) => reduced(cx, &function, &sequence, Some(iterator.index.get())),
        None => reduced(cx, &function, &cx.empty_tuple, None),
    }
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<SequenceIterator>(object);
    let index = state_word(cx, state)?.max(0);
    if iterator.sequence.is_some() {
        iterator.index.set(index);
    }
    Ok(cx.none())
}
