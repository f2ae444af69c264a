//! A SyntaxError's place: file, line, the text of the line and carets under it.

use crate::object::ObjectRef;
use crate::runtime::{AsException, Interpreter, Typed};

/// The text in front of the last line, and the message for it.
pub struct Parts {
    /// File, line and carets.
    pub place: String,
    /// The message.
    pub message: String,
}

/// The parts of a SyntaxError whose fields say where it is; none for other exceptions.
pub fn parts(cx: &Interpreter, exception: &ObjectRef) -> Option<Parts> {
    if !exception.is_instance(&cx.types.syntax_error) {
        return None;
    }
    let field = |name: &crate::values::text::Text| {
        let found = cx.find_attribute(exception, name).ok().flatten();
        drop(cx.thread.raised.take());
        found.filter(|value| !cx.is_none(value))
    };
    let number = |name| field(name).and_then(|value| value.as_int().and_then(|value| value.to_i64()));
    let text_of = |name| field(name).and_then(|value| value.as_text().map(|text| text.to_rust_string_lossy()));
    exception.as_exception()?;
    let message = field(&cx.names.msg).map_or_else(|| "None".to_owned(), |message| cx.display(&message));
    let line = number(&cx.names.lineno)?;
    let file = text_of(&cx.names.filename).unwrap_or_else(|| "<string>".to_owned());
    let mut place = format!("  File \"{file}\", line {line}\n");
    if let Some(text) = text_of(&cx.names.text) {
        let offset = number(&cx.names.offset).unwrap_or(0);
        let same_line = number(&cx.names.end_lineno).is_none_or(|end| end == line || end <= 0);
        let end = match number(&cx.names.end_offset) {
            Some(end) if same_line && end > 0 => end,
            _ if !same_line => text.trim_end_matches('\n').chars().count() as i64 + 1,
            _ => offset + 1,
        };
        place.push_str(&drawn(&text, offset, end));
    }
    Some(Parts { place, message })
}

/// The line without its indentation, and carets from one character (counted from 1) to another.
fn drawn(text: &str, offset: i64, end: i64) -> String {
    let line = text.trim_end_matches(['\n', '\r']);
    let line = line.rsplit('\n').next().unwrap_or(line);
    let shown = line.trim_start_matches([' ', '\t', '\x0c']);
    let removed = (line.chars().count() - shown.chars().count()) as i64;
    let mut out = format!("    {shown}\n");
    let start = offset - 1 - removed;
    if offset < 1 || start < 0 {
        return out;
    }
    let width = (end - offset).max(1);
    out.push_str("    ");
    out.extend(std::iter::repeat_n(' ', start as usize));
    out.extend(std::iter::repeat_n('^', width as usize));
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn carets_move_with_the_indentation() {
        assert_eq!(drawn("    x = (1\n", 9, 10), "    x = (1\n        ^\n");
        assert_eq!(drawn("1 +\n", 4, 4), "    1 +\n       ^\n");
    }
}
