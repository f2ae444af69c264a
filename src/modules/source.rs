//! From source text to code objects: the one way in for programs, imports, `compile`, `eval` and `exec`. What is wrong
//! with a text is raised as CPython's exception with all its fields.

use std::rc::Rc;

use crate::compile::{CompileError, ErrorClass, Mode, Options, Warning, compile_with_warnings};
use crate::memory::reserve;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{AsException, Typed};
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::syntax::{self, ast};
use crate::types::int::limit::max_digits;
use crate::vm::{CodeObject, link};

/// Compiles a text.
///
/// # Errors
/// SyntaxError and its subclasses; RecursionError for texts beyond all limits.
pub fn compile_source(
    cx: &Interpreter,
    source: &str,
    file_name: &str,
    mode: Mode,
) -> Outcome<Ref<CodeObject>> {
    compile_with(cx, source, file_name, mode, options(cx, mode))
}

/// How a text is compiled unless something else is asked for.
pub fn options(cx: &Interpreter, mode: Mode) -> Options {
    Options {
        optimize: cx.options.optimize,
        course_constants: !cx.options.cpython && mode == Mode::Module,
        constant_lists: cx.options.cpython,
        stands_for_native: false,
    }
}

/// As [`compile_source`], with options of its own.
pub fn compile_with(
    cx: &Interpreter,
    source: &str,
    file_name: &str,
    mode: Mode,
    options: Options,
) -> Outcome<Ref<CodeObject>> {
    check_room(cx, source)?;
    let module = parse(cx, source, mode).map_err(|error| match error.kind {
        syntax::SyntaxErrorKind::NullBytes => cx.value_error(error.message()),
        _ => syntax_error(cx, &error, file_name),
    })?;
    for warning in &module.warnings {
        if !warning.is_deprecation || cx.dict_get_str(&cx.modules, "warnings")?.is_some() {
            issue_warning(cx, warning, source, file_name)?;
        }
    }
    let compiled = compile_with_warnings(&module, file_name, mode, options);
    let (unit, warnings) = compiled.map_err(|error| compile_error(cx, &error, source, file_name))?;
    for Warning { message, range } in warnings {
        let warning = ast::SourceWarning { range, is_deprecation: false, message };
        issue_warning(cx, &warning, source, file_name)?;
    }
    link(cx, &Rc::new(unit))
}

/// Where bytes of source come from: CPython words what is wrong with their encoding in two ways.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The file of a program, which is read line by line.
    Program,
    /// All at once: `compile`, `exec`, `import`.
    Whole,
}

/// The text of source in bytes: their encoding is found first.
pub fn decode_source(cx: &Interpreter, bytes: &[u8], file_name: &str, origin: Origin) -> Outcome<String> {
    let Some(name) = syntax::foreign_encoding(bytes) else {
        let decoded = match (origin, syntax::declares_encoding(bytes)) {
            (Origin::Whole, false) => syntax::decode_undeclared(bytes, file_name),
            _ => syntax::decode(bytes, file_name),
        };
        return decoded.map_err(|error| match (origin, syntax::declares_encoding(bytes)) {
            (Origin::Whole, true) => undecodable(cx, bytes, &error, file_name),
            _ => syntax_error(cx, &error, file_name),
        });
    };
    match crate::types::coding::decode(cx, bytes, Some(&name), None) {
        Ok(text) => Ok(text.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default()),
        Err(Raised) if origin == Origin::Program => {
            drop(cx.take_exception());
            Err(raise_plain(cx, &cx.types.syntax_error, &format!("encoding problem: {name}")))
        }
        Err(Raised) => {
            let fault = cx.take_exception();
            Err(without_line(cx, &cx.display(&fault), file_name))
        }
    }
}

/// What the codec says of bytes that are not what they declare.
fn undecodable(cx: &Interpreter, bytes: &[u8], error: &syntax::SyntaxError, file_name: &str) -> Raised {
    let message = match crate::types::coding::decode(cx, bytes, None, None) {
        Err(Raised) if !error.text.is_empty() => cx.display(&cx.take_exception()),
        Err(Raised) => {
            drop(cx.take_exception());
            error.message()
        }
        Ok(_) => error.message(),
    };
    without_line(cx, &message, file_name)
}

