//! Iterators that can do nothing but give the next item: those of a code object's tables, of a generic alias and of a
//! memory view. Each is its own type, and all walk another iterator.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{itself, specification};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::type_object::TypeObject;
use crate::runtime::{Field, Interpreter, Outcome};
use crate::types::containers::this;

/// The layout of all of them.
#[repr(C)]
pub struct PlainIterator {
    /// The header.
    pub object: Object,
    /// The iterator that gives the items; none at the end.
    pub items: Field<Option<ObjectRef>>,
}
layout!(PlainIterator, object, Object);
fields_lifecycle!(PlainIterator; items);

/// Completes the types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let types = &cx.types;
    let plain = [
        &types.line_iterator,
        &types.positions_iterator,
        &types.generic_alias_iterator,
        &types.memory_iterator,
    ];
    for kind in plain {
        let slots = |slots: &crate::runtime::Slots| {
            slots.iter.set(Some(itself));
            slots.next.set(Some(next));
        };
        cx.define_type(kind, specification::<PlainIterator>(lifecycle(), slots, &[]))?;
    }
    Ok(())
}

/// An iterator of one of the types over what another gives.
pub fn new_plain_iterator(cx: &Interpreter, kind: &Ref<TypeObject>, items: ObjectRef) -> Outcome {
    let made = cx.birth_tracked(kind, |object| PlainIterator { object, items: Field::new(Some(items)) })?;
    Ok(made.into_object())
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<PlainIterator>(object);
    let Some(items) = iterator.items.get() else { return Ok(None) };
    let item = cx.next(&items)?;
    if item.is_none() {
        drop(iterator.items.take());
    }
    Ok(item)
}
