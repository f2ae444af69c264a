//! The state of a thread of execution: what is being raised and handled, how deep it is, its stack bounds.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::field::Field;
use super::interpreter::Interpreter;
use super::outcome::{Outcome, Raised};
use crate::bytecode::CodeUnit;
use crate::object::{Object, ObjectRef, Visitor};

/// The part of the native stack below which nothing more is entered: room for signal handlers and leaf calls.
const NATIVE_RESERVE: usize = 512 * 1024;

/// Levels of guarded native calls, whatever `sys.setrecursionlimit` says: about where the reference's native stack of 8 MiB
/// ends. Work at each level that grows with the depth, such as the text of a nested list, stays bearable by it.
const NATIVE_LEVELS: usize = 15_000;

/// State of one thread of execution.
pub struct ThreadState {
    /// The exception on its way, if one is.
    pub raised: Field<Option<ObjectRef>>,
    /// Levels of handled exceptions; the innermost is last. Generators whose code has handlers push theirs while they run.
    pub handled: RefCell<Vec<Option<ObjectRef>>>,
    /// Python calls and guarded native calls under way.
    pub depth: Cell<usize>,
    /// The greatest depth (`sys.setrecursionlimit`).
    pub recursion_limit: Cell<usize>,
    /// Guarded native calls under way.
    pub native_depth: Cell<usize>,
    /// Lowest address that the native stack may reach.
    pub native_limit: Cell<usize>,
    /// Windows and records of the running frames.
    pub stack: super::stack::ValueStack,
    /// Who observes what runs.
    pub observers: Observers,
    /// Containers whose repr is under way (`Py_ReprEnter`), by address.
    pub repr_stack: RefCell<FxHashSet<usize>>,
    /// Namespaces of modules whose import is under way, by address.
    pub importing: RefCell<FxHashSet<usize>>,
}

/// The functions of `sys.settrace` and `sys.setprofile`, and who follows instructions. While there is one, traps stand in
/// all code.
pub struct Observers {
    /// `sys.gettrace()`
    pub trace: Field<Option<ObjectRef>>,
    /// `sys.getprofile()`
    pub profile: Field<Option<ObjectRef>>,
    /// One of them is set.
    pub tells: Cell<bool>,
    /// Called before each instruction, while somebody follows what instructions do.
    pub steps: Cell<Option<fn(&Interpreter)>>,
    /// Someone of all these is there: traps stand in all code.
    pub active: Cell<bool>,
    /// The instructions that run now without their traps: how many frames there were, the unit, the word.
    pub stepped: RefCell<Vec<Stepped>>,
    /// The StopIteration that ended an iteration without reaching a frame, for the frame that went through the iterator.
    pub stop: Field<Option<ObjectRef>>,
    /// The event that is being told, or the last one that was; CPython begins with a call.
    pub event: Cell<&'static str>,
    /// One of them runs, and is not told of itself.
    pub inside: Cell<bool>,
    /// All code objects, by address: those that traps must be put into.
    pub codes: RefCell<FxHashSet<usize>>,
}

/// An instruction that runs without its trap: how many frames there were, the code object's address, its unit (which
/// tells whether that is still the same code), and the word.
pub type Stepped = (usize, usize, Rc<CodeUnit>, usize);

impl Default for Observers {
    fn default() -> Self {
        Self {
            trace: Field::new(None),
            profile: Field::new(None),
            tells: Cell::new(false),
            steps: Cell::new(None),
            active: Cell::new(false),
            stepped: RefCell::default(),
            stop: Field::new(None),
            event: Cell::new("call"),
            inside: Cell::new(false),
            codes: RefCell::default(),
        }
    }
}

impl ThreadState {
    /// A fresh state; `native_limit` is the lowest usable address of this thread's native stack.
    pub fn new(native_limit: usize, stack: super::stack::ValueStack) -> Self {
        Self {
            raised: Field::new(None),
            handled: RefCell::new(vec![None]),
            depth: Cell::new(0),
            recursion_limit: Cell::new(1000),
            native_depth: Cell::new(0),
            native_limit: Cell::new(native_limit + NATIVE_RESERVE),
            stack,
            observers: Observers::default(),
            repr_stack: RefCell::default(),
            importing: RefCell::default(),
        }
    }

