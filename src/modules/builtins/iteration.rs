//! Functions that go through iterables: `all`, `any`, `iter`, `next`, `min`, `max`, `sorted`, `sum`, `len`.

use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Comparison, Interpreter, Operator, Outcome, Parameters, Typed};
use crate::types::containers::this;
use crate::types::iterators::advance;
use crate::types::iterators::list::ListIterator;
use crate::vm::anext_awaitable;

pub(super) fn all(cx: &Interpreter, _: &Object, iterable: &Object) -> Outcome {
    decide(cx, iterable, false)
}

pub(super) fn any(cx: &Interpreter, _: &Object, iterable: &Object) -> Outcome {
    decide(cx, iterable, true)
}

/// Whether an item has the truth value that decides; the other one where none has.
fn decide(cx: &Interpreter, iterable: &Object, deciding: bool) -> Outcome {
    let iterator = cx.iter(iterable)?;
    while let Some(item) = advance(cx, &iterator)? {
        if cx.is_true(&item)? == deciding {
            return Ok(cx.new_bool(deciding));
        }
        cx.poll()?;
    }
    Ok(cx.new_bool(!deciding))
}

pub(super) fn iter(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("iter", arguments.len(), 1, 2)?;
    let [callable, sentinel] = arguments else { return cx.iter(&arguments[0]) };
    if callable.type_object().slots.call.get().is_none() {
        return Err(cx.type_error("iter(v, w): v must be callable"));
    }
    crate::types::iterators::callable::new_callable_iterator(cx, callable, sentinel)
}

pub(super) fn next(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("next", arguments.len(), 1, 2)?;
    let iterator = &arguments[0];
    let Some(slot) = iterator.type_object().slots.next.get() else {
        let kind = iterator.type_name();
        return Err(cx.type_error(format_args!("'{kind}' object is not an iterator")));
    };
    match (slot(cx, iterator), arguments.get(1)) {
        (Ok(Some(item)), _) => Ok(item),
        (Ok(None), Some(default)) => Ok(default.clone()),
        (Ok(None), None) => Err(cx.raise_arguments(&cx.types.stop_iteration, &[])),
        (Err(raised), None) => Err(raised),
        (Err(raised), Some(default)) => match cx.take_if(&cx.types.stop_iteration) {
            Some(_) => Ok(default.clone()),
            None => Err(raised),
        },
    }
}

pub(super) fn len(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    if let Some(text) = cx.exact_text(object) {
        return cx.new_size(text.length());
    }
    if let Some(list) = cx.exact_list(object) {
        return cx.new_size(list.len());
    }
    cx.new_size(cx.length(object)?)
}

pub(super) fn min(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    extreme(cx, "min", Comparison::Less, arguments)
}

pub(super) fn max(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    extreme(cx, "max", Comparison::Greater, arguments)
}

/// The best item so far, with its key.
struct Best {
    item: ObjectRef,
    key: ObjectRef,
    /// The key, if it is a plain integer of a machine word.
    word: Option<i64>,
}

