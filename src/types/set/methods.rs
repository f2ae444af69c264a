//! Methods of sets and frozensets.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::operations;
use super::{contains, copy, frozen_stand_in, set_of};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::types::containers::{self, CLASS_GETITEM, sizeof_with_buffers};
use crate::types::list::list_from_iterable;
use crate::values::set::BASIC_SIZE;

const fn method(name: &'static str, code: NativeCode, documentation: &'static str) -> NativeMethod {
    NativeMethod::new(name, code, "", documentation)
}

const CONTAINS: NativeMethod = method(
    "__contains__",
    NativeCode::One(|cx, object, element| Ok(cx.new_bool(contains(cx, object, element)?))),
    "x.__contains__(y) <==> y in x.",
);
const DIFFERENCE: NativeMethod = method(
    "difference",
    NativeCode::Positional(difference),
    "Return the difference of two or more sets as a new set.\n\n(i.e. all elements that are in this set but not the others.)",
);
const INTERSECTION: NativeMethod = method(
    "intersection",
    NativeCode::Positional(intersection),
    "Return the intersection of two sets as a new set.\n\n(i.e. all elements that are in both sets.)",
);
const IS_DISJOINT: NativeMethod = method(
    "isdisjoint",
    NativeCode::One(|cx, object, other| Ok(cx.new_bool(operations::is_disjoint(cx, set_of(object), other)?))),
    "Return True if two sets have a null intersection.",
);
const IS_SUBSET: NativeMethod =
    method("issubset", NativeCode::One(is_subset), "Report whether another set contains this set.");
const IS_SUPERSET: NativeMethod =
    method("issuperset", NativeCode::One(is_superset), "Report whether this set contains another set.");
const REDUCE: NativeMethod =
    method("__reduce__", NativeCode::NoArguments(reduce), "Return state information for pickling.");
const SIZEOF: NativeMethod = method(
    "__sizeof__",
    NativeCode::NoArguments(|cx, object| {
        sizeof_with_buffers(cx, object, set_of(object).sizeof() - BASIC_SIZE)
    }),
    "S.__sizeof__() -> size of S in memory, in bytes",
);
const SYMMETRIC_DIFFERENCE: NativeMethod = method(
    "symmetric_difference",
    NativeCode::One(|cx, object, other| {
        Ok(operations::symmetric_difference(cx, set_of(object), other)?.into_object())
    }),
    "Return the symmetric difference of two sets as a new set.\n\n(i.e. all elements that are in exactly one of the sets.)",
);
const UNION: NativeMethod = method(
    "union",
    NativeCode::Positional(union),
    "Return the union of sets as a new set.\n\n(i.e. all elements that are in either set.)",
);
const COPY: &str = "Return a shallow copy of a set.";

/// Methods of `frozenset` that are no slots.
pub static FROZEN_METHODS: &[NativeMethod] = &[
    CONTAINS,
    method("copy", NativeCode::NoArguments(copy_frozen), COPY),
    DIFFERENCE,
    INTERSECTION,
    IS_DISJOINT,
    IS_SUBSET,
    IS_SUPERSET,
    REDUCE,
    SIZEOF,
    SYMMETRIC_DIFFERENCE,
    UNION,
    CLASS_GETITEM,
];

/// Methods of `set` that are no slots.
pub static METHODS: &[NativeMethod] = &[
    CONTAINS,
    method("copy", NativeCode::NoArguments(copy_set), COPY),
    DIFFERENCE,
    INTERSECTION,
    IS_DISJOINT,
    IS_SUBSET,
    IS_SUPERSET,
    REDUCE,
    SIZEOF,
    SYMMETRIC_DIFFERENCE,
    UNION,
    CLASS_GETITEM,
    method(
        "add",
        NativeCode::One(add),
        "Add an element to a set.\n\nThis has no effect if the element is already present.",
    ),
    method("clear", NativeCode::NoArguments(clear), "Remove all elements from this set."),
    method(
        "discard",
        NativeCode::One(discard),
        "Remove an element from a set if it is a member.\n\n         Unlike set.remove(), the discard() method does not raise\nan exception when an element is missing from the set.",
    ),
    method(
        "difference_update",
        NativeCode::Positional(difference_update),
        "Remove all elements of another set from this set.",
    ),
    method(
        "intersection_update",
        NativeCode::Positional(intersection_update),
        "Update a set with the intersection of itself and another.",
    ),
    method(
        "pop",
        NativeCode::NoArguments(pop),
        "Remove and return an arbitrary set element.\nRaises KeyError if the set is empty.",
    ),
    method(
        "remove",
        NativeCode::One(remove),
        "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError.",
    ),
    method(
        "symmetric_difference_update",
        NativeCode::One(symmetric_difference_update),
        "Update a set with the symmetric difference of itself and another.",
    ),
    method("update", NativeCode::Positional(update), "Update a set with the union of itself and others."),
];

