//! `_io.TextIOWrapper`: a text file with buffers of our own.

// unsafe is allowed here: what `layout!` and `fields_lifecycle!` expand to, and dropping the state with the object.
#![deny(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::mem::offset_of;
use std::ptr::NonNull;

use crate::object::{Lifecycle, Object, ObjectRef, Ref, WeakSupport, layout};
use crate::runtime::{DictPlace, Field, Interpreter, Outcome, Raised, TypeFlags, TypeSpec, Typed};
use crate::values::codecs::{CodecError, Encoding, Failure, decode_until_error, encode, utf7};
use crate::values::text::{Text, TextSlice};

use super::device::Device;
use super::errors::io_error;
use super::state::{BUFFER, FileState};

/// The layout of a text file.
#[repr(C)]
pub struct TextFile {
    /// The header.
    pub object: Object,
    /// `name`
    pub name: Field<Option<ObjectRef>>,
    /// `mode`
    pub mode: Field<Option<ObjectRef>>,
    /// `encoding`
    pub encoding: Field<Option<ObjectRef>>,
    /// `errors`
    pub errors: Field<Option<ObjectRef>>,
    /// `buffer`: the layer below, once there is one.
    pub buffer: Field<Option<ObjectRef>>,
    /// `__dict__`
    pub dict: Field<Option<ObjectRef>>,
    /// Weak references.
    pub weak_list: Cell<*const Object>,
    /// Everything else.
    pub state: RefCell<FileState>,
}
layout!(TextFile, object, Object);
crate::fields_lifecycle!(TextFile, WeakSupport::Field(offset_of!(TextFile, weak_list) as u32);
    name, mode, encoding, errors, buffer, dict);

/// The lifecycle of the fields, with a state that is flushed and dropped too.
#[allow(unsafe_code)]
fn whole_lifecycle() -> Lifecycle {
    /// # Safety
    /// The object is a text file that dies.
    unsafe fn drop_contents(object: NonNull<Object>) {
        // SAFETY: the state is dropped once and never read again; the fields are dropped by their own function.
        unsafe {
            let this = object.as_ref().cast::<TextFile>();
            if let Ok(mut state) = this.state.try_borrow_mut() {
                let pending = std::mem::take(&mut state.pending);
                if let Some(device) = &state.device {
                    drop(device.write_all(&pending));
                }
            }
            std::ptr::drop_in_place((&raw const this.state).cast_mut());
            (lifecycle().drop_contents.get())(object);
        }
    }
    let made = lifecycle();
    made.drop_contents.set(drop_contents);
    made.finalize.set(Some(super::layer::finalize));
    made
}

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.text_file,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE,
            dict_place: DictPlace::Field(offset_of!(TextFile, dict) as u32),
            slots: super::methods::slots,
            methods: super::methods::METHODS,
            attributes: super::methods::ATTRIBUTES,
            documentation: "Character and line based layer over a BufferedIOBase object, buffer.",
            ..TypeSpec::of::<TextFile>(whole_lifecycle())
        },
    )
}

/// What a file is called, for its attributes.
pub struct Labels {
    /// `name`
    pub name: ObjectRef,
    /// `mode`
    pub mode: String,
    /// `encoding`
    pub encoding: String,
    /// `errors`
    pub errors: String,
}

/// A text file over an open device.
pub fn new_text_file(cx: &Interpreter, labels: Labels, state: FileState) -> Outcome<Ref<TextFile>> {
    let texts = [labels.mode, labels.encoding, labels.errors].map(|text| cx.new_text(&text));
    let [mode, encoding, errors] = texts;
    let (mode, encoding, errors) = (mode?, encoding?, errors?);
    cx.birth_tracked(&cx.types.text_file, |object| TextFile {
        object,
        name: Field::new(Some(labels.name)),
        mode: Field::new(Some(mode)),
        encoding: Field::new(Some(encoding)),
        errors: Field::new(Some(errors)),
        buffer: Field::new(None),
        dict: Field::new(None),
        weak_list: Cell::new(std::ptr::null()),
        state: RefCell::new(state),
    })
}

/// An object as a text file.
pub fn as_text_file(object: &Object) -> Option<&TextFile> {
    object.layout::<TextFile>()
}

