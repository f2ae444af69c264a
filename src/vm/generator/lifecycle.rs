//! How generators live and die: what the collector sees of them, and how they are closed when nobody has them any more.

use std::hint::cold_path;
use std::ptr::NonNull;

use super::{Generator, State, close};
use crate::object::{
    Lifecycle, Object, ObjectSpace, Visitor, WeakSupport, dealloc_container, finish_release, release_nested,
    weak,
};
use crate::runtime::stack::Register;
use crate::runtime::{AsException, Interpreter};

unsafe fn this<'a>(object: NonNull<Object>) -> &'a Generator {
    // SAFETY: only called for generators.
    unsafe { &*object.as_ptr().cast::<Generator>() }
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the block owns `live` registers.
    unsafe {
        let generator = this(object);
        for field in [&generator.code, &generator.name, &generator.qualified_name] {
            field.visit(visitor);
        }
        generator.frame.visit(visitor);
        if let Some(frame) = generator.parked_frame() {
            frame.locals.visit(visitor);
        }
        generator.function.visit(visitor);
        let owns_block = generator.state.get() != State::Running && !generator.block.get().is_null();
        let unbound = crate::runtime::current().unbound.as_pointer();
        for index in 0..if owns_block { generator.live.get() } else { 0 } {
            if let Some(held) =
                NonNull::new(*generator.block.get().add(index)).filter(|held| *held != unbound)
            {
                visitor(held);
            }
        }
        generator.handled.visit(visitor);
    }
}

/// Ends a generator that has not ended by itself: of what it runs with nothing is left.
fn end(generator: &Generator) {
    if generator.state.get() != State::Running {
        generator.state.set(State::Finished);
        generator.release_block();
    }
    for field in [&generator.function, &generator.frame, &generator.handled] {
        drop(field.take());
    }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: each field is dropped once.
    unsafe {
        let generator = this(object);
        if generator.state.get() != State::Finished {
            cold_path();
            end(generator);
        }
        for field in [&generator.code, &generator.name, &generator.qualified_name] {
            std::ptr::drop_in_place(std::ptr::from_ref(field).cast_mut());
        }
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: only called for generators.
    let generator = unsafe { this(object) };
    size_of::<Generator>() + generator.code().window_size * size_of::<Register>()
}

/// A suspended generator that dies is closed, so that its `finally` blocks run.
unsafe fn finalize(object: NonNull<Object>) {
    // SAFETY: the generator is whole and counted while this runs.
    let generator = unsafe { this(object) };
    let cx = crate::runtime::current();
    if generator.state.get() == State::Created && generator.object.is_exactly(&cx.types.coroutine) {
        return warn_unawaited(cx, generator);
    }
    match generator.state.get() {
        State::Created => {}
        State::Suspended if can_notice(generator) || generator.delegate().is_some() => {}
        // Nothing in it would notice: it ends here, as by an exception that goes through.
        State::Suspended => {
            generator.state.set(State::Finished);
            generator.release_block();
            drop((generator.function.take(), generator.handled.take()));
            return;
        }
        _ => return,
    }
    let before = cx.thread.raised.take();
    if close(cx, generator).is_err() {
        add_place_of_death(cx);
        cx.unraisable_in("Exception ignored in: ", generator);
    }
    cx.thread.raised.set(before);
}

/// An exception that no frame has passed gets the place where the generator dies, as in CPython.
fn add_place_of_death(cx: &Interpreter) {
    let exception = cx.thread.raised.take();
    let is_bare = exception
        .as_ref()
        .and_then(|exception| exception.as_exception())
        .is_some_and(|exception| exception.traceback.get().is_none());
    cx.thread.raised.set(exception);
    if let Some(record) = cx.thread.stack.top().filter(|_| is_bare) {
        // SAFETY: the record is the innermost one; it stands at the instruction under which the generator dies.
        unsafe { crate::vm::traceback::add_entry(cx, record.as_ptr()) };
    }
}

/// Tells of a coroutine that nobody has awaited.
fn warn_unawaited(cx: &Interpreter, generator: &Generator) {
    let before = cx.thread.raised.take();
    let name = cx.display(&generator.qualified_name.get());
    let message = format!("coroutine '{name}' was never awaited");
    if cx.warn(&cx.types.runtime_warning, &message).is_err() {
        cx.unraisable_in("Exception ignored in: ", generator);
    }
    cx.thread.raised.set(before);
}

/// Whether a handler covers the place where the generator waits.
fn can_notice(generator: &Generator) -> bool {
    let code = generator.code();
    let at = code.index_of(generator.ip.get()) as u32;
    code.unit.source.handlers.iter().any(|handler| (handler.start..handler.end).contains(&at))
}

/// Weak references are told first, as in CPython: what a generator does while it is closed comes after that.
unsafe fn dealloc(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: the generator is untracked before anybody is told; there is nothing to close in one that has ended.
    unsafe {
        space.untrack(object);
        weak::clear_all(object);
        if this(object).state.get() != State::Finished {
            cold_path();
            return dealloc_container(space, object);
        }
        release_nested(space, object, |space, object| {
            drop_contents(object);
            finish_release(space, object);
        });
    }
}

/// How generators live and die. A collection closes them before it breaks cycles, so there is nothing to clear.
pub fn lifecycle() -> Lifecycle {
    let weak = WeakSupport::Field(std::mem::offset_of!(Generator, weak_list) as u32);
    let lifecycle = crate::runtime::define::container_lifecycle(visit, None, drop_contents, size, weak);
    lifecycle.finalize.set(Some(finalize));
    lifecycle.dealloc.set(dealloc);
    lifecycle
}