fn extreme(cx: &Interpreter, name: &'static str, wanted: Comparison, arguments: Arguments<'_>) -> Outcome {
    let given = arguments.positional_values();
    if given.is_empty() {
        return Err(cx.type_error(format_args!("{name} expected at least 1 argument, got 0")));
    }
    let [key, default] = extreme_keywords(cx, name, arguments)?;
    let key = key.filter(|key| !cx.is_none(key));
    if given.len() > 1 && default.is_some() {
        return Err(cx.type_error(format_args!(
            "Cannot specify a default for {name}() with multiple positional arguments"
        )));
    }
    // CPython packs the arguments in a tuple.
    let _packed = (given[0].clone(), given[1..].to_vec());
    let mut best = None;
    if given.len() > 1 {
        for item in given {
            consider(cx, &mut best, item.clone(), key.as_deref(), wanted)?;
        }
    } else {
        let iterator = cx.iter(&given[0])?;
        while let Some(item) = advance(cx, &iterator)? {
            consider(cx, &mut best, item, key.as_deref(), wanted)?;
            cx.poll()?;
        }
    }
    match (best, default) {
        (Some(best), _) => Ok(best.item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(cx.value_error(format_args!("{name}() arg is an empty sequence"))),
    }
}

fn extreme_keywords(
    cx: &Interpreter,
    name: &'static str,
    arguments: Arguments<'_>,
) -> Outcome<[Option<ObjectRef>; 2]> {
    if arguments.keyword_count() == 0 {
        return Ok([None, None]);
    }
    let first = arguments.positional_values().len();
    let keywords = Arguments { values: &arguments.values[first..], names: arguments.names };
    let parameters = Parameters {
        function: name,
        names: ["key", "default"],
        positional_only: 0,
        positional: 0,
        required: 0,
    };
    parameters.bind(cx, keywords)
}

#[inline(always)]
fn consider(
    cx: &Interpreter,
    best: &mut Option<Best>,
    item: ObjectRef,
    key: Option<&Object>,
    wanted: Comparison,
) -> Outcome<()> {
    // Plain integers are compared before anything is counted for the comparison: nothing runs that could see it.
    if key.is_none()
        && let Some(best) = best
        && let Some(word) = best.word
        && let Some(new) = plain_word(cx, &item)
    {
        if wanted.holds(new.cmp(&word)) {
            *best = Best { key: item.clone(), item, word: Some(new) };
        }
        return Ok(());
    }
    consider_any(cx, best, item, key, wanted)
}

/// The same for items of any type.
#[inline(never)]
fn consider_any(
    cx: &Interpreter,
    best: &mut Option<Best>,
    item: ObjectRef,
    key: Option<&Object>,
    wanted: Comparison,
) -> Outcome<()> {
    let key = match key {
        Some(key) => cx.call(key, std::slice::from_ref(&item))?,
        None => item.clone(),
    };
    let word = plain_word(cx, &key);
    let better = match best {
        None => true,
        Some(best) => match word.zip(best.word) {
            Some((new, old)) => wanted.holds(new.cmp(&old)),
            None => cx.compare_bool(&key, &best.key, wanted)?,
        },
    };
    if better {
        *best = Some(Best { item, key, word });
    }
    Ok(())
}

/// The value of a plain integer of one machine word.
#[inline]
fn plain_word(cx: &Interpreter, object: &Object) -> Option<i64> {
    cx.exact_int(object)?.to_i64()
}

pub(super) fn sorted(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let given = arguments.positional_values();
    cx.check_positional("sorted", given.len(), 1, 1)?;
    let list = crate::types::list::methods::list_from_iterable(cx, &given[0])?;
    let rest = arguments.without_first();
    crate::types::list::sort::sort(cx, &list, rest)?;
    Ok(list.into_object())
}

const SUM: Parameters<2> =
    Parameters { function: "sum", names: ["", "start"], positional_only: 1, positional: 2, required: 1 };

pub(super) fn sum(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [iterable, start] = SUM.bind_lent(cx, arguments)?;
    let iterator = cx.iter(iterable.unwrap_or(&cx.none))?;
    let start = match start {
        None => cx.new_int(0)?,
        Some(start) => start.clone(),
    };
    refuse_texts(cx, &start)?;
    let (total, next) = sum_integers(cx, &iterator, start)?;
    let Some(next) = next else { return Ok(total) };
    let (total, next) = sum_floats(cx, &iterator, total, next)?;
    let Some(next) = next else { return Ok(total) };
    sum_objects(cx, &iterator, total, next)
}

fn refuse_texts(cx: &Interpreter, start: &Object) -> Outcome<()> {
    let words = if start.as_text().is_some() {
        "strings [use ''.join(seq) instead]"
    } else if start.as_bytes().is_some() {
        "bytes [use b''.join(seq) instead]"
    } else if start.is_instance(&cx.types.bytearray) {
        "bytearray [use b''.join(seq) instead]"
    } else {
        return Ok(());
    };
    Err(cx.type_error(format_args!("sum() can't sum {words}")))
}

/// Adds integers of a machine word without objects; gives the first item that it cannot add back.
fn sum_integers(
    cx: &Interpreter,
    iterator: &Object,
    start: ObjectRef,
) -> Outcome<(ObjectRef, Option<ObjectRef>)> {
    let word = |object: &Object| match object.is_exactly(&cx.types.int) || object.is_exactly(&cx.types.bool) {
        true => object.as_int().and_then(|integer| integer.to_i64()),
        false => None,
    };
    let plain = start.is_exactly(&cx.types.int).then(|| word(&start)).flatten();
    let Some(mut total) = plain else {
        let next = advance(cx, iterator)?;
        return Ok((start, next));
    };
    if let Some(items) = list_iterator(cx, iterator) {
        while items.add_words(cx, &mut total) {
            cx.poll()?;
        }
    }
    while let Some(item) = advance(cx, iterator)? {
        match word(&item).and_then(|value| total.checked_add(value)) {
            Some(sum) => total = sum,
            None => return Ok((cx.new_int(total)?, Some(item))),
        }
        cx.poll()?;
    }
    Ok((cx.new_int(total)?, None))
}

/// An iterator over a list, whose numbers need not be counted to be added.
fn list_iterator<'a>(cx: &Interpreter, iterator: &'a Object) -> Option<&'a ListIterator> {
    iterator.is_exactly(&cx.types.list_iterator).then(|| this::<ListIterator>(iterator))
}

