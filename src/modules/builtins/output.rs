//! `print` and `input`.

use crate::modules::io::text_file::{TextFile, as_text_file};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Typed};
use crate::types::support::reference;
use crate::values::text::Text;

const PRINT: Parameters<4> = Parameters {
    function: "print",
    names: ["sep", "end", "file", "flush"],
    positional_only: 0,
    positional: 0,
    required: 0,
};

/// Where `print` writes: straight into a text file of ours, or through a method.
enum Target {
    File(Ref<TextFile>),
    Any(ObjectRef),
}

impl Target {
    fn of(cx: &Interpreter, stream: ObjectRef) -> Self {
        match as_text_file(&stream).filter(|_| stream.is_exactly(&cx.types.text_file)) {
            // A file with attributes of its own may have been given another `write`.
            Some(file) if !file.dict.is_some() => Self::File(reference(file)),
            _ => Self::Any(stream),
        }
    }

    fn write(&self, cx: &Interpreter, text: ObjectRef) -> Outcome<()> {
        match (self, text.as_text()) {
            (Self::File(file), Some(text)) => file.write(cx, text),
            (Self::File(file), None) => cx.call_method(file, &cx.names.write, &[text]).map(drop),
            (Self::Any(stream), _) => cx.call_method(stream, &cx.names.write, &[text]).map(drop),
        }
    }
}

pub(super) fn print(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let items = arguments.positional_values();
    let [separator, end, file, flush] = match arguments.keyword_count() {
        0 => [None, None, None, None],
        _ => {
            let keywords = Arguments { values: &arguments.values[items.len()..], names: arguments.names };
            PRINT.bind(cx, keywords)?
        }
    };
    let stream = match file.filter(|file| !cx.is_none(file)) {
        Some(file) => file,
        None => match cx.sys.get_text(&cx.names.stdout) {
            None => return Err(cx.runtime_error("lost sys.stdout")),
            Some(stream) if cx.is_none(&stream) => return Ok(cx.none()),
            Some(stream) => stream,
        },
    };
    let separator = text_option(cx, "sep", separator)?;
    let end = text_option(cx, "end", end)?;
    let target = Target::of(cx, stream.clone());
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            target.write(cx, separator.clone().map_or_else(|| cx.new_character(32), Ok)?)?;
        }
        target.write(cx, cx.str(item)?)?;
    }
    target.write(cx, end.map_or_else(|| cx.new_character(10), Ok)?)?;
    if flush.map_or(Ok(false), |flush| cx.is_true(&flush))? {
        cx.call_method(&stream, &cx.names.flush, &[])?;
    }
    Ok(cx.none())
}

fn text_option(cx: &Interpreter, name: &str, value: Option<ObjectRef>) -> Outcome<Option<ObjectRef>> {
    let Some(value) = value.filter(|value| !cx.is_none(value)) else { return Ok(None) };
    if value.as_text().is_none() {
        let kind = value.type_name();
        return Err(cx.type_error(format_args!("{name} must be None or a string, not {kind}")));
    }
    Ok(Some(value))
}

/// Flushes a stream; what goes wrong there is of no interest.
fn flush_quietly(cx: &Interpreter, stream: &Object) -> Outcome<()> {
    match cx.call_method(stream, &cx.names.flush, &[]) {
        Ok(_) => Ok(()),
        Err(raised) => cx.take_if(&cx.types.exception).map(drop).ok_or(raised),
    }
}

pub(super) fn input(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("input", arguments.len(), 0, 1)?;
    let stream = |name: &Text| {
        let found = cx.sys.get_text(name).filter(|stream| !cx.is_none(stream));
        found.ok_or_else(|| {
            cx.runtime_error(format_args!("input(): lost sys.{}", name.to_rust_string_lossy()))
        })
    };
    let (reader, writer) = (stream(&cx.names.stdin)?, stream(&cx.names.stdout)?);
    flush_quietly(cx, &*stream(&cx.names.stderr)?)?;
    if let Some(prompt) = arguments.first() {
        cx.call_method(&writer, &cx.names.write, &[cx.str(prompt)?])?;
    }
    flush_quietly(cx, &writer)?;
    let line = cx.call_method(&reader, &cx.names.readline, &[])?;
    let Some(text) = line.as_text() else {
        return Err(cx.type_error("object.readline() returned non-string"));
    };
    match text.length() {
        0 => Err(cx.raise_text(&cx.types.eof_error, "EOF when reading a line")),
        length if text.character(length - 1) == 10 => {
            Ok(text.substring(&cx.types.str, 0..length - 1)?.into_object())
        }
        _ => Ok(line.clone()),
    }
}
