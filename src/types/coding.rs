//! Text as bytes and bytes as text, by the names of encodings and error handlers.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::binary::buffer::buffer;
use super::containers::tuple;
use super::text::storage::each_width;
use super::text::{new_slice, text_of};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Raised, Typed};
use crate::values::bytes::Bytes;
use crate::values::codecs::{self, CodecError, Encoding, Failure, Handler};
use crate::values::text::TextSlice;

/// A `bytes` of these bytes. The empty one is shared, and so are those of one byte.
pub fn new_bytes(cx: &Interpreter, bytes: &[u8]) -> Outcome {
    let shared = match bytes {
        [] => &cx.empty_bytes,
        [byte] => &cx.single_bytes[usize::from(*byte)],
        _ => return Ok(Bytes::from_slice(&cx.types.bytes, bytes)?.into_object()),
    };
    if let Some(made) = shared.get() {
        return Ok(made);
    }
    let made = Bytes::from_slice(&cx.types.bytes, bytes)?.into_object();
    shared.set(Some(made.clone()));
    Ok(made)
}

/// An argument that is the name of an encoding or of an error handler.
pub fn name_argument(
    cx: &Interpreter,
    function: &str,
    name: &str,
    argument: Option<&Object>,
) -> Outcome<Option<String>> {
    let Some(object) = argument else { return Ok(None) };
    let Some(text) = object.as_text() else {
        let kind = crate::types::support::argument_kind(cx, object);
        return Err(cx.type_error(format_args!("{function}() argument '{name}' must be str, not {kind}")));
    };
    if text.as_slice().iter().any(|point| point == 0) {
        return Err(cx.value_error("embedded null character"));
    }
    Ok(Some(text.to_rust_string_lossy()))
}

/// The arguments `encoding` and `errors` of `encode` and `decode`.
pub fn coding_arguments(
    cx: &Interpreter,
    function: &'static str,
    arguments: Arguments<'_>,
) -> Outcome<(Option<String>, Option<String>)> {
    let parameters = Parameters {
        function,
        names: ["encoding", "errors"],
        positional_only: 0,
        positional: 2,
        required: 0,
    };
    let [encoding, errors] = parameters.bind(cx, arguments)?;
    let encoding = name_argument(cx, function, "encoding", encoding.as_deref())?;
    Ok((encoding, name_argument(cx, function, "errors", errors.as_deref())?))
}

/// `str.encode`
pub fn encode_method(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let (encoding, errors) = coding_arguments(cx, "encode", arguments)?;
    encode(cx, object, encoding.as_deref(), errors.as_deref())
}

fn encoding_by_name(cx: &Interpreter, name: Option<&str>) -> Outcome<Encoding> {
    let Some(name) = name else { return Ok(Encoding::Utf8) };
    Encoding::by_name(name).ok_or_else(|| cx.lookup_error(format_args!("unknown encoding: {name}")))
}

/// The handler; unknown names stand for the strict one, until it is needed.
fn handler_by_name(name: Option<&str>) -> (Handler, bool) {
    match name.map(Handler::by_name) {
        None => (Handler::Strict, true),
        Some(Some(handler)) => (handler, true),
        Some(None) => (Handler::Strict, false),
    }
}

/// A text as `bytes`.
pub fn encode(cx: &Interpreter, object: &Object, encoding: Option<&str>, errors: Option<&str>) -> Outcome {
    let (text, encoding) = (text_of(object), encoding_by_name(cx, encoding)?);
    if let (Some(bytes), Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1) = (text.as_ascii(), encoding) {
        return new_bytes(cx, bytes);
    }
    let (handler, known) = handler_by_name(errors);
    let encoded = each_width!(text.as_slice(), units => codecs::encode(encoding, units, handler));
    match encoded {
        Ok(bytes) => new_bytes(cx, &bytes),
        Err(Failure::OutOfMemory) => Err(cx.raise_memory_error()),
        Err(_) if !known => Err(unknown_handler(cx, errors)),
        Err(Failure::Codec(encoding, error)) => {
            let kind = &cx.types.unicode_encode_error;
            Err(raise_codec_error(cx, kind, encoding, object, error))
        }
        Err(Failure::CannotHandle) => {
            Err(cx.type_error("don't know how to handle UnicodeEncodeError in error callback"))
        }
    }
}

#[cold]
fn unknown_handler(cx: &Interpreter, name: Option<&str>) -> Raised {
    cx.lookup_error(format_args!("unknown error handler name '{}'", name.unwrap_or_default()))
}

