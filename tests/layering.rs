//! Floors only look down: no file under `src/` may import from a floor that the table does not allow to it, and
//! `unsafe` stays where it is named.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each floor and the floors that it may import from, besides itself.
const FLOORS: &[(&str, &[&str])] = &[
    ("syntax", &[]),
    ("bytecode", &[]),
    ("compile", &["syntax", "bytecode"]),
    ("memory", &[]),
    ("object", &["memory"]),
    ("gc", &["object", "memory"]),
    ("values", &["object", "memory"]),
    ("runtime", &["values", "gc", "object", "memory", "bytecode"]),
    ("types", &["runtime", "values", "object"]),
    ("vm", &["types", "runtime", "values", "object", "bytecode"]),
    ("inspect", &["vm", "types", "runtime", "values", "gc", "object", "memory", "bytecode"]),
    (
        "modules",
        &[
            "inspect", "vm", "types", "runtime", "values", "gc", "object", "memory", "bytecode", "compile",
            "syntax",
        ],
    ),
    (
        "repl",
        &[
            "modules", "inspect", "vm", "types", "runtime", "values", "gc", "object", "memory", "bytecode",
            "compile", "syntax",
        ],
    ),
    (
        "embedding",
        &[
            "modules", "inspect", "vm", "types", "runtime", "values", "gc", "object", "memory", "bytecode",
            "compile", "syntax",
        ],
    ),
    (
        "cli",
        &[
            "repl", "modules", "inspect", "vm", "types", "runtime", "values", "gc", "object", "memory",
            "bytecode", "compile", "syntax",
        ],
    ),
];

/// Floors that work on raw memory.
const UNSAFE_FLOORS: &[&str] = &["memory", "object", "gc", "values", "runtime", "vm"];
const FORBIDS: &str = "#![forbid(unsafe_code)]";
const EXCUSE: &str = "// unsafe is allowed here:";

/// The files that stand over all floors.
const ROOTS: &[&str] = &["lib.rs", "main.rs"];

#[test]
fn every_file_belongs_to_a_floor() {
    for (floor, path, _) in sources() {
        assert!(allowed(&floor).is_some(), "{}: no floor is called {floor}", path.display());
    }
}

