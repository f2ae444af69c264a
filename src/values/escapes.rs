//! How text and bytes show themselves in source form.
//!
//! | function | what it is |
//! |---|---|
//! | [`repr_text`] | `repr` of text, as code points because what can be printed stays as it is |
//! | [`repr_bytes`] | `repr` of bytes |
//! | [`shows_itself`] | whether the text is its own `repr` but for the quotes |
//!
//! Single quotes stand around, unless there are single quotes within and no double ones.

use super::characters::{Unit, is_printable};
use super::digits::{OutOfMemory, Outcome};

/// The quote that stands around.
fn quote_for(has: impl Fn(u8) -> bool) -> u8 {
    if has(b'\'') && !has(b'"') { b'"' } else { b'\'' }
}

/// `repr(text)`.
pub fn repr_text<U: Unit>(text: &[U]) -> Outcome<Vec<u32>> {
    let quote = u32::from(quote_for(|byte| text.iter().any(|&unit| unit.into() == u32::from(byte))));
    let mut out = Vec::new();
    out.try_reserve(text.len().checked_add(2).ok_or(OutOfMemory)?).map_err(|_| OutOfMemory)?;
    out.push(quote);
    for &unit in text {
        // The longest escape has ten characters.
        out.try_reserve(10).map_err(|_| OutOfMemory)?;
        push_point(unit.into(), quote, &mut out);
    }
    out.push(quote);
    Ok(out)
}

/// True if [`repr_text`] only puts single quotes around.
pub fn shows_itself<U: Unit>(text: &[U]) -> bool {
    let special = |point: u32| point == u32::from('\'') || point == u32::from('\\');
    text.iter().all(|&unit| !special(unit.into()) && is_printable(unit.into()))
}

fn push_point(point: u32, quote: u32, out: &mut Vec<u32>) {
    let mut push = |escape: &str| out.extend(escape.bytes().map(u32::from));
    match (point, char::from_u32(point)) {
        (_, Some('\n')) => push("\\n"),
        (_, Some('\r')) => push("\\r"),
        (_, Some('\t')) => push("\\t"),
        (_, Some('\\')) => push("\\\\"),
        _ if point == quote => out.extend([u32::from('\\'), quote]),
        _ if is_printable(point) => out.push(point),
        (..0x100, _) => push(&format!("\\x{point:02x}")),
        (0x100..0x10000, _) => push(&format!("\\u{point:04x}")),
        _ => push(&format!("\\U{point:08x}")),
    }
}

/// `repr(bytes)`, with its `b`.
pub fn repr_bytes(bytes: &[u8]) -> Outcome<String> {
    let quote = quote_for(|byte| bytes.contains(&byte));
    let mut out = String::new();
    out.try_reserve(bytes.len().checked_add(3).ok_or(OutOfMemory)?).map_err(|_| OutOfMemory)?;
    out.push('b');
    out.push(char::from(quote));
    for &byte in bytes {
        out.try_reserve(4).map_err(|_| OutOfMemory)?;
        match byte {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            _ if byte == quote => out.extend(['\\', char::from(quote)]),
            0x20..0x7f => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(char::from(quote));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repr(text: &str) -> String {
        let points: Vec<u32> = text.chars().map(u32::from).collect();
        repr_text(&points).unwrap().into_iter().filter_map(char::from_u32).collect()
    }

    #[test]
    fn quotes() {
        assert_eq!(repr("a"), "'a'");
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("\"it's\""), r#"'"it\'s"'"#);
        assert_eq!(repr("\""), "'\"'");
        assert_eq!(repr_bytes(b"it's").unwrap(), "b\"it's\"");
        assert_eq!(repr_bytes(b"\"'").unwrap(), r#"b'"\''"#);
    }

    #[test]
    fn escapes() {
        assert_eq!(repr("\n\r\t\\\0\x1b\x7f"), r"'\n\r\t\\\x00\x1b\x7f'");
        assert_eq!(
            repr("é\u{a0}\u{ad}€\u{200b}\u{1f600}\u{e0001}"),
            "'é\\xa0\\xad€\\u200b\u{1f600}\\U000e0001'"
        );
        assert_eq!(repr_text(&[0xd800u32]).unwrap(), r"'\ud800'".bytes().map(u32::from).collect::<Vec<_>>());
        assert_eq!(repr_bytes(b"\n\r\t\\\0a\x7f\xff").unwrap(), r"b'\n\r\t\\\x00a\x7f\xff'");
    }

    #[test]
    fn what_shows_itself() {
        assert!(shows_itself(b"plain \"text\"") && !shows_itself(b"it's") && !shows_itself(b"a\\b"));
        assert!(!shows_itself(b"\n") && !shows_itself(&[0xa0u16]));
    }
}
