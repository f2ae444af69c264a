//! Methods and attributes of arrays.

#![forbid(unsafe_code)]

use super::{
    all_bytes, append_item, array_of, code_text, extend, files, insert_item, items, new_array, pickling,
    resized, splice,
};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::binary::buffer::{Exporter, required_buffer};
use crate::types::binary::memoryview::item_size_of;
use crate::types::coding::new_bytes;
use crate::types::containers::{search_arguments, sizeof_with_buffers, word_index};
use crate::types::support::argument_kind;
use crate::types::text::storage::room;
use crate::values::array::Array;
use crate::values::slice_indices::normalise;

use NativeCode::{NoArguments, One, Positional};

const UNICODE_ONLY: &str = "may only be called on unicode type arrays";

pub(super) static METHODS: &[NativeMethod] = &[
    NativeMethod::new("append", One(append), "($self, v, /)", "Append new value v to the end of the array."),
    NativeMethod::new(
        "buffer_info",
        NoArguments(buffer_info),
        "($self, /)",
        "Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents.\n\nThe length should be multiplied by the itemsize attribute to calculate\nthe buffer length in bytes.",
    ),
    NativeMethod::new(
        "byteswap",
        NoArguments(|cx, object| {
            array_of(object).swap_bytes();
            Ok(cx.none())
        }),
        "($self, /)",
        "Byteswap all items of the array.\n\nIf the items in the array are not 1, 2, 4, or 8 bytes in size, RuntimeError is\nraised.",
    ),
    NativeMethod::new("__copy__", NoArguments(copy), "($self, /)", "Return a copy of the array."),
    NativeMethod::new(
        "count",
        One(count),
        "($self, v, /)",
        "Return number of occurrences of v in the array.",
    ),
    NativeMethod::new(
        "__deepcopy__",
        One(|cx, object, _| copy(cx, object)),
        "($self, unused, /)",
        "Return a copy of the array.",
    ),
    NativeMethod::new(
        "extend",
        One(|cx, object, other| {
            extend(cx, array_of(object), other)?;
            Ok(cx.none())
        }),
        "($self, bb, /)",
        "Append items to the end of the array.",
    ),
    NativeMethod::new(
        "fromfile",
        NativeCode::Full(files::from_file),
        "($self, f, n, /)",
        "Read n objects from the file object f and append them to the end of the array.",
    ),
    NativeMethod::new("fromlist", One(from_list), "($self, list, /)", "Append items to array from list."),
    NativeMethod::new(
        "frombytes",
        One(from_bytes),
        "($self, buffer, /)",
        "Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method.",
    ),
    NativeMethod::new(
        "fromunicode",
        One(from_text),
        "($self, ustr, /)",
        "Extends this array with data from the unicode string ustr.\n\nThe array must be a unicode type array; otherwise a ValueError is raised.\nUse array.frombytes(ustr.encode(...)) to append Unicode data to an array of\nsome other type.",
    ),
    NativeMethod::new(
        "index",
        Positional(index),
        "($self, v, start=0, stop=sys.maxsize, /)",
        "Return index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present.",
    ),
    NativeMethod::new(
        "insert",
        Positional(insert),
        "($self, i, v, /)",
        "Insert a new item v into the array before position i.",
    ),
    NativeMethod::new(
        "pop",
        Positional(pop),
        "($self, i=-1, /)",
        "Return the i-th element and delete it from the array.\n\ni defaults to -1.",
    ),
    NativeMethod::new(
        "__reduce_ex__",
        One(pickling::reduce_ex),
        "($self, value, /)",
        "Return state information for pickling.",
    ),
    NativeMethod::new(
        "remove",
        One(remove),
        "($self, v, /)",
        "Remove the first occurrence of v in the array.",
    ),
    NativeMethod::new(
        "reverse",
        NoArguments(|cx, object| {
            array_of(object).reverse();
            Ok(cx.none())
        }),
        "($self, /)",
        "Reverse the order of the items in the array.",
    ),
    NativeMethod::new(
        "tofile",
        One(files::to_file),
        "($self, f, /)",
        "Write all items (as machine values) to the file object f.",
    ),
    NativeMethod::new(
        "tolist",
        NoArguments(to_list),
        "($self, /)",
        "Convert array to an ordinary list with the same items.",
    ),
    NativeMethod::new(
        "tobytes",
        NoArguments(|cx, object| new_bytes(cx, &all_bytes(array_of(object))?)),
        "($self, /)",
        "Convert the array to an array of machine values and return the bytes representation.",
    ),
    NativeMethod::new(
        "tounicode",
        NoArguments(to_text),
        "($self, /)",
        "Extends this array with data from the unicode string ustr.\n\nConvert the array to a unicode string.  The array must be a unicode type array;\notherwise a ValueError is raised.  Use array.tobytes().decode() to obtain a\nunicode string from an array of some other type.",
    ),
    NativeMethod::new(
        "__sizeof__",
        NoArguments(|cx, object| sizeof_with_buffers(cx, object, array_of(object).block_bytes())),
        "($self, /)",
        "Size of the array in memory, in bytes.",
    ),
];

pub(super) static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "typecode",
        |cx, object| code_text(cx, array_of(object)),
        "the typecode character used to create the array",
    ),
    NativeAttribute::new(
        "itemsize",
        |cx, object| cx.new_size(array_of(object).item_size()),
        "the size, in bytes, of one array item",
    ),
];

fn append(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    append_item(cx, array_of(object), value)?;
    Ok(cx.none())
}

fn buffer_info(cx: &Interpreter, object: &Object) -> Outcome {
    let array = array_of(object);
    cx.new_tuple_from(vec![cx.new_size(array.address())?, cx.new_size(array.len())?])
}

