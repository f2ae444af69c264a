//! `callable_iterator`: `iter(callable, sentinel)`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{itself, reduce_method, reduced, specification};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::{Arguments, Field, Interpreter, Outcome};
use crate::types::containers::{self, builtin, this};

/// `callable_iterator`
#[repr(C)]
pub struct CallableIterator {
    /// The header.
    pub object: Object,
    /// What is called; none at the end.
    pub callable: Field<Option<ObjectRef>>,
    /// The result that ends it; none at the end.
    pub sentinel: Field<Option<ObjectRef>>,
}
layout!(CallableIterator, object, Object);
fields_lifecycle!(CallableIterator; callable, sentinel);

static METHODS: &[NativeMethod] = &[reduce_method(reduce)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.callable_iterator,
        specification::<CallableIterator>(
            lifecycle(),
            |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(next));
            },
            METHODS,
        ),
    )
}

/// `iter(callable, sentinel)`
pub fn new_callable_iterator(cx: &Interpreter, callable: &Object, sentinel: &Object) -> Outcome {
    let made = cx.birth_tracked(&cx.types.callable_iterator, |object| CallableIterator {
        object,
        callable: Field::new(Some(callable.new_ref())),
        sentinel: Field::new(Some(sentinel.new_ref())),
    })?;
    Ok(made.into_object())
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<CallableIterator>(object);
    let Some(callable) = iterator.callable.get() else { return Ok(None) };
    let result = match cx.call_held(callable, Arguments::positional(&[])) {
        Ok(result) => result,
        Err(raised) => {
            drop(cx.take_if(&cx.types.stop_iteration).ok_or(raised)?);
            finish(iterator);
            return Ok(None);
        }
    };
    // The call may have brought the iterator to its end.
    let Some(sentinel) = iterator.sentinel.get() else { return Ok(None) };
    if !cx.equal(&sentinel, &result)? {
        return Ok(Some(result));
    }
    finish(iterator);
    Ok(None)
}

fn finish(iterator: &CallableIterator) {
    drop(iterator.callable.take());
    drop(iterator.sentinel.take());
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<CallableIterator>(object);
    let function = builtin(cx, "iter")?;
    match (iterator.callable.get(), iterator.sentinel.get()) {
        (Some(callable), Some(sentinel)) => {
            let arguments = containers::tuple(cx, &[&callable, &sentinel])?;
            containers::tuple(cx, &[&function, &arguments])
        }
        _ => reduced(cx, &function, &cx.empty_tuple, None),
    }
}
