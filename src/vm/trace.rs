//! `sys.settrace` and `sys.setprofile`.
//!
//! While nobody traces, nothing of this costs an instruction. Setting a function puts a `Trap` in the place of every
//! instruction of every code object ([`CodeObject::arm_all`]). A trap tells what there is to tell, puts its instruction
//! back, and lets it run; the next trap of the same frame (or the end of the frame) arms it again:
//!
//! ```text
//! Trap: call, line, opcode, return  ->  instruction runs  ->  next Trap: arm the last one, c_return, line, ...
//! ```
//!
//! The instruction that a frame is at while it calls another is armed while the other runs, which may be at the same
//! instruction of the same code; before the other ends it is as it was, so that what reads it finds what it is.

use std::ptr::NonNull;
use std::rc::Rc;

use super::code_object::CodeObject;
use super::frame::{self, Frame};
use crate::bytecode::{Kinds, Op};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{BuiltinFunction, MethodDescriptor};
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::{AsException, Interpreter, Outcome, Raised, Typed};

/// Sets the function of `sys.settrace` (or takes it away).
pub fn set_trace(cx: &Interpreter, function: Option<ObjectRef>) {
    drop(cx.thread.observers.trace.replace(function));
    refresh(cx);
}

/// Sets the function of `sys.setprofile` (or takes it away).
pub fn set_profile(cx: &Interpreter, function: Option<ObjectRef>) {
    drop(cx.thread.observers.profile.replace(function));
    refresh(cx);
    // The end of the call that sets the function is not told.
    for record in cx.thread.stack.records() {
        // SAFETY: the record is in use, and so is its frame.
        if let Some(frame) = unsafe { frame::known_of_record(record) } {
            drop(frame.watch.native.take());
        }
    }
}

/// Lets a function be called before each instruction (or no more). It must not run code of a program.
pub fn set_steps(cx: &Interpreter, function: Option<fn(&Interpreter)>) {
    cx.thread.observers.steps.set(function);
    refresh(cx);
}

/// Arms or disarms all code where the first function came or the last one went.
fn refresh(cx: &Interpreter) {
    let observers = &cx.thread.observers;
    observers.tells.set(observers.trace.get().is_some() || observers.profile.get().is_some());
    let active = observers.tells.get() || observers.steps.get().is_some();
    if observers.active.replace(active) == active {
        return;
    }
    for address in observers.codes.borrow().iter() {
        // SAFETY: a code object leaves the set when it dies.
        let code = unsafe { &*(*address as *const CodeObject) };
        if active { code.arm_all() } else { code.disarm_all() }
    }
    observers.stepped.borrow_mut().clear();
    drop(observers.stop.take());
    if !active {
        return;
    }
    for (depth, record) in cx.thread.stack.records().iter().enumerate() {
        // SAFETY: the records are in use.
        let code = unsafe { &*record.code.cast::<CodeObject>() };
        let index = code.index_of(record.ip);
        code.disarm(index);
        run_without_trap(cx, depth + 1, code, index);
    }
}

/// Remembers an instruction whose trap was taken away for it to run.
fn run_without_trap(cx: &Interpreter, depth: usize, code: &CodeObject, index: usize) {
    let entry = (depth, code.address(), Rc::clone(&code.unit.source), index);
    cx.thread.observers.stepped.borrow_mut().push(entry);
}

/// Arms the instructions again that ran last in the frame at `depth` and in those that it called.
fn rearm_stepped(cx: &Interpreter, depth: usize) {
    let observers = &cx.thread.observers;
    loop {
        let last = observers.stepped.borrow_mut().pop_if(|entry| entry.0 >= depth);
        let Some((_, address, unit, index)) = last else { return };
        if observers.codes.borrow().contains(&address) {
            // SAFETY: a code object leaves the set when it dies.
            let code = unsafe { &*(address as *const CodeObject) };
            if Rc::ptr_eq(&code.unit.source, &unit) {
                code.arm(index);
            }
        }
    }
}

