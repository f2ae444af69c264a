//! `str`: construction, operators and the protocols of sequences; its methods stand in the files beside, a subject each.
//!
//! Methods that change nothing hand out the same object where it is an exact `str`, as CPython does; a subclass's
//! instance becomes an exact copy. Searching and cutting work on the storage of one, two or four bytes as it is.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod case;
pub mod format;
pub mod iterator;
pub mod layout;
pub mod percent;
pub mod search;
pub mod split;
pub mod storage;
pub mod translate;

use std::ops::Range;

pub use self::iterator::TextIterator;

use super::coding;
use super::containers::{extra_of, is_index, subscript_index, tuple};
use crate::object::{Object, ObjectRef};
use crate::runtime::interned::text_lifecycle;
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, Comparison, Interpreter, Outcome, Parameters, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::values::escapes;
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, normalise};
use crate::values::text::{Piece, SUBCLASS_SIZE, Text, TextSlice};

const DOCUMENTATION: &str = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new string object from the given object. If encoding or\nerrors is specified, then the object must expose a data buffer\nthat will be decoded using the given encoding and error handler.\nOtherwise, returns the result of object.__str__() (if defined)\nor repr(object).\nencoding defaults to sys.getdefaultencoding().\nerrors defaults to 'strict'.";

macro_rules! methods {
    ($($method:expr),* $(,)?) => {
        static METHODS: &[NativeMethod] = &[$($method),*];
    };
}

use NativeCode::{Full, NoArguments, One, Positional};

