//! `zip`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::{advance_or_raise, class_specification, itself, reduce_method, set_state_method, take_unseen};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::native::{NativeMethod, Parameters};
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Field, Interpreter, Outcome, Raised};
use crate::types::containers::{self, blank_tuple, this};
use crate::values::tuple::Tuple;

/// `zip`
#[repr(C)]
pub struct Zip {
    /// The header.
    pub object: Object,
    /// A tuple of iterators.
    pub iterators: Field<ObjectRef>,
    /// The tuple that was handed out last, to be used again.
    pub result: Field<Option<ObjectRef>>,
    /// How many iterators.
    pub width: Cell<usize>,
    /// Whether all must end together.
    pub strict: Cell<bool>,
}
layout!(Zip, object, Object);
fields_lifecycle!(Zip; iterators, result);

const DOCUMENTATION: &str = "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\n       >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\n    The zip object yields n-length tuples, where n is the number of iterables\n    passed as positional arguments to zip().  The i-th element in every tuple\n    comes from the i-th iterable argument to zip().  This continues until the\n    shortest argument is exhausted.\n\n    If strict is true and one of the arguments is exhausted before the others,\nraise a ValueError.";

const KEYWORDS: Parameters<1> =
    Parameters { function: "zip", names: ["strict"], positional_only: 0, positional: 0, required: 0 };

static METHODS: &[NativeMethod] = &[reduce_method(reduce), set_state_method(set_state)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let specification = class_specification::<Zip>(
        lifecycle(),
        |slots| {
            slots.new.set(Some(new));
            slots.iter.set(Some(itself));
            slots.next.set(Some(next));
        },
        METHODS,
        DOCUMENTATION,
    );
    cx.define_type(&cx.types.zip, specification)
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let strict = strict_argument(cx, arguments)?;
    let iterables = arguments.positional_values();
    let width = iterables.len();
    let iterators = iterators_of(cx, iterables)?;
    iterators.as_tuple().into_iter().flat_map(|all| all.items()).for_each(|one| cx.track_last_if_new(one));
    let result = blank_tuple(cx, width)?.into_object();
    let made = cx.birth_tracked(kind, |object| Zip {
        object,
        iterators: Field::new(iterators),
        result: Field::new(Some(result)),
        width: Cell::new(width),
        strict: Cell::new(strict),
    })?;
    Ok(made.into_object())
}

/// A tuple of iterators over all these; that over two needs no memory besides.
fn iterators_of(cx: &Interpreter, iterables: &[ObjectRef]) -> Outcome {
    if let [first, second] = iterables {
        let iterators = [cx.iter(first)?, cx.iter(second)?];
        return Ok(Tuple::new(&cx.types.tuple, iterators.into_iter())?.into_object());
    }
    let mut iterators = Vec::new();
    for iterable in iterables {
        containers::push(cx, &mut iterators, cx.iter(iterable)?)?;
    }
    cx.new_tuple_from(iterators)
}

fn strict_argument(cx: &Interpreter, arguments: Arguments<'_>) -> Outcome<bool> {
    let keywords = arguments.keyword_count();
    if keywords == 0 {
        return Ok(false);
    }
    let first = arguments.values.len() - keywords;
    let only_keywords = Arguments { values: &arguments.values[first..], names: arguments.names };
    let [strict] = KEYWORDS.bind(cx, only_keywords)?;
    strict.map_or(Ok(false), |strict| cx.is_true(&strict))
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let zip = this::<Zip>(object);
    if zip.width.get() == 0 {
        return Ok(None);
    }
    let iterators = zip.iterators.get();
    let Some(iterators) = iterators.as_tuple() else { return Ok(None) };
    match take_unseen(&zip.result) {
        Some(result) => {
            let filled = fill(cx, zip, iterators, &result);
            zip.result.set(Some(result.clone()));
            Ok(filled?.then_some(result))
        }
        None => gather(cx, zip, iterators),
    }
}

/// Puts the next items into the tuple that nobody else holds.
fn fill(cx: &Interpreter, zip: &Zip, iterators: &Tuple, result: &Object) -> Outcome<bool> {
    for (index, iterator) in iterators.items().iter().enumerate() {
        let next = match advance_or_raise(cx, iterator) {
            Err(raised) if zip.strict.get() => {
                cx.take_if(&cx.types.stop_iteration).map(|_| None).ok_or(raised)
            }
            next => next,
        };
        let Some(item) = next? else {
            check_ends(cx, zip, iterators, index)?;
            return Ok(false);
        };
        if let Some(tuple) = result.as_tuple() {
            drop(tuple.replace_unseen(index, item));
        }
    }
    Ok(true)
}

/// Makes a new tuple of the next items.
fn gather(cx: &Interpreter, zip: &Zip, iterators: &Tuple) -> Outcome<Option<ObjectRef>> {
    let result: Ref<Tuple> = blank_tuple(cx, iterators.len())?;
    Ok(fill(cx, zip, iterators, &result)?.then(|| result.into_object()))
}

/// After the iterator at `ended` has come to its end: with `strict`, all must have at the same time.
fn check_ends(cx: &Interpreter, zip: &Zip, iterators: &Tuple, ended: usize) -> Outcome<()> {
    if !zip.strict.get() {
        return Ok(());
    }
    if ended > 0 {
        return Err(uneven(cx, ended, "shorter"));
    }
    for (index, iterator) in iterators.items().iter().enumerate().skip(1) {
        if cx.next(iterator)?.is_some() {
            return Err(uneven(cx, index, "longer"));
        }
    }
    Ok(())
}

#[cold]
fn uneven(cx: &Interpreter, index: usize, how: &str) -> Raised {
    let others = if index == 1 { " " } else { "s 1-" };
    cx.value_error(format_args!("zip() argument {} is {how} than argument{others}{index}", index + 1))
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let zip = this::<Zip>(object);
    let iterators = zip.iterators.get();
    match zip.strict.get() {
        true => containers::tuple(cx, &[object.type_object(), &iterators, &cx.true_]),
        false => containers::tuple(cx, &[object.type_object(), &iterators]),
    }
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    this::<Zip>(object).strict.set(cx.is_true(state)?);
    Ok(cx.none())
}
