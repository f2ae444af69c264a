//! The special form of syntax errors.

use crate::object::{Object, ObjectRef};
use crate::runtime::{AsException, Interpreter, Typed};

/// File, line, text and carets of a syntax error, and its message without the place.
pub fn place(cx: &Interpreter, exception: &Object) -> (String, Option<String>) {
    let Some(it) = exception.as_exception().filter(|it| it.extra_count() >= 7) else {
        return (String::new(), None);
    };
    let field = |index: usize| it.extra(index).get().filter(|value| !cx.is_none(value));
    let number = |index: usize| field(index).and_then(|value| number_of(&value));
    let message = match field(0) {
        Some(message) => cx.display(&message),
        None => "None".to_owned(),
    };
    let Some(line) = number(2) else { return (String::new(), Some(cx.display(exception))) };
    let file = field(1).map_or_else(|| "<string>".to_owned(), |file| cx.display(&file));
    let mut out = format!("  File \"{file}\", line {line}\n");
    let text = field(4).and_then(|text| text.as_text().map(|text| text.to_rust_string_lossy()));
    if let Some(text) = text {
        let same_line = number(5).is_none_or(|end| end == line);
        out.push_str(&marked(&text, number(3), number(6), same_line));
    }
    (out, Some(message))
}

fn number_of(value: &ObjectRef) -> Option<i64> {
    value.as_int().and_then(|value| value.to_i64())
}

/// The text with carets below.
fn marked(text: &str, offset: Option<i64>, end_offset: Option<i64>, same_line: bool) -> String {
    let line_size = text.chars().count() as i64;
    let text = text.trim_end_matches('\n');
    let shown = text.trim_start_matches([' ', '\n', '\u{c}', '\t']);
    let spaces = text.chars().count() as i64 - shown.chars().count() as i64;
    let mut out = format!("    {shown}\n");
    let Some(offset) = offset else { return out };
    let end = match end_offset {
        _ if !same_line => line_size,
        end => end.unwrap_or(0).min(line_size + 1),
    };
    let carets = if end > 0 && end > offset { end - offset } else { 1 };
    let column = (offset - 1 - spaces).min(shown.chars().count() as i64);
    if column < 0 {
        return out;
    }
    out.push_str("    ");
    for index in 0..column {
        let character = shown.chars().nth(index as usize).filter(|it| it.is_whitespace());
        out.push(character.unwrap_or(' '));
    }
    out.push_str(&"^".repeat(usize::try_from(carets).unwrap_or(1).min(1 << 20)));
    out.push('\n');
    out
}