methods! {
    NativeMethod::new("encode", Full(coding::encode_method), "($self, /, encoding='utf-8', errors='strict')", "Encode the string using the codec registered for encoding."),
    NativeMethod::new("replace", Positional(search::replace), "($self, old, new, count=-1, /)", "Return a copy with all occurrences of substring old replaced by new."),
    NativeMethod::new("split", Full(split::split), "($self, /, sep=None, maxsplit=-1)", "Return a list of the substrings in the string, using sep as the separator string."),
    NativeMethod::new("rsplit", Full(split::rsplit), "($self, /, sep=None, maxsplit=-1)", "Return a list of the substrings in the string, using sep as the separator string, from the right."),
    NativeMethod::new("join", One(split::join), "($self, iterable, /)", "Concatenate any number of strings."),
    NativeMethod::new("capitalize", NoArguments(case::capitalize), "($self, /)", "Return a capitalized version of the string."),
    NativeMethod::new("casefold", NoArguments(case::casefold), "($self, /)", "Return a version of the string suitable for caseless comparisons."),
    NativeMethod::new("title", NoArguments(case::title), "($self, /)", "Return a version of the string where each word is titlecased."),
    NativeMethod::new("center", Positional(layout::center), "($self, width, fillchar=' ', /)", "Return a centered string of length width."),
    NativeMethod::new("count", Positional(search::count), "", "S.count(sub[, start[, end]]) -> int\n\nReturn the number of non-overlapping occurrences of substring sub."),
    NativeMethod::new("expandtabs", Full(layout::expandtabs), "($self, /, tabsize=8)", "Return a copy where all tab characters are expanded using spaces."),
    NativeMethod::new("find", Positional(search::find), "", "S.find(sub[, start[, end]]) -> int\n\nReturn the lowest index where substring sub is found, or -1."),
    NativeMethod::new("partition", One(split::partition), "($self, sep, /)", "Partition the string into three parts using the given separator."),
    NativeMethod::new("index", Positional(search::index), "", "S.index(sub[, start[, end]]) -> int\n\nReturn the lowest index where substring sub is found, or raise ValueError."),
    NativeMethod::new("ljust", Positional(layout::ljust), "($self, width, fillchar=' ', /)", "Return a left-justified string of length width."),
    NativeMethod::new("lower", NoArguments(case::lower), "($self, /)", "Return a copy of the string converted to lowercase."),
    NativeMethod::new("lstrip", Positional(split::lstrip), "($self, chars=None, /)", "Return a copy of the string with leading whitespace removed."),
    NativeMethod::new("rfind", Positional(search::rfind), "", "S.rfind(sub[, start[, end]]) -> int\n\nReturn the highest index where substring sub is found, or -1."),
    NativeMethod::new("rindex", Positional(search::rindex), "", "S.rindex(sub[, start[, end]]) -> int\n\nReturn the highest index where substring sub is found, or raise ValueError."),
    NativeMethod::new("rjust", Positional(layout::rjust), "($self, width, fillchar=' ', /)", "Return a right-justified string of length width."),
    NativeMethod::new("rstrip", Positional(split::rstrip), "($self, chars=None, /)", "Return a copy of the string with trailing whitespace removed."),
    NativeMethod::new("rpartition", One(split::rpartition), "($self, sep, /)", "Partition the string into three parts using the given separator, from the right."),
    NativeMethod::new("splitlines", Full(split::splitlines), "($self, /, keepends=False)", "Return a list of the lines in the string, breaking at line boundaries."),
    NativeMethod::new("strip", Positional(split::strip), "($self, chars=None, /)", "Return a copy of the string with leading and trailing whitespace removed."),
    NativeMethod::new("swapcase", NoArguments(case::swapcase), "($self, /)", "Convert uppercase characters to lowercase and lowercase characters to uppercase."),
    NativeMethod::new("translate", One(translate::translate), "($self, table, /)", "Replace each character in the string using the given translation table."),
    NativeMethod::new("upper", NoArguments(case::upper), "($self, /)", "Return a copy of the string converted to uppercase."),
    NativeMethod::new("startswith", Positional(search::startswith), "", "S.startswith(prefix[, start[, end]]) -> bool\n\nReturn True if S starts with the specified prefix, False otherwise."),
    NativeMethod::new("endswith", Positional(search::endswith), "", "S.endswith(suffix[, start[, end]]) -> bool\n\nReturn True if S ends with the specified suffix, False otherwise."),
    NativeMethod::new("removeprefix", One(search::removeprefix), "($self, prefix, /)", "Return a str with the given prefix string removed if present."),
    NativeMethod::new("removesuffix", One(search::removesuffix), "($self, suffix, /)", "Return a str with the given suffix string removed if present."),
    NativeMethod::new("isascii", NoArguments(case::isascii), "($self, /)", "Return True if all characters in the string are ASCII, False otherwise."),
    NativeMethod::new("islower", NoArguments(case::islower), "($self, /)", "Return True if the string is a lowercase string, False otherwise."),
    NativeMethod::new("isupper", NoArguments(case::isupper), "($self, /)", "Return True if the string is an uppercase string, False otherwise."),
    NativeMethod::new("istitle", NoArguments(case::istitle), "($self, /)", "Return True if the string is a title-cased string, False otherwise."),
    NativeMethod::new("isspace", NoArguments(case::isspace), "($self, /)", "Return True if the string is a whitespace string, False otherwise."),
    NativeMethod::new("isdecimal", NoArguments(case::isdecimal), "($self, /)", "Return True if the string is a decimal string, False otherwise."),
    NativeMethod::new("isdigit", NoArguments(case::isdigit), "($self, /)", "Return True if the string is a digit string, False otherwise."),
    NativeMethod::new("isnumeric", NoArguments(case::isnumeric), "($self, /)", "Return True if the string is a numeric string, False otherwise."),
    NativeMethod::new("isalpha", NoArguments(case::isalpha), "($self, /)", "Return True if the string is an alphabetic string, False otherwise."),
    NativeMethod::new("isalnum", NoArguments(case::isalnum), "($self, /)", "Return True if the string is an alpha-numeric string, False otherwise."),
    NativeMethod::new("isidentifier", NoArguments(case::isidentifier), "($self, /)", "Return True if the string is a valid Python identifier, False otherwise."),
    NativeMethod::new("isprintable", NoArguments(case::isprintable), "($self, /)", "Return True if the string is printable, False otherwise."),
    NativeMethod::new("zfill", One(layout::zfill), "($self, width, /)", "Pad a numeric string with zeros on the left, to fill a field of the given width."),
    NativeMethod::new("format", Full(format::format), "", "S.format(*args, **kwargs) -> str\n\nReturn a formatted version of S, using substitutions from args and kwargs."),
    NativeMethod::new("format_map", One(format::format_map), "", "S.format_map(mapping) -> str\n\nReturn a formatted version of S, using substitutions from mapping."),
    NativeMethod::new("__format__", One(format::format_method), "($self, format_spec, /)", "Return a formatted version of the string as described by format_spec."),
    NativeMethod::new("maketrans", Positional(translate::maketrans), "", "Return a translation table usable for str.translate().").static_(),
    NativeMethod::new("__sizeof__", NoArguments(sizeof), "($self, /)", "Return the size of the string in memory, in bytes."),
    NativeMethod::new("__getnewargs__", NoArguments(new_arguments), "", ""),
}

