//! Functions of `posix` that take numbers of open files.

use std::os::fd::{AsFd, IntoRawFd};

use rustix::fs::{self, Mode, OFlags, SeekFrom};
use rustix::io::Errno;

use super::path::path;
use super::status::stat_result;
use super::{failure, given};
use crate::modules::platform::{close_descriptor, descriptor, duplicate_to};
use crate::modules::support::to_c_int;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome, Parameters, Typed};
use crate::types::binary::buffer::required_buffer;
use crate::types::coding::new_bytes;

/// The most that one call reads or writes, as in CPython.
const MOST: usize = 0x7fff_f000;

/// The functions.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "open",
        NativeCode::Full(open),
        "($module, /, path, flags, mode=511, *, dir_fd=None)",
        "Open a file and give its number.",
    ),
    NativeMethod::new("close", NativeCode::Full(close), "($module, /, fd)", "Close a file."),
    NativeMethod::new(
        "closerange",
        NativeCode::Positional(close_range),
        "($module, fd_low, fd_high, /)",
        "Close files, ignoring errors.",
    ),
    NativeMethod::new("read", NativeCode::Positional(read), "($module, fd, length, /)", "Read bytes."),
    NativeMethod::new("write", NativeCode::Positional(write), "($module, fd, data, /)", "Write bytes."),
    NativeMethod::new(
        "pread",
        NativeCode::Positional(read_at),
        "($module, fd, length, offset, /)",
        "Read bytes from a place.",
    ),
    NativeMethod::new(
        "pwrite",
        NativeCode::Positional(write_at),
        "($module, fd, buffer, offset, /)",
        "Write bytes at a place.",
    ),
    NativeMethod::new(
        "lseek",
        NativeCode::Positional(seek),
        "($module, fd, position, whence, /)",
        "Move to a place.",
    ),
    NativeMethod::new(
        "fstat",
        NativeCode::Full(fstat),
        "($module, /, fd)",
        "What the system tells of a file.",
    ),
    NativeMethod::new(
        "ftruncate",
        NativeCode::Positional(ftruncate),
        "($module, fd, length, /)",
        "Cut a file.",
    ),
    NativeMethod::new("fsync", NativeCode::Full(fsync), "($module, /, fd)", "Write a file to its disk."),
    NativeMethod::new(
        "fdatasync",
        NativeCode::Full(fsync),
        "($module, /, fd)",
        "Write a file's data to its disk.",
    ),
    NativeMethod::new("pipe", NativeCode::NoArguments(pipe), "($module, /)", "Make a pipe."),
    NativeMethod::new(
        "dup",
        NativeCode::Positional(dup),
        "($module, fd, /)",
        "A second number for an open file.",
    ),
    NativeMethod::new(
        "dup2",
        NativeCode::Full(dup2),
        "($module, /, fd, fd2, inheritable=True)",
        "Let a number stand for another's file.",
    ),
    NativeMethod::new(
        "isatty",
        NativeCode::Positional(is_terminal),
        "($module, fd, /)",
        "Whether it is a terminal.",
    ),
    NativeMethod::new(
        "get_inheritable",
        NativeCode::Positional(inheritable),
        "($module, fd, /)",
        "Whether programs started from here get the file.",
    ),
    NativeMethod::new(
        "set_inheritable",
        NativeCode::Positional(set_inheritable),
        "($module, fd, inheritable, /)",
        "Set whether programs started from here get the file.",
    ),
    NativeMethod::new(
        "get_blocking",
        NativeCode::Positional(blocking),
        "($module, fd, /)",
        "Whether reading waits.",
    ),
    NativeMethod::new(
        "set_blocking",
        NativeCode::Positional(set_blocking),
        "($module, fd, blocking, /)",
        "Set whether reading waits.",
    ),
    NativeMethod::new(
        "get_terminal_size",
        NativeCode::Positional(terminal_size),
        "",
        "The size of the terminal.",
    ),
];

/// An argument that is the number of a file.
fn number(cx: &Interpreter, value: &Object) -> Outcome<i32> {
    if value.type_object().slots.index.get().is_some() {
        return to_c_int(cx, &*cx.index(value)?);
    }
    let Some(found) = cx.find_attribute(value, &*cx.intern("fileno")?)? else {
        return Err(cx.type_error("argument must be an int, or have a fileno() method."));
    };
    to_c_int(cx, &*cx.call(&found, &[])?)
}

fn failed(cx: &Interpreter) -> impl Fn(Errno) -> crate::runtime::Raised {
    |error| failure(cx, error, None)
}

fn none(cx: &Interpreter, result: Result<(), Errno>) -> Outcome {
    result.map(|()| cx.none()).map_err(failed(cx))
}

