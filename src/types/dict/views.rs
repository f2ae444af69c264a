//! `dict_keys`, `dict_values` and `dict_items`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::iterators::new_iterator;
use super::pair;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Comparison, Field, Interpreter, Outcome, Slots, TypeSpec};
use crate::types::containers::{for_each, this};
use crate::types::iterators::specification;
use crate::types::list::list_from_iterable;
use crate::types::set;
use crate::values::dict::Dict;
use crate::values::set::Set;
use crate::values::text::TextBuilder;

/// Any view of a dict.
#[repr(C)]
pub struct DictView {
    /// The header.
    pub object: Object,
    /// The dict.
    pub dict: Field<Option<ObjectRef>>,
}
layout!(DictView, object, Object);
fields_lifecycle!(DictView; dict);

const DISJOINT: NativeMethod = NativeMethod::new(
    "isdisjoint",
    NativeCode::One(is_disjoint),
    "",
    "Return True if the view and the given iterable have a null intersection.",
);
static KEYS_METHODS: &[NativeMethod] =
    &[DISJOINT, reversed_method("Return a reverse iterator over the dict keys.")];
static VALUES_METHODS: &[NativeMethod] =
    &[reversed_method("Return a reverse iterator over the dict values.")];
static ITEMS_METHODS: &[NativeMethod] =
    &[DISJOINT, reversed_method("Return a reverse iterator over the dict items.")];
static ATTRIBUTES: &[NativeAttribute] =
    &[NativeAttribute::new("mapping", mapping, "dictionary that this view refers to")];

const fn reversed_method(documentation: &'static str) -> NativeMethod {
    NativeMethod::new("__reversed__", NativeCode::NoArguments(reversed), "", documentation)
}

/// Completes the three types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    define_one(cx, &cx.types.dict_keys, set_like_slots, KEYS_METHODS)?;
    define_one(cx, &cx.types.dict_values, common_slots, VALUES_METHODS)?;
    define_one(cx, &cx.types.dict_items, set_like_slots, ITEMS_METHODS)
}

fn define_one(
    cx: &Interpreter,
    kind: &Ref<TypeObject>,
    slots: fn(&Slots),
    methods: &'static [NativeMethod],
) -> Outcome<()> {
    let specification = specification::<DictView>(lifecycle(), slots, methods);
    cx.define_type(kind, TypeSpec { attributes: ATTRIBUTES, ..specification })
}

fn common_slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.iter.set(Some(iter));
    slots.length.set(Some(|_, object| Ok(length(object))));
}

fn set_like_slots(slots: &Slots) {
    common_slots(slots);
    slots.compare.set(Some(compare));
    slots.contains.set(Some(contains));
    slots.subtract.set(Some(subtract));
    slots.bit_and.set(Some(bit_and));
    slots.bit_or.set(Some(bit_or));
    slots.bit_xor.set(Some(bit_xor));
}

fn new_view(cx: &Interpreter, kind: &TypeObject, dict: &Object) -> Outcome {
    let made =
        cx.birth_tracked(kind, |object| DictView { object, dict: Field::new(Some(dict.new_ref())) })?;
    Ok(made.into_object())
}

/// `dict.keys()`
pub fn new_keys(cx: &Interpreter, dict: &Object) -> Outcome {
    new_view(cx, &cx.types.dict_keys, dict)
}

/// `dict.values()`
pub fn new_values(cx: &Interpreter, dict: &Object) -> Outcome {
    new_view(cx, &cx.types.dict_values, dict)
}

/// `dict.items()`
pub fn new_items(cx: &Interpreter, dict: &Object) -> Outcome {
    new_view(cx, &cx.types.dict_items, dict)
}

/// Calls `each` with the dict of a view; none for a view that the collector has taken apart.
fn with_dict<R>(view: &Object, each: impl FnOnce(&Dict) -> R) -> Option<R> {
    let dict = this::<DictView>(view).dict.get()?;
    dict.as_dict().map(each)
}

fn length(view: &Object) -> usize {
    with_dict(view, Dict::len).unwrap_or(0)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    cx.repr_once(object, "...", || repr_items(cx, object))
}

