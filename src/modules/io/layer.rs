//! Text files over another object: `TextIOWrapper(buffer)`, and the `buffer` of a file that had none until it was asked
//! for.
//!
//! A text file opened by name works on its descriptor directly. The layers below (`BufferedReader` and its like, which are
//! written in Python) are made when a program asks for `buffer`; from then on all bytes go through them.

// unsafe is allowed here: the finalizer is called with an object of the type that it belongs to.
#![deny(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::os::fd::IntoRawFd;
use std::ptr::NonNull;

use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Field, Interpreter, Outcome, Parameters, Raised, TypeObject, Typed};
use crate::types::binary::buffer::{buffer, is_bytes_like};
use crate::types::coding::new_bytes;
use crate::values::codecs::{Encoding, Handler};

use super::device::Device;
use super::open::{encoding_of, handler_of};
use super::state::{BUFFER, FileState, Newline};
use super::text_file::{TextFile, as_text_file};

const INIT: Parameters<6> = Parameters {
    function: "TextIOWrapper",
    names: ["buffer", "encoding", "errors", "newline", "line_buffering", "write_through"],
    positional_only: 0,
    positional: 6,
    required: 1,
};

/// `TextIOWrapper.__new__`: a file that is not open yet.
pub fn new(cx: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    let state = FileState::new(None, Encoding::Utf8, Handler::Strict, Newline::Universal);
    let made = cx.birth_with(kind, |object| TextFile {
        object,
        name: Field::new(None),
        mode: Field::new(None),
        encoding: Field::new(None),
        errors: Field::new(None),
        buffer: Field::new(None),
        dict: Field::new(None),
        weak_list: Cell::new(std::ptr::null()),
        state: RefCell::new(state),
    })?;
    Ok(made.into_object())
}

fn text_argument(cx: &Interpreter, name: &str, value: &Object) -> Outcome<String> {
    match value.as_text() {
        Some(text) => Ok(text.to_rust_string_lossy()),
        None => {
            let kind = value.type_name();
            Err(cx.type_error(format_args!(
                "TextIOWrapper() argument '{name}' must be str or None, not {kind}"
            )))
        }
    }
}

/// `TextIOWrapper.__init__`
pub fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let bound = INIT.bind(cx, arguments)?;
    let [layer, encoding, errors, newline, line_buffering, write_through] =
        bound.map(|value| value.filter(|value| !cx.is_none(value)));
    let Some(file) = as_text_file(object) else { return Ok(()) };
    let Some(layer) = layer else {
        return Err(cx.attribute_error("'NoneType' object has no attribute 'readable'", object, object));
    };
    let newline = newline.map(|newline| text_argument(cx, "newline", &newline)).transpose()?;
    let Some(newline_mode) = Newline::by_name(newline.as_deref()) else {
        let shown = cx.new_text(newline.as_deref().unwrap_or_default())?;
        return Err(cx.value_error(format_args!("illegal newline value: {}", cx.display_repr(&shown))));
    };
    for (name, value) in [("encoding", &encoding), ("errors", &errors)] {
        value.as_ref().map(|value| text_argument(cx, name, value)).transpose()?;
    }
    let codec = encoding.as_ref().map_or(Ok(Encoding::Utf8), |name| encoding_of(cx, name))?;
    let handler = errors.as_ref().map_or(Ok(Handler::Strict), |name| handler_of(cx, name))?;
    let mut state = FileState::new(Some(Device::Layer), codec, handler, newline_mode);
    (state.readable, state.writable) = (true, true);
    state.line_buffering = line_buffering.map_or(Ok(false), |flag| cx.is_true(&flag))?;
    state.write_through = write_through.map_or(Ok(false), |flag| cx.is_true(&flag))?;
    file.encoding.set(Some(encoding.map_or_else(|| cx.new_text("UTF-8"), Ok)?));
    file.errors.set(Some(errors.map_or_else(|| cx.new_text("strict"), Ok)?));
    // Who has no `seekable` is no buffer.
    let is_seekable = cx.call_method(&layer, &*cx.intern("seekable")?, &[])?;
    if codec.mark_size() > 0 && cx.is_true(&is_seekable)? {
        let place = cx.call_method(&layer, &*cx.intern("tell")?, &[])?;
        state.is_marked = cx.is_true(&place)?;
    }
    file.buffer.set(Some(layer));
    *file.state.borrow_mut() = state;
    Ok(())
}

