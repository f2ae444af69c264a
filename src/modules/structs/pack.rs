//! Values to bytes.

#![forbid(unsafe_code)]

use super::error;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::binary::buffer::{Exporter, buffer, writable_length, write_bytes};
use crate::types::binary::memoryview::managed::Export;
use crate::types::binary::view_items::wide_value;
use crate::types::coding::new_bytes;
use crate::types::containers::subscript_index;
use crate::types::support::argument_kind;
use crate::types::text::storage::room;
use crate::values::packing::{ByteOrder, Code, half_from_f64};
use crate::values::structure::Structure;

/// `pack(values)`
pub(super) fn pack(cx: &Interpreter, structure: &Structure, values: &[ObjectRef]) -> Outcome {
    if values.len() as isize != structure.items() {
        let (wanted, given) = (structure.items(), values.len());
        return Err(error(cx, format_args!("pack expected {wanted} items for packing (got {given})")));
    }
    if structure.size() > isize::MAX - 33 {
        return Err(cx.overflow_error("byte string is too large"));
    }
    let mut bytes = zeros(structure)?;
    write_values(cx, structure, values, &mut bytes)?;
    new_bytes(cx, &bytes)
}

fn zeros(structure: &Structure) -> Outcome<Vec<u8>> {
    let size = structure.size().max(0) as usize;
    let mut bytes = room(size)?;
    bytes.resize(size, 0);
    Ok(bytes)
}

/// `pack_into(buffer, offset, values)`
pub(super) fn pack_into(cx: &Interpreter, structure: &Structure, given: &[ObjectRef]) -> Outcome {
    let (wanted, size) = (structure.items(), structure.size());
    let [target, offset, values @ ..] = given else {
        let missing = if given.is_empty() { "buffer" } else { "offset" };
        return Err(error(cx, format_args!("pack_into expected {missing} argument")));
    };
    if values.len() as isize != wanted {
        let given = values.len();
        return Err(error(cx, format_args!("pack_into expected {wanted} items for packing (got {given})")));
    }
    let Some(length) = writable_length(cx, target)? else {
        let kind = argument_kind(cx, target);
        let message = format_args!("argument must be read-write bytes-like object, not {kind}");
        return Err(cx.type_error(message));
    };
    // Nobody changes the length while the values are asked for their numbers.
    let export = Exporter::of(target).map(|_| Export::new(target));
    let place = place_in(cx, subscript_index(cx, offset)?, size, length)?;
    let mut bytes = zeros(structure)?;
    let written = write_values(cx, structure, values, &mut bytes);
    write_bytes(target, place, &bytes);
    drop(export);
    written.map(|()| cx.none())
}

fn place_in(cx: &Interpreter, offset: isize, size: isize, length: usize) -> Outcome<usize> {
    if offset < 0 && offset.saturating_add(size) > 0 {
        return Err(error(cx, format_args!("no space to pack {size} bytes at offset {offset}")));
    }
    let place = super::unpack::from_end(cx, offset, length)?;
    if length.saturating_sub(place) < size.max(0) as usize || place > length {
        let needed = place.saturating_add(size.max(0) as usize);
        return Err(error(
            cx,
            format_args!(
                "pack_into requires a buffer of at least {needed} bytes for packing {size} bytes at offset {place} \
                 (actual buffer size is {length})"
            ),
        ));
    }
    Ok(place)
}

/// Writes values at their places; those before one that cannot be packed are written.
fn write_values(
    cx: &Interpreter,
    structure: &Structure,
    values: &[ObjectRef],
    bytes: &mut [u8],
) -> Outcome<()> {
    let mut values = values.iter();
    let mut index = 0;
    while let Some(code) = structure.code(index) {
        for place in (0..code.repeat).map(|item| code.offset + item * code.size) {
            let Some(value) = values.next() else { return Ok(()) };
            // Packing may run Python that reads another format into the same object.
            if let Some(target) = bytes.get_mut(place..place + code.size) {
                write_value(cx, code, value, target)?;
            }
        }
        cx.poll()?;
        index += 1;
    }
    Ok(())
}

fn write_value(cx: &Interpreter, code: Code, value: &Object, target: &mut [u8]) -> Outcome<()> {
    match code.letter {
        b's' | b'p' => write_text(cx, code.letter, value, target),
        _ => {
            let word = word_of(cx, code, value)?;
            let bytes = word.to_le_bytes();
            target.copy_from_slice(&bytes[..code.size]);
            if code.order.is_big() {
                target.reverse();
            }
            Ok(())
        }
    }
}

