//! `import`: finding modules that are native, embedded or files, running them, packages and relative names.

#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};

use crate::compile::Mode;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{Arguments, AsException, Interpreter, Outcome, Parameters, Raised, Typed};
use crate::types::module::{namespace, new_module};
use crate::types::support::{reference, rust_text};
use crate::values::dict::Dict;
use crate::vm::run_code;

use super::source::{compile_bytes, compile_source};
use super::{BUILTIN, EMBEDDED};

const IMPORT: Parameters<5> = Parameters {
    function: "__import__",
    names: ["name", "globals", "locals", "fromlist", "level"],
    positional_only: 0,
    positional: 5,
    required: 1,
};

/// `__import__(name, globals=None, locals=None, fromlist=(), level=0)`
pub fn import_function(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name, globals, _, from_list, level] = IMPORT.bind(cx, arguments)?;
    let name = name.unwrap_or_else(|| cx.none());
    let Some(text) = name.as_text() else { return Err(cx.type_error("module name must be a string")) };
    let text = text.to_rust_string_lossy();
    let level = level.map_or(Ok(0), |level| cx.to_i64(&level))?;
    if level < 0 {
        return Err(cx.value_error("level must be >= 0"));
    }
    let full = match level {
        0 if text.is_empty() => return Err(cx.value_error("Empty module name")),
        0 => text.clone(),
        _ => resolve_relative(cx, &text, globals.as_deref(), level as usize)?,
    };
    let module = import_dotted(cx, &full)?;
    match from_list.filter(|list| !cx.is_none(list)) {
        Some(list) if cx.is_true(&list)? => {
            import_submodules(cx, &module, &full, &list)?;
            Ok(module)
        }
        _ if level == 0 => find_loaded(cx, first_part(&full)),
        _ if text.is_empty() => Ok(module),
        _ => {
            let kept = full.len() - (text.len() - first_part(&text).len());
            find_loaded(cx, &full[..kept])
        }
    }
}

