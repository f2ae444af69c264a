//! `functools.partial`: a function with some of its arguments given.
//!
//! Its instances lend what they hold: a program that counts references while the function runs sees no more of them, and
//! no frame of a partial function ever stands in a traceback.

use std::cell::Cell;
use std::ptr::fn_addr_eq;

use super::value_or_none;
use crate::fields_lifecycle;
use crate::object::{Lent, Object, ObjectRef, WeakSupport, layout};
use crate::runtime::protocol::call::full_name;
use crate::runtime::slots::Call;
use crate::runtime::{
    Arguments, DictPlace, Field, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, Raised,
    TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::descriptors::generic_alias::class_getitem;
use crate::types::type_type::attributes::{instance_dict, set_built_in_dict};
use crate::values::text::TextBuilder;
use crate::vm::calls::spread::call_held_with_dict;

/// The layout of `partial`: CPython's 64 bytes behind the gc header.
#[repr(C)]
pub struct Partial {
    /// The header.
    pub object: Object,
    /// `func`
    pub function: Field<ObjectRef>,
    /// `args`, a tuple.
    pub arguments: Field<ObjectRef>,
    /// `keywords`, a dict.
    pub keywords: Field<ObjectRef>,
    /// `__dict__`, once asked for.
    pub dict: Field<Option<ObjectRef>>,
    /// Weak references to the instance.
    pub weak_list: Cell<*const Object>,
    /// The reference keeps a pointer to its way of being called here.
    spare: Cell<usize>,
}
layout!(Partial, object, Object);
fields_lifecycle!(Partial, WeakSupport::Field(std::mem::offset_of!(Partial, weak_list) as u32);
    function, arguments, keywords, dict);

const DOCUMENTATION: &str = "partial(func, *args, **keywords) - new function with partial application\n    of the given arguments and keywords.\n";

static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", ""),
    NativeMethod::new("__setstate__", NativeCode::One(set_state), "", ""),
    NativeMethod::new("__class_getitem__", NativeCode::One(class_getitem), "", "See PEP 585").class(),
];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "func",
        |_, it| Ok(this(it).function.get()),
        "function object to use in future partial calls",
    )
    .member(),
    NativeAttribute::new(
        "args",
        |_, it| Ok(this(it).arguments.get()),
        "tuple of arguments to future partial calls",
    )
    .member(),
    NativeAttribute::new(
        "keywords",
        |_, it| Ok(this(it).keywords.get()),
        "dictionary of keyword arguments to future partial calls",
    )
    .member(),
    NativeAttribute::new("__dict__", instance_dict, "").with_set(set_built_in_dict),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.partial,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE,
            dict_place: DictPlace::Field(std::mem::offset_of!(Partial, dict) as u32),
            slots: |slots| {
                slots.new.set(Some(new));
                slots.call.set(Some(call));
                slots.repr.set(Some(repr));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<Partial>(lifecycle())
        },
    )
}

fn this(object: &Object) -> &Partial {
    object.layout::<Partial>().expect("a method of partial functions gets one")
}

/// A partial function whose parts may be taken over: nobody has hung anything on it.
fn as_plain_partial(object: &Object) -> Option<&Partial> {
    let slot = object.type_object().slots.call.get()?;
    let partial = object.layout::<Partial>().filter(|_| fn_addr_eq(slot, call as Call))?;
    partial.dict.get().is_none().then_some(partial)
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let [function, rest @ ..] = arguments.positional_values() else {
        return Err(cx.type_error("type 'partial' takes at least one argument"));
    };
    let inner = as_plain_partial(function);
    let function = inner.map_or_else(|| function.clone(), |inner| inner.function.get());
    if function.type_object().slots.call.get().is_none() {
        return Err(cx.type_error("the first argument must be callable"));
    }
    // CPython packs the keywords before it makes the object, and keeps that dict unless it must be joined with another.
    let named = cx.new_dict()?;
    for (name, value) in arguments.keywords() {
        cx.dict_set(&named, name, value.clone())?;
    }
    let made = cx.birth_tracked(kind, |object| Partial {
        object,
        function: Field::new(function),
        arguments: Field::new(cx.empty_tuple.clone().into_object()),
        keywords: Field::new(named.clone().into_object()),
        dict: Field::new(None),
        weak_list: Cell::new(std::ptr::null()),
        spare: Cell::new(0),
    })?;
    let given = inner.map_or_else(|| cx.empty_tuple.clone().into_object(), |inner| inner.arguments.get());
    made.arguments.set(joined(cx, given, rest)?);
    let before = inner.map(|inner| inner.keywords.get());
    if let Some(before) = before.filter(|before| before.as_dict().is_some_and(|before| !before.is_empty())) {
        let keywords = cx.new_dict()?;
        add_all(cx, keywords.as_object(), &before)?;
        add_all(cx, keywords.as_object(), named.as_object())?;
        made.keywords.set(keywords.into_object());
    }
    Ok(made.into_object())
}

