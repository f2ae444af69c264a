//! `time`: clocks, sleeping, the calendar.
//!
//! | file | subject |
//! |---|---|
//! | [`clocks`] | what the clocks show, `sleep` |
//! | [`calendar`] | dates, `strftime` |
//! | [`structure`] | `struct_time` |

#![forbid(unsafe_code)]

mod calendar;
mod clocks;
mod structure;

use super::support::{new_module, set, set_integers};
use crate::object::Object;
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome};

const DOCUMENTATION: &str = "This module provides various functions to manipulate time values.\n\nThere are two standard representations of time.  One is the number\nof seconds since the Epoch, in UTC (a.k.a. GMT).  It may be an integer\nor a floating point number (to represent fractions of seconds).\nThe Epoch is system-defined; on Unix, it is generally January 1st, 1970.\nThe actual value can be retrieved by calling gmtime(0).\n\nThe other representation is a tuple of 9 integers giving local time.\nThe tuple items are:\n  year (including century, e.g. 1998)\n  month (1-12)\n  day (1-31)\n  hours (0-23)\n  minutes (0-59)\n  seconds (0-59)\n  weekday (0-6, Monday is 0)\n  Julian day (day in the year, 1-366)\n  DST (Daylight Savings Time) flag (-1, 0 or 1)\nIf the DST flag is 0, the time is given in the regular time zone;\nif it is 1, the time is given in the DST time zone;\nif it is -1, mktime() should guess based on the date and time.\n";

