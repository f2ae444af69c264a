//! The iterators of dicts and their views. They notice when the dict's length changes, or its keys do.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::pair;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::slots::Next;
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Field, Interpreter, Outcome, Raised, Slots};
use crate::types::containers::{blank_tuple, builtin, this};
use crate::types::iterators::{
    itself, length_hint_method, reduce_method, reduced, specification, take_unseen,
};
use crate::values::dict::Dict;

/// Any iterator of a dict: of keys, values or items, forwards or in reverse.
#[repr(C)]
pub struct DictIterator {
    /// The header.
    pub object: Object,
    /// The dict; none at the end.
    pub dict: Field<Option<ObjectRef>>,
    /// The dict's length when the iterator was made; `usize::MAX` once it has been found to differ.
    pub used: Cell<usize>,
    /// The place where the search for the next entry begins; in reverse, the one behind it.
    pub index: Cell<usize>,
    /// For items: the tuple that was handed out last, to be used again.
    pub result: Field<Option<ObjectRef>>,
    /// How many entries are left.
    pub remaining: Cell<usize>,
}
layout!(DictIterator, object, Object);
fields_lifecycle!(DictIterator; dict, result);

static METHODS: &[NativeMethod] = &[length_hint_method(length_hint), reduce_method(reduce)];

/// Completes the six types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let types = &cx.types;
    define_one(cx, &types.dict_key_iterator, |slots| set_slots(slots, next_key))?;
    define_one(cx, &types.dict_value_iterator, |slots| set_slots(slots, next_value))?;
    define_one(cx, &types.dict_item_iterator, |slots| set_slots(slots, next_item))?;
    define_one(cx, &types.dict_reverse_key_iterator, |slots| set_slots(slots, previous_key))?;
    define_one(cx, &types.dict_reverse_value_iterator, |slots| set_slots(slots, previous_value))?;
    define_one(cx, &types.dict_reverse_item_iterator, |slots| set_slots(slots, previous_item))
}

fn set_slots(slots: &Slots, next: Next) {
    slots.iter.set(Some(itself));
    slots.next.set(Some(next));
}

fn define_one(cx: &Interpreter, kind: &Ref<TypeObject>, slots: fn(&Slots)) -> Outcome<()> {
    cx.define_type(kind, specification::<DictIterator>(lifecycle(), slots, METHODS))
}

/// An iterator of one of the six types.
pub fn new_iterator(cx: &Interpreter, kind: &TypeObject, dict: &Dict) -> Outcome {
    let types = &cx.types;
    let gives_items = kind.is(&types.dict_item_iterator) || kind.is(&types.dict_reverse_item_iterator);
    let result = if gives_items { Some(blank_tuple(cx, 2)?.into_object()) } else { None };
    let is_reverse = [
        &types.dict_reverse_key_iterator,
        &types.dict_reverse_value_iterator,
        &types.dict_reverse_item_iterator,
    ]
    .iter()
    .any(|reverse| kind.is(reverse));
    let made = cx.birth_tracked(kind, |object| DictIterator {
        object,
        dict: Field::new(Some(dict.new_ref())),
        used: Cell::new(dict.len()),
        index: Cell::new(if is_reverse { dict.entries_len() } else { 0 }),
        result: Field::new(result),
        remaining: Cell::new(dict.len()),
    })?;
    Ok(made.into_object())
}

/// `iter(dict)`
pub fn keys(cx: &Interpreter, object: &Object) -> Outcome {
    new_iterator(cx, &cx.types.dict_key_iterator, super::dict_of(object))
}

/// `reversed(dict)`
pub fn reversed_keys(cx: &Interpreter, object: &Object) -> Outcome {
    new_iterator(cx, &cx.types.dict_reverse_key_iterator, super::dict_of(object))
}

