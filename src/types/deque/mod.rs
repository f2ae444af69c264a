//! `collections.deque`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod iterators;
mod methods;

use super::containers::{extra_of, is_index, subscript_index};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::{NativeAttribute, Parameters};
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, Raised, TypeSpec};
use crate::types::containers::{for_each, repeated_length, this};
use crate::types::list::list_from_iterable;
use crate::values::deque::{self as layout, Deque};
use crate::values::integer::Integer;
use crate::values::slice_indices::normalise;
use crate::values::text::TextBuilder;

const DOCUMENTATION: &str = "deque([iterable[, maxlen]]) --> deque object\n\n    A list-like sequence optimized for data accesses near its endpoints.";

const PARAMETERS: Parameters<2> = Parameters {
    function: "deque",
    names: ["iterable", "maxlen"],
    positional_only: 0,
    positional: 2,
    required: 0,
};

static ATTRIBUTES: &[NativeAttribute] = &[NativeAttribute::new(
    "maxlen",
    |cx, object| deque_of(object).greatest().map_or_else(|| Ok(cx.none()), |greatest| cx.new_size(greatest)),
    "maximum size of a deque or None if unbounded",
)];

/// Completes the type and its iterators.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.deque,
        TypeSpec {
            flags: TypeFlags::SEQUENCE | TypeFlags::BASE_TYPE,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.init.set(Some(init));
                slots.repr.set(Some(repr));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(iterators::iter));
                slots.length.set(Some(|_, object| Ok(deque_of(object).len())));
                slots.get_item.set(Some(get_item));
                slots.set_item.set(Some(set_item));
                slots.contains.set(Some(contains));
                slots.concatenate.set(Some(concatenate));
                slots.repeat.set(Some(repeat));
                slots.inplace_concatenate.set(Some(inplace_concatenate));
                slots.inplace_repeat.set(Some(inplace_repeat));
            },
            methods: methods::METHODS,
            attributes: ATTRIBUTES,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Deque>(layout::lifecycle())
        },
    )?;
    iterators::define(cx)
}

/// `self` of a method as a deque.
fn deque_of(object: &Object) -> &Deque {
    this::<Deque>(object)
}

fn new(_: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    Ok(Deque::new(kind, extra_of(kind, layout::BASIC_SIZE))?.into_object())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let given = arguments.values.len();
    if given > 2 {
        return Err(cx.type_error(format_args!("deque() takes at most 2 arguments ({given} given)")));
    }
    let [iterable, greatest] = PARAMETERS.bind_lent(cx, arguments)?;
    let deque = deque_of(object);
    let greatest = match greatest.filter(|greatest| !cx.is_none(greatest)) {
        Some(greatest) => Some(greatest_length(cx, greatest)?),
        None => None,
    };
    deque.set_greatest(greatest);
    deque.clear();
    iterable.map_or(Ok(()), |iterable| extend(cx, deque, iterable))
}

fn greatest_length(cx: &Interpreter, value: &Object) -> Outcome<usize> {
    let Some(integer) = value.as_int() else { return Err(cx.type_error("an integer is required")) };
    let Some(word) = Integer::to_i64(integer) else {
        return Err(cx.overflow_error("Python int too large to convert to C ssize_t"));
    };
    usize::try_from(word).map_err(|_| cx.value_error("maxlen must be non-negative"))
}

/// Appends on the right; the leftmost item leaves where the deque becomes too long.
fn append(deque: &Deque, item: ObjectRef) -> Outcome<()> {
    deque.push_back(item)?;
    if deque.greatest().is_some_and(|greatest| deque.len() > greatest) {
        drop(deque.pop_front());
    }
    Ok(())
}

/// Appends on the left; the rightmost item leaves where the deque becomes too long.
fn append_left(deque: &Deque, item: ObjectRef) -> Outcome<()> {
    deque.push_front(item)?;
    if deque.greatest().is_some_and(|greatest| deque.len() > greatest) {
        drop(deque.pop_back());
    }
    Ok(())
}

/// What is iterated to extend a deque: a copy if it is the deque itself.
fn source(cx: &Interpreter, deque: &Deque, iterable: &Object) -> Outcome {
    if deque.is(iterable) {
        Ok(list_from_iterable(cx, iterable)?.into_object())
    } else {
        Ok(iterable.new_ref())
    }
}

fn extend(cx: &Interpreter, deque: &Deque, iterable: &Object) -> Outcome<()> {
    for_each(cx, &*source(cx, deque, iterable)?, |item| append(deque, item))
}

fn extend_left(cx: &Interpreter, deque: &Deque, iterable: &Object) -> Outcome<()> {
    for_each(cx, &*source(cx, deque, iterable)?, |item| append_left(deque, item))
}

