//! `async_generator`, and the awaitables that its methods make.
//!
//! The generator marks what it yields; anything else that comes out of it is what one of its awaits yields, and goes on
//! to whoever drives the awaitable. A marked value ends the awaitable with that value as its result.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::awaiting::AWAIT_ITSELF;
use super::resumable::{
    DEL, code_attribute, delegate_attribute, frame_attribute, name_attribute, qualified_name_attribute,
    shown, specification, this,
};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::SlotWrapper;
use crate::runtime::slot_wrappers::expect_none;
use crate::runtime::{
    Field, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, Raised, TypeFlags, TypeSpec,
    Typed,
};
use crate::types::descriptors::generic_alias::class_getitem;
use crate::types::iterators::itself;
use crate::vm::generator::{self, Generator, Resumed, State};

/// `async_generator_wrapped_value`
mod marked {
    use super::*;

    /// A value that the generator has yielded.
    #[repr(C)]
    pub struct Marked {
        pub object: Object,
        pub value: Field<Option<ObjectRef>>,
    }
    layout!(Marked, object, Object);
    fields_lifecycle!(Marked; value);
}
use marked::Marked;

/// Where an awaitable is in its life.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Created,
    Driven,
    Ended,
}

/// `async_generator_asend` and `async_generator_athrow`
#[repr(C)]
struct Awaitable {
    object: Object,
    generator: Field<Option<ObjectRef>>,
    /// The value to send, or the tuple of what to throw; none for `aclose()`.
    given: Field<Option<ObjectRef>>,
    stage: Cell<Stage>,
}
layout!(Awaitable, object, Object);
fields_lifecycle!(Awaitable; generator, given);

/// Completes the types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let own = specification(
        |slots| slots.repr.set(Some(|cx, it| shown(cx, it, "async_generator"))),
        METHODS,
        ATTRIBUTES,
    );
    cx.define_type(&cx.types.async_generator, own)?;
    for wrapper in [&AITER, &ANEXT, &DEL] {
        cx.add_wrapper(&cx.types.async_generator, wrapper)?;
    }
    cx.define_type(
        &cx.types.async_generator_value,
        TypeSpec { flags: TypeFlags::DISALLOW_INSTANTIATION, ..TypeSpec::of::<Marked>(marked::lifecycle()) },
    )?;
    for kind in [&cx.types.async_generator_send, &cx.types.async_generator_throw] {
        cx.define_type(kind, awaitable_type())?;
    }
    Ok(())
}

fn awaitable_type() -> TypeSpec {
    TypeSpec {
        flags: TypeFlags::DISALLOW_INSTANTIATION,
        slots: |slots| {
            slots.iter.set(Some(itself));
            slots.next.set(Some(|cx, it| drive(cx, it, cx.none()).map(Some)));
        },
        methods: AWAITABLE_METHODS,
        ..TypeSpec::of::<Awaitable>(lifecycle())
    }
}

/// Marks a value that the generator yields.
pub fn wrap(cx: &Interpreter, value: &Object) -> Outcome {
    let made = cx.birth_tracked(&cx.types.async_generator_value, |object| Marked {
        object,
        value: Field::new(Some(value.new_ref())),
    })?;
    Ok(made.into_object())
}

static AITER: SlotWrapper = SlotWrapper {
    name: "__aiter__",
    signature: "($self, /)",
    documentation: "Return an awaitable, that resolves in asynchronous iterator.",
    is_present: |_| false,
    call: |cx, _, it, arguments| {
        expect_none(cx, arguments)?;
        Ok(it.new_ref())
    },
};

static ANEXT: SlotWrapper = SlotWrapper {
    name: "__anext__",
    signature: "($self, /)",
    documentation: "Return a value or raise StopAsyncIteration.",
    is_present: |_| false,
    call: |cx, _, it, arguments| {
        expect_none(cx, arguments)?;
        sending(cx, it, cx.none())
    },
};

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "asend",
        NativeCode::One(|cx, it, value| sending(cx, it, value.new_ref())),
        "",
        "asend(v) -> send 'v' in generator.",
    ),
    NativeMethod::new(
        "athrow",
        NativeCode::Positional(|cx, it, given| throwing(cx, it, Some(cx.new_tuple(given)?))),
        "",
        "Raise an exception in the asynchronous generator.",
    ),
    NativeMethod::new(
        "aclose",
        NativeCode::NoArguments(|cx, it| throwing(cx, it, None)),
        "",
        "aclose() -> raise GeneratorExit inside generator.",
    ),
    NativeMethod::new("__class_getitem__", NativeCode::One(class_getitem), "", "See PEP 585").class(),
];