fn repr_items(cx: &Interpreter, object: &Object) -> Outcome {
    let items = list_from_iterable(cx, object)?;
    let mut out = TextBuilder::new();
    out.push_str(&object.type_name())?;
    out.push_str("(")?;
    out.push_text(&*cx.repr_text(&items)?)?;
    out.push_str(")")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

fn iterate(cx: &Interpreter, view: &Object, kinds: [&TypeObject; 3]) -> Outcome {
    let [keys, values, items] = kinds;
    let kind = match view {
        view if view.is_exactly(&cx.types.dict_keys) => keys,
        view if view.is_exactly(&cx.types.dict_values) => values,
        _ => items,
    };
    with_dict(view, |dict| new_iterator(cx, kind, dict)).unwrap_or_else(|| cx.iter(&cx.empty_tuple))
}

fn iter(cx: &Interpreter, view: &Object) -> Outcome {
    let types = &cx.types;
    iterate(cx, view, [&types.dict_key_iterator, &types.dict_value_iterator, &types.dict_item_iterator])
}

fn reversed(cx: &Interpreter, view: &Object) -> Outcome {
    let types = &cx.types;
    let kinds: [&TypeObject; 3] = [
        &types.dict_reverse_key_iterator,
        &types.dict_reverse_value_iterator,
        &types.dict_reverse_item_iterator,
    ];
    iterate(cx, view, kinds)
}

fn mapping(cx: &Interpreter, view: &Object) -> Outcome {
    let dict = this::<DictView>(view).dict.get().unwrap_or_else(|| cx.none());
    cx.call(&cx.types.mapping_proxy, &[dict])
}

fn contains(cx: &Interpreter, view: &Object, item: &Object) -> Outcome<bool> {
    let Some(owned) = this::<DictView>(view).dict.get() else { return Ok(false) };
    let Some(dict) = owned.as_dict() else { return Ok(false) };
    if view.is_exactly(&cx.types.dict_keys) {
        return cx.dict_contains(dict, item);
    }
    let Some([key, value]) = item.as_tuple().map(|tuple| tuple.items()) else { return Ok(false) };
    match cx.dict_get(dict, key)? {
        Some(found) => cx.equal(&found, value),
        None => Ok(false),
    }
}

/// Whether an object is a view that behaves like a set.
fn is_set_like(cx: &Interpreter, object: &Object) -> bool {
    object.is_exactly(&cx.types.dict_keys) || object.is_exactly(&cx.types.dict_items)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    if right.as_any_set().is_none() && !is_set_like(cx, right) {
        return Ok(cx.not_implemented.clone());
    }
    let (own, other) = (length(left), cx.length(right)?);
    let result = match comparison {
        Comparison::Equal => own == other && all_in(cx, left, right)?,
        Comparison::NotEqual => !(own == other && all_in(cx, left, right)?),
        Comparison::Less => own < other && all_in(cx, left, right)?,
        Comparison::LessEqual => own <= other && all_in(cx, left, right)?,
        Comparison::Greater => own > other && all_in(cx, right, left)?,
        Comparison::GreaterEqual => own >= other && all_in(cx, right, left)?,
    };
    Ok(cx.new_bool(result))
}

fn all_in(cx: &Interpreter, items: &Object, container: &Object) -> Outcome<bool> {
    let iterator = cx.iter(items)?;
    while let Some(item) = cx.next(&iterator)? {
        if !cx.contains(container, &item)? {
            return Ok(false);
        }
        cx.poll()?;
    }
    Ok(true)
}

fn new_set(cx: &Interpreter) -> Outcome<Ref<Set>> {
    Ok(Set::new(&cx.types.set)?)
}

/// A set of the items of the left operand, which need not be a view.
fn as_set(cx: &Interpreter, operand: &Object) -> Outcome<Ref<Set>> {
    let made = new_set(cx)?;
    let exact_dict = match operand.is_exactly(&cx.types.dict_keys) {
        true => this::<DictView>(operand).dict.get().filter(|dict| dict.is_exactly(&cx.types.dict)),
        false => None,
    };
    cx.set_update(&made, exact_dict.as_deref().unwrap_or(operand))?;
    Ok(made)
}

fn subtract(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let result = as_set(cx, left)?;
    set::difference_update(cx, &result, right)?;
    Ok(result.into_object())
}

fn bit_or(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let result = as_set(cx, left)?;
    cx.set_update(&result, right)?;
    Ok(result.into_object())
}

fn bit_and(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (mut view, mut other) = if is_set_like(cx, left) { (left, right) } else { (right, left) };
    let own = length(view);
    if let Some(set) = other.as_any_set().filter(|set| other.is_exactly(&cx.types.set) && own <= set.len()) {
        return Ok(set::intersection(cx, set, view)?.into_object());
    }
    if is_set_like(cx, other) && length(other) > own {
        (view, other) = (other, view);
    }
    let result = new_set(cx)?;
    for_each(cx, other, |item| {
        if contains(cx, view, &item)? {
            cx.set_add(&result, item)?;
        }
        Ok(())
    })?;
    Ok(result.into_object())
}

fn bit_xor(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    if left.is_exactly(&cx.types.dict_items) && right.is_exactly(&cx.types.dict_items) {
        return items_xor(cx, left, right);
    }
    let result = as_set(cx, left)?;
    set::symmetric_difference_update(cx, &result, right)?;
    Ok(result.into_object())
}

/// What is in one of two items views only, found by their keys.
fn items_xor(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let dicts = (this::<DictView>(left).dict.get(), this::<DictView>(right).dict.get());
    let (Some(first), Some(second)) = dicts else { return Ok(new_set(cx)?.into_object()) };
    let (Some(first), Some(second)) = (first.as_dict(), second.as_dict()) else {
        return Ok(new_set(cx)?.into_object());
    };
    let (rest, result) = (first.copy(&cx.types.dict)?, new_set(cx)?);
    let mut position = 0;
    while let Some((hash, key, value)) = second.next_entry(&mut position) {
        let same = match cx.dict_get_hashed(&rest, &key, hash)? {
            Some(own) => cx.equal(&own, &value)?,
            None => false,
        };
        if same {
            cx.dict_remove(&rest, &key)?;
        } else {
            cx.set_add(&result, pair(cx, key, value)?)?;
        }
        cx.poll()?;
    }
    cx.set_update(&result, &*new_items(cx, &rest)?)?;
    Ok(result.into_object())
}

fn is_disjoint(cx: &Interpreter, view: &Object, other: &Object) -> Outcome {
    if view.is(other) {
        return Ok(cx.new_bool(length(view) == 0));
    }
    let (mut container, mut items) = (view, other);
    if (other.as_any_set().is_some() || is_set_like(cx, other)) && cx.length(other)? > length(view) {
        (container, items) = (other, view);
    }
    let iterator = cx.iter(items)?;
    while let Some(item) = cx.next(&iterator)? {
        if cx.contains(container, &item)? {
            return Ok(cx.false_.clone());
        }
        cx.poll()?;
    }
    Ok(cx.true_.clone())
}
