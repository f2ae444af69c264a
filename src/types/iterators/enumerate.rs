//! `enumerate`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::{advance_or_raise, class_specification, itself, reduce_method, take_unseen};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::fixed::Fixed;
use crate::runtime::native::{NativeMethod, Parameters};
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Field, Interpreter, Outcome, Raised, TypeSpec};
use crate::types::containers::{self, CLASS_GETITEM, blank_tuple, this};
use crate::types::slice::number::Number;
use crate::values::integer::Integer;

/// `enumerate`
#[repr(C)]
pub struct Enumerate {
    /// The header.
    pub object: Object,
    /// The next number, while it is a word.
    pub index: Cell<i64>,
    /// The iterator.
    pub iterator: Fixed,
    /// The tuple that was handed out last, to be used again.
    pub result: Field<Option<ObjectRef>>,
    /// The next number, once it is no word any more.
    pub long_index: Field<Option<ObjectRef>>,
    /// Room that the reference keeps for the number one.
    pub spare: Cell<usize>,
}
layout!(Enumerate, object, Object);
fields_lifecycle!(Enumerate; iterator, result, long_index);

const DOCUMENTATION: &str = "enumerate(iterable, start=0)\n--\n\nReturn an enumerate object.\n\n  iterable\n    an object supporting iteration\n\n    The enumerate object yields pairs containing a count (from start, which\n    defaults to zero) and a value yielded by the iterable argument.\n\n    enumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...";

static METHODS: &[NativeMethod] = &[reduce_method(reduce), CLASS_GETITEM];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let specification = class_specification::<Enumerate>(
        lifecycle(),
        |slots| {
            slots.new.set(Some(new));
            slots.iter.set(Some(itself));
            slots.next.set(Some(next));
        },
        METHODS,
        DOCUMENTATION,
    );
    cx.define_type(&cx.types.enumerate, TypeSpec { short_call: Some(make), ..specification })
}

/// `enumerate(iterable)`
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    let [iterable] = values else { return None };
    Some(cx.iter(iterable).and_then(|iterator| numbered(cx, &cx.types.enumerate, iterator, Some(0), None)))
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let (iterable, start) = match kind.is(&cx.types.enumerate) {
        true => bind(cx, arguments)?,
        false => {
            let [iterable, start] = IN_SUBCLASSES.bind_lent(cx, arguments)?;
            (iterable.ok_or_else(|| missing(cx))?, start)
        }
    };
    let start = start.map_or_else(|| cx.new_int(0), |start| cx.index(start))?;
    let word = start.as_int().and_then(Integer::to_i64).filter(|word| *word < i64::MAX);
    let iterator = cx.iter(iterable)?;
    numbered(cx, kind, iterator, word, word.is_none().then_some(start))
}

/// A new instance that counts from a machine word, or from an int.
fn numbered(
    cx: &Interpreter,
    kind: &TypeObject,
    iterator: ObjectRef,
    word: Option<i64>,
    long_index: Option<ObjectRef>,
) -> Outcome {
    let made = cx.birth_tracked(kind, |object| Enumerate {
        object,
        index: Cell::new(word.unwrap_or(i64::MAX)),
        iterator: Fixed::new(iterator),
        result: Field::new(None),
        long_index: Field::new(long_index),
        spare: Cell::new(0),
    })?;
    cx.track_last_if_new(made.iterator.lent());
    made.result.set(Some(blank_tuple(cx, 2)?.into_object()));
    Ok(made.into_object())
}

/// What classes made from it take.
const IN_SUBCLASSES: Parameters<2> = Parameters {
    function: "enumerate",
    names: ["iterable", "start"],
    positional_only: 0,
    positional: 2,
    required: 1,
};

/// The arguments `iterable` and `start`, in the words of CPython's own parser for them.
fn bind<'a>(cx: &Interpreter, arguments: Arguments<'a>) -> Outcome<(&'a ObjectRef, Option<&'a ObjectRef>)> {
    let given = arguments.values.len();
    if given > 2 && !arguments.positional_values().is_empty() {
        return Err(cx.type_error(format_args!("enumerate() takes at most 2 arguments ({given} given)")));
    }
    let positional = arguments.positional_values();
    if given > 2 {
        return Err(missing(cx));
    }
    let mut bound = [positional.first(), positional.get(1)];
    for (name, value) in arguments.keywords() {
        let name = name.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default();
        let place = ["iterable", "start"].iter().position(|parameter| *parameter == name);
        // An argument that is alone must be the first.
        match place.filter(|place| bound[*place].is_none() && (*place == 0 || given == 2)) {
            Some(place) => bound[place] = Some(value),
            None => {
                let message = format!("'{name}' is an invalid keyword argument for enumerate()");
                return Err(cx.type_error(message));
            }
        }
    }
    match bound {
        [Some(iterable), start] => Ok((iterable, start)),
        [None, _] => Err(missing(cx)),
    }
}

#[cold]
fn missing(cx: &Interpreter) -> Raised {
    cx.type_error("enumerate() missing required argument 'iterable'")
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let enumerate = this::<Enumerate>(object);
    let Some(item) = advance_or_raise(cx, enumerate.iterator.lent())? else { return Ok(None) };
    let index = next_index(cx, enumerate)?;
    let Some(result) = take_unseen(&enumerate.result) else {
        return containers::tuple(cx, &[&index, &item]).map(Some);
    };
    if let Some(tuple) = result.as_tuple() {
        let old = tuple.replace_pair(index, item);
        enumerate.result.set(Some(result.clone()));
        drop(old);
    }
    Ok(Some(result))
}

fn next_index(cx: &Interpreter, enumerate: &Enumerate) -> Outcome {
    let index = enumerate.index.get();
    if index < i64::MAX {
        enumerate.index.set(index + 1);
        return cx.new_int(index);
    }
    let index = enumerate.long_index.get().map_or_else(|| cx.new_int(i64::MAX), Ok)?;
    let following = Number::of(&index).plus(&Number::Word(1))?.into_object(cx)?;
    enumerate.long_index.set(Some(following));
    Ok(index)
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let enumerate = this::<Enumerate>(object);
    let index = enumerate.long_index.get().map_or_else(|| cx.new_int(enumerate.index.get()), Ok)?;
    let arguments = containers::tuple(cx, &[&enumerate.iterator.get(), &index])?;
    containers::tuple(cx, &[object.type_object(), &arguments])
}
