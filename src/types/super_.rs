//! `super`: attribute lookup that begins behind a class in the MRO of an object.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::native::NativeAttribute;
use crate::runtime::protocol::attribute::generic_get;
use crate::runtime::{Arguments, Field, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed};
use crate::types::support::reference;
use crate::values::text::Text;

/// A super object.
#[repr(C)]
pub struct Super {
    /// The header.
    pub object: Object,
    /// `__thisclass__`
    pub class: Field<Option<ObjectRef>>,
    /// `__self__`
    pub bound: Field<Option<ObjectRef>>,
    /// `__self_class__`
    pub bound_class: Field<Option<ObjectRef>>,
}
layout!(Super, object, Object);
crate::fields_lifecycle!(Super; bound, class, bound_class);

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "__thisclass__",
        |cx, this| Ok(super_of(this).class.get().unwrap_or_else(|| cx.none())),
        "the class invoking super()",
    )
    .member(),
    NativeAttribute::new(
        "__self__",
        |cx, this| Ok(super_of(this).bound.get().unwrap_or_else(|| cx.none())),
        "the instance invoking super(); may be None",
    )
    .member(),
    NativeAttribute::new(
        "__self_class__",
        |cx, this| Ok(super_of(this).bound_class.get().unwrap_or_else(|| cx.none())),
        "the type of the instance invoking super(); may be None",
    )
    .member(),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(&cx.types.super_, TypeSpec {
        flags: TypeFlags::BASE_TYPE,
        slots: |slots| {
            slots.repr.set(Some(repr));
            slots.get_attribute.set(Some(get_attribute));
            slots.descriptor_get.set(Some(bind));
            slots.new.set(Some(new));
            slots.init.set(Some(init));
        },
        short_call: Some(make),
        attributes: ATTRIBUTES,
        documentation: "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n\
                        super(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> \
                        bound super object; requires issubclass(type2, type)",
        ..TypeSpec::of::<Super>(crate::runtime::define::never_cleared(lifecycle()))
    })
}

/// `super(kind, object)`
pub fn super_from(cx: &Interpreter, kind: &TypeObject, object: &Object) -> Outcome {
    bound_super(cx, kind.new_ref(), object.new_ref())
}

/// `super()` in a method.
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    values.is_empty().then(|| class_and_first(cx).and_then(|(class, first)| bound_super(cx, class, first)))
}

fn bound_super(cx: &Interpreter, class: ObjectRef, bound: ObjectRef) -> Outcome {
    let bound_class = check(cx, &class, &bound)?.into_object();
    let made = cx.birth_tracked(&cx.types.super_, |object| Super {
        object,
        class: Field::new(Some(class)),
        bound: Field::new(Some(bound)),
        bound_class: Field::new(Some(bound_class)),
    })?;
    Ok(made.into_object())
}

fn super_of(object: &Object) -> &Super {
    crate::types::descriptors::receiver!(object, Super)
}

fn new(cx: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    let made = cx.birth_tracked(kind, |object| Super {
        object,
        class: Field::new(None),
        bound: Field::new(None),
        bound_class: Field::new(None),
    })?;
    Ok(made.into_object())
}

/// The class and the first argument that `super()` without arguments means.
fn class_and_first(cx: &Interpreter) -> Outcome<(ObjectRef, ObjectRef)> {
    match cx.super_frame.get() {
        Some(find) => find(cx),
        None => Err(cx.runtime_error("super(): no current frame")),
    }
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    cx.no_keywords("super", arguments)?;
    cx.check_positional("super()", arguments.values.len(), 0, 2)?;
    match arguments.values {
        [] => {
            let (class, first) = class_and_first(cx)?;
            fill(cx, object, class, Some(first))
        }
        [class, rest @ ..] => {
            if class.as_type().is_none() {
                // Called as a function the type itself says so; otherwise the parser of its arguments does.
                let is_call = object.is_exactly(&cx.types.super_) && super_of(object).class.get().is_none();
                let (article, found) = (if is_call { "a " } else { "" }, class.type_name());
                let message = format_args!("super() argument 1 must be {article}type, not {found}");
                return Err(cx.type_error(message));
            }
            let bound = rest.first().filter(|bound| !cx.is_none(bound)).cloned();
            fill(cx, object, class.clone(), bound)
        }
    }
}

fn fill(cx: &Interpreter, object: &Object, class: ObjectRef, bound: Option<ObjectRef>) -> Outcome<()> {
    let bound_class = match &bound {
        Some(bound) => Some(check(cx, &class, bound)?.into_object()),
        None => None,
    };
    let this = super_of(object);
    this.class.set(Some(class));
    this.bound.set(bound);
    this.bound_class.set(bound_class);
    Ok(())
}