/// A frame ends or is suspended: its own instruction gets its trap back, that of its caller goes on without.
///
/// # Safety
/// The frame's record is in use.
pub unsafe fn end(frame: &Frame) {
    rearm(frame);
    if frame.watch.armed_caller.take() {
        // SAFETY: as promised.
        unsafe { with_caller(frame, CodeObject::disarm) };
    }
}

/// Does something to the instruction at which the caller of a frame is; nothing where that has its trap anyway.
///
/// # Safety
/// The frame's record is in use.
unsafe fn with_caller(frame: &Frame, action: fn(&CodeObject, usize)) {
    let first = crate::runtime::current().thread.stack.records;
    let mut record = frame.record.get();
    // SAFETY: the records from the first to this one are in use.
    unsafe {
        while record > first {
            record = record.sub(1);
            if (*(*record).code.cast::<CodeObject>()).unit.is_unseen {
                continue;
            }
            let caller = frame::known_of_record(&*record);
            if let Some((caller, running)) =
                caller.and_then(|it| Some((it, it.watch.running.get().checked_sub(1)?)))
            {
                action(caller.code(), running);
            }
            return;
        }
    }
}

/// Arms the instruction again that ran last in a frame.
pub fn rearm(frame: &Frame) {
    let running = frame.watch.running.replace(0);
    if running > 0 && crate::runtime::current().thread.observers.active.get() {
        frame.code().arm(running - 1);
    }
}

/// A trap: tells what there is to tell, and puts the instruction back.
///
/// # Safety
/// The record is the innermost one, its `ip` is at the trap.
#[inline(never)]
pub unsafe fn trap(cx: &Interpreter, record: *mut Record) -> Outcome<()> {
    let observers = &cx.thread.observers;
    let depth = cx.thread.stack.record_count();
    rearm_stepped(cx, depth);
    if !observers.tells.get() {
        follow(cx);
        // SAFETY: as promised. No frame object is made: nothing of the program changes by it.
        unsafe {
            let code = &*(*record).code.cast::<CodeObject>();
            let index = code.index_of((*record).ip);
            code.disarm(index);
            run_without_trap(cx, depth, code, index);
        }
        return Ok(());
    }
    // SAFETY: as promised.
    let (frame, code) = unsafe { (frame::of_record(cx, record)?, &*(*record).code.cast::<CodeObject>()) };
    // SAFETY: as above.
    let index = code.index_of(unsafe { (*record).ip });
    rearm(&frame);
    if !frame.watch.armed_caller.replace(true) {
        // SAFETY: the record is in use.
        unsafe { with_caller(&frame, CodeObject::arm) };
    }
    if !observers.inside.get() {
        // SAFETY: as promised.
        unsafe { tell(cx, &frame, record, index)? };
    }
    // Not before: what observers run is followed too, and this instruction comes after it.
    follow(cx);
    // SAFETY: as above. The frame may have been sent elsewhere.
    let index = code.index_of(unsafe { (*record).ip });
    code.disarm(index);
    frame.watch.running.set(index + 1);
    Ok(())
}

/// Calls whoever follows instructions.
fn follow(cx: &Interpreter) {
    if let Some(step) = cx.thread.observers.steps.get() {
        step(cx);
    }
}

/// All events of an instruction, in CPython's order.
unsafe fn tell(cx: &Interpreter, frame: &Frame, record: *mut Record, mut index: usize) -> Outcome<()> {
    if let Some(native) = frame.watch.native.take() {
        profile(cx, frame, "c_return", &native)?;
    }
    if !frame.watch.entered.replace(true) {
        // SAFETY: the record is in use.
        let is_generator = unsafe { (*record).kind } == RecordKind::Generator;
        begin(cx, frame, index, is_generator)?;
    }
    let stop = cx.thread.observers.stop.take();
    if let Some(stop) = stop.filter(|_| has_iterated(frame)) {
        // It came while the iterator was asked, which may have been on another line.
        let asked = line_at(frame, frame.watch.last.get());
        on_line(frame, asked, || tell_raised(cx, frame, &stop))?;
    }
    if frame.trace.get().is_some() && cx.thread.observers.trace.get().is_some() {
        line_and_opcode(cx, frame, index)?;
        while frame.watch.jumped.take() {
            index = frame.code().index_of(frame.ip());
            // Where the frame was sent to a line without an instruction, another one comes next.
            line(cx, frame, line_at(frame, index + 1), false)?;
        }
    }
    // The jump back of a loop belongs to no line.
    if frame.code().operation(frame.ip()) != Op::JumpBack {
        frame.watch.last.set(index + 1);
    }
    // SAFETY: as promised by the caller.
    unsafe {
        match returned_value(cx, frame, record) {
            Some(value) => {
                let is_nowhere = line_at(frame, index + 1) == 0;
                let line = if is_nowhere { frame.watch.known_line.get() } else { 0 };
                on_line(frame, line, || left(cx, frame, &value))
            }
            None => called(cx, frame, record),
        }
    }
}

