//! The functions of the module.

use super::{as_report, new_report};
use crate::inspect::render::{Format, render};
use crate::inspect::{Report, compare, graph, owners, paths, size, stack};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome};

/// All of them.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "owners",
        NativeCode::One(|cx, _, object| new_report(cx, owners::owners(cx, object))),
        "($module, obj, /)",
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
        NativeCode::One(|cx, _, object| new_report(cx, size::size(cx, object))),
        "($module, obj, /)",
        "All bytes that an object causes, and which of the objects it refers to would die with it.",
    ),
    NativeMethod::new(
        "compare",
        NativeCode::Positional(compare_),
        "($module, a, b, /)",
        "Two objects side by side: what both share, and what is a copy.",
    ),
    NativeMethod::new(
        "draw",
        NativeCode::Full(draw),
        "($module, /, *objects, depth=3)",
        "Objects with what they refer to and who holds them; without objects, the stack with what it holds.",
    ),
    NativeMethod::new(
        "save",
        NativeCode::Full(save),
        "($module, /, path, *objects, depth=3)",
        "Write a report, or a drawing of objects, to a file; its ending says how: .txt, .json, .dot or .svg.",
    ),
    NativeMethod::new(
        "stack",
        NativeCode::NoArguments(|cx, _| new_report(cx, stack::stack(cx))),
        "($module, /)",
        "The frames with their locals and temporaries, innermost first.",
    ),
];

fn compare_(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("compare", arguments.len(), 2, 2)?;
    new_report(cx, compare::compare(cx, &arguments[0], &arguments[1], 0))
}

fn draw(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let depth = depth(cx, "draw", arguments)?;
    new_report(cx, drawing(cx, arguments.positional_values(), depth))
}

/// Depths beyond this draw nothing more: there is no room.
const GREATEST_DEPTH: i64 = 40;

/// The keyword `depth`, and no other.
fn depth(cx: &Interpreter, function: &str, arguments: Arguments<'_>) -> Outcome<usize> {
    let mut depth = graph::DEPTH;
    for (name, value) in arguments.keywords() {
        if cx.display(name) != "depth" {
            let name = cx.display(name);
            return Err(
                cx.type_error(format_args!("{function}() got an unexpected keyword argument '{name}'"))
            );
        }
        depth = cx.to_i64(value)?.clamp(0, GREATEST_DEPTH) as usize;
    }
    Ok(depth)
}

fn drawing(cx: &Interpreter, objects: &[ObjectRef], depth: usize) -> Report {
    let drawn = match objects {
        [] => graph::of_stack(cx, depth),
        _ => graph::of_objects(cx, objects, depth, 0),
    };
    graph::report(drawn)
}

/// Says whether the path's ending is known before anything is drawn, and gives the path back.
fn save(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let depth = depth(cx, "save", arguments)?;
    let Some((path, objects)) = arguments.positional_values().split_first() else {
        return Err(cx.type_error("save() missing required argument 'path' (pos 1)"));
    };
    let name = cx.str_text(path)?.to_rust_string_lossy();
    let Some(format) = Format::by_path(&name) else {
        return Err(cx.value_error("the path must end in .txt, .json, .dot or .svg"));
    };
    let text = match objects {
        [only] if as_report(only).is_some() => as_report(only).map(|report| render(&report, format)),
        _ => Some(render(&drawing(cx, objects, depth), format)),
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
