//! The types that stand in namespaces and are bound on access, and their small companions: native methods and
//! attributes, `classmethod`, `staticmethod`, `property`, mapping proxies, cells, namespaces, generic aliases, unions.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

pub mod attribute;
pub mod builtin;
pub mod cell;
pub mod generic_alias;
pub mod mapping_proxy;
pub mod method;
pub mod method_wrapper;
pub mod namespace;
pub mod property;
pub mod union_type;
pub mod wrapped;
pub mod wrapper;

use crate::object::{Object, ObjectRef};
use crate::runtime::protocol::call::full_name;
use crate::runtime::{Interpreter, Outcome, Raised, TypeObject, Typed};
use crate::types::support::rust_text;

pub use mapping_proxy::new_mapping_proxy;
pub use wrapped::new_class_method;

/// Completes all types of this folder.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    method::define(cx)?;
    attribute::define(cx)?;
    wrapper::define(cx)?;
    method_wrapper::define(cx)?;
    builtin::define(cx)?;
    wrapped::define(cx)?;
    property::define(cx)?;
    mapping_proxy::define(cx)?;
    cell::define(cx)?;
    namespace::define(cx)?;
    generic_alias::define(cx)?;
    union_type::define(cx)
}

/// A text, or None where it is empty.
fn text_or_none(cx: &Interpreter, text: &str) -> Outcome {
    if text.is_empty() { Ok(cx.none()) } else { cx.new_text(text) }
}

/// The type of an object as an object.
fn class_of(object: &Object) -> &Object {
    object.type_object()
}

/// `Owner.name`
fn qualified(owner: &Object, name: &str) -> String {
    let owner = owner.as_type().map(|owner| rust_text(&owner.qualified_name.get())).unwrap_or_default();
    format!("{owner}.{name}")
}

/// `(getattr, (owner, name))`, from which a descriptor can be found again.
fn reduce_by_name(cx: &Interpreter, owner: ObjectRef, name: ObjectRef) -> Outcome {
    let function = cx.dict_get_str(&cx.builtins, "getattr")?.unwrap_or_else(|| cx.none());
    let arguments = cx.new_tuple_from(vec![owner, name])?;
    cx.new_tuple_from(vec![function, arguments])
}

/// Refuses to bind a descriptor to an object of another type.
fn check_receiver(cx: &Interpreter, owner: &Object, name: &str, object: &Object) -> Outcome<()> {
    match owner.as_type() {
        Some(kind) if !object.is_instance(kind) => Err(does_not_apply(cx, kind, name, object)),
        _ => Ok(()),
    }
}

#[cold]
fn does_not_apply(cx: &Interpreter, kind: &TypeObject, name: &str, object: &Object) -> Raised {
    let (kind, found) = (full_name(kind), object.type_name());
    cx.type_error(format_args!(
        "descriptor '{name}' for '{kind}' objects doesn't apply to a '{found}' object"
    ))
}

/// `<what 'name' of 'Owner' objects>`
fn descriptor_repr(cx: &Interpreter, what: &str, name: &str, owner: &Object) -> Outcome {
    let owner = owner.as_type().map(full_name).unwrap_or_default();
    cx.new_text(&format!("<{what} '{name}' of '{owner}' objects>"))
}

/// The layout that the type's functions are called on; its methods and slots check their receiver.
macro_rules! receiver {
    ($object:expr, $layout:ty) => {
        match $crate::runtime::Typed::layout::<$layout>($object) {
            Some(layout) => layout,
            None => unreachable!("slots and methods are called on instances of their type"),
        }
    };
}
pub(crate) use receiver;
