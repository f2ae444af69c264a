//! `int`: integers of any size.
//!
//! | file | subject |
//! |---|---|
//! | [`construct`] | `int(x)`, `int(text, base)`: from numbers, text and bytes |
//! | [`operators`] | what the operators do, with short ways for machine words |
//! | [`methods`] | methods, `repr`, formatting |
//! | [`limit`] | the limit on decimal digits |

#![forbid(unsafe_code)]

pub mod construct;
pub mod limit;
pub mod methods;
pub mod operators;

use crate::object::{Object, ObjectRef};
use crate::runtime::protocol::attribute::generic_get;
use crate::runtime::type_object::{TypeFlags, Typed};
use crate::runtime::{Arguments, Interpreter, Outcome, TypeSpec};
use crate::values::digits::{self, Signed, SignedRef};
use crate::values::hashing;
use crate::values::integer::{self, Integer};

const DOCUMENTATION: &str = "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no arguments\nare given.  If x is a number, return x.__int__().  For floating point\nnumbers, this truncates towards zero.\n\nIf x is not a number or if base is given, then x must be a string,\nbytes, or bytearray instance representing an integer literal in the\ngiven base.  The literal can be preceded by '+' or '-' and be surrounded\nby whitespace.  The base defaults to 10.  Valid bases are 0 and 2-36.\nBase 0 means to interpret the base from the string as an integer literal.\n>>> int('0b100', base=0)\n4";

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.int,
        TypeSpec {
            basic_size: integer::BASIC_SIZE,
            item_size: 4,
            flags: TypeFlags::INT | TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(construct::new));
                slots.repr.set(Some(methods::repr));
                slots.hash.set(Some(|_, object| Ok(hash(int_of(object)))));
                slots.get_attribute.set(Some(generic_get));
                operators::fill(slots);
            },
            short_call: Some(make),
            methods: methods::METHODS,
            attributes: methods::ATTRIBUTES,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Integer>(integer::lifecycle())
        },
    )
}

/// `int(object)` of a number or a text.
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    let [object] = values else { return None };
    cx.is_plain(object).then(|| construct::new(cx, &cx.types.int, Arguments::positional(values)))
}

/// `self` of a method as an integer.
///
/// # Panics
/// When a method is called on another type, which slot wrappers and method descriptors refuse before.
#[inline]
pub fn int_of(object: &Object) -> &Integer {
    object.as_int().expect("a method of integers gets integers")
}

/// An integer for the functions on digits.
#[inline]
pub fn signed(integer: &Integer) -> SignedRef<'_> {
    SignedRef { negative: integer.is_negative(), digits: integer.digits() }
}

/// The value of up to two digits: sums, differences and bit operations of two of them stay within a word.
#[inline]
pub fn word(integer: &Integer) -> Option<i64> {
    integer.as_two_digits()
}

/// An integer object of a value that was computed.
#[inline]
pub fn new_signed(cx: &Interpreter, value: &Signed) -> Outcome {
    cx.new_int_from_digits(value.negative, &value.digits)
}

/// An integer object of a wide machine integer of at most five digits.
#[inline]
pub fn new_wide(cx: &Interpreter, value: i128) -> Outcome {
    match i64::try_from(value) {
        Ok(word) => cx.new_int(word),
        Err(_) => Ok(Integer::new_long(&cx.types.int, value)?.into_object()),
    }
}

/// The same value as an exact int: the object itself where it is one.
#[inline]
pub fn exact(cx: &Interpreter, object: &Object) -> Outcome {
    if object.is_exactly(&cx.types.int) {
        return Ok(object.new_ref());
    }
    let integer = int_of(object);
    cx.new_int_from_digits(integer.is_negative(), integer.digits())
}

/// The hash of an integer.
#[inline]
pub fn hash(integer: &Integer) -> i64 {
    match integer.as_one_digit() {
        Some(value) => hashing::avoid_error(value),
        None => hashing::integer(integer.is_negative(), integer.digits()),
    }
}

/// The integer part of a float.
///
/// # Errors
/// ValueError for nan, OverflowError for infinities.
pub fn from_float(cx: &Interpreter, value: f64) -> Outcome {
    if value.abs() < 9.0e18 {
        return cx.new_int(value as i64);
    }
    if value.is_nan() {
        return Err(cx.value_error("cannot convert float NaN to integer"));
    }
    if value.is_infinite() {
        return Err(cx.overflow_error("cannot convert float infinity to integer"));
    }
    new_signed(cx, &digits::from_f64(value)?)
}

/// A pair of objects as a tuple.
pub fn pair(cx: &Interpreter, first: ObjectRef, second: ObjectRef) -> Outcome {
    cx.new_tuple_from(vec![first, second])
}
