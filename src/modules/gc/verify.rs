//! `-X verify-heap`: the law of reference counts, checked while a program runs.
//!
//! Frames and native code hold references that no walk finds, so a count may be greater than what is found, never
//! smaller.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::gc::{Summary, verify_counts};
use crate::object::ObjectRef;
use crate::runtime::Interpreter;

/// How long a check took last time, and when it ended.
#[derive(Default)]
struct LastCheck {
    end: Cell<Option<Instant>>,
    took: Cell<Duration>,
}

/// Checks after a collection, unless the checks would take most of the time.
pub(super) fn verify_sometimes(cx: &Interpreter) {
    let last = cx.extension::<LastCheck>();
    if last.end.get().is_some_and(|end| end.elapsed() * 9 < last.took.get()) {
        return;
    }
    let begun = Instant::now();
    verify_heap(cx);
    last.took.set(begun.elapsed());
    last.end.set(Some(Instant::now()));
}

/// Checks all counts that can be reached.
///
/// # Panics
/// When the law is broken, which is a fault of the interpreter: nothing that follows could be trusted.
pub fn verify_heap(cx: &Interpreter) -> Summary {
    match verify_counts(&cx.space, &|visitor| roots(cx).for_each(|root| visitor(root.as_pointer()))) {
        Ok(summary) => summary,
        Err(mismatch) => panic!("the heap is damaged: {mismatch}"),
    }
}

/// What the interpreter itself holds.
fn roots(cx: &Interpreter) -> impl Iterator<Item = &ObjectRef> {
    let singletons = [&cx.none, &cx.true_, &cx.false_, &cx.not_implemented, &cx.ellipsis, &cx.unbound];
    let namespaces = [cx.modules.as_object(), cx.builtins.as_object(), cx.sys.as_object()];
    let types = cx.types.all().into_iter().map(|kind| kind.as_object());
    singletons.into_iter().chain(namespaces).chain(&cx.small_ints).chain(types)
}