/// Meets a frame for the first time. One that begins is told of, and a generator that goes on, on the line of its
/// `yield` still; of any other, whoever begins to trace in the middle of a line sees the next one.
fn begin(cx: &Interpreter, frame: &Frame, index: usize, is_generator: bool) -> Outcome<()> {
    frame.watch.last.set(index);
    frame.watch.last_line.set(line_at(frame, index));
    if index != 0 && !is_generator {
        return Ok(());
    }
    frame.watch.at_start.set(index == 0);
    let told = entered(cx, frame);
    frame.watch.at_start.set(false);
    told
}

/// Tells something while the frame shows a line that its instruction does not say; 0 is none.
fn on_line(frame: &Frame, line: u32, tell: impl FnOnce() -> Outcome<()>) -> Outcome<()> {
    frame.watch.shown_line.set(line);
    let told = tell();
    frame.watch.shown_line.set(0);
    told
}

fn entered(cx: &Interpreter, frame: &Frame) -> Outcome<()> {
    let observers = &cx.thread.observers;
    if let Some(function) = observers.trace.get() {
        frame.trace.set(None);
        trace(cx, frame, &function, "call", &cx.none())?;
    }
    if observers.profile.get().is_some() {
        profile(cx, frame, "call", &cx.none())?;
    }
    Ok(())
}

/// Notes the result of a generator, which whoever goes through it sees as the value of a StopIteration.
pub fn note_result(cx: &Interpreter, value: &ObjectRef) {
    let before = cx.thread.raised.take();
    let Raised = cx.stop_iteration(Some(value.clone()));
    cx.thread.observers.stop.set(cx.thread.raised.take());
    cx.thread.raised.set(before);
}

/// Whether the instruction that ran last asks an iterator for something.
fn has_iterated(frame: &Frame) -> bool {
    let last = frame.watch.last.get().checked_sub(1);
    last.is_some_and(|last| matches!(frame.code().operation_at(last), Op::ForIterate | Op::Send))
}

/// The line of the instruction before a place, which counts from 1; 0 for none.
fn line_at(frame: &Frame, place: usize) -> u32 {
    let locations = &frame.code().unit.source.locations;
    place.checked_sub(1).and_then(|at| locations.get(at)).map_or(0, |location| location.line)
}

fn line_and_opcode(cx: &Interpreter, frame: &Frame, index: usize) -> Outcome<()> {
    let last = frame.watch.last.get();
    // Going back to ask a delegate again is no new run of the line.
    let mut moved = last == 0 || index < last && frame.code().operation(frame.ip()) != Op::Send;
    for mark in frame.code().unit.source.marks_at(index) {
        if mark.for_jumps || falls_through(frame, last, index) {
            on_line(frame, mark.location.line, || line(cx, frame, mark.location.line, moved))?;
            if frame.watch.jumped.get() {
                return Ok(());
            }
            moved = false;
        }
    }
    // The jump back of a loop belongs to no line.
    if frame.code().operation(frame.ip()) != Op::JumpBack {
        line(cx, frame, line_at(frame, index + 1), moved)?;
    }
    if frame.watch.opcodes.get() && !frame.watch.jumped.get() {
        local_trace(cx, frame, "opcode", &cx.none())?;
    }
    Ok(())
}

