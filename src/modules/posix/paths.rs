//! Functions of `posix` that take paths.

use rustix::fs::{self, Access, AtFlags, CWD, Mode, OFlags, Timespec, Timestamps};

use super::path::{FileArgument, PathArgument, file, fspath, name_object, path};
use super::status::stat_result;
use super::{failure, failure_of_two, given};
use crate::modules::platform::descriptor;
use crate::modules::support::to_c_int;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome, Parameters, Typed};

/// The functions.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "fspath",
        NativeCode::One(fspath),
        "($module, /, path)",
        "The path of a path-like object.",
    ),
    NativeMethod::new(
        "stat",
        NativeCode::Full(stat),
        "($module, /, path, *, dir_fd=None, follow_symlinks=True)",
        "What the system tells of a file.",
    ),
    NativeMethod::new(
        "lstat",
        NativeCode::Full(lstat),
        "($module, /, path, *, dir_fd=None)",
        "stat() that follows no symbolic link.",
    ),
    NativeMethod::new(
        "access",
        NativeCode::Full(access),
        "($module, /, path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
        "Whether a file may be used so.",
    ),
    NativeMethod::new("chdir", NativeCode::Full(chdir), "($module, /, path)", "Change the working folder."),
    NativeMethod::new(
        "getcwd",
        NativeCode::NoArguments(|cx, _| working_folder(cx, false)),
        "($module, /)",
        "The working folder.",
    ),
    NativeMethod::new(
        "getcwdb",
        NativeCode::NoArguments(|cx, _| working_folder(cx, true)),
        "($module, /)",
        "The working folder as bytes.",
    ),
    NativeMethod::new(
        "listdir",
        NativeCode::Full(listdir),
        "($module, /, path=None)",
        "The names in a folder.",
    ),
    NativeMethod::new(
        "_scandir",
        NativeCode::One(scan),
        "",
        "Names, kinds and numbers of the entries of a folder.",
    ),
    NativeMethod::new(
        "mkdir",
        NativeCode::Full(mkdir),
        "($module, /, path, mode=511, *, dir_fd=None)",
        "Make a folder.",
    ),
    NativeMethod::new(
        "rmdir",
        NativeCode::Full(rmdir),
        "($module, /, path, *, dir_fd=None)",
        "Remove an empty folder.",
    ),
    NativeMethod::new(
        "remove",
        NativeCode::Full(|cx, _, arguments| unlink(cx, "remove", arguments)),
        "($module, /, path, *, dir_fd=None)",
        "Remove a file.",
    ),
    NativeMethod::new(
        "unlink",
        NativeCode::Full(|cx, _, arguments| unlink(cx, "unlink", arguments)),
        "($module, /, path, *, dir_fd=None)",
        "Remove a file.",
    ),
    NativeMethod::new(
        "rename",
        NativeCode::Full(|cx, _, arguments| rename(cx, "rename", arguments)),
        "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
        "Give a file another name.",
    ),
    NativeMethod::new(
        "replace",
        NativeCode::Full(|cx, _, arguments| rename(cx, "replace", arguments)),
        "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
        "Give a file another name.",
    ),
    NativeMethod::new(
        "symlink",
        NativeCode::Full(symlink),
        "($module, /, src, dst, target_is_directory=False, *, dir_fd=None)",
        "Make a symbolic link.",
    ),
    NativeMethod::new(
        "link",
        NativeCode::Full(link),
        "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
        "Give a file a second name.",
    ),
    NativeMethod::new(
        "readlink",
        NativeCode::Full(readlink),
        "($module, /, path, *, dir_fd=None)",
        "Where a symbolic link leads.",
    ),
    NativeMethod::new(
        "chmod",
        NativeCode::Full(chmod),
        "($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)",
        "Change permissions.",
    ),
    NativeMethod::new("truncate", NativeCode::Full(truncate), "($module, /, path, length)", "Cut a file."),
    NativeMethod::new(
        "utime",
        NativeCode::Full(utime),
        "($module, /, path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)",
        "Set the times of a file.",
    ),
];

