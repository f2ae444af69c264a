//! The methods of integers.

use super::limit::{max_digits, too_long_to_write};
use super::{exact, int_of, new_signed, pair, signed, word};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::type_object::Typed;
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters};
use crate::types::number_text::{ascii_field, buffer_bytes, format_with, short_spec, spec_points};
use crate::values::digits::{self, ByteOrder, BytesError, SignedRef, TextError};
use crate::values::format_spec::{Alignment, FormatSpec, render};
use crate::values::integer::BASIC_SIZE;

/// All methods.
pub static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "conjugate",
        NativeCode::NoArguments(exact),
        "",
        "Returns self, the complex conjugate of any int.",
    ),
    NativeMethod::new(
        "bit_length",
        NativeCode::NoArguments(bit_length),
        "($self, /)",
        "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6",
    ),
    NativeMethod::new(
        "bit_count",
        NativeCode::NoArguments(bit_count),
        "($self, /)",
        "Number of ones in the binary representation of the absolute value of self.\n\nAlso known as the population count.\n\n>>> bin(13)\n'0b1101'\n>>> (13).bit_count()\n3",
    ),
    NativeMethod::new(
        "to_bytes",
        NativeCode::Full(to_bytes),
        "($self, /, length=1, byteorder='big', *, signed=False)",
        "Return an array of bytes representing an integer.\n\n  length\n    Length of bytes object to use.  An OverflowError is raised if the\n    integer is not representable with the given number of bytes.  Default\n    is length 1.\n  byteorder\n    The byte order used to represent the integer.  If byteorder is 'big',\n    the most significant byte is at the beginning of the byte array.  If\n    byteorder is 'little', the most significant byte is at the end of the\n    byte array.  To request the native byte order of the host system, use\n    `sys.byteorder' as the byte order value.  Default is to use 'big'.\n  signed\n    Determines whether two's complement is used to represent the integer.\n    If signed is False and a negative integer is given, an OverflowError\n    is raised.",
    ),
    NativeMethod::new(
        "from_bytes",
        NativeCode::Full(from_bytes),
        "($type, /, bytes, byteorder='big', *, signed=False)",
        "Return the integer represented by the given array of bytes.\n\n  bytes\n    Holds the array of bytes to convert.  The argument must either\n    support the buffer protocol or be an iterable object producing bytes.\n    Bytes and bytearray are examples of built-in objects that support the\n    buffer protocol.\n  byteorder\n    The byte order used to represent the integer.  If byteorder is 'big',\n    the most significant byte is at the beginning of the byte array.  If\n    byteorder is 'little', the most significant byte is at the end of the\n    byte array.  To request the native byte order of the host system, use\n    `sys.byteorder' as the byte order value.  Default is to use 'big'.\n  signed\n    Indicates whether two's complement is used to represent the integer.",
    )
    .class(),
    NativeMethod::new(
        "as_integer_ratio",
        NativeCode::NoArguments(|cx, object| pair(cx, exact(cx, object)?, cx.new_int(1)?)),
        "($self, /)",
        "Return integer ratio.\n\nReturn a pair of integers, whose ratio is exactly equal to the original int\nand with a positive denominator.\n\n>>> (10).as_integer_ratio()\n(10, 1)\n>>> (-10).as_integer_ratio()\n(-10, 1)\n>>> (0).as_integer_ratio()\n(0, 1)",
    ),
    NativeMethod::new(
        "__trunc__",
        NativeCode::NoArguments(exact),
        "",
        "Truncating an Integral returns itself.",
    ),
    NativeMethod::new("__floor__", NativeCode::NoArguments(exact), "", "Flooring an Integral returns itself."),
    NativeMethod::new(
        "__ceil__",
        NativeCode::NoArguments(exact),
        "",
        "Ceiling of an Integral returns itself.",
    ),
    NativeMethod::new(
        "__round__",
        NativeCode::Positional(round),
        "($self, ndigits=<unrepresentable>, /)",
        "Rounding an Integral returns itself.\n\nRounding with an ndigits argument also returns an integer.",
    ),
    NativeMethod::new(
        "__getnewargs__",
        NativeCode::NoArguments(|cx, object| cx.new_tuple_from(vec![exact(cx, object)?])),
        "($self, /)",
        "",
    ),
    NativeMethod::new("__format__", NativeCode::One(format), "($self, format_spec, /)", ""),
    NativeMethod::new(
        "__sizeof__",
        NativeCode::NoArguments(|cx, object| cx.new_size(BASIC_SIZE + 4 * int_of(object).digits().len().max(1))),
        "($self, /)",
        "Returns size in memory, in bytes.",
    ),
];

