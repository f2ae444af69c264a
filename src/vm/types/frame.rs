//! `frame` and `traceback`.

use std::cell::Cell;

use super::value_or_none;
use crate::object::{Object, Ref};
use crate::runtime::{
    Arguments, Field, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, Parameters, TypeFlags,
    TypeObject, TypeSpec, Typed,
};
use crate::vm::execute::names::other_builtins;
use crate::vm::frame::{self, Frame, lifecycle};
use crate::vm::jump;
use crate::vm::traceback::{self, Traceback};

/// Completes the types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.frame,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| slots.repr.set(Some(repr)),
            methods: METHODS,
            attributes: ATTRIBUTES,
            ..TypeSpec::of::<Frame>(lifecycle::lifecycle())
        },
    )?;
    cx.define_type(
        &cx.types.traceback,
        TypeSpec {
            slots: |slots| slots.new.set(Some(new_traceback)),
            methods: TRACEBACK_METHODS,
            attributes: TRACEBACK_ATTRIBUTES,
            documentation: "Create a new traceback object.",
            ..TypeSpec::of::<Traceback>(traceback::lifecycle())
        },
    )
}

fn this(object: &Object) -> &Frame {
    object.layout::<Frame>().expect("a method of frames gets a frame")
}

fn traceback_of(object: &Object) -> &Traceback {
    object.layout::<Traceback>().expect("a method of tracebacks gets a traceback")
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let frame = this(object);
    let unit = &frame.code().unit.source;
    cx.new_text(&format!(
        "<frame at {:#x}, file '{}', line {}, code {}>",
        object.address(),
        unit.file_name,
        frame.line(),
        unit.name
    ))
}

static METHODS: &[NativeMethod] = &[NativeMethod::new(
    "clear",
    NativeCode::NoArguments(clear),
    "",
    "F.clear(): clear most references held by the frame",
)];

fn clear(cx: &Interpreter, object: &Object) -> Outcome {
    let frame = this(object);
    if !frame.record.get().is_null() {
        return Err(cx.runtime_error("cannot clear an executing frame"));
    }
    let generator = frame.generator.get();
    // SAFETY: a suspended generator owns this frame object, so it is alive.
    if let Some(generator) = unsafe { generator.as_ref() } {
        crate::vm::generator::close(cx, generator)?;
    }
    frame.release_registers();
    Ok(cx.none())
}

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("f_locals", |cx, it| frame::locals_of(cx, this(it)), ""),
    NativeAttribute::new("f_lineno", |cx, it| cx.new_int(i64::from(this(it).line())), "")
        .with_set(|cx, it, value| jump::set_line(cx, this(it), value)),
    NativeAttribute::new("f_trace", |cx, it| value_or_none(cx, &this(it).trace), "").with_set(
        |cx, it, value| {
            let value = value.filter(|value| !cx.is_none(value));
            this(it).trace.set(value.map(Object::new_ref));
            Ok(())
        },
    ),
    NativeAttribute::new("f_trace_lines", |cx, it| Ok(cx.new_bool(this(it).watch.lines.get())), "")
        .member()
        .with_set(|cx, it, value| {
            let Some(value) = value else { return Err(cx.type_error("can't delete numeric/char attribute")) };
            this(it).watch.lines.set(exact_bool(cx, value)?);
            Ok(())
        }),
    NativeAttribute::new("f_trace_opcodes", |cx, it| Ok(cx.new_bool(this(it).watch.opcodes.get())), "")
        .member()
        .with_set(|cx, it, value| {
            let Some(value) = value else { return Err(cx.type_error("can't delete numeric/char attribute")) };
            this(it).watch.opcodes.set(exact_bool(cx, value)?);
            Ok(())
        }),
    NativeAttribute::new("f_globals", |_, it| Ok(this(it).globals().new_ref()), ""),
    NativeAttribute::new("f_builtins", builtins, ""),
    NativeAttribute::new("f_code", |_, it| Ok(this(it).code().new_ref()), ""),
    NativeAttribute::new("f_back", back, ""),
    NativeAttribute::new("f_lasti", |cx, it| cx.new_size(this(it).code().index_of(this(it).ip()) * 8), ""),
];

