//! Cutting bytes apart, trimming them and putting them together.

#![forbid(unsafe_code)]

use std::ops::Range;

use super::{is_blank_point, like, own, part, unchanged};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Typed};
use crate::types::binary::buffer::{lent_bytes, required_buffer};
use crate::types::text::split::{keep_ends, list_of_parts, split_arguments};
use crate::values::characters;
use crate::values::list::List;
use crate::values::text_search;

pub(super) fn split(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    split_with(cx, "split", object, arguments, split_at, |bytes, most| {
        text_search::split_blank(bytes, is_blank_point, most).collect()
    })
}

fn split_at(bytes: &[u8], separator: &[u8], most: usize) -> Vec<Range<usize>> {
    text_search::split(bytes, separator, most).collect()
}

pub(super) fn rsplit(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    split_with(cx, "rsplit", object, arguments, text_search::rsplit::<u8>, |bytes, most| {
        text_search::rsplit_blank(bytes, is_blank_point, most)
    })
}

/// Cuts at a separator, at most so often.
type SplitAt = fn(&[u8], &[u8], usize) -> Vec<Range<usize>>;
/// Cuts at blanks, at most so often.
type SplitBlank = fn(&[u8], usize) -> Vec<Range<usize>>;

fn split_with(
    cx: &Interpreter,
    name: &'static str,
    object: &Object,
    arguments: Arguments<'_>,
    split: SplitAt,
    split_blank: SplitBlank,
) -> Outcome {
    let (separator, most) = split_arguments(cx, name, arguments)?;
    let separator = separator.map(|separator| required_buffer(cx, &separator)).transpose()?;
    let bytes = own(cx, object)?;
    let parts = match separator {
        None => split_blank(&bytes, most),
        Some(separator) if separator.is_empty() => return Err(cx.value_error("empty separator")),
        Some(separator) => split(&bytes, &separator, most),
    };
    list_of_parts(cx, most, parts.into_iter().map(|range| part(cx, object, &bytes, range)))
}

pub(super) fn splitlines(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let keep = keep_ends(cx, arguments)?;
    let bytes = own(cx, object)?;
    let list = List::new(&cx.types.list, 0)?;
    for (range, end) in characters::lines(&bytes[..], |point| matches!(point, 10 | 13)) {
        let range = if keep { range.start..end } else { range };
        list.push(part(cx, object, &bytes, range)?)?;
    }
    Ok(list.into_object())
}

pub(super) fn partition(cx: &Interpreter, object: &Object, separator: &Object) -> Outcome {
    partition_at(cx, object, separator, false)
}

pub(super) fn rpartition(cx: &Interpreter, object: &Object, separator: &Object) -> Outcome {
    partition_at(cx, object, separator, true)
}

fn partition_at(cx: &Interpreter, object: &Object, separator: &Object, from_right: bool) -> Outcome {
    let wanted = required_buffer(cx, separator)?;
    if wanted.is_empty() {
        return Err(cx.value_error("empty separator"));
    }
    let bytes = own(cx, object)?;
    let search = if from_right { text_search::rfind } else { text_search::find };
    let (whole, empty) = (|| unchanged(cx, object, &bytes), || like(cx, object, &[]));
    let parts = match search(&bytes, &wanted) {
        Some(place) => {
            let is_kept = object.as_bytes().is_some();
            vec![
                like(cx, object, &bytes[..place])?,
                if is_kept { separator.new_ref() } else { like(cx, object, &wanted)? },
                like(cx, object, &bytes[place + wanted.len()..])?,
            ]
        }
        None if from_right => vec![empty()?, empty()?, whole()?],
        None => vec![whole()?, empty()?, empty()?],
    };
    cx.new_tuple_from(parts)
}

pub(super) fn strip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    strip_sides(cx, "strip", object, given, true, true)
}

pub(super) fn lstrip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    strip_sides(cx, "lstrip", object, given, true, false)
}

pub(super) fn rstrip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    strip_sides(cx, "rstrip", object, given, false, true)
}

fn strip_sides(
    cx: &Interpreter,
    name: &str,
    object: &Object,
    given: &[ObjectRef],
    left: bool,
    right: bool,
) -> Outcome {
    cx.check_positional(name, given.len(), 0, 1)?;
    let outside = match given.first().filter(|outside| !cx.is_none(outside)) {
        None => None,
        Some(outside) => Some(required_buffer(cx, outside)?),
    };
    let bytes = own(cx, object)?;
    let range = text_search::strip(&bytes[..], left, right, |point| match &outside {
        None => is_blank_point(point),
        Some(outside) => outside.contains(&(point as u8)),
    });
    part(cx, object, &bytes, range)
}

pub(super) fn join(cx: &Interpreter, separator: &Object, iterable: &Object) -> Outcome {
    let items = match cx.iter(iterable) {
        Ok(iterator) => cx.collect(&iterator)?,
        Err(raised) => {
            drop(cx.take_if(&cx.types.type_error).ok_or(raised)?);
            return Err(cx.type_error("can only join an iterable"));
        }
    };
    if let ([only], true) = (&items[..], separator.as_bytes().is_some())
        && only.is_exactly(&cx.types.bytes)
    {
        return Ok(only.clone());
    }
    let (between, mut out) = (own(cx, separator)?, Vec::new());
    for (index, item) in items.iter().enumerate() {
        let Some(bytes) = lent_bytes(cx, item)? else {
            let kind = item.type_name();
            let message = format_args!("sequence item {index}: expected a bytes-like object, {kind} found");
            return Err(cx.type_error(message));
        };
        out.try_reserve(bytes.len() + between.len()).map_err(|_| cx.raise_memory_error())?;
        if index > 0 {
            out.extend_from_slice(&between);
        }
        out.extend_from_slice(&bytes);
        cx.poll()?;
    }
    like(cx, separator, &out)
}
