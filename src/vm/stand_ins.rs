//! Library functions written in Python here that CPython has as native code.
//!
//! Native code has no frames, so these add no line to a traceback and tell nothing to trace functions.

use crate::bytecode::CodeUnit;

/// Files all of whose functions are native in CPython, besides those whose code says so itself.
const FILES: &[&str] = &["<atexit>", "<struct>"];

/// Modules whose native part has a module of its own, which its functions are named after.
const SPLIT: &[&str] = &["functools", "operator", "random", "struct", "warnings"];

/// Functions and classes that are native in a file of which others are Python there as well.
const NAMES: &[(&str, &[&str])] = &[
    ("<collections>", &["OrderedDict", "_OrderedView", "odict_keys", "odict_values", "odict_items"]),
    ("<collections>", &["defaultdict", "_same", "_raise_key", "_tuplegetter"]),
    ("<functools>", &["KeyWrapper", "cmp_to_key", "reduce", "_HashedSeq", "_make_key", "_lru_cache_wrapper"]),
    ("<random>", &["Random.random", "Random.getrandbits"]),
    ("<warnings>", &["warn", "warn_explicit", "_action"]),
];

/// Whether CPython has native code in the place of a unit.
pub fn is_native_there(unit: &CodeUnit) -> bool {
    if unit.stands_for_native {
        &*unit.qualified_name != "<module>"
    } else {
        is_listed(&unit.file_name, &unit.qualified_name)
    }
}

/// The module that a native function of a file belongs to in CPython.
pub fn native_module(file: &str) -> String {
    let name = file.trim_start_matches('<').trim_end_matches('>');
    if SPLIT.contains(&name) { format!("_{name}") } else { name.to_owned() }
}

fn is_listed(file: &str, qualified_name: &str) -> bool {
    if !file.starts_with('<') || qualified_name == "<module>" {
        return false;
    }
    FILES.contains(&file)
        || NAMES
            .iter()
            .any(|(of, names)| *of == file && names.iter().any(|name| is_part(qualified_name, name)))
}

/// Whether a qualified name is the name itself or something inside of it.
fn is_part(qualified_name: &str, name: &str) -> bool {
    qualified_name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_listed;

    #[test]
    fn whole_files_and_single_names() {
        assert!(is_listed("<struct>", "pack"));
        assert!(is_listed("<functools>", "reduce"));
        assert!(is_listed("<functools>", "_lru_cache_wrapper.__call__"));
    }

    #[test]
    fn what_is_python_there_too() {
        assert!(!is_listed("<functools>", "reduced"));
        assert!(!is_listed("<functools>", "wraps"));
        assert!(!is_listed("<struct>", "<module>"));
        assert!(!is_listed("struct.py", "pack"));
    }
}
