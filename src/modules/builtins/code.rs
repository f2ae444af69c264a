//! Functions that compile and run code: `compile`, `eval`, `exec`, `__build_class__`, `breakpoint`.

use crate::compile::Mode;
use crate::compile::Options;
use crate::modules::source::{self, Origin, compile_with, decode_source};
use crate::modules::sys::audit;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Raised, Typed};
use crate::types::binary::buffer::is_bytes_like;
use crate::types::support::reference;
use crate::values::dict::Dict;
use crate::vm::function::new_function;
use crate::vm::{CodeObject, class_body, run_code};

use super::attributes::{caller_globals, caller_locals};

const COMPILE: Parameters<7> = Parameters {
    function: "compile",
    names: ["source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version"],
    positional_only: 0,
    positional: 6,
    required: 3,
};

/// Flags of `__future__` and of the parser that change nothing here.
const HARMLESS_FLAGS: i64 = 0x01ff_0010 | 0x200 | 0x4000;

pub(super) fn compile(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [source, file_name, mode, flags, _, optimize, _] = COMPILE.bind(cx, arguments)?;
    let none = || cx.none();
    let (source, file_name) = (source.unwrap_or_else(none), file_name.unwrap_or_else(none));
    if file_name.as_text().is_some_and(|text| text.as_slice().iter().any(|point| point == 0)) {
        return Err(cx.value_error("embedded null character"));
    }
    let file_name = crate::modules::io::open::path_argument(cx, &file_name)?;
    let mode = mode.unwrap_or_else(none);
    let Some(mode) = mode.as_text() else {
        let kind = if cx.is_none(&mode) { "None".to_owned() } else { mode.type_name() };
        return Err(cx.type_error(format_args!("compile() argument 'mode' must be str, not {kind}")));
    };
    if flags.map_or(Ok(0), |flags| cx.to_i64(&flags))? & !HARMLESS_FLAGS != 0 {
        return Err(cx.value_error("compile(): unrecognised flags"));
    }
    let optimize = match optimize.map_or(Ok(-1), |optimize| cx.to_i64(&optimize))? {
        -1 => cx.options.optimize,
        level @ 0..=2 => level > 0,
        _ => return Err(cx.value_error("compile(): invalid optimize value")),
    };
    let mode = match mode.to_rust_string_lossy().as_str() {
        "exec" => Mode::Module,
        "eval" => Mode::Expression,
        "single" => Mode::Interactive,
        "func_type" => return Err(cx.value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST")),
        _ => return Err(cx.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    let refuse = || cx.type_error("compile() arg 1 must be a string, bytes or AST object");
    let wanted = Wanted { file_name: &file_name.to_string_lossy(), mode, optimize, is_stripped: false };
    Ok(compile_object(cx, &source, &wanted, refuse)?.into_object())
}

/// What a source is compiled to.
struct Wanted<'a> {
    file_name: &'a str,
    mode: Mode,
    optimize: bool,
    /// Blanks before the text do not count.
    is_stripped: bool,
}

impl Wanted<'static> {
    fn string(cx: &Interpreter, mode: Mode) -> Self {
        let is_stripped = mode == Mode::Expression;
        Wanted { file_name: "<string>", mode, optimize: cx.options.optimize, is_stripped }
    }
}

impl Wanted<'_> {
    fn compile(&self, cx: &Interpreter, text: &str) -> Outcome<Ref<CodeObject>> {
        let text = if self.is_stripped { text.trim_start_matches([' ', '\t']) } else { text };
        let options = Options { optimize: self.optimize, ..source::options(cx, self.mode) };
        compile_with(cx, text, self.file_name, self.mode, options)
    }
}