/// Raises UnicodeEncodeError or UnicodeDecodeError.
#[cold]
fn raise_codec_error(
    cx: &Interpreter,
    kind: &Object,
    encoding: Encoding,
    object: &Object,
    error: CodecError,
) -> Raised {
    let made = || {
        let arguments = [
            cx.new_text(encoding.name())?,
            object.new_ref(),
            cx.new_size(error.start)?,
            cx.new_size(error.end)?,
            cx.new_text(error.reason)?,
        ];
        cx.call(kind, &arguments)
    };
    match made() {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

/// Bytes as a text.
pub fn decode(cx: &Interpreter, bytes: &[u8], encoding: Option<&str>, errors: Option<&str>) -> Outcome {
    // Nothing is nothing in any encoding, known or not.
    if bytes.is_empty() {
        return new_slice(cx, TextSlice::Latin1(bytes));
    }
    let encoding = encoding_by_name(cx, encoding)?;
    let plain = match encoding {
        Encoding::Utf8 | Encoding::Ascii => bytes.is_ascii(),
        Encoding::Latin1 => true,
        _ => false,
    };
    if plain {
        return new_slice(cx, TextSlice::Latin1(bytes));
    }
    if encoding == Encoding::Utf8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return cx.new_text(text);
    }
    decode_general(cx, bytes, encoding, errors)
}

fn decode_general(cx: &Interpreter, bytes: &[u8], encoding: Encoding, errors: Option<&str>) -> Outcome {
    let (handler, known) = handler_by_name(errors);
    match codecs::decode(encoding, bytes, handler) {
        Ok(points) => cx.new_text_from_code_points(&points),
        Err(Failure::OutOfMemory) => Err(cx.raise_memory_error()),
        Err(_) if !known => Err(unknown_handler(cx, errors)),
        Err(Failure::Codec(encoding, error)) => {
            let object = new_bytes(cx, bytes)?;
            Err(raise_codec_error(cx, &cx.types.unicode_decode_error, encoding, &object, error))
        }
        Err(Failure::CannotHandle) => {
            Err(cx.type_error("don't know how to handle UnicodeDecodeError in error callback"))
        }
    }
}

/// `str(object, encoding, errors)`
pub fn decode_object(
    cx: &Interpreter,
    object: &Object,
    encoding: Option<&str>,
    errors: Option<&str>,
) -> Outcome {
    if object.as_text().is_some() {
        return Err(cx.type_error("decoding str is not supported"));
    }
    let Some(bytes) = buffer(cx, object)? else {
        let kind = object.type_name();
        let message = format_args!("decoding to str: need a bytes-like object, {kind} found");
        return Err(cx.type_error(message));
    };
    if bytes.is_empty() {
        return Ok(cx.empty_text.clone().into_object());
    }
    decode(cx, &bytes, encoding, errors)
}

/// What `%s` and `%b` of bytes insert: the bytes of a bytes-like object, or what `__bytes__` returns.
pub fn bytes_to_format(cx: &Interpreter, value: &Object) -> Outcome<super::binary::buffer::Buffer> {
    if let Some(bytes) = buffer(cx, value)? {
        return Ok(bytes);
    }
    match cx.call_special(value, &cx.names.bytes, &[]) {
        Some(made) => super::binary::made_bytes(cx, &*made?),
        None => {
            let kind = value.type_name();
            Err(cx.type_error(format_args!(
                "%b requires a bytes-like object, or an object that implements __bytes__, not '{kind}'"
            )))
        }
    }
}

/// What `%c` of bytes inserts.
pub fn byte_to_format(cx: &Interpreter, value: &Object) -> Outcome<u8> {
    let wrong = || cx.type_error("%c requires an integer in range(256) or a single byte");
    if value.as_bytes().is_some() || value.layout::<crate::values::bytearray::ByteArray>().is_some() {
        let bytes = buffer(cx, value)?;
        return match bytes.as_deref() {
            Some(&[byte]) => Ok(byte),
            _ => Err(wrong()),
        };
    }
    if value.type_object().slots.index.get().is_none() && value.as_int().is_none() {
        return Err(wrong());
    }
    let index = cx.index_of_any_type(value)?;
    let byte = index.as_int().and_then(|integer| integer.to_i64()).and_then(|byte| u8::try_from(byte).ok());
    byte.ok_or_else(|| cx.overflow_error("%c arg not in range(256)"))
}

/// `(b'...',)`, for `__getnewargs__`.
pub fn bytes_tuple(cx: &Interpreter, bytes: &[u8]) -> Outcome {
    let copy: ObjectRef = new_bytes(cx, bytes)?;
    tuple(cx, &[&copy])
}

/// # Errors
/// UnicodeEncodeError for a text with lone surrogates, which has no UTF-8.
pub fn check_utf8(cx: &Interpreter, object: &Object) -> Outcome<()> {
    let text = text_of(object);
    if text.as_slice().iter().any(|point| (0xd800..0xe000).contains(&point)) {
        encode(cx, object, None, None)?;
    }
    Ok(())
}