/// Closes a text file over layers when it dies.
///
/// # Safety
/// The object is a text file.
#[allow(unsafe_code)]
pub unsafe fn finalize(object: NonNull<Object>) {
    // SAFETY: the object is whole and counted while this runs.
    let object = unsafe { object.as_ref() };
    let Some(file) = as_text_file(object).filter(|file| file.has_layer()) else { return };
    let cx = crate::runtime::current();
    let before = cx.thread.raised.take();
    // As in CPython, what goes wrong here is nobody's to hear.
    let _ = file.close(cx);
    cx.thread.raised.set(before);
}

impl TextFile {
    /// `buffer`: made now where the file works on its descriptor.
    pub fn layer(&self, cx: &Interpreter) -> Outcome {
        if let Some(layer) = self.buffer.get() {
            return Ok(layer);
        }
        if self.state.borrow().device.is_none() {
            return Err(self.closed_error(cx));
        }
        if self.state.borrow().device.as_ref().is_some_and(|device| device.descriptor().is_none()) {
            return Err(super::text_file::unsupported(cx, "buffer"));
        }
        self.flush(cx)?;
        let module = crate::modules::import::import_dotted(cx, "io")?;
        let adopt = cx.get_attribute_text(&module, &*cx.intern("_adopt")?)?;
        let device = self.state.borrow_mut().device.replace(Device::Layer);
        let (number, owned) = match device {
            Some(Device::File(file)) => (file.into_raw_fd(), true),
            Some(other) => (other.descriptor().unwrap_or(-1), false),
            None => (-1, false),
        };
        let field = |field: &Field<Option<ObjectRef>>| field.get().unwrap_or_else(|| cx.none());
        let arguments =
            [cx.new_int(i64::from(number))?, field(&self.name), field(&self.mode), cx.new_bool(owned)];
        let layer = cx.call(&adopt, &arguments)?;
        self.buffer.set(Some(layer.clone()));
        Ok(layer)
    }

    /// Lets the layer of a standard stream go at the end of the program, and works on the descriptor again. Says whether
    /// there was one.
    pub fn release_layer(&self, cx: &Interpreter, device: Device) -> bool {
        if self.buffer.get().is_none() || !matches!(self.state.borrow().device, Some(Device::Layer)) {
            return false;
        }
        if self.flush(cx).is_err() {
            drop(cx.thread.raised.take());
        }
        self.state.borrow_mut().device = Some(device);
        drop(self.buffer.replace(None));
        true
    }

    /// The error of using a file that has no device any more.
    #[cold]
    pub fn closed_error(&self, cx: &Interpreter) -> Raised {
        match self.state.borrow().is_detached {
            true => cx.value_error("underlying buffer has been detached"),
            false if self.encoding.get().is_none() => cx.value_error("I/O operation on uninitialized object"),
            false => cx.value_error("I/O operation on closed file."),
        }
    }

    /// `closed`
    pub fn closed(&self, cx: &Interpreter) -> Outcome {
        match self.buffer.get() {
            Some(layer) => cx.get_attribute_text(&layer, &*cx.intern("closed")?),
            None if self.state.borrow().is_detached => Err(self.closed_error(cx)),
            None => Ok(cx.new_bool(self.is_closed())),
        }
    }

    /// # Errors
    /// ValueError where the layer below is closed.
    pub(super) fn check_layer(&self, cx: &Interpreter) -> Outcome<()> {
        let closed = self.closed(cx)?;
        match cx.is_true(&closed)? {
            true => Err(cx.value_error("I/O operation on closed file.")),
            false => Ok(()),
        }
    }