fn copy_set(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(copy(cx, set_of(object))?.into_object())
}

fn copy_frozen(cx: &Interpreter, object: &Object) -> Outcome {
    if object.is_exactly(&cx.types.frozenset) { Ok(object.new_ref()) } else { copy_set(cx, object) }
}

fn difference(cx: &Interpreter, object: &Object, others: &[ObjectRef]) -> Outcome {
    let Some((first, rest)) = others.split_first() else { return copy_set(cx, object) };
    let result = operations::difference(cx, set_of(object), first)?;
    for other in rest {
        operations::difference_update(cx, &result, other)?;
    }
    Ok(result.into_object())
}

fn intersection(cx: &Interpreter, object: &Object, others: &[ObjectRef]) -> Outcome {
    let Some((first, rest)) = others.split_first() else { return copy_set(cx, object) };
    let mut result = operations::intersection(cx, set_of(object), first)?;
    for other in rest {
        result = operations::intersection(cx, &result, other)?;
    }
    Ok(result.into_object())
}

fn union(cx: &Interpreter, object: &Object, others: &[ObjectRef]) -> Outcome {
    // CPython packs the arguments in a tuple.
    let _packed = others.to_vec();
    let result = copy(cx, set_of(object))?;
    for other in others.iter().filter(|other| !other.is(object)) {
        cx.set_update(&result, other)?;
    }
    Ok(result.into_object())
}

fn is_subset(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    let set = set_of(object);
    let result = match other.as_any_set() {
        Some(other) => operations::is_subset(cx, set, other)?,
        None => operations::intersection(cx, set, other)?.len() == set.len(),
    };
    Ok(cx.new_bool(result))
}

fn is_superset(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    let set = set_of(object);
    if let Some(other) = other.as_any_set() {
        return Ok(cx.new_bool(operations::is_subset(cx, other, set)?));
    }
    let iterator = cx.iter(other)?;
    while let Some(element) = cx.next(&iterator)? {
        if !cx.set_contains(set, &element)? {
            return Ok(cx.false_.clone());
        }
        cx.poll()?;
    }
    Ok(cx.true_.clone())
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let elements = list_from_iterable(cx, object)?;
    let arguments = containers::tuple(cx, &[&elements])?;
    let state = cx.call_method(object, &cx.names.getstate, &[])?;
    containers::tuple(cx, &[object.type_object(), &arguments, &state])
}

fn add(cx: &Interpreter, object: &Object, element: &Object) -> Outcome {
    cx.set_add_lent(set_of(object), element)?;
    Ok(cx.none())
}

fn clear(cx: &Interpreter, object: &Object) -> Outcome {
    set_of(object).clear();
    Ok(cx.none())
}

/// Takes an element out; a set as the element stands for the frozenset of its elements.
fn take_out(cx: &Interpreter, object: &Object, element: &Object) -> Outcome<bool> {
    let set = set_of(object);
    match cx.hash(element) {
        Ok(hash) => operations::remove(cx, set, element, hash),
        Err(raised) => {
            let frozen = frozen_stand_in(cx, element, raised)?;
            cx.set_discard(set, &frozen)
        }
    }
}

fn discard(cx: &Interpreter, object: &Object, element: &Object) -> Outcome {
    take_out(cx, object, element)?;
    Ok(cx.none())
}

fn remove(cx: &Interpreter, object: &Object, element: &Object) -> Outcome {
    match take_out(cx, object, element)? {
        true => Ok(cx.none()),
        false => Err(cx.key_error(element)),
    }
}

fn pop(cx: &Interpreter, object: &Object) -> Outcome {
    match set_of(object).pop() {
        Some(element) => Ok(element),
        None => Err(cx.key_error(&*cx.new_text("pop from an empty set")?)),
    }
}

fn difference_update(cx: &Interpreter, object: &Object, others: &[ObjectRef]) -> Outcome {
    for other in others {
        operations::difference_update(cx, set_of(object), other)?;
    }
    Ok(cx.none())
}

fn intersection_update(cx: &Interpreter, object: &Object, others: &[ObjectRef]) -> Outcome {
    let result = intersection(cx, object, others)?;
    set_of(object).swap_contents(set_of(&result));
    Ok(cx.none())
}

fn symmetric_difference_update(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    operations::symmetric_difference_update(cx, set_of(object), other)?;
    Ok(cx.none())
}

fn update(cx: &Interpreter, object: &Object, others: &[ObjectRef]) -> Outcome {
    let _packed = others.to_vec();
    for other in others {
        cx.set_update(set_of(object), other)?;
    }
    Ok(cx.none())
}
