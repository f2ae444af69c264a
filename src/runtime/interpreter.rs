//! The state of one interpreter, from its start to its end.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use rustc_hash::FxHashMap;

use super::birth::Birth;
use super::field::Field;
use super::interned::InternTable;
use super::names::Names;
use super::thread::ThreadState;
use super::type_table::Types;
use crate::memory::{Heap, HeapOptions, ReserveError, Source};
use crate::object::{ObjectRef, ObjectSpace, Ref, enter_space};
use crate::values::dict::Dict;
use crate::values::text::Text;
use crate::values::tuple::Tuple;

/// The smallest preallocated integer.
pub const SMALLEST_INT: i64 = -5;
/// The greatest preallocated integer.
pub const GREATEST_INT: i64 = 256;

/// What is fixed when an interpreter is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// `-X cpython`: values of CPython 3.11 where the course states others.
    pub cpython: bool,
    /// `-X stress-gc`
    pub stress_gc: bool,
    /// `-X verify-heap`
    pub verify_heap: bool,
    /// `-X malloc=system`
    pub system_malloc: bool,
    /// Fill new and freed blocks with patterns.
    pub debug_fill: bool,
    /// Bytes that the heap may take from the system; by default three quarters of the machine's memory.
    pub memory_limit: Option<usize>,
    /// `-O`
    pub optimize: bool,
    /// `-q`
    pub quiet: bool,
    /// `-i`
    pub inspect: bool,
    /// `-u`
    pub unbuffered: bool,
    /// `-v`
    pub verbose: bool,
    /// `-X NAME[=VALUE]` as given, for `sys._xoptions`.
    pub x_options: Vec<(String, Option<String>)>,
    /// Bytes of native stack below the frame that makes the interpreter; 0 lets them be measured.
    pub native_stack: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cpython: false,
            stress_gc: false,
            verify_heap: false,
            system_malloc: false,
            debug_fill: false,
            memory_limit: None,
            optimize: false,
            quiet: false,
            inspect: false,
            unbuffered: false,
            verbose: false,
            x_options: Vec::new(),
            native_stack: 4 << 20,
        }
    }
}

/// See [`Interpreter::super_frame`].
pub type FindFrame = fn(&Interpreter) -> super::outcome::Outcome<(ObjectRef, ObjectRef)>;

/// One interpreter. The handle is always `&Interpreter`: any call may run Python.
#[repr(C)]
pub struct Interpreter {
    /// Where its objects live. First, so that the current space leads to its interpreter.
    pub space: ObjectSpace,
    /// Its built-in types.
    pub types: Types,
    /// `None`
    pub none: ObjectRef,
    /// `True`
    pub true_: ObjectRef,
    /// `False`
    pub false_: ObjectRef,
    /// `NotImplemented`
    pub not_implemented: ObjectRef,
    /// `Ellipsis`
    pub ellipsis: ObjectRef,
    /// Stands in local registers that are not bound. Never seen by a program.
    pub unbound: ObjectRef,
    /// `()`
    pub empty_tuple: Ref<Tuple>,
    /// `''`
    pub empty_text: Ref<Text>,
    /// `b''`, once made.
    pub empty_bytes: Field<Option<ObjectRef>>,
    /// -5 to 256.
    pub small_ints: Vec<ObjectRef>,
    /// The `bytes` of one byte by that byte, each from its first use on.
    pub single_bytes: Vec<Field<Option<ObjectRef>>>,
    /// The one-character texts of latin-1.
    pub latin_texts: Vec<Ref<Text>>,
    /// Names looked up by the interpreter itself.
    pub names: Names,
    /// Interned texts, for as long as others hold them.
    pub interned: RefCell<InternTable>,
    /// The thread of execution.
    pub thread: ThreadState,
    /// `sys.modules`
    pub modules: Ref<Dict>,
    /// Where `__name__` stood in the global namespace asked last.
    pub name_place: Cell<usize>,
    /// The same for `__builtins__`.
    pub builtins_place: Cell<usize>,
    /// The namespace of `builtins`.
    pub builtins: Ref<Dict>,
    /// The namespace of `sys`.
    pub sys: Ref<Dict>,
    /// The options.
    pub options: Options,
    /// The next type version.
    pub next_type_version: Cell<u32>,
    /// A MemoryError made while there was memory.
    pub memory_error: Field<Option<ObjectRef>>,
    /// Set by a signal handler.
    pub interrupted: &'static std::sync::atomic::AtomicBool,
    /// Runs the collections that were asked for; the floor above that knows all roots sets it.
    pub collector: Cell<Option<fn(&Interpreter)>>,
    /// Checks the heap where the loop alone is at work; set with `-X verify-heap`.
    pub verifier: Cell<Option<fn(&Interpreter)>>,
    /// Finds class and first argument of the running function, for `super()`. The loop sets it; it raises RuntimeError
    /// in the words of `super()` where there are none.
    pub super_frame: Cell<Option<FindFrame>>,
    /// Cache of attributes found along MROs.
    pub(super) method_cache: super::lookup::MethodCache,
    /// State of upper floors, by their types.
    pub extensions: RefCell<FxHashMap<std::any::TypeId, std::rc::Rc<dyn std::any::Any>>>,
    /// Those of them that own references.
    pub(super) extension_roots: RefCell<Vec<std::rc::Rc<dyn super::roots::Roots>>>,
}

