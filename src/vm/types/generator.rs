//! `generator`.

use super::resumable::{
    DEL, close, code_attribute, delegate_attribute, frame_attribute, name_attribute,
    qualified_name_attribute, running_attribute, send, shown, specification, suspended_attribute, throw,
};
use crate::runtime::{Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome};
use crate::types::iterators::itself;
use crate::vm::generator;

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let specification = specification(
        |slots| {
            slots.repr.set(Some(|cx, it| shown(cx, it, "generator")));
            slots.iter.set(Some(itself));
            slots.next.set(Some(generator::next));
        },
        METHODS,
        ATTRIBUTES,
    );
    cx.define_type(&cx.types.generator, specification)?;
    cx.add_wrapper(&cx.types.generator, &DEL)
}

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "send",
        NativeCode::One(send),
        "",
        "send(arg) -> send 'arg' into generator, return next yielded value or raise StopIteration.",
    ),
    NativeMethod::new(
        "throw",
        NativeCode::Positional(throw),
        "",
        "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.",
    ),
    NativeMethod::new(
        "close",
        NativeCode::NoArguments(close),
        "",
        "close() -> raise GeneratorExit inside generator.",
    ),
];

static ATTRIBUTES: &[NativeAttribute] = &[
    name_attribute("name of the generator"),
    qualified_name_attribute("qualified name of the generator"),
    delegate_attribute("gi_yieldfrom", "object being iterated by yield from, or None"),
    running_attribute("gi_running"),
    frame_attribute("gi_frame"),
    suspended_attribute("gi_suspended"),
    code_attribute("gi_code"),
];
