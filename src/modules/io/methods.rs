//! Methods and attributes of text files.

#![forbid(unsafe_code)]

use std::io::SeekFrom;

use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{Arguments, Field, Interpreter, Outcome, Parameters, Slots, Typed};

use super::errors::io_error;
use super::layer;
use super::text_file::{TextFile, as_text_file, unsupported};

fn this(object: &Object) -> &TextFile {
    as_text_file(object).expect("a method of text files gets one")
}

/// The slots of the type.
pub fn slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.iter.set(Some(|cx, object| {
        this(object).check_open(cx)?;
        Ok(object.new_ref())
    }));
    slots.next.set(Some(next));
    slots.new.set(Some(layer::new));
    slots.init.set(Some(layer::init));
}

/// Methods.
pub static METHODS: &[NativeMethod] = &[
    NativeMethod::new("write", NativeCode::One(write), "($self, text, /)", ""),
    NativeMethod::new("writelines", NativeCode::One(write_lines), "($self, lines, /)", ""),
    NativeMethod::new("read", NativeCode::Positional(read), "($self, size=-1, /)", ""),
    NativeMethod::new("readline", NativeCode::Positional(read_line), "($self, size=-1, /)", ""),
    NativeMethod::new("readlines", NativeCode::Positional(read_lines), "($self, hint=-1, /)", ""),
    NativeMethod::new("flush", NativeCode::NoArguments(flush), "($self, /)", ""),
    NativeMethod::new("close", NativeCode::NoArguments(close), "($self, /)", ""),
    NativeMethod::new("fileno", NativeCode::NoArguments(file_number), "($self, /)", ""),
    NativeMethod::new("isatty", NativeCode::NoArguments(is_terminal), "($self, /)", ""),
    NativeMethod::new("readable", NativeCode::NoArguments(readable), "($self, /)", ""),
    NativeMethod::new("writable", NativeCode::NoArguments(writable), "($self, /)", ""),
    NativeMethod::new("seekable", NativeCode::NoArguments(seekable), "($self, /)", ""),
    NativeMethod::new("seek", NativeCode::Positional(seek), "($self, cookie, whence=0, /)", ""),
    NativeMethod::new("tell", NativeCode::NoArguments(tell), "($self, /)", ""),
    NativeMethod::new("truncate", NativeCode::Positional(truncate), "($self, pos=None, /)", ""),
    NativeMethod::new("reconfigure", NativeCode::Full(reconfigure), "", ""),
    NativeMethod::new("detach", NativeCode::NoArguments(detach), "($self, /)", ""),
    NativeMethod::new(
        "_checkClosed",
        NativeCode::Positional(|cx, file, _| {
            this(file).check_open(cx)?;
            Ok(cx.none())
        }),
        "",
        "",
    ),
    NativeMethod::new("__enter__", NativeCode::NoArguments(enter), "", ""),
    NativeMethod::new("__exit__", NativeCode::Positional(|cx, file, _| close_by_method(cx, file)), "", ""),
];

/// Attributes.
pub static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("name", name, "").with_set(|_, file, value| {
        this(file).name.set(value.map(Object::new_ref));
        Ok(())
    }),
    NativeAttribute::new("mode", mode, "").with_set(|_, file, value| {
        this(file).mode.set(value.map(Object::new_ref));
        Ok(())
    }),
    NativeAttribute::new("buffer", |cx, file| this(file).layer(cx), ""),
    NativeAttribute::new("_CHUNK_SIZE", |cx, _| cx.new_int(8192), "").with_set(|_, _, _| Ok(())),
    NativeAttribute::new("encoding", |cx, file| held(cx, &this(file).encoding), "").member(),
    NativeAttribute::new("errors", |cx, file| held(cx, &this(file).errors), ""),
    NativeAttribute::new("newlines", |cx, _| Ok(cx.none()), ""),
    NativeAttribute::new("closed", |cx, file| this(file).closed(cx), ""),
    NativeAttribute::new(
        "line_buffering",
        |cx, file| Ok(cx.new_bool(this(file).state.borrow().line_buffering)),
        "",
    )
    .member(),
    NativeAttribute::new(
        "write_through",
        |cx, file| Ok(cx.new_bool(this(file).state.borrow().write_through)),
        "",
    )
    .member(),
];

fn held(cx: &Interpreter, field: &Field<Option<ObjectRef>>) -> Outcome {
    Ok(field.get().unwrap_or_else(|| cx.none()))
}

#[cold]
fn missing(cx: &Interpreter, object: &Object, name: &str) -> crate::runtime::Raised {
    let kind = object.type_object().name_text();
    match cx.intern(name) {
        Ok(text) => {
            let message = format!("'_io.{kind}' object has no attribute '{name}'");
            cx.attribute_error(message, object, &text)
        }
        Err(raised) => raised,
    }
}

/// `mode`, which only `open` gives.
fn mode(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).mode.get().ok_or_else(|| missing(cx, object, "mode"))
}

