//! The exceptions. All share one layout; a type that adds fields has them behind it, `Exception::extra(index)`:
//!
//! | type | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
//! |---|---|---|---|---|---|---|---|---|
//! | StopIteration | value | | | | | | | |
//! | SystemExit | code | | | | | | | |
//! | AttributeError | name | obj | | | | | | |
//! | NameError | name | | | | | | | |
//! | ImportError | msg | name | path | | | | | |
//! | OSError | errno | strerror | filename | filename2 | characters_written | | | |
//! | SyntaxError | msg | filename | lineno | offset | text | end_lineno | end_offset | print_file_and_line |
//! | Unicode...Error | encoding | object | start | end | reason | | | |
//! | BaseExceptionGroup | message | exceptions | | | | | | |

// unsafe is allowed here: only naming the lifecycle functions of `runtime::exception`.
#![deny(unsafe_code)]

pub mod base;
pub mod fields;
pub mod group;
pub mod os_error;
pub mod syntax_error;
pub mod unicode;

use std::mem::offset_of;

use crate::object::{Lifecycle, Ref, WeakSupport};
use crate::runtime::define::container_lifecycle;
use crate::runtime::exception::{EXCEPTION_SIZE, lifecycle as functions};
use crate::runtime::native::{NativeAttribute, NativeMethod};
use crate::runtime::type_table::Types;
use crate::runtime::{DictPlace, Exception, Interpreter, Outcome, Slots, TypeFlags, TypeObject, TypeSpec};

pub use group::exception_group_type;

/// How exceptions of any type live and die.
pub fn lifecycle() -> Lifecycle {
    container_lifecycle(
        functions::visit,
        Some(functions::clear),
        functions::drop_contents,
        functions::size,
        WeakSupport::None,
    )
}

/// What a type adds to its base.
struct Behaviour {
    slots: fn(&Slots),
    methods: &'static [NativeMethod],
    attributes: &'static [NativeAttribute],
}

struct Entry {
    kind: fn(&Types) -> &Ref<TypeObject>,
    extra: usize,
    behaviour: &'static Behaviour,
    documentation: &'static str,
}

static BASE: Behaviour =
    Behaviour { slots: base::slots, methods: base::METHODS, attributes: base::ATTRIBUTES };
static SIMPLE: Behaviour = Behaviour {
    slots: |slots| {
        slots.new.set(Some(base::new));
        slots.init.set(Some(base::init));
    },
    methods: &[],
    attributes: &[],
};
static INHERITED: Behaviour = Behaviour { slots: |_| {}, methods: &[], attributes: &[] };
static KEY_ERROR: Behaviour = Behaviour {
    slots: |slots| {
        slots.str.set(Some(fields::key_error_str));
        slots.init.set(Some(base::init));
    },
    methods: &[],
    attributes: &[],
};
static STOP_ITERATION: Behaviour = Behaviour {
    slots: |slots| slots.init.set(Some(fields::stop_iteration_init)),
    methods: &[],
    attributes: fields::STOP_ITERATION,
};
static SYSTEM_EXIT: Behaviour = Behaviour {
    slots: |slots| slots.init.set(Some(fields::system_exit_init)),
    methods: &[],
    attributes: fields::SYSTEM_EXIT,
};
static IMPORT_ERROR: Behaviour = Behaviour {
    slots: |slots| {
        slots.str.set(Some(fields::import_error_str));
        slots.init.set(Some(fields::import_error_init));
    },
    methods: fields::IMPORT_ERROR_METHODS,
    attributes: fields::IMPORT_ERROR,
};
static ATTRIBUTE_ERROR: Behaviour = Behaviour {
    slots: |slots| {
        slots.str.set(Some(base::str));
        slots.init.set(Some(fields::attribute_error_init));
    },
    methods: &[],
    attributes: fields::ATTRIBUTE_ERROR,
};
static NAME_ERROR: Behaviour = Behaviour {
    slots: |slots| {
        slots.str.set(Some(base::str));
        slots.init.set(Some(fields::name_error_init));
    },
    methods: &[],
    attributes: fields::NAME_ERROR,
};
static OS_ERROR: Behaviour =
    Behaviour { slots: os_error::slots, methods: os_error::METHODS, attributes: os_error::ATTRIBUTES };
static SYNTAX_ERROR: Behaviour =
    Behaviour { slots: syntax_error::slots, methods: &[], attributes: syntax_error::ATTRIBUTES };
static DECODE_ERROR: Behaviour =
    Behaviour { slots: unicode::decode_slots, methods: &[], attributes: unicode::ATTRIBUTES };
static ENCODE_ERROR: Behaviour =
    Behaviour { slots: unicode::encode_slots, methods: &[], attributes: unicode::ATTRIBUTES };
static TRANSLATE_ERROR: Behaviour =
    Behaviour { slots: unicode::translate_slots, methods: &[], attributes: unicode::ATTRIBUTES };
static GROUP: Behaviour =
    Behaviour { slots: group::slots, methods: group::METHODS, attributes: group::ATTRIBUTES };

macro_rules! entries {
    ($($field:ident $extra:literal $behaviour:ident $documentation:literal;)*) => {
        static ENTRIES: &[Entry] = &[$(Entry {
            kind: |types| &types.$field,
            extra: $extra,
            behaviour: &$behaviour,
            documentation: $documentation,
        },)*];
    };
}

