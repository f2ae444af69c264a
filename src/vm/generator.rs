//! Generators: a window that is put back on the value stack to resume, and copied off it to suspend.
//!
//! While a generator is suspended its block owns the registers up to `live`; while it runs, its window does and the
//! block is only kept. Whoever resumes a generator holds it until that is over: its record does not count it. A chain of `yield from` costs a copy of each window for each item, as CPython's costs a call.

pub mod lifecycle;
mod throwing;

use std::cell::Cell;
use std::hint::cold_path;
use std::mem::MaybeUninit;
use std::ptr::NonNull;

use super::code_object::CodeObject;
use super::execute::operands::drop_register;
use super::execute::{names, resume_natively, start};
use super::frame::Frame;
use crate::bytecode::{CodeFlags, Instruction, Kinds, Op};
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::{AsException, Field, Interpreter, Outcome, Raised, TypeObject, Typed};

pub use throwing::{close, throw, throw_with};

/// Where a generator is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing has run yet.
    Created,
    /// It waits at a yield.
    Suspended,
    /// It runs.
    Running,
    /// It has ended.
    Finished,
}

/// The layout of `generator`.
#[repr(C)]
pub struct Generator {
    /// The header.
    pub object: Object,
    /// `gi_code`
    pub code: Field<ObjectRef>,
    /// `__name__`
    pub name: Field<ObjectRef>,
    /// `__qualname__`
    pub qualified_name: Field<ObjectRef>,
    /// The function, which keeps globals and closure.
    pub function: Field<Option<ObjectRef>>,
    /// The frame object, if one was asked for, while the generator is suspended.
    pub frame: Field<Option<ObjectRef>>,
    /// What the generator handles while it is suspended in an `except` block.
    pub handled: Field<Option<ObjectRef>>,
    /// The block for the window; null when finished.
    pub block: Cell<*mut Register>,
    /// Registers that the block owns.
    pub live: Cell<usize>,
    /// Where it goes on.
    pub ip: Cell<*const Instruction>,
    /// Where it is.
    pub state: Cell<State>,
    /// An asynchronous generator: one of its awaitables runs it.
    pub is_running_async: Cell<bool>,
    /// An asynchronous generator: it gives nothing any more.
    pub is_closed: Cell<bool>,
    /// Weak references to the generator.
    pub weak_list: Cell<*const Object>,
}
layout!(Generator, object, Object);

/// What resuming came to.
pub enum Resumed {
    /// A frame was pushed: the loop goes on in it.
    Frame,
    /// The next value.
    Yielded(ObjectRef),
    /// The end, with the result.
    Finished(ObjectRef),
}

impl Generator {
    /// The code.
    pub fn code(&self) -> &CodeObject {
        // SAFETY: the field holds a code object and is never written.
        unsafe { self.code.borrow().cast() }
    }

    /// The frame object of a suspended generator, if there is one. What it gave as `f_locals` counts as the generator's.
    pub fn parked_frame(&self) -> Option<&Frame> {
        // SAFETY: the field holds a frame object, and no write to it runs while the borrow is used by visits and the
        // like.
        unsafe { self.frame.borrow().as_ref().map(|frame| frame.cast::<Frame>()) }
    }

    /// Drops what the block owns, and the block; a frame object that somebody else holds takes it over with the locals.
    /// The function goes first, but for the cells of its closure, of which CPython's frame has references of its own.
    pub fn release_block(&self) {
        let frame = self.frame.take();
        let block = self.block.replace(std::ptr::null_mut());
        if block.is_null() {
            return;
        }
        let live = self.live.replace(0);
        let locals = usize::from(self.code().local_count).min(live);
        // SAFETY: so many registers are owned; temporaries go first, from the top, as in unwinding.
        unsafe {
            (locals..live).rev().for_each(|index| drop_register(*block.add(index)));
            if let Some(frame) = frame
                && super::frame::inherit(&frame, self, block)
            {
                return;
            }
            let function = self.function.take();
            let cells = function.as_ref().map_or_else(Vec::new, |function| {
                function.cast::<super::function::Function>().closure_cells().to_vec()
            });
            drop(function);
            (0..locals).for_each(|index| drop_register(*block.add(index)));
            drop(cells);
            crate::object::space().heap.release(NonNull::new_unchecked(block.cast()));
        }
    }