    /// What a method of the layer below answers, if there is one.
    pub(super) fn ask_layer(&self, cx: &Interpreter, method: &str) -> Outcome<Option<ObjectRef>> {
        let Some(layer) = self.buffer.get() else { return Ok(None) };
        cx.call_method(&layer, &*cx.intern(method)?, &[]).map(Some)
    }

    /// Hands pending bytes to the layer below.
    pub(super) fn write_to_layer(&self, cx: &Interpreter) -> Outcome<()> {
        let pending = std::mem::take(&mut self.state.borrow_mut().pending);
        let Some(layer) = self.buffer.get().filter(|_| !pending.is_empty()) else { return Ok(()) };
        cx.call_method(&layer, &cx.names.write, &[new_bytes(cx, &pending)?]).map(drop)
    }

    /// Flushes the layer below.
    pub(super) fn flush_layer(&self, cx: &Interpreter) -> Outcome<()> {
        let Some(layer) = self.buffer.get() else { return Ok(()) };
        cx.call_method(&layer, &cx.names.flush, &[]).map(drop)
    }

    /// Flushes and closes through the layer below, which is closed even where flushing fails.
    pub(super) fn close_layer(&self, cx: &Interpreter) -> Outcome<()> {
        let Some(layer) = self.buffer.get() else { return Ok(()) };
        let closed = self.closed(cx)?;
        if cx.is_true(&closed)? {
            return Ok(());
        }
        let flushed = self.flush(cx);
        let first = flushed.is_err().then(|| cx.take_exception());
        self.state.borrow_mut().forget_input();
        let closed = cx.call_method(&layer, &cx.names.close, &[]).map(drop);
        match first {
            None => closed,
            Some(error) => {
                drop(cx.thread.raised.take());
                Err(cx.raise_again(error))
            }
        }
    }

    /// Reads one more chunk through the layer below; false at the end.
    pub(super) fn fill_from_layer(&self, cx: &Interpreter) -> Outcome<bool> {
        let Some(layer) = self.buffer.get() else { return Ok(false) };
        let name = cx.intern("read1")?;
        let has_read1 = cx.find_attribute(&layer, &name)?.is_some();
        let method = if has_read1 { name } else { cx.intern("read")? };
        let chunk = cx.call_method(&layer, &method, &[cx.new_size(BUFFER)?])?;
        if !is_bytes_like(&chunk) {
            let (called, kind) = (method.to_rust_string_lossy(), chunk.type_name());
            return Err(cx.type_error(format_args!(
                "underlying {called}() should have returned a bytes-like object, not '{kind}'"
            )));
        }
        let bytes = buffer(cx, &chunk)?;
        self.take_in(cx, bytes.as_deref().unwrap_or_default())
    }

    /// Moves the layer below, if there is one.
    pub(super) fn seek_layer(
        &self,
        cx: &Interpreter,
        offset: i64,
        whence: i64,
    ) -> Outcome<Option<ObjectRef>> {
        let Some(layer) = self.buffer.get() else { return Ok(None) };
        self.state.borrow_mut().forget_input();
        let arguments = [cx.new_int(offset)?, cx.new_int(whence)?];
        let place = cx.call_method(&layer, &*cx.intern("seek")?, &arguments)?;
        let is_start = place.as_int().and_then(|place| place.to_i64()) == Some(0);
        self.state.borrow_mut().moved_to(u64::from(!is_start));
        Ok(Some(place))
    }

    /// Where the program is in the layer below, if there is one.
    pub(super) fn tell_layer(&self, cx: &Interpreter) -> Outcome<Option<ObjectRef>> {
        let Some(layer) = self.buffer.get() else { return Ok(None) };
        let place = cx.to_i64(&*cx.call_method(&layer, &*cx.intern("tell")?, &[])?)?;
        let ahead = i64::try_from(self.state.borrow().read_ahead()).unwrap_or(0);
        cx.new_int(place.saturating_sub(ahead)).map(Some)
    }
}
