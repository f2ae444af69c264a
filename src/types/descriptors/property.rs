//! `property`: an attribute that is computed by functions.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use std::cell::Cell;

use super::receiver;
use crate::object::{Lent, Object, ObjectRef, layout};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, Field, Interpreter, Outcome, Parameters, Raised, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::support::{repr_text, rust_text};

/// A property.
#[repr(C)]
pub struct Property {
    /// The header.
    pub object: Object,
    /// `fget`
    pub getter: Field<Option<ObjectRef>>,
    /// `fset`
    pub setter: Field<Option<ObjectRef>>,
    /// `fdel`
    pub deleter: Field<Option<ObjectRef>>,
    /// `__doc__`
    pub documentation: Field<Option<ObjectRef>>,
    /// The name under which it stands in its class.
    pub name: Field<Option<ObjectRef>>,
    /// The documentation is the getter's.
    pub documented_by_getter: Cell<bool>,
}
layout!(Property, object, Object);
crate::fields_lifecycle!(Property; getter, setter, deleter, documentation, name);

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "getter",
        NativeCode::One(|cx, this, function| copy_with(cx, this, Some(function), None, None)),
        "",
        "Descriptor to obtain a copy of the property with a different getter.",
    ),
    NativeMethod::new(
        "setter",
        NativeCode::One(|cx, this, function| copy_with(cx, this, None, Some(function), None)),
        "",
        "Descriptor to obtain a copy of the property with a different setter.",
    ),
    NativeMethod::new(
        "deleter",
        NativeCode::One(|cx, this, function| copy_with(cx, this, None, None, Some(function))),
        "",
        "Descriptor to obtain a copy of the property with a different deleter.",
    ),
    NativeMethod::new(
        "__set_name__",
        NativeCode::Positional(set_name),
        "",
        "Method to set name of a property.",
    ),
];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("fget", |cx, this| Ok(or_none(cx, &property(this).getter)), "").member(),
    NativeAttribute::new("fset", |cx, this| Ok(or_none(cx, &property(this).setter)), "").member(),
    NativeAttribute::new("fdel", |cx, this| Ok(or_none(cx, &property(this).deleter)), "").member(),
    NativeAttribute::new("__doc__", |cx, this| Ok(or_none(cx, &property(this).documentation)), "")
        .with_set(|_, this, value| {
            property(this).documentation.set(value.map(Object::new_ref));
            Ok(())
        })
        .member(),
    NativeAttribute::new("__isabstractmethod__", is_abstract, ""),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.property,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE,
            slots: |slots| {
                slots.descriptor_get.set(Some(get));
                slots.descriptor_set.set(Some(set));
                slots.new.set(Some(new));
                slots.init.set(Some(init));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nProperty attribute.",
            ..TypeSpec::of::<Property>(crate::runtime::define::never_cleared(lifecycle()))
        },
    )
}

fn property(object: &Object) -> &Property {
    receiver!(object, Property)
}

fn or_none(cx: &Interpreter, field: &Field<Option<ObjectRef>>) -> ObjectRef {
    field.get().unwrap_or_else(|| cx.none())
}

fn new(cx: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    let made = cx.birth_tracked(kind, |object| Property {
        object,
        getter: Field::new(None),
        setter: Field::new(None),
        deleter: Field::new(None),
        documentation: Field::new(None),
        name: Field::new(None),
        documented_by_getter: Cell::new(false),
    })?;
    Ok(made.into_object())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let parameters = Parameters {
        function: "property",
        names: ["fget", "fset", "fdel", "doc"],
        positional_only: 0,
        positional: 4,
        required: 0,
    };
    let given = parameters.bind(cx, arguments)?;
    let [getter, setter, deleter, documentation] =
        given.map(|given| given.filter(|given| !cx.is_none(given)));
    let this = property(object);
    this.getter.set(getter.clone());
    this.setter.set(setter);
    this.deleter.set(deleter);
    this.documented_by_getter.set(false);
    this.name.set(None);
    this.documentation.set(documentation.clone());
    match (documentation, getter) {
        (None, Some(getter)) => document_by_getter(cx, object, &getter),
        (Some(documentation), _) if !object.is_exactly(&cx.types.property) => {
            cx.set_attribute_text(object, &cx.names.doc, Some(&documentation))
        }
        _ => Ok(()),
    }
}

