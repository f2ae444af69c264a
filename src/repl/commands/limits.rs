//! `--depth N` and `--limit N` in the line of a command.

use crate::inspect::Limits;

/// Cuts them out of a line.
///
/// # Errors
/// What is wrong about one of them.
pub fn cut(text: &str) -> Result<(String, Limits), String> {
    let (mut rest, mut limits) = (text.trim().to_owned(), Limits::default());
    while let Some(option) = find(&rest) {
        let number = match option.number.parse() {
            Ok(number) => number,
            Err(_) if option.number.is_empty() => return Err(format!("{} takes a number", option.name)),
            Err(_) => return Err(format!("{} takes a number, not {}", option.name, option.number)),
        };
        match option.name {
            "--depth" => limits.depth = Some(number),
            _ => limits.rows = Some(number),
        }
        rest = format!("{} {}", option.before.trim_end(), option.behind.trim_start()).trim().to_owned();
    }
    Ok((rest, limits))
}

/// An option in a line.
struct Found<'a> {
    before: &'a str,
    name: &'a str,
    number: &'a str,
    behind: &'a str,
}

/// The first option: a word `--depth` with a number behind it, or `--depth=3`. No Python expression has such a word.
fn find(text: &str) -> Option<Found<'_>> {
    ["--depth", "--limit"].into_iter().find_map(|name| {
        let starts = text.match_indices(name).map(|(at, _)| at);
        starts.into_iter().find_map(|at| {
            let (before, behind) = (&text[..at], &text[at + name.len()..]);
            let is_word = before.is_empty() || before.ends_with(char::is_whitespace);
            let behind = match behind.chars().next() {
                None => "",
                Some('=') => &behind[1..],
                Some(blank) if blank.is_whitespace() => behind.trim_start(),
                Some(_) => return None,
            };
            let end = behind.find(char::is_whitespace).unwrap_or(behind.len());
            let (number, behind) = behind.split_at(end);
            is_word.then_some(Found { before, name, number, behind })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_anywhere() {
        let limits = |depth, rows| Limits { depth, rows };
        for (text, rest, wanted) in [
            ("x --depth 3", "x", limits(Some(3), None)),
            ("f(a, b)  --limit=10 --depth 2", "f(a, b)", limits(Some(2), Some(10))),
            ("--depth 1", "", limits(Some(1), None)),
            ("x --depth 1 heap.svg", "x heap.svg", limits(Some(1), None)),
            ("x --depths 1", "x --depths 1", limits(None, None)),
            ("x --y", "x --y", limits(None, None)),
            ("x - -depth", "x - -depth", limits(None, None)),
            ("", "", limits(None, None)),
        ] {
            assert_eq!(cut(text), Ok((rest.to_owned(), wanted)), "{text}");
        }
        assert_eq!(cut("x --depth many"), Err("--depth takes a number, not many".to_owned()));
        assert_eq!(cut("x --limit"), Err("--limit takes a number".to_owned()));
    }
}
