//! Exceptions as text, as CPython 3.11 prints them: tracebacks with source lines and carets, chains, groups, notes,
//! syntax errors, suggestions.

#![forbid(unsafe_code)]

mod carets;
pub mod colour;
mod group;
mod lines;
pub mod suggest;
mod syntax;

use std::collections::HashSet;

use crate::object::{Object, ObjectRef};
use crate::runtime::{AsException, Interpreter, NativeCode, NativeMethod, Outcome, Typed};
use crate::types::support::rust_text;
use crate::vm::frame::Frame;
use crate::vm::traceback::Traceback;

pub use lines::source_line;

/// How much of a chain is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Causes and contexts too.
    Whole,
    /// The exception alone.
    Alone,
}

const HEADER: &str = "Traceback (most recent call last):\n";
const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// The whole text of an exception.
pub fn render(cx: &Interpreter, exception: &Object, chain: Chain) -> String {
    let mut seen = HashSet::new();
    let mut out = String::new();
    for link in links(exception, chain, &mut seen) {
        match link {
            Link::Text(text) => out.push_str(text),
            Link::Exception(exception) => out.push_str(&one(cx, &exception, &mut seen)),
        }
    }
    out
}

enum Link {
    Exception(ObjectRef),
    Text(&'static str),
}

/// The exceptions of a chain in the order of their printing, with what stands between them.
fn links(exception: &Object, chain: Chain, seen: &mut HashSet<usize>) -> Vec<Link> {
    let mut links = Vec::new();
    let mut next = Some(exception.new_ref());
    while let Some(exception) = next {
        seen.insert(exception.address());
        next = None;
        let mut before = None;
        if let Some(it) = exception.as_exception().filter(|_| chain == Chain::Whole) {
            let unseen = |link: &ObjectRef| !seen.contains(&link.address());
            match (it.cause.get(), it.context.get()) {
                (Some(cause), _) => before = Some(cause).filter(unseen).map(|cause| (cause, CAUSE)),
                (None, Some(context)) if !it.suppress_context.get() => {
                    before = Some(context).filter(unseen).map(|context| (context, CONTEXT));
                }
                _ => {}
            }
        }
        links.push(Link::Exception(exception));
        if let Some((exception, words)) = before {
            links.push(Link::Text(words));
            next = Some(exception);
        }
    }
    links.reverse();
    links
}

/// One exception without its chain.
fn one(cx: &Interpreter, exception: &Object, seen: &mut HashSet<usize>) -> String {
    if exception.is_instance(&cx.types.base_exception_group) {
        return group::render(cx, exception, seen);
    }
    let mut out = String::new();
    if let Some(entries) = exception.as_exception().and_then(|it| it.traceback.get()) {
        out.push_str(&traceback(cx, &entries));
    }
    out.push_str(&exception_line(cx, exception));
    out
}

/// A traceback with its header.
pub fn traceback(cx: &Interpreter, traceback: &ObjectRef) -> String {
    format!("{HEADER}{}", stack(cx, traceback))
}

/// The frames of a traceback, without the header.
pub fn stack(cx: &Interpreter, traceback: &ObjectRef) -> String {
    let mut entries = Vec::new();
    let mut next = Some(traceback.clone());
    while let Some(entry) = next {
        next = entry.layout::<Traceback>().and_then(|entry| entry.next.get());
        entries.push(entry);
    }
    let limit = limit(cx);
    let skipped = entries.len().saturating_sub(limit);
    let mut out = String::new();
    let mut repeated = Repeated::default();
    for entry in &entries[skipped..] {
        let Some(entry) = entry.layout::<Traceback>() else { continue };
        let frame = entry.frame();
        let Some(frame) = frame.layout::<Frame>() else { continue };
        let key =
            (rust_text(&frame.code().unit.file_name), entry.line.get(), rust_text(&frame.code().unit.name));
        if repeated.shows(&mut out, key) {
            out.push_str(&lines::entry(cx, entry, frame));
        }
    }
    repeated.finish(&mut out);
    out
}

/// `sys.tracebacklimit`, a thousand where it is not set.
fn limit(cx: &Interpreter) -> usize {
    match cx.sys.get_text(&cx.names.tracebacklimit) {
        Some(limit) if limit.as_int().is_some() => {
            let limit = limit.as_int().and_then(|limit| limit.to_i64()).unwrap_or(i64::MAX);
            usize::try_from(limit).unwrap_or(0)
        }
        _ => 1000,
    }
}

/// More of the same line than this are counted, not shown.
const SHOWN_REPEATEDLY: usize = 3;

/// Counts lines of a traceback that are the same.
#[derive(Default)]
pub struct Repeated {
    last: Option<(String, i32, String)>,
    count: usize,
}

impl Repeated {
    /// Whether this line is to be shown; tells first how many were left out.
    pub fn shows(&mut self, out: &mut String, key: (String, i32, String)) -> bool {
        if self.last.as_ref() != Some(&key) {
            self.finish(out);
            self.last = Some(key);
        }
        self.count += 1;
        self.count <= SHOWN_REPEATEDLY
    }