#[test]
fn imports_point_down() {
    let mut faults = Vec::new();
    for (floor, path, text) in sources() {
        let allowed = allowed(&floor).unwrap_or_default();
        for imported in imports(&code_of(&text)) {
            let known = imported == floor || allowed.contains(&imported.as_str());
            if !known && is_floor(&imported) {
                faults.push(format!("{}: {floor} may not import {imported}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn unsafe_stays_where_it_is_named() {
    let mut faults = Vec::new();
    for (floor, path, text) in sources() {
        if UNSAFE_FLOORS.contains(&floor.as_str()) || is_excused(&floor) {
            continue;
        }
        let code = code_of(&text);
        if words(&code).any(|word| word == "unsafe") {
            faults.push(format!("{}: unsafe", path.display()));
        }
        let is_root = path == Path::new("src").join(&floor).join("mod.rs");
        if is_root && !code.trim().is_empty() && !code.contains(FORBIDS) {
            faults.push(format!("{}: does not say {FORBIDS}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_imports_of_a_text_are_found() {
    let found = |text: &str| imports(&code_of(text)).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(found("use crate::vm::Loop;"), "vm");
    assert_eq!(found("use crate::{vm, types::{list, gc}, object::Header as runtime};"), "object types vm");
    assert_eq!(found("use crate::{\n    memory::{self},\n    values,\n};"), "memory values");
    assert_eq!(found("fn f(heap: &crate ::memory::Heap) { glasspy::gc::collect() }"), "gc memory");
    assert_eq!(found("use super::super::vm::Loop; use super::{super::gc}; super::pool();"), "gc vm");
    assert_eq!(found("pub(crate) fn f() {} // crate::vm"), "");
    assert_eq!(found("/// [`crate::vm`]\n/* crate::vm /* */ crate::gc */ \"crate::vm \\\" crate::gc\";"), "");
    assert_eq!(
        found("r#\"crate::vm\" crate::gc\"#; '\"'; crate::types::x; '\\''; b'\"'; crate::vm; \"\""),
        "types vm"
    );
    assert_eq!(found("fn f<'a>(x: &'a crate::object::X<'a>) {}"), "object");
}

fn allowed(floor: &str) -> Option<&'static [&'static str]> {
    FLOORS.iter().find(|(name, _)| *name == floor).map(|(_, allowed)| *allowed)
}

fn is_floor(name: &str) -> bool {
    allowed(name).is_some()
}

fn is_excused(floor: &str) -> bool {
    let text = fs::read_to_string(root().join("src").join(floor).join("mod.rs")).unwrap_or_default();
    text.lines().any(|line| line.strip_prefix(EXCUSE).is_some_and(|why| !why.trim().is_empty()))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Floor, path and text of every source file but the roots.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    files.sort();
    assert!(files.len() > FLOORS.len(), "the sources are not found");
    let name = |path: PathBuf| path.strip_prefix(root()).expect("a path in the project").to_path_buf();
    files
        .into_iter()
        .map(|file| (fs::read_to_string(&file).expect("a text"), name(file)))
        .filter(|(_, path)| !ROOTS.iter().any(|root| *path == Path::new("src").join(root)))
        .map(|(text, path)| (floor_of(&path), path, text))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn floor_of(path: &Path) -> String {
    path.iter().nth(1).map(|part| part.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The names that follow `crate::`, `glasspy::` or `super::super::`, alone or in braces.
fn imports(code: &str) -> BTreeSet<String> {
    let tokens: Vec<&str> = tokens(code).collect();
    let mut found = BTreeSet::new();
    for (index, &token) in tokens.iter().enumerate() {
        let climbs = matches!(token, "crate" | "glasspy") || token == "super";
        if !climbs || tokens.get(index + 1..index + 3) != Some(&[":", ":"]) {
            continue;
        }
        let names = names_behind(&tokens[index + 3..]);
        // What stands in the own folder is no floor's name unless two levels are climbed.
        if token != "super"
            || tokens[..index].ends_with(&["super", ":", ":"])
            || in_braces_of_super(&tokens, index)
        {
            found.extend(names.into_iter().filter(|name| is_floor(name)));
        }
    }
    found
}

/// Whether the token stands in `super::{...}`.
fn in_braces_of_super(tokens: &[&str], index: usize) -> bool {
    let mut depth = 0;
    for place in (0..index).rev() {
        match tokens[place] {
            "}" => depth += 1,
            "{" if depth > 0 => depth -= 1,
            "{" => return tokens[..place].ends_with(&["super", ":", ":"]),
            ";" => return false,
            _ => {}
        }
    }
    false
}

/// The first name of a path, or of each path in the braces that begin here.
fn names_behind(tokens: &[&str]) -> Vec<String> {
    if tokens.first() != Some(&"{") {
        return tokens.first().map(|name| name.to_string()).into_iter().collect();
    }
    let (mut names, mut depth, mut at_start) = (Vec::new(), 0, true);
    for &token in tokens {
        match token {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 1 => at_start = true,
            name if depth == 1 && std::mem::take(&mut at_start) => names.push(name.to_string()),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|character| !is_word(character))
}

/// Words and single other characters, without white space.
fn tokens(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code.trim_start();
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match is_word(first) {
            true => rest.find(|character| !is_word(character)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let token = &rest[..end];
        rest = rest[end..].trim_start();
        Some(token)
    })
}

/// The text without comments, strings and characters.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = skipped(rest, code.chars().next_back());
        if skipped > 0 {
            code.push(' ');
            rest = &rest[skipped..];
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    code
}

/// How long the comment or literal is that begins here; 0 if none does.
fn skipped(rest: &str, before: Option<char>) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    let raw = rest.strip_prefix('r').filter(|_| before.is_none_or(|c| !is_word(c) || c == 'b' || c == 'c'));
    if let Some(length) = raw.and_then(raw_string) {
        return 1 + length;
    }
    match rest.chars().next() {
        Some('"') => quoted(rest, '"'),
        Some('\'') => character(rest),
        _ => 0,
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut place) = (0, 0);
    while place < rest.len() {
        let bytes = &rest.as_bytes()[place..];
        match bytes {
            [b'/', b'*', ..] => (depth, place) = (depth + 1, place + 2),
            [b'*', b'/', ..] => (depth, place) = (depth - 1, place + 2),
            _ => place += 1,
        }
        if depth == 0 {
            break;
        }
    }
    place
}

/// The length of `#"..."#` with any number of `#`.
fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let body = rest[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(hashes + 1 + body.find(&end)? + end.len())
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (place, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return place + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character, but not a lifetime.
fn character(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), _) => quoted(rest, '\''),
        (Some(_), Some((place, '\''))) => place + 1,
        _ => 0,
    }
}
