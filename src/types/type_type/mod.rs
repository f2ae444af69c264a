//! `type`: the type of types.
//!
//! `creation` makes classes, `bases` finds what they inherit from, `members` lays out what they add, `attributes` are
//! what a class can be asked, `lifecycle` is how classes are born and die.

// unsafe is allowed here: only in `lifecycle`, which writes lifecycle tables, and for one borrow in `bases`.
#![deny(unsafe_code)]

pub mod attributes;
pub mod bases;
pub mod creation;
pub mod lifecycle;
pub mod members;

use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::protocol::attribute::{type_get_attribute, type_set_attribute};
use crate::runtime::protocol::call::type_call;
use crate::runtime::subclasses::known_subclasses;
use crate::runtime::{Arguments, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed};
use crate::types::support::rust_text;

pub use attributes::{instance_dict, set_built_in_dict};
pub use bases::{resolve_bases, tuple_from};
pub use creation::{GlobalsHook, metaclass_for, new_class, prepare_namespace};

use attributes::kind_of;

/// As CPython's, where the descriptions of `__slots__` members follow a type; here only their names are kept, in a tuple.
const MEMBER_SIZE: usize = 40;

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "mro",
        NativeCode::NoArguments(mro),
        "($self, /)",
        "Return a type's method resolution order.",
    ),
    NativeMethod::new(
        "__subclasses__",
        NativeCode::NoArguments(subclasses_list),
        "($self, /)",
        "Return a list of immediate subclasses.",
    ),
    NativeMethod::new(
        "__prepare__",
        NativeCode::Full(prepare),
        "",
        "Create the namespace for the class statement",
    )
    .class(),
    NativeMethod::new(
        "__instancecheck__",
        NativeCode::One(|cx, this, object| Ok(cx.new_bool(cx.is_instance_plainly(object, this)?))),
        "($self, instance, /)",
        "Check if an object is an instance.",
    ),
    NativeMethod::new(
        "__subclasscheck__",
        NativeCode::One(|cx, this, class| Ok(cx.new_bool(cx.is_subclass_plainly(class, this)?))),
        "($self, subclass, /)",
        "Check if a class is a subclass.",
    ),
    NativeMethod::new(
        "__dir__",
        NativeCode::NoArguments(dir),
        "($self, /)",
        "Specialized __dir__ implementation for types.",
    ),
    NativeMethod::new(
        "__sizeof__",
        NativeCode::NoArguments(|cx, this| cx.new_size(object_size(this))),
        "($self, /)",
        "Return memory consumption of the type object.",
    ),
];

/// Completes `type`.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.type_,
        TypeSpec {
            item_size: MEMBER_SIZE,
            flags: TypeFlags::BASE_TYPE | TypeFlags::TYPE,
            slots: |slots| {
                slots.repr.set(Some(repr));
                slots.call.set(Some(type_call));
                slots.get_attribute.set(Some(type_get_attribute));
                slots.set_attribute.set(Some(type_set_attribute));
                slots.new.set(Some(creation::type_new));
                slots.init.set(Some(creation::type_init));
                slots.bit_or.set(Some(crate::types::descriptors::union_type::union_of));
            },
            methods: METHODS,
            attributes: attributes::ATTRIBUTES,
            documentation: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
            ..TypeSpec::of::<TypeObject>(lifecycle::lifecycle())
        },
    )
}

/// Bytes from the header on, as `__sizeof__` of every object reports them unless its type knows better.
pub fn object_size(object: &Object) -> usize {
    lifecycle::object_bytes(object)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = kind_of(object);
    let name = rust_text(&kind.qualified_name.get());
    let module = if kind.has(TypeFlags::HEAP) {
        cx.dict_get_text(&kind.namespace(), &cx.names.module)?
            .map(|module| rust_text(&module))
            .unwrap_or_default()
    } else {
        kind.module_name.get().to_owned()
    };
    match module.as_str() {
        "" | "builtins" => cx.new_text(&format!("<class '{name}'>")),
        module => cx.new_text(&format!("<class '{module}.{name}'>")),
    }
}

fn mro(cx: &Interpreter, object: &Object) -> Outcome {
    let kind: Ref<TypeObject> = kind_of(object).new_type_ref();
    cx.new_list(bases::default_mro(cx, &kind)?)
}

fn subclasses_list(cx: &Interpreter, object: &Object) -> Outcome {
    cx.new_list(known_subclasses(kind_of(object)).into_iter().map(Ref::into_object).collect())
}

fn prepare(cx: &Interpreter, _: &Object, _: Arguments<'_>) -> Outcome {
    Ok(cx.new_dict()?.into_object())
}

fn dir(cx: &Interpreter, object: &Object) -> Outcome {
    let names = cx.new_dict()?;
    merge_class_names(cx, &names, kind_of(object))?;
    cx.new_list(keys(&names))
}

/// The keys of a dict in order.
pub fn keys(dict: &crate::values::dict::Dict) -> Vec<ObjectRef> {
    crate::types::support::entries(dict).into_iter().map(|(key, _)| key).collect()
}

/// Adds the names in the namespaces of a type and its bases.
pub fn merge_class_names(
    cx: &Interpreter,
    names: &crate::values::dict::Dict,
    kind: &TypeObject,
) -> Outcome<()> {
    let Some(mro) = kind.mro.get() else { return Ok(()) };
    for base in mro.items().iter().filter_map(|base| base.as_type()) {
        cx.poll()?;
        for (name, _) in crate::types::support::entries(&base.namespace()) {
            if let Some(name) = crate::types::support::text_ref(&name) {
                cx.dict_set_text(names, &*cx.attribute_name(&name)?, cx.none())?;
            }
        }
    }
    Ok(())
}
