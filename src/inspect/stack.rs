//! The stack: which functions run, with everything that their frames hold.

use super::describe::{short, text_of};
use super::places::{Place, each_reference};
use super::roots::{Role, Source, each_root, line_of};
use super::{Cell, Limits, Report, graph};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Typed};
use crate::vm::code_of_record;
use crate::vm::traceback::{Traceback, as_frame};

/// Of so many frames everything is told, unless more are asked for.
const MOST_PARTS: usize = 20;
const COLUMNS: &[&str] = &["frame", "function", "line", "instruction"];
const PARTS: &[&str] = &["name", "holds", "type", "address", "count"];

/// The frames, innermost first; a part for each of them with its locals and temporaries.
pub fn stack(cx: &Interpreter, limits: Limits) -> Report {
    let mut report = Report::new("stack", "the stack, innermost frame first", COLUMNS);
    let drawing = graph::of_stack(cx, limits);
    let held = held(cx);
    for (depth, record) in cx.thread.stack.records().iter().enumerate().rev() {
        let code = code_of_record(record);
        let function = text_of(&code.unit.qualified_name);
        report.row([
            Cell::from(depth),
            Cell::from(function.as_str()),
            Cell::from(line_of(cx, depth) as usize),
            Cell::from(code.index_of(record.ip)),
        ]);
        if report.parts.len() < limits.rows_or(MOST_PARTS) || depth == 0 {
            report.part(frame(cx, depth, &function, &held));
        }
    }
    if report.rows.len() > report.parts.len() {
        report.note(format!("{} frames are not told one by one", report.rows.len() - report.parts.len()));
    }
    if report.rows.is_empty() {
        report
            .note("no function runs: ask from inside of one, or after an exception that nobody has handled");
    }
    report.graph = Some(drawing);
    report
}

/// The frames that an exception has ended, innermost first, as its traceback keeps them.
pub fn of_traceback(cx: &Interpreter, traceback: &Object, limits: Limits) -> Report {
    let mut report = Report::new("stack", "the stack where the last exception was raised", COLUMNS);
    let mut entries = Vec::new();
    let mut next = Some(traceback.new_ref());
    while let Some(entry) = next {
        let Some(known) = entry.layout::<Traceback>() else { break };
        entries.push((known.frame(), known.line.get()));
        next = known.next.get();
    }
    for (depth, (frame, line)) in entries.iter().enumerate().rev() {
        let Some(ended) = as_frame(frame) else { continue };
        let function = text_of(&ended.code().unit.qualified_name);
        let line = i64::from(*line);
        report.row([Cell::from(depth), Cell::from(function.as_str()), Cell::from(line), Cell::Nothing]);
        if report.parts.len() < limits.rows_or(MOST_PARTS) {
            report.part(ended_frame(cx, frame, format!("frame {depth}: {function}, line {line}")));
        }
    }
    report.note("these frames have ended: sys.last_traceback keeps their locals alive");
    report
}

/// The locals that an ended frame has kept.
fn ended_frame(cx: &Interpreter, frame: &Object, title: String) -> Report {
    let mut part = Report::new("frame", title, PARTS);
    each_reference(cx, frame, None, &mut |place, object| {
        if let Place::Local(name) = place {
            part.row(holding(cx, format!("local {name}"), object, object.count()));
        }
    });
    part
}

fn holding(cx: &Interpreter, name: String, object: &Object, count: usize) -> [Cell; 5] {
    let value = Cell::Text(short(cx, object));
    [Cell::Text(name), value, Cell::Text(object.type_name()), Cell::Address(object.address()), count.into()]
}

/// One reference of a frame.
struct Held {
    depth: usize,
    role: Role,
    object: Option<ObjectRef>,
    count: usize,
}

/// Counts first, references after: the counts shown are those of the program.
fn held(cx: &Interpreter) -> Vec<Held> {
    let mut held = Vec::new();
    each_root(cx, &mut |root| {
        if let (Source::Frame { depth, role }, Some(object)) = (root.source, root.object) {
            held.push(Held { depth, role, object: None, count: object.count() });
        }
    });
    let mut next = held.iter_mut();
    each_root(cx, &mut |root| {
        if let (Source::Frame { .. }, Some(object)) = (&root.source, root.object)
            && let Some(held) = next.next()
        {
            held.object = Some(object.new_ref());
        }
    });
    held
}

fn frame(cx: &Interpreter, depth: usize, function: &str, held: &[Held]) -> Report {
    let line = line_of(cx, depth);
    let title = format!("frame {depth}: {function}, line {line}");
    let mut part = Report::new("frame", title, PARTS);
    for held in held.iter().filter(|held| held.depth == depth) {
        let Some(object) = &held.object else { continue };
        part.row(holding(cx, name(&held.role), object, held.count));
    }
    part
}

fn name(role: &Role) -> String {
    match role {
        Role::Local(name) => format!("local {name}"),
        Role::Temporary(register) => format!("temporary r{register}"),
        Role::ThisCall => "argument of this call".to_owned(),
        Role::Argument => "argument of a native call".to_owned(),
        Role::Callee => "what is called".to_owned(),
        Role::Part(part) => (*part).to_owned(),
    }
}
