//! Methods of `str` that cut and put together: `split`, `splitlines`, `partition`, `strip`, `join`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::ops::Range;

use super::search::{place_in, text_argument};
use super::storage::{each_width, with_needle};
use super::{substring, text_of, unchanged};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::containers::word_index;
use crate::values::characters;
use crate::values::list::List;
use crate::values::text::{Text, TextSlice};
use crate::values::text_search;

/// The arguments `sep` and `maxsplit`: the separator unless it is None, and how many cuts at most.
pub fn split_arguments(
    cx: &Interpreter,
    function: &'static str,
    arguments: Arguments<'_>,
) -> Outcome<(Option<ObjectRef>, usize)> {
    let parameters =
        Parameters { function, names: ["sep", "maxsplit"], positional_only: 0, positional: 2, required: 0 };
    let [separator, most] = parameters.bind(cx, arguments)?;
    let most = most.map_or(Ok(-1), |most| word_index(cx, &most))?;
    Ok((separator.filter(|separator| !cx.is_none(separator)), usize::try_from(most).unwrap_or(usize::MAX)))
}

/// A list of so many parts: with room for twelve, as long as fewer can be meant.
pub fn list_of_parts(cx: &Interpreter, most: usize, parts: impl Iterator<Item = Outcome>) -> Outcome {
    let list = List::new(&cx.types.list, most.saturating_add(1).min(12))?;
    for part in parts {
        list.push(part?)?;
        cx.poll()?;
    }
    Ok(list.into_object())
}

/// `str.split`
pub fn split(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let (separator, most) = split_arguments(cx, "split", arguments)?;
    let slice = text_of(object).as_slice();
    let part = |range| substring(cx, object, range);
    match &separator {
        None => each_width!(slice, units => {
            list_of_parts(cx, most, text_search::split_blank(units, characters::is_space, most).map(part))
        }),
        Some(separator) => {
            let separator = separator_text(cx, separator)?.as_slice();
            with_needle!(
                slice,
                separator,
                |hay, needle| list_of_parts(cx, most, text_search::split(hay, needle, most).map(part)),
                list_of_parts(cx, most, [substring(cx, object, 0..slice.len())].into_iter())
            )
        }
    }
}

/// `str.rsplit`
pub fn rsplit(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let (separator, most) = split_arguments(cx, "rsplit", arguments)?;
    let slice = text_of(object).as_slice();
    let parts = match &separator {
        None => each_width!(slice, units => text_search::rsplit_blank(units, characters::is_space, most)),
        Some(separator) => {
            let separator = separator_text(cx, separator)?.as_slice();
            let whole = 0..slice.len();
            with_needle!(slice, separator, |hay, needle| text_search::rsplit(hay, needle, most), vec![whole])
        }
    };
    list_of_parts(cx, most, parts.into_iter().map(|range| substring(cx, object, range)))
}

fn separator_text<'a>(cx: &Interpreter, separator: &'a Object) -> Outcome<&'a Text> {
    let Some(text) = separator.as_text() else {
        let kind = separator.type_name();
        return Err(cx.type_error(format_args!("must be str or None, not {kind}")));
    };
    if text.is_empty() {
        return Err(cx.value_error("empty separator"));
    }
    Ok(text)
}

/// The argument `keepends`.
pub fn keep_ends(cx: &Interpreter, arguments: Arguments<'_>) -> Outcome<bool> {
    let parameters = Parameters {
        function: "splitlines",
        names: ["keepends"],
        positional_only: 0,
        positional: 1,
        required: 0,
    };
    let [keep] = parameters.bind(cx, arguments)?;
    keep.map_or(Ok(false), |keep| Ok(c_int(cx, &keep)? != 0))
}

/// An argument that is a C `int`.
pub fn c_int(cx: &Interpreter, object: &Object) -> Outcome<i32> {
    let index = cx.index_of_any_type(object)?;
    let value =
        index.as_int().and_then(|integer| integer.to_i64()).and_then(|value| i32::try_from(value).ok());
    value.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
}

/// `str.splitlines`
pub fn splitlines(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let keep = keep_ends(cx, arguments)?;
    let list = List::new(&cx.types.list, 0)?;
    let piece = |range: Range<usize>, end: usize| if keep { range.start..end } else { range };
    each_width!(text_of(object).as_slice(), units => {
        for (range, end) in characters::lines(units, characters::is_line_break) {
            list.push(substring(cx, object, piece(range, end))?)?;
        }
    });
    Ok(list.into_object())
}

/// `str.partition`
pub fn partition(cx: &Interpreter, object: &Object, separator: &Object) -> Outcome {
    partition_at(cx, object, separator, false)
}

/// `str.rpartition`
pub fn rpartition(cx: &Interpreter, object: &Object, separator: &Object) -> Outcome {
    partition_at(cx, object, separator, true)
}

