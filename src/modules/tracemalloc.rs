//! `_tracemalloc`: which line of the program asked for which block. The heap tells of every block; `tracemalloc` in
//! Python groups what is kept here.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::support::{new_module, to_c_int};
use crate::memory::Observer;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome, current};

/// A line of a file.
type Line = (Rc<str>, u32);

/// A block that is traced.
struct Trace {
    size: usize,
    /// The innermost frame first.
    lines: Rc<[Line]>,
}

/// Keeps a trace of every block made while it watches.
#[derive(Default)]
struct Tracer {
    traces: RefCell<FxHashMap<usize, Trace>>,
    limit: Cell<usize>,
    used: Cell<usize>,
    peak: Cell<usize>,
}

impl Tracer {
    fn add(&self, address: usize, size: usize) {
        self.remove(address);
        let trace = Trace { size, lines: lines(self.limit.get()) };
        self.traces.borrow_mut().insert(address, trace);
        self.used.set(self.used.get() + size);
        self.peak.set(self.peak.get().max(self.used.get()));
    }

    fn remove(&self, address: usize) {
        if let Some(trace) = self.traces.borrow_mut().remove(&address) {
            self.used.set(self.used.get().saturating_sub(trace.size));
        }
    }
}

impl Observer for Tracer {
    fn allocated(&self, address: usize, size: usize) {
        self.add(address, size);
    }

    fn released(&self, address: usize) {
        self.remove(address);
    }

    fn moved(&self, from: usize, to: usize, size: usize) {
        self.remove(from);
        self.add(to, size);
    }
}

/// The lines that run now, the innermost first.
fn lines(limit: usize) -> Rc<[Line]> {
    let records = current().thread.stack.records().iter().rev().take(limit);
    let found = records.map(|record| {
        let code = crate::vm::code_of_record(record);
        (Rc::clone(&code.unit.source.file_name), code.location(record.ip).line)
    });
    let lines: Rc<[Line]> = found.collect();
    if lines.is_empty() { Rc::from([(Rc::from("<unknown>"), 0)]) } else { lines }
}

/// The tracer of an interpreter, once tracing has begun. It lives as long as the process: the heap may tell it of blocks
/// until the very end.
#[derive(Default)]
struct State {
    tracer: Cell<Option<&'static Tracer>>,
    is_tracing: Cell<bool>,
}

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "start",
        NativeCode::Positional(start),
        "($module, nframe=1, /)",
        "Start tracing blocks.",
    ),
    NativeMethod::new(
        "stop",
        NativeCode::NoArguments(stop),
        "($module, /)",
        "Stop tracing and forget all traces.",
    ),
    NativeMethod::new(
        "is_tracing",
        NativeCode::NoArguments(is_tracing),
        "($module, /)",
        "Whether blocks are traced.",
    ),
    NativeMethod::new(
        "get_traced_memory",
        NativeCode::NoArguments(get_traced_memory),
        "($module, /)",
        "Bytes of the traced blocks, now and at the peak.",
    ),
    NativeMethod::new(
        "reset_peak",
        NativeCode::NoArguments(reset_peak),
        "($module, /)",
        "Set the peak to now.",
    ),
    NativeMethod::new(
        "clear_traces",
        NativeCode::NoArguments(clear_traces),
        "($module, /)",
        "Forget all traces.",
    ),
    NativeMethod::new(
        "get_traceback_limit",
        NativeCode::NoArguments(get_traceback_limit),
        "($module, /)",
        "The greatest number of frames kept for a block.",
    ),
    NativeMethod::new(
        "get_tracemalloc_memory",
        NativeCode::NoArguments(get_own_memory),
        "($module, /)",
        "Bytes that the traces themselves take.",
    ),
    NativeMethod::new(
        "_get_traces",
        NativeCode::NoArguments(get_traces),
        "($module, /)",
        "All traces as a list.",
    ),
    NativeMethod::new(
        "_get_object_traceback",
        NativeCode::One(get_object_traceback),
        "($module, obj, /)",
        "The lines that made an object.",
    ),
];

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    new_module(cx, "_tracemalloc", FUNCTIONS, "Traces of memory blocks.")
}

fn tracer(cx: &Interpreter) -> Option<&'static Tracer> {
    let state = cx.extension::<State>();
    state.tracer.get().filter(|_| state.is_tracing.get())
}

