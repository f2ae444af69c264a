//! The methods that `bytes` and `bytearray` share. Results are of the exact type that `self` derives from; a `bytes`
//! that would not change is handed out as it is.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::ops::Range;

use super::buffer::{Buffer, buffer, lent_bytes, required_buffer};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::coding::{coding_arguments, decode as decode_bytes, new_bytes};
use crate::types::containers::word_index;
use crate::types::text::case::{swapped, titled};
use crate::types::text::layout::tab_size;
use crate::types::text::search::{check_search_arguments, search_range};
use crate::types::text::split::{keep_ends, list_of_parts, split_arguments};
use crate::types::text::storage::room;
use crate::values::bytearray::ByteArray;
use crate::values::characters;
use crate::values::list::List;
use crate::values::text_search;

use NativeCode::{Full, NoArguments, One, Positional};

macro_rules! shared {
    ($($method:expr),* $(,)?) => {
        /// The shared methods.
        pub static SHARED: &[NativeMethod] = &[$($method),*];
    };
}

shared! {
    NativeMethod::new("capitalize", NoArguments(capitalize), "", "B.capitalize() -> copy of B\n\nReturn a copy of B with only its first character capitalized (ASCII)\nand the rest lower-cased."),
    NativeMethod::new("center", Positional(center), "($self, width, fillchar=b' ', /)", "Return a centered string of length width."),
    NativeMethod::new("count", Positional(count), "", "B.count(sub[, start[, end]]) -> int\n\nReturn the number of non-overlapping occurrences of subsection sub."),
    NativeMethod::new("decode", Full(decode), "($self, /, encoding='utf-8', errors='strict')", "Decode the bytes using the codec registered for encoding."),
    NativeMethod::new("endswith", Positional(endswith), "", "B.endswith(suffix[, start[, end]]) -> bool\n\nReturn True if B ends with the specified suffix, False otherwise."),
    NativeMethod::new("expandtabs", Full(expandtabs), "($self, /, tabsize=8)", "Return a copy where all tab characters are expanded using spaces."),
    NativeMethod::new("find", Positional(find), "", "B.find(sub[, start[, end]]) -> int\n\nReturn the lowest index where subsection sub is found, or -1."),
    NativeMethod::new("fromhex", One(fromhex), "($type, string, /)", "Create a bytes object from a string of hexadecimal numbers.").class(),
    NativeMethod::new("hex", Full(hex), "($self, /, sep=<unrepresentable>, bytes_per_sep=1)", "Create a string of hexadecimal numbers from a bytes object."),
    NativeMethod::new("index", Positional(index), "", "B.index(sub[, start[, end]]) -> int\n\nReturn the lowest index where subsection sub is found, or raise ValueError."),
    NativeMethod::new("isalnum", NoArguments(isalnum), "", "Return True if all characters in B are alphanumeric and there is one."),
    NativeMethod::new("isalpha", NoArguments(isalpha), "", "Return True if all characters in B are alphabetic and there is one."),
    NativeMethod::new("isascii", NoArguments(isascii), "", "Return True if B is empty or all characters in B are ASCII."),
    NativeMethod::new("isdigit", NoArguments(isdigit), "", "Return True if all characters in B are digits and there is one."),
    NativeMethod::new("islower", NoArguments(islower), "", "Return True if all cased characters in B are lowercase and there is one."),
    NativeMethod::new("isspace", NoArguments(isspace), "", "Return True if all characters in B are whitespace and there is one."),
    NativeMethod::new("istitle", NoArguments(istitle), "", "Return True if B is a titlecased string and there is a character."),
    NativeMethod::new("isupper", NoArguments(isupper), "", "Return True if all cased characters in B are uppercase and there is one."),
    NativeMethod::new("join", One(join), "($self, iterable_of_bytes, /)", "Concatenate any number of bytes objects."),
    NativeMethod::new("ljust", Positional(ljust), "($self, width, fillchar=b' ', /)", "Return a left-justified string of length width."),
    NativeMethod::new("lower", NoArguments(lower), "", "B.lower() -> copy of B\n\nReturn a copy of B with all ASCII characters converted to lowercase."),
    NativeMethod::new("lstrip", Positional(lstrip), "($self, bytes=None, /)", "Strip leading bytes contained in the argument."),
    NativeMethod::new("maketrans", Positional(maketrans), "", "Return a translation table usable for the bytes or bytearray translate method.").static_(),
    NativeMethod::new("partition", One(partition), "($self, sep, /)", "Partition the bytes into three parts using the given separator."),
    NativeMethod::new("replace", Positional(replace), "($self, old, new, count=-1, /)", "Return a copy with all occurrences of substring old replaced by new."),
    NativeMethod::new("removeprefix", One(removeprefix), "($self, prefix, /)", "Return a bytes object with the given prefix string removed if present."),
    NativeMethod::new("removesuffix", One(removesuffix), "($self, suffix, /)", "Return a bytes object with the given suffix string removed if present."),
    NativeMethod::new("rfind", Positional(rfind), "", "B.rfind(sub[, start[, end]]) -> int\n\nReturn the highest index where subsection sub is found, or -1."),
    NativeMethod::new("rindex", Positional(rindex), "", "B.rindex(sub[, start[, end]]) -> int\n\nReturn the highest index where subsection sub is found, or raise ValueError."),
    NativeMethod::new("rjust", Positional(rjust), "($self, width, fillchar=b' ', /)", "Return a right-justified string of length width."),
    NativeMethod::new("rpartition", One(rpartition), "($self, sep, /)", "Partition the bytes into three parts using the given separator, from the right."),
    NativeMethod::new("rsplit", Full(rsplit), "($self, /, sep=None, maxsplit=-1)", "Return a list of the sections in the bytes, using sep as the delimiter, from the right."),
    NativeMethod::new("rstrip", Positional(rstrip), "($self, bytes=None, /)", "Strip trailing bytes contained in the argument."),
    NativeMethod::new("split", Full(split), "($self, /, sep=None, maxsplit=-1)", "Return a list of the sections in the bytes, using sep as the delimiter."),
    NativeMethod::new("splitlines", Full(splitlines), "($self, /, keepends=False)", "Return a list of the lines in the bytes, breaking at line boundaries."),
    NativeMethod::new("startswith", Positional(startswith), "", "B.startswith(prefix[, start[, end]]) -> bool\n\nReturn True if B starts with the specified prefix, False otherwise."),
    NativeMethod::new("strip", Positional(strip), "($self, bytes=None, /)", "Strip leading and trailing bytes contained in the argument."),
    NativeMethod::new("swapcase", NoArguments(swapcase), "", "B.swapcase() -> copy of B\n\nReturn a copy of B with uppercase ASCII characters converted\nto lowercase ASCII and vice versa."),
    NativeMethod::new("title", NoArguments(title), "", "B.title() -> copy of B\n\nReturn a titlecased version of B."),
    NativeMethod::new("translate", Full(translate), "($self, table, /, delete=b'')", "Return a copy with each character mapped by the given translation table."),
    NativeMethod::new("upper", NoArguments(upper), "", "B.upper() -> copy of B\n\nReturn a copy of B with all ASCII characters converted to uppercase."),
    NativeMethod::new("zfill", One(zfill), "($self, width, /)", "Pad a numeric string with zeros on the left, to fill a field of the given width."),
}

