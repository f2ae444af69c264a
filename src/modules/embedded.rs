//! The modules written in Python that belong to the program.

/// The modules whose functions are in C in CPython, where they refuse wrong calls in words of their own.
pub static NATIVE_IN_CPYTHON: &[&str] = &["io", "itertools", "operator"];

/// Names and texts, sorted by name.
pub static EMBEDDED: &[(&str, &str)] = &[
    ("__future__", include_str!("python/__future__.py")),
    ("_collections_abc", include_str!("python/_collections_abc.py")),
    ("_osinfo", include_str!("python/_osinfo.py")),
    ("_strptime", include_str!("python/_strptime.py")),
    ("_weakrefset", include_str!("python/_weakrefset.py")),
    ("abc", include_str!("python/abc.py")),
    ("atexit", include_str!("python/atexit.py")),
    ("bisect", include_str!("python/bisect.py")),
    ("cProfile", include_str!("python/cProfile.py")),
    ("collections", include_str!("python/collections/__init__.py")),
    ("collections.abc", include_str!("python/collections/abc.py")),
    ("contextlib", include_str!("python/contextlib.py")),
    ("copy", include_str!("python/copy.py")),
    ("copyreg", include_str!("python/copyreg.py")),
    ("dataclasses", include_str!("python/dataclasses.py")),
    ("enum", include_str!("python/enum.py")),
    ("fnmatch", include_str!("python/fnmatch.py")),
    ("functools", include_str!("python/functools.py")),
    ("genericpath", include_str!("python/genericpath.py")),
    ("glob", include_str!("python/glob.py")),
    ("heapq", include_str!("python/heapq.py")),
    ("inspect", include_str!("python/inspect.py")),
    ("io", include_str!("python/io.py")),
    ("itertools", include_str!("python/itertools.py")),
    ("json", include_str!("python/json/__init__.py")),
    ("keyword", include_str!("python/keyword.py")),
    ("linecache", include_str!("python/linecache.py")),
    ("numbers", include_str!("python/numbers.py")),
    ("operator", include_str!("python/operator.py")),
    ("os", include_str!("python/os.py")),
    ("pathlib", include_str!("python/pathlib.py")),
    ("posixpath", include_str!("python/posixpath.py")),
    ("pprint", include_str!("python/pprint.py")),
    ("pstats", include_str!("python/pstats.py")),
    ("pydoc", include_str!("python/pydoc.py")),
    ("random", include_str!("python/random.py")),
    ("reprlib", include_str!("python/reprlib.py")),
    ("shutil", include_str!("python/shutil.py")),
    ("stat", include_str!("python/stat.py")),
    ("statistics", include_str!("python/statistics.py")),
    ("string", include_str!("python/string.py")),
    ("struct", include_str!("python/struct.py")),
    ("tempfile", include_str!("python/tempfile.py")),
    ("textwrap", include_str!("python/textwrap.py")),
    ("timeit", include_str!("python/timeit.py")),
    ("traceback", include_str!("python/traceback.py")),
    ("tracemalloc", include_str!("python/tracemalloc.py")),
    ("types", include_str!("python/types.py")),
    ("typing", include_str!("python/typing.py")),
    ("warnings", include_str!("python/warnings.py")),
    ("weakref", include_str!("python/weakref.py")),
];

#[cfg(test)]
mod tests {
    use super::EMBEDDED;
    use crate::modules::BUILTIN;

    /// Halves of `os` and `os.path`, which programs import by those names.
    const PARTS: [&str; 3] = ["genericpath", "posix", "posixpath"];

    #[test]
    fn readers_are_told_of_every_module() {
        let readme = include_str!("../../README.md");
        let native = BUILTIN.iter().map(|(name, _)| *name);
        let is_public = |name: &&str| !name.starts_with('_') && !name.contains('.') && !PARTS.contains(name);
        let untold: Vec<_> = native
            .chain(EMBEDDED.iter().map(|(name, _)| *name))
            .filter(is_public)
            .filter(|name| !readme.contains(&format!("`{name}`")))
            .collect();
        assert_eq!(untold, [""; 0], "README lists the modules");
    }
}
