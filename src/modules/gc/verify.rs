//! `-X verify-heap`: the law of reference counts, checked while a program runs.
//!
//! Native code under way holds references that no walk finds, and an instruction under way may have consumed operands
//! that its frame still names. So there are two checks:
//!
//! - between two instructions of a loop that was entered once, and when a program has ended, every owner is known:
//!   lists, roots and frames. Each count is exactly the number of references found;
//! - after a collection, wherever it happens, a count may be greater than what lists and roots hold, never smaller.
//!   What native code held too much for too long shows at the next exact check.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::gc::{Mismatch, Summary, verify_counts, verify_exactly};
use crate::object::Visitor;
use crate::runtime::{Interpreter, Typed};
use crate::vm::unwind::visit_frames;

/// How many damaged objects are told of.
const TOLD: usize = 20;

/// How long a check took last time, and when it ended.
#[derive(Default)]
struct LastCheck {
    end: Cell<Option<Instant>>,
    took: Cell<Duration>,
}

/// Checks after a collection, now and then.
pub(super) fn verify_after_collection(cx: &Interpreter) {
    now_and_then(cx, || {
        verify_heap(cx);
    });
}

/// Runs a program; with `-X verify-heap` the loop's safe points check. Whoever runs it holds its code and its globals,
/// and nothing else.
pub fn verifying<T>(cx: &Interpreter, run: impl FnOnce() -> T) -> T {
    if !cx.options.verify_heap {
        return run();
    }
    cx.verifier.set(Some(verify_in_loop));
    cx.space.attention.set(true);
    let outcome = run();
    cx.verifier.set(None);
    outcome
}

/// Checks at a safe point of the loop, now and then, if nothing but this loop is at work.
fn verify_in_loop(cx: &Interpreter) {
    now_and_then(cx, || {
        let entries = cx.thread.stack.records().iter().filter(|record| record.is_entry).count();
        if entries == 1 {
            verify_everything(cx);
        }
    });
}

/// Checks unless the checks would take most of the time.
fn now_and_then(cx: &Interpreter, check: impl FnOnce()) {
    let last = cx.extension::<LastCheck>();
    if last.end.get().is_some_and(|end| end.elapsed() * 9 < last.took.get()) {
        return;
    }
    let begun = Instant::now();
    check();
    last.took.set(begun.elapsed());
    last.end.set(Some(Instant::now()));
}

/// Checks that nothing has fewer counts than lists and roots hold.
///
/// # Panics
/// When the law is broken, which is a fault of the interpreter: nothing that follows could be trusted.
pub fn verify_heap(cx: &Interpreter) -> Summary {
    verify_counts(&cx.space, &|visitor| cx.visit_roots(visitor))
        .unwrap_or_else(|mismatch| panic!("{}", told(cx, &[mismatch])))
}

/// Checks that every count is the number of references to the object, and that the memory manager is in order. No
/// native code may hold a reference.
///
/// # Panics
/// When the law is broken.
pub fn verify_everything(cx: &Interpreter) -> Summary {
    let owners = |visitor: &mut Visitor<'_>| {
        cx.visit_roots(visitor);
        show_frames(cx, visitor);
    };
    if let Err(fault) = cx.space.heap.verify() {
        panic!("the heap is damaged: {fault}");
    }
    verify_exactly(&cx.space, &owners).unwrap_or_else(|mismatches| panic!("{}", told(cx, &mismatches)))
}

#[allow(unsafe_code)]
fn show_frames(cx: &Interpreter, visitor: &mut Visitor<'_>) {
    // SAFETY: the callers stand between two instructions of the only loop, or there are no frames.
    unsafe { visit_frames(cx, visitor) }
}

/// The damage, with the types of the objects.
fn told(cx: &Interpreter, mismatches: &[Mismatch]) -> String {
    let mut text = format!("the heap is damaged: {} objects", mismatches.len());
    for mismatch in mismatches.iter().take(TOLD) {
        let kind = type_at(cx, mismatch.address());
        text.push_str(&format!("\n  {kind}: {mismatch}"));
    }
    text
}

#[allow(unsafe_code)]
fn type_at(_: &Interpreter, address: usize) -> String {
    // SAFETY: the walk has just found an object there.
    unsafe { &*std::ptr::with_exposed_provenance::<crate::object::Object>(address) }.type_name()
}
