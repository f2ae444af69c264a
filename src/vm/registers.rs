//! What frames own, register by register: for whoever tells of the stack, of generators and of frame objects.
//!
//! A frame that calls another one owns exactly what its location says. One in which native code is at work may have
//! consumed operands that its location still names: such a register is *doubtful*, and only its address is told. The
//! registers of a call stay owned until the call is over, so they are not.

use std::ptr::NonNull;

use super::code_object::CodeObject;
use super::frame::Frame;
use super::generator::{Generator, State};
use super::unwind::temporaries_of;
use crate::bytecode::{Op, Registers, effects};
use crate::object::{Object, ObjectRef};
use crate::runtime::Interpreter;
use crate::runtime::stack::{Record, RecordKind, Register};

/// What a frame owns an object as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// A local variable, or the cell of one.
    Local(u16),
    /// A temporary, by its register.
    Temporary(u16),
    /// A temporary that is the callee or an argument of the native call under way.
    Call(u16),
    /// The function that runs.
    Function,
    /// The code that runs without a function.
    Code,
    /// The globals of code that runs without a function.
    Globals,
    /// The namespace of a module's or class's body.
    Namespace,
    /// The frame object.
    FrameObject,
    /// The instance that `__init__` was called for.
    Instance,
}

/// One reference of a frame.
pub struct Held<'a> {
    /// As what.
    pub holding: Holding,
    /// Where the object lies.
    pub address: usize,
    /// The object, unless the register is doubtful.
    pub object: Option<&'a Object>,
}

/// Shows everything that the frame at `depth` (0 is the outermost) owns, in the order of its registers.
pub fn each_held(cx: &Interpreter, depth: usize, show: &mut dyn FnMut(Held<'_>)) {
    let records = cx.thread.stack.records();
    let Some(record) = records.get(depth) else { return };
    let next = records.get(depth + 1).filter(|next| !next.is_entry);
    let mut tell = |holding, register: Register, is_sure: bool| {
        let Some(held) = NonNull::new(register).filter(|held| *held != cx.unbound.as_pointer()) else {
            return;
        };
        let object = match is_sure {
            // SAFETY: a register that is sure owns its object.
            true => Some(unsafe { held.as_ref() }),
            false => None,
        };
        show(Held { holding, address: held.as_ptr() as usize, object });
    };
    // SAFETY: the window owns its locals and the live temporaries; the record what stands in its own fields.
    unsafe {
        let code = &*record.code.cast::<CodeObject>();
        let local_count = usize::from(code.local_count);
        for register in 0..local_count {
            tell(Holding::Local(register as u16), *record.fp.add(register), true);
        }
        let live = temporaries_of(record, next);
        let operands = match next {
            Some(next) if next.kind == RecordKind::Init => {
                let end = (local_count + live) as u32;
                Operands { consumed: (u32::from((*record.ip).b)..end).collect(), is_call: true }
            }
            Some(_) => Operands::default(),
            None => operands(code, record),
        };
        for register in (local_count..local_count + live).map(|register| register as u16) {
            let (holding, is_sure) = operands.judge(register);
            tell(holding, *record.fp.add(usize::from(register)), is_sure);
        }
        let function = *record.fp.sub(1);
        tell(Holding::Function, function, true);
        if function.is_null() {
            tell(Holding::Code, record.code.cast_mut(), true);
            tell(Holding::Globals, record.globals.cast_mut(), true);
            // A module's globals are its namespace too.
            if record.locals.is_null() {
                tell(Holding::Namespace, record.globals.cast_mut(), true);
            }
        }
    }
    tell(Holding::Namespace, record.locals, true);
    tell(Holding::FrameObject, record.frame, true);
    if record.kind == RecordKind::Init {
        tell(Holding::Instance, record.extra, true);
    }
}

/// The registers that the instruction under way consumes.
#[derive(Default)]
struct Operands {
    consumed: Registers,
    is_call: bool,
}

impl Operands {
    fn judge(&self, register: u16) -> (Holding, bool) {
        match (self.consumed.contains(&u32::from(register)), self.is_call) {
            (false, _) => (Holding::Temporary(register), true),
            (true, true) => (Holding::Call(register), true),
            (true, false) => (Holding::Temporary(register), false),
        }
    }
}

/// # Safety
/// The record is in use, its `ip` at an instruction.
unsafe fn operands(code: &CodeObject, record: &Record) -> Operands {
    let op = code.operation(record.ip);
    // SAFETY: an instruction's inline words follow it.
    let (instruction, inline) =
        unsafe { (*record.ip, std::slice::from_raw_parts(record.ip.add(1), op.inline_words())) };
    let is_call =
        matches!(op, Op::Call | Op::CallMethod | Op::CallKeywords | Op::CallMethodKeywords | Op::CallSpread);
    Operands { consumed: effects(op, instruction, inline, u32::from(code.local_count)).consumed, is_call }
}

/// The running generators that refer to one of these, as CPython's visit tells: each shows its function, its frame object
/// and what it handles; its registers while it calls another frame.
pub fn running_generators(cx: &Interpreter, targets: &[ObjectRef]) -> Vec<ObjectRef> {
    let is_target = |held: Register| targets.iter().any(|target| target.as_pointer().as_ptr() == held);
    let (records, levels) = (cx.thread.stack.records(), cx.thread.handled.borrow());
    let (mut found, mut level) = (Vec::new(), 0);
    for (depth, record) in records.iter().enumerate().filter(|(_, it)| it.kind == RecordKind::Generator) {
        let next = records.get(depth + 1).filter(|next| !next.is_entry);
        // SAFETY: the window owns its locals and, in a call, the temporaries below it; `extra` is the generator.
        unsafe {
            let code = &*record.code.cast::<CodeObject>();
            level += usize::from(code.handles);
            let handled = levels.get(level).filter(|_| code.handles).and_then(Option::as_ref);
            let shown = next.map_or(0, |_| usize::from(code.local_count) + temporaries_of(record, next));
            let refers = handled.is_some_and(|it| is_target(it.as_pointer().as_ptr()))
                || is_target(record.frame)
                || is_target(*record.fp.sub(1))
                || (0..shown).any(|register| is_target(*record.fp.add(register)));
            if refers {
                found.push((*record.extra).new_ref());
            }
        }
    }
    found
}

/// Shows what a generator that does not run owns in registers, by number.
pub fn each_of_generator(cx: &Interpreter, generator: &Generator, show: &mut dyn FnMut(u16, &Object)) {
    let block = generator.block.get();
    if generator.state.get() == State::Running || block.is_null() {
        return;
    }
    // SAFETY: the block of a suspended generator owns so many registers.
    unsafe { each_register(cx, block, generator.live.get(), show) };
}

/// Shows the locals that an ended frame has left to its object, by number.
pub fn each_of_frame(cx: &Interpreter, frame: &Frame, show: &mut dyn FnMut(u16, &Object)) {
    let registers = frame.registers.get();
    if !registers.is_null() {
        // SAFETY: the block owns all locals.
        unsafe { each_register(cx, registers, usize::from(frame.code().local_count), show) };
    }
}

/// # Safety
/// So many registers are owned, unbound or empty.
unsafe fn each_register(
    cx: &Interpreter,
    first: *mut Register,
    count: usize,
    show: &mut dyn FnMut(u16, &Object),
) {
    for index in 0..count {
        // SAFETY: as promised.
        let held = unsafe { NonNull::new(*first.add(index)) };
        if let Some(held) = held.filter(|held| *held != cx.unbound.as_pointer()) {
            // SAFETY: the register owns it.
            show(index as u16, unsafe { held.as_ref() });
        }
    }
}
