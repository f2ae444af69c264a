//! Switches and figures of the collector.

use crate::gc::Collector;
use crate::modules::support::to_c_int;
use crate::object::Object;
use crate::runtime::{Arguments, Interpreter, Outcome};

pub(super) fn enable(cx: &Interpreter, _: &Object) -> Outcome {
    cx.space.collection_enabled.set(true);
    Ok(cx.none())
}

pub(super) fn disable(cx: &Interpreter, _: &Object) -> Outcome {
    cx.space.collection_enabled.set(false);
    cx.space.collection_requested.set(false);
    Ok(cx.none())
}

pub(super) fn is_enabled(cx: &Interpreter, _: &Object) -> Outcome {
    Ok(cx.new_bool(cx.space.collection_enabled.get()))
}

pub(super) fn set_debug(cx: &Interpreter, _: &Object, flags: &Object) -> Outcome {
    cx.extension::<Collector>().debug.set(to_c_int(cx, flags)?);
    Ok(cx.none())
}

pub(super) fn get_debug(cx: &Interpreter, _: &Object) -> Outcome {
    cx.new_int(i64::from(cx.extension::<Collector>().debug.get()))
}

pub(super) fn get_count(cx: &Interpreter, _: &Object) -> Outcome {
    triple(cx, [0, 1, 2].map(|number: usize| cx.space.generations[number].count.get()))
}

pub(super) fn get_threshold(cx: &Interpreter, _: &Object) -> Outcome {
    triple(cx, [0, 1, 2].map(|number: usize| cx.space.generations[number].threshold.get()))
}

fn triple(cx: &Interpreter, numbers: [i64; 3]) -> Outcome {
    let [young, middle, old] = numbers.map(|number| cx.new_int(number));
    cx.new_tuple(&[young?, middle?, old?])
}

/// Thresholds are set one after the other, so an argument that is no number leaves those before it set.
pub(super) fn set_threshold(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords("set_threshold", arguments)?;
    let arguments = arguments.values;
    let given = arguments.len();
    if !(1..=3).contains(&given) {
        let (bound, number, plural) = if given == 0 { ("at least", 1, "") } else { ("at most", 3, "s") };
        return Err(cx.type_error(format_args!(
            "set_threshold() takes {bound} {number} argument{plural} ({given} given)"
        )));
    }
    for (generation, argument) in cx.space.generations.iter().zip(arguments) {
        generation.threshold.set(i64::from(threshold(cx, argument)?));
    }
    Ok(cx.none())
}

fn threshold(cx: &Interpreter, argument: &Object) -> Outcome<i32> {
    let wide = cx.to_i64(argument)?;
    i32::try_from(wide).map_err(|_| match wide > 0 {
        true => cx.overflow_error("signed integer is greater than maximum"),
        false => cx.overflow_error("signed integer is less than minimum"),
    })
}

pub(super) fn freeze(cx: &Interpreter, _: &Object) -> Outcome {
    crate::gc::freeze(&cx.space);
    Ok(cx.none())
}

pub(super) fn unfreeze(cx: &Interpreter, _: &Object) -> Outcome {
    crate::gc::unfreeze(&cx.space);
    Ok(cx.none())
}

pub(super) fn get_freeze_count(cx: &Interpreter, _: &Object) -> Outcome {
    cx.new_size(crate::gc::frozen_count(&cx.space))
}
