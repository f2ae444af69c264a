//! Traceback objects, one for each frame that an exception has passed.

use std::cell::Cell;

use super::frame::{self, Frame};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::stack::Record;
use crate::runtime::{AsException, Field, Interpreter, Raised};

/// The layout of `traceback`: 48 bytes behind the gc header.
#[repr(C)]
pub struct Traceback {
    /// The header.
    pub object: Object,
    /// `tb_next`
    pub next: Field<Option<ObjectRef>>,
    /// `tb_frame`
    pub frame: Field<ObjectRef>,
    /// The word of the instruction that raised; -1 for none.
    pub word: Cell<i32>,
    /// `tb_lineno`
    pub line: Cell<i32>,
    /// How far `tb_lasti` stands behind the start of the word: only where a program has given it. As wide as CPython's
    /// layout wants it.
    pub part: Cell<i64>,
}
layout!(Traceback, object, Object);

impl Traceback {
    /// `tb_lasti`, in bytes.
    pub fn last_instruction(&self) -> i64 {
        i64::from(self.word.get()) * 8 + self.part.get()
    }
}

fields_lifecycle!(Traceback; next, frame);

impl Traceback {
    /// The frame.
    pub fn frame(&self) -> ObjectRef {
        self.frame.get()
    }
}

/// Adds the frame of a record to the traceback of the exception on its way.
///
/// # Safety
/// The record is the innermost one, with `ip` at the instruction that raised.
pub unsafe fn add_entry(cx: &Interpreter, record: *mut Record) {
    let exception = cx.take_exception();
    // SAFETY: as promised.
    let entry = unsafe { new_entry(cx, record, &exception) };
    match entry {
        Ok(entry) => {
            if let Some(exception) = exception.as_exception() {
                exception.traceback.set(Some(entry));
            }
        }
        Err(Raised) => drop(cx.thread.raised.take()),
    }
    cx.thread.raised.set(Some(exception));
}

unsafe fn new_entry(
    cx: &Interpreter,
    record: *mut Record,
    exception: &ObjectRef,
) -> Result<ObjectRef, Raised> {
    // SAFETY: as promised by the caller.
    let frame = unsafe { frame::of_record(cx, record) }?;
    let code = frame.code();
    let (word, line) = (code.index_of(frame.ip()) as i32, frame.line() as i32);
    let next = exception.as_exception().and_then(|exception| exception.traceback.get());
    let made = cx.birth_tracked(&cx.types.traceback, |object| Traceback {
        object,
        next: Field::new(next),
        frame: Field::new(frame.into_object()),
        word: Cell::new(word),
        line: Cell::new(line),
        part: Cell::new(0),
    })?;
    Ok(made.into_object())
}

/// An object as a frame.
pub fn as_frame(object: &Object) -> Option<&Frame> {
    use crate::runtime::Typed;
    object.layout::<Frame>()
}