/// The arguments given before and those behind them.
fn joined(cx: &Interpreter, given: ObjectRef, rest: &[ObjectRef]) -> Outcome {
    let before = items(&given);
    match (before.is_empty(), rest.is_empty()) {
        (true, _) => cx.new_tuple(rest),
        (false, true) => Ok(given),
        (false, false) => cx.new_tuple_from([before, rest].concat()),
    }
}

fn items(tuple: &ObjectRef) -> &[ObjectRef] {
    tuple.as_tuple().map_or(&[][..], |tuple| tuple.items())
}

fn add_all(cx: &Interpreter, to: &Object, from: &Object) -> Outcome<()> {
    let (Some(to), Some(from)) = (to.as_dict(), from.as_dict()) else { return Ok(()) };
    let mut position = 0;
    while let Some((_, name, value)) = from.next_entry(&mut position) {
        cx.dict_set(to, &name, value)?;
    }
    Ok(())
}

/// `partial(...)(*args, **kwargs)`
fn call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let partial = this(object);
    let (function, given, keywords) =
        (partial.function.get(), partial.arguments.get(), partial.keywords.get());
    let has_keywords = keywords.as_dict().is_some_and(|keywords| !keywords.is_empty());
    if has_keywords || cx.packs_arguments(&function) {
        return call_packed(cx, function, given, &keywords, arguments);
    }
    let values: Vec<Lent<'_>> =
        items(&given).iter().chain(arguments.values).map(|value| Lent::new(value)).collect();
    cx.call_held(function, Arguments { values: Lent::row(&values), names: arguments.names })
}

/// The same where CPython packs the arguments in a tuple and a dict, and joins those with what was given before.
fn call_packed(
    cx: &Interpreter,
    function: ObjectRef,
    given: ObjectRef,
    keywords: &Object,
    arguments: Arguments<'_>,
) -> Outcome {
    let packed = cx.new_tuple(arguments.positional_values())?;
    let joined = match items(&given).is_empty() {
        true => packed.clone(),
        false => joined(cx, given, items(&packed))?,
    };
    let (all, mut held) = (cx.new_dict()?, Vec::new());
    if keywords.as_dict().is_some_and(|keywords| !keywords.is_empty()) {
        held.extend(arguments.keywords().map(|(_, value)| value.clone()));
        add_all(cx, all.as_object(), keywords)?;
    }
    for (name, value) in arguments.keywords() {
        cx.dict_set(&all, name, value.clone())?;
    }
    let result = call_held_with_dict(cx, function, items(&joined), all.as_object());
    drop((packed, held));
    result
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    cx.repr_once(object, "...", || repr_parts(cx, object))
}

fn repr_parts(cx: &Interpreter, object: &Object) -> Outcome {
    let partial = this(object);
    let mut rest = TextBuilder::new();
    for item in items(&partial.arguments.get()) {
        rest.push_str(", ")?;
        rest.push_text(&*cx.repr_text(item)?)?;
    }
    let (keywords, mut position) = (partial.keywords.get(), 0);
    while let Some((_, name, value)) =
        keywords.as_dict().and_then(|keywords| keywords.next_entry(&mut position))
    {
        rest.push_str(&format!(", {}=", cx.display(&name)))?;
        rest.push_text(&*cx.repr_text(&value)?)?;
    }
    let mut out = TextBuilder::new();
    out.push_str(&full_name(object.type_object()))?;
    out.push_str("(")?;
    out.push_text(&*cx.repr_text(&partial.function.get())?)?;
    out.push_text(&*rest.finish(&cx.types.str)?)?;
    out.push_str(")")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let partial = this(object);
    let function = partial.function.get();
    let only = cx.new_tuple(std::slice::from_ref(&function))?;
    let dict = value_or_none(cx, &partial.dict)?;
    let state = vec![function, partial.arguments.get(), partial.keywords.get(), dict];
    let state = cx.new_tuple_from(state)?;
    cx.new_tuple_from(vec![object.type_object().new_ref(), only, state])
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let parts = state.as_tuple().map_or(&[][..], |state| state.items());
    let [function, arguments, keywords, dict] = parts else { return Err(invalid_state(cx)) };
    let fits = function.type_object().slots.call.get().is_some()
        && arguments.as_tuple().is_some()
        && (cx.is_none(keywords) || keywords.as_dict().is_some());
    if !fits {
        return Err(invalid_state(cx));
    }
    let arguments = match arguments.is_exactly(&cx.types.tuple) {
        true => arguments.clone(),
        false => cx.new_tuple(items(arguments))?,
    };
    let keywords = match keywords.is_exactly(&cx.types.dict) {
        true => keywords.clone(),
        false => {
            let copy = cx.new_dict()?;
            add_all(cx, copy.as_object(), keywords)?;
            copy.into_object()
        }
    };
    let partial = this(object);
    partial.function.set(function.clone());
    partial.arguments.set(arguments);
    partial.keywords.set(keywords);
    partial.dict.set(Some(dict.clone()).filter(|dict| dict.as_dict().is_some()));
    Ok(cx.none())
}

#[cold]
fn invalid_state(cx: &Interpreter) -> Raised {
    cx.type_error("invalid partial state")
}
