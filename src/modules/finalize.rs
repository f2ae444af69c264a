//! The end of an interpreter: exit functions, streams, then the modules, in CPython's order.

use std::cell::RefCell;

use rustc_hash::FxHashSet;

use crate::object::ObjectRef;
use crate::runtime::{Interpreter, Raised, Typed};
use crate::values::dict::Dict;

use super::gc::collect_all;
use super::io::device::Device;
use super::io::text_file::as_text_file;

/// The exit status when a standard stream could not be flushed, whatever the program's own.
const FLUSH_FAILED: u8 = 120;

/// Runs exit functions, flushes, and takes the modules apart. Gives the exit status.
pub fn finish(cx: &Interpreter, status: u8) -> u8 {
    run_exit_functions(cx);
    // Nobody is told of the end itself.
    crate::vm::trace::set_trace(cx, None);
    crate::vm::trace::set_profile(cx, None);
    crate::vm::trace::set_steps(cx, None);
    let flushed = flush(cx);
    if cx.space.collection_enabled.get() {
        // What the modules lead to is in the order of this collection when they are taken apart.
        collect_all(cx);
    }
    cx.clean_spare_memory_error();
    release_modules(cx);
    // What could not be written a moment ago is not tried, and not told, a second time.
    if flushed && flush(cx) { status } else { FLUSH_FAILED }
}

fn run_exit_functions(cx: &Interpreter) {
    let Ok(Some(module)) = cx.dict_get_str(&cx.modules, "atexit") else { return };
    let Ok(name) = cx.intern("_run_exitfuncs") else { return };
    if cx.call_method(&module, &name, &[]).is_err() {
        cx.unraisable_in("Exception ignored in atexit callback: ", &module);
    }
}

/// Flushes both standard streams; false where one could not be. Of standard error that is not told: where to?
pub fn flush(cx: &Interpreter) -> bool {
    let mut flushed = true;
    for (name, is_told) in [(&cx.names.stdout, true), (&cx.names.stderr, false)] {
        let Ok(Some(stream)) = cx.dict_get_text(&cx.sys, name) else { continue };
        if cx.is_none(&stream) || is_closed(cx, &stream) {
            continue;
        }
        if cx.call_method(&stream, &cx.names.flush, &[]).is_err() {
            flushed = false;
            if is_told {
                cx.unraisable_in("Exception ignored in: ", &stream);
            }
            drop(cx.thread.raised.take());
        }
    }
    flushed
}

/// Whether a stream says so itself.
fn is_closed(cx: &Interpreter, stream: &ObjectRef) -> bool {
    let closed = cx.intern("closed").and_then(|name| cx.find_attribute(stream, &name));
    match closed.and_then(|closed| closed.map_or(Ok(false), |closed| cx.is_true(&closed))) {
        Ok(closed) => closed,
        Err(Raised) => {
            drop(cx.thread.raised.take());
            false
        }
    }
}

/// Lets all modules go: first out of `sys.modules`, then by a collection, then those that something still holds by
/// emptying their namespaces.
fn release_modules(cx: &Interpreter) {
    let modules = weak_modules(cx);
    forget_special_names(cx);
    let mut position = 0;
    while let Some((_, name, _)) = cx.modules.next_entry(&mut position) {
        let _ = cx.dict_set(&cx.modules, &name, cx.none());
    }
    cx.modules.clear();
    collect_all(cx);
    for weak in modules.iter().rev() {
        let Ok(module) = cx.call(weak, &[]) else {
            drop(cx.thread.raised.take());
            continue;
        };
        if let Ok(Some(namespace)) = cx.instance_dict(&module)
            && !namespace.is(&cx.sys)
            && !namespace.is(&cx.builtins)
        {
            empty_namespace(cx, &namespace);
        }
    }
    drop(modules);
    collect_all(cx);
    let had_names = forget_new_names(cx);
    let had_others = cx.release_extensions();
    let had_layers = release_layers(cx);
    if had_names || had_others || had_layers {
        collect_all(cx);
    }
}

