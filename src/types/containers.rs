//! What the container types and their iterators share: seeing `self` as its layout, indices, slices, iterating.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::ops::Deref;

use crate::object::{Layout, Lifecycle, Object, ObjectRef, Ref};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, Raised};
use crate::types::iterators::advance;
use crate::values::integer::Integer;
use crate::values::list::List;
use crate::values::text::TextBuilder;
use crate::values::tuple::Tuple;

/// `__class_getitem__` of a generic container.
pub const CLASS_GETITEM: NativeMethod =
    NativeMethod::new("__class_getitem__", NativeCode::One(class_getitem), "", "See PEP 585").class();

fn class_getitem(cx: &Interpreter, class: &Object, item: &Object) -> Outcome {
    cx.call(&cx.types.generic_alias, &[class.new_ref(), item.new_ref()])
}

/// `self` of a method as the layout that its type is defined with.
///
/// # Panics
/// When a method is called on another type, which slot wrappers and method descriptors refuse before.
#[inline]
pub fn this<T: Layout + 'static>(object: &Object) -> &T {
    object.layout::<T>().expect("a method gets instances of its own type")
}

/// Bytes that instances of a type have behind those of a layout of `size` bytes.
#[inline]
pub fn extra_of(kind: &TypeObject, size: usize) -> usize {
    (kind.basic_size.get() as usize).saturating_sub(size)
}

/// A new reference to a built-in function, for `__reduce__`.
pub fn builtin(cx: &Interpreter, name: &str) -> Outcome {
    match cx.dict_get_str(&cx.builtins, name)? {
        Some(function) => Ok(function),
        None => Err(cx.raise_text(&cx.types.attribute_error, name)),
    }
}

/// A tuple of references as `(callable, arguments)` and the like.
pub fn tuple(cx: &Interpreter, items: &[&Object]) -> Outcome {
    cx.new_tuple_from(items.iter().map(|item| item.new_ref()).collect())
}

/// Calls `each` with every item of an iterable.
pub fn for_each(
    cx: &Interpreter,
    iterable: &Object,
    mut each: impl FnMut(ObjectRef) -> Outcome<()>,
) -> Outcome<()> {
    let iterator = cx.iter(iterable)?;
    while let Some(item) = advance(cx, &iterator)? {
        each(item)?;
        cx.poll()?;
    }
    Ok(())
}

/// Appends to a vector whose length a program chooses.
pub fn push<T>(cx: &Interpreter, items: &mut Vec<T>, item: T) -> Outcome<()> {
    if items.len() == items.capacity() {
        items.try_reserve(1).map_err(|_| cx.raise_memory_error())?;
    }
    items.push(item);
    Ok(())
}

/// `operator.index(object)`; IndexError where no sequence is that long.
#[inline]
pub fn subscript_index(cx: &Interpreter, object: &Object) -> Outcome<isize> {
    if object.is_exactly(&cx.types.int)
        && let Some(value) = object.as_int().and_then(Integer::to_i64)
    {
        return Ok(value as isize);
    }
    cx.index_isize(object, Some(&cx.types.index_error))
}

