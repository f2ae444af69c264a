//! Functions of `posix` about the process and the machine.

use std::os::unix::ffi::OsStrExt;

use super::failure;
use super::path::encoded;
use crate::modules::io::errors::strerror;
use crate::modules::platform;
use crate::modules::support::to_c_int;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome};
use crate::types::coding::new_bytes;

/// The most bytes that `urandom` is asked for at once.
const MOST_RANDOM: usize = 1 << 28;

/// The functions.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "getpid",
        NativeCode::NoArguments(|cx, _| cx.new_int(i64::from(std::process::id()))),
        "($module, /)",
        "The number of this process.",
    ),
    NativeMethod::new(
        "getppid",
        NativeCode::NoArguments(parent),
        "($module, /)",
        "The number of the process that started this one.",
    ),
    NativeMethod::new(
        "getuid",
        NativeCode::NoArguments(|cx, _| cx.new_int(i64::from(rustix::process::getuid().as_raw()))),
        "($module, /)",
        "The user.",
    ),
    NativeMethod::new(
        "geteuid",
        NativeCode::NoArguments(|cx, _| cx.new_int(i64::from(rustix::process::geteuid().as_raw()))),
        "($module, /)",
        "The user that counts.",
    ),
    NativeMethod::new(
        "getgid",
        NativeCode::NoArguments(|cx, _| cx.new_int(i64::from(rustix::process::getgid().as_raw()))),
        "($module, /)",
        "The group.",
    ),
    NativeMethod::new(
        "getegid",
        NativeCode::NoArguments(|cx, _| cx.new_int(i64::from(rustix::process::getegid().as_raw()))),
        "($module, /)",
        "The group that counts.",
    ),
    NativeMethod::new(
        "umask",
        NativeCode::One(umask),
        "($module, mask, /)",
        "Set the permissions that new files do not get.",
    ),
    NativeMethod::new(
        "urandom",
        NativeCode::One(urandom),
        "($module, size, /)",
        "Random bytes of the system.",
    ),
    NativeMethod::new(
        "cpu_count",
        NativeCode::NoArguments(cpu_count),
        "($module, /)",
        "The number of processors.",
    ),
    NativeMethod::new(
        "times",
        NativeCode::NoArguments(times),
        "($module, /)",
        "Processor times of the process.",
    ),
    NativeMethod::new("uname", NativeCode::NoArguments(uname), "($module, /)", "What system this is."),
    NativeMethod::new(
        "getloadavg",
        NativeCode::NoArguments(load),
        "($module, /)",
        "How busy the system was.",
    ),
    NativeMethod::new(
        "strerror",
        NativeCode::One(error_text),
        "($module, code, /)",
        "The words for an error number.",
    ),
    NativeMethod::new(
        "putenv",
        NativeCode::Positional(put_environment),
        "($module, name, value, /)",
        "Change the environment of programs started from here.",
    ),
    NativeMethod::new(
        "unsetenv",
        NativeCode::One(unset_environment),
        "($module, name, /)",
        "Take a name out of the environment.",
    ),
    NativeMethod::new("kill", NativeCode::Positional(kill), "($module, pid, signal, /)", "Send a signal."),
    NativeMethod::new("_exit", NativeCode::One(leave), "($module, status, /)", "Leave the process at once."),
    NativeMethod::new(
        "abort",
        NativeCode::NoArguments(|_, _| std::process::abort()),
        "($module, /)",
        "Abort the process.",
    ),
    NativeMethod::new(
        "system",
        NativeCode::One(system),
        "($module, command, /)",
        "Run a command in a shell.",
    ),
    NativeMethod::new(
        "sysconf",
        NativeCode::One(sysconf),
        "($module, name, /)",
        "A number of the system's configuration.",
    ),
];

/// The environment as a dict of `bytes`.
pub fn environment(cx: &Interpreter) -> Outcome {
    let made = cx.new_dict()?;
    for (name, value) in std::env::vars_os() {
        let name = new_bytes(cx, name.as_bytes())?;
        cx.dict_set(&made, &name, new_bytes(cx, value.as_bytes())?)?;
    }
    Ok(made.into_object())
}

fn parent(cx: &Interpreter, _: &Object) -> Outcome {
    cx.new_int(rustix::process::getppid().map_or(0, |pid| i64::from(pid.as_raw_nonzero().get())))
}

fn umask(cx: &Interpreter, _: &Object, mask: &Object) -> Outcome {
    let mask = rustix::fs::Mode::from_raw_mode(to_c_int(cx, mask)? as u32);
    cx.new_int(i64::from(rustix::process::umask(mask).as_raw_mode()))
}

fn urandom(cx: &Interpreter, _: &Object, size: &Object) -> Outcome {
    let size = cx.index_isize(size, Some(&cx.types.overflow_error))?;
    let size = usize::try_from(size).map_err(|_| cx.value_error("negative argument not allowed"))?;
    if size > MOST_RANDOM {
        return Err(cx.raise_memory_error());
    }
    let mut bytes = vec![0; size];
    let mut filled = 0;
    while filled < size {
        match rustix::rand::getrandom(&mut bytes[filled..], rustix::rand::GetRandomFlags::empty()) {
            Ok(count) => filled += count,
            Err(rustix::io::Errno::INTR) => cx.poll()?,
            Err(error) => return Err(failure(cx, error, None)),
        }
    }
    new_bytes(cx, &bytes)
}

