//! `-X dump=…`: what the stages of the compiler make of a program.

use crate::bytecode::disassemble::disassemble;
use crate::compile::{Mode, Options, compile_module, scopes};
use crate::syntax;

/// The text for one of `tokens`, `ast`, `scopes` and `code`.
///
/// # Errors
/// The message of the SyntaxError, for standard error.
pub fn dump(what: &str, source: &str, file_name: &str) -> Result<String, String> {
    if what == "tokens" {
        return syntax::dump_tokens(source).map_err(|error| error.message());
    }
    let module = syntax::parse_module(source).map_err(|error| error.message())?;
    let options = Options { course_constants: true, ..Options::default() };
    match what {
        "ast" => Ok(syntax::dump::dump_module(&module, false) + "\n"),
        "scopes" => {
            let table = scopes::ScopeTable::of(&module, options).map_err(|error| error.message)?;
            Ok(scopes::dump(&table))
        }
        _ => compile_module(&module, file_name, Mode::Module, options)
            .map(|unit| disassemble(&unit))
            .map_err(|error| error.message),
    }
}
