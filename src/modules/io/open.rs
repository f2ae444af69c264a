//! `open`, and the three streams of the process.

#![forbid(unsafe_code)]

use std::fs::OpenOptions;

use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::values::codecs::{Encoding, Handler};

use super::device::Device;
use super::errors::{io_error, os_error};
use super::inherited;
use super::state::{FileState, Newline};
use super::text_file::{Labels, new_text_file};
use crate::modules::sys::audit;

const OPEN: Parameters<8> = Parameters {
    function: "open",
    names: ["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"],
    positional_only: 0,
    positional: 8,
    required: 1,
};

/// What the mode of a file says.
#[derive(Clone, Copy, Default)]
struct Mode {
    read: bool,
    write: bool,
    create: bool,
    append: bool,
    update: bool,
    binary: bool,
    text: bool,
}

impl Mode {
    /// The flags with which the operating system opens a file.
    fn flags(self) -> i64 {
        const CLOSE_ON_EXEC: i64 = 0o2_000_000;
        let access = if self.update { 2 } else { i64::from(!self.read) };
        let made = match (self.write, self.create, self.append) {
            (true, ..) => 0o1100,
            (_, true, _) => 0o300,
            (_, _, true) => 0o2100,
            _ => 0,
        };
        access | made | CLOSE_ON_EXEC
    }
}

impl std::fmt::Display for Mode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letters = [(self.read, "r"), (self.write, "w"), (self.create, "x"), (self.append, "a")];
        let kind = letters.iter().find(|(is_set, _)| *is_set).map_or("r", |(_, letter)| letter);
        write!(formatter, "{kind}{}", if self.update { "+" } else { "" })
    }
}

/// What a call of `open` asks for, checked as far as CPython does before it looks for the file.
struct Request {
    file: ObjectRef,
    mode_text: String,
    mode: Mode,
    buffering: i64,
    encoding: Option<ObjectRef>,
    errors: Option<ObjectRef>,
    newline: Option<String>,
    /// It is more than a text file that is found by its path: the part in Python opens it.
    in_layers: bool,
}

/// `open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)`
pub fn open(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let request = Request::of(cx, arguments)?;
    if request.in_layers { open_layers(cx, arguments) } else { request.open_text(cx) }
}

impl Request {
    fn of(cx: &Interpreter, arguments: Arguments<'_>) -> Outcome<Self> {
        let [file, mode, buffering, encoding, errors, newline, close, opener] = OPEN.bind(cx, arguments)?;
        let given = |value: Option<ObjectRef>| value.filter(|value| !cx.is_none(value));
        let file = file.unwrap_or_else(|| cx.none());
        check_file(cx, &file)?;
        let mode = mode.map(|mode| text_argument(cx, &mode, "mode", "str")).transpose()?;
        let mode_text = mode.unwrap_or_else(|| "r".to_owned());
        let buffering = buffering.map_or(Ok(-1), |buffering| cx.to_i64(&buffering))?;
        let (encoding, errors) = (given(encoding), given(errors));
        optional_text(cx, encoding.as_ref(), "encoding")?;
        optional_text(cx, errors.as_ref(), "errors")?;
        let newline = optional_text(cx, given(newline).as_ref(), "newline")?;
        let mode = parse_mode(cx, &mode_text)?;
        let options = [encoding.is_some(), errors.is_some(), newline.is_some()];
        check_text_options(cx, mode, buffering, options)?;
        let closes = close.as_ref().map_or(Ok(true), |close| cx.is_true(close))?;
        let in_layers = mode.binary || file.as_int().is_some() || given(opener).is_some() || !closes;
        Ok(Self { file, mode_text, mode, buffering, encoding, errors, newline, in_layers })
    }

    fn open_text(self, cx: &Interpreter) -> Outcome {
        let Some(newline) = Newline::by_name(self.newline.as_deref()) else {
            let shown = cx.new_text(self.newline.as_deref().unwrap_or_default())?;
            return Err(cx.value_error(format_args!("illegal newline value: {}", cx.display_repr(&shown))));
        };
        let encoding = self.encoding.as_ref().map_or(Ok(Encoding::Utf8), |name| encoding_of(cx, name))?;
        let handler = self.errors.as_ref().map_or(Ok(Handler::Strict), |name| handler_of(cx, name))?;
        let device = open_path(cx, &path_argument(cx, &self.file)?, self.mode, &self.file)?;
        let mut state = FileState::new(Some(device), encoding, handler, newline);
        self.prepare(&mut state);
        let shown = |text: Option<ObjectRef>, default: &str| {
            let text = text.and_then(|text| text.as_text().map(|text| text.to_rust_string_lossy()));
            text.unwrap_or_else(|| default.to_owned())
        };
        let labels = Labels {
            name: self.file,
            mode: self.mode_text,
            encoding: shown(self.encoding, "UTF-8"),
            errors: shown(self.errors, "strict"),
        };
        Ok(new_text_file(cx, labels, state)?.into_object())
    }

