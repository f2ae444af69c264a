//! `float`: binary floating-point numbers of 64 bits.
//!
//! | file | subject |
//! |---|---|
//! | here | the type, `float(x)` |
//! | [`arithmetic`] | what the operators do |
//! | [`methods`] | methods, rounding, text |

#![forbid(unsafe_code)]

pub mod arithmetic;
pub mod methods;

use super::containers::new_refuses_keywords;
use super::number_text::{ascii_field, ascii_number, buffer_bytes};
use crate::object::Object;
use crate::runtime::protocol::attribute::generic_get;
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Arguments, Interpreter, Outcome, TypeSpec};
use crate::values::float::{self as layout, Float};
use crate::values::{float_text, hashing};

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.float,
        TypeSpec {
            flags: TypeFlags::FLOAT | TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(repr));
                slots.hash.set(Some(|_, object| Ok(hash_part(value_of(object), object))));
                slots.get_attribute.set(Some(generic_get));
                arithmetic::fill(slots);
            },
            methods: methods::METHODS,
            attributes: methods::ATTRIBUTES,
            documentation: "float(x=0, /)\n--\n\nConvert a string or number to a floating point number, if possible.",
            ..TypeSpec::of::<Float>(layout::lifecycle())
        },
    )
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let (value, mut room) = (value_of(object), [0; float_text::SHORT]);
    match float_text::short_repr(value, &mut room) {
        Some(text) => ascii_field(cx, text),
        None => cx.new_text(&float_text::repr(value)),
    }
}

/// `self` of a method as a number.
///
/// # Panics
/// When a method is called on another type, which slot wrappers and method descriptors refuse before.
#[inline]
pub fn value_of(object: &Object) -> f64 {
    object.as_float().expect("a method of floats gets floats").value()
}

/// The hash of a number; a nan is hashed by the address of the object that holds it.
pub fn hash_part(value: f64, holder: &Object) -> i64 {
    hashing::float(value).unwrap_or_else(|| hashing::pointer(holder.address()))
}

/// `float.__new__`
fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let is_exact = kind.is(&cx.types.float);
    if new_refuses_keywords(kind, &cx.types.float) {
        cx.no_keywords("float", arguments)?;
    }
    let values = arguments.positional_values();
    cx.check_positional("float", values.len(), 0, 1)?;
    if is_exact {
        return match values.first() {
            Some(value) => from_object(cx, value),
            None => cx.new_float(0.0),
        };
    }
    let made = match values.first() {
        Some(value) => value_of(&*from_object(cx, value)?),
        None => 0.0,
    };
    let extra = (kind.basic_size.get() as usize).saturating_sub(layout::BASIC_SIZE);
    Ok(Float::with_extra(kind, made, extra)?.into_object())
}

/// The exact float for what `__float__` of an object has answered.
fn exact(cx: &Interpreter, object: &Object, made: &Object) -> Outcome {
    let method = || format!("{}.__float__", object.type_name());
    match made.as_float() {
        Some(_) if made.is_exactly(&cx.types.float) => Ok(made.new_ref()),
        Some(float) => {
            cx.warn_about_subclass(&method(), "float", made)?;
            cx.new_float(float.value())
        }
        None => {
            let kind = made.type_name();
            Err(cx.type_error(format_args!("{} returned non-float (type {kind})", method())))
        }
    }
}

/// `float(x)`: an exact float.
pub fn from_object(cx: &Interpreter, object: &Object) -> Outcome {
    if object.is_exactly(&cx.types.float) {
        return Ok(object.new_ref());
    }
    if object.is_exactly(&cx.types.int)
        && let Some(word) =
            object.as_int().and_then(|number| number.to_i64()).filter(|word| word.unsigned_abs() < 1 << 53)
    {
        return cx.new_float(word as f64);
    }
    let slots = &object.type_object().slots;
    // A subclass of float may say that it is another number.
    if let (Some(float), Some(_)) = (slots.float.get(), object.as_float()) {
        return exact(cx, object, &*float(cx, object)?);
    }
    if slots.float.get().is_some() || slots.index.get().is_some() {
        return cx.new_float(cx.to_f64(object)?);
    }
    if let Some(text) = object.as_text() {
        return parse(cx, &ascii_number(cx, text)?, object);
    }
    match buffer_bytes(cx, object)? {
        Some(bytes) => parse(cx, &bytes, object),
        None => {
            let kind = object.type_name();
            Err(cx
                .type_error(format_args!("float() argument must be a string or a real number, not '{kind}'")))
        }
    }
}

fn parse(cx: &Interpreter, text: &[u8], source: &Object) -> Outcome {
    match float_text::parse(text) {
        Some(value) => cx.new_float(value),
        None => {
            let shown = cx.repr_text(source)?;
            let mut points: Vec<u32> = "could not convert string to float: ".chars().map(u32::from).collect();
            points.extend(shown.as_slice().iter());
            let message = cx.new_text_from_code_points(&points)?;
            Err(cx.raise_arguments(&cx.types.value_error, &[message]))
        }
    }
}
