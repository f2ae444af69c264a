//! Calls: what stands in registers becomes a frame, or a value at once.
//!
//! A call's callee stands in `base`, its arguments behind it. While a call is prepared nothing is consumed; it either
//! fails and leaves the registers as they were, or has consumed all of them.

mod bind;
pub mod instance;
pub mod operator;
pub mod spread;

use std::hint::cold_path;
use std::ptr::NonNull;

use self::instance::start_instance;
use super::execute::operands::{drop_register, drop_registers};
use super::execute::push_frame;
use super::function::{BoundMethod, Function};
use super::generator;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{BuiltinFunction, MethodDescriptor, NativeCode, NativeMethod};
use crate::runtime::stack::{RecordKind, Register};
use crate::runtime::{Arguments, Interpreter, Outcome, Raised, TypeObject, Typed};
use crate::values::tuple::Tuple;

pub use bind::{bind_window, parameter_count};

/// What a call has become.
pub enum Started {
    /// A frame was pushed: the loop goes on in it.
    Frame,
    /// The call is done.
    Value(ObjectRef),
}

/// Starts a call. The last `names.len()` of the `count` arguments are keywords.
///
/// # Safety
/// `base` holds the owned callee, the next `count` registers the owned arguments, and behind them are free registers of
/// the window (its slack).
#[inline(never)]
pub unsafe fn start_call(
    cx: &Interpreter,
    base: *mut Register,
    count: usize,
    names: Option<&Tuple>,
) -> Outcome<Started> {
    // SAFETY: as promised.
    unsafe {
        let callee = *base;
        let kind = (*callee).kind_pointer();
        let types = &cx.types;
        // Functions called with arguments by position are entered by the loop itself.
        if kind == types.type_.head_pointer() {
            if let Some(started) = start_instance(cx, base, count, names)? {
                return Ok(started);
            }
            let made = cx.call_type(&*callee.cast::<TypeObject>(), arguments(base, count, names));
            return finish_call(base, count, made).map(Started::Value);
        }
        if kind == types.function.head_pointer() {
            return start_function(cx, base, count, names);
        }
        if kind == types.method.head_pointer() {
            return start_bound_method(cx, base, count, names);
        }
        let result = call_native_callee(cx, callee, arguments(base, count, names))?;
        drop_call(base, count);
        Ok(Started::Value(result))
    }
}

unsafe fn arguments<'a>(base: *mut Register, count: usize, names: Option<&'a Tuple>) -> Arguments<'a> {
    // SAFETY: so many owned references stand behind the callee, and stay while the call runs.
    let values = unsafe { std::slice::from_raw_parts(base.add(1).cast::<ObjectRef>(), count) };
    Arguments { values, names }
}

/// Calls a built-in function with arguments by position, and drops the call's registers.
///
/// # Safety
/// `base` holds an owned built-in function, the next `count` registers the owned arguments.
#[inline(never)]
pub unsafe fn call_builtin(cx: &Interpreter, base: *mut Register, count: usize) -> Outcome {
    // SAFETY: the register keeps the function, whose fields are never written.
    unsafe {
        let function = &*(*base).cast::<BuiltinFunction>();
        let this = function.self_or(&cx.none);
        let result = match call_code(cx, function.method.get(), this, base.add(1), count) {
            Some(result) => result,
            None => call_native_callee(cx, *base, arguments(base, count, None)),
        };
        finish_call(base, count, result)
    }
}

/// Calls a method of a built-in type with arguments by position, the first of them `self`, and drops the call's
/// registers.
///
/// # Safety
/// `base` holds an owned method descriptor, the next `count` registers the owned arguments, of which there is one at
/// least.
#[inline(never)]
pub unsafe fn call_descriptor(cx: &Interpreter, base: *mut Register, count: usize) -> Outcome {
    // SAFETY: the register keeps the descriptor, whose fields are never written; the arguments stay while the call runs.
    unsafe {
        let descriptor = &*(*base).cast::<MethodDescriptor>();
        let this = &**base.add(1);
        if !descriptor.is_of_exactly(this) {
            cold_path();
            return call_inherited(cx, base, count);
        }
        let values = base.add(2).cast::<ObjectRef>();
        match descriptor.method.get().code {
            NativeCode::One(function) if count == 2 => finish_call(base, 2, function(cx, this, &*values)),
            NativeCode::NoArguments(function) if count == 1 => finish_call(base, 1, function(cx, this)),
            NativeCode::Positional(function) => {
                let values = std::slice::from_raw_parts(values, count - 1);
                finish_call(base, count, function(cx, this, values))
            }
            _ => call_inherited(cx, base, count),
        }
    }
}

/// The same for methods of all kinds and instances of subclasses.
///
/// # Safety
/// As for [`call_descriptor`].
#[inline(never)]
unsafe fn call_inherited(cx: &Interpreter, base: *mut Register, count: usize) -> Outcome {
    // SAFETY: the register keeps the descriptor, whose fields are never written.
    unsafe {
        let descriptor = &*(*base).cast::<MethodDescriptor>();
        let this = &**base.add(1);
        let fits = this.is_instance(descriptor.owner.borrow().cast::<TypeObject>());
        let called =
            if fits { call_code(cx, descriptor.method.get(), this, base.add(2), count - 1) } else { None };
        let result = match called {
            Some(result) => result,
            None => call_native_callee(cx, *base, arguments(base, count, None)),
        };
        finish_call(base, count, result)
    }
}

/// The result of native code, for which a call's registers are dropped; where it raised, they wait for the handler.
#[inline(always)]
unsafe fn finish_call(base: *mut Register, count: usize, result: Outcome) -> Outcome {
    if result.is_err() {
        cold_path();
        return result;
    }
    // SAFETY: the call's registers are owned.
    unsafe { drop_call(base, count) };
    result
}