/// The bytes of `self`.
///
/// # Errors
/// When a copy does not fit into memory.
pub fn own(cx: &Interpreter, object: &Object) -> Outcome<Buffer> {
    required_buffer(cx, object)
}

/// An object of the exact type that `self` derives from.
pub fn like(cx: &Interpreter, object: &Object, bytes: &[u8]) -> Outcome {
    match object.as_bytes() {
        Some(_) => new_bytes(cx, bytes),
        None => Ok(ByteArray::from_slice(&cx.types.bytearray, bytes)?.into_object()),
    }
}

/// `self` if it is exactly a `bytes`, else a copy.
pub fn unchanged(cx: &Interpreter, object: &Object, bytes: &[u8]) -> Outcome {
    if object.is_exactly(&cx.types.bytes) { Ok(object.new_ref()) } else { like(cx, object, bytes) }
}

/// The bytes of a range.
pub fn part(cx: &Interpreter, object: &Object, bytes: &[u8], range: Range<usize>) -> Outcome {
    if range.len() == bytes.len() {
        return unchanged(cx, object, bytes);
    }
    like(cx, object, &bytes[range])
}

macro_rules! mappings {
    ($($name:ident from $state:ident = $start:expr, |$byte:ident| $mapped:expr;)*) => {
        $(
            fn $name(cx: &Interpreter, object: &Object) -> Outcome {
                let bytes = own(cx, object)?;
                let mut $state = $start;
                let _ = &mut $state;
                let mut mapped: Vec<u8> = room(bytes.len())?;
                mapped.extend(bytes.iter().map(|&$byte| $mapped));
                like(cx, object, &mapped)
            }
        )*
    };
}

