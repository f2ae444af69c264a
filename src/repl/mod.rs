//! The prompt: reads lines until the parser finds them complete, runs them as one interactive statement, and shows what
//! they raise. On a terminal lines come from an editor that colours, completes and indents, else plainly from standard
//! input. A line that begins with a colon is a question to the heap (see [`commands`]).
#![forbid(unsafe_code)]

pub mod commands;
mod complete;
mod editor;
mod highlight;
mod history;
mod indent;
mod input;

use crate::compile::Mode;
use crate::modules::startup::{flush_standard_streams, remember_last, report_uncaught};
use crate::modules::{import, source};
use crate::object::Ref;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::syntax;
use crate::values::dict::Dict;

use commands::{Commands, is_command};
use input::{Input, Line};

/// Runs the prompt in a namespace until its input ends or something exits.
///
/// # Errors
/// SystemExit; every other exception is shown.
pub fn run(cx: &Interpreter, namespace: &Ref<Dict>) -> Outcome<()> {
    set_prompts(cx)?;
    let mut input = Input::open(cx, namespace);
    let commands = Commands::new(cx, namespace);
    loop {
        if let Some(status) = commands.status() {
            flush_standard_streams(cx);
            cx.write_stderr(&format!("{status}\n"));
        }
        match read_statement(cx, &mut input) {
            Statement::End => return Ok(()),
            Statement::Interrupted => {}
            Statement::Text(text) if text.trim().is_empty() => {}
            Statement::Text(text) if is_command(&text) => {
                input.remember(&text);
                for line in text.lines().filter(|line| !line.trim().is_empty()) {
                    if !succeeds(cx, commands.run(line))? {
                        break;
                    }
                }
            }
            Statement::Text(text) => {
                input.remember(&text);
                for statement in statements(&text) {
                    if !succeeds(cx, execute(cx, &statement, namespace))? {
                        break;
                    }
                }
            }
        }
    }
}

/// Says what this is, unless `-q` forbids it.
pub fn show_banner(cx: &Interpreter) {
    if cx.options.quiet {
        return;
    }
    cx.write_stderr(concat!("glasspy ", env!("CARGO_PKG_VERSION"), " (Python 3.11.2) on linux\n"));
    cx.write_stderr("Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n:help tells how to look into the memory.\n");
}

/// A fresh `__main__` for a prompt without a program.
pub fn fresh_namespace(cx: &Interpreter) -> Outcome<Ref<Dict>> {
    import::main_namespace(cx)
}

/// `sys.ps1` and `sys.ps2`, unless a program has set them.
fn set_prompts(cx: &Interpreter) -> Outcome<()> {
    for (name, usual) in [(&cx.names.ps1, ">>> "), (&cx.names.ps2, "... ")] {
        if cx.sys.get_text(name).is_none() {
            cx.dict_set_text(&cx.sys, name, cx.new_text(usual)?)?;
        }
    }
    Ok(())
}

/// Shows what a statement has raised. False where something was raised.
fn succeeds(cx: &Interpreter, outcome: Outcome<()>) -> Outcome<bool> {
    let Err(Raised) = outcome else { return Ok(true) };
    let exception = cx.take_exception();
    if exception.is_instance(&cx.types.system_exit) {
        return Err(cx.raise_again(exception));
    }
    remember_last(cx, &exception);
    match report_uncaught(cx, &exception) {
        Some(exit) => Err(cx.raise_again(exit)),
        None => Ok(false),
    }
}

enum Statement {
    Text(String),
    Interrupted,
    End,
}

/// Lines up to a complete statement; a blank line ends a block.
fn read_statement(cx: &Interpreter, input: &mut Input<'_>) -> Statement {
    let mut text = String::new();
    loop {
        match input.read(cx, &text) {
            Line::Text(line) => {
                let is_program = line.contains('\n');
                text.push_str(&line);
                text.push('\n');
                if is_command(&text)
                    || is_complete(&text)
                    || is_program && syntax::parse_module(&text).is_ok()
                {
                    return Statement::Text(text);
                }
            }
            Line::Interrupted => {
                flush_standard_streams(cx);
                cx.write_stderr("KeyboardInterrupt\n");
                return Statement::Interrupted;
            }
            Line::End if text.is_empty() => return Statement::End,
            Line::End => return Statement::Text(text),
        }
    }
}

/// Whether the text is a whole statement (or a mistake that more lines would not mend).
fn is_complete(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let is_blank = body.rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
    !syntax::is_incomplete(if is_blank { text } else { body })
}

/// The statements of a text, which are several where a program was pasted or recalled. A text that cannot be parsed
/// stays whole, so that its mistake is told.
fn statements(text: &str) -> Vec<String> {
    let Ok(module) = syntax::parse_module(text) else { return vec![text.to_owned()] };
    let mut ends: Vec<usize> = Vec::new();
    for statement in &module.body {
        let first = statement.range.line as usize;
        if ends.last().is_some_and(|end| first <= *end) {
            ends.pop();
        }
        ends.push(statement.range.end_line as usize);
    }
    if ends.len() < 2 {
        return vec![text.to_owned()];
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut start = 0;
    let part = |end: usize| {
        let taken = lines.get(start..end).unwrap_or_default().join("\n") + "\n";
        start = end;
        taken
    };
    ends.into_iter().map(part).collect()
}

fn execute(cx: &Interpreter, text: &str, namespace: &Ref<Dict>) -> Outcome<()> {
    let code = source::compile_source(cx, text, "<stdin>", Mode::Interactive)?;
    crate::vm::run_code(cx, &code, namespace, None)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{is_complete, statements};

    #[test]
    fn a_program_is_cut_into_its_statements() {
        let program = "x = 1; y = 2\n@staticmethod\ndef f():\n    return 1\n\n# c\nf()\n";
        assert_eq!(
            statements(program),
            ["x = 1; y = 2\n", "@staticmethod\ndef f():\n    return 1\n", "\n# c\nf()\n"]
        );
        assert_eq!(statements("x\n"), ["x\n"]);
        assert_eq!(statements("x = \n y\n"), ["x = \n y\n"]);
    }

    #[test]
    fn blocks_and_brackets_wait_for_more() {
        for open in ["if x:\n", "if x:\n    y\n", "(\n", "'''a\n", "@f\n", "x = \\\n", "try:\n    x\n"] {
            assert!(!is_complete(open), "{open:?}");
        }
        for whole in ["x\n", "if x:\n    y\n\n", "if x: pass\n\n", "1 +\n", "(]\n", "\n", "# c\n"] {
            assert!(is_complete(whole), "{whole:?}");
        }
    }
}
