//! Exceptions: the end of frames, the search for handlers, `raise`, and what is being handled.

use std::hint::cold_path;
use std::ptr::NonNull;

use super::calls::{instance, operator};
use super::code_object::CodeObject;
use super::execute::operands::{drop_below, drop_register, drop_registers};
use super::frame;
use super::generator::{self, Generator};
use super::traceback;
use crate::bytecode::{Handler, Instruction, Op, effects};
use crate::object::{Object, ObjectRef, Visitor};
use crate::runtime::exception::AsException;
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::{Interpreter, Outcome, Raised, TypeFlags, Typed};

/// How many temporaries of a frame are owned when an exception reaches it: those before the instruction, or, where the
/// exception comes out of a callee's frame, those that the call has not consumed; a spread call keeps its own.
pub(super) unsafe fn live_temporaries(code: &CodeObject, ip: *const Instruction, from_callee: bool) -> usize {
    // SAFETY: `ip` is at an instruction.
    let i = unsafe { *ip };
    let locals = code.local_count as usize;
    if from_callee {
        match code.operation(ip) {
            Op::ForIterate | Op::CallSpread => code.depth(ip),
            Op::Send => i.a as usize + 1 - locals,
            _ => i.b as usize - locals,
        }
    } else {
        code.depth(ip)
    }
}

/// The same for a running frame and the record of what it has called, if that runs in the same loop.
pub(super) unsafe fn temporaries_of(record: &Record, next: Option<&Record>) -> usize {
    // SAFETY: both records are in use.
    unsafe {
        match next.filter(|next| !next.is_entry) {
            Some(next) if next.leaves_operands() => instance::temporaries_with_copies(record, next.fp),
            next => live_temporaries(&*record.code.cast(), record.ip, next.is_some()),
        }
    }
}

/// Finds a handler for the exception on its way, popping frames up to the entry of this loop. With a handler the
/// innermost record's `ip` is at it and the exception in its register; without, the entry's frame is gone.
#[inline(never)]
pub fn unwind(cx: &Interpreter, mut add_traceback: bool) -> bool {
    let mut from_callee = false;
    loop {
        let record = cx.thread.stack.top().expect("a frame raises").as_ptr();
        // SAFETY: the innermost record is whole, its `ip` is at the instruction that raised.
        unsafe {
            let code = &*(*record).code.cast::<CodeObject>();
            if add_traceback && !code.unit.is_unseen {
                traceback::add_entry(cx, record);
                if cx.thread.observers.tells.get() {
                    super::trace::raised(cx, record);
                }
            }
            let is_again = !add_traceback && code.operation((*record).ip) == Op::ReraiseFromHandler;
            let place = if is_again { place_of_raise(record, code) } else { (*record).ip };
            let mut live = live_temporaries(code, (*record).ip, from_callee);
            let handler = find_handler(code, (*record).ip);
            if live > 1 && !from_callee {
                let depth = handler.map_or(0, |handler| handler.depth as usize);
                live = drop_operands(cx, record, code, depth, live);
            }
            if let Some(handler) = handler {
                if let Some(frame) = frame::known_of_record(&*record) {
                    frame.watch.handled.set((code.index_of(place) as u32 + 1, handler.target));
                }
                enter_handler(cx, record, code, live, handler);
                return true;
            }
            drop_temporaries(record, code, live, 0);
            (*record).ip = place;
            if cx.thread.observers.tells.get() && !code.unit.is_unseen {
                super::trace::left_by_exception(cx, record);
            }
            let is_entry = (*record).is_entry;
            // An operator's operands are the caller's to drop, as where it has raised by itself.
            let is_call = (*record).kind != RecordKind::Operator;
            abandon_frame(cx, record);
            if is_entry {
                return false;
            }
            (from_callee, add_traceback) = (is_call, true);
        }
    }
}

