//! `SyntaxError`: a message with its place in the source.

#![forbid(unsafe_code)]

use super::base::{self, exception};
use super::fields::field;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::NativeAttribute;
use crate::runtime::{Arguments, Interpreter, Outcome, Slots, Typed};
use crate::types::support::{Piece, join, text_ref};

const MESSAGE: usize = 0;
const FILE_NAME: usize = 1;
const LINE: usize = 2;

pub(super) static ATTRIBUTES: &[NativeAttribute] = &[
    field::<0>("msg", "exception msg"),
    field::<1>("filename", "exception filename"),
    field::<2>("lineno", "exception lineno"),
    field::<3>("offset", "exception offset"),
    field::<4>("text", "exception text"),
    field::<5>("end_lineno", "exception end lineno"),
    field::<6>("end_offset", "exception end offset"),
    field::<7>("print_file_and_line", "exception print_file_and_line"),
];

pub(super) fn slots(slots: &Slots) {
    slots.init.set(Some(init));
    slots.str.set(Some(str));
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    base::init(cx, object, arguments)?;
    let this = exception(object);
    if let Some(message) = arguments.values.first() {
        this.extra(MESSAGE).set(Some(message.clone()));
    }
    let [_, place] = arguments.values else { return Ok(()) };
    let place = cx.collect(place)?;
    check_place(cx, &place)?;
    for index in 0..6 {
        this.extra(FILE_NAME + index).set(place.get(index).cloned());
    }
    if place.len() == 5 {
        return Err(cx.type_error("end_offset must be provided when end_lineno is provided"));
    }
    Ok(())
}

fn check_place(cx: &Interpreter, place: &[ObjectRef]) -> Outcome<()> {
    let (bound, number) = match place.len() {
        0..4 => ("at least", 4),
        7.. => ("at most", 6),
        _ => return Ok(()),
    };
    let given = place.len();
    Err(cx.type_error(format_args!("function takes {bound} {number} arguments ({given} given)")))
}

/// `message (file, line 3)`, as far as file and line are known.
fn str(cx: &Interpreter, object: &Object) -> Outcome {
    let this = exception(object);
    let message = this.extra(MESSAGE).get().unwrap_or_else(|| cx.none());
    let message = cx.str_text(&message)?;
    let file = this
        .extra(FILE_NAME)
        .get()
        .as_deref()
        .and_then(text_ref)
        .map(|name| last_part(&name.to_rust_string_lossy()));
    let line = this.extra(LINE).get().filter(|line| line.is_exactly(&cx.types.int));
    let line = line.and_then(|line| line.as_int().map(|line| line.to_i64().unwrap_or(-1)));
    let place = match (file, line) {
        (Some(file), Some(line)) => format!(" ({file}, line {line})"),
        (Some(file), None) => format!(" ({file})"),
        (None, Some(line)) => format!(" (line {line})"),
        (None, None) => return Ok(message.into_object()),
    };
    join(cx, &[Piece::Text(&message), Piece::Str(&place)])
}

fn last_part(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}
