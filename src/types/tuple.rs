//! `tuple`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::hint::cold_path;

use super::containers::{
    self, CLASS_GETITEM, compare_rows, count_equal, extra_of, find_item, is_index, new_refuses_keywords,
    no_subscript, one_iterable, repeated_length, repr_row, search_arguments, subscript_index,
};
use super::iterators::tuple::new_tuple_iterator;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeSpec};
use crate::values::hashing::TupleHasher;
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, normalise};
use crate::values::tuple::{self as layout, Tuple};

const DOCUMENTATION: &str = "tuple(iterable=(), /)\n--\n\nBuilt-in immutable sequence.\n\n    If no argument is given, the constructor returns an empty tuple.\n    If iterable is specified the tuple is initialized from iterable's items.\n\n    If the argument is a tuple, the return value is the same object.";

static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__getnewargs__", NativeCode::NoArguments(new_arguments), "($self, /)", ""),
    NativeMethod::new(
        "index",
        NativeCode::Positional(index),
        "($self, value, start=0, stop=sys.maxsize, /)",
        "Return first index of value.\n\nRaises ValueError if the value is not present.",
    ),
    NativeMethod::new(
        "count",
        NativeCode::One(|cx, object, value| count_equal(cx, tuple_of(object), value)),
        "($self, value, /)",
        "Return number of occurrences of value.",
    ),
    CLASS_GETITEM,
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.tuple,
        TypeSpec {
            basic_size: layout::BASIC_SIZE,
            item_size: 8,
            flags: TypeFlags::TUPLE | TypeFlags::SEQUENCE | TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(|cx, object| repr_row(cx, object, tuple_of(object), "(", ")", ",)")));
                slots.hash.set(Some(hash));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(new_tuple_iterator));
                slots.length.set(Some(|_, object| Ok(tuple_of(object).len())));
                slots.get_item.set(Some(get_item));
                slots.contains.set(Some(contains));
                slots.concatenate.set(Some(concatenate));
                slots.repeat.set(Some(repeat));
            },
            short_call: Some(make),
            methods: METHODS,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Tuple>(layout::lifecycle())
        },
    )
}

/// `self` of a method as a tuple.
#[inline]
fn tuple_of(object: &Object) -> &Tuple {
    object.as_tuple().expect("a method of tuples gets tuples")
}

/// `tuple()` and `tuple(iterable)`.
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    match values {
        [] => Some(Ok(cx.empty_tuple.clone().into_object())),
        [iterable] => Some(tuple_from_iterable(cx, iterable)),
        _ => None,
    }
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let is_exact = kind.is(&cx.types.tuple);
    drop(one_iterable(cx, "tuple", arguments, new_refuses_keywords(kind, &cx.types.tuple))?);
    let iterable = arguments.positional_values().first();
    if is_exact {
        return iterable.map_or_else(
            || Ok(cx.empty_tuple.clone().into_object()),
            |items| tuple_from_iterable(cx, items),
        );
    }
    let items = match iterable {
        Some(iterable) => cx.collect(iterable)?,
        None => Vec::new(),
    };
    // The fields of a subclass follow the items.
    let extra = extra_of(kind, layout::BASIC_SIZE);
    Ok(Tuple::with_extra(kind, items.into_iter(), extra)?.into_object())
}

/// `tuple(iterable)`
pub fn tuple_from_iterable(cx: &Interpreter, iterable: &Object) -> Outcome {
    if iterable.is_exactly(&cx.types.tuple) {
        return Ok(iterable.new_ref());
    }
    if let Some(list) = cx.exact_list(iterable) {
        return if list.is_empty() {
            Ok(cx.empty_tuple.clone().into_object())
        } else {
            Ok(Tuple::of_list(&cx.types.tuple, list)?.into_object())
        };
    }
    cx.new_tuple_from(cx.collect(iterable)?)
}

fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let mut hasher = TupleHasher::new();
    let tuple = tuple_of(object);
    for item in tuple.items() {
        let Some(hash) = cx.known_hash(item) else {
            cold_path();
            return hash_by_items(cx, tuple);
        };
        hasher.push(hash);
    }
    Ok(hasher.finish())
}

