//! The parts of an interpreter: they are made while there is only its space, and written into it at once.

use std::cell::{Cell, RefCell};

use super::bare_types::bare_types;
use super::field::Field;
use super::interned::{dealloc_text, intern_names};
use super::interpreter::{GREATEST_INT, Interpreter, Options, SMALLEST_INT, interrupt_flag};
use super::lookup::MethodCache;
use super::stack::ValueStack;
use super::thread::ThreadState;
use super::type_object::TypeObject;
use super::type_table::Types;
use crate::object::{ObjectRef, ObjectSpace, Ref};
use crate::values::dict::Dict;
use crate::values::integer::Integer;
use crate::values::text::Text;
use crate::values::tuple::Tuple;

/// The parts of an interpreter that are made before there is one.
pub(super) struct Birth {
    types: Types,
    singletons: Vec<ObjectRef>,
    empty_tuple: Ref<Tuple>,
    empty_text: Ref<Text>,
    latin_texts: Vec<Ref<Text>>,
    small_ints: Vec<ObjectRef>,
    booleans: [ObjectRef; 2],
    namespaces: [Ref<Dict>; 3],
    stack: ValueStack,
}

impl Birth {
    pub(super) fn new(space: &ObjectSpace, options: &Options) -> Option<Self> {
        let types = bare_types(space)?;
        let singleton = |kind: &TypeObject| {
            // SAFETY: a singleton is a header and nothing else.
            unsafe { space.birth(kind, 16).map(|object| ObjectRef::from_owned(object)) }
        };
        let integer =
            |kind: &TypeObject, value: i64| Some(Integer::new_small(kind, value).ok()?.into_object());
        let dict = || Dict::new(&types.dict).ok();
        Some(Self {
            singletons: [
                &types.none_type,
                &types.not_implemented_type,
                &types.ellipsis_type,
                &types.unbound_type,
            ]
            .into_iter()
            .map(|kind| singleton(kind))
            .collect::<Option<_>>()?,
            empty_tuple: untracked_empty_tuple(space, &types.tuple)?,
            empty_text: Text::from_str(&types.str, "").ok()?,
            latin_texts: (0..=255u32)
                .map(|code| Text::from_code_points(&types.str, &[code]).ok())
                .collect::<Option<_>>()?,
            small_ints: (SMALLEST_INT..=GREATEST_INT)
                .map(|value| integer(&types.int, value))
                .collect::<Option<_>>()?,
            booleans: [integer(&types.bool, 0)?, integer(&types.bool, 1)?],
            namespaces: [dict()?, dict()?, dict()?],
            stack: ValueStack::new(&space.heap, options.debug_fill || options.system_malloc)?,
            types,
        })
    }

    /// # Safety
    /// `this` is the interpreter whose space is written already; every other field is not.
    pub(super) unsafe fn write_into(self, this: *mut Interpreter, options: Options) {
        let [none, not_implemented, ellipsis, unbound]: [ObjectRef; 4] =
            self.singletons.try_into().unwrap_or_else(|_| unreachable!("four singletons"));
        let [false_, true_] = self.booleans;
        let [modules, builtins, sys] = self.namespaces;
        let (interned, names) = intern_names(&self.types, &self.empty_text, &self.latin_texts);
        // Interned texts die before the type is complete, too.
        self.types.str.lifecycle.dealloc.set(dealloc_text);
        let native_limit = native_stack_limit(options.native_stack);
        // SAFETY: each remaining field is written exactly once.
        unsafe {
            (&raw mut (*this).types).write(self.types);
            (&raw mut (*this).none).write(none);
            (&raw mut (*this).true_).write(true_);
            (&raw mut (*this).false_).write(false_);
            (&raw mut (*this).not_implemented).write(not_implemented);
            (&raw mut (*this).ellipsis).write(ellipsis);
            (&raw mut (*this).unbound).write(unbound);
            (&raw mut (*this).empty_tuple).write(self.empty_tuple);
            (&raw mut (*this).empty_text).write(self.empty_text);
            (&raw mut (*this).empty_bytes).write(Field::new(None));
            (&raw mut (*this).single_bytes).write((0..256).map(|_| Field::new(None)).collect());
            (&raw mut (*this).small_ints).write(self.small_ints);
            (&raw mut (*this).latin_texts).write(self.latin_texts);
            (&raw mut (*this).names).write(names);
            (&raw mut (*this).interned).write(RefCell::new(interned));
            (&raw mut (*this).thread).write(ThreadState::new(native_limit, self.stack));
            (&raw mut (*this).modules).write(modules);
            (&raw mut (*this).builtins).write(builtins);
            (&raw mut (*this).sys).write(sys);
            (&raw mut (*this).options).write(options);
            (&raw mut (*this).next_type_version).write(Cell::new(1));
            (&raw mut (*this).name_place).write(Cell::new(0));
            (&raw mut (*this).builtins_place).write(Cell::new(0));
            (&raw mut (*this).memory_error).write(Field::new(None));
            (&raw mut (*this).interrupted).write(interrupt_flag());
            (&raw mut (*this).collector).write(Cell::new(None));
            (&raw mut (*this).verifier).write(Cell::new(None));
            (&raw mut (*this).super_frame).write(Cell::new(None));
            (&raw mut (*this).method_cache).write(MethodCache::default());
            (&raw mut (*this).extensions).write(RefCell::default());
            (&raw mut (*this).extension_roots).write(RefCell::default());
        }
    }
}

/// The empty tuple, which holds nothing that the collector could look for.
fn untracked_empty_tuple(space: &ObjectSpace, kind: &TypeObject) -> Option<Ref<Tuple>> {
    let tuple = Tuple::new(kind, std::iter::empty()).ok()?;
    // SAFETY: tuples have the collector's prefix.
    unsafe { space.untrack(tuple.as_object().as_pointer()) };
    Some(tuple)
}

/// The lowest address that native frames may use: so many bytes below here, or the end of the thread's stack.
fn native_stack_limit(bytes: usize) -> usize {
    let here = 0u8;
    let here = std::hint::black_box(&raw const here) as usize;
    match bytes {
        0 => stack_end().filter(|end| *end < here).unwrap_or_else(|| here.saturating_sub(SMALLEST_STACK)),
        _ => here.saturating_sub(bytes),
    }
}

/// What a thread has where it cannot be asked.
const SMALLEST_STACK: usize = 1 << 20;

/// The lowest address of this thread's stack.
#[cfg(target_os = "linux")]
fn stack_end() -> Option<usize> {
    // SAFETY: the attributes are filled before they are read, and destroyed after.
    unsafe {
        let mut attributes = std::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &mut attributes) != 0 {
            return None;
        }
        let (mut start, mut size) = (std::ptr::null_mut(), 0);
        let found = libc::pthread_attr_getstack(&attributes, &mut start, &mut size);
        libc::pthread_attr_destroy(&mut attributes);
        (found == 0).then_some(start as usize)
    }
}

#[cfg(not(target_os = "linux"))]
fn stack_end() -> Option<usize> {
    None
}