/// Whether the instruction that ran last stands directly before this one.
fn falls_through(frame: &Frame, last: usize, index: usize) -> bool {
    let Some(before) = last.checked_sub(1) else { return true };
    let instructions = &frame.code().unit.source.instructions;
    let end = |at: usize| {
        let op = instructions.get(at).and_then(|it| Op::ALL.get(usize::from(it.op)));
        op.map_or(0, |op| at + 1 + op.inline_words())
    };
    // A comparison does the jump behind it too.
    let is_fused = instructions.get(before).is_some_and(|it| it.kinds & Kinds::FUSED != 0);
    end(before) == index || is_fused && end(end(before)) == index
}

/// A line runs: tells it where it is another one, or where the program has gone back.
fn line(cx: &Interpreter, frame: &Frame, line: u32, moved: bool) -> Outcome<()> {
    let before = frame.watch.last_line.replace(line);
    if line == 0 {
        return Ok(());
    }
    frame.watch.known_line.set(line);
    if (moved || before != line) && frame.watch.lines.get() {
        frame.watch.tells_line.set(true);
        let told = local_trace(cx, frame, "line", &cx.none());
        frame.watch.tells_line.set(false);
        frame.watch.shown_line.set(0);
        told?;
    }
    Ok(())
}

/// The value that the instruction ends or suspends the frame with.
unsafe fn returned_value(cx: &Interpreter, frame: &Frame, record: *mut Record) -> Option<ObjectRef> {
    // SAFETY: the operands are as the instruction says.
    unsafe {
        let code = frame.code();
        let i = *(*record).ip;
        let value: Register = match code.operation((*record).ip) {
            Op::Return | Op::Yield => *(*record).fp.add(i.b as usize),
            Op::ReturnConstant => *code.constants.add(i.wide() as usize),
            _ => return None,
        };
        let value = NonNull::new(value)?;
        (value != cx.unbound.as_pointer()).then(|| value.as_ref().new_ref())
    }
}

fn left(cx: &Interpreter, frame: &Frame, value: &ObjectRef) -> Outcome<()> {
    if cx.thread.observers.trace.get().is_some() {
        local_trace(cx, frame, "return", value)?;
    }
    if cx.thread.observers.profile.get().is_some() {
        profile(cx, frame, "return", value)?;
    }
    Ok(())
}

/// Tells the profiler that the instruction calls a native function.
unsafe fn called(cx: &Interpreter, frame: &Frame, record: *mut Record) -> Outcome<()> {
    if cx.thread.observers.profile.get().is_none() {
        return Ok(());
    }
    // SAFETY: the operands are as the instruction says.
    let callee = unsafe {
        let i = *(*record).ip;
        let base = (*record).fp.add(i.b as usize);
        match frame.code().operation((*record).ip) {
            Op::Call | Op::CallKeywords | Op::CallSpread => native_callee(cx, *base, None),
            Op::CallMethod | Op::CallMethodKeywords if (*base).is_null() => {
                native_callee(cx, *base.add(1), None)
            }
            Op::CallMethod | Op::CallMethodKeywords => native_callee(cx, *base, Some(*base.add(1))),
            _ => None,
        }
    };
    let Some(callee) = callee else { return Ok(()) };
    profile(cx, frame, "c_call", &callee)?;
    if cx.thread.observers.profile.get().is_some() {
        frame.watch.native.set(Some(callee));
    }
    Ok(())
}

/// A callee that is a native function; a method of a type is bound first.
unsafe fn native_callee(cx: &Interpreter, callee: Register, this: Option<Register>) -> Option<ObjectRef> {
    // SAFETY: both are owned registers.
    let (callee, this) = unsafe { (callee.as_ref()?, this.and_then(|this| this.as_ref())) };
    if callee.layout::<BuiltinFunction>().is_some() {
        return Some(callee.new_ref());
    }
    let descriptor = callee.layout::<MethodDescriptor>()?;
    let this = this?;
    let name = cx.intern(descriptor.method.get().name).ok()?;
    match cx.get_attribute_text(this, &name) {
        Ok(bound) => Some(bound),
        Err(Raised) => {
            drop(cx.thread.raised.take());
            None
        }
    }
}

