//! `memoryview`: a look at the bytes of a `bytes` or `bytearray`.
//!
//! Views of more dimensions come from `cast` only, and slices cut the first dimension only: so all others are without
//! gaps, and a view is a row of equal *rows*, each a block of items.
//!
//! While a view is not released its owner counts it as an export, so that a `bytearray` keeps its length. The count
//! goes down when the view is released or dies, whichever is first: [`Export`] sees to that.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::buffer::{Buffer, buffer};
use super::methods::hex_text;
use super::view_items::{self, item_size};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, Visitor, WeakSupport, layout};
use crate::runtime::define::layout_of;
use crate::runtime::field::Held;
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, Comparison, DictPlace, Field, Interpreter, Outcome, Parameters, Raised, TypeFlags, TypeObject,
    TypeSpec, Typed,
};
use crate::types::coding::new_bytes;
use crate::types::containers::{is_index, subscript_index, this};
use crate::types::text::storage::room;
use crate::values::bytearray::ByteArray;
use crate::values::hashing;
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, normalise};

/// The owner of the bytes, for as long as it is looked at.
pub struct Export(Field<Option<ObjectRef>>);

impl Export {
    fn new(owner: &Object) -> Self {
        if let Some(array) = owner.layout::<ByteArray>() {
            array.set_exports(array.exports() + 1);
        }
        Self(Field::new(Some(owner.new_ref())))
    }

    fn release(&self) {
        let Some(owner) = self.0.take() else { return };
        if let Some(array) = owner.layout::<ByteArray>() {
            array.set_exports(array.exports().saturating_sub(1));
        }
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        self.release();
    }
}

impl Held for Export {
    fn visit_held(&self, visitor: &mut Visitor<'_>) {
        self.0.visit(visitor);
    }
    fn clear_held(&self) {
        self.release();
    }
}

/// A view.
#[repr(C)]
pub struct MemoryView {
    /// The header.
    pub object: Object,
    owner: Export,
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
    spare: [usize; 10],
}
layout!(MemoryView, object, Object);
fields_lifecycle!(
    MemoryView,
    WeakSupport::Field(std::mem::offset_of!(MemoryView, weak_list) as u32);
    owner, inner
);

const DOCUMENTATION: &str =
    "memoryview(object)\n--\n\nCreate a new memoryview object which references the given object.";

use NativeCode::{Full, NoArguments, Positional};

