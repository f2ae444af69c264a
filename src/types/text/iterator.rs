//! `str_iterator` and, for ASCII, `str_ascii_iterator`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::cell::Cell;

use super::text_of;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::{Field, Interpreter, Outcome, Typed};
use crate::types::containers::this;
use crate::types::iterators::indexed::Indexed;
use crate::types::iterators::{itself, specification};
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
                TextIterator::METHODS,
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
}

impl Indexed for TextIterator {
    fn index(&self) -> &Cell<usize> {
        &self.index
    }

    fn row(&self) -> Option<ObjectRef> {
        self.text.get()
    }

    fn length_of(row: &Object) -> usize {
        row.as_text().map_or(0, Text::length)
    }

    fn empty_row(cx: &Interpreter, _: &Object) -> Outcome {
        Ok(cx.empty_text.clone().into_object())
    }
}
