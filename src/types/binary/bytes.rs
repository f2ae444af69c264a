//! `bytes`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::buffer::{Buffer, lent_bytes};
use super::construct::{self, BYTES};
use super::iterator::new_byte_iterator;
use super::methods::{self, SHARED};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed};
use crate::types::coding::{bytes_tuple, new_bytes};
use crate::types::containers::{extra_of, is_index, subscript_index};
use crate::types::text::{percent, pick};
use crate::values::bytes::{self as values, Bytes};
use crate::values::escapes;
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, normalise};
use crate::values::text::TextSlice;

const DOCUMENTATION: &str = "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\nbytes(int) -> bytes object of size given by the parameter initialized with null bytes\nbytes() -> empty bytes object\n\nConstruct an immutable array of bytes from:\n  - an iterable yielding integers in range(256)\n  - a text string encoded using the specified encoding\n  - any object implementing the buffer API.\n  - an integer";

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "__getnewargs__",
        NativeCode::NoArguments(|cx, object| bytes_tuple(cx, bytes_of(object))),
        "",
        "",
    ),
    NativeMethod::new(
        "__bytes__",
        NativeCode::NoArguments(|cx, object| methods::unchanged(cx, object, bytes_of(object))),
        "($self, /)",
        "Convert this value to exact type bytes.",
    ),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.bytes,
        TypeSpec {
            basic_size: values::BASIC_SIZE,
            item_size: 1,
            flags: TypeFlags::BYTES | TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(repr));
                slots.str.set(Some(repr));
                slots.hash.set(Some(hash));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(new_byte_iterator));
                slots.length.set(Some(|_, object| Ok(bytes_of(object).len())));
                slots.get_item.set(Some(get_item));
                slots.contains.set(Some(methods::contains));
                slots.concatenate.set(Some(concatenate));
                slots.repeat.set(Some(repeat));
                slots.modulo.set(Some(modulo));
            },
            methods: METHODS,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Bytes>(values::lifecycle())
        },
    )?;
    SHARED.iter().try_for_each(|method| cx.add_method(&cx.types.bytes, method))
}

/// `self` of a method.
fn bytes_of(object: &Object) -> &[u8] {
    object.as_bytes().expect("a method of bytes gets bytes").as_slice()
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    if kind.is(&cx.types.bytes)
        && let Some(made) = asked_alone(cx, arguments)
    {
        return made;
    }
    let made = construct::from_arguments(cx, BYTES, arguments)?;
    if !kind.is(&cx.types.bytes) {
        let extra = extra_of(kind, values::BASIC_SIZE);
        return Ok(Bytes::with_extra(kind, &made, extra)?.into_object());
    }
    match made {
        Buffer::Kept(bytes) if bytes.is_exactly(&cx.types.bytes) => Ok(bytes.into_object()),
        made => new_bytes(cx, &made),
    }
}

/// What `__bytes__` of the only argument says: bytes of a subclass stay what they are.
fn asked_alone(cx: &Interpreter, arguments: Arguments<'_>) -> Option<Outcome> {
    let [source] = arguments.positional_values() else { return None };
    if arguments.keyword_count() > 0 || source.is_exactly(&cx.types.bytes) {
        return None;
    }
    let made = cx.call_special(source, &cx.names.bytes, &[])?;
    Some(made.and_then(|made| super::made_bytes(cx, &made).map(|_| made)))
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    cx.new_text(&escapes::repr_bytes(bytes_of(object))?)
}

fn hash(_: &Interpreter, object: &Object) -> Outcome<i64> {
    Ok(object.as_bytes().map_or(0, Bytes::hash))
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    match (left.as_bytes(), right.as_bytes()) {
        (Some(left), Some(right)) => Ok(cx.new_bool(comparison.holds(left.as_slice().cmp(right.as_slice())))),
        _ => Ok(cx.not_implemented.clone()),
    }
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    if is_index(key) {
        let index = subscript_index(cx, key)?;
        let bytes = bytes_of(object);
        return match normalise(index, bytes.len()) {
            Some(index) => cx.new_int(i64::from(bytes[index])),
            None => Err(cx.index_error("index out of range")),
        };
    }
    let Some(slice) = key.layout::<Slice>() else {
        let kind = key.type_name();
        return Err(cx.type_error(format_args!("byte indices must be integers or slices, not {kind}")));
    };
    let bytes = bytes_of(object);
    let bounds = cx.slice_bounds(slice, bytes.len())?;
    get_slice(cx, object, bytes, bounds)
}

/// The bytes that a slice names, as an object of the same kind.
pub fn get_slice(cx: &Interpreter, object: &Object, bytes: &[u8], bounds: SliceBounds) -> Outcome {
    if bounds.length == 0 {
        return methods::like(cx, object, &[]);
    }
    if bounds.step == 1 {
        let start = bounds.start as usize;
        return methods::part(cx, object, bytes, start..start + bounds.length);
    }
    methods::like(cx, object, &pick(bytes, bounds)?)
}

fn concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let other = concatenated(cx, "bytes", right)?;
    let bytes = bytes_of(left);
    if bytes.is_empty() && right.is_exactly(&cx.types.bytes) {
        return Ok(right.new_ref());
    }
    if other.is_empty() && left.is_exactly(&cx.types.bytes) {
        return Ok(left.new_ref());
    }
    let length = bytes.len().checked_add(other.len()).ok_or_else(|| cx.raise_memory_error())?;
    let made = Bytes::build(&cx.types.bytes, length, |out| {
        out[..bytes.len()].copy_from_slice(bytes);
        out[bytes.len()..].copy_from_slice(&other);
    })?;
    Ok(made.into_object())
}

/// The right operand of a concatenation.
pub fn concatenated(cx: &Interpreter, name: &str, right: &Object) -> Outcome<Buffer> {
    match lent_bytes(cx, right)? {
        Some(bytes) => Ok(bytes),
        None => Err(cx.type_error(format_args!("can't concat {} to {name}", right.type_name()))),
    }
}

fn repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let (bytes, times) = (bytes_of(object), times.max(0) as usize);
    let length = bytes.len().checked_mul(times).filter(|length| *length <= isize::MAX as usize);
    let Some(length) = length else { return Err(cx.overflow_error("repeated bytes are too long")) };
    if length == bytes.len() {
        return methods::unchanged(cx, object, bytes);
    }
    if length == 0 {
        return new_bytes(cx, &[]);
    }
    let made = Bytes::build(&cx.types.bytes, length, |out| {
        out.chunks_exact_mut(bytes.len()).for_each(|chunk| chunk.copy_from_slice(bytes));
    })?;
    Ok(made.into_object())
}

fn modulo(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some(format) = left.as_bytes() else { return Ok(cx.not_implemented.clone()) };
    let out = percent::format_bytes(cx, format.as_slice(), right)?;
    let made: ObjectRef = match out.as_slice() {
        TextSlice::Latin1(bytes) => new_bytes(cx, bytes)?,
        _ => return Err(cx.value_error("bytes must be in range(0, 256)")),
    };
    Ok(made)
}
