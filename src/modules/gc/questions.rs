//! Questions about tracked objects.

use crate::gc::{Collector, OLDEST};
use crate::modules::support::dict_of;
use crate::object::{Object, ObjectRef};
use crate::runtime::Field;
use crate::runtime::native::BuiltinFunction;
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, TypeFlags, Typed};
use crate::vm::function::Function;

const GET_OBJECTS: Parameters<1> = Parameters {
    function: "get_objects",
    names: ["generation"],
    positional_only: 0,
    positional: 1,
    required: 0,
};

pub(super) fn get_objects(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [generation] = GET_OBJECTS.bind(cx, arguments)?;
    let number = match generation.filter(|generation| !cx.is_none(generation)) {
        None => None,
        Some(generation) => generation_number(cx, &generation)?,
    };
    cx.new_list(crate::gc::objects(&cx.space, number))
}

/// As `Py_ssize_t` or None; -1 stands for all generations too.
fn generation_number(cx: &Interpreter, generation: &Object) -> Outcome<Option<usize>> {
    if generation.type_object().slots.index.get().is_none() {
        let kind = generation.type_name();
        return Err(cx.type_error(format_args!("argument should be integer or None, not '{kind}'")));
    }
    match cx.index_isize(generation, Some(&cx.types.overflow_error))? {
        -1 => Ok(None),
        number @ 0.. if number <= OLDEST as isize => Ok(Some(number.unsigned_abs())),
        0.. => Err(cx.value_error(format_args!(
            "generation parameter must be less than the number of available generations ({})",
            OLDEST + 1
        ))),
        _ => Err(cx.value_error("generation parameter cannot be negative")),
    }
}

pub(super) fn get_stats(cx: &Interpreter, _: &Object) -> Outcome {
    let collector = cx.extension::<Collector>();
    let mut stats = Vec::new();
    for totals in &collector.totals {
        stats.push(dict_of(
            cx,
            &[
                ("collections", cx.new_size(totals.collections.get())?),
                ("collected", cx.new_size(totals.collected.get())?),
                ("uncollectable", cx.new_size(totals.uncollectable.get())?),
            ],
        )?);
    }
    cx.new_list(stats)
}

pub(super) fn is_tracked(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    Ok(cx.new_bool(object.is_tracked()))
}

pub(super) fn is_finalized(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    Ok(cx.new_bool(crate::gc::is_finalized(object)))
}

pub(super) fn get_referrers(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let mut found = crate::gc::referrers(&cx.space, arguments);
    found.extend(crate::vm::registers::running_generators(cx, arguments));
    cx.new_list(found)
}

/// Objects that are no containers have no referents here, and built-in types are none, as in CPython.
pub(super) fn get_referents(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let is_static = |object: &Object| object.as_type().is_some_and(|kind| !kind.has(TypeFlags::HEAP));
    let containers = arguments.iter().filter(|object| object.gc_head().is_some() && !is_static(object));
    cx.new_list(containers.flat_map(|object| referents(cx, object)).collect())
}

/// What an object refers to. The keys of a dict that are all texts are passed over, as CPython's visit does: they can
/// lead nowhere. So are the names of classes and members, and the class that a method of a built-in type knows.
fn referents(cx: &Interpreter, object: &Object) -> Vec<ObjectRef> {
    let types = &cx.types;
    if object.as_type().is_some() || object.is_exactly(&types.member_descriptor) {
        let found = crate::gc::referents(object);
        return found.into_iter().filter(|held| !held.is_exactly(&types.str)).collect();
    }
    if let Some(function) = object.layout::<BuiltinFunction>() {
        return [&function.bound, &function.module].into_iter().filter_map(Field::get).collect();
    }
    let mut found = crate::gc::referents(object);
    if let Some(function) = object.layout::<Function>().filter(|function| !function.documentation.is_some()) {
        // The documentation that is not there is None.
        let before = [&function.module, &function.defaults, &function.keyword_defaults];
        let place = 3 + before.into_iter().filter(|field| field.is_some()).count();
        found.insert(place.min(found.len()), cx.none());
    }
    let Some(dict) = object.as_dict() else { return found };
    let (mut position, mut values) = (0, Vec::new());
    while let Some((_, key, value)) = dict.next_entry(&mut position) {
        if !key.is_exactly(&cx.types.str) {
            return found;
        }
        values.push(value);
    }
    // What an instance of a class of its own has besides stands in front of the entries.
    let others = found.len().saturating_sub(2 * values.len());
    found.into_iter().take(others).chain(values).collect()
}