fn cpu_count(cx: &Interpreter, _: &Object) -> Outcome {
    match platform::system_number(libc::_SC_NPROCESSORS_ONLN) {
        count if count > 0 => cx.new_int(count),
        _ => Ok(cx.none()),
    }
}

fn times(cx: &Interpreter, _: &Object) -> Outcome {
    let values = platform::process_times().map(|time| cx.new_float(time));
    let values = cx.new_tuple_from(values.into_iter().collect::<Outcome<Vec<_>>>()?)?;
    Ok(cx.untracked(cx.call(&*super::class(cx, "times_result")?, &[values])?))
}

fn uname(cx: &Interpreter, _: &Object) -> Outcome {
    let known = rustix::system::uname();
    let parts = [known.sysname(), known.nodename(), known.release(), known.version(), known.machine()];
    let texts = parts.map(|part| cx.new_text(&part.to_string_lossy()));
    let texts = cx.new_tuple_from(texts.into_iter().collect::<Outcome<Vec<_>>>()?)?;
    Ok(cx.untracked(cx.call(&*super::class(cx, "uname_result")?, &[texts])?))
}

fn load(cx: &Interpreter, _: &Object) -> Outcome {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let numbers = text.split(' ').take(3).filter_map(|part| part.parse().ok()).map(|load| cx.new_float(load));
    cx.new_tuple_from(numbers.collect::<Outcome<Vec<_>>>()?)
}

fn error_text(cx: &Interpreter, _: &Object, code: &Object) -> Outcome {
    cx.new_text(&strerror(to_c_int(cx, code)?))
}

/// The bytes of a name or value of the environment.
fn environment_bytes(cx: &Interpreter, value: &Object) -> Outcome<Vec<u8>> {
    let bytes = encoded(cx, &*super::path::fspath(cx, value, value)?)?;
    if bytes.contains(&0) {
        return Err(cx.value_error("embedded null byte"));
    }
    Ok(bytes)
}

fn put_environment(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("putenv", arguments.len(), 2, 2)?;
    let name = environment_bytes(cx, &arguments[0])?;
    let value = environment_bytes(cx, &arguments[1])?;
    if name.is_empty() || name.contains(&b'=') {
        return Err(cx.value_error("illegal environment variable name"));
    }
    platform::set_environment(&name, Some(&value));
    Ok(cx.none())
}

fn unset_environment(cx: &Interpreter, _: &Object, name: &Object) -> Outcome {
    let name = environment_bytes(cx, name)?;
    if name.is_empty() || name.contains(&b'=') {
        return Err(failure(cx, rustix::io::Errno::INVAL, None));
    }
    platform::set_environment(&name, None);
    Ok(cx.none())
}

fn kill(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("kill", arguments.len(), 2, 2)?;
    let (process, signal) = (to_c_int(cx, &arguments[0])?, to_c_int(cx, &arguments[1])?);
    platform::send_signal(process, signal).map_err(|error| failure(cx, error, None))?;
    cx.poll()?;
    Ok(cx.none())
}

fn leave(cx: &Interpreter, _: &Object, status: &Object) -> Outcome {
    platform::leave_at_once(to_c_int(cx, status)?)
}

fn system(cx: &Interpreter, _: &Object, command: &Object) -> Outcome {
    use std::os::unix::process::ExitStatusExt;
    let command = environment_bytes(cx, command)?;
    let ran =
        std::process::Command::new("/bin/sh").arg("-c").arg(std::ffi::OsStr::from_bytes(&command)).status();
    cx.new_int(ran.map_or(-1, |status| i64::from(status.into_raw())))
}

/// The names that `sysconf` knows.
const NAMES: &[(&str, i32)] = &[
    ("SC_ARG_MAX", libc::_SC_ARG_MAX),
    ("SC_CLK_TCK", libc::_SC_CLK_TCK),
    ("SC_NPROCESSORS_CONF", libc::_SC_NPROCESSORS_CONF),
    ("SC_NPROCESSORS_ONLN", libc::_SC_NPROCESSORS_ONLN),
    ("SC_OPEN_MAX", libc::_SC_OPEN_MAX),
    ("SC_PAGE_SIZE", libc::_SC_PAGESIZE),
    ("SC_PAGESIZE", libc::_SC_PAGESIZE),
    ("SC_PHYS_PAGES", libc::_SC_PHYS_PAGES),
    ("SC_AVPHYS_PAGES", libc::_SC_AVPHYS_PAGES),
];

fn sysconf(cx: &Interpreter, _: &Object, name: &Object) -> Outcome {
    use crate::runtime::Typed;
    let number = match name.as_text() {
        Some(text) => {
            let text = text.to_rust_string_lossy();
            let found = NAMES.iter().find(|(known, _)| *known == text);
            found
                .map(|(_, number)| *number)
                .ok_or_else(|| cx.value_error("unrecognized configuration name"))?
        }
        None => to_c_int(cx, name)?,
    };
    cx.new_int(platform::system_number(number))
}
