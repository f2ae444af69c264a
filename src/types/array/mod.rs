//! `array.array`: items of one machine type in a row.
//!
//! | file | subject |
//! |---|---|
//! | here | the type: making, operators, comparison, text |
//! | [`items`] | objects to machine values and back |
//! | [`subscripts`] | items and slices |
//! | [`methods`] | methods and attributes |
//! | [`files`] | reading from files and writing to them |
//! | [`pickling`] | `__reduce_ex__` and making again |
//! | [`iterator`] | `arrayiterator` |
//!
//! Whoever changes the length asks first whether somebody looks at the bytes ([`resized`], [`splice`]). Converting an
//! object may run Python, which may change the array: places are looked for behind it.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

mod files;
mod items;
mod iterator;
mod methods;
pub mod pickling;
mod subscripts;

use std::cmp::Ordering;
use std::ops::Range;

use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed};
use crate::types::binary::buffer::{Exporter, repeated, required_buffer};
use crate::types::containers::{extra_of, for_each, new_refuses_keywords, this};
use crate::types::support::rust_text;
use crate::types::text::storage::room;
use crate::values::array::{self as values, Array, TypeCode};
use crate::values::text::TextBuilder;

const DOCUMENTATION: &str = "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and\ninitialized from the optional initializer value, which must be a list,\nstring or iterable over elements of the appropriate type.\n\nArrays represent basic values and behave very much like lists, except\nthe type of objects stored in them is constrained. The type is specified\nat object creation time by using a type code, which is a single character.\nThe following type codes are defined:\n\n    Type code   C Type             Minimum size in bytes\n    'b'         signed integer     1\n    'B'         unsigned integer   1\n    'u'         Unicode character  2 (see note)\n    'h'         signed integer     2\n    'H'         unsigned integer   2\n    'i'         signed integer     2\n    'I'         unsigned integer   2\n    'l'         signed integer     4\n    'L'         unsigned integer   4\n    'q'         signed integer     8 (see note)\n    'Q'         unsigned integer   8 (see note)\n    'f'         floating point     4\n    'd'         floating point     8\n\nNOTE: The 'u' typecode corresponds to Python's unicode character. On\nnarrow builds this is 2-bytes on wide builds this is 4-bytes.\n\nNOTE: The 'q' and 'Q' type codes are only available if the platform\nC compiler used to build Python supports 'long long', or, on Windows,\n'__int64'.\n\nMethods:\n\nappend() -- append a new item to the end of the array\nbuffer_info() -- return information giving the current memory info\nbyteswap() -- byteswap all the items of the array\ncount() -- return number of occurrences of an object\nextend() -- extend array by appending multiple elements from an iterable\nfromfile() -- read items from a file object\nfromlist() -- append items from the list\nfrombytes() -- append items from the string\nindex() -- return index of first occurrence of an object\ninsert() -- insert a new item into the array at a provided position\npop() -- remove and return item (default last)\nremove() -- remove first occurrence of an object\nreverse() -- reverse the order of the items in the array\ntofile() -- write all items to a file object\ntolist() -- return the array converted to an ordinary list\ntobytes() -- return the array converted to a string\n\nAttributes:\n\ntypecode -- the typecode character used to create the array\nitemsize -- the length in bytes of one array item\n";

/// Completes the type and its iterator when they are first asked for.
pub fn complete(cx: &Interpreter) -> Outcome<()> {
    cx.define_late(&[&cx.types.array, &cx.types.array_iterator], define)
}

fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.array,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE | TypeFlags::SEQUENCE,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(repr));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(iterator::new_iterator));
                slots.length.set(Some(|_, object| Ok(array_of(object).len())));
                slots.get_item.set(Some(subscripts::get_item));
                slots.set_item.set(Some(subscripts::set_item));
                slots.contains.set(Some(methods::contains));
                slots.concatenate.set(Some(concatenate));
                slots.repeat.set(Some(repeat));
                slots.inplace_concatenate.set(Some(inplace_concatenate));
                slots.inplace_repeat.set(Some(inplace_repeat));
            },
            methods: methods::METHODS,
            attributes: methods::ATTRIBUTES,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Array>(values::lifecycle())
        },
    )?;
    iterator::define(cx)
}

/// `self` of a method as an array.
fn array_of(object: &Object) -> &Array {
    this::<Array>(object)
}

/// A plain array of the items whose bytes these are.
fn new_array(cx: &Interpreter, code: TypeCode, bytes: &[u8]) -> Outcome {
    Ok(Array::from_bytes(&cx.types.array, code, bytes, 0)?.into_object())
}

/// The bytes of all items.
fn all_bytes(array: &Array) -> Outcome<Vec<u8>> {
    Ok(array.copy_bytes(0..array.byte_count())?)
}

/// BufferError where somebody looks at the bytes.
fn must_not_be_exported(cx: &Interpreter, array: &Array) -> Outcome<()> {
    match array.exports() {
        0 => Ok(()),
        _ => Err(cx.buffer_error("cannot resize an array that is exporting buffers")),
    }
}

