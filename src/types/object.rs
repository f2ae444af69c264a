//! `object`: what every value can do.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use std::ptr::fn_addr_eq;

use crate::object::{Lifecycle, Object, Prefix, dealloc_leaf};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::protocol::attribute::{generic_get, generic_set};
use crate::runtime::protocol::hash::pointer_hash;
use crate::runtime::slots::{Init, New};
use crate::runtime::{
    Arguments, Comparison, DictPlace, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::support::{dict_ref, entries, rust_text, text_ref};
use crate::types::type_type::bases::{layout_refusal, same_layout};
use crate::types::type_type::lifecycle::{change_type, new_plain_instance};
use crate::types::type_type::{keys, merge_class_names, object_size};

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "__reduce_ex__",
        NativeCode::One(super::reduce::reduce_ex),
        "($self, protocol, /)",
        "Helper for pickle.",
    ),
    NativeMethod::new(
        "__reduce__",
        NativeCode::NoArguments(super::reduce::reduce),
        "($self, /)",
        "Helper for pickle.",
    ),
    NativeMethod::new(
        "__getstate__",
        NativeCode::NoArguments(|cx, this| super::reduce::default_state(cx, this, false)),
        "($self, /)",
        "Helper for pickle.",
    ),
    NativeMethod::new(
        "__subclasshook__",
        NativeCode::Positional(|cx, _, _| Ok(cx.not_implemented.clone())),
        "",
        "Abstract classes can override this to customize issubclass().",
    )
    .class(),
    NativeMethod::new(
        "__init_subclass__",
        NativeCode::NoArguments(|cx, _| Ok(cx.none())),
        "",
        "This method is called when a class is subclassed.",
    )
    .class(),
    NativeMethod::new(
        "__format__",
        NativeCode::One(format),
        "($self, format_spec, /)",
        "Default object formatter.",
    ),
    NativeMethod::new(
        "__sizeof__",
        NativeCode::NoArguments(|cx, this| cx.new_size(object_size(this))),
        "($self, /)",
        "Size of object in memory, in bytes.",
    ),
    NativeMethod::new("__dir__", NativeCode::NoArguments(dir), "($self, /)", "Default dir() implementation."),
];

static ATTRIBUTES: &[NativeAttribute] =
    &[NativeAttribute::new("__class__", class, "the object's class").with_set(set_class)];

/// Completes `object`.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(&cx.types.object, TypeSpec {
        flags: TypeFlags::BASE_TYPE,
        slots: |slots| {
            slots.repr.set(Some(|cx, object| cx.default_repr(object)));
            slots.str.set(Some(|cx, object| cx.repr(object)));
            slots.hash.set(Some(pointer_hash));
            slots.get_attribute.set(Some(generic_get));
            slots.set_attribute.set(Some(generic_set));
            slots.compare.set(Some(compare));
            slots.new.set(Some(object_new));
            slots.init.set(Some(object_init));
        },
        methods: METHODS,
        attributes: ATTRIBUTES,
        documentation: "object()\n--\n\nThe base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new \
                        featureless\ninstance that has no instance attributes and cannot be given any.\n",
        ..TypeSpec::of::<Object>(lifecycle())
    })
}

/// The lifecycle of headers without fields.
pub fn lifecycle() -> Lifecycle {
    Lifecycle::bare(dealloc_leaf, |_| size_of::<Object>(), Prefix::None)
}

/// Equal is what is the same; `!=` is the opposite of what `==` says.
pub fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    match comparison {
        Comparison::Equal if left.is(right) => Ok(cx.true_.clone()),
        Comparison::NotEqual => {
            let Some(compare) = left.type_object().slots.compare.get() else {
                return Ok(cx.not_implemented.clone());
            };
            let equal = compare(cx, left, right, Comparison::Equal)?;
            if cx.is_not_implemented(&equal) { Ok(equal) } else { Ok(cx.new_bool(!cx.is_true(&equal)?)) }
        }
        _ => Ok(cx.not_implemented.clone()),
    }
}

/// `object.__new__`
pub fn object_new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    if !arguments.values.is_empty() {
        refuse_arguments_of_new(cx, kind)?;
    }
    if kind.has(TypeFlags::ABSTRACT) {
        return Err(abstract_class(cx, kind)?);
    }
    new_plain_instance(cx, kind)
}

