//! Colours for tracebacks on a terminal, as later Pythons have them. The text itself stays as it is.

const RESET: &str = "\x1b[0m";
const MAGENTA: &str = "\x1b[35m";
const BOLD_MAGENTA: &str = "\x1b[1;35m";
const BOLD_RED: &str = "\x1b[1;31m";

/// Whether to use colours: on a terminal, unless `PYTHON_COLORS=0`, `NO_COLOR` or a dumb one forbid it;
/// `PYTHON_COLORS=1` overrules `NO_COLOR`.
pub fn is_wanted(is_terminal: bool) -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    is_terminal
        && match set("PYTHON_COLORS").as_deref() {
            Some("0") => false,
            Some("1") => true,
            _ => set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb"),
        }
}

/// A traceback with colours.
pub fn painted(text: &str) -> String {
    text.split_inclusive('\n').map(|line| painted_line(line).unwrap_or_else(|| line.to_owned())).collect()
}

fn painted_line(line: &str) -> Option<String> {
    let body = line.strip_suffix('\n')?;
    if let Some(place) = body.strip_prefix("  File ") {
        return painted_place(place);
    }
    let marks = body.trim_start_matches(' ');
    if body.starts_with("    ") && !marks.is_empty() && marks.bytes().all(|byte| matches!(byte, b'^' | b'~'))
    {
        let blanks = &body[..body.len() - marks.len()];
        return Some(format!("{blanks}{BOLD_RED}{marks}{RESET}\n"));
    }
    painted_exception(body)
}

/// `"file", line 1, in name`
fn painted_place(place: &str) -> Option<String> {
    let (file, rest) = place.rsplit_once("\", line ")?;
    let (line, name) = match rest.split_once(", in ") {
        Some((line, name)) => (line, format!(", in {MAGENTA}{name}{RESET}")),
        None => (rest, String::new()),
    };
    Some(format!("  File {MAGENTA}{file}\"{RESET}, line {MAGENTA}{line}{RESET}{name}\n"))
}

/// `Type: message`
fn painted_exception(body: &str) -> Option<String> {
    let (kind, message) = body.split_once(": ").unwrap_or((body, ""));
    let is_name = |name: &str| name.chars().all(|it| it.is_alphanumeric() || it == '_') && !name.is_empty();
    if !kind.split('.').all(is_name) {
        return None;
    }
    let message = if message.is_empty() { String::new() } else { format!(": {MAGENTA}{message}{RESET}") };
    Some(format!("{BOLD_MAGENTA}{kind}{RESET}{message}\n"))
}

#[cfg(test)]
mod tests {
    use super::painted;

    #[test]
    fn places_marks_and_messages() {
        let text = "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    1/0\n    ~^~\n\
                    ZeroDivisionError: division by zero\n";
        assert_eq!(
            painted(text),
            "Traceback (most recent call last):\n  File \x1b[35m\"a.py\"\x1b[0m, line \x1b[35m1\x1b[0m, in \
             \x1b[35mf\x1b[0m\n    1/0\n    \x1b[1;31m~^~\x1b[0m\n\x1b[1;35mZeroDivisionError\x1b[0m: \
             \x1b[35mdivision by zero\x1b[0m\n"
        );
    }

    #[test]
    fn other_lines_stay() {
        let text =
            "\nDuring handling of the above exception, another exception occurred:\n\n  + x\n    x ^ y\n";
        assert_eq!(painted(text), text);
    }
}
