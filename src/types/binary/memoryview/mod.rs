//! `memoryview`: a look at the bytes of a `bytes` or `bytearray`, or at the items of an `array`.
//!
//! Views of more dimensions come from `cast` only, and slices cut the first dimension only: so all others are without
//! gaps, and a view is a row of equal *rows*, each a block of items.
//!
//! While a view is not released its owner counts it as an export, so that a `bytearray` keeps its length. The count
//! goes down when the last view of a buffer is released or dies, whichever is first: [`managed`] sees to that.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

mod cast;
pub mod managed;
mod methods;
mod subscripts;

use std::cell::Cell;

use self::managed::Hold;
use self::methods::{ATTRIBUTES, METHODS, tolist};
use self::subscripts::{get_item, set_item};
use super::buffer::{Buffer, Exporter, buffer};
use super::view_items::{WIDE_CHARACTER, item_size};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, WeakSupport, layout};
use crate::runtime::{
    Arguments, Comparison, Field, Interpreter, Outcome, Parameters, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::containers::this;
use crate::types::text::storage::room;
use crate::values::hashing;

/// Words that make a view as large as the reference's.
const SPARE: usize = 9;

/// A view.
#[repr(C)]
pub struct MemoryView {
    /// The header.
    pub object: Object,
    buffer: Hold,
    /// The byte where the first item starts.
    start: Cell<usize>,
    /// How many items.
    length: Cell<usize>,
    /// Bytes from one item to the next.
    stride: Cell<isize>,
    is_readonly: Cell<bool>,
    /// The letter of the format.
    format: Cell<u8>,
    /// No dimension at all: one item.
    is_scalar: Cell<bool>,
    /// The sizes of the dimensions behind the first, a tuple; none where there is one dimension.
    inner: Field<Option<ObjectRef>>,
    /// Weak references to this view.
    weak_list: Cell<*const Object>,
    /// The hash, once asked for: a view keeps it when it is released.
    hash: Cell<Option<i64>>,
    /// So that sizes are the reference's.
    spare: [usize; SPARE],
}
layout!(MemoryView, object, Object);
fields_lifecycle!(
    MemoryView,
    WeakSupport::Field(std::mem::offset_of!(MemoryView, weak_list) as u32);
    buffer, inner
);

const DOCUMENTATION: &str =
    "memoryview(object)\n--\n\nCreate a new memoryview object which references the given object.";

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.memoryview,
        TypeSpec {
            flags: TypeFlags::SEQUENCE,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.repr.set(Some(repr));
                slots.hash.set(Some(hash));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(iter));
                slots.length.set(Some(|cx, object| Ok(checked(cx, object)?.length.get())));
                slots.get_item.set(Some(get_item));
                slots.set_item.set(Some(set_item));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<MemoryView>(lifecycle())
        },
    )
}

/// The bytes that a view shows, copied; none for other objects.
pub fn view_bytes(cx: &Interpreter, object: &Object) -> Outcome<Option<Buffer>> {
    if object.layout::<MemoryView>().is_none() {
        return Ok(None);
    }
    checked(cx, object)?.bytes(cx).map(|bytes| Some(Buffer::Copied(bytes)))
}

/// How many bytes of a view can be written; none of other objects, and where they never change or have gaps.
pub fn writable_length(cx: &Interpreter, object: &Object) -> Outcome<Option<usize>> {
    if object.layout::<MemoryView>().is_none() {
        return Ok(None);
    }
    let view = checked(cx, object)?;
    Ok((!view.is_readonly.get() && view.is_contiguous()).then(|| view.byte_count()))
}

/// Writes bytes from a place of a view without gaps on; what lies behind the view is left out.
pub fn write_bytes(object: &Object, place: usize, bytes: &[u8]) {
    let Some(view) = object.layout::<MemoryView>() else { return };
    let room = view.byte_count().saturating_sub(place).min(bytes.len());
    view.write_item(view.start.get() + place, &bytes[..room]);
}

/// Whether the bytes of a view have gaps between them.
pub fn has_gaps(object: &Object) -> bool {
    object.layout::<MemoryView>().is_some_and(|view| !view.is_contiguous())
}

/// Bytes of an item of a view; 1 for other objects.
pub fn item_size_of(object: &Object) -> usize {
    object.layout::<MemoryView>().map_or(1, MemoryView::item_size)
}

/// `self` of a method; ValueError if it has been released.
fn checked<'a>(cx: &Interpreter, object: &'a Object) -> Outcome<&'a MemoryView> {
    let view = this::<MemoryView>(object);
    if !view.buffer.is_released() {
        return Ok(view);
    }
    Err(cx.value_error("operation forbidden on released memoryview object"))
}