/// Where an exception that a handler lets through was raised, which is where the frame stands then, as in CPython. The
/// operand says that the handler has run nothing else; so has one that is the instruction itself.
unsafe fn place_of_raise(record: *mut Record, code: &CodeObject) -> *const Instruction {
    // SAFETY: the record is in use, its `ip` is at the instruction that raises again.
    unsafe {
        let ip = (*record).ip;
        let Some(frame) = frame::known_of_record(&*record) else { return ip };
        let (from, target) = frame.watch.handled.get();
        let is_direct = (*ip).b != 0 || target as usize == code.index_of(ip);
        match from.checked_sub(1).filter(|_| is_direct) {
            Some(from) => code.instructions.add(from as usize),
            None => ip,
        }
    }
}

fn find_handler(code: &CodeObject, ip: *const Instruction) -> Option<Handler> {
    let at = code.index_of(ip) as u32;
    code.unit.source.handlers.iter().find(|handler| (handler.start..handler.end).contains(&at)).copied()
}

/// Drops what the instruction that raised would have consumed, in the order of evaluation, as CPython's instructions do
/// before they raise; those from `depth` on. How many temporaries are left.
unsafe fn drop_operands(
    cx: &Interpreter,
    record: *mut Record,
    code: &CodeObject,
    depth: usize,
    live: usize,
) -> usize {
    // SAFETY: the temporaries are owned, and emptied when they are dropped.
    unsafe {
        let ip = (*record).ip;
        let settled = match code.operation(ip) {
            Op::Call | Op::CallMethod => (*ip).b as usize - code.local_count as usize,
            _ => settled_temporaries(code, ip),
        };
        let settled = settled.max(depth);
        if settled + 1 >= live {
            return live;
        }
        let raised = cx.thread.raised.take();
        for index in settled..live {
            let slot = (*record).fp.add(code.local_count as usize + index);
            drop_register(std::mem::replace(&mut *slot, std::ptr::null_mut()));
        }
        cx.thread.raised.set(raised);
        settled
    }
}

unsafe fn enter_handler(
    cx: &Interpreter,
    record: *mut Record,
    code: &CodeObject,
    live: usize,
    handler: Handler,
) {
    // SAFETY: the temporaries from `depth` to `live` are owned; the exception becomes the next one.
    unsafe {
        let depth = handler.depth as usize;
        drop_temporaries(record, code, live, depth);
        let exception = cx.take_exception();
        *(*record).fp.add(code.local_count as usize + depth) = exception.into_raw().as_ptr();
        (*record).ip = code.instructions.add(handler.target as usize);
    }
}

/// Drops temporaries from the top down to a depth.
unsafe fn drop_temporaries(record: *mut Record, code: &CodeObject, live: usize, depth: usize) {
    for index in (depth..live).rev() {
        // SAFETY: so many are owned.
        unsafe {
            let slot = (*record).fp.add(code.local_count as usize + index);
            let held = std::mem::replace(&mut *slot, std::ptr::null_mut());
            drop_register(held);
        }
    }
}

/// Drops locals, function and namespace of the innermost frame, or hands them to its frame object, and pops it.
unsafe fn clear_frame(cx: &Interpreter, record: *mut Record) {
    // SAFETY: the record is the innermost one; each register is dropped once.
    unsafe {
        let fp = (*record).fp;
        let count = (*(*record).code.cast::<CodeObject>()).local_count as usize;
        match NonNull::new(std::mem::replace(&mut (*record).frame, std::ptr::null_mut())) {
            Some(object) => {
                let object = ObjectRef::from_owned(object);
                frame::detach(cx, &object, record);
                drop(object);
            }
            None => {
                for index in 0..count {
                    let held = std::mem::replace(&mut *fp.add(index), std::ptr::null_mut());
                    drop_register(held);
                }
            }
        }
        drop_register(std::mem::replace(&mut (*record).locals, std::ptr::null_mut()));
        detach_late_frame(cx, record);
        if (*record).leaves_operands() {
            instance::drop_copies(&*record.sub(1), fp);
        }
        let function = std::mem::replace(&mut *fp.sub(1), std::ptr::null_mut());
        cx.thread.pop_frame();
        // The function may take its code along, so nobody may find the frame any more.
        drop_register(function);
    }
}

