//! Making instances: the frame of an `__init__` that is written in Python.

use std::hint::cold_path;

use super::{Started, arguments, drop_call, finish_call, start_function};
use crate::bytecode::Op;
use crate::object::{Object, ObjectRef};
use crate::runtime::protocol::call::{CALLING, Packed};
use crate::runtime::slot_functions::is_slot_new;
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::type_object::TypeFlags;
use crate::runtime::{AsException, Interpreter, Outcome, Raised, TypeObject, Typed};
use crate::values::tuple::Tuple;
use crate::vm::code_object::CodeObject;
use crate::vm::execute::operands::{drop_register, drop_registers, take_reference};
use crate::vm::execute::push_frame;
use crate::vm::function::Function;

/// Making an instance of a class whose `__init__` is written in Python and whose `__new__` is native: the frame of
/// `__init__` is pushed, its end gives the instance.
///
/// Class and arguments stay where they are until then, as in CPython, which packs the arguments in a tuple besides, and
/// unpacks them once more where there are keywords: the references of those copies stand behind the arguments, and the
/// call proper behind the copies.
///
/// ```text
/// caller ... | class | arguments | copies | __init__ | self, arguments, other locals ...
/// ```
pub(super) unsafe fn start_instance(
    cx: &Interpreter,
    base: *mut Register,
    count: usize,
    names: Option<&Tuple>,
) -> Outcome<Option<Started>> {
    // SAFETY: the class is dropped only when the call has ended.
    unsafe {
        let kind = &*(*base).cast::<TypeObject>();
        if !kind.has(TypeFlags::HEAP) || kind.has(TypeFlags::ABSTRACT) {
            return Ok(None);
        }
        let Some(init) = cx.type_lookup_borrowed(kind, &cx.names.init) else { return Ok(None) };
        if !init.as_ref().is_exactly(&cx.types.function) {
            return Ok(None);
        }
        let unpacks = names.is_some_and(|names| !names.is_empty());
        let is_plain = has_new_of(kind, &cx.types.object);
        if !is_plain && (unpacks || !has_native_new(cx, kind)) {
            return Ok(None);
        }
        let copies = if unpacks { 2 * count + 1 } else { count };
        let arguments = base.add(1);
        let call = arguments.add(count + copies.max(1));
        if call.add(count + 8) >= cx.thread.stack.limit
            || cx.thread.depth.get() >= cx.thread.recursion_limit.get()
        {
            cold_path();
            return Err(cx.recursion_error(CALLING));
        }
        let init = init.as_ref().new_ref();
        if !is_plain {
            return start_derived_instance(cx, base, count, init);
        }
        let call = arguments.add(count + copies);
        let instance = cx.birth_instance(kind)?;
        if kind.lifecycle.prefix.has_gc() {
            cx.space.track(instance);
        }
        let this = instance.as_ptr();
        *call = init.into_raw().as_ptr();
        *call.add(1) = take_reference(this);
        for index in 0..count {
            let argument = *arguments.add(index);
            (*argument).set_count((*argument).count() + if unpacks { 3 } else { 2 });
            *arguments.add(count + index) = argument;
            *call.add(2 + index) = argument;
            if unpacks {
                *arguments.add(2 * count + index) = argument;
            }
        }
        if unpacks {
            *call.sub(1) = take_reference(this);
        }
        start_init(cx, call, count, copies, this, names).map(Some)
    }
}

/// The same for a class derived from another built-in one than object. An exception keeps the tuple that its arguments
/// are packed in, which stands for the copies then.
#[inline(never)]
unsafe fn start_derived_instance(
    cx: &Interpreter,
    base: *mut Register,
    count: usize,
    init: ObjectRef,
) -> Outcome<Option<Started>> {
    // SAFETY: class and arguments are dropped only when the call has ended; behind them is room for the call.
    unsafe {
        let kind = &*(*base).cast::<TypeObject>();
        let first = base.add(1);
        let given = arguments(base, count, None);
        let Some(new) = kind.slots.new.get() else { return Ok(None) };
        let (made, copies) = if has_new_of(kind, &cx.types.base_exception) {
            let made = new(cx, kind, given)?;
            let packed = made.as_exception().map(|exception| exception.arguments.get());
            *first.add(count) = packed.unwrap_or_else(|| cx.none()).into_raw().as_ptr();
            (made, 1)
        } else {
            // What runs while it is made may use the registers behind the arguments.
            let packed = Packed::new(given.values);
            let made = new(cx, kind, given)?;
            if !made.is_exactly(kind) {
                cold_path();
                let made = cx.initialised(kind, made, given);
                drop(packed);
                return finish_call(base, count, made).map(|made| Some(Started::Value(made)));
            }
            copy_registers(first, first.add(count), count);
            (made, count)
        };
        let this = made.into_raw().as_ptr();
        let call = first.add(count + copies);
        *call = init.into_raw().as_ptr();
        *call.add(1) = take_reference(this);
        copy_registers(first, call.add(2), count);
        start_init(cx, call, count, copies, this, None).map(Some)
    }
}

/// Counts the references of so many registers once more, for others.
unsafe fn copy_registers(from: *const Register, to: *mut Register, count: usize) {
    for index in 0..count {
        // SAFETY: the one are owned, the others free.
        unsafe { *to.add(index) = take_reference(*from.add(index)) };
    }
}

