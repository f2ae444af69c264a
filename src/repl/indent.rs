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

#[cfg(test)]
mod tests {
    use super::*;

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
