//! The stack: which functions run, innermost first.

use super::describe::text_of;
use super::{Cell, Report};
use crate::runtime::Interpreter;
use crate::vm::code_of_record;

/// The frames with their lines.
pub fn stack(cx: &Interpreter) -> Report {
    let mut report = Report::new("stack", "the stack, innermost frame first", &["frame", "function", "line"]);
    for (depth, record) in cx.thread.stack.records().iter().enumerate().rev() {
        let code = code_of_record(record);
        let line = code.location(record.ip).line;
        report.row([
            Cell::from(depth),
            Cell::from(text_of(&code.unit.qualified_name)),
            Cell::from(line as usize),
        ]);
    }
    report
}
