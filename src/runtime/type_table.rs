//! The one list of built-in types. They are born bare, all at once, so that any floor can name any of them; the floor
//! that knows a type's behaviour completes it.

use super::type_object::TypeObject;
use crate::object::{Prefix, Ref};

/// What is known of a built-in type before its behaviour.
pub struct BareType {
    /// `__name__`
    pub name: &'static str,
    /// What stands in front of instances.
    pub prefix: Prefix,
    /// Index of the base in the list, `usize::MAX` for object itself.
    pub base: &'static str,
}

macro_rules! builtin_types {
    ($($field:ident $name:literal $prefix:ident $base:literal;)*) => {
        /// The built-in types of one interpreter.
        pub struct Types { $(#[doc = concat!("`", $name, "`")] pub $field: Ref<TypeObject>,)* }

        impl Types {
            /// The list, in the order of birth.
            pub const BARE: &'static [BareType] =
                &[$(BareType { name: $name, prefix: Prefix::$prefix, base: $base },)*];

            /// Distributes the bare types to their names.
            ///
            /// # Panics
            /// When the iterator is shorter than [`Types::BARE`].
            pub fn from_bare(mut bare: impl Iterator<Item = Ref<TypeObject>>) -> Self {
                Self { $($field: bare.next().expect("one for each name"),)* }
            }

            /// All of them in order.
            pub fn all(&self) -> Vec<&Ref<TypeObject>> {
                vec![$(&self.$field,)*]
            }
        }
    };
}

builtin_types! {
    object "object" None "";
    type_ "type" Gc "object";
    int "int" None "object";
    bool "bool" None "int";
    float "float" None "object";
    complex "complex" None "object";
    str "str" None "object";
    bytes "bytes" None "object";
    bytearray "bytearray" None "object";
    memoryview "memoryview" Gc "object";
    list "list" Gc "object";
    tuple "tuple" Gc "object";
    dict "dict" Gc "object";
    set "set" Gc "object";
    frozenset "frozenset" Gc "object";
    range "range" None "object";
    slice "slice" Gc "object";
    none_type "NoneType" None "object";
    not_implemented_type "NotImplementedType" None "object";
    ellipsis_type "ellipsis" None "object";
    unbound_type "unbound" None "object";
    function "function" Gc "object";
    method "method" Gc "object";
    builtin_function "builtin_function_or_method" Gc "object";
    method_descriptor "method_descriptor" Gc "object";
    classmethod_descriptor "classmethod_descriptor" Gc "object";
    getset_descriptor "getset_descriptor" Gc "object";
    member_descriptor "member_descriptor" Gc "object";
    wrapper_descriptor "wrapper_descriptor" Gc "object";
    method_wrapper "method-wrapper" Gc "object";
    property "property" Gc "object";
    classmethod "classmethod" Gc "object";
    staticmethod "staticmethod" Gc "object";
    super_ "super" Gc "object";
    mapping_proxy "mappingproxy" Gc "object";
    module "module" Gc "object";
    code "code" None "object";
    frame "frame" Gc "object";
    traceback "traceback" Gc "object";
    generator "generator" Gc "object";
    cell "cell" Gc "object";
    coroutine "coroutine" Gc "object";
    coroutine_wrapper "coroutine_wrapper" Gc "object";
    async_generator "async_generator" Gc "object";
    async_generator_send "async_generator_asend" Gc "object";
    async_generator_throw "async_generator_athrow" Gc "object";
    async_generator_value "async_generator_wrapped_value" Gc "object";
    anext_awaitable "anext_awaitable" Gc "object";
    simple_namespace "types.SimpleNamespace" Gc "object";
    generic_alias "types.GenericAlias" Gc "object";
    union_type "types.UnionType" Gc "object";
    list_iterator "list_iterator" Gc "object";
    list_reverse_iterator "list_reverseiterator" Gc "object";
    tuple_iterator "tuple_iterator" Gc "object";
    text_iterator "str_iterator" Gc "object";
    ascii_iterator "str_ascii_iterator" Gc "object";
    bytes_iterator "bytes_iterator" Gc "object";
    bytearray_iterator "bytearray_iterator" Gc "object";
    range_iterator "range_iterator" None "object";
    long_range_iterator "longrange_iterator" None "object";
    dict_keys "dict_keys" Gc "object";
    dict_values "dict_values" Gc "object";
    dict_items "dict_items" Gc "object";
    dict_key_iterator "dict_keyiterator" Gc "object";
    dict_value_iterator "dict_valueiterator" Gc "object";
    dict_item_iterator "dict_itemiterator" Gc "object";
    dict_reverse_key_iterator "dict_reversekeyiterator" Gc "object";
    dict_reverse_value_iterator "dict_reversevalueiterator" Gc "object";
    dict_reverse_item_iterator "dict_reverseitemiterator" Gc "object";
    set_iterator "set_iterator" Gc "object";
    sequence_iterator "iterator" Gc "object";
    callable_iterator "callable_iterator" Gc "object";
    line_iterator "line_iterator" Gc "object";
    positions_iterator "positions_iterator" Gc "object";
    generic_alias_iterator "generic_alias_iterator" Gc "object";
    memory_iterator "memory_iterator" Gc "object";
    enumerate "enumerate" Gc "object";
    zip "zip" Gc "object";
    map "map" Gc "object";
    filter "filter" Gc "object";
    reversed "reversed" Gc "object";
    weak_reference "weakref.ReferenceType" Gc "object";
    weak_proxy "weakref.ProxyType" Gc "object";
    weak_callable_proxy "weakref.CallableProxyType" Gc "object";
    deque "collections.deque" Gc "object";
    deque_iterator "_collections._deque_iterator" Gc "object";
    deque_reverse_iterator "_collections._deque_reverse_iterator" Gc "object";
    partial "functools.partial" Gc "object";
    array "array.array" Gc "object";
    array_iterator "array.arrayiterator" Gc "object";
    structure "_struct.Struct" Gc "object";
    unpack_iterator "_struct.unpack_iterator" Gc "object";
    text_file "_io.TextIOWrapper" Gc "object";
    text_formatter_iterator "formatteriterator" Gc "object";
    field_name_iterator "fieldnameiterator" Gc "object";
    struct_sequence_base "structseq" Gc "tuple";
    glass_report "glass.Report" None "object";
    glass_row "glass.Row" None "object";
    managed_buffer "managedbuffer" Gc "object";

    base_exception "BaseException" Gc "object";
    exception "Exception" Gc "BaseException";
    base_exception_group "BaseExceptionGroup" Gc "BaseException";
    generator_exit "GeneratorExit" Gc "BaseException";
    keyboard_interrupt "KeyboardInterrupt" Gc "BaseException";
    system_exit "SystemExit" Gc "BaseException";
    arithmetic_error "ArithmeticError" Gc "Exception";
    floating_point_error "FloatingPointError" Gc "ArithmeticError";
    overflow_error "OverflowError" Gc "ArithmeticError";
    zero_division_error "ZeroDivisionError" Gc "ArithmeticError";
    assertion_error "AssertionError" Gc "Exception";
    attribute_error "AttributeError" Gc "Exception";
    buffer_error "BufferError" Gc "Exception";
    eof_error "EOFError" Gc "Exception";
    import_error "ImportError" Gc "Exception";
    module_not_found_error "ModuleNotFoundError" Gc "ImportError";
    lookup_error "LookupError" Gc "Exception";
    index_error "IndexError" Gc "LookupError";
    key_error "KeyError" Gc "LookupError";
    memory_error "MemoryError" Gc "Exception";
    name_error "NameError" Gc "Exception";
    unbound_local_error "UnboundLocalError" Gc "NameError";
    os_error "OSError" Gc "Exception";
    blocking_io_error "BlockingIOError" Gc "OSError";
    child_process_error "ChildProcessError" Gc "OSError";
    connection_error "ConnectionError" Gc "OSError";
    broken_pipe_error "BrokenPipeError" Gc "ConnectionError";
    connection_aborted_error "ConnectionAbortedError" Gc "ConnectionError";
    connection_refused_error "ConnectionRefusedError" Gc "ConnectionError";
    connection_reset_error "ConnectionResetError" Gc "ConnectionError";
    file_exists_error "FileExistsError" Gc "OSError";
    file_not_found_error "FileNotFoundError" Gc "OSError";
    interrupted_error "InterruptedError" Gc "OSError";
    is_a_directory_error "IsADirectoryError" Gc "OSError";
    not_a_directory_error "NotADirectoryError" Gc "OSError";
    permission_error "PermissionError" Gc "OSError";
    process_lookup_error "ProcessLookupError" Gc "OSError";
    timeout_error "TimeoutError" Gc "OSError";
    reference_error "ReferenceError" Gc "Exception";
    runtime_error "RuntimeError" Gc "Exception";
    not_implemented_error "NotImplementedError" Gc "RuntimeError";
    recursion_error "RecursionError" Gc "RuntimeError";
    stop_iteration "StopIteration" Gc "Exception";
    stop_async_iteration "StopAsyncIteration" Gc "Exception";
    syntax_error "SyntaxError" Gc "Exception";
    indentation_error "IndentationError" Gc "SyntaxError";
    tab_error "TabError" Gc "IndentationError";
    system_error "SystemError" Gc "Exception";
    type_error "TypeError" Gc "Exception";
    value_error "ValueError" Gc "Exception";
    unicode_error "UnicodeError" Gc "ValueError";
    unicode_decode_error "UnicodeDecodeError" Gc "UnicodeError";
    unicode_encode_error "UnicodeEncodeError" Gc "UnicodeError";
    unicode_translate_error "UnicodeTranslateError" Gc "UnicodeError";
    warning "Warning" Gc "Exception";
    bytes_warning "BytesWarning" Gc "Warning";
    deprecation_warning "DeprecationWarning" Gc "Warning";
    encoding_warning "EncodingWarning" Gc "Warning";
    future_warning "FutureWarning" Gc "Warning";
    import_warning "ImportWarning" Gc "Warning";
    pending_deprecation_warning "PendingDeprecationWarning" Gc "Warning";
    resource_warning "ResourceWarning" Gc "Warning";
    runtime_warning "RuntimeWarning" Gc "Warning";
    syntax_warning "SyntaxWarning" Gc "Warning";
    unicode_warning "UnicodeWarning" Gc "Warning";
    user_warning "UserWarning" Gc "Warning";
}
