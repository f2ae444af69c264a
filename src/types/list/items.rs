//! Items and slices of lists: reading, assigning, deleting.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::hint::cold_path;

use super::list_of;
use crate::object::Object;
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::types::containers::{assigned_items, is_index, no_subscript, subscript_index};
use crate::values::list::List;
use crate::values::slice_indices::{SliceBounds, normalise};

/// `list[key]`
pub fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    let list = list_of(object);
    if let Some(slice) = cx.exact_slice(key) {
        let words = cx.slice_words(slice);
        if words.is_err() {
            cold_path();
        }
        return get_slice(cx, list, SliceBounds::fit(list.len(), words?));
    }
    if is_index(key) {
        let index = subscript_index(cx, key)?;
        return match normalise(index, list.len()).and_then(|index| list.get(index)) {
            Some(item) => Ok(item),
            None => Err(cx.index_error("list index out of range")),
        };
    }
    Err(no_subscript(cx, "list", key))
}

/// The items that a slice names.
pub fn get_slice(cx: &Interpreter, list: &List, bounds: SliceBounds) -> Outcome {
    let start = bounds.start.max(0) as usize;
    if bounds.step == 1 {
        return Ok(List::of_range(&cx.types.list, list, start..start + bounds.length)?.into_object());
    }
    Ok(List::of_stepped(&cx.types.list, list, bounds)?.into_object())
}

/// `list[key] = value`, or `del list[key]`.
pub fn set_item(cx: &Interpreter, object: &Object, key: &Object, value: Option<&Object>) -> Outcome<()> {
    let list = list_of(object);
    if let Some(slice) = cx.exact_slice(key) {
        let words = cx.slice_words(slice);
        if words.is_err() {
            cold_path();
        }
        return change_slice(cx, list, words?, value);
    }
    if is_index(key) {
        let index = normalise(subscript_index(cx, key)?, list.len());
        return match (index, value) {
            (Some(index), Some(value)) => {
                drop(list.set(index, value.new_ref()));
                Ok(())
            }
            (Some(index), None) => {
                drop(list.pop(index));
                Ok(())
            }
            (None, _) => Err(cx.index_error("list assignment index out of range")),
        };
    }
    Err(no_subscript(cx, "list", key))
}

/// Start, stop and step.
type SliceWords = [isize; 3];

#[inline(always)]
fn change_slice(cx: &Interpreter, list: &List, words: SliceWords, value: Option<&Object>) -> Outcome<()> {
    if words[2] == 1
        && let Some(value) = value
        && let Some(other) = cx.exact_list(value)
        && !other.object.is(&list.object)
    {
        let bounds = SliceBounds::fit(list.len(), words);
        let start = bounds.start.max(0) as usize;
        return Ok(list.assign_range(start..start + bounds.length, other)?);
    }
    cold_path();
    match value {
        Some(value) => assign_slice(cx, list, words, value),
        None => delete_slice(list, words),
    }
}

#[inline(never)]
fn assign_slice(cx: &Interpreter, list: &List, words: SliceWords, value: &Object) -> Outcome<()> {
    if words[2] == 1 {
        let items = assigned_items(cx, value, "can only assign an iterable")?;
        let bounds = SliceBounds::fit(list.len(), words);
        let start = bounds.start.max(0) as usize;
        drop(list.splice(start..start + bounds.length, &items)?);
        return Ok(());
    }
    let mut items = assigned_items(cx, value, "must assign iterable to extended slice")?;
    let bounds = SliceBounds::fit(list.len(), words);
    if items.len() != bounds.length {
        return Err(wrong_size(cx, items.len(), bounds.length));
    }
    // The old items take the places of the new ones, and die when the list is whole.
    list.exchange_stepped(bounds, &mut items);
    Ok(())
}

#[cold]
fn wrong_size(cx: &Interpreter, given: usize, wanted: usize) -> Raised {
    cx.value_error(format_args!(
        "attempt to assign sequence of size {given} to extended slice of size {wanted}"
    ))
}

#[inline(never)]
fn delete_slice(list: &List, words: SliceWords) -> Outcome<()> {
    let bounds = SliceBounds::fit(list.len(), words).ascending();
    let start = bounds.start.max(0) as usize;
    if bounds.length == 0 {
        return Ok(());
    }
    let removed = match bounds.step {
        1 => list.splice(start..start + bounds.length, &[])?,
        step => list.remove_stepped(start, step as usize, bounds.length)?,
    };
    drop(removed);
    Ok(())
}