fn partition_at(cx: &Interpreter, object: &Object, separator: &Object, from_right: bool) -> Outcome {
    let needle = text_argument(cx, separator)?;
    if needle.is_empty() {
        return Err(cx.value_error("empty separator"));
    }
    let text = text_of(object);
    let empty = || cx.empty_text.clone().into_object();
    let parts = match place_in(text.as_slice(), needle.as_slice(), from_right) {
        Some(place) => vec![
            substring(cx, object, 0..place)?,
            separator.new_ref(),
            substring(cx, object, place + needle.length()..text.length())?,
        ],
        None if from_right => vec![empty(), empty(), unchanged(cx, object)?],
        None => vec![unchanged(cx, object)?, empty(), empty()],
    };
    cx.new_tuple_from(parts)
}

/// `str.strip`
pub fn strip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    strip_sides(cx, "strip", object, given, true, true)
}

/// `str.lstrip`
pub fn lstrip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    strip_sides(cx, "lstrip", object, given, true, false)
}

/// `str.rstrip`
pub fn rstrip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
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
    let slice = text_of(object).as_slice();
    let outside = given.first().filter(|outside| !cx.is_none(outside));
    let range = match outside {
        None => each_width!(slice, units => text_search::strip(units, left, right, characters::is_space)),
        Some(outside) => {
            let Some(outside) = outside.as_text() else {
                return Err(cx.type_error(format_args!("{name} arg must be None or str")));
            };
            let outside = outside.as_slice();
            let is_outside = |point: u32| has_character(outside, point);
            each_width!(slice, units => text_search::strip(units, left, right, is_outside))
        }
    };
    substring(cx, object, range)
}

fn has_character(text: TextSlice<'_>, point: u32) -> bool {
    match text {
        TextSlice::Latin1(units) => u8::try_from(point).is_ok_and(|unit| units.contains(&unit)),
        TextSlice::Wide(units) => u16::try_from(point).is_ok_and(|unit| units.contains(&unit)),
        TextSlice::Full(units) => units.contains(&point),
    }
}

/// `str.join`
pub fn join(cx: &Interpreter, separator: &Object, iterable: &Object) -> Outcome {
    if let Some(tuple) = iterable.as_tuple() {
        return join_items(cx, separator, tuple.items());
    }
    if let Some(list) = iterable.as_list() {
        if list.len() <= 1 {
            return join_items(cx, separator, list.get(0).as_slice());
        }
        if let Some(joined) = Text::join_list(&cx.types.str, text_of(separator), list) {
            return shared_or_new(cx, joined?);
        }
    }
    // The items of a list are counted anew: the list itself may lose them while they are joined.
    let items = match iterable.as_list() {
        Some(_) => cx.collect(iterable)?,
        None => match cx.iter(iterable) {
            Ok(iterator) => cx.collect(&iterator)?,
            Err(raised) => {
                drop(cx.take_if(&cx.types.type_error).ok_or(raised)?);
                return Err(cx.type_error("can only join an iterable"));
            }
        },
    };
    join_items(cx, separator, &items)
}

/// Joins texts, of which TypeError is raised for the first that is none.
pub fn join_items(cx: &Interpreter, separator: &Object, items: &[ObjectRef]) -> Outcome {
    match items {
        [] => return Ok(cx.empty_text.clone().into_object()),
        [only] if only.is_exactly(&cx.types.str) => return Ok(only.clone()),
        _ => {}
    }
    if let Some(wrong) = items.iter().position(|item| item.as_text().is_none()) {
        let kind = items[wrong].type_name();
        let message = format_args!("sequence item {wrong}: expected str instance, {kind} found");
        return Err(cx.type_error(message));
    }
    let between = text_of(separator);
    join_texts(cx, between, items.iter().map(|item| text_of(item)))
}

/// Joins a row of texts.
pub fn join_row(cx: &Interpreter, parts: &[ObjectRef]) -> Outcome {
    match Text::join_items(&cx.types.str, &cx.empty_text, parts) {
        Some(made) => shared_or_new(cx, made?),
        None => join_texts(cx, &cx.empty_text, parts.iter().filter_map(|part| part.as_text())),
    }
}

/// Joins texts; the empty and the one-character latin ones are the shared objects.
pub fn join_texts<'a>(
    cx: &Interpreter,
    between: &Text,
    texts: impl Iterator<Item = &'a Text> + Clone,
) -> Outcome {
    shared_or_new(cx, Text::join(&cx.types.str, between, texts)?)
}

fn shared_or_new(cx: &Interpreter, made: Ref<Text>) -> Outcome {
    match made.length() {
        0 => Ok(cx.empty_text.clone().into_object()),
        1 => cx.new_character(made.character(0)),
        _ => Ok(made.into_object()),
    }
}
