//! Items and slices of lists: reading, assigning, deleting.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{exact_list, list_of};
use crate::object::Object;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::types::containers::{assigned_items, is_index, no_subscript, subscript_index};
use crate::values::list::List;
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, normalise};

/// `list[key]`
pub fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    let list = list_of(object);
    if is_index(key) {
        let index = subscript_index(cx, key)?;
        return match normalise(index, list.len()).and_then(|index| list.get(index)) {
            Some(item) => Ok(item),
            None => Err(cx.index_error("list index out of range")),
        };
    }
    let Some(slice) = key.layout::<Slice>() else { return Err(no_subscript(cx, "list", key)) };
    let (start, stop, step) = cx.slice_parts(slice)?;
    get_slice(cx, list, SliceBounds::adjust(list.len(), start, stop, step))
}

/// The items that a slice names.
pub fn get_slice(cx: &Interpreter, list: &List, bounds: SliceBounds) -> Outcome {
    let start = bounds.start.max(0) as usize;
    if bounds.step == 1 {
        return Ok(List::of_range(&cx.types.list, list, start..start + bounds.length)?.into_object());
    }
    exact_list(cx, list.copy_stepped(bounds)?)
}

/// `list[key] = value`, or `del list[key]`.
pub fn set_item(cx: &Interpreter, object: &Object, key: &Object, value: Option<&Object>) -> Outcome<()> {
    let list = list_of(object);
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
    let Some(slice) = key.layout::<Slice>() else { return Err(no_subscript(cx, "list", key)) };
    let parts = cx.slice_parts(slice)?;
    match value {
        Some(value) => assign_slice(cx, list, parts, value),
        None => delete_slice(list, parts),
    }
}

type SliceParts = (Option<isize>, Option<isize>, isize);

fn adjust(list: &List, (start, stop, step): SliceParts) -> SliceBounds {
    SliceBounds::adjust(list.len(), start, stop, step)
}

fn assign_slice(cx: &Interpreter, list: &List, parts: SliceParts, value: &Object) -> Outcome<()> {
    if parts.2 == 1
        && let Some(other) =
            value.as_list().filter(|other| value.is_exactly(&cx.types.list) && !other.object.is(&list.object))
    {
        let bounds = adjust(list, parts);
        let start = bounds.start.max(0) as usize;
        drop(list.splice_list(start..start + bounds.length, other)?);
        return Ok(());
    }
    if parts.2 == 1 {
        let items = assigned_items(cx, value, "can only assign an iterable")?;
        let bounds = adjust(list, parts);
        let start = bounds.start.max(0) as usize;
        drop(list.splice(start..start + bounds.length, &items)?);
        return Ok(());
    }
    let mut items = assigned_items(cx, value, "must assign iterable to extended slice")?;
    let bounds = adjust(list, parts);
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

fn delete_slice(list: &List, parts: SliceParts) -> Outcome<()> {
    let bounds = adjust(list, parts).ascending();
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
