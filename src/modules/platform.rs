//! The C library where Rust's own has no name for a function: special functions, clocks and the calendar.

// unsafe is allowed here: the declarations of C functions and the calls that fill C structures.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString, OsStr};
use std::os::fd::BorrowedFd;
use std::os::unix::ffi::OsStrExt;

use rustix::io::Errno;

/// Functions of `libm` that work on values only.
mod c {
    unsafe extern "C" {
        pub safe fn acos(x: f64) -> f64;
        pub safe fn acosh(x: f64) -> f64;
        pub safe fn asin(x: f64) -> f64;
        pub safe fn asinh(x: f64) -> f64;
        pub safe fn atan(x: f64) -> f64;
        pub safe fn atanh(x: f64) -> f64;
        pub safe fn cos(x: f64) -> f64;
        pub safe fn cosh(x: f64) -> f64;
        pub safe fn erf(x: f64) -> f64;
        pub safe fn erfc(x: f64) -> f64;
        pub safe fn exp(x: f64) -> f64;
        pub safe fn exp2(x: f64) -> f64;
        pub safe fn expm1(x: f64) -> f64;
        pub safe fn log(x: f64) -> f64;
        pub safe fn log10(x: f64) -> f64;
        pub safe fn log1p(x: f64) -> f64;
        pub safe fn log2(x: f64) -> f64;
        pub safe fn sin(x: f64) -> f64;
        pub safe fn sinh(x: f64) -> f64;
        pub safe fn tan(x: f64) -> f64;
        pub safe fn tanh(x: f64) -> f64;
        pub safe fn atan2(y: f64, x: f64) -> f64;
        pub safe fn pow(x: f64, y: f64) -> f64;
    }
}

pub use c::{
    acos, acosh, asin, asinh, atan, atan2, atanh, cos, cosh, erf, erfc, exp, exp2, expm1, log, log1p, log2,
    log10, pow, sin, sinh, tan, tanh,
};

/// The cube root of the C library: Rust brings a function of the same name that rounds better, so it is asked for behind
/// the program's own.
pub fn cbrt(x: f64) -> f64 {
    type Function = extern "C" fn(f64) -> f64;
    static FOUND: std::sync::OnceLock<Option<Function>> = std::sync::OnceLock::new();
    let found = FOUND.get_or_init(|| {
        // SAFETY: the name is a text; a function of this name in a shared library is C's.
        unsafe {
            let address = libc::dlsym(libc::RTLD_NEXT, c"cbrt".as_ptr());
            (!address.is_null()).then(|| std::mem::transmute::<*mut libc::c_void, Function>(address))
        }
    });
    found.map_or_else(|| x.cbrt(), |function| function(x))
}

/// A moment of a clock in nanoseconds, or the error number.
pub fn clock_time(clock: i32) -> Result<i128, i32> {
    // SAFETY: all fields of a `timespec` are plain numbers, for which zero is a value.
    let mut moment: libc::timespec = unsafe { std::mem::zeroed() };
    // SAFETY: `moment` lives during the call.
    match unsafe { libc::clock_gettime(clock, &mut moment) } {
        0 => Ok(i128::from(moment.tv_sec) * 1_000_000_000 + i128::from(moment.tv_nsec)),
        _ => Err(error_number()),
    }
}

/// The resolution of a clock in nanoseconds, or the error number.
pub fn clock_resolution(clock: i32) -> Result<i128, i32> {
    // SAFETY: all fields of a `timespec` are plain numbers, for which zero is a value.
    let mut step: libc::timespec = unsafe { std::mem::zeroed() };
    // SAFETY: `step` lives during the call.
    match unsafe { libc::clock_getres(clock, &mut step) } {
        0 => Ok(i128::from(step.tv_sec) * 1_000_000_000 + i128::from(step.tv_nsec)),
        _ => Err(error_number()),
    }
}

/// What went wrong in the last call.
pub fn error_number() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

/// The words for an error number.
pub fn error_text(number: i32) -> String {
    // SAFETY: the answer is a text that stays until the next call; this thread makes none before it is copied.
    unsafe { CStr::from_ptr(libc::strerror(number)) }.to_string_lossy().into_owned()
}

/// A date and time, as C's `struct tm` without its offsets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// The year itself.
    pub year: i64,
    /// 1 to 12.
    pub month: i32,
    /// 1 to 31.
    pub day: i32,
    /// 0 to 23.
    pub hour: i32,
    /// 0 to 59.
    pub minute: i32,
    /// 0 to 61.
    pub second: i32,
    /// Monday is 0.
    pub weekday: i32,
    /// 1 to 366.
    pub day_of_year: i32,
    /// Summer time: 1, 0, or -1 where it is not known.
    pub summer: i32,
}

/// A time zone at a moment: its name and seconds east of Greenwich.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its abbreviation.
    pub name: String,
    /// Seconds east of Greenwich.
    pub offset: i64,
}

fn to_c(moment: &Moment) -> libc::tm {
    // SAFETY: numbers and a pointer, for which zero is a value.
    let mut made: libc::tm = unsafe { std::mem::zeroed() };
    made.tm_year = i32::try_from(moment.year - 1900).unwrap_or(i32::MAX);
    made.tm_mon = moment.month - 1;
    made.tm_mday = moment.day;
    made.tm_hour = moment.hour;
    made.tm_min = moment.minute;
    made.tm_sec = moment.second;
    made.tm_wday = (moment.weekday + 1) % 7;
    made.tm_yday = moment.day_of_year - 1;
    made.tm_isdst = moment.summer;
    made
}