/// All computed attributes.
pub static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("real", exact, "the real part of a complex number"),
    NativeAttribute::new("imag", |cx, _| cx.new_int(0), "the imaginary part of a complex number"),
    NativeAttribute::new("numerator", exact, "the numerator of a rational number in lowest terms"),
    NativeAttribute::new(
        "denominator",
        |cx, _| cx.new_int(1),
        "the denominator of a rational number in lowest terms",
    ),
];

/// `repr(x)`
pub fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let integer = int_of(object);
    if let Some(value) = word(integer) {
        return small_text(cx, value);
    }
    match digits::decimal_text(signed(integer), max_digits(cx)) {
        Ok(text) => cx.new_text(&text),
        Err(TextError::TooManyDigits) => Err(too_long_to_write(cx)),
        Err(TextError::OutOfMemory) => Err(cx.raise_memory_error()),
    }
}

/// Without native memory.
fn small_text(cx: &Interpreter, value: i64) -> Outcome {
    if (0..10).contains(&value) {
        return cx.new_character(u32::from(b'0') + value as u32);
    }
    let (mut buffer, mut start, mut rest) = ([0; 20], 20, value.unsigned_abs());
    while rest > 0 {
        start -= 1;
        buffer[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if value < 0 {
        start -= 1;
        buffer[start] = b'-';
    }
    Ok(crate::values::text::Text::from_ascii(&cx.types.str, &buffer[start..])?.into_object())
}

fn bit_length(cx: &Interpreter, object: &Object) -> Outcome {
    cx.new_int(digits::bit_length(int_of(object).digits()) as i64)
}

fn bit_count(cx: &Interpreter, object: &Object) -> Outcome {
    cx.new_int(digits::bit_count(int_of(object).digits()) as i64)
}

fn byte_order(cx: &Interpreter, function: &str, order: Option<&ObjectRef>) -> Outcome<Result<ByteOrder, ()>> {
    let Some(order) = order else { return Ok(Ok(ByteOrder::Big)) };
    let Some(text) = order.as_text() else {
        let kind = if cx.is_none(order) { "None".to_owned() } else { order.type_name() };
        return Err(cx.type_error(format_args!("{function}() argument 'byteorder' must be str, not {kind}")));
    };
    Ok(match () {
        () if text.equals_str("little") => Ok(ByteOrder::Little),
        () if text.equals_str("big") => Ok(ByteOrder::Big),
        () => Err(()),
    })
}

fn to_bytes(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    const PARAMETERS: Parameters<3> = Parameters {
        function: "to_bytes",
        names: ["length", "byteorder", "signed"],
        positional_only: 0,
        positional: 2,
        required: 0,
    };
    let [length, order, is_signed] = PARAMETERS.bind(cx, arguments)?;
    let length = length.map_or(Ok(1), |length| word_index(cx, &length))?;
    let order = byte_order(cx, "to_bytes", order.as_ref())?;
    let is_signed = is_signed.map_or(Ok(false), |flag| cx.is_true(&flag))?;
    let Ok(order) = order else { return Err(wrong_order(cx)) };
    let Ok(length) = usize::try_from(length) else {
        return Err(cx.value_error("length argument must be non-negative"));
    };
    match digits::to_bytes(signed(int_of(object)), length, order, is_signed) {
        Ok(bytes) => crate::types::coding::new_bytes(cx, &bytes),
        Err(BytesError::TooBig) => Err(cx.overflow_error("int too big to convert")),
        Err(BytesError::Negative) => Err(cx.overflow_error("can't convert negative int to unsigned")),
        Err(BytesError::OutOfMemory) => Err(cx.raise_memory_error()),
    }
}

#[cold]
fn wrong_order(cx: &Interpreter) -> crate::runtime::Raised {
    cx.value_error("byteorder must be either 'little' or 'big'")
}

/// An index as a machine word, in the words of conversions where it is none.
fn word_index(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let index = cx.index_of_any_type(object)?;
    int_of(&index).to_i64().ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))
}

fn from_bytes(cx: &Interpreter, class: &Object, arguments: Arguments<'_>) -> Outcome {
    const PARAMETERS: Parameters<3> = Parameters {
        function: "from_bytes",
        names: ["bytes", "byteorder", "signed"],
        positional_only: 0,
        positional: 2,
        required: 1,
    };
    let [source, order, is_signed] = PARAMETERS.bind(cx, arguments)?;
    let order = byte_order(cx, "from_bytes", order.as_ref())?;
    let is_signed = is_signed.map_or(Ok(false), |flag| cx.is_true(&flag))?;
    let Ok(order) = order else { return Err(wrong_order(cx)) };
    let bytes = match source {
        Some(source) => bytes_of(cx, &source)?,
        None => Vec::new(),
    };
    let value = new_signed(cx, &digits::from_bytes(&bytes, order, is_signed)?)?;
    if class.is(&cx.types.int) { Ok(value) } else { cx.call(class, &[value]) }
}