/// The class whose MRO is searched: the object itself where it is a class below `class`, or its type.
fn check(cx: &Interpreter, class: &Object, object: &Object) -> Outcome<Ref<TypeObject>> {
    let Some(class) = class.as_type() else { return Err(cx.type_error("super() argument 1 must be a type")) };
    if let Some(kind) = object.as_type().filter(|kind| kind.is_subtype(class)) {
        return Ok(reference(kind));
    }
    if object.is_instance(class) {
        return Ok(reference(object.type_object()));
    }
    let claimed = cx.find_attribute(object, &cx.names.class)?;
    if let Some(kind) = claimed.as_ref().and_then(|claimed| claimed.as_type())
        && kind.is_subtype(class)
    {
        return Ok(reference(kind));
    }
    Err(cx.type_error("super(type, obj): obj must be an instance or subtype of type"))
}

fn get_attribute(cx: &Interpreter, object: &Object, name: &Object) -> Outcome {
    let name = cx.attribute_name(name)?;
    let this = super_of(object);
    let (bound, bound_class) = (this.bound.get(), this.bound_class.get());
    if let (Some(bound), Some(start)) = (&bound, bound_class.as_ref().and_then(|class| class.as_type())) {
        // `__class__` is that of the super object itself.
        if !name.is(&cx.names.class)
            && let Some(found) = search(cx, this, start, &name)?
        {
            return match found.type_object().slots.descriptor_get.get() {
                None => Ok(found),
                Some(get) => {
                    let instance = if std::ptr::addr_eq(start, &**bound) { None } else { Some(&**bound) };
                    get(cx, &found, instance, Some(start))
                }
            };
        }
    }
    generic_get(cx, object, &name)
}

/// The function that a method call on a super object means, and its `self`; none where more than a method is asked for.
pub fn method_of(cx: &Interpreter, object: &Object, name: &Text) -> Outcome<Option<(ObjectRef, ObjectRef)>> {
    let this = super_of(object);
    let (Some(bound), Some(start)) = (this.bound.get(), this.bound_class.get()) else { return Ok(None) };
    let Some(start) = start.as_type().filter(|_| !start.is(&bound) && !name.equals_str("__class__")) else {
        return Ok(None);
    };
    let found = search(cx, this, start, name)?;
    let method = found.filter(|found| found.type_object().has(TypeFlags::METHOD_DESCRIPTOR));
    Ok(method.map(|method| (method, bound)))
}

/// Looks behind the class in the MRO.
fn search(cx: &Interpreter, this: &Super, start: &TypeObject, name: &Text) -> Outcome<Option<ObjectRef>> {
    let (Some(mro), Some(class)) = (start.mro.get(), this.class.get()) else { return Ok(None) };
    let kinds = mro.items();
    let place = kinds.iter().position(|kind| kind.is(&class));
    let behind = place.map_or(&[][..], |place| &kinds[place + 1..]);
    if let Some(next) = behind.first().and_then(|next| next.as_type())
        && is_mro_of(next, behind)
    {
        return Ok(cx.type_lookup(next, name));
    }
    for kind in behind.iter().filter_map(|kind| kind.as_type()) {
        if let Some(found) = cx.dict_get_text(&kind.namespace(), name)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Whether classes are the MRO of the first of them, as without several bases: then looking in them is looking in it.
fn is_mro_of(kind: &TypeObject, behind: &[ObjectRef]) -> bool {
    kind.mro.get().is_some_and(|own| {
        let own = own.items();
        own.len() == behind.len() && own.iter().zip(behind).all(|(one, other)| one.is(other))
    })
}

/// An unbound super object binds to the instance that it is read from.
fn bind(cx: &Interpreter, object: &Object, instance: Option<&Object>, _: Option<&Object>) -> Outcome {
    let this = super_of(object);
    let Some(instance) = instance.filter(|instance| !cx.is_none(instance)) else {
        return Ok(object.new_ref());
    };
    if this.bound.is_some() {
        return Ok(object.new_ref());
    }
    let class = this.class.get().unwrap_or_else(|| cx.none());
    if !object.is_exactly(&cx.types.super_) {
        return cx.call(object.type_object(), &[class, instance.new_ref()]);
    }
    match class.as_type() {
        Some(kind) => super_from(cx, kind, instance),
        None => Ok(object.new_ref()),
    }
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let this = super_of(object);
    let class = this.class.get().and_then(|class| class.as_type().map(TypeObject::name_text));
    let class = class.unwrap_or_else(|| "NULL".to_owned());
    match this.bound_class.get().and_then(|kind| kind.as_type().map(TypeObject::name_text)) {
        Some(kind) => cx.new_text(&format!("<super: <class '{class}'>, <{kind} object>>")),
        None => cx.new_text(&format!("<super: <class '{class}'>, NULL>")),
    }
}