/// A value that must be True or False itself.
fn exact_bool(cx: &Interpreter, value: &Object) -> Outcome<bool> {
    match (value.is(&cx.true_), value.is(&cx.false_)) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(cx.type_error("attribute value type must be bool")),
    }
}

/// The builtins that the frame's globals name.
fn builtins(cx: &Interpreter, it: &Object) -> Outcome {
    let globals = this(it).globals();
    let other = globals.as_dict().and_then(|globals| other_builtins(cx, globals));
    Ok(other.unwrap_or_else(|| cx.builtins.as_object().clone()))
}

fn back(cx: &Interpreter, object: &Object) -> Outcome {
    let frame = this(object);
    let record = frame.record.get();
    if record.is_null() {
        return value_or_none(cx, &frame.back);
    }
    // SAFETY: the record is in use while the frame runs.
    let back = unsafe { frame::back_of(cx, record) }?;
    Ok(back.map_or_else(|| cx.none(), Ref::into_object))
}

const NEW_TRACEBACK: Parameters<4> = Parameters {
    function: "TracebackType",
    names: ["tb_next", "tb_frame", "tb_lasti", "tb_lineno"],
    positional_only: 0,
    positional: 4,
    required: 4,
};

/// `types.TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)`
fn new_traceback(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let [next, frame, index, line] =
        NEW_TRACEBACK.bind(cx, arguments)?.map(|it| it.unwrap_or_else(|| cx.none()));
    if !cx.is_none(&next) && !next.is_exactly(&cx.types.traceback) {
        let kind = next.type_name();
        return Err(cx.type_error(format_args!("expected traceback object or None, got '{kind}'")));
    }
    if frame.layout::<Frame>().is_none() {
        let kind = if cx.is_none(&frame) { "None".to_owned() } else { frame.type_name() };
        return Err(
            cx.type_error(format_args!("TracebackType() argument 'tb_frame' must be frame, not {kind}"))
        );
    }
    let number = |value: &Object| -> Outcome<i32> {
        i32::try_from(cx.to_i64(value)?)
            .map_err(|_| cx.overflow_error("Python int too large to convert to C int"))
    };
    let (index, line) = (number(&index)?, number(&line)?);
    let next = (!cx.is_none(&next)).then_some(next);
    let made = cx.birth_tracked(&cx.types.traceback, |object| Traceback {
        object,
        next: Field::new(next),
        frame: Field::new(frame),
        word: Cell::new(index.div_euclid(8)),
        line: Cell::new(line),
        part: Cell::new(i64::from(index.rem_euclid(8))),
    })?;
    Ok(made.into_object())
}

static TRACEBACK_METHODS: &[NativeMethod] =
    &[NativeMethod::new("__dir__", NativeCode::NoArguments(traceback_names), "", "")];

fn traceback_names(cx: &Interpreter, _: &Object) -> Outcome {
    let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|name| cx.new_text(name));
    cx.new_list(names.into_iter().collect::<Outcome<Vec<_>>>()?)
}

static TRACEBACK_ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("tb_frame", |_, it| Ok(traceback_of(it).frame()), "").member(),
    NativeAttribute::new("tb_lasti", |cx, it| cx.new_int(traceback_of(it).last_instruction()), "").member(),
    NativeAttribute::new("tb_lineno", |cx, it| cx.new_int(i64::from(traceback_of(it).line.get())), "")
        .member(),
    NativeAttribute::new("tb_next", |cx, it| value_or_none(cx, &traceback_of(it).next), "")
        .with_set(set_next),
];

fn set_next(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let next = match value {
        Some(value) if value.is_exactly(&cx.types.traceback) => Some(value.new_ref()),
        Some(value) if cx.is_none(value) => None,
        Some(value) => {
            let kind = value.type_name();
            return Err(cx.type_error(format_args!("expected traceback object, got '{kind}'")));
        }
        None => return Err(cx.type_error("can't delete tb_next attribute")),
    };
    let mut at = next.clone();
    while let Some(link) = at {
        if link.is(object) {
            return Err(cx.value_error("traceback loop detected"));
        }
        at = traceback_of(&link).next.get();
    }
    traceback_of(object).next.set(next);
    Ok(())
}
