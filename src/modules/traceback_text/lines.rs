//! An entry of a traceback: file, line, name, the source line and its carets.

use crate::modules::lessons;
use crate::runtime::Interpreter;
use crate::types::support::rust_text;
use crate::vm::frame::Frame;
use crate::vm::traceback::Traceback;

use super::carets;

/// `File "x", line 1, in name` with the source line.
pub fn entry(_: &Interpreter, entry: &Traceback, frame: &Frame) -> String {
    let file = rust_text(&frame.code().unit.file_name);
    let name = rust_text(&frame.code().unit.name);
    let line = entry.line.get();
    let mut out = format!("  File \"{file}\", line {line}, in {name}\n");
    let Some(source) = u32::try_from(line).ok().and_then(|line| source_line(&file, line)) else { return out };
    let shown = source.trim_start_matches([' ', '\t', '\u{c}']);
    if shown.trim().is_empty() {
        return out;
    }
    out.push_str(&format!("    {shown}\n"));
    let locations = &frame.code().unit.source.locations;
    let location = usize::try_from(entry.word.get()).ok().and_then(|word| locations.get(word));
    if let Some(carets) = location.and_then(|location| carets::line(&source, location)) {
        out.push_str(&carets);
    }
    out
}

/// A line of a file or of a lesson, without its end; undecodable bytes are replaced.
pub fn source_line(file: &str, line: u32) -> Option<String> {
    if file.starts_with('<') {
        return lessons::source_line(file, line).map(str::to_owned);
    }
    let bytes = std::fs::read(file).ok()?;
    let text =
        crate::syntax::decode(&bytes, file).unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned());
    let mut lines = text.split('\n');
    let found = lines.nth((line as usize).checked_sub(1)?)?;
    Some(found.trim_end_matches('\r').to_owned())
}
