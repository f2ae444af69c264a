//! `classmethod` and `staticmethod`: a callable that is bound to the class, or to nothing.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use std::mem::offset_of;

use super::class_of;
use super::receiver;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeAttribute, WrappedMethod};
use crate::runtime::{
    Arguments, DictPlace, Field, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::support::{Piece, join};
use crate::types::type_type::attributes::{instance_dict, set_built_in_dict};

crate::fields_lifecycle!(WrappedMethod; callable, dict);

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__func__", |_, this| Ok(callable(this)), "").member(),
    NativeAttribute::new("__wrapped__", |_, this| Ok(callable(this)), "").member(),
    NativeAttribute::new("__isabstractmethod__", is_abstract, ""),
    NativeAttribute::new("__dict__", instance_dict, "").with_set(set_built_in_dict),
];

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let dict_place = DictPlace::Field(offset_of!(WrappedMethod, dict) as u32);
    cx.define_type(
        &cx.types.classmethod,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE,
            dict_place,
            slots: |slots| {
                slots.repr.set(Some(|cx, this| repr(cx, "classmethod", this)));
                slots.descriptor_get.set(Some(bind_to_class));
                slots.new.set(Some(new));
                slots.init.set(Some(|cx, this, arguments| init(cx, "classmethod", this, arguments)));
            },
            attributes: ATTRIBUTES,
            documentation: "classmethod(function) -> method\n\nConvert a function to be a class method.",
            ..TypeSpec::of::<WrappedMethod>(lifecycle())
        },
    )?;
    cx.define_type(
        &cx.types.staticmethod,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE,
            dict_place,
            slots: |slots| {
                slots.repr.set(Some(|cx, this| repr(cx, "staticmethod", this)));
                slots.call.set(Some(|cx, this, arguments| cx.call_with(&callable(this), arguments)));
                slots.descriptor_get.set(Some(|_, this, _, _| Ok(callable(this))));
                slots.new.set(Some(new));
                slots.init.set(Some(|cx, this, arguments| init(cx, "staticmethod", this, arguments)));
            },
            attributes: ATTRIBUTES,
            documentation: "staticmethod(function) -> method\n\nConvert a function to be a static method.",
            ..TypeSpec::of::<WrappedMethod>(lifecycle())
        },
    )
}

/// `classmethod(callable)`, without copying attributes: for the methods that become class methods by their name.
pub fn new_class_method(cx: &Interpreter, callable: ObjectRef) -> Outcome {
    let made = cx.birth_tracked(&cx.types.classmethod, |object| WrappedMethod {
        object,
        callable: Field::new(callable),
        dict: Field::new(None),
    })?;
    Ok(made.into_object())
}

fn callable(object: &Object) -> ObjectRef {
    receiver!(object, WrappedMethod).callable.get()
}

fn new(cx: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    let made = cx.birth_tracked(kind, |object| WrappedMethod {
        object,
        callable: Field::new(cx.none()),
        dict: Field::new(None),
    })?;
    Ok(made.into_object())
}

fn init(cx: &Interpreter, name: &str, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    cx.no_keywords(name, arguments)?;
    cx.check_positional(name, arguments.values.len(), 1, 1)?;
    let Some(function) = arguments.values.first() else { return Ok(()) };
    receiver!(object, WrappedMethod).callable.set(function.clone());
    copy_attributes(cx, object, function)
}

/// Takes over what the callable is called and documented by.
fn copy_attributes(cx: &Interpreter, object: &Object, function: &Object) -> Outcome<()> {
    let Some(dict) = cx.instance_dict(object)? else { return Ok(()) };
    for name in [&cx.names.module, &cx.names.name, &cx.names.qualname, &cx.names.doc, &cx.names.annotations] {
        if let Some(value) = cx.find_attribute(function, name)? {
            cx.dict_set_text(&dict, name, value)?;
        }
    }
    Ok(())
}

/// Binds the callable to the class: another descriptor by its own means, anything else as a method of the class.
fn bind_to_class(
    cx: &Interpreter,
    object: &Object,
    instance: Option<&Object>,
    class: Option<&Object>,
) -> Outcome {
    let callable = callable(object);
    let Some(class) = class.or_else(|| instance.map(class_of)) else {
        return Err(cx.type_error("__get__(None, None) is invalid"));
    };
    if let Some(get) = callable.type_object().slots.descriptor_get.get() {
        return get(cx, &callable, Some(class), Some(class));
    }
    // A function binds whatever it is given, also what cannot be called.
    match cx.types.function.slots.descriptor_get.get() {
        Some(bind) => bind(cx, &callable, Some(class), None),
        None => cx.call(&cx.types.method, &[callable, class.new_ref()]),
    }
}

fn is_abstract(cx: &Interpreter, object: &Object) -> Outcome {
    let found = cx.find_attribute(&callable(object), &cx.names.isabstractmethod)?;
    Ok(cx.new_bool(match found {
        Some(found) => cx.is_true(&found)?,
        None => false,
    }))
}

fn repr(cx: &Interpreter, name: &str, object: &Object) -> Outcome {
    let shown = cx.repr_text(&callable(object))?;
    join(cx, &[Piece::Str(&format!("<{name}(")), Piece::Text(&shown), Piece::Str(")>")])
}
