//! SyntaxErrors that need scopes, and what CPython 3.11 says about them.
//!
//! `tests/compile/errors.txt` holds programs, each followed by the recorded answer:
//! `--- message @ line:column-end line:end column`, or `--- accepted`.

use glasspy::compile::{CompileError, Mode, Options, compile_module};
use glasspy::syntax;

/// The answer in the notation of the file; errors of the parser count as the compiler's.
fn answer(source: &str) -> String {
    let module = match syntax::parse_module(source) {
        Ok(module) => module,
        Err(error) => {
            let (line, column) = (error.line, error.column);
            return format!("{} @ {line}:{column}-{}:{}", error.kind, error.end_line, error.end_column);
        }
    };
    match compile_module(&module, "f", Mode::Module, Options::default()) {
        Ok(_) => "accepted".into(),
        Err(CompileError { message, range, .. }) => {
            let (column, end_column) = (range.column + 1, range.end_column + 1);
            let is_point = (range.line, column) == (range.end_line, end_column);
            let end_column = if is_point { "None".into() } else { end_column.to_string() };
            format!("{message} @ {}:{column}-{}:{end_column}", range.line, range.end_line)
        }
    }
}

#[test]
fn errors_read_as_in_cpython() {
    let text = include_str!("compile/errors.txt");
    let mut wrong = Vec::new();
    let mut source = String::new();
    let mut count = 0;
    for line in text.lines() {
        match line.strip_prefix("--- ") {
            Some(expected) => {
                count += 1;
                let source = std::mem::take(&mut source);
                let found = answer(source.trim_start_matches('\n'));
                if found != expected {
                    wrong.push(format!("{source}expected {expected}\n   found {found}\n"));
                }
            }
            None => {
                source.push_str(line);
                source.push('\n');
            }
        }
    }
    assert!(count > 90, "only {count} programs");
    assert!(wrong.is_empty(), "{} of {count} differ\n{}", wrong.len(), wrong.join("\n"));
}
