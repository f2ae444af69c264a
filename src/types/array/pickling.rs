//! How an array can be made again: from its type code and a list, or from its bytes with a number that says what they
//! are on any machine.

#![forbid(unsafe_code)]

use super::{all_bytes, array_of, code_from_text, code_text, methods};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::support::argument_kind;
use crate::values::array::{Array, TypeCode};

/// `array._array_reconstructor`
pub static RECONSTRUCTOR: NativeMethod = NativeMethod::new(
    "_array_reconstructor",
    NativeCode::Positional(reconstruct),
    "($module, arraytype, typecode, mformat_code, items,\n                     /)",
    "Internal. Used for pickling support.",
);

/// Letters of the machine formats by their numbers, and whether the high byte comes first.
const FORMATS: [(u8, bool); 22] = [
    (b'B', false),
    (b'b', false),
    (b'H', false),
    (b'H', true),
    (b'h', false),
    (b'h', true),
    (b'I', false),
    (b'I', true),
    (b'i', false),
    (b'i', true),
    (b'Q', false),
    (b'Q', true),
    (b'q', false),
    (b'q', true),
    (b'f', false),
    (b'f', true),
    (b'd', false),
    (b'd', true),
    (b'w', false),
    (b'w', true),
    (b'u', false),
    (b'u', true),
];

/// The number of the machine format of items on this machine.
fn format_number(code: TypeCode) -> usize {
    let letter = match code.letter() {
        b'l' => b'q',
        b'L' => b'Q',
        letter => letter,
    };
    FORMATS.iter().position(|format| *format == (letter, false)).unwrap_or_default()
}

pub(super) fn reduce_ex(cx: &Interpreter, object: &Object, protocol: &Object) -> Outcome {
    let array = array_of(object);
    let Some(protocol) = protocol.as_int() else {
        return Err(cx.type_error("__reduce_ex__ argument should be an integer"));
    };
    let Some(protocol) = protocol.to_i64() else {
        return Err(cx.overflow_error("Python int too large to convert to C long"));
    };
    let state = match cx.instance_dict(object)? {
        Some(dict) => dict.into_object(),
        None => cx.none(),
    };
    let (kind, code) = (object.type_object().new_ref(), code_text(cx, array)?);
    if protocol < 3 {
        let arguments = cx.new_tuple_from(vec![code, methods::to_list(cx, object)?])?;
        return cx.new_tuple_from(vec![kind, arguments, state]);
    }
    let bytes = crate::types::coding::new_bytes(cx, &all_bytes(array)?)?;
    let number = cx.new_size(format_number(array.code()))?;
    let arguments = cx.new_tuple_from(vec![kind, code, number, bytes])?;
    cx.new_tuple_from(vec![reconstructor(cx)?, arguments, state])
}

/// The function of the module, or one like it where the module is gone.
fn reconstructor(cx: &Interpreter) -> Outcome {
    let name = cx.intern(RECONSTRUCTOR.name)?;
    if let Some(module) = cx.dict_get_str(&cx.modules, "array")?
        && let Some(found) = cx.find_attribute(&module, &name)?
    {
        return Ok(found);
    }
    let module = cx.intern("array")?.into_object();
    Ok(cx.new_builtin_function(&RECONSTRUCTOR, None, Some(module), None)?.into_object())
}

fn reconstruct(cx: &Interpreter, _: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("_array_reconstructor", given.len(), 4, 4)?;
    let (kind, code, number, bytes) = (&given[0], &given[1], &given[2], &given[3]);
    let code_length = code.as_text().map(|text| text.length());
    if code_length != Some(1) {
        let kind = argument_kind(cx, code);
        return Err(cx.type_error(format_args!(
            "_array_reconstructor() argument 2 must be a unicode character, not {kind}"
        )));
    }
    let number = crate::types::reduce::protocol_number(cx, number)?;
    let Some(class) = kind.as_type() else {
        let kind = kind.type_name();
        return Err(cx.type_error(format_args!("first argument must be a type object, not {kind}")));
    };
    if !class.is_subtype(&cx.types.array) {
        let (class, array) = (class.name_text(), "array.array");
        return Err(cx.type_error(format_args!("{class} is not a subtype of {array}")));
    }
    let Some(wanted) = code_from_text(code) else {
        return Err(cx.value_error("second argument must be a valid type code"));
    };
    let format = usize::try_from(number).ok().and_then(|number| FORMATS.get(number));
    let Some((letter, is_swapped)) = format else {
        return Err(cx.value_error("third argument must be a valid machine format code."));
    };
    let Some(bytes) = bytes.as_bytes() else {
        let kind = bytes.type_name();
        return Err(cx.type_error(format_args!("fourth argument should be bytes, not {kind}")));
    };
    let (code, items) = decoded(cx, *letter, wanted, *is_swapped, bytes.as_slice())?;
    let code = cx.new_character(u32::from(code.letter()))?;
    cx.call(kind, &[code, items])
}

/// The items that bytes in a machine format are, and the type code to keep them with.
fn decoded(
    cx: &Interpreter,
    letter: u8,
    wanted: TypeCode,
    is_swapped: bool,
    bytes: &[u8],
) -> Outcome<(TypeCode, ObjectRef)> {
    if letter == b'w' {
        return Ok((wanted, text_of_pairs(cx, bytes, is_swapped)?));
    }
    let same = FORMATS[format_number(wanted)].0 == letter;
    let found = if same { Some(wanted) } else { TypeCode::of_letter(u32::from(letter)) };
    let code = found.ok_or_else(|| wrong_format(cx))?;
    let array = Array::zeroed(&cx.types.array, code, 0, 0)?;
    methods::append_bytes(cx, &array, bytes)?;
    if is_swapped {
        array.swap_bytes();
    }
    Ok((code, array.into_object()))
}

#[cold]
fn wrong_format(cx: &Interpreter) -> Raised {
    cx.value_error("third argument must be a valid machine format code.")
}

/// Characters that were written as UTF-16.
fn text_of_pairs(cx: &Interpreter, bytes: &[u8], is_swapped: bool) -> Outcome {
    if !bytes.len().is_multiple_of(2) {
        return Err(cx.value_error("bytes length not a multiple of item size"));
    }
    let pair = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if is_swapped { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let mut points = crate::types::text::storage::room(bytes.len() / 2)?;
    for unit in char::decode_utf16(bytes.chunks_exact(2).map(pair)) {
        points.push(unit.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from));
    }
    cx.new_text_from_code_points(&points)
}