/// Calls again when a signal interrupted, after whatever Python does about it.
fn patient<T>(cx: &Interpreter, call: impl Fn() -> Result<T, Errno>) -> Outcome<T> {
    loop {
        match call() {
            Err(Errno::INTR) => cx.poll()?,
            result => return result.map_err(failed(cx)),
        }
    }
}

fn open(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "open",
        names: ["path", "flags", "mode", "dir_fd"],
        positional_only: 0,
        positional: 3,
        required: 2,
    };
    let [name, flags, mode, folder] = parameters.bind(cx, arguments)?;
    if given(cx, folder).is_some() {
        return Err(cx.raise_text(&cx.types.not_implemented_error, "dir_fd unavailable on this platform"));
    }
    let path = path(cx, "open", "path", &name.unwrap_or_else(|| cx.none()))?;
    let flags = to_c_int(cx, &flags.unwrap_or_else(|| cx.none()))?;
    let mode = mode.map_or(Ok(0o777), |mode| to_c_int(cx, &mode))?;
    let flags = OFlags::from_bits_retain(flags as u32) | OFlags::CLOEXEC;
    loop {
        match fs::open(&path.bytes, flags, Mode::from_raw_mode(mode as u32)) {
            Ok(file) => return cx.new_int(i64::from(file.into_raw_fd())),
            Err(Errno::INTR) => cx.poll()?,
            Err(error) => return Err(failure(cx, error, Some(&path.object))),
        }
    }
}

const ONE: fn(&'static str) -> Parameters<1> =
    |function| Parameters { function, names: ["fd"], positional_only: 0, positional: 1, required: 1 };

fn one_number(cx: &Interpreter, function: &'static str, arguments: Arguments<'_>) -> Outcome<i32> {
    let [file] = ONE(function).bind(cx, arguments)?;
    number(cx, &file.unwrap_or_else(|| cx.none()))
}

fn close(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let number = one_number(cx, "close", arguments)?;
    none(cx, close_descriptor(number))
}

fn close_range(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("closerange", arguments.len(), 2, 2)?;
    for number in number(cx, &arguments[0])?.max(0)..number(cx, &arguments[1])?.min(1 << 20) {
        let _ = close_descriptor(number);
    }
    Ok(cx.none())
}

/// A buffer for so many bytes.
fn room(cx: &Interpreter, length: &Object) -> Outcome<Vec<u8>> {
    let length = cx.index_isize(length, Some(&cx.types.overflow_error))?;
    let Ok(length) = usize::try_from(length) else { return Err(failure(cx, Errno::INVAL, None)) };
    let length = length.min(MOST);
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| cx.raise_memory_error())?;
    bytes.resize(length, 0);
    Ok(bytes)
}

fn read(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("read", arguments.len(), 2, 2)?;
    let number = number(cx, &arguments[0])?;
    let mut bytes = room(cx, &arguments[1])?;
    let count = loop {
        match descriptor(number).and_then(|file| rustix::io::read(file, &mut bytes[..])) {
            Err(Errno::INTR) => cx.poll()?,
            result => break result.map_err(failed(cx))?,
        }
    };
    new_bytes(cx, &bytes[..count])
}

fn write(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("write", arguments.len(), 2, 2)?;
    let number = number(cx, &arguments[0])?;
    let bytes = required_buffer(cx, &arguments[1])?;
    let part = &bytes[..bytes.len().min(MOST)];
    let written = patient(cx, || descriptor(number).and_then(|file| rustix::io::write(file, part)))?;
    cx.new_size(written)
}

/// A place in a file.
fn place(cx: &Interpreter, value: &Object) -> Outcome<u64> {
    u64::try_from(cx.to_i64(value)?).map_err(|_| failure(cx, Errno::INVAL, None))
}

fn read_at(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("pread", arguments.len(), 3, 3)?;
    let number = number(cx, &arguments[0])?;
    let mut bytes = room(cx, &arguments[1])?;
    let place = place(cx, &arguments[2])?;
    let count = descriptor(number)
        .and_then(|file| rustix::io::pread(file, &mut bytes[..], place))
        .map_err(failed(cx))?;
    new_bytes(cx, &bytes[..count])
}

fn write_at(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("pwrite", arguments.len(), 3, 3)?;
    let number = number(cx, &arguments[0])?;
    let bytes = required_buffer(cx, &arguments[1])?;
    let place = place(cx, &arguments[2])?;
    let written =
        patient(cx, || descriptor(number).and_then(|file| rustix::io::pwrite(file, &bytes, place)))?;
    cx.new_size(written)
}

fn seek(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("lseek", arguments.len(), 3, 3)?;
    let number = number(cx, &arguments[0])?;
    let offset = cx.to_i64(&arguments[1])?;
    let wrong = || failure(cx, Errno::INVAL, None);
    let place = match to_c_int(cx, &arguments[2])? {
        0 => SeekFrom::Start(u64::try_from(offset).map_err(|_| wrong())?),
        1 => SeekFrom::Current(offset),
        2 => SeekFrom::End(offset),
        3 => SeekFrom::Data(u64::try_from(offset).map_err(|_| wrong())?),
        4 => SeekFrom::Hole(u64::try_from(offset).map_err(|_| wrong())?),
        _ => return Err(wrong()),
    };
    let place = descriptor(number).and_then(|file| fs::seek(file, place)).map_err(failed(cx))?;
    cx.new_size(place as usize)
}

