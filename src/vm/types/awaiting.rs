//! `anext_awaitable`: what `anext(iterator, default)` gives.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::{
    Field, Interpreter, NativeCode, NativeMethod, Outcome, Raised, TypeFlags, TypeSpec, Typed,
};
use crate::types::iterators::itself;
use crate::vm::generator::{Resumed, send_to_any};
use crate::vm::intrinsics::{awaitable_iterator, cannot_await};

/// The layout of `anext_awaitable`.
#[repr(C)]
struct Awaitable {
    object: Object,
    inner: Field<Option<ObjectRef>>,
    default: Field<Option<ObjectRef>>,
}
layout!(Awaitable, object, Object);
fields_lifecycle!(Awaitable; inner, default);

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.anext_awaitable,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(|cx, it| send(cx, it, &cx.none()).map(Some)));
            },
            methods: METHODS,
            ..TypeSpec::of::<Awaitable>(lifecycle())
        },
    )
}

/// `__await__` of what is the iterator of an `await` itself.
pub(super) const AWAIT_ITSELF: NativeMethod = NativeMethod::new(
    "__await__",
    NativeCode::NoArguments(itself),
    "($self, /)",
    "Return an iterator to be used in await expression.",
);

static METHODS: &[NativeMethod] = &[
    AWAIT_ITSELF,
    NativeMethod::new(
        "send",
        NativeCode::One(send),
        "",
        "send(arg) -> send 'arg' into the wrapped iterator.",
    ),
    NativeMethod::new(
        "throw",
        NativeCode::Positional(|cx, it, given| pass_on(cx, it, "throw", given)),
        "",
        "Raise an exception in the wrapped iterator.",
    ),
    NativeMethod::new(
        "close",
        NativeCode::NoArguments(|cx, it| pass_on(cx, it, "close", &[])),
        "",
        "close() -> raise GeneratorExit inside generator.",
    ),
];

/// An awaitable of the next item that has a default at the end.
pub fn anext_awaitable(cx: &Interpreter, inner: ObjectRef, default: ObjectRef) -> Outcome {
    let made = cx.birth_tracked(&cx.types.anext_awaitable, |object| Awaitable {
        object,
        inner: Field::new(Some(inner)),
        default: Field::new(Some(default)),
    })?;
    Ok(made.into_object())
}

fn this(object: &Object) -> &Awaitable {
    object.layout::<Awaitable>().expect("a method of anext_awaitable gets one")
}

fn iterator(cx: &Interpreter, object: &Object) -> Outcome {
    let inner = this(object).inner.get().unwrap_or_else(|| cx.none());
    match awaitable_iterator(cx, &inner)? {
        Some(iterator) => Ok(iterator),
        None => Err(cannot_await(cx, &inner)),
    }
}

/// The end of the iteration becomes the end of the awaitable, with the default as its result.
fn with_default(cx: &Interpreter, object: &Object, result: Outcome) -> Outcome {
    let Err(raised) = result else { return result };
    drop(cx.take_if(&cx.types.stop_async_iteration).ok_or(raised)?);
    Err(cx.stop_iteration(this(object).default.get()))
}

fn send(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    let iterator = iterator(cx, object)?;
    let result = match send_to_any(cx, &iterator, value.new_ref()) {
        Ok(Resumed::Yielded(value)) => Ok(value),
        Ok(Resumed::Finished(value)) => Err(cx.stop_iteration(Some(value))),
        Ok(Resumed::Frame) | Err(Raised) => Err(Raised),
    };
    with_default(cx, object, result)
}

fn pass_on(cx: &Interpreter, object: &Object, method: &str, arguments: &[ObjectRef]) -> Outcome {
    let iterator = iterator(cx, object)?;
    let result = cx.call_method(&iterator, &*cx.intern(method)?, arguments);
    with_default(cx, object, result)
}