fn sending(cx: &Interpreter, generator: &Object, value: ObjectRef) -> Outcome {
    let made = cx.birth_tracked(&cx.types.async_generator_send, |object| Awaitable {
        object,
        generator: Field::new(Some(generator.new_ref())),
        given: Field::new(Some(value)),
        stage: Cell::new(Stage::Created),
    })?;
    Ok(made.into_object())
}

fn throwing(cx: &Interpreter, generator: &Object, given: Option<ObjectRef>) -> Outcome {
    let made = cx.birth_tracked(&cx.types.async_generator_throw, |object| Awaitable {
        object,
        generator: Field::new(Some(generator.new_ref())),
        given: Field::new(given),
        stage: Cell::new(Stage::Created),
    })?;
    Ok(made.into_object())
}

static ATTRIBUTES: &[NativeAttribute] = &[
    name_attribute("name of the async generator"),
    qualified_name_attribute("qualified name of the async generator"),
    delegate_attribute("ag_await", "object being awaited on, or None"),
    frame_attribute("ag_frame"),
    NativeAttribute::new("ag_running", |cx, it| Ok(cx.new_bool(this(it).is_running_async.get())), "")
        .member(),
    code_attribute("ag_code"),
];

static AWAITABLE_METHODS: &[NativeMethod] = &[
    AWAIT_ITSELF,
    NativeMethod::new(
        "send",
        NativeCode::One(|cx, it, value| drive(cx, it, value.new_ref())),
        "",
        "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration.",
    ),
    NativeMethod::new(
        "throw",
        NativeCode::Positional(throw),
        "",
        "Raise an exception in the generator, return the next yielded value or raise StopIteration.",
    ),
    NativeMethod::new(
        "close",
        NativeCode::NoArguments(|cx, it| {
            if let Some(awaitable) = it.layout::<Awaitable>() {
                awaitable.stage.set(Stage::Ended);
            }
            Ok(cx.none())
        }),
        "",
        "close() -> raise GeneratorExit inside generator.",
    ),
];

/// The parts of an awaitable that a step works with.
struct Parts<'a> {
    cx: &'a Interpreter,
    awaitable: &'a Awaitable,
    generator: ObjectRef,
    is_send: bool,
}

impl<'a> Parts<'a> {
    fn of(cx: &'a Interpreter, object: &'a Object) -> Outcome<Self> {
        let is_send = object.is_exactly(&cx.types.async_generator_send);
        let awaitable = object.layout::<Awaitable>();
        match awaitable.and_then(|it| it.generator.get().map(|generator| (it, generator))) {
            Some((awaitable, generator)) => Ok(Self { cx, awaitable, generator, is_send }),
            None => Err(cx.type_error("an awaitable of an asynchronous generator is needed")),
        }
    }

    fn this(&self) -> &Generator {
        this(&self.generator)
    }

    /// What the awaitable is called in messages.
    fn names(&self) -> (&'static str, &'static str) {
        match (self.is_send, self.awaitable.given.is_some()) {
            (true, _) => ("__anext__()/asend()", "anext()"),
            (false, true) => ("aclose()/athrow()", "athrow()"),
            (false, false) => ("aclose()/athrow()", "aclose()"),
        }
    }

    fn check_stage(&self) -> Outcome<()> {
        if self.awaitable.stage.get() == Stage::Ended {
            let (name, _) = self.names();
            return Err(self.cx.runtime_error(format_args!("cannot reuse already awaited {name}")));
        }
        Ok(())
    }

    fn check_idle(&self) -> Outcome<()> {
        if !self.this().is_running_async.get() {
            return Ok(());
        }
        if !self.is_send {
            self.awaitable.stage.set(Stage::Ended);
        }
        let (_, name) = self.names();
        Err(self.cx.runtime_error(format_args!("{name}: asynchronous generator is already running")))
    }

