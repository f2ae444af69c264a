//! The methods and attributes of a view.

#![forbid(unsafe_code)]

use super::cast::cast;
use super::subscripts::item;
use super::{MemoryView, checked, derived, numbers, owner_of};
use crate::object::Object;
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::binary::methods::hex_text;
use crate::types::coding::new_bytes;
use crate::types::containers::this;
use crate::types::text::storage::room;

use NativeCode::{Full, NoArguments, Positional};

pub(super) static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "release",
        NoArguments(release),
        "($self, /)",
        "Release the underlying buffer exposed by the memoryview object.",
    ),
    NativeMethod::new(
        "tobytes",
        Full(tobytes),
        "($self, /, order='C')",
        "Return the data in the buffer as a byte string.",
    ),
    NativeMethod::new(
        "hex",
        Full(hex),
        "($self, /, sep=<unrepresentable>, bytes_per_sep=1)",
        "Return the data in the buffer as a str of hexadecimal numbers.",
    ),
    NativeMethod::new(
        "tolist",
        NoArguments(tolist),
        "($self, /)",
        "Return the data in the buffer as a list of elements.",
    ),
    NativeMethod::new(
        "cast",
        Full(cast),
        "($self, /, format, shape=<unrepresentable>)",
        "Cast a memoryview to a new format or shape.",
    ),
    NativeMethod::new(
        "toreadonly",
        NoArguments(toreadonly),
        "($self, /)",
        "Return a readonly version of the memoryview.",
    ),
    NativeMethod::new("__enter__", NoArguments(enter), "", ""),
    NativeMethod::new("__exit__", Positional(|cx, object, _| release(cx, object)), "", ""),
];

pub(super) static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("obj", owner_of, "The underlying object of the memoryview."),
    NativeAttribute::new(
        "nbytes",
        |cx, object| cx.new_size(checked(cx, object)?.byte_count()),
        "The amount of space in bytes that the array would use in\n a contiguous representation.",
    ),
    NativeAttribute::new(
        "readonly",
        |cx, object| Ok(cx.new_bool(checked(cx, object)?.is_readonly.get())),
        "A bool indicating whether the memory is read only.",
    ),
    NativeAttribute::new(
        "itemsize",
        |cx, object| cx.new_size(checked(cx, object)?.item_size()),
        "The size in bytes of each element of the memoryview.",
    ),
    NativeAttribute::new(
        "format",
        |cx, object| cx.new_character(u32::from(checked(cx, object)?.format.get())),
        "A string containing the format (in struct module style)\n for each element in the view.",
    ),
    NativeAttribute::new(
        "ndim",
        |cx, object| cx.new_size(checked(cx, object)?.shape().len()),
        "An integer indicating how many dimensions of a multi-dimensional\n array the memory represents.",
    ),
    NativeAttribute::new(
        "shape",
        |cx, object| numbers(cx, checked(cx, object)?.shape().iter().map(|size| *size as i64)),
        "A tuple of ndim integers giving the shape of the memory\n as an N-dimensional array.",
    ),
    NativeAttribute::new(
        "strides",
        |cx, object| numbers(cx, checked(cx, object)?.strides().into_iter()),
        "A tuple of ndim integers giving the size in bytes to access\n each element for each dimension of the array.",
    ),
    NativeAttribute::new(
        "suboffsets",
        |cx, object| checked(cx, object).map(|_| cx.empty_tuple.clone().into_object()),
        "A tuple of integers used internally for PIL-style arrays.",
    ),
    NativeAttribute::new(
        "c_contiguous",
        is_contiguous,
        "A bool indicating whether the memory is C contiguous.",
    ),
    NativeAttribute::new(
        "f_contiguous",
        is_fortran_contiguous,
        "A bool indicating whether the memory is Fortran contiguous.",
    ),
    NativeAttribute::new("contiguous", is_contiguous, "A bool indicating whether the memory is contiguous."),
];

fn release(cx: &Interpreter, object: &Object) -> Outcome {
    this::<MemoryView>(object).buffer.release();
    Ok(cx.none())
}

fn enter(cx: &Interpreter, object: &Object) -> Outcome {
    checked(cx, object)?;
    Ok(object.new_ref())
}

fn tobytes(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let parameters =
        Parameters { function: "tobytes", names: ["order"], positional_only: 0, positional: 1, required: 0 };
    let [order] = parameters.bind(cx, arguments)?;
    if let Some(order) = order.filter(|order| !cx.is_none(order)) {
        let Some(text) = order.as_text() else {
            let kind = order.type_name();
            let message = format_args!("tobytes() argument 'order' must be str or None, not {kind}");
            return Err(cx.type_error(message));
        };
        match text.as_str() {
            Some("C" | "A") => {}
            Some("F") => return new_bytes(cx, &column_bytes(cx, checked(cx, object)?)?),
            _ => return Err(cx.value_error("order must be 'C', 'F' or 'A'")),
        }
    }
    new_bytes(cx, &checked(cx, object)?.bytes(cx)?)
}

/// The bytes of all items, the first index running fastest.
fn column_bytes(cx: &Interpreter, view: &MemoryView) -> Outcome<Vec<u8>> {
    let (shape, size) = (view.shape(), view.item_size());
    let rows = view.bytes(cx)?;
    let mut out = room(rows.len())?;
    let mut indices = vec![0; shape.len()];
    for _ in 0..rows.len() / size {
        let place = indices.iter().zip(&shape).fold(0, |place, (index, length)| place * length + index);
        out.extend_from_slice(&rows[place * size..(place + 1) * size]);
        for (index, length) in indices.iter_mut().zip(&shape) {
            *index = (*index + 1) % length;
            if *index > 0 {
                break;
            }
        }
    }
    Ok(out)
}

fn hex(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    hex_text(cx, &checked(cx, object)?.bytes(cx)?, arguments)
}

pub(super) fn tolist(cx: &Interpreter, object: &Object) -> Outcome {
    let view = checked(cx, object)?;
    nested_list(cx, view, view.start.get(), &view.shape(), &view.strides())
}

/// The items from a place on as lists in lists; a list a dimension.
fn nested_list(
    cx: &Interpreter,
    view: &MemoryView,
    place: usize,
    shape: &[usize],
    strides: &[i64],
) -> Outcome {
    let (Some((length, shape)), Some((stride, strides))) = (shape.split_first(), strides.split_first())
    else {
        return item(cx, view, place);
    };
    let mut items = room(*length)?;
    for index in 0..*length {
        let place = place.wrapping_add_signed(index as isize * *stride as isize);
        items.push(nested_list(cx, view, place, shape, strides)?);
    }
    cx.new_list(items)
}

fn toreadonly(cx: &Interpreter, object: &Object) -> Outcome {
    derived(cx, object, |view| view.is_readonly = true)
}

fn is_contiguous(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(cx.new_bool(checked(cx, object)?.is_contiguous()))
}

/// With the first index running fastest: only where one dimension at most has more than one place.
fn is_fortran_contiguous(cx: &Interpreter, object: &Object) -> Outcome {
    let view = checked(cx, object)?;
    let wide = view.shape().iter().filter(|size| **size > 1).count();
    Ok(cx.new_bool(view.is_contiguous() && wide <= 1))
}