/// Writes what waits in `sys.stdout`, if that is a text file of ours; failures are for its next write to tell.
pub fn flush_standard_output(cx: &Interpreter) {
    let Some(stream) = cx.sys.get_text(&cx.names.stdout) else { return };
    let Some(file) = as_text_file(&stream) else { return };
    if file.has_layer() {
        let raised = cx.thread.raised.take();
        let _ = file.flush(cx);
        cx.thread.raised.set(raised);
        return;
    }
    if let Ok(mut state) = file.state.try_borrow_mut() {
        drop(write_pending(&mut state));
    }
}

/// Hands the pending bytes to the device; what could not be written stays.
fn write_pending(state: &mut FileState) -> std::io::Result<()> {
    let Some(device) = &state.device else { return Ok(()) };
    match device.write_all(&state.pending) {
        Ok(()) => {
            state.pending.clear();
            Ok(())
        }
        Err((written, error)) => {
            state.pending.drain(..written);
            Err(error)
        }
    }
}

impl TextFile {
    /// Whether all bytes go through an object, `buffer`.
    pub fn has_layer(&self) -> bool {
        matches!(self.state.borrow().device, Some(Device::Layer))
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.state.borrow().device.is_none()
    }

    /// # Errors
    /// ValueError where the file is closed.
    pub fn check_open(&self, cx: &Interpreter) -> Outcome<()> {
        if self.has_layer() {
            return self.check_layer(cx);
        }
        match self.is_closed() {
            true => Err(self.closed_error(cx)),
            false => Ok(()),
        }
    }

    /// Writes a text.
    pub fn write(&self, cx: &Interpreter, text: &Text) -> Outcome<()> {
        self.check_open(cx)?;
        if !self.state.borrow().writable {
            return Err(unsupported(cx, "not writable"));
        }
        // What was read ahead is forgotten and the device stays behind it, as in CPython.
        if self.state.borrow().readable {
            self.state.borrow_mut().forget_input();
        }
        let (is_full, ends_line) = self.append(cx, text)?;
        let write_through = self.state.borrow().write_through;
        let written = match ends_line {
            true => self.flush(cx),
            false if write_through || is_full => self.write_out(cx),
            false => Ok(()),
        };
        if written.is_err() && is_full {
            // What the buffer cannot hold is lost with the failure that tells of it.
            self.state.borrow_mut().pending.clear();
        }
        written
    }

    /// Puts a text behind what is pending; whether that is enough to be written now, and whether a line ends that is to
    /// be seen at once.
    fn append(&self, cx: &Interpreter, text: &Text) -> Outcome<(bool, bool)> {
        let mut state = self.state.borrow_mut();
        let encoded;
        let direct = text.as_ascii().filter(|_| state.encoding.extends_ascii());
        let bytes = match (direct, state.newline.written()) {
            (Some(bytes), None) => bytes,
            (Some(bytes), Some(end)) => {
                encoded = translate(bytes, end);
                &encoded
            }
            (None, _) => match encode_text(text, &state) {
                Ok(made) => {
                    encoded = made;
                    state.is_marked |= !text.is_empty();
                    &encoded
                }
                Err(failure) => {
                    drop(state);
                    return Err(encode_error(cx, text, failure));
                }
            },
        };
        let ends_line = state.line_buffering && text.as_slice().iter().any(|point| matches!(point, 10 | 13));
        if bytes.len() >= BUFFER && !state.pending.is_empty() {
            drop(state);
            let _ = self.write_out(cx);
            drop(cx.thread.raised.take());
            state = self.state.borrow_mut();
        }
        state.pending.try_reserve(bytes.len()).map_err(|_| cx.raise_memory_error())?;
        state.pending.extend_from_slice(bytes);
        Ok((state.pending.len() >= BUFFER, ends_line))
    }

    /// Hands everything pending to the operating system; standard output goes before standard error.
    pub fn flush(&self, cx: &Interpreter) -> Outcome<()> {
        let is_error = matches!(self.state.borrow().device, Some(Device::Error));
        if is_error && !self.state.borrow().pending.is_empty() {
            flush_standard_output(cx);
        }
        self.write_out(cx)?;
        self.flush_layer(cx)
    }

    /// Hands everything pending on: to the operating system, or to the layer below, which may keep it.
    fn write_out(&self, cx: &Interpreter) -> Outcome<()> {
        if self.has_layer() {
            return self.write_to_layer(cx);
        }
        let result = write_pending(&mut self.state.borrow_mut());
        result.map_err(|error| io_error(cx, &error, None))
    }

