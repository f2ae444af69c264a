//! `getset_descriptor` and `member_descriptor`: attributes of native types, and the members of `__slots__`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use super::{check_receiver, descriptor_repr, qualified, reduce_by_name, text_or_none};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{
    AttributeDescriptor, NativeAttribute, NativeCode, NativeMethod, SlotDescriptor,
};
use crate::runtime::{Interpreter, Outcome, Raised, TypeFlags, TypeSpec, Typed};
use crate::types::support::{rust_text, text_ref};
use crate::types::type_type::lifecycle::member_field;

mod computed {
    use crate::runtime::native::AttributeDescriptor;
    crate::fields_lifecycle!(AttributeDescriptor; owner);
}

mod member {
    use crate::runtime::native::SlotDescriptor;
    crate::fields_lifecycle!(SlotDescriptor; owner, name);
}

static METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", "Helper for pickle.")];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__objclass__", |_, this| Ok(descriptor(this).owner.get()), "").member(),
    NativeAttribute::new("__name__", name_object, "").member(),
    NativeAttribute::new(
        "__doc__",
        |cx, this| text_or_none(cx, descriptor(this).attribute.get().documentation),
        "",
    ),
    NativeAttribute::new(
        "__qualname__",
        |cx, this| cx.new_text(&qualified(&descriptor(this).owner.get(), &name(this))),
        "",
    ),
];

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.getset_descriptor,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| {
                slots.repr.set(Some(|cx, this| {
                    descriptor_repr(cx, "attribute", &name(this), &descriptor(this).owner.get())
                }));
                slots.descriptor_get.set(Some(get));
                slots.descriptor_set.set(Some(set));
            },
            attributes: ATTRIBUTES,
            ..TypeSpec::of::<AttributeDescriptor>(
                crate::runtime::define::never_cleared(computed::lifecycle()),
            )
        },
    )?;
    cx.define_type(
        &cx.types.member_descriptor,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| {
                slots.repr.set(Some(|cx, this| {
                    descriptor_repr(cx, "member", &name(this), &descriptor(this).owner.get())
                }));
                slots.descriptor_get.set(Some(get));
                slots.descriptor_set.set(Some(set));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            ..TypeSpec::of::<SlotDescriptor>(crate::runtime::define::never_cleared(member::lifecycle()))
        },
    )
}

/// Members are born with room for a name, so that both kinds share one layout.
fn descriptor(object: &Object) -> &AttributeDescriptor {
    match object.layout::<SlotDescriptor>() {
        Some(member) => &member.descriptor,
        None => super::receiver!(object, AttributeDescriptor),
    }
}

/// The name of a `__slots__` member; none for native attributes.
fn member_name(object: &Object) -> Option<ObjectRef> {
    object.layout::<SlotDescriptor>().and_then(|member| member.name.get())
}

fn name(object: &Object) -> String {
    match member_name(object) {
        Some(name) => rust_text(&name),
        None => descriptor(object).attribute.get().name.to_owned(),
    }
}

fn name_object(cx: &Interpreter, object: &Object) -> Outcome {
    match member_name(object) {
        Some(name) => Ok(name),
        None => cx.new_text(descriptor(object).attribute.get().name),
    }
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    reduce_by_name(cx, descriptor(object).owner.get(), name_object(cx, object)?)
}

fn get(cx: &Interpreter, object: &Object, instance: Option<&Object>, _: Option<&Object>) -> Outcome {
    let Some(instance) = instance else { return Ok(object.new_ref()) };
    let this = descriptor(object);
    let owner = this.owner.get();
    if owner.as_type().is_some_and(|kind| !instance.is_instance(kind)) {
        check_receiver(cx, &owner, &name(object), instance)?;
    }
    let Some(name) = member_name(object) else { return (this.attribute.get().get)(cx, instance) };
    let offset = object.layout::<SlotDescriptor>().map_or(0, |member| member.offset.get());
    match member_field(instance, offset).get() {
        Some(value) => Ok(value),
        None => Err(empty_member(cx, instance, &name)),
    }
}

#[cold]
fn empty_member(cx: &Interpreter, instance: &Object, name: &Object) -> Raised {
    match text_ref(name) {
        Some(text) => cx.no_such_attribute(instance, &text),
        None => cx.attribute_error(rust_text(name), instance, name),
    }
}

fn set(cx: &Interpreter, object: &Object, instance: &Object, value: Option<&Object>) -> Outcome<()> {
    let this = descriptor(object);
    let owner = this.owner.get();
    if owner.as_type().is_some_and(|kind| !instance.is_instance(kind)) {
        check_receiver(cx, &owner, &name(object), instance)?;
    }
    if let Some(member) = object.layout::<SlotDescriptor>()
        && let Some(name) = member.name.get()
    {
        return set_member(cx, instance, member.offset.get(), &name, value);
    }
    let attribute = this.attribute.get();
    match attribute.set {
        Some(set) => set(cx, instance, value),
        None => Err(not_writable(cx, &owner, attribute, instance)),
    }
}

fn set_member(
    cx: &Interpreter,
    instance: &Object,
    offset: u32,
    name: &Object,
    value: Option<&Object>,
) -> Outcome<()> {
    let old = member_field(instance, offset).replace(value.map(Object::new_ref));
    if old.is_none() && value.is_none() {
        return Err(cx.attribute_error(rust_text(name), instance, name));
    }
    Ok(())
}

#[cold]
fn not_writable(cx: &Interpreter, owner: &Object, attribute: &NativeAttribute, instance: &Object) -> Raised {
    let message = if attribute.is_member {
        "readonly attribute".to_owned()
    } else {
        let owner = owner.as_type().map(crate::runtime::protocol::call::full_name).unwrap_or_default();
        format!("attribute '{}' of '{owner}' objects is not writable", attribute.name)
    };
    let _ = instance;
    cx.raise_text(&cx.types.attribute_error, &message)
}
