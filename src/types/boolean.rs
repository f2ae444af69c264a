//! `bool`: the two integers with names.

#![forbid(unsafe_code)]

use super::int::int_of;
use crate::object::Object;
use crate::runtime::slots::Binary;
use crate::runtime::type_object::{TypeFlags, TypeObject};
use crate::runtime::{Arguments, Interpreter, Outcome, TypeSpec};
use crate::values::integer::{self, Integer};

const DOCUMENTATION: &str = "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.";

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.bool,
        TypeSpec {
            basic_size: integer::BASIC_SIZE + 8,
            item_size: 4,
            flags: TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(repr));
                slots.bit_and.set(Some(and));
                slots.bit_xor.set(Some(xor));
                slots.bit_or.set(Some(or));
            },
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Integer>(integer::lifecycle())
        },
    )
}

fn new(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords("bool", arguments)?;
    cx.check_positional("bool", arguments.values.len(), 0, 1)?;
    let truth = match arguments.values.first() {
        Some(value) => cx.is_true(value)?,
        None => false,
    };
    Ok(cx.new_bool(truth))
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    cx.intern(if int_of(object).is_zero() { "False" } else { "True" }).map(|text| text.into_object())
}

/// On two booleans, or as integers do it.
fn logical(
    cx: &Interpreter,
    left: &Object,
    right: &Object,
    operation: fn(bool, bool) -> bool,
    integers: Option<Binary>,
) -> Outcome {
    if left.is_exactly(&cx.types.bool) && right.is_exactly(&cx.types.bool) {
        return Ok(cx.new_bool(operation(left.is(&cx.true_), right.is(&cx.true_))));
    }
    match integers {
        Some(function) => function(cx, left, right),
        None => Ok(cx.not_implemented.clone()),
    }
}

fn and(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    logical(cx, left, right, |left, right| left & right, cx.types.int.slots.bit_and.get())
}

fn xor(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    logical(cx, left, right, |left, right| left ^ right, cx.types.int.slots.bit_xor.get())
}

fn or(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    logical(cx, left, right, |left, right| left | right, cx.types.int.slots.bit_or.get())
}