/// A copy of the same type.
fn copy(cx: &Interpreter, object: &Object) -> Outcome {
    let deque = deque_of(object);
    if object.is_exactly(&cx.types.deque) {
        let made: Ref<Deque> = Deque::new(&cx.types.deque, 0)?;
        made.set_greatest(deque.greatest());
        for item in deque.items()?.iter() {
            made.push_back(item.clone())?;
        }
        return Ok(made.into_object());
    }
    let mut arguments = vec![object.new_ref()];
    if let Some(greatest) = deque.greatest() {
        arguments.push(cx.new_size(greatest)?);
    }
    let made = cx.call(object.type_object(), &arguments)?;
    if made.layout::<Deque>().is_none() {
        let (kind, wrong) = (object.type_object().name_text(), made.type_object().name_text());
        return Err(cx.type_error(format_args!("{kind}() must return a deque, not {wrong}")));
    }
    Ok(made)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    cx.repr_once(object, "[...]", || repr_items(cx, object))
}

fn repr_items(cx: &Interpreter, object: &Object) -> Outcome {
    let items = list_from_iterable(cx, object)?;
    let mut out = TextBuilder::new();
    out.push_str(&object.type_object().name_text())?;
    out.push_str("(")?;
    out.push_text(&*cx.repr_text(&items)?)?;
    if let Some(greatest) = deque_of(object).greatest() {
        out.push_str(&format!(", maxlen={greatest}"))?;
    }
    out.push_str(")")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let Some(other) = right.layout::<Deque>() else { return Ok(cx.not_implemented.clone()) };
    let deque = deque_of(left);
    let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    if is_equality && (left.is(right) || deque.len() != other.len()) {
        return Ok(cx.new_bool(left.is(right) == (comparison == Comparison::Equal)));
    }
    let (first, second) = (cx.iter(left)?, cx.iter(right)?);
    loop {
        let pair = (cx.next(&first)?, cx.next(&second)?);
        let (Some(mine), Some(other)) = &pair else {
            return Ok(cx.new_bool(comparison.holds(pair.0.is_some().cmp(&pair.1.is_some()))));
        };
        if !cx.equal(mine, other)? {
            return match comparison {
                Comparison::Equal => Ok(cx.false_.clone()),
                Comparison::NotEqual => Ok(cx.true_.clone()),
                _ => Ok(cx.new_bool(cx.compare_bool(mine, other, comparison)?)),
            };
        }
        cx.poll()?;
    }
}

/// The place that a key names.
fn place(cx: &Interpreter, deque: &Deque, key: &Object) -> Outcome<usize> {
    if !is_index(key) {
        let kind = key.type_name();
        return Err(cx.type_error(format_args!("sequence index must be integer, not '{kind}'")));
    }
    let index = subscript_index(cx, key)?;
    normalise(index, deque.len()).ok_or_else(|| cx.index_error("deque index out of range"))
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    let deque = deque_of(object);
    let place = place(cx, deque, key)?;
    Ok(deque.get(place).unwrap_or_else(|| cx.none()))
}

fn set_item(cx: &Interpreter, object: &Object, key: &Object, value: Option<&Object>) -> Outcome<()> {
    let deque = deque_of(object);
    let place = place(cx, deque, key)?;
    match value {
        Some(value) => drop(deque.set(place, value.new_ref())),
        None => drop(deque.remove(place)),
    }
    Ok(())
}

#[cold]
fn mutated(cx: &Interpreter) -> Raised {
    cx.runtime_error("deque mutated during iteration")
}

/// The index of the first equal item in a range; the deque must not change meanwhile.
fn find(
    cx: &Interpreter,
    deque: &Deque,
    value: &Object,
    start: usize,
    stop: usize,
) -> Outcome<Option<usize>> {
    let changes = deque.changes();
    for index in start..stop.min(deque.len()) {
        let Some(item) = deque.get(index) else { break };
        let same = cx.equal(&item, value)?;
        if same {
            return Ok(Some(index));
        }
        if deque.changes() != changes {
            return Err(mutated(cx));
        }
        cx.poll()?;
    }
    Ok(None)
}

fn contains(cx: &Interpreter, object: &Object, value: &Object) -> Outcome<bool> {
    Ok(find(cx, deque_of(object), value, 0, usize::MAX)?.is_some())
}

fn concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    if right.layout::<Deque>().is_none() {
        let kind = right.type_name();
        return Err(cx.type_error(format_args!("can only concatenate deque (not \"{kind}\") to deque")));
    }
    let made = copy(cx, left)?;
    extend(cx, deque_of(&made), right)?;
    Ok(made)
}

fn inplace_concatenate(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    extend(cx, deque_of(object), other)?;
    Ok(object.new_ref())
}

fn repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let made = copy(cx, object)?;
    inplace_repeat(cx, &made, times)
}

fn inplace_repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let deque = deque_of(object);
    let length = deque.len();
    if times <= 0 {
        deque.clear();
    } else if length > 0 {
        // Of a bounded deque only the last repetitions are seen.
        let most = deque.greatest().map_or(usize::MAX, |greatest| greatest / length + 2);
        let times = (times as usize).min(most);
        repeated_length(cx, length, times as isize)?;
        let items = deque.items()?;
        for _ in 1..times {
            for item in items.iter() {
                append(deque, item.clone())?;
            }
            cx.poll()?;
        }
    }
    Ok(object.new_ref())
}
