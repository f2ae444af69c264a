//! `OSError`: the number of an error decides which subclass is made.

#![forbid(unsafe_code)]

use std::ptr::fn_addr_eq;

use super::base::{self, arguments_of, exception};
use super::fields::field;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::slots::{Init, New};
use crate::runtime::{Arguments, Interpreter, Outcome, Slots, TypeObject, Typed};
use crate::types::support::{Piece, join, reference};
use crate::types::type_type::lifecycle::new_bare_exception;

const ERRNO: usize = 0;
const MESSAGE: usize = 1;
const FILE_NAME: usize = 2;
const FILE_NAME_2: usize = 3;
const WRITTEN: usize = 4;

pub(super) static METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", "")];

pub(super) static ATTRIBUTES: &[NativeAttribute] = &[
    field::<ERRNO>("errno", "POSIX exception code"),
    field::<MESSAGE>("strerror", "exception strerror"),
    field::<FILE_NAME>("filename", "exception filename"),
    field::<FILE_NAME_2>("filename2", "second exception filename"),
    NativeAttribute::new("characters_written", written, "").with_set(set_written),
];

pub(super) fn slots(slots: &Slots) {
    slots.new.set(Some(new));
    slots.init.set(Some(init));
    slots.str.set(Some(str));
}

/// Which type is made for a number.
fn type_for(cx: &Interpreter, number: i64) -> Option<Ref<TypeObject>> {
    let types = &cx.types;
    Some(match number {
        11 | 114 | 115 => types.blocking_io_error.clone(),
        32 | 108 => types.broken_pipe_error.clone(),
        10 => types.child_process_error.clone(),
        103 => types.connection_aborted_error.clone(),
        111 => types.connection_refused_error.clone(),
        104 => types.connection_reset_error.clone(),
        17 => types.file_exists_error.clone(),
        2 => types.file_not_found_error.clone(),
        21 => types.is_a_directory_error.clone(),
        20 => types.not_a_directory_error.clone(),
        4 => types.interrupted_error.clone(),
        1 | 13 => types.permission_error.clone(),
        3 => types.process_lookup_error.clone(),
        110 => types.timeout_error.clone(),
        _ => return None,
    })
}

/// Whether the fields are filled by `__init__`: where a subclass has its own `__init__` and not its own `__new__`.
fn fills_in_init(kind: &TypeObject) -> bool {
    let own_init = !kind.slots.init.get().is_some_and(|slot| fn_addr_eq(slot, init as Init));
    own_init && kind.slots.new.get().is_some_and(|slot| fn_addr_eq(slot, new as New))
}

fn refuse_keywords(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome<()> {
    if arguments.keyword_count() == 0 {
        return Ok(());
    }
    let kind = kind.name_text();
    Err(cx.type_error(format_args!("{kind}() takes no keyword arguments")))
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    if fills_in_init(kind) {
        return new_bare_exception(cx, kind, cx.empty_tuple.clone().into_object());
    }
    refuse_keywords(cx, kind, arguments)?;
    let mut chosen = reference(kind);
    if let ([number, ..], true) = (arguments.values, is_described(arguments))
        && std::ptr::eq(kind, &*cx.types.os_error)
    {
        let mapped =
            number.as_int().and_then(|number| number.to_i64()).and_then(|number| type_for(cx, number));
        chosen = mapped.unwrap_or(chosen);
    }
    let made = new_bare_exception(cx, &chosen, cx.empty_tuple.clone().into_object())?;
    fill(cx, &made, arguments)?;
    cx.track_last(&made);
    Ok(made)
}

/// Two to five arguments: number, message and names of files.
fn is_described(arguments: Arguments<'_>) -> bool {
    (2..=5).contains(&arguments.values.len())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let kind = object.type_object();
    if !fills_in_init(kind) {
        return Ok(());
    }
    refuse_keywords(cx, kind, arguments)?;
    fill(cx, object, arguments)
}

fn fill(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let this = exception(object);
    let mut kept = arguments.values;
    if is_described(arguments) {
        this.extra(ERRNO).set(Some(kept[0].clone()));
        this.extra(MESSAGE).set(Some(kept[1].clone()));
        let file_name = kept.get(2).filter(|name| !cx.is_none(name));
        if let Some(name) = file_name {
            let counts = object.is_exactly(&cx.types.blocking_io_error)
                && (name.as_int().is_some() || name.type_object().slots.index.get().is_some());
            if counts {
                this.extra(WRITTEN).set(Some(cx.index(name)?));
            } else {
                this.extra(FILE_NAME).set(Some(name.clone()));
                this.extra(FILE_NAME_2).set(kept.get(4).filter(|name| !cx.is_none(name)).cloned());
                kept = &kept[..2];
            }
        }
    }
    this.arguments.set(cx.new_tuple(kept)?);
    Ok(())
}

/// `[Errno 2] No such file or directory: 'name'`
fn str(cx: &Interpreter, object: &Object) -> Outcome {
    let this = exception(object);
    let text = |index: usize| match this.extra(index).get() {
        Some(value) => cx.str_text(&value),
        None => cx.intern("None"),
    };
    let described = this.extra(ERRNO).is_some() && this.extra(MESSAGE).is_some();
    let Some(name) = this.extra(FILE_NAME).get() else {
        if !described {
            return base::str(cx, object);
        }
        let (number, message) = (text(ERRNO)?, text(MESSAGE)?);
        return join(
            cx,
            &[Piece::Str("[Errno "), Piece::Text(&number), Piece::Str("] "), Piece::Text(&message)],
        );
    };
    let (number, message, name) = (text(ERRNO)?, text(MESSAGE)?, cx.repr_text(&name)?);
    let mut pieces = vec![
        Piece::Str("[Errno "),
        Piece::Text(&number),
        Piece::Str("] "),
        Piece::Text(&message),
        Piece::Str(": "),
        Piece::Text(&name),
    ];
    let second = this.extra(FILE_NAME_2).get().map(|name| cx.repr_text(&name)).transpose()?;
    if let Some(second) = &second {
        pieces.extend([Piece::Str(" -> "), Piece::Text(second)]);
    }
    join(cx, &pieces)
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let this = exception(object);
    let mut arguments = arguments_of(cx, object).into_object();
    let pair = arguments.as_tuple().map_or_else(Vec::new, |tuple| tuple.items().to_vec());
    if let ([number, message], Some(name)) = (pair.as_slice(), this.extra(FILE_NAME).get()) {
        let mut parts: Vec<ObjectRef> = vec![number.clone(), message.clone(), name];
        if let Some(second) = this.extra(FILE_NAME_2).get() {
            parts.extend([cx.none(), second]);
        }
        arguments = cx.new_tuple_from(parts)?;
    }
    let mut parts = vec![object.type_object().new_ref(), arguments];
    parts.extend(this.dict.get());
    cx.new_tuple_from(parts)
}

fn written(cx: &Interpreter, object: &Object) -> Outcome {
    exception(object)
        .extra(WRITTEN)
        .get()
        .ok_or_else(|| cx.raise_text(&cx.types.attribute_error, "characters_written"))
}

fn set_written(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let field = exception(object).extra(WRITTEN);
    match value {
        Some(value) => field.set(Some(cx.index(value)?)),
        None if field.is_some() => field.set(None),
        None => return Err(cx.raise_text(&cx.types.attribute_error, "characters_written")),
    }
    Ok(())
}
