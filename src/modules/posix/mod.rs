//! `posix`: what the operating system does for `os`: files by path, files by number, and the process itself.
//!
//! The part of `os` that is best written in Python stands in `python/os.py`; this module has the names that `os` takes
//! over unchanged, with CPython's signatures.

#![forbid(unsafe_code)]

mod constants;
mod descriptors;
pub mod path;
mod paths;
mod process;
mod status;

use crate::object::ObjectRef;
use crate::runtime::{Interpreter, NativeMethod, Outcome, Raised};

use super::io::errors::os_error;
use super::support::{new_module, set, set_integers};

/// A class of results, which are written in Python, by its name.
fn class(cx: &Interpreter, name: &str) -> Outcome {
    let module = super::import::import_dotted(cx, "_osinfo")?;
    cx.get_attribute_text(&module, &*cx.intern(name)?)
}

/// An error of the operating system, with the path that it is about.
fn failure(cx: &Interpreter, error: rustix::io::Errno, path: Option<&ObjectRef>) -> Raised {
    os_error(cx, error.raw_os_error(), path)
}

/// The same with two paths.
fn failure_of_two(
    cx: &Interpreter,
    error: rustix::io::Errno,
    first: &ObjectRef,
    second: &ObjectRef,
) -> Raised {
    let number = error.raw_os_error();
    let made = cx.new_int(i64::from(number)).and_then(|code| {
        let text = cx.new_text(&super::io::errors::strerror(number))?;
        cx.call(&cx.types.os_error, &[code, text, first.clone(), cx.none(), second.clone()])
    });
    match made {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

/// An argument that is given and not None.
fn given(cx: &Interpreter, value: Option<ObjectRef>) -> Option<ObjectRef> {
    value.filter(|value| !cx.is_none(value))
}

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "posix", &[], "What the operating system offers.")?;
    let groups: [&'static [NativeMethod]; 3] = [paths::FUNCTIONS, descriptors::FUNCTIONS, process::FUNCTIONS];
    let name = cx.intern("posix")?.into_object();
    for function in groups.into_iter().flatten() {
        let made = cx.new_builtin_function(function, Some(module.clone()), Some(name.clone()), None)?;
        set(cx, &module, function.name, made.into_object())?;
    }
    set_integers(cx, &module, constants::CONSTANTS)?;
    for name in ["stat_result", "statvfs_result", "terminal_size", "times_result", "uname_result"] {
        set(cx, &module, name, class(cx, name)?)?;
    }
    set(cx, &module, "error", cx.types.os_error.as_object().clone())?;
    set(cx, &module, "environ", process::environment(cx)?)?;
    Ok(module)
}
