//! Bytes from and to hexadecimal digits.

#![forbid(unsafe_code)]

use super::{is_blank_point, own};
use crate::object::Object;
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::coding::new_bytes;
use crate::types::text::storage::room;
use crate::values::bytearray::ByteArray;

pub(super) fn fromhex(cx: &Interpreter, class: &Object, text: &Object) -> Outcome {
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

pub(super) fn hex(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
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