entries! {
    base_exception 0 BASE "Common base class for all exceptions";
    exception 0 SIMPLE "Common base class for all non-exit exceptions.";
    base_exception_group 2 GROUP "A combination of multiple unrelated exceptions.";
    generator_exit 0 SIMPLE "Request that a generator exit.";
    keyboard_interrupt 0 SIMPLE "Program interrupted by user.";
    system_exit 1 SYSTEM_EXIT "Request to exit from the interpreter.";
    arithmetic_error 0 SIMPLE "Base class for arithmetic errors.";
    floating_point_error 0 SIMPLE "Floating point operation failed.";
    overflow_error 0 SIMPLE "Result too large to be represented.";
    zero_division_error 0 SIMPLE "Second argument to a division or modulo operation was zero.";
    assertion_error 0 SIMPLE "Assertion failed.";
    attribute_error 2 ATTRIBUTE_ERROR "Attribute not found.";
    buffer_error 0 SIMPLE "Buffer error.";
    eof_error 0 SIMPLE "Read beyond end of file.";
    import_error 3 IMPORT_ERROR "Import can't find module, or can't find name in module.";
    module_not_found_error 3 INHERITED "Module not found.";
    lookup_error 0 SIMPLE "Base class for lookup errors.";
    index_error 0 SIMPLE "Sequence index out of range.";
    key_error 0 KEY_ERROR "Mapping key not found.";
    memory_error 0 SIMPLE "Out of memory.";
    name_error 1 NAME_ERROR "Name not found globally.";
    unbound_local_error 1 INHERITED "Local name referenced but not bound to a value.";
    os_error 5 OS_ERROR "Base class for I/O related errors.";
    blocking_io_error 5 INHERITED "I/O operation would block.";
    child_process_error 5 INHERITED "Child process error.";
    connection_error 5 INHERITED "Connection error.";
    broken_pipe_error 5 INHERITED "Broken pipe.";
    connection_aborted_error 5 INHERITED "Connection aborted.";
    connection_refused_error 5 INHERITED "Connection refused.";
    connection_reset_error 5 INHERITED "Connection reset.";
    file_exists_error 5 INHERITED "File already exists.";
    file_not_found_error 5 INHERITED "File not found.";
    interrupted_error 5 INHERITED "Interrupted by signal.";
    is_a_directory_error 5 INHERITED "Operation doesn't work on directories.";
    not_a_directory_error 5 INHERITED "Operation only works on directories.";
    permission_error 5 INHERITED "Not enough permissions.";
    process_lookup_error 5 INHERITED "Process not found.";
    timeout_error 5 INHERITED "Timeout expired.";
    reference_error 0 SIMPLE "Weak ref proxy used after referent went away.";
    runtime_error 0 SIMPLE "Unspecified run-time error.";
    not_implemented_error 0 SIMPLE "Method or function hasn't been implemented yet.";
    recursion_error 0 SIMPLE "Recursion limit exceeded.";
    stop_iteration 1 STOP_ITERATION "Signal the end from iterator.__next__().";
    stop_async_iteration 0 SIMPLE "Signal the end from iterator.__anext__().";
    syntax_error 8 SYNTAX_ERROR "Invalid syntax.";
    indentation_error 8 INHERITED "Improper indentation.";
    tab_error 8 INHERITED "Improper mixture of spaces and tabs.";
    system_error 0 SIMPLE "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.";
    type_error 0 SIMPLE "Inappropriate argument type.";
    value_error 0 SIMPLE "Inappropriate argument value (of correct type).";
    unicode_error 0 SIMPLE "Unicode related error.";
    unicode_decode_error 5 DECODE_ERROR "Unicode decoding error.";
    unicode_encode_error 5 ENCODE_ERROR "Unicode encoding error.";
    unicode_translate_error 5 TRANSLATE_ERROR "Unicode translation error.";
    warning 0 SIMPLE "Base class for warning categories.";
    bytes_warning 0 SIMPLE "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.";
    deprecation_warning 0 SIMPLE "Base class for warnings about deprecated features.";
    encoding_warning 0 SIMPLE "Base class for warnings about encodings.";
    future_warning 0 SIMPLE "Base class for warnings about constructs that will change semantically\nin the future.";
    import_warning 0 SIMPLE "Base class for warnings about probable mistakes in module imports";
    pending_deprecation_warning 0 SIMPLE "Base class for warnings about features which will be deprecated\nin the future.";
    resource_warning 0 SIMPLE "Base class for warnings about resource usage.";
    runtime_warning 0 SIMPLE "Base class for warnings about dubious runtime behavior.";
    syntax_warning 0 SIMPLE "Base class for warnings about dubious syntax.";
    unicode_warning 0 SIMPLE "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.";
    user_warning 0 SIMPLE "Base class for warnings generated by user code.";
}

/// Completes all exception types, in the order of the list: bases stand first.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    for entry in ENTRIES {
        define_one(cx, entry)?;
    }
    cx.make_spare_memory_error()
}

fn define_one(cx: &Interpreter, entry: &Entry) -> Outcome<()> {
    cx.define_type(
        (entry.kind)(&cx.types),
        TypeSpec {
            basic_size: EXCEPTION_SIZE as usize + 8 * entry.extra,
            flags: TypeFlags::BASE_TYPE | TypeFlags::EXCEPTION,
            dict_place: DictPlace::Field(offset_of!(Exception, dict) as u32),
            slots: entry.behaviour.slots,
            methods: entry.behaviour.methods,
            attributes: entry.behaviour.attributes,
            documentation: entry.documentation,
            ..TypeSpec::of::<Exception>(lifecycle())
        },
    )
}
