//! `sys`: what the interpreter tells about itself, its streams and its hooks.

#![forbid(unsafe_code)]

pub mod audit;
mod hooks;
mod questions;
mod structures;

use NativeCode::{Full, NoArguments, One, Positional};

use crate::object::ObjectRef;
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome};
use crate::types::module::new_module_with;

const fn function(
    name: &'static str,
    code: NativeCode,
    signature: &'static str,
    documentation: &'static str,
) -> NativeMethod {
    NativeMethod::new(name, code, signature, documentation)
}

static FUNCTIONS: &[NativeMethod] = &[
    function(
        "displayhook",
        One(hooks::display),
        "($module, object, /)",
        "Print an object and keep it in builtins._",
    ),
    function(
        "excepthook",
        Positional(hooks::excepthook),
        "($module, exctype, value, traceback, /)",
        "Print an exception with its traceback to sys.stderr.",
    ),
    function(
        "unraisablehook",
        One(hooks::unraisable),
        "($module, unraisable, /)",
        "Print an exception that nobody could handle to sys.stderr.",
    ),
    function("breakpointhook", Full(hooks::breakpoint), "", "What breakpoint() calls."),
    function(
        "exc_info",
        NoArguments(questions::exc_info),
        "($module, /)",
        "The exception being handled, in three parts.",
    ),
    function("exception", NoArguments(questions::exception), "($module, /)", "The exception being handled."),
    function(
        "exit",
        Positional(questions::exit),
        "($module, status=None, /)",
        "Leave the interpreter: raise SystemExit.",
    ),
    function(
        "getrefcount",
        One(questions::getrefcount),
        "($module, object, /)",
        "The object's count of references.",
    ),
    function("getsizeof", Full(questions::getsizeof), "", "The bytes that the object occupies."),
    function("intern", One(questions::intern), "($module, string, /)", "The one shared text that is equal."),
    function(
        "getrecursionlimit",
        NoArguments(questions::getrecursionlimit),
        "($module, /)",
        "The greatest depth of calls.",
    ),
    function(
        "setrecursionlimit",
        One(questions::setrecursionlimit),
        "($module, limit, /)",
        "Set the greatest depth of calls.",
    ),
    function(
        "_getframe",
        Positional(questions::getframe),
        "($module, depth=0, /)",
        "A frame of the call stack.",
    ),
    function(
        "settrace",
        One(questions::settrace),
        "($module, function, /)",
        "Set the function that is told of every call, line, return and exception.",
    ),
    function(
        "gettrace",
        NoArguments(|cx, _| Ok(cx.thread.observers.trace.get().unwrap_or_else(|| cx.none()))),
        "($module, /)",
        "The function that settrace() set.",
    ),
    function(
        "setprofile",
        One(questions::setprofile),
        "($module, function, /)",
        "Set the function that is told of every call and return, of native functions too.",
    ),
    function(
        "getprofile",
        NoArguments(|cx, _| Ok(cx.thread.observers.profile.get().unwrap_or_else(|| cx.none()))),
        "($module, /)",
        "The function that setprofile() set.",
    ),
    function(
        "call_tracing",
        Positional(questions::call_tracing),
        "($module, func, args, /)",
        "Call a function and trace it, even from inside a trace function.",
    ),
    function(
        "_current_frames",
        NoArguments(questions::current_frames),
        "($module, /)",
        "The innermost frame of each thread.",
    ),
    function(
        "getallocatedblocks",
        NoArguments(questions::getallocatedblocks),
        "($module, /)",
        "The number of memory blocks in use.",
    ),
    function(
        "_debugmallocstats",
        NoArguments(questions::debugmallocstats),
        "($module, /)",
        "Print statistics of the memory manager to stderr.",
    ),
    function(
        "get_int_max_str_digits",
        NoArguments(questions::get_int_max_str_digits),
        "($module, /)",
        "The greatest number of digits in conversions between int and str.",
    ),
    function(
        "set_int_max_str_digits",
        Full(questions::set_int_max_str_digits),
        "($module, /, maxdigits)",
        "Set the greatest number of digits in conversions between int and str.",
    ),
    function(
        "getdefaultencoding",
        NoArguments(|cx, _| cx.new_text("utf-8")),
        "($module, /)",
        "The encoding of texts where none is named.",
    ),
    function(
        "getfilesystemencoding",
        NoArguments(|cx, _| cx.new_text("utf-8")),
        "($module, /)",
        "The encoding of file names.",
    ),
    function(
        "getfilesystemencodeerrors",
        NoArguments(|cx, _| cx.new_text("surrogateescape")),
        "($module, /)",
        "How undecodable bytes of file names are treated.",
    ),
    function(
        "getswitchinterval",
        NoArguments(|cx, _| cx.new_float(cx.extension::<SwitchInterval>().seconds.get())),
        "($module, /)",
        "The switch interval of threads, in seconds.",
    ),
    function(
        "setswitchinterval",
        One(questions::set_switch_interval),
        "($module, interval, /)",
        "Set the switch interval of threads, in seconds.",
    ),
    function(
        "audit",
        Positional(audit::audit),
        "",
        "audit(event, *args)\n\nPasses the event to any hooks that are attached.",
    ),
    function(
        "addaudithook",
        Full(audit::add_hook),
        "($module, /, hook)",
        "Add a hook that is told of events.",
    ),
    function(
        "getdlopenflags",
        NoArguments(|cx, _| cx.new_int(cx.extension::<LoadFlags>().flags.get().into())),
        "($module, /)",
        "The flags with which shared libraries are opened.",
    ),
    function(
        "setdlopenflags",
        One(questions::set_load_flags),
        "($module, flags, /)",
        "Set the flags with which shared libraries are opened.",
    ),
    function(
        "_current_exceptions",
        NoArguments(questions::current_exceptions),
        "($module, /)",
        "The exception that each thread handles.",
    ),
    function(
        "_clear_type_cache",
        NoArguments(|cx, _| Ok(cx.none())),
        "($module, /)",
        "Forget what lookups in types have found.",
    ),
    function(
        "is_finalizing",
        NoArguments(questions::is_finalizing),
        "($module, /)",
        "Whether the interpreter is being taken down.",
    ),
];