    /// What the mode and the buffering say about an open file.
    fn prepare(&self, state: &mut FileState) {
        let Some(device) = &state.device else { return };
        if self.mode.append
            && state.encoding.mark_size() > 0
            && let Ok(end) = device.seek(std::io::SeekFrom::End(0))
        {
            state.is_marked = end != 0;
        }
        state.readable = self.mode.read || self.mode.update;
        state.writable = !self.mode.read || self.mode.update;
        state.line_buffering =
            self.buffering == 1 || self.buffering < 0 && state.writable && device.is_terminal();
    }
}

/// An argument that is a text if it is given.
fn optional_text(cx: &Interpreter, value: Option<&ObjectRef>, name: &str) -> Outcome<Option<String>> {
    value.map(|value| text_argument(cx, value, name, "str or None")).transpose()
}

fn text_argument(cx: &Interpreter, value: &Object, name: &str, expected: &str) -> Outcome<String> {
    match value.as_text() {
        Some(text) => Ok(text.to_rust_string_lossy()),
        None => {
            let found = if cx.is_none(value) { "None".to_owned() } else { value.type_name() };
            Err(cx.type_error(format_args!("open() argument '{name}' must be {expected}, not {found}")))
        }
    }
}

/// A warning of the category RuntimeWarning.
fn warn(cx: &Interpreter, text: &str) -> Outcome<()> {
    let module = crate::modules::import::import_dotted(cx, "warnings")?;
    let category = cx.types.runtime_warning.as_object().clone();
    cx.call_method(&module, &*cx.intern("warn")?, &[cx.new_text(text)?, category]).map(drop)
}

/// Refuses what is neither a path nor a number.
fn check_file(cx: &Interpreter, file: &ObjectRef) -> Outcome<()> {
    let is_path = file.as_text().is_some() || file.as_bytes().is_some();
    if is_path || file.type_object().slots.index.get().is_some() {
        return Ok(());
    }
    if cx.find_attribute(file.type_object(), &cx.names.fspath)?.is_some() {
        return Ok(());
    }
    let kind = file.type_name();
    Err(cx.type_error(format_args!("expected str, bytes or os.PathLike object, not {kind}")))
}

/// Opens a file as layers of objects: the part of `open` that is written in Python.
fn open_layers(cx: &Interpreter, arguments: Arguments<'_>) -> Outcome {
    let module = crate::modules::import::import_dotted(cx, "io")?;
    let open = cx.get_attribute_text(&module, &*cx.intern("_open_layers")?)?;
    cx.call_with(&open, arguments)
}

/// A `str`, `bytes` or path-like object as a path.
pub fn path_argument(cx: &Interpreter, file: &Object) -> Outcome<std::path::PathBuf> {
    let path = match cx.call_special(file, &cx.names.fspath, &[]) {
        Some(path) if file.as_text().is_none() && file.as_bytes().is_none() => path?,
        _ => file.new_ref(),
    };
    let bytes = match (path.as_text(), path.as_bytes()) {
        (Some(text), _) => text.to_rust_string_lossy().into_bytes(),
        (_, Some(bytes)) => bytes.as_slice().to_vec(),
        _ => {
            let kind = file.type_name();
            return Err(cx.type_error(format_args!("expected str, bytes or os.PathLike object, not {kind}")));
        }
    };
    if bytes.contains(&0) {
        return Err(cx.value_error("embedded null byte"));
    }
    use std::os::unix::ffi::OsStringExt;
    Ok(std::ffi::OsString::from_vec(bytes).into())
}

fn parse_mode(cx: &Interpreter, text: &str) -> Outcome<Mode> {
    let mut mode = Mode::default();
    let invalid = || cx.value_error(format_args!("invalid mode: '{text}'"));
    for (index, letter) in text.char_indices() {
        let flag = match letter {
            'r' => &mut mode.read,
            'w' => &mut mode.write,
            'x' => &mut mode.create,
            'a' => &mut mode.append,
            '+' => &mut mode.update,
            'b' => &mut mode.binary,
            't' => &mut mode.text,
            _ => return Err(invalid()),
        };
        *flag = true;
        if text[..index].contains(letter) {
            return Err(invalid());
        }
    }
    if mode.binary && mode.text {
        return Err(cx.value_error("can't have text and binary mode at once"));
    }
    match [mode.read, mode.write, mode.create, mode.append].iter().filter(|flag| **flag).count() {
        1 => {}
        0 => {
            let text = "Must have exactly one of create/read/write/append mode and at most one plus";
            return Err(cx.value_error(text));
        }
        _ => return Err(cx.value_error("must have exactly one of create/read/write/append mode")),
    }
    Ok(mode)
}

