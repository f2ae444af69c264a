//! Methods of deques.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{append, append_left, copy, deque_of, extend, extend_left, find, iterators, mutated};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::types::containers::{self, CLASS_GETITEM, search_arguments, sizeof_with_buffers, word_index};
use crate::values::slice_indices::clamp;

const fn method(name: &'static str, code: NativeCode, documentation: &'static str) -> NativeMethod {
    NativeMethod::new(name, code, "", documentation)
}

/// All methods that are no slots.
pub static METHODS: &[NativeMethod] = &[
    method(
        "append",
        NativeCode::One(|cx, object, item| {
            append(deque_of(object), item.new_ref())?;
            Ok(cx.none())
        }),
        "Add an element to the right side of the deque.",
    ),
    method(
        "appendleft",
        NativeCode::One(|cx, object, item| {
            append_left(deque_of(object), item.new_ref())?;
            Ok(cx.none())
        }),
        "Add an element to the left side of the deque.",
    ),
    method("clear", NativeCode::NoArguments(clear), "Remove all elements from the deque."),
    method("__copy__", NativeCode::NoArguments(copy), "Return a shallow copy of a deque."),
    method("copy", NativeCode::NoArguments(copy), "Return a shallow copy of a deque."),
    method(
        "count",
        NativeCode::One(count),
        "D.count(value) -> integer -- return number of occurrences of value",
    ),
    method(
        "extend",
        NativeCode::One(|cx, object, iterable| {
            extend(cx, deque_of(object), iterable)?;
            Ok(cx.none())
        }),
        "Extend the right side of the deque with elements from the iterable",
    ),
    method(
        "extendleft",
        NativeCode::One(|cx, object, iterable| {
            extend_left(cx, deque_of(object), iterable)?;
            Ok(cx.none())
        }),
        "Extend the left side of the deque with elements from the iterable",
    ),
    method(
        "index",
        NativeCode::Positional(index),
        "D.index(value, [start, [stop]]) -> integer -- return first index of value.\n         Raises ValueError if the value is not present.",
    ),
    method("insert", NativeCode::Positional(insert), "D.insert(index, object) -- insert object before index"),
    method("pop", NativeCode::NoArguments(pop), "Remove and return the rightmost element."),
    method("popleft", NativeCode::NoArguments(pop_left), "Remove and return the leftmost element."),
    method("__reduce__", NativeCode::NoArguments(reduce), "Return state information for pickling."),
    method("remove", NativeCode::One(remove), "D.remove(value) -- remove first occurrence of value."),
    method(
        "__reversed__",
        NativeCode::NoArguments(iterators::reversed),
        "D.__reversed__() -- return a reverse iterator over the deque",
    ),
    method("reverse", NativeCode::NoArguments(reverse), "D.reverse() -- reverse *IN PLACE*"),
    method(
        "rotate",
        NativeCode::Positional(rotate),
        "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left.",
    ),
    method(
        "__sizeof__",
        NativeCode::NoArguments(|cx, object| sizeof_with_buffers(cx, object, deque_of(object).ring_bytes())),
        "D.__sizeof__() -- size of D in memory, in bytes",
    ),
    CLASS_GETITEM,
];

fn clear(cx: &Interpreter, object: &Object) -> Outcome {
    deque_of(object).clear();
    Ok(cx.none())
}

fn count(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    let deque = deque_of(object);
    let (changes, mut found, mut index) = (deque.changes(), 0, 0);
    while let Some(item) = deque.get(index) {
        found += usize::from(cx.equal(&item, value)?);
        if deque.changes() != changes {
            return Err(mutated(cx));
        }
        index += 1;
        cx.poll()?;
    }
    cx.new_size(found)
}

fn index(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let deque = deque_of(object);
    let given = arguments.len();
    if given == 0 || given > 3 {
        let (bound, plural) = if given == 0 { ("at least 1", "") } else { ("at most 3", "s") };
        let message = format!("index() takes {bound} argument{plural} ({given} given)");
        return Err(cx.type_error(message));
    }
    let (value, start, stop) = search_arguments(cx, arguments, || deque.len())?;
    match find(cx, deque, value, start, stop)? {
        Some(index) => cx.new_size(index),
        None => Err(not_in_deque(cx, value)),
    }
}

#[cold]
fn not_in_deque(cx: &Interpreter, value: &Object) -> Raised {
    match cx.repr_text(value) {
        Ok(shown) => cx.value_error(format_args!("{} is not in deque", shown.to_rust_string_lossy())),
        Err(raised) => raised,
    }
}

fn insert(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let [index, item] = arguments else {
        let given = arguments.len();
        return Err(cx.type_error(format_args!("insert() takes exactly 2 arguments ({given} given)")));
    };
    let index = word_index(cx, index)?;
    let deque = deque_of(object);
    if deque.greatest() == Some(deque.len()) {
        return Err(cx.index_error("deque already at its maximum size"));
    }
    deque.insert(clamp(index, deque.len()), item.clone())?;
    Ok(cx.none())
}

#[cold]
fn pop_from_empty(cx: &Interpreter) -> Raised {
    cx.index_error("pop from an empty deque")
}

fn pop(cx: &Interpreter, object: &Object) -> Outcome {
    deque_of(object).pop_back().ok_or_else(|| pop_from_empty(cx))
}

fn pop_left(cx: &Interpreter, object: &Object) -> Outcome {
    deque_of(object).pop_front().ok_or_else(|| pop_from_empty(cx))
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let state = cx.call_method(object, &cx.names.getstate, &[])?;
    let arguments = match deque_of(object).greatest() {
        Some(greatest) => containers::tuple(cx, &[&cx.empty_tuple, &*cx.new_size(greatest)?])?,
        None => cx.empty_tuple.clone().into_object(),
    };
    let iterator = cx.iter(object)?;
    containers::tuple(cx, &[object.type_object(), &arguments, &state, &iterator])
}

fn remove(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    let deque = deque_of(object);
    let (changes, mut index) = (deque.changes(), 0);
    while let Some(item) = deque.get(index) {
        let same = cx.equal(&item, value)?;
        if deque.changes() != changes {
            return Err(cx.index_error("deque mutated during iteration"));
        }
        if same {
            drop(deque.remove(index));
            return Ok(cx.none());
        }
        index += 1;
        cx.poll()?;
    }
    Err(not_in_deque(cx, value))
}

fn reverse(cx: &Interpreter, object: &Object) -> Outcome {
    deque_of(object).reverse();
    Ok(cx.none())
}

fn rotate(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("deque.rotate", arguments.len(), 0, 1)?;
    let steps = match arguments.first() {
        Some(steps) => word_index(cx, steps)?,
        None => 1,
    };
    let deque = deque_of(object);
    if !deque.is_empty() {
        deque.rotate(steps.rem_euclid(deque.len() as isize) as usize);
    }
    Ok(cx.none())
}
