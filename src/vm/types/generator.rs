//! `generator`.

use crate::object::{Object, ObjectRef};
use crate::runtime::define::layout_of;
use crate::runtime::{
    AsException, DictPlace, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, TypeFlags,
    TypeSpec, Typed,
};
use crate::vm::frame;
use crate::vm::generator::{self, Generator, Resumed, State, lifecycle};

pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.generator,
        TypeSpec {
            lifecycle: lifecycle::lifecycle(),
            layout: layout_of::<Generator>(),
            basic_size: size_of::<Generator>(),
            item_size: 0,
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            dict_place: DictPlace::None,
            slots: |slots| {
                slots.repr.set(Some(repr));
                slots.iter.set(Some(|_, it| Ok(it.new_ref())));
                slots.next.set(Some(generator::next));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: "",
        },
    )
}

fn this(object: &Object) -> &Generator {
    object.layout::<Generator>().expect("a method of generators gets a generator")
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let name = cx.display(&this(object).qualified_name.get());
    cx.new_text(&format!("<generator object {name} at {:#x}>", object.address()))
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
        "Raise an exception in the generator, return the next yielded value or raise StopIteration.",
    ),
    NativeMethod::new(
        "close",
        NativeCode::NoArguments(close),
        "",
        "close() -> raise GeneratorExit inside generator.",
    ),
];

/// The value that resuming gave, or StopIteration.
pub(super) fn value_of(cx: &Interpreter, resumed: Resumed) -> Outcome {
    match resumed {
        Resumed::Yielded(value) => Ok(value),
        Resumed::Finished(value) if cx.is_none(&value) => Err(cx.stop_iteration(None)),
        Resumed::Finished(value) => Err(cx.stop_iteration(Some(value))),
        Resumed::Frame => Err(cx.system_error("a generator was resumed in the loop")),
    }
}

fn send(cx: &Interpreter, object: &Object, value: &Object) -> Outcome {
    value_of(cx, generator::send(cx, this(object), value.new_ref())?)
}

fn throw(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("throw", arguments.len(), 1, 3)?;
    let exception = thrown(cx, arguments)?;
    value_of(cx, generator::throw(cx, this(object), exception)?)
}

/// What calling an exception class has made. Where that failed, or made something else, the error is what is thrown.
fn made_exception(cx: &Interpreter, class: &ObjectRef, made: Outcome) -> ObjectRef {
    match made {
        Ok(made) if made.as_exception().is_some() => made,
        Ok(made) => {
            let (shown, kind) = (cx.display_repr(class), made.type_name());
            let _raised = cx.type_error(format_args!(
                "calling {shown} should have returned an instance of BaseException, not {kind}"
            ));
            cx.take_exception()
        }
        Err(_) => cx.take_exception(),
    }
}

/// The exception that `throw(type, value, traceback)` means.
pub(super) fn thrown(cx: &Interpreter, arguments: &[ObjectRef]) -> Outcome {
    let what = &arguments[0];
    let value = arguments.get(1).filter(|value| !cx.is_none(value));
    let traceback = arguments.get(2).filter(|traceback| !cx.is_none(traceback));
    if traceback.is_some_and(|traceback| !traceback.is_exactly(&cx.types.traceback)) {
        return Err(cx.type_error("throw() third argument must be a traceback object"));
    }
    let is_class = what.as_type().is_some_and(|kind| kind.has(TypeFlags::EXCEPTION));
    let exception = if is_class {
        match value {
            Some(value) if value.as_type().is_none() && cx.is_instance(value, what)? => value.clone(),
            Some(value) => match value.as_tuple() {
                Some(arguments) => made_exception(cx, what, cx.call(what, arguments.items())),
                None => made_exception(cx, what, cx.call(what, std::slice::from_ref(value))),
            },
            None => made_exception(cx, what, cx.call(what, &[])),
        }
    } else if what.as_exception().is_some() {
        if value.is_some() {
            return Err(cx.type_error("instance exception may not have a separate value"));
        }
        what.clone()
    } else {
        let kind = what.type_name();
        return Err(cx.type_error(format_args!(
            "exceptions must be classes or instances deriving from BaseException, not {kind}"
        )));
    };
    if let (Some(exception), Some(traceback)) = (exception.as_exception(), traceback) {
        exception.traceback.set(Some(traceback.clone()));
    }
    Ok(exception)
}

fn close(cx: &Interpreter, object: &Object) -> Outcome {
    generator::close(cx, this(object))?;
    Ok(cx.none())
}

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__name__", |_, it| Ok(this(it).name.get()), "name of the generator").with_set(
        |cx, it, value| set_name(cx, &this(it).name, value, "__name__ must be set to a string object"),
    ),
    NativeAttribute::new(
        "__qualname__",
        |_, it| Ok(this(it).qualified_name.get()),
        "qualified name of the generator",
    )
    .with_set(|cx, it, value| {
        set_name(cx, &this(it).qualified_name, value, "__qualname__ must be set to a string object")
    }),
    NativeAttribute::new(
        "gi_yieldfrom",
        |cx, it| Ok(this(it).delegate().unwrap_or_else(|| cx.none())),
        "object being iterated by yield from, or None",
    ),
    NativeAttribute::new("gi_running", |cx, it| Ok(cx.new_bool(this(it).state.get() == State::Running)), ""),
    NativeAttribute::new(
        "gi_frame",
        |cx, it| Ok(frame::of_generator(cx, this(it))?.unwrap_or_else(|| cx.none())),
        "",
    ),
    NativeAttribute::new(
        "gi_suspended",
        |cx, it| Ok(cx.new_bool(this(it).state.get() == State::Suspended)),
        "",
    ),
    NativeAttribute::new("gi_code", |_, it| Ok(this(it).code.get()), ""),
];

pub(super) fn set_name(
    cx: &Interpreter,
    field: &crate::runtime::Field<ObjectRef>,
    value: Option<&Object>,
    refusal: &str,
) -> Outcome<()> {
    match value.filter(|value| value.as_text().is_some()) {
        Some(value) => field.set(value.new_ref()),
        None => return Err(cx.type_error(refusal)),
    }
    Ok(())
}
