//! What generators, coroutines and asynchronous generators have in common: layout, methods and attributes.

use super::set_text;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::SlotWrapper;
use crate::runtime::slot_wrappers::expect_none;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, NativeAttribute, NativeMethod, Outcome, Slots, TypeFlags, TypeSpec};
use crate::vm::frame;
use crate::vm::generator::{self, Generator, Resumed, State, lifecycle};

/// The three types' objects.
pub(super) fn this(object: &Object) -> &Generator {
    object.layout::<Generator>().expect("a method of generators gets a generator")
}

/// A type whose instances are generators.
pub(super) fn specification(
    slots: fn(&Slots),
    methods: &'static [NativeMethod],
    attributes: &'static [NativeAttribute],
) -> TypeSpec {
    TypeSpec {
        flags: TypeFlags::DISALLOW_INSTANTIATION,
        slots,
        methods,
        attributes,
        ..TypeSpec::of::<Generator>(lifecycle::lifecycle())
    }
}

/// `<kind object name at 0x...>`
pub(super) fn shown(cx: &Interpreter, object: &Object, kind: &str) -> Outcome {
    let name = cx.display(&this(object).qualified_name.get());
    cx.new_text(&format!("<{kind} object {name} at {:#x}>", object.address()))
}

/// The value that resuming gave, or StopIteration.
fn value_of(cx: &Interpreter, resumed: Resumed) -> Outcome {
    match resumed {
        Resumed::Yielded(value) => Ok(value),
        Resumed::Finished(value) if cx.is_none(&value) => Err(cx.stop_iteration(None)),
        Resumed::Finished(value) => Err(cx.stop_iteration(Some(value))),
        Resumed::Frame => Err(cx.system_error("a generator was resumed in the loop")),
    }
}

/// `send(value)`
pub(super) fn send(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    value_of(cx, generator::send(cx, this(object), value.new_ref())?)
}

/// `throw(type, value=None, traceback=None)`
pub(super) fn throw(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("throw", arguments.len(), 1, 3)?;
    value_of(cx, generator::throw(cx, this(object), arguments)?)
}

/// `close()`
pub(super) fn close(cx: &Interpreter, object: &Object) -> Outcome {
    generator::close(cx, this(object))?;
    Ok(cx.none())
}

/// `__name__`
pub(super) const fn name_attribute(documentation: &'static str) -> NativeAttribute {
    NativeAttribute::new("__name__", |_, it| Ok(this(it).name.get()), documentation).with_set(
        |cx, it, value| set_text(cx, &this(it).name, value, "__name__ must be set to a string object"),
    )
}

/// `__qualname__`
pub(super) const fn qualified_name_attribute(documentation: &'static str) -> NativeAttribute {
    NativeAttribute::new("__qualname__", |_, it| Ok(this(it).qualified_name.get()), documentation).with_set(
        |cx, it, value| {
            set_text(cx, &this(it).qualified_name, value, "__qualname__ must be set to a string object")
        },
    )
}

/// What is delegated to or awaited, or None.
pub(super) const fn delegate_attribute(name: &'static str, documentation: &'static str) -> NativeAttribute {
    NativeAttribute::new(name, |cx, it| Ok(this(it).delegate().unwrap_or_else(|| cx.none())), documentation)
}

/// The frame, or None at the end.
pub(super) const fn frame_attribute(name: &'static str) -> NativeAttribute {
    NativeAttribute::new(
        name,
        |cx, it| Ok(frame::of_generator(cx, this(it))?.unwrap_or_else(|| cx.none())),
        "",
    )
}

/// Whether it runs.
pub(super) const fn running_attribute(name: &'static str) -> NativeAttribute {
    NativeAttribute::new(name, |cx, it| Ok(cx.new_bool(this(it).state.get() == State::Running)), "")
}

/// Whether it waits.
pub(super) const fn suspended_attribute(name: &'static str) -> NativeAttribute {
    NativeAttribute::new(name, |cx, it| Ok(cx.new_bool(this(it).state.get() == State::Suspended)), "")
}

/// `__del__`: what is still to be done in the frame is done now.
pub(super) static DEL: SlotWrapper = SlotWrapper {
    name: "__del__",
    signature: "",
    documentation: "",
    is_present: |_| false,
    call: |cx, _, it, arguments| {
        expect_none(cx, arguments)?;
        if this(it).state.get() == State::Suspended && generator::close(cx, this(it)).is_err() {
            cx.unraisable_in("Exception ignored in: ", it);
        }
        Ok(cx.none())
    },
};

/// The code.
pub(super) const fn code_attribute(name: &'static str) -> NativeAttribute {
    NativeAttribute::new(name, |_, it| Ok(this(it).code.get()), "").member()
}
