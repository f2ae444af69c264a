//! The methods that `bytes` and `bytearray` share. Results are of the exact type that `self` derives from; a `bytes`
//! that would not change is handed out as it is.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

mod hex;
mod pad;
mod search;
mod split;

use std::ops::Range;

use super::buffer::{Buffer, required_buffer};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::coding::{coding_arguments, decode as decode_bytes, new_bytes};
use crate::types::text::case::{swapped, titled};
use crate::types::text::storage::room;
use crate::values::bytearray::ByteArray;

use NativeCode::{Full, NoArguments, One, Positional};

pub use hex::hex_text;
use hex::{fromhex, hex};
use pad::{center, expandtabs, ljust, rjust, zfill};
pub use search::contains;
use search::{count, endswith, find, index, removeprefix, removesuffix, replace, rfind, rindex, startswith};
use split::{join, lstrip, partition, rpartition, rsplit, rstrip, split, splitlines, strip};

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
