//! Functions on numbers and characters: `abs`, `bin`, `hex`, `oct`, `divmod`, `pow`, `round`, `chr`, `ord`.

use std::hint::cold_path;

use crate::modules::support::to_c_int;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::values::text::Text;

pub(super) fn abs(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    cx.absolute(object)
}

pub(super) fn bin(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    in_base(cx, object, "#b")
}

pub(super) fn hex(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    in_base(cx, object, "#x")
}

pub(super) fn oct(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    in_base(cx, object, "#o")
}

fn in_base(cx: &Interpreter, object: &Object, spec: &str) -> Outcome {
    let number = cx.index_of_any_type(object)?;
    let number = match number.is_exactly(&cx.types.int) {
        true => number,
        false => match number.as_int() {
            Some(integer) => cx.new_int_from_digits(integer.is_negative(), integer.digits())?,
            None => number,
        },
    };
    cx.format(&number, &*cx.new_text(spec)?)
}

pub(super) fn divmod(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("divmod", arguments.len(), 2, 2)?;
    cx.divmod(&arguments[0], &arguments[1])
}

const POW: Parameters<3> = Parameters {
    function: "pow",
    names: ["base", "exp", "mod"],
    positional_only: 0,
    positional: 3,
    required: 2,
};

pub(super) fn pow(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [base, exponent, modulus] = POW.bind(cx, arguments)?.map(|value| value.unwrap_or_else(|| cx.none()));
    cx.power(&base, &exponent, &modulus)
}

const ROUND: Parameters<2> = Parameters {
    function: "round",
    names: ["number", "ndigits"],
    positional_only: 0,
    positional: 2,
    required: 1,
};

pub(super) fn round(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [number, digits] = ROUND.bind(cx, arguments)?;
    let number = number.unwrap_or_else(|| cx.none());
    let result = match digits.filter(|digits| !cx.is_none(digits)) {
        None => cx.call_special(&number, &cx.names.round, &[]),
        Some(digits) => cx.call_special(&number, &cx.names.round, &[&digits]),
    };
    result.unwrap_or_else(|| {
        let kind = number.type_name();
        Err(cx.type_error(format_args!("type {kind} doesn't define __round__ method")))
    })
}

pub(super) fn chr(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let short = object.as_int().and_then(|integer| integer.as_one_digit());
    let point = match short {
        Some(short) => short as i32,
        None => to_c_int(cx, &*cx.index(object)?)?,
    };
    match u32::try_from(point) {
        Ok(point) if point < 0x11_0000 => cx.new_character(point),
        _ => Err(cx.value_error("chr() arg not in range(0x110000)")),
    }
}

pub(super) fn ord(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    if let Some(byte) = cx.exact_text(object).and_then(Text::only_byte) {
        return Ok(cx.new_byte(byte));
    }
    cold_path();
    ord_of(cx, object)
}

#[inline(never)]
fn ord_of(cx: &Interpreter, object: &Object) -> Outcome {
    let wrong_length = |length: usize| {
        Err(cx.type_error(format_args!("ord() expected a character, but string of length {length} found")))
    };
    if let Some(text) = object.as_text() {
        return if text.length() == 1 {
            cx.new_int(i64::from(text.character(0)))
        } else {
            wrong_length(text.length())
        };
    }
    if let Some(bytes) = object.as_bytes() {
        return match bytes.as_slice() {
            [byte] => cx.new_int(i64::from(*byte)),
            bytes => wrong_length(bytes.len()),
        };
    }
    if object.is_instance(&cx.types.bytearray) {
        return match cx.length(object)? {
            1 => cx.get_item(object, &*cx.new_int(0)?),
            length => wrong_length(length),
        };
    }
    let kind = object.type_name();
    Err(cx.type_error(format_args!("ord() expected string of length 1, but {kind} found")))
}