/// Pushes the frame of `__init__` for an instance; class, arguments and copies stand before the call.
#[inline(always)]
unsafe fn start_init(
    cx: &Interpreter,
    call: *mut Register,
    count: usize,
    copies: usize,
    this: Register,
    names: Option<&Tuple>,
) -> Outcome<Started> {
    // The call of the class is a level of recursion of its own, and that of `__init__` another.
    cx.thread.enter_level();
    // SAFETY: function, instance and arguments are owned; binding takes them or leaves them.
    unsafe {
        let code = (*(*call).cast::<Function>()).code();
        if names.is_none()
            && code.is_simple
            && usize::from(code.argument_count) == count + 1
            && !cx.space.attention.get()
        {
            let window = call.add(1);
            if let Ok(record) = push_frame(cx, *call, code, window, count + 1, RecordKind::Init, false) {
                (*record.as_ptr()).extra = this;
                return Ok(Started::Frame);
            }
            cold_path();
            give_up_instance(cx, call, count, copies, this);
            return Err(Raised);
        }
        match start_function(cx, call, count + 1, names) {
            Ok(Started::Frame) => {
                let record = cx.thread.stack.top().expect("pushed just now").as_ptr();
                (*record).kind = RecordKind::Init;
                (*record).extra = this;
                Ok(Started::Frame)
            }
            Ok(Started::Value(value)) => {
                cx.thread.leave_level();
                drop_registers(call.sub(copies), copies);
                drop_register(this);
                Err(init_returned(cx, &value))
            }
            Err(Raised) => {
                give_up_instance(cx, call, count, copies, this);
                Err(Raised)
            }
        }
    }
}

/// Drops what a call of `__init__` that was refused would have consumed: the call proper, the copies of the arguments
/// before it and the instance.
#[cold]
unsafe fn give_up_instance(
    cx: &Interpreter,
    call: *mut Register,
    count: usize,
    copies: usize,
    instance: Register,
) {
    cx.thread.leave_level();
    // SAFETY: the registers are owned, but for those that binding has emptied.
    unsafe {
        drop_call(call, count + 1);
        drop_registers(call.sub(copies), copies);
        drop_register(instance);
    }
}

/// Where the temporaries of a frame end that makes an instance: behind the operands of the call come its copies.
///
/// # Safety
/// The caller stands in the call.
unsafe fn copies_of_instance_call(caller: &Record) -> *mut Register {
    // SAFETY: as promised: the operands of a call are the topmost temporaries.
    unsafe {
        let i = *caller.ip;
        if i.op == Op::Call as u8 || i.op == Op::CallKeywords as u8 {
            return caller.fp.add(usize::from(i.b) + 1 + usize::from(i.c));
        }
        let code = &*caller.code.cast::<CodeObject>();
        caller.fp.add(usize::from(code.local_count) + code.depth(caller.ip))
    }
}

/// How many temporaries a frame owns that makes an instance or runs a method for an operator, with the copies.
///
/// # Safety
/// The caller stands in the call, `callee` is the window of what it has called.
pub unsafe fn temporaries_with_copies(caller: &Record, callee: *mut Register) -> usize {
    // SAFETY: as promised: the callee's function stands behind the copies.
    unsafe {
        let locals = usize::from((*caller.code.cast::<CodeObject>()).local_count);
        callee.sub(1).offset_from_unsigned(caller.fp) - locals
    }
}

/// Drops the copies of an instance's arguments.
///
/// # Safety
/// As for [`temporaries_with_copies`].
#[inline]
pub unsafe fn drop_copies(caller: &Record, callee: *mut Register) {
    // SAFETY: as promised.
    unsafe {
        let copies = copies_of_instance_call(caller);
        drop_registers(copies, callee.sub(1).offset_from_unsigned(copies));
    }
}

/// Drops the class and the arguments of an instance's making.
///
/// # Safety
/// The caller stands in the call, the frame of `__init__` is gone.
#[inline]
pub unsafe fn drop_instance_call(caller: &Record) {
    // SAFETY: as promised: an instruction of a call names its first register in b.
    unsafe {
        let first = caller.fp.add((*caller.ip).b as usize);
        drop_registers(first, copies_of_instance_call(caller).offset_from_unsigned(first));
    }
}

/// Raises TypeError for an `__init__` that has returned something.
#[cold]
pub fn init_returned(cx: &Interpreter, value: &Object) -> Raised {
    cx.type_error(format_args!("__init__() should return None, not '{}'", value.type_name()))
}

/// Whether a class makes its instances by the same function as a built-in one.
fn has_new_of(kind: &TypeObject, built_in: &TypeObject) -> bool {
    match (kind.slots.new.get(), built_in.slots.new.get()) {
        (Some(own), Some(other)) => std::ptr::fn_addr_eq(own, other),
        _ => false,
    }
}

/// Whether a class makes its instances by a function that is not written in Python; metaclasses make classes.
fn has_native_new(cx: &Interpreter, kind: &TypeObject) -> bool {
    let new = kind.slots.new.get().filter(|_| !kind.has(TypeFlags::DISALLOW_INSTANTIATION));
    new.is_some_and(|new| !is_slot_new(new)) && !kind.is_subtype(&cx.types.type_)
}
