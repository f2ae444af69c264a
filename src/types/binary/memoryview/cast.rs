//! `memoryview.cast`: the same bytes as items of another format, or in another shape.

#![forbid(unsafe_code)]

use super::{MemoryView, checked, derived, numbers};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Raised, Typed};
use crate::types::binary::view_items::item_size;
use crate::types::coding;

pub(super) fn cast(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "cast",
        names: ["format", "shape"],
        positional_only: 0,
        positional: 2,
        required: 1,
    };
    let [Some(format), shape] = parameters.bind(cx, arguments)? else { return Ok(cx.none()) };
    let Some(format) = format.as_text() else {
        let kind = crate::types::support::argument_kind(cx, &format);
        return Err(cx.type_error(format_args!("cast() argument 'format' must be str, not {kind}")));
    };
    let view = checked(cx, object)?;
    if !view.is_contiguous() {
        return Err(cx.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let shape = match &shape {
        Some(shape) => Some(dimensions_from(cx, view, shape)?),
        None if view.inner.is_some() && view.byte_count() == 0 => return Err(zeros_in_shape(cx)),
        None => None,
    };
    if !format.as_slice().iter().all(|point| point < 128) {
        drop(coding::encode(cx, format, Some("ascii"), None)?);
    }
    let name = format.to_rust_string_lossy();
    let (format, size) = cast_format(cx, view, name.strip_prefix('@').unwrap_or(&name))?;
    let shape = match shape {
        Some(shape) => checked_shape(cx, &shape, size, view.byte_count())?,
        None => vec![view.byte_count() / size],
    };
    let inner = match shape.get(1..).filter(|inner| !inner.is_empty()) {
        Some(inner) => Some(numbers(cx, inner.iter().map(|size| *size as i64))?),
        None => None,
    };
    let row = shape.iter().skip(1).product::<usize>() * size;
    derived(cx, object, |view| {
        (view.format, view.length, view.stride) = (format, shape.first().copied().unwrap_or(1), row as isize);
        (view.is_scalar, view.inner) = (shape.is_empty(), inner);
    })
}

#[cold]
fn zeros_in_shape(cx: &Interpreter) -> Raised {
    cx.type_error("memoryview: cannot cast view with zeros in shape or strides")
}

/// The items of a shape that a view may be cast to.
fn dimensions_from(cx: &Interpreter, view: &MemoryView, shape: &Object) -> Outcome<Vec<ObjectRef>> {
    if view.byte_count() == 0 {
        return Err(zeros_in_shape(cx));
    }
    if shape.as_list().is_none() && shape.as_tuple().is_none() {
        return Err(cx.type_error("shape must be a list or a tuple"));
    }
    let shape = cx.collect(shape)?;
    if shape.len() > 64 {
        return Err(cx.value_error("memoryview: number of dimensions must not exceed 64"));
    }
    if view.shape().len() != 1 && shape.len() != 1 {
        return Err(cx.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    Ok(shape)
}

/// The sizes of a shape for items of this size, which must fill the bytes.
fn checked_shape(
    cx: &Interpreter,
    shape: &[ObjectRef],
    size: usize,
    byte_count: usize,
) -> Outcome<Vec<usize>> {
    let mut whole = size;
    let mut sizes = Vec::new();
    for length in shape {
        let Some(length) = length.as_int() else {
            return Err(cx.type_error("memoryview.cast(): elements of shape must be integers"));
        };
        let too_large = || cx.overflow_error("Python int too large to convert to C ssize_t");
        let length = length.to_i64().ok_or_else(too_large)?;
        if length <= 0 {
            return Err(cx.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        }
        let product = whole.checked_mul(length as usize).filter(|product| *product <= isize::MAX as usize);
        whole = product.ok_or_else(|| cx.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"))?;
        sizes.push(length as usize);
    }
    if whole != byte_count {
        return Err(cx.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    Ok(sizes)
}

/// The letter and the size of the format that a view is cast to.
fn cast_format(cx: &Interpreter, view: &MemoryView, name: &str) -> Outcome<(u8, usize)> {
    let known = match name.as_bytes() {
        &[letter] => item_size(letter).map(|size| (letter, size)),
        _ => None,
    };
    let Some((format, size)) = known else {
        return Err(cx.value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'",
        ));
    };
    let is_byte = |format: u8| matches!(format, b'B' | b'b' | b'c');
    if !is_byte(format) && !is_byte(view.format.get()) {
        let message = "memoryview: cannot cast between two non-byte formats";
        return Err(cx.type_error(message));
    }
    if !view.byte_count().is_multiple_of(size) {
        return Err(cx.type_error("memoryview: length is not a multiple of itemsize"));
    }
    Ok((format, size))
}
