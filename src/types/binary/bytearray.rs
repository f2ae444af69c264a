//! `bytearray`. Whoever changes its length asks first whether somebody looks at the bytes.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::hint::cold_path;
use std::ops::Range;

use super::buffer::{buffer, is_bytes_like, repeated, without_items};
use super::bytes::{concatenated, get_slice};
use super::construct::{self, BYTEARRAY};
use super::iterator::new_byte_iterator;
use super::methods::{self, SHARED, checked_byte};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, Comparison, Interpreter, Outcome, Raised, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::coding::new_bytes;
use crate::types::containers::{extra_of, is_index, no_subscript, subscript_index, this, word_index};
use crate::types::text::percent;
use crate::types::text::storage::room;
use crate::values::bytearray::{self as values, ByteArray};
use crate::values::escapes;
use crate::values::integer::Integer;
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, clamp, normalise};
use crate::values::text::{Text, TextSlice};

const DOCUMENTATION: &str = "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\nbytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\nbytearray(int) -> bytes array of size given by the parameter initialized with null bytes\nbytearray() -> empty bytes array\n\nConstruct a mutable bytearray object from:\n  - an iterable yielding integers in range(256)\n  - a text string encoded using the specified encoding\n  - a bytes or a buffer object\n  - any object implementing the buffer API.\n  - an integer";

use NativeCode::{NoArguments, One, Positional};

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "__alloc__",
        NoArguments(allocated),
        "",
        "B.__alloc__() -> int\n\nReturn the number of bytes actually allocated.",
    ),
    NativeMethod::new(
        "__reduce__",
        NoArguments(|cx, object| reduce(cx, object, 2)),
        "($self, /)",
        "Return state information for pickling.",
    ),
    NativeMethod::new(
        "__reduce_ex__",
        Positional(reduce_ex),
        "($self, proto=0, /)",
        "Return state information for pickling.",
    ),
    NativeMethod::new(
        "__sizeof__",
        NoArguments(sizeof),
        "($self, /)",
        "Returns the size of the bytearray object in memory, in bytes.",
    ),
    NativeMethod::new(
        "append",
        One(append),
        "($self, item, /)",
        "Append a single item to the end of the bytearray.",
    ),
    NativeMethod::new("clear", NoArguments(clear), "($self, /)", "Remove all items from the bytearray."),
    NativeMethod::new("copy", NoArguments(copy), "($self, /)", "Return a copy of B."),
    NativeMethod::new(
        "extend",
        One(extend),
        "($self, iterable_of_ints, /)",
        "Append all the items from the iterator or sequence to the bytearray.",
    ),
    NativeMethod::new(
        "insert",
        Positional(insert),
        "($self, index, item, /)",
        "Insert a single item into the bytearray before the given index.",
    ),
    NativeMethod::new(
        "pop",
        Positional(pop),
        "($self, index=-1, /)",
        "Remove and return a single item from B.",
    ),
    NativeMethod::new(
        "remove",
        One(remove),
        "($self, value, /)",
        "Remove the first occurrence of a value in the bytearray.",
    ),
    NativeMethod::new(
        "reverse",
        NoArguments(reverse),
        "($self, /)",
        "Reverse the order of the values in B in place.",
    ),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.bytearray,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.init.set(Some(init));
                slots.repr.set(Some(repr));
                slots.str.set(Some(repr));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(new_byte_iterator));
                slots.length.set(Some(|_, object| Ok(array_of(object).len())));
                slots.get_item.set(Some(get_item));
                slots.set_item.set(Some(set_item));
                slots.contains.set(Some(methods::contains));
                slots.concatenate.set(Some(concatenate));
                slots.repeat.set(Some(repeat));
                slots.inplace_concatenate.set(Some(inplace_concatenate));
                slots.inplace_repeat.set(Some(inplace_repeat));
                slots.modulo.set(Some(modulo));
            },
            methods: METHODS,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<ByteArray>(values::lifecycle())
        },
    )?;
    SHARED.iter().try_for_each(|method| cx.add_method(&cx.types.bytearray, method))
}

