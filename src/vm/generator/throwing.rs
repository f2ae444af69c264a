//! Throwing into a generator and closing it.
//!
//! What is thrown goes to the innermost iterator that is delegated to, and comes from there back through each generator
//! in turn.

use super::{
    Generator, Resumed, State, executing_already, outcome_of, push, refuse_reuse, suspend, take_stop_value,
    word_for,
};
use crate::bytecode::{Kinds, Op};
use crate::object::{Object, ObjectRef};
use crate::runtime::stack::Record;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::vm::execute::operands::drop_register;
use crate::vm::execute::{resume_natively, start};
use crate::vm::thrown::thrown;

/// Raises where a generator waits what the arguments of `throw` mean. A GeneratorExit closes what it delegates to.
pub fn throw(cx: &Interpreter, generator: &Generator, given: &[ObjectRef]) -> Outcome<Resumed> {
    throw_with(cx, generator, given, true)
}

/// As [`throw`]; an asynchronous generator that is closed throws GeneratorExit into its awaits as any other exception.
pub fn throw_with(
    cx: &Interpreter,
    generator: &Generator,
    given: &[ObjectRef],
    exit_closes: bool,
) -> Outcome<Resumed> {
    cx.guard_native()?;
    let delegated = match generator.delegate() {
        Some(delegate) => throw_into_delegate(cx, generator, delegate, given, exit_closes)?,
        None => Delegated::Here,
    };
    let exception = match delegated {
        Delegated::Resumed(resumed) => return Ok(resumed),
        Delegated::Raised(exception) => exception,
        Delegated::Here => thrown(cx, given)?,
    };
    match generator.state.get() {
        State::Running => Err(executing_already(cx, generator)),
        State::Finished => {
            refuse_reuse(cx, generator)?;
            Err(cx.raise_again(exception))
        }
        _ => raise_in(cx, generator, exception),
    }
}

fn raise_in(cx: &Interpreter, generator: &Generator, exception: ObjectRef) -> Outcome<Resumed> {
    // SAFETY: the frame is pushed as an entry and run at once; the yielded temporary is dead and marked so.
    let result = unsafe {
        push_at_yield(cx, generator)?;
        // Only what the generator itself handles becomes the context.
        let own = generator.code().handles && cx.thread.handled.borrow().last().is_some_and(Option::is_some);
        let _ = if own { cx.raise(exception) } else { cx.raise_again(exception) };
        start::raise_natively(cx)?
    };
    Ok(outcome_of(generator, result))
}

/// What throwing into a delegate came to.
enum Delegated {
    /// The generator itself goes on waiting, or has gone on.
    Resumed(Resumed),
    /// The delegate has ended with this exception, which is raised in the generator.
    Raised(ObjectRef),
    /// What is thrown must be raised in the generator itself.
    Here,
}

/// Passes what is thrown on to what the generator delegates to, which is kept until that is done.
fn throw_into_delegate(
    cx: &Interpreter,
    generator: &Generator,
    delegate: ObjectRef,
    given: &[ObjectRef],
    exit_closes: bool,
) -> Outcome<Delegated> {
    if exit_closes && is_exit(cx, &given[0]) {
        generator.state.set(State::Running);
        let closed = close_iterator(cx, &delegate);
        generator.state.set(State::Suspended);
        drop(delegate);
        return Ok(closed.map_or_else(|Raised| Delegated::Raised(cx.take_exception()), |()| Delegated::Here));
    }
    let thrown = match delegate.layout::<Generator>() {
        Some(inner) if !inner.object.is_exactly(&cx.types.async_generator) => {
            throw_below(cx, generator, inner, given, exit_closes)
        }
        _ => {
            generator.state.set(State::Running);
            let thrown = throw_to_iterator(cx, &delegate, given);
            generator.state.set(State::Suspended);
            thrown
        }
    };
    drop(delegate);
    match thrown {
        Ok(None) => Ok(Delegated::Here),
        Ok(Some(Resumed::Finished(value))) => finish_delegation(cx, generator, value).map(Delegated::Resumed),
        Ok(Some(resumed)) => Ok(Delegated::Resumed(resumed)),
        Err(Raised) => Ok(Delegated::Raised(cx.take_exception())),
    }
}

/// Whether a GeneratorExit is thrown: the class, a derived one or an instance.
fn is_exit(cx: &Interpreter, what: &Object) -> bool {
    let exit = &cx.types.generator_exit;
    what.as_type().is_some_and(|kind| kind.is_subtype(exit)) || what.is_instance(exit)
}

