//! `dict`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod iterators;
mod methods;
pub mod views;

use super::containers::{extra_of, one_iterable_of};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeSpec};
use crate::values::dict::{self as layout, Dict};
use crate::values::text::TextBuilder;

const DOCUMENTATION: &str = "dict() -> new empty dictionary\n    dict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\n    dict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\n    dict(**kwargs) -> new dictionary initialized with the name=value pairs\n        in the keyword argument list.  For example:  dict(one=1, two=2)";

/// Completes the type, its views and iterators.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.dict,
        TypeSpec {
            flags: TypeFlags::DICT | TypeFlags::MAPPING | TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.init.set(Some(init));
                slots.repr.set(Some(repr));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(iterators::keys));
                slots.length.set(Some(|_, object| Ok(dict_of(object).len())));
                slots.get_item.set(Some(get_item));
                slots.set_item.set(Some(set_item));
                slots.contains.set(Some(|cx, object, key| cx.dict_contains(dict_of(object), key)));
                slots.bit_or.set(Some(bit_or));
                slots.inplace_bit_or.set(Some(inplace_bit_or));
            },
            short_call: Some(make),
            methods: methods::METHODS,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Dict>(layout::lifecycle())
        },
    )?;
    views::define(cx)?;
    iterators::define(cx)
}

/// `self` of a method as a dict.
#[inline]
fn dict_of(object: &Object) -> &Dict {
    object.as_dict().expect("a method of dicts gets dicts")
}

/// `dict()`
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    values.is_empty().then(|| Ok(cx.new_dict()?.into_object()))
}

fn new(_: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    Ok(Dict::with_extra(kind, extra_of(kind, layout::BASIC_SIZE))?.into_object())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    update_from_arguments(cx, dict_of(object), "dict", arguments)
}

/// `dict.update(other, **keywords)`, and `dict(other, **keywords)` on an empty one.
fn update_from_arguments(cx: &Interpreter, dict: &Dict, name: &str, arguments: Arguments<'_>) -> Outcome<()> {
    if let Some(other) = one_iterable_of(cx, name, arguments)? {
        cx.dict_update(dict, &other)?;
    }
    for (name, value) in arguments.keywords() {
        cx.dict_set(dict, name, value.clone())?;
    }
    Ok(())
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let dict = dict_of(object);
    if dict.is_empty() {
        return cx.new_text("{}");
    }
    cx.repr_once(object, "{...}", || repr_entries(cx, dict))
}

fn repr_entries(cx: &Interpreter, dict: &Dict) -> Outcome {
    let mut out = TextBuilder::new();
    out.push_str("{")?;
    let (mut position, mut is_first) = (0, true);
    while let Some((_, key, value)) = dict.next_entry(&mut position) {
        if !std::mem::take(&mut is_first) {
            out.push_str(", ")?;
        }
        out.push_text(&*cx.repr_text(&key)?)?;
        out.push_str(": ")?;
        out.push_text(&*cx.repr_text(&value)?)?;
        cx.poll()?;
    }
    out.push_str("}")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let Some(other) = right.as_dict() else { return Ok(cx.not_implemented.clone()) };
    match comparison {
        Comparison::Equal => Ok(cx.new_bool(equal(cx, dict_of(left), other)?)),
        Comparison::NotEqual => Ok(cx.new_bool(!equal(cx, dict_of(left), other)?)),
        _ => Ok(cx.not_implemented.clone()),
    }
}

fn equal(cx: &Interpreter, left: &Dict, right: &Dict) -> Outcome<bool> {
    if left.len() != right.len() {
        return Ok(false);
    }
    let mut position = 0;
    while let Some((hash, key, value)) = left.next_entry(&mut position) {
        let Some(other) = cx.dict_get_hashed(right, &key, hash)? else { return Ok(false) };
        if !cx.equal(&value, &other)? {
            return Ok(false);
        }
        cx.poll()?;
    }
    Ok(true)
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    match cx.dict_get(dict_of(object), key)? {
        Some(value) => Ok(value),
        None => missing(cx, object, key),
    }
}

/// What a subclass says for a key that is not there.
#[cold]
fn missing(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    if !object.is_exactly(&cx.types.dict)
        && let Some(method) = cx.lookup_special(object, &cx.names.missing)
    {
        return cx.call_lent(&*method?, [key]);
    }
    Err(cx.key_error(key))
}

fn set_item(cx: &Interpreter, object: &Object, key: &Object, value: Option<&Object>) -> Outcome<()> {
    let dict = dict_of(object);
    match value {
        Some(value) => cx.dict_set(dict, key, value.new_ref()),
        None => delete_item(cx, dict, key),
    }
}

#[inline(never)]
fn delete_item(cx: &Interpreter, dict: &Dict, key: &Object) -> Outcome<()> {
    match cx.dict_remove(dict, key)? {
        true => Ok(()),
        false => Err(cx.key_error(key)),
    }
}

fn bit_or(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (Some(dict), Some(_)) = (left.as_dict(), right.as_dict()) else {
        return Ok(cx.not_implemented.clone());
    };
    let merged: Ref<Dict> = dict.copy(&cx.types.dict)?;
    cx.dict_update(&merged, right)?;
    Ok(merged.into_object())
}

fn inplace_bit_or(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    cx.dict_update(dict_of(object), other)?;
    Ok(object.new_ref())
}

/// A pair of references as a tuple.
fn pair(cx: &Interpreter, key: ObjectRef, value: ObjectRef) -> Outcome {
    cx.new_tuple_from(vec![key, value])
}