fn owner_of(cx: &Interpreter, object: &Object) -> Outcome {
    let owner = checked(cx, object)?.buffer.owner();
    Ok(owner.unwrap_or_else(|| cx.none()))
}

fn numbers(cx: &Interpreter, values: impl Iterator<Item = i64>) -> Outcome {
    cx.new_tuple_from(values.map(|value| cx.new_int(value)).collect::<Outcome<Vec<_>>>()?)
}

impl MemoryView {
    fn item_size(&self) -> usize {
        match self.format.get() {
            WIDE_CHARACTER => 4,
            format => item_size(format).unwrap_or(1),
        }
    }

    /// The sizes of the dimensions behind the first.
    fn inner_shape(&self) -> Vec<usize> {
        let inner = self.inner.get();
        let sizes = inner.as_ref().and_then(|inner| inner.as_tuple()).map(|inner| inner.items());
        let size = |size: &ObjectRef| size.as_int().and_then(|size| size.to_i64()).unwrap_or(1) as usize;
        sizes.unwrap_or_default().iter().map(size).collect()
    }

    fn shape(&self) -> Vec<usize> {
        if self.is_scalar.get() {
            return Vec::new();
        }
        [vec![self.length.get()], self.inner_shape()].concat()
    }

    /// Bytes from one item to the next in each dimension.
    fn strides(&self) -> Vec<i64> {
        let inner = self.inner_shape();
        let mut size = self.item_size() as i64;
        let mut strides = Vec::new();
        for length in inner.iter().rev() {
            strides.push(size);
            size *= *length as i64;
        }
        if !self.is_scalar.get() {
            strides.push(self.stride.get() as i64);
        }
        strides.reverse();
        strides
    }

    /// Bytes of all items that have one index in the first dimension.
    fn row_size(&self) -> usize {
        if !self.inner.is_some() {
            return self.item_size();
        }
        self.inner_shape().iter().product::<usize>() * self.item_size()
    }

    fn byte_count(&self) -> usize {
        self.length.get() * self.row_size()
    }

    fn is_contiguous(&self) -> bool {
        // Of one dimension the reference looks only at the stride, also where there is nothing.
        let has_any = self.length.get() > 0 || !self.inner.is_some();
        self.length.get() == 1 || !has_any || self.stride.get() == self.row_size() as isize
    }

    /// Where a row starts.
    fn place(&self, index: usize) -> usize {
        self.start.get().wrapping_add_signed(index as isize * self.stride.get())
    }

    /// The bytes of all items in order.
    fn bytes(&self, cx: &Interpreter) -> Outcome<Vec<u8>> {
        let Some(owner) = self.buffer.owner() else { return Ok(Vec::new()) };
        let all = match buffer(cx, &owner)? {
            Some(all) => all,
            None => return Ok(Vec::new()),
        };
        let mut out = room(self.byte_count())?;
        let size = self.row_size();
        for index in 0..self.length.get() {
            let place = self.place(index);
            out.extend_from_slice(all.get(place..place + size).unwrap_or_default());
        }
        Ok(out)
    }

    /// The bytes of the item that starts at a place.
    fn item_bytes(&self, place: usize) -> [u8; 8] {
        let mut bytes = [0; 8];
        let Some(owner) = self.buffer.owner() else { return bytes };
        let Some(exporter) = Exporter::of(&owner) else { return bytes };
        for (place, byte) in (place..).zip(bytes.iter_mut().take(self.item_size())) {
            *byte = exporter.byte(place).unwrap_or_default();
        }
        bytes
    }

    fn write_item(&self, place: usize, bytes: &[u8]) {
        let owner = self.buffer.owner();
        if let Some(exporter) = owner.as_deref().and_then(Exporter::of) {
            exporter.write(place, bytes);
        }
    }
}

/// A view of an owner's bytes.
struct View {
    start: usize,
    length: usize,
    stride: isize,
    is_readonly: bool,
    format: u8,
    is_scalar: bool,
    inner: Option<ObjectRef>,
}

fn new_view(cx: &Interpreter, buffer: ObjectRef, view: View) -> Outcome {
    let made = cx.birth_tracked(&cx.types.memoryview, |object| MemoryView {
        object,
        buffer: Hold::of(buffer),
        start: Cell::new(view.start),
        length: Cell::new(view.length),
        stride: Cell::new(view.stride),
        is_readonly: Cell::new(view.is_readonly),
        format: Cell::new(view.format),
        is_scalar: Cell::new(view.is_scalar),
        inner: Field::new(view.inner),
        weak_list: Cell::new(std::ptr::null()),
        hash: Cell::new(None),
        spare: [0; SPARE],
    })?;
    Ok(made.into_object())
}

