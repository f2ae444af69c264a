//! The functions that show what lies where, what a collection did, and how objects live.

use super::new_report;
use crate::gc::OLDEST;
use crate::inspect::{diff, dis, lives, map, pool, retold};
use crate::modules::gc::collect_recorded;
use crate::modules::support::to_c_int;
use crate::modules::tracemalloc::place_of;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome, Parameters, Typed};

/// All of them.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "map",
        NativeCode::NoArguments(show_map),
        "($module, /)",
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
        "($module, /, generation=2)",
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

const COLLECT: Parameters<1> =
    Parameters { function: "collect", names: ["generation"], positional_only: 0, positional: 1, required: 0 };

fn show_map(cx: &Interpreter, _: &Object) -> Outcome {
    new_report(cx, map::map(cx))
}

fn show_pool(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let address = address_in(cx, object).unwrap_or_else(|| object.address());
    match pool::pool(cx, address) {
        Some(report) => new_report(cx, report),
        None => Err(cx.value_error("no block of the heap is there")),
    }
}

/// The address that an exact int stands for: one in the range of the heap.
fn address_in(cx: &Interpreter, object: &Object) -> Option<usize> {
    let int = object.as_int().filter(|_| object.is_exactly(&cx.types.int))?;
    let address = usize::try_from(int.to_i64()?).ok()?;
    cx.space.heap.owns(address).then_some(address)
}

fn collect(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [generation] = COLLECT.bind(cx, arguments)?;
    let number = generation.map_or(Ok(OLDEST as i32), |generation| to_c_int(cx, &generation))?;
    let Some(number) = usize::try_from(number).ok().filter(|number| *number <= OLDEST) else {
        return Err(cx.value_error("invalid generation"));
    };
    let mut before = retold::Before::default();
    match collect_recorded(cx, number, &mut || before = retold::before(cx, number)) {
        Some(report) => new_report(cx, retold::retell(&before, &report)),
        None => Err(cx.runtime_error("a collection is under way")),
    }
}

fn disassemble(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    match dis::dis(object) {
        Some(report) => new_report(cx, report),
        None => Err(cx.type_error(format_args!("{} objects have no bytecode", object.type_name()))),
    }
}

fn watch(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("watch", arguments.len(), 0, 1)?;
    let Some(object) = arguments.first() else { return new_report(cx, lives::watched(cx)) };
    let block = object.address() - object.kind().lifecycle.prefix.bytes();
    cx.new_size(lives::watch(cx, object, place_of(cx, block)))
}

fn unwatch(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("unwatch", arguments.len(), 0, 1)?;
    let forgotten = match arguments.first() {
        None => lives::unwatch(cx, None),
        Some(object) => lives::number_of(cx, object).is_some_and(|number| lives::unwatch(cx, Some(number))),
    };
    Ok(cx.new_bool(forgotten))
}

fn life(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let told = lives::number_of(cx, object).and_then(|number| lives::life(cx, number, object));
    match told {
        Some(report) => new_report(cx, report),
        None => Err(cx.value_error("that is not watched: glass.watch() tells what is")),
    }
}

fn diff_(cx: &Interpreter, _: &Object) -> Outcome {
    new_report(cx, diff::diff(cx, &|block| place_of(cx, block)))
}