/// `operator.index(object)`; OverflowError, in the words of conversions, where it is no machine word.
pub fn word_index(cx: &Interpreter, object: &Object) -> Outcome<isize> {
    let index = cx.index_of_any_type(object)?;
    match index.as_int().and_then(Integer::to_i64) {
        Some(value) => Ok(value as isize),
        None => Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// The state of an iterator, which must be an int; OverflowError where it is no machine word.
pub fn state_word(cx: &Interpreter, object: &Object) -> Outcome<isize> {
    match object.as_int() {
        Some(_) => word_index(cx, object),
        None => Err(cx.type_error("an integer is required")),
    }
}

/// Whether an object can be an index.
#[inline]
pub fn is_index(object: &Object) -> bool {
    object.type_object().slots.index.get().is_some()
}

/// An optional argument `start` or `stop` of `index`, cut to a machine word.
pub fn search_bound(cx: &Interpreter, object: &Object) -> Outcome<isize> {
    if !is_index(object) {
        return Err(cx.type_error("slice indices must be integers or have an __index__ method"));
    }
    cx.index_isize(object, None)
}

/// TypeError for a part of a slice that is no index.
#[cold]
pub fn no_slice_index(cx: &Interpreter) -> Raised {
    cx.type_error("slice indices must be integers or None or have an __index__ method")
}

/// `x[key]` with a key of the wrong type.
#[cold]
pub fn no_subscript(cx: &Interpreter, sequence: &str, key: &Object) -> Raised {
    cx.type_error(format_args!("{sequence} indices must be integers or slices, not {}", key.type_name()))
}

/// The one optional positional argument of a constructor such as `list(iterable)`; keywords are refused where
/// `refuses_keywords`.
pub fn one_iterable(
    cx: &Interpreter,
    name: &str,
    arguments: Arguments<'_>,
    refuses_keywords: bool,
) -> Outcome<Option<ObjectRef>> {
    if refuses_keywords {
        cx.no_keywords(name, arguments)?;
    }
    one_iterable_of(cx, name, arguments)
}

/// The one optional positional argument of a function that takes keywords as well.
pub fn one_iterable_of(cx: &Interpreter, name: &str, arguments: Arguments<'_>) -> Outcome<Option<ObjectRef>> {
    let values = arguments.positional_values();
    cx.check_positional(name, values.len(), 0, 1)?;
    Ok(values.first().cloned())
}

/// The result tuple of an iterator that hands out the same tuple again while nobody else holds it. A new one starts
/// with `width` Nones.
pub fn blank_tuple(cx: &Interpreter, width: usize) -> Outcome<Ref<Tuple>> {
    if width == 0 {
        return Ok(cx.empty_tuple.clone());
    }
    Ok(Tuple::new(&cx.types.tuple, (0..width).map(|_| cx.none()))?)
}

/// The lifecycle of an object that the collector does not know, from that of one that it does.
pub fn without_links(lifecycle: Lifecycle) -> Lifecycle {
    lifecycle.dealloc.set(crate::object::dealloc_plain);
    lifecycle.clear.set(None);
    Lifecycle { prefix: crate::object::Prefix::None, ..lifecycle }
}

/// Either kind of row of objects, so that lists and tuples share what is the same in both.
pub trait Row {
    /// How many items there are now.
    fn count_items(&self) -> usize;
    /// An item: counted where the row may lose it meanwhile.
    fn item(&self, index: usize) -> Option<impl Deref<Target = Object>>;
    /// Compares the pair of items that decides.
    fn compare_found(
        cx: &Interpreter,
        [left, right]: [&Self; 2],
        index: usize,
        comparison: Comparison,
    ) -> Outcome {
        match (left.item(index), right.item(index)) {
            (Some(left), Some(right)) => cx.compare(&left, &right, comparison),
            _ => Ok(cx.not_implemented.clone()),
        }
    }
}

impl Row for List {
    fn count_items(&self) -> usize {
        self.len()
    }
    fn compare_found(cx: &Interpreter, rows: [&Self; 2], index: usize, comparison: Comparison) -> Outcome {
        let [left, right] = rows;
        let pair = || Some([left.get(index)?, right.get(index)?]);
        match pair() {
            Some(found) => cx.compare_held(found, comparison, pair),
            None => Ok(cx.not_implemented.clone()),
        }
    }
    fn item(&self, index: usize) -> Option<impl Deref<Target = Object>> {
        self.get(index)
    }
}

impl Row for Tuple {
    fn count_items(&self) -> usize {
        self.len()
    }
    fn item(&self, index: usize) -> Option<impl Deref<Target = Object>> {
        self.items().get(index).map(|item| &**item)
    }
}

/// The index of the first equal item from `start` on and before `stop`.
pub fn find_item(
    cx: &Interpreter,
    row: &impl Row,
    value: &Object,
    start: usize,
    stop: usize,
) -> Outcome<Option<usize>> {
    for index in start..stop {
        let Some(item) = row.item(index) else { break };
        if cx.equal(&item, value)? {
            return Ok(Some(index));
        }
        cx.poll()?;
    }
    Ok(None)
}

/// How many items are equal to a value.
pub fn count_equal(cx: &Interpreter, row: &impl Row, value: &Object) -> Outcome {
    let mut found = 0;
    let mut index = 0;
    while let Some(item) = row.item(index) {
        found += usize::from(cx.equal(&item, value)?);
        index += 1;
        cx.poll()?;
    }
    cx.new_size(found)
}

/// The arguments of `index(value, start, stop)`: the value and the range that is searched. The length is asked for last:
/// a bound's `__index__` may have changed it.
pub fn search_arguments<'a>(
    cx: &Interpreter,
    arguments: &'a [ObjectRef],
    length: impl Fn() -> usize,
) -> Outcome<(&'a ObjectRef, usize, usize)> {
    cx.check_positional("index", arguments.len(), 1, 3)?;
    let start = arguments.get(1).map_or(Ok(0), |start| search_bound(cx, start))?;
    let stop = arguments.get(2).map_or(Ok(isize::MAX), |stop| search_bound(cx, stop))?;
    let from_end =
        |bound: isize| if bound < 0 { bound.saturating_add(length() as isize).max(0) } else { bound };
    Ok((&arguments[0], from_end(start) as usize, from_end(stop) as usize))
}

/// Compares two rows item by item: the first pair that differs decides, else the lengths do.
pub fn compare_rows<R: Row>(cx: &Interpreter, left: &R, right: &R, comparison: Comparison) -> Outcome {
    let lengths = |left: &R, right: &R| left.count_items().cmp(&right.count_items());
    if matches!(comparison, Comparison::Equal | Comparison::NotEqual) && lengths(left, right).is_ne() {
        return Ok(cx.new_bool(comparison == Comparison::NotEqual));
    }
    let mut index = 0;
    while let (Some(first), Some(second)) = (left.item(index), right.item(index)) {
        let is_equal = cx.equal(&first, &second)?;
        drop((first, second));
        if !is_equal {
            // The comparison may have shortened a row: then the lengths decide.
            if index >= left.count_items().min(right.count_items()) {
                break;
            }
            return match comparison {
                Comparison::Equal => Ok(cx.false_.clone()),
                Comparison::NotEqual => Ok(cx.true_.clone()),
                _ => R::compare_found(cx, [left, right], index, comparison),
            };
        }
        index += 1;
        cx.poll()?;
    }
    Ok(cx.new_bool(comparison.holds(lengths(left, right))))
}

/// `open`, the reprs of the items, `close`; a row inside itself is `open...close`.
pub fn repr_row(
    cx: &Interpreter,
    object: &Object,
    row: &impl Row,
    open: &str,
    close: &str,
    close_single: &str,
) -> Outcome {
    if row.count_items() == 0 {
        return cx.new_text(&format!("{open}{close}"));
    }
    cx.repr_once(object, format_args!("{open}...{close}"), || repr_items(cx, row, open, close, close_single))
}

fn repr_items(cx: &Interpreter, row: &impl Row, open: &str, close: &str, close_single: &str) -> Outcome {
    let mut out = TextBuilder::new();
    out.push_str(open)?;
    let mut index = 0;
    while let Some(item) = row.item(index).map(|item| item.new_ref()) {
        if index > 0 {
            out.push_str(", ")?;
        }
        out.push_text(&*cx.repr_of_item(item)?)?;
        index += 1;
        cx.poll()?;
    }
    out.push_str(if index == 1 { close_single } else { close })?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

/// How long a row becomes that is repeated; MemoryError where no row is that long.
pub fn repeated_length(cx: &Interpreter, length: usize, times: isize) -> Outcome<usize> {
    let total = length.checked_mul(times.max(0) as usize);
    total.filter(|total| *total <= isize::MAX as usize / 8).ok_or_else(|| cx.raise_memory_error())
}

/// The items of a value that is assigned to a slice; TypeError with `message` where it cannot be iterated.
pub fn assigned_items(cx: &Interpreter, value: &Object, message: &str) -> Outcome<Vec<ObjectRef>> {
    if value.is_exactly(&cx.types.list) || value.is_exactly(&cx.types.tuple) {
        return cx.collect(value);
    }
    match cx.iter(value) {
        Ok(iterator) => cx.collect(&iterator),
        Err(raised) => {
            drop(cx.take_if(&cx.types.type_error).ok_or(raised)?);
            Err(cx.type_error(message))
        }
    }
}

/// Whether a constructor refuses keywords: that of the type itself, and of a subclass that does not override `__new__`.
pub fn refuses_keywords(object: &Object, base: &TypeObject) -> bool {
    let kind = object.type_object();
    kind.is(base)
        || match (kind.slots.new.get(), base.slots.new.get()) {
            (Some(own), Some(inherited)) => std::ptr::fn_addr_eq(own, inherited),
            _ => false,
        }
}

/// The same for what `__new__` makes: a subclass that does not override `__init__` refuses keywords, too.
pub fn new_refuses_keywords(kind: &TypeObject, base: &TypeObject) -> bool {
    kind.is(base)
        || match (kind.slots.init.get(), base.slots.init.get()) {
            (Some(own), Some(inherited)) => std::ptr::fn_addr_eq(own, inherited),
            (None, None) => true,
            _ => false,
        }
}

/// `__sizeof__` of an instance whose layout has `own` bytes more than its type's basic size says.
pub fn sizeof_with_buffers(cx: &Interpreter, object: &Object, buffers: usize) -> Outcome {
    cx.new_size(object.type_object().basic_size.get() as usize + buffers)
}
