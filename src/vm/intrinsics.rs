//! What the operation `Intrinsic` does: awaiting, and the parts of exception groups.

use super::code_object::CodeObject;
use super::generator::Generator;
use crate::bytecode::{CodeFlags, Intrinsic};
use crate::object::{Object, ObjectRef};
use crate::runtime::{AsException, Interpreter, Outcome, TypeFlags, Typed};
use crate::types::exceptions::group;

type Function = fn(&Interpreter, &Object) -> Outcome;

/// The function of the intrinsic with this number.
pub fn function(number: u16) -> Function {
    match Intrinsic::ALL.get(usize::from(number)) {
        Some(Intrinsic::AwaitIterator) => await_iterator,
        Some(Intrinsic::AsyncIterator) => async_iterator,
        Some(Intrinsic::AsyncNext) => async_next,
        Some(Intrinsic::AsyncEnterMethod) => enter_method,
        Some(Intrinsic::AsyncExitMethod) => exit_method,
        Some(Intrinsic::AwaitEntered) => |cx, it| await_method_result(cx, it, "__aenter__"),
        Some(Intrinsic::AwaitExited) => |cx, it| await_method_result(cx, it, "__aexit__"),
        Some(Intrinsic::IsAsyncEnd) => {
            |cx, it| Ok(cx.new_bool(it.is_instance(&cx.types.stop_async_iteration)))
        }
        Some(Intrinsic::WrapYielded) => super::types::async_generator::wrap,
        Some(Intrinsic::SplitGroup) => split_group,
        Some(Intrinsic::CombineGroup) => combine_group,
        Some(Intrinsic::YieldFromIterator) | None => yield_from_iterator,
    }
}

/// The code of the innermost frame is that of a coroutine, or of a generator that counts as one.
fn in_coroutine(cx: &Interpreter) -> bool {
    let Some(record) = cx.thread.stack.top() else { return false };
    // SAFETY: a running frame's code is a code object.
    let code = unsafe { &*record.as_ref().code.cast::<CodeObject>() };
    code.unit.source.flags & (CodeFlags::COROUTINE | CodeFlags::ITERABLE_COROUTINE) != 0
}

fn yield_from_iterator(cx: &Interpreter, iterable: &Object) -> Outcome {
    if iterable.is_exactly(&cx.types.generator) {
        return Ok(iterable.new_ref());
    }
    if iterable.is_exactly(&cx.types.coroutine) {
        if in_coroutine(cx) {
            return Ok(iterable.new_ref());
        }
        return Err(cx.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"));
    }
    cx.iter(iterable)
}

/// A coroutine, or a generator that `types.coroutine` has declared to be one.
fn is_coroutine(cx: &Interpreter, object: &Object) -> bool {
    let Some(generator) = object.layout::<Generator>() else { return false };
    let is_declared = || generator.code().unit.source.flags & CodeFlags::ITERABLE_COROUTINE != 0;
    object.is_exactly(&cx.types.coroutine) || (object.is_exactly(&cx.types.generator) && is_declared())
}

/// What `__await__` gives, checked; none where the object cannot be awaited.
pub fn awaitable_iterator(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    if is_coroutine(cx, object) {
        return Ok(Some(object.new_ref()));
    }
    let Some(made) = cx.call_special(object, &cx.names.await_, &[]) else { return Ok(None) };
    let made = made?;
    if is_coroutine(cx, &made) {
        return Err(cx.type_error("__await__() returned a coroutine"));
    }
    if made.type_object().slots.next.get().is_none() {
        let kind = made.type_name();
        return Err(cx.type_error(format_args!("__await__() returned non-iterator of type '{kind}'")));
    }
    Ok(Some(made))
}

/// Refuses a coroutine that somebody awaits already.
fn not_awaited_yet(cx: &Interpreter, iterator: ObjectRef) -> Outcome {
    let is_awaited = iterator.is_exactly(&cx.types.coroutine)
        && iterator.layout::<Generator>().is_some_and(|it| it.delegate().is_some());
    if is_awaited {
        return Err(cx.runtime_error("coroutine is being awaited already"));
    }
    Ok(iterator)
}

fn await_iterator(cx: &Interpreter, object: &Object) -> Outcome {
    match awaitable_iterator(cx, object)? {
        Some(iterator) => not_awaited_yet(cx, iterator),
        None => Err(cannot_await(cx, object)),
    }
}

/// The error of awaiting what cannot be awaited.
pub fn cannot_await(cx: &Interpreter, object: &Object) -> crate::runtime::Raised {
    let kind = object.type_name();
    cx.type_error(format_args!("object {kind} can't be used in 'await' expression"))
}

fn await_method_result(cx: &Interpreter, object: &Object, method: &str) -> Outcome {
    match awaitable_iterator(cx, object)? {
        Some(iterator) => not_awaited_yet(cx, iterator),
        None => {
            let kind = object.type_name();
            Err(cx.type_error(format_args!(
                "'async with' received an object from {method} that does not implement __await__: {kind}"
            )))
        }
    }
}

fn async_iterator(cx: &Interpreter, object: &Object) -> Outcome {
    let Some(made) = cx.call_special(object, &*cx.intern("__aiter__")?, &[]) else {
        let kind = object.type_name();
        return Err(
            cx.type_error(format_args!("'async for' requires an object with __aiter__ method, got {kind}"))
        );
    };
    let made = made?;
    if cx.type_lookup(made.type_object(), &*cx.intern("__anext__")?).is_none() {
        let kind = made.type_name();
        return Err(cx.type_error(format_args!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {kind}"
        )));
    }
    Ok(made)
}

