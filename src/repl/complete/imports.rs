//! Names of modules, and names that a module can give. A module that is not loaded is read, not run.

use std::path::{Path, PathBuf};

use super::objects::{attributes, quietly};
use crate::modules::{BUILTIN, EMBEDDED};
use crate::object::ObjectRef;
use crate::runtime::{Interpreter, Typed};
use crate::syntax::ast::{Expr, ExprKind, Stmt, StmtKind};
use crate::syntax::{decode, parse_module};
use crate::types::support::rust_text;

/// The modules of a package, or all at the top.
pub fn modules(cx: &Interpreter, package: &str) -> Vec<String> {
    let prefix = if package.is_empty() { String::new() } else { format!("{package}.") };
    let native = BUILTIN.iter().map(|(name, _)| *name).chain(["builtins", "sys"]);
    let known = native.chain(EMBEDDED.iter().map(|(name, _)| *name));
    let mut names: Vec<String> = known
        .filter_map(|name| name.strip_prefix(&prefix))
        .filter(|name| !name.contains('.'))
        .map(str::to_owned)
        .collect();
    for folder in search_path(cx) {
        names.extend(in_folder(&folder.join(package.replace('.', "/"))));
    }
    names
}

fn search_path(cx: &Interpreter) -> Vec<PathBuf> {
    let Some(path) = cx.sys.get_text(&cx.names.path_) else { return Vec::new() };
    let items =
        path.as_list().map_or_else(Vec::new, |list| (0..list.len()).filter_map(|at| list.get(at)).collect());
    let folder = |item: &ObjectRef| match item.as_text().map(|text| text.to_rust_string_lossy())?.as_str() {
        "" => Some(PathBuf::from(".")),
        path => Some(PathBuf::from(path)),
    };
    items.iter().filter_map(folder).collect()
}

/// Modules and packages in a folder.
fn in_folder(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        match name.strip_suffix(".py") {
            Some(module) => Some(module.to_owned()),
            None => entry.path().join("__init__.py").is_file().then_some(name),
        }
    });
    names.filter(|name| is_identifier(name) && name != "__init__").collect()
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|other| other.is_alphanumeric() || other == '_')
}

/// What `from module import` can import.
pub fn names_of_module(cx: &Interpreter, module: &str) -> Vec<String> {
    let mut names = modules(cx, module);
    if let Some(loaded) = quietly(cx, cx.dict_get_str(&cx.modules, module)).flatten() {
        let own: Vec<String> = attributes(cx, &loaded);
        names.extend(own.into_iter().map(|name| name.trim_end_matches('(').to_owned()));
    } else if let Some((_, make)) = BUILTIN.iter().find(|(name, _)| *name == module) {
        // A native module is made of Rust alone; this one is dropped again.
        let made = quietly(cx, make(cx));
        names.extend(made.iter().flat_map(|made| cx.own_names(made)).map(|name| rust_text(&name)));
    } else if let Some(source) = source_of(cx, module) {
        names.extend(parse_module(&source).map_or_else(|_| Vec::new(), |module| bound_names(&module.body)));
    }
    names
}

fn source_of(cx: &Interpreter, module: &str) -> Option<String> {
    let path = module.replace('.', "/");
    let files = search_path(cx)
        .into_iter()
        .flat_map(|folder| [folder.join(&path).join("__init__.py"), folder.join(format!("{path}.py"))]);
    for file in files {
        if let Ok(bytes) = std::fs::read(&file) {
            return decode(&bytes, &file.to_string_lossy()).ok();
        }
    }
    EMBEDDED.iter().find(|(name, _)| *name == module).map(|(_, text)| (*text).to_owned())
}

/// The names that the statements of a module bind, not looking into blocks.
fn bound_names(body: &[Stmt]) -> Vec<String> {
    let mut names = Vec::new();
    for statement in body {
        match &statement.kind {
            StmtKind::FunctionDef(function) => names.push(function.name.to_string()),
            StmtKind::ClassDef(class) => names.push(class.name.to_string()),
            StmtKind::Assign { targets, .. } => names.extend(targets.iter().filter_map(name_of)),
            StmtKind::AnnAssign { target, .. } => names.extend(name_of(target)),
            StmtKind::Import { names: imported } | StmtKind::ImportFrom { names: imported, .. } => {
                let bound = imported.iter().map(|alias| alias.asname.as_ref().unwrap_or(&alias.name));
                names.extend(bound.filter(|name| is_identifier(name)).map(ToString::to_string));
            }
            _ => {}
        }
    }
    names
}

fn name_of(target: &Expr) -> Option<String> {
    match &target.kind {
        ExprKind::Name { id, .. } => Some(id.to_string()),
        _ => None,
    }
}
