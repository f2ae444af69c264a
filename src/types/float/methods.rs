//! The methods of floats.

use super::arithmetic::exact;
use super::value_of;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::types::int::{self, new_signed, pair};
use crate::types::number_text::{ascii_field, format_with, short_spec, spec_points};
use crate::values::float_text::{self, HexError};
use crate::values::format_spec::{Alignment, render};

/// All methods.
pub static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "conjugate",
        NativeCode::NoArguments(exact),
        "($self, /)",
        "Return self, the complex conjugate of any float.",
    ),
    NativeMethod::new(
        "__trunc__",
        NativeCode::NoArguments(|cx, object| int::operators::truncate(cx, value_of(object))),
        "($self, /)",
        "Return the Integral closest to x between 0 and x.",
    ),
    NativeMethod::new(
        "__floor__",
        NativeCode::NoArguments(|cx, object| int::from_float(cx, value_of(object).floor())),
        "($self, /)",
        "Return the floor as an Integral.",
    ),
    NativeMethod::new(
        "__ceil__",
        NativeCode::NoArguments(|cx, object| int::from_float(cx, value_of(object).ceil())),
        "($self, /)",
        "Return the ceiling as an Integral.",
    ),
    NativeMethod::new(
        "__round__",
        NativeCode::Positional(round),
        "($self, ndigits=None, /)",
        "Return the Integral closest to x, rounding half toward even.\n\nWhen an argument is passed, work like built-in round(x, ndigits).",
    ),
    NativeMethod::new(
        "as_integer_ratio",
        NativeCode::NoArguments(as_integer_ratio),
        "($self, /)",
        "Return integer ratio.\n\nReturn a pair of integers, whose ratio is exactly equal to the original float\nand with a positive denominator.\n\nRaise OverflowError on infinities and a ValueError on NaNs.\n\n>>> (10.0).as_integer_ratio()\n(10, 1)\n>>> (0.0).as_integer_ratio()\n(0, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)",
    ),
    NativeMethod::new(
        "fromhex",
        NativeCode::One(from_hex),
        "($type, string, /)",
        "Create a floating-point number from a hexadecimal string.\n\n>>> float.fromhex('0x1.ffffp10')\n2047.984375\n>>> float.fromhex('-0x1p-1074')\n-5e-324",
    )
    .class(),
    NativeMethod::new(
        "hex",
        NativeCode::NoArguments(|cx, object| cx.new_text(&float_text::hex(value_of(object)))),
        "($self, /)",
        "Return a hexadecimal representation of a floating-point number.\n\n>>> (-0.1).hex()\n'-0x1.999999999999ap-4'\n>>> 3.14159.hex()\n'0x1.921f9f01b866ep+1'",
    ),
    NativeMethod::new(
        "is_integer",
        NativeCode::NoArguments(|cx, object| {
            let value = value_of(object);
            Ok(cx.new_bool(value.is_finite() && value.floor() == value))
        }),
        "($self, /)",
        "Return True if the float is an integer.",
    ),
    NativeMethod::new(
        "__getnewargs__",
        NativeCode::NoArguments(|cx, object| cx.new_tuple_from(vec![cx.new_float(value_of(object))?])),
        "($self, /)",
        "",
    ),
    NativeMethod::new(
        "__getformat__",
        NativeCode::One(get_format),
        "($type, typestr, /)",
        "You probably don't want to use this function.\n\n  typestr\n    Must be 'double' or 'float'.\n\nIt exists mainly to be used in Python's test suite.\n\nThis function returns whichever of 'unknown', 'IEEE, big-endian' or 'IEEE,\nlittle-endian' best describes the format of floating point numbers used by the\nC type named by typestr.",
    )
    .class(),
    NativeMethod::new(
        "__format__",
        NativeCode::One(format),
        "($self, format_spec, /)",
        "Formats the float according to format_spec.",
    ),
];

/// All computed attributes.
pub static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("real", exact, "the real part of a complex number"),
    NativeAttribute::new("imag", |cx, _| cx.new_float(0.0), "the imaginary part of a complex number"),
];

fn round(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("__round__", arguments.len(), 0, 1)?;
    let value = value_of(object);
    let Some(places) = arguments.first().filter(|places| !cx.is_none(places)) else {
        return int::from_float(cx, value.round_ties_even());
    };
    let places = cx.index_isize(places, None)?;
    match float_text::round(value, places as i64) {
        Some(rounded) => cx.new_float(rounded),
        None => Err(cx.overflow_error("rounded value too large to represent")),
    }
}

fn as_integer_ratio(cx: &Interpreter, object: &Object) -> Outcome {
    let value = value_of(object);
    if value.is_infinite() {
        return Err(cx.overflow_error("cannot convert Infinity to integer ratio"));
    }
    if value.is_nan() {
        return Err(cx.value_error("cannot convert NaN to integer ratio"));
    }
    let (numerator, denominator) = float_text::integer_ratio(value)?;
    pair(cx, new_signed(cx, &numerator)?, cx.new_int_from_digits(false, &denominator)?)
}

fn from_hex(cx: &Interpreter, class: &Object, text: &Object) -> Outcome {
    let Some(text) = text.as_text() else {
        return Err(cx.type_error("bad argument type for built-in operation"));
    };
    let value = match text.as_ascii().map(float_text::from_hex) {
        Some(Ok(value)) => cx.new_float(value)?,
        Some(Err(HexError::TooLarge)) => {
            return Err(cx.overflow_error("hexadecimal value too large to represent as a float"));
        }
        Some(Err(HexError::Invalid)) | None => {
            return Err(cx.value_error("invalid hexadecimal floating-point string"));
        }
    };
    if class.is(&cx.types.float) { Ok(value) } else { cx.call(class, &[value]) }
}

fn get_format(cx: &Interpreter, _: &Object, name: &Object) -> Outcome {
    let Some(text) = name.as_text() else {
        let kind = crate::types::support::argument_kind(cx, name);
        return Err(cx.type_error(format_args!("__getformat__() argument must be str, not {kind}")));
    };
    if !text.equals_str("double") && !text.equals_str("float") {
        return Err(cx.value_error("__getformat__() argument 1 must be 'double' or 'float'"));
    }
    cx.new_text(if cfg!(target_endian = "big") { "IEEE, big-endian" } else { "IEEE, little-endian" })
}

fn format(cx: &Interpreter, object: &Object, spec: &Object) -> Outcome {
    if let Some(spec) = short_spec(spec, None, Alignment::Right)
        && let Some(field) = render::short_float(&spec, value_of(object), &mut [0; render::SHORT])
    {
        return ascii_field(cx, field);
    }
    let points = spec_points(cx, spec)?;
    if points.is_empty() {
        return cx.str(object);
    }
    format_with(cx, object, &points, None, |spec| Ok(render::float(spec, value_of(object))))
}
