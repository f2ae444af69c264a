//! The prompt: reads lines until the parser finds them complete, runs them as one interactive statement, and shows what
//! they raise. On a terminal lines come from rustyline, else plainly from standard input.
#![forbid(unsafe_code)]

mod input;

use crate::compile::Mode;
use crate::modules::startup::{flush_standard_streams, report_uncaught};
use crate::modules::{import, source};
use crate::object::Ref;
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::syntax;
use crate::values::dict::Dict;

use input::{Input, Line};

/// What ended the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The end of the input.
    Input,
    /// SystemExit is on its way.
    Exit,
}

/// Runs the prompt in a namespace until its input ends or something exits.
///
/// # Errors
/// SystemExit; every other exception is shown.
pub fn run(cx: &Interpreter, namespace: &Ref<Dict>) -> Outcome<()> {
    let mut input = Input::open(cx);
    input.show_banner(cx);
    loop {
        match read_statement(cx, &mut input) {
            Statement::End => {
                input.finish();
                return Ok(());
            }
            Statement::Interrupted => continue,
            Statement::Text(text) if text.trim().is_empty() => continue,
            Statement::Text(text) => {
                if let Err(Raised) = execute(cx, &text, namespace) {
                    let exception = cx.take_exception();
                    if exception.is_exactly(&cx.types.system_exit) {
                        return Err(cx.raise_again(exception));
                    }
                    report_uncaught(cx, &exception);
                }
            }
        }
    }
}

/// A fresh `__main__` for a prompt without a program.
pub fn fresh_namespace(cx: &Interpreter) -> Outcome<Ref<Dict>> {
    import::main_namespace(cx)
}

enum Statement {
    Text(String),
    Interrupted,
    End,
}

/// Lines up to a complete statement; a blank line ends a block.
fn read_statement(cx: &Interpreter, input: &mut Input) -> Statement {
    let mut text = String::new();
    loop {
        match input.read(cx, text.is_empty()) {
            Line::Text(line) => {
                let blank = line.trim().is_empty();
                text.push_str(&line);
                text.push('\n');
                if is_complete(&text, blank) {
                    return Statement::Text(text);
                }
            }
            Line::Interrupted => {
                flush_standard_streams(cx);
                cx.write_stderr("\nKeyboardInterrupt\n");
                return Statement::Interrupted;
            }
            Line::End if text.is_empty() => return Statement::End,
            Line::End => return Statement::Text(text),
        }
    }
}

/// Whether the text is a whole statement (or a mistake that more lines would not mend).
fn is_complete(text: &str, blank: bool) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    if !syntax::is_incomplete(if blank { text } else { body }) {
        return true;
    }
    false
}

fn execute(cx: &Interpreter, text: &str, namespace: &Ref<Dict>) -> Outcome<()> {
    let code = source::compile_source(cx, text, "<stdin>", Mode::Interactive)?;
    crate::vm::run_code(cx, &code, namespace, None)?;
    Ok(())
}
