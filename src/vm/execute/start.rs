//! Pushing frames, and entering the loop from native code.

use std::hint::cold_path;
use std::ptr::NonNull;

use super::operands::take_reference;
use super::run;
use crate::bytecode::Instruction;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::stack::{Record, RecordKind, Register};
use crate::runtime::{Arguments, Interpreter, Outcome, Raised};
use crate::values::dict::Dict;
use crate::vm::calls::bind_window;
use crate::vm::code_object::CodeObject;
use crate::vm::function::{Function, new_function};

/// Pushes the frame of a function whose arguments stand in a window: registers up to `bound` hold parameters, the
/// other locals become unbound. The answer is the record. The function in `window[-1]` is owned by the window.
///
/// # Safety
/// The window lies on the value stack above everything in use; its first `bound` registers are owned.
#[inline(always)]
pub unsafe fn push_frame(
    cx: &Interpreter,
    function: Register,
    code: &CodeObject,
    window: *mut Register,
    bound: usize,
    kind: RecordKind,
    is_entry: bool,
) -> Outcome<NonNull<Record>> {
    // SAFETY: as promised; limits are checked before anything is written.
    unsafe {
        let stack = &cx.thread.stack;
        let caller = stack.innermost.get();
        let depth = cx.thread.depth.get();
        if depth >= cx.thread.recursion_limit.get()
            || caller >= stack.last_record
            || window.add(code.window_size) >= stack.limit
        {
            cold_path();
            return Err(too_deep(cx));
        }
        let unbound = cx.unbound.as_pointer().as_ptr();
        for index in bound..code.local_count as usize {
            *window.add(index) = unbound;
        }
        let globals = if function.is_null() {
            std::ptr::null()
        } else {
            (*function.cast::<Function>()).globals.borrow().as_pointer().as_ptr()
        };
        let record = caller.add(1);
        write_record(record, code, window, globals, kind, is_entry);
        stack.innermost.set(record);
        cx.thread.depth.set(depth + 1);
        Ok(NonNull::new_unchecked(record))
    }
}

/// Writes the record of a frame that begins.
///
/// # Safety
/// The record is the one behind the innermost one, and exists.
#[inline(always)]
pub unsafe fn write_record(
    record: *mut Record,
    code: &CodeObject,
    window: *mut Register,
    globals: *const Object,
    kind: RecordKind,
    is_entry: bool,
) {
    // SAFETY: as promised.
    unsafe {
        record.write(Record {
            fp: window,
            ip: code.instructions,
            code: std::ptr::from_ref(code).cast(),
            constants: code.constants,
            globals,
            locals: std::ptr::null_mut(),
            frame: std::ptr::null_mut(),
            extra: std::ptr::null_mut(),
            kind,
            is_entry,
        });
    }
}

#[cold]
fn too_deep(cx: &Interpreter) -> Raised {
    cx.recursion_error("")
}

/// The first free register of the value stack, with one for a callee below it.
pub fn free_window(cx: &Interpreter) -> *mut Register {
    let stack = &cx.thread.stack;
    // SAFETY: a window ends `window_size` registers behind its first local, and within the stack.
    unsafe {
        match stack.top() {
            None => stack.base.add(1),
            Some(record) => {
                let record = record.as_ref();
                record.fp.add((*record.code.cast::<CodeObject>()).window_size + 1)
            }
        }
    }
}

/// Calls a Python function from native code.
pub fn call_function(cx: &Interpreter, function: &Object, arguments: Arguments<'_>) -> Outcome {
    cx.guard_native()?;
    // SAFETY: the window is free; `bind_window` fills it from the arguments or leaves nothing owned in it.
    unsafe {
        let window = free_window(cx);
        if window.add(arguments.values.len() + 8) >= cx.thread.stack.limit {
            return Err(too_deep(cx));
        }
        let python = &*std::ptr::from_ref(function).cast::<Function>();
        let owner = function.new_ref();
        for (index, value) in arguments.values.iter().enumerate() {
            *window.add(index) = value.as_pointer().as_ptr();
            take_reference(*window.add(index));
        }
        if let Err(Raised) = bind_window(cx, python, window, arguments.values.len(), arguments.names) {
            drop_window(window, arguments.values.len());
            return Err(Raised);
        }
        start_bound(cx, owner, python, window)
    }
}

unsafe fn drop_window(window: *mut Register, count: usize) {
    for index in 0..count {
        // SAFETY: so many are owned.
        unsafe { super::operands::drop_register(*window.add(index)) };
    }
}

