//! Methods of `str` that look for parts: `find`, `count`, `startswith`, `replace`, `in` and their like.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::hint::cold_path;

use super::storage::{Storage, room, with_needle};
use super::{new_slice, substring, text_of, unchanged};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::containers::word_index;
use crate::values::slice_indices::clamp_range;
use crate::values::text::{Piece, Text, TextSlice};
use crate::values::text_search;

/// The argument as a text; TypeError `must be str, not int`.
pub fn text_argument<'a>(cx: &Interpreter, object: &'a Object) -> Outcome<&'a Text> {
    object.as_text().ok_or_else(|| cx.type_error(format_args!("must be str, not {}", object.type_name())))
}

/// The argument as a text; TypeError `name() argument 1 must be str, not int`.
fn named_argument<'a>(cx: &Interpreter, name: &str, object: &'a Object) -> Outcome<&'a Text> {
    object.as_text().ok_or_else(|| {
        let kind = crate::types::support::argument_kind(cx, object);
        cx.type_error(format_args!("{name} must be str, not {kind}"))
    })
}

/// Checks the number of arguments as CPython's older functions do: between one and three.
pub fn check_search_arguments(cx: &Interpreter, name: &str, given: usize) -> Outcome<()> {
    let (bound, number) = match given {
        0 => ("at least 1 argument", 0),
        1..=3 => return Ok(()),
        _ => ("at most 3 arguments", given),
    };
    Err(cx.type_error(format_args!("{name}() takes {bound} ({number} given)")))
}

/// The optional arguments `start` and `end` for a row of so many items.
pub fn search_range(cx: &Interpreter, arguments: &[ObjectRef], length: usize) -> Outcome<(usize, usize)> {
    let bound = |index: usize, default: isize| -> Outcome<isize> {
        match arguments.get(index) {
            Some(object) => Ok(cx.slice_index(object)?.unwrap_or(default)),
            None => Ok(default),
        }
    };
    let (start, end) = (bound(1, 0)?, bound(2, isize::MAX)?);
    Ok(clamp_range(start, end, length))
}

/// The arguments of a search: the needle, the range; no range where nothing can be found.
fn arguments<'a>(
    cx: &Interpreter,
    name: &str,
    text: &Text,
    arguments: &'a [ObjectRef],
) -> Outcome<(&'a Text, Option<std::ops::Range<usize>>)> {
    check_search_arguments(cx, name, arguments.len())?;
    let (start, end) = search_range(cx, arguments, text.length())?;
    let needle = text_argument(cx, &arguments[0])?;
    Ok((needle, (start <= end).then_some(start..end)))
}

fn place(
    cx: &Interpreter,
    name: &str,
    object: &Object,
    given: &[ObjectRef],
    from_right: bool,
) -> Outcome<Option<usize>> {
    let text = text_of(object);
    let (needle, range) = arguments(cx, name, text, given)?;
    let Some(range) = range else { return Ok(None) };
    let (start, hay) = (range.start, text.as_slice().slice(range));
    Ok(place_in(hay, needle.as_slice(), from_right).map(|place| place + start))
}

/// Where a text stands in another: the first place, or the last.
#[inline]
pub(super) fn place_in(hay: TextSlice<'_>, needle: TextSlice<'_>, from_right: bool) -> Option<usize> {
    with_needle!(
        hay,
        needle,
        |hay, needle| if from_right {
            text_search::rfind(hay, needle)
        } else {
            text_search::find(hay, needle)
        },
        None
    )
}

fn place_or_minus_one(cx: &Interpreter, place: Option<usize>) -> Outcome {
    place.map_or_else(|| cx.new_int(-1), |place| cx.new_size(place))
}

#[cold]
fn not_found(cx: &Interpreter) -> Raised {
    cx.value_error("substring not found")
}

/// `str.find`
pub fn find(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_minus_one(cx, place(cx, "find", object, given, false)?)
}

