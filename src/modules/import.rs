//! Imports: `sys.modules`, the modules of this crate, and `.py` files and packages along `sys.path`.

use std::path::{Path, PathBuf};

use super::BUILTIN;
use super::embedded::{EMBEDDED, NATIVE_IN_CPYTHON};
use super::source::{self, Origin, compile_bytes};
use super::support;
use super::sys::audit;
use crate::compile::{Mode, Options};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{Arguments, AsException, Interpreter, Outcome, Parameters, Raised, Typed};
use crate::values::dict::Dict;
use crate::vm::CodeObject;

/// Where the code of a module comes from.
enum Source {
    /// Made by Rust.
    Native(fn(&Interpreter) -> Outcome),
    /// Python text of this crate.
    Embedded(&'static str),
    /// A file; a package's is its `__init__.py`.
    File {
        /// The path.
        path: PathBuf,
        /// A package has a `__path__`.
        is_package: bool,
    },
    /// Folders of this name without an `__init__.py`, from all along the path: a namespace package.
    Folders(Vec<String>),
}

const IMPORT: Parameters<5> = Parameters {
    function: "__import__",
    names: ["name", "globals", "locals", "fromlist", "level"],
    positional_only: 0,
    positional: 5,
    required: 1,
};

/// `__import__` of builtins.
pub fn import_function(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [name, globals, _, from_list, level] = IMPORT.bind(cx, arguments)?;
    let name = name.unwrap_or_else(|| cx.none());
    let Some(name) = name.as_text() else { return Err(cx.type_error("module name must be a string")) };
    let level = level.map_or(Ok(0), |level| cx.to_i64(&level))?;
    let from_list = from_list.unwrap_or_else(|| cx.none());
    import(cx, &name.to_rust_string_lossy(), globals.as_deref(), &from_list, level)
}

/// `__import__(name, globals, locals, fromlist, level)`
pub fn import(
    cx: &Interpreter,
    name: &str,
    globals: Option<&Object>,
    from_list: &Object,
    level: i64,
) -> Outcome {
    if level < 0 {
        return Err(cx.value_error("level must be >= 0"));
    }
    if name.is_empty() && level == 0 {
        return Err(cx.value_error("Empty module name"));
    }
    let absolute = if level > 0 { resolve_relative(cx, name, globals, level)? } else { name.to_owned() };
    let module = import_dotted(cx, &absolute)?;
    if cx.is_true(from_list)? {
        import_names_of_package(cx, &absolute, &module, from_list)?;
        return Ok(module);
    }
    if level == 0 || name.is_empty() {
        let first = absolute.split('.').next().unwrap_or(&absolute);
        return loaded(cx, first)?.ok_or_else(|| not_found(cx, first));
    }
    let kept = absolute.len() - name.len() + name.find('.').unwrap_or(name.len());
    loaded(cx, &absolute[..kept])?.ok_or_else(|| not_found(cx, &absolute))
}

/// Submodules named in `from package import …` that the package has not yet.
fn import_names_of_package(
    cx: &Interpreter,
    package: &str,
    module: &Object,
    from_list: &Object,
) -> Outcome<()> {
    if cx.find_attribute(module, &cx.names.path)?.is_none() {
        return Ok(());
    }
    for name in cx.collect(from_list)? {
        let Some(text) = name.as_text().map(|text| text.to_rust_string_lossy()) else {
            let kind = name.type_name();
            return Err(cx.type_error(format_args!("Item in ``from list'' must be str, not {kind}")));
        };
        if text == "*" || cx.find_attribute(module, &*cx.intern(&text)?)?.is_some() {
            continue;
        }
        let full = format!("{package}.{text}");
        if let Err(Raised) = import_dotted(cx, &full) {
            let missing = cx.thread.raised.get().is_some_and(|raised| is_missing(cx, &raised, &full));
            if !missing {
                return Err(Raised);
            }
            drop(cx.take_exception());
        }
    }
    Ok(())
}

fn is_missing(cx: &Interpreter, raised: &ObjectRef, name: &str) -> bool {
    let field = raised.as_exception().filter(|_| raised.is_instance(&cx.types.module_not_found_error));
    let found = field.and_then(|exception| exception.extra(1).get());
    found.is_some_and(|found| found.as_text().is_some_and(|found| found.equals_str(name)))
}

/// The absolute name of a relative import.
fn resolve_relative(cx: &Interpreter, name: &str, globals: Option<&Object>, level: i64) -> Outcome<String> {
    let globals = globals.and_then(|globals| globals.as_dict());
    let package = match globals {
        Some(globals) => cx.dict_get_text(globals, &cx.names.package)?,
        None => None,
    };
    let package = package
        .and_then(|package| package.as_text().map(|text| text.to_rust_string_lossy()))
        .unwrap_or_default();
    if package.is_empty() {
        if let Some(globals) = globals
            && cx.dict_get_str(globals, "__package__")?.is_none_or(|package| cx.is_none(&package))
            && cx.dict_get_str(globals, "__spec__")?.is_none_or(|spec| cx.is_none(&spec))
            && cx.dict_get_str(globals, "__name__")?.is_none()
        {
            return Err(cx.key_error(&*cx.new_text("'__name__' not in globals")?));
        }
        return Err(
            cx.raise_text(&cx.types.import_error, "attempted relative import with no known parent package")
        );
    }
    let mut base = package.as_str();
    for _ in 1..level {
        base = match base.rsplit_once('.') {
            Some((outer, _)) => outer,
            None => {
                return Err(cx.raise_text(
                    &cx.types.import_error,
                    "attempted relative import beyond top-level package",
                ));
            }
        };
    }
    Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
}

/// Imports a module with all packages that it lies in, and returns the module itself.
pub fn import_dotted(cx: &Interpreter, name: &str) -> Outcome {
    if let Some(module) = loaded(cx, name)? {
        return Ok(module);
    }
    let Some((parent_name, last)) = name.rsplit_once('.') else {
        return load(cx, name, None);
    };
    let parent = {
        let _level = cx.enter(" while calling a Python object")?;
        import_dotted(cx, parent_name)?
    };
    if let Some(module) = loaded(cx, name)? {
        return Ok(module);
    }
    let Some(path) = cx.find_attribute(&parent, &cx.names.path)? else {
        let message = format!("No module named '{name}'; '{parent_name}' is not a package");
        return Err(module_not_found(cx, &message, name));
    };
    let module = load(cx, name, Some(&path))?;
    cx.set_attribute_text(&parent, &*cx.intern(last)?, Some(&module))?;
    Ok(module)
}

/// A module in `sys.modules`; None there forbids it.
fn loaded(cx: &Interpreter, name: &str) -> Outcome<Option<ObjectRef>> {
    let text = cx.new_text(name)?;
    match cx.modules.get_text(text.as_text().unwrap_or(&cx.empty_text)) {
        Some(found) if cx.is_none(&found) => {
            Err(module_not_found(cx, &format!("import of {name} halted; None in sys.modules"), name))
        }
        found => Ok(found),
    }
}

fn not_found(cx: &Interpreter, name: &str) -> Raised {
    module_not_found(cx, &format!("No module named '{name}'"), name)
}

#[cold]
fn module_not_found(cx: &Interpreter, message: &str, name: &str) -> Raised {
    let raised = cx.raise_text(&cx.types.module_not_found_error, message);
    if let Some(exception) = cx.thread.raised.get()
        && let Some(exception) = exception.as_exception().filter(|it| it.extra_count() >= 3)
    {
        exception.extra(0).set(cx.message_text(message).ok());
        exception.extra(1).set(cx.message_text(name).ok());
    }
    raised
}

/// Tells audit hooks that a module is looked for.
fn tell_import(cx: &Interpreter, name: &str) -> Outcome<()> {
    if !audit::is_wanted(cx) {
        return Ok(());
    }
    let mut told = vec![cx.new_text(name)?, cx.none()];
    for name in ["path", "meta_path", "path_hooks"] {
        told.push(cx.dict_get_str(&cx.sys, name)?.unwrap_or_else(|| cx.none()));
    }
    audit::tell(cx, "import", &told)
}

fn load(cx: &Interpreter, name: &str, path: Option<&ObjectRef>) -> Outcome {
    cx.poll()?;
    tell_import(cx, name)?;
    match find(cx, name, path)? {
        None => Err(not_found(cx, name)),
        Some(Source::Native(make)) => {
            let module = make(cx)?;
            crate::types::module::mark_native(&module);
            cx.dict_set_str(&cx.modules, name, module.clone())?;
            Ok(module)
        }
        Some(Source::Folders(folders)) => namespace_package(cx, name, folders),
        Some(Source::Embedded(text)) => {
            run(cx, name, &compile_embedded(cx, name, text)?, None, is_embedded_package(name))
        }
        Some(Source::File { path, is_package }) => {
            let bytes =
                std::fs::read(&path).map_err(|error| super::io::errors::io_error(cx, &error, None))?;
            let code = compile_bytes(cx, &bytes, &path.to_string_lossy(), Mode::Module, Origin::Whole)?;
            run(cx, name, &code, Some(&path), is_package)
        }
    }
}

fn find(cx: &Interpreter, name: &str, path: Option<&ObjectRef>) -> Outcome<Option<Source>> {
    if let Some((_, make)) = BUILTIN.iter().find(|(native, _)| *native == name) {
        return Ok(Some(Source::Native(*make)));
    }
    let last = name.rsplit('.').next().unwrap_or(name);
    let folders = match path {
        Some(path) => cx.collect(path)?,
        None => match cx.dict_get_text(&cx.sys, &cx.names.path_)? {
            Some(path) => cx.collect(&path)?,
            None => Vec::new(),
        },
    };
    let mut portions = Vec::new();
    for folder in folders {
        let Some(folder) = folder.as_text().map(|text| text.to_rust_string_lossy()) else { continue };
        if let Some(found) = find_in_folder(Path::new(&folder), last) {
            return Ok(Some(found));
        }
        let portion = Path::new(&folder).join(last);
        if portion.is_dir() {
            portions.push(portion.to_string_lossy().into_owned());
        }
    }
    let embedded = EMBEDDED.iter().find(|(embedded, _)| *embedded == name);
    let portions = (!portions.is_empty()).then_some(Source::Folders(portions));
    Ok(embedded.map(|(_, text)| Source::Embedded(text)).or(portions))
}

fn find_in_folder(folder: &Path, name: &str) -> Option<Source> {
    let package = folder.join(name).join("__init__.py");
    if package.is_file() {
        return Some(Source::File { path: package, is_package: true });
    }
    let path = folder.join(format!("{name}.py"));
    path.is_file().then_some(Source::File { path, is_package: false })
}

/// A package that is nothing but folders: its modules are looked for in each of them.
fn namespace_package(cx: &Interpreter, name: &str, folders: Vec<String>) -> Outcome {
    let module = cx.call(&cx.types.module, &[cx.intern(name)?.into_object()])?;
    let folders = folders.iter().map(|folder| cx.new_text(folder)).collect::<Outcome<Vec<_>>>()?;
    support::set(cx, &module, "__package__", cx.new_text(name)?)?;
    support::set(cx, &module, "__file__", cx.none())?;
    support::set(cx, &module, "__path__", cx.new_list(folders)?)?;
    cx.dict_set_str(&cx.modules, name, module.clone())?;
    Ok(module)
}

/// The code of a module that belongs to the program.
fn compile_embedded(cx: &Interpreter, name: &str, text: &str) -> Outcome<Ref<CodeObject>> {
    let stands_for_native = NATIVE_IN_CPYTHON.contains(&name);
    let options = Options { stands_for_native, ..source::options(cx, Mode::Module) };
    source::compile_with(cx, text, &format!("<{name}>"), Mode::Module, options)
}

/// Makes a module, enters it into `sys.modules` and runs its code; a module whose code fails is taken out again.
fn run(
    cx: &Interpreter,
    name: &str,
    code: &Ref<CodeObject>,
    path: Option<&Path>,
    is_package: bool,
) -> Outcome {
    let module = support::new_module(cx, name, &[], "")?;
    let Some(namespace) = cx.instance_dict(&module)? else {
        return Err(cx.system_error("a module without a namespace"));
    };
    let package = if is_package { name } else { name.rsplit_once('.').map_or("", |(package, _)| package) };
    cx.dict_set_text(&namespace, &cx.names.package, cx.new_text(package)?)?;
    if let Some(path) = path {
        cx.dict_set_text(&namespace, &cx.names.file, cx.new_path_text(&path.to_string_lossy())?)?;
    }
    if is_package {
        // A package of this crate has no folder: its modules are found by their full names.
        let folder =
            path.and_then(Path::parent).map(|folder| cx.new_text(&folder.to_string_lossy())).transpose()?;
        let folders = cx.new_list(folder.into_iter().collect())?;
        cx.dict_set_text(&namespace, &cx.names.path, folders)?;
    }
    add_builtins(cx, &namespace)?;
    cx.dict_set_str(&cx.modules, name, module.clone())?;
    cx.thread.importing.borrow_mut().insert(namespace.as_object().address());
    let ran = crate::vm::run_code(cx, code, &namespace, None);
    cx.thread.importing.borrow_mut().remove(&namespace.as_object().address());
    if let Err(Raised) = ran {
        let raised = cx.thread.raised.take();
        let _ = cx.dict_remove_text(&cx.modules, &*cx.intern(name)?);
        cx.thread.raised.set(raised);
        return Err(Raised);
    }
    Ok(loaded(cx, name)?.unwrap_or(module))
}

/// `__builtins__` of a namespace in which code runs.
fn add_builtins(cx: &Interpreter, namespace: &Ref<Dict>) -> Outcome<()> {
    let builtins =
        cx.dict_get_str(&cx.modules, "builtins")?.unwrap_or_else(|| cx.builtins.as_object().clone());
    cx.dict_set_text(namespace, &cx.names.builtins, builtins)
}

/// The namespace of a fresh `__main__`.
pub fn main_namespace(cx: &Interpreter) -> Outcome<Ref<Dict>> {
    let module = support::new_module(cx, "__main__", &[], "")?;
    cx.dict_set_str(&cx.modules, "__main__", module.clone())?;
    let Some(namespace) = cx.instance_dict(&module)? else {
        return Err(cx.system_error("a module without a namespace"));
    };
    for name in [&cx.names.doc, &cx.names.package, &cx.names.loader, &cx.names.spec] {
        cx.dict_set_text(&namespace, name, cx.none())?;
    }
    cx.dict_set_text(&namespace, &cx.names.annotations, cx.new_dict()?.into_object())?;
    add_builtins(cx, &namespace)?;
    Ok(namespace)
}

/// `__file__` of a program, and `__cached__`, which a program never has.
pub fn set_file(cx: &Interpreter, namespace: &Dict, file: &str) -> Outcome<()> {
    cx.dict_set_text(namespace, &cx.names.file, cx.new_path_text(file)?)?;
    cx.dict_set_text(namespace, &cx.names.cached, cx.none())
}

/// `-m name`: finds a module and runs it as `__main__`.
pub fn run_module(cx: &Interpreter, name: &str) -> Outcome {
    if name.starts_with('.') {
        return refuse_module(cx, "Relative module names not supported");
    }
    let source = match find_main(cx, name) {
        Ok(source) => source,
        Err(Raised) => {
            let Some(failure) = cx.take_if(&cx.types.import_error) else { return Err(Raised) };
            let (kind, text) = (failure.type_name(), cx.display(&failure));
            let message = format!("Error while finding module specification for '{name}' ({kind}: {text})");
            return refuse_module(cx, &message);
        }
    };
    let (bytes, file) = match source {
        Some(Source::File { path, is_package: false }) => {
            let bytes =
                std::fs::read(&path).map_err(|error| super::io::errors::io_error(cx, &error, None))?;
            (bytes, path.to_string_lossy().into_owned())
        }
        Some(Source::Embedded(_)) if is_embedded_package(name) => return run_package(cx, name),
        Some(Source::File { .. }) => return run_package(cx, name),
        Some(Source::Embedded(text)) => (text.as_bytes().to_vec(), format!("<{name}>")),
        Some(Source::Native(_)) => {
            return refuse_module(cx, &format!("No code object available for {name}"));
        }
        Some(Source::Folders(_)) => return run_package(cx, name),
        None => return refuse_module(cx, &format!("No module named {name}")),
    };
    let main = main_namespace(cx)?;
    set_file(cx, &main, &file)?;
    let code = compile_bytes(cx, &bytes, &file, Mode::Module, Origin::Whole)?;
    super::gc::verifying(cx, || crate::vm::run_code(cx, &code, &main, None))
}

/// Where the code of `-m name` is; the packages around it are imported.
fn find_main(cx: &Interpreter, name: &str) -> Outcome<Option<Source>> {
    let Some((parent_name, _)) = name.rsplit_once('.') else { return find(cx, name, None) };
    let parent = import_dotted(cx, parent_name)?;
    let Some(path) = cx.find_attribute(&parent, &cx.names.path)? else {
        let message =
            format!("__path__ attribute not found on '{parent_name}' while trying to find '{name}'");
        return Err(module_not_found(cx, &message, name));
    };
    find(cx, name, Some(&path))
}

/// Runs the `__main__` of a package.
fn run_package(cx: &Interpreter, name: &str) -> Outcome {
    let main = format!("{name}.__main__");
    match find_main(cx, &main)? {
        Some(_) => run_module(cx, &main),
        None => {
            let message =
                format!("No module named {main}; '{name}' is a package and cannot be directly executed");
            refuse_module(cx, &message)
        }
    }
}

fn is_embedded_package(name: &str) -> bool {
    EMBEDDED.iter().any(|(other, _)| other.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// Says why there is nothing to run, and ends with status 1.
fn refuse_module(cx: &Interpreter, message: &str) -> Outcome {
    cx.write_stderr(&format!("glasspy: {message}\n"));
    let status = cx.new_int(1)?;
    Err(cx.raise(cx.call(&cx.types.system_exit, &[status])?))
}
