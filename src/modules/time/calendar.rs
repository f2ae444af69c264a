//! Between seconds, dates and text.

use std::ffi::CString;

use super::clocks::{nanoseconds, os_error};
use super::structure::{from_moment, zone_of};
use crate::modules::platform::{self, Moment, Zone};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Typed};
use crate::values::digits;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The class `struct_time` of the module.
fn class_of(cx: &Interpreter, module: &Object) -> Outcome {
    let name = cx.intern("struct_time")?;
    cx.get_attribute_text(module, &name)
}

/// Seconds since 1970, from the optional argument of a function.
fn seconds(cx: &Interpreter, function: &str, arguments: &[ObjectRef]) -> Outcome<i64> {
    if arguments.len() > 1 {
        let given = arguments.len();
        return Err(cx.type_error(format_args!("{function}() takes at most 1 argument ({given} given)")));
    }
    let Some(argument) = arguments.first().filter(|argument| !cx.is_none(argument)) else {
        return Ok((nanoseconds(cx, libc::CLOCK_REALTIME)?.div_euclid(1_000_000_000)) as i64);
    };
    let Some(float) = argument.as_float() else {
        let integer = cx.index_of_any_type(argument)?;
        return integer.as_int().and_then(|integer| integer.to_i64()).ok_or_else(|| out_of_range(cx));
    };
    let value = float.value();
    if value.is_nan() {
        return Err(cx.value_error("Invalid value NaN (not a number)"));
    }
    let whole = value.floor();
    if whole >= -(2f64.powi(63)) && whole < 2f64.powi(63) { Ok(whole as i64) } else { Err(out_of_range(cx)) }
}

#[cold]
fn out_of_range(cx: &Interpreter) -> crate::runtime::Raised {
    cx.overflow_error("timestamp out of range for platform time_t")
}

fn split(cx: &Interpreter, seconds: i64, local: bool) -> Outcome<(Moment, Zone)> {
    platform::split_seconds(seconds, local).map_err(|error| os_error(cx, error))
}

/// `gmtime([seconds])`
pub fn gmtime(cx: &Interpreter, module: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (moment, zone) = split(cx, seconds(cx, "gmtime", arguments)?, false)?;
    from_moment(cx, &*class_of(cx, module)?, &moment, &zone)
}

/// `localtime([seconds])`
pub fn localtime(cx: &Interpreter, module: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (moment, zone) = split(cx, seconds(cx, "localtime", arguments)?, true)?;
    from_moment(cx, &*class_of(cx, module)?, &moment, &zone)
}

/// The moment that a tuple of nine describes.
fn moment_of(cx: &Interpreter, function: &str, argument: &Object) -> Outcome<Moment> {
    let Some(tuple) = argument.as_tuple() else {
        return Err(cx.type_error("Tuple or struct_time argument required"));
    };
    if tuple.len() != 9 {
        return Err(cx.type_error(format_args!("{function}(): illegal time tuple argument")));
    }
    let mut parts = [0i32; 9];
    for (part, value) in parts.iter_mut().zip(tuple.items()) {
        *part = c_int(cx, value)?;
    }
    let [year, month, day, hour, minute, second, weekday, day_of_year, summer] = parts;
    let year = i64::from(year);
    Ok(Moment { year, month, day, hour, minute, second, weekday, day_of_year, summer })
}

fn c_int(cx: &Interpreter, value: &Object) -> Outcome<i32> {
    let index = cx.index_of_any_type(value)?;
    let Some(integer) = index.as_int() else { return Ok(0) };
    match integer.to_i64() {
        None => Err(cx.overflow_error("Python int too large to convert to C long")),
        Some(word) if word > i64::from(i32::MAX) => {
            Err(cx.overflow_error("signed integer is greater than maximum"))
        }
        Some(word) => {
            i32::try_from(word).map_err(|_| cx.overflow_error("signed integer is less than minimum"))
        }
    }
}

/// Refuses what no calendar has; zeros stand for the first where CPython takes them so.
fn checked(cx: &Interpreter, mut moment: Moment) -> Outcome<Moment> {
    moment.month += i32::from(moment.month == 0);
    moment.day += i32::from(moment.day == 0);
    moment.day_of_year += i32::from(moment.day_of_year == 0);
    moment.summer = moment.summer.clamp(-1, 1);
    let fields = [
        (moment.month, 1..=12, "month"),
        (moment.day, 1..=31, "day of month"),
        (moment.hour, 0..=23, "hour"),
        (moment.minute, 0..=59, "minute"),
        (moment.second, 0..=61, "seconds"),
        (moment.weekday, -1..=i32::MAX, "day of week"),
        (moment.day_of_year, 1..=366, "day of year"),
    ];
    for (value, range, name) in fields {
        if !range.contains(&value) {
            return Err(cx.value_error(format_args!("{name} out of range")));
        }
    }
    moment.weekday = (i64::from(moment.weekday) + 7).rem_euclid(7) as i32;
    Ok(moment)
}

