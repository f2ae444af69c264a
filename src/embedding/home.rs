//! What an interpreter and its handles share.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::options::Captured;
use super::{Error, Handle, Options, Output, Result};
use crate::modules::io::device::{Device, Writer};
use crate::modules::{finalize, import};
use crate::object::{ObjectRef, Ref};
use crate::runtime::interpreter::Owned;
use crate::runtime::registered::Registered;
use crate::runtime::{Interpreter, Outcome};
use crate::values::dict::Dict;

/// What the built-in types and modules need, with some room.
const SMALLEST_LIMIT: usize = 32 << 20;

/// The interpreter proper. Lives until the user's interpreter and all handles are gone.
pub struct Home {
    owned: Owned,
    main: RefCell<Option<Ref<Dict>>>,
    is_over: Cell<bool>,
    /// Whether someone outside waits for what the program writes.
    passes_on: bool,
    pub(super) output: Captured,
    pub(super) errors: Captured,
}

impl Home {
    /// A complete interpreter with an empty `__main__`.
    pub(super) fn new(options: Options) -> Result<Rc<Self>> {
        if options.memory_limit.is_some_and(|limit| limit < SMALLEST_LIMIT) {
            return Err(Error::Start(format!("a limit of memory below {SMALLEST_LIMIT} bytes")));
        }
        let native = crate::runtime::Options {
            cpython: options.cpython,
            memory_limit: options.memory_limit,
            optimize: options.optimize,
            verify_heap: options.verify_heap,
            native_stack: 0,
            ..crate::runtime::Options::default()
        };
        let owned = make(native)?;
        let passes_on = !matches!(options.output, Output::Captured);
        let (output, captured_output) = options.output.open();
        let (errors, captured_errors) = options.errors.open();
        let main = owned.enter(|cx| {
            let made = set_up(cx, [(1, output), (2, errors)], &options.arguments, &options.path);
            made.map_err(|_| Error::taken(cx))
        })?;
        Ok(Rc::new(Self {
            owned,
            main: RefCell::new(Some(main)),
            is_over: Cell::new(false),
            passes_on,
            output: captured_output,
            errors: captured_errors,
        }))
    }

    /// Runs `work` inside the interpreter; what it raises becomes an error.
    ///
    /// # Errors
    /// What `work` raised, or that the interpreter has ended.
    pub(super) fn enter<T>(&self, work: impl FnOnce(&Interpreter) -> Outcome<T>) -> Result<T> {
        self.visit(|cx| work(cx).map_err(|_| Error::taken(cx)))
    }

    /// Runs `work` inside the interpreter.
    ///
    /// # Errors
    /// What `work` gives, or that the interpreter has ended.
    pub(super) fn visit<T>(&self, work: impl FnOnce(&Interpreter) -> Result<T>) -> Result<T> {
        if self.is_over.get() {
            return Err(Error::Ended);
        }
        self.owned.enter(work)
    }

    /// Passes on what the program has written, so that it comes before what the embedding program writes next.
    pub(super) fn pass_on(&self) {
        if self.passes_on {
            let _ = self.enter(|cx| Ok(finalize::flush(cx)));
        }
    }

    /// Drops a reference into this interpreter's heap.
    pub(super) fn release(&self, object: ObjectRef) {
        self.owned.enter(|_| drop(object));
    }

    /// The namespace of `__main__`.
    ///
    /// # Errors
    /// When the interpreter has ended.
    pub(super) fn main(&self) -> Result<Ref<Dict>> {
        self.main.borrow().clone().ok_or(Error::Ended)
    }

    /// Runs exit functions, flushes, takes the modules apart. Python may run.
    pub(super) fn finish(&self) {
        if self.is_over.get() {
            return;
        }
        self.owned.enter(|cx| {
            drop(self.main.take());
            finalize::finish(cx, 0);
            cx.extension::<Registered>().clear();
        });
        self.is_over.set(true);
    }
}

impl std::fmt::Debug for Home {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(if self.is_over.get() { "ended" } else { "running" })
    }
}

/// A handle on an object of this interpreter.
pub(super) fn handle(home: &Rc<Home>, object: ObjectRef) -> Handle {
    Handle::new(Rc::clone(home), object)
}

/// A bare interpreter that is not the thread's current one.
fn make(options: crate::runtime::Options) -> Result<Owned> {
    Owned::apart(options).map_err(Error::from)
}

type Stream = (i64, Option<Writer>);

fn set_up(
    cx: &Interpreter,
    streams: [Stream; 2],
    arguments: &[String],
    path: &[String],
) -> Outcome<Ref<Dict>> {
    crate::modules::complete(cx)?;
    for (descriptor, writer) in streams {
        let Some(writer) = writer else { continue };
        let stream = crate::modules::io::open::stream_over(cx, descriptor, Device::Writer(writer))?;
        let name = if descriptor == 1 { "stdout" } else { "stderr" };
        cx.dict_set_str(&cx.sys, &format!("__{name}__"), stream.clone())?;
        cx.dict_set_str(&cx.sys, name, stream)?;
    }
    let nameless = [String::new()];
    let arguments = if arguments.is_empty() { &nameless[..] } else { arguments };
    for (name, texts) in [("argv", arguments), ("path", path)] {
        let texts = texts.iter().map(|text| cx.new_text(text)).collect::<Outcome<Vec<_>>>()?;
        cx.dict_set_str(&cx.sys, name, cx.new_list(texts)?)?;
    }
    import::main_namespace(cx)
}
