//! `_heapq`: lists as heaps.
//!
//! Items change places two by two, as in CPython: a comparison that raises leaves every item in the list.

use super::support::new_module;
use crate::object::{Object, ObjectRef};
use crate::runtime::NativeCode::{One, Positional};
use crate::runtime::slots::Comparison;
use crate::runtime::{Interpreter, NativeMethod, Outcome, Raised, Typed};
use crate::values::list::List;

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "heappush",
        Positional(push),
        "($module, heap, item, /)",
        "Push item onto heap, maintaining the heap invariant.",
    ),
    NativeMethod::new(
        "heappushpop",
        Positional(push_pop),
        "($module, heap, item, /)",
        "Push item on the heap, then pop and return the smallest item from the heap.",
    ),
    NativeMethod::new(
        "heappop",
        One(|cx, _, heap| pop(cx, named(cx, heap, "heappop")?, Order::Smallest)),
        "($module, heap, /)",
        "Pop the smallest item off the heap, maintaining the heap invariant.",
    ),
    NativeMethod::new(
        "heapreplace",
        Positional(|cx, _, arguments| replace(cx, "heapreplace", arguments, Order::Smallest)),
        "($module, heap, item, /)",
        "Pop and return the current smallest value, and add the new item.",
    ),
    NativeMethod::new(
        "heapify",
        One(|cx, _, heap| heapify(cx, named(cx, heap, "heapify")?, Order::Smallest)),
        "($module, heap, /)",
        "Transform list into a heap, in-place, in O(len(heap)) time.",
    ),
    NativeMethod::new(
        "_heappop_max",
        One(|cx, _, heap| pop(cx, named(cx, heap, "_heappop_max")?, Order::Largest)),
        "($module, heap, /)",
        "Maxheap variant of heappop.",
    ),
    NativeMethod::new(
        "_heapreplace_max",
        Positional(|cx, _, arguments| replace(cx, "_heapreplace_max", arguments, Order::Largest)),
        "($module, heap, item, /)",
        "Maxheap variant of heapreplace.",
    ),
    NativeMethod::new(
        "_heapify_max",
        One(|cx, _, heap| heapify(cx, named(cx, heap, "_heapify_max")?, Order::Largest)),
        "($module, heap, /)",
        "Maxheap variant of heapify.",
    ),
];

/// What stands first in a heap.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Smallest,
    Largest,
}

/// The list that a function of one argument gets.
fn named<'a>(cx: &Interpreter, heap: &'a Object, function: &str) -> Outcome<&'a List> {
    heap.as_list().ok_or_else(|| {
        cx.type_error(format_args!("{function}() argument must be list, not {}", heap.type_name()))
    })
}

/// The list and the item that a function of two arguments gets.
fn both<'a>(
    cx: &Interpreter,
    function: &str,
    arguments: &'a [ObjectRef],
) -> Outcome<(&'a List, &'a ObjectRef)> {
    let [heap, item] = arguments else {
        return cx.check_positional(function, arguments.len(), 2, 2).and(Err(Raised));
    };
    match heap.as_list() {
        Some(heap) => Ok((heap, item)),
        None => {
            let kind = heap.type_name();
            Err(cx.type_error(format_args!("{function}() argument 1 must be list, not {kind}")))
        }
    }
}

fn out_of_range(cx: &Interpreter) -> Raised {
    cx.index_error("index out of range")
}

fn item(cx: &Interpreter, heap: &List, place: usize) -> Outcome {
    heap.get(place).ok_or_else(|| out_of_range(cx))
}

/// Whether the item at one place comes before that at another. The comparison may run a program, which must leave the
/// list as long as it is.
fn is_before(cx: &Interpreter, heap: &List, order: Order, first: usize, second: usize) -> Outcome<bool> {
    let (first, second) = (item(cx, heap, first)?, item(cx, heap, second)?);
    let length = heap.len();
    let is_before = match order {
        Order::Smallest => cx.compare_bool(&first, &second, Comparison::Less)?,
        Order::Largest => cx.compare_bool(&second, &first, Comparison::Less)?,
    };
    if heap.len() == length {
        Ok(is_before)
    } else {
        Err(cx.runtime_error("list changed size during iteration"))
    }
}

fn swap(cx: &Interpreter, heap: &List, first: usize, second: usize) -> Outcome<()> {
    let (a, b) = (item(cx, heap, first)?, item(cx, heap, second)?);
    drop((heap.set(first, b), heap.set(second, a)));
    Ok(())
}

/// Moves an item towards the root until its parent does not come after it.
fn toward_root(cx: &Interpreter, heap: &List, order: Order, start: usize, mut place: usize) -> Outcome<()> {
    while place > start {
        let parent = (place - 1) / 2;
        if !is_before(cx, heap, order, place, parent)? {
            break;
        }
        swap(cx, heap, place, parent)?;
        place = parent;
    }
    Ok(())
}

/// Moves an item down to a leaf, and from there to where it belongs: it comes from a leaf as a rule.
fn toward_leaves(cx: &Interpreter, heap: &List, order: Order, start: usize) -> Outcome<()> {
    let (end, mut place) = (heap.len(), start);
    if start >= end {
        return Err(out_of_range(cx));
    }
    while place < end / 2 {
        let mut child = 2 * place + 1;
        if child + 1 < end && !is_before(cx, heap, order, child, child + 1)? {
            child += 1;
        }
        swap(cx, heap, child, place)?;
        place = child;
    }
    toward_root(cx, heap, order, start, place)
}

fn push(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (heap, item) = both(cx, "heappush", arguments)?;
    if heap.push(item.clone()).is_err() {
        return Err(cx.raise_memory_error());
    }
    toward_root(cx, heap, Order::Smallest, 0, heap.len() - 1)?;
    Ok(cx.none())
}

fn pop(cx: &Interpreter, heap: &List, order: Order) -> Outcome {
    let last = heap.len().checked_sub(1).and_then(|last| heap.pop(last)).ok_or_else(|| out_of_range(cx))?;
    if heap.is_empty() {
        return Ok(last);
    }
    let first = heap.set(0, last);
    toward_leaves(cx, heap, order, 0)?;
    Ok(first)
}

fn replace(cx: &Interpreter, name: &str, arguments: &[ObjectRef], order: Order) -> Outcome {
    let (heap, item) = both(cx, name, arguments)?;
    if heap.is_empty() {
        return Err(out_of_range(cx));
    }
    let first = heap.set(0, item.clone());
    toward_leaves(cx, heap, order, 0)?;
    Ok(first)
}

fn push_pop(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let (heap, item) = both(cx, "heappushpop", arguments)?;
    let Some(first) = heap.get(0) else { return Ok(item.clone()) };
    if !cx.compare_bool(&first, item, Comparison::Less)? {
        return Ok(item.clone());
    }
    drop(first);
    replace(cx, "heappushpop", arguments, Order::Smallest)
}

fn heapify(cx: &Interpreter, heap: &List, order: Order) -> Outcome {
    for place in (0..heap.len() / 2).rev() {
        cx.poll()?;
        toward_leaves(cx, heap, order, place)?;
    }
    Ok(cx.none())
}

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    new_module(cx, "_heapq", FUNCTIONS, "Heap queue algorithm (a.k.a. priority queue).")
}
