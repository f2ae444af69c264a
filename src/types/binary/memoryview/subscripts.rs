//! Items and slices of a view. A key may run Python, which may release the view: it is checked again after that.

#![forbid(unsafe_code)]

use super::{MemoryView, checked, derived, format_of};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::binary::buffer::{buffer, not_bytes_like};
use crate::types::binary::view_items;
use crate::types::containers::{is_index, subscript_index, this};
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, normalise};

/// The value of the item that starts at a place.
pub(super) fn item(cx: &Interpreter, view: &MemoryView, place: usize) -> Outcome {
    view_items::unpack(cx, view.format.get(), view.item_bytes(place))
}

#[cold]
fn out_of_bounds(cx: &Interpreter, dimension: usize) -> Raised {
    cx.index_error(format_args!("index out of bounds on dimension {dimension}"))
}

/// What an item is looked for.
#[derive(Clone, Copy)]
enum Purpose {
    Read,
    Write,
}

/// What a key is.
enum Key<'a> {
    /// The item that starts at this place.
    Place(usize),
    Slice(&'a Slice),
    /// `...` of a view without dimensions.
    Whole,
    /// Slices in all dimensions.
    Slices,
    Wrong,
}

/// The indices of a tuple of integers.
fn indices_of(key: &Object) -> Option<&[ObjectRef]> {
    key.as_tuple().map(|tuple| tuple.items()).filter(|items| items.iter().all(|item| is_index(item)))
}

fn key_of<'a>(cx: &Interpreter, object: &Object, key: &'a Object, purpose: Purpose) -> Outcome<Key<'a>> {
    let view = checked(cx, object)?;
    if view.is_scalar.get() {
        let is_empty = key.as_tuple().is_some_and(|tuple| tuple.is_empty());
        return match (is_empty, key.is(&cx.ellipsis)) {
            (true, _) => Ok(Key::Place(view.start.get())),
            (_, true) => Ok(Key::Whole),
            _ => Err(cx.type_error("invalid indexing of 0-dim memory")),
        };
    }
    if is_index(key) {
        if view.inner.is_some() {
            return Err(cx.not_implemented_error(match purpose {
                Purpose::Read => "multi-dimensional sub-views are not implemented",
                Purpose::Write => "sub-views are not implemented",
            }));
        }
        return place_of(cx, object, &[key.new_ref()], purpose).map(Key::Place);
    }
    if let Some(indices) = indices_of(key) {
        return place_of(cx, object, indices, purpose).map(Key::Place);
    }
    if let Some(slice) = key.layout::<Slice>() {
        return Ok(Key::Slice(slice));
    }
    let only_slices = key.as_tuple().is_some_and(|tuple| {
        !tuple.is_empty() && tuple.items().iter().all(|item| item.layout::<Slice>().is_some())
    });
    Ok(if only_slices { Key::Slices } else { Key::Wrong })
}

/// Where the item with these indices starts.
fn place_of(cx: &Interpreter, object: &Object, indices: &[ObjectRef], purpose: Purpose) -> Outcome<usize> {
    let (given, known) = (indices.len(), checked(cx, object)?.shape().len());
    if given < known {
        return Err(cx.not_implemented_error("sub-views are not implemented"));
    }
    if given > known {
        let message = format_args!("cannot index {known}-dimension view with {given}-element tuple");
        return Err(cx.type_error(message));
    }
    let mut offset = 0;
    for (dimension, index) in indices.iter().enumerate() {
        // The index may run Python, which may release the view: whoever writes learns first whether it was inside.
        let index = subscript_index(cx, index)?;
        let view = match purpose {
            Purpose::Read => checked(cx, object)?,
            Purpose::Write => this::<MemoryView>(object),
        };
        let index = normalise(index, view.shape()[dimension]);
        let index = index.ok_or_else(|| out_of_bounds(cx, dimension + 1))?;
        offset += index as i64 * view.strides()[dimension];
    }
    Ok(checked(cx, object)?.start.get().wrapping_add_signed(offset as isize))
}

