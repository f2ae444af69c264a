//! `list_iterator` and `list_reverseiterator`: they look the list up each time, so it may change meanwhile.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::{itself, length_hint_method, reduce_method, reduced, set_state_method, specification};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::Typed;
use crate::runtime::{Field, Interpreter, Outcome, TypeObject};
use crate::types::containers::{builtin, state_word, this};
use crate::values::list::List;

/// `list_iterator` and `list_reverseiterator`
#[repr(C)]
pub struct ListIterator {
    /// The header.
    pub object: Object,
    /// The list; none at the end.
    pub list: Field<Option<ObjectRef>>,
    /// The index of the next item; in reverse one more than that, zero at the end.
    pub index: Cell<usize>,
}
layout!(ListIterator, object, Object);
fields_lifecycle!(ListIterator; list);

static METHODS: &[NativeMethod] =
    &[length_hint_method(length_hint), reduce_method(reduce), set_state_method(set_state)];
static REVERSE_METHODS: &[NativeMethod] = &[
    length_hint_method(reverse_length_hint),
    reduce_method(reverse_reduce),
    set_state_method(set_reverse_state),
];

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.list_iterator,
        specification::<ListIterator>(
            lifecycle(),
            |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(|_, object| Ok(this::<ListIterator>(object).advance())));
            },
            METHODS,
        ),
    )?;
    cx.define_type(
        &cx.types.list_reverse_iterator,
        specification::<ListIterator>(
            lifecycle(),
            |slots| {
                slots.iter.set(Some(itself));
                slots.next.set(Some(|_, object| Ok(this::<ListIterator>(object).retreat())));
            },
            REVERSE_METHODS,
        ),
    )
}

/// `iter(list)`
pub fn new_list_iterator(cx: &Interpreter, list: &Object) -> Outcome {
    new_iterator(cx, &cx.types.list_iterator, list, 0)
}

/// `reversed(list)`
pub fn new_list_reverse_iterator(cx: &Interpreter, list: &List) -> Outcome {
    new_iterator(cx, &cx.types.list_reverse_iterator, list, list.len())
}

#[inline(always)]
fn new_iterator(cx: &Interpreter, kind: &TypeObject, list: &Object, index: usize) -> Outcome {
    let made = cx.birth_tracked(kind, |object| ListIterator {
        object,
        list: Field::new(Some(list.new_ref())),
        index: Cell::new(index),
    })?;
    Ok(made.into_object())
}

impl ListIterator {
    /// The next item; none at the end, where the list is let go.
    #[inline]
    pub fn advance(&self) -> Option<ObjectRef> {
        let index = self.index.get();
        let Some(item) = self.list.list_item(index) else { return self.end() };
        self.index.set(index + 1);
        Some(item)
    }

    /// Adds the plain integers that come next to a total, without objects; some thousands at a time. Says whether it
    /// has come on.
    pub fn add_words(&self, cx: &Interpreter, total: &mut i64) -> bool {
        self.add(|list, from| list.add_words(from, [&cx.types.int, &cx.types.bool], total))
    }

    /// The same for floats.
    pub fn add_floats(&self, cx: &Interpreter, total: &mut f64) -> bool {
        self.add(|list, from| list.add_floats(from, &cx.types.float, total))
    }

    #[inline(always)]
    fn add(&self, add: impl FnOnce(&List, usize) -> usize) -> bool {
        let (list, from) = (self.list.get(), self.index.get());
        let Some(list) = list.as_deref().and_then(Typed::as_list) else { return false };
        self.index.set(add(list, from));
        self.index.get() > from
    }

    #[cold]
    fn end(&self) -> Option<ObjectRef> {
        drop(self.list.take());
        None
    }

    /// The next item in reverse.
    fn retreat(&self) -> Option<ObjectRef> {
        let item = self.index.get().checked_sub(1).and_then(|index| self.list.list_item(index));
        match item {
            Some(_) => self.index.set(self.index.get() - 1),
            None => {
                self.index.set(0);
                drop(self.list.take());
            }
        }
        item
    }

    /// The length of the list, if it is still there.
    fn length(&self) -> Option<usize> {
        self.list.get().map(|list| list.as_list().map_or(0, List::len))
    }
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<ListIterator>(object);
    cx.new_size(iterator.length().unwrap_or(0).saturating_sub(iterator.index.get()))
}

fn reverse_length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<ListIterator>(object);
    let left = iterator.index.get();
    cx.new_size(if iterator.length().is_some_and(|length| length >= left) { left } else { 0 })
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<ListIterator>(object);
    match iterator.list.get() {
        Some(list) => reduced(cx, &*builtin(cx, "iter")?, &list, Some(iterator.index.get() as isize)),
        None => reduced_end(cx),
    }
}

fn reverse_reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<ListIterator>(object);
    match iterator.list.get() {
        Some(list) => reduced(cx, &cx.types.reversed, &list, Some(iterator.index.get() as isize - 1)),
        None => reduced_end(cx),
    }
}

fn reduced_end(cx: &Interpreter) -> Outcome {
    reduced(cx, &*builtin(cx, "iter")?, &*cx.new_list(Vec::new())?, None)
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<ListIterator>(object);
    let index = state_word(cx, state)?.max(0) as usize;
    if let Some(length) = iterator.length() {
        iterator.index.set(index.min(length));
    }
    Ok(cx.none())
}

fn set_reverse_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<ListIterator>(object);
    let index = state_word(cx, state)?.max(-1);
    if let Some(length) = iterator.length() {
        iterator.index.set((index.saturating_add(1) as usize).min(length));
    }
    Ok(cx.none())
}