/// `bytes(source)` for what is no integer and no text.
fn bytes_of(cx: &Interpreter, source: &Object) -> Outcome<Vec<u8>> {
    if let Some(method) = cx.lookup_special(source, &cx.names.bytes) {
        let made = cx.call(&*method?, &[])?;
        return match made.as_bytes() {
            Some(bytes) => Ok(bytes.as_slice().to_vec()),
            None => {
                let kind = made.type_name();
                Err(cx.type_error(format_args!("__bytes__ returned non-bytes (type {kind})")))
            }
        };
    }
    if let Some(bytes) = buffer_bytes(cx, source)? {
        return Ok(bytes);
    }
    let slots = &source.type_object().slots;
    let iterable = slots.iter.get().is_some() || slots.get_item.get().is_some();
    if source.as_text().is_some() || !iterable {
        let kind = source.type_name();
        return Err(cx.type_error(format_args!("cannot convert '{kind}' object to bytes")));
    }
    let mut bytes = Vec::new();
    let iterator = cx.iter(source)?;
    while let Some(item) = cx.next(&iterator)? {
        let value = cx.index_isize(&item, None)?;
        let byte = u8::try_from(value).map_err(|_| cx.value_error("bytes must be in range(0, 256)"))?;
        bytes.try_reserve(1).map_err(|_| cx.raise_memory_error())?;
        bytes.push(byte);
        cx.poll()?;
    }
    Ok(bytes)
}

/// `round(x, ndigits)`: to a multiple of a power of ten, halves to even.
fn round(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("__round__", arguments.len(), 0, 1)?;
    let Some(places) = arguments.first() else { return exact(cx, object) };
    let places = cx.index(places)?;
    let places = int_of(&places);
    if !places.is_negative() {
        return exact(cx, object);
    }
    let integer = int_of(object);
    let bits = digits::bit_length(integer.digits());
    // A power of ten that is more than twice the value rounds it to zero.
    match digits::to_u64(places.digits()) {
        Some(count) if count.saturating_mul(3) <= bits + 1 => round_to(cx, signed(integer), count),
        _ => cx.new_int(0),
    }
}

fn round_to(cx: &Interpreter, value: SignedRef, places: u64) -> Outcome {
    let unit = digits::power(&[10], &digits::from_u64(places), &|| cx.poll())?;
    let (quotient, rest) = digits::divide(value.digits, &unit)?;
    let twice = digits::shift_left(&rest, 1)?;
    let odd = quotient.first().is_some_and(|digit| digit & 1 == 1);
    let up = match digits::compare(&twice, &unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => odd,
        std::cmp::Ordering::Greater => true,
    };
    let mut rounded = digits::subtract(value.digits, &rest)?;
    if up {
        rounded = digits::add(&rounded, &unit)?;
    }
    cx.new_int_from_digits(value.negative, &rounded)
}

fn format(cx: &Interpreter, object: &Object, spec: &Object) -> Outcome {
    if let Some(value) = int_of(object).as_one_digit()
        && let Some(spec) = short_spec(spec, Some('d'), Alignment::Right)
        && let Some(field) = render::short_integer(&spec, value, &mut [0; render::SHORT])
    {
        return ascii_field(cx, field);
    }
    let points = spec_points(cx, spec)?;
    if points.is_empty() {
        return cx.str(object);
    }
    format_with(cx, object, &points, Some('d'), |spec| {
        let integer = int_of(object);
        if render::is_float_code(spec) {
            return Ok(render::float(spec, cx.integer_to_f64(integer)?));
        }
        check_digits(cx, spec, signed(integer))?;
        Ok(render::integer(spec, signed(integer)))
    })
}

/// The limit on decimal digits; only numbers that can be too long are written to see it.
fn check_digits(cx: &Interpreter, spec: &FormatSpec, value: SignedRef) -> Outcome<()> {
    let decimal = matches!(spec.code.and_then(char::from_u32), None | Some('d' | 'n'));
    let limit = max_digits(cx);
    if !decimal || spec.precision.is_some() || limit == 0 || value.digits.len().saturating_mul(10) <= limit {
        return Ok(());
    }
    match digits::decimal_text(value, limit) {
        Ok(_) => Ok(()),
        Err(TextError::TooManyDigits) => Err(too_long_to_write(cx)),
        Err(TextError::OutOfMemory) => Err(cx.raise_memory_error()),
    }
}
