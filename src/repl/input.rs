//! Where the prompt's lines come from.

use std::io::{BufRead, IsTerminal};
use std::sync::atomic::Ordering;

use rustyline::error::ReadlineError;

use super::editor::Editor;
use crate::modules::startup::flush_standard_streams;
use crate::modules::traceback_text::colour;
use crate::object::Ref;
use crate::runtime::{Interpreter, Typed};
use crate::values::dict::Dict;

/// One line, or why there is none.
pub enum Line {
    /// The line without its end. From an editor it may be several.
    Text(String),
    /// Ctrl-C.
    Interrupted,
    /// The end of the input.
    End,
}

/// A line editor on a terminal, plain lines elsewhere.
pub enum Input<'a> {
    /// A terminal.
    Editor(Box<Editor<'a>>),
    /// Anything else.
    Plain,
}

impl<'a> Input<'a> {
    /// The input that standard input and output allow. `PYTHON_BASIC_REPL` asks for the plain one.
    pub fn open(cx: &'a Interpreter, namespace: &Ref<Dict>) -> Self {
        let is_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        let is_basic = std::env::var_os("PYTHON_BASIC_REPL").is_some_and(|value| !value.is_empty());
        if !is_terminal || is_basic {
            return Self::Plain;
        }
        Editor::new(cx, namespace, colour::is_wanted(true))
            .map_or(Self::Plain, |editor| Self::Editor(Box::new(editor)))
    }

    /// Reads a line behind `sys.ps1`, or behind `sys.ps2` where lines of the statement are there already.
    pub fn read(&mut self, cx: &Interpreter, block: &str) -> Line {
        let prompt = prompt(cx, block.is_empty());
        flush_standard_streams(cx);
        match self {
            Self::Plain => read_plain(cx, &prompt),
            Self::Editor(editor) => match editor.read(&prompt, block) {
                Ok(line) => Line::Text(line),
                Err(ReadlineError::Interrupted) => Line::Interrupted,
                Err(_) => Line::End,
            },
        }
    }

    /// Keeps a statement in the history.
    pub fn remember(&mut self, statement: &str) {
        if let Self::Editor(editor) = self {
            editor.remember(statement);
        }
    }
}

/// Prompts on standard error, as CPython does without a line editor.
fn read_plain(cx: &Interpreter, prompt: &str) -> Line {
    cx.write_stderr(prompt);
    let mut line = Vec::new();
    match read_line(cx, &mut line) {
        Read::Interrupted => {
            cx.write_stderr("\n");
            Line::Interrupted
        }
        Read::End if line.is_empty() => {
            cx.write_stderr("\n");
            Line::End
        }
        _ => {
            let text = String::from_utf8_lossy(&line);
            Line::Text(text.trim_end_matches(['\n', '\r']).to_owned())
        }
    }
}

enum Read {
    Line,
    Interrupted,
    End,
}

/// Reads up to the end of a line. (`read_until` would go on after a signal.)
fn read_line(cx: &Interpreter, line: &mut Vec<u8>) -> Read {
    let mut input = std::io::stdin().lock();
    loop {
        let (taken, is_whole) = match input.fill_buf() {
            Ok([]) => return Read::End,
            Ok(bytes) => match memchr::memchr(b'\n', bytes) {
                Some(at) => {
                    line.extend_from_slice(&bytes[..=at]);
                    (at + 1, true)
                }
                None => {
                    line.extend_from_slice(bytes);
                    (bytes.len(), false)
                }
            },
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {
                if cx.interrupted.swap(false, Ordering::Relaxed) {
                    return Read::Interrupted;
                }
                continue;
            }
            Err(_) => return Read::End,
        };
        input.consume(taken);
        if is_whole {
            return Read::Line;
        }
    }
}

/// `str(sys.ps1)`, or nothing where that is missing or fails, as in CPython.
fn prompt(cx: &Interpreter, is_first: bool) -> String {
    let name = if is_first { &cx.names.ps1 } else { &cx.names.ps2 };
    let Some(set) = cx.sys.get_text(name) else { return String::new() };
    match cx.str(&set) {
        Ok(text) => text.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default(),
        Err(_) => {
            drop(cx.take_exception());
            String::new()
        }
    }
}
