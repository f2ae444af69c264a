//! Where the prompt's lines come from.

use std::io::{BufRead, IsTerminal, Write};

use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;

use crate::modules::startup::flush_standard_streams;
use crate::runtime::{Interpreter, Typed};

/// One line, or why there is none.
pub enum Line {
    /// The line without its end.
    Text(String),
    /// Ctrl-C.
    Interrupted,
    /// The end of the input.
    End,
}

/// A line editor on a terminal, plain lines elsewhere.
pub enum Input {
    /// A terminal.
    Editor(Box<rustyline::Editor<(), FileHistory>>),
    /// Anything else.
    Plain,
}

impl Input {
    /// The input that standard input allows.
    pub fn open(_: &Interpreter) -> Self {
        if !std::io::stdin().is_terminal() {
            return Self::Plain;
        }
        match rustyline::Editor::new() {
            Ok(mut editor) => {
                if let Some(path) = history_path() {
                    let _ = editor.load_history(&path);
                }
                Self::Editor(Box::new(editor))
            }
            Err(_) => Self::Plain,
        }
    }

    /// Says what this is, unless `-q` forbids it.
    pub fn show_banner(&self, cx: &Interpreter) {
        if cx.options.quiet {
            return;
        }
        cx.write_stderr("glasspy 0.1.0 (Python 3.11.2) on linux\n");
        cx.write_stderr("Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
    }

    /// Reads a line behind `sys.ps1`, or `sys.ps2` inside a statement.
    pub fn read(&mut self, cx: &Interpreter, is_first: bool) -> Line {
        let prompt = prompt(cx, is_first);
        flush_standard_streams(cx);
        match self {
            Self::Plain => read_plain(&prompt),
            Self::Editor(editor) => match editor.readline(&prompt) {
                Ok(line) => {
                    let _ = editor.add_history_entry(&line);
                    Line::Text(line)
                }
                Err(ReadlineError::Interrupted) => Line::Interrupted,
                Err(_) => Line::End,
            },
        }
    }

    /// The input has ended: a new line on the terminal, and the history is kept.
    pub fn finish(&mut self) {
        match self {
            Self::Plain => {
                let _ = writeln!(std::io::stdout());
            }
            Self::Editor(editor) => {
                if let Some(path) = history_path() {
                    let _ = editor.save_history(&path);
                }
            }
        }
    }
}

fn read_plain(prompt: &str) -> Line {
    let mut out = std::io::stdout();
    let _ = out.write_all(prompt.as_bytes()).and_then(|()| out.flush());
    let mut line = Vec::new();
    match std::io::stdin().lock().read_until(b'\n', &mut line) {
        Ok(0) | Err(_) => Line::End,
        Ok(_) => {
            let text = String::from_utf8_lossy(&line);
            Line::Text(text.trim_end_matches(['\n', '\r']).to_owned())
        }
    }
}

fn history_path() -> Option<std::path::PathBuf> {
    if let Some(path) = std::env::var_os("PYTHON_HISTORY") {
        return Some(path.into());
    }
    Some(std::path::Path::new(&std::env::var_os("HOME")?).join(".glasspy_history"))
}

fn prompt(cx: &Interpreter, is_first: bool) -> String {
    let (name, usual) = if is_first { (&cx.names.ps1, ">>> ") } else { (&cx.names.ps2, "... ") };
    match cx.dict_get_text(&cx.sys, name) {
        Ok(Some(set)) => match cx.str(&set) {
            Ok(text) if text.as_text().is_some() => cx.display(&text),
            _ => {
                drop(cx.thread.raised.take());
                usual.to_owned()
            }
        },
        _ => usual.to_owned(),
    }
}
