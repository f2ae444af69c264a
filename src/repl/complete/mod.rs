//! Completion: what could stand where the cursor is.
//!
//! [`wanted`] reads from the words before the cursor what is asked for; the other files find the names. Nothing here runs
//! a program's code: no property is read, no `__getattr__` or `__dir__` is called, no module is imported, and an
//! instance that has no dict gets none.

mod imports;
mod objects;
mod parameters;
mod wanted;

use super::commands::{COMMANDS, is_command};
use crate::object::Ref;
use crate::runtime::Interpreter;
use crate::syntax::classes::KEYWORDS;
use crate::values::dict::Dict;

use wanted::Wanted;

/// Words after which a space follows unless a colon does.
const BEFORE_COLON: &[&str] = &["else", "finally", "try"];
/// Words that stand alone.
const ALONE: &[&str] = &["False", "None", "True", "break", "continue", "pass"];

/// Where the word before the cursor begins, and what could stand there, sorted.
pub fn complete(cx: &Interpreter, namespace: &Ref<Dict>, text: &str) -> (usize, Vec<String>) {
    if is_command(text) {
        return in_command(cx, namespace, text);
    }
    let (prefix, wanted) = wanted::wanted(text);
    let mut found = match wanted {
        Wanted::Nothing => Vec::new(),
        Wanted::Modules { package } => imports::modules(cx, &package),
        Wanted::NamesOfModule { module } => imports::names_of_module(cx, &module),
        Wanted::ImportKeyword => vec!["import ".to_owned()],
        Wanted::Attributes { of } => objects::resolve(cx, namespace, &of)
            .map_or_else(Vec::new, |object| objects::attributes(cx, &object)),
        Wanted::Names { call } => {
            let mut names = objects::names(cx, namespace);
            names.extend(KEYWORDS.iter().map(|word| keyword(word)));
            if let Some(parameters) = call.map(|call| parameters::of_call(cx, namespace, &call)) {
                names.extend(parameters);
            }
            names
        }
    };
    found.retain(|name| name.starts_with(prefix) && (prefix.starts_with('_') || !name.starts_with('_')));
    found.sort();
    found.dedup();
    (text.len() - prefix.len(), found)
}

/// In a line like `:owners x`: the name of a command, then what an expression may have. Behind `:help` a name again.
fn in_command(cx: &Interpreter, namespace: &Ref<Dict>, text: &str) -> (usize, Vec<String>) {
    let start = text.find(':').map_or(0, |colon| colon + 1);
    let line = &text[start..];
    let behind = line.find(char::is_whitespace).map(|end| start + end + 1);
    match behind {
        Some(behind) if line.starts_with("help") => (behind, names_of_commands(text[behind..].trim(), "")),
        Some(behind) => {
            let (at, found) = complete(cx, namespace, &text[behind..]);
            (behind + at, found)
        }
        None => (start, names_of_commands(line, " ")),
    }
}

/// The commands that begin so, each with `end` behind it if it takes something.
fn names_of_commands(prefix: &str, end: &str) -> Vec<String> {
    let known = COMMANDS.iter().filter(|command| command.name.starts_with(prefix));
    let mut found: Vec<String> = known
        .map(|command| format!("{}{}", command.name, if command.takes.is_empty() { "" } else { end }))
        .collect();
    found.sort();
    found
}

fn keyword(word: &str) -> String {
    match word {
        _ if BEFORE_COLON.contains(&word) => format!("{word}:"),
        _ if ALONE.contains(&word) => word.to_owned(),
        _ => format!("{word} "),
    }
}
