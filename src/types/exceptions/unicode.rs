//! `UnicodeDecodeError`, `UnicodeEncodeError` and `UnicodeTranslateError`: what could not be converted, and where.

#![forbid(unsafe_code)]

use super::base::{self, exception};
use super::fields::{get, set};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::NativeAttribute;
use crate::runtime::{Arguments, Interpreter, Outcome, Slots, Typed};
use crate::types::support::{Piece, join};

const ENCODING: usize = 0;
const OBJECT: usize = 1;
const START: usize = 2;
const END: usize = 3;
const REASON: usize = 4;

pub(super) static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("encoding", get::<ENCODING>, "exception encoding")
        .with_set(set::<ENCODING>)
        .member(),
    NativeAttribute::new("object", get::<OBJECT>, "exception object").with_set(set::<OBJECT>).member(),
    NativeAttribute::new("start", get::<START>, "exception start").with_set(set_number::<START>).member(),
    NativeAttribute::new("end", get::<END>, "exception end").with_set(set_number::<END>).member(),
    NativeAttribute::new("reason", get::<REASON>, "exception reason").with_set(set::<REASON>).member(),
];

pub(super) fn decode_slots(slots: &Slots) {
    slots.new.set(Some(base::new));
    slots.init.set(Some(decode_init));
    slots.str.set(Some(decode_str));
}

pub(super) fn encode_slots(slots: &Slots) {
    slots.new.set(Some(base::new));
    slots.init.set(Some(encode_init));
    slots.str.set(Some(encode_str));
}

pub(super) fn translate_slots(slots: &Slots) {
    slots.new.set(Some(base::new));
    slots.init.set(Some(translate_init));
    slots.str.set(Some(translate_str));
}

fn set_number<const INDEX: usize>(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    match value {
        Some(value) if value.as_int().is_some() => set::<INDEX>(cx, object, Some(value)),
        Some(_) => Err(cx.type_error("an integer is required")),
        None => Err(cx.type_error("can't delete numeric/char attribute")),
    }
}

fn decode_init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    base::init(cx, object, arguments)?;
    let [encoding, data, start, end, reason] = five(cx, arguments)?;
    text_argument(cx, 1, encoding)?;
    let (start, end) = (cx.index(start)?, cx.index(end)?);
    text_argument(cx, 5, reason)?;
    let data = match data.as_bytes() {
        Some(_) => data.clone(),
        None if data.type_object().is_subtype(&cx.types.bytearray)
            || data.type_object().is_subtype(&cx.types.memoryview) =>
        {
            cx.call(&cx.types.bytes, std::slice::from_ref(data))?
        }
        None => {
            let found = data.type_name();
            return Err(cx.type_error(format_args!("a bytes-like object is required, not '{found}'")));
        }
    };
    fill(object, [encoding.clone(), data, start, end, reason.clone()]);
    Ok(())
}

fn encode_init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    base::init(cx, object, arguments)?;
    let [encoding, text, start, end, reason] = five(cx, arguments)?;
    text_argument(cx, 1, encoding)?;
    text_argument(cx, 2, text)?;
    let (start, end) = (cx.index(start)?, cx.index(end)?);
    text_argument(cx, 5, reason)?;
    fill(object, [encoding.clone(), text.clone(), start, end, reason.clone()]);
    Ok(())
}

fn translate_init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    base::init(cx, object, arguments)?;
    let [text, start, end, reason] = arguments.values else {
        let given = arguments.values.len();
        return Err(cx.type_error(format_args!("function takes exactly 4 arguments ({given} given)")));
    };
    text_argument(cx, 1, text)?;
    let (start, end) = (cx.index(start)?, cx.index(end)?);
    text_argument(cx, 4, reason)?;
    fill(object, [cx.none(), text.clone(), start, end, reason.clone()]);
    exception(object).extra(ENCODING).set(None);
    Ok(())
}