/// The argument that stands for a moment, or now.
fn moment_or_now(
    cx: &Interpreter,
    function: &str,
    argument: Option<&ObjectRef>,
) -> Outcome<(Moment, Option<Zone>)> {
    match argument {
        Some(argument) => {
            let moment = moment_of(cx, function, argument)?;
            Ok((checked(cx, moment)?, zone_of(cx, argument)?))
        }
        None => split(cx, seconds(cx, function, &[])?, true).map(|(moment, zone)| (moment, Some(zone))),
    }
}

/// `mktime(tuple)`
pub fn mktime(cx: &Interpreter, _: &Object, argument: &Object) -> Outcome {
    match platform::join_seconds(&moment_of(cx, "mktime", argument)?) {
        Some(seconds) => cx.new_float(seconds as f64),
        None => Err(cx.overflow_error("mktime argument out of range")),
    }
}

/// `asctime([tuple])`
pub fn asctime(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("asctime", arguments.len(), 0, 1)?;
    let (moment, _) = moment_or_now(cx, "asctime", arguments.first())?;
    write_moment(cx, &moment)
}

/// `ctime([seconds])`
pub fn ctime(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (moment, _) = split(cx, seconds(cx, "ctime", arguments)?, true)?;
    write_moment(cx, &moment)
}

fn write_moment(cx: &Interpreter, moment: &Moment) -> Outcome {
    let name = |names: &[&'static str], index: i32| {
        usize::try_from(index).ok().and_then(|index| names.get(index).copied()).unwrap_or("???")
    };
    cx.new_text(&format!(
        "{} {}{:3} {:02}:{:02}:{:02} {}",
        name(&DAYS, moment.weekday),
        name(&MONTHS, moment.month - 1),
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.year
    ))
}

/// `strftime(format[, tuple])`
pub fn strftime(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    if !(1..=2).contains(&arguments.len()) {
        let (bound, most) = if arguments.is_empty() { ("at least", 1) } else { ("at most", 2) };
        let (plural, given) = (if most == 1 { "" } else { "s" }, arguments.len());
        return Err(
            cx.type_error(format_args!("strftime() takes {bound} {most} argument{plural} ({given} given)"))
        );
    }
    let Some(format) = arguments[0].as_text() else {
        let kind = arguments[0].type_name();
        return Err(cx.type_error(format_args!("strftime() argument 1 must be str, not {kind}")));
    };
    let (moment, zone) = moment_or_now(cx, "strftime", arguments.get(1))?;
    let Ok(format) = CString::new(format.to_rust_string_lossy()) else {
        return Err(cx.value_error("embedded null character"));
    };
    let written = platform::format_moment(&format, &moment, zone.as_ref());
    cx.new_text(&String::from_utf8_lossy(&written))
}

/// Names and offsets of the local zone in winter and in summer, for the constants of the module.
pub fn local_zones(cx: &Interpreter) -> Outcome<[Zone; 2]> {
    const YEAR: i64 = (365 * 24 + 6) * 3600;
    let start = seconds(cx, "time", &[])?.div_euclid(YEAR) * YEAR;
    let (_, first) = split(cx, start, true)?;
    let (_, second) = split(cx, start + YEAR / 2, true)?;
    // South of the equator summer comes first.
    Ok(if first.offset > second.offset { [second, first] } else { [first, second] })
}

/// Seconds as nanoseconds, rounded away from zero: how long to sleep.
pub fn duration(cx: &Interpreter, argument: &Object) -> Outcome<i64> {
    let too_large = || cx.overflow_error("timestamp too large to convert to C _PyTime_t");
    let Some(float) = argument.as_float() else {
        let integer = cx.index_of_any_type(argument)?;
        let seconds = integer
            .as_int()
            .and_then(|integer| digits::SignedRef::new(integer.is_negative(), integer.digits()).to_i64());
        return seconds.and_then(|seconds| seconds.checked_mul(1_000_000_000)).ok_or_else(too_large);
    };
    let value = float.value();
    if value.is_nan() {
        return Err(cx.value_error("Invalid value NaN (not a number)"));
    }
    let scaled = value * 1e9;
    let rounded = if scaled >= 0.0 { scaled.ceil() } else { scaled.floor() };
    if rounded.abs() < 2f64.powi(63) { Ok(rounded as i64) } else { Err(too_large()) }
}
