//! `slice`: the parts of `a[start:stop:step]`, and what they mean for a length of any size.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod number;

use number::Number;

use super::containers::{self, is_index, no_slice_index, this};
use crate::object::Object;
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeSpec};
use crate::values::slice::{self as layout, Slice};
use crate::values::text::TextBuilder;

const DOCUMENTATION: &str = "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  \
                             This is used for extended slicing (e.g. a[0:10:2]).";

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "indices",
        NativeCode::One(indices),
        "",
        "S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the start and stop\n\
         indices, and the stride length of the extended slice described by\nS. Out of bounds indices are clipped in a \
         manner consistent with the\nhandling of normal slices.",
    ),
    NativeMethod::new(
        "__reduce__",
        NativeCode::NoArguments(reduce),
        "",
        "Return state information for pickling.",
    ),
];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("start", |_, object| Ok(this::<Slice>(object).start()), "").member(),
    NativeAttribute::new("stop", |_, object| Ok(this::<Slice>(object).stop()), "").member(),
    NativeAttribute::new("step", |_, object| Ok(this::<Slice>(object).step()), "").member(),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.slice,
        TypeSpec {
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(repr));
                slots.compare.set(Some(compare));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Slice>(layout::lifecycle())
        },
    )
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords("slice", arguments)?;
    let values = arguments.values;
    cx.check_positional("slice", values.len(), 1, 3)?;
    let (start, stop, step) = match values {
        [stop] => (cx.none(), stop.clone(), cx.none()),
        [start, stop] => (start.clone(), stop.clone(), cx.none()),
        [start, stop, step, ..] => (start.clone(), stop.clone(), step.clone()),
        [] => unreachable!("counted"),
    };
    Ok(Slice::new(kind, start, stop, step)?.into_object())
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let slice = this::<Slice>(object);
    let mut out = TextBuilder::new();
    out.push_str("slice(")?;
    for (index, part) in [slice.start(), slice.stop(), slice.step()].iter().enumerate() {
        if index > 0 {
            out.push_str(", ")?;
        }
        let shown = cx.repr_text(part)?;
        out.push_text(&shown)?;
    }
    out.push_str(")")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

/// As the tuples of their parts.
fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let Some(other) = right.layout::<Slice>() else { return Ok(cx.not_implemented.clone()) };
    if left.is(right) {
        return Ok(cx.new_bool(comparison.holds(std::cmp::Ordering::Equal)));
    }
    let parts = |slice: &Slice| cx.new_tuple_from(vec![slice.start(), slice.stop(), slice.step()]);
    let left = parts(this::<Slice>(left))?;
    let right = parts(other)?;
    cx.compare(&left, &right, comparison)
}

fn indices(cx: &Interpreter, object: &Object, length: &Object) -> Outcome {
    let length = Number::of(&*cx.index(length)?);
    if length.is_negative() {
        return Err(cx.value_error("length should not be negative"));
    }
    let (start, stop, step) = long_indices(cx, this::<Slice>(object), &length)?;
    let parts = vec![start.into_object(cx)?, stop.into_object(cx)?, step.into_object(cx)?];
    cx.new_tuple_from(parts)
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let slice = this::<Slice>(object);
    let parts = cx.new_tuple_from(vec![slice.start(), slice.stop(), slice.step()])?;
    containers::tuple(cx, &[object.type_object(), &parts])
}

/// Start, stop and step of a slice of a sequence of any length.
pub fn long_indices(cx: &Interpreter, slice: &Slice, length: &Number) -> Outcome<(Number, Number, Number)> {
    let step = long_index(cx, &slice.step())?.unwrap_or(Number::Word(1));
    if step.is_zero() {
        return Err(cx.value_error("slice step cannot be zero"));
    }
    let backwards = step.is_negative();
    let (lower, upper) = match backwards {
        true => (Number::Word(-1), length.minus(&Number::Word(1))?),
        false => (Number::Word(0), length.clone()),
    };
    let fit = |index: Number| -> Outcome<Number> {
        if index.is_negative() {
            let counted = index.plus(length)?;
            return Ok(if counted.compare(&lower).is_lt() { lower.clone() } else { counted });
        }
        Ok(if index.compare(&upper).is_gt() { upper.clone() } else { index })
    };
    let start = match long_index(cx, &slice.start())? {
        Some(index) => fit(index)?,
        None => {
            if backwards {
                upper.clone()
            } else {
                lower.clone()
            }
        }
    };
    let stop = match long_index(cx, &slice.stop())? {
        Some(index) => fit(index)?,
        None => {
            if backwards {
                lower.clone()
            } else {
                upper.clone()
            }
        }
    };
    Ok((start, stop, step))
}

fn long_index(cx: &Interpreter, part: &Object) -> Outcome<Option<Number>> {
    if cx.is_none(part) {
        return Ok(None);
    }
    if !is_index(part) {
        return Err(no_slice_index(cx));
    }
    let index = cx.index(part)?;
    Ok(Some(Number::of(&index)))
}
