//! Errors of the operating system as Python exceptions.

use crate::object::ObjectRef;
use crate::runtime::{Interpreter, Raised};

/// The words of the C library for an error number.
pub fn strerror(number: i32) -> String {
    let shown = std::io::Error::from_raw_os_error(number).to_string();
    match shown.rfind(" (os error") {
        Some(at) => shown[..at].to_owned(),
        None => shown,
    }
}

/// Raises the subclass of OSError that belongs to an error number.
#[cold]
pub fn os_error(cx: &Interpreter, number: i32, file_name: Option<&ObjectRef>) -> Raised {
    let made = cx.new_int(i64::from(number)).and_then(|code| {
        let mut arguments = vec![code, cx.new_text(&strerror(number))?];
        arguments.extend(file_name.cloned());
        cx.call(&cx.types.os_error, &arguments)
    });
    match made {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

/// The same for an error that the standard library reports.
#[cold]
pub fn io_error(cx: &Interpreter, error: &std::io::Error, file_name: Option<&ObjectRef>) -> Raised {
    os_error(cx, error.raw_os_error().unwrap_or(5), file_name)
}