/// `str.rfind`
pub fn rfind(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_minus_one(cx, place(cx, "rfind", object, given, true)?)
}

/// `str.index`
pub fn index(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place(cx, "index", object, given, false)?.map_or_else(|| Err(not_found(cx)), |place| cx.new_size(place))
}

/// `str.rindex`
pub fn rindex(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place(cx, "rindex", object, given, true)?.map_or_else(|| Err(not_found(cx)), |place| cx.new_size(place))
}

/// `str.count`
pub fn count(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let text = text_of(object);
    let (needle, range) = arguments(cx, "count", text, given)?;
    let Some(range) = range else { return cx.new_int(0) };
    let hay = text.as_slice().slice(range);
    cx.new_size(with_needle!(hay, needle.as_slice(), |hay, needle| text_search::count(hay, needle), 0))
}

/// `needle in text`
pub fn contains(cx: &Interpreter, object: &Object, needle: &Object) -> Outcome<bool> {
    let Some(needle) = needle.as_text() else {
        let kind = needle.type_name();
        let message = format_args!("'in <string>' requires string as left operand, not {kind}");
        return Err(cx.type_error(message));
    };
    let hay = text_of(object).as_slice();
    Ok(with_needle!(hay, needle.as_slice(), |hay, needle| text_search::find(hay, needle).is_some(), false))
}

/// `str.startswith`
pub fn startswith(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    has_end(cx, "startswith", object, given, starts_with)
}

/// `str.endswith`
pub fn endswith(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    has_end(cx, "endswith", object, given, ends_with)
}

fn starts_with(text: TextSlice<'_>, part: TextSlice<'_>) -> bool {
    part.len() <= text.len() && text.slice(0..part.len()).equals(part)
}

fn ends_with(text: TextSlice<'_>, part: TextSlice<'_>) -> bool {
    part.len() <= text.len() && text.slice(text.len() - part.len()..text.len()).equals(part)
}

fn has_end(
    cx: &Interpreter,
    name: &str,
    object: &Object,
    given: &[ObjectRef],
    test: fn(TextSlice<'_>, TextSlice<'_>) -> bool,
) -> Outcome {
    check_search_arguments(cx, name, given.len())?;
    let text = text_of(object);
    let (start, end) = search_range(cx, given, text.length())?;
    let part = (start <= end).then(|| text.as_slice().slice(start..end));
    let test = |wanted: &Text| part.is_some_and(|part| test(part, wanted.as_slice()));
    if let Some(wanted) = given[0].as_text() {
        return Ok(cx.new_bool(test(wanted)));
    }
    let Some(choices) = given[0].as_tuple() else {
        let kind = given[0].type_name();
        let message = format_args!("{name} first arg must be str or a tuple of str, not {kind}");
        return Err(cx.type_error(message));
    };
    for choice in choices.items() {
        let Some(wanted) = choice.as_text() else {
            let kind = choice.type_name();
            return Err(cx.type_error(format_args!("tuple for {name} must only contain str, not {kind}")));
        };
        if test(wanted) {
            return Ok(cx.true_.clone());
        }
    }
    Ok(cx.false_.clone())
}

/// `str.removeprefix`
pub fn removeprefix(cx: &Interpreter, object: &Object, prefix: &Object) -> Outcome {
    let prefix = named_argument(cx, "removeprefix() argument", prefix)?;
    let text = text_of(object);
    if starts_with(text.as_slice(), prefix.as_slice()) {
        return substring(cx, object, prefix.length()..text.length());
    }
    unchanged(cx, object)
}

/// `str.removesuffix`
pub fn removesuffix(cx: &Interpreter, object: &Object, suffix: &Object) -> Outcome {
    let suffix = named_argument(cx, "removesuffix() argument", suffix)?;
    let text = text_of(object);
    if ends_with(text.as_slice(), suffix.as_slice()) {
        return substring(cx, object, 0..text.length() - suffix.length());
    }
    unchanged(cx, object)
}

