//! `weakref.ref`.

use super::{as_weak, full_name, no_arguments, obtain, referent_and_callback, referent_died};
use crate::object::weak::{self, Sharing, WeakReference};
use crate::object::{Object, ObjectRef};
use crate::runtime::{
    Arguments, Comparison, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, TypeFlags,
    TypeObject, TypeSpec, Typed,
};

static METHODS: &[NativeMethod] =
    &[NativeMethod::new("__class_getitem__", NativeCode::One(class_getitem), "", "See PEP 585").class()];

static ATTRIBUTES: &[NativeAttribute] = &[NativeAttribute::new("__callback__", callback, "").member()];

pub(super) fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.weak_reference,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.init.set(Some(init));
                slots.call.set(Some(call));
                slots.hash.set(Some(hash));
                slots.repr.set(Some(repr));
                slots.compare.set(Some(compare));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            ..TypeSpec::of::<WeakReference>(weak::lifecycle(referent_died))
        },
    )
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let (referent, callback) = referent_and_callback(cx, "__new__", arguments.positional_values())?;
    let plain = std::ptr::eq(kind, &*cx.types.weak_reference);
    obtain(cx, kind, &referent, callback, if plain { Sharing::Reference } else { Sharing::Own })
}

fn init(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    cx.no_keywords("ref", arguments)?;
    referent_and_callback(cx, "__init__", arguments.values).map(drop)
}

fn call(cx: &Interpreter, this: &Object, arguments: Arguments<'_>) -> Outcome {
    no_arguments(cx, "weakref", arguments)?;
    Ok(referent(this).unwrap_or_else(|| cx.none()))
}

fn referent(this: &Object) -> Option<ObjectRef> {
    as_weak(this).and_then(WeakReference::upgrade)
}

/// The referent's hash, kept so that it can be asked for when the referent is gone.
fn hash(cx: &Interpreter, this: &Object) -> Outcome<i64> {
    let known = as_weak(this).map_or(-1, |weak| weak.hash.get());
    if known != -1 {
        return Ok(known);
    }
    let Some(referent) = referent(this) else {
        return Err(cx.type_error("weak object has gone away"));
    };
    let hash = cx.hash(&referent)?;
    if let Some(weak) = as_weak(this) {
        weak.hash.set(hash);
    }
    Ok(hash)
}

fn repr(cx: &Interpreter, this: &Object) -> Outcome {
    let Some(referent) = referent(this) else {
        return cx.new_text(&format!("<weakref at {:#x}; dead>", this.address()));
    };
    let name = cx.find_attribute(&referent, &cx.names.name)?;
    let name =
        name.as_deref().and_then(Object::as_text).map(|name| format!(" ({})", name.to_rust_string_lossy()));
    cx.new_text(&format!(
        "<weakref at {:#x}; to '{}' at {:#x}{}>",
        this.address(),
        full_name(referent.type_object()),
        referent.address(),
        name.unwrap_or_default()
    ))
}

/// Live references compare as their referents, dead ones by identity.
fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let is_reference = |object: &Object| object.is_instance(&cx.types.weak_reference);
    let by_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    if !by_equality || !is_reference(left) || !is_reference(right) {
        return Ok(cx.not_implemented.clone());
    }
    match (referent(left), referent(right)) {
        (Some(left), Some(right)) => cx.compare(&left, &right, comparison),
        _ => Ok(cx.new_bool(left.is(right) == (comparison == Comparison::Equal))),
    }
}

fn callback(cx: &Interpreter, this: &Object) -> Outcome {
    Ok(as_weak(this).and_then(WeakReference::callback_ref).unwrap_or_else(|| cx.none()))
}

fn class_getitem(cx: &Interpreter, class: &Object, item: &Object) -> Outcome {
    cx.call(&cx.types.generic_alias, &[class.new_ref(), item.new_ref()])
}
