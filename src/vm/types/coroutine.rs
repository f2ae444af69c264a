//! `coroutine`, and the iterator that its `__await__` makes.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::resumable::{
    DEL, close, code_attribute, delegate_attribute, frame_attribute, name_attribute,
    qualified_name_attribute, running_attribute, send, shown, specification, suspended_attribute, throw,
};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::SlotWrapper;
use crate::runtime::slot_wrappers::expect_none;
use crate::runtime::{
    Field, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, TypeFlags, TypeSpec, Typed,
};
use crate::types::iterators::itself;
use crate::vm::generator;

/// `coroutine_wrapper`
#[repr(C)]
struct Wrapper {
    object: Object,
    coroutine: Field<Option<ObjectRef>>,
}
layout!(Wrapper, object, Object);
fields_lifecycle!(Wrapper; coroutine);

/// Completes the types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let own =
        specification(|slots| slots.repr.set(Some(|cx, it| shown(cx, it, "coroutine"))), METHODS, ATTRIBUTES);
    cx.define_type(&cx.types.coroutine, own)?;
    cx.add_wrapper(&cx.types.coroutine, &AWAIT)?;
    cx.add_wrapper(&cx.types.coroutine, &DEL)?;
    cx.define_type(
        &cx.types.coroutine_wrapper,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(|cx, it| generator::next(cx, &wrapped(it))));
            },
            methods: WRAPPER_METHODS,
            documentation: "A wrapper object implementing __await__ for coroutines.",
            ..TypeSpec::of::<Wrapper>(lifecycle())
        },
    )
}

/// The coroutine of a wrapper.
fn wrapped(object: &Object) -> ObjectRef {
    let held = object.layout::<Wrapper>().and_then(|wrapper| wrapper.coroutine.get());
    held.unwrap_or_else(|| object.new_ref())
}

const SEND: &str =
    "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.";
const THROW: &str = "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration.";
const CLOSE: &str = "close() -> raise GeneratorExit inside coroutine.";

static AWAIT: SlotWrapper = SlotWrapper {
    name: "__await__",
    signature: "($self, /)",
    documentation: "Return an iterator to be used in await expression.",
    is_present: |_| false,
    call: |cx, _, this, arguments| {
        expect_none(cx, arguments)?;
        await_(cx, this)
    },
};

static METHODS: &[NativeMethod] = &[
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

static ATTRIBUTES: &[NativeAttribute] = &[
    name_attribute("name of the coroutine"),
    qualified_name_attribute("qualified name of the coroutine"),
    delegate_attribute("cr_await", "object being awaited on, or None"),
    running_attribute("cr_running"),
    frame_attribute("cr_frame"),
    suspended_attribute("cr_suspended"),
    code_attribute("cr_code"),
    NativeAttribute::new("cr_origin", |cx, _| Ok(cx.none()), "").member(),
];
