//! Operators, comparisons and subscripts that a class defines in Python: the loop enters the method's frame, as it does
//! for a call.
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
use crate::runtime::slot_functions::compare_name;
use crate::runtime::slots::Comparison;
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::type_object::TypeFlags;
use crate::runtime::{Interpreter, Operator, Outcome, Raised, Typed};
use crate::values::text::Text;
use crate::vm::code_object::CodeObject;
use crate::vm::execute::operands::{drop_below, drop_register, drop_registers, take_reference};
use crate::vm::execute::push_frame;
use crate::vm::function::Function;
use crate::vm::unwind::drop_plain_locals;

/// Registers behind the temporaries that a call of this kind writes before its frame is pushed.
const ROOM: usize = 8;

/// Whether an operation takes its right operand from the constants.
static TAKES_CONSTANT: [bool; 256] = {
    let mut takes = [false; 256];
    let mut index = 0;
    while index < Op::ALL.len() {
        takes[index] = matches!(Op::ALL[index].layout(), Layout::AbK);
        index += 1;
    }
    takes
};

/// The comparison that an operation is, if it is one.
fn comparison_of(op: Op) -> Option<Comparison> {
    Some(match op {
        Op::Less | Op::LessConstant => Comparison::Less,
        Op::LessEqual | Op::LessEqualConstant => Comparison::LessEqual,
        Op::Equal | Op::EqualConstant => Comparison::Equal,
        Op::NotEqual | Op::NotEqualConstant => Comparison::NotEqual,
        Op::Greater | Op::GreaterConstant => Comparison::Greater,
        Op::GreaterEqual | Op::GreaterEqualConstant => Comparison::GreaterEqual,
        _ => return None,
    })
}

/// The name of the method of an operator, of a comparison or of a subscript.
#[inline(always)]
fn method_name(cx: &Interpreter, op: Op) -> Option<&Text> {
    let names = &cx.names;
    if let Some(comparison) = comparison_of(op) {
        return Some(compare_name(names, comparison));
    }
    Some(match op {
        Op::Add | Op::AddConstant => &names.add,
        Op::Subtract | Op::SubtractConstant => &names.sub,
        Op::Multiply | Op::MultiplyConstant => &names.mul,
        Op::TrueDivide | Op::TrueDivideConstant => &names.truediv,
        Op::FloorDivide | Op::FloorDivideConstant => &names.floordiv,
        Op::Modulo | Op::ModuloConstant => &names.mod_,
        Op::LoadSubscript | Op::LoadSubscriptConstant => &names.getitem,
        _ => return None,
    })
}

/// How messages call an operator; none for a subscript, whose method may give anything. While a method ran, the same
/// instruction may have run with floats and have become the form for these.
fn symbol(op: Op) -> Option<&'static str> {
    Some(match op {
        Op::Add | Op::AddConstant | Op::AddFloats | Op::AddFloatConstant => Operator::ADD.symbol,
        Op::Subtract | Op::SubtractConstant | Op::SubtractFloats | Op::SubtractFloatConstant => {
            Operator::SUBTRACT.symbol
        }
        Op::Multiply | Op::MultiplyConstant | Op::MultiplyFloats | Op::MultiplyFloatConstant => {
            Operator::MULTIPLY.symbol
        }
        Op::TrueDivide | Op::TrueDivideConstant => Operator::TRUE_DIVIDE.symbol,
        Op::FloorDivide | Op::FloorDivideConstant => Operator::FLOOR_DIVIDE.symbol,
        Op::Modulo | Op::ModuloConstant => Operator::MODULO.symbol,
        _ => return None,
    })
}