/// A row of bytes, cut or filled with zeros; with its length in front for `p`.
fn write_text(cx: &Interpreter, letter: u8, value: &Object, target: &mut [u8]) -> Outcome<()> {
    let is_bytes = matches!(Exporter::of(value), Some(Exporter::Bytes(_) | Exporter::ByteArray(_)));
    let bytes = if is_bytes { buffer(cx, value)? } else { None };
    let Some(bytes) = bytes else {
        let letter = char::from(letter);
        return Err(error(cx, format_args!("argument for '{letter}' must be a bytes object")));
    };
    let target = match (letter, target) {
        (b'p', [length, rest @ ..]) => {
            *length = bytes.len().min(rest.len()).min(255) as u8;
            rest
        }
        (_, target) => target,
    };
    let count = bytes.len().min(target.len());
    target[..count].copy_from_slice(&bytes[..count]);
    Ok(())
}

/// The bits of a value.
fn word_of(cx: &Interpreter, code: Code, value: &Object) -> Outcome<u64> {
    match code.letter {
        b'c' => match value.as_bytes().map(|bytes| bytes.as_slice()) {
            Some(&[byte]) => Ok(u64::from(byte)),
            _ => Err(error(cx, "char format requires a bytes object of length 1")),
        },
        b'?' => Ok(u64::from(cx.is_true(value)?)),
        b'e' | b'f' | b'd' => float_bits(cx, code, value),
        _ => integer_bits(cx, code, value),
    }
}

fn float_bits(cx: &Interpreter, code: Code, value: &Object) -> Outcome<u64> {
    let Ok(number) = cx.to_f64(value) else {
        drop(cx.thread.raised.take());
        return Err(error(cx, "required argument is not a float"));
    };
    match code.letter {
        b'd' => Ok(number.to_bits()),
        b'e' => half_from_f64(number).map(u64::from).ok_or_else(|| too_large(cx, code, value)),
        _ => {
            let narrow = number as f32;
            let is_checked = code.order != ByteOrder::Native;
            if is_checked && narrow.is_infinite() && number.is_finite() {
                return Err(too_large(cx, code, value));
            }
            Ok(u64::from(narrow.to_bits()))
        }
    }
}

#[cold]
fn too_large(cx: &Interpreter, code: Code, value: &Object) -> Raised {
    match value.as_int() {
        Some(_) => error(cx, "int too large to convert"),
        None => {
            let letter = char::from(code.letter);
            cx.overflow_error(format_args!("float too large to pack with {letter} format"))
        }
    }
}

fn integer_bits(cx: &Interpreter, code: Code, value: &Object) -> Outcome<u64> {
    if value.as_int().is_none() && value.type_object().slots.index.get().is_none() {
        return Err(error(cx, "required argument is not an integer"));
    }
    let index = cx.index_of_any_type(value)?;
    let number = index.as_int().and_then(wide_value);
    let (least, most) = bounds(code);
    match number {
        Some(number) if (least..=most).contains(&number) => Ok(number as u64),
        _ => Err(out_of_range(cx, code, number)),
    }
}

/// The least and the greatest number of an integer format.
fn bounds(code: Code) -> (i128, i128) {
    let bits = code.size * 8;
    match code.letter {
        b'P' => (i128::from(i64::MIN), i128::from(u64::MAX)),
        letter if letter.is_ascii_uppercase() => (0, (1 << bits) - 1),
        _ => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
    }
}

/// What does not even fit the C type that the number is read as is told in other words than what does.
#[cold]
fn out_of_range(cx: &Interpreter, code: Code, number: Option<i128>) -> Raised {
    // Only what has the machine's own order is read as the machine's own type.
    let is_foreign = code.order == ByteOrder::Big;
    let is_wide_unsigned =
        code.letter.is_ascii_uppercase() && (code.size >= 4 || (is_foreign && code.size == 2));
    let is_read = |number: i128| match is_wide_unsigned {
        true => u64::try_from(number).is_ok(),
        false => i64::try_from(number).is_ok(),
    };
    let ((least, most), letter) = (bounds(code), char::from(code.letter));
    match (letter, number.is_some_and(is_read)) {
        ('P', _) => error(cx, "int too large to convert"),
        ('q' | 'Q', _) if is_foreign => error(cx, "int too large to convert"),
        (_, false) => error(cx, "argument out of range"),
        ('b' | 'B', true) | ('h' | 'H', true) if !(is_foreign && code.size == 2) => {
            let name = match letter {
                'b' => "byte",
                'B' => "ubyte",
                'h' => "short",
                _ => "ushort",
            };
            error(cx, format_args!("{name} format requires {least} <= number <= {most}"))
        }
        (_, true) => error(cx, format_args!("'{letter}' format requires {least} <= number <= {most}")),
    }
}
