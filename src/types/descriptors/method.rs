//! `method_descriptor` and `classmethod_descriptor`: native methods in the namespace of a type.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use super::{check_receiver, class_of, descriptor_repr, qualified, receiver, reduce_by_name, text_or_none};
use crate::object::Object;
use crate::runtime::native::{MethodDescriptor, NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::protocol::call::full_name;
use crate::runtime::{Arguments, Interpreter, Outcome, TypeFlags, TypeSpec, Typed};

crate::fields_lifecycle!(MethodDescriptor; owner);

static METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", "Helper for pickle.")];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__objclass__", |_, this| Ok(this_method(this).owner.get()), "").member(),
    NativeAttribute::new("__name__", |cx, this| cx.new_text(name(this)), "").member(),
    NativeAttribute::new(
        "__doc__",
        |cx, this| text_or_none(cx, this_method(this).method.get().documentation),
        "",
    ),
    NativeAttribute::new(
        "__qualname__",
        |cx, this| cx.new_text(&qualified(&this_method(this).owner.get(), name(this))),
        "",
    ),
    NativeAttribute::new(
        "__text_signature__",
        |cx, this| text_or_none(cx, this_method(this).method.get().signature),
        "",
    ),
];

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let spec = || TypeSpec {
        flags: TypeFlags::DISALLOW_INSTANTIATION,
        slots: |slots| {
            slots.repr.set(Some(|cx, this| {
                descriptor_repr(cx, "method", name(this), &this_method(this).owner.get())
            }));
        },
        methods: METHODS,
        attributes: ATTRIBUTES,
        ..TypeSpec::of::<MethodDescriptor>(crate::runtime::define::never_cleared(lifecycle()))
    };
    cx.define_type(
        &cx.types.method_descriptor,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION | TypeFlags::METHOD_DESCRIPTOR,
            slots: |slots| {
                slots.repr.set(Some(|cx, this| {
                    descriptor_repr(cx, "method", name(this), &this_method(this).owner.get())
                }));
                slots.call.set(Some(call));
                slots.descriptor_get.set(Some(bind));
            },
            ..spec()
        },
    )?;
    cx.define_type(
        &cx.types.classmethod_descriptor,
        TypeSpec {
            methods: &[],
            slots: |slots| {
                slots.repr.set(Some(|cx, this| {
                    descriptor_repr(cx, "method", name(this), &this_method(this).owner.get())
                }));
                slots.call.set(Some(call_class_method));
                slots.descriptor_get.set(Some(bind_to_class));
            },
            ..spec()
        },
    )
}

fn this_method(object: &Object) -> &MethodDescriptor {
    receiver!(object, MethodDescriptor)
}

fn name(object: &Object) -> &'static str {
    this_method(object).method.get().name
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    reduce_by_name(cx, this_method(object).owner.get(), cx.new_text(name(object))?)
}

/// `descriptor(self, ...)`
fn call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let this = this_method(object);
    let (method, owner) = (this.method.get(), this.owner.get());
    let Some(receiver) = arguments.positional_values().first() else {
        let shown = qualified(&owner, method.name);
        return Err(cx.type_error(format_args!("unbound method {shown}() needs an argument")));
    };
    check_receiver(cx, &owner, method.name, receiver)?;
    cx.call_native(method, receiver, arguments.without_first(), || qualified(&owner, method.name))
}

fn bind(cx: &Interpreter, object: &Object, instance: Option<&Object>, _: Option<&Object>) -> Outcome {
    let Some(instance) = instance else { return Ok(object.new_ref()) };
    let this = this_method(object);
    let (method, owner) = (this.method.get(), this.owner.get());
    check_receiver(cx, &owner, method.name, instance)?;
    Ok(cx.new_builtin_function(method, Some(instance.new_ref()), None, Some(owner))?.into_object())
}

fn bind_to_class(
    cx: &Interpreter,
    object: &Object,
    instance: Option<&Object>,
    class: Option<&Object>,
) -> Outcome {
    let this = this_method(object);
    let (method, owner) = (this.method.get(), this.owner.get());
    let owner_name = owner.as_type().map(full_name).unwrap_or_default();
    let name = method.name;
    let Some(class) = class.or_else(|| instance.map(class_of)) else {
        return Err(cx.type_error(format_args!(
            "descriptor '{name}' for type '{owner_name}' needs either an object or a type"
        )));
    };
    let Some(kind) = class.as_type() else {
        let found = class.type_name();
        return Err(cx.type_error(format_args!(
            "descriptor '{name}' for type '{owner_name}' needs a type, not a '{found}' as arg 2"
        )));
    };
    if owner.as_type().is_some_and(|owner| !kind.is_subtype(owner)) {
        let found = full_name(kind);
        return Err(cx.type_error(format_args!(
            "descriptor '{name}' requires a subtype of '{owner_name}' but received '{found}'"
        )));
    }
    Ok(cx.new_builtin_function(method, Some(class.new_ref()), None, Some(owner))?.into_object())
}

fn call_class_method(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let this = this_method(object);
    let Some(class) = arguments.positional_values().first() else {
        let (name, owner) = (name(object), this.owner.get());
        let owner = owner.as_type().map(full_name).unwrap_or_default();
        return Err(cx.type_error(format_args!("descriptor '{name}' of '{owner}' object needs an argument")));
    };
    let bound = bind_to_class(cx, object, None, Some(class))?;
    cx.call_with(&bound, arguments.without_first())
}
