//! `unpack_iterator`: one record after the other. The bytes count as looked at while it goes on.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::error;
use super::unpack::{read_values, row_of_bytes};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::define::never_cleared;
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{Field, Interpreter, Outcome, TypeSpec, Typed};
use crate::types::binary::memoryview::managed::Export;
use crate::types::containers::this;
use crate::types::iterators::itself;
use crate::values::structure::Structure;

/// An iterator over records.
#[repr(C)]
pub struct UnpackIterator {
    /// The header.
    pub object: Object,
    /// The format; none at the end.
    structure: Field<Option<ObjectRef>>,
    /// The bytes.
    bytes: Export,
    /// Where the next record starts.
    place: Cell<usize>,
    /// How many bytes there are.
    length: Cell<usize>,
    /// So that sizes are the reference's.
    spare: [usize; 8],
}
layout!(UnpackIterator, object, Object);
fields_lifecycle!(UnpackIterator; structure, bytes);

static METHODS: &[NativeMethod] =
    &[NativeMethod::new("__length_hint__", NativeCode::NoArguments(length_hint), "", "")];

pub(super) fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.unpack_iterator,
        TypeSpec {
            flags: 0,
            slots: |slots| {
                slots.new.set(Some(|cx, _, _| Err(cx.type_error("Cannot create 'unpack_iterator objects"))));
                slots.iter.set(Some(itself));
                slots.next.set(Some(next));
            },
            methods: METHODS,
            ..TypeSpec::of::<UnpackIterator>(never_cleared(lifecycle()))
        },
    )
}

pub(super) fn new_iterator(cx: &Interpreter, structure: &Structure, bytes: &Object) -> Outcome {
    let size = structure.size();
    if size == 0 {
        return Err(error(cx, "cannot iteratively unpack with a struct of length 0"));
    }
    let length = row_of_bytes(cx, bytes)?.len();
    if !length.is_multiple_of(size.max(0) as usize) {
        return Err(error(
            cx,
            format_args!("iterative unpacking requires a buffer of a multiple of {size} bytes"),
        ));
    }
    let made = cx.birth_tracked(&cx.types.unpack_iterator, |object| UnpackIterator {
        object,
        structure: Field::new(Some(structure.new_ref())),
        bytes: Export::new(bytes),
        place: Cell::new(0),
        length: Cell::new(length),
        spare: [0; 8],
    })?;
    Ok(made.into_object())
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let iterator = this::<UnpackIterator>(object);
    let (Some(owned), Some(bytes)) = (iterator.structure.get(), iterator.bytes.owner()) else {
        return Ok(None);
    };
    let Some(structure) = owned.layout::<Structure>() else { return Ok(None) };
    let (start, size) = (iterator.place.get(), structure.size().max(1) as usize);
    let end = start.saturating_add(size);
    if start >= iterator.length.get() || end > iterator.length.get() {
        drop(iterator.structure.take());
        iterator.bytes.release();
        return Ok(None);
    }
    iterator.place.set(end);
    let all = row_of_bytes(cx, &bytes)?;
    read_values(cx, structure, all.get(start..end).unwrap_or_default()).map(Some)
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<UnpackIterator>(object);
    let owned = iterator.structure.get();
    let size = owned.as_ref().and_then(|owned| owned.layout::<Structure>()).map_or(0, Structure::size);
    if size < 1 {
        return cx.new_int(0);
    }
    cx.new_size(iterator.length.get().saturating_sub(iterator.place.get()) / size as usize)
}
