//! `tuple_iterator`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::{itself, length_hint_method, reduce_method, reduced, set_state_method, specification};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::Typed;
use crate::runtime::{Field, Interpreter, Outcome};
use crate::types::containers::{builtin, state_word, this};
use crate::values::tuple::Tuple;

/// `tuple_iterator`
#[repr(C)]
pub struct TupleIterator {
    /// The header.
    pub object: Object,
    /// The tuple; none at the end.
    pub tuple: Field<Option<ObjectRef>>,
    /// The index of the next item.
    pub index: Cell<usize>,
}
layout!(TupleIterator, object, Object);
fields_lifecycle!(TupleIterator; tuple);

static METHODS: &[NativeMethod] =
    &[length_hint_method(length_hint), reduce_method(reduce), set_state_method(set_state)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.tuple_iterator,
        specification::<TupleIterator>(
            lifecycle(),
            |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(|_, object| Ok(this::<TupleIterator>(object).advance())));
            },
            METHODS,
        ),
    )
}

/// `iter(tuple)`
pub fn new_tuple_iterator(cx: &Interpreter, tuple: &Object) -> Outcome {
    let made = cx.birth_tracked(&cx.types.tuple_iterator, |object| TupleIterator {
        object,
        tuple: Field::new(Some(tuple.new_ref())),
        index: Cell::new(0),
    })?;
    Ok(made.into_object())
}

impl TupleIterator {
    /// The next item; none at the end, where the tuple is let go.
    #[inline]
    pub fn advance(&self) -> Option<ObjectRef> {
        let index = self.index.get();
        let Some(item) = self.tuple.tuple_item(index) else { return self.end() };
        self.index.set(index + 1);
        Some(item)
    }

    #[cold]
    fn end(&self) -> Option<ObjectRef> {
        drop(self.tuple.take());
        None
    }

    fn length(&self) -> Option<usize> {
        self.tuple.get().map(|tuple| tuple.as_tuple().map_or(0, Tuple::len))
    }
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<TupleIterator>(object);
    cx.new_size(iterator.length().unwrap_or(0).saturating_sub(iterator.index.get()))
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<TupleIterator>(object);
    let function = builtin(cx, "iter")?;
    match iterator.tuple.get() {
        Some(tuple) => reduced(cx, &function, &tuple, Some(iterator.index.get() as isize)),
        None => reduced(cx, &function, &cx.empty_tuple, None),
    }
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<TupleIterator>(object);
    let index = state_word(cx, state)?.max(0) as usize;
    if let Some(length) = iterator.length() {
        iterator.index.set(index.min(length));
    }
    Ok(cx.none())
}