/// Sets the length.
fn resized(cx: &Interpreter, array: &Array, length: usize) -> Outcome<()> {
    if length != array.len() {
        must_not_be_exported(cx, array)?;
    }
    Ok(array.resize(length)?)
}

/// Puts bytes in the place of a range of items.
fn splice(cx: &Interpreter, array: &Array, range: Range<usize>, bytes: &[u8]) -> Outcome<()> {
    if range.len() * array.item_size() != bytes.len() {
        must_not_be_exported(cx, array)?;
    }
    Ok(array.splice(range, bytes)?)
}

/// Puts an object before the item at a place. It is converted twice, as in CPython: whether it can be is asked before
/// there is room for it.
fn insert_item(cx: &Interpreter, array: &Array, place: isize, value: &Object) -> Outcome<()> {
    items::pack(cx, array.code(), value)?;
    let length = array.len();
    let place = crate::values::slice_indices::clamp(place, length);
    let room = [0; 8];
    splice(cx, array, place..place, &room[..array.item_size()])?;
    let bytes = items::pack(cx, array.code(), value)?;
    array.set_item(place, bytes);
    Ok(())
}

fn append_item(cx: &Interpreter, array: &Array, value: &Object) -> Outcome<()> {
    insert_item(cx, array, isize::MAX, value)
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    if new_refuses_keywords(kind, &cx.types.array) {
        cx.no_keywords("array.array", arguments)?;
    }
    let given = arguments.positional_values();
    let (code, initial) = match given {
        [code] => (code, None),
        [code, initial] => (code, Some(initial)),
        _ => {
            let (bound, plural) = if given.is_empty() { ("least 1", "") } else { ("most 2", "s") };
            let given = given.len();
            let message = format_args!("array() takes at {bound} argument{plural} ({given} given)");
            return Err(cx.type_error(message));
        }
    };
    let letter = code_letter(cx, code)?;
    if let Some(initial) = initial.filter(|_| letter != u32::from(b'u')) {
        refuse_characters(cx, letter, initial)?;
    }
    let taken = initial.filter(|initial| is_taken_whole(letter, initial));
    let iterator = match initial {
        Some(initial) if taken.is_none() => Some(cx.iter(initial)?),
        _ => None,
    };
    let Some(code) = TypeCode::of_letter(letter) else {
        let message = "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)";
        return Err(cx.value_error(message));
    };
    let made = new_filled(cx, kind, code, taken)?;
    if let Some(iterator) = iterator {
        for_each(cx, &iterator, |item| append_item(cx, &made, &item))?;
    }
    Ok(made.into_object())
}

fn code_letter(cx: &Interpreter, code: &Object) -> Outcome<u32> {
    match code.as_text().map(|text| text.as_slice()) {
        Some(text) if text.len() == 1 => Ok(text.iter().next().unwrap_or_default()),
        _ => {
            let kind = crate::types::support::argument_kind(cx, code);
            let message = format_args!("array() argument 1 must be a unicode character, not {kind}");
            Err(cx.type_error(message))
        }
    }
}

/// Only arrays of characters are made of characters.
fn refuse_characters(cx: &Interpreter, letter: u32, initial: &Object) -> Outcome<()> {
    let what = match initial.layout::<Array>() {
        _ if initial.as_text().is_some() => "str",
        Some(array) if array.code().is_character() => "unicode array",
        _ => return Ok(()),
    };
    let letter = char::from_u32(letter).unwrap_or(char::REPLACEMENT_CHARACTER);
    let message = format_args!("cannot use a {what} to initialize an array with typecode '{letter}'");
    Err(cx.type_error(message))
}

/// What is looked at as a whole instead of being iterated.
fn is_taken_whole(letter: u32, initial: &Object) -> bool {
    let same_kind = initial.layout::<Array>().is_some_and(|array| u32::from(array.code().letter()) == letter);
    let is_bytes = matches!(Exporter::of(initial), Some(Exporter::Bytes(_) | Exporter::ByteArray(_)));
    let is_row = initial.as_list().is_some() || initial.as_tuple().is_some();
    same_kind || is_bytes || is_row || (letter == u32::from(b'u') && initial.as_text().is_some())
}

/// An array of what is taken whole.
fn new_filled(
    cx: &Interpreter,
    kind: &TypeObject,
    code: TypeCode,
    initial: Option<&ObjectRef>,
) -> Outcome<Ref<Array>> {
    let extra = extra_of(kind, values::BASIC_SIZE);
    let Some(initial) = initial else { return Ok(Array::zeroed(kind, code, 0, extra)?) };
    if let Some(array) = initial.layout::<Array>() {
        return Ok(Array::from_bytes(kind, code, &all_bytes(array)?, extra)?);
    }
    if let Some(text) = initial.as_text() {
        return Ok(Array::from_bytes(kind, code, &items::bytes_of_text(text)?, extra)?);
    }
    if Exporter::of(initial).is_some() {
        let made = Array::zeroed(kind, code, 0, extra)?;
        methods::append_bytes(cx, &made, &required_buffer(cx, initial)?)?;
        return Ok(made);
    }
    from_row(cx, kind, code, initial, extra)
}

