//! `range`: a row of integers of any size, computed when asked for.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod iterators;

use super::containers::{self, is_index, no_subscript, this};
use super::slice::long_indices;
use super::slice::number::Number;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeSpec};
use crate::values::hashing::TupleHasher;
use crate::values::integer::Integer;
use crate::values::range::{self as layout, Range};
use crate::values::slice::Slice;
use crate::values::text::TextBuilder;

const DOCUMENTATION: &str = "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\n\
    Return an object that produces a sequence of integers from start (inclusive)\n\
    to stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\n\
    start defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\n\
    These are exactly the valid indices for a list of 4 elements.\n\
    When step is given, it specifies the increment (or decrement).";

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "__reversed__",
        NativeCode::NoArguments(iterators::reversed),
        "",
        "Return a reverse iterator.",
    ),
    NativeMethod::new("__reduce__", NativeCode::Positional(|cx, this, _| reduce(cx, this)), "", ""),
    NativeMethod::new(
        "count",
        NativeCode::One(count),
        "",
        "rangeobject.count(value) -> integer -- return number of occurrences of value",
    ),
    NativeMethod::new(
        "index",
        NativeCode::One(index),
        "",
        "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.",
    ),
];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("start", |_, object| Ok(this::<Range>(object).start()), "").member(),
    NativeAttribute::new("stop", |_, object| Ok(this::<Range>(object).stop()), "").member(),
    NativeAttribute::new("step", |_, object| Ok(this::<Range>(object).step()), "").member(),
];

/// Completes the type and its iterators.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.range,
        TypeSpec {
            flags: TypeFlags::SEQUENCE,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(repr));
                slots.hash.set(Some(hash));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(iterators::iter));
                slots.bool.set(Some(|_, object| Ok(!is_empty(this(object)))));
                slots.length.set(Some(length));
                slots.get_item.set(Some(get_item));
                slots.contains.set(Some(contains));
            },
            short_call: Some(make),
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Range>(layout::lifecycle())
        },
    )?;
    iterators::define(cx)
}

/// A range as numbers.
struct Row {
    start: Number,
    stop: Number,
    step: Number,
    length: Number,
}

impl Row {
    fn of(range: &Range) -> Self {
        Self {
            start: Number::of(&range.start()),
            stop: Number::of(&range.stop()),
            step: Number::of(&range.step()),
            length: Number::of(&range.length()),
        }
    }

    /// The number at an index.
    fn at(&self, index: &Number) -> Outcome<Number> {
        self.start.plus(&index.times(&self.step)?)
    }

    /// The index of a number that is in the row; none for others.
    fn find(&self, value: &Number) -> Outcome<Option<Number>> {
        let (low, high) =
            if self.step.is_negative() { (&self.stop, &self.start) } else { (&self.start, &self.stop) };
        let inside = match self.step.is_negative() {
            false => value.compare(low).is_ge() && value.compare(high).is_lt(),
            true => value.compare(low).is_gt() && value.compare(high).is_le(),
        };
        if !inside {
            return Ok(None);
        }
        let distance = value.minus(&self.start)?;
        if !distance.modulo(&self.step)?.is_zero() {
            return Ok(None);
        }
        distance.divided_by(&self.step).map(Some)
    }
}

/// How many numbers there are from start to stop, where all that comes up is a machine word.
fn word_length(start: &Number, stop: &Number, step: &Number) -> Option<i64> {
    let (Number::Word(start), Number::Word(stop), Number::Word(step)) = (start, stop, step) else {
        return None;
    };
    let distance = if *step < 0 { start.checked_sub(*stop)? } else { stop.checked_sub(*start)? };
    if distance <= 0 {
        return Some(0);
    }
    Some((distance - 1) / step.checked_abs()? + 1)
}