mappings! {
    upper from state = (), |byte| byte.to_ascii_uppercase();
    lower from state = (), |byte| byte.to_ascii_lowercase();
    swapcase from state = (), |byte| swapped(byte);
    title from after_letter = false, |byte| titled(byte, &mut after_letter);
    capitalize from first = true, |byte|
        if std::mem::take(&mut first) { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
}

/// What `bytes.isspace` and the cutting at blanks take for white space.
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, 9..=13 | 32)
}

fn is_blank_point(point: u32) -> bool {
    u8::try_from(point).is_ok_and(is_blank)
}

macro_rules! predicates {
    ($($name:ident |$bytes:ident| $test:expr;)*) => {
        $(
            fn $name(cx: &Interpreter, object: &Object) -> Outcome {
                let $bytes = own(cx, object)?;
                Ok(cx.new_bool($test))
            }
        )*
    };
}

predicates! {
    isalnum |bytes| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphanumeric);
    isalpha |bytes| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphabetic);
    isascii |bytes| bytes.is_ascii();
    isdigit |bytes| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit);
    isspace |bytes| !bytes.is_empty() && bytes.iter().all(|byte| is_blank(*byte));
    islower |bytes| bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase);
    isupper |bytes| bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase);
    istitle |bytes| is_title(&bytes);
}

fn is_title(bytes: &[u8]) -> bool {
    let mut after_letter = false;
    let fits = bytes.iter().all(|byte| {
        let fits = if after_letter { !byte.is_ascii_uppercase() } else { !byte.is_ascii_lowercase() };
        after_letter = byte.is_ascii_alphabetic();
        fits
    });
    fits && bytes.iter().any(u8::is_ascii_alphabetic)
}

/// A byte from an index that has been cut to a machine word.
pub fn checked_byte(cx: &Interpreter, value: isize) -> Outcome<u8> {
    u8::try_from(value).map_err(|_| cx.value_error("byte must be in range(0, 256)"))
}

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

fn find(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_minus_one(cx, place(cx, "find", object, given, text_search::find)?)
}

fn rfind(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_minus_one(cx, place(cx, "rfind", object, given, text_search::rfind)?)
}

fn index(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_error(cx, place(cx, "index", object, given, text_search::find)?)
}

fn rindex(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    place_or_error(cx, place(cx, "rindex", object, given, text_search::rfind)?)
}

