//! `builtins`: the functions, types and constants that every program sees.

#![forbid(unsafe_code)]

mod attributes;
mod code;
mod iteration;
mod numbers;
mod output;
pub mod site;

use NativeCode::{Full, NoArguments, One, Positional};

use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome, TypeFlags, TypeObject};
use crate::types::module::new_module_with;

const fn function(
    name: &'static str,
    code: NativeCode,
    signature: &'static str,
    documentation: &'static str,
) -> NativeMethod {
    NativeMethod::new(name, code, signature, documentation)
}

/// In the order of CPython's table, which is the order of the namespace.
static FUNCTIONS: &[NativeMethod] = &[
    function("__build_class__", Full(code::build_class), "", "Make a class: what the class statement calls."),
    function(
        "__import__",
        Full(super::import::import_function),
        "($module, /, name, globals=None, locals=None, fromlist=(),\n           level=0)",
        "Import a module: what the import statement calls.",
    ),
    function("abs", One(numbers::abs), "($module, x, /)", "Return the absolute value of the argument."),
    function("all", One(iteration::all), "($module, iterable, /)", "Whether every item is true."),
    function("any", One(iteration::any), "($module, iterable, /)", "Whether some item is true."),
    function(
        "ascii",
        One(attributes::ascii),
        "($module, obj, /)",
        "The repr with escapes for what is not ASCII.",
    ),
    function("bin", One(numbers::bin), "($module, number, /)", "The integer in binary, with its prefix 0b."),
    function("breakpoint", Full(code::breakpoint), "", "Call sys.breakpointhook."),
    function("callable", One(attributes::callable), "($module, obj, /)", "Whether the object can be called."),
    function("chr", One(numbers::chr), "($module, i, /)", "The character with this code point."),
    function(
        "compile",
        Full(code::compile),
        "($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1)",
        "Compile source into a code object for exec() or eval().",
    ),
    function(
        "delattr",
        Positional(attributes::delattr),
        "($module, obj, name, /)",
        "Delete a named attribute.",
    ),
    function(
        "dir",
        Positional(attributes::dir),
        "",
        "The names of the scope, or of the object's attributes, sorted.",
    ),
    function("divmod", Positional(numbers::divmod), "($module, x, y, /)", "The pair (x//y, x%y)."),
    function(
        "eval",
        Positional(code::eval),
        "($module, source, globals=None, locals=None, /)",
        "The value of an expression in the given namespaces.",
    ),
    function(
        "exec",
        Full(code::exec),
        "($module, source, globals=None, locals=None, /, *, closure=None)",
        "Run statements in the given namespaces.",
    ),
    function(
        "format",
        Positional(attributes::format),
        "($module, value, format_spec='', /)",
        "The value as text, as the format spec says.",
    ),
    function(
        "getattr",
        Positional(attributes::getattr),
        "",
        "The named attribute, or the default where there is none.",
    ),
    function(
        "globals",
        NoArguments(attributes::globals),
        "($module, /)",
        "The namespace of the current module.",
    ),
    function(
        "hasattr",
        Positional(attributes::hasattr),
        "($module, obj, name, /)",
        "Whether the object has the named attribute.",
    ),
    function("hash", One(attributes::hash), "($module, obj, /)", "The hash of the object."),
    function(
        "hex",
        One(numbers::hex),
        "($module, number, /)",
        "The integer in hexadecimal, with its prefix 0x.",
    ),
    function("id", One(attributes::id), "($module, obj, /)", "The identity of the object: its address."),
    function(
        "input",
        Positional(output::input),
        "($module, prompt='', /)",
        "Read a line from standard input, without its end.",
    ),
    function(
        "isinstance",
        Positional(attributes::isinstance),
        "($module, obj, class_or_tuple, /)",
        "Whether the object is an instance of the class, or of one of them.",
    ),
    function(
        "issubclass",
        Positional(attributes::issubclass),
        "($module, cls, class_or_tuple, /)",
        "Whether the first class derives from the other, or from one of them.",
    ),
    function(
        "iter",
        Positional(iteration::iter),
        "",
        "An iterator over the object, or over calls until a sentinel.",
    ),
    function(
        "aiter",
        One(iteration::async_iter),
        "($module, async_iterable, /)",
        "An asynchronous iterator.",
    ),
    function("len", One(iteration::len), "($module, obj, /)", "The number of items."),
    function(
        "locals",
        NoArguments(attributes::locals),
        "($module, /)",
        "The local variables of the current scope.",
    ),
    function("max", Full(iteration::max), "", "The greatest item or argument."),
    function("min", Full(iteration::min), "", "The least item or argument."),
    function("next", Positional(iteration::next), "", "The next item, or the default at the end."),
    function(
        "anext",
        Positional(iteration::async_next),
        "($module, aiterator, default=<unrepresentable>, /)",
        "The next item of an asynchronous iterator.",
    ),
    function("oct", One(numbers::oct), "($module, number, /)", "The integer in octal, with its prefix 0o."),
    function("ord", One(numbers::ord), "($module, c, /)", "The code point of a character."),
    function(
        "pow",
        Full(numbers::pow),
        "($module, /, base, exp, mod=None)",
        "base**exp, or base**exp % mod.",
    ),
    function(
        "print",
        Full(output::print),
        "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)",
        "Print the values to a stream, sys.stdout by default.",
    ),
    function("repr", One(attributes::repr), "($module, obj, /)", "The canonical text of the object."),
    function(
        "round",
        Full(numbers::round),
        "($module, /, number, ndigits=None)",
        "The number rounded to so many decimal digits.",
    ),
    function(
        "setattr",
        Positional(attributes::setattr),
        "($module, obj, name, value, /)",
        "Set a named attribute.",
    ),
    function(
        "sorted",
        Full(iteration::sorted),
        "($module, iterable, /, *, key=None, reverse=False)",
        "A new list of all items in ascending order.",
    ),
    function(
        "sum",
        Full(iteration::sum),
        "($module, iterable, /, start=0)",
        "The start value plus all items.",
    ),
    function("vars", Positional(attributes::vars), "", "The local variables, or the object's __dict__."),
    function(
        "open",
        Full(super::io::open::open),
        "($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)",
        "Open a file and return a stream.",
    ),
];