/// `str.replace`
pub fn replace(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("replace", given.len(), 2, 3)?;
    let old = named_argument(cx, "replace() argument 1", &given[0])?;
    let new = named_argument(cx, "replace() argument 2", &given[1])?;
    let most = match given.get(2) {
        Some(most) => usize::try_from(word_index(cx, most)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let text = text_of(object);
    if most == 0 || text.length() < old.length() || old.equals(new) {
        return unchanged(cx, object);
    }
    if let (Some(hay), Some(needle)) = (text.as_ascii(), old.as_ascii()) {
        let mut room = [0; FEW_PLACES];
        match few_places(hay, needle, most, &mut room) {
            Some([]) => return unchanged(cx, object),
            Some(places) => return replace_places(cx, text, places, old.length(), new),
            None => cold_path(),
        }
    }
    let places = with_needle!(
        text.as_slice(),
        old.as_slice(),
        |hay, needle| places_of(cx, hay, needle, most)?,
        Vec::new()
    );
    if places.is_empty() {
        return unchanged(cx, object);
    }
    replace_places(cx, text, &places, old.length(), new)
}

/// So many places need no memory.
const FEW_PLACES: usize = 8;

/// The places of a needle, if they are few.
fn few_places<'a>(
    hay: &[u8],
    needle: &[u8],
    most: usize,
    room: &'a mut [usize; FEW_PLACES],
) -> Option<&'a [usize]> {
    let mut count = 0;
    for place in text_search::matches(hay, needle).take(most) {
        *room.get_mut(count)? = place;
        count += 1;
    }
    Some(&room[..count])
}

fn places_of<U: Storage>(cx: &Interpreter, hay: &[U], needle: &[U], most: usize) -> Outcome<Vec<usize>> {
    let mut places: Vec<usize> = Vec::new();
    for place in text_search::matches(hay, needle).take(most) {
        places.try_reserve(1).map_err(|_| crate::values::memory_error::OutOfMemory)?;
        places.push(place);
        cx.poll()?;
    }
    Ok(places)
}

fn replace_places(cx: &Interpreter, text: &Text, places: &[usize], old: usize, new: &Text) -> Outcome {
    let size = new.length().checked_mul(places.len()).and_then(|more| more.checked_add(text.length()));
    if size.is_none_or(|size| size > isize::MAX as usize) {
        return Err(cx.overflow_error("replace string is too long"));
    }
    if let Some(replaced) = Text::replaced(&cx.types.str, text, places, old, new) {
        return match replaced? {
            text if text.length() < 2 => new_slice(cx, text.as_slice()),
            text => Ok(text.into_object()),
        };
    }
    if let (TextSlice::Latin1(characters), TextSlice::Latin1(new)) = (text.as_slice(), new.as_slice()) {
        return replace_bytes(cx, characters, places, old, new);
    }
    let starts = std::iter::once(0).chain(places.iter().map(move |place| place + old));
    let kept = starts.zip(places.iter().copied()).map(|(start, end)| start..end);
    let last = places.last().map_or(0, |place| place + old)..text.length();
    let slice = text.as_slice();
    let pieces = kept.flat_map(|range| [Piece::from(slice.slice(range)), Piece::from(new)]);
    super::new_pieces(cx, pieces.chain([Piece::from(slice.slice(last))]))
}

fn replace_bytes(cx: &Interpreter, text: &[u8], places: &[usize], old: usize, new: &[u8]) -> Outcome {
    let mut out = room(text.len() - old * places.len() + new.len() * places.len())?;
    let mut start = 0;
    for &place in places {
        out.extend_from_slice(&text[start..place]);
        out.extend_from_slice(new);
        start = place + old;
    }
    out.extend_from_slice(&text[start..]);
    new_slice(cx, TextSlice::Latin1(&out))
}