/// How long a thread may run before another gets its turn.
pub struct SwitchInterval {
    /// In seconds.
    pub seconds: std::cell::Cell<f64>,
}

impl Default for SwitchInterval {
    fn default() -> Self {
        SwitchInterval { seconds: std::cell::Cell::new(0.005) }
    }
}

/// How shared libraries are opened, of which there are none here.
pub struct LoadFlags {
    /// Bits of `dlopen`.
    pub flags: std::cell::Cell<i32>,
}

impl Default for LoadFlags {
    fn default() -> Self {
        LoadFlags { flags: std::cell::Cell::new(2) }
    }
}

/// Set while the interpreter is taken down.
#[derive(Default)]
pub struct Finalizing {
    /// It is.
    pub under_way: std::cell::Cell<bool>,
}

/// Fills `cx.sys`, makes the streams and registers the module.
pub fn install(cx: &Interpreter) -> Outcome<()> {
    let module = new_module_with(cx, "sys", cx.sys.clone())?.into_object();
    let name = cx.intern("sys")?.into_object();
    for function in FUNCTIONS {
        let made = cx.new_builtin_function(function, Some(module.clone()), Some(name.clone()), None)?;
        cx.dict_set_str(&cx.sys, function.name, made.into_object())?;
    }
    for name in ["displayhook", "excepthook", "unraisablehook", "breakpointhook"] {
        if let Some(hook) = cx.dict_get_str(&cx.sys, name)? {
            cx.dict_set_str(&cx.sys, &format!("__{name}__"), hook)?;
        }
    }
    add_streams(cx)?;
    add_values(cx)?;
    cx.dict_set_str(&cx.modules, "sys", module)
}

fn add_streams(cx: &Interpreter) -> Outcome<()> {
    for (descriptor, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let stream = super::io::open::standard_stream(cx, descriptor)?;
        cx.dict_set_str(&cx.sys, &format!("__{name}__"), stream.clone())?;
        cx.dict_set_str(&cx.sys, name, stream)?;
    }
    Ok(())
}

