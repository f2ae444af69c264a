//! The hooks: what shows values at the prompt, exceptions, and exceptions that nobody could handle.

use crate::modules::io::device::Device;
use crate::modules::io::text_file::as_text_file;
use crate::modules::traceback_text::{self, Chain, colour};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, AsException, Interpreter, Outcome, Typed};

pub(super) fn display(cx: &Interpreter, _: &Object, value: &Object) -> Outcome {
    if cx.is_none(value) {
        return Ok(cx.none());
    }
    cx.dict_set_text(&cx.builtins, &cx.names.underscore, cx.none())?;
    let Some(stream) = cx.sys.get_text(&cx.names.stdout).filter(|stream| !cx.is_none(stream)) else {
        return Err(cx.runtime_error("lost sys.stdout"));
    };
    cx.call_method(&stream, &cx.names.write, &[cx.repr(value)?])?;
    cx.call_method(&stream, &cx.names.write, &[cx.new_character(10)?])?;
    cx.dict_set_text(&cx.builtins, &cx.names.underscore, value.new_ref())?;
    Ok(cx.none())
}

pub(super) fn excepthook(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("excepthook", arguments.len(), 3, 3)?;
    let value = &arguments[1];
    if let Some(exception) = value.as_exception() {
        if exception.traceback.get().is_none() && !cx.is_none(&arguments[2]) {
            exception.traceback.set(Some(arguments[2].clone()));
        }
        let text = traceback_text::render(cx, value, Chain::Whole);
        cx.write_stderr(&if colour::is_wanted(is_terminal(cx)) { colour::painted(&text) } else { text });
    } else {
        let kind = value.type_name();
        cx.write_stderr(&format!(
            "TypeError: print_exception(): Exception expected for value, {kind} found\n"
        ));
    }
    Ok(cx.none())
}

/// Whether `sys.stderr` is a terminal.
fn is_terminal(cx: &Interpreter) -> bool {
    let stream = cx.sys.get_text(&cx.names.stderr);
    stream.as_deref().and_then(as_text_file).is_some_and(|file| {
        file.state.try_borrow().is_ok_and(|state| state.device.as_ref().is_some_and(Device::is_terminal))
    })
}

pub(super) fn unraisable(cx: &Interpreter, _: &Object, record: &Object) -> Outcome {
    if !record.is_exactly(&cx.types.simple_namespace) {
        return Err(cx.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    }
    let part = |name: &str| -> Outcome<Option<ObjectRef>> {
        let found = cx.find_attribute(record, &*cx.intern(name)?)?;
        Ok(found.filter(|part| !cx.is_none(part)))
    };
    let (message, object) = (part("err_msg")?, part("object")?);
    let mut text = match &message {
        Some(message) => cx.display(message),
        None => "Exception ignored in".to_owned(),
    };
    match &object {
        Some(object) => text.push_str(&format!(": {}\n", cx.display_repr(object))),
        None => text.push_str(":\n"),
    }
    if let Some(traceback) = part("exc_traceback")? {
        text.push_str(&traceback_text::traceback(cx, &traceback));
    }
    match part("exc_value")? {
        Some(value) if value.as_exception().is_some() => {
            let line = traceback_text::exception_line(cx, &value);
            text.push_str(line.trim_end_matches('\n'));
            // Here the colon stands even where there is no message.
            text.push_str(if cx.display(&value).is_empty() { ": \n" } else { "\n" });
        }
        _ => {
            if let Some(kind) = part("exc_type")? {
                text.push_str(&format!(
                    "{}\n",
                    kind.as_type().map(|kind| kind.name_text()).unwrap_or_default()
                ));
            }
        }
    }
    cx.write_stderr(&text);
    Ok(cx.none())
}

pub(super) fn breakpoint(cx: &Interpreter, _: &Object, _: Arguments<'_>) -> Outcome {
    Err(cx.runtime_error("there is no debugger"))
}
