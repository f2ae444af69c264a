//! An entry of a traceback: file, line, name, the source line and its carets.

use crate::modules::lessons;
use crate::runtime::Interpreter;
use crate::types::support::rust_text;
use crate::values::codecs::{Encoding, decode_until_error};
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

/// The text of a source file, in the encoding that it declares if that is known.
fn readable(bytes: &[u8], file: &str) -> String {
    let lossy = || String::from_utf8_lossy(bytes).into_owned();
    let Some(name) = crate::syntax::foreign_encoding(bytes) else {
        return crate::syntax::decode(bytes, file).unwrap_or_else(|_| lossy());
    };
    let Some(encoding) = Encoding::by_name(&name) else { return lossy() };
    let mut points = Vec::new();
    match decode_until_error(encoding, bytes, 0, &mut points) {
        Ok(()) => points.into_iter().filter_map(char::from_u32).collect(),
        Err(_) => lossy(),
    }
}

/// A line of a file or of a lesson, without its end; undecodable bytes are replaced.
pub fn source_line(file: &str, line: u32) -> Option<String> {
    if file.starts_with('<') {
        return lessons::source_line(file, line).map(str::to_owned);
    }
    let bytes = std::fs::read(file).ok()?;
    let text = readable(&bytes, file);
    let mut lines = text.split('\n');
    let found = lines.nth((line as usize).checked_sub(1)?)?;
    Some(found.trim_end_matches('\r').to_owned())
}
