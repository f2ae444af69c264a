//! `range_iterator`, whose numbers are machine words, and `longrange_iterator` for all others.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::{Row, new_range};
use crate::fields_lifecycle;
use crate::object::{Lifecycle, Object, ObjectRef, dealloc_leaf, layout};
use crate::runtime::Field;
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::TypeFlags;
use crate::runtime::{Comparison, Interpreter, Outcome, TypeSpec};
use crate::types::containers::{self, builtin, this, without_links};
use crate::types::iterators::{itself, length_hint_method, reduce_method, set_state_method};
use crate::types::slice::number::Number;
use crate::values::range::Range;

/// `range_iterator`
#[repr(C)]
pub struct RangeIterator {
    /// The header.
    pub object: Object,
    /// The number that comes next.
    pub next: Cell<i64>,
    /// The step.
    pub step: Cell<i64>,
    /// How many numbers are left.
    pub remaining: Cell<i64>,
    /// How many there were at first.
    pub length: Cell<i64>,
}
layout!(RangeIterator, object, Object);

/// `longrange_iterator`; all fields hold ints.
#[repr(C)]
pub struct LongRangeIterator {
    /// The header.
    pub object: Object,
    /// How many numbers have come.
    pub index: Field<ObjectRef>,
    /// The first number.
    pub start: Field<ObjectRef>,
    /// The step.
    pub step: Field<ObjectRef>,
    /// How many numbers there are.
    pub length: Field<ObjectRef>,
}
layout!(LongRangeIterator, object, Object);
fields_lifecycle!(LongRangeIterator; index, start, step, length);

static METHODS: &[NativeMethod] =
    &[length_hint_method(length_hint), reduce_method(reduce), set_state_method(set_state)];
static LONG_METHODS: &[NativeMethod] =
    &[length_hint_method(long_length_hint), reduce_method(long_reduce), set_state_method(long_set_state)];

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.range_iterator,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(next));
            },
            methods: METHODS,
            ..TypeSpec::of::<RangeIterator>(leaf_lifecycle())
        },
    )?;
    cx.define_type(
        &cx.types.long_range_iterator,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(long_next));
            },
            methods: LONG_METHODS,
            ..TypeSpec::of::<LongRangeIterator>(without_links(lifecycle()))
        },
    )
}

/// The lifecycle of an object that holds numbers only.
fn leaf_lifecycle() -> Lifecycle {
    let lifecycle =
        Lifecycle::bare(dealloc_leaf, |_| size_of::<RangeIterator>(), crate::object::Prefix::None);
    lifecycle.is_leaf.set(true);
    lifecycle
}

/// `iter(range)`
pub fn iter(cx: &Interpreter, object: &Object) -> Outcome {
    let range = this::<Range>(object);
    if let Some([start, step, length]) = range.words() {
        return new_range_iterator(cx, start, step, length);
    }
    let row = Row::of(range);
    make(cx, row.start, row.step, row.length)
}

/// `reversed(range)`
pub fn reversed(cx: &Interpreter, object: &Object) -> Outcome {
    let row = Row::of(this::<Range>(object));
    let last = row.at(&row.length.minus(&Number::Word(1))?)?;
    let step = Number::Word(0).minus(&row.step)?;
    make(cx, last, step, row.length)
}

/// An iterator of machine words where the numbers and the one behind the last are such.
fn make(cx: &Interpreter, start: Number, step: Number, length: Number) -> Outcome {
    if let (Number::Word(start), Number::Word(step), Number::Word(length)) = (&start, &step, &length)
        && step.checked_mul(*length).and_then(|way| start.checked_add(way)).is_some()
    {
        return new_range_iterator(cx, *start, *step, *length);
    }
    let end = start.plus(&step.times(&length)?)?;
    if let (Number::Word(start), Number::Word(step), Number::Word(length), Number::Word(_)) =
        (&start, &step, &length, &end)
    {
        return new_range_iterator(cx, *start, *step, *length);
    }
    let (start, step, length) = (start.into_object(cx)?, step.into_object(cx)?, length.into_object(cx)?);
    let index = cx.new_int(0)?;
    let made = cx.birth_with(&cx.types.long_range_iterator, |object| LongRangeIterator {
        object,
        index: Field::new(index),
        start: Field::new(start),
        step: Field::new(step),
        length: Field::new(length),
    })?;
    Ok(made.into_object())
}

