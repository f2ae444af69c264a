//! `_operator`: the operators of the language as functions.

use super::support::new_module;
use crate::object::{Object, ObjectRef};
use crate::runtime::NativeCode::{Full, One, Positional};
use crate::runtime::slots::{Comparison, Operator};
use crate::runtime::{Arguments, Interpreter, NativeMethod, Outcome, Raised, Typed};

/// A function of two arguments.
macro_rules! two {
    ($name:literal, $documentation:literal, |$cx:ident, $a:ident, $b:ident| $result:expr) => {
        NativeMethod::new(
            $name,
            Positional(|$cx, _, arguments| {
                let [$a, $b] = both($cx, $name, arguments)?;
                $result
            }),
            "($module, a, b, /)",
            $documentation,
        )
    };
}

/// A function of one argument.
macro_rules! one {
    ($name:literal, $documentation:literal, |$cx:ident, $a:ident| $result:expr) => {
        NativeMethod::new($name, One(|$cx, _, $a| $result), "($module, a, /)", $documentation)
    };
}

static FUNCTIONS: &[NativeMethod] = &[
    two!("lt", "Same as a < b.", |cx, a, b| cx.compare(a, b, Comparison::Less)),
    two!("le", "Same as a <= b.", |cx, a, b| cx.compare(a, b, Comparison::LessEqual)),
    two!("eq", "Same as a == b.", |cx, a, b| cx.compare(a, b, Comparison::Equal)),
    two!("ne", "Same as a != b.", |cx, a, b| cx.compare(a, b, Comparison::NotEqual)),
    two!("ge", "Same as a >= b.", |cx, a, b| cx.compare(a, b, Comparison::GreaterEqual)),
    two!("gt", "Same as a > b.", |cx, a, b| cx.compare(a, b, Comparison::Greater)),
    one!("not_", "Same as not a.", |cx, a| Ok(cx.new_bool(!cx.is_true(a)?))),
    one!("truth", "Return True if a is true, False otherwise.", |cx, a| Ok(cx.new_bool(cx.is_true(a)?))),
    two!("is_", "Same as a is b.", |cx, a, b| Ok(cx.new_bool(a.is(b)))),
    two!("is_not", "Same as a is not b.", |cx, a, b| Ok(cx.new_bool(!a.is(b)))),
    one!("abs", "Same as abs(a).", |cx, a| cx.absolute(a)),
    two!("add", "Same as a + b.", |cx, a, b| cx.binary(&Operator::ADD, a, b)),
    two!("and_", "Same as a & b.", |cx, a, b| cx.binary(&Operator::BIT_AND, a, b)),
    two!("floordiv", "Same as a // b.", |cx, a, b| cx.binary(&Operator::FLOOR_DIVIDE, a, b)),
    one!("index", "Same as a.__index__()", |cx, a| cx.index(a)),
    one!("inv", "Same as ~a.", |cx, a| cx.invert(a)),
    one!("invert", "Same as ~a.", |cx, a| cx.invert(a)),
    two!("lshift", "Same as a << b.", |cx, a, b| cx.binary(&Operator::LEFT_SHIFT, a, b)),
    two!("mod", "Same as a % b.", |cx, a, b| cx.binary(&Operator::MODULO, a, b)),
    two!("mul", "Same as a * b.", |cx, a, b| cx.binary(&Operator::MULTIPLY, a, b)),
    two!("matmul", "Same as a @ b.", |cx, a, b| cx.binary(&Operator::MATRIX_MULTIPLY, a, b)),
    one!("neg", "Same as -a.", |cx, a| cx.negative(a)),
    two!("or_", "Same as a | b.", |cx, a, b| cx.binary(&Operator::BIT_OR, a, b)),
    one!("pos", "Same as +a.", |cx, a| cx.positive(a)),
    two!("pow", "Same as a ** b.", |cx, a, b| cx.power(a, b, &cx.none())),
    two!("rshift", "Same as a >> b.", |cx, a, b| cx.binary(&Operator::RIGHT_SHIFT, a, b)),
    two!("sub", "Same as a - b.", |cx, a, b| cx.binary(&Operator::SUBTRACT, a, b)),
    two!("truediv", "Same as a / b.", |cx, a, b| cx.binary(&Operator::TRUE_DIVIDE, a, b)),
    two!("xor", "Same as a ^ b.", |cx, a, b| cx.binary(&Operator::BIT_XOR, a, b)),
    two!("concat", "Same as a + b, for a and b sequences.", |cx, a, b| {
        check_sequence(cx, a)?;
        cx.binary(&Operator::ADD, a, b)
    }),
    two!("contains", "Same as b in a (note reversed operands).", |cx, a, b| {
        Ok(cx.new_bool(cx.contains(a, b)?))
    }),
    two!("countOf", "Return the number of items in a which are, or which equal, b.", |cx, a, b| count(
        cx, a, b
    )),
    two!("delitem", "Same as del a[b].", |cx, a, b| cx.delete_item(a, b).map(|()| cx.none())),
    two!("getitem", "Same as a[b].", |cx, a, b| cx.get_item(a, b)),
    two!("indexOf", "Return the first index of b in a.", |cx, a, b| find(cx, a, b)),
    NativeMethod::new("setitem", Positional(set_item), "($module, a, b, c, /)", "Same as a[b] = c."),
    NativeMethod::new(
        "length_hint",
        Positional(length_hint),
        "($module, obj, default=0, /)",
        "Return an estimate of the number of items in obj.\n\nThis is useful for presizing containers when building \
         from an iterable.\n\nIf the object supports len(), the result will be exact.\nOtherwise, it may over- or \
         under-estimate by an arbitrary amount.",
    ),
    NativeMethod::new(
        "call",
        Full(call),
        "($module, obj, /, *args, **kwargs)",
        "Same as obj(*args, **kwargs).",
    ),
    two!("iadd", "Same as a += b.", |cx, a, b| cx.inplace(&Operator::ADD, a, b)),
    two!("iand", "Same as a &= b.", |cx, a, b| cx.inplace(&Operator::BIT_AND, a, b)),
    two!("iconcat", "Same as a += b, for a and b sequences.", |cx, a, b| {
        check_sequence(cx, a)?;
        cx.inplace(&Operator::ADD, a, b)
    }),
    two!("ifloordiv", "Same as a //= b.", |cx, a, b| cx.inplace(&Operator::FLOOR_DIVIDE, a, b)),
    two!("ilshift", "Same as a <<= b.", |cx, a, b| cx.inplace(&Operator::LEFT_SHIFT, a, b)),
    two!("imod", "Same as a %= b.", |cx, a, b| cx.inplace(&Operator::MODULO, a, b)),
    two!("imul", "Same as a *= b.", |cx, a, b| cx.inplace(&Operator::MULTIPLY, a, b)),
    two!("imatmul", "Same as a @= b.", |cx, a, b| cx.inplace(&Operator::MATRIX_MULTIPLY, a, b)),
    two!("ior", "Same as a |= b.", |cx, a, b| cx.inplace(&Operator::BIT_OR, a, b)),
    two!("ipow", "Same as a **= b.", |cx, a, b| cx.inplace_power(a, b, &cx.none())),
    two!("irshift", "Same as a >>= b.", |cx, a, b| cx.inplace(&Operator::RIGHT_SHIFT, a, b)),
    two!("isub", "Same as a -= b.", |cx, a, b| cx.inplace(&Operator::SUBTRACT, a, b)),
    two!("itruediv", "Same as a /= b.", |cx, a, b| cx.inplace(&Operator::TRUE_DIVIDE, a, b)),
    two!("ixor", "Same as a ^= b.", |cx, a, b| cx.inplace(&Operator::BIT_XOR, a, b)),
];

