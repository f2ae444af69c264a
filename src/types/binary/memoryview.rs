//! `memoryview`: a look at the bytes of a `bytes` or `bytearray`, in one dimension.
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
    /// Weak references to this view.
    weak_list: Cell<*const Object>,
    /// So that sizes are the reference's.
    spare: [usize; 13],
}
layout!(MemoryView, object, Object);
fields_lifecycle!(
    MemoryView,
    WeakSupport::Field(std::mem::offset_of!(MemoryView, weak_list) as u32);
    owner
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
        |cx, object| checked(cx, object).and_then(|_| cx.new_int(1)),
        "An integer indicating how many dimensions of a multi-dimensional\n array the memory represents.",
    ),
    NativeAttribute::new(
        "shape",
        |cx, object| one(cx, checked(cx, object)?.length.get() as i64),
        "A tuple of ndim integers giving the shape of the memory\n as an N-dimensional array.",
    ),
    NativeAttribute::new(
        "strides",
        |cx, object| one(cx, checked(cx, object)?.stride.get() as i64),
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
        is_contiguous,
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

fn one(cx: &Interpreter, value: i64) -> Outcome {
    cx.new_tuple_from(vec![cx.new_int(value)?])
}

impl MemoryView {
    fn item_size(&self) -> usize {
        item_size(self.format.get()).unwrap_or(1)
    }

    fn byte_count(&self) -> usize {
        self.length.get() * self.item_size()
    }

    fn is_contiguous(&self) -> bool {
        self.length.get() <= 1 || self.stride.get() == self.item_size() as isize
    }

    /// Where an item starts.
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
        for index in 0..self.length.get() {
            let place = self.place(index);
            out.extend_from_slice(all.get(place..place + self.item_size()).unwrap_or_default());
        }
        Ok(out)
    }

    /// The bytes of an item.
    fn item_bytes(&self, index: usize) -> [u8; 8] {
        let (mut bytes, place) = ([0; 8], self.place(index));
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

    fn write_item(&self, index: usize, bytes: &[u8]) {
        let (place, owner) = (self.place(index), self.owner.0.get());
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
        weak_list: Cell::new(std::ptr::null()),
        spare: [0; 13],
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
    new_view(cx, &owner, View { start: 0, length, stride: 1, is_readonly, format: b'B' })
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let what = if this::<MemoryView>(object).owner.0.is_some() { "memory" } else { "released memory" };
    cx.new_text(&format!("<{what} at {:#x}>", object.address()))
}

fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
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
    Ok(hashing::bytes(&view.bytes(cx)?))
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
    let equal = if view.format.get() == other_format && !matches!(other_format, b'f' | b'd') {
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
    cx.new_sequence_iterator(object)
}

fn item(cx: &Interpreter, view: &MemoryView, index: usize) -> Outcome {
    view_items::unpack(cx, view.format.get(), view.item_bytes(index))
}

#[cold]
fn out_of_bounds(cx: &Interpreter) -> Raised {
    cx.index_error("index out of bounds on dimension 1")
}

/// What a key that is neither an index nor a slice gives.
#[cold]
fn wrong_key(cx: &Interpreter, key: &Object) -> Raised {
    match key.as_tuple() {
        Some(tuple) if tuple.items().iter().all(|item| is_index(item)) => {
            let length = tuple.len();
            cx.type_error(format_args!("cannot index 1-dimension view with {length}-element tuple"))
        }
        Some(tuple) if tuple.items().iter().all(|item| item.layout::<Slice>().is_some()) => {
            cx.not_implemented_error("multi-dimensional slicing is not implemented")
        }
        _ => cx.type_error("memoryview: invalid slice key"),
    }
}

/// The place that an index names.
fn index_of(cx: &Interpreter, object: &Object, key: &Object) -> Outcome<usize> {
    let index = subscript_index(cx, key)?;
    normalise(index, checked(cx, object)?.length.get()).ok_or_else(|| out_of_bounds(cx))
}

/// The only item of a tuple of one index, as if the index stood alone.
fn lone_key(key: &Object) -> ObjectRef {
    match key.as_tuple().map(|tuple| tuple.items()) {
        Some([only]) if is_index(only) => only.clone(),
        _ => key.new_ref(),
    }
}

fn get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    checked(cx, object)?;
    let key = lone_key(key);
    if is_index(&key) {
        let index = index_of(cx, object, &key)?;
        return item(cx, checked(cx, object)?, index);
    }
    if key.is(&cx.ellipsis) {
        return Ok(object.new_ref());
    }
    let Some(slice) = key.layout::<Slice>() else { return Err(wrong_key(cx, &key)) };
    let (start, stop, step) = cx.slice_parts(slice)?;
    let view = checked(cx, object)?;
    let bounds = SliceBounds::adjust(view.length.get(), start, stop, step);
    sliced(cx, object, bounds)
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
    let key = lone_key(key);
    if is_index(&key) {
        let index = index_of(cx, object, &key)?;
        let bytes = view_items::pack(cx, checked(cx, object)?.format.get(), value)?;
        let view = checked(cx, object)?;
        view.write_item(index, &bytes[..view.item_size()]);
        return Ok(());
    }
    let Some(slice) = key.layout::<Slice>() else { return Err(wrong_key(cx, &key)) };
    let (start, stop, step) = cx.slice_parts(slice)?;
    let Some(bytes) = buffer(cx, value)? else {
        return Err(super::buffer::not_bytes_like(cx, value));
    };
    let format = value.layout::<MemoryView>().map_or(b'B', |other| other.format.get());
    let view = checked(cx, object)?;
    let bounds = SliceBounds::adjust(view.length.get(), start, stop, step);
    if format != view.format.get() || bytes.len() != bounds.length * view.item_size() {
        let message = "memoryview assignment: lvalue and rvalue have different structures";
        return Err(cx.value_error(message));
    }
    let chunks = bytes.chunks_exact(view.item_size());
    bounds.indices().zip(chunks).for_each(|(index, bytes)| view.write_item(index, bytes));
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
    let mut items = room(view.length.get())?;
    for index in 0..view.length.get() {
        items.push(item(cx, view, index)?);
    }
    cx.new_list(items)
}

fn toreadonly(cx: &Interpreter, object: &Object) -> Outcome {
    derived(cx, object, |view| view.is_readonly = true)
}

fn is_contiguous(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(cx.new_bool(checked(cx, object)?.is_contiguous()))
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
    let name = format.to_rust_string_lossy();
    let (format, size) = cast_format(cx, view, name.strip_prefix('@').unwrap_or(&name))?;
    let length = view.byte_count() / size;
    if let Some(shape) = shape.filter(|shape| !cx.is_none(shape)) {
        check_shape(cx, &shape, length)?;
    }
    derived(cx, object, |view| (view.format, view.length, view.stride) = (format, length, size as isize))
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

fn check_shape(cx: &Interpreter, shape: &Object, length: usize) -> Outcome<()> {
    if shape.as_list().is_none() && shape.as_tuple().is_none() {
        return Err(cx.type_error("shape must be a list or a tuple"));
    }
    match &cx.collect(shape)?[..] {
        [only] if cx.index_isize(only, None)? == length as isize => Ok(()),
        [_] => Err(cx.type_error("memoryview: product(shape) * itemsize != buffer size")),
        _ => Err(cx.not_implemented_error("memoryview: views have one dimension")),
    }
}