    /// The iterator that the generator delegates to while it is suspended in `yield from`.
    pub fn delegate(&self) -> Option<ObjectRef> {
        if self.state.get() != State::Suspended {
            return None;
        }
        // SAFETY: a suspended generator's `ip` is at its Yield; c is 0 or the register of an owned iterator.
        unsafe {
            let i = *self.ip.get();
            let is_yield = self.code().operation(self.ip.get()) == Op::Yield;
            (is_yield && i.c != 0).then(|| (**self.block.get().add(i.c as usize)).new_ref())
        }
    }
}

/// The type of what a call of the code makes.
fn kind_of<'a>(cx: &'a Interpreter, code: &CodeObject) -> &'a Ref<TypeObject> {
    let flags = code.unit.source.flags;
    if flags & CodeFlags::COROUTINE != 0 {
        &cx.types.coroutine
    } else if flags & CodeFlags::ASYNC_GENERATOR != 0 {
        &cx.types.async_generator
    } else {
        &cx.types.generator
    }
}

/// What messages call it.
pub fn word_for(cx: &Interpreter, generator: &Generator) -> &'static str {
    if generator.object.is_exactly(&cx.types.coroutine) {
        "coroutine"
    } else if generator.object.is_exactly(&cx.types.async_generator) {
        "async generator"
    } else {
        "generator"
    }
}

fn executing_already(cx: &Interpreter, generator: &Generator) -> Raised {
    cx.value_error(format_args!("{} already executing", word_for(cx, generator)))
}

/// A generator of a bound window, whose `bound` registers move into it.
///
/// # Safety
/// The window's first `bound` registers are owned.
pub unsafe fn from_window(
    cx: &Interpreter,
    function: ObjectRef,
    code: &CodeObject,
    window: *mut Register,
    bound: usize,
) -> Outcome {
    // SAFETY: the block has room for the whole window; all locals are written.
    unsafe {
        let bytes = code.window_size * size_of::<Register>();
        let block =
            cx.space.heap.allocate(bytes).ok_or_else(|| cx.raise_memory_error())?.cast::<Register>().as_ptr();
        let owner = function.clone();
        let python = &*owner.as_pointer().as_ptr().cast::<super::function::Function>();
        std::ptr::copy_nonoverlapping(window, block, bound);
        let (count, unbound) = (usize::from(code.local_count), cx.unbound.as_pointer().as_ptr());
        (bound..count).for_each(|index| *block.add(index) = unbound);
        let ip = match code.operation(code.instructions) {
            Op::MakeCell | Op::CopyFreeVariables => make_cells(cx, code, block, python.closure_cells()),
            _ => code.instructions,
        };
        let made = cx.birth_tracked(kind_of(cx, code), |object| Generator {
            object,
            code: Field::new(code.new_ref()),
            name: Field::new(python.name.get()),
            qualified_name: Field::new(python.qualified_name.get()),
            function: Field::new(Some(function)),
            frame: Field::new(None),
            handled: Field::new(None),
            block: Cell::new(block),
            live: Cell::new(count),
            ip: Cell::new(ip),
            state: Cell::new(State::Created),
            is_running_async: Cell::new(false),
            is_closed: Cell::new(false),
            weak_list: Cell::new(std::ptr::null()),
        });
        if made.is_err() {
            std::ptr::copy_nonoverlapping(block, window, bound);
            (bound..count).for_each(|index| drop_register(*block.add(index)));
            cx.space.heap.release(NonNull::new_unchecked(block.cast()));
        }
        drop(owner);
        made.map(Ref::into_object)
    }
}

