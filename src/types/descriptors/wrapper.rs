//! `wrapper_descriptor`: the special method that stands for a slot of a native type.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use super::{descriptor_repr, qualified, receiver, reduce_by_name, text_or_none};
use crate::object::Object;
use crate::runtime::native::{MethodWrapper, NativeAttribute, NativeCode, NativeMethod, WrapperDescriptor};
use crate::runtime::protocol::call::full_name;
use crate::runtime::{Arguments, Field, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed};

crate::fields_lifecycle!(WrapperDescriptor; owner);

static METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", "Helper for pickle.")];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__objclass__", |_, this| Ok(wrapper(this).owner.get()), "").member(),
    NativeAttribute::new("__name__", |cx, this| cx.new_text(name(this)), "").member(),
    NativeAttribute::new(
        "__doc__",
        |cx, this| text_or_none(cx, wrapper(this).wrapper.get().documentation),
        "",
    ),
    NativeAttribute::new(
        "__qualname__",
        |cx, this| cx.new_text(&qualified(&wrapper(this).owner.get(), name(this))),
        "",
    ),
    NativeAttribute::new(
        "__text_signature__",
        |cx, this| text_or_none(cx, wrapper(this).wrapper.get().signature),
        "",
    ),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.wrapper_descriptor,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION | TypeFlags::METHOD_DESCRIPTOR,
            slots: |slots| {
                slots.repr.set(Some(|cx, this| {
                    descriptor_repr(cx, "slot wrapper", name(this), &wrapper(this).owner.get())
                }));
                slots.call.set(Some(call));
                slots.descriptor_get.set(Some(bind));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            ..TypeSpec::of::<WrapperDescriptor>(crate::runtime::define::never_cleared(lifecycle()))
        },
    )
}

pub(super) fn wrapper(object: &Object) -> &WrapperDescriptor {
    receiver!(object, WrapperDescriptor)
}

fn name(object: &Object) -> &'static str {
    wrapper(object).wrapper.get().name
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    reduce_by_name(cx, wrapper(object).owner.get(), cx.new_text(name(object))?)
}

/// `descriptor(self, ...)`
fn call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let owner = wrapper(object).owner.get();
    let kind = owner.as_type().unwrap_or(&cx.types.object);
    let Some(receiver) = arguments.positional_values().first() else {
        let (name, kind) = (name(object), full_name(kind));
        return Err(cx.type_error(format_args!("descriptor '{name}' of '{kind}' object needs an argument")));
    };
    check(cx, name(object), kind, receiver)?;
    cx.call_slot_wrapper(wrapper(object).wrapper.get(), kind, receiver, arguments.without_first())
}

fn check(cx: &Interpreter, name: &str, kind: &TypeObject, receiver: &Object) -> Outcome<()> {
    if receiver.is_instance(kind) {
        return Ok(());
    }
    let (kind, found) = (full_name(kind), receiver.type_name());
    Err(cx
        .type_error(format_args!("descriptor '{name}' requires a '{kind}' object but received a '{found}'")))
}

fn bind(cx: &Interpreter, object: &Object, instance: Option<&Object>, _: Option<&Object>) -> Outcome {
    let Some(instance) = instance else { return Ok(object.new_ref()) };
    super::check_receiver(cx, &wrapper(object).owner.get(), name(object), instance)?;
    let made = cx.birth_tracked(&cx.types.method_wrapper, |header| MethodWrapper {
        object: header,
        descriptor: Field::new(object.new_ref()),
        bound: Field::new(instance.new_ref()),
    })?;
    Ok(made.into_object())
}
