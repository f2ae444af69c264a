//! What CPython's `site` adds to builtins: `exit`, `quit`, `copyright`, `credits`, `license` and `help`.
//!
//! The classes are those of CPython's module `_sitebuiltins`, made natively, since every program starts with them.

use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome, Parameters, Typed};
use crate::types::type_type::creation::type_new;
use crate::values::text::TextBuilder;

static QUITTER: &[NativeMethod] = &[
    NativeMethod::new("__repr__", NativeCode::NoArguments(quitter_repr), "($self, /)", ""),
    NativeMethod::new("__call__", NativeCode::Full(quit), "($self, /, code=None)", ""),
];

static PRINTER: &[NativeMethod] = &[
    NativeMethod::new("__repr__", NativeCode::NoArguments(data), "($self, /)", ""),
    NativeMethod::new("__call__", NativeCode::NoArguments(print_data), "($self, /)", ""),
];

static HELPER: &[NativeMethod] = &[
    NativeMethod::new("__repr__", NativeCode::NoArguments(helper_repr), "($self, /)", ""),
    NativeMethod::new("__call__", NativeCode::Full(help), "($self, /, *args, **kwds)", ""),
];

/// The texts behind the objects that print themselves.
const NOTICES: [(&str, &str); 3] = [
    ("copyright", "glasspy: under the MIT license of its crate."),
    ("credits", "glasspy speaks the language of Python; thanks to all who made it."),
    ("license", "The MIT license, by its Cargo.toml."),
];

/// Where an object that prints itself keeps its text.
const DATA: &str = "_Printer__data";

/// Adds them.
pub fn install(cx: &Interpreter) -> Outcome<()> {
    let quitter = make_class(cx, "Quitter", QUITTER)?;
    for name in ["exit", "quit"] {
        let end = cx.new_text("Ctrl-D (i.e. EOF)")?;
        add(cx, &quitter, name, &[("name", cx.intern(name)?.into_object()), ("eof", end)])?;
    }
    let printer = make_class(cx, "_Printer", PRINTER)?;
    for (name, text) in NOTICES {
        let fields = [("_Printer__name", cx.intern(name)?.into_object()), (DATA, cx.new_text(text)?)];
        add(cx, &printer, name, &fields)?;
    }
    let helper = make_class(cx, "_Helper", HELPER)?;
    add(cx, &helper, "help", &[])
}

fn make_class(cx: &Interpreter, name: &str, methods: &'static [NativeMethod]) -> Outcome {
    let namespace = cx.new_dict()?;
    cx.dict_set_str(&namespace, "__module__", cx.intern("_sitebuiltins")?.into_object())?;
    let bases = cx.empty_tuple.clone().into_object();
    let arguments = [cx.intern(name)?.into_object(), bases, namespace.into_object()];
    let class = type_new(cx, &cx.types.type_, Arguments::positional(&arguments))?;
    if let Some(kind) = class.as_type() {
        for method in methods {
            cx.add_method(&kind.new_type_ref(), method)?;
        }
        cx.type_modified(kind);
        cx.update_slots(kind);
    }
    Ok(class)
}

/// Makes an instance with attributes and binds it in builtins.
fn add(cx: &Interpreter, class: &Object, name: &str, attributes: &[(&str, ObjectRef)]) -> Outcome<()> {
    let made = cx.call(class, &[])?;
    for (attribute, value) in attributes {
        cx.set_attribute_text(&made, &*cx.intern(attribute)?, Some(value))?;
    }
    cx.dict_set_str(&cx.builtins, name, made)
}

fn attribute(cx: &Interpreter, object: &Object, name: &str) -> Outcome {
    cx.get_attribute_text(object, &*cx.intern(name)?)
}

fn quitter_repr(cx: &Interpreter, object: &Object) -> Outcome {
    let mut out = TextBuilder::new();
    out.push_str("Use ")?;
    out.push_text(&*cx.str_text(&*attribute(cx, object, "name")?)?)?;
    out.push_str("() or ")?;
    out.push_text(&*cx.str_text(&*attribute(cx, object, "eof")?)?)?;
    out.push_str(" to exit")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

/// Closes standard input, so that a prompt that reads it ends, and raises SystemExit.
fn quit(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    const PARAMETERS: Parameters<1> =
        Parameters { function: "__call__", names: ["code"], positional_only: 0, positional: 1, required: 0 };
    let [code] = PARAMETERS.bind(cx, arguments)?;
    if let Ok(Some(stream)) = cx.dict_get_str(&cx.sys, "stdin")
        && cx.call_method(&stream, &*cx.intern("close")?, &[]).is_err()
    {
        drop(cx.take_exception());
    }
    let exit = cx.call(&cx.types.system_exit, &[code.unwrap_or_else(|| cx.none())])?;
    Err(cx.raise(exit))
}

fn data(cx: &Interpreter, object: &Object) -> Outcome {
    attribute(cx, object, DATA)
}

fn print_data(cx: &Interpreter, object: &Object) -> Outcome {
    print(cx, data(cx, object)?)
}

fn print(cx: &Interpreter, object: ObjectRef) -> Outcome {
    super::output::print(cx, &cx.none, Arguments::positional(&[object]))
}

fn helper_repr(cx: &Interpreter, _: &Object) -> Outcome {
    cx.new_text("Type help() for interactive help, or help(object) for help about object.")
}

/// What the module `pydoc` prints of an object; without one it asks for names.
fn help(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let pydoc = crate::modules::import::import_dotted(cx, "pydoc")?;
    let function = if arguments.values.is_empty() { "interact" } else { "help" };
    cx.call_with(&*attribute(cx, &pydoc, function)?, arguments)
}
