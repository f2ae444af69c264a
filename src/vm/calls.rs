//! Calls: what stands in registers becomes a frame, or a value at once.
//!
//! A call's callee stands in `base`, its arguments behind it. While a call is prepared nothing is consumed; it either
//! fails and leaves the registers as they were, or has consumed all of them.

mod bind;
pub mod operator;

use std::hint::cold_path;
use std::ptr::NonNull;

use super::code_object::CodeObject;
use super::execute::operands::{drop_register, drop_registers, take_reference};
use super::execute::push_frame;
use super::function::{BoundMethod, Function};
use super::generator;
use crate::bytecode::Op;
use crate::object::{Lent, Object, ObjectRef};
use crate::runtime::native::{BuiltinFunction, MethodDescriptor, NativeCode, NativeMethod};
use crate::runtime::protocol::call::{CALLING, Packed};
use crate::runtime::slot_functions::is_slot_new;
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::type_object::TypeFlags;
use crate::runtime::{Arguments, AsException, Interpreter, Outcome, Raised, TypeObject, Typed};
use crate::values::dict::Dict;
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
unsafe fn start_instance(
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

/// `f(*arguments, **keywords)`: callee, tuple and dict stand in the registers from `base` on.
///
/// # Safety
/// As for [`start_call`].
pub unsafe fn start_spread_call(
    cx: &Interpreter,
    base: *mut Register,
    has_keywords: bool,
) -> Outcome<Started> {
    // SAFETY: the three registers are owned and stay until the call is done.
    unsafe {
        let callee = &**base;
        make_spread_tuple(cx, callee, &mut *base.add(1))?;
        // CPython copies arguments that come with keywords, and keeps the copies.
        let gives_keywords = has_keywords && (**base.add(2)).as_dict().is_none_or(|dict| !dict.is_empty());
        if callee.is_exactly(&cx.types.function) && !gives_keywords {
            return start_spread_function(cx, base, has_keywords);
        }
        let items = (**base.add(1)).as_tuple().map_or(&[][..], Tuple::items);
        if !has_keywords {
            let result = cx.call_packed(callee, Arguments::positional(items))?;
            drop_call(base, 1);
            return Ok(Started::Value(result));
        }
        let result = call_with_dict(cx, callee, items, &**base.add(2))?;
        drop_call(base, 2);
        Ok(Started::Value(result))
    }
}

/// The same for a callee that somebody else holds as well. The frame of a method `__call__` counts its instance, so nobody
/// else does here.
pub fn call_held_with_dict(
    cx: &Interpreter,
    callee: ObjectRef,
    items: &[ObjectRef],
    keywords: &Object,
) -> Outcome {
    if callee.as_type().is_some() || callee.count() < 2 || !cx.packs_arguments(&callee) {
        return call_with_dict(cx, &callee, items, keywords);
    }
    // SAFETY: until the frame has counted it nothing runs, and nobody looks at it after the frame.
    let callee = unsafe { Lent::let_go(callee) };
    call_with_dict(cx, callee.object(), items, keywords)
}

/// A call with a tuple and a dict, which a register holds each. What CPython calls so gets them as they are; for others
/// it copies the arguments and keeps the copies.
fn call_with_dict(cx: &Interpreter, callee: &Object, items: &[ObjectRef], keywords: &Object) -> Outcome {
    let mut values = items.to_vec();
    let names = spread_keywords(cx, keywords, &mut values)?;
    let names = names.as_ref().and_then(|names: &ObjectRef| names.as_tuple());
    if keywords.count() > 1 || !cx.packs_arguments(callee) {
        return cx.call_with(callee, Arguments { values: &values, names });
    }
    // SAFETY: the collector's prefix stands before every dict. Where the collector does not know it nobody can find it, so
    // it holds its values until the call is over, as the tuple holds its items.
    let lent: Vec<Lent<'static>> = unsafe {
        cx.space.untrack(keywords.pointer());
        values.into_iter().map(|value| Lent::let_go(value)).collect()
    };
    cx.call_packed(callee, Arguments { values: Lent::row(&lent), names })
}

/// The same for a Python function without keywords. Callee and tuple stay where they are until it returns, as in CPython;
/// the call proper stands behind them, perhaps beyond the caller's window.
unsafe fn start_spread_function(
    cx: &Interpreter,
    base: *mut Register,
    has_keywords: bool,
) -> Outcome<Started> {
    // SAFETY: the tuple is kept by its register while its items are counted; nothing runs meanwhile.
    unsafe {
        let items = (**base.add(1)).as_tuple().map_or(&[][..], Tuple::items);
        let call = base.add(if has_keywords { 3 } else { 2 });
        if call.add(items.len() + 8) >= cx.thread.stack.limit {
            return Err(cx.recursion_error(""));
        }
        if cx.space.attention.get() {
            cx.poll()?;
        }
        *call = take_reference(*base);
        for (index, item) in items.iter().enumerate() {
            *call.add(1 + index) = take_reference(item.as_pointer().as_ptr());
        }
        match enter_function(cx, call, items.len(), None) {
            Ok(Started::Frame) => {
                let record = cx.thread.stack.top().expect("pushed just now").as_ptr();
                (*record).kind = RecordKind::Spread;
                Ok(Started::Frame)
            }
            Ok(Started::Value(value)) => {
                drop_spread(base, has_keywords);
                Ok(Started::Value(value))
            }
            Err(Raised) => {
                drop_call(call, items.len());
                Err(Raised)
            }
        }
    }
}

