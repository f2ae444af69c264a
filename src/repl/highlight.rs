//! The colours of what is being typed, by the words of the real lexer.

use crate::syntax::classes::{Word, WordClass, words};

const RESET: &str = "\x1b[0m";
const BOLD_BLUE: &str = "\x1b[1;34m";
const GREEN: &str = "\x1b[32m";
const YELLOW: &str = "\x1b[33m";
const RED: &str = "\x1b[31m";
const CYAN: &str = "\x1b[36m";
const BOLD: &str = "\x1b[1m";

/// The text with colours. `is_builtin` tells which names every program sees.
pub fn coloured(text: &str, is_builtin: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let (mut end, mut before) = (0, "");
    for word in words(text) {
        out.push_str(&text[end..word.range.start]);
        let shown = word.text(text);
        match colour(&word, shown, before, &is_builtin) {
            Some(colour) => push_coloured(&mut out, colour, shown),
            None => out.push_str(shown),
        }
        (end, before) = (word.range.end, shown);
    }
    out.push_str(&text[end..]);
    out
}

/// Each line by itself: what draws the text may cut it there.
fn push_coloured(out: &mut String, colour: &str, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        if !line.is_empty() {
            out.extend([colour, line, RESET]);
        }
    }
}

fn colour(word: &Word, text: &str, before: &str, is_builtin: impl Fn(&str) -> bool) -> Option<&'static str> {
    match word.class {
        WordClass::Keyword | WordClass::Constant => Some(BOLD_BLUE),
        WordClass::Text => Some(GREEN),
        WordClass::OpenText => Some(GREEN),
        WordClass::Number => Some(YELLOW),
        WordClass::Comment | WordClass::Wrong => Some(RED),
        WordClass::Name if matches!(before, "def" | "class") => Some(BOLD),
        WordClass::Name if before != "." && is_builtin(text) => Some(CYAN),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::coloured;

    fn plain(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = rest.find('\x1b') {
            out.push_str(&rest[..start]);
            rest = &rest[start + rest[start..].find('m').unwrap() + 1..];
        }
        out + rest
    }

    #[test]
    fn words_have_their_colours() {
        let shown = coloured("def f(): return len('a')  # b", |name| name == "len");
        assert_eq!(
            shown,
            "\x1b[1;34mdef\x1b[0m \x1b[1mf\x1b[0m(): \x1b[1;34mreturn\x1b[0m \x1b[36mlen\x1b[0m(\x1b[32m'a'\x1b[0m)  \
             \x1b[31m# b\x1b[0m"
        );
        assert_eq!(coloured("a.len", |name| name == "len"), "a.len");
    }

    #[test]
    fn only_colours_are_added() {
        for text in ["", "  x", "'''a\nb", "é = ?\t1", "f'{x!r:>{y}}'\n\n"] {
            assert_eq!(plain(&coloured(text, |_| true)), text);
        }
    }
}
