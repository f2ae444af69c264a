//! `glass.dis(f)`: bytecode as equations, and what each instruction does to reference counts.
//!
//! Both come from the one list of operations and its effects (`bytecode`). The notes tell which instructions have
//! rewritten themselves while the program ran.

use super::describe::text_of;
use super::{Cell, Report};
use crate::bytecode::disassemble::lines;
use crate::object::{Object, ObjectRef};
use crate::runtime::Typed;
use crate::vm::code_object::CodeObject;
use crate::vm::frame::Frame;
use crate::vm::function::{BoundMethod, Function};
use crate::vm::generator::Generator;

const COLUMNS: &[&str] = &["line", "word", "depth", "equation", "counts"];

/// The code of a function, a method, a generator, a frame, or of all functions of a class; none for other things.
pub fn dis(object: &Object) -> Option<Report> {
    if let Some(kind) = object.as_type() {
        let namespace = kind.dict.get()?;
        let functions: Vec<ObjectRef> = crate::types::support::entries(&namespace)
            .into_iter()
            .map(|(_, value)| value)
            .filter(|value| value.layout::<Function>().is_some())
            .collect();
        let mut report = Report::new("dis", format!("class {}", kind.name_text()), COLUMNS);
        functions.iter().filter_map(|function| dis(function)).for_each(|part| report.part(part));
        return Some(report);
    }
    let code = code_of(object)?;
    let mut report = listing(code.layout::<CodeObject>()?);
    report.note("lent: read without a reference of its own; → a reference moves; > something jumps here");
    Some(report)
}

/// The code object behind what a program calls code.
fn code_of(object: &Object) -> Option<ObjectRef> {
    if object.layout::<CodeObject>().is_some() {
        return Some(object.new_ref());
    }
    if let Some(function) = object.layout::<Function>() {
        return Some(function.code.get());
    }
    if let Some(method) = object.layout::<BoundMethod>() {
        return code_of(&method.function.get());
    }
    if let Some(generator) = object.layout::<Generator>() {
        return Some(generator.code.get());
    }
    object.layout::<Frame>().map(|frame| frame.code().new_ref())
}

/// A table of one code object, with parts for the code inside.
fn listing(code: &CodeObject) -> Report {
    let source = &code.unit.source;
    let title = format!("code of {}, line {}", text_of(&code.unit.qualified_name), source.first_line);
    let mut report = Report::new("dis", title, COLUMNS);
    let (mut last, mut rewritten) = (0, Vec::new());
    for line in lines(source) {
        let is_new = line.line != last && line.line != 0;
        let mark = if line.is_target { '>' } else { ' ' };
        report.row([
            if is_new { Cell::from(line.line as usize) } else { Cell::Nothing },
            line.word.into(),
            usize::from(line.depth).into(),
            format!("{mark} {}", line.equation).into(),
            line.counts.into(),
        ]);
        let now = code.operation_at(line.word);
        if now != line.op {
            rewritten.push(format!("word {}: {} runs as {} now", line.word, line.op.name(), now.name()));
        }
        last = line.line;
    }
    report.notes = rewritten;
    for handler in &source.handlers {
        report.note(format!(
            "exceptions of {}..{} go to {} with depth {}",
            handler.start, handler.end, handler.target, handler.depth
        ));
    }
    let inner = code.unit.constants.iter().filter_map(|constant| constant.layout::<CodeObject>());
    inner.for_each(|inner| report.part(listing(inner)));
    report
}