fn count(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
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

fn startswith(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    has_end(cx, "startswith", object, given, |bytes, end| bytes.starts_with(end))
}

fn endswith(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
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

fn removeprefix(cx: &Interpreter, object: &Object, prefix: &Object) -> Outcome {
    let prefix = required_buffer(cx, prefix)?;
    let bytes = own(cx, object)?;
    let start = if bytes.starts_with(&prefix) { prefix.len() } else { 0 };
    part(cx, object, &bytes, start..bytes.len())
}

fn removesuffix(cx: &Interpreter, object: &Object, suffix: &Object) -> Outcome {
    let suffix = required_buffer(cx, suffix)?;
    let bytes = own(cx, object)?;
    let end = if bytes.ends_with(&suffix) { bytes.len() - suffix.len() } else { bytes.len() };
    part(cx, object, &bytes, 0..end)
}

fn replace(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
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

fn split(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    split_with(cx, "split", object, arguments, text_search::split::<u8>, |bytes, most| {
        text_search::split_blank(bytes, is_blank_point, most)
    })
}

fn rsplit(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
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

fn splitlines(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let keep = keep_ends(cx, arguments)?;
    let bytes = own(cx, object)?;
    let list = List::new(&cx.types.list, 0)?;
    for (range, end) in characters::lines(&bytes[..], |point| matches!(point, 10 | 13)) {
        let range = if keep { range.start..end } else { range };
        list.push(part(cx, object, &bytes, range)?)?;
    }
    Ok(list.into_object())
}

fn partition(cx: &Interpreter, object: &Object, separator: &Object) -> Outcome {
    partition_at(cx, object, separator, false)
}

fn rpartition(cx: &Interpreter, object: &Object, separator: &Object) -> Outcome {
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

fn strip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    strip_sides(cx, "strip", object, given, true, true)
}

fn lstrip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    strip_sides(cx, "lstrip", object, given, true, false)
}

fn rstrip(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
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

fn join(cx: &Interpreter, separator: &Object, iterable: &Object) -> Outcome {
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

/// So many fills, the bytes, so many fills.
fn pad(cx: &Interpreter, object: &Object, bytes: &[u8], fill: u8, left: usize, right: usize) -> Outcome {
    if left == 0 && right == 0 {
        return unchanged(cx, object, bytes);
    }
    let length = left.checked_add(right).and_then(|more| more.checked_add(bytes.len()));
    let length = length.ok_or_else(|| cx.raise_memory_error())?;
    if object.as_bytes().is_some() && (isize::MAX as usize - 32..=isize::MAX as usize).contains(&length) {
        return Err(cx.overflow_error("byte string is too large"));
    }
    let mut out = room(length)?;
    out.extend(std::iter::repeat_n(fill, left));
    out.extend_from_slice(bytes);
    out.extend(std::iter::repeat_n(fill, right));
    like(cx, object, &out)
}

/// The arguments `width` and `fillchar`.
fn pad_arguments(cx: &Interpreter, name: &str, given: &[ObjectRef]) -> Outcome<(usize, u8)> {
    cx.check_positional(name, given.len(), 1, 2)?;
    let width = word_index(cx, &given[0])?.max(0) as usize;
    let Some(object) = given.get(1) else { return Ok((width, b' ')) };
    let takes = object.as_bytes().is_some() || object.layout::<ByteArray>().is_some();
    let fill = if takes { buffer(cx, object)? } else { None };
    match fill.as_deref() {
        Some(&[fill]) => Ok((width, fill)),
        _ => {
            let kind = crate::types::support::argument_kind(cx, object);
            let message = format_args!("{name}() argument 2 must be a byte string of length 1, not {kind}");
            Err(cx.type_error(message))
        }
    }
}

fn center(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (width, fill) = pad_arguments(cx, "center", given)?;
    let bytes = own(cx, object)?;
    let missing = width.saturating_sub(bytes.len());
    let left = missing / 2 + (missing & width & 1);
    pad(cx, object, &bytes, fill, left, missing - left)
}

fn ljust(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (width, fill) = pad_arguments(cx, "ljust", given)?;
    let bytes = own(cx, object)?;
    pad(cx, object, &bytes, fill, 0, width.saturating_sub(bytes.len()))
}

fn rjust(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (width, fill) = pad_arguments(cx, "rjust", given)?;
    let bytes = own(cx, object)?;
    pad(cx, object, &bytes, fill, width.saturating_sub(bytes.len()), 0)
}

fn zfill(cx: &Interpreter, object: &Object, width: &Object) -> Outcome {
    let width = word_index(cx, width)?.max(0) as usize;
    let bytes = own(cx, object)?;
    let missing = width.saturating_sub(bytes.len());
    let (sign, rest) = match bytes.first() {
        Some(b'+' | b'-') if missing > 0 => bytes.split_at(1),
        _ => return pad(cx, object, &bytes, b'0', missing, 0),
    };
    let mut out = room(width)?;
    out.extend_from_slice(sign);
    out.extend(std::iter::repeat_n(b'0', missing));
    out.extend_from_slice(rest);
    like(cx, object, &out)
}

fn expandtabs(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let size = tab_size(cx, arguments)?;
    let bytes = own(cx, object)?;
    let (mut out, mut column) = (Vec::new(), 0);
    for &byte in bytes.iter() {
        let blanks = if byte == b'\t' && size > 0 { size - column % size } else { 0 };
        out.try_reserve(blanks + 1).map_err(|_| cx.raise_memory_error())?;
        out.extend(std::iter::repeat_n(b' ', blanks));
        if byte != b'\t' {
            out.push(byte);
        }
        column = match byte {
            b'\n' | b'\r' => 0,
            b'\t' => column + blanks,
            _ => column + 1,
        };
    }
    like(cx, object, &out)
}

fn decode(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let (encoding, errors) = coding_arguments(cx, "decode", arguments)?;
    decode_bytes(cx, &own(cx, object)?, encoding.as_deref(), errors.as_deref())
}

fn maketrans(cx: &Interpreter, _: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("maketrans", given.len(), 2, 2)?;
    let (from, to) = (required_buffer(cx, &given[0])?, required_buffer(cx, &given[1])?);
    if from.len() != to.len() {
        return Err(cx.value_error("maketrans arguments must have same length"));
    }
    let mut table: [u8; 256] = std::array::from_fn(|index| index as u8);
    for (&from, &to) in from.iter().zip(to.iter()) {
        table[from as usize] = to;
    }
    new_bytes(cx, &table)
}

fn translate(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "translate",
        names: ["", "delete"],
        positional_only: 1,
        positional: 2,
        required: 1,
    };
    let [table, deleted] = parameters.bind(cx, arguments)?;
    let table = match table.filter(|table| !cx.is_none(table)) {
        None => None,
        Some(table) => Some(required_buffer(cx, &table)?),
    };
    if table.as_ref().is_some_and(|table| table.len() != 256) {
        return Err(cx.value_error("translation table must be 256 characters long"));
    }
    let deleted = deleted.map(|deleted| required_buffer(cx, &deleted)).transpose()?;
    let mut keeps = [true; 256];
    deleted.iter().flat_map(|deleted| deleted.iter()).for_each(|&byte| keeps[byte as usize] = false);
    let bytes = own(cx, object)?;
    let mapped = |byte: u8| table.as_ref().map_or(byte, |table| table[byte as usize]);
    if bytes.iter().all(|&byte| keeps[byte as usize] && mapped(byte) == byte) {
        return unchanged(cx, object, &bytes);
    }
    let mut out = room(bytes.len())?;
    out.extend(bytes.iter().filter(|byte| keeps[**byte as usize]).map(|&byte| mapped(byte)));
    like(cx, object, &out)
}

fn fromhex(cx: &Interpreter, class: &Object, text: &Object) -> Outcome {
    let Some(text) = text.as_text() else {
        let kind = crate::types::support::argument_kind(cx, text);
        return Err(cx.type_error(format_args!("fromhex() argument must be str, not {kind}")));
    };
    let bytes = parse_hex(cx, &mut text.as_slice().iter().enumerate().peekable(), text.length())?;
    let Some(kind) = class.as_type() else { return new_bytes(cx, &bytes) };
    if kind.is_subtype(&cx.types.bytearray) {
        let made = ByteArray::from_slice(&cx.types.bytearray, &bytes)?.into_object();
        return if kind.is(&cx.types.bytearray) { Ok(made) } else { cx.call(class, &[made]) };
    }
    let made = new_bytes(cx, &bytes)?;
    if kind.is(&cx.types.bytes) { Ok(made) } else { cx.call(class, &[made]) }
}

fn parse_hex(
    cx: &Interpreter,
    characters: &mut std::iter::Peekable<impl Iterator<Item = (usize, u32)>>,
    length: usize,
) -> Outcome<Vec<u8>> {
    let mut bytes = room(length / 2)?;
    let digit = |next: Option<(usize, u32)>| match next {
        Some((place, point)) => char::from_u32(point).and_then(|digit| digit.to_digit(16)).ok_or(place),
        None => Err(length),
    };
    loop {
        while characters.next_if(|(_, point)| is_blank_point(*point)).is_some() {}
        if characters.peek().is_none() {
            return Ok(bytes);
        }
        let pair = digit(characters.next()).and_then(|high| Ok(high << 4 | digit(characters.next())?));
        bytes.push(pair.map_err(|place| {
            let message = format!("non-hexadecimal number found in fromhex() arg at position {place}");
            cx.value_error(message)
        })? as u8);
    }
}

fn hex(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let bytes = own(cx, object)?;
    hex_text(cx, &bytes, arguments)
}

/// The arguments of `hex` and its result.
pub fn hex_text(cx: &Interpreter, bytes: &[u8], arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "hex",
        names: ["sep", "bytes_per_sep"],
        positional_only: 0,
        positional: 2,
        required: 0,
    };
    let [separator, group] = parameters.bind(cx, arguments)?;
    let group = group.map_or(Ok(1), |group| crate::types::text::split::c_int(cx, &group))?;
    let separator = match separator {
        None => None,
        Some(separator) => Some(hex_separator(cx, &separator)?),
    };
    let mut out: Vec<u8> = room(bytes.len().checked_mul(3).ok_or_else(|| cx.raise_memory_error())?)?;
    let size = group.unsigned_abs() as usize;
    for (index, byte) in bytes.iter().enumerate() {
        let counted = if group < 0 { index } else { bytes.len() - index };
        if let Some(separator) = separator
            && size > 0
            && index > 0
            && counted.is_multiple_of(size)
        {
            out.push(separator);
        }
        let digit = |value: u8| b"0123456789abcdef"[value as usize];
        out.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    crate::types::text::new_slice(cx, crate::values::text::TextSlice::Latin1(&out))
}

fn hex_separator(cx: &Interpreter, separator: &Object) -> Outcome<u8> {
    if cx.length(separator)? != 1 {
        return Err(cx.value_error("sep must be length 1."));
    }
    let point = match (separator.as_text(), separator.as_bytes()) {
        (Some(text), _) => text.character(0),
        (_, Some(bytes)) => u32::from(bytes.as_slice()[0]),
        _ => return Err(cx.type_error("sep must be str or bytes.")),
    };
    u8::try_from(point).ok().filter(u8::is_ascii).ok_or_else(|| cx.value_error("sep must be ASCII."))
}