/// Lets go a frame object that was asked for while the locals died: it has none.
///
/// # Safety
/// The record is the innermost one, and its locals are all dropped.
#[cold]
#[inline(never)]
pub unsafe fn detach_late_frame(cx: &Interpreter, record: *mut Record) {
    // SAFETY: the record owns the frame object; unbound locals are counted by nobody.
    unsafe {
        while let Some(object) = NonNull::new(std::mem::replace(&mut (*record).frame, std::ptr::null_mut())) {
            let object = ObjectRef::from_owned(object);
            let count = (*(*record).code.cast::<CodeObject>()).local_count as usize;
            let unbound = cx.unbound.as_pointer().as_ptr();
            std::slice::from_raw_parts_mut((*record).fp, count).fill(unbound);
            frame::detach(cx, &object, record);
        }
    }
}

/// The instance that a frame's record keeps, whose call ends with the frame.
unsafe fn take_instance(cx: &Interpreter, record: *mut Record) -> Option<ObjectRef> {
    // SAFETY: the reference is owned by the record of an `__init__`.
    unsafe {
        if (*record).kind != RecordKind::Init {
            return None;
        }
        cx.thread.leave_level();
        let extra = std::mem::replace(&mut (*record).extra, std::ptr::null_mut());
        NonNull::new(extra).map(|extra| ObjectRef::from_owned(extra))
    }
}

/// The generator whose frame a record is; whoever has resumed it holds it.
unsafe fn generator_of<'a>(record: *mut Record) -> Option<&'a Generator> {
    // SAFETY: as promised; `extra` of such a record is a generator.
    unsafe {
        let is_generator = (*record).kind == RecordKind::Generator;
        is_generator.then(|| &*(*record).extra.cast::<Generator>())
    }
}

/// Ends the innermost frame with a value; what the caller gets depends on why the frame ran.
///
/// # Safety
/// The record's temporaries are all consumed.
#[inline(never)]
pub unsafe fn finish_frame(cx: &Interpreter, value: ObjectRef) -> Outcome {
    // SAFETY: as promised.
    unsafe {
        let record = cx.thread.stack.top().expect("a frame ends").as_ptr();
        if (*record).kind == RecordKind::Generator && (*record).is_plain() && !cx.thread.observers.tells.get()
        {
            finish_plain_generator(cx, record);
            return Ok(value);
        }
        cold_path();
        let (instance, generator) = (take_instance(cx, record), generator_of(record));
        let is_operator = (*record).kind == RecordKind::Operator;
        clear_frame(cx, record);
        if is_operator {
            let value = operator::finish_operator(cx, &*record.sub(1), value.into_raw().as_ptr());
            return NonNull::new(value).map(|value| ObjectRef::from_owned(value)).ok_or(Raised);
        }
        match (instance, generator) {
            (Some(instance), _) => {
                if !cx.is_none(&value) {
                    let raised = instance::init_returned(cx, &value);
                    drop(instance);
                    return Err(raised);
                }
                instance::drop_instance_call(&*record.sub(1));
                Ok(instance)
            }
            (None, Some(generator)) => {
                generator::finish(cx, generator);
                if cx.thread.observers.tells.get() && !cx.is_none(&value) {
                    super::trace::note_result(cx, &value);
                }
                Ok(value)
            }
            _ => Ok(value),
        }
    }
}

/// Drops the locals of a frame that nobody has looked at; says how many it has. What dies of that may ask for the frame.
///
/// # Safety
/// The record is the innermost one and plain; its temporaries are all consumed.
#[inline(always)]
pub unsafe fn drop_plain_locals(cx: &Interpreter, record: *mut Record) -> usize {
    // SAFETY: as promised.
    unsafe {
        let count = usize::from((*(*record).code.cast::<CodeObject>()).local_count);
        drop_registers((*record).fp, count);
        if !(*record).frame.is_null() {
            cold_path();
            detach_late_frame(cx, record);
        }
        count
    }
}

