//! `complex`: two floats.
//!
//! | file | subject |
//! |---|---|
//! | here | the type, methods, text |
//! | [`construct`] | `complex(real, imag)`, `complex(text)` |
//! | [`arithmetic`] | what the operators do |

#![forbid(unsafe_code)]

pub mod arithmetic;
pub mod construct;

use super::number_text::{format_with, spec_points};
use crate::object::Object;
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::protocol::attribute::generic_get;
use crate::runtime::type_object::{TypeFlags, Typed};
use crate::runtime::{Interpreter, Outcome, TypeSpec};
use crate::values::complex::{self as layout, Complex};
use crate::values::float_text::{self, Notation, Style};
use crate::values::format_spec::render;
use crate::values::hashing;

/// Real and imaginary part.
pub type Parts = (f64, f64);

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "conjugate",
        NativeCode::NoArguments(|cx, object| {
            let (real, imaginary) = parts_of(object);
            new_complex(cx, (real, -imaginary))
        }),
        "($self, /)",
        "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.",
    ),
    NativeMethod::new(
        "__complex__",
        NativeCode::NoArguments(exact),
        "($self, /)",
        "Convert this value to exact type complex.",
    ),
    NativeMethod::new(
        "__getnewargs__",
        NativeCode::NoArguments(|cx, object| {
            let (real, imaginary) = parts_of(object);
            cx.new_tuple_from(vec![cx.new_float(real)?, cx.new_float(imaginary)?])
        }),
        "($self, /)",
        "",
    ),
    NativeMethod::new(
        "__format__",
        NativeCode::One(format),
        "($self, format_spec, /)",
        "Convert to a string according to format_spec.",
    ),
];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "real",
        |cx, object| cx.new_float(parts_of(object).0),
        "the real part of a complex number",
    )
    .member(),
    NativeAttribute::new(
        "imag",
        |cx, object| cx.new_float(parts_of(object).1),
        "the imaginary part of a complex number",
    )
    .member(),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.complex,
        TypeSpec {
            flags: TypeFlags::COMPLEX | TypeFlags::BASE_TYPE,
            slots: |slots| {
                slots.new.set(Some(construct::new));
                slots.repr.set(Some(|cx, object| cx.new_text(&text(parts_of(object)))));
                slots.hash.set(Some(hash));
                slots.get_attribute.set(Some(generic_get));
                arithmetic::fill(slots);
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: "complex(real=0, imag=0)\n--\n\nCreate a complex number from a real part and an optional imaginary part.\n\nThis is equivalent to (real + imag*1j) where imag defaults to 0.",
            ..TypeSpec::of::<Complex>(layout::lifecycle())
        },
    )
}

/// `self` of a method as its parts.
///
/// # Panics
/// When a method is called on another type, which slot wrappers and method descriptors refuse before.
pub fn parts_of(object: &Object) -> Parts {
    let complex = object.as_complex().expect("a method of complex numbers gets complex numbers");
    (complex.real(), complex.imaginary())
}

/// A complex number.
pub fn new_complex(cx: &Interpreter, (real, imaginary): Parts) -> Outcome {
    Ok(Complex::new(&cx.types.complex, real, imaginary)?.into_object())
}

/// The same value as an exact complex number: the object itself where it is one.
pub fn exact(cx: &Interpreter, object: &Object) -> Outcome {
    if object.is_exactly(&cx.types.complex) {
        return Ok(object.new_ref());
    }
    new_complex(cx, parts_of(object))
}

fn hash(_: &Interpreter, object: &Object) -> Outcome<i64> {
    let (real, imaginary) = parts_of(object);
    let part = |value| super::float::hash_part(value, object);
    Ok(hashing::complex(part(real), part(imaginary)))
}

/// `repr(x)`: a part is written as short as possible, without `.0`; no real part where it is zero without a sign.
pub fn text((real, imaginary): Parts) -> String {
    let part = |value, always_sign| {
        let style = Style { always_sign, ..Style::new(Notation::Shortest, 0) };
        float_text::text(value, style).unwrap_or_default()
    };
    if real == 0.0 && real.is_sign_positive() {
        return format!("{}j", part(imaginary, false));
    }
    format!("({}{}j)", part(real, false), part(imaginary, true))
}

fn format(cx: &Interpreter, object: &Object, spec: &Object) -> Outcome {
    let points = spec_points(cx, spec)?;
    if points.is_empty() {
        return cx.str(object);
    }
    let (real, imaginary) = parts_of(object);
    format_with(cx, object, &points, None, |spec| Ok(render::complex(spec, real, imaginary)))
}