/// How many numbers there are from start to stop.
fn length_between(start: &Number, stop: &Number, step: &Number) -> Outcome<Number> {
    let distance = match step.is_negative() {
        false => stop.minus(start)?,
        true => start.minus(stop)?,
    };
    if distance.is_negative() || distance.is_zero() {
        return Ok(Number::Word(0));
    }
    let stride = if step.is_negative() { Number::Word(0).minus(step)? } else { step.clone() };
    distance.minus(&Number::Word(1))?.divided_by(&stride)?.plus(&Number::Word(1))
}

/// `range(stop)` and `range(start, stop)` of machine words.
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    let word = |value: &ObjectRef| cx.exact_int(value).and_then(Integer::as_one_digit);
    let (start, stop) = match values {
        [stop] => (None, stop),
        [start, stop] => (Some(start), stop),
        _ => return None,
    };
    let length = word(stop)? - start.map_or(Some(0), word)?;
    Some(make_row(cx, start, stop, length.max(0)))
}

fn make_row(cx: &Interpreter, start: Option<&ObjectRef>, stop: &ObjectRef, length: i64) -> Outcome {
    let start = start.map_or_else(|| cx.new_int(0), |start| Ok(start.clone()))?;
    let (step, length) = (cx.new_int(1)?, cx.new_int(length)?);
    Ok(Range::new(&cx.types.range, start, stop.clone(), step, length)?.into_object())
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords("range", arguments)?;
    let values = arguments.values;
    cx.check_positional("range", values.len(), 1, 3)?;
    let (start, stop, step) = match values {
        [stop] => (cx.new_int(0)?, cx.index(stop)?, cx.new_int(1)?),
        [start, stop] => (cx.index(start)?, cx.index(stop)?, cx.new_int(1)?),
        [start, stop, step, ..] => (cx.index(start)?, cx.index(stop)?, cx.index(step)?),
        [] => unreachable!("counted"),
    };
    if Number::of(&step).is_zero() {
        return Err(cx.value_error("range() arg 3 must not be zero"));
    }
    new_range_of(cx, kind, start, stop, step)
}

fn new_range_of(
    cx: &Interpreter,
    kind: &TypeObject,
    start: ObjectRef,
    stop: ObjectRef,
    step: ObjectRef,
) -> Outcome {
    let (from, to, by) = (Number::of(&start), Number::of(&stop), Number::of(&step));
    let length = match word_length(&from, &to, &by) {
        Some(length) => cx.new_int(length)?,
        None => length_between(&from, &to, &by)?.into_object(cx)?,
    };
    Ok(Range::new(kind, start, stop, step, length)?.into_object())
}

/// `range(start, stop, step)` of int objects; the step is not zero.
pub fn new_range(cx: &Interpreter, start: ObjectRef, stop: ObjectRef, step: ObjectRef) -> Outcome {
    new_range_of(cx, &cx.types.range, start, stop, step)
}

fn is_empty(range: &Range) -> bool {
    Number::of(&range.length()).is_zero()
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let range = this::<Range>(object);
    let mut out = TextBuilder::new();
    out.push_str("range(")?;
    out.push_text(&*cx.repr_text(&range.start())?)?;
    out.push_str(", ")?;
    out.push_text(&*cx.repr_text(&range.stop())?)?;
    if Number::of(&range.step()).to_word() != Some(1) {
        out.push_str(", ")?;
        out.push_text(&*cx.repr_text(&range.step())?)?;
    }
    out.push_str(")")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

/// As the tuple of length, start and step, the latter two None where they make no difference.
fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let range = this::<Range>(object);
    let length = Number::of(&range.length());
    let has_start = !length.is_zero();
    let has_step = has_start && length.to_word() != Some(1);
    let mut hasher = TupleHasher::new();
    hasher.push(cx.hash(&range.length())?);
    hasher.push(cx.hash(&*if has_start { range.start() } else { cx.none() })?);
    hasher.push(cx.hash(&*if has_step { range.step() } else { cx.none() })?);
    Ok(hasher.finish())
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let Some(other) = right.layout::<Range>() else { return Ok(cx.not_implemented.clone()) };
    let same = || left.is(right) || same_numbers(&Row::of(this(left)), &Row::of(other));
    match comparison {
        Comparison::Equal => Ok(cx.new_bool(same())),
        Comparison::NotEqual => Ok(cx.new_bool(!same())),
        _ => Ok(cx.not_implemented.clone()),
    }
}

