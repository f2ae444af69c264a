//! How far the next line of a block is indented.

use crate::syntax::classes::{WordClass, words};

/// One level, where the block has not shown another.
pub const UNIT: usize = 4;

/// The blanks that the line after these begins with.
pub fn next_line(block: &str) -> String {
    let words = words(block);
    if words.last().is_none_or(|word| word.class == WordClass::OpenText) {
        return String::new();
    }
    let lines = block.lines().filter(|line| !line.trim().is_empty());
    let Some(last) = lines.clone().next_back() else { return String::new() };
    let indent = indent_of(last);
    let line_start = block.rfind(last).unwrap_or(0);
    let on_line = words.iter().filter(|word| word.range.start >= line_start);
    let mut texts: Vec<&str> = on_line
        .filter(|word| !matches!(word.class, WordClass::Comment | WordClass::LineEnd))
        .map(|word| word.text(block))
        .collect();
    let unit = lines.map(indent_of).find(|indent| *indent > 0).unwrap_or(UNIT);
    let depth = depth(words.iter().map(|word| word.text(block)));
    let end = texts.pop().unwrap_or_default();
    let first = texts.first().copied().unwrap_or(end);
    let width = match end {
        "(" | "[" | "{" => indent + unit,
        ":" if depth == 0 => indent + unit,
        _ if depth > 0 => indent,
        _ if matches!(first, "return" | "pass" | "break" | "continue" | "raise") => {
            indent.saturating_sub(unit)
        }
        _ => indent,
    };
    " ".repeat(width)
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// How many brackets are open.
fn depth<'a>(words: impl Iterator<Item = &'a str>) -> usize {
    words.fold(0usize, |depth, word| match word {
        "(" | "[" | "{" => depth + 1,
        ")" | "]" | "}" => depth.saturating_sub(1),
        _ => depth,
    })
}

/// Whether there are only whole levels of blanks before the cursor, so that one press of Backspace takes one of them.
pub fn is_level(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    !line.is_empty() && line.len().is_multiple_of(UNIT) && line.bytes().all(|byte| byte == b' ')
}

/// How many blanks a press of Tab gives on a line that has only blanks before the cursor.
pub fn step_forward(before: &str) -> Option<usize> {
    let line = before.rsplit('\n').next().unwrap_or(before);
    line.bytes().all(|byte| byte == b' ').then(|| UNIT - line.len() % UNIT)
}

/// What `else` and its like go on with.
const CONTINUED: [(&str, &[&str]); 4] = [
    ("else", &["if", "elif", "for", "while", "except", "async"]),
    ("elif", &["if", "elif"]),
    ("except", &["try", "except"]),
    ("finally", &["try", "except", "else"]),
];

/// How many blanks the last line ought to begin with, once a colon ends its `else`, `elif`, `except` or `finally`: as
/// many as the statement that it goes on with. None where it stands well, or belongs to nothing.
pub fn of_continuation(before: &str) -> Option<usize> {
    let (block, line) = before.rsplit_once('\n')?;
    let (first, rest) = first_word(line);
    let (_, openers) = CONTINUED.iter().find(|(word, _)| *word == first)?;
    let is_whole = matches!(first, "elif" | "except") || rest.is_empty();
    if !is_whole || depth(words(line).iter().map(|word| word.text(line))) > 0 {
        return None;
    }
    let mut lowest = indent_of(line) + 1;
    for above in block.lines().rev().filter(|line| !line.trim().is_empty()) {
        if indent_of(above) < lowest {
            lowest = indent_of(above);
            if openers.contains(&first_word(above).0) {
                return (lowest < indent_of(line)).then_some(lowest);
            }
        }
    }
    None
}

/// The first word of a line, and what follows.
fn first_word(line: &str) -> (&str, &str) {
    let line = line.trim();
    line.split_at(line.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_continuation_stands_under_what_it_goes_on_with() {
        assert_eq!(of_continuation("if x:\n    y\n    else"), Some(0));
        assert_eq!(of_continuation("if x:\n    y\nelse"), None);
        assert_eq!(of_continuation("if x:\n    if y: z\n    else"), None);
        assert_eq!(of_continuation("def f():\n    try:\n        y\n        except A"), Some(4));
        assert_eq!(of_continuation("if x:\n    y\n    elif d[1"), None);
        assert_eq!(of_continuation("if x:\n    y\nelse:\n    z\n    else"), None);
        assert_eq!(of_continuation("if x:\n    y\n    elsewhere"), None);
        assert_eq!(of_continuation("else"), None);
    }

    #[test]
    fn a_block_begins_goes_on_and_ends() {
        assert_eq!(next_line("def f():\n").len(), 4);
        assert_eq!(next_line("def f():\n    if x:  # why\n").len(), 8);
        assert_eq!(next_line("def f():\n    x = 1\n").len(), 4);
        assert_eq!(next_line("def f():\n  if x:\n").len(), 4);
        assert_eq!(next_line("def f():\n    if x:\n        return 1\n").len(), 4);
    }

    #[test]
    fn brackets_and_strings() {
        assert_eq!(next_line("x = [\n").len(), 4);
        assert_eq!(next_line("x = [\n    1,\n").len(), 4);
        assert_eq!(next_line("x = {1:\n").len(), 0);
        assert_eq!(next_line("x = '''a:\n").len(), 0);
        assert_eq!(next_line("").len(), 0);
    }

    #[test]
    fn steps() {
        assert!(is_level("        ") && is_level("if x:\n    "));
        assert!(!is_level("      ") && !is_level("    x") && !is_level(""));
        assert_eq!(step_forward(" "), Some(3));
        assert_eq!(step_forward("x"), None);
    }
}