/// An array of the items of a list or a tuple, which may change meanwhile.
fn from_row(
    cx: &Interpreter,
    kind: &TypeObject,
    code: TypeCode,
    row: &Object,
    extra: usize,
) -> Outcome<Ref<Array>> {
    let length = cx.length(row)?;
    let made = Array::zeroed(kind, code, length, extra)?;
    for index in 0..length {
        let item = match (row.as_tuple(), row.as_list()) {
            (Some(tuple), _) => tuple.items().get(index).cloned(),
            (None, Some(list)) => list.get(index),
            (None, None) => None,
        };
        let item = item.ok_or_else(|| cx.index_error("list index out of range"))?;
        made.set_item(index, items::pack(cx, code, &item)?);
        cx.poll()?;
    }
    Ok(made)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let array = array_of(object);
    let (name, letter) = (object.type_object().name_text(), char::from(array.code().letter()));
    if array.is_empty() {
        return cx.new_text(&format!("{name}('{letter}')"));
    }
    let shown = match array.code().is_character() {
        true => items::text_of(cx, array)?,
        false => methods::to_list(cx, object)?,
    };
    let mut out = TextBuilder::new();
    out.push_str(&format!("{name}('{letter}', "))?;
    out.push_text(&*cx.repr_text(&shown)?)?;
    out.push_str(")")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let Some(other) = right.layout::<Array>() else { return Ok(cx.not_implemented.clone()) };
    let array = array_of(left);
    let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    if is_equality && array.len() != other.len() {
        return Ok(cx.new_bool(comparison == Comparison::NotEqual));
    }
    if array.code() == other.code() && !array.code().is_float() {
        return Ok(cx.new_bool(comparison.holds(compare_words(array, other))));
    }
    for index in 0.. {
        let (Some(first), Some(second)) = (items::get(cx, array, index)?, items::get(cx, other, index)?)
        else {
            break;
        };
        if !cx.equal(&first, &second)? {
            return match comparison {
                Comparison::Equal => Ok(cx.false_.clone()),
                Comparison::NotEqual => Ok(cx.true_.clone()),
                _ => cx.compare(&first, &second, comparison),
            };
        }
        cx.poll()?;
    }
    Ok(cx.new_bool(comparison.holds(array.len().cmp(&other.len()))))
}

/// Compares items that are integers of the same kind.
fn compare_words(array: &Array, other: &Array) -> Ordering {
    let words = |array: &Array, index| array.item(index).map(|bytes| items::integer(array.code(), bytes));
    let differing = (0..array.len().min(other.len()))
        .map(|index| words(array, index).cmp(&words(other, index)))
        .find(|order| order.is_ne());
    differing.unwrap_or_else(|| array.len().cmp(&other.len()))
}

fn concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some(other) = right.layout::<Array>() else {
        let kind = right.type_name();
        return Err(cx.type_error(format_args!("can only append array (not \"{kind}\") to array")));
    };
    let array = array_of(left);
    must_be_alike(cx, array, other)?;
    let mut bytes = room(array.byte_count().saturating_add(other.byte_count()))?;
    bytes.extend_from_slice(&all_bytes(array)?);
    bytes.extend_from_slice(&all_bytes(other)?);
    new_array(cx, array.code(), &bytes)
}

fn must_be_alike(cx: &Interpreter, array: &Array, other: &Array) -> Outcome<()> {
    if array.code() == other.code() {
        return Ok(());
    }
    Err(cx.type_error("bad argument type for built-in operation"))
}

fn repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let array = array_of(object);
    new_array(cx, array.code(), &repeated(cx, &all_bytes(array)?, times)?)
}

fn inplace_concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    if right.layout::<Array>().is_none() {
        let kind = right.type_name();
        return Err(cx.type_error(format_args!("can only extend array with array (not \"{kind}\")")));
    }
    extend(cx, array_of(left), right)?;
    Ok(left.new_ref())
}

fn inplace_repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let array = array_of(object);
    if !array.is_empty() {
        let bytes = repeated(cx, &all_bytes(array)?, times)?;
        resized(cx, array, bytes.len() / array.item_size())?;
        array.write_bytes(0, &bytes);
    }
    Ok(object.new_ref())
}

/// Appends the items of another array of the same kind, or of anything else that can be iterated.
fn extend(cx: &Interpreter, array: &Array, iterable: &Object) -> Outcome<()> {
    let Some(other) = iterable.layout::<Array>() else {
        return for_each(cx, iterable, |item| append_item(cx, array, &item));
    };
    if other.code() != array.code() {
        return Err(cx.type_error("can only extend with array of same kind"));
    }
    let bytes = all_bytes(other)?;
    splice(cx, array, array.len()..array.len(), &bytes)
}

/// The letter of an array's items as text.
fn code_text(cx: &Interpreter, array: &Array) -> Outcome {
    cx.new_character(u32::from(array.code().letter()))
}

/// The type code that a text names.
fn code_from_text(object: &Object) -> Option<TypeCode> {
    let text = rust_text(object);
    TypeCode::of_letter(text.chars().next().map_or(0, u32::from))
}