fn both<'a>(cx: &Interpreter, name: &str, arguments: &'a [ObjectRef]) -> Outcome<[&'a Object; 2]> {
    match arguments {
        [a, b] => Ok([a, b]),
        _ => cx.check_positional(name, arguments.len(), 2, 2).and(Err(Raised)),
    }
}

fn check_sequence(cx: &Interpreter, object: &Object) -> Outcome<()> {
    if object.type_object().slots.get_item.get().is_some() && object.as_dict().is_none() {
        return Ok(());
    }
    Err(cx.type_error(format_args!("'{}' object can't be concatenated", object.type_name())))
}

/// Compares the items of an iterable with another object, until `each` answers false to whether it is one.
fn search(
    cx: &Interpreter,
    items: &Object,
    wanted: &Object,
    each: &mut dyn FnMut(bool) -> bool,
) -> Outcome<()> {
    let iterator = match cx.iter(items) {
        Ok(iterator) => iterator,
        Err(raised) => {
            cx.take_if(&cx.types.type_error).ok_or(raised)?;
            let kind = items.type_name();
            return Err(cx.type_error(format_args!("argument of type '{kind}' is not iterable")));
        }
    };
    cx.for_each(&iterator, &mut |item| Ok(each(cx.equal(&item, wanted)?)))
}

fn count(cx: &Interpreter, items: &Object, wanted: &Object) -> Outcome {
    let mut count = 0;
    search(cx, items, wanted, &mut |is_equal| {
        count += usize::from(is_equal);
        true
    })?;
    cx.new_size(count)
}

fn find(cx: &Interpreter, items: &Object, wanted: &Object) -> Outcome {
    let (mut index, mut found) = (0, false);
    search(cx, items, wanted, &mut |is_equal| {
        found = is_equal;
        index += usize::from(!is_equal);
        !is_equal
    })?;
    if found { cx.new_size(index) } else { Err(cx.value_error("sequence.index(x): x not in sequence")) }
}

fn set_item(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("setitem", arguments.len(), 3, 3)?;
    cx.set_item(&arguments[0], &arguments[1], &arguments[2])?;
    Ok(cx.none())
}

fn length_hint(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("length_hint", arguments.len(), 1, 2)?;
    let default = match arguments.get(1) {
        Some(default) => cx.index_isize(default, Some(&cx.types.overflow_error))?,
        None => 0,
    };
    // No object is as long as this; the default may be negative.
    match cx.length_hint(&arguments[0], usize::MAX)? {
        usize::MAX => cx.new_int(default as i64),
        hint => cx.new_size(hint),
    }
}

fn call(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let keywords = arguments.names.map_or(0, |names| names.items().len());
    let Some((callable, values)) = arguments.values.split_first().filter(|(_, rest)| rest.len() >= keywords)
    else {
        return cx.check_positional("call", 0, 1, usize::MAX).and(Err(Raised));
    };
    cx.call_with(callable, Arguments { values, ..arguments })
}

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    new_module(
        cx,
        "_operator",
        FUNCTIONS,
        "Operator interface.\n\nThe operators of the language as functions.",
    )
}
