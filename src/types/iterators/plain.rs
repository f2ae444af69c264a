//! Iterators that can do nothing but give the next item: those of a code object's tables, of a generic alias and of a
//! memory view. Each is its own type, and all walk another iterator.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{itself, reduce_method, specification};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Field, Interpreter, Outcome};
use crate::types::containers::this;
use crate::types::descriptors::generic_alias;

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
        let methods = if kind.is(&types.generic_alias_iterator) { ALIAS_METHODS } else { &[] };
        cx.define_type(kind, specification::<PlainIterator>(lifecycle(), slots, methods))?;
    }
    Ok(())
}

static ALIAS_METHODS: &[NativeMethod] = &[reduce_method(reduce_alias_iterator)];

/// A copy walks the alias itself, whose one item the iterator still has; none at its end.
fn reduce_alias_iterator(cx: &Interpreter, object: &Object) -> Outcome {
    let Some(iter) = cx.dict_get_str(&cx.builtins, "iter")? else {
        return Err(cx.system_error("no builtin function iter"));
    };
    let walked = match rest_of(cx, object)? {
        Some(starred) => generic_alias::without_star(cx, &starred)?,
        None => cx.empty_tuple.clone().into_object(),
    };
    cx.new_tuple(&[iter, cx.new_tuple(&[walked])?])
}

/// The first item of the tuple that the iterator still walks.
fn rest_of(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let Some(items) = this::<PlainIterator>(object).items.get() else { return Ok(None) };
    let reduced = cx.call_method(&items, &*cx.intern("__reduce__")?, &[])?;
    let arguments = reduced.as_tuple().and_then(|reduced| reduced.get(1));
    let walked = arguments.as_ref().and_then(|arguments| arguments.as_tuple()).and_then(|given| given.get(0));
    Ok(walked.as_ref().and_then(|walked| walked.as_tuple()).and_then(|walked| walked.get(0)))
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