static INTERRUPTED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// The flag that a handler of SIGINT sets.
pub fn interrupt_flag() -> &'static std::sync::atomic::AtomicBool {
    &INTERRUPTED
}

/// The interpreter that runs on this thread.
#[inline]
pub fn current() -> &'static Interpreter {
    // SAFETY: every space that is entered is the first field of an `Interpreter`, which is `repr(C)`.
    unsafe { &*std::ptr::from_ref(crate::object::space()).cast::<Interpreter>() }
}

/// Why there is no interpreter.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address range could not be had.
    #[error(transparent)]
    Reserve(#[from] ReserveError),
    /// There is not even memory for the built-in types.
    #[error("no memory for the built-in types")]
    Memory,
}

/// An interpreter with its heap. Dropping it gives the heap's address range back as a whole: its objects are not taken
/// apart one by one, so whoever wants finalizers to run ends the program's modules before.
pub struct Owned(NonNull<Interpreter>);

impl std::ops::Deref for Owned {
    type Target = Interpreter;
    fn deref(&self) -> &Interpreter {
        // SAFETY: made from a box, freed only on drop.
        unsafe { self.0.as_ref() }
    }
}

/// Makes the space that was current before the current one again.
struct Left(*const ObjectSpace);

impl Drop for Left {
    fn drop(&mut self) {
        // SAFETY: it was current when this one was entered, and whoever entered it still waits for us.
        unsafe { enter_space(self.0) };
    }
}

impl Owned {
    /// A bare interpreter that does not become the current one of this thread.
    ///
    /// # Errors
    /// As for [`Interpreter::new_bare`].
    pub fn apart(options: Options) -> Result<Self, StartError> {
        // SAFETY: no space becomes current but the one that was, which its owner still keeps.
        let before = Left(unsafe { enter_space(std::ptr::null()) });
        let made = Interpreter::new_bare(options);
        drop(before);
        made
    }

    /// Runs `work` while this interpreter is the current one of the thread.
    pub fn enter<T>(&self, work: impl FnOnce(&Interpreter) -> T) -> T {
        // SAFETY: the interpreter is borrowed until the one before is current again.
        let left = Left(unsafe { enter_space(&raw const self.space) });
        let done = work(self);
        drop(left);
        done
    }

    /// Gives back what the interpreter keeps outside its heap. References into the heap are forgotten, not counted down.
    fn drop_tables(&mut self) {
        let extensions = std::mem::take(&mut *self.extensions.borrow_mut());
        self.enter(|_| drop(extensions));
        // SAFETY: nobody else has the interpreter.
        let this = unsafe { self.0.as_mut() };
        // SAFETY: nobody asks for an interned text any more, and the struct is given back without its drops.
        unsafe { std::ptr::drop_in_place(&raw mut this.interned) };
        std::mem::take(&mut this.small_ints).into_iter().for_each(std::mem::forget);
        std::mem::take(&mut this.latin_texts).into_iter().for_each(std::mem::forget);
        std::mem::take(&mut this.single_bytes).into_iter().for_each(std::mem::forget);
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.drop_tables();
        // SAFETY: nobody uses the interpreter any more; what its fields refer to lies in the heap that goes with it, so
        // only the heap is dropped, and the memory of the struct itself.
        unsafe {
            let entered = enter_space(std::ptr::null());
            if !std::ptr::eq(entered, &raw const self.0.as_ref().space) {
                enter_space(entered);
            }
            std::ptr::drop_in_place(&raw mut (*self.0.as_ptr()).space.heap);
            drop(Box::from_raw(self.0.as_ptr().cast::<std::mem::MaybeUninit<Interpreter>>()));
        }
    }
}

impl Interpreter {
    /// A bare interpreter: types without behaviour, singletons, interned names. It becomes the current one of this
    /// thread. Upper floors complete it.
    ///
    /// # Errors
    /// When address range or memory cannot be had.
    pub fn new_bare(options: Options) -> Result<Owned, StartError> {
        let source = if options.system_malloc { Source::System } else { Source::Pools };
        let heap =
            Heap::new(HeapOptions { limit: options.memory_limit, source, debug_fill: options.debug_fill })?;
        let mut place = Box::<Self>::new_uninit();
        // SAFETY: `space` is written and settled before it is entered; the remaining fields are written by
        // the birth, which touches only the space until then.
        unsafe {
            let this = place.as_mut_ptr();
            (&raw mut (*this).space).write(ObjectSpace::new(heap));
            (*this).space.settle();
            enter_space(&raw const (*this).space);
            let rest = Birth::new(&(*this).space, &options).ok_or(StartError::Memory)?;
            rest.write_into(this, options);
            Ok(Owned(NonNull::from(Box::leak(place.assume_init()))))
        }
    }

    /// State that an upper floor keeps with this interpreter; made on first use.
    pub fn extension<T: Default + 'static>(&self) -> std::rc::Rc<T> {
        let key = std::any::TypeId::of::<T>();
        if let Some(found) = self.extensions.borrow().get(&key) {
            return std::rc::Rc::clone(found).downcast().expect("kept under its own type");
        }
        let made = std::rc::Rc::new(T::default());
        self.extensions.borrow_mut().insert(key, made.clone());
        made
    }
}