const fn parameters<const COUNT: usize>(
    function: &'static str,
    names: [&'static str; COUNT],
    positional: usize,
    required: usize,
) -> Parameters<COUNT> {
    Parameters { function, names, positional_only: 0, positional, required }
}

/// The folder that relative paths begin in: none but the working folder is supported.
fn no_folder(cx: &Interpreter, folder: Option<ObjectRef>) -> Outcome<()> {
    match given(cx, folder) {
        None => Ok(()),
        Some(_) => Err(cx.raise_text(&cx.types.not_implemented_error, "dir_fd unavailable on this platform")),
    }
}

fn required(cx: &Interpreter, value: Option<ObjectRef>) -> ObjectRef {
    value.unwrap_or_else(|| cx.none())
}

fn flag(cx: &Interpreter, value: Option<ObjectRef>, default: bool) -> Outcome<bool> {
    value.map_or(Ok(default), |value| cx.is_true(&value))
}

fn stat(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name, folder, follow] =
        parameters("stat", ["path", "dir_fd", "follow_symlinks"], 1, 1).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let follow = flag(cx, follow, true)?;
    let (found, shown) = match file(cx, "stat", &required(cx, name))? {
        FileArgument::Path(path) if follow => (fs::stat(&path.bytes), path.object),
        FileArgument::Path(path) => (fs::lstat(&path.bytes), path.object),
        FileArgument::Number(number, object) => (descriptor(number).and_then(fs::fstat), object),
    };
    stat_result(cx, &found.map_err(|error| failure(cx, error, Some(&shown)))?)
}

fn lstat(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name, folder] = parameters("lstat", ["path", "dir_fd"], 1, 1).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let path = path(cx, "lstat", "path", &required(cx, name))?;
    let found = fs::lstat(&path.bytes).map_err(|error| failure(cx, error, Some(&path.object)))?;
    stat_result(cx, &found)
}

fn access(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let names = ["path", "mode", "dir_fd", "effective_ids", "follow_symlinks"];
    let [name, mode, folder, _, _] = parameters("access", names, 2, 2).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let path = path(cx, "access", "path", &required(cx, name))?;
    let mode = to_c_int(cx, &required(cx, mode))?;
    let wanted = Access::from_bits_truncate(mode as u32);
    Ok(cx.new_bool(fs::access(&path.bytes, wanted).is_ok()))
}

fn chdir(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name] = parameters("chdir", ["path"], 1, 1).bind(cx, arguments)?;
    let (done, shown) = match file(cx, "chdir", &required(cx, name))? {
        FileArgument::Path(path) => (rustix::process::chdir(&path.bytes), path.object),
        FileArgument::Number(number, object) => {
            (descriptor(number).and_then(rustix::process::fchdir), object)
        }
    };
    done.map(|()| cx.none()).map_err(|error| failure(cx, error, Some(&shown)))
}

fn working_folder(cx: &Interpreter, as_bytes: bool) -> Outcome {
    let folder = rustix::process::getcwd(Vec::new()).map_err(|error| failure(cx, error, None))?;
    name_object(cx, folder.as_bytes(), as_bytes)
}

/// Name, kind and number.
type Entry = (Vec<u8>, fs::FileType, u64);

/// Each entry of a folder but `.` and `..`.
fn entries(cx: &Interpreter, folder: &Object) -> Outcome<(Vec<Entry>, bool)> {
    let argument = if cx.is_none(folder) { cx.new_text(".")? } else { folder.new_ref() };
    let (opened, shown, is_bytes) = match file(cx, "listdir", &argument)? {
        FileArgument::Path(PathArgument { object, bytes, is_bytes }) => {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            (fs::open(&bytes, flags, Mode::empty()).and_then(fs::Dir::new), object, is_bytes)
        }
        FileArgument::Number(number, object) => {
            (descriptor(number).and_then(fs::Dir::read_from), object, false)
        }
    };
    let shown = if cx.is_none(folder) { None } else { Some(shown) };
    let folder = opened.map_err(|error| failure(cx, error, shown.as_ref()))?;
    let mut found = Vec::new();
    for entry in folder {
        let entry = entry.map_err(|error| failure(cx, error, shown.as_ref()))?;
        let name = entry.file_name().to_bytes();
        if name != b"." && name != b".." {
            found.push((name.to_vec(), entry.file_type(), entry.ino()));
        }
    }
    Ok((found, is_bytes))
}

fn listdir(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [folder] = parameters("listdir", ["path"], 1, 0).bind(cx, arguments)?;
    let (found, is_bytes) = entries(cx, &required(cx, folder))?;
    let names = found.iter().map(|(name, _, _)| name_object(cx, name, is_bytes));
    cx.new_list(names.collect::<Outcome<Vec<_>>>()?)
}