fn copy(cx: &Interpreter, object: &Object) -> Outcome {
    let array = array_of(object);
    new_array(cx, array.code(), &all_bytes(array)?)
}

/// The index of the first equal item in a range.
fn find(
    cx: &Interpreter,
    array: &Array,
    value: &Object,
    start: usize,
    stop: usize,
) -> Outcome<Option<usize>> {
    for index in start..stop {
        let Some(item) = items::get(cx, array, index)? else { break };
        if cx.equal(&item, value)? {
            return Ok(Some(index));
        }
        cx.poll()?;
    }
    Ok(None)
}

pub(super) fn contains(cx: &Interpreter, object: &Object, value: &Object) -> Outcome<bool> {
    Ok(find(cx, array_of(object), value, 0, usize::MAX)?.is_some())
}

fn count(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    let array = array_of(object);
    let (mut found, mut index) = (0, 0);
    while let Some(item) = items::get(cx, array, index)? {
        found += usize::from(cx.equal(&item, value)?);
        index += 1;
        cx.poll()?;
    }
    cx.new_size(found)
}

#[cold]
fn not_in_array(cx: &Interpreter, method: &str) -> Raised {
    cx.value_error(format_args!("array.{method}(x): x not in array"))
}

fn index(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let array = array_of(object);
    let (value, start, stop) = search_arguments(cx, arguments, || array.len())?;
    match find(cx, array, value, start, stop)? {
        Some(index) => cx.new_size(index),
        None => Err(not_in_array(cx, "index")),
    }
}

fn remove(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    let array = array_of(object);
    match find(cx, array, value, 0, usize::MAX)? {
        Some(index) if index < array.len() => splice(cx, array, index..index + 1, &[])?,
        Some(_) => {}
        None => return Err(not_in_array(cx, "remove")),
    }
    Ok(cx.none())
}

fn insert(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("insert", arguments.len(), 2, 2)?;
    let place = word_index(cx, &arguments[0])?;
    insert_item(cx, array_of(object), place, &arguments[1])?;
    Ok(cx.none())
}

fn pop(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("pop", arguments.len(), 0, 1)?;
    let index = arguments.first().map_or(Ok(-1), |index| word_index(cx, index))?;
    let array = array_of(object);
    if array.is_empty() {
        return Err(cx.index_error("pop from empty array"));
    }
    let found = normalise(index, array.len());
    let place = found.ok_or_else(|| cx.index_error("pop index out of range"))?;
    let item = items::get(cx, array, place)?;
    splice(cx, array, place..place + 1, &[])?;
    Ok(item.unwrap_or_else(|| cx.none()))
}

/// Appends the items of a list, or none of them.
fn from_list(cx: &Interpreter, object: &Object, list: &Object) -> Outcome {
    let array = array_of(object);
    let Some(list) = list.as_list() else { return Err(cx.type_error("arg must be list")) };
    let (old, count) = (array.len(), list.len());
    if count == 0 {
        return Ok(cx.none());
    }
    resized(cx, array, old.saturating_add(count))?;
    for index in 0..count {
        let converted = match list.get(index) {
            Some(item) => items::pack(cx, array.code(), &item),
            None => Err(list_changed(cx)),
        };
        let converted = converted.and_then(|bytes| match list.len() {
            length if length == count => Ok(bytes),
            _ => Err(list_changed(cx)),
        });
        match converted {
            Ok(bytes) => drop(array.set_item(old + index, bytes)),
            Err(raised) => {
                // Whatever the conversion did to the array: what was there before stays.
                let _ = array.resize(old.min(array.len()));
                return Err(raised);
            }
        }
        cx.poll()?;
    }
    Ok(cx.none())
}

#[cold]
fn list_changed(cx: &Interpreter) -> Raised {
    cx.runtime_error("list changed size during iteration")
}

fn from_bytes(cx: &Interpreter, object: &Object, bytes: &Object) -> Outcome {
    let given = required_buffer(cx, bytes)?;
    let item_size = Exporter::of(bytes).map_or_else(|| item_size_of(bytes), |exporter| exporter.item_size());
    if item_size != 1 {
        return Err(cx.type_error("a bytes-like object is required"));
    }
    append_bytes(cx, array_of(object), &given)?;
    Ok(cx.none())
}

/// Appends the items whose bytes these are.
pub(super) fn append_bytes(cx: &Interpreter, array: &Array, bytes: &[u8]) -> Outcome<()> {
    if !bytes.len().is_multiple_of(array.item_size()) {
        return Err(cx.value_error("bytes length not a multiple of item size"));
    }
    if bytes.is_empty() {
        return Ok(());
    }
    splice(cx, array, array.len()..array.len(), bytes)
}

fn from_text(cx: &Interpreter, object: &Object, text: &Object) -> Outcome {
    let Some(text) = text.as_text() else {
        let kind = argument_kind(cx, text);
        return Err(cx.type_error(format_args!("fromunicode() argument must be str, not {kind}")));
    };
    let array = array_of(object);
    if !array.code().is_character() {
        return Err(cx.value_error(format_args!("fromunicode() {UNICODE_ONLY}")));
    }
    append_bytes(cx, array, &items::bytes_of_text(text)?)?;
    Ok(cx.none())
}

fn to_text(cx: &Interpreter, object: &Object) -> Outcome {
    let array = array_of(object);
    if !array.code().is_character() {
        return Err(cx.value_error(format_args!("tounicode() {UNICODE_ONLY}")));
    }
    items::text_of(cx, array)
}

pub(super) fn to_list(cx: &Interpreter, object: &Object) -> Outcome {
    let array = array_of(object);
    let mut list = room(array.len())?;
    for index in 0..array.len() {
        list.extend(items::get(cx, array, index)?);
    }
    cx.new_list(list)
}
