//! Small helpers that several types share: text for messages, and keeping references with their layouts.

#![forbid(unsafe_code)]

use crate::object::{Object, ObjectRef, Ref};
pub use crate::runtime::protocol::counted as reference;
use crate::runtime::{Interpreter, Outcome, Typed};
use crate::values::dict::Dict;
use crate::values::text::{Text, TextBuilder};

/// What a message about an argument calls it: by its type, or `None`.
pub fn argument_kind(cx: &Interpreter, argument: &Object) -> String {
    if cx.is_none(argument) { "None".to_owned() } else { argument.type_name() }
}

/// A text as Rust text, for messages; empty for what is no text.
pub fn rust_text(object: &Object) -> String {
    object.as_text().map(Text::to_rust_string_lossy).unwrap_or_default()
}

/// `repr(object)` as Rust text, for messages.
pub fn repr_text(cx: &Interpreter, object: &Object) -> Outcome<String> {
    Ok(cx.repr_text(object)?.to_rust_string_lossy())
}

/// A text that keeps its reference.
pub fn text_ref(object: &Object) -> Option<Ref<Text>> {
    object.as_text().map(reference)
}

/// A dict that keeps its reference.
pub fn dict_ref(object: &Object) -> Option<Ref<Dict>> {
    object.as_dict().map(reference)
}

/// Puts pieces of text together without losing lone surrogates.
pub fn join(cx: &Interpreter, pieces: &[Piece<'_>]) -> Outcome {
    let mut out = TextBuilder::new();
    for piece in pieces {
        match piece {
            Piece::Str(text) => out.push_str(text)?,
            Piece::Text(text) => out.push_text(text)?,
        }
    }
    Ok(out.finish(&cx.types.str)?.into_object())
}

/// What [`join`] puts together.
pub enum Piece<'a> {
    /// Rust text.
    Str(&'a str),
    /// A text.
    Text(&'a Text),
}

/// Puts text between others.
pub fn join_texts(cx: &Interpreter, texts: &[Ref<Text>], between: &str) -> Outcome<Ref<Text>> {
    let mut out = TextBuilder::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push_str(between)?;
        }
        out.push_text(text)?;
    }
    Ok(out.finish(&cx.types.str)?)
}

/// The entries of a dict as they are now: keys and values.
pub fn entries(dict: &Dict) -> Vec<(ObjectRef, ObjectRef)> {
    let mut position = 0;
    std::iter::from_fn(|| dict.next_entry(&mut position)).map(|(_, key, value)| (key, value)).collect()
}
