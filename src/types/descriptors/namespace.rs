//! `types.SimpleNamespace`: an object that is nothing but its attributes.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use std::mem::offset_of;

use super::receiver;
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, Comparison, DictPlace, Field, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::support::{dict_ref, entries, join_texts, text_ref};
use crate::values::dict::Dict;

/// A namespace.
#[repr(C)]
pub struct Namespace {
    /// The header.
    pub object: Object,
    /// `__dict__`
    pub dict: Field<Option<ObjectRef>>,
}
layout!(Namespace, object, Object);
crate::fields_lifecycle!(Namespace; dict);

static METHODS: &[NativeMethod] = &[NativeMethod::new(
    "__reduce__",
    NativeCode::NoArguments(reduce),
    "",
    "Return state information for pickling",
)];

static ATTRIBUTES: &[NativeAttribute] =
    &[NativeAttribute::new("__dict__", |cx, this| Ok(attributes(cx, this)?.into_object()), "").member()];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.simple_namespace,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE,
            dict_place: DictPlace::Field(offset_of!(Namespace, dict) as u32),
            slots: |slots| {
                slots.repr.set(Some(repr));
                slots.compare.set(Some(compare));
                slots.new.set(Some(new));
                slots.init.set(Some(init));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
            ..TypeSpec::of::<Namespace>(lifecycle())
        },
    )
}

fn new(cx: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    let dict = cx.new_dict()?.into_object();
    let made = cx.birth_tracked(kind, |object| Namespace { object, dict: Field::new(Some(dict)) })?;
    Ok(made.into_object())
}

fn attributes(cx: &Interpreter, object: &Object) -> Outcome<Ref<Dict>> {
    let this = receiver!(object, Namespace);
    match this.dict.get().and_then(|dict| dict_ref(&dict)) {
        Some(dict) => Ok(dict),
        None => {
            let dict = cx.new_dict()?;
            this.dict.set(Some(dict.clone().into_object()));
            Ok(dict)
        }
    }
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    if !arguments.positional_values().is_empty() {
        return Err(cx.type_error("no positional arguments expected"));
    }
    let dict = attributes(cx, object)?;
    for (name, value) in arguments.keywords() {
        if let Some(name) = text_ref(name) {
            cx.dict_set_text(&dict, &*cx.attribute_name(&name)?, value.clone())?;
        }
    }
    Ok(())
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let exact = object.is_exactly(&cx.types.simple_namespace);
    let name = if exact { "namespace".to_owned() } else { object.type_name() };
    cx.repr_once(object, format_args!("{name}(...)"), || {
        let shown = shown_attributes(cx, object)?.to_rust_string_lossy();
        cx.new_text(&format!("{name}({shown})"))
    })
}

fn shown_attributes(cx: &Interpreter, object: &Object) -> Outcome<Ref<crate::values::text::Text>> {
    let mut pieces = Vec::new();
    for (name, value) in entries(&*attributes(cx, object)?) {
        let Some(name) = text_ref(&name).filter(|name| !name.is_empty()) else { continue };
        let equals = text_ref(&*cx.new_text("=")?).unwrap_or_else(|| cx.empty_text.clone());
        let value = cx.repr_text(&value)?;
        pieces.push(join_texts(cx, &[name, equals, value], "")?);
    }
    join_texts(cx, &pieces, ", ")
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    if left.layout::<Namespace>().is_none() || right.layout::<Namespace>().is_none() {
        return Ok(cx.not_implemented.clone());
    }
    cx.compare(&*attributes(cx, left)?, &*attributes(cx, right)?, comparison)
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let dict = attributes(cx, object)?.into_object();
    let nothing = cx.empty_tuple.clone().into_object();
    cx.new_tuple_from(vec![object.type_object().new_ref(), nothing, dict])
}
