//! What an interpreter itself owns, so that whoever checks the counts finds every reference: singletons, preallocated
//! values, built-in types, namespaces, interned texts, the thread's exceptions, and the state of upper floors.
//!
//! The registers and records of running frames belong to the loop, which shows them itself.

use std::any::TypeId;
use std::rc::Rc;

use super::interpreter::Interpreter;
use crate::object::{ObjectRef, Visitor};

/// State of an upper floor that owns references.
pub trait Roots {
    /// Shows each of them.
    fn visit(&self, visitor: &mut Visitor<'_>);
    /// When no program runs any more: lets go of those that a program has caused. Says whether there were any.
    fn release(&self) -> bool {
        false
    }
}

impl Interpreter {
    /// As [`Interpreter::extension`], for state that owns references.
    pub fn rooted_extension<T: Default + Roots + 'static>(&self) -> Rc<T> {
        let is_new = !self.extensions.borrow().contains_key(&TypeId::of::<T>());
        let state = self.extension::<T>();
        if is_new {
            self.extension_roots.borrow_mut().push(state.clone());
        }
        state
    }

    /// Lets upper floors let go of what a program has caused them to keep. Says whether that was anything.
    pub fn release_extensions(&self) -> bool {
        let states = self.extension_roots.borrow().clone();
        // Each is asked, whatever the others answer.
        states.iter().filter(|state| state.release()).count() > 0
    }

    /// Shows every reference that the interpreter owns outside of frames. The object that stands for unbound locals is
    /// not among them: registers hold it without counting.
    pub fn visit_roots(&self, visitor: &mut Visitor<'_>) {
        self.visit_values(&mut |held| visitor(held.as_pointer()));
        self.names.visit(visitor);
        self.interned.borrow().values().for_each(|text| visitor(text.as_object().as_pointer()));
        self.empty_bytes.visit(visitor);
        self.single_bytes.iter().for_each(|bytes| bytes.visit(visitor));
        self.memory_error.visit(visitor);
        self.thread.visit(visitor);
        self.extension_roots.borrow().iter().for_each(|state| state.visit(visitor));
    }

    fn visit_values(&self, show: &mut dyn FnMut(&ObjectRef)) {
        [&self.none, &self.true_, &self.false_, &self.not_implemented, &self.ellipsis]
            .into_iter()
            .chain([self.empty_tuple.as_object(), self.empty_text.as_object()])
            .chain([self.modules.as_object(), self.builtins.as_object(), self.sys.as_object()])
            .chain(&self.small_ints)
            .chain(self.latin_texts.iter().map(|text| text.as_object()))
            .chain(self.types.all().into_iter().map(|kind| kind.as_object()))
            .for_each(show);
    }
}
