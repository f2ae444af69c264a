//! What stands between the command and the modules: `sys.argv` and `sys.path` before a program, reports after it.

use std::sync::atomic::{AtomicBool, Ordering};

use super::traceback_text;
use crate::object::ObjectRef;
use crate::runtime::{AsException, Interpreter, Outcome, Raised, Typed};

/// What a program may ask `sys` about its call.
pub struct Startup {
    /// `sys.argv`
    pub arguments: Vec<String>,
    /// `sys.path[0]`
    pub program_folder: String,
}

impl Startup {
    /// Fills `sys.argv` and `sys.path`.
    pub fn tell(&self, cx: &Interpreter) -> Outcome<()> {
        let texts =
            |texts: &[String]| texts.iter().map(|text| cx.new_path_text(text)).collect::<Outcome<Vec<_>>>();
        cx.dict_set_str(&cx.sys, "argv", cx.new_list(texts(&self.arguments)?)?)?;
        let mut path = vec![self.program_folder.clone()];
        if let Ok(folders) = std::env::var("PYTHONPATH") {
            path.extend(folders.split(':').filter(|folder| !folder.is_empty()).map(str::to_owned));
        }
        cx.dict_set_str(&cx.sys, "path", cx.new_list(texts(&path)?)?)
    }
}

/// Hands an exception that nobody caught to `sys.excepthook`. Gives the SystemExit by which that ended, if it did.
pub fn report_uncaught(cx: &Interpreter, exception: &ObjectRef) -> Option<ObjectRef> {
    flush_standard_streams(cx);
    // What nobody can ask for any more is not kept alive.
    if cx.options.inspect {
        remember_last(cx, exception);
    }
    let traceback = exception.as_exception().and_then(|it| it.traceback.get()).unwrap_or_else(|| cx.none());
    let hook = cx.dict_get_text(&cx.sys, &cx.names.excepthook).ok().flatten();
    let Some(hook) = hook else {
        cx.write_stderr("sys.excepthook is missing\n");
        cx.write_stderr(&traceback_text::render(cx, exception, traceback_text::Chain::Whole));
        return None;
    };
    let kind = exception.type_object().new_ref();
    if let Err(Raised) = cx.call(&hook, &[kind, exception.clone(), traceback]) {
        let second = cx.take_exception();
        if second.is_instance(&cx.types.system_exit) {
            return Some(second);
        }
        cx.write_stderr("Error in sys.excepthook:\n");
        cx.write_stderr(&traceback_text::render(cx, &second, traceback_text::Chain::Whole));
        cx.write_stderr("\nOriginal exception was:\n");
        cx.write_stderr(&traceback_text::render(cx, exception, traceback_text::Chain::Whole));
    }
    None
}

/// `sys.last_type`, `sys.last_value` and `sys.last_traceback`, which a prompt shows.
pub fn remember_last(cx: &Interpreter, exception: &ObjectRef) {
    let traceback = exception.as_exception().and_then(|it| it.traceback.get()).unwrap_or_else(|| cx.none());
    let kind = exception.type_object().new_ref();
    for (name, value) in [
        (&cx.names.last_type, kind),
        (&cx.names.last_value, exception.clone()),
        (&cx.names.last_traceback, traceback),
    ] {
        let _ = cx.dict_set_text(&cx.sys, name, value);
    }
}

/// Flushes standard output and error; what fails is told at the end.
pub fn flush_standard_streams(cx: &Interpreter) {
    super::io::text_file::flush_standard_output(cx);
}

static DIES_BY_INTERRUPT: AtomicBool = AtomicBool::new(false);

/// A KeyboardInterrupt has reached the top: the process is to die by SIGINT when everything else is done.
pub fn note_interrupt() {
    DIES_BY_INTERRUPT.store(true, Ordering::Relaxed);
}

/// Whether [`note_interrupt`] was called.
pub fn dies_by_interrupt() -> bool {
    DIES_BY_INTERRUPT.load(Ordering::Relaxed)
}