/// Reading dates is written in Python.
fn strptime(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let Some(import) = cx.dict_get_str(&cx.builtins, "__import__")? else {
        return Err(cx.system_error("no way to import"));
    };
    let module = cx.call(&import, &[cx.new_text("_strptime")?])?;
    let read = cx.get_attribute_text(&module, &*cx.intern("_strptime_time")?)?;
    cx.call_with(&read, arguments)
}

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "time",
        NativeCode::NoArguments(clocks::time),
        "",
        "time() -> floating point number\n\nReturn the current time in seconds since the Epoch.\nFractions of a second may be present if the system clock provides them.",
    ),
    NativeMethod::new(
        "time_ns",
        NativeCode::NoArguments(clocks::time_ns),
        "",
        "time_ns() -> int\n\nReturn the current time in nanoseconds since the Epoch.",
    ),
    NativeMethod::new(
        "clock_gettime",
        NativeCode::One(clocks::clock_gettime),
        "",
        "clock_gettime(clk_id) -> float\n\nReturn the time of the specified clock clk_id.",
    ),
    NativeMethod::new(
        "clock_gettime_ns",
        NativeCode::One(clocks::clock_gettime_ns),
        "",
        "clock_gettime_ns(clk_id) -> int\n\nReturn the time of the specified clock clk_id as nanoseconds.",
    ),
    NativeMethod::new(
        "clock_getres",
        NativeCode::One(clocks::clock_getres),
        "",
        "clock_getres(clk_id) -> floating point number\n\nReturn the resolution (precision) of the specified clock clk_id.",
    ),
    NativeMethod::new(
        "sleep",
        NativeCode::One(clocks::sleep),
        "",
        "sleep(seconds)\n\nDelay execution for a given number of seconds.  The argument may be\na floating point number for subsecond precision.",
    ),
    NativeMethod::new(
        "gmtime",
        NativeCode::Positional(calendar::gmtime),
        "",
        "gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,\n                       tm_sec, tm_wday, tm_yday, tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing UTC (a.k.a.\nGMT).  When 'seconds' is not passed in, convert the current time instead.\n\nIf the platform supports the tm_gmtoff and tm_zone, they are available as\nattributes only.",
    ),
    NativeMethod::new(
        "localtime",
        NativeCode::Positional(calendar::localtime),
        "",
        "localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,\n                          tm_sec,tm_wday,tm_yday,tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing local time.\nWhen 'seconds' is not passed in, convert the current time instead.",
    ),
    NativeMethod::new(
        "asctime",
        NativeCode::Positional(calendar::asctime),
        "",
        "asctime([tuple]) -> string\n\nConvert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.\nWhen the time tuple is not present, current time as returned by localtime()\nis used.",
    ),
    NativeMethod::new(
        "ctime",
        NativeCode::Positional(calendar::ctime),
        "",
        "ctime(seconds) -> string\n\nConvert a time in seconds since the Epoch to a string in local time.\nThis is equivalent to asctime(localtime(seconds)). When the time tuple is\nnot present, current time as returned by localtime() is used.",
    ),
    NativeMethod::new(
        "mktime",
        NativeCode::One(calendar::mktime),
        "",
        "mktime(tuple) -> floating point number\n\nConvert a time tuple in local time to seconds since the Epoch.\nNote that mktime(gmtime(0)) will not generally return zero for most\ntime zones; instead the returned value will either be equal to that\nof the timezone or altzone attributes on the time module.",
    ),
    NativeMethod::new(
        "strftime",
        NativeCode::Positional(calendar::strftime),
        "",
        "strftime(format[, tuple]) -> string\n\nConvert a time tuple to a string according to a format specification.\nSee the library reference manual for formatting codes. When the time tuple\nis not present, current time as returned by localtime() is used.\n\nCommonly used format codes:\n\n%Y  Year with century as a decimal number.\n%m  Month as a decimal number [01,12].\n%d  Day of the month as a decimal number [01,31].\n%H  Hour (24-hour clock) as a decimal number [00,23].\n%M  Minute as a decimal number [00,59].\n%S  Second as a decimal number [00,61].\n%z  Time zone offset from UTC.\n%a  Locale's abbreviated weekday name.\n%A  Locale's full weekday name.\n%b  Locale's abbreviated month name.\n%B  Locale's full month name.\n%c  Locale's appropriate date and time representation.\n%I  Hour (12-hour clock) as a decimal number [01,12].\n%p  Locale's equivalent of either AM or PM.\n\nOther codes may be available on your platform.  See documentation for\nthe C library strftime function.\n",
    ),
    NativeMethod::new(
        "strptime",
        NativeCode::Full(strptime),
        "",
        "strptime(string, format) -> struct_time\n\nParse a string to a time tuple according to a format specification.\nSee the library reference manual for formatting codes (same as\nstrftime()).",
    ),
    NativeMethod::new(
        "monotonic",
        NativeCode::NoArguments(clocks::monotonic),
        "",
        "monotonic() -> float\n\nMonotonic clock, cannot go backward.",
    ),
    NativeMethod::new(
        "monotonic_ns",
        NativeCode::NoArguments(clocks::monotonic_ns),
        "",
        "monotonic_ns() -> int\n\nMonotonic clock, cannot go backward, as nanoseconds.",
    ),
    NativeMethod::new(
        "process_time",
        NativeCode::NoArguments(clocks::process_time),
        "",
        "process_time() -> float\n\nProcess time for profiling: sum of the kernel and user-space CPU time.",
    ),
    NativeMethod::new(
        "process_time_ns",
        NativeCode::NoArguments(clocks::process_time_ns),
        "",
        "process_time() -> int\n\nProcess time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time.",
    ),
    NativeMethod::new(
        "thread_time",
        NativeCode::NoArguments(clocks::thread_time),
        "",
        "thread_time() -> float\n\nThread time for profiling: sum of the kernel and user-space CPU time.",
    ),
    NativeMethod::new(
        "thread_time_ns",
        NativeCode::NoArguments(clocks::thread_time_ns),
        "",
        "thread_time() -> int\n\nThread time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time.",
    ),
    NativeMethod::new(
        "perf_counter",
        NativeCode::NoArguments(clocks::perf_counter),
        "",
        "perf_counter() -> float\n\nPerformance counter for benchmarking.",
    ),
    NativeMethod::new(
        "perf_counter_ns",
        NativeCode::NoArguments(clocks::perf_counter_ns),
        "",
        "perf_counter_ns() -> int\n\nPerformance counter for benchmarking as nanoseconds.",
    ),
    NativeMethod::new(
        "get_clock_info",
        NativeCode::One(clocks::get_clock_info),
        "",
        "get_clock_info(name: str) -> dict\n\nGet information of the specified clock.",
    ),
];

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "time", FUNCTIONS, DOCUMENTATION)?;
    set(cx, &module, "struct_time", structure::make_class(cx)?)?;
    let [winter, summer] = calendar::local_zones(cx)?;
    let daylight = i64::from(winter.offset != summer.offset);
    set_integers(
        cx,
        &module,
        &[
            ("timezone", -winter.offset),
            ("altzone", -summer.offset),
            ("daylight", daylight),
            ("CLOCK_REALTIME", i64::from(libc::CLOCK_REALTIME)),
            ("CLOCK_MONOTONIC", i64::from(libc::CLOCK_MONOTONIC)),
            ("CLOCK_MONOTONIC_RAW", i64::from(libc::CLOCK_MONOTONIC_RAW)),
            ("CLOCK_PROCESS_CPUTIME_ID", i64::from(libc::CLOCK_PROCESS_CPUTIME_ID)),
            ("CLOCK_THREAD_CPUTIME_ID", i64::from(libc::CLOCK_THREAD_CPUTIME_ID)),
            ("CLOCK_BOOTTIME", i64::from(libc::CLOCK_BOOTTIME)),
            ("CLOCK_TAI", i64::from(libc::CLOCK_TAI)),
            ("_STRUCT_TM_ITEMS", 11),
        ],
    )?;
    let names = vec![cx.new_text(&winter.name)?, cx.new_text(&summer.name)?];
    set(cx, &module, "tzname", cx.new_tuple_from(names)?)?;
    Ok(module)
}
