//! `coroutine`, and the iterator that its `__await__` makes.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::generator::{set_name, thrown, value_of};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::define::layout_of;
use crate::runtime::{
    DictPlace, Field, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, TypeFlags, TypeSpec,
    Typed,
};
use crate::vm::frame;
use crate::vm::generator::{self, Generator, State, lifecycle as generator_lifecycle};

/// `coroutine_wrapper`
#[repr(C)]
struct Wrapper {
    object: Object,
    coroutine: Field<Option<ObjectRef>>,
}
layout!(Wrapper, object, Object);
fields_lifecycle!(Wrapper; coroutine);

pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.coroutine,
        TypeSpec {
            lifecycle: generator_lifecycle::lifecycle(),
            layout: layout_of::<Generator>(),
            basic_size: size_of::<Generator>(),
            item_size: 0,
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            dict_place: DictPlace::None,
            slots: |slots| slots.repr.set(Some(repr)),
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: "",
        },
    )?;
    cx.define_type(
        &cx.types.coroutine_wrapper,
        TypeSpec {
            lifecycle: lifecycle(),
            layout: layout_of::<Wrapper>(),
            basic_size: size_of::<Wrapper>(),
            item_size: 0,
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            dict_place: DictPlace::None,
            slots: |slots| {
                slots.iter.set(Some(|_, it| Ok(it.new_ref())));
                slots.next.set(Some(|cx, it| generator::next(cx, &wrapped(it))));
            },
            methods: WRAPPER_METHODS,
            attributes: &[],
            documentation: "A wrapper object implementing __await__ for coroutines.",
        },
    )
}

fn this(object: &Object) -> &Generator {
    object.layout::<Generator>().expect("a method of coroutines gets a coroutine")
}

/// The coroutine of a wrapper.
fn wrapped(object: &Object) -> ObjectRef {
    let held = object.layout::<Wrapper>().and_then(|wrapper| wrapper.coroutine.get());
    held.unwrap_or_else(|| object.new_ref())
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let name = cx.display(&this(object).qualified_name.get());
    cx.new_text(&format!("<coroutine object {name} at {:#x}>", object.address()))
}

const SEND: &str =
    "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.";
const THROW: &str =
    "Raise an exception in the coroutine, return the next iterated value or raise StopIteration.";
const CLOSE: &str = "close() -> raise GeneratorExit inside coroutine.";

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "__await__",
        NativeCode::NoArguments(await_),
        "($self, /)",
        "Return an iterator to be used in await expression.",
    ),
    NativeMethod::new("send", NativeCode::One(send), "", SEND),
    NativeMethod::new("throw", NativeCode::Positional(throw), "", THROW),
    NativeMethod::new("close", NativeCode::NoArguments(close), "", CLOSE),
];

static WRAPPER_METHODS: &[NativeMethod] = &[
    NativeMethod::new("send", NativeCode::One(|cx, it, value| send(cx, &wrapped(it), value)), "", SEND),
    NativeMethod::new(
        "throw",
        NativeCode::Positional(|cx, it, given| throw(cx, &wrapped(it), given)),
        "",
        THROW,
    ),
    NativeMethod::new("close", NativeCode::NoArguments(|cx, it| close(cx, &wrapped(it))), "", CLOSE),
];

fn await_(cx: &Interpreter, object: &Object) -> Outcome {
    let made = cx.birth_tracked(&cx.types.coroutine_wrapper, |head| Wrapper {
        object: head,
        coroutine: Field::new(Some(object.new_ref())),
    })?;
    Ok(made.into_object())
}

fn send(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    value_of(cx, generator::send(cx, this(object), value.new_ref())?)
}

fn throw(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("throw", arguments.len(), 1, 3)?;
    let exception = thrown(cx, arguments)?;
    value_of(cx, generator::throw(cx, this(object), exception)?)
}

fn close(cx: &Interpreter, object: &Object) -> Outcome {
    generator::close(cx, this(object))?;
    Ok(cx.none())
}

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__name__", |_, it| Ok(this(it).name.get()), "name of the coroutine").with_set(
        |cx, it, value| set_name(cx, &this(it).name, value, "__name__ must be set to a string object"),
    ),
    NativeAttribute::new(
        "__qualname__",
        |_, it| Ok(this(it).qualified_name.get()),
        "qualified name of the coroutine",
    )
    .with_set(|cx, it, value| {
        set_name(cx, &this(it).qualified_name, value, "__qualname__ must be set to a string object")
    }),
    NativeAttribute::new(
        "cr_await",
        |cx, it| Ok(this(it).delegate().unwrap_or_else(|| cx.none())),
        "object being awaited on, or None",
    ),
    NativeAttribute::new("cr_running", |cx, it| Ok(cx.new_bool(this(it).state.get() == State::Running)), ""),
    NativeAttribute::new(
        "cr_frame",
        |cx, it| Ok(frame::of_generator(cx, this(it))?.unwrap_or_else(|| cx.none())),
        "",
    ),
    NativeAttribute::new(
        "cr_suspended",
        |cx, it| Ok(cx.new_bool(this(it).state.get() == State::Suspended)),
        "",
    ),
    NativeAttribute::new("cr_code", |_, it| Ok(this(it).code.get()), ""),
    NativeAttribute::new("cr_origin", |cx, _| Ok(cx.none()), ""),
];
