//! Methods of dicts.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::hint::cold_path;

use super::views::{new_items, new_keys, new_values};
use super::{dict_of, get_item, iterators, pair, update_from_arguments};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::type_object::Typed;
use crate::runtime::{Arguments, Interpreter, Outcome, Raised};
use crate::types::containers::{CLASS_GETITEM, for_each, sizeof_with_buffers};
use crate::values::dict::{BASIC_SIZE, Dict};

const UPDATE: &str = "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.\n    If E is present and has a .keys() method, then does:  for k in E: D[k] = E[k]\n    If E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v\n    In either case, this is followed by: for k in F:  D[k] = F[k]";

/// All methods that are no slots.
pub static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__getitem__", NativeCode::One(get_item), "", "x.__getitem__(y) <==> x[y]"),
    NativeMethod::new(
        "__contains__",
        NativeCode::One(|cx, object, key| Ok(cx.new_bool(cx.dict_contains(dict_of(object), key)?))),
        "($self, key, /)",
        "True if the dictionary has the specified key, else False.",
    ),
    NativeMethod::new(
        "__sizeof__",
        NativeCode::NoArguments(|cx, object| {
            sizeof_with_buffers(cx, object, dict_of(object).sizeof() - BASIC_SIZE)
        }),
        "",
        "D.__sizeof__() -> size of D in memory, in bytes",
    ),
    NativeMethod::new(
        "get",
        NativeCode::Positional(get),
        "($self, key, default=None, /)",
        "Return the value for key if key is in the dictionary, else default.",
    ),
    NativeMethod::new(
        "setdefault",
        NativeCode::Positional(set_default),
        "($self, key, default=None, /)",
        "Insert key with a value of default if key is not in the dictionary.\n\n         Return the value for key if key is in the dictionary, else default.",
    ),
    NativeMethod::new(
        "pop",
        NativeCode::Positional(pop),
        "($self, key, default=<unrepresentable>, /)",
        "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\n         If the key is not found, return the default if given; otherwise,\nraise a KeyError.",
    ),
    NativeMethod::new(
        "popitem",
        NativeCode::NoArguments(pop_item),
        "($self, /)",
        "Remove and return a (key, value) pair as a 2-tuple.\n\n         Pairs are returned in LIFO (last-in, first-out) order.\nRaises KeyError if the dict is empty.",
    ),
    NativeMethod::new(
        "keys",
        NativeCode::NoArguments(new_keys),
        "",
        "D.keys() -> a set-like object providing a view on D's keys",
    ),
    NativeMethod::new(
        "items",
        NativeCode::NoArguments(new_items),
        "",
        "D.items() -> a set-like object providing a view on D's items",
    ),
    NativeMethod::new(
        "values",
        NativeCode::NoArguments(new_values),
        "",
        "D.values() -> an object providing a view on D's values",
    ),
    NativeMethod::new("update", NativeCode::Full(update), "", UPDATE),
    NativeMethod::new(
        "fromkeys",
        NativeCode::Positional(from_keys),
        "($type, iterable, value=None, /)",
        "Create a new dictionary with keys from iterable and values set to value.",
    )
    .class(),
    NativeMethod::new(
        "clear",
        NativeCode::NoArguments(clear),
        "",
        "D.clear() -> None.  Remove all items from D.",
    ),
    NativeMethod::new("copy", NativeCode::NoArguments(copy), "", "D.copy() -> a shallow copy of D"),
    NativeMethod::new(
        "__reversed__",
        NativeCode::NoArguments(iterators::reversed_keys),
        "($self, /)",
        "Return a reverse iterator over the dict keys.",
    ),
    CLASS_GETITEM,
];

fn default_of(cx: &Interpreter, arguments: &[ObjectRef]) -> ObjectRef {
    arguments.get(1).cloned().unwrap_or_else(|| cx.none())
}

fn get(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let [key, defaults @ ..] = arguments else { return Err(wrong_count(cx, "get", 0)) };
    if defaults.len() > 1 {
        return Err(wrong_count(cx, "get", arguments.len()));
    }
    let found = cx.dict_get(dict_of(object), key);
    if found.is_err() {
        cold_path();
    }
    Ok(found?.unwrap_or_else(|| defaults.first().map_or_else(|| cx.none(), ObjectRef::clone)))
}

/// TypeError for a number of arguments other than one or two.
#[cold]
fn wrong_count(cx: &Interpreter, name: &str, given: usize) -> Raised {
    match cx.check_positional(name, given, 1, 2) {
        Err(raised) => raised,
        Ok(()) => cx.system_error("a number of arguments is refused without reason"),
    }
}

fn set_default(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("setdefault", arguments.len(), 1, 2)?;
    let (dict, key) = (dict_of(object), &arguments[0]);
    let hash = cx.hash(key)?;
    if let Some(value) = cx.dict_get_hashed(dict, key, hash)? {
        return Ok(value);
    }
    let value = default_of(cx, arguments);
    dict.add(hash, key.clone(), value.clone())?;
    Ok(value)
}

fn pop(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("pop", arguments.len(), 1, 2)?;
    let (dict, key) = (dict_of(object), &arguments[0]);
    // An empty dict does not ask the key for its hash.
    let taken = if dict.is_empty() { None } else { cx.dict_take(dict, key)? };
    match (taken, arguments.get(1)) {
        (Some((_, value)), _) => Ok(value),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(cx.key_error(key)),
    }
}

fn pop_item(cx: &Interpreter, object: &Object) -> Outcome {
    match dict_of(object).pop_last() {
        Some((key, value)) => pair(cx, key, value),
        None => Err(cx.key_error(&*cx.new_text("popitem(): dictionary is empty")?)),
    }
}

fn update(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    update_from_arguments(cx, dict_of(object), "update", arguments)?;
    Ok(cx.none())
}

fn from_keys(cx: &Interpreter, class: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("fromkeys", arguments.len(), 1, 2)?;
    let (iterable, value) = (&arguments[0], default_of(cx, arguments));
    let made = cx.call(class, &[])?;
    match made.as_dict().filter(|_| made.is_exactly(&cx.types.dict)) {
        Some(dict) => fill_from_keys(cx, dict, iterable, &value)?,
        None => for_each(cx, iterable, |key| cx.set_item(&made, &key, &value))?,
    }
    Ok(made)
}

/// The keys of exact dicts and sets come with their hashes.
fn fill_from_keys(cx: &Interpreter, dict: &Dict, iterable: &Object, value: &ObjectRef) -> Outcome<()> {
    if let Some(keys) = iterable.as_dict().filter(|_| dict.is_empty() && iterable.is_exactly(&cx.types.dict))
    {
        dict.reserve_for_merge(keys.len())?;
        let mut position = 0;
        while let Some((hash, key, _)) = keys.next_entry(&mut position) {
            cx.dict_set_hashed(dict, key, hash, value.clone())?;
            cx.poll()?;
        }
        return Ok(());
    }
    if let Some(keys) = iterable.as_any_set().filter(|_| dict.is_empty()) {
        dict.reserve_for_merge(keys.len())?;
        let mut position = 0;
        while let Some((hash, key)) = keys.next_entry(&mut position) {
            cx.dict_set_hashed(dict, key, hash, value.clone())?;
            cx.poll()?;
        }
        return Ok(());
    }
    for_each(cx, iterable, |key| cx.dict_set(dict, &key, value.clone()))
}

fn clear(cx: &Interpreter, object: &Object) -> Outcome {
    dict_of(object).clear();
    Ok(cx.none())
}

fn copy(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(dict_of(object).copy(&cx.types.dict)?.into_object())
}
