//! `builtin_function_or_method`: a native function, free or bound.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use std::mem::offset_of;

use super::{receiver, text_or_none};
use crate::object::{Object, ObjectRef, WeakSupport};
use crate::runtime::native::{
    Binding, BuiltinFunction, NativeAttribute, NativeCode, NativeMethod, takes_tuple,
};
use crate::runtime::protocol::hash::pointer_hash;
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeFlags, TypeSpec, Typed};
use crate::types::support::rust_text;

crate::fields_lifecycle!(
    BuiltinFunction,
    WeakSupport::Field(offset_of!(BuiltinFunction, weak_list) as u32);
    bound, module, owner
);

static METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", "Helper for pickle.")];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "__module__",
        |cx, this| Ok(function(this).module.get().unwrap_or_else(|| cx.none())),
        "",
    )
    .with_set(|_, this, value| {
        function(this).module.set(value.map(Object::new_ref));
        Ok(())
    })
    .member(),
    NativeAttribute::new(
        "__doc__",
        |cx, this| text_or_none(cx, function(this).method.get().documentation),
        "",
    ),
    NativeAttribute::new("__name__", |cx, this| cx.new_text(function(this).method.get().name), ""),
    NativeAttribute::new("__qualname__", |cx, this| cx.new_text(&qualified_name(cx, this)), ""),
    NativeAttribute::new(
        "__self__",
        |cx, this| Ok(function(this).bound.get().unwrap_or_else(|| cx.none())),
        "",
    ),
    NativeAttribute::new(
        "__text_signature__",
        |cx, this| text_or_none(cx, function(this).method.get().signature),
        "",
    ),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.builtin_function,
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
            ..TypeSpec::of::<BuiltinFunction>(crate::runtime::define::never_cleared(lifecycle()))
        },
    )
}

fn function(object: &Object) -> &BuiltinFunction {
    receiver!(object, BuiltinFunction)
}

/// What the function belongs to: the object it is bound to, or the type of a static method. None for those of modules.
fn receiver_of(cx: &Interpreter, this: &BuiltinFunction) -> Option<ObjectRef> {
    let receiver = match this.method.get().binding {
        Binding::Static => this.owner.get(),
        Binding::Instance | Binding::Class => this.bound.get(),
    };
    receiver.filter(|receiver| !receiver.is_instance(&cx.types.module))
}

fn qualified_name(cx: &Interpreter, object: &Object) -> String {
    let this = function(object);
    let name = this.method.get().name;
    let Some(receiver) = receiver_of(cx, this) else { return name.to_owned() };
    let kind = receiver.as_type().unwrap_or_else(|| receiver.type_object());
    format!("{}.{name}", rust_text(&kind.qualified_name.get()))
}

/// The name in messages: with the module, unless that is builtins.
fn display_name(cx: &Interpreter, object: &Object) -> String {
    let this = function(object);
    let owner = this.owner.get().and_then(|owner| owner.as_type().map(|owner| owner.name_text()));
    let owner = owner.or_else(|| this.module.get().map(|module| rust_text(&module)));
    let name = this.method.get().name;
    if owner.is_some_and(|owner| takes_tuple(&owner, name)) {
        return name.to_owned();
    }
    let name = qualified_name(cx, object);
    match function(object).module.get().map(|module| rust_text(&module)) {
        Some(module) if !module.is_empty() && module != "builtins" => format!("{module}.{name}"),
        _ => name,
    }
}

fn call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let this = function(object);
    let bound = this.bound.get();
    let receiver = bound.as_deref().unwrap_or(&cx.none);
    cx.call_native(this.method.get(), receiver, arguments, || display_name(cx, object))
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let this = function(object);
    let name = this.method.get().name;
    match receiver_of(cx, this) {
        None => cx.new_text(&format!("<built-in function {name}>")),
        Some(bound) => {
            let (kind, address) = (bound.type_name(), bound.address());
            cx.new_text(&format!("<built-in method {name} of {kind} object at {address:#x}>"))
        }
    }
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let this = function(object);
    let name = cx.new_text(this.method.get().name)?;
    match receiver_of(cx, this) {
        None => Ok(name),
        Some(bound) => super::reduce_by_name(cx, bound, name),
    }
}

fn is_bound_to_same(left: &BuiltinFunction, right: &BuiltinFunction) -> bool {
    let same = match (left.bound.get(), right.bound.get()) {
        (Some(left), Some(right)) => left.is(&right),
        (None, None) => true,
        _ => false,
    };
    same && std::ptr::eq(left.method.get(), right.method.get())
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let wanted = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return Ok(cx.not_implemented.clone()),
    };
    match (left.layout::<BuiltinFunction>(), right.layout::<BuiltinFunction>()) {
        (Some(left), Some(right)) => Ok(cx.new_bool(is_bound_to_same(left, right) == wanted)),
        _ => Ok(cx.not_implemented.clone()),
    }
}

fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let this = function(object);
    let bound = match this.bound.get() {
        Some(bound) => pointer_hash(cx, &bound)?,
        None => 0,
    };
    let mixed = bound ^ (std::ptr::from_ref(this.method.get()).addr() as i64).rotate_right(4);
    Ok(if mixed == -1 { -2 } else { mixed })
}
