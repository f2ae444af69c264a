//! The functions that show what lies where, what a collection did, and how objects live.

use super::functions::{asked, limit_of};
use super::new_report;
use super::questions::{self, Question};
use crate::gc::OLDEST;
use crate::inspect::{Limits, lives, map};
use crate::modules::support::to_c_int;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome, Parameters};

/// All of them.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "map",
        NativeCode::Full(show_map),
        "($module, /, *, limit=256)",
        "Arenas, pools and size classes with the figures of fragmentation, and the large blocks.",
    ),
    NativeMethod::new(
        "pool",
        NativeCode::One(show_pool),
        "($module, x, /)",
        "The pool around an object (or an address), block by block.",
    ),
    NativeMethod::new(
        "collect",
        NativeCode::Full(collect),
        "($module, /, generation=2, *, limit=100)",
        "Collect garbage, and tell what each pass did.",
    ),
    NativeMethod::new(
        "dis",
        NativeCode::One(disassemble),
        "($module, x, /)",
        "The bytecode of a function as equations, and what each does to reference counts.",
    ),
    NativeMethod::new(
        "watch",
        NativeCode::Positional(watch),
        "",
        "watch(x) -> int\nFollow the life of an object; the number is good for life(), when the object is gone.\n\
         watch() -> Report\nWhat is followed.",
    ),
    NativeMethod::new(
        "unwatch",
        NativeCode::Positional(unwatch),
        "",
        "unwatch(x) -> bool\nForget a life (or without an argument all of them).",
    ),
    NativeMethod::new(
        "life",
        NativeCode::One(life),
        "($module, x, /)",
        "The life of a watched object, by itself, by its number, or by its address.",
    ),
    NativeMethod::new(
        "diff",
        NativeCode::NoArguments(diff_),
        "($module, /)",
        "What came, went and moved to another generation since the last look.",
    ),
];

const COLLECT: Parameters<2> = Parameters {
    function: "collect",
    names: ["generation", "limit"],
    positional_only: 0,
    positional: 1,
    required: 0,
};

fn show_map(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let ([], limits) = asked(cx, Question::Map, "map", arguments)?;
    new_report(cx, map::map(cx, limits))
}

fn show_pool(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let address = questions::pool_address(cx, object);
    new_report(cx, questions::pool_at(cx, address)?)
}

fn collect(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [generation, limit] = COLLECT.bind(cx, arguments)?;
    let rows = limit.map_or(Ok(None), |limit| limit_of(cx, &limit))?;
    let number = generation.map_or(Ok(OLDEST as i32), |generation| to_c_int(cx, &generation))?;
    let Some(number) = usize::try_from(number).ok().filter(|number| *number <= OLDEST) else {
        return Err(cx.value_error("invalid generation"));
    };
    new_report(cx, questions::collection(cx, number, Limits { rows, depth: None })?)
}

fn disassemble(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    new_report(cx, questions::listing(object, cx)?)
}

fn watch(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("watch", arguments.len(), 0, 1)?;
    let Some(object) = arguments.first() else { return new_report(cx, lives::watched(cx)) };
    cx.new_size(questions::watch(cx, object))
}

fn unwatch(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("unwatch", arguments.len(), 0, 1)?;
    Ok(cx.new_bool(questions::unwatch(cx, arguments.first().map(|object| &**object))))
}

fn life(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    new_report(cx, questions::life(cx, object)?)
}

fn diff_(cx: &Interpreter, _: &Object) -> Outcome {
    new_report(cx, questions::difference(cx))
}