/// Arguments are for `__init__` where that is overridden and `__new__` is not.
fn refuse_arguments_of_new(cx: &Interpreter, kind: &TypeObject) -> Outcome<()> {
    if !inherits_new(kind) {
        return Err(cx.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
    }
    if inherits_init(kind) {
        return Err(cx.type_error(format_args!("{}() takes no arguments", kind.name_text())));
    }
    Ok(())
}

fn inherits_new(kind: &TypeObject) -> bool {
    kind.slots.new.get().is_some_and(|slot| fn_addr_eq(slot, object_new as New))
}

fn inherits_init(kind: &TypeObject) -> bool {
    kind.slots.init.get().is_some_and(|slot| fn_addr_eq(slot, object_init as Init))
}

fn abstract_class(cx: &Interpreter, kind: &TypeObject) -> Outcome<crate::runtime::Raised> {
    let methods = cx.get_attribute_text(kind, &cx.names.abstract_methods)?;
    let mut names: Vec<String> = cx.collect(&methods)?.iter().map(|name| rust_text(name)).collect();
    names.sort();
    let (plural, kind) = (if names.len() == 1 { "" } else { "s" }, kind.name_text());
    let names = names.join(", ");
    Ok(cx.type_error(format_args!(
        "Can't instantiate abstract class {kind} with abstract method{plural} {names}"
    )))
}

/// `object.__init__`
pub fn object_init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    if arguments.values.is_empty() {
        return Ok(());
    }
    let kind = object.type_object();
    if !inherits_init(kind) {
        return Err(
            cx.type_error("object.__init__() takes exactly one argument (the instance to initialize)")
        );
    }
    if inherits_new(kind) && !kind.has(TypeFlags::DISALLOW_INSTANTIATION) {
        let kind = kind.name_text();
        return Err(cx.type_error(format_args!(
            "{kind}.__init__() takes exactly one argument (the instance to initialize)"
        )));
    }
    Ok(())
}

fn format(cx: &Interpreter, object: &Object, specification: &Object) -> Outcome {
    let Some(text) = specification.as_text() else {
        let found = crate::types::support::argument_kind(cx, specification);
        return Err(cx.type_error(format_args!("__format__() argument must be str, not {found}")));
    };
    if !text.is_empty() {
        let kind = object.type_name();
        return Err(cx.type_error(format_args!("unsupported format string passed to {kind}.__format__")));
    }
    cx.str(object)
}

/// The names in the instance's dict, in its class and in the bases.
fn dir(cx: &Interpreter, object: &Object) -> Outcome {
    let names = cx.new_dict()?;
    let own = cx.find_attribute(object, &cx.names.dict)?;
    for (name, _) in own.and_then(|own| dict_ref(&own)).map(|own| entries(&own)).unwrap_or_default() {
        if let Some(name) = text_ref(&name) {
            cx.dict_set_text(&names, &*cx.attribute_name(&name)?, cx.none())?;
        }
    }
    let class = cx.find_attribute(object, &cx.names.class)?;
    if let Some(kind) = class.as_ref().and_then(|class| class.as_type()) {
        merge_class_names(cx, &names, kind)?;
    }
    cx.new_list(keys(&names))
}

fn class(_: &Interpreter, object: &Object) -> Outcome {
    Ok(object.type_object().new_ref())
}

/// `x.__class__ = y`: only between classes whose instances have the same layout.
fn set_class(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let Some(value) = value else { return Err(cx.type_error("can't delete __class__ attribute")) };
    let Some(new) = value.as_type() else {
        let found = value.type_name();
        return Err(cx.type_error(format_args!("__class__ must be set to a class, not '{found}' object")));
    };
    let old = object.type_object().new_type_ref();
    let modules = new.is_subtype(&cx.types.module) && old.is_subtype(&cx.types.module);
    if !modules && (new.has(TypeFlags::IMMUTABLE) || old.has(TypeFlags::IMMUTABLE)) {
        return Err(
            cx.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses")
        );
    }
    if !same_layout(&old, new) || old.lifecycle.prefix != new.lifecycle.prefix {
        return Err(layout_refusal(cx, "__class__", new, &old));
    }
    // Values belong to the keys of the old class: they move into a dict.
    if old.dict_place.get() == DictPlace::Managed {
        cx.instance_dict(object)?;
    }
    change_type(object, new);
    Ok(())
}