/// Lets go what the standard streams write through since a program asked for their `buffer`.
fn release_layers(cx: &Interpreter) -> bool {
    let streams =
        [("__stdin__", Device::Input), ("__stdout__", Device::Output), ("__stderr__", Device::Error)];
    let mut had_any = false;
    for (name, device) in streams {
        if let Ok(Some(stream)) = cx.dict_get_str(&cx.sys, name)
            && let Some(file) = as_text_file(&stream)
        {
            had_any |= file.release_layer(cx, device);
        }
    }
    had_any
}

/// What stood in sys and builtins before any program ran.
#[derive(Default)]
struct FirstNames([RefCell<FxHashSet<String>>; 2]);

fn namespaces(cx: &Interpreter) -> [&Dict; 2] {
    [&cx.sys, &cx.builtins]
}

/// Remembers the names of sys and builtins, so that the end finds what a program has added.
pub fn remember_names(cx: &Interpreter) {
    let first = cx.extension::<FirstNames>();
    for (namespace, names) in namespaces(cx).into_iter().zip(&first.0) {
        let mut position = 0;
        while let Some((_, key, _)) = namespace.next_entry(&mut position) {
            names.borrow_mut().extend(key.as_text().map(|name| name.to_rust_string_lossy()));
        }
    }
}

/// Names of sys that a program may bind to what it likes, with those that keep the first values.
const REPLACED: [(&str, &str); 6] = [
    ("displayhook", "__displayhook__"),
    ("excepthook", "__excepthook__"),
    ("unraisablehook", "__unraisablehook__"),
    ("stdin", "__stdin__"),
    ("stdout", "__stdout__"),
    ("stderr", "__stderr__"),
];

/// Takes what a program has added to sys and builtins out again. Says whether that was anything.
fn forget_new_names(cx: &Interpreter) -> bool {
    let mut had_any = false;
    for (name, first) in REPLACED {
        let (Ok(now), Ok(Some(before))) = (cx.dict_get_str(&cx.sys, name), cx.dict_get_str(&cx.sys, first))
        else {
            continue;
        };
        if now.is_none_or(|now| !now.is(&before)) {
            had_any = true;
            let _ = cx.dict_set_str(&cx.sys, name, before);
        }
    }
    let first = cx.extension::<FirstNames>();
    for (namespace, names) in namespaces(cx).into_iter().zip(&first.0) {
        let mut added = Vec::new();
        let mut position = 0;
        while let Some((_, key, _)) = namespace.next_entry(&mut position) {
            let name = key.as_text().map(|name| name.to_rust_string_lossy());
            if name.is_none_or(|name| name != "_" && !names.borrow().contains(&name)) {
                added.push(key);
            }
        }
        for key in added {
            had_any |= matches!(cx.dict_remove(namespace, &key), Ok(true));
        }
    }
    had_any
}

/// Weak references to all modules in the order of their import.
fn weak_modules(cx: &Interpreter) -> Vec<ObjectRef> {
    let mut found = Vec::new();
    let mut position = 0;
    while let Some((_, _, module)) = cx.modules.next_entry(&mut position) {
        if !module.is_exactly(&cx.types.module) {
            continue;
        }
        match cx.call(&cx.types.weak_reference, &[module]) {
            Ok(weak) => found.push(weak),
            Err(Raised) => drop(cx.thread.raised.take()),
        }
    }
    found
}

/// Names of sys and builtins under which a program may have left objects of its own.
fn forget_special_names(cx: &Interpreter) {
    let _ = cx.dict_set_str(&cx.builtins, "_", cx.none());
    for name in ["path", "argv", "ps1", "ps2", "last_type", "last_value", "last_traceback"] {
        if matches!(cx.dict_get_str(&cx.sys, name), Ok(Some(_))) {
            let _ = cx.dict_set_str(&cx.sys, name, cx.none());
        }
    }
}

/// Sets every name to None: those with one underscore first, then the others but `__builtins__`.
fn empty_namespace(cx: &Interpreter, namespace: &Dict) {
    for private in [true, false] {
        let mut position = 0;
        while let Some((_, key, value)) = namespace.next_entry(&mut position) {
            let Some(name) = key.as_text().map(|name| name.to_rust_string_lossy()) else { continue };
            let is_private = name.starts_with('_') && !name.starts_with("__");
            if cx.is_none(&value) || is_private != private || name == "__builtins__" {
                continue;
            }
            drop(value);
            let _ = cx.dict_set(namespace, &key, cx.none());
        }
    }
}
