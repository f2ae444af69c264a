//! The functions of the module.

use super::questions::Question;
use super::{as_report, new_report};
use crate::inspect::render::{Format, render};
use crate::inspect::{Limits, Report, compare, graph, owners, paths, size, stack};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome, Raised};

/// All of them.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "owners",
        NativeCode::Full(|cx, _, arguments| {
            let ([object], limits) = asked(cx, Question::Owners, "owners", arguments)?;
            new_report(cx, owners::owners(cx, object, limits))
        }),
        "($module, obj, /, *, depth=1, limit=40)",
        "Every reference to an object with its place. The counts add up to sys.getrefcount.",
    ),
    NativeMethod::new(
        "why_alive",
        NativeCode::One(|cx, _, object| new_report(cx, paths::why_alive(cx, object))),
        "($module, obj, /)",
        "The shortest path from a frame or the interpreter to an object; for garbage, the cycle that keeps it.",
    ),
    NativeMethod::new(
        "size",
        NativeCode::Full(|cx, _, arguments| {
            let ([object], limits) = asked(cx, Question::Size, "size", arguments)?;
            new_report(cx, size::size(cx, object, limits))
        }),
        "($module, obj, /, *, limit=20)",
        "All bytes that an object causes, and which of the objects it refers to would die with it.",
    ),
    NativeMethod::new(
        "compare",
        NativeCode::Full(|cx, _, arguments| {
            let ([left, right], limits) = asked(cx, Question::Compare, "compare", arguments)?;
            new_report(cx, compare::compare(cx, left, right, 0, limits))
        }),
        "($module, a, b, /, *, depth=6, limit=100)",
        "Two objects side by side: what both share, and what is a copy.",
    ),
    NativeMethod::new(
        "draw",
        NativeCode::Full(draw),
        "($module, /, *objects, depth=3, limit=40)",
        "Objects with what they refer to and who holds them; without objects, the stack with what it holds.",
    ),
    NativeMethod::new(
        "save",
        NativeCode::Full(save),
        "($module, path, /, *objects, depth=3, limit=40)",
        "Write a report, or a drawing of objects, to a file; its ending says how: .txt, .json, .dot or .svg.",
    ),
    NativeMethod::new(
        "stack",
        NativeCode::Full(|cx, _, arguments| {
            let ([], limits) = asked(cx, Question::Stack, "stack", arguments)?;
            new_report(cx, stack::stack(cx, limits))
        }),
        "($module, /, *, depth=3, limit=20)",
        "The frames with their locals and temporaries, innermost first.",
    ),
];

/// The objects that a question is asked about, as many as it needs, and how much is to be told.
pub(super) fn asked<'a, const COUNT: usize>(
    cx: &Interpreter,
    question: Question,
    function: &str,
    arguments: Arguments<'a>,
) -> Outcome<([&'a Object; COUNT], Limits)> {
    let limits = limits(cx, question, function, arguments)?;
    let objects = arguments.positional_values();
    let given = objects.len();
    match COUNT {
        0 if given > 0 => {
            return Err(cx.type_error(format_args!("glass.{function}() takes no arguments ({given} given)")));
        }
        1 if given != 1 => {
            let wanted = format_args!("glass.{function}() takes exactly one argument ({given} given)");
            return Err(cx.type_error(wanted));
        }
        _ => cx.check_positional(function, given, COUNT, COUNT)?,
    }
    Ok((std::array::from_fn(|index| &*objects[index]), limits))
}

/// The keywords `depth` and `limit`, as far as they mean something, and no other. None is as good as nothing.
fn limits(cx: &Interpreter, question: Question, function: &str, arguments: Arguments<'_>) -> Outcome<Limits> {
    let mut limits = Limits::default();
    let meaning = question.meaning();
    for (name, value) in arguments.keywords() {
        let name = cx.display(name);
        let limit = match name.as_str() {
            "depth" if meaning.depth.is_some() => &mut limits.depth,
            "limit" if meaning.rows.is_some() => &mut limits.rows,
            _ => return Err(unknown_keyword(cx, function, &name)),
        };
        *limit = limit_of(cx, value)?;
    }
    Ok(limits)
}

/// A program's error for a keyword.
pub(super) fn unknown_keyword(cx: &Interpreter, function: &str, name: &str) -> Raised {
    cx.type_error(format_args!("{function}() got an unexpected keyword argument '{name}'"))
}

/// A number that is no less than zero, or None.
pub(super) fn limit_of(cx: &Interpreter, value: &Object) -> Outcome<Option<usize>> {
    if cx.is_none(value) {
        return Ok(None);
    }
    Ok(Some(usize::try_from(cx.to_i64(value)?).unwrap_or(0)))
}

fn draw(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let limits = limits(cx, Question::Draw, "draw", arguments)?;
    new_report(cx, drawing(cx, arguments.positional_values(), limits))
}

fn drawing(cx: &Interpreter, objects: &[ObjectRef], limits: Limits) -> Report {
    let drawn = match objects {
        [] => graph::of_stack(cx, limits),
        _ => graph::of_objects(cx, objects, limits, 0),
    };
    graph::report(drawn)
}

/// Says whether the path's ending is known before anything is drawn, and gives the path back.
fn save(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let limits = limits(cx, Question::Draw, "save", arguments)?;
    let Some((path, objects)) = arguments.positional_values().split_first() else {
        return Err(cx.type_error("save() missing required argument 'path' (pos 1)"));
    };
    let name = cx.str_text(path)?.to_rust_string_lossy();
    let Some(format) = Format::by_path(&name) else {
        return Err(cx.value_error("the path must end in .txt, .json, .dot or .svg"));
    };
    let text = match objects {
        [only] if as_report(only).is_some() => as_report(only).map(|report| render(&report, format)),
        _ => Some(render(&drawing(cx, objects, limits), format)),
    };
    write(cx, path, &text.unwrap_or_default())?;
    Ok(cx.none())
}

/// Through the program's own `open`, so that errors are those of files.
fn write(cx: &Interpreter, path: &Object, text: &str) -> Outcome<()> {
    let open = crate::types::containers::builtin(cx, "open")?;
    let arguments = [path.new_ref(), cx.new_text("w")?];
    let file = cx.call_keywords(&open, &arguments, &[("encoding", cx.new_text("utf-8")?)])?;
    let written = cx.call_method(&file, &cx.names.write, &[cx.new_text(text)?]);
    let raised = cx.thread.raised.take();
    let closed = cx.call_method(&file, &cx.names.close, &[]);
    match written {
        Ok(_) => closed.map(drop),
        // What went wrong first is told.
        Err(failed) => {
            drop(cx.thread.raised.replace(raised));
            Err(failed)
        }
    }
}
