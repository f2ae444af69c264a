//! `_weakref`: the native part of `weakref`.

use crate::object::weak::{self, WeakReference};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome, Typed};
use crate::types::weak::new_proxy;

use super::support::{new_module, set};

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "getweakrefcount",
        NativeCode::One(get_weak_reference_count),
        "($module, object, /)",
        "Return the number of weak references to 'object'.",
    ),
    NativeMethod::new(
        "_remove_dead_weakref",
        NativeCode::Positional(remove_dead_reference),
        "($module, dct, key, /)",
        "Atomically remove key from dict if it points to a dead weakref.",
    ),
    NativeMethod::new(
        "getweakrefs",
        NativeCode::One(get_weak_references),
        "($module, object, /)",
        "Return a list of all weak reference objects pointing to 'object'.",
    ),
    NativeMethod::new(
        "proxy",
        NativeCode::Positional(|cx, _, arguments| new_proxy(cx, arguments)),
        "($module, object, callback=None, /)",
        "Create a proxy object that weakly references 'object'.\n\n'callback', if given, is called with a \
         reference to the\nproxy when 'object' is about to be finalized.",
    ),
];

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "_weakref", FUNCTIONS, "Weak-reference support module.")?;
    let types = [
        ("ref", &cx.types.weak_reference),
        ("ReferenceType", &cx.types.weak_reference),
        ("ProxyType", &cx.types.weak_proxy),
        ("CallableProxyType", &cx.types.weak_callable_proxy),
    ];
    for (name, kind) in types {
        set(cx, &module, name, kind.as_object().clone())?;
    }
    Ok(module)
}

fn get_weak_reference_count(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    cx.new_size(weak::live_references(object).len())
}

fn get_weak_references(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    cx.new_list(weak::live_references(object))
}

/// Takes a key out of a dict if its value is a reference whose referent is dead: the key may stand for a new value by
/// the time the callback of the old one runs.
fn remove_dead_reference(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("_remove_dead_weakref", arguments.len(), 2, 2)?;
    let Some(dict) = arguments[0].as_dict() else {
        let kind = arguments[0].type_name();
        return Err(cx.type_error(format_args!("_remove_dead_weakref() argument 1 must be dict, not {kind}")));
    };
    let Some(value) = cx.dict_get(dict, &arguments[1])? else { return Ok(cx.none()) };
    match value.layout::<WeakReference>() {
        None => return Err(cx.type_error("not a weakref")),
        Some(weak) if weak.upgrade().is_some() => {}
        Some(_) => drop(cx.dict_remove(dict, &arguments[1])?),
    }
    Ok(cx.none())
}
