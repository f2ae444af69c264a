//! Collections: by hand and at safe points, with their callbacks and what they print.

use std::rc::Rc;
use std::time::Instant;

use super::Lists;
use crate::gc::{Collector, Host, OLDEST, Report, Running, Totals, debug};
use crate::modules::support::dict_of;
use crate::object::{Object, ObjectRef};
use crate::runtime::protocol::call::full_name;
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::values::dict::Dict;
use crate::values::tuple::Tuple;

const COLLECT: Parameters<1> =
    Parameters { function: "collect", names: ["generation"], positional_only: 0, positional: 1, required: 0 };

/// Lets safe points collect. The lists of the module are made here: they belong to the interpreter, not to a program.
pub fn install(cx: &Interpreter) -> Outcome<()> {
    let lists = cx.rooted_extension::<Lists>();
    lists.garbage.get(cx)?;
    lists.callbacks.get(cx)?;
    cx.collector.set(Some(collect_if_due));
    cx.space.stress.set(cx.options.stress_gc);
    Ok(())
}

/// `gc.collect(generation=2)`
pub(super) fn collect(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [generation] = COLLECT.bind(cx, arguments)?;
    let number = match generation {
        None => OLDEST as i64,
        Some(generation) => i64::from(crate::modules::support::to_c_int(cx, &generation)?),
    };
    match usize::try_from(number).ok().filter(|number| *number <= OLDEST) {
        Some(number) => cx.new_size(run(cx, number).unreachable()),
        None => Err(cx.value_error("invalid generation")),
    }
}

/// What a safe point does after a request. Under stress every request means a collection.
fn collect_if_due(cx: &Interpreter) {
    if !cx.space.collection_enabled.get() {
        return;
    }
    let due = cx.extension::<Collector>().due(&cx.space);
    if let Some(number) = due.or_else(|| cx.space.stress.get().then_some(0)) {
        run(cx, number);
    }
}

/// A collection that is told of in detail; none while another one is under way. `before` is called when the callbacks
/// of its beginning have run.
pub fn collect_recorded(cx: &Interpreter, number: usize, before: &mut dyn FnMut()) -> Option<Rc<Report>> {
    let collector = cx.extension::<Collector>();
    drop(collector.last_report.take());
    let was_recording = collector.recording.replace(true);
    run_after(cx, number, before);
    collector.recording.set(was_recording);
    collector.last_report.take()
}

/// One collection, unless one is under way. An exception on its way stays on its way.
fn run(cx: &Interpreter, number: usize) -> Totals {
    run_after(cx, number, &mut || ())
}

fn run_after(cx: &Interpreter, number: usize, before: &mut dyn FnMut()) -> Totals {
    let Some(running) = Running::begin(&cx.space) else { return Totals::default() };
    let raised_before = cx.thread.raised.take();
    let collector = cx.extension::<Collector>();
    call_back(cx, "start", number, Totals::default());
    let begun = Instant::now();
    let statistics = collector.debug.get() & debug::STATS != 0;
    if statistics {
        print_lengths(cx, number);
    }
    before();
    let totals = collector.collect(&running, number, &Types { cx });
    collector.totals[number].add_pause(begun.elapsed());
    if statistics {
        let (unreachable, seconds) = (totals.unreachable(), begun.elapsed().as_secs_f64());
        let uncollectable = totals.uncollectable;
        cx.write_stderr(&format!(
            "gc: done, {unreachable} unreachable, {uncollectable} uncollectable, {seconds:.4}s elapsed\n"
        ));
    }
    call_back(cx, "stop", number, totals);
    drop(running);
    cx.thread.raised.set(raised_before);
    if cx.options.verify_heap {
        super::verify::verify_after_collection(cx);
    }
    totals
}

/// A full collection, as at the end of a program.
pub fn collect_all(cx: &Interpreter) -> usize {
    run(cx, OLDEST).unreachable()
}

fn print_lengths(cx: &Interpreter, number: usize) {
    let [young, middle, old] = [0, 1, 2].map(|number: usize| cx.space.generations[number].list.len());
    let permanent = crate::gc::frozen_count(&cx.space);
    cx.write_stderr(&format!(
        "gc: collecting generation {number}...\ngc: objects in each generation: {young} {middle} {old}\n\
         gc: objects in permanent generation: {permanent}\n"
    ));
}

/// Calls everything in `gc.callbacks`; what a callback raises is told and passed over.
fn call_back(cx: &Interpreter, phase: &str, number: usize, totals: Totals) {
    let Ok(callbacks) = cx.rooted_extension::<Lists>().callbacks.get(cx) else { return forget_exception(cx) };
    let Some(list) = callbacks.as_list().filter(|list| !list.is_empty()) else { return };
    let Ok(arguments) = callback_arguments(cx, phase, number, totals) else { return forget_exception(cx) };
    for index in 0.. {
        let Some(callback) = list.get(index) else { break };
        if cx.call(&callback, &arguments).is_err() {
            cx.unraisable_in("Exception ignored in: ", &callback);
        }
    }
}

fn callback_arguments(
    cx: &Interpreter,
    phase: &str,
    number: usize,
    totals: Totals,
) -> Outcome<[ObjectRef; 2]> {
    let info = dict_of(
        cx,
        &[
            ("generation", cx.new_size(number)?),
            ("collected", cx.new_size(totals.collected)?),
            ("uncollectable", cx.new_size(totals.uncollectable)?),
        ],
    )?;
    Ok([cx.new_text(phase)?, info])
}

/// There is no memory for the callbacks: nobody can be told.
fn forget_exception(cx: &Interpreter) {
    drop(cx.thread.raised.take());
}

/// What the collector asks about types.
struct Types<'a> {
    cx: &'a Interpreter,
}

impl Host for Types<'_> {
    #[inline]
    fn is_atomic_tuple(&self, object: &Object) -> bool {
        object.is_exactly(&self.cx.types.tuple) && object.as_tuple().is_some_and(Tuple::may_untrack)
    }

    #[inline]
    fn is_dict(&self, object: &Object) -> bool {
        object.is_exactly(&self.cx.types.dict)
    }

    fn is_atomic_dict(&self, object: &Object) -> bool {
        object.as_dict().is_some_and(Dict::may_untrack)
    }

    fn collectable(&self, object: &Object) {
        let kind = full_name(object.type_object());
        self.cx.write_stderr(&format!("gc: collectable <{kind} {:#x}>\n", object.address()));
    }

    fn save(&self, object: &Object) {
        let Ok(garbage) = self.cx.rooted_extension::<Lists>().garbage.get(self.cx) else {
            return forget_exception(self.cx);
        };
        if let Some(list) = garbage.as_list() {
            // Where there is no memory, it stays trash and is found again.
            let _ = list.push(object.new_ref());
        }
    }
}
