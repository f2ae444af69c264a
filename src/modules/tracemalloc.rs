//! `_tracemalloc`: which line of the program asked for which block. The heap tells of every block; `tracemalloc` in
//! Python groups what is kept here. Blocks that were made at the same place share its description.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::support::{new_module, to_c_int};
use crate::memory::Observer;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome, current};

/// A line of a file.
type Line = (Rc<str>, u32);

/// The greatest number of frames that a place counts.
const MOST_FRAMES: usize = 65535;

/// Where blocks are made: the innermost frames.
#[derive(PartialEq, Eq, Hash)]
struct Place {
    /// The innermost frame first.
    lines: Box<[Line]>,
    /// How many frames there were.
    depth: usize,
}

/// A block that is traced.
#[derive(Clone)]
struct Trace {
    size: usize,
    place: Rc<Place>,
}

/// Keeps a trace of every block made while it watches.
#[derive(Default)]
struct Tracer {
    traces: RefCell<FxHashMap<usize, Trace>>,
    places: RefCell<FxHashSet<Rc<Place>>>,
    limit: Cell<usize>,
    used: Cell<usize>,
    peak: Cell<usize>,
}

impl Tracer {
    fn add(&self, address: usize, size: usize) {
        self.remove(address);
        let trace = Trace { size, place: self.shared(place(self.limit.get())) };
        self.traces.borrow_mut().insert(address, trace);
        self.used.set(self.used.get() + size);
        self.peak.set(self.peak.get().max(self.used.get()));
    }

    /// The place as it is known already, if it is.
    fn shared(&self, place: Place) -> Rc<Place> {
        let mut places = self.places.borrow_mut();
        if let Some(known) = places.get(&place) {
            return Rc::clone(known);
        }
        let place = Rc::new(place);
        places.insert(Rc::clone(&place));
        place
    }

    fn forget(&self) {
        let forgotten = (self.traces.take(), self.places.take());
        drop(forgotten);
        self.used.set(0);
        self.peak.set(0);
    }

    /// Bytes that the traces themselves take.
    fn own_memory(&self) -> usize {
        let (traces, places) = (self.traces.borrow(), self.places.borrow());
        let lines: usize = places.iter().map(|place| size_of_val(&*place.lines)).sum();
        traces.capacity() * size_of::<(usize, Trace)>() + places.len() * size_of::<Place>() + lines
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

    /// No new memory, as in CPython: only a block that is traced already changes its place.
    fn reused(&self, address: usize, _: usize) {
        if self.traces.borrow().contains_key(&address) {
            let place = self.shared(place(self.limit.get()));
            if let Some(trace) = self.traces.borrow_mut().get_mut(&address) {
                trace.place = place;
            }
        }
    }
}

/// The lines that run now.
fn place(limit: usize) -> Place {
    let records = current().thread.stack.records();
    let innermost = records.iter().rev().take(limit).map(|record| {
        let code = crate::vm::code_of_record(record);
        (Rc::clone(&code.unit.source.file_name), code.location(record.ip).line)
    });
    if records.is_empty() {
        return Place { lines: Box::new([(Rc::from("<unknown>"), 0)]), depth: 1 };
    }
    Place { lines: innermost.collect(), depth: records.len().min(MOST_FRAMES) }
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
    let Some(limit) = usize::try_from(limit).ok().filter(|limit| (1..=MOST_FRAMES).contains(limit)) else {
        return Err(cx.value_error("the number of frames must be in range [1; 65535]"));
    };
    let state = cx.extension::<State>();
    if !state.is_tracing.get() {
        let tracer = state.tracer.get().unwrap_or_else(|| Box::leak(Box::default()));
        tracer.limit.set(limit);
        state.tracer.set(Some(tracer));
        state.is_tracing.set(true);
        cx.space.heap.observe(tracer);
    }
    Ok(cx.none())
}

fn stop(cx: &Interpreter, _: &Object) -> Outcome {
    if let Some(tracer) = tracer(cx) {
        cx.space.heap.stop_observing(tracer);
        cx.extension::<State>().is_tracing.set(false);
        tracer.forget();
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
        tracer.forget();
    }
    Ok(cx.none())
}

fn get_traceback_limit(cx: &Interpreter, _: &Object) -> Outcome {
    let limit = cx.extension::<State>().tracer.get().map_or(1, |tracer| tracer.limit.get());
    cx.new_size(limit)
}

fn get_own_memory(cx: &Interpreter, _: &Object) -> Outcome {
    cx.new_size(tracer(cx).map_or(0, Tracer::own_memory))
}

/// `(domain, size, ((file, line), ...), depth)` for each block, by address. The traces are copied first: making objects
/// makes blocks.
fn get_traces(cx: &Interpreter, _: &Object) -> Outcome {
    let mut traces: Vec<(usize, Trace)> = match tracer(cx) {
        None => Vec::new(),
        Some(tracer) => tracer.traces.borrow().iter().map(|(at, trace)| (*at, trace.clone())).collect(),
    };
    traces.sort_unstable_by_key(|trace| trace.0);
    let mut texts = Texts::default();
    let mut rows = Vec::with_capacity(traces.len());
    for (_, trace) in traces {
        let lines = texts.lines(cx, &trace.place)?;
        let parts = [cx.new_int(0)?, cx.new_size(trace.size)?, lines, cx.new_size(trace.place.depth)?];
        rows.push(cx.new_tuple(&parts)?);
        cx.poll()?;
    }
    cx.new_list(rows)
}

/// Objects for file names and places, each made once.
#[derive(Default)]
struct Texts {
    files: FxHashMap<Rc<str>, ObjectRef>,
    places: FxHashMap<*const Place, ObjectRef>,
}

impl Texts {
    fn lines(&mut self, cx: &Interpreter, place: &Rc<Place>) -> Outcome {
        if let Some(known) = self.places.get(&Rc::as_ptr(place)) {
            return Ok(known.clone());
        }
        let mut rows = Vec::with_capacity(place.lines.len());
        for (file, line) in &place.lines {
            rows.push(cx.new_tuple(&[self.file(cx, file)?, cx.new_int(i64::from(*line))?])?);
        }
        let lines = cx.new_tuple_from(rows)?;
        self.places.insert(Rc::as_ptr(place), lines.clone());
        Ok(lines)
    }

    fn file(&mut self, cx: &Interpreter, name: &Rc<str>) -> Outcome {
        if let Some(known) = self.files.get(name) {
            return Ok(known.clone());
        }
        let text = cx.new_text(name)?;
        self.files.insert(Rc::clone(name), text.clone());
        Ok(text)
    }
}

/// The line that made a block, as far as that is traced.
pub fn place_of(cx: &Interpreter, block: usize) -> Option<String> {
    let tracer = tracer(cx)?;
    let traces = tracer.traces.borrow();
    let (file, line) = traces.get(&block)?.place.lines.first()?;
    Some(format!("{file}, line {line}"))
}

fn get_object_traceback(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let address = object.address() - object.kind().lifecycle.prefix.bytes();
    let place = tracer(cx)
        .and_then(|tracer| tracer.traces.borrow().get(&address).map(|trace| Rc::clone(&trace.place)));
    match place {
        Some(place) => Texts::default().lines(cx, &place),
        None => Ok(cx.none()),
    }
}
