//! The limit on decimal digits in conversions between integers and text.

use std::cell::Cell;

use crate::runtime::{Interpreter, Raised};

/// The default of CPython.
pub const DEFAULT_MAX_DIGITS: usize = 4300;
/// The least limit that can be set.
pub const LEAST_MAX_DIGITS: usize = 640;

/// State of `sys.set_int_max_str_digits`.
struct MaxDigits(Cell<usize>);

impl Default for MaxDigits {
    fn default() -> Self {
        Self(Cell::new(DEFAULT_MAX_DIGITS))
    }
}

/// The limit; 0 is none.
pub fn max_digits(cx: &Interpreter) -> usize {
    cx.extension::<MaxDigits>().0.get()
}

/// Sets the limit; false where it is neither 0 nor at least [`LEAST_MAX_DIGITS`].
pub fn set_max_digits(cx: &Interpreter, limit: usize) -> bool {
    let allowed = limit == 0 || limit >= LEAST_MAX_DIGITS;
    if allowed {
        cx.extension::<MaxDigits>().0.set(limit);
    }
    allowed
}

/// Raises ValueError for an integer that is too long to be written.
#[cold]
pub fn too_long_to_write(cx: &Interpreter) -> Raised {
    let limit = max_digits(cx);
    cx.value_error(format_args!(
        "Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
    ))
}

/// Raises ValueError for a text of so many digits.
#[cold]
pub fn too_long_to_read(cx: &Interpreter, digits: usize) -> Raised {
    let limit = max_digits(cx);
    cx.value_error(format_args!(
        "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the limit"
    ))
}