/// `name`: the file's own, or that of the layer below.
fn name(cx: &Interpreter, object: &Object) -> Outcome {
    let file = this(object);
    match (file.name.get(), file.buffer.get()) {
        (Some(name), _) => Ok(name),
        (None, Some(layer)) => cx.get_attribute_text(&layer, &*cx.intern("name")?),
        (None, None) => Err(missing(cx, object, "name")),
    }
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let file = this(object);
    let mut shown = "<_io.TextIOWrapper".to_owned();
    let found = match file.name.get() {
        Some(name) => Some(name),
        None => match file.buffer.get() {
            Some(layer) => cx.find_attribute(&layer, &*cx.intern("name")?)?,
            None => None,
        },
    };
    if let Some(name) = found {
        shown.push_str(&format!(" name={}", cx.repr_text(&name)?.to_rust_string_lossy()));
    }
    if let Some(mode) = file.mode.get() {
        shown.push_str(&format!(" mode={}", cx.repr_text(&mode)?.to_rust_string_lossy()));
    }
    let encoding = held(cx, &file.encoding)?;
    shown.push_str(&format!(" encoding={}>", cx.repr_text(&encoding)?.to_rust_string_lossy()));
    cx.new_text(&shown)
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let line = this(object).read_line(cx, None)?;
    let is_line = line.as_text().is_some_and(|line| !line.is_empty());
    this(object).state.borrow_mut().iterates = is_line;
    Ok(is_line.then_some(line))
}

fn write(cx: &Interpreter, object: &Object, text: &Object) -> Outcome {
    let Some(text) = text.as_text() else {
        let kind = text.type_name();
        return Err(cx.type_error(format_args!("write() argument must be str, not {kind}")));
    };
    this(object).write(cx, text)?;
    cx.new_size(text.length())
}

fn write_lines(cx: &Interpreter, object: &Object, lines: &Object) -> Outcome {
    this(object).check_open(cx)?;
    cx.for_each(lines, &mut |line| {
        cx.call_method(object, &cx.names.write, &[line])?;
        Ok(true)
    })?;
    Ok(cx.none())
}

/// A size argument: none for a negative one or None.
fn size(cx: &Interpreter, name: &str, arguments: &[ObjectRef]) -> Outcome<Option<usize>> {
    cx.check_positional(name, arguments.len(), 0, 1)?;
    match arguments.first().filter(|size| !cx.is_none(size)) {
        None => Ok(None),
        Some(size) => Ok(usize::try_from(cx.index_isize(size, Some(&cx.types.overflow_error))?).ok()),
    }
}

fn read(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let limit = size(cx, "read", arguments)?;
    this(object).read(cx, limit)
}

fn read_line(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let limit = size(cx, "readline", arguments)?;
    this(object).read_line(cx, limit)
}

fn read_lines(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    let hint = size(cx, "readlines", arguments)?.filter(|hint| *hint > 0);
    this(object).check_open(cx)?;
    let mut lines = Vec::new();
    let mut length = 0;
    cx.for_each(object, &mut |line| {
        length += line.as_text().map_or(0, |line| line.length());
        lines.push(line);
        Ok(hint.is_none_or(|hint| length < hint))
    })?;
    cx.new_list(lines)
}

fn flush(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).check_open(cx)?;
    this(object).flush(cx)?;
    Ok(cx.none())
}

fn close(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).close(cx)?;
    Ok(cx.none())
}

/// `__exit__` calls `close`, which a subclass may have overridden.
fn close_by_method(cx: &Interpreter, object: &Object) -> Outcome {
    cx.call_method(object, &cx.names.close, &[])
}

fn file_number(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).check_open(cx)?;
    if let Some(answer) = this(object).ask_layer(cx, "fileno")? {
        return Ok(answer);
    }
    let descriptor = this(object).state.borrow().device.as_ref().and_then(|device| device.descriptor());
    match descriptor {
        Some(descriptor) => cx.new_int(i64::from(descriptor)),
        None => Err(unsupported(cx, "fileno")),
    }
}

fn is_terminal(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).check_open(cx)?;
    if let Some(answer) = this(object).ask_layer(cx, "isatty")? {
        return Ok(answer);
    }
    Ok(cx.new_bool(this(object).state.borrow().device.as_ref().is_some_and(|device| device.is_terminal())))
}

fn readable(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).check_open(cx)?;
    if let Some(answer) = this(object).ask_layer(cx, "readable")? {
        return Ok(answer);
    }
    Ok(cx.new_bool(this(object).state.borrow().readable))
}

fn writable(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).check_open(cx)?;
    if let Some(answer) = this(object).ask_layer(cx, "writable")? {
        return Ok(answer);
    }
    Ok(cx.new_bool(this(object).state.borrow().writable))
}

fn seekable(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).check_open(cx)?;
    if let Some(answer) = this(object).ask_layer(cx, "seekable")? {
        return Ok(answer);
    }
    let place = SeekFrom::Current(0);
    Ok(cx.new_bool(
        this(object).state.borrow().device.as_ref().is_some_and(|device| device.seek(place).is_ok()),
    ))
}