fn five<'a>(cx: &Interpreter, arguments: Arguments<'a>) -> Outcome<&'a [ObjectRef; 5]> {
    arguments.values.try_into().map_err(|_| {
        let given = arguments.values.len();
        cx.type_error(format_args!("function takes exactly 5 arguments ({given} given)"))
    })
}

fn text_argument(cx: &Interpreter, position: usize, value: &Object) -> Outcome<()> {
    if value.as_text().is_some() {
        return Ok(());
    }
    let found = if cx.is_none(value) { "None".to_owned() } else { value.type_name() };
    Err(cx.type_error(format_args!("argument {position} must be str, not {found}")))
}

fn fill(object: &Object, values: [ObjectRef; 5]) {
    for (index, value) in values.into_iter().enumerate() {
        exception(object).extra(index).set(Some(value));
    }
}

/// Start and end as numbers.
fn range(object: &Object) -> (i64, i64) {
    let number = |index: usize| {
        exception(object)
            .extra(index)
            .get()
            .and_then(|value| value.as_int().and_then(|value| value.to_i64()))
            .unwrap_or(0)
    };
    (number(START), number(END))
}

fn decode_str(cx: &Interpreter, object: &Object) -> Outcome {
    let Some(data) = exception(object).extra(OBJECT).get() else { return empty(cx) };
    let (start, end) = range(object);
    let byte = usize::try_from(start).ok().and_then(|start| data.as_bytes()?.as_slice().get(start).copied());
    let place = match byte {
        Some(byte) if end == start.wrapping_add(1) => format!("byte {byte:#04x} in position {start}"),
        _ => format!("bytes in position {start}-{}", end.wrapping_sub(1)),
    };
    with_encoding(cx, object, "decode", &place)
}

fn encode_str(cx: &Interpreter, object: &Object) -> Outcome {
    let Some(text) = exception(object).extra(OBJECT).get() else { return empty(cx) };
    with_encoding(cx, object, "encode", &characters(object, &text))
}

/// `character '\xe9' in position 1`, or the range of several.
fn characters(object: &Object, text: &Object) -> String {
    let (start, end) = range(object);
    let point = usize::try_from(start).ok().and_then(|start| {
        text.as_text().filter(|text| start < text.length()).map(|text| text.character(start))
    });
    match point {
        Some(point) if end == start.wrapping_add(1) => {
            let escape = match point {
                0..=0xff => format!("\\x{point:02x}"),
                0x100..=0xffff => format!("\\u{point:04x}"),
                _ => format!("\\U{point:08x}"),
            };
            format!("character '{escape}' in position {start}")
        }
        _ => format!("characters in position {start}-{}", end.wrapping_sub(1)),
    }
}

fn with_encoding(cx: &Interpreter, object: &Object, verb: &str, place: &str) -> Outcome {
    let this = exception(object);
    let encoding = this.extra(ENCODING).get().unwrap_or_else(|| cx.none());
    let reason = this.extra(REASON).get().unwrap_or_else(|| cx.none());
    let (encoding, reason) = (cx.str_text(&encoding)?, cx.str_text(&reason)?);
    let middle = format!("' codec can't {verb} {place}: ");
    join(cx, &[Piece::Str("'"), Piece::Text(&encoding), Piece::Str(&middle), Piece::Text(&reason)])
}

fn translate_str(cx: &Interpreter, object: &Object) -> Outcome {
    let Some(text) = exception(object).extra(OBJECT).get() else { return empty(cx) };
    let reason = exception(object).extra(REASON).get().unwrap_or_else(|| cx.none());
    let reason = cx.str_text(&reason)?;
    let place = characters(object, &text);
    join(cx, &[Piece::Str(&format!("can't translate {place}: ")), Piece::Text(&reason)])
}

fn empty(cx: &Interpreter) -> Outcome {
    Ok(cx.empty_text.clone().into_object())
}