fn array_of(object: &Object) -> &ByteArray {
    this::<ByteArray>(object)
}

fn copied(object: &Object) -> Outcome<Vec<u8>> {
    let array = array_of(object);
    Ok(array.copy_range(0..array.len())?)
}

fn new_array(cx: &Interpreter, bytes: &[u8]) -> Outcome {
    Ok(ByteArray::from_slice(&cx.types.bytearray, bytes)?.into_object())
}

/// Puts bytes in the place of a range; BufferError where the length would change and somebody looks at the bytes.
fn splice(cx: &Interpreter, array: &ByteArray, range: Range<usize>, bytes: &[u8]) -> Outcome<()> {
    if range.len() != bytes.len() && array.exports() > 0 {
        return Err(existing_exports(cx));
    }
    Ok(array.splice(range, bytes)?)
}

#[cold]
fn existing_exports(cx: &Interpreter) -> Raised {
    cx.buffer_error("Existing exports of data: object cannot be re-sized")
}

fn new(_: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    Ok(ByteArray::with_extra(kind, &[], extra_of(kind, values::BASIC_SIZE))?.into_object())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let array = array_of(object);
    splice(cx, array, 0..array.len(), &[])?;
    let bytes = construct::from_arguments(cx, BYTEARRAY, arguments)?;
    splice(cx, array, 0..array.len(), &bytes)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let mut shown = escapes::repr_bytes(&copied(object)?)?;
    // Unlike those of bytes, single quotes are escaped also between double ones.
    if shown.starts_with("b\"") {
        shown = shown.replace('\'', "\\'");
    }
    cx.new_text(&format!("{}({shown})", object.type_name()))
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    match (buffer(cx, left)?, buffer(cx, right)?) {
        (Some(left), Some(right)) => Ok(cx.new_bool(comparison.holds(left.cmp(&*right)))),
        _ => Ok(cx.not_implemented.clone()),
    }
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    if let Some(array) = cx.exact_bytearray(object)
        && let Some(index) = cx.exact_int(key).and_then(Integer::as_digit)
        && let Some(byte) = array.get(index as usize)
    {
        return Ok(cx.new_byte(byte));
    }
    cold_path();
    get_item_of(cx, object, key)
}

/// The same for any index, and for slices.
#[inline(never)]
fn get_item_of(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    let array = array_of(object);
    if is_index(key) {
        let index = subscript_index(cx, key)?;
        return match normalise(index, array.len()).and_then(|index| array.get(index)) {
            Some(byte) => cx.new_int(i64::from(byte)),
            None => Err(cx.index_error("bytearray index out of range")),
        };
    }
    let Some(slice) = key.layout::<Slice>() else { return Err(no_subscript(cx, "bytearray", key)) };
    let (start, stop, step) = cx.slice_parts(slice)?;
    let bounds = SliceBounds::adjust(array.len(), start, stop, step);
    get_slice(cx, object, &copied(object)?, bounds)
}

/// A byte from any object that can be an index.
fn byte_value(cx: &Interpreter, object: &Object) -> Outcome<u8> {
    checked_byte(cx, cx.index_isize(object, None)?)
}

fn set_item(cx: &Interpreter, object: &Object, key: &Object, value: Option<&Object>) -> Outcome<()> {
    if let Some(array) = cx.exact_bytearray(object)
        && let Some(place) = cx.exact_int(key).and_then(Integer::as_digit)
        && (place as usize) < array.len()
        && let Some(byte) = value.and_then(|value| cx.exact_int(value)).and_then(Integer::as_digit)
        && byte < 256
    {
        array.set(place as usize, byte as u8);
        return Ok(());
    }
    cold_path();
    set_item_of(cx, object, key, value)
}