/// The same where items have to be asked.
#[inline(never)]
fn hash_by_items(cx: &Interpreter, tuple: &Tuple) -> Outcome<i64> {
    let mut hasher = TupleHasher::new();
    for item in tuple.items() {
        hasher.push(cx.hash(item)?);
    }
    Ok(hasher.finish())
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    if let Some(order) = cx.tuples_order_plainly(left, right) {
        return Ok(cx.new_bool(comparison.holds(order)));
    }
    match right.as_tuple() {
        Some(right) => compare_tuples(cx, tuple_of(left), right, comparison),
        None => Ok(cx.not_implemented.clone()),
    }
}

/// Unlike lists, tuples of different lengths are compared item by item also for equality.
fn compare_tuples(cx: &Interpreter, left: &Tuple, right: &Tuple, comparison: Comparison) -> Outcome {
    if left.len() == right.len() {
        return compare_rows(cx, left, right, comparison);
    }
    for (first, second) in left.items().iter().zip(right.items()) {
        if !cx.equal(first, second)? {
            return match comparison {
                Comparison::Equal => Ok(cx.false_.clone()),
                Comparison::NotEqual => Ok(cx.true_.clone()),
                _ => cx.compare(first, second, comparison),
            };
        }
        cx.poll()?;
    }
    Ok(cx.new_bool(comparison.holds(left.len().cmp(&right.len()))))
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    let tuple = tuple_of(object);
    if is_index(key) {
        let index = subscript_index(cx, key)?;
        return match normalise(index, tuple.len()).and_then(|index| tuple.get(index)) {
            Some(item) => Ok(item),
            None => Err(cx.index_error("tuple index out of range")),
        };
    }
    let Some(slice) = key.layout::<Slice>() else { return Err(no_subscript(cx, "tuple", key)) };
    let (start, stop, step) = cx.slice_parts(slice)?;
    get_slice(cx, tuple, SliceBounds::adjust(tuple.len(), start, stop, step))
}

/// The items that a slice names.
pub fn get_slice(cx: &Interpreter, tuple: &Tuple, bounds: SliceBounds) -> Outcome {
    let items = tuple.items();
    if bounds.step == 1 && bounds.length == items.len() && tuple.is_exactly(&cx.types.tuple) {
        return Ok(tuple.new_ref());
    }
    if bounds.length == 0 {
        return Ok(cx.empty_tuple.clone().into_object());
    }
    let chosen = bounds.indices().map(|index| items[index].clone());
    Ok(Tuple::new(&cx.types.tuple, chosen)?.into_object())
}

fn contains(cx: &Interpreter, object: &Object, value: &Object) -> Outcome<bool> {
    Ok(find_item(cx, tuple_of(object), value, 0, usize::MAX)?.is_some())
}

fn index(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let tuple = tuple_of(object);
    let (value, start, stop) = search_arguments(cx, arguments, || tuple.len())?;
    match find_item(cx, tuple, value, start, stop)? {
        Some(index) => cx.new_size(index),
        None => Err(cx.value_error("tuple.index(x): x not in tuple")),
    }
}

fn concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let tuple = tuple_of(left);
    let is_exact = |object: &Object| object.is_exactly(&cx.types.tuple);
    if tuple.is_empty() && is_exact(right) {
        return Ok(right.new_ref());
    }
    let Some(other) = right.as_tuple() else {
        let kind = right.type_name();
        return Err(cx.type_error(format_args!("can only concatenate tuple (not \"{kind}\") to tuple")));
    };
    if other.is_empty() && is_exact(left) {
        return Ok(left.new_ref());
    }
    let (first, second) = (tuple.items(), other.items());
    if first.is_empty() && second.is_empty() {
        return Ok(cx.empty_tuple.clone().into_object());
    }
    let items = (0..first.len() + second.len())
        .map(|index| first.get(index).unwrap_or_else(|| &second[index - first.len()]).clone());
    Ok(Tuple::new(&cx.types.tuple, items)?.into_object())
}

fn repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let tuple = tuple_of(object);
    if (tuple.is_empty() || times == 1) && tuple.is_exactly(&cx.types.tuple) {
        return Ok(object.new_ref());
    }
    let total = repeated_length(cx, tuple.len(), times)?;
    if total == 0 {
        return Ok(cx.empty_tuple.clone().into_object());
    }
    let items = tuple.items();
    let repeated = (0..total).map(|index| items[index % items.len()].clone());
    Ok(Tuple::new(&cx.types.tuple, repeated)?.into_object())
}

fn new_arguments(cx: &Interpreter, object: &Object) -> Outcome {
    let copy = cx.new_tuple(tuple_of(object).items())?;
    containers::tuple(cx, &[&copy])
}