/// Drops callee, tuple and dict of a spread call that has returned.
///
/// # Safety
/// The registers from `base` on are those of the call.
pub unsafe fn drop_spread(base: *mut Register, has_keywords: bool) {
    for index in 0..if has_keywords { 3 } else { 2 } {
        // SAFETY: each is owned, and dropped once.
        unsafe { drop_register(std::mem::replace(&mut *base.add(index), std::ptr::null_mut())) };
    }
}

/// Replaces the iterable of a spread call by a tuple of its items, unless it is one.
unsafe fn make_spread_tuple(cx: &Interpreter, callee: &Object, slot: &mut Register) -> Outcome<()> {
    // SAFETY: the register owns the iterable; the tuple takes its place before the iterable is dropped.
    unsafe {
        let iterable = &**slot;
        if iterable.is_exactly(&cx.types.tuple) {
            return Ok(());
        }
        let slots = &iterable.type_object().slots;
        if slots.iter.get().is_none() && slots.get_item.get().is_none() {
            let (shown, kind) = (callable_display(cx, callee), iterable.type_name());
            return Err(
                cx.type_error(format_args!("{shown} argument after * must be an iterable, not {kind}"))
            );
        }
        let tuple = cx.new_tuple_from(cx.collect(iterable)?)?;
        drop_register(std::mem::replace(slot, tuple.into_raw().as_ptr()));
        Ok(())
    }
}

/// Moves the keywords of a dict behind the values; their names as a tuple.
fn spread_keywords(
    cx: &Interpreter,
    keywords: &Object,
    values: &mut Vec<ObjectRef>,
) -> Outcome<Option<ObjectRef>> {
    let Some(dict) = keywords.as_dict() else { return Ok(None) };
    let mut names = Vec::with_capacity(dict.len());
    let mut position = 0;
    while let Some((_, key, value)) = dict.next_entry(&mut position) {
        if key.as_text().is_none() {
            return Err(cx.type_error("keywords must be strings"));
        }
        names.push(key);
        values.push(value);
    }
    if names.is_empty() { Ok(None) } else { cx.new_tuple_from(names).map(Some) }
}

/// Whether all keys of a dict are exact strings.
fn has_plain_names(cx: &Interpreter, names: &Dict) -> bool {
    let mut position = 0;
    while let Some((_, name, _)) = names.next_entry(&mut position) {
        if !name.is_exactly(&cx.types.str) {
            return false;
        }
    }
    true
}

/// Whether a callable is the body of a class statement, whose arguments are those of `__build_class__`.
fn is_class_body(callable: &Object) -> bool {
    use crate::bytecode::CodeFlags;
    callable.layout::<Function>().is_some_and(|function| {
        function.code.get().layout::<CodeObject>().is_some_and(|code| !code.has(CodeFlags::OPTIMIZED))
    })
}

/// Merges a mapping into the keywords of a call; a repeated name or a thing that is no mapping is refused.
pub fn merge_keywords(cx: &Interpreter, keywords: &Dict, mapping: &Object, callee: &Object) -> Outcome<()> {
    if mapping.as_dict().is_none() && cx.find_attribute(mapping, &cx.names.keys)?.is_none() {
        let (shown, kind) = (callable_display(cx, callee), mapping.type_name());
        return Err(cx.type_error(format_args!("{shown} argument after ** must be a mapping, not {kind}")));
    }
    if keywords.is_empty()
        && mapping.is_exactly(&cx.types.dict)
        && let Some(source) = mapping.as_dict()
        && has_plain_names(cx, source)
    {
        // Names that differ from each other cannot be given twice.
        let mut position = 0;
        while let Some((_, name, value)) = source.next_entry(&mut position) {
            cx.dict_set(keywords, &name, value)?;
        }
        return Ok(());
    }
    let names = match mapping.as_dict() {
        Some(_) => cx.collect(mapping)?,
        None => cx.collect(&*cx.call_method(mapping, &cx.names.keys, &[])?)?,
    };
    for name in names {
        if cx.dict_contains(keywords, &name)? {
            let (shown, name) = (callable_display(cx, callee), cx.display(&name));
            return Err(
                cx.type_error(format_args!("{shown} got multiple values for keyword argument '{name}'"))
            );
        }
        let value = cx.get_item(mapping, &name)?;
        cx.dict_set(keywords, &name, value)?;
    }
    Ok(())
}

/// A callable's name in messages about its call: qualified, with its module unless that is builtins.
pub fn callable_display(cx: &Interpreter, callable: &Object) -> String {
    if is_class_body(callable) {
        return "__build_class__()".to_owned();
    }
    let text = |name: &crate::values::text::Text| {
        let found = cx.find_attribute(callable, name).ok().flatten()?;
        found.as_text().map(|text| text.to_rust_string_lossy())
    };
    let Some(name) = text(&cx.names.qualname) else {
        return cx.str(callable).ok().map_or_else(String::new, |shown| cx.display(&shown));
    };
    match text(&cx.names.module) {
        Some(module) if module != "builtins" => format!("{module}.{name}()"),
        _ => format!("{name}()"),
    }
}