/// Throws into a generator that another delegates to. The outer one stands on the stack meanwhile, so that the inner
/// one's frame has it behind itself; what the outer one handles is not seen from there.
fn throw_below(
    cx: &Interpreter,
    outer: &Generator,
    inner: &Generator,
    given: &[ObjectRef],
    exit_closes: bool,
) -> Outcome<Option<Resumed>> {
    // SAFETY: the frame is pushed at its Yield and taken off there by the inverse; nothing runs in it.
    unsafe {
        let record = push_at_yield(cx, outer)?;
        let handles = outer.code().handles;
        let handled = if handles { cx.thread.replace_handled(None) } else { None };
        let thrown = throw_with(cx, inner, given, exit_closes);
        if handles {
            drop(cx.thread.replace_handled(handled));
        }
        suspend(cx, record);
        thrown.map(Some)
    }
}

/// Pushes a suspended generator's frame as an entry. The yielded temporary is dead and marked so.
unsafe fn push_at_yield(cx: &Interpreter, generator: &Generator) -> Outcome<*mut Record> {
    // SAFETY: as for `push`; a Yield's b is in the window.
    unsafe {
        let record = push(cx, generator, true)?.as_ptr();
        let i = *(*record).ip;
        if generator.code().operation((*record).ip) == Op::Yield && i.kinds & Kinds::B_LOCAL == 0 {
            *(*record).fp.add(i.b as usize) = std::ptr::null_mut();
        }
        Ok(record)
    }
}

/// Throws into an iterator; none where it has no `throw`.
fn throw_to_iterator(
    cx: &Interpreter,
    iterator: &ObjectRef,
    given: &[ObjectRef],
) -> Outcome<Option<Resumed>> {
    let Some(method) = cx.find_attribute(iterator, &cx.names.throw)? else { return Ok(None) };
    match cx.call(&method, given) {
        Ok(value) => Ok(Some(Resumed::Yielded(value))),
        Err(Raised) => take_stop_value(cx).map(|value| Some(Resumed::Finished(value))),
    }
}

/// The delegate has ended under a throw: the generator goes on behind its `yield from` with the result.
fn finish_delegation(cx: &Interpreter, generator: &Generator, value: ObjectRef) -> Outcome<Resumed> {
    // SAFETY: behind a delegating Yield stands the jump back to its Send, whose word says where the end is.
    let result = unsafe {
        let record = push(cx, generator, true)?.as_ptr();
        let jump = (*record).ip.add(1);
        let send = jump.offset((*jump).wide() as i32 as isize);
        let slot = (*record).fp.add((*send).b as usize);
        let iterator = std::mem::replace(&mut *slot, value.into_raw().as_ptr());
        (*record).ip = send.offset((*send.add(1)).word() as u32 as i32 as isize);
        drop_register(iterator);
        resume_natively(cx)?
    };
    Ok(outcome_of(generator, result))
}

fn close_iterator(cx: &Interpreter, iterator: &ObjectRef) -> Outcome<()> {
    if let Some(inner) = iterator.layout::<Generator>() {
        return close(cx, inner);
    }
    match cx.find_attribute(iterator, &cx.names.close) {
        Ok(Some(method)) => cx.call(&method, &[]).map(drop),
        Ok(None) => Ok(()),
        // Whoever closes is not told that the attribute could not be read.
        Err(_) => {
            cx.unraisable_in("Exception ignored in", iterator);
            Ok(())
        }
    }
}

/// `generator.close()`
pub fn close(cx: &Interpreter, generator: &Generator) -> Outcome<()> {
    match generator.state.get() {
        State::Finished => return Ok(()),
        State::Created => {
            generator.state.set(State::Finished);
            generator.release_block();
            drop(generator.function.take());
            return Ok(());
        }
        _ => {}
    }
    match throw(cx, generator, &[cx.types.generator_exit.as_object().clone()]) {
        Ok(Resumed::Finished(_)) | Ok(Resumed::Frame) => Ok(()),
        Ok(Resumed::Yielded(_)) => {
            Err(cx.runtime_error(format_args!("{} ignored GeneratorExit", word_for(cx, generator))))
        }
        Err(Raised) => {
            let ended = cx.take_if(&cx.types.generator_exit).or_else(|| cx.take_if(&cx.types.stop_iteration));
            ended.map(drop).ok_or(Raised)
        }
    }
}
