//! Functions and modules written in Rust.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::{Rc, Weak};

use super::home::{Home, handle};
use super::value::to_object;
use super::{Error, FromValue, Handle, Interpreter, Result, Value};
use crate::object::ObjectRef;
use crate::runtime::registered::Closure;
use crate::runtime::{self, Arguments, Outcome};
use crate::types::support::rust_text;

/// A call from Python into a function written in Rust.
#[derive(Debug)]
pub struct Call {
    interpreter: Interpreter,
    name: Rc<str>,
    arguments: Vec<Handle>,
    keywords: Vec<(String, Handle)>,
}

impl Call {
    /// The interpreter that calls.
    pub fn interpreter(&self) -> &Interpreter {
        &self.interpreter
    }

    /// The positional arguments.
    pub fn arguments(&self) -> &[Handle] {
        &self.arguments
    }

    /// The keyword arguments.
    pub fn keywords(&self) -> &[(String, Handle)] {
        &self.keywords
    }

    /// A positional argument as a Rust type.
    ///
    /// # Errors
    /// A TypeError for Python where it is missing or has another form.
    pub fn argument<T: FromValue>(&self, index: usize) -> Result<T> {
        match self.arguments.get(index) {
            Some(argument) => argument.extract(),
            None => {
                let message = format!("{}() misses argument {}", self.name, index.saturating_add(1));
                Err(Error::raise("TypeError", message))
            }
        }
    }

    /// A keyword argument as a Rust type, if it is given.
    ///
    /// # Errors
    /// A TypeError for Python where it has another form.
    pub fn keyword<T: FromValue>(&self, name: &str) -> Result<Option<T>> {
        let found = self.keywords.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.extract()).transpose()
    }

    fn new(home: &Rc<Home>, name: &Rc<str>, arguments: Arguments<'_>) -> Self {
        let wrap = |object: &ObjectRef| handle(home, object.clone());
        Self {
            interpreter: Interpreter::visiting(home),
            name: Rc::clone(name),
            arguments: arguments.positional_values().iter().map(wrap).collect(),
            keywords: arguments.keywords().map(|(name, value)| (rust_text(name), wrap(value))).collect(),
        }
    }
}

type Function = Box<dyn Fn(&Call) -> Result<Value>>;

/// A module written in Rust, to be given to [`Interpreter::add_module`].
///
/// A closure should not keep a [`Handle`] or an interpreter: the interpreter keeps the closure, so neither would be let
/// go before the interpreter is dropped.
#[must_use]
pub struct Module {
    name: String,
    documentation: String,
    functions: Vec<(String, String, Function)>,
    values: Vec<(String, Value)>,
}

impl Module {
    /// An empty module.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), documentation: String::new(), functions: Vec::new(), values: Vec::new() }
    }

    /// Its `__doc__`.
    pub fn documentation(mut self, text: impl Into<String>) -> Self {
        self.documentation = text.into();
        self
    }

    /// Adds a value.
    pub fn value(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// Adds a function with its `__doc__`.
    pub fn function<R: Into<Value>>(
        mut self,
        name: impl Into<String>,
        documentation: impl Into<String>,
        function: impl Fn(&Call) -> Result<R> + 'static,
    ) -> Self {
        let function: Function = Box::new(move |call| function(call).map(Into::into));
        self.functions.push((name.into(), documentation.into(), function));
        self
    }

    /// Makes the functions as functions of `__main__`, and gives the last.
    pub(super) fn function_alone(self, cx: &runtime::Interpreter, home: &Rc<Home>) -> Result<ObjectRef> {
        let main = cx.dict_get_str(&cx.modules, "__main__").ok().flatten().unwrap_or_else(|| cx.none());
        let mut made = Ok(cx.none());
        for (name, documentation, function) in self.functions {
            made = cx.new_registered_function(&name, &documentation, &main, closure(home, &name, function));
        }
        made.map_err(|_| Error::taken(cx))
    }

    /// Makes the module object and enters it into `sys.modules`.
    pub(super) fn install(self, cx: &runtime::Interpreter, home: &Rc<Home>) -> Result<ObjectRef> {
        let raised = |_| Error::taken(cx);
        let module =
            crate::modules::support::new_module(cx, &self.name, &[], &self.documentation).map_err(raised)?;
        for (name, documentation, function) in self.functions {
            let closure = closure(home, &name, function);
            let made = cx.new_registered_function(&name, &documentation, &module, closure);
            made.and_then(|made| crate::modules::support::set(cx, &module, &name, made)).map_err(raised)?;
        }
        for (name, value) in &self.values {
            let value = to_object(cx, home, value)?;
            crate::modules::support::set(cx, &module, name, value).map_err(raised)?;
        }
        cx.dict_set_str(&cx.modules, &self.name, module.clone()).map_err(raised)?;
        Ok(module)
    }
}

impl std::fmt::Debug for Module {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Module({})", self.name)
    }
}

/// What the interpreter keeps of a function. It must not keep its own home alive.
fn closure(home: &Rc<Home>, name: &str, function: Function) -> Rc<Closure> {
    let home: Weak<Home> = Rc::downgrade(home);
    let name: Rc<str> = Rc::from(name);
    Rc::new(move |cx: &runtime::Interpreter, arguments: Arguments<'_>| -> Outcome {
        let Some(home) = home.upgrade() else { return Err(cx.runtime_error(Error::Ended)) };
        let call = Call::new(&home, &name, arguments);
        // A panic must not pass through the interpreter's loop.
        let done = catch_unwind(AssertUnwindSafe(|| function(&call)));
        let value =
            done.unwrap_or_else(|_| Err(Error::raise("SystemError", format!("{name}() has panicked"))));
        let made = value.and_then(|value| to_object(cx, &home, &value));
        made.map_err(|error| error.raise_in(cx))
    })
}
