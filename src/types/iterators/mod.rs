//! The iterators of sequences, and those that builtins make of other iterators.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod callable;
pub mod enumerate;
pub mod filter;
pub mod indexed;
pub mod list;
pub mod map;
pub mod plain;
pub mod reversed;
pub mod sequence;
pub mod tuple;
pub mod zip;

use crate::object::{Layout, Lifecycle, Object, ObjectRef};
use crate::runtime::define::never_cleared;
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::slots::Unary;
use crate::runtime::type_object::TypeFlags;
use crate::runtime::{Field, Interpreter, Outcome, Slots, TypeSpec};
use crate::types::containers::{this, tuple as new_tuple};

/// Completes all types of this folder.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    list::define(cx)?;
    tuple::define(cx)?;
    sequence::define(cx)?;
    callable::define(cx)?;
    plain::define(cx)?;
    enumerate::define(cx)?;
    zip::define(cx)?;
    map::define(cx)?;
    filter::define(cx)?;
    reversed::define(cx)
}

const LENGTH_HINT: &str = "Private method returning an estimate of len(list(it)).";
const REDUCE: &str = "Return state information for pickling.";
const SET_STATE: &str = "Set state information for unpickling.";

/// `__length_hint__`
pub const fn length_hint_method(function: Unary) -> NativeMethod {
    NativeMethod::new("__length_hint__", NativeCode::NoArguments(function), "", LENGTH_HINT)
}

/// `__reduce__`
pub const fn reduce_method(function: Unary) -> NativeMethod {
    NativeMethod::new("__reduce__", NativeCode::NoArguments(function), "", REDUCE)
}

/// `__setstate__`
pub const fn set_state_method(function: fn(&Interpreter, &Object, &Object) -> Outcome) -> NativeMethod {
    NativeMethod::new("__setstate__", NativeCode::One(function), "", SET_STATE)
}

/// `iter(iterator)`
pub fn itself(_: &Interpreter, object: &Object) -> Outcome {
    Ok(object.new_ref())
}

/// What the types of iterators have in common; `T` is the layout.
pub fn specification<T: Layout + 'static>(
    lifecycle: Lifecycle,
    slots: fn(&Slots),
    methods: &'static [NativeMethod],
) -> TypeSpec {
    let flags = TypeFlags::DISALLOW_INSTANTIATION;
    TypeSpec { flags, slots, methods, ..TypeSpec::of::<T>(never_cleared(lifecycle)) }
}

/// The same for the iterators that a program makes by calling their type.
pub fn class_specification<T: Layout + 'static>(
    lifecycle: Lifecycle,
    slots: fn(&Slots),
    methods: &'static [NativeMethod],
    documentation: &'static str,
) -> TypeSpec {
    TypeSpec { flags: TypeFlags::BASE_TYPE, documentation, ..specification::<T>(lifecycle, slots, methods) }
}

/// `(function, (sequence,), index)`, or without an index for an iterator that is at its end.
pub fn reduced(cx: &Interpreter, function: &Object, sequence: &Object, index: Option<isize>) -> Outcome {
    let arguments = new_tuple(cx, &[sequence])?;
    match index {
        Some(index) => new_tuple(cx, &[function, &arguments, &*cx.new_int(index as i64)?]),
        None => new_tuple(cx, &[function, &arguments]),
    }
}

/// The next item of an iterator, without asking for slots where it goes through a list or a tuple.
#[inline]
pub fn advance(cx: &Interpreter, iterator: &Object) -> Outcome<Option<ObjectRef>> {
    match advance_or_raise(cx, iterator) {
        Err(raised) => cx.take_if(&cx.types.stop_iteration).map(|_| None).ok_or(raised),
        item => item,
    }
}

/// The same, but that a StopIteration of Python code stays raised: who iterates over the iterator sees its value.
#[inline]
pub fn advance_or_raise(cx: &Interpreter, iterator: &Object) -> Outcome<Option<ObjectRef>> {
    if iterator.is_exactly(&cx.types.list_iterator) {
        return Ok(this::<list::ListIterator>(iterator).advance());
    }
    if iterator.is_exactly(&cx.types.tuple_iterator) {
        return Ok(this::<tuple::TupleIterator>(iterator).advance());
    }
    cx.next_or_raise(iterator)
}

/// Takes the tuple that an iterator handed out before, if nobody else holds it any more.
#[inline]
pub fn take_unseen(kept: &Field<Option<ObjectRef>>) -> Option<ObjectRef> {
    let tuple = kept.take()?;
    if tuple.count() == 1 {
        return Some(tuple);
    }
    kept.set(Some(tuple));
    None
}
