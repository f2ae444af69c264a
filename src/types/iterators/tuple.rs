//! `tuple_iterator`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::indexed::Indexed;
use super::{itself, specification};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::type_object::Typed;
use crate::runtime::{Field, Interpreter, Outcome};
use crate::types::containers::this;
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
            TupleIterator::METHODS,
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
}

impl Indexed for TupleIterator {
    fn index(&self) -> &Cell<usize> {
        &self.index
    }

    fn row(&self) -> Option<ObjectRef> {
        self.tuple.get()
    }

    fn length_of(row: &Object) -> usize {
        row.as_tuple().map_or(0, Tuple::len)
    }

    fn empty_row(cx: &Interpreter, _: &Object) -> Outcome {
        Ok(cx.empty_tuple.clone().into_object())
    }
}
