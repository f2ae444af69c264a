//! Special methods that a built-in type has of its own although its slot is its base's.
//!
//! CPython's types of C often name a slot's function again that they would inherit, and then carry the special method
//! in their own namespace: `list.__getattribute__` is not `object.__getattribute__`. What it does is the same; `vars`
//! and the texts of errors tell.

/// Types that name the plain lookup of attributes again.
const GETATTRIBUTE: &[&str] = &[
    "BaseException",
    "SimpleNamespace",
    "Struct",
    "UnionType",
    "_deque_iterator",
    "_deque_reverse_iterator",
    "array",
    "arrayiterator",
    "async_generator",
    "builtin_function_or_method",
    "bytearray",
    "bytearray_iterator",
    "bytes",
    "bytes_iterator",
    "callable_iterator",
    "cell",
    "classmethod_descriptor",
    "code",
    "coroutine",
    "deque",
    "dict",
    "dict_itemiterator",
    "dict_items",
    "dict_keyiterator",
    "dict_keys",
    "dict_valueiterator",
    "dict_values",
    "ellipsis",
    "enumerate",
    "filter",
    "frame",
    "frozenset",
    "generator",
    "getset_descriptor",
    "iterator",
    "list",
    "list_iterator",
    "list_reverseiterator",
    "longrange_iterator",
    "map",
    "mappingproxy",
    "member_descriptor",
    "memoryview",
    "method-wrapper",
    "method_descriptor",
    "property",
    "range",
    "range_iterator",
    "reversed",
    "set",
    "set_iterator",
    "slice",
    "str",
    "str_ascii_iterator",
    "str_iterator",
    "traceback",
    "tuple",
    "tuple_iterator",
    "unpack_iterator",
    "wrapper_descriptor",
    "zip",
];

/// Types that name the plain assignment of attributes again.
const SETATTR: &[&str] = &["BaseException", "SimpleNamespace", "Struct", "frame", "method"];

/// Exceptions that name their base's initialization again.
const INIT: &[&str] = &[
    "BlockingIOError",
    "BrokenPipeError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "FileExistsError",
    "FileNotFoundError",
    "IndentationError",
    "InterruptedError",
    "IsADirectoryError",
    "ModuleNotFoundError",
    "NotADirectoryError",
    "PermissionError",
    "ProcessLookupError",
    "TabError",
    "TimeoutError",
    "UnboundLocalError",
];

/// The built-in types that have a special method of their own although they inherit its slot, in alphabetical order.
pub fn owners_of(wrapper: &str) -> &'static [&'static str] {
    match wrapper {
        "__getattribute__" => GETATTRIBUTE,
        "__setattr__" | "__delattr__" => SETATTR,
        "__init__" => INIT,
        _ => &[],
    }
}

/// Whether a built-in type that inherits the slot has the special method of its own all the same.
pub fn has_own(type_name: &str, wrapper: &str) -> bool {
    owners_of(wrapper).binary_search(&type_name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{GETATTRIBUTE, INIT, SETATTR, has_own};

    #[test]
    fn the_tables_are_sorted() {
        assert!([GETATTRIBUTE, INIT, SETATTR].iter().all(|table| table.is_sorted()));
    }

    #[test]
    fn each_special_method_has_its_types() {
        assert!(has_own("list", "__getattribute__"));
        assert!(!has_own("list", "__setattr__"));
        assert!(has_own("frame", "__delattr__"));
        assert!(has_own("TabError", "__init__"));
    }
}
