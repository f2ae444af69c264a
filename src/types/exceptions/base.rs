//! `BaseException`: what all exceptions have.

#![forbid(unsafe_code)]

use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::instances::solid_base;
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, AsException, Exception, Field, Interpreter, Outcome, Slots, TypeObject, Typed,
};
use crate::types::support::{Piece, entries, join, reference, text_ref};
use crate::types::type_type::attributes::{instance_dict, set_built_in_dict};
use crate::types::type_type::bases::tuple_from;
use crate::types::type_type::lifecycle::new_bare_exception;
use crate::values::tuple::Tuple;

pub(super) static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", ""),
    NativeMethod::new("__setstate__", NativeCode::One(set_state), "", ""),
    NativeMethod::new(
        "with_traceback",
        NativeCode::One(with_traceback),
        "",
        "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self.",
    ),
    NativeMethod::new(
        "add_note",
        NativeCode::One(add_note),
        "",
        "Exception.add_note(note) --\n    add a note to the exception",
    ),
];

pub(super) static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "__suppress_context__",
        |cx, this| Ok(cx.new_bool(exception(this).suppress_context.get())),
        "",
    )
    .with_set(set_suppress_context)
    .member(),
    NativeAttribute::new("__dict__", instance_dict, "").with_set(set_built_in_dict),
    NativeAttribute::new("args", |_, this| Ok(exception(this).arguments.get()), "").with_set(set_arguments),
    NativeAttribute::new("__traceback__", |cx, this| Ok(or_none(cx, &exception(this).traceback)), "")
        .with_set(set_traceback),
    NativeAttribute::new(
        "__context__",
        |cx, this| Ok(or_none(cx, &exception(this).context)),
        "exception context",
    )
    .with_set(set_context),
    NativeAttribute::new("__cause__", |cx, this| Ok(or_none(cx, &exception(this).cause)), "exception cause")
        .with_set(set_cause),
];

pub(super) fn slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.str.set(Some(str));
    slots.new.set(Some(new));
    slots.init.set(Some(init));
}

/// The layout; functions of exception types are called on exceptions only.
pub(super) fn exception(object: &Object) -> &Exception {
    match object.as_exception() {
        Some(exception) => exception,
        None => unreachable!("slots and methods are called on instances of their type"),
    }
}

/// What a field holds, or None.
pub(super) fn or_none(cx: &Interpreter, field: &Field<Option<ObjectRef>>) -> ObjectRef {
    field.get().unwrap_or_else(|| cx.none())
}

/// `args`
pub(super) fn arguments_of(cx: &Interpreter, object: &Object) -> Ref<Tuple> {
    exception(object).arguments.get().as_tuple().map_or_else(|| cx.empty_tuple.clone(), reference)
}

/// `BaseException.__new__`: the arguments are kept, whatever they are.
pub fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let arguments = cx.new_tuple(arguments.positional_values())?;
    new_bare_exception(cx, kind, arguments)
}

/// `BaseException.__init__`
pub fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    if arguments.keyword_count() > 0 {
        let kind = object.type_name();
        return Err(cx.type_error(format_args!("{kind}() takes no keyword arguments")));
    }
    if !has_from_new(object, arguments.values) {
        exception(object).arguments.set(cx.new_tuple(arguments.values)?);
    }
    Ok(())
}

/// Whether making the exception has led here straight on, not by an `__init__` of a program: then `new` has kept the same
/// arguments, and they stay.
fn has_from_new(object: &Object, values: &[ObjectRef]) -> bool {
    let its_own = object.type_object().slots.init.get();
    let built_in = solid_base(object).slots.init.get();
    let straight = its_own.zip(built_in).is_some_and(|(one, other)| std::ptr::fn_addr_eq(one, other));
    let arguments = exception(object).arguments.get();
    straight
        && arguments.as_tuple().is_some_and(|kept| {
            let kept = kept.items();
            kept.len() == values.len() && kept.iter().zip(values).all(|(one, other)| one.is(other))
        })
}

