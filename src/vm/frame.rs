//! Frame objects: made only when asked for.
//!
//! While its frame runs a frame object looks into the record; while a generator is suspended, into the generator's
//! block; when the frame has ended, it owns the locals that the window had. Until then it counts neither code nor
//! globals, and the collector does not track it: all that, and the order of the lists, is as in CPython.

use std::cell::Cell;
use std::ptr::NonNull;

use super::code_object::CodeObject;
use super::execute::operands::drop_register;
use super::generator::Generator;
use crate::bytecode::{CodeFlags, Instruction};
use crate::object::{Lifecycle, Object, ObjectRef, Ref, Visitor, WeakSupport, layout};
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::{Field, Interpreter, Outcome, current};
use crate::values::cell::Cell as CellObject;
use crate::values::dict::Dict;

/// The layout of `frame`.
#[repr(C)]
pub struct Frame {
    /// The header.
    pub object: Object,
    /// The frame that called this one, once it is fixed (when this frame has ended).
    pub back: Field<Option<ObjectRef>>,
    /// `f_code`: kept by record or generator, and by `owned_code` once the frame has ended.
    code: NonNull<Object>,
    /// `f_globals`: kept as the code; by the function, if there is one.
    globals: NonNull<Object>,
    /// The code, once the frame has ended.
    pub owned_code: Field<Option<ObjectRef>>,
    /// The globals, once the frame of code without a function has ended.
    pub owned_globals: Field<Option<ObjectRef>>,
    /// The namespace of a module or class body that has ended (the record keeps that of one that runs), or the dict that
    /// `f_locals` of a function gave last.
    pub locals: Field<Option<ObjectRef>>,
    /// `f_trace`
    pub trace: Field<Option<ObjectRef>>,
    /// The function, once the frame has ended: until then the window or the generator owns it.
    pub function: Field<Option<ObjectRef>>,
    /// The record while the frame runs, else null.
    pub record: Cell<*mut Record>,
    /// The generator while it is suspended, else null. Borrowed: the generator owns this frame object.
    pub generator: Cell<*const Generator>,
    /// The registers that the ended frame left, else null.
    pub registers: Cell<*mut Register>,
    /// Where the frame stopped.
    pub ip: Cell<*const Instruction>,
    /// What tracing knows of the frame.
    pub watch: Watch,
}
layout!(Frame, object, Object);

/// What tracing knows of a frame.
pub struct Watch {
    /// The line of the event that is being told, where it is not that of the instruction; else 0.
    pub shown_line: Cell<u32>,
    /// The line that ran last, 0 for what belongs to none.
    pub last_line: Cell<u32>,
    /// The last line that was one.
    pub known_line: Cell<u32>,
    /// The events of its beginning (or of its resumption) were told.
    pub entered: Cell<bool>,
    /// They are being told: the line is that of the definition.
    pub at_start: Cell<bool>,
    /// The instruction told last, plus one.
    pub last: Cell<usize>,
    /// The instruction that runs now without its trap, plus one.
    pub running: Cell<usize>,
    /// The caller's instruction has its trap while this frame runs.
    pub armed_caller: Cell<bool>,
    /// The instruction that raised what was handled last, plus one, and the handler.
    pub handled: Cell<(u32, u32)>,
    /// `f_trace_lines`
    pub lines: Cell<bool>,
    /// `f_trace_opcodes`
    pub opcodes: Cell<bool>,
    /// The line is being told: the frame may be sent elsewhere.
    pub tells_line: Cell<bool>,
    /// The frame was sent elsewhere.
    pub jumped: Cell<bool>,
    /// The native function that the running instruction calls, for `c_return`.
    pub native: Field<Option<ObjectRef>>,
}

impl Watch {
    fn new() -> Self {
        Self {
            shown_line: Cell::new(0),
            last_line: Cell::new(0),
            known_line: Cell::new(0),
            entered: Cell::new(false),
            at_start: Cell::new(false),
            last: Cell::new(0),
            running: Cell::new(0),
            armed_caller: Cell::new(false),
            handled: Cell::new((0, 0)),
            lines: Cell::new(true),
            opcodes: Cell::new(false),
            tells_line: Cell::new(false),
            jumped: Cell::new(false),
            native: Field::new(None),
        }
    }
}

impl Frame {
    fn new(object: Object, code: NonNull<Object>, globals: NonNull<Object>) -> Self {
        Self {
            object,
            back: Field::new(None),
            code,
            globals,
            owned_code: Field::new(None),
            owned_globals: Field::new(None),
            locals: Field::new(None),
            trace: Field::new(None),
            function: Field::new(None),
            record: Cell::new(std::ptr::null_mut()),
            generator: Cell::new(std::ptr::null()),
            registers: Cell::new(std::ptr::null_mut()),
            ip: Cell::new(std::ptr::null()),
            watch: Watch::new(),
        }
    }

