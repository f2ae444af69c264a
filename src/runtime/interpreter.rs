//! The state of one interpreter, and its birth.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use rustc_hash::FxHashMap;

use super::field::Field;
use super::names::Names;
use super::outcome::Outcome;
use super::slots::Slots;
use super::thread::ThreadState;
use super::type_object::{DictPlace, TypeFlags, TypeObject};
use super::type_table::Types;
use crate::memory::{Heap, HeapOptions, ReserveError, Source};
use crate::object::{
    Lifecycle, Object, ObjectRef, ObjectSpace, Prefix, Ref, WeakSupport, dealloc_container, dealloc_leaf,
    enter_space, no_contents, no_visit,
};
use crate::values::dict::Dict;
use crate::values::float::Float;
use crate::values::integer::Integer;
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
    /// Interned texts; they stay until the interpreter ends.
    pub interned: RefCell<FxHashMap<Box<[u32]>, Ref<Text>>>,
    /// The thread of execution.
    pub thread: ThreadState,
    /// `sys.modules`
    pub modules: Ref<Dict>,
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
        std::mem::take(&mut *this.interned.borrow_mut()).into_values().for_each(std::mem::forget);
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
        // `assemble`, which touches only the space until then.
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
}

/// The parts of an interpreter that are made before there is one.
struct Birth {
    types: Types,
    singletons: Vec<ObjectRef>,
    empty_tuple: Ref<Tuple>,
    empty_text: Ref<Text>,
    latin_texts: Vec<Ref<Text>>,
    small_ints: Vec<ObjectRef>,
    booleans: [ObjectRef; 2],
    namespaces: [Ref<Dict>; 3],
    stack: super::stack::ValueStack,
}

