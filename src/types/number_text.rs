//! What the number types share: text and bytes as input, format specifications, laid out fields.

#![forbid(unsafe_code)]

use crate::object::Object;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::binary::buffer::Exporter;
use crate::values::characters::{decimal_value, is_space};
use crate::values::format_spec::{Alignment, Body, ErrorKind, Field, FormatSpec, SpecError};
use crate::values::text::{Text, TextBuilder};

/// A text as the ASCII that numbers are read from: decimal digits of any script and blanks are made ASCII, the first
/// other character becomes `?` and ends it.
pub fn ascii_number(cx: &Interpreter, text: &Text) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(text.length()).map_err(|_| cx.raise_memory_error())?;
    if let Some(ascii) = text.as_ascii() {
        bytes.extend_from_slice(ascii);
        return Ok(bytes);
    }
    for point in text.as_slice().iter() {
        let byte = match decimal_value(point) {
            _ if point < 127 => point as u8,
            _ if is_space(point) => b' ',
            Some(digit) => b'0' + digit as u8,
            None => b'?',
        };
        bytes.push(byte);
        if byte == b'?' {
            break;
        }
    }
    Ok(bytes)
}

/// The bytes of a bytes-like object; none for what is not one.
pub fn buffer_bytes(cx: &Interpreter, object: &Object) -> Outcome<Option<Vec<u8>>> {
    let mut copy = Vec::new();
    if let Some(bytes) = object.as_bytes() {
        copy.try_reserve_exact(bytes.len()).map_err(|_| cx.raise_memory_error())?;
        copy.extend_from_slice(bytes.as_slice());
    } else if let Some(exporter) = Exporter::of(object) {
        copy = exporter.copied()?;
    } else if object.is_instance(&cx.types.memoryview) {
        let name = cx.intern("tobytes")?;
        let bytes = cx.call_method(object, &name, &[])?;
        copy.extend_from_slice(bytes.as_bytes().map_or(&[][..], |bytes| bytes.as_slice()));
    } else {
        return Ok(None);
    }
    Ok(Some(copy))
}

/// The code points of the argument of `__format__`.
pub fn spec_points(cx: &Interpreter, spec: &Object) -> Outcome<Points> {
    let Some(text) = spec.as_text() else {
        let kind = crate::types::support::argument_kind(cx, spec);
        return Err(cx.type_error(format_args!("__format__() argument must be str, not {kind}")));
    };
    let mut points = Points { count: text.length(), few: [0; FEW_POINTS], many: Vec::new() };
    match points.few.get_mut(..text.length()) {
        Some(few) => few.iter_mut().zip(text.as_slice().iter()).for_each(|(place, point)| *place = point),
        None => {
            points.many.try_reserve_exact(text.length()).map_err(|_| cx.raise_memory_error())?;
            points.many.extend(text.as_slice().iter());
        }
    }
    Ok(points)
}

/// The argument of `__format__` where it is one of the plain ones; none where [`spec_points`] must be asked.
pub fn short_spec(spec: &Object, default_code: Option<char>, default_align: Alignment) -> Option<FormatSpec> {
    let text = spec.as_text()?.as_ascii().filter(|text| !text.is_empty())?;
    FormatSpec::parse_short(text, default_code, default_align)
}

/// Format specifications are mostly shorter than this.
const FEW_POINTS: usize = 12;

/// Code points, in place if they are few.
pub struct Points {
    count: usize,
    few: [u32; FEW_POINTS],
    many: Vec<u32>,
}

impl std::ops::Deref for Points {
    type Target = [u32];
    fn deref(&self) -> &[u32] {
        self.few.get(..self.count).unwrap_or(&self.many)
    }
}

/// Parses a format specification and lays the value out with it.
pub fn format_with(
    cx: &Interpreter,
    object: &Object,
    spec: &[u32],
    default_code: Option<char>,
    render: impl FnOnce(&FormatSpec) -> Outcome<Result<Field, SpecError>>,
) -> Outcome {
    let field = match FormatSpec::parse(spec, default_code, Alignment::Right) {
        Ok(parsed) => render(&parsed)?,
        Err(error) => Err(error),
    };
    match field {
        Ok(field) => field_text(cx, &field),
        Err(error) => Err(spec_error(cx, error, spec, object)),
    }
}

/// Raises what a format specification is refused with.
#[cold]
fn spec_error(cx: &Interpreter, error: SpecError, spec: &[u32], object: &Object) -> Raised {
    let kind = match error.kind() {
        ErrorKind::Memory => return cx.raise_memory_error(),
        ErrorKind::Value => &cx.types.value_error,
        ErrorKind::Overflow => &cx.types.overflow_error,
    };
    match cx.new_text_from_code_points(&error.message(spec, &object.type_name())) {
        Ok(message) => cx.raise_arguments(kind, &[message]),
        Err(raised) => raised,
    }
}

/// Fields up to this length are put together without memory of their own.
const SHORT_FIELD: usize = 120;

/// A short ASCII field as a text.
fn short_text(cx: &Interpreter, field: &Field) -> Outcome {
    let character = [if let Body::Character(point) = field.body { point as u8 } else { 0 }];
    let body = if let Body::Ascii(text) = &field.body { text.as_bytes() } else { &character };
    let (mut buffer, mut length) = ([0; SHORT_FIELD], 0);
    let parts = [(field.left, field.head.as_bytes(), field.fill), (field.middle, body, field.fill)];
    for (times, text, fill) in parts.into_iter().chain([(field.right, &[][..], field.right_fill)]) {
        buffer[length..length + times].fill(fill as u8);
        length += times;
        buffer[length..length + text.len()].copy_from_slice(text);
        length += text.len();
    }
    ascii_field(cx, &buffer[..length])
}

/// A field of ASCII as a text.
pub fn ascii_field(cx: &Interpreter, field: &[u8]) -> Outcome {
    match field {
        [] => Ok(cx.empty_text.clone().into_object()),
        [only] => cx.new_character(u32::from(*only)),
        written => Ok(Text::from_ascii(&cx.types.str, written)?.into_object()),
    }
}

/// A field as a text.
fn field_text(cx: &Interpreter, field: &Field) -> Outcome {
    let length = field.length().ok_or_else(|| cx.raise_memory_error())?;
    if length <= SHORT_FIELD && field.largest() < 0x80 {
        return short_text(cx, field);
    }
    let out = std::cell::RefCell::new(TextBuilder::new());
    let failed = std::cell::Cell::new(None);
    out.borrow_mut().reserve(length)?;
    field.write(
        |point, times| failed.set(failed.get().or(out.borrow_mut().push_repeated(point, times).err())),
        |ascii| failed.set(failed.get().or(out.borrow_mut().push_str(ascii).err())),
    );
    match failed.get() {
        Some(error) => Err(error.into()),
        None => {
            let text = out.into_inner().finish(&cx.types.str)?;
            if text.length() == 1 { cx.new_character(text.character(0)) } else { Ok(text.into_object()) }
        }
    }
}
