//! Closures of an embedding program that Python can call.
//!
//! An interpreter keeps its closures; a callable object knows only the place of its own. Declarations are static, as those
//! of all native functions: one is made for each name, documentation and place, and serves every interpreter after.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::interpreter::Interpreter;
use super::native::{NativeCode, NativeMethod};
use super::outcome::Outcome;
use super::slots::Arguments;
use crate::object::ObjectRef;

/// What Python calls.
pub type Closure = dyn Fn(&Interpreter, Arguments<'_>) -> Outcome;

/// The closures of one interpreter.
#[derive(Default)]
pub struct Registered {
    closures: RefCell<Vec<Rc<Closure>>>,
}

impl Registered {
    /// Lets all closures go; calls fail from now on.
    pub fn clear(&self) {
        drop(self.closures.take());
    }
}

type Key = (String, String, usize);
static DECLARATIONS: LazyLock<Mutex<HashMap<Key, &'static NativeMethod>>> = LazyLock::new(Mutex::default);

/// The declaration of a closure. It has no `__text_signature__`.
fn declaration(name: &str, documentation: &str, index: usize) -> &'static NativeMethod {
    let key = (name.to_owned(), documentation.to_owned(), index);
    let mut declarations = DECLARATIONS.lock().unwrap_or_else(PoisonError::into_inner);
    declarations.entry(key).or_insert_with(|| {
        let (name, documentation) = (name.to_owned().leak(), documentation.to_owned().leak());
        Box::leak(Box::new(NativeMethod::new(name, NativeCode::Registered(index), "", documentation)))
    })
}

impl Interpreter {
    /// A function that calls a closure.
    pub fn new_registered_function(
        &self,
        name: &str,
        documentation: &str,
        module: &ObjectRef,
        closure: Rc<Closure>,
    ) -> Outcome {
        let registered = self.extension::<Registered>();
        let index = registered.closures.borrow().len();
        registered.closures.borrow_mut().push(closure);
        let module_name = self.find_attribute(module, &self.names.name)?;
        let method = declaration(name, documentation, index);
        Ok(self.new_builtin_function(method, Some(module.clone()), module_name, None)?.into_object())
    }

    /// Calls the closure at a place.
    #[cold]
    #[inline(never)]
    pub(super) fn call_registered(&self, index: usize, arguments: Arguments<'_>) -> Outcome {
        let closure = self.extension::<Registered>().closures.borrow().get(index).cloned();
        let _guard = self.enter(" while calling a Python object")?;
        match closure {
            Some(closure) => closure(self, arguments),
            None => Err(self.runtime_error("the function is gone: its interpreter has ended")),
        }
    }
}