/// Completes `str` and its iterators.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.str,
        TypeSpec {
            basic_size: SUBCLASS_SIZE,
            flags: TypeFlags::TEXT | TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(repr));
                slots.str.set(Some(unchanged));
                slots.hash.set(Some(|_, object| Ok(text_of(object).hash())));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(iterator::new_text_iterator));
                slots.length.set(Some(|_, object| Ok(text_of(object).length())));
                slots.get_item.set(Some(get_item));
                slots.contains.set(Some(search::contains));
                slots.concatenate.set(Some(concatenate));
                slots.repeat.set(Some(repeat));
                slots.modulo.set(Some(percent::modulo));
            },
            short_call: Some(make),
            methods: METHODS,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Text>(text_lifecycle())
        },
    )?;
    iterator::define(cx)
}

/// `self` of a method as a text.
///
/// # Panics
/// When a method is called on another type, which slot wrappers and method descriptors refuse before.
#[inline]
pub fn text_of(object: &Object) -> &Text {
    object.as_text().expect("a method of texts gets texts")
}

/// The same text where it is an exact `str`, else an exact copy.
pub fn unchanged(cx: &Interpreter, object: &Object) -> Outcome {
    if object.is_exactly(&cx.types.str) {
        return Ok(object.new_ref());
    }
    new_slice(cx, text_of(object).as_slice())
}

/// A text of these characters. The empty and the one-character latin ones are shared.
#[inline]
pub fn new_slice(cx: &Interpreter, slice: TextSlice<'_>) -> Outcome {
    match slice.len() {
        0 => Ok(cx.empty_text.clone().into_object()),
        1 => cx.new_character(slice.get(0)),
        _ => Ok(Text::from_slice(&cx.types.str, slice)?.into_object()),
    }
}

/// A text of pieces that follow each other.
pub fn new_pieces<'a>(cx: &Interpreter, pieces: impl Iterator<Item = Piece<'a>> + Clone) -> Outcome {
    let text = Text::from_pieces(&cx.types.str, pieces)?;
    match text.length() {
        0 | 1 => new_slice(cx, text.as_slice()),
        _ => Ok(text.into_object()),
    }
}

/// The characters of a range inside of a text; the text itself where that is all of it.
pub fn substring(cx: &Interpreter, object: &Object, range: Range<usize>) -> Outcome {
    let text = text_of(object);
    match range.len() {
        length if length == text.length() => unchanged(cx, object),
        0 => Ok(cx.empty_text.clone().into_object()),
        1 => cx.new_character(text.character(range.start)),
        _ => Ok(text.substring(&cx.types.str, range)?.into_object()),
    }
}

/// A name of an encoding or error handler, as [`coding::name_argument`] checks it.
static PARAMETERS: Parameters<3> = Parameters {
    function: "str",
    names: ["object", "encoding", "errors"],
    positional_only: 0,
    positional: 3,
    required: 0,
};

/// `str(object)` of a text or a number.
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    let [object] = values else { return None };
    cx.is_plain(object).then(|| cx.str(object))
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let text = new_exact(cx, arguments)?;
    if kind.is(&cx.types.str) {
        return Ok(text);
    }
    let extra = extra_of(kind, SUBCLASS_SIZE);
    Ok(Text::with_extra(kind, text_of(&text).as_slice(), extra)?.into_object())
}