/// Ends the frame of a generator that nobody has looked at.
///
/// # Safety
/// The record is the innermost one, plain and of this kind; its temporaries are all consumed.
unsafe fn finish_plain_generator(cx: &Interpreter, record: *mut Record) {
    // SAFETY: as promised; whoever has resumed the generator holds it.
    unsafe {
        let (fp, generator) = ((*record).fp, &*(*record).extra.cast::<Generator>());
        let count = drop_plain_locals(cx, record);
        cx.thread.pop_frame();
        // The function may take its code along, but for what the generator keeps.
        drop_below(fp, count);
        generator::finish(cx, generator);
    }
}

/// Ends the frame of an `__init__` that has returned None and that nobody has looked at: the instance.
///
/// # Safety
/// The record is the innermost one, plain and of this kind; its temporaries are all consumed.
#[inline(never)]
pub unsafe fn finish_plain_init(cx: &Interpreter, record: *mut Record) -> Register {
    // SAFETY: as promised; what makes the instance stands in the record below.
    unsafe {
        let fp = (*record).fp;
        let count = drop_plain_locals(cx, record);
        let instance = (*record).extra;
        instance::drop_copies(&*record.sub(1), fp);
        cx.thread.pop_frame();
        cx.thread.leave_level();
        // The function may take its code along.
        drop_below(fp, count);
        instance::drop_instance_call(&*record.sub(1));
        instance
    }
}

/// Ends the innermost frame with the exception on its way.
unsafe fn abandon_frame(cx: &Interpreter, record: *mut Record) {
    // SAFETY: the record is the innermost one; its temporaries are dropped.
    unsafe {
        let kind = (*record).kind;
        let (instance, generator) = (take_instance(cx, record), generator_of(record));
        let raised = cx.thread.raised.take();
        clear_frame(cx, record);
        let mut word = "";
        if let Some(generator) = generator {
            word = generator::word_for(cx, generator);
            generator::finish(cx, generator);
        }
        drop(instance);
        match kind {
            RecordKind::Init => instance::drop_instance_call(&*record.sub(1)),
            RecordKind::Operator => operator::abandon(cx, &*record.sub(1)),
            _ => {}
        }
        cx.thread.raised.set(raised);
        if kind == RecordKind::Generator {
            forbid_stop_iteration(cx, word);
        }
    }
}

/// A StopIteration that leaves a generator becomes a RuntimeError (PEP 479).
fn forbid_stop_iteration(cx: &Interpreter, word: &str) {
    let (stop, name) = if let Some(stop) = cx.take_if(&cx.types.stop_iteration) {
        (stop, "StopIteration")
    } else if word == "async generator"
        && let Some(stop) = cx.take_if(&cx.types.stop_async_iteration)
    {
        (stop, "StopAsyncIteration")
    } else {
        return;
    };
    let _ = cx.runtime_error(format_args!("{word} raised {name}"));
    if let Some(error) = cx.thread.raised.get()
        && let Some(error) = error.as_exception()
    {
        error.cause.set(Some(stop.clone()));
        error.context.set(Some(stop));
        error.suppress_context.set(true);
    }
}

/// None stands for nothing in the register that keeps the exception handled before.
pub fn option_to_register(cx: &Interpreter, exception: Option<ObjectRef>) -> Register {
    exception.unwrap_or_else(|| cx.none()).into_raw().as_ptr()
}

/// The reverse of [`option_to_register`].
unsafe fn register_to_option(cx: &Interpreter, register: Register) -> Option<ObjectRef> {
    // SAFETY: the register is owned and gives its reference up.
    let held = unsafe { ObjectRef::from_owned(NonNull::new_unchecked(register)) };
    (!cx.is_none(&held)).then_some(held)
}