fn start(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("start", arguments.len(), 0, 1)?;
    let limit = arguments.first().map_or(Ok(1), |limit| to_c_int(cx, limit))?;
    let Some(limit) = usize::try_from(limit).ok().filter(|limit| (1..=65535).contains(limit)) else {
        return Err(cx.value_error("the number of frames must be in range [1; 65535]"));
    };
    let state = cx.extension::<State>();
    if !state.is_tracing.get() {
        let tracer = state.tracer.get().unwrap_or_else(|| Box::leak(Box::default()));
        tracer.limit.set(limit);
        state.tracer.set(Some(tracer));
        state.is_tracing.set(true);
        cx.space.heap.set_observer(Some(tracer));
    }
    Ok(cx.none())
}

fn forget(tracer: &Tracer) {
    let traces = std::mem::take(&mut *tracer.traces.borrow_mut());
    drop(traces);
    tracer.used.set(0);
    tracer.peak.set(0);
}

fn stop(cx: &Interpreter, _: &Object) -> Outcome {
    if let Some(tracer) = tracer(cx) {
        cx.space.heap.set_observer(None);
        cx.extension::<State>().is_tracing.set(false);
        forget(tracer);
    }
    Ok(cx.none())
}

fn is_tracing(cx: &Interpreter, _: &Object) -> Outcome {
    Ok(cx.new_bool(tracer(cx).is_some()))
}

fn get_traced_memory(cx: &Interpreter, _: &Object) -> Outcome {
    let (used, peak) = tracer(cx).map_or((0, 0), |tracer| (tracer.used.get(), tracer.peak.get()));
    cx.new_tuple(&[cx.new_size(used)?, cx.new_size(peak)?])
}

fn reset_peak(cx: &Interpreter, _: &Object) -> Outcome {
    if let Some(tracer) = tracer(cx) {
        tracer.peak.set(tracer.used.get());
    }
    Ok(cx.none())
}

fn clear_traces(cx: &Interpreter, _: &Object) -> Outcome {
    if let Some(tracer) = tracer(cx) {
        forget(tracer);
    }
    Ok(cx.none())
}

fn get_traceback_limit(cx: &Interpreter, _: &Object) -> Outcome {
    let limit = cx.extension::<State>().tracer.get().map_or(1, |tracer| tracer.limit.get());
    cx.new_size(limit)
}

fn get_own_memory(cx: &Interpreter, _: &Object) -> Outcome {
    let count = tracer(cx).map_or(0, |tracer| tracer.traces.borrow().capacity());
    cx.new_size(count * size_of::<(usize, Trace)>())
}

/// `(size, ((file, line), ...))` for each block, by address. The list is copied first: making objects makes blocks.
fn get_traces(cx: &Interpreter, _: &Object) -> Outcome {
    let mut traces: Vec<(usize, usize, Rc<[Line]>)> = match tracer(cx) {
        None => Vec::new(),
        Some(tracer) => {
            let traces = tracer.traces.borrow();
            traces.iter().map(|(address, trace)| (*address, trace.size, Rc::clone(&trace.lines))).collect()
        }
    };
    traces.sort_unstable_by_key(|trace| trace.0);
    let mut rows = Vec::with_capacity(traces.len());
    for (_, size, lines) in traces {
        rows.push(cx.new_tuple(&[cx.new_size(size)?, lines_object(cx, &lines)?])?);
        cx.poll()?;
    }
    cx.new_list(rows)
}

fn lines_object(cx: &Interpreter, lines: &[Line]) -> Outcome {
    let rows = lines
        .iter()
        .map(|(file, line)| cx.new_tuple(&[cx.intern(file)?.into_object(), cx.new_int(i64::from(*line))?]));
    cx.new_tuple_from(rows.collect::<Outcome<Vec<_>>>()?)
}

fn get_object_traceback(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let address = object.address() - object.kind().lifecycle.prefix.bytes();
    let lines = tracer(cx)
        .and_then(|tracer| tracer.traces.borrow().get(&address).map(|trace| Rc::clone(&trace.lines)));
    match lines {
        Some(lines) => lines_object(cx, &lines),
        None => Ok(cx.none()),
    }
}