fn new_exact(cx: &Interpreter, arguments: Arguments<'_>) -> Outcome {
    if let (None, [object]) = (arguments.names, arguments.values) {
        return cx.str(object);
    }
    let [object, encoding, errors] = PARAMETERS.bind(cx, arguments)?;
    let encoding = coding::name_argument(cx, "str", "encoding", encoding.as_deref())?;
    let errors = coding::name_argument(cx, "str", "errors", errors.as_deref())?;
    match object {
        None => Ok(cx.empty_text.clone().into_object()),
        Some(object) if encoding.is_none() && errors.is_none() => cx.str(&object),
        Some(object) => coding::decode_object(cx, &object, encoding.as_deref(), errors.as_deref()),
    }
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let slice = text_of(object).as_slice();
    if storage::each_width!(slice, units => escapes::shows_itself(units)) {
        let quote = Piece::from(TextSlice::Latin1(b"'"));
        return new_pieces(cx, [quote, text_of(object).into(), quote].into_iter());
    }
    let shown = storage::each_width!(slice, units => escapes::repr_text(units))?;
    cx.new_text_from_code_points(&shown)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let (Some(left), Some(right)) = (left.as_text(), right.as_text()) else {
        return Ok(cx.not_implemented.clone());
    };
    Ok(cx.new_bool(match comparison {
        Comparison::Equal => left.equals(right),
        Comparison::NotEqual => !left.equals(right),
        _ => comparison.holds(left.compare(right)),
    }))
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    if is_index(key) {
        let index = subscript_index(cx, key)?;
        let text = text_of(object);
        return match normalise(index, text.length()) {
            Some(index) => cx.new_character(text.character(index)),
            None => Err(cx.index_error("string index out of range")),
        };
    }
    let Some(slice) = key.layout::<Slice>() else {
        let kind = key.type_name();
        return Err(cx.type_error(format_args!("string indices must be integers, not '{kind}'")));
    };
    let bounds = cx.slice_bounds(slice, text_of(object).length())?;
    get_slice(cx, object, bounds)
}

/// The characters that a slice names.
pub fn get_slice(cx: &Interpreter, object: &Object, bounds: SliceBounds) -> Outcome {
    if bounds.length == 0 {
        return Ok(cx.empty_text.clone().into_object());
    }
    if bounds.step == 1 {
        let start = bounds.start as usize;
        return substring(cx, object, start..start + bounds.length);
    }
    if let Some(characters) = text_of(object).as_ascii().filter(|_| bounds.length > 1) {
        let chosen = bounds.indices().map(|index| characters[index]);
        return Ok(Text::from_ascii_characters(&cx.types.str, bounds.length, chosen)?.into_object());
    }
    match text_of(object).as_slice() {
        TextSlice::Latin1(units) => new_slice(cx, TextSlice::Latin1(&pick(units, bounds)?)),
        TextSlice::Wide(units) => new_slice(cx, TextSlice::Wide(&pick(units, bounds)?)),
        TextSlice::Full(units) => new_slice(cx, TextSlice::Full(&pick(units, bounds)?)),
    }
}

/// The units that a slice with steps names.
pub fn pick<U: Copy>(units: &[U], bounds: SliceBounds) -> Outcome<Vec<U>> {
    let mut chosen = storage::room(bounds.length)?;
    chosen.extend(bounds.indices().map(|index| units[index]));
    Ok(chosen)
}

fn concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some(other) = right.as_text() else {
        let kind = right.type_name();
        return Err(cx.type_error(format_args!("can only concatenate str (not \"{kind}\") to str")));
    };
    concat(cx, text_of(left), other)
}

/// `left + right`; one of them as it is where the other is empty.
pub fn concat(cx: &Interpreter, left: &Text, right: &Text) -> Outcome {
    if left.is_empty() {
        return unchanged(cx, right);
    }
    if right.is_empty() {
        return unchanged(cx, left);
    }
    if left.length().checked_add(right.length()).is_none_or(|length| length > isize::MAX as usize) {
        return Err(cx.overflow_error("strings are too large to concat"));
    }
    Ok(Text::concat(&cx.types.str, left, right)?.into_object())
}

fn repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let text = text_of(object);
    if times < 1 || text.is_empty() {
        return Ok(cx.empty_text.clone().into_object());
    }
    if times == 1 {
        return unchanged(cx, object);
    }
    if text.length().checked_mul(times as usize).is_none_or(|length| length > isize::MAX as usize) {
        return Err(cx.overflow_error("repeated string is too long"));
    }
    if text.length() == 1 {
        return layout::fill(cx, text.character(0), times as usize);
    }
    Ok(text.repeat(&cx.types.str, times as usize)?.into_object())
}

fn sizeof(cx: &Interpreter, object: &Object) -> Outcome {
    let text = text_of(object);
    let width = match text.bound() {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    };
    let header = match (object.is_exactly(&cx.types.str), text.is_ascii()) {
        (true, true) => 48,
        (true, false) => 72,
        (false, _) => SUBCLASS_SIZE,
    };
    cx.new_size(header + (text.length() + 1) * width)
}

fn new_arguments(cx: &Interpreter, object: &Object) -> Outcome {
    let copy: ObjectRef = Text::from_slice(&cx.types.str, text_of(object).as_slice())?.into_object();
    tuple(cx, &[&copy])
}
