//! Finding, counting and replacing in bytes.

#![forbid(unsafe_code)]

use super::{checked_byte, like, own, part, unchanged};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Typed};
use crate::types::binary::buffer::{Buffer, buffer, required_buffer};
use crate::types::containers::word_index;
use crate::types::text::search::{check_search_arguments, search_range};
use crate::types::text::storage::room;
use crate::values::text_search;

/// What is looked for: bytes, or one byte by its number.
fn needle(cx: &Interpreter, object: &Object) -> Outcome<Buffer> {
    if let Some(bytes) = buffer(cx, object)? {
        return Ok(bytes);
    }
    if object.type_object().slots.index.get().is_none() {
        let kind = object.type_name();
        let message = format_args!("argument should be integer or bytes-like object, not '{kind}'");
        return Err(cx.type_error(message));
    }
    let value = cx.index_isize(object, None)?;
    Ok(Buffer::Copied(vec![checked_byte(cx, value)?]))
}

fn place(
    cx: &Interpreter,
    name: &str,
    object: &Object,
    given: &[ObjectRef],
    search: fn(&[u8], &[u8]) -> Option<usize>,
) -> Outcome<Option<usize>> {
    check_search_arguments(cx, name, given.len())?;
    let bytes = own(cx, object)?;
    let (start, end) = search_range(cx, given, bytes.len())?;
    let wanted = needle(cx, &given[0])?;
    if start > end {
        return Ok(None);
    }
    Ok(search(&bytes[start..end], &wanted).map(|place| place + start))
}

fn place_or_minus_one(cx: &Interpreter, place: Option<usize>) -> Outcome {
    place.map_or_else(|| cx.new_int(-1), |place| cx.new_size(place))
}

fn place_or_error(cx: &Interpreter, place: Option<usize>) -> Outcome {
    place.map_or_else(|| Err(cx.value_error("subsection not found")), |place| cx.new_size(place))
}

pub(super) fn find(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_minus_one(cx, place(cx, "find", object, given, text_search::find)?)
}

pub(super) fn rfind(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_minus_one(cx, place(cx, "rfind", object, given, text_search::rfind)?)
}

pub(super) fn index(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_error(cx, place(cx, "index", object, given, text_search::find)?)
}

pub(super) fn rindex(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_error(cx, place(cx, "rindex", object, given, text_search::rfind)?)
}

pub(super) fn count(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    check_search_arguments(cx, "count", given.len())?;
    let bytes = own(cx, object)?;
    let (start, end) = search_range(cx, given, bytes.len())?;
    let wanted = needle(cx, &given[0])?;
    let found = if start > end { 0 } else { text_search::count(&bytes[start..end], &wanted) };
    cx.new_size(found)
}

/// `item in bytes`
pub fn contains(cx: &Interpreter, object: &Object, item: &Object) -> Outcome<bool> {
    if item.type_object().slots.index.get().is_some() {
        let byte = checked_byte(cx, cx.index_isize(item, None)?)?;
        return Ok(own(cx, object)?.contains(&byte));
    }
    let wanted = required_buffer(cx, item)?;
    Ok(text_search::find(&own(cx, object)?, &wanted).is_some())
}

pub(super) fn startswith(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    has_end(cx, "startswith", object, given, |bytes, end| bytes.starts_with(end))
}

pub(super) fn endswith(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    has_end(cx, "endswith", object, given, |bytes, end| bytes.ends_with(end))
}

fn has_end(
    cx: &Interpreter,
    name: &str,
    object: &Object,
    given: &[ObjectRef],
    test: fn(&[u8], &[u8]) -> bool,
) -> Outcome {
    check_search_arguments(cx, name, given.len())?;
    let bytes = own(cx, object)?;
    let (start, end) = search_range(cx, given, bytes.len())?;
    let test = |wanted: &[u8]| start <= end && test(&bytes[start..end], wanted);
    if let Some(choices) = given[0].as_tuple() {
        for choice in choices.items() {
            if test(&required_buffer(cx, choice)?) {
                return Ok(cx.true_.clone());
            }
        }
        return Ok(cx.false_.clone());
    }
    match buffer(cx, &given[0])? {
        Some(wanted) => Ok(cx.new_bool(test(&wanted))),
        None => {
            let kind = given[0].type_name();
            let message = format_args!("{name} first arg must be bytes or a tuple of bytes, not {kind}");
            Err(cx.type_error(message))
        }
    }
}

pub(super) fn removeprefix(cx: &Interpreter, object: &Object, prefix: &Object) -> Outcome {
    let prefix = required_buffer(cx, prefix)?;
    let bytes = own(cx, object)?;
    let start = if bytes.starts_with(&prefix) { prefix.len() } else { 0 };
    part(cx, object, &bytes, start..bytes.len())
}

pub(super) fn removesuffix(cx: &Interpreter, object: &Object, suffix: &Object) -> Outcome {
    let suffix = required_buffer(cx, suffix)?;
    let bytes = own(cx, object)?;
    let end = if bytes.ends_with(&suffix) { bytes.len() - suffix.len() } else { bytes.len() };
    part(cx, object, &bytes, 0..end)
}

pub(super) fn replace(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("replace", given.len(), 2, 3)?;
    let (old, new) = (required_buffer(cx, &given[0])?, required_buffer(cx, &given[1])?);
    let most = given.get(2).map_or(Ok(-1), |most| word_index(cx, most))?;
    let bytes = own(cx, object)?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let found = if most == 0 { 0 } else { text_search::matches(&bytes, &old).take(most).count() };
    if found == 0 {
        return unchanged(cx, object, &bytes);
    }
    let size =
        new.len().checked_mul(found).and_then(|more| more.checked_add(bytes.len() - found * old.len()));
    let Some(size) = size.filter(|size| *size <= isize::MAX as usize) else {
        return Err(cx.overflow_error("replace bytes is too long"));
    };
    let (mut out, mut start) = (room(size)?, 0);
    for place in text_search::matches(&bytes, &old).take(most) {
        out.extend_from_slice(&bytes[start..place]);
        out.extend_from_slice(&new);
        start = place + old.len();
    }
    out.extend_from_slice(&bytes[start..]);
    like(cx, object, &out)
}
