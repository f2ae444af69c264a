//! Proxies: everything that is done to one is done to its referent.

use super::{as_weak, full_name, obtain, referent_died};
use crate::object::weak::{self, Sharing, WeakReference};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{
    Arguments, Comparison, Interpreter, NativeCode, NativeMethod, Operator, Outcome, Slots, TypeFlags,
    TypeObject, TypeSpec, Typed,
};

static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__bytes__", NativeCode::NoArguments(bytes), "", ""),
    NativeMethod::new("__reversed__", NativeCode::NoArguments(reversed), "", ""),
];

pub(super) fn define(cx: &Interpreter) -> Outcome<()> {
    define_proxy(cx, &cx.types.weak_proxy, METHODS, forward)?;
    define_proxy(cx, &cx.types.weak_callable_proxy, &[], |slots| {
        forward(slots);
        slots
            .call
            .set(Some(|cx, this, arguments: Arguments<'_>| cx.call_with(&*referent(cx, this)?, arguments)));
    })
}

fn define_proxy(
    cx: &Interpreter,
    kind: &Ref<TypeObject>,
    methods: &'static [NativeMethod],
    slots: fn(&Slots),
) -> Outcome<()> {
    cx.define_type(
        kind,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots,
            methods,
            ..TypeSpec::of::<WeakReference>(weak::lifecycle(referent_died))
        },
    )
}

/// `weakref.proxy(referent, callback)`
pub fn new_proxy(cx: &Interpreter, arguments: &[ObjectRef]) -> Outcome {
    let (referent, callback) = super::referent_and_callback(cx, "proxy", arguments)?;
    let callable = referent.type_object().slots.call.get().is_some();
    let kind = if callable { &cx.types.weak_callable_proxy } else { &cx.types.weak_proxy };
    obtain(cx, kind, &referent, callback, Sharing::Proxy)
}

/// The object itself, or the referent of a proxy.
fn referent(cx: &Interpreter, object: &Object) -> Outcome {
    let is_proxy = |kind: &TypeObject| std::ptr::eq(object.type_object(), kind);
    if !is_proxy(&cx.types.weak_proxy) && !is_proxy(&cx.types.weak_callable_proxy) {
        return Ok(object.new_ref());
    }
    match as_weak(object).and_then(WeakReference::upgrade) {
        Some(referent) => Ok(referent),
        None => Err(cx.reference_error("weakly-referenced object no longer exists")),
    }
}

/// Sets every slot to one that goes on to the referent.
fn forward(slots: &Slots) {
    forward_object(slots);
    forward_items(slots);
    forward_operators(slots);
    forward_inplace(slots);
}

fn forward_object(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.str.set(Some(|cx, this| cx.str(&*referent(cx, this)?)));
    slots.get_attribute.set(Some(|cx, this, name| cx.get_attribute(&*referent(cx, this)?, name)));
    slots
        .set_attribute
        .set(Some(|cx, this, name, value| cx.set_attribute(&*referent(cx, this)?, name, value)));
    slots.compare.set(Some(compare));
    slots.bool.set(Some(|cx, this| cx.is_true(&*referent(cx, this)?)));
    slots.iter.set(Some(|cx, this| cx.iter(&*referent(cx, this)?)));
    slots.next.set(Some(next));
}

fn forward_items(slots: &Slots) {
    slots.length.set(Some(|cx, this| cx.length(&*referent(cx, this)?)));
    slots.get_item.set(Some(|cx, this, key| cx.get_item(&*referent(cx, this)?, key)));
    slots.set_item.set(Some(|cx, this, key, value| {
        let referent = referent(cx, this)?;
        match value {
            Some(value) => cx.set_item(&referent, key, value),
            None => cx.delete_item(&referent, key),
        }
    }));
    slots.contains.set(Some(|cx, this, item| cx.contains(&*referent(cx, this)?, item)));
}

fn forward_operators(slots: &Slots) {
    slots.index.set(Some(|cx, this| cx.index(&*referent(cx, this)?)));
    slots.int.set(Some(|cx, this| cx.call(&cx.types.int, &[referent(cx, this)?])));
    slots.float.set(Some(|cx, this| cx.call(&cx.types.float, &[referent(cx, this)?])));
    slots.negative.set(Some(|cx, this| cx.negative(&*referent(cx, this)?)));
    slots.positive.set(Some(|cx, this| cx.positive(&*referent(cx, this)?)));
    slots.absolute.set(Some(|cx, this| cx.absolute(&*referent(cx, this)?)));
    slots.invert.set(Some(|cx, this| cx.invert(&*referent(cx, this)?)));
    slots.add.set(Some(|cx, left, right| binary(cx, &Operator::ADD, left, right)));
    slots.subtract.set(Some(|cx, left, right| binary(cx, &Operator::SUBTRACT, left, right)));
    slots.multiply.set(Some(|cx, left, right| binary(cx, &Operator::MULTIPLY, left, right)));
    slots.true_divide.set(Some(|cx, left, right| binary(cx, &Operator::TRUE_DIVIDE, left, right)));
    slots.floor_divide.set(Some(|cx, left, right| binary(cx, &Operator::FLOOR_DIVIDE, left, right)));
    slots.modulo.set(Some(|cx, left, right| binary(cx, &Operator::MODULO, left, right)));
    slots.matrix_multiply.set(Some(|cx, left, right| binary(cx, &Operator::MATRIX_MULTIPLY, left, right)));
    slots.left_shift.set(Some(|cx, left, right| binary(cx, &Operator::LEFT_SHIFT, left, right)));
    slots.right_shift.set(Some(|cx, left, right| binary(cx, &Operator::RIGHT_SHIFT, left, right)));
    slots.bit_and.set(Some(|cx, left, right| binary(cx, &Operator::BIT_AND, left, right)));
    slots.bit_or.set(Some(|cx, left, right| binary(cx, &Operator::BIT_OR, left, right)));
    slots.bit_xor.set(Some(|cx, left, right| binary(cx, &Operator::BIT_XOR, left, right)));
    slots.divmod.set(Some(|cx, left, right| cx.divmod(&*referent(cx, left)?, &*referent(cx, right)?)));
    slots.power.set(Some(|cx, base, exponent, modulus| {
        cx.power(&*referent(cx, base)?, &*referent(cx, exponent)?, &*referent(cx, modulus)?)
    }));
}

fn forward_inplace(slots: &Slots) {
    slots.inplace_add.set(Some(|cx, left, right| inplace(cx, &Operator::ADD, left, right)));
    slots.inplace_subtract.set(Some(|cx, left, right| inplace(cx, &Operator::SUBTRACT, left, right)));
    slots.inplace_multiply.set(Some(|cx, left, right| inplace(cx, &Operator::MULTIPLY, left, right)));
    slots.inplace_true_divide.set(Some(|cx, left, right| inplace(cx, &Operator::TRUE_DIVIDE, left, right)));
    slots.inplace_floor_divide.set(Some(|cx, left, right| inplace(cx, &Operator::FLOOR_DIVIDE, left, right)));
    slots.inplace_modulo.set(Some(|cx, left, right| inplace(cx, &Operator::MODULO, left, right)));
    slots
        .inplace_matrix_multiply
        .set(Some(|cx, left, right| inplace(cx, &Operator::MATRIX_MULTIPLY, left, right)));
    slots.inplace_left_shift.set(Some(|cx, left, right| inplace(cx, &Operator::LEFT_SHIFT, left, right)));
    slots.inplace_right_shift.set(Some(|cx, left, right| inplace(cx, &Operator::RIGHT_SHIFT, left, right)));
    slots.inplace_bit_and.set(Some(|cx, left, right| inplace(cx, &Operator::BIT_AND, left, right)));
    slots.inplace_bit_or.set(Some(|cx, left, right| inplace(cx, &Operator::BIT_OR, left, right)));
    slots.inplace_bit_xor.set(Some(|cx, left, right| inplace(cx, &Operator::BIT_XOR, left, right)));
    slots.inplace_power.set(Some(|cx, base, exponent, modulus| {
        cx.inplace_power(&*referent(cx, base)?, &*referent(cx, exponent)?, &*referent(cx, modulus)?)
    }));
}

fn binary(cx: &Interpreter, operator: &Operator, left: &Object, right: &Object) -> Outcome {
    let (left, right) = (referent(cx, left)?, referent(cx, right)?);
    cx.binary(operator, &left, &right)
}

fn inplace(cx: &Interpreter, operator: &Operator, left: &Object, right: &Object) -> Outcome {
    let (left, right) = (referent(cx, left)?, referent(cx, right)?);
    cx.inplace(operator, &left, &right)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let (left, right) = (referent(cx, left)?, referent(cx, right)?);
    cx.compare(&left, &right, comparison)
}

fn repr(cx: &Interpreter, this: &Object) -> Outcome {
    let referent = as_weak(this).and_then(WeakReference::upgrade).unwrap_or_else(|| cx.none());
    let kind = full_name(referent.type_object());
    cx.new_text(&format!("<weakproxy at {:#x} to {kind} at {:#x}>", this.address(), referent.address()))
}

fn next(cx: &Interpreter, this: &Object) -> Outcome<Option<ObjectRef>> {
    let referent = referent(cx, this)?;
    if referent.type_object().slots.next.get().is_none() {
        let kind = full_name(referent.type_object());
        return Err(cx.type_error(format_args!("Weakref proxy referenced a non-iterator '{kind}' object")));
    }
    cx.next(&referent)
}

fn bytes(cx: &Interpreter, this: &Object) -> Outcome {
    cx.call_method(&*referent(cx, this)?, &cx.names.bytes, &[])
}

fn reversed(cx: &Interpreter, this: &Object) -> Outcome {
    cx.call_method(&*referent(cx, this)?, &cx.names.reversed, &[])
}
