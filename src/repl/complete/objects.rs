//! Finding objects and their names without running anything.

use super::wanted::{Chain, Root};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{Interpreter, Typed};
use crate::types::support::{entries, rust_text, text_ref};
use crate::values::dict::Dict;
use crate::values::text::Text;

/// The names that a statement at the prompt can see.
pub fn names(cx: &Interpreter, namespace: &Ref<Dict>) -> Vec<String> {
    [namespace, &cx.builtins].into_iter().flat_map(|dict| names_in(dict)).collect()
}

fn names_in(dict: &Dict) -> Vec<String> {
    entries(dict)
        .iter()
        .filter(|(key, _)| key.as_text().is_some())
        .map(|(key, value)| shown(key, value))
        .collect()
}

/// A name, with a parenthesis if what it names can be called.
fn shown(name: &Object, value: &Object) -> String {
    let open = if value.type_object().slots.call.get().is_some() { "(" } else { "" };
    format!("{}{open}", rust_text(name))
}

/// The object of a chain.
pub fn resolve(cx: &Interpreter, namespace: &Ref<Dict>, chain: &Chain) -> Option<ObjectRef> {
    let mut found = match &chain.root {
        Root::Name(name) => get(cx, namespace, name).or_else(|| get(cx, &cx.builtins, name))?,
        Root::Literal(kind) => get(cx, &cx.builtins, kind)?,
    };
    for name in &chain.attributes {
        found = attribute(cx, &found, &*text(cx, name)?)?;
    }
    Some(found)
}

/// A text that is not interned: asking leaves nothing behind.
fn text(cx: &Interpreter, name: &str) -> Option<Ref<Text>> {
    quietly(cx, cx.new_text(name)).and_then(|name| text_ref(&name))
}

fn get(cx: &Interpreter, dict: &Dict, name: &str) -> Option<ObjectRef> {
    dict.get_text(&*text(cx, name)?)
}

/// What came out; an exception is forgotten.
pub fn quietly<T>(cx: &Interpreter, outcome: crate::runtime::Outcome<T>) -> Option<T> {
    outcome.map_err(|_| drop(cx.take_exception())).ok()
}

/// An attribute that can be had without running anything.
pub fn attribute(cx: &Interpreter, object: &Object, name: &Text) -> Option<ObjectRef> {
    if let Some(kind) = object.as_type() {
        return cx.type_lookup(kind, name);
    }
    let of_class = cx.type_lookup(object.type_object(), name);
    let is_data = of_class.as_ref().is_some_and(|it| it.type_object().slots.descriptor_set.get().is_some());
    if is_data {
        return None;
    }
    let own = quietly(cx, cx.own_attribute(object, name)).flatten();
    own.or_else(|| of_class.filter(|found| is_plain(cx, found)))
}

/// Whether reading it from an instance runs no code of a program.
fn is_plain(cx: &Interpreter, found: &Object) -> bool {
    let kinds = [&cx.types.function, &cx.types.method_descriptor, &cx.types.wrapper_descriptor];
    found.type_object().slots.descriptor_get.get().is_none()
        || kinds.iter().any(|kind| found.is_exactly(kind))
}

/// The names of all attributes: the object's own, then those along its type's MRO.
pub fn attributes(cx: &Interpreter, object: &Object) -> Vec<String> {
    let mut names = Vec::new();
    match object.as_type() {
        Some(kind) => names.extend(names_of_type(kind)),
        None => {
            for name in cx.own_names(object) {
                let value =
                    text_ref(&name).and_then(|name| quietly(cx, cx.own_attribute(object, &name)).flatten());
                names.push(value.map_or_else(|| rust_text(&name), |value| shown(&name, &value)));
            }
            names.extend(names_of_type(object.type_object()));
        }
    }
    names
}

fn names_of_type(kind: &crate::runtime::TypeObject) -> Vec<String> {
    let Some(mro) = kind.mro.get() else { return Vec::new() };
    let types = mro.items().iter().filter_map(|base| base.as_type());
    types.filter_map(|kind| kind.dict.get()).flat_map(|namespace| names_in(&namespace)).collect()
}