    /// Tells how many were left out.
    pub fn finish(&mut self, out: &mut String) {
        if self.count > SHOWN_REPEATEDLY {
            let more = self.count - SHOWN_REPEATEDLY;
            let plural = if more > 1 { "s" } else { "" };
            out.push_str(&format!("  [Previous line repeated {more} more time{plural}]\n"));
        }
        self.count = 0;
    }
}

/// The last lines: the type with the message, and notes.
pub fn exception_line(cx: &Interpreter, exception: &Object) -> String {
    let mut out = String::new();
    let mut message = None;
    if exception.is_instance(&cx.types.syntax_error) {
        let (place, text) = syntax::place(cx, exception);
        out.push_str(&place);
        message = text;
    }
    out.push_str(&type_name(cx, exception));
    let message = message.unwrap_or_else(|| cx.display(exception));
    if !message.is_empty() {
        out.push_str(": ");
        out.push_str(&message);
    }
    if let Some(name) = suggest::suggestion(cx, exception) {
        out.push_str(&format!(". Did you mean: '{name}'?"));
    }
    out.push('\n');
    out.push_str(&notes(cx, exception));
    out
}

/// The qualified name, with its module unless that is builtins or the program.
fn type_name(cx: &Interpreter, exception: &Object) -> String {
    let kind = exception.type_object();
    let module = cx.find_attribute(kind, &cx.names.module).unwrap_or_else(|_| {
        drop(cx.take_exception());
        None
    });
    let name = rust_text(&kind.qualified_name.get());
    match module.as_ref().filter(|module| module.as_text().is_some()).map(|module| rust_text(module)) {
        None => format!("<unknown>.{name}"),
        Some(module) if module == "builtins" || module == "__main__" => name,
        Some(module) => format!("{module}.{name}"),
    }
}

fn notes(cx: &Interpreter, exception: &Object) -> String {
    let found = cx.find_attribute(exception, &cx.names.notes).unwrap_or_else(|_| {
        drop(cx.take_exception());
        None
    });
    let Some(found) = found else { return String::new() };
    if found.as_list().is_none() && found.as_tuple().is_none() && found.as_text().is_none() {
        // No end of line stands behind what are no notes.
        return cx.display_repr(&found);
    }
    let mut out = String::new();
    for note in cx.collect(&found).unwrap_or_default() {
        let text = match note.as_text() {
            Some(text) => text.to_rust_string_lossy(),
            None => cx.display(&note),
        };
        for line in text.split('\n') {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new("format", NativeCode::Positional(format_function), "", "The text of an exception."),
    NativeMethod::new(
        "format_only",
        NativeCode::One(|cx, _, exception| cx.new_text(&exception_line(cx, exception))),
        "",
        "The last lines of the text of an exception.",
    ),
    NativeMethod::new(
        "format_tb",
        NativeCode::One(|cx, _, entries| cx.new_text(&stack(cx, &entries.new_ref()))),
        "",
        "The frames of a traceback as text.",
    ),
    NativeMethod::new("carets", NativeCode::Positional(carets_function), "", "The carets under a line."),
    NativeMethod::new("source_line", NativeCode::Positional(source_line_function), "", "A line of a file."),
];

/// Makes `_traceback`, the native part of `traceback`.
pub fn make(cx: &Interpreter) -> Outcome {
    super::support::new_module(cx, "_traceback", FUNCTIONS, "Exceptions as text.")
}

fn format_function(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("format", arguments.len(), 2, 2)?;
    let chain = if cx.is_true(&arguments[1])? { Chain::Whole } else { Chain::Alone };
    cx.new_text(&render(cx, &arguments[0], chain))
}

fn source_line_function(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("source_line", arguments.len(), 2, 2)?;
    let line = u32::try_from(cx.to_i64(&arguments[1])?).unwrap_or(0);
    match source_line(&rust_text(&arguments[0]), line) {
        Some(line) => cx.new_text(&line),
        None => Ok(cx.none()),
    }
}

/// `carets(source, line, end_line, column, end_column)`
fn carets_function(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("carets", arguments.len(), 5, 5)?;
    let number = |value: &ObjectRef| -> Outcome<u32> {
        if cx.is_none(value) { Ok(0) } else { Ok(u32::try_from(cx.to_i64(value)?).unwrap_or(0)) }
    };
    let location = crate::bytecode::Location {
        line: number(&arguments[1])?,
        end_line: number(&arguments[2])?,
        column: number(&arguments[3])?,
        end_column: number(&arguments[4])?,
    };
    match carets::line(&rust_text(&arguments[0]), &location) {
        Some(text) => cx.new_text(&text),
        None => Ok(cx.none()),
    }
}