/// The kind of an entry as the bits of `st_mode`; 0 where the file system does not say.
fn kind_bits(kind: fs::FileType) -> i64 {
    match kind {
        fs::FileType::Unknown => 0,
        kind => i64::from(kind.as_raw_mode()),
    }
}

fn scan(cx: &Interpreter, _: &Object, folder: &Object) -> Outcome {
    let (found, is_bytes) = entries(cx, folder)?;
    let rows = found.iter().map(|(name, kind, number)| {
        cx.new_tuple(&[
            name_object(cx, name, is_bytes)?,
            cx.new_int(kind_bits(*kind))?,
            cx.new_size(*number as usize)?,
        ])
    });
    cx.new_list(rows.collect::<Outcome<Vec<_>>>()?)
}

fn mode_argument(cx: &Interpreter, mode: Option<ObjectRef>, default: u32) -> Outcome<Mode> {
    let bits = mode.map_or(Ok(default), |mode| to_c_int(cx, &mode).map(|bits| bits as u32))?;
    Ok(Mode::from_raw_mode(bits))
}

fn mkdir(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name, mode, folder] = parameters("mkdir", ["path", "mode", "dir_fd"], 2, 1).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let path = path(cx, "mkdir", "path", &required(cx, name))?;
    let mode = mode_argument(cx, mode, 0o777)?;
    done(cx, fs::mkdir(&path.bytes, mode), &path)
}

fn done(cx: &Interpreter, result: rustix::io::Result<()>, path: &PathArgument) -> Outcome {
    result.map(|()| cx.none()).map_err(|error| failure(cx, error, Some(&path.object)))
}

fn rmdir(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name, folder] = parameters("rmdir", ["path", "dir_fd"], 1, 1).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let path = path(cx, "rmdir", "path", &required(cx, name))?;
    done(cx, fs::rmdir(&path.bytes), &path)
}

fn unlink(cx: &Interpreter, function: &'static str, arguments: Arguments<'_>) -> Outcome {
    let [name, folder] = parameters(function, ["path", "dir_fd"], 1, 1).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let path = path(cx, function, "path", &required(cx, name))?;
    done(cx, fs::unlink(&path.bytes), &path)
}

/// The two paths of a function.
fn two_paths(
    cx: &Interpreter,
    function: &str,
    first: Option<ObjectRef>,
    second: Option<ObjectRef>,
) -> Outcome<(PathArgument, PathArgument)> {
    let from = path(cx, function, "src", &required(cx, first))?;
    Ok((from, path(cx, function, "dst", &required(cx, second))?))
}

fn both_done(
    cx: &Interpreter,
    result: rustix::io::Result<()>,
    (from, to): &(PathArgument, PathArgument),
) -> Outcome {
    result.map(|()| cx.none()).map_err(|error| failure_of_two(cx, error, &from.object, &to.object))
}

fn rename(cx: &Interpreter, function: &'static str, arguments: Arguments<'_>) -> Outcome {
    let names = ["src", "dst", "src_dir_fd", "dst_dir_fd"];
    let [from, to, folder, other] = parameters(function, names, 2, 2).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    no_folder(cx, other)?;
    let pair = two_paths(cx, function, from, to)?;
    both_done(cx, fs::rename(&pair.0.bytes, &pair.1.bytes), &pair)
}

fn symlink(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let names = ["src", "dst", "target_is_directory", "dir_fd"];
    let [from, to, _, folder] = parameters("symlink", names, 3, 2).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let pair = two_paths(cx, "symlink", from, to)?;
    both_done(cx, fs::symlink(&pair.0.bytes, &pair.1.bytes), &pair)
}

fn link(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let names = ["src", "dst", "src_dir_fd", "dst_dir_fd", "follow_symlinks"];
    let [from, to, folder, other, follow] = parameters("link", names, 2, 2).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    no_folder(cx, other)?;
    let flags = if flag(cx, follow, true)? { AtFlags::SYMLINK_FOLLOW } else { AtFlags::empty() };
    let pair = two_paths(cx, "link", from, to)?;
    both_done(cx, fs::linkat(CWD, &pair.0.bytes, CWD, &pair.1.bytes, flags), &pair)
}

