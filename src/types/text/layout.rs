//! Methods of `str` that fill up to a width.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{new_pieces, new_slice, text_of, unchanged};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::containers::word_index;
use crate::types::text::split::c_int;
use crate::values::text::{Piece, Text, TextBuilder, TextSlice};

/// A character so many times.
pub fn fill(cx: &Interpreter, point: u32, times: usize) -> Outcome {
    // Refused at once instead of being counted in pieces: that would be 64 gibibytes.
    if times > 1 << 36 {
        return Err(cx.raise_memory_error());
    }
    match u8::try_from(point) {
        Ok(byte) => {
            let chunk = [byte; 256];
            let whole = std::iter::repeat_n(Piece::from(TextSlice::Latin1(&chunk)), times / chunk.len());
            let rest = Piece::from(TextSlice::Latin1(&chunk[..times % chunk.len()]));
            new_pieces(cx, whole.chain([rest]))
        }
        Err(_) => {
            let one = Text::from_char(&cx.types.str, point)?;
            Ok(one.repeat(&cx.types.str, times)?.into_object())
        }
    }
}

/// The text with a character so many times before and after it.
fn pad(cx: &Interpreter, object: &Object, point: u32, left: usize, right: usize) -> Outcome {
    if left == 0 && right == 0 {
        return unchanged(cx, object);
    }
    let text = text_of(object);
    let length = text.length().checked_add(left).and_then(|length| length.checked_add(right));
    if length.is_none_or(|length| length > isize::MAX as usize) {
        return Err(cx.overflow_error("padded string is too long"));
    }
    let (before, after) = (fill(cx, point, left)?, fill(cx, point, right)?);
    new_pieces(cx, [text_of(&before), text, text_of(&after)].into_iter().map(Piece::from))
}

/// The arguments `width` and `fillchar`: how much is missing, and the fill.
fn arguments(
    cx: &Interpreter,
    name: &str,
    object: &Object,
    given: &[ObjectRef],
) -> Outcome<(usize, usize, u32)> {
    cx.check_positional(name, given.len(), 1, 2)?;
    let width = word_index(cx, &given[0])?.max(0) as usize;
    let point = match given.get(1) {
        None => u32::from(' '),
        Some(fill) => {
            let Some(text) = fill.as_text() else {
                let kind = fill.type_name();
                let message = format_args!("The fill character must be a unicode character, not {kind}");
                return Err(cx.type_error(message));
            };
            if text.length() != 1 {
                return Err(cx.type_error("The fill character must be exactly one character long"));
            }
            text.character(0)
        }
    };
    Ok((width, width.saturating_sub(text_of(object).length()), point))
}

/// `str.center`
pub fn center(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (width, missing, point) = arguments(cx, "center", object, given)?;
    // An odd rest goes to the left when the width is odd.
    let left = missing / 2 + (missing & width & 1);
    pad(cx, object, point, left, missing - left)
}

/// `str.ljust`
pub fn ljust(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (_, missing, point) = arguments(cx, "ljust", object, given)?;
    pad(cx, object, point, 0, missing)
}

/// `str.rjust`
pub fn rjust(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let (_, missing, point) = arguments(cx, "rjust", object, given)?;
    pad(cx, object, point, missing, 0)
}

/// `str.zfill`
pub fn zfill(cx: &Interpreter, object: &Object, width: &Object) -> Outcome {
    let text = text_of(object);
    let missing = (word_index(cx, width)?.max(0) as usize).saturating_sub(text.length());
    if missing == 0 {
        return unchanged(cx, object);
    }
    let signed = !text.is_empty() && matches!(text.character(0), 0x2b | 0x2d);
    if !signed {
        return pad(cx, object, u32::from('0'), missing, 0);
    }
    let (slice, zeros) = (text.as_slice(), fill(cx, u32::from('0'), missing)?);
    let (sign, rest) = (slice.slice(0..1), slice.slice(1..slice.len()));
    new_pieces(cx, [Piece::from(sign), Piece::from(text_of(&zeros)), Piece::from(rest)].into_iter())
}

/// The argument `tabsize`.
pub fn tab_size(cx: &Interpreter, arguments: Arguments<'_>) -> Outcome<usize> {
    let parameters = Parameters {
        function: "expandtabs",
        names: ["tabsize"],
        positional_only: 0,
        positional: 1,
        required: 0,
    };
    let [size] = parameters.bind(cx, arguments)?;
    Ok(size.map_or(Ok(8), |size| c_int(cx, &size))?.max(0) as usize)
}

/// `str.expandtabs`
pub fn expandtabs(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let size = tab_size(cx, arguments)?;
    let slice = text_of(object).as_slice();
    if !slice.iter().any(|point| point == 9) {
        return unchanged(cx, object);
    }
    let (mut out, mut column) = (TextBuilder::new(), 0);
    for point in slice.iter() {
        if point == 9 {
            if size > 0 {
                out.push_repeated(u32::from(' '), size - column % size)?;
                column = 0;
            }
            continue;
        }
        out.push_char(point)?;
        column = if matches!(point, 10 | 13) { 0 } else { column + 1 };
    }
    new_slice(cx, out.as_slice())
}