fn fstat(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let number = one_number(cx, "fstat", arguments)?;
    stat_result(cx, &descriptor(number).and_then(fs::fstat).map_err(failed(cx))?)
}

/// Sets the length of a file.
pub fn cut(file: impl AsFd, length: i64) -> Result<(), Errno> {
    fs::ftruncate(file, u64::try_from(length).map_err(|_| Errno::INVAL)?)
}

fn ftruncate(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("ftruncate", arguments.len(), 2, 2)?;
    let number = number(cx, &arguments[0])?;
    let length = cx.to_i64(&arguments[1])?;
    none(cx, descriptor(number).and_then(|file| cut(file, length)))
}

fn fsync(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let number = one_number(cx, "fsync", arguments)?;
    none(cx, descriptor(number).and_then(fs::fsync))
}

fn pipe(cx: &Interpreter, _: &Object) -> Outcome {
    let made = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC);
    let (reader, writer) = made.map_err(failed(cx))?;
    let numbers = [reader, writer].map(|end| cx.new_int(i64::from(end.into_raw_fd())));
    let [reader, writer] = numbers;
    cx.new_tuple(&[reader?, writer?])
}

fn dup(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("dup", arguments.len(), 1, 1)?;
    let number = number(cx, &arguments[0])?;
    let made = descriptor(number).and_then(|file| rustix::io::fcntl_dupfd_cloexec(file, 0));
    cx.new_int(i64::from(made.map_err(failed(cx))?.into_raw_fd()))
}

fn dup2(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "dup2",
        names: ["fd", "fd2", "inheritable"],
        positional_only: 0,
        positional: 3,
        required: 2,
    };
    let [from, to, inheritable] = parameters.bind(cx, arguments)?;
    let from = number(cx, &from.unwrap_or_else(|| cx.none()))?;
    let to = number(cx, &to.unwrap_or_else(|| cx.none()))?;
    let inheritable = inheritable.map_or(Ok(true), |it| cx.is_true(&it))?;
    duplicate_to(from, to, inheritable).map_err(failed(cx))?;
    cx.new_int(i64::from(to))
}

fn is_terminal(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("isatty", arguments.len(), 1, 1)?;
    let number = number(cx, &arguments[0])?;
    Ok(cx.new_bool(descriptor(number).is_ok_and(rustix::termios::isatty)))
}

fn inheritable(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("get_inheritable", arguments.len(), 1, 1)?;
    let number = number(cx, &arguments[0])?;
    let flags = descriptor(number).and_then(rustix::io::fcntl_getfd).map_err(failed(cx))?;
    Ok(cx.new_bool(!flags.contains(rustix::io::FdFlags::CLOEXEC)))
}

fn set_inheritable(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("set_inheritable", arguments.len(), 2, 2)?;
    let number = number(cx, &arguments[0])?;
    let is_inheritable = cx.is_true(&arguments[1])?;
    let change = descriptor(number).and_then(|file| {
        let mut flags = rustix::io::fcntl_getfd(file)?;
        flags.set(rustix::io::FdFlags::CLOEXEC, !is_inheritable);
        rustix::io::fcntl_setfd(file, flags)
    });
    none(cx, change)
}

fn blocking(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("get_blocking", arguments.len(), 1, 1)?;
    let number = number(cx, &arguments[0])?;
    let flags = descriptor(number).and_then(fs::fcntl_getfl).map_err(failed(cx))?;
    Ok(cx.new_bool(!flags.contains(OFlags::NONBLOCK)))
}

fn set_blocking(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("set_blocking", arguments.len(), 2, 2)?;
    let number = number(cx, &arguments[0])?;
    let waits = cx.is_true(&arguments[1])?;
    let change = descriptor(number).and_then(|file| {
        let mut flags = fs::fcntl_getfl(file)?;
        flags.set(OFlags::NONBLOCK, !waits);
        fs::fcntl_setfl(file, flags)
    });
    none(cx, change)
}

fn terminal_size(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("get_terminal_size", arguments.len(), 0, 1)?;
    let number = arguments.first().map_or(Ok(1), |file| number(cx, file))?;
    let size = descriptor(number).and_then(rustix::termios::tcgetwinsize).map_err(failed(cx))?;
    let pair = cx.new_tuple(&[cx.new_int(i64::from(size.ws_col))?, cx.new_int(i64::from(size.ws_row))?])?;
    Ok(cx.untracked(cx.call(&*super::class(cx, "terminal_size")?, &[pair])?))
}