pub(super) fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    match key_of(cx, object, key, Purpose::Read)? {
        Key::Place(place) => item(cx, checked(cx, object)?, place),
        Key::Whole => Ok(object.new_ref()),
        Key::Slice(slice) => {
            let plain = |part: &ObjectRef| cx.is_none(part) || part.is_exactly(&cx.types.int);
            let is_plain = [slice.start(), slice.stop(), slice.step()].iter().all(plain);
            // A new view is there before the bounds are asked for, since that may release the old one.
            let whole = if is_plain { object.new_ref() } else { derived(cx, object, |_| ())? };
            checked(cx, &whole)?;
            let (start, stop, step) = cx.slice_parts(slice)?;
            let bounds = SliceBounds::adjust(this::<MemoryView>(&whole).length.get(), start, stop, step);
            sliced(cx, &whole, bounds)
        }
        Key::Slices => Err(cx.not_implemented_error("multi-dimensional slicing is not implemented")),
        Key::Wrong => Err(cx.type_error("memoryview: invalid slice key")),
    }
}

fn sliced(cx: &Interpreter, object: &Object, bounds: SliceBounds) -> Outcome {
    derived(cx, object, |view| {
        view.start = view.start.wrapping_add_signed(bounds.start.wrapping_mul(view.stride));
        view.length = bounds.length;
        view.stride = view.stride.saturating_mul(bounds.step);
    })
}

pub(super) fn set_item(
    cx: &Interpreter,
    object: &Object,
    key: &Object,
    value: Option<&Object>,
) -> Outcome<()> {
    if checked(cx, object)?.is_readonly.get() {
        return Err(cx.type_error("cannot modify read-only memory"));
    }
    let Some(value) = value else { return Err(cx.type_error("cannot delete memory")) };
    match key_of(cx, object, key, Purpose::Write)? {
        Key::Place(place) => write_value(cx, object, place, value),
        Key::Whole => write_value(cx, object, checked(cx, object)?.start.get(), value),
        Key::Slice(slice) if checked(cx, object)?.shape().len() == 1 => write_slice(cx, object, slice, value),
        Key::Slice(_) | Key::Slices => {
            Err(cx.not_implemented_error("memoryview slice assignments are currently restricted to ndim = 1"))
        }
        Key::Wrong => Err(cx.type_error("memoryview: invalid slice key")),
    }
}

fn write_value(cx: &Interpreter, object: &Object, place: usize, value: &Object) -> Outcome<()> {
    let still_there = || checked(cx, object).map(drop);
    let bytes = view_items::pack(cx, checked(cx, object)?.format.get(), value, still_there)?;
    let view = checked(cx, object)?;
    view.write_item(place, &bytes[..view.item_size()]);
    Ok(())
}

fn write_slice(cx: &Interpreter, object: &Object, slice: &Slice, value: &Object) -> Outcome<()> {
    // The value is looked at first, but not held while the slice is asked for its numbers.
    let bytes = || buffer(cx, value)?.ok_or_else(|| not_bytes_like(cx, value));
    drop(bytes()?);
    let (start, stop, step) = cx.slice_parts(slice)?;
    let bytes = bytes()?;
    let other = value.layout::<MemoryView>();
    let format = format_of(value);
    let view = checked(cx, object)?;
    let bounds = SliceBounds::adjust(view.length.get(), start, stop, step);
    let is_row = other.is_none_or(|other| other.shape().len() == 1);
    if format != view.format.get() || !is_row || bytes.len() != bounds.length * view.item_size() {
        let message = "memoryview assignment: lvalue and rvalue have different structures";
        return Err(cx.value_error(message));
    }
    let chunks = bytes.chunks_exact(view.item_size());
    bounds.indices().zip(chunks).for_each(|(index, bytes)| view.write_item(view.place(index), bytes));
    Ok(())
}
