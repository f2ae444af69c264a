//! `str_iterator` and, for ASCII, `str_ascii_iterator`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::text_of;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::native::NativeMethod;
use crate::runtime::{Field, Interpreter, Outcome, Typed};
use crate::types::containers::{builtin, state_word, this};
use crate::types::iterators::{
    itself, length_hint_method, reduce_method, reduced, set_state_method, specification,
};
use crate::values::text::Text;

/// `str_iterator` and `str_ascii_iterator`
#[repr(C)]
pub struct TextIterator {
    /// The header.
    pub object: Object,
    /// The text; none at the end.
    pub text: Field<Option<ObjectRef>>,
    /// The index of the next character.
    pub index: Cell<usize>,
}
layout!(TextIterator, object, Object);
fields_lifecycle!(TextIterator; text);

static METHODS: &[NativeMethod] =
    &[length_hint_method(length_hint), reduce_method(reduce), set_state_method(set_state)];

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    for kind in [&cx.types.text_iterator, &cx.types.ascii_iterator] {
        cx.define_type(
            kind,
            specification::<TextIterator>(
                lifecycle(),
                |slots| {
                    slots.iter.set(Some(itself));
                    slots.next.set(Some(|cx, object| this::<TextIterator>(object).advance(cx)));
                },
                METHODS,
            ),
        )?;
    }
    Ok(())
}

/// `iter(text)`
pub fn new_text_iterator(cx: &Interpreter, object: &Object) -> Outcome {
    let is_ascii = text_of(object).is_ascii();
    let kind = if is_ascii { &cx.types.ascii_iterator } else { &cx.types.text_iterator };
    let made = cx.birth_tracked(kind, |header| TextIterator {
        object: header,
        text: Field::new(Some(object.new_ref())),
        index: Cell::new(0),
    })?;
    Ok(made.into_object())
}

impl TextIterator {
    /// The next character; none at the end, where the text is let go.
    #[inline]
    pub fn advance(&self, cx: &Interpreter) -> Outcome<Option<ObjectRef>> {
        let Some(object) = self.text.get() else { return Ok(None) };
        let (text, index) = (text_of(&object), self.index.get());
        if index < text.length() {
            self.index.set(index + 1);
            return cx.new_character(text.character(index)).map(Some);
        }
        drop(self.text.take());
        Ok(None)
    }

    fn length(&self) -> Option<usize> {
        self.text.get().map(|text| text.as_text().map_or(0, Text::length))
    }
}

fn length_hint(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<TextIterator>(object);
    cx.new_size(iterator.length().unwrap_or(0).saturating_sub(iterator.index.get()))
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let iterator = this::<TextIterator>(object);
    let function = builtin(cx, "iter")?;
    match iterator.text.get() {
        Some(text) => reduced(cx, &function, &text, Some(iterator.index.get() as isize)),
        None => reduced(cx, &function, &cx.empty_text, None),
    }
}

fn set_state(cx: &Interpreter, object: &Object, state: &Object) -> Outcome {
    let iterator = this::<TextIterator>(object);
    let index = state_word(cx, state)?.max(0) as usize;
    if let Some(length) = iterator.length() {
        iterator.index.set(index.min(length));
    }
    Ok(cx.none())
}