/// Ends a handler: the exception handled before is handled again.
///
/// # Safety
/// The registers are those of the innermost frame, as the instruction says.
#[inline(never)]
pub unsafe fn leave_handler(cx: &Interpreter, fp: *mut Register, at: u16) {
    // SAFETY: both temporaries are owned.
    unsafe {
        let previous = std::mem::replace(&mut *fp.add(at as usize + 1), std::ptr::null_mut());
        let exception = std::mem::replace(&mut *fp.add(at as usize), std::ptr::null_mut());
        let handled = cx.thread.replace_handled(register_to_option(cx, previous));
        drop(handled);
        drop_register(exception);
    }
}

/// Raises a register's exception again.
///
/// # Safety
/// The registers are those of the innermost frame, as the instruction says.
#[inline(never)]
pub unsafe fn reraise(cx: &Interpreter, fp: *mut Register, at: u16) {
    // SAFETY: the register is owned; unwinding drops it, so the thread gets a reference of its own.
    let exception = unsafe { (**fp.add(at as usize)).new_ref() };
    let _ = cx.raise_again(exception);
}

/// Ends a handler in which another exception was raised, and raises that one on. Unwinding drops the three registers.
///
/// # Safety
/// The registers are those of the innermost frame, as the instruction says.
#[inline(never)]
pub unsafe fn reraise_from_handler(cx: &Interpreter, fp: *mut Register, at: u16) {
    // SAFETY: the three registers are owned and stay so until they are dropped in unwinding.
    unsafe {
        let previous = (**fp.add(at as usize + 1)).new_ref();
        let handled = cx.thread.replace_handled((!cx.is_none(&previous)).then_some(previous));
        drop(handled);
        reraise(cx, fp, at + 2);
    }
}

/// Whether an exception is being handled, so that a bare `raise` has something to raise.
#[inline(never)]
pub fn handles_one(cx: &Interpreter) -> bool {
    cx.thread.handled_exception().is_some()
}