fn first_part(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn find_loaded(cx: &Interpreter, name: &str) -> Outcome {
    match cx.dict_get_str(&cx.modules, name)? {
        Some(module) => Ok(module),
        None => Err(cx.key_error(&*cx.new_text(&format!("'{name}' not in sys.modules as expected"))?)),
    }
}

/// The absolute name of a relative one.
fn resolve_relative(cx: &Interpreter, name: &str, globals: Option<&Object>, level: usize) -> Outcome<String> {
    let package = match globals.and_then(|globals| globals.as_dict()) {
        Some(globals) => package_of(cx, globals)?,
        None => return Err(cx.raise_text(&cx.types.key_error, "'__name__' not in globals")),
    };
    if package.is_empty() {
        let message = "attempted relative import with no known parent package";
        return Err(cx.raise_text(&cx.types.import_error, message));
    }
    let mut base = package.as_str();
    for _ in 1..level {
        match base.rsplit_once('.') {
            Some((parent, _)) => base = parent,
            None => {
                let message = "attempted relative import beyond top-level package";
                return Err(cx.raise_text(&cx.types.import_error, message));
            }
        }
    }
    Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
}

fn package_of(cx: &Interpreter, globals: &Dict) -> Outcome<String> {
    let package = cx.dict_get_text(globals, &cx.names.package)?;
    if let Some(package) = package.filter(|package| !cx.is_none(package)) {
        return Ok(rust_text(&package));
    }
    let name = cx.dict_get_text(globals, &cx.names.name)?.map(|name| rust_text(&name)).unwrap_or_default();
    if cx.dict_get_text(globals, &cx.names.path)?.is_some() {
        return Ok(name);
    }
    Ok(name.rsplit_once('.').map(|(parent, _)| parent.to_owned()).unwrap_or_default())
}

/// Imports a module and all packages around it.
pub fn import_dotted(cx: &Interpreter, full: &str) -> Outcome {
    if let Some(module) = loaded(cx, full)? {
        return Ok(module);
    }
    let Some((parent_name, last)) = full.rsplit_once('.') else { return import_top(cx, full, full, None) };
    let parent = import_dotted(cx, parent_name)?;
    if let Some(module) = loaded(cx, full)? {
        return Ok(module);
    }
    let Some(path) = cx.find_attribute(&parent, &cx.names.path)? else {
        let message = format!("No module named '{full}'; '{parent_name}' is not a package");
        return Err(not_found(cx, &message, full));
    };
    let module = import_top(cx, full, last, Some(&path))?;
    cx.set_attribute_text(&parent, &*cx.intern(last)?, Some(&module))?;
    Ok(module)
}

/// What `sys.modules` has under the name; None there forbids the import.
fn loaded(cx: &Interpreter, full: &str) -> Outcome<Option<ObjectRef>> {
    match cx.dict_get_str(&cx.modules, full)? {
        Some(module) if cx.is_none(&module) => {
            let message = format!("import of {full} halted; None in sys.modules");
            Err(not_found(cx, &message, full))
        }
        found => Ok(found),
    }
}

#[cold]
fn not_found(cx: &Interpreter, message: &str, name: &str) -> Raised {
    let made = cx.new_text(message).and_then(|message| {
        cx.call_keywords(&cx.types.module_not_found_error, &[message], &[("name", cx.new_text(name)?)])
    });
    match made {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

fn import_top(cx: &Interpreter, full: &str, last: &str, path: Option<&Object>) -> Outcome {
    if let Some((_, make)) = BUILTIN.iter().find(|(name, _)| *name == full) {
        let module = make(cx)?;
        cx.dict_set_str(&cx.modules, full, module.clone())?;
        return Ok(module);
    }
    if let Some((_, source)) = EMBEDDED.iter().find(|(name, _)| *name == full) {
        return import_embedded(cx, full, source);
    }
    let folders = match path {
        Some(path) => path.new_ref(),
        None => match cx.dict_get_text(&cx.sys, &cx.names.path_)? {
            Some(path) => path,
            None => return Err(cx.runtime_error("sys.path must be a list of directory names")),
        },
    };
    for folder in cx.collect(&folders)? {
        let Some(folder) = folder.as_text() else { continue };
        if let Some(found) = find_in(Path::new(&folder.to_rust_string_lossy()), last) {
            return import_file(cx, full, &found);
        }
    }
    Err(not_found(cx, &format!("No module named '{full}'"), full))
}

/// A module found in a folder.
struct Found {
    file: PathBuf,
    /// The folder, of a package.
    package: Option<PathBuf>,
}

fn find_in(folder: &Path, name: &str) -> Option<Found> {
    let package = folder.join(name);
    let init = package.join("__init__.py");
    if init.is_file() {
        return Some(Found { file: init, package: Some(package) });
    }
    let file = folder.join(format!("{name}.py"));
    file.is_file().then_some(Found { file, package: None })
}

/// Whether an embedded module has embedded modules inside.
fn is_embedded_package(full: &str) -> bool {
    EMBEDDED.iter().any(|(name, _)| name.strip_prefix(full).is_some_and(|rest| rest.starts_with('.')))
}

fn import_embedded(cx: &Interpreter, full: &str, source: &str) -> Outcome {
    let module = new_module(cx, full)?.into_object();
    let names = namespace(cx, &module)?;
    let is_package = is_embedded_package(full);
    fill(cx, &names, full, is_package)?;
    if is_package {
        cx.dict_set_text(&names, &cx.names.path, cx.new_list(Vec::new())?)?;
    }
    let file_name = format!("<frozen {full}>");
    run_module(cx, full, module, || compile_source(cx, source, &file_name, Mode::Module))
}

fn import_file(cx: &Interpreter, full: &str, found: &Found) -> Outcome {
    let shown = found.file.to_string_lossy().into_owned();
    let bytes = match std::fs::read(&found.file) {
        Ok(bytes) => bytes,
        Err(error) => return Err(super::io::errors::io_error(cx, &error, Some(&cx.new_text(&shown)?))),
    };
    let module = new_module(cx, full)?.into_object();
    let names = namespace(cx, &module)?;
    fill(cx, &names, full, found.package.is_some())?;
    cx.dict_set_text(&names, &cx.names.file, cx.new_text(&shown)?)?;
    if let Some(package) = &found.package {
        let folder = cx.new_text(&package.to_string_lossy())?;
        cx.dict_set_text(&names, &cx.names.path, cx.new_list(vec![folder])?)?;
    }
    run_module(cx, full, module, || compile_bytes(cx, &bytes, &shown, Mode::Module))
}

fn fill(cx: &Interpreter, names: &Dict, full: &str, is_package: bool) -> Outcome<()> {
    let parent = full.rsplit_once('.').map_or("", |(parent, _)| parent);
    let package = cx.new_text(if is_package { full } else { parent })?;
    cx.dict_set_text(names, &cx.names.package, package)?;
    cx.dict_set_text(names, &cx.names.builtins, cx.builtins.as_object().clone())
}

/// Runs a module that stands in `sys.modules` meanwhile, so that circular imports find it.
fn run_module(
    cx: &Interpreter,
    full: &str,
    module: ObjectRef,
    compile: impl FnOnce() -> Outcome<Ref<crate::vm::CodeObject>>,
) -> Outcome {
    let code = compile()?;
    cx.dict_set_str(&cx.modules, full, module.clone())?;
    let names = namespace(cx, &module)?;
    set_initializing(cx, &names, full, true)?;
    let result = run_code(cx, &code, &names, None);
    if let Err(raised) = result {
        let exception = cx.take_exception();
        let removed = cx.intern(full).and_then(|name| cx.dict_remove_text(&cx.modules, &name));
        if removed.is_err() {
            drop(cx.take_exception());
        }
        cx.raise_again(exception);
        return Err(raised);
    }
    set_initializing(cx, &names, full, false)?;
    // A module may have put something else in its place.
    find_loaded(cx, full)
}

fn set_initializing(cx: &Interpreter, names: &Dict, full: &str, initializing: bool) -> Outcome<()> {
    if !initializing {
        if let Some(spec) = cx.dict_get_text(names, &cx.names.spec)?.filter(|spec| !cx.is_none(spec)) {
            let name = cx.intern("_initializing")?;
            return cx.set_attribute_text(&spec, &name, Some(&cx.false_));
        }
        return Ok(());
    }
    let origin = match cx.dict_get_text(names, &cx.names.file)? {
        Some(file) => file,
        None => cx.new_text("frozen")?,
    };
    let spec = cx.call_keywords(
        &cx.types.simple_namespace,
        &[],
        &[
            ("name", cx.new_text(full)?),
            ("loader", cx.none()),
            ("origin", origin),
            ("_initializing", cx.true_.clone()),
        ],
    )?;
    cx.dict_set_text(names, &cx.names.spec, spec)
}

/// Imports the names of a `from` list that are submodules of a package.
fn import_submodules(cx: &Interpreter, module: &Object, full: &str, list: &Object) -> Outcome<()> {
    if cx.find_attribute(module, &cx.names.path)?.is_none() {
        return Ok(());
    }
    for name in cx.collect(list)? {
        let Some(text) = name.as_text().map(reference) else {
            let kind = name.type_name();
            return Err(cx.type_error(format_args!("Item in ``from list'' must be str, not {kind}")));
        };
        if text.equals_str("*") {
            if let Some(all) = cx.find_attribute(module, &cx.names.all)? {
                import_submodules(cx, module, full, &all)?;
            }
            continue;
        }
        if cx.find_attribute(module, &text)?.is_some() {
            continue;
        }
        let wanted = format!("{full}.{}", text.to_rust_string_lossy());
        if let Err(raised) = import_dotted(cx, &wanted) {
            ignore_missing(cx, raised, &wanted)?;
        }
    }
    Ok(())
}

/// A name that is no submodule is for the `from` statement to complain about.
fn ignore_missing(cx: &Interpreter, raised: Raised, wanted: &str) -> Outcome<()> {
    let Some(error) = cx.take_if(&cx.types.module_not_found_error) else { return Err(raised) };
    let name = error.as_exception().filter(|error| error.extra_count() > 1).and_then(|error| error.extra(1).get());
    match name {
        Some(name) if rust_text(&name) == wanted => Ok(()),
        _ => Err(cx.raise_again(error)),
    }
}

/// Runs an embedded text in a namespace of its own, outside `sys.modules`.
pub fn run_embedded(cx: &Interpreter, name: &str, source: &str) -> Outcome<Ref<Dict>> {
    let module = new_module(cx, name)?.into_object();
    let names = namespace(cx, &module)?;
    fill(cx, &names, name, false)?;
    let code = compile_source(cx, source, &format!("<frozen {name}>"), Mode::Module)?;
    run_code(cx, &code, &names, None)?;
    Ok(names)
}