    /// Shows the exception on its way, those being handled, and who observes.
    pub fn visit(&self, visitor: &mut Visitor<'_>) {
        self.raised.visit(visitor);
        self.observers.trace.visit(visitor);
        self.observers.profile.visit(visitor);
        self.observers.stop.visit(visitor);
        self.handled.borrow().iter().flatten().for_each(|exception| visitor(exception.as_pointer()));
    }

    /// Takes the innermost frame off the stack. What it owned is moved or dropped already, or is by the caller.
    #[inline]
    pub fn pop_frame(&self) {
        self.stack.innermost.set(self.stack.innermost.get().wrapping_sub(1));
        self.depth.set(self.depth.get() - 1);
    }

    /// A level of recursion without a frame or native code begins; whoever asks has compared with the limit.
    #[inline]
    pub fn enter_level(&self) {
        self.depth.set(self.depth.get() + 1);
    }

    /// Such a level ends.
    #[inline]
    pub fn leave_level(&self) {
        self.depth.set(self.depth.get() - 1);
    }

    /// The exception being handled: of the innermost level that handles one.
    pub fn handled_exception(&self) -> Option<ObjectRef> {
        self.handled.borrow().iter().rev().find_map(Clone::clone)
    }

    /// Replaces what the innermost level handles and returns what it handled before.
    pub fn replace_handled(&self, exception: Option<ObjectRef>) -> Option<ObjectRef> {
        let mut levels = self.handled.borrow_mut();
        let top = levels.last_mut().expect("the thread's own level stays");
        std::mem::replace(top, exception)
    }
}

/// One level of recursion, given back on drop.
pub struct DepthGuard<'a>(&'a ThreadState);

impl Drop for DepthGuard<'_> {
    fn drop(&mut self) {
        self.0.depth.set(self.0.depth.get() - 1);
        self.0.native_depth.set(self.0.native_depth.get() - 1);
    }
}

/// An address near the top of the native stack in use.
#[inline(always)]
fn stack_pointer() -> usize {
    let marker = 0u8;
    std::hint::black_box(&raw const marker) as usize
}

impl Interpreter {
    /// Stands at every native re-entry: counts one level against the recursion limit and checks the native stack.
    /// `place` ends the message, e.g. `" while calling a Python object"`.
    pub fn enter(&self, place: &str) -> Outcome<DepthGuard<'_>> {
        let thread = &self.thread;
        if thread.depth.get() >= thread.recursion_limit.get()
            || thread.native_depth.get() >= NATIVE_LEVELS
            || stack_pointer() < thread.native_limit.get()
        {
            return Err(self.recursion_error(place));
        }
        thread.depth.set(thread.depth.get() + 1);
        thread.native_depth.set(thread.native_depth.get() + 1);
        Ok(DepthGuard(thread))
    }

    /// Whether a call that keeps no level of recursion of its own may be made: as [`Interpreter::enter`], but for the
    /// error.
    #[inline]
    pub fn may_enter(&self) -> bool {
        let thread = &self.thread;
        thread.depth.get() < thread.recursion_limit.get() && stack_pointer() >= thread.native_limit.get()
    }

    /// Stands where native code is entered again without a level of recursion of its own: checks the native stack.
    #[inline]
    pub fn guard_native(&self) -> Outcome<()> {
        if stack_pointer() < self.thread.native_limit.get() {
            return Err(self.recursion_error(""));
        }
        Ok(())
    }

    /// Raises RecursionError; `place` as for [`Interpreter::enter`].
    #[cold]
    pub fn recursion_error(&self, place: &str) -> Raised {
        self.raise_text(&self.types.recursion_error, &format!("maximum recursion depth exceeded{place}"))
    }

    /// Shows an object; one that is being shown already, and so is inside itself, is `nested`.
    pub fn repr_once(
        &self,
        object: &Object,
        nested: impl std::fmt::Display,
        show: impl FnOnce() -> Outcome,
    ) -> Outcome {
        if !self.thread.repr_stack.borrow_mut().insert(object.address()) {
            return self.new_text(&nested.to_string());
        }
        let shown = show();
        self.thread.repr_stack.borrow_mut().remove(&object.address());
        shown
    }
}