fn same_numbers(left: &Row, right: &Row) -> bool {
    left.length.compare(&right.length).is_eq()
        && (left.length.is_zero()
            || left.start.compare(&right.start).is_eq()
                && (left.length.to_word() == Some(1) || left.step.compare(&right.step).is_eq()))
}

fn length(cx: &Interpreter, object: &Object) -> Outcome<usize> {
    match Number::of(&this::<Range>(object).length()).to_word() {
        Some(length) => Ok(length.max(0) as usize),
        None => Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    let range = this::<Range>(object);
    if is_index(key) {
        let index = cx.index(key)?;
        return item_at(cx, &Row::of(range), Number::of(&index));
    }
    match key.layout::<Slice>() {
        Some(slice) => get_slice(cx, range, slice),
        None => Err(no_subscript(cx, "range", key)),
    }
}

fn item_at(cx: &Interpreter, row: &Row, index: Number) -> Outcome {
    let place = if index.is_negative() { index.plus(&row.length)? } else { index };
    if place.is_negative() || place.compare(&row.length).is_ge() {
        return Err(cx.index_error("range object index out of range"));
    }
    row.at(&place)?.into_object(cx)
}

fn get_slice(cx: &Interpreter, range: &Range, slice: &Slice) -> Outcome {
    let row = Row::of(range);
    let (start, stop, step) = long_indices(cx, slice, &row.length)?;
    let step = step.times(&row.step)?.into_object(cx)?;
    let start = row.at(&start)?.into_object(cx)?;
    let stop = row.at(&stop)?.into_object(cx)?;
    new_range(cx, start, stop, step)
}

/// Whether membership of this object is arithmetic: equality of instances of subclasses may be anything.
fn is_plain_int(cx: &Interpreter, object: &Object) -> bool {
    object.is_exactly(&cx.types.int) || object.is_exactly(&cx.types.bool)
}

fn contains(cx: &Interpreter, object: &Object, value: &Object) -> Outcome<bool> {
    if is_plain_int(cx, value) {
        return Ok(Row::of(this(object)).find(&Number::of(value))?.is_some());
    }
    let mut found = false;
    search(cx, object, value, |_| {
        found = true;
        false
    })?;
    Ok(found)
}

/// Calls `each` with the index of every equal item until it says that this is enough.
fn search(
    cx: &Interpreter,
    object: &Object,
    value: &Object,
    mut each: impl FnMut(i64) -> bool,
) -> Outcome<()> {
    let iterator = cx.iter(object)?;
    let mut at = 0;
    while let Some(item) = cx.next(&iterator)? {
        if cx.equal(&item, value)? && !each(at) {
            break;
        }
        at += 1;
        cx.poll()?;
    }
    Ok(())
}

fn count(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    if is_plain_int(cx, value) {
        return cx.new_int(i64::from(contains(cx, object, value)?));
    }
    let mut found = 0;
    search(cx, object, value, |_| {
        found += 1;
        true
    })?;
    cx.new_int(found)
}

fn index(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    if is_plain_int(cx, value) {
        return match Row::of(this(object)).find(&Number::of(value))? {
            Some(index) => index.into_object(cx),
            None => Err(cx.value_error(format_args!("{} is not in range", cx.display_repr(value)))),
        };
    }
    let mut found = None;
    search(cx, object, value, |at| {
        found = Some(at);
        false
    })?;
    match found {
        Some(index) => cx.new_int(index),
        None => Err(cx.value_error("sequence.index(x): x not in sequence")),
    }
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let range = this::<Range>(object);
    let parts = cx.new_tuple_from(vec![range.start(), range.stop(), range.step()])?;
    containers::tuple(cx, &[object.type_object(), &parts])
}