/// The same for any index and value, and for slices.
#[inline(never)]
fn set_item_of(cx: &Interpreter, object: &Object, key: &Object, value: Option<&Object>) -> Outcome<()> {
    if is_index(key) {
        return set_byte(cx, array_of(object), subscript_index(cx, key)?, value);
    }
    let Some(slice) = key.layout::<Slice>() else { return Err(no_subscript(cx, "bytearray", key)) };
    let parts = cx.slice_parts(slice)?;
    let bytes = match value {
        None => Vec::new(),
        Some(value) => assigned_bytes(cx, value)?,
    };
    let array = array_of(object);
    let bounds = SliceBounds::adjust(array.len(), parts.0, parts.1, parts.2);
    set_slice(cx, array, bounds, &bytes)
}

fn set_byte(cx: &Interpreter, array: &ByteArray, index: isize, value: Option<&Object>) -> Outcome<()> {
    // Before the place is looked for: the conversion may change the length.
    let byte = value.map(|value| byte_value(cx, value)).transpose()?;
    let Some(place) = normalise(index, array.len()) else {
        return Err(cx.index_error("bytearray index out of range"));
    };
    match byte {
        Some(byte) => array.set(place, byte),
        None => splice(cx, array, place..place + 1, &[])?,
    }
    Ok(())
}

/// The bytes of a value that is assigned to a slice.
fn assigned_bytes(cx: &Interpreter, value: &Object) -> Outcome<Vec<u8>> {
    if let Some(array) = value.layout::<ByteArray>() {
        return Ok(array.copy_range(0..array.len())?);
    }
    let slots = &value.type_object().slots;
    let is_number = slots.index.get().is_some() || slots.int.get().is_some() || slots.float.get().is_some();
    if is_number || value.as_text().is_some() {
        let message = "can assign only bytes, buffers, or iterables of ints in range(0, 256)";
        return Err(cx.type_error(message));
    }
    let bytes = construct::from_object(cx, BYTEARRAY, &value.new_ref())?;
    let mut copy = room(bytes.len())?;
    copy.extend_from_slice(&bytes);
    Ok(copy)
}

fn set_slice(cx: &Interpreter, array: &ByteArray, bounds: SliceBounds, bytes: &[u8]) -> Outcome<()> {
    if bounds.step == 1 {
        let start = bounds.start.max(0) as usize;
        return splice(cx, array, start..start + bounds.length, bytes);
    }
    if bytes.is_empty() {
        let kept = without_items(&array.copy_range(0..array.len())?, 1, bounds)?;
        return splice(cx, array, 0..array.len(), &kept);
    }
    if bytes.len() != bounds.length {
        let (given, length) = (bytes.len(), bounds.length);
        return Err(cx.value_error(format_args!(
            "attempt to assign bytes of size {given} to extended slice of size {length}"
        )));
    }
    bounds.indices().zip(bytes).for_each(|(index, byte)| array.set(index, *byte));
    Ok(())
}

fn concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let other = concatenated(cx, "bytearray", right)?;
    let made = ByteArray::from_slice(&cx.types.bytearray, &copied(left)?)?;
    made.splice(made.len()..made.len(), &other)?;
    Ok(made.into_object())
}

fn repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    new_array(cx, &repeated(cx, &copied(object)?, times)?)
}

fn inplace_concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let (other, array) = (concatenated(cx, "bytearray", right)?, array_of(left));
    if left.is(right) && !other.is_empty() {
        // The right side looks at the bytes of the left one.
        return Err(existing_exports(cx));
    }
    splice(cx, array, array.len()..array.len(), &other)?;
    Ok(left.new_ref())
}

fn inplace_repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let (bytes, array) = (repeated(cx, &copied(object)?, times)?, array_of(object));
    splice(cx, array, 0..array.len(), &bytes)?;
    Ok(object.new_ref())
}

fn modulo(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    if left.layout::<ByteArray>().is_none() {
        return Ok(cx.not_implemented.clone());
    }
    let out = percent::format_bytes(cx, &copied(left)?, right)?;
    match out.as_slice() {
        TextSlice::Latin1(bytes) => new_array(cx, bytes),
        _ => Err(cx.value_error("byte must be in range(0, 256)")),
    }
}

fn allocated(cx: &Interpreter, object: &Object) -> Outcome {
    cx.new_size(array_of(object).sizeof() - values::BASIC_SIZE)
}