/// `Name(arguments)`
fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let name = object.type_name();
    let arguments = arguments_of(cx, object);
    match arguments.items() {
        [only] => {
            let shown = cx.repr_text(only)?;
            join(cx, &[Piece::Str(&name), Piece::Str("("), Piece::Text(&shown), Piece::Str(")")])
        }
        _ => {
            let shown = cx.repr_text(&arguments)?;
            join(cx, &[Piece::Str(&name), Piece::Text(&shown)])
        }
    }
}

/// Nothing, the only argument, or all as a tuple.
pub fn str(cx: &Interpreter, object: &Object) -> Outcome {
    let arguments = arguments_of(cx, object);
    match arguments.items() {
        [] => Ok(cx.empty_text.clone().into_object()),
        [only] => cx.str(only),
        _ => cx.str(&arguments),
    }
}

fn set_suppress_context(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    match value {
        Some(value) if value.is(&cx.true_) || value.is(&cx.false_) => {
            exception(object).suppress_context.set(value.is(&cx.true_));
            Ok(())
        }
        Some(_) => Err(cx.type_error("attribute value type must be bool")),
        None => Err(cx.type_error("can't delete numeric/char attribute")),
    }
}

fn set_arguments(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let Some(value) = value else { return Err(cx.type_error("args may not be deleted")) };
    let arguments = tuple_from(cx, cx.collect(value)?)?;
    exception(object).arguments.set(arguments.into_object());
    Ok(())
}

fn set_traceback(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let Some(value) = value else { return Err(cx.type_error("__traceback__ may not be deleted")) };
    if !cx.is_none(value) && !value.is_exactly(&cx.types.traceback) {
        return Err(cx.type_error("__traceback__ must be a traceback or None"));
    }
    exception(object).traceback.set((!cx.is_none(value)).then(|| value.new_ref()));
    Ok(())
}

/// The exception to link to, or nothing for None.
fn link(cx: &Interpreter, value: Option<&Object>, name: &str, what: &str) -> Outcome<Option<ObjectRef>> {
    let Some(value) = value else { return Err(cx.type_error(format_args!("{name} may not be deleted"))) };
    if cx.is_none(value) {
        return Ok(None);
    }
    if value.as_exception().is_none() {
        return Err(cx.type_error(format_args!("exception {what} must be None or derive from BaseException")));
    }
    Ok(Some(value.new_ref()))
}

fn set_context(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    exception(object).context.set(link(cx, value, "__context__", "context")?);
    Ok(())
}

fn set_cause(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let cause = link(cx, value, "__cause__", "cause")?;
    let this = exception(object);
    this.suppress_context.set(true);
    this.cause.set(cause);
    Ok(())
}

fn with_traceback(cx: &Interpreter, object: &Object, traceback: &Object) -> Outcome {
    set_traceback(cx, object, Some(traceback))?;
    Ok(object.new_ref())
}

fn add_note(cx: &Interpreter, object: &Object, note: &Object) -> Outcome {
    if note.as_text().is_none() {
        let found = note.type_name();
        return Err(cx.type_error(format_args!("note must be a str, not '{found}'")));
    }
    let notes = match cx.find_attribute(object, &cx.names.notes)? {
        Some(notes) => notes,
        None => {
            let notes = cx.new_list(Vec::new())?;
            cx.set_attribute_text(object, &cx.names.notes, Some(&notes))?;
            notes
        }
    };
    let Some(list) = notes.as_list() else {
        return Err(cx.type_error("Cannot add note: __notes__ is not a list"));
    };
    list.push(note.new_ref())?;
    Ok(cx.none())
}

/// `(type, args)`, with the attributes where there are any.
pub(super) fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let this = exception(object);
    let mut parts = vec![object.type_object().new_ref(), this.arguments.get()];
    parts.extend(this.dict.get());
    cx.new_tuple_from(parts)
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    if cx.is_none(state) {
        return Ok(cx.none());
    }
    let Some(dict) = state.as_dict() else { return Err(cx.type_error("state is not a dictionary")) };
    for (name, value) in entries(dict) {
        match text_ref(&name) {
            Some(name) => cx.set_attribute_text(object, &name, Some(&value))?,
            None => cx.set_attribute(object, &name, Some(&value))?,
        }
    }
    Ok(cx.none())
}
