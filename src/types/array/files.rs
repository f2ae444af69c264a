//! Reading items from files and writing them.

#![forbid(unsafe_code)]

use super::{array_of, methods::append_bytes};
use crate::object::Object;
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::coding::new_bytes;
use crate::types::containers::word_index;

/// Bytes that are written at a time.
const PIECE: usize = 64 * 1024;

const PARAMETERS: Parameters<2> =
    Parameters { function: "fromfile", names: ["", ""], positional_only: 2, positional: 2, required: 2 };

pub(super) fn from_file(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let [Some(file), Some(count)] = PARAMETERS.bind_lent(cx, arguments)? else { return Ok(cx.none()) };
    let count = word_index(cx, count)?;
    let Ok(count) = usize::try_from(count) else { return Err(cx.value_error("negative count")) };
    let array = array_of(object);
    let wanted = count.checked_mul(array.item_size()).filter(|wanted| *wanted <= isize::MAX as usize);
    let wanted = wanted.ok_or_else(|| cx.raise_memory_error())?;
    let read = cx.call_method(file, &*cx.intern("read")?, &[cx.new_size(wanted)?])?;
    let Some(bytes) = read.as_bytes() else { return Err(cx.type_error("read() didn't return bytes")) };
    append_bytes(cx, array, bytes.as_slice())?;
    if bytes.len() != wanted {
        return Err(cx.raise_text(&cx.types.eof_error, "read() didn't return enough bytes"));
    }
    Ok(cx.none())
}

pub(super) fn to_file(cx: &Interpreter, object: &Object, file: &Object) -> Outcome {
    let array = array_of(object);
    let (write, all) = (cx.intern("write")?, array.byte_count());
    for start in (0..all).step_by(PIECE) {
        // What was written may have run Python that shortened the array.
        let end = (start + PIECE).min(all).min(array.byte_count());
        let piece = new_bytes(cx, &array.copy_bytes(start.min(end)..end)?)?;
        cx.call_method(file, &write, &[piece])?;
    }
    Ok(cx.none())
}