    /// Flushes and closes. A file that cannot be flushed is closed all the same.
    pub fn close(&self, cx: &Interpreter) -> Outcome<()> {
        if self.has_layer() {
            return self.close_layer(cx);
        }
        if self.is_closed() {
            return Ok(());
        }
        let flushed = self.flush(cx);
        let mut state = self.state.borrow_mut();
        let device = state.device.take();
        state.pending.clear();
        state.forget_input();
        drop(state);
        drop(device);
        flushed
    }

    /// Reads one more chunk; false at the end.
    pub fn fill(&self, cx: &Interpreter) -> Outcome<bool> {
        if self.state.borrow().at_end {
            return Ok(false);
        }
        if self.has_layer() {
            return self.fill_from_layer(cx);
        }
        let mut buffer = [0u8; BUFFER];
        let count = loop {
            let result = self.state.borrow().device.as_ref().map_or(Ok(0), |device| device.read(&mut buffer));
            match result {
                Ok(count) => break count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => cx.poll()?,
                Err(error) => return Err(io_error(cx, &error, None)),
            }
        };
        self.take_in(cx, &buffer[..count])
    }

    /// Decodes a chunk of bytes that were read; an empty one is the end.
    pub(super) fn take_in(&self, cx: &Interpreter, chunk: &[u8]) -> Outcome<bool> {
        let count = chunk.len();
        let mut state = self.state.borrow_mut();
        state.raw.try_reserve(count).map_err(|_| cx.raise_memory_error())?;
        state.raw.extend_from_slice(chunk);
        let decoded = decode_raw(&mut state, count == 0);
        match decoded {
            Ok(characters) => {
                state.decoded.try_reserve(characters.len()).map_err(|_| cx.raise_memory_error())?;
                state.accept(&characters, count == 0);
                // The end of a stream of the process is not for ever: a terminal goes on after Ctrl-D.
                state.at_end = count == 0 && matches!(state.device, Some(Device::File(_)));
                Ok(count > 0)
            }
            Err(failure) => {
                let raw = std::mem::take(&mut state.raw);
                drop(state);
                Err(decode_error(cx, &raw, failure))
            }
        }
    }

    /// # Errors
    /// Where the file is closed or not open for reading.
    pub fn check_readable(&self, cx: &Interpreter) -> Outcome<()> {
        self.check_open(cx)?;
        if !self.state.borrow().readable {
            return Err(unsupported(cx, "not readable"));
        }
        if self.state.borrow().writable { self.flush(cx) } else { Ok(()) }
    }

    /// Reads so many characters, or all.
    pub fn read(&self, cx: &Interpreter, limit: Option<usize>) -> Outcome {
        self.check_readable(cx)?;
        let limit = limit.unwrap_or(usize::MAX);
        loop {
            let available = {
                let state = self.state.borrow();
                state.decoded.len() - state.at
            };
            if available >= limit || !self.fill(cx)? {
                break;
            }
            cx.poll()?;
        }
        let taken = self.state.borrow_mut().take(limit.min(usize::MAX / 2));
        cx.new_text_from_code_points(&taken)
    }

    /// Reads a line with its end, at most so many characters; an empty text at the end.
    pub fn read_line(&self, cx: &Interpreter, limit: Option<usize>) -> Outcome {
        self.check_readable(cx)?;
        let limit = limit.unwrap_or(usize::MAX / 2);
        let mut ended = false;
        loop {
            let found = {
                let state = self.state.borrow();
                let rest = &state.decoded[state.at..];
                let length = state.newline.line_length(rest, ended);
                match length {
                    Some(length) => Some(length.min(limit)),
                    None if rest.len() >= limit || ended => Some(rest.len().min(limit)),
                    None => None,
                }
            };
            if let Some(length) = found {
                let taken = self.state.borrow_mut().take(length);
                return cx.new_text_from_code_points(&taken);
            }
            ended = !self.fill(cx)?;
            cx.poll()?;
        }
    }
}

fn translate(bytes: &[u8], end: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'\n' => out.extend_from_slice(end),
            _ => out.push(*byte),
        }
    }
    out
}

