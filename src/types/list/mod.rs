//! `list`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

mod items;
pub mod methods;
pub mod sort;

pub use items::get_slice;
pub use methods::{extend, list_from_iterable};

use super::containers::{
    compare_rows, extra_of, find_item, one_iterable, refuses_keywords, repeated_length, repr_row,
};
use super::iterators::list::new_list_iterator;
use crate::object::{Object, ObjectRef};
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeSpec};
use crate::values::list::{self as layout, List};

const DOCUMENTATION: &str = "list(iterable=(), /)\n--\n\nBuilt-in mutable sequence.\n\n    If no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.";

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.list,
        TypeSpec {
            flags: TypeFlags::LIST | TypeFlags::SEQUENCE | TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.init.set(Some(init));
                slots.repr.set(Some(|cx, object| repr_row(cx, object, list_of(object), "[", "]", "]")));
                slots.compare.set(Some(compare));
                slots.iter.set(Some(new_list_iterator));
                slots.length.set(Some(|_, object| Ok(list_of(object).len())));
                slots.get_item.set(Some(items::get_item));
                slots.set_item.set(Some(items::set_item));
                slots.contains.set(Some(contains));
                slots.concatenate.set(Some(concatenate));
                slots.repeat.set(Some(repeat));
                slots.inplace_concatenate.set(Some(inplace_concatenate));
                slots.inplace_repeat.set(Some(inplace_repeat));
            },
            short_call: Some(make),
            methods: methods::METHODS,
            documentation: DOCUMENTATION,
            ..TypeSpec::of::<List>(layout::lifecycle())
        },
    )
}

/// `self` of a method as a list.
#[inline]
fn list_of(object: &Object) -> &List {
    object.as_list().expect("a method of lists gets lists")
}

/// `list()` and `list(iterable)`.
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    if values.len() > 1 {
        return None;
    }
    let list = match List::new(&cx.types.list, 0) {
        Ok(list) => list,
        Err(error) => return Some(Err(error.into())),
    };
    let filled = values.first().map_or(Ok(()), |iterable| extend(cx, &list, iterable));
    Some(filled.map(|()| list.into_object()))
}

fn new(_: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    Ok(List::with_extra(kind, extra_of(kind, layout::BASIC_SIZE))?.into_object())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    drop(one_iterable(cx, "list", arguments, refuses_keywords(object, &cx.types.list))?);
    let list = list_of(object);
    list.clear();
    arguments.values.first().map_or(Ok(()), |iterable| extend(cx, list, iterable))
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    match right.as_list() {
        Some(right) => compare_rows(cx, list_of(left), right, comparison),
        None => Ok(cx.not_implemented.clone()),
    }
}

fn contains(cx: &Interpreter, object: &Object, value: &Object) -> Outcome<bool> {
    Ok(find_item(cx, list_of(object), value, 0, usize::MAX)?.is_some())
}

fn concatenate(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some(other) = right.as_list() else {
        let kind = right.type_name();
        return Err(cx.type_error(format_args!("can only concatenate list (not \"{kind}\") to list")));
    };
    joined(cx, list_of(left), other)
}

/// A list of the items of one list and then of another one.
pub fn joined(cx: &Interpreter, left: &List, right: &List) -> Outcome {
    Ok(List::joined(&cx.types.list, left, right)?.into_object())
}

fn repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let list = list_of(object);
    let total = repeated_length(cx, list.len(), times)?;
    let times = if total == 0 { 0 } else { times as usize };
    Ok(List::repeated(&cx.types.list, list, times)?.into_object())
}

/// Appends the present items of a list so many times to another one, or to itself.
fn push_repeated(list: &List, to: &List, times: usize) -> Outcome<()> {
    let items = list.copy_range(0..list.len())?;
    Ok(to.push_repeated(&items, times)?)
}

fn inplace_concatenate(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    extend(cx, list_of(object), other)?;
    Ok(object.new_ref())
}

fn inplace_repeat(cx: &Interpreter, object: &Object, times: isize) -> Outcome {
    let list = list_of(object);
    if times < 1 {
        list.clear();
    } else if !list.is_empty() {
        repeated_length(cx, list.len(), times)?;
        push_repeated(list, list, times as usize - 1)?;
    }
    Ok(object.new_ref())
}