static METHODS: &[NativeMethod] = &[
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

static ATTRIBUTES: &[NativeAttribute] = &[
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

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.memoryview,
        TypeSpec {
            lifecycle: lifecycle(),
            layout: layout_of::<MemoryView>(),
            basic_size: size_of::<MemoryView>(),
            item_size: 0,
            flags: TypeFlags::SEQUENCE,
            dict_place: DictPlace::None,
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

/// `self` of a method; ValueError if it has been released.
fn checked<'a>(cx: &Interpreter, object: &'a Object) -> Outcome<&'a MemoryView> {
    let view = this::<MemoryView>(object);
    if view.owner.0.is_some() {
        return Ok(view);
    }
    Err(cx.value_error("operation forbidden on released memoryview object"))
}

fn owner_of(cx: &Interpreter, object: &Object) -> Outcome {
    let owner = checked(cx, object)?.owner.0.get();
    Ok(owner.unwrap_or_else(|| cx.none()))
}

fn numbers(cx: &Interpreter, values: impl Iterator<Item = i64>) -> Outcome {
    cx.new_tuple_from(values.map(|value| cx.new_int(value)).collect::<Outcome<Vec<_>>>()?)
}

impl MemoryView {
    fn item_size(&self) -> usize {
        item_size(self.format.get()).unwrap_or(1)
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
        self.length.get() <= 1 || self.stride.get() == self.row_size() as isize
    }

    /// Where a row starts.
    fn place(&self, index: usize) -> usize {
        self.start.get().wrapping_add_signed(index as isize * self.stride.get())
    }

    /// The bytes of all items in order.
    fn bytes(&self, cx: &Interpreter) -> Outcome<Vec<u8>> {
        let Some(owner) = self.owner.0.get() else { return Ok(Vec::new()) };
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
        let Some(owner) = self.owner.0.get() else { return bytes };
        for (offset, byte) in bytes.iter_mut().enumerate().take(self.item_size()) {
            let found = match owner.as_bytes() {
                Some(owner) => owner.as_slice().get(place + offset).copied(),
                None => owner.layout::<ByteArray>().and_then(|array| array.get(place + offset)),
            };
            *byte = found.unwrap_or_default();
        }
        bytes
    }

    fn write_item(&self, place: usize, bytes: &[u8]) {
        let owner = self.owner.0.get();
        let Some(array) = owner.as_deref().and_then(|owner| owner.layout::<ByteArray>()) else { return };
        for (offset, byte) in bytes.iter().enumerate().filter(|(offset, _)| place + offset < array.len()) {
            array.set(place + offset, *byte);
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

fn new_view(cx: &Interpreter, owner: &Object, view: View) -> Outcome {
    let made = cx.birth_tracked(&cx.types.memoryview, |object| MemoryView {
        object,
        owner: Export::new(owner),
        start: Cell::new(view.start),
        length: Cell::new(view.length),
        stride: Cell::new(view.stride),
        is_readonly: Cell::new(view.is_readonly),
        format: Cell::new(view.format),
        is_scalar: Cell::new(view.is_scalar),
        inner: Field::new(view.inner),
        weak_list: Cell::new(std::ptr::null()),
        hash: Cell::new(None),
        spare: [0; 10],
    })?;
    Ok(made.into_object())
}

/// Another view of the same owner.
fn derived(cx: &Interpreter, object: &Object, change: impl FnOnce(&mut View)) -> Outcome {
    let (view, owner) = (checked(cx, object)?, owner_of(cx, object)?);
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
    new_view(cx, &owner, other)
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
    let (length, is_readonly) = match (owner.as_bytes(), owner.layout::<ByteArray>()) {
        (Some(bytes), _) => (bytes.len(), true),
        (_, Some(array)) => (array.len(), false),
        _ => {
            let kind = owner.type_name();
            let message = format_args!("memoryview: a bytes-like object is required, not '{kind}'");
            return Err(cx.type_error(message));
        }
    };
    let (is_scalar, inner) = (false, None);
    new_view(cx, &owner, View { start: 0, length, stride: 1, is_readonly, format: b'B', is_scalar, inner })
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let what = if this::<MemoryView>(object).owner.0.is_some() { "memory" } else { "released memory" };
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
    if let Some(owner) = view.owner.0.get() {
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
    if !view.owner.0.is_some() || other.is_some_and(|other| !other.owner.0.is_some()) {
        return Ok(cx.new_bool(left.is(right) == wants_equal));
    }
    let other_format = other.map_or(b'B', |other| other.format.get());
    let Some(bytes) = buffer(cx, right)? else { return Ok(cx.not_implemented.clone()) };
    let other_shape = other.map_or_else(|| vec![bytes.len()], MemoryView::shape);
    let equal = if view.shape() != other_shape {
        false
    } else if view.format.get() == other_format && !matches!(other_format, b'f' | b'd') {
        view.bytes(cx)? == *bytes
    } else {
        equal_items(cx, left, right)?
    };
    Ok(cx.new_bool(equal == wants_equal))
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
    checked(cx, object)?;
    let items = cx.new_sequence_iterator(object)?;
    crate::types::iterators::plain::new_plain_iterator(cx, &cx.types.memory_iterator, items)
}

/// The value of the item that starts at a place.
fn item(cx: &Interpreter, view: &MemoryView, place: usize) -> Outcome {
    view_items::unpack(cx, view.format.get(), view.item_bytes(place))
}

#[cold]
fn out_of_bounds(cx: &Interpreter, dimension: usize) -> Raised {
    cx.index_error(format_args!("index out of bounds on dimension {dimension}"))
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

fn key_of<'a>(cx: &Interpreter, object: &Object, key: &'a Object, sub_views: &str) -> Outcome<Key<'a>> {
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
            return Err(cx.not_implemented_error(sub_views));
        }
        return place_of(cx, object, &[key.new_ref()]).map(Key::Place);
    }
    if let Some(indices) = indices_of(key) {
        return place_of(cx, object, indices).map(Key::Place);
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
fn place_of(cx: &Interpreter, object: &Object, indices: &[ObjectRef]) -> Outcome<usize> {
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
        // The index may run Python, which may release the view.
        let index = subscript_index(cx, index)?;
        let view = checked(cx, object)?;
        let index = normalise(index, view.shape()[dimension]);
        let index = index.ok_or_else(|| out_of_bounds(cx, dimension + 1))?;
        offset += index as i64 * view.strides()[dimension];
    }
    Ok(checked(cx, object)?.start.get().wrapping_add_signed(offset as isize))
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    match key_of(cx, object, key, "multi-dimensional sub-views are not implemented")? {
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

fn set_item(cx: &Interpreter, object: &Object, key: &Object, value: Option<&Object>) -> Outcome<()> {
    if checked(cx, object)?.is_readonly.get() {
        return Err(cx.type_error("cannot modify read-only memory"));
    }
    let Some(value) = value else { return Err(cx.type_error("cannot delete memory")) };
    match key_of(cx, object, key, "sub-views are not implemented")? {
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
    let bytes = view_items::pack(cx, checked(cx, object)?.format.get(), value)?;
    let view = checked(cx, object)?;
    view.write_item(place, &bytes[..view.item_size()]);
    Ok(())
}

fn write_slice(cx: &Interpreter, object: &Object, slice: &Slice, value: &Object) -> Outcome<()> {
    // The value is looked at first, but not held while the slice is asked for its numbers.
    let bytes = || buffer(cx, value)?.ok_or_else(|| super::buffer::not_bytes_like(cx, value));
    drop(bytes()?);
    let (start, stop, step) = cx.slice_parts(slice)?;
    let bytes = bytes()?;
    let other = value.layout::<MemoryView>();
    let format = other.map_or(b'B', |other| other.format.get());
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

fn release(cx: &Interpreter, object: &Object) -> Outcome {
    this::<MemoryView>(object).owner.release();
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
        if !matches!(text.as_str(), Some("C" | "F" | "A")) {
            return Err(cx.value_error("order must be 'C', 'F' or 'A'"));
        }
    }
    new_bytes(cx, &checked(cx, object)?.bytes(cx)?)
}

fn hex(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    hex_text(cx, &checked(cx, object)?.bytes(cx)?, arguments)
}

fn tolist(cx: &Interpreter, object: &Object) -> Outcome {
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

fn cast(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
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
    let shape = shape.filter(|shape| !cx.is_none(shape));
    let shape = match &shape {
        Some(shape) => Some(dimensions_from(cx, view, shape)?),
        None if view.inner.is_some() && view.byte_count() == 0 => return Err(zeros_in_shape(cx)),
        None => None,
    };
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