/// The bytes of a text, behind a mark where it is the first and the encoding has one.
fn encode_text(text: &Text, state: &FileState) -> Result<Vec<u8>, Failure> {
    let is_marked = state.is_marked || text.is_empty();
    let encoding = if is_marked { state.encoding.unmarked() } else { state.encoding };
    if let Some(end) = state.newline.written() {
        let mut points = Vec::new();
        points.try_reserve(text.length()).map_err(|_| Failure::OutOfMemory)?;
        for point in text.as_slice().iter() {
            match point {
                10 => points.extend(end.iter().map(|byte| u32::from(*byte))),
                _ => points.push(point),
            }
        }
        return encode(encoding, &points, state.handler);
    }
    match text.as_slice() {
        TextSlice::Latin1(units) => encode(encoding, units, state.handler),
        TextSlice::Wide(units) => encode(encoding, units, state.handler),
        TextSlice::Full(units) => encode(encoding, units, state.handler),
    }
}

/// Why a text of two or four bytes a character cannot be read.
const NO_MARK: &str = "stream does not start with BOM";

/// The encoding with its byte order, which the first bytes show; none while they are too few.
fn read_order(state: &mut FileState, at_end: bool) -> Result<Option<Encoding>, Failure> {
    if state.order.is_none() {
        if state.raw.len() < state.encoding.mark_size() && !at_end {
            return Ok(None);
        }
        let (encoding, mark) = state.encoding.resolve(&state.raw);
        let must_have_mark = matches!(state.encoding, Encoding::Utf16 | Encoding::Utf32);
        if mark == 0 && must_have_mark && state.raw.len() >= state.encoding.mark_size() {
            return Err(Failure::Codec(state.encoding, CodecError { start: 0, end: 0, reason: NO_MARK }));
        }
        state.raw.drain(..mark);
        state.order = Some(encoding);
    }
    Ok(state.order)
}

/// Whether more bytes might mend an error.
fn is_unfinished(reason: &str) -> bool {
    matches!(reason, "unexpected end of data" | "truncated data" | utf7::UNTERMINATED)
}

/// Decodes the raw bytes up to an unfinished character.
fn decode_raw(state: &mut FileState, at_end: bool) -> Result<Vec<u32>, Failure> {
    let mut out = Vec::new();
    let Some(encoding) = read_order(state, at_end)? else { return Ok(out) };
    let mut at = 0;
    loop {
        match decode_until_error(encoding, &state.raw, at, &mut out) {
            Ok(()) => {
                state.raw.clear();
                return Ok(out);
            }
            Err(error) if !at_end && is_unfinished(error.reason) => {
                if encoding == Encoding::Utf7 {
                    // What the unfinished stretch has given already comes again.
                    out.clear();
                    let _ = decode_until_error(encoding, &state.raw[..error.start], 0, &mut out);
                }
                state.raw.drain(..error.start);
                return Ok(out);
            }
            Err(error) => at = state.handler.on_decode_error(encoding, &state.raw, error, &mut out)?,
        }
    }
}

/// Raises `io.UnsupportedOperation`.
#[cold]
pub fn unsupported(cx: &Interpreter, message: &str) -> Raised {
    match super::unsupported_operation(cx).and_then(|kind| cx.call(&kind, &[cx.new_text(message)?])) {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

#[cold]
fn encode_error(cx: &Interpreter, text: &Text, failure: Failure) -> Raised {
    let Failure::Codec(encoding, error) = failure else { return cx.raise_memory_error() };
    raise_codec(cx, &cx.types.unicode_encode_error, encoding, Ok(text.new_ref()), error)
}

#[cold]
fn decode_error(cx: &Interpreter, bytes: &[u8], failure: Failure) -> Raised {
    let Failure::Codec(encoding, error) = failure else { return cx.raise_memory_error() };
    if error.reason == NO_MARK {
        let message = format!("{} {NO_MARK}", encoding.name().to_uppercase());
        return cx.raise_text(&cx.types.unicode_error, &message);
    }
    let bytes = crate::values::bytes::Bytes::from_slice(&cx.types.bytes, bytes).map(Ref::into_object);
    raise_codec(cx, &cx.types.unicode_decode_error, encoding, bytes.map_err(Into::into), error)
}

fn raise_codec(
    cx: &Interpreter,
    kind: &Object,
    encoding: Encoding,
    subject: Outcome,
    error: CodecError,
) -> Raised {
    let made = subject.and_then(|subject| {
        let parts = [
            cx.new_text(encoding.name())?,
            subject,
            cx.new_size(error.start)?,
            cx.new_size(error.end)?,
            cx.new_text(error.reason)?,
        ];
        cx.call(kind, &parts)
    });
    match made {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}