/// Fills `cx.builtins` and registers the module.
pub fn install(cx: &Interpreter) -> Outcome<()> {
    let module = new_module_with(cx, "builtins", cx.builtins.clone())?.into_object();
    let name = cx.intern("builtins")?.into_object();
    let documentation = "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct \
                         access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full \
                         name for the built-in function len().";
    cx.dict_set_text(&cx.builtins, &cx.names.doc, cx.new_text(documentation)?)?;
    for function in FUNCTIONS {
        let made = cx.new_builtin_function(function, Some(module.clone()), Some(name.clone()), None)?;
        cx.dict_set_str(&cx.builtins, function.name, made.into_object())?;
    }
    add_constants(cx)?;
    add_types(cx)?;
    cx.dict_set_str(&cx.modules, "builtins", module)?;
    Ok(())
}

fn add_constants(cx: &Interpreter) -> Outcome<()> {
    let constants = [
        ("None", &cx.none),
        ("Ellipsis", &cx.ellipsis),
        ("NotImplemented", &cx.not_implemented),
        ("False", &cx.false_),
        ("True", &cx.true_),
    ];
    for (name, value) in constants {
        cx.dict_set_str(&cx.builtins, name, value.clone())?;
    }
    cx.dict_set_str(&cx.builtins, "__debug__", cx.new_bool(!cx.options.optimize))
}

fn add_types(cx: &Interpreter) -> Outcome<()> {
    let types = &cx.types;
    let named: [&TypeObject; 26] = [
        &types.bool,
        &types.memoryview,
        &types.bytearray,
        &types.bytes,
        &types.classmethod,
        &types.complex,
        &types.dict,
        &types.enumerate,
        &types.filter,
        &types.float,
        &types.frozenset,
        &types.property,
        &types.int,
        &types.list,
        &types.map,
        &types.object,
        &types.range,
        &types.reversed,
        &types.set,
        &types.slice,
        &types.staticmethod,
        &types.str,
        &types.super_,
        &types.tuple,
        &types.type_,
        &types.zip,
    ];
    for kind in named {
        cx.dict_set_str(&cx.builtins, &kind.name_text(), kind.new_ref())?;
    }
    for kind in types.all().into_iter().filter(|kind| kind.has(TypeFlags::EXCEPTION)) {
        cx.dict_set_str(&cx.builtins, &kind.name_text(), kind.as_object().clone())?;
    }
    for alias in ["EnvironmentError", "IOError"] {
        cx.dict_set_str(&cx.builtins, alias, types.os_error.as_object().clone())?;
    }
    let group = crate::types::exceptions::exception_group_type(cx)?.into_object();
    cx.dict_set_str(&cx.builtins, "ExceptionGroup", group)
}