    /// The code.
    pub fn code(&self) -> &CodeObject {
        // SAFETY: the code lives as long as record, generator or this object keep it.
        unsafe { self.code.as_ref().cast() }
    }

    /// The globals.
    pub fn globals(&self) -> &Object {
        // SAFETY: as for the code.
        unsafe { self.globals.as_ref() }
    }

    /// From now on the object keeps what record or generator kept, and the collector tracks it: its frame has ended, and
    /// somebody holds it.
    fn take_ownership(&self, function: Option<ObjectRef>) {
        if function.is_none() {
            self.owned_globals.set(Some(self.globals().new_ref()));
        }
        self.function.set(function);
        self.owned_code.set(Some(self.code().new_ref()));
        // SAFETY: frames have the collector's links, and nobody has tracked this one: its frame ends once.
        unsafe { crate::object::space().track(self.pointer()) };
    }

    /// The namespace of a module's or class's body.
    fn namespace(&self) -> ObjectRef {
        // SAFETY: the record is live while it is set here.
        let running = unsafe { self.record.get().as_ref().and_then(|record| record.locals.as_ref()) };
        match running {
            Some(namespace) => namespace.new_ref(),
            None => self.locals.get().unwrap_or_else(|| self.globals().new_ref()),
        }
    }

    /// The current instruction.
    pub fn ip(&self) -> *const Instruction {
        // SAFETY: record and generator are live while they are set here.
        unsafe {
            if let Some(record) = self.record.get().as_ref() {
                return record.ip;
            }
            self.generator.get().as_ref().map_or(self.ip.get(), |generator| generator.ip.get())
        }
    }

    /// The first local register, or null where the registers are gone.
    fn registers(&self) -> *mut Register {
        // SAFETY: as for `ip`.
        unsafe {
            if let Some(record) = self.record.get().as_ref() {
                return record.fp;
            }
            self.generator.get().as_ref().map_or(self.registers.get(), |generator| generator.block.get())
        }
    }

    /// The current line.
    pub fn line(&self) -> u32 {
        if self.watch.at_start.get() {
            let source = &self.code().unit.source;
            // A module begins before its first line.
            return if &*source.qualified_name == "<module>" { 0 } else { source.first_line };
        }
        if self.watch.shown_line.get() != 0 {
            return self.watch.shown_line.get();
        }
        let (source, index) = (&self.code().unit.source, self.code().index_of(self.ip()));
        if !self.generator.get().is_null() && super::generator::is_at_start(self.code(), self.ip()) {
            return source.first_line;
        }
        // What the compiler adds, as the return at the end, belongs to the line before it.
        let mut known = source.locations.iter().take(index + 1).rev().map(|location| location.line);
        known.find(|line| *line != 0).unwrap_or(source.first_line)
    }

    /// Drops the registers that the ended frame left.
    pub fn release_registers(&self) {
        let registers = self.registers.replace(std::ptr::null_mut());
        if registers.is_null() {
            return;
        }
        for index in 0..self.code().local_count as usize {
            // SAFETY: the block owns all locals.
            unsafe { drop_register(std::mem::replace(&mut *registers.add(index), std::ptr::null_mut())) };
        }
        // SAFETY: the block is this frame's alone.
        unsafe { crate::object::space().heap.release(NonNull::new_unchecked(registers.cast())) };
    }
}

/// Lifecycle of frame objects.
pub mod lifecycle {
    use super::*;

    unsafe fn this<'a>(object: NonNull<Object>) -> &'a Frame {
        // SAFETY: only called for frames.
        unsafe { &*object.as_ptr().cast::<Frame>() }
    }

    unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
        // SAFETY: the block owns all locals.
        unsafe {
            let frame = this(object);
            for field in [&frame.back, &frame.trace, &frame.watch.native] {
                field.visit(visitor);
            }
            if frame.generator.get().is_null() {
                frame.locals.visit(visitor);
            }
            for field in [&frame.function, &frame.owned_code, &frame.owned_globals] {
                field.visit(visitor);
            }
            if frame.registers.get().is_null() {
                return;
            }
            let unbound = current().unbound.as_pointer();
            for index in 0..frame.code().local_count as usize {
                let held = NonNull::new(*frame.registers.get().add(index));
                if let Some(held) = held.filter(|held| *held != unbound) {
                    visitor(held);
                }
            }
        }
    }

    unsafe fn clear(object: NonNull<Object>) {
        // SAFETY: only called for frames.
        let frame = unsafe { this(object) };
        drop(frame.trace.take());
        frame.release_registers();
    }

    unsafe fn drop_contents(object: NonNull<Object>) {
        // SAFETY: each field is dropped once.
        unsafe {
            let frame = this(object);
            drop((frame.function.take(), frame.locals.take()));
            frame.release_registers();
            drop((frame.back.take(), frame.trace.take(), frame.watch.native.take()));
            drop((frame.owned_code.take(), frame.owned_globals.take()));
        }
    }

    unsafe fn size(object: NonNull<Object>) -> usize {
        // SAFETY: only called for frames.
        let frame = unsafe { this(object) };
        size_of::<Frame>() + frame.code().window_size * size_of::<Register>()
    }

    /// How frames live and die.
    pub fn lifecycle() -> Lifecycle {
        crate::runtime::define::container_lifecycle(
            visit,
            Some(clear),
            drop_contents,
            size,
            WeakSupport::None,
        )
    }
}

/// The frame object of a running frame.
///
/// # Safety
/// The record is in use.
pub unsafe fn of_record(cx: &Interpreter, record: *mut Record) -> Outcome<Ref<Frame>> {
    // SAFETY: as promised; the record gets a reference of its own.
    unsafe {
        if let Some(frame) = (*record).frame.as_ref() {
            return Ok(frame.new_ref().cast_into());
        }
        let (code, globals) = ((*(*record).code).pointer(), (*(*record).globals).pointer());
        let made = cx.birth_with(&cx.types.frame, |object| Frame::new(object, code, globals))?;
        made.record.set(record);
        (*record).frame = made.as_object().clone().into_raw().as_ptr();
        Ok(made)
    }
}

/// The frame object of a record, if it has one.
///
/// # Safety
/// The record is in use.
pub unsafe fn known_of_record(record: &Record) -> Option<&Frame> {
    // SAFETY: as promised; the record owns its frame object.
    unsafe { record.frame.as_ref().map(|frame| frame.cast::<Frame>()) }
}

/// The frame object of a suspended generator; none where the generator has ended.
pub fn of_generator(cx: &Interpreter, generator: &Generator) -> Outcome<Option<ObjectRef>> {
    use super::generator::State;
    if generator.state.get() == State::Running {
        let records = cx.thread.stack.records();
        let found = records.iter().position(|record| std::ptr::eq(record.extra.cast(), generator));
        // SAFETY: the record is in use.
        return match found {
            Some(index) => {
                unsafe { of_record(cx, cx.thread.stack.records.add(index)) }.map(|it| Some(it.into_object()))
            }
            None => Ok(None),
        };
    }
    if generator.state.get() == State::Finished {
        return Ok(None);
    }
    if let Some(frame) = generator.frame.get() {
        return Ok(Some(frame));
    }
    let Some(function) = generator.function.get() else { return Ok(None) };
    // SAFETY: a generator's function is a function.
    let globals = unsafe { function.cast::<super::function::Function>() }.globals.get().as_pointer();
    let code = generator.code().pointer();
    let made = cx.birth_with(&cx.types.frame, |object| Frame::new(object, code, globals))?;
    made.generator.set(generator);
    generator.frame.set(Some(made.as_object().clone()));
    Ok(Some(made.into_object()))
}

unsafe fn frame_of(object: &ObjectRef) -> &Frame {
    // SAFETY: only called with frame objects.
    unsafe { object.cast() }
}

/// A generator's frame runs again.
///
/// # Safety
/// The object is a frame, the record the generator's.
pub unsafe fn attach(object: &ObjectRef, record: *mut Record) {
    // SAFETY: as promised.
    let frame = unsafe { frame_of(object) };
    frame.generator.set(std::ptr::null());
    frame.record.set(record);
}

/// A generator's frame is suspended.
///
/// # Safety
/// The object is the frame of the generator.
pub unsafe fn park(object: &ObjectRef, generator: &Generator) {
    // SAFETY: as promised.
    let frame = unsafe { frame_of(object) };
    // SAFETY: the record is in use still.
    unsafe { super::trace::end(frame) };
    frame.watch.entered.set(false);
    frame.record.set(std::ptr::null_mut());
    frame.generator.set(generator);
}

/// A generator has ended without running: its frame object, if somebody else holds it, takes the block over, in which
/// only the locals are owned still, and the function. Says whether it did.
///
/// # Safety
/// The object is the frame of the generator, and its code's locals stand in the block.
pub unsafe fn inherit(object: &ObjectRef, generator: &Generator, block: *mut Register) -> bool {
    // SAFETY: as promised.
    let frame = unsafe { frame_of(object) };
    let ip = generator.ip.get();
    frame.generator.set(std::ptr::null());
    frame.ip.set(ip);
    frame.watch.at_start.set(super::generator::is_at_start(frame.code(), ip));
    let survives = object.count() > 1;
    if survives {
        frame.registers.set(block);
        frame.take_ownership(generator.function.take());
    }
    survives
}

