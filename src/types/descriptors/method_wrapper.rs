//! `method-wrapper`: the special method of a native type, bound to an instance.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use super::wrapper::wrapper;
use super::{qualified, receiver, reduce_by_name, text_or_none};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{MethodWrapper, NativeAttribute, NativeCode, NativeMethod, SlotWrapper};
use crate::runtime::protocol::hash::pointer_hash;
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeFlags, TypeSpec, Typed};

crate::fields_lifecycle!(MethodWrapper; descriptor, bound);

static METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", "Helper for pickle.")];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__self__", |_, this| Ok(bound(this)), "").member(),
    NativeAttribute::new("__objclass__", |_, this| Ok(owner(this)), ""),
    NativeAttribute::new("__name__", |cx, this| cx.new_text(slot(this).name), ""),
    NativeAttribute::new(
        "__qualname__",
        |cx, this| cx.new_text(&qualified(&owner(this), slot(this).name)),
        "",
    ),
    NativeAttribute::new("__doc__", |cx, this| text_or_none(cx, slot(this).documentation), ""),
    NativeAttribute::new("__text_signature__", |cx, this| text_or_none(cx, slot(this).signature), ""),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.method_wrapper,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| {
                slots.repr.set(Some(repr));
                slots.call.set(Some(call));
                slots.compare.set(Some(compare));
                slots.hash.set(Some(hash));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            ..TypeSpec::of::<MethodWrapper>(crate::runtime::define::never_cleared(lifecycle()))
        },
    )
}

fn parts(object: &Object) -> &MethodWrapper {
    receiver!(object, MethodWrapper)
}

fn bound(object: &Object) -> ObjectRef {
    parts(object).bound.get()
}

fn slot(object: &Object) -> &'static SlotWrapper {
    wrapper(&parts(object).descriptor.get()).wrapper.get()
}

fn owner(object: &Object) -> ObjectRef {
    wrapper(&parts(object).descriptor.get()).owner.get()
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    reduce_by_name(cx, bound(object), cx.new_text(slot(object).name)?)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let (name, bound) = (slot(object).name, bound(object));
    let (kind, address) = (bound.type_name(), bound.address());
    cx.new_text(&format!("<method-wrapper '{name}' of {kind} object at {address:#x}>"))
}

fn call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let (owner, bound) = (owner(object), bound(object));
    let kind = owner.as_type().unwrap_or(&cx.types.object);
    cx.call_slot_wrapper(slot(object), kind, &bound, arguments)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let wanted = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return Ok(cx.not_implemented.clone()),
    };
    let (Some(left), Some(right)) = (left.layout::<MethodWrapper>(), right.layout::<MethodWrapper>()) else {
        return Ok(cx.not_implemented.clone());
    };
    let same = left.descriptor.get().is(&right.descriptor.get()) && left.bound.get().is(&right.bound.get());
    Ok(cx.new_bool(same == wanted))
}

fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let mixed = pointer_hash(cx, &bound(object))? ^ pointer_hash(cx, &parts(object).descriptor.get())?;
    Ok(if mixed == -1 { -2 } else { mixed })
}
