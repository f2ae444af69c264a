//! Methods of lists.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::hint::cold_path;

use super::{items, list_of, sort};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::types::containers::{
    CLASS_GETITEM, count_equal, find_item, search_arguments, sizeof_with_buffers, word_index,
};
use crate::types::iterators::list::new_list_reverse_iterator;
use crate::values::list::List;
use crate::values::slice_indices::{clamp, normalise};

/// All methods that are no slots.
pub static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__getitem__", NativeCode::One(items::get_item), "", "x.__getitem__(y) <==> x[y]"),
    NativeMethod::new(
        "__reversed__",
        NativeCode::NoArguments(|cx, object| new_list_reverse_iterator(cx, list_of(object))),
        "($self, /)",
        "Return a reverse iterator over the list.",
    ),
    NativeMethod::new(
        "__sizeof__",
        NativeCode::NoArguments(|cx, object| sizeof_with_buffers(cx, object, 8 * list_of(object).capacity())),
        "($self, /)",
        "Return the size of the list in memory, in bytes.",
    ),
    NativeMethod::new("clear", NativeCode::NoArguments(clear), "($self, /)", "Remove all items from list."),
    NativeMethod::new(
        "copy",
        NativeCode::NoArguments(copy),
        "($self, /)",
        "Return a shallow copy of the list.",
    ),
    NativeMethod::new(
        "append",
        NativeCode::One(append),
        "($self, object, /)",
        "Append object to the end of the list.",
    ),
    NativeMethod::new(
        "insert",
        NativeCode::Positional(insert),
        "($self, index, object, /)",
        "Insert object before index.",
    ),
    NativeMethod::new(
        "extend",
        NativeCode::One(extend_method),
        "($self, iterable, /)",
        "Extend list by appending elements from the iterable.",
    ),
    NativeMethod::new(
        "pop",
        NativeCode::Positional(pop),
        "($self, index=-1, /)",
        "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.",
    ),
    NativeMethod::new(
        "remove",
        NativeCode::One(remove),
        "($self, value, /)",
        "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.",
    ),
    NativeMethod::new(
        "index",
        NativeCode::Positional(index),
        "($self, value, start=0, stop=sys.maxsize, /)",
        "Return first index of value.\n\nRaises ValueError if the value is not present.",
    ),
    NativeMethod::new(
        "count",
        NativeCode::One(|cx, object, value| count_equal(cx, list_of(object), value)),
        "($self, value, /)",
        "Return number of occurrences of value.",
    ),
    NativeMethod::new("reverse", NativeCode::NoArguments(reverse), "($self, /)", "Reverse *IN PLACE*."),
    NativeMethod::new(
        "sort",
        NativeCode::Full(sort::sort),
        "($self, /, *, key=None, reverse=False)",
        sort::SORT,
    ),
    CLASS_GETITEM,
];

fn clear(cx: &Interpreter, object: &Object) -> Outcome {
    list_of(object).clear();
    Ok(cx.none())
}

fn copy(cx: &Interpreter, object: &Object) -> Outcome {
    let list = list_of(object);
    Ok(List::of_range(&cx.types.list, list, 0..list.len())?.into_object())
}

fn append(cx: &Interpreter, object: &Object, item: &Object) -> Outcome {
    let list = list_of(object);
    if !list.push_at_once(item) {
        cold_path();
        return append_growing(cx, list, item);
    }
    Ok(cx.none())
}

#[inline(never)]
fn append_growing(cx: &Interpreter, list: &List, item: &Object) -> Outcome {
    list.push(item.new_ref())?;
    Ok(cx.none())
}

fn insert(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("insert", arguments.len(), 2, 2)?;
    let index = word_index(cx, &arguments[0])?;
    let list = list_of(object);
    list.insert(clamp(index, list.len()), arguments[1].clone())?;
    Ok(cx.none())
}

fn extend_method(cx: &Interpreter, object: &Object, iterable: &Object) -> Outcome {
    extend(cx, list_of(object), iterable)?;
    Ok(cx.none())
}

/// Appends all items of an iterable.
pub fn extend(cx: &Interpreter, list: &List, iterable: &Object) -> Outcome<()> {
    if let Some(other) = iterable.as_list().filter(|other| other.is_exactly(&cx.types.list) || other.is(list))
    {
        return Ok(list.extend_from_list(other)?);
    }
    if let Some(tuple) = iterable.as_tuple().filter(|tuple| tuple.is_exactly(&cx.types.tuple)) {
        return Ok(list.extend_from_slice(tuple.items())?);
    }
    extend_by_iteration(cx, list, iterable)
}

fn extend_by_iteration(cx: &Interpreter, list: &List, iterable: &Object) -> Outcome<()> {
    let iterator = cx.iter(iterable)?;
    let hint = cx.length_hint(iterable, 8)?;
    if list.capacity() > 0 {
        if list.len().checked_add(hint).is_some_and(|whole| whole <= isize::MAX as usize) {
            list.reserve(hint)?;
        }
    } else if hint > 0 {
        list.preallocate(hint)?;
    }
    while let Some(item) = cx.next(&iterator)? {
        list.push(item)?;
        cx.poll()?;
    }
    list.trim();
    Ok(())
}

/// `list(iterable)`
pub fn list_from_iterable(cx: &Interpreter, iterable: &Object) -> Outcome<Ref<List>> {
    let list = List::new(&cx.types.list, 0)?;
    extend(cx, &list, iterable)?;
    Ok(list)
}

fn pop(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("pop", arguments.len(), 0, 1)?;
    let index = match arguments.first() {
        Some(index) => word_index(cx, index)?,
        None => -1,
    };
    let list = list_of(object);
    if list.is_empty() {
        return Err(cx.index_error("pop from empty list"));
    }
    match normalise(index, list.len()).and_then(|index| list.pop(index)) {
        Some(item) => Ok(item),
        None => Err(cx.index_error("pop index out of range")),
    }
}

fn remove(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    let list = list_of(object);
    match find_item(cx, list, value, 0, usize::MAX)? {
        Some(index) => drop(list.pop(index)),
        None => return Err(cx.value_error("list.remove(x): x not in list")),
    }
    Ok(cx.none())
}

fn index(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let list = list_of(object);
    let (value, start, stop) = search_arguments(cx, arguments, || list.len())?;
    match find_item(cx, list, value, start, stop)? {
        Some(index) => cx.new_size(index),
        None => {
            let shown = cx.repr_text(value)?;
            Err(cx.value_error(format_args!("{} is not in list", shown.to_rust_string_lossy())))
        }
    }
}

fn reverse(cx: &Interpreter, object: &Object) -> Outcome {
    list_of(object).reverse();
    Ok(cx.none())
}