/// Key and value of the next entry; none at the end, where the dict is let go.
#[inline]
fn next_entry(cx: &Interpreter, iterator: &DictIterator) -> Outcome<Option<(ObjectRef, ObjectRef)>> {
    let Some(owned) = iterator.dict.get() else { return Ok(None) };
    let Some(dict) = unchanged(cx, iterator, &owned)? else { return Ok(None) };
    let mut position = iterator.index.get();
    let Some((_, key, value)) = dict.next_entry(&mut position) else {
        drop(iterator.dict.take());
        return Ok(None);
    };
    if iterator.remaining.get() == 0 {
        drop(iterator.dict.take());
        return Err(changed(cx, &owned, "dictionary keys changed during iteration"));
    }
    iterator.index.set(position);
    iterator.remaining.set(iterator.remaining.get() - 1);
    Ok(Some((key, value)))
}

fn previous_entry(cx: &Interpreter, iterator: &DictIterator) -> Outcome<Option<(ObjectRef, ObjectRef)>> {
    let Some(owned) = iterator.dict.get() else { return Ok(None) };
    let Some(dict) = unchanged(cx, iterator, &owned)? else { return Ok(None) };
    let mut position = iterator.index.get();
    let Some((_, key, value)) = dict.previous_entry(&mut position) else {
        drop(iterator.dict.take());
        return Ok(None);
    };
    iterator.index.set(position);
    iterator.remaining.set(iterator.remaining.get().saturating_sub(1));
    Ok(Some((key, value)))
}

/// The dict, if it has as many entries as at first.
#[inline]
fn unchanged<'a>(cx: &Interpreter, iterator: &DictIterator, owned: &'a Object) -> Outcome<Option<&'a Dict>> {
    let Some(dict) = owned.as_dict() else { return Ok(None) };
    if iterator.used.get() != dict.len() {
        iterator.used.set(usize::MAX);
        return Err(changed(cx, owned, "dictionary changed size during iteration"));
    }
    Ok(Some(dict))
}

/// The refusal to go on where a dict has changed. Ordered dicts have one word for all changes.
#[cold]
fn changed(cx: &Interpreter, dict: &Object, words: &str) -> Raised {
    let mut kind = Some(dict.type_object().new_type_ref());
    while let Some(found) = kind {
        if found.module_name.get() == "collections" && found.name_text() == "OrderedDict" {
            return cx.runtime_error("OrderedDict mutated during iteration");
        }
        kind = found.base.get();
    }
    cx.runtime_error(words)
}

fn next_key(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    Ok(next_entry(cx, this(object))?.map(|(key, _)| key))
}

fn next_value(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    Ok(next_entry(cx, this(object))?.map(|(_, value)| value))
}

fn next_item(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<DictIterator>(object);
    next_entry(cx, iterator)?.map(|entry| as_tuple(cx, iterator, entry)).transpose()
}

fn previous_key(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    Ok(previous_entry(cx, this(object))?.map(|(key, _)| key))
}

fn previous_value(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    Ok(previous_entry(cx, this(object))?.map(|(_, value)| value))
}

fn previous_item(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<DictIterator>(object);
    previous_entry(cx, iterator)?.map(|entry| as_tuple(cx, iterator, entry)).transpose()
}

/// An entry as the tuple that was handed out before, if nobody holds it any more.
fn as_tuple(cx: &Interpreter, iterator: &DictIterator, (key, value): (ObjectRef, ObjectRef)) -> Outcome {
    let Some(result) = take_unseen(&iterator.result) else { return pair(cx, key, value) };
    if let Some(tuple) = result.as_tuple() {
        let old = tuple.replace_pair(key, value);
        iterator.result.set(Some(result.clone()));
        drop(old);
    }
    Ok(result)
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<DictIterator>(object);
    let length = iterator.dict.get().and_then(|dict| dict.as_dict().map(Dict::len));
    cx.new_size(if length == Some(iterator.used.get()) { iterator.remaining.get() } else { 0 })
}

/// `(iter, ([what is left],))`, from a copy of the iterator.
fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<DictIterator>(object);
    let copy = cx.birth_tracked(object.type_object(), |header| DictIterator {
        object: header,
        dict: Field::new(iterator.dict.get()),
        used: Cell::new(iterator.used.get()),
        index: Cell::new(iterator.index.get()),
        result: Field::new(iterator.result.get()),
        remaining: Cell::new(iterator.remaining.get()),
    })?;
    let rest = crate::types::list::list_from_iterable(cx, &copy)?;
    reduced(cx, &*builtin(cx, "iter")?, &rest, None)
}