/// The frame ends: its object takes the locals over if somebody else still holds it, and remembers who called.
///
/// # Safety
/// The object is the frame of the record, which is the innermost one.
pub unsafe fn detach(cx: &Interpreter, object: &ObjectRef, record: *mut Record) {
    // SAFETY: the locals move from the window into a block of the frame object, or are dropped.
    unsafe {
        let frame = frame_of(object);
        super::trace::end(frame);
        drop(frame.watch.native.take());
        frame.ip.set((*record).ip);
        let count = frame.code().local_count as usize;
        let fp = (*record).fp;
        let survives = object.count() > 1;
        let block =
            (survives && count > 0).then(|| cx.space.heap.allocate(count * size_of::<Register>())).flatten();
        match block {
            Some(block) => {
                let block = block.cast::<Register>().as_ptr();
                std::ptr::copy_nonoverlapping(fp, block, count);
                std::ptr::write_bytes(fp, 0, count);
                frame.registers.set(block);
            }
            None => {
                for index in 0..count {
                    drop_register(std::mem::replace(&mut *fp.add(index), std::ptr::null_mut()));
                }
            }
        }
        if survives {
            // Whoever resumed a generator is not kept by it.
            if (*record).kind != RecordKind::Generator {
                frame.back.set(back_of(cx, record).ok().flatten().map(Ref::into_object));
            }
            if !frame.code().has(CodeFlags::OPTIMIZED) {
                frame.locals.set(Some(frame.namespace()));
            }
            let function = std::mem::replace(&mut *fp.sub(1), std::ptr::null_mut());
            frame.take_ownership(NonNull::new(function).map(|function| ObjectRef::from_owned(function)));
        }
        frame.record.set(std::ptr::null_mut());
    }
}

/// The frame object of the caller of a running frame.
///
/// # Safety
/// The record is in use.
pub unsafe fn back_of(cx: &Interpreter, record: *mut Record) -> Outcome<Option<Ref<Frame>>> {
    let first = cx.thread.stack.records;
    if record == first {
        return Ok(None);
    }
    // SAFETY: the record below is in use.
    unsafe { of_record(cx, record.sub(1)) }.map(Some)
}

/// `f_locals`: the namespace, or a dict of the local variables that are bound.
pub fn locals_of(cx: &Interpreter, frame: &Frame) -> Outcome<ObjectRef> {
    let code = frame.code();
    if !code.has(CodeFlags::OPTIMIZED) {
        return Ok(frame.namespace());
    }
    if frame.locals.get().is_none() {
        frame.locals.set(Some(cx.new_dict()?.into_object()));
    }
    let dict = frame.locals.get().expect("made just now");
    // SAFETY: a function's frame keeps a dict there.
    let namespace = unsafe { dict.cast::<Dict>() };
    let registers = frame.registers();
    for (index, name) in code.unit.local_names.iter().enumerate() {
        // SAFETY: the registers are this frame's.
        match unsafe { local_value(cx, code, registers, index) } {
            Some(value) => cx.dict_set_text(namespace, name, value)?,
            None => drop(cx.dict_remove_text(namespace, name)?),
        }
    }
    Ok(dict)
}

/// The value of a local variable, seen through its cell if it is one.
///
/// # Safety
/// The registers are null or the locals of a frame of this code.
pub unsafe fn local_value(
    cx: &Interpreter,
    code: &CodeObject,
    registers: *mut Register,
    index: usize,
) -> Option<ObjectRef> {
    if registers.is_null() {
        return None;
    }
    // SAFETY: the registers hold all locals.
    let held = unsafe { (*registers.add(index)).as_ref()?.new_ref() };
    if held.is(&cx.unbound) {
        return None;
    }
    let is_cell = code.unit.cell_registers.contains(&(index as u16));
    if is_cell && held.is_exactly(&cx.types.cell) {
        // SAFETY: tested.
        return unsafe { held.cast::<CellObject>() }.get();
    }
    Some(held)
}

/// The innermost frame object, `depth` frames out.
pub fn at_depth(cx: &Interpreter, depth: usize) -> Outcome<Option<Ref<Frame>>> {
    let count = cx.thread.stack.record_count();
    if depth >= count {
        return Ok(None);
    }
    // SAFETY: the record is in use.
    unsafe { of_record(cx, cx.thread.stack.records.add(count - 1 - depth)) }.map(Some)
}
