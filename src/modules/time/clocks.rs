//! Clocks, and sleeping.

use std::time::Duration;

use super::calendar::duration;
use crate::modules::platform;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::int::new_wide;

/// The longest nap between two looks at what has happened meanwhile.
const NAP: i128 = 20_000_000;

/// Raises OSError of an error number.
#[cold]
pub fn os_error(cx: &Interpreter, number: i32) -> Raised {
    let arguments = cx.new_int(i64::from(number)).and_then(|code| {
        let text = cx.new_text(&platform::error_text(number))?;
        cx.call(&cx.types.os_error, &[code, text])
    });
    match arguments {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

/// What a clock shows, in nanoseconds.
pub fn nanoseconds(cx: &Interpreter, clock: i32) -> Outcome<i128> {
    platform::clock_time(clock).map_err(|error| os_error(cx, error))
}

/// Nanoseconds as seconds; whole seconds exactly.
fn as_seconds(cx: &Interpreter, nanoseconds: i128) -> Outcome {
    const SECOND: i128 = 1_000_000_000;
    match nanoseconds % SECOND {
        0 => cx.new_float((nanoseconds / SECOND) as f64),
        _ => cx.new_float(nanoseconds as f64 / 1e9),
    }
}

macro_rules! clocks {
    ($($clock:ident $name:ident $name_ns:ident;)*) => {
        $(
            /// The clock in seconds.
            pub fn $name(cx: &Interpreter, _: &Object) -> Outcome {
                as_seconds(cx, nanoseconds(cx, libc::$clock)?)
            }

            /// The clock in nanoseconds.
            pub fn $name_ns(cx: &Interpreter, _: &Object) -> Outcome {
                new_wide(cx, nanoseconds(cx, libc::$clock)?)
            }
        )*
    };
}

clocks! {
    CLOCK_REALTIME time time_ns;
    CLOCK_MONOTONIC monotonic monotonic_ns;
    CLOCK_MONOTONIC perf_counter perf_counter_ns;
    CLOCK_PROCESS_CPUTIME_ID process_time process_time_ns;
    CLOCK_THREAD_CPUTIME_ID thread_time thread_time_ns;
}

fn clock_number(cx: &Interpreter, argument: &Object) -> Outcome<i32> {
    crate::modules::support::to_c_int(cx, argument)
}

/// `clock_gettime(clk_id)`
pub fn clock_gettime(cx: &Interpreter, _: &Object, clock: &Object) -> Outcome {
    as_seconds(cx, nanoseconds(cx, clock_number(cx, clock)?)?)
}

/// `clock_gettime_ns(clk_id)`
pub fn clock_gettime_ns(cx: &Interpreter, _: &Object, clock: &Object) -> Outcome {
    new_wide(cx, nanoseconds(cx, clock_number(cx, clock)?)?)
}

/// `clock_getres(clk_id)`
pub fn clock_getres(cx: &Interpreter, _: &Object, clock: &Object) -> Outcome {
    let clock = clock_number(cx, clock)?;
    as_seconds(cx, platform::clock_resolution(clock).map_err(|error| os_error(cx, error))?)
}

/// `get_clock_info(name)`
pub fn get_clock_info(cx: &Interpreter, _: &Object, name: &Object) -> Outcome {
    let Some(text) = name.as_text() else {
        let kind = name.type_name();
        return Err(cx.type_error(format_args!("get_clock_info() argument 1 must be str, not {kind}")));
    };
    let (clock, shown, monotonic) = match text.to_rust_string_lossy().as_str() {
        "time" => (libc::CLOCK_REALTIME, "CLOCK_REALTIME", false),
        "monotonic" | "perf_counter" => (libc::CLOCK_MONOTONIC, "CLOCK_MONOTONIC", true),
        "process_time" => (libc::CLOCK_PROCESS_CPUTIME_ID, "CLOCK_PROCESS_CPUTIME_ID", true),
        "thread_time" => (libc::CLOCK_THREAD_CPUTIME_ID, "CLOCK_THREAD_CPUTIME_ID", true),
        _ => return Err(cx.value_error("unknown clock")),
    };
    let resolution = platform::clock_resolution(clock).map_err(|error| os_error(cx, error))?;
    let fields: [(&str, ObjectRef); 4] = [
        ("implementation", cx.new_text(&format!("clock_gettime({shown})"))?),
        ("monotonic", cx.new_bool(monotonic)),
        ("adjustable", cx.new_bool(!monotonic)),
        ("resolution", as_seconds(cx, resolution)?),
    ];
    cx.call_keywords(&cx.types.simple_namespace, &[], &fields)
}

/// `sleep(seconds)`: in naps, so that Ctrl-C comes through.
pub fn sleep(cx: &Interpreter, _: &Object, seconds: &Object) -> Outcome {
    let length = duration(cx, seconds)?;
    if length < 0 {
        return Err(cx.value_error("sleep length must be non-negative"));
    }
    let end = nanoseconds(cx, libc::CLOCK_MONOTONIC)? + i128::from(length);
    loop {
        cx.poll()?;
        let left = end - nanoseconds(cx, libc::CLOCK_MONOTONIC)?;
        if left <= 0 {
            return Ok(cx.none());
        }
        std::thread::sleep(Duration::from_nanos(left.min(NAP) as u64));
    }
}