/// Runs a function whose window is bound.
unsafe fn start_bound(
    cx: &Interpreter,
    owner: ObjectRef,
    function: &Function,
    window: *mut Register,
) -> Outcome {
    // SAFETY: all parameters are in the window.
    unsafe {
        let code = function.code();
        let bound = crate::vm::calls::parameter_count(code);
        if code.is_generator {
            let made = crate::vm::generator::from_window(cx, owner, code, window, bound);
            if made.is_err() {
                drop_window(window, bound);
            }
            return made;
        }
        *window.sub(1) = owner.as_pointer().as_ptr();
        if let Err(Raised) =
            push_frame(cx, owner.as_pointer().as_ptr(), code, window, bound, RecordKind::Function, true)
        {
            drop_window(window, bound);
            return Err(Raised);
        }
        std::mem::forget(owner);
        run(cx)
    }
}

/// Runs the code of a module, of a class body or of `exec`.
///
/// # Errors
/// What the code raises.
pub fn run_code(
    cx: &Interpreter,
    code: &Ref<CodeObject>,
    globals: &Ref<Dict>,
    locals: Option<ObjectRef>,
) -> Outcome {
    cx.guard_native()?;
    // A module's globals are its locals too, and CPython's frame counts both.
    let _as_locals = locals.is_none().then(|| globals.clone());
    // SAFETY: the window is free; code and globals are kept by the caller for as long as the frame runs.
    unsafe {
        let window = free_window(cx);
        if window.add(code.window_size + 8) >= cx.thread.stack.limit {
            return Err(too_deep(cx));
        }
        *window.sub(1) = std::ptr::null_mut();
        let pushed = push_frame(cx, std::ptr::null_mut(), code, window, 0, RecordKind::Function, true)?;
        let record = pushed.as_ptr();
        (*record).globals = globals.as_object().as_pointer().as_ptr();
        if let Some(locals) = locals {
            (*record).locals = locals.into_raw().as_ptr();
        }
        run(cx)
    }
}

/// Runs a class body: a function without parameters whose names go to a namespace.
pub fn run_class_body(cx: &Interpreter, function: &ObjectRef, namespace: &Object) -> Outcome {
    cx.guard_native()?;
    // SAFETY: the window is free; the function in it is owned by the window.
    unsafe {
        let window = free_window(cx);
        let python = &*function.as_pointer().as_ptr().cast::<Function>();
        let owner = function.clone().into_raw().as_ptr();
        *window.sub(1) = owner;
        if let Err(Raised) = push_frame(cx, owner, python.code(), window, 0, RecordKind::Function, true) {
            super::operands::drop_register(owner);
            return Err(Raised);
        }
        let record = cx.thread.stack.top().expect("pushed just now").as_ptr();
        (*record).locals = namespace.new_ref().into_raw().as_ptr();
        run(cx)
    }
}

/// Goes on with the innermost frame, which was put back on the stack just now (a generator).
///
/// # Safety
/// The record is whole and says that it is an entry.
pub unsafe fn resume_natively(cx: &Interpreter) -> Outcome {
    // SAFETY: as promised.
    unsafe { run(cx) }
}

/// Goes on with the innermost frame by raising what is on its way in it.
///
/// # Safety
/// As for [`resume_natively`].
pub unsafe fn raise_natively(cx: &Interpreter) -> Outcome {
    // SAFETY: as promised.
    unsafe { if crate::vm::unwind::unwind(cx, true) { run(cx) } else { Err(Raised) } }
}

/// `a = function` of the code that word 1 names.
///
/// # Safety
/// The instruction is MakeFunction in the innermost frame.
#[inline(never)]
pub unsafe fn make_function(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome {
    // SAFETY: as the instruction says: the parts stand in a run of temporaries.
    unsafe {
        let i = *ip;
        let code_object = &*(*record).code.cast::<CodeObject>();
        let code = code_object.unit.constants[(*ip.add(1)).word() as u32 as usize].clone();
        let globals = (*(*record).globals).new_ref();
        let function = new_function(cx, &code.cast_into(), globals)?;
        let mut next = (*record).fp.add(i.b as usize);
        for (flag, field) in [
            (1, &function.defaults),
            (2, &function.keyword_defaults),
            (4, &function.annotations),
            (8, &function.closure),
        ] {
            if i.c & flag != 0 {
                let part = std::mem::replace(&mut *next, std::ptr::null_mut());
                field.set(Some(ObjectRef::from_owned(NonNull::new_unchecked(part))));
                next = next.add(1);
            }
        }
        Ok(function.into_object())
    }
}
