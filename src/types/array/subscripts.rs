//! Items and slices of an array. A key or a value may run Python, which may change the array: places are looked for
//! behind that.

#![forbid(unsafe_code)]

use super::{all_bytes, array_of, items, must_be_alike, must_not_be_exported, new_array, splice};
use crate::object::Object;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::binary::buffer::without_items;
use crate::types::containers::{is_index, subscript_index};
use crate::types::text::storage::room;
use crate::values::array::Array;
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, normalise};

#[cold]
fn wrong_key(cx: &Interpreter) -> Raised {
    cx.type_error("array indices must be integers")
}

pub(super) fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    let array = array_of(object);
    if is_index(key) {
        let place = normalise(subscript_index(cx, key)?, array.len());
        let item = place.map_or(Ok(None), |place| items::get(cx, array, place))?;
        return item.ok_or_else(|| cx.index_error("array index out of range"));
    }
    let Some(slice) = key.layout::<Slice>() else { return Err(wrong_key(cx)) };
    let bounds = bounds_of(cx, array, slice)?;
    let size = array.item_size();
    if bounds.step == 1 {
        let start = bounds.start.max(0) as usize;
        return new_array(cx, array.code(), &array.copy_bytes(start * size..(start + bounds.length) * size)?);
    }
    let mut bytes = room(bounds.length.saturating_mul(size))?;
    for item in bounds.indices().filter_map(|index| array.item(index)) {
        bytes.extend_from_slice(&item[..size]);
    }
    new_array(cx, array.code(), &bytes)
}

fn bounds_of(cx: &Interpreter, array: &Array, slice: &Slice) -> Outcome<SliceBounds> {
    let (start, stop, step) = cx.slice_parts(slice)?;
    Ok(SliceBounds::adjust(array.len(), start, stop, step))
}

pub(super) fn set_item(
    cx: &Interpreter,
    object: &Object,
    key: &Object,
    value: Option<&Object>,
) -> Outcome<()> {
    let array = array_of(object);
    if is_index(key) {
        return set_one(cx, array, subscript_index(cx, key)?, value);
    }
    let Some(slice) = key.layout::<Slice>() else { return Err(wrong_key(cx)) };
    let bounds = bounds_of(cx, array, slice)?;
    let bytes = match value {
        None => Vec::new(),
        Some(value) => assigned_bytes(cx, array, value)?,
    };
    if bytes.is_empty() || bytes.len() / array.item_size() != bounds.length {
        must_not_be_exported(cx, array)?;
    }
    set_slice(cx, array, bounds, &bytes)
}

#[cold]
fn no_place(cx: &Interpreter) -> Raised {
    cx.index_error("array assignment index out of range")
}

fn set_one(cx: &Interpreter, array: &Array, index: isize, value: Option<&Object>) -> Outcome<()> {
    let place = normalise(index, array.len()).ok_or_else(|| no_place(cx))?;
    let Some(value) = value else {
        must_not_be_exported(cx, array)?;
        return splice(cx, array, place..place + 1, &[]);
    };
    let bytes = items::pack(cx, array.code(), value)?;
    // The conversion may have shortened the array.
    if array.set_item(place, bytes) { Ok(()) } else { Err(no_place(cx)) }
}

/// The bytes of an array that is assigned to a slice.
fn assigned_bytes(cx: &Interpreter, array: &Array, value: &Object) -> Outcome<Vec<u8>> {
    let Some(other) = value.layout::<Array>() else {
        let kind = value.type_name();
        return Err(cx.type_error(format_args!("can only assign array (not \"{kind}\") to array slice")));
    };
    must_be_alike(cx, array, other)?;
    all_bytes(other)
}

fn set_slice(cx: &Interpreter, array: &Array, bounds: SliceBounds, bytes: &[u8]) -> Outcome<()> {
    if bounds.step == 1 {
        let start = bounds.start.max(0) as usize;
        return splice(cx, array, start..start + bounds.length, bytes);
    }
    if bytes.is_empty() {
        let kept = without_items(&all_bytes(array)?, array.item_size(), bounds)?;
        return splice(cx, array, 0..array.len(), &kept);
    }
    let size = array.item_size();
    let (given, length) = (bytes.len() / size, bounds.length);
    if given != length {
        return Err(cx.value_error(format_args!(
            "attempt to assign array of size {given} to extended slice of size {length}"
        )));
    }
    for (index, item) in bounds.indices().zip(bytes.chunks_exact(size)) {
        array.write_bytes(index * size, item);
    }
    Ok(())
}