fn add_values(cx: &Interpreter) -> Outcome<()> {
    let text = |text: &str| cx.new_text(text);
    let empty = || cx.new_list(Vec::new());
    let executable =
        std::env::current_exe().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    let values: Vec<(&str, ObjectRef)> = vec![
        ("modules", cx.modules.as_object().clone()),
        ("path", empty()?),
        ("argv", empty()?),
        ("orig_argv", empty()?),
        ("warnoptions", empty()?),
        ("meta_path", empty()?),
        ("path_hooks", empty()?),
        ("path_importer_cache", cx.new_dict()?.into_object()),
        ("version", text("3.11.2 (glasspy)")?),
        ("hexversion", cx.new_int(0x030b_02f0)?),
        ("api_version", cx.new_int(1013)?),
        ("copyright", text("glasspy: under the MIT license of its crate.")?),
        ("platform", text("linux")?),
        ("byteorder", text("little")?),
        ("maxsize", cx.new_int(i64::MAX)?),
        ("maxunicode", cx.new_int(0x10_ffff)?),
        ("float_repr_style", text("short")?),
        ("executable", cx.new_path_text(&executable)?),
        ("_base_executable", cx.new_path_text(&executable)?),
        ("prefix", text("/usr")?),
        ("base_prefix", text("/usr")?),
        ("exec_prefix", text("/usr")?),
        ("base_exec_prefix", text("/usr")?),
        ("platlibdir", text("lib")?),
        ("pycache_prefix", cx.none()),
        ("dont_write_bytecode", cx.true_.clone()),
        ("_xoptions", x_options(cx)?),
        ("builtin_module_names", module_names(cx)?),
        ("stdlib_module_names", all_module_names(cx)?),
        ("abiflags", text("")?),
        ("_framework", text("")?),
        ("_home", cx.none()),
        ("_stdlib_dir", cx.none()),
    ];
    for (name, value) in values {
        cx.dict_set_str(&cx.sys, name, value)?;
    }
    Ok(())
}

fn x_options(cx: &Interpreter) -> Outcome {
    let options = cx.new_dict()?;
    for (name, value) in &cx.options.x_options {
        let value = match value {
            Some(value) => cx.new_text(value)?,
            None => cx.true_.clone(),
        };
        cx.dict_set_str(&options, name, value)?;
    }
    Ok(options.into_object())
}

fn module_names(cx: &Interpreter) -> Outcome {
    let mut names: Vec<&str> = super::BUILTIN.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    let texts =
        names.into_iter().map(|name| Ok(cx.intern(name)?.into_object())).collect::<Outcome<Vec<_>>>()?;
    cx.new_tuple_from(texts)
}

/// The modules of the library: native ones and those written in Python.
fn all_module_names(cx: &Interpreter) -> Outcome {
    let names = super::BUILTIN.iter().map(|(name, _)| *name);
    let embedded = super::EMBEDDED.iter().map(|(name, _)| *name).filter(|name| !name.contains('.'));
    let set = crate::values::set::Set::new(&cx.types.frozenset)?;
    for name in names.chain(embedded) {
        cx.set_add(&set, cx.intern(name)?.into_object())?;
    }
    Ok(set.into_object())
}

/// Adds the values that are named tuples: `version_info`, `flags`, `float_info` and their like.
pub fn install_structures(cx: &Interpreter) -> Outcome<()> {
    structures::install(cx)?;
    let version = cx.dict_get_str(&cx.sys, "version_info")?.unwrap_or_else(|| cx.none());
    let implementation = cx.call_keywords(
        &cx.types.simple_namespace,
        &[],
        &[
            ("name", cx.new_text("glasspy")?),
            ("cache_tag", cx.none()),
            ("version", version),
            ("hexversion", cx.new_int(0x030b_02f0)?),
        ],
    )?;
    cx.dict_set_str(&cx.sys, "implementation", implementation)
}