/// A SyntaxError of a whole file.
fn without_line(cx: &Interpreter, message: &str, file_name: &str) -> Raised {
    let make = || {
        let place = [cx.new_text(file_name)?, cx.new_int(0)?, cx.new_int(-1)?, cx.none()];
        cx.call(&cx.types.syntax_error, &[cx.new_text(message)?, cx.new_tuple(&place)?])
    };
    match make() {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

/// Compiles the bytes of a file: their encoding is found first.
pub fn compile_bytes(
    cx: &Interpreter,
    bytes: &[u8],
    file_name: &str,
    mode: Mode,
    origin: Origin,
) -> Outcome<Ref<CodeObject>> {
    let source = decode_source(cx, bytes, file_name, origin)?;
    compile_source(cx, &source, file_name, mode)
}

/// Bytes that a byte of source can take while it becomes code: tokens, tree and code unit together.
const ROOM: usize = 200;

/// Texts so short need not be asked about.
const SHORT_SOURCE: usize = 1 << 16;

/// Raises MemoryError where a long text could not be compiled for want of memory: the compiler's own structures cannot
/// refuse to grow.
fn check_room(cx: &Interpreter, source: &str) -> Outcome<()> {
    reserve::refill();
    let mut room = Vec::<u8>::new();
    let bytes = if source.len() < SHORT_SOURCE { 0 } else { source.len().saturating_mul(ROOM) };
    room.try_reserve_exact(bytes).map_err(|_| cx.raise_memory_error())?;
    // Or else the reservation, which nothing is written to, would be taken out.
    std::hint::black_box(&room);
    Ok(())
}

/// The tree of a text.
fn parse(cx: &Interpreter, source: &str, mode: Mode) -> Result<ast::Module, syntax::SyntaxError> {
    let most_digits = max_digits(cx);
    match mode {
        Mode::Module => syntax::parse_program(source, most_digits),
        Mode::Interactive => syntax::parse_interactive(source, most_digits),
        Mode::Expression => syntax::parse_evaluated(source, most_digits),
    }
}

/// Raises what the parser found wrong.
pub fn syntax_error(cx: &Interpreter, error: &syntax::SyntaxError, file_name: &str) -> Raised {
    let kind = match error.class {
        syntax::ErrorClass::SyntaxError => &cx.types.syntax_error,
        syntax::ErrorClass::IndentationError => &cx.types.indentation_error,
        syntax::ErrorClass::TabError => &cx.types.tab_error,
        syntax::ErrorClass::TooDeep => return cx.raise_text(&cx.types.recursion_error, &error.message()),
    };
    if error.line == 0 && error.column < 0 {
        return raise_plain(cx, kind, &error.message());
    }
    let place = Place {
        line: error.line,
        column: i64::from(error.column),
        end_line: error.end_line,
        end_column: Some(i64::from(error.end_column)),
        text: Some(error.text.as_str()),
    };
    raise_at(cx, kind, &error.message(), file_name, &place)
}

fn raise_plain(cx: &Interpreter, kind: &Object, message: &str) -> Raised {
    match cx.new_text(message).and_then(|message| cx.call(kind, &[message])) {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

/// Where an error is, as SyntaxError tells it.
struct Place<'a> {
    line: u32,
    column: i64,
    end_line: u32,
    /// None for a place without width.
    end_column: Option<i64>,
    text: Option<&'a str>,
}

fn raise_at(cx: &Interpreter, kind: &Object, message: &str, file_name: &str, place: &Place<'_>) -> Raised {
    match new_at(cx, kind, message, file_name, place) {
        Ok(exception) => cx.raise(exception),
        Err(raised) => raised,
    }
}

fn new_at(cx: &Interpreter, kind: &Object, message: &str, file_name: &str, place: &Place<'_>) -> Outcome {
    let text = match place.text {
        Some(text) => cx.new_text(text)?,
        None => cx.none(),
    };
    let details: [ObjectRef; 6] = [
        cx.new_text(file_name)?,
        cx.new_int(i64::from(place.line))?,
        cx.new_int(place.column)?,
        text,
        cx.new_int(i64::from(place.end_line))?,
        place.end_column.map_or_else(|| Ok(cx.none()), |column| cx.new_int(column))?,
    ];
    cx.call(kind, &[cx.new_text(message)?, cx.new_tuple(&details)?])
}

/// Raises what the compiler found wrong. CPython shows the line of the file, if there is such a file.
fn compile_error(cx: &Interpreter, error: &CompileError, source: &str, file_name: &str) -> Raised {
    if error.class == ErrorClass::System {
        return cx.raise_text(&cx.types.recursion_error, &error.message);
    }
    let line = line_of(source, error.range.line);
    let in_file = !file_name.starts_with('<') && std::path::Path::new(file_name).is_file();
    let text = in_file.then(|| format!("{line}\n"));
    let column_of = |line: u32, column: u32| {
        let text = line_of(source, line);
        text.get(..column as usize).map_or(i64::from(column), |before| before.chars().count() as i64) + 1
    };
    let range = error.range;
    let has_width = (range.line, range.column) != (range.end_line, range.end_column);
    let place = Place {
        line: error.range.line,
        column: column_of(error.range.line, error.range.column),
        end_line: error.range.end_line,
        end_column: has_width.then(|| column_of(error.range.end_line, error.range.end_column)),
        text: text.as_deref(),
    };
    let raised = raise_at(cx, &cx.types.syntax_error, &error.message, file_name, &place);
    if error.class == ErrorClass::Scope {
        keep_message_alone(cx);
    }
    raised
}

/// The place of an error of the scopes stands in its attributes, but not among its arguments.
fn keep_message_alone(cx: &Interpreter) {
    let Some(raised) = cx.thread.raised.get() else { return };
    let Some(exception) = raised.as_exception() else { return };
    if let Some(first) = exception.arguments.get().as_tuple().and_then(|arguments| arguments.get(0))
        && let Ok(alone) = cx.new_tuple(&[first])
    {
        let _ = cx.set_attribute_text(&raised, &cx.names.args, Some(&alone));
    }
}

fn line_of(source: &str, line: u32) -> &str {
    source.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default()
}

/// Hands a warning to the `warnings` module where a program has imported it, so that its filters decide. What a
/// filter makes an error is a SyntaxError.
fn issue_warning(
    cx: &Interpreter,
    warning: &ast::SourceWarning,
    source: &str,
    file_name: &str,
) -> Outcome<()> {
    let Some(module) = cx.dict_get_str(&cx.modules, "warnings")? else {
        show_warning(cx, warning, source, file_name);
        return Ok(());
    };
    let category = match warning.is_deprecation {
        true => &cx.types.deprecation_warning,
        false => &cx.types.syntax_warning,
    };
    let warn = cx.get_attribute_text(&module, &*cx.intern("warn_explicit")?)?;
    let arguments: [ObjectRef; 4] = [
        cx.new_text(&warning.message)?,
        category.as_object().clone(),
        cx.new_text(file_name)?,
        cx.new_int(i64::from(warning.range.line))?,
    ];
    match cx.call(&warn, &arguments) {
        Ok(_) => Ok(()),
        Err(raised) => {
            drop(cx.take_if(category).ok_or(raised)?);
            let error = CompileError {
                class: ErrorClass::Syntax,
                message: warning.message.clone(),
                range: warning.range,
            };
            Err(compile_error(cx, &error, source, file_name))
        }
    }
}

/// Prints a SyntaxWarning as the default filter of `warnings` does.
fn show_warning(cx: &Interpreter, warning: &ast::SourceWarning, source: &str, file_name: &str) {
    let (message, line) = (&warning.message, warning.range.line);
    let mut text = format!("{file_name}:{line}: SyntaxWarning: {message}\n");
    let shown = line_of(source, line).trim();
    if !shown.is_empty() && !file_name.starts_with('<') {
        text.push_str(&format!("  {shown}\n"));
    }
    cx.write_stderr(&text);
}
