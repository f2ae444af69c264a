//! `map`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{advance_or_raise, class_specification, itself, reduce_method};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::fixed::Fixed;
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Field, Interpreter, Outcome};
use crate::types::containers::{self, new_refuses_keywords, this};

/// `map`
#[repr(C)]
pub struct Map {
    /// The header.
    pub object: Object,
    /// A tuple of iterators.
    pub iterators: Field<ObjectRef>,
    /// What is called with their items.
    pub function: Fixed,
}
layout!(Map, object, Object);
fields_lifecycle!(Map; iterators, function);

const DOCUMENTATION: &str = "map(func, *iterables) --> map object\n\n    Make an iterator that computes the function using arguments from\n    each of the iterables.  Stops when the shortest iterable is exhausted.";

static METHODS: &[NativeMethod] = &[reduce_method(reduce)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let specification = class_specification::<Map>(
        lifecycle(),
        |slots| {
            slots.new.set(Some(new));
            slots.iter.set(Some(itself));
            slots.next.set(Some(next));
        },
        METHODS,
        DOCUMENTATION,
    );
    cx.define_type(&cx.types.map, specification)
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    if new_refuses_keywords(kind, &cx.types.map) {
        cx.no_keywords("map", arguments)?;
    }
    let [function, iterables @ ..] = arguments.positional_values() else { return Err(too_few(cx)) };
    if iterables.is_empty() {
        return Err(too_few(cx));
    }
    let mut iterators = Vec::new();
    for iterable in iterables {
        containers::push(cx, &mut iterators, cx.iter(iterable)?)?;
    }
    let iterators = cx.new_tuple_from(iterators)?;
    iterators.as_tuple().into_iter().flat_map(|all| all.items()).for_each(|one| cx.track_last_if_new(one));
    let made = cx.birth_tracked(kind, |object| Map {
        object,
        iterators: Field::new(iterators),
        function: Fixed::new(function.clone()),
    })?;
    Ok(made.into_object())
}

#[cold]
fn too_few(cx: &Interpreter) -> crate::runtime::Raised {
    cx.type_error("map() must have at least two arguments.")
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let map = this::<Map>(object);
    let iterators = map.iterators.get();
    let Some(iterators) = iterators.as_tuple() else { return Ok(None) };
    if let [only] = iterators.items() {
        let Some(item) = advance_or_raise(cx, only)? else { return Ok(None) };
        return cx.call(map.function.lent(), &[item]).map(Some);
    }
    let mut items = Vec::new();
    for iterator in iterators.items() {
        let Some(item) = advance_or_raise(cx, iterator)? else { return Ok(None) };
        containers::push(cx, &mut items, item)?;
    }
    cx.call(map.function.lent(), &items).map(Some)
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let map = this::<Map>(object);
    let mut parts = vec![map.function.get()];
    if let Some(iterators) = map.iterators.get().as_tuple() {
        parts.extend_from_slice(iterators.items());
    }
    let arguments = cx.new_tuple_from(parts)?;
    containers::tuple(cx, &[object.type_object(), &arguments])
}
