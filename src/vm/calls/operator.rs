//! Operators and subscripts that a class defines in Python: the loop enters the method's frame, as it does for a call.
//!
//! The operands stay where the instruction names them until the frame has ended, as in CPython. Of those that the
//! instruction only borrows (locals and constants) there is a copy, which counts as CPython's stack does:
//!
//! ```text
//! caller ... | operands that are temporaries | copies of the others | method | self, other, other locals ...
//! ```

use std::hint::cold_path;

use super::Started;
use crate::bytecode::{Instruction, Kinds, Layout, Op};
use crate::object::Object;
use crate::runtime::instances::solid_base;
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::type_object::TypeFlags;
use crate::runtime::{Interpreter, Operator, Outcome, Raised, Typed};
use crate::values::text::Text;
use crate::vm::code_object::CodeObject;
use crate::vm::execute::operands::{drop_below, drop_register, drop_registers, take_reference};
use crate::vm::execute::push_frame;
use crate::vm::function::Function;
use crate::vm::unwind::detach_late_frame;

/// Registers behind the temporaries that a call of this kind writes before its frame is pushed.
const ROOM: usize = 8;

/// The name of the method of an operator, and the operator for messages; none for a subscript.
fn method_name(cx: &Interpreter, op: Op) -> Option<(&Text, Option<Operator>)> {
    let names = &cx.names;
    let (name, operator) = match op {
        Op::Add | Op::AddConstant => (&names.add, Operator::ADD),
        Op::Subtract | Op::SubtractConstant => (&names.sub, Operator::SUBTRACT),
        Op::Multiply | Op::MultiplyConstant => (&names.mul, Operator::MULTIPLY),
        Op::TrueDivide | Op::TrueDivideConstant => (&names.truediv, Operator::TRUE_DIVIDE),
        Op::FloorDivide | Op::FloorDivideConstant => (&names.floordiv, Operator::FLOOR_DIVIDE),
        Op::Modulo | Op::ModuloConstant => (&names.mod_, Operator::MODULO),
        Op::LoadSubscript | Op::LoadSubscriptConstant => return Some((&names.getitem, None)),
        _ => return None,
    };
    Some((name, Some(operator)))
}

/// The method that an operator on these operands calls first, if what follows it can only be a TypeError: a function
/// of two parameters, of a class whose instances have no native part, and a right operand that is of the same class or
/// a plain number.
fn method_for<'a>(cx: &'a Interpreter, left: &Object, right: &Object, op: Op) -> Option<&'a Function> {
    let (name, operator) = method_name(cx, op)?;
    let (kind, right_kind) = (left.type_object(), right.type_object());
    let types = &cx.types;
    if operator.is_some() {
        let is_alone =
            std::ptr::eq(kind, right_kind) || right.is_exactly(&types.float) || right.is_exactly(&types.int);
        if !is_alone || !solid_base(left).is(&types.object) {
            return None;
        }
    }
    let method = cx.type_lookup_borrowed(kind, name)?;
    // SAFETY: the class keeps the method, and nothing runs while it is borrowed.
    unsafe {
        if !method.as_ref().is_exactly(&types.function) {
            return None;
        }
        let function = &*method.as_ptr().cast::<Function>();
        let code = function.code();
        (code.is_simple && code.argument_count == 2).then_some(function)
    }
}

/// Pushes the frame of the method for `b op right`, if the class of b defines it in Python; none where the operator must
/// go its general way.
///
/// # Safety
/// Operands as the instruction says; it is the innermost frame's, whose record is up to date.
#[inline(always)]
pub unsafe fn start_operator(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    right: Register,
) -> Option<Outcome<Started>> {
    // SAFETY: the registers hold objects.
    unsafe {
        let left = *fp.add(i.b as usize);
        if !(*left).type_object().has(TypeFlags::HEAP) {
            return None;
        }
        cold_path();
        start_method(cx, i, left, right)
    }
}

