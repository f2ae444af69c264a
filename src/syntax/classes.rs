//! The words of a text that may be unfinished or wrong, for a prompt that colours and completes what is being typed.
//!
//! The real lexer cuts them; what it refuses becomes a word of its own, so that the words never fail.

use std::ops::Range;

use logos::Logos;

use super::tokens::TokenKind;

/// What a word is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordClass {
    /// `if`, `def` and the like.
    Keyword,
    /// `None`, `True`, `False`.
    Constant,
    /// A name.
    Name,
    /// A number.
    Number,
    /// A string with its quotes.
    Text,
    /// A string whose end is missing.
    OpenText,
    /// From `#` to the end of the line.
    Comment,
    /// An operator, a bracket, a separator.
    Punctuation,
    /// The end of a line.
    LineEnd,
    /// What no rule accepts.
    Wrong,
}

/// A word and its place, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it is.
    pub class: WordClass,
    /// Where it stands.
    pub range: Range<usize>,
}

impl Word {
    /// Its text, in the text that it was cut from.
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.range.clone()]
    }
}

/// All words of keyword shape, sorted.
pub const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Cuts a text into words. Blanks belong to none.
pub fn words(text: &str) -> Vec<Word> {
    let mut lexer = TokenKind::lexer(text);
    let mut words = Vec::new();
    while let Some(token) = lexer.next() {
        let class = match token {
            Ok(kind) => class_of(kind, lexer.slice()),
            Err(_) if lexer.slice().ends_with(['"', '\'']) => {
                let rest = lexer.remainder();
                let is_triple = lexer.slice().ends_with("\"\"\"") || lexer.slice().ends_with("'''");
                let length = if is_triple { rest.len() } else { rest.find('\n').unwrap_or(rest.len()) };
                lexer.bump(length);
                WordClass::OpenText
            }
            Err(_) => WordClass::Wrong,
        };
        words.push(Word { class, range: lexer.span() });
    }
    words
}

fn class_of(kind: TokenKind, text: &str) -> WordClass {
    match kind {
        TokenKind::True | TokenKind::False | TokenKind::None => WordClass::Constant,
        TokenKind::Name => WordClass::Name,
        TokenKind::Number => WordClass::Number,
        TokenKind::String => WordClass::Text,
        TokenKind::Comment => WordClass::Comment,
        TokenKind::Newline => WordClass::LineEnd,
        TokenKind::Stray | TokenKind::Backslash => WordClass::Wrong,
        _ if text.starts_with(|first: char| first.is_ascii_alphabetic()) => WordClass::Keyword,
        _ => WordClass::Punctuation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        words(text).iter().map(|word| format!("{:?} {}", word.class, word.text(text))).collect()
    }

    #[test]
    fn words_of_a_line() {
        assert_eq!(
            shown("if x1: # y\n"),
            ["Keyword if", "Name x1", "Punctuation :", "Comment # y", "LineEnd \n"]
        );
        assert_eq!(shown("f'{x}' 0x1f None"), ["Text f'{x}'", "Number 0x1f", "Constant None"]);
    }

    #[test]
    fn unfinished_texts_reach_to_their_line_or_to_the_end() {
        assert_eq!(shown("'a b\nc"), ["OpenText 'a b", "LineEnd \n", "Name c"]);
        assert_eq!(shown("x = '''a\nb"), ["Name x", "Punctuation =", "OpenText '''a\nb"]);
    }

    #[test]
    fn wrong_words_do_not_end_it() {
        assert_eq!(shown("? 1a é"), ["Wrong ?", "Wrong 1", "Name a", "Name é"]);
        for text in ["\\", "\u{0}", "'\\", "\"\"\"\\", "0x", "ß'é"] {
            let found = words(text);
            assert!(found.iter().all(|word| text.get(word.range.clone()).is_some()), "{text:?}");
        }
    }
}