fn from_c(made: &libc::tm) -> (Moment, Zone) {
    let name = match made.tm_zone.is_null() {
        true => String::new(),
        // SAFETY: the zone of a filled structure is a text of the C library that stays.
        false => unsafe { CStr::from_ptr(made.tm_zone) }.to_string_lossy().into_owned(),
    };
    let moment = Moment {
        year: i64::from(made.tm_year) + 1900,
        month: made.tm_mon + 1,
        day: made.tm_mday,
        hour: made.tm_hour,
        minute: made.tm_min,
        second: made.tm_sec,
        weekday: (made.tm_wday + 6) % 7,
        day_of_year: made.tm_yday + 1,
        summer: made.tm_isdst,
    };
    (moment, Zone { name, offset: made.tm_gmtoff })
}

/// The date of a number of seconds since 1970, here or in Greenwich; the error number where there is none.
pub fn split_seconds(seconds: i64, local: bool) -> Result<(Moment, Zone), i32> {
    // SAFETY: numbers and a pointer, for which zero is a value.
    let mut made: libc::tm = unsafe { std::mem::zeroed() };
    let split = if local { libc::localtime_r } else { libc::gmtime_r };
    // SAFETY: both live during the call.
    match unsafe { split(&seconds, &mut made) }.is_null() {
        true => Err(error_number()),
        false => Ok(from_c(&made)),
    }
}

/// The seconds since 1970 of a local date; nothing where there are none.
pub fn join_seconds(moment: &Moment) -> Option<i64> {
    let mut made = to_c(moment);
    // The library sets the day of the week where it succeeds.
    made.tm_wday = -1;
    // SAFETY: the structure lives during the call.
    let seconds = unsafe { libc::mktime(&mut made) };
    (seconds != -1 || made.tm_wday != -1).then_some(seconds)
}

/// C's `strftime` of a format without null characters.
pub fn format_moment(format: &CString, moment: &Moment, zone: Option<&Zone>) -> Vec<u8> {
    let mut made = to_c(moment);
    let name = zone.and_then(|zone| CString::new(zone.name.as_str()).ok());
    if let (Some(zone), Some(name)) = (zone, &name) {
        made.tm_gmtoff = zone.offset;
        made.tm_zone = name.as_ptr();
    }
    let most = format.as_bytes().len().saturating_mul(256).max(1024);
    let mut buffer = vec![0u8; 1024.min(most)];
    loop {
        // SAFETY: the buffer is as long as said, the other arguments live during the call.
        let written =
            unsafe { libc::strftime(buffer.as_mut_ptr().cast(), buffer.len(), format.as_ptr(), &made) };
        if written > 0 || buffer.len() >= most {
            buffer.truncate(written);
            return buffer;
        }
        buffer.resize(buffer.len() * 2, 0);
    }
}

/// An open file by its number; the number is the program's, which may close it at any time.
pub fn descriptor(number: i32) -> rustix::io::Result<BorrowedFd<'static>> {
    if number < 0 {
        return Err(Errno::BADF);
    }
    // SAFETY: the number is not -1; whether it is open the system tells when it is used, which is at once.
    Ok(unsafe { BorrowedFd::borrow_raw(number) })
}

/// Closes a file by its number.
pub fn close_descriptor(number: i32) -> rustix::io::Result<()> {
    // SAFETY: closing a number touches no memory; files that Rust owns are not among those a program knows but by
    // `fileno`, and then their owner meets the error that it reports.
    match unsafe { libc::close(number) } {
        0 => Ok(()),
        _ => Err(last_error()),
    }
}

/// `dup2`, or `dup3` where the copy is closed in programs started from here.
pub fn duplicate_to(from: i32, to: i32, inheritable: bool) -> rustix::io::Result<()> {
    if from == to {
        return descriptor(from).and_then(rustix::io::fcntl_getfd).map(drop);
    }
    let flags = if inheritable { 0 } else { libc::O_CLOEXEC };
    // SAFETY: numbers only.
    match unsafe { libc::dup3(from, to, flags) } {
        -1 => Err(last_error()),
        _ => Ok(()),
    }
}

/// The error number of the last call as an `Errno`.
fn last_error() -> Errno {
    Errno::from_raw_os_error(error_number())
}

/// `sysconf`
pub fn system_number(name: i32) -> i64 {
    // SAFETY: numbers only.
    unsafe { libc::sysconf(name) }
}

/// User and system time of the process and of its children, and the time since some moment, in seconds.
pub fn process_times() -> [f64; 5] {
    // SAFETY: all fields are plain numbers, for which zero is a value.
    let mut times: libc::tms = unsafe { std::mem::zeroed() };
    // SAFETY: the structure lives during the call.
    let elapsed = unsafe { libc::times(&mut times) };
    let ticks = system_number(libc::_SC_CLK_TCK).max(1) as f64;
    [times.tms_utime, times.tms_stime, times.tms_cutime, times.tms_cstime, elapsed]
        .map(|time| time as f64 / ticks)
}

/// Sets a name of the environment, or takes it out. Neither has a null character, nor the name an equals sign.
pub fn set_environment(name: &[u8], value: Option<&[u8]>) {
    let name = OsStr::from_bytes(name);
    // SAFETY: the program has one thread that touches the environment.
    unsafe {
        match value {
            Some(value) => std::env::set_var(name, OsStr::from_bytes(value)),
            None => std::env::remove_var(name),
        }
    }
}

/// `kill`
pub fn send_signal(process: i32, signal: i32) -> rustix::io::Result<()> {
    // SAFETY: numbers only.
    match unsafe { libc::kill(process, signal) } {
        0 => Ok(()),
        _ => Err(last_error()),
    }
}

/// `_exit`: nothing is flushed or taken down.
pub fn leave_at_once(status: i32) -> ! {
    // SAFETY: never returns.
    unsafe { libc::_exit(status) }
}
