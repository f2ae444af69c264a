//! `mappingproxy`: a view of a mapping that cannot be written through.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use super::receiver;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, Field, Interpreter, Operator, Outcome, Parameters, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::support::{Piece, join};

/// A mapping proxy.
#[repr(C)]
pub struct MappingProxy {
    /// The header.
    pub object: Object,
    /// What is looked at.
    pub mapping: Field<ObjectRef>,
}
layout!(MappingProxy, object, Object);
crate::fields_lifecycle!(MappingProxy; mapping);

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "get",
        NativeCode::Positional(get),
        "",
        "Return the value for key if key is in the mapping, else default.",
    ),
    NativeMethod::new(
        "keys",
        NativeCode::NoArguments(|cx, this| forward(cx, this, "keys")),
        "",
        "a set-like object",
    ),
    NativeMethod::new(
        "values",
        NativeCode::NoArguments(|cx, this| forward(cx, this, "values")),
        "",
        "an object providing a view on the values",
    ),
    NativeMethod::new(
        "items",
        NativeCode::NoArguments(|cx, this| forward(cx, this, "items")),
        "",
        "a set-like object",
    ),
    NativeMethod::new(
        "copy",
        NativeCode::NoArguments(|cx, this| forward(cx, this, "copy")),
        "",
        "a shallow copy",
    ),
    NativeMethod::new(
        "__class_getitem__",
        NativeCode::One(super::generic_alias::class_getitem),
        "",
        "See PEP 585",
    )
    .class(),
    NativeMethod::new(
        "__reversed__",
        NativeCode::NoArguments(|cx, this| forward(cx, this, "__reversed__")),
        "",
        "reverse iterator",
    ),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.mapping_proxy,
        TypeSpec {
            flags: TypeFlags::MAPPING,
            slots: |slots| {
                slots.repr.set(Some(repr));
                slots.str.set(Some(|cx, this| cx.str(&mapping(this))));
                slots
                    .compare
                    .set(Some(|cx, left, right, comparison| cx.compare(&mapping(left), right, comparison)));
                slots.iter.set(Some(|cx, this| cx.iter(&mapping(this))));
                slots.bit_or.set(Some(|cx, left, right| {
                    cx.binary(&Operator::BIT_OR, &unwrapped(left), &unwrapped(right))
                }));
                slots.inplace_bit_or.set(Some(refuse_inplace));
                slots.length.set(Some(|cx, this| cx.length(&mapping(this))));
                slots.get_item.set(Some(|cx, this, key| cx.get_item(&mapping(this), key)));
                slots.contains.set(Some(|cx, this, key| cx.contains(&mapping(this), key)));
                slots.new.set(Some(new));
            },
            methods: METHODS,
            ..TypeSpec::of::<MappingProxy>(crate::runtime::define::never_cleared(lifecycle()))
        },
    )
}

/// A proxy of any mapping.
pub fn new_mapping_proxy(cx: &Interpreter, mapping: ObjectRef) -> Outcome {
    let made = cx.birth_tracked(&cx.types.mapping_proxy, |object| MappingProxy {
        object,
        mapping: Field::new(mapping),
    })?;
    Ok(made.into_object())
}

fn mapping(object: &Object) -> ObjectRef {
    receiver!(object, MappingProxy).mapping.get()
}

/// The mapping of a proxy; anything else as it is.
fn unwrapped(object: &Object) -> ObjectRef {
    object.layout::<MappingProxy>().map_or_else(|| object.new_ref(), |proxy| proxy.mapping.get())
}

fn new(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "mappingproxy",
        names: ["mapping"],
        positional_only: 0,
        positional: 1,
        required: 1,
    };
    let [given] = parameters.bind(cx, arguments)?;
    let given = given.unwrap_or_else(|| cx.none());
    let has_items = given.type_object().slots.get_item.get().is_some();
    if !has_items
        || given.as_list().is_some()
        || given.as_tuple().is_some()
        || given.type_object().has(TypeFlags::SEQUENCE)
    {
        let found = given.type_name();
        return Err(cx.type_error(format_args!("mappingproxy() argument must be a mapping, not {found}")));
    }
    new_mapping_proxy(cx, given)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let shown = cx.repr_text(&mapping(object))?;
    join(cx, &[Piece::Str("mappingproxy("), Piece::Text(&shown), Piece::Str(")")])
}

fn refuse_inplace(cx: &Interpreter, left: &Object, _: &Object) -> Outcome {
    let kind = left.type_name();
    Err(cx.type_error(format_args!("'|=' is not supported by {kind}; use '|' instead")))
}

fn get(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("get", arguments.len(), 1, 2)?;
    let mut values = arguments.to_vec();
    if values.len() == 1 {
        values.push(cx.none());
    }
    cx.call_method(&mapping(object), &*cx.intern("get")?, &values)
}

fn forward(cx: &Interpreter, object: &Object, name: &str) -> Outcome {
    cx.call_method(&mapping(object), &*cx.intern(name)?, &[])
}