fn check_text_options(cx: &Interpreter, mode: Mode, buffering: i64, given: [bool; 3]) -> Outcome<()> {
    if mode.binary {
        for (name, given) in ["an encoding", "an errors", "a newline"].iter().zip(given) {
            if given {
                return Err(cx.value_error(format_args!("binary mode doesn't take {name} argument")));
            }
        }
        if buffering == 1 {
            let text = "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used";
            warn(cx, text)?;
        }
        return Ok(());
    }
    if buffering == 0 {
        return Err(cx.value_error("can't have unbuffered text I/O"));
    }
    Ok(())
}

fn open_path(cx: &Interpreter, path: &std::path::Path, mode: Mode, name: &ObjectRef) -> Outcome<Device> {
    audit::tell(cx, "open", &[name.clone(), cx.new_text(&mode.to_string())?, cx.new_int(mode.flags())?])?;
    let opened = OpenOptions::new()
        .read(mode.read || mode.update)
        .write(mode.write || mode.create || mode.read && mode.update)
        .append(mode.append)
        .create(mode.write || mode.append)
        .truncate(mode.write)
        .create_new(mode.create)
        .open(path);
    let file = opened.map_err(|error| io_error(cx, &error, Some(name)))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(os_error(cx, 21, Some(name)));
    }
    Ok(Device::File(file))
}

/// The encoding of that name.
pub fn encoding_of(cx: &Interpreter, name: &Object) -> Outcome<Encoding> {
    let text = name.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default();
    match Encoding::by_name(&text) {
        Some(Encoding::UnicodeEscape | Encoding::RawUnicodeEscape) | None => {
            Err(cx.lookup_error(format_args!("unknown encoding: {text}")))
        }
        Some(encoding) => Ok(encoding),
    }
}

/// The error handler of that name.
pub fn handler_of(cx: &Interpreter, name: &Object) -> Outcome<Handler> {
    let text = name.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default();
    match Handler::by_name(&text) {
        Some(handler) => Ok(handler),
        None => Err(cx.lookup_error(format_args!("unknown error handler name '{text}'"))),
    }
}

/// Whether the environment asks for no particular encoding: then undecodable bytes pass through the streams.
fn is_plain_locale() -> bool {
    let value = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    value.is_none_or(|value| matches!(value.as_str(), "C" | "POSIX" | "C.UTF-8" | "C.utf8"))
}

/// One of the process's streams as a text file.
pub fn standard_stream(cx: &Interpreter, descriptor: i64) -> Outcome {
    if inherited::was_closed(descriptor) {
        return Ok(cx.none());
    }
    match Device::of_process(descriptor) {
        Some(device) => stream_over(cx, descriptor, device),
        None => Ok(cx.none()),
    }
}

/// A device as one of the three standard streams.
pub fn stream_over(cx: &Interpreter, descriptor: i64, device: Device) -> Outcome {
    let (name, errors, handler) = match descriptor {
        2 => ("<stderr>", "backslashreplace", Handler::BackslashReplace),
        _ if is_plain_locale() => {
            (["<stdin>", "<stdout>"][descriptor as usize], "surrogateescape", Handler::SurrogateEscape)
        }
        _ => (["<stdin>", "<stdout>"][descriptor as usize], "strict", Handler::Strict),
    };
    let terminal = device.is_terminal();
    let newline = if descriptor == 0 { Newline::Universal } else { Newline::Feed };
    let mut state = FileState::new(Some(device), Encoding::Utf8, handler, newline);
    state.readable = descriptor == 0;
    state.writable = descriptor != 0;
    state.line_buffering = descriptor == 2 || terminal;
    state.write_through = cx.options.unbuffered && descriptor != 0;
    let labels = Labels {
        name: cx.new_text(name)?,
        mode: if descriptor == 0 { "r" } else { "w" }.to_owned(),
        encoding: "utf-8".to_owned(),
        errors: errors.to_owned(),
    };
    Ok(new_text_file(cx, labels, state)?.into_object())
}