fn seek(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("seek", arguments.len(), 1, 2)?;
    let file = this(object);
    file.check_open(cx)?;
    let offset = cx.to_i64(&arguments[0])?;
    let whence = arguments.get(1).map_or(Ok(0), |whence| cx.to_i64(whence))?;
    let place = match whence {
        0 if offset < 0 => return Err(cx.value_error(format_args!("negative seek position {offset}"))),
        0 => SeekFrom::Start(offset as u64),
        1 if offset != 0 => return Err(unsupported(cx, "can't do nonzero cur-relative seeks")),
        1 => return tell(cx, object),
        2 if offset != 0 => return Err(unsupported(cx, "can't do nonzero end-relative seeks")),
        2 => SeekFrom::End(0),
        _ => return Err(cx.value_error(format_args!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    file.flush(cx)?;
    if let Some(moved) = file.seek_layer(cx, offset, whence)? {
        return Ok(moved);
    }
    let mut state = file.state.borrow_mut();
    state.forget_input();
    let moved = state.device.as_ref().map_or(Ok(0), |device| device.seek(place));
    if let Ok(place) = moved {
        state.moved_to(place);
    }
    drop(state);
    match moved {
        Ok(place) => cx.new_size(place as usize),
        Err(error) if error.raw_os_error() == Some(29) => {
            Err(unsupported(cx, "underlying stream is not seekable"))
        }
        Err(error) => Err(io_error(cx, &error, None)),
    }
}

fn tell(cx: &Interpreter, object: &Object) -> Outcome {
    let file = this(object);
    file.check_open(cx)?;
    file.flush(cx)?;
    if file.state.borrow().iterates {
        return Err(cx.raise_text(&cx.types.os_error, "telling position disabled by next() call"));
    }
    if let Some(place) = file.tell_layer(cx)? {
        return Ok(place);
    }
    let state = file.state.borrow();
    let place = state.device.as_ref().map_or(Ok(0), |device| device.seek(SeekFrom::Current(0)));
    let ahead = state.read_ahead();
    drop(state);
    match place {
        Ok(place) => cx.new_size(place.saturating_sub(ahead) as usize),
        Err(error) if error.raw_os_error() == Some(29) => {
            Err(unsupported(cx, "underlying stream is not seekable"))
        }
        Err(error) => Err(io_error(cx, &error, None)),
    }
}

fn truncate(cx: &Interpreter, object: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("truncate", arguments.len(), 0, 1)?;
    let place = match arguments.first().filter(|place| !cx.is_none(place)) {
        Some(place) => place.clone(),
        None => tell(cx, object)?,
    };
    let file = this(object);
    file.flush(cx)?;
    if let Some(layer) = file.buffer.get() {
        return cx.call_method(&layer, &*cx.intern("truncate")?, &[place]);
    }
    if !file.state.borrow().writable {
        return Err(unsupported(cx, "truncate"));
    }
    let length = u64::try_from(cx.to_i64(&place)?).unwrap_or(0);
    let result = match &file.state.borrow().device {
        Some(super::device::Device::File(inner)) => inner.set_len(length),
        _ => Err(std::io::Error::from_raw_os_error(22)),
    };
    result.map_err(|error| io_error(cx, &error, None))?;
    Ok(place)
}

const RECONFIGURE: Parameters<5> = Parameters {
    function: "reconfigure",
    names: ["encoding", "errors", "newline", "line_buffering", "write_through"],
    positional_only: 0,
    positional: 0,
    required: 0,
};

fn reconfigure(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let [encoding, errors, _, line_buffering, write_through] = RECONFIGURE.bind(cx, arguments)?;
    let file = this(object);
    file.flush(cx)?;
    let given = |value: Option<ObjectRef>| value.filter(|value| !cx.is_none(value));
    if let Some(encoding) = given(encoding) {
        let found = super::open::encoding_of(cx, &encoding)?;
        let mut state = file.state.borrow_mut();
        (state.encoding, state.order) = (found, None);
        drop(state);
        file.encoding.set(Some(encoding));
    }
    if let Some(errors) = given(errors) {
        let found = super::open::handler_of(cx, &errors)?;
        file.state.borrow_mut().handler = found;
        file.errors.set(Some(errors));
    }
    if let Some(flag) = given(line_buffering) {
        let flag = cx.is_true(&flag)?;
        file.state.borrow_mut().line_buffering = flag;
    }
    if let Some(flag) = given(write_through) {
        let flag = cx.is_true(&flag)?;
        file.state.borrow_mut().write_through = flag;
    }
    Ok(cx.none())
}

fn enter(cx: &Interpreter, object: &Object) -> Outcome {
    this(object).check_open(cx)?;
    Ok(object.new_ref())
}

fn detach(cx: &Interpreter, object: &Object) -> Outcome {
    let file = this(object);
    file.check_open(cx)?;
    file.flush(cx)?;
    let layer = file.layer(cx)?;
    file.buffer.set(None);
    let mut state = file.state.borrow_mut();
    state.device = None;
    state.is_detached = true;
    drop(state);
    Ok(layer)
}