fn readlink(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name, folder] = parameters("readlink", ["path", "dir_fd"], 1, 1).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let path = path(cx, "readlink", "path", &required(cx, name))?;
    let target =
        fs::readlink(&path.bytes, Vec::new()).map_err(|error| failure(cx, error, Some(&path.object)))?;
    name_object(cx, target.as_bytes(), path.is_bytes)
}

fn chmod(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let names = ["path", "mode", "dir_fd", "follow_symlinks"];
    let [name, mode, folder, _] = parameters("chmod", names, 2, 2).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let mode = mode_argument(cx, mode, 0)?;
    let (result, shown) = match file(cx, "chmod", &required(cx, name))? {
        FileArgument::Path(path) => (fs::chmod(&path.bytes, mode), path.object),
        FileArgument::Number(number, object) => {
            (descriptor(number).and_then(|file| fs::fchmod(file, mode)), object)
        }
    };
    result.map(|()| cx.none()).map_err(|error| failure(cx, error, Some(&shown)))
}

fn truncate(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name, length] = parameters("truncate", ["path", "length"], 2, 2).bind(cx, arguments)?;
    let length = cx.to_i64(&required(cx, length))?;
    let (opened, shown) = match file(cx, "truncate", &required(cx, name))? {
        FileArgument::Path(path) => {
            let opened = fs::open(&path.bytes, OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty());
            (opened.and_then(|file| super::descriptors::cut(&file, length)), path.object)
        }
        FileArgument::Number(number, object) => {
            (descriptor(number).and_then(|file| super::descriptors::cut(file, length)), object)
        }
    };
    opened.map(|()| cx.none()).map_err(|error| failure(cx, error, Some(&shown)))
}

/// A time in seconds, whole or not, as the system wants it.
fn seconds(cx: &Interpreter, value: &Object) -> Outcome<Timespec> {
    if value.as_int().is_some() {
        return Ok(Timespec { tv_sec: cx.to_i64(value)?, tv_nsec: 0 });
    }
    let value = cx.to_f64(value)?;
    let whole = value.floor();
    Ok(Timespec { tv_sec: whole as i64, tv_nsec: (((value - whole) * 1e9) as i64).clamp(0, 999_999_999) })
}

fn nanoseconds(cx: &Interpreter, value: &Object) -> Outcome<Timespec> {
    let value = cx.to_i64(value)?;
    Ok(Timespec { tv_sec: value.div_euclid(1_000_000_000), tv_nsec: value.rem_euclid(1_000_000_000) })
}

fn utime(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let names = ["path", "times", "ns", "dir_fd", "follow_symlinks"];
    let [name, times, exact, folder, follow] = parameters("utime", names, 2, 1).bind(cx, arguments)?;
    no_folder(cx, folder)?;
    let (times, exact) = (given(cx, times), given(cx, exact));
    if times.is_some() && exact.is_some() {
        return Err(cx.value_error("utime: you may specify either 'times' or 'ns' but not both"));
    }
    let pair = match (&times, &exact) {
        (Some(pair), _) => Some(pair_of(cx, pair, "times", seconds)?),
        (_, Some(pair)) => Some(pair_of(cx, pair, "ns", nanoseconds)?),
        _ => None,
    };
    let now = Timespec { tv_sec: 0, tv_nsec: fs::UTIME_NOW as _ };
    let (last_access, last_modification) = pair.unwrap_or((now, now));
    let stamps = Timestamps { last_access, last_modification };
    let flags = if flag(cx, follow, true)? { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
    let (result, shown) = match file(cx, "utime", &required(cx, name))? {
        FileArgument::Path(path) => (fs::utimensat(CWD, &path.bytes, &stamps, flags), path.object),
        FileArgument::Number(number, object) => {
            (descriptor(number).and_then(|file| fs::futimens(file, &stamps)), object)
        }
    };
    result.map(|()| cx.none()).map_err(|error| failure(cx, error, Some(&shown)))
}

fn pair_of(
    cx: &Interpreter,
    pair: &Object,
    name: &str,
    read: fn(&Interpreter, &Object) -> Outcome<Timespec>,
) -> Outcome<(Timespec, Timespec)> {
    let wrong = || cx.type_error(format_args!("utime: '{name}' must be either a tuple of two ints or None"));
    let items = match crate::runtime::Typed::as_tuple(pair) {
        Some(_) => cx.collect(pair)?,
        None => return Err(wrong()),
    };
    let [first, second] = &items[..] else { return Err(wrong()) };
    Ok((read(cx, first)?, read(cx, second)?))
}
