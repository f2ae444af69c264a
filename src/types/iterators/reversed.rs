//! `reversed` of sequences that have no `__reversed__` of their own.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::sequence::item_or_end;
use super::{class_specification, itself, length_hint_method, reduce_method, reduced, set_state_method};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Field, Interpreter, Outcome, Raised};
use crate::types::containers::{new_refuses_keywords, state_word, this};

/// `reversed`
#[repr(C)]
pub struct Reversed {
    /// The header.
    pub object: Object,
    /// The index of the next item; -1 at the end.
    pub index: Cell<isize>,
    /// The sequence; none at the end.
    pub sequence: Field<Option<ObjectRef>>,
}
layout!(Reversed, object, Object);
fields_lifecycle!(Reversed; sequence);

static METHODS: &[NativeMethod] =
    &[length_hint_method(length_hint), reduce_method(reduce), set_state_method(set_state)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let specification = class_specification::<Reversed>(
        lifecycle(),
        |slots| {
            slots.new.set(Some(new));
            slots.iter.set(Some(itself));
            slots.next.set(Some(next));
        },
        METHODS,
        "Return a reverse iterator over the values of the given sequence.",
    );
    cx.define_type(&cx.types.reversed, specification)
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    if new_refuses_keywords(kind, &cx.types.reversed) {
        cx.no_keywords("reversed", arguments)?;
    }
    let values = arguments.positional_values();
    cx.check_positional("reversed", values.len(), 1, 1)?;
    let sequence = &values[0];
    if let Some(method) = cx.lookup_special(sequence, &cx.names.reversed) {
        let method = method?;
        if cx.is_none(&method) {
            return Err(not_reversible(cx, sequence));
        }
        return cx.call(&method, &[]);
    }
    let slots = &sequence.type_object().slots;
    if slots.get_item.get().is_none() || sequence.as_dict().is_some() {
        return Err(not_reversible(cx, sequence));
    }
    let length = cx.length(sequence)?;
    let made = cx.birth_tracked(kind, |object| Reversed {
        object,
        index: Cell::new(length as isize - 1),
        sequence: Field::new(Some(sequence.clone())),
    })?;
    Ok(made.into_object())
}

#[cold]
fn not_reversible(cx: &Interpreter, object: &Object) -> Raised {
    cx.type_error(format_args!("'{}' object is not reversible", object.type_name()))
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let reversed = this::<Reversed>(object);
    let index = reversed.index.get();
    if let Some(sequence) = reversed.sequence.get().filter(|_| index >= 0)
        && let Some(item) = item_or_end(cx, &sequence, index)?
    {
        reversed.index.set(index - 1);
        return Ok(Some(item));
    }
    reversed.index.set(-1);
    drop(reversed.sequence.take());
    Ok(None)
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let reversed = this::<Reversed>(object);
    let Some(sequence) = reversed.sequence.get() else { return cx.new_int(0) };
    let length = cx.length(&sequence)?;
    let left = (reversed.index.get() + 1) as usize;
    cx.new_size(if length < left { 0 } else { left })
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let reversed = this::<Reversed>(object);
    match reversed.sequence.get() {
        Some(sequence) => reduced(cx, object.type_object(), &sequence, Some(reversed.index.get())),
        None => reduced(cx, object.type_object(), &cx.empty_tuple, None),
    }
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let reversed = this::<Reversed>(object);
    let index = state_word(cx, state)?;
    if let Some(sequence) = reversed.sequence.get() {
        let length = cx.length(&sequence)? as isize;
        reversed.index.set(index.clamp(-1, length - 1));
    }
    Ok(cx.none())
}