/// Makes the cells of a new generator, before the generator itself as in CPython; gives the first instruction behind
/// that. Where there is no memory for a cell the generator makes it itself.
unsafe fn make_cells(
    cx: &Interpreter,
    code: &CodeObject,
    block: *mut Register,
    closure: &[ObjectRef],
) -> *const Instruction {
    // SAFETY: the block holds all locals; the operations name locals.
    unsafe {
        let mut ip: *const Instruction = code.instructions;
        loop {
            match code.operation(ip) {
                Op::MakeCell if names::make_cell(cx, block, *ip).is_ok() => {}
                Op::MakeCell => {
                    drop(cx.take_exception());
                    return ip;
                }
                Op::CopyFreeVariables => {
                    for (index, cell) in closure.iter().enumerate() {
                        *block.add((*ip).a as usize + index) = cell.clone().into_raw().as_ptr();
                    }
                }
                _ => return ip,
            }
            ip = ip.add(1);
        }
    }
}

/// Whether nothing but the making of cells stands before an instruction.
pub fn is_at_start(code: &CodeObject, ip: *const Instruction) -> bool {
    let index = code.index_of(ip);
    index <= usize::from(code.local_count)
        && (0..index).all(|at| matches!(code.operation_at(at), Op::MakeCell | Op::CopyFreeVariables))
}

/// Moves registers: four or eight at once, as most generators have so few. What is moved beyond `count` is of no
/// account: windows have room for four registers, and for four more than are live (see `WINDOW_SLACK`).
#[inline(always)]
unsafe fn move_registers(from: *const Register, to: *mut Register, count: usize) {
    // SAFETY: the caller's block and window both have room for so many; dead registers may be anything.
    unsafe {
        if count > 8 {
            cold_path();
            return std::ptr::copy_nonoverlapping(from, to, count);
        }
        let (from, to) = (from.cast::<[MaybeUninit<Register>; 4]>(), to.cast::<[MaybeUninit<Register>; 4]>());
        to.write(from.read());
        if count > 4 {
            cold_path();
            to.add(1).write(from.add(1).read());
        }
    }
}

/// Puts the window of a generator back on the value stack.
#[inline(always)]
unsafe fn push(cx: &Interpreter, generator: &Generator, is_entry: bool) -> Outcome<NonNull<Record>> {
    // SAFETY: the window is free; the registers move from the block into it.
    unsafe {
        if generator.state.get() == State::Running {
            cold_path();
            return Err(executing_already(cx, generator));
        }
        let window = start::free_window(cx);
        let code = generator.code();
        let function = generator.function.borrow().as_ref();
        let function = function.map_or(std::ptr::null_mut(), |function| function.as_pointer().as_ptr());
        let pushed =
            start::push_frame(cx, function, code, window, usize::MAX, RecordKind::Generator, is_entry);
        let Ok(mut record) = pushed else {
            cold_path();
            return Err(Raised);
        };
        // The function moves into the window, as the registers do.
        *window.sub(1) = function;
        std::mem::forget(generator.function.take());
        move_registers(generator.block.get(), window, generator.live.replace(0));
        record.as_mut().ip = generator.ip.get();
        record.as_mut().extra = generator.object.pointer().as_ptr();
        if let Some(frame) = generator.frame.take() {
            cold_path();
            super::frame::attach(&frame, record.as_ptr());
            record.as_mut().frame = frame.into_raw().as_ptr();
        }
        generator.state.set(State::Running);
        if code.handles {
            cx.thread.handled.borrow_mut().push(generator.handled.take());
        }
        Ok(record)
    }
}

/// Gives the value sent to the yield that waits for it.
#[inline(always)]
unsafe fn deliver(record: NonNull<Record>, value: ObjectRef) {
    // SAFETY: `ip` is at a Yield, whose register a is a local or a dead temporary.
    unsafe {
        let record = record.as_ptr();
        let i = *(*record).ip;
        let slot = (*record).fp.add(i.a as usize);
        (*record).ip = (*record).ip.add(1);
        let old = std::mem::replace(&mut *slot, value.into_raw().as_ptr());
        if i.kinds & Kinds::A_LOCAL != 0 {
            drop_register(old);
        }
    }
}

