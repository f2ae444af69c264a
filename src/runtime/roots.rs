//! What an interpreter itself owns, so that whoever checks the counts finds every reference: singletons, preallocated
//! values, built-in types, namespaces, interned texts, the thread's exceptions, and the state of upper floors.
//!
//! The registers and records of running frames belong to the loop, which shows them itself.

use std::any::TypeId;
use std::ptr::NonNull;
use std::rc::Rc;

use super::interpreter::Interpreter;
use crate::object::{Object, ObjectRef, Visitor};

/// State of an upper floor that owns references.
pub trait Roots {
    /// What it is, for whoever tells who holds an object.
    fn name(&self) -> &'static str {
        "the interpreter"
    }
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
        self.drop_subclass_tables();
        let states = self.extension_roots.borrow().clone();
        // Each is asked, whatever the others answer.
        states.iter().filter(|state| state.release()).count() > 0
    }

    /// Shows every reference that the interpreter owns outside of frames. The object that stands for unbound locals is
    /// not among them: registers hold it without counting.
    pub fn visit_roots(&self, visitor: &mut Visitor<'_>) {
        self.visit_named_roots(&mut |_, held| visitor(held));
    }

    /// The same with what each reference is held for.
    pub fn visit_named_roots(&self, show: &mut dyn FnMut(&'static str, NonNull<Object>)) {
        self.visit_values(&mut |name, held| show(name, held.as_pointer()));
        self.names.visit(&mut |held| show("names of the interpreter", held));
        self.empty_bytes.visit(&mut |held| show("cache of short bytes", held));
        self.single_bytes
            .iter()
            .for_each(|bytes| bytes.visit(&mut |held| show("cache of short bytes", held)));
        self.visit_unseen_by_types(&mut |name, held| show(name, held.as_pointer()));
        self.memory_error.visit(&mut |held| show("spare MemoryError", held));
        self.thread.visit(&mut |held| show("exceptions and observers of the thread", held));
        for state in self.extension_roots.borrow().iter() {
            let name = state.name();
            state.visit(&mut |held| show(name, held));
        }
    }

    fn visit_values(&self, show: &mut dyn FnMut(&'static str, &ObjectRef)) {
        for singleton in [&self.none, &self.true_, &self.false_, &self.not_implemented, &self.ellipsis] {
            show("singleton", singleton);
        }
        show("singleton", self.empty_tuple.as_object());
        show("singleton", self.empty_text.as_object());
        show("table of modules", self.modules.as_object());
        show("names of module builtins", self.builtins.as_object());
        show("names of module sys", self.sys.as_object());
        self.small_ints.iter().for_each(|int| show("cache of small integers", int));
        self.latin_texts.iter().for_each(|text| show("cache of short texts", text.as_object()));
        self.types.all().into_iter().for_each(|kind| show("table of built-in types", kind.as_object()));
    }
}
