//! The interpreter as its user sees it.

use std::rc::Rc;

use super::home::{Home, handle};
use super::value::to_object;
use super::{Call, Error, Handle, Module, Options, Result, Value};
use crate::compile::Mode;
use crate::modules::{finalize, import, source};
use crate::vm::run_code;

/// An interpreter with a heap, modules and a `__main__` of its own. Several may live in one process, and on one thread;
/// each stays on the thread that made it.
///
/// Dropping it ends the program: exit functions run, streams are flushed, modules are taken apart, finalizers run.
#[derive(Debug)]
pub struct Interpreter {
    home: Rc<Home>,
    /// Whether dropping this ends the program. A [`Call`] only lends the interpreter.
    is_owner: bool,
}

impl Interpreter {
    /// A fresh interpreter.
    ///
    /// # Errors
    /// [`Error::Start`] where there is no memory for it.
    pub fn new(options: Options) -> Result<Self> {
        Ok(Self { home: Home::new(options)?, is_owner: true })
    }

    /// The interpreter lent to a function.
    pub(super) fn visiting(home: &Rc<Home>) -> Self {
        Self { home: Rc::clone(home), is_owner: false }
    }

    /// Runs a program in `__main__`. What it defines stays for the next one. The file name is for tracebacks; the file
    /// need not exist. What it prints has been passed on when this returns.
    ///
    /// # Errors
    /// The exception that the program does not handle, its SyntaxError, or its wish to exit.
    pub fn run_source(&self, text: &str, file_name: &str) -> Result<()> {
        let main = self.home.main()?;
        let ended = self.home.enter(|cx| {
            let code = source::compile_source(cx, text, file_name, Mode::Module)?;
            run_code(cx, &code, &main, None).map(drop)
        });
        self.home.pass_on();
        ended
    }

    /// The value of an expression in `__main__`.
    ///
    /// # Errors
    /// What it raises.
    pub fn eval(&self, expression: &str) -> Result<Handle> {
        let main = self.home.main()?;
        let found = self.home.enter(|cx| {
            let code = source::compile_source(cx, expression.trim_start(), "<string>", Mode::Expression)?;
            run_code(cx, &code, &main, None)
        });
        self.home.pass_on();
        found.map(|object| handle(&self.home, object))
    }

    /// A name of `__main__`.
    ///
    /// # Errors
    /// When memory is out.
    pub fn get(&self, name: &str) -> Result<Option<Handle>> {
        let main = self.home.main()?;
        let found = self.home.enter(|cx| cx.dict_get_str(&main, name))?;
        Ok(found.map(|object| handle(&self.home, object)))
    }

    /// Binds a name of `__main__`.
    ///
    /// # Errors
    /// When memory is out, or the value is a handle of another interpreter.
    pub fn set(&self, name: &str, value: impl Into<Value>) -> Result<()> {
        let main = self.home.main()?;
        let value = value.into();
        self.home.visit(|cx| {
            let value = to_object(cx, &self.home, &value)?;
            cx.dict_set_str(&main, name, value).map_err(|_| Error::taken(cx))
        })
    }

    /// A new Python object.
    ///
    /// # Errors
    /// When memory is out, a key cannot be hashed, or the value is a handle of another interpreter.
    pub fn object(&self, value: impl Into<Value>) -> Result<Handle> {
        let value = value.into();
        let made = self.home.visit(|cx| to_object(cx, &self.home, &value));
        made.map(|object| handle(&self.home, object))
    }

    /// Imports a module.
    ///
    /// # Errors
    /// ModuleNotFoundError, or what the module raises.
    pub fn import(&self, name: &str) -> Result<Handle> {
        let found = self.home.enter(|cx| import::import_dotted(cx, name));
        found.map(|object| handle(&self.home, object))
    }

    /// Lets the program import a module written in Rust.
    ///
    /// # Errors
    /// When memory is out, or a value is a handle of another interpreter.
    pub fn add_module(&self, module: Module) -> Result<Handle> {
        let made = self.home.visit(|cx| module.install(cx, &self.home));
        made.map(|object| handle(&self.home, object))
    }

    /// Gives `__main__` a function written in Rust.
    ///
    /// # Errors
    /// When memory is out.
    pub fn add_function<R: Into<Value>>(
        &self,
        name: &str,
        function: impl Fn(&Call) -> Result<R> + 'static,
    ) -> Result<()> {
        let module = Module::new(name).function(name, "", function);
        let made = self.home.visit(|cx| module.function_alone(cx, &self.home))?;
        self.set(name, handle(&self.home, made))
    }

    /// What the program has written to a captured `sys.stdout` since the last time.
    pub fn take_output(&self) -> String {
        self.flush();
        self.home.output.take()
    }

    /// What the program has written to a captured `sys.stderr` since the last time.
    pub fn take_errors(&self) -> String {
        self.flush();
        self.home.errors.take()
    }

    /// Collects all garbage now and tells how many objects could not be reached.
    ///
    /// # Errors
    /// What a finalizer's environment lets through, which is nothing but the end of memory.
    pub fn collect_garbage(&self) -> Result<usize> {
        self.import("gc")?.attribute("collect")?.call(&[])?.extract()
    }

    fn flush(&self) {
        let _ = self.home.enter(|cx| Ok(finalize::flush(cx)));
    }
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        if self.is_owner {
            self.home.finish();
        }
    }
}