/// Compiles what a program gives as source.
fn compile_object(
    cx: &Interpreter,
    source: &Object,
    wanted: &Wanted<'_>,
    refuse: impl Fn() -> Raised,
) -> Outcome<Ref<CodeObject>> {
    if let Some(text) = source.as_text() {
        if text.as_slice().iter().any(|point| (0xd800..0xe000).contains(&point)) {
            return Err(surrogate_error(cx, source));
        }
        let text = text.to_rust_string_lossy();
        tell_compile(cx, text.as_bytes(), wanted)?;
        return wanted.compile(cx, &text);
    }
    if let Some(bytes) = source.as_bytes() {
        tell_compile(cx, bytes.as_slice(), wanted)?;
        let text = decode_source(cx, bytes.as_slice(), wanted.file_name, Origin::Whole)?;
        return wanted.compile(cx, &text);
    }
    if is_bytes_like(source) {
        let bytes = cx.call(&cx.types.bytes, &[source.new_ref()])?;
        return compile_object(cx, &bytes, wanted, refuse);
    }
    Err(refuse())
}

fn tell_compile(cx: &Interpreter, source: &[u8], wanted: &Wanted<'_>) -> Outcome<()> {
    if !audit::is_wanted(cx) {
        return Ok(());
    }
    let source = crate::types::coding::new_bytes(cx, source)?;
    audit::tell(cx, "compile", &[source, cx.new_path_text(wanted.file_name)?])
}

#[cold]
fn surrogate_error(cx: &Interpreter, source: &Object) -> Raised {
    let result = cx.intern("encode").and_then(|name| cx.call_method(source, &name, &[]));
    match result {
        Ok(_) => cx.system_error("a surrogate that can be encoded"),
        Err(raised) => raised,
    }
}

/// The namespaces of `eval` and `exec`, with the caller's for those not given.
fn namespaces(
    cx: &Interpreter,
    globals: Option<ObjectRef>,
    locals: Option<ObjectRef>,
) -> Outcome<(ObjectRef, ObjectRef)> {
    let (globals, locals) = match (globals, locals) {
        (Some(globals), Some(locals)) => (globals, locals),
        (Some(globals), None) => (globals.clone(), globals),
        (None, Some(locals)) => (caller_globals(cx)?, locals),
        (None, None) => (caller_globals(cx)?, caller_locals(cx)?),
    };
    Ok((globals, locals))
}

fn is_mapping(object: &Object) -> bool {
    object.type_object().slots.get_item.get().is_some()
}

/// Runs code. The frame counts each of the namespaces once, as CPython's function and frame do, and nobody else here.
fn run(cx: &Interpreter, code: &Ref<CodeObject>, globals: Ref<Dict>, locals: ObjectRef) -> Outcome {
    if cx.dict_get_text(&globals, &cx.names.builtins)?.is_none() {
        let builtins = crate::vm::current_builtins(cx);
        cx.dict_set_text(&globals, &cx.names.builtins, builtins)?;
    }
    run_code(cx, code, &globals, Some(locals))
}

fn given(cx: &Interpreter, value: Option<ObjectRef>) -> Option<ObjectRef> {
    value.filter(|value| !cx.is_none(value))
}

fn dict_from(object: ObjectRef) -> Option<Ref<Dict>> {
    object.as_dict().map(reference)
}

fn as_code(object: &ObjectRef) -> Option<Ref<CodeObject>> {
    object.layout::<CodeObject>().map(reference)
}

pub(super) fn eval(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("eval", arguments.len(), 1, 3)?;
    let (globals, locals) = (given(cx, arguments.get(1).cloned()), given(cx, arguments.get(2).cloned()));
    if locals.as_ref().is_some_and(|locals| !is_mapping(locals)) {
        return Err(cx.type_error("locals must be a mapping"));
    }
    if let Some(globals) = globals.as_ref().filter(|globals| globals.as_dict().is_none()) {
        return Err(match is_mapping(globals) {
            true => cx.type_error("globals must be a real dict; try eval(expr, {}, mapping)"),
            false => cx.type_error("globals must be a dict"),
        });
    }
    let (globals, locals) = namespaces(cx, globals, locals)?;
    let code = match as_code(&arguments[0]) {
        Some(code) if !code.unit.source.free_names.is_empty() => {
            return Err(cx.type_error("code object passed to eval() may not contain free variables"));
        }
        Some(code) => code,
        None => {
            let refuse = || cx.type_error("eval() arg 1 must be a string, bytes or code object");
            compile_object(cx, &arguments[0], &Wanted::string(cx, Mode::Expression), refuse)?
        }
    };
    let Some(globals) = dict_from(globals) else { return Err(cx.type_error("globals must be a dict")) };
    audit::tell(cx, "exec", &[code.as_object().clone()])?;
    run(cx, &code, globals, locals)
}