/// The `raise` statement.
///
/// # Safety
/// The registers are those of the innermost frame, as the instruction says.
#[inline(never)]
pub unsafe fn raise_statement(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Raised {
    // SAFETY: as the instruction says; operands stay for unwinding to drop.
    unsafe {
        if i.a == 0 {
            return match cx.thread.handled_exception() {
                Some(exception) => cx.raise_again(exception),
                None => cx.runtime_error("No active exception to reraise"),
            };
        }
        let operand = |register: u16, is_local: bool| {
            super::execute::operands::Operand::new(cx, fp, register, is_local)
                .map(|operand| (*operand).new_ref())
        };
        let Ok(what) = operand(i.b, i.kinds & crate::bytecode::Kinds::B_LOCAL != 0) else { return Raised };
        let cause = match i.a {
            2 => match operand(i.c, i.kinds & crate::bytecode::Kinds::C_LOCAL != 0) {
                Ok(cause) => Some(cause),
                Err(Raised) => return Raised,
            },
            _ => None,
        };
        match exception_to_raise(cx, &what, cause.as_ref()) {
            Ok(exception) => cx.raise(exception),
            Err(raised) => raised,
        }
    }
}

/// Makes the exception object of `raise what from cause`.
pub fn exception_to_raise(cx: &Interpreter, what: &ObjectRef, cause: Option<&ObjectRef>) -> Outcome {
    let exception = instantiate(cx, what, "exceptions must derive from BaseException")?;
    if let Some(cause) = cause {
        let fixed = match cx.is_none(cause) {
            true => None,
            false => Some(instantiate(cx, cause, "exception causes must derive from BaseException")?),
        };
        if let Some(exception) = exception.as_exception() {
            exception.cause.set(fixed);
            exception.suppress_context.set(true);
        }
    }
    Ok(exception)
}

/// What calling an exception class has made, which a `__new__` written in Python may have turned into anything.
fn checked_exception(cx: &Interpreter, kind: &Object, made: ObjectRef) -> Outcome {
    if made.as_exception().is_some() {
        return Ok(made);
    }
    Err(cx.type_error(format_args!(
        "calling {} should have returned an instance of BaseException, not {}",
        cx.display(&*cx.repr(kind)?),
        cx.display(&*cx.repr(made.type_object())?)
    )))
}

fn instantiate(cx: &Interpreter, what: &ObjectRef, refusal: &str) -> Outcome {
    if let Some(kind) = what.as_type().filter(|kind| kind.has(TypeFlags::EXCEPTION)) {
        let made = cx.call(what, &[])?;
        return checked_exception(cx, kind, made);
    }
    match what.as_exception() {
        Some(_) => Ok(what.clone()),
        None => Err(cx.type_error(refusal)),
    }
}

/// Shows every reference that running frames own: registers, namespaces, frame objects, generators. Whoever runs code
/// without a function keeps its code and its globals, and both are shown here.
///
/// # Safety
/// Each frame but the innermost is suspended in a call, and the innermost stands between two instructions: an
/// instruction under way may have consumed operands that its location still names.
pub unsafe fn visit_frames(cx: &Interpreter, visitor: &mut Visitor<'_>) {
    let records = cx.thread.stack.records();
    for (index, record) in records.iter().enumerate() {
        // SAFETY: the window owns its locals and the live temporaries.
        unsafe {
            let live = temporaries_of(record, records.get(index + 1));
            show_record(cx, record, live, visitor);
            if (*record.fp.sub(1)).is_null() {
                show_code(record, visitor);
                // A module's globals are its namespace too.
                if let Some(globals) =
                    NonNull::new(record.globals.cast_mut()).filter(|_| record.locals.is_null())
                {
                    visitor(globals);
                }
            }
        }
    }
}

/// Shows what a frame's window owns, with so many temporaries, and what its record owns.
///
/// # Safety
/// The record is in use, and the window owns so many temporaries.
unsafe fn show_record(cx: &Interpreter, record: &Record, live: usize, visitor: &mut Visitor<'_>) {
    let unbound = cx.unbound.as_pointer();
    let mut show = |register: Register| {
        if let Some(held) = NonNull::new(register).filter(|held| *held != unbound) {
            visitor(held);
        }
    };
    // SAFETY: as promised; below the window stands the function, if there is one.
    unsafe {
        let locals = (*record.code.cast::<CodeObject>()).local_count as usize;
        (0..locals + live).for_each(|register| show(*record.fp.add(register)));
        show(*record.fp.sub(1));
    }
    [record.locals, record.frame].into_iter().for_each(&mut show);
    if record.kind == RecordKind::Init {
        show(record.extra);
    }
}

/// Shows the code and the globals that a frame runs with.
fn show_code(record: &Record, visitor: &mut Visitor<'_>) {
    let held = [record.code, record.globals].into_iter();
    held.filter_map(|held| NonNull::new(held.cast_mut())).for_each(visitor);
}

/// Shows what running frames own for certain, wherever they stand: all but the operands of the instructions under way,
/// some of which may be consumed already.
pub fn visit_settled_frames(cx: &Interpreter, visitor: &mut Visitor<'_>) {
    for record in cx.thread.stack.records() {
        // SAFETY: the window owns its locals and the temporaries that no instruction is consuming.
        unsafe { show_record(cx, record, settled_temporaries(&*record.code.cast(), record.ip), visitor) };
        show_code(record, visitor);
    }
}

/// How many temporaries are owned whatever the instruction has done so far.
fn settled_temporaries(code: &CodeObject, ip: *const Instruction) -> usize {
    let (source, index) = (&code.unit.source, code.index_of(ip));
    let Some(words) = source.instructions.get(index..).filter(|words| !words.is_empty()) else { return 0 };
    let locals = u32::from(code.local_count);
    let consumed = effects(code.operation(ip), words[0], &words[1..], locals).consumed;
    let first = consumed.iter().copied().filter(|register| *register >= locals).min();
    let depth = code.depth(ip);
    first.map_or(depth, |first| depth.min((first - locals) as usize))
}