/// The method that an operator on these operands calls first, if it is a function of two parameters and the rest is
/// simple: a comparison can ask the right operand afterwards; behind another operator only a TypeError may follow.
fn method_for<'a>(cx: &'a Interpreter, left: &Object, right: &Object, op: Op) -> Option<&'a Function> {
    let fits = match op {
        Op::LoadSubscript | Op::LoadSubscriptConstant => true,
        _ if comparison_of(op).is_some() => is_asked_first(left, right),
        _ => is_asked_alone(cx, left, right),
    };
    if !fits {
        return None;
    }
    let method = cx.type_lookup_borrowed(left.type_object(), method_name(cx, op)?)?;
    // SAFETY: the class keeps the method, and nothing runs while it is borrowed.
    unsafe {
        if !method.as_ref().is_exactly(&cx.types.function) {
            return None;
        }
        let function = &*method.as_ptr().cast::<Function>();
        let code = function.code();
        (code.is_simple && code.argument_count == 2).then_some(function)
    }
}

/// Whether a comparison asks the left operand first: the right one is of no subclass.
#[inline(always)]
fn is_asked_first(left: &Object, right: &Object) -> bool {
    left.kind_pointer() == right.kind_pointer() || !right.type_object().is_subtype(left.type_object())
}

/// Whether nobody but the left operand knows what an operator means: its instances have no native part, and the right
/// one is of the same class or a plain number.
#[inline(always)]
fn is_asked_alone(cx: &Interpreter, left: &Object, right: &Object) -> bool {
    let types = &cx.types;
    let is_foreign = left.kind_pointer() != right.kind_pointer()
        && !right.is_exactly(&types.float)
        && !right.is_exactly(&types.int);
    !is_foreign && solid_base(left).is(&types.object)
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
        let is_bound = right != cx.unbound.as_pointer().as_ptr();
        if !is_bound || i.kinds & Kinds::INPLACE != 0 || cx.space.attention.get() {
            return None;
        }
        let is_comparison = comparison_of(op).is_some();
        if is_comparison && cx.thread.depth.get() >= cx.thread.recursion_limit.get() {
            return None;
        }
        let function = method_for(cx, &*left, &*right, op)?;
        let caller = cx.thread.stack.innermost.get();
        let mut next = temporaries_end(&*caller);
        if next.add(ROOM) >= cx.thread.stack.limit {
            return None;
        }
        let [left_borrowed, right_borrowed] = borrowed(i, op);
        if left_borrowed {
            *next = take_reference(left);
            next = next.add(1);
        }
        if right_borrowed {
            *next = take_reference(right);
            next = next.add(1);
        }
        let callee = std::ptr::from_ref(function).cast_mut().cast::<Object>();
        *next = take_reference(callee);
        let window = next.add(1);
        *window = take_reference(left);
        *window.add(1) = take_reference(right);
        if is_comparison {
            // A comparison is a level of recursion of its own, whoever answers it.
            cx.thread.enter_level();
        }
        if push_frame(cx, callee, function.code(), window, 2, RecordKind::Operator, false).is_err() {
            cold_path();
            leave(cx, op);
            drop_registers(next, 3);
            drop_copies(i, op, next);
            return Some(Err(Raised));
        }
        Some(Ok(Started::Frame))
    }
}

/// Gives back the level of recursion that an operation has taken besides that of its method.
#[inline(always)]
fn leave(cx: &Interpreter, op: Op) {
    if comparison_of(op).is_some() {
        cx.thread.leave_level();
    }
}

/// The same where the method has ended with an exception.
///
/// # Safety
/// The caller stands in the operator.
pub unsafe fn abandon(cx: &Interpreter, caller: &Record) {
    // SAFETY: as promised.
    leave(cx, unsafe { operation(caller) });
}

/// Where the temporaries of a frame end, with the operands of its instruction.
unsafe fn temporaries_end(caller: &Record) -> *mut Register {
    // SAFETY: the record is in use, its `ip` at an instruction.
    unsafe {
        let code = &*caller.code.cast::<CodeObject>();
        caller.fp.add(usize::from(code.local_count) + code.depth(caller.ip))
    }
}