/// Adds floats, and integers to them, without objects.
fn sum_floats(
    cx: &Interpreter,
    iterator: &Object,
    start: ObjectRef,
    first: ObjectRef,
) -> Outcome<(ObjectRef, Option<ObjectRef>)> {
    let number = |object: &Object| {
        if object.is_exactly(&cx.types.float) {
            return object.as_float().map(|float| float.value());
        }
        match object.is_exactly(&cx.types.int) || object.is_exactly(&cx.types.bool) {
            true => object.as_int().and_then(|integer| integer.to_i64()).map(|value| value as f64),
            false => None,
        }
    };
    let plain = match start.is_exactly(&cx.types.float) {
        true => number(&start),
        false if start.is_exactly(&cx.types.int) && first.is_exactly(&cx.types.float) => number(&start),
        false => None,
    };
    let Some(mut total) = plain else { return Ok((start, Some(first))) };
    let mut next = Some(first);
    let items = list_iterator(cx, iterator);
    while let Some(item) = next {
        match number(&item) {
            Some(value) => total += value,
            None => return Ok((cx.new_float(total)?, Some(item))),
        }
        drop(item);
        cx.poll()?;
        while items.is_some_and(|items| items.add_floats(cx, &mut total)) {
            cx.poll()?;
        }
        next = advance(cx, iterator)?;
    }
    Ok((cx.new_float(total)?, None))
}

fn sum_objects(cx: &Interpreter, iterator: &Object, start: ObjectRef, first: ObjectRef) -> Outcome {
    let mut total = cx.binary(&Operator::ADD, &start, &first)?;
    drop((start, first));
    while let Some(item) = cx.next(iterator)? {
        total = cx.binary(&Operator::ADD, &total, &item)?;
        cx.poll()?;
    }
    Ok(total)
}

pub(super) fn async_iter(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let kind = object.type_name();
    match cx.call_special(object, &*cx.intern("__aiter__")?, &[]) {
        Some(iterator) => iterator,
        None => Err(cx.type_error(format_args!("'{kind}' object is not an async iterable"))),
    }
}

pub(super) fn async_next(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("anext", arguments.len(), 1, 2)?;
    let kind = arguments[0].type_name();
    match cx.call_special(&arguments[0], &*cx.intern("__anext__")?, &[]) {
        Some(awaitable) => match arguments.get(1) {
            Some(default) => anext_awaitable(cx, awaitable?, default.clone()),
            None => awaitable,
        },
        None => Err(cx.type_error(format_args!("'{kind}' object is not an async iterator"))),
    }
}