/// Pushes the frame of a generator with a value to send.
#[inline(always)]
unsafe fn start_resumption(
    cx: &Interpreter,
    generator: &Generator,
    value: ObjectRef,
    is_entry: bool,
) -> Outcome<()> {
    // SAFETY: as for `push`.
    unsafe {
        let created = generator.state.get() == State::Created;
        if created && !cx.is_none(&value) {
            cold_path();
            let word = word_for(cx, generator);
            return Err(cx.type_error(format_args!("can't send non-None value to a just-started {word}")));
        }
        let Ok(record) = push(cx, generator, is_entry) else {
            cold_path();
            return Err(Raised);
        };
        if !created {
            deliver(record, value);
        }
        Ok(())
    }
}

/// Resumes a generator from the loop: its frame is pushed. A finished one raises nothing but gives its end by pushing
/// nothing: the caller must ask [`Generator::state`] first.
///
/// # Safety
/// The register holds a generator.
#[inline(never)]
pub unsafe fn resume_in_loop(cx: &Interpreter, generator: Register, value: ObjectRef) -> Outcome<()> {
    // SAFETY: as promised.
    unsafe { start_resumption(cx, &*generator.cast::<Generator>(), value, false) }
}

/// Sends a value to a generator from native code.
pub fn send(cx: &Interpreter, generator: &Generator, value: ObjectRef) -> Outcome<Resumed> {
    send_at_once(cx, generator, value)
}

/// As [`send`], for whoever asks for item after item.
#[inline(always)]
fn send_at_once(cx: &Interpreter, generator: &Generator, value: ObjectRef) -> Outcome<Resumed> {
    if generator.state.get() == State::Finished {
        cold_path();
        refuse_reuse(cx, generator)?;
        return Ok(Resumed::Finished(cx.none()));
    }
    // SAFETY: the frame is pushed as an entry and run at once.
    let result = unsafe {
        if cx.guard_native().is_err() || start_resumption(cx, generator, value, true).is_err() {
            cold_path();
            return Err(Raised);
        }
        resume_natively(cx)
    };
    match result {
        Ok(value) => Ok(outcome_of(generator, value)),
        Err(Raised) => {
            cold_path();
            Err(Raised)
        }
    }
}

/// A coroutine that has ended cannot be awaited again.
fn refuse_reuse(cx: &Interpreter, generator: &Generator) -> Outcome<()> {
    if generator.object.is_exactly(&cx.types.coroutine) {
        return Err(cx.runtime_error("cannot reuse already awaited coroutine"));
    }
    Ok(())
}

fn outcome_of(generator: &Generator, value: ObjectRef) -> Resumed {
    if generator.state.get() == State::Finished {
        cold_path();
        return Resumed::Finished(value);
    }
    Resumed::Yielded(value)
}

/// Copies the window of the innermost frame, a generator at a Yield, into its block and pops the frame.
///
/// # Safety
/// The record is the innermost one, of a generator, with `ip` at a Yield whose value is taken already.
#[inline(never)]
pub unsafe fn suspend(cx: &Interpreter, record: *mut Record) {
    // SAFETY: as promised.
    unsafe {
        let this = &*(*record).extra.cast::<Generator>();
        let i = *(*record).ip;
        let code = this.code();
        // A temporary is the last one that is live, whether it is what was given or where what is sent will go.
        let live = if i.kinds & Kinds::B_LOCAL == 0 {
            i.b as usize
        } else if i.kinds & Kinds::A_LOCAL == 0 {
            i.a as usize
        } else {
            cold_path();
            usize::from(code.local_count) + code.depth((*record).ip)
        };
        move_registers((*record).fp, this.block.get(), live);
        this.live.set(live);
        this.ip.set((*record).ip);
        this.state.set(State::Suspended);
        if code.handles {
            std::mem::forget(this.handled.replace(cx.thread.handled.borrow_mut().pop().flatten()));
        }
        if let Some(frame) = NonNull::new((*record).frame) {
            cold_path();
            let frame = ObjectRef::from_owned(frame);
            super::frame::park(&frame, this);
            drop(this.frame.replace(Some(frame)));
        }
        // The function went into the window when the generator was resumed.
        let function = NonNull::new(*(*record).fp.sub(1)).map(|function| ObjectRef::from_owned(function));
        std::mem::forget(this.function.replace(function));
        cx.thread.pop_frame();
    }
}