impl Birth {
    fn new(space: &ObjectSpace, options: &Options) -> Option<Self> {
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
            stack: super::stack::ValueStack::new(&space.heap, options.debug_fill || options.system_malloc)?,
            types,
        })
    }

    /// # Safety
    /// `this` is the interpreter whose space is written already; every other field is not.
    unsafe fn write_into(self, this: *mut Interpreter, options: Options) {
        let [none, not_implemented, ellipsis, unbound]: [ObjectRef; 4] =
            self.singletons.try_into().unwrap_or_else(|_| unreachable!("four singletons"));
        let [false_, true_] = self.booleans;
        let [modules, builtins, sys] = self.namespaces;
        let mut interned = FxHashMap::with_capacity_and_hasher(FIRST_NAMES, Default::default());
        let names = intern_names(&self.types, &self.empty_text, &self.latin_texts, &mut interned);
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
            (&raw mut (*this).memory_error).write(Field::new(None));
            (&raw mut (*this).interrupted).write(&INTERRUPTED);
            (&raw mut (*this).collector).write(Cell::new(None));
            (&raw mut (*this).verifier).write(Cell::new(None));
            (&raw mut (*this).method_cache).write(super::lookup::MethodCache::default());
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

/// How many names an interpreter starts with, about.
const FIRST_NAMES: usize = 1700;

/// Names up to this length are looked up in the intern table without memory of their own.
const SHORT_NAME: usize = 64;

/// Interns the names of the interpreter, and the empty and the one-character texts.
fn intern_names(
    types: &Types,
    empty: &Ref<Text>,
    latin: &[Ref<Text>],
    interned: &mut FxHashMap<Box<[u32]>, Ref<Text>>,
) -> Names {
    for text in latin.iter().chain([empty]) {
        text.set_interned(true);
        interned.insert(text.as_slice().iter().collect(), text.clone());
    }
    Names::from_texts(Names::TEXTS.iter().map(|name| {
        let mut key = Vec::with_capacity(name.len());
        key.extend(name.chars().map(u32::from));
        interned
            .entry(key.into_boxed_slice())
            .or_insert_with(|| {
                let text = Text::from_str(&types.str, name).expect("memory for the first names");
                text.set_interned(true);
                text
            })
            .clone()
    }))
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

/// All built-in types, without behaviour. `type` is its own type, so the blocks come before their headers.
fn bare_types(space: &ObjectSpace) -> Option<Types> {
    let bytes = Prefix::Gc.bytes() + size_of::<TypeObject>();
    let blocks = Types::BARE
        .iter()
        .map(|_| {
            space
                .heap
                .allocate(bytes)
                .map(|block| unsafe { block.add(Prefix::Gc.bytes()) }.cast::<TypeObject>())
        })
        .collect::<Option<Vec<_>>>()?;
    let at =
        |name: &str| blocks[Types::BARE.iter().position(|bare| bare.name == name).expect("a built-in type")];
    let (meta, text) = (at("type"), at("str"));
    for (bare, block) in Types::BARE.iter().zip(&blocks) {
        let base = (!bare.base.is_empty()).then(|| at(bare.base));
        // SAFETY: the block is as large as a prefix and a type; names are made below.
        unsafe { write_bare_type(*block, bare.prefix, meta, base, text) };
    }
    let types = Types::from_bare(blocks.iter().map(|block| {
        // SAFETY: each was written with one reference, which this takes over.
        unsafe { ObjectRef::from_owned(block.cast()).cast_into() }
    }));
    name_bare_types(&types, text)?;
    Some(types)
}

/// # Safety
/// `block` has room for the prefix in front and for a type; the other blocks are types or will be before use.
unsafe fn write_bare_type(
    block: NonNull<TypeObject>,
    prefix: Prefix,
    meta: NonNull<TypeObject>,
    base: Option<NonNull<TypeObject>>,
    placeholder: NonNull<TypeObject>,
) {
    // SAFETY: as promised; the name fields hold a placeholder that is not dropped but overwritten.
    unsafe {
        block.cast::<u128>().sub(1).write(0);
        block.write(TypeObject {
            head: crate::object::TypeHead {
                object: Object::new(meta.cast()),
                lifecycle: bare_lifecycle(prefix),
            },
            slots: Slots::default(),
            version: Cell::new(0),
            flags: Cell::new(TypeFlags::IMMUTABLE),
            basic_size: Cell::new(16),
            item_size: Cell::new(0),
            layout: Cell::new(None),
            dict_place: Cell::new(DictPlace::None),
            name: Field::new(ObjectRef::from_owned(placeholder.cast())),
            qualified_name: Field::new(ObjectRef::from_owned(placeholder.cast())),
            base: Field::new(base.map(|base| {
                let object = base.cast::<Object>();
                ObjectRef::from_owned(object).cast_into()
            })),
            bases: Field::new(None),
            mro: Field::new(None),
            dict: Field::new(None),
            solid_base: Cell::new(Some(block)),
            members: RefCell::default(),
            has_members: Cell::new(false),
            shared_keys: Cell::new(None),
            subclasses: RefCell::default(),
            weak_list: Cell::new(std::ptr::null()),
            documentation: Cell::new(None),
            module_name: Cell::new("builtins"),
        });
    }
}

/// Gives the bare types their names, and the references to bases that were written uncounted.
fn name_bare_types(types: &Types, placeholder: NonNull<TypeObject>) -> Option<()> {
    let _ = placeholder;
    for (bare, kind) in Types::BARE.iter().zip(types.all()) {
        let name = bare.name.rsplit('.').next().unwrap_or(bare.name);
        for field in [&kind.name, &kind.qualified_name] {
            let text = Text::from_str(&types.str, name).ok()?;
            std::mem::forget(field.replace(text.into_object()));
        }
        if let Some((module, _)) = bare.name.rsplit_once('.') {
            kind.module_name.set(module);
        }
        std::mem::forget(kind.base.get());
    }
    Some(())
}

/// A lifecycle that is good for headers alone, until the type is completed.
fn bare_lifecycle(prefix: Prefix) -> Lifecycle {
    Lifecycle {
        dealloc: Cell::new(if prefix.has_gc() { dealloc_container } else { dealloc_leaf }),
        drop_contents: Cell::new(no_contents),
        visit: Cell::new(no_visit),
        fields: Cell::new(crate::object::no_fields),
        clear: Cell::new(None),
        size: Cell::new(|_| 16),
        finalize: Cell::new(None),
        referent_died: Cell::new(None),
        prefix,
        weak: Cell::new(WeakSupport::None),
        counts_type: false,
    }
}

/// Making the common values.
impl Interpreter {
    /// An integer of one machine word.
    #[inline]
    pub fn new_int(&self, value: i64) -> Outcome {
        if (SMALLEST_INT..=GREATEST_INT).contains(&value) {
            return Ok(self.small_ints[(value - SMALLEST_INT) as usize].clone());
        }
        Ok(Integer::new_small(&self.types.int, value)?.into_object())
    }

    /// An integer from a size.
    #[inline]
    pub fn new_size(&self, value: usize) -> Outcome {
        self.new_int(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// An integer from sign and 30-bit digits, lowest first.
    pub fn new_int_from_digits(&self, negative: bool, digits: &[u32]) -> Outcome {
        if let [] | [_] = digits {
            let digit = i64::from(digits.first().copied().unwrap_or(0));
            return self.new_int(if negative { -digit } else { digit });
        }
        let made = Integer::from_digits(&self.types.int, negative, digits)?;
        match made.to_i64() {
            Some(value) if (SMALLEST_INT..=GREATEST_INT).contains(&value) => self.new_int(value),
            _ => Ok(made.into_object()),
        }
    }

    /// A float.
    #[inline]
    pub fn new_float(&self, value: f64) -> Outcome {
        Ok(Float::new(&self.types.float, value)?.into_object())
    }

    /// `True` or `False`.
    #[inline]
    pub fn new_bool(&self, value: bool) -> ObjectRef {
        if value { self.true_.clone() } else { self.false_.clone() }
    }

    /// A text from Rust text. The empty and the one-character latin ones are shared.
    pub fn new_text(&self, text: &str) -> Outcome {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Ok(self.empty_text.clone().into_object()),
            (Some(only), None) => self.new_character(only as u32),
            _ => Ok(Text::from_str(&self.types.str, text)?.into_object()),
        }
    }

    /// A text from code points (lone surrogates allowed).
    pub fn new_text_from_code_points(&self, points: &[u32]) -> Outcome {
        match points {
            [] => Ok(self.empty_text.clone().into_object()),
            [only] => self.new_character(*only),
            _ => Ok(Text::from_code_points(&self.types.str, points)?.into_object()),
        }
    }

    /// A text of one character.
    #[inline]
    pub fn new_character(&self, point: u32) -> Outcome {
        match self.latin_texts.get(point as usize) {
            Some(text) => Ok(text.clone().into_object()),
            None => Ok(Text::from_code_points(&self.types.str, &[point])?.into_object()),
        }
    }

    /// The interned text of some Rust text.
    pub fn intern(&self, text: &str) -> Outcome<Ref<Text>> {
        let mut room = [0; SHORT_NAME];
        let long: Vec<u32>;
        let key = match room.get_mut(..text.len()).filter(|_| text.is_ascii()) {
            Some(short) => {
                short.iter_mut().zip(text.bytes()).for_each(|(point, byte)| *point = u32::from(byte));
                &*short
            }
            None => {
                long = text.chars().map(u32::from).collect();
                &long
            }
        };
        if let Some(found) = self.interned.borrow().get(key) {
            return Ok(found.clone());
        }
        let text = Text::from_str(&self.types.str, text)?;
        text.set_interned(true);
        self.interned.borrow_mut().insert(key.into(), text.clone());
        Ok(text)
    }

    /// The text of a path or an argument: what varies by machine stays out of the pools.
    pub fn new_path_text(&self, path: &str) -> Outcome {
        Ok(Text::outside_pools(&self.types.str, path)?.into_object())
    }

    /// The interned text of a path, or of what stands for one, such as `<string>`.
    pub fn intern_path(&self, path: &str) -> Outcome<Ref<Text>> {
        if path.starts_with('<') {
            return self.intern(path);
        }
        Ok(self.intern_text(&Text::outside_pools(&self.types.str, path)?))
    }

    /// The interned text equal to this one; this one itself becomes interned where there is none.
    pub fn intern_text(&self, text: &Ref<Text>) -> Ref<Text> {
        if text.is_interned() {
            return text.clone();
        }
        let key: Box<[u32]> = text.as_slice().iter().collect();
        if let Some(found) = self.interned.borrow().get(&key) {
            return found.clone();
        }
        text.set_interned(true);
        self.interned.borrow_mut().insert(key, text.clone());
        text.clone()
    }

    /// A tuple of these references.
    pub fn new_tuple(&self, items: &[ObjectRef]) -> Outcome {
        if items.is_empty() {
            return Ok(self.empty_tuple.clone().into_object());
        }
        Ok(Tuple::new(&self.types.tuple, items.iter().cloned())?.into_object())
    }

    /// A tuple that takes the references over.
    pub fn new_tuple_from(&self, items: Vec<ObjectRef>) -> Outcome {
        if items.is_empty() {
            return Ok(self.empty_tuple.clone().into_object());
        }
        Ok(Tuple::new(&self.types.tuple, items.into_iter())?.into_object())
    }

    /// A list that takes the references over; it allocates exactly what it holds.
    pub fn new_list(&self, items: Vec<ObjectRef>) -> Outcome {
        Ok(crate::values::list::List::from_vec(&self.types.list, items)?.into_object())
    }

    /// An empty dict.
    pub fn new_dict(&self) -> Outcome<Ref<Dict>> {
        Ok(Dict::new(&self.types.dict)?)
    }

    /// `None` as a new reference.
    #[inline]
    pub fn none(&self) -> ObjectRef {
        self.none.clone()
    }

    /// Whether this is `None`.
    #[inline]
    pub fn is_none(&self, object: &Object) -> bool {
        object.is(&self.none)
    }

    /// Whether this is `NotImplemented`.
    #[inline]
    pub fn is_not_implemented(&self, object: &Object) -> bool {
        object.is(&self.not_implemented)
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