#[inline(never)]
unsafe fn start_method(
    cx: &Interpreter,
    i: Instruction,
    left: Register,
    right: Register,
) -> Option<Outcome<Started>> {
    // SAFETY: as promised; the room behind the temporaries is free.
    unsafe {
        let op = Op::ALL[usize::from(i.op)];
        if i.kinds & Kinds::INPLACE != 0 || cx.space.attention.get() {
            return None;
        }
        let function = method_for(cx, &*left, &*right, op)?;
        let caller = cx.thread.stack.innermost.get();
        let mut next = temporaries_end(&*caller);
        if next.add(ROOM) >= cx.thread.stack.limit {
            return None;
        }
        let is_borrowed = |local: u8| i.kinds & local != 0;
        if is_borrowed(Kinds::B_LOCAL) {
            *next = take_reference(left);
            next = next.add(1);
        }
        if op.layout() == Layout::AbK || is_borrowed(Kinds::C_LOCAL) {
            *next = take_reference(right);
            next = next.add(1);
        }
        let callee = std::ptr::from_ref(function).cast_mut().cast::<Object>();
        *next = take_reference(callee);
        let window = next.add(1);
        *window = take_reference(left);
        *window.add(1) = take_reference(right);
        if push_frame(cx, callee, function.code(), window, 2, RecordKind::Operator, false).is_err() {
            cold_path();
            drop_registers(next, 3);
            drop_copies_from(&*caller, next);
            return Some(Err(Raised));
        }
        Some(Ok(Started::Frame))
    }
}

/// Where the temporaries of a frame end, with the operands of its instruction.
unsafe fn temporaries_end(caller: &Record) -> *mut Register {
    // SAFETY: the record is in use, its `ip` at an instruction.
    unsafe {
        let code = &*caller.code.cast::<CodeObject>();
        caller.fp.add(usize::from(code.local_count) + code.depth(caller.ip))
    }
}

/// Drops the copies below a method; others hold what they refer to.
unsafe fn drop_copies_from(caller: &Record, method: *mut Register) {
    // SAFETY: as promised.
    unsafe {
        let first = temporaries_end(caller);
        drop_registers(first, method.offset_from_unsigned(first));
    }
}

/// Ends the frame of a method that nobody has looked at, and the operator with it: its result, or null where that is a
/// refusal, for which TypeError is raised.
///
/// # Safety
/// The record is the innermost one, plain and of this kind; its temporaries are all consumed. The value is owned.
#[inline(never)]
pub unsafe fn finish_plain_operator(cx: &Interpreter, record: *mut Record, value: Register) -> Register {
    // SAFETY: as promised; the operator stands in the record below.
    unsafe {
        let fp = (*record).fp;
        let count = usize::from((*(*record).code.cast::<CodeObject>()).local_count);
        drop_registers(fp, count);
        if !(*record).frame.is_null() {
            cold_path();
            detach_late_frame(cx, record);
        }
        drop_copies_from(&*record.sub(1), fp.sub(1));
        cx.thread.pop_frame();
        // The function may take its code along.
        drop_below(fp, count);
        finish_operator(cx, &*record.sub(1), value)
    }
}

/// Ends an operator whose method has given a value, which is owned: as [`finish_plain_operator`].
///
/// # Safety
/// The method's frame and the copies are gone; the caller stands in the operator.
pub unsafe fn finish_operator(cx: &Interpreter, caller: &Record, value: Register) -> Register {
    // SAFETY: as promised: operands that are temporaries are owned still.
    unsafe {
        let code = &*caller.code.cast::<CodeObject>();
        let (i, op) = (*caller.ip, code.operation(caller.ip));
        let (left, right) = (caller.fp.add(usize::from(i.b)), caller.fp.add(usize::from(i.c)));
        if value == cx.not_implemented.as_pointer().as_ptr()
            && let Some((_, Some(operator))) = method_name(cx, op)
        {
            cold_path();
            drop_register(value);
            let right = match op.layout() {
                Layout::AbK => *caller.constants.add(usize::from(i.c)),
                _ => *right,
            };
            let _ = cx.unsupported(operator.symbol, &**left, &*right);
            return std::ptr::null_mut();
        }
        if i.kinds & Kinds::B_LOCAL == 0 {
            drop_register(std::mem::replace(&mut *left, std::ptr::null_mut()));
        }
        if op.layout() == Layout::Abc && i.kinds & Kinds::C_LOCAL == 0 {
            drop_register(std::mem::replace(&mut *right, std::ptr::null_mut()));
        }
        value
    }
}