/// An iterator over `length` numbers from `start`.
pub fn new_range_iterator(cx: &Interpreter, start: i64, step: i64, length: i64) -> Outcome {
    let made = cx.birth_with(&cx.types.range_iterator, |object| RangeIterator {
        object,
        next: Cell::new(start),
        step: Cell::new(step),
        remaining: Cell::new(length),
        length: Cell::new(length),
    })?;
    Ok(made.into_object())
}

impl RangeIterator {
    /// The next number; none at the end.
    #[inline]
    pub fn advance(&self) -> Option<i64> {
        let remaining = self.remaining.get();
        if remaining <= 0 {
            return None;
        }
        let value = self.next.get();
        self.next.set(value.wrapping_add(self.step.get()));
        self.remaining.set(remaining - 1);
        Some(value)
    }
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    this::<RangeIterator>(object).advance().map(|value| cx.new_int(value)).transpose()
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    cx.new_int(this::<RangeIterator>(object).remaining.get())
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<RangeIterator>(object);
    let (step, length) = (Number::Word(iterator.step.get()), Number::Word(iterator.length.get()));
    let index = Number::Word(iterator.length.get() - iterator.remaining.get());
    let start = Number::Word(iterator.next.get()).minus(&index.times(&step)?)?;
    reduced(cx, start, step, length, index)
}

/// `(iter, (range(start, stop, step),), index)`
fn reduced(cx: &Interpreter, start: Number, step: Number, length: Number, index: Number) -> Outcome {
    let stop = start.plus(&length.times(&step)?)?;
    let range = new_range(cx, start.into_object(cx)?, stop.into_object(cx)?, step.into_object(cx)?)?;
    let arguments = containers::tuple(cx, &[&range])?;
    let index = index.into_object(cx)?;
    containers::tuple(cx, &[&*builtin(cx, "iter")?, &arguments, &index])
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<RangeIterator>(object);
    let index = cx.to_i64(state)?.clamp(0, iterator.length.get());
    let moved = index - (iterator.length.get() - iterator.remaining.get());
    iterator.next.set(iterator.next.get().wrapping_add(moved.wrapping_mul(iterator.step.get())));
    iterator.remaining.set(iterator.length.get() - index);
    Ok(cx.none())
}

fn long_next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<LongRangeIterator>(object);
    let (index, length) = (Number::of(&iterator.index.get()), Number::of(&iterator.length.get()));
    if index.compare(&length).is_ge() {
        return Ok(None);
    }
    iterator.index.set(index.plus(&Number::Word(1))?.into_object(cx)?);
    let (start, step) = (Number::of(&iterator.start.get()), Number::of(&iterator.step.get()));
    start.plus(&index.times(&step)?)?.into_object(cx).map(Some)
}

fn long_length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<LongRangeIterator>(object);
    Number::of(&iterator.length.get()).minus(&Number::of(&iterator.index.get()))?.into_object(cx)
}

fn long_reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<LongRangeIterator>(object);
    let of = |field: &Field<ObjectRef>| Number::of(&field.get());
    reduced(cx, of(&iterator.start), of(&iterator.step), of(&iterator.length), of(&iterator.index))
}

fn long_set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<LongRangeIterator>(object);
    let zero = cx.new_int(0)?;
    let is_negative = cx.compare_bool(state, &zero, Comparison::Less)?;
    if !is_negative {
        cx.compare_bool(state, &iterator.length.get(), Comparison::Greater)?;
    }
    let index = cx.index(state)?;
    let (value, length) = (Number::of(&index), Number::of(&iterator.length.get()));
    let place = if value.is_negative() { Number::Word(0) } else { value };
    let place = if place.compare(&length).is_gt() { length } else { place };
    iterator.index.set(place.into_object(cx)?);
    Ok(cx.none())
}
