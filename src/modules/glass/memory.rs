//! The functions that show what lies where, what a collection did, and how objects live.

use super::new_report;
use crate::inspect::{map, pool};
use crate::object::Object;
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome, Typed};

/// All of them.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "map",
        NativeCode::NoArguments(show_map),
        "($module, /)",
        "Arenas, pools and size classes with the figures of fragmentation, and the large blocks.",
    ),
    NativeMethod::new(
        "pool",
        NativeCode::One(show_pool),
        "($module, x, /)",
        "The pool around an object (or an address), block by block.",
    ),
];

fn show_map(cx: &Interpreter, _: &Object) -> Outcome {
    new_report(cx, map::map(cx))
}

fn show_pool(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let address = address_in(cx, object).unwrap_or_else(|| object.address());
    match pool::pool(cx, address) {
        Some(report) => new_report(cx, report),
        None => Err(cx.value_error("no block of the heap is there")),
    }
}

/// The address that an exact int stands for: one in the range of the heap.
fn address_in(cx: &Interpreter, object: &Object) -> Option<usize> {
    let int = object.as_int().filter(|_| object.is_exactly(&cx.types.int))?;
    let address = usize::try_from(int.to_i64()?).ok()?;
    cx.space.heap.owns(address).then_some(address)
}