/// Another view of the same buffer.
fn derived(cx: &Interpreter, object: &Object, change: impl FnOnce(&mut View)) -> Outcome {
    let view = checked(cx, object)?;
    let Some(buffer) = view.buffer.buffer() else { return Ok(cx.none()) };
    let mut other = View {
        start: view.start.get(),
        length: view.length.get(),
        stride: view.stride.get(),
        is_readonly: view.is_readonly.get(),
        format: view.format.get(),
        is_scalar: view.is_scalar.get(),
        inner: view.inner.get(),
    };
    change(&mut other);
    new_view(cx, buffer, other)
}

fn new(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "memoryview",
        names: ["object"],
        positional_only: 0,
        positional: 1,
        required: 1,
    };
    let [Some(owner)] = parameters.bind(cx, arguments)? else { return Ok(cx.none()) };
    if owner.layout::<MemoryView>().is_some() {
        return derived(cx, &owner, |_| {});
    }
    let Some(exporter) = Exporter::of(&owner) else {
        let kind = owner.type_name();
        let message = format_args!("memoryview: a bytes-like object is required, not '{kind}'");
        return Err(cx.type_error(message));
    };
    let view = View {
        start: 0,
        length: exporter.length(),
        stride: exporter.item_size() as isize,
        is_readonly: exporter.is_readonly(),
        format: exporter.format(),
        is_scalar: false,
        inner: None,
    };
    new_view(cx, managed::new_buffer(cx, &owner)?, view)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let what = if this::<MemoryView>(object).buffer.is_released() { "released memory" } else { "memory" };
    cx.new_text(&format!("<{what} at {:#x}>", object.address()))
}

fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    if let Some(known) = this::<MemoryView>(object).hash.get() {
        return Ok(known);
    }
    let view = checked(cx, object)?;
    if !view.is_readonly.get() {
        return Err(cx.value_error("cannot hash writable memoryview object"));
    }
    if !matches!(view.format.get(), b'B' | b'b' | b'c') {
        return Err(cx.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    if let Some(owner) = view.buffer.owner() {
        cx.hash(&owner)?;
    }
    let hash = hashing::bytes(&view.bytes(cx)?);
    view.hash.set(Some(hash));
    Ok(hash)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
        return Ok(cx.not_implemented.clone());
    }
    let wants_equal = comparison == Comparison::Equal;
    let view = this::<MemoryView>(left);
    let other = right.layout::<MemoryView>();
    if view.buffer.is_released() || other.is_some_and(|other| other.buffer.is_released()) {
        return Ok(cx.new_bool(left.is(right) == wants_equal));
    }
    let Some(bytes) = buffer(cx, right)? else { return Ok(cx.not_implemented.clone()) };
    let other_format = format_of(right);
    let length = Exporter::of(right).map_or(bytes.len(), |exporter| exporter.length());
    let other_shape = other.map_or_else(|| vec![length], MemoryView::shape);
    let equal = if view.shape() != other_shape || [view.format.get(), other_format].contains(&WIDE_CHARACTER)
    {
        false
    } else if view.format.get() == other_format && !matches!(other_format, b'f' | b'd') {
        view.bytes(cx)? == *bytes
    } else {
        equal_items(cx, left, right)?
    };
    Ok(cx.new_bool(equal == wants_equal))
}

/// The format of the items that a bytes-like object shows.
fn format_of(object: &Object) -> u8 {
    match object.layout::<MemoryView>() {
        Some(view) => view.format.get(),
        None => Exporter::of(object).map_or(b'B', |exporter| exporter.format()),
    }
}

/// Compares item by item: the formats differ, or bytes do not tell.
fn equal_items(cx: &Interpreter, left: &Object, right: &Object) -> Outcome<bool> {
    let right = match right.layout::<MemoryView>() {
        Some(_) => right.new_ref(),
        None => cx.call(&cx.types.memoryview, &[right.new_ref()])?,
    };
    cx.equal(&*tolist(cx, left)?, &*tolist(cx, &right)?)
}

fn iter(cx: &Interpreter, object: &Object) -> Outcome {
    if checked(cx, object)?.is_scalar.get() {
        return Err(cx.type_error("invalid indexing of 0-dim memory"));
    }
    let items = cx.new_sequence_iterator(object)?;
    crate::types::iterators::plain::new_plain_iterator(cx, &cx.types.memory_iterator, items)
}