fn sizeof(cx: &Interpreter, object: &Object) -> Outcome {
    let basic_size = object.type_object().basic_size.get() as usize;
    cx.new_size(basic_size + array_of(object).sizeof() - values::BASIC_SIZE)
}

fn reduce_ex(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("__reduce_ex__", given.len(), 0, 1)?;
    let protocol =
        given.first().map_or(Ok(0), |protocol| crate::types::reduce::protocol_number(cx, protocol))?;
    reduce(cx, object, protocol as isize)
}

fn reduce(cx: &Interpreter, object: &Object, protocol: isize) -> Outcome {
    let state = cx.call_method(object, &cx.names.getstate, &[])?;
    let bytes = copied(object)?;
    let arguments = match (bytes.is_empty(), protocol < 3) {
        (true, _) => Vec::new(),
        (false, true) => {
            vec![Text::from_latin1(&cx.types.str, &bytes)?.into_object(), cx.new_text("latin-1")?]
        }
        (false, false) => vec![new_bytes(cx, &bytes)?],
    };
    let kind = object.type_object().new_ref();
    cx.new_tuple_from(vec![kind, cx.new_tuple_from(arguments)?, state])
}

fn append(cx: &Interpreter, object: &Object, item: &Object) -> Outcome {
    let (byte, array) = (byte_value(cx, item)?, array_of(object));
    if array.exports() == 0 {
        array.push(byte)?;
        return Ok(cx.none());
    }
    splice(cx, array, array.len()..array.len(), &[byte])?;
    Ok(cx.none())
}

fn clear(cx: &Interpreter, object: &Object) -> Outcome {
    let array = array_of(object);
    splice(cx, array, 0..array.len(), &[])?;
    Ok(cx.none())
}

fn copy(cx: &Interpreter, object: &Object) -> Outcome {
    new_array(cx, &copied(object)?)
}

fn extend(cx: &Interpreter, object: &Object, iterable: &Object) -> Outcome {
    let array = array_of(object);
    if is_bytes_like(iterable) {
        let bytes = buffer(cx, iterable)?;
        splice(cx, array, array.len()..array.len(), bytes.as_deref().unwrap_or_default())?;
        return Ok(cx.none());
    }
    let iterator = match cx.iter(iterable) {
        Ok(iterator) => iterator,
        Err(raised) => {
            drop(cx.take_if(&cx.types.type_error).ok_or(raised)?);
            let kind = iterable.type_name();
            return Err(cx.type_error(format_args!("can't extend bytearray with {kind}")));
        }
    };
    cx.length_hint(iterable, 32)?;
    let bytes = construct::from_items(cx, &iterator, BYTEARRAY.range_error)?;
    splice(cx, array, array.len()..array.len(), &bytes)?;
    Ok(cx.none())
}

fn insert(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("insert", given.len(), 2, 2)?;
    let index = word_index(cx, &given[0])?;
    let (byte, array) = (byte_value(cx, &given[1])?, array_of(object));
    let place = clamp(index, array.len());
    splice(cx, array, place..place, &[byte])?;
    Ok(cx.none())
}

fn pop(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("pop", given.len(), 0, 1)?;
    let index = given.first().map_or(Ok(-1), |index| word_index(cx, index))?;
    let array = array_of(object);
    if array.is_empty() {
        return Err(cx.index_error("pop from empty bytearray"));
    }
    let found = normalise(index, array.len()).and_then(|place| Some((place, array.get(place)?)));
    let Some((place, byte)) = found else { return Err(cx.index_error("pop index out of range")) };
    splice(cx, array, place..place + 1, &[])?;
    cx.new_int(i64::from(byte))
}

fn remove(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    let (byte, array) = (byte_value(cx, value)?, array_of(object));
    let place = copied(object)?.iter().position(|found| *found == byte);
    let Some(place) = place else { return Err(cx.value_error("value not found in bytearray")) };
    splice(cx, array, place..place + 1, &[])?;
    Ok(cx.none())
}

fn reverse(cx: &Interpreter, object: &Object) -> Outcome {
    array_of(object).reverse();
    Ok(cx.none())
}
