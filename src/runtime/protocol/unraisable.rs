//! Exceptions that nobody can catch: raised by `__del__`, by callbacks of weak references, and the like.

use std::io::Write;

use crate::object::{Object, ObjectRef};
use crate::runtime::exception::AsException;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};

const USUAL_PREFIX: &str = "Exception ignored in: ";

impl Interpreter {
    /// Hands the exception on its way to `sys.unraisablehook`; where that fails too, writes what happened to stderr.
    pub fn unraisable_in(&self, prefix: &str, object: &Object) {
        let exception = self.take_exception();
        if self.call_unraisable_hook(prefix, object, &exception).is_ok() {
            return;
        }
        if self.thread.raised.is_some() {
            drop(self.take_exception());
        }
        let message = self.unraisable_text(prefix, object, &exception);
        self.write_stderr(&message);
    }

    /// Calls the hook of the program, or the usual one where there is none. Where the program's fails, the usual one
    /// tells of that instead.
    fn call_unraisable_hook(&self, prefix: &str, object: &Object, exception: &ObjectRef) -> Outcome<()> {
        let hook = self.dict_get_text(&self.sys, &self.names.unraisablehook)?;
        let Some(hook) = hook.filter(|hook| !self.is_none(hook)) else {
            return self.call_usual_hook(prefix, object, exception);
        };
        let arguments = self.unraisable_arguments(prefix, object, exception)?;
        if self.call(&hook, &[arguments]).is_ok() {
            return Ok(());
        }
        let failure = self.take_exception();
        self.call_usual_hook("Exception ignored in sys.unraisablehook: ", &hook, &failure)
    }

    fn call_usual_hook(&self, prefix: &str, object: &Object, exception: &ObjectRef) -> Outcome<()> {
        let Some(hook) = self.dict_get_str(&self.sys, "__unraisablehook__")? else {
            return Err(self.runtime_error("no unraisablehook"));
        };
        let arguments = self.unraisable_arguments(prefix, object, exception)?;
        self.call(&hook, &[arguments]).map(drop)
    }

    /// What a hook is called with.
    fn unraisable_arguments(&self, prefix: &str, object: &Object, exception: &ObjectRef) -> Outcome {
        let message = match prefix {
            USUAL_PREFIX => self.none(),
            _ => self.new_text(prefix.trim_end_matches([':', ' ']))?,
        };
        let traceback = exception.as_exception().and_then(|exception| exception.traceback.get());
        self.call_keywords(
            &self.types.simple_namespace,
            &[],
            &[
                ("exc_type", exception.type_object().new_ref()),
                ("exc_value", exception.clone()),
                ("exc_traceback", traceback.unwrap_or_else(|| self.none())),
                ("err_msg", message),
                ("object", object.new_ref()),
            ],
        )
    }

    fn unraisable_text(&self, prefix: &str, object: &Object, exception: &Object) -> String {
        let shown = self.display_repr(object);
        let (kind, message) = (exception.type_name(), self.display(exception));
        let colon = if message.is_empty() { "" } else { ": " };
        format!("{prefix}{shown}\n{kind}{colon}{message}\n")
    }

    /// Writes to `sys.stderr`, or to the process's stream where there is none; nowhere where it is None. Failures are
    /// ignored.
    pub fn write_stderr(&self, text: &str) {
        if self.write_to_sys_stderr(text).is_ok() {
            return;
        }
        if self.thread.raised.is_some() {
            drop(self.take_exception());
        }
        drop(std::io::stderr().write_all(text.as_bytes()));
    }

    fn write_to_sys_stderr(&self, text: &str) -> Outcome<()> {
        let stream = self.dict_get_text(&self.sys, &self.names.stderr)?;
        let Some(stream) = stream else { return Err(self.runtime_error("lost sys.stderr")) };
        if self.is_none(&stream) {
            return Ok(());
        }
        self.call_method(&stream, &self.names.write, &[self.message_text(text)?]).map(drop)
    }
}