/// Takes the getter's documentation over; an instance of a subclass keeps it among its attributes.
fn document_by_getter(cx: &Interpreter, object: &Object, getter: &Object) -> Outcome<()> {
    let Some(documentation) = cx.find_attribute(getter, &cx.names.doc)?.filter(|found| !cx.is_none(found))
    else {
        return Ok(());
    };
    let this = property(object);
    if object.is_exactly(&cx.types.property) {
        this.documentation.set(Some(documentation));
    } else {
        cx.set_attribute_text(object, &cx.names.doc, Some(&documentation))?;
    }
    this.documented_by_getter.set(true);
    Ok(())
}

/// A copy by way of its type, with other functions.
fn copy_with(
    cx: &Interpreter,
    object: &Object,
    getter: Option<&Object>,
    setter: Option<&Object>,
    deleter: Option<&Object>,
) -> Outcome {
    let this = property(object);
    let choose = |new: Option<&Object>, field: &Field<Option<ObjectRef>>| match new {
        Some(new) if !cx.is_none(new) => new.new_ref(),
        _ => or_none(cx, field),
    };
    let getter = choose(getter, &this.getter);
    let documentation = if this.documented_by_getter.get() && !cx.is_none(&getter) {
        cx.none()
    } else {
        or_none(cx, &this.documentation)
    };
    let arguments = [getter, choose(setter, &this.setter), choose(deleter, &this.deleter), documentation];
    let made = cx.call(object.type_object(), &arguments)?;
    if let Some(copy) = made.layout::<Property>() {
        copy.name.set(this.name.get());
    }
    Ok(made)
}

fn set_name(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let [_, name] = arguments else {
        let given = arguments.len();
        return Err(
            cx.type_error(format_args!("__set_name__() takes 2 positional arguments but {given} were given"))
        );
    };
    property(object).name.set(Some(name.clone()));
    Ok(cx.none())
}

fn get(cx: &Interpreter, object: &Object, instance: Option<&Object>, _: Option<&Object>) -> Outcome {
    let Some(instance) = instance.filter(|instance| !cx.is_none(instance)) else {
        return Ok(object.new_ref());
    };
    match property(object).getter.get() {
        Some(getter) => cx.call_held(getter, Arguments::positional(Lent::row(&[Lent::new(instance)]))),
        None => Err(missing(cx, object, instance, "getter")?),
    }
}

fn set(cx: &Interpreter, object: &Object, instance: &Object, value: Option<&Object>) -> Outcome<()> {
    let this = property(object);
    let (function, what) = match value {
        Some(_) => (this.setter.get(), "setter"),
        None => (this.deleter.get(), "deleter"),
    };
    let Some(function) = function else { return Err(missing(cx, object, instance, what)?) };
    let instance = Lent::new(instance);
    match value {
        Some(value) => {
            cx.call_held(function, Arguments::positional(Lent::row(&[instance, Lent::new(value)])))
        }
        None => cx.call_held(function, Arguments::positional(Lent::row(&[instance]))),
    }
    .map(drop)
}

#[cold]
fn missing(cx: &Interpreter, object: &Object, instance: &Object, what: &str) -> Outcome<Raised> {
    let kind = rust_text(&instance.type_object().qualified_name.get());
    let message = match property(object).name.get() {
        Some(name) => format!("property {} of '{kind}' object has no {what}", repr_text(cx, &name)?),
        None => format!("property of '{kind}' object has no {what}"),
    };
    Ok(cx.raise_text(&cx.types.attribute_error, &message))
}

fn is_abstract(cx: &Interpreter, object: &Object) -> Outcome {
    let this = property(object);
    for function in [&this.getter, &this.setter, &this.deleter].into_iter().filter_map(Field::get) {
        if let Some(found) = cx.find_attribute(&function, &cx.names.isabstractmethod)?
            && cx.is_true(&found)?
        {
            return Ok(cx.true_.clone());
        }
    }
    Ok(cx.false_.clone())
}