/// The end of a generator's frame: the generator is finished. Called when its window has been dropped.
pub fn finish(cx: &Interpreter, generator: &Generator) {
    generator.state.set(State::Finished);
    let handled = match generator.code().handles {
        true => cx.thread.handled.borrow_mut().pop().flatten(),
        false => None,
    };
    // All that the block owned went into the window when the generator was resumed.
    if let Some(block) = NonNull::new(generator.block.replace(std::ptr::null_mut())) {
        // SAFETY: the block is the generator's alone.
        unsafe { cx.space.heap.release(block.cast()) };
    }
    drop(handled);
}

/// `yield from`: sends temporary a to the iterator in b.
///
/// # Safety
/// Registers as the instruction says.
#[inline(never)]
pub unsafe fn send_in_loop(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<Resumed> {
    // SAFETY: b is owned and stays, a is owned and consumed on success.
    unsafe {
        let iterator = *fp.add(i.b as usize);
        let slot = fp.add(i.a as usize);
        if (*iterator).is_exactly(&cx.types.generator) || (*iterator).is_exactly(&cx.types.coroutine) {
            let generator = &*iterator.cast::<Generator>();
            if generator.state.get() != State::Finished {
                // The register keeps what is sent until the generator yields or ends.
                let value = (**slot).new_ref();
                start_resumption(cx, generator, value, false)?;
                return Ok(Resumed::Frame);
            }
        }
        let iterator = (*iterator).new_ref();
        let value = (**slot).new_ref();
        let resumed = send_to_any(cx, &iterator, value)?;
        drop_register(std::mem::replace(&mut *slot, std::ptr::null_mut()));
        Ok(resumed)
    }
}

/// Sends a value to any iterator; its StopIteration is its end.
pub fn send_to_any(cx: &Interpreter, iterator: &Object, value: ObjectRef) -> Outcome<Resumed> {
    if let Some(generator) = iterator.layout::<Generator>() {
        return send(cx, generator, value);
    }
    let sent = if cx.is_none(&value) {
        match iterator.type_object().slots.next.get() {
            Some(next) => next(cx, iterator),
            None => Err(cx.type_error(format_args!("'{}' object is not an iterator", iterator.type_name()))),
        }
    } else {
        cx.call_method(iterator, &cx.names.send, &[value]).map(Some)
    };
    match sent {
        Ok(Some(value)) => Ok(Resumed::Yielded(value)),
        Ok(None) => Ok(Resumed::Finished(cx.none())),
        Err(Raised) => take_stop_value(cx).map(Resumed::Finished),
    }
}

/// The value of the StopIteration on its way; other exceptions stay on their way.
pub fn take_stop_value(cx: &Interpreter) -> Outcome {
    let Some(stop) = cx.take_if(&cx.types.stop_iteration) else { return Err(Raised) };
    if cx.thread.observers.tells.get() {
        cx.thread.observers.stop.set(Some(stop.clone()));
    }
    Ok(stop.as_exception().and_then(|stop| stop.extra(0).get()).unwrap_or_else(|| cx.none()))
}

/// The `next` slot of generators.
pub fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let Some(generator) = object.layout::<Generator>() else { return Ok(None) };
    let Ok(resumed) = send_at_once(cx, generator, cx.none()) else {
        cold_path();
        return Err(Raised);
    };
    match resumed {
        Resumed::Yielded(value) => Ok(Some(value)),
        Resumed::Finished(value) if cx.is_none(&value) => Ok(None),
        Resumed::Finished(value) => Err(cx.stop_iteration(Some(value))),
        Resumed::Frame => Ok(None),
    }
}