/// Calls a function of an observer, which is not told of what runs meanwhile.
fn observe(
    cx: &Interpreter,
    function: &Object,
    frame: &Frame,
    event: &'static str,
    value: &Object,
) -> Outcome {
    let name = cx.intern(event)?.into_object();
    let observers = &cx.thread.observers;
    let before = observers.event.replace(event);
    observers.inside.set(true);
    let result = cx.call(function, &[frame.object.new_ref(), name, value.new_ref()]);
    observers.inside.set(false);
    observers.event.set(before);
    result
}

/// Calls a trace function; what it gives becomes the frame's own.
fn trace(
    cx: &Interpreter,
    frame: &Frame,
    function: &Object,
    event: &'static str,
    value: &Object,
) -> Outcome<()> {
    match observe(cx, function, frame, event, value) {
        Ok(next) => {
            if !cx.is_none(&next) {
                frame.trace.set(Some(next));
            }
            Ok(())
        }
        Err(Raised) => {
            let raised = cx.thread.raised.take();
            set_trace(cx, None);
            frame.trace.set(None);
            cx.thread.raised.set(raised);
            Err(Raised)
        }
    }
}

/// Calls the frame's own trace function.
fn local_trace(cx: &Interpreter, frame: &Frame, event: &'static str, value: &Object) -> Outcome<()> {
    match frame.trace.get() {
        Some(function) => trace(cx, frame, &function, event, value),
        None => Ok(()),
    }
}

fn profile(cx: &Interpreter, frame: &Frame, event: &'static str, value: &Object) -> Outcome<()> {
    let Some(function) = cx.thread.observers.profile.get() else { return Ok(()) };
    if observe(cx, &function, frame, event, value).is_err() {
        let raised = cx.thread.raised.take();
        set_profile(cx, None);
        cx.thread.raised.set(raised);
        return Err(Raised);
    }
    Ok(())
}

/// An exception reached a frame, and the frame stands in its traceback.
///
/// # Safety
/// The record is the innermost one.
pub unsafe fn raised(cx: &Interpreter, record: *mut Record) {
    if cx.thread.observers.inside.get() {
        return;
    }
    // SAFETY: as promised.
    let Ok(frame) = (unsafe { frame::of_record(cx, record) }) else { return };
    let Some(exception) = cx.thread.raised.take() else { return };
    // SAFETY: the record is in use.
    let is_generator = unsafe { (*record).kind } == RecordKind::Generator;
    let is_new = is_generator && !frame.watch.entered.replace(true);
    let told = if is_new { entered(cx, &frame) } else { Ok(()) };
    match told.and_then(|()| tell_raised(cx, &frame, &exception)) {
        Ok(()) => cx.thread.raised.set(Some(exception)),
        Err(Raised) => drop(exception),
    }
}

fn tell_raised(cx: &Interpreter, frame: &Frame, exception: &ObjectRef) -> Outcome<()> {
    if let Some(native) = frame.watch.native.take() {
        profile(cx, frame, "c_exception", &native)?;
    }
    if cx.thread.observers.trace.get().is_none() || frame.trace.get().is_none() {
        return Ok(());
    }
    let entry = exception.as_exception().and_then(|exception| exception.traceback.get());
    let parts = [exception.type_object().new_ref(), exception.clone(), entry.unwrap_or_else(|| cx.none())];
    local_trace(cx, frame, "exception", &*cx.new_tuple(&parts)?)
}

/// An exception leaves a frame, which nobody there handled.
///
/// # Safety
/// The record is the innermost one.
pub unsafe fn left_by_exception(cx: &Interpreter, record: *mut Record) {
    if cx.thread.observers.inside.get() {
        return;
    }
    // SAFETY: as promised.
    let Ok(frame) = (unsafe { frame::of_record(cx, record) }) else { return };
    if !frame.watch.entered.get() && frame.trace.get().is_none() {
        return;
    }
    let Some(exception) = cx.thread.raised.take() else { return };
    match left(cx, &frame, &cx.none()) {
        Ok(()) => cx.thread.raised.set(Some(exception)),
        Err(Raised) => drop(exception),
    }
}
