//! The file that keeps what was typed: one statement a line, with its own line ends written as `\n`, so that a block
//! comes back as a whole.
//!
//! Statements are appended as they are typed, so that several prompts may share the file and none loses what another
//! has written.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use rustyline::history::{FileHistory, History};

/// The file: `PYTHON_HISTORY`, else `~/.glasspy_history`. An empty `PYTHON_HISTORY` means none.
fn path() -> Option<PathBuf> {
    match std::env::var_os("PYTHON_HISTORY") {
        Some(path) if path.is_empty() => None,
        Some(path) => Some(path.into()),
        None => Some(PathBuf::from(std::env::var_os("HOME")?).join(".glasspy_history")),
    }
}

/// Fills the history from the file, if there is one.
pub fn load(history: &mut FileHistory) {
    let Some(bytes) = path().and_then(|path| std::fs::read(path).ok()) else { return };
    for line in String::from_utf8_lossy(&bytes).lines() {
        let _ = history.add(&decoded(line));
    }
}

/// Writes an entry behind the others. A file that cannot be written is no reason to stop.
pub fn append(entry: &str) {
    let file =
        path().and_then(|path| OpenOptions::new().append(true).create(true).mode(0o600).open(path).ok());
    if let Some(mut file) = file {
        let _ = file.write_all(format!("{}\n", encoded(entry)).as_bytes());
    }
}

fn encoded(entry: &str) -> String {
    entry.replace('\\', "\\\\").replace('\n', "\\n")
}

fn decoded(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, false) => out.push(character),
            _ => match characters.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded};

    #[test]
    fn entries_come_back() {
        for entry in ["x = 1", "def f():\n    return '\\n'", "\\", "a\\\\nb\n"] {
            assert!(!encoded(entry).contains('\n'));
            assert_eq!(decoded(&encoded(entry)), entry);
        }
        assert_eq!(decoded("ends with \\"), "ends with \\");
    }
}