const EXEC: Parameters<4> = Parameters {
    function: "exec",
    names: ["", "", "", "closure"],
    positional_only: 3,
    positional: 3,
    required: 1,
};

pub(super) fn exec(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [source, globals, locals, closure] = EXEC.bind(cx, arguments)?;
    let source = source.unwrap_or_else(|| cx.none());
    let (globals, locals) = (given(cx, globals), given(cx, locals));
    let (globals, locals) = namespaces(cx, globals, locals)?;
    if globals.as_dict().is_none() {
        let kind = globals.type_name();
        return Err(cx.type_error(format_args!("exec() globals must be a dict, not {kind}")));
    }
    if !is_mapping(&locals) {
        let kind = locals.type_name();
        return Err(cx.type_error(format_args!("locals must be a mapping or None, not {kind}")));
    }
    let closure = given(cx, closure);
    let code = match as_code(&source) {
        Some(code) if !code.unit.source.free_names.is_empty() => {
            return run_closure(cx, &code, globals, closure);
        }
        Some(_) if closure.is_some() => {
            return Err(cx.type_error("cannot use a closure with this code object"));
        }
        Some(code) => code,
        None if closure.is_some() => {
            return Err(cx.type_error("closure can only be used when source is a code object"));
        }
        None => {
            let refuse = || cx.type_error("exec() arg 1 must be a string, bytes or code object");
            compile_object(cx, &source, &Wanted::string(cx, Mode::Module), refuse)?
        }
    };
    let Some(globals) = dict_from(globals) else { return Err(cx.type_error("globals must be a dict")) };
    audit::tell(cx, "exec", &[code.as_object().clone()])?;
    run(cx, &code, globals, locals)?;
    Ok(cx.none())
}

/// Runs code with free variables as a function without arguments, whose cells are those of the closure.
fn run_closure(
    cx: &Interpreter,
    code: &Ref<CodeObject>,
    globals: ObjectRef,
    closure: Option<ObjectRef>,
) -> Outcome {
    let count = code.unit.source.free_names.len();
    let fits = |closure: &ObjectRef| {
        closure.is_exactly(&cx.types.tuple)
            && closure.as_tuple().is_some_and(|cells| {
                cells.len() == count && cells.items().iter().all(|cell| cell.is_exactly(&cx.types.cell))
            })
    };
    let Some(closure) = closure.filter(fits) else {
        return Err(cx.type_error(format_args!("code object requires a closure of exactly length {count}")));
    };
    let function = new_function(cx, code, globals)?;
    function.closure.set(Some(closure));
    cx.call(function.as_object(), &[])?;
    Ok(cx.none())
}

pub(super) fn build_class(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [function, name, ..] = arguments.positional_values() else {
        return Err(cx.type_error("__build_class__: not enough arguments"));
    };
    if !function.is_exactly(&cx.types.function) {
        return Err(cx.type_error("__build_class__: func must be a function"));
    }
    if name.as_text().is_none() {
        return Err(cx.type_error("__build_class__: name is not a string"));
    }
    let rest = Arguments { values: &arguments.values[2..], names: arguments.names };
    class_body::make_class(cx, function, name, rest)
}

pub(super) fn breakpoint(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    match cx.dict_get_str(&cx.sys, "breakpointhook")? {
        Some(hook) => cx.call_with(&hook, arguments),
        None => Err(cx.runtime_error("lost sys.breakpointhook")),
    }
}