fn async_next(cx: &Interpreter, iterator: &Object) -> Outcome {
    let Some(made) = cx.call_special(iterator, &*cx.intern("__anext__")?, &[]) else {
        let kind = iterator.type_name();
        return Err(
            cx.type_error(format_args!("'async for' requires an iterator with __anext__ method, got {kind}"))
        );
    };
    let made = made?;
    match awaitable_iterator(cx, &made) {
        Ok(Some(iterator)) => Ok(iterator),
        Ok(None) => Err(invalid_next(cx, &made, None)),
        Err(_) => {
            let cause = cx.take_exception();
            Err(invalid_next(cx, &made, Some(cause)))
        }
    }
}

/// The error of an `__anext__` whose result cannot be awaited, because of another where there is one.
fn invalid_next(cx: &Interpreter, made: &Object, cause: Option<ObjectRef>) -> crate::runtime::Raised {
    let kind = made.type_name();
    let raised = cx.type_error(format_args!("'async for' received an invalid object from __anext__: {kind}"));
    if let (Some(error), Some(cause)) = (cx.thread.raised.get(), cause)
        && let Some(error) = error.as_exception()
    {
        error.cause.set(Some(cause.clone()));
        error.context.set(Some(cause));
        error.suppress_context.set(true);
    }
    raised
}

fn enter_method(cx: &Interpreter, manager: &Object) -> Outcome {
    match cx.lookup_special(manager, &*cx.intern("__aenter__")?) {
        Some(method) => method,
        None => {
            let kind = manager.type_name();
            Err(cx.type_error(format_args!(
                "'{kind}' object does not support the asynchronous context manager protocol"
            )))
        }
    }
}

fn exit_method(cx: &Interpreter, manager: &Object) -> Outcome {
    match cx.lookup_special(manager, &*cx.intern("__aexit__")?) {
        Some(method) => method,
        None => {
            let kind = manager.type_name();
            Err(cx.type_error(format_args!(
                "'{kind}' object does not support the asynchronous context manager protocol (missed __aexit__ \
                 method)"
            )))
        }
    }
}

/// The two items of a pair that the compiler has built.
fn pair(object: &Object) -> (ObjectRef, ObjectRef) {
    match object.as_tuple().map(|pair| pair.items()) {
        Some([first, second]) => (first.clone(), second.clone()),
        _ => (object.new_ref(), object.new_ref()),
    }
}