/// Which of the operands an instruction only borrows.
#[inline(always)]
fn borrowed(i: Instruction, op: Op) -> [bool; 2] {
    let is_constant = TAKES_CONSTANT[usize::from(op as u8)];
    [i.kinds & Kinds::B_LOCAL != 0, is_constant || i.kinds & Kinds::C_LOCAL != 0]
}

/// Drops the copies below a method.
#[inline(always)]
unsafe fn drop_copies(i: Instruction, op: Op, method: *mut Register) {
    // SAFETY: each borrowed operand has an owned copy there.
    unsafe {
        let copies = borrowed(i, op).into_iter().filter(|borrowed| *borrowed).count();
        for index in 1..=copies {
            drop_register(*method.sub(index));
        }
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
        let count = drop_plain_locals(cx, record);
        let caller = &*record.sub(1);
        let op = operation(caller);
        drop_copies(*caller.ip, op, fp.sub(1));
        cx.thread.pop_frame();
        // The function may take its code along.
        drop_below(fp, count);
        finish(cx, caller, op, value)
    }
}

/// The operation of the instruction that a frame stands at.
#[inline(always)]
unsafe fn operation(caller: &Record) -> Op {
    // SAFETY: the record is in use.
    unsafe {
        let op = Op::ALL[usize::from((*caller.ip).op)];
        if op == Op::Trap {
            cold_path();
            return (*caller.code.cast::<CodeObject>()).operation(caller.ip);
        }
        op
    }
}

/// Ends an operator whose method has given a value, which is owned: as [`finish_plain_operator`].
///
/// # Safety
/// The method's frame and the copies are gone; the caller stands in the operator.
pub unsafe fn finish_operator(cx: &Interpreter, caller: &Record, value: Register) -> Register {
    // SAFETY: as promised.
    unsafe { finish(cx, caller, operation(caller), value) }
}

#[inline(always)]
unsafe fn finish(cx: &Interpreter, caller: &Record, op: Op, value: Register) -> Register {
    // SAFETY: as promised: operands that are temporaries are owned still.
    unsafe {
        let i = *caller.ip;
        leave(cx, op);
        let (left, right) = (caller.fp.add(usize::from(i.b)), caller.fp.add(usize::from(i.c)));
        let mut value = value;
        if value == cx.not_implemented.as_pointer().as_ptr() {
            cold_path();
            value = refused(cx, caller, op, value);
            if value.is_null() {
                return value;
            }
        }
        let [left_borrowed, right_borrowed] = borrowed(i, op);
        if !left_borrowed {
            drop_register(std::mem::replace(&mut *left, std::ptr::null_mut()));
        }
        if !right_borrowed {
            drop_register(std::mem::replace(&mut *right, std::ptr::null_mut()));
        }
        value
    }
}

/// What follows a method's refusal, which is owned: TypeError and null, or what a comparison gives then. For a subscript
/// it is a value as any.
#[cold]
#[inline(never)]
unsafe fn refused(cx: &Interpreter, caller: &Record, op: Op, value: Register) -> Register {
    // SAFETY: as promised: the operands are owned by registers or by constants until the operator has ended. Those that
    // the instruction borrows are counted while Python code runs, as by CPython's stack.
    unsafe {
        let i = *caller.ip;
        let is_constant = TAKES_CONSTANT[usize::from(op as u8)];
        let holder = if is_constant { caller.constants } else { caller.fp.cast_const() };
        let left = &**caller.fp.add(usize::from(i.b));
        let right = &**holder.add(usize::from(i.c));
        let [left_borrowed, right_borrowed] = borrowed(i, op);
        let _kept = (left_borrowed.then(|| left.new_ref()), right_borrowed.then(|| right.new_ref()));
        let outcome = if let Some(comparison) = comparison_of(op) {
            cx.compare_refused(left, right, comparison)
        } else if let Some(symbol) = symbol(op) {
            Err(cx.unsupported(symbol, left, right))
        } else {
            return value;
        };
        drop_register(value);
        outcome.map_or(std::ptr::null_mut(), |value| value.into_raw().as_ptr())
    }
}