/// Calls native code with arguments by position as they stand in their registers; none where it refuses so many.
#[inline(always)]
unsafe fn call_code(
    cx: &Interpreter,
    method: &NativeMethod,
    this: &Object,
    values: *const Register,
    count: usize,
) -> Option<Outcome> {
    // SAFETY: so many owned references stand there, and stay while the call runs.
    let values = unsafe { std::slice::from_raw_parts(values.cast::<ObjectRef>(), count) };
    match (method.code, values) {
        (NativeCode::One(function), [argument]) => Some(function(cx, this, argument)),
        (NativeCode::NoArguments(function), []) => Some(function(cx, this)),
        (NativeCode::Positional(function), values) => Some(function(cx, this, values)),
        (NativeCode::Full(function), values) => Some(function(cx, this, Arguments::positional(values))),
        _ => None,
    }
}

/// Calls anything that is not written in Python.
unsafe fn call_native_callee(cx: &Interpreter, callee: Register, arguments: Arguments<'_>) -> Outcome {
    // SAFETY: the register keeps the callee.
    unsafe {
        let callee = &*callee;
        if callee.is_exactly(&cx.types.builtin_function) {
            let function = callee.cast::<BuiltinFunction>();
            let this = function.bound.borrow().as_ref().unwrap_or(&cx.none);
            return cx
                .call_native(function.method.get(), this, arguments, || cx.native_display_name(function));
        }
        if callee.is_exactly(&cx.types.method_descriptor) && !arguments.values.is_empty() {
            let descriptor = callee.cast::<MethodDescriptor>();
            let owner = descriptor.owner.borrow();
            let owner = owner.cast::<TypeObject>();
            let this = &arguments.values[0];
            let by_position = !arguments.positional_values().is_empty();
            if by_position && this.is_instance(owner) {
                let method = descriptor.method.get();
                return cx.call_native(method, this, arguments.without_first(), || {
                    format!("{}.{}", owner.name_text(), method.name)
                });
            }
        }
        cx.call_with(callee, arguments)
    }
}

/// Drops the callee, then the arguments in order.
#[inline(always)]
unsafe fn drop_call(base: *mut Register, count: usize) {
    // SAFETY: the call's registers are owned.
    unsafe { drop_registers(base, count + 1) }
}

/// A call of a Python function: its arguments become its locals.
unsafe fn start_function(
    cx: &Interpreter,
    base: *mut Register,
    count: usize,
    names: Option<&Tuple>,
) -> Outcome<Started> {
    if cx.space.attention.get() {
        cold_path();
        cx.poll()?;
    }
    // SAFETY: as promised.
    unsafe { enter_function(cx, base, count, names) }
}

/// The same without looking whether others have work to do: arguments may stand behind the caller's window.
unsafe fn enter_function(
    cx: &Interpreter,
    base: *mut Register,
    count: usize,
    names: Option<&Tuple>,
) -> Outcome<Started> {
    // SAFETY: the function is owned by the register below the window.
    unsafe {
        let function = *base;
        let python = &*function.cast::<Function>();
        let code = python.code();
        let window = base.add(1);
        if window.add(code.window_size + count) >= cx.thread.stack.limit
            || cx.thread.depth.get() >= cx.thread.recursion_limit.get()
        {
            cold_path();
            return Err(cx.recursion_error(""));
        }
        if bind_window(cx, python, window, count, names).is_err() {
            cold_path();
            return Err(Raised);
        }
        let bound = parameter_count(code);
        if code.is_generator {
            let owner = ObjectRef::from_owned(NonNull::new_unchecked(function));
            let made = generator::from_window(cx, owner, code, window, bound);
            *base = std::ptr::null_mut();
            return made.map(Started::Value);
        }
        push_frame(cx, function, code, window, bound, RecordKind::Function, false)?;
        Ok(Started::Frame)
    }
}

/// Puts one more argument in front of the others.
unsafe fn insert_first(base: *mut Register, count: usize, first: Register) {
    // SAFETY: the window's slack has room for one more.
    unsafe {
        std::ptr::copy(base.add(1), base.add(2), count);
        *base.add(1) = first;
    }
}

unsafe fn remove_first(base: *mut Register, count: usize) -> Register {
    // SAFETY: undoes `insert_first`.
    unsafe {
        let first = *base.add(1);
        std::ptr::copy(base.add(2), base.add(1), count);
        first
    }
}

/// A call of a bound method: function and instance take its place.
unsafe fn start_bound_method(
    cx: &Interpreter,
    base: *mut Register,
    count: usize,
    names: Option<&Tuple>,
) -> Outcome<Started> {
    // SAFETY: the method is dropped only when the call has started.
    unsafe {
        let method = *base;
        let bound = &*method.cast::<BoundMethod>();
        let function = bound.function.get();
        insert_first(base, count, bound.bound.get().into_raw().as_ptr());
        if !function.is_exactly(&cx.types.function) {
            let result =
                call_native_callee(cx, function.as_pointer().as_ptr(), arguments(base, count + 1, names));
            let this = remove_first(base, count);
            drop_register(this);
            let result = result?;
            drop_call(base, count);
            return Ok(Started::Value(result));
        }
        *base = function.into_raw().as_ptr();
        match start_function(cx, base, count + 1, names) {
            Ok(started) => {
                drop_register(method);
                Ok(started)
            }
            Err(Raised) => {
                let function = std::mem::replace(&mut *base, method);
                let this = remove_first(base, count);
                drop_register(this);
                drop_register(function);
                Err(Raised)
            }
        }
    }
}