fn split_group(cx: &Interpreter, object: &Object) -> Outcome {
    let (exception, types) = pair(object);
    check_types(cx, &types)?;
    let none = cx.none();
    let (part, rest) = if cx.is_none(&exception) {
        (none.clone(), none)
    } else if !exception.is_instance(&cx.types.base_exception_group) {
        match matches(&exception, &types) {
            true => (group::wrapped(cx, cx.new_tuple(&[exception])?)?, none),
            false => (none, exception),
        }
    } else if matches(&exception, &types) {
        (exception, none)
    } else {
        split_by_method(cx, &exception, &types)?
    };
    cx.new_tuple(&[part, rest])
}

fn split_by_method(
    cx: &Interpreter,
    exception: &Object,
    types: &ObjectRef,
) -> Outcome<(ObjectRef, ObjectRef)> {
    let parts = cx.call_method(exception, &*cx.intern("split")?, std::slice::from_ref(types))?;
    let Some(items) = parts.as_tuple() else {
        let (kind, found) = (exception.type_name(), parts.type_name());
        return Err(cx.type_error(format_args!("{kind}.split must return a tuple, not {found}")));
    };
    match items.items() {
        [part, rest, ..] => Ok((part.clone(), rest.clone())),
        few => {
            let (kind, count) = (exception.type_name(), few.len());
            Err(cx.type_error(format_args!("{kind}.split must return a 2-tuple, got tuple of size {count}")))
        }
    }
}

/// Whether a class of the exception's MRO is one of the types.
fn matches(exception: &Object, types: &Object) -> bool {
    let one = |kind: &Object| kind.as_type().is_some_and(|kind| exception.type_object().is_subtype(kind));
    types.as_tuple().map_or_else(|| one(types), |types| types.items().iter().any(|kind| one(kind)))
}

/// Only exception classes may be caught, and no groups.
fn check_types(cx: &Interpreter, types: &Object) -> Outcome<()> {
    let single = [types.new_ref()];
    let all = types.as_tuple().map_or(&single[..], |types| types.items());
    let is_exception = |it: &ObjectRef| it.as_type().is_some_and(|kind| kind.has(TypeFlags::EXCEPTION));
    if !all.iter().all(is_exception) {
        let message = "catching classes that do not inherit from BaseException is not allowed";
        return Err(cx.type_error(message));
    }
    let is_group =
        |it: &ObjectRef| it.as_type().is_some_and(|kind| kind.is_subtype(&cx.types.base_exception_group));
    if all.iter().any(is_group) {
        let message = "catching ExceptionGroup with except* is not allowed. Use except instead.";
        return Err(cx.type_error(message));
    }
    Ok(())
}

fn combine_group(cx: &Interpreter, object: &Object) -> Outcome {
    let (collected, handled) = pair(object);
    let collected: Vec<ObjectRef> = cx.collect(&collected)?;
    let found: Vec<ObjectRef> = collected.into_iter().filter(|it| !cx.is_none(it)).collect();
    if !handled.is_instance(&cx.types.base_exception_group) {
        // One clause at most has seen a single exception.
        return Ok(found.into_iter().next().unwrap_or_else(|| cx.none()));
    }
    let (again, mut raised): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| same_origin(it, &handled));
    let again = group::projection(cx, &handled, &again)?;
    if raised.is_empty() {
        return Ok(again.unwrap_or_else(|| cx.none()));
    }
    raised.extend(again);
    group::wrapped(cx, cx.new_list(raised)?)
}

/// Whether a part of a group is as it was split off: then it is raised again and not anew.
fn same_origin(one: &Object, other: &Object) -> bool {
    let (Some(one), Some(other)) = (one.as_exception(), other.as_exception()) else { return false };
    let same = |left: Option<ObjectRef>, right: Option<ObjectRef>| match (left, right) {
        (Some(left), Some(right)) => left.is(&right),
        (None, None) => true,
        _ => false,
    };
    same(one.traceback.get(), other.traceback.get())
        && same(one.cause.get(), other.cause.get())
        && same(one.context.get(), other.context.get())
}