    fn is_close(&self) -> bool {
        !self.is_send && !self.awaitable.given.is_some()
    }

    /// What came out of the generator, as the awaitable gives it on.
    fn unwrap(&self, resumed: Outcome<Resumed>) -> Outcome {
        let value = match resumed {
            Ok(Resumed::Yielded(value)) => value,
            Ok(_) => {
                return Err(self.ended(self.cx.raise_arguments(&self.cx.types.stop_async_iteration, &[])));
            }
            Err(raised) => return Err(self.ended(raised)),
        };
        let Some(marked) = value.layout::<Marked>() else { return Ok(value) };
        self.this().is_running_async.set(false);
        self.awaitable.stage.set(Stage::Ended);
        if self.is_close() {
            return Err(self.cx.runtime_error("async generator ignored GeneratorExit"));
        }
        Err(self.cx.stop_iteration(marked.value.get()))
    }

    /// An exception ends the awaitable; one that ends iterations ends the generator too. For `aclose()` that is success.
    fn ended(&self, raised: Raised) -> Raised {
        let types = &self.cx.types;
        let is_end = self.cx.thread.raised.get().is_some_and(|raised| {
            raised.is_instance(&types.stop_async_iteration) || raised.is_instance(&types.generator_exit)
        });
        self.this().is_running_async.set(false);
        self.awaitable.stage.set(Stage::Ended);
        if is_end {
            self.this().is_closed.set(true);
            if self.is_close() {
                drop(self.cx.take_exception());
                return self.cx.stop_iteration(None);
            }
        }
        raised
    }
}

/// `awaitable.send(value)`
fn drive(cx: &Interpreter, object: &Object, value: ObjectRef) -> Outcome {
    let keep = object.new_ref();
    let parts = Parts::of(cx, &keep)?;
    parts.check_stage()?;
    if parts.is_send { drive_send(&parts, value) } else { drive_throw(&parts, value) }
}

fn drive_send(parts: &Parts<'_>, mut value: ObjectRef) -> Outcome {
    let (cx, awaitable) = (parts.cx, parts.awaitable);
    if awaitable.stage.get() == Stage::Created {
        parts.check_idle()?;
        if cx.is_none(&value) {
            value = awaitable.given.get().unwrap_or_else(|| cx.none());
        }
        awaitable.stage.set(Stage::Driven);
    }
    parts.this().is_running_async.set(true);
    parts.unwrap(generator::send(cx, parts.this(), value))
}

fn drive_throw(parts: &Parts<'_>, value: ObjectRef) -> Outcome {
    let (cx, awaitable) = (parts.cx, parts.awaitable);
    if parts.this().state.get() == State::Finished {
        awaitable.stage.set(Stage::Ended);
        return Err(cx.stop_iteration(None));
    }
    if awaitable.stage.get() != Stage::Created {
        return parts.unwrap(generator::send(cx, parts.this(), value));
    }
    parts.check_idle()?;
    if parts.this().is_closed.get() {
        awaitable.stage.set(Stage::Ended);
        return Err(cx.raise_arguments(&cx.types.stop_async_iteration, &[]));
    }
    if !cx.is_none(&value) {
        return Err(cx.runtime_error("can't send non-None value to a just-started coroutine"));
    }
    awaitable.stage.set(Stage::Driven);
    parts.this().is_running_async.set(true);
    let exit = [cx.types.generator_exit.as_object().clone()];
    let given = awaitable.given.get();
    let given = match given.as_ref().and_then(|given| given.as_tuple()) {
        None => {
            parts.this().is_closed.set(true);
            &exit[..]
        }
        Some(given) => given.items(),
    };
    if let Err(raised) = cx.check_positional("athrow", given.len(), 1, 3) {
        return Err(parts.ended(raised));
    }
    parts.unwrap(generator::throw_with(cx, parts.this(), given, false))
}

/// `awaitable.throw(...)`
fn throw(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let keep = object.new_ref();
    let parts = Parts::of(cx, &keep)?;
    parts.check_stage()?;
    cx.check_positional("throw", arguments.len(), 1, 3)?;
    parts.unwrap(generator::throw(cx, parts.this(), arguments))
}
