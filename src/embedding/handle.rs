//! A handle on any object.

use std::rc::Rc;

use super::home::{Home, handle};
use super::value::{from_object, to_object};
use super::{Error, FromValue, Result, Value};
use crate::object::ObjectRef;
use crate::runtime::{Interpreter, Typed};

/// An owned reference to a Python object. It keeps the object alive, and the memory of its interpreter too: after the
/// [`Interpreter`](super::Interpreter) has been dropped a handle can still be dropped, and everything else answers
/// [`Error::Ended`].
///
/// Clones are handles on the same object; two handles are equal if they are on the same object (`is`).
pub struct Handle {
    home: Rc<Home>,
    /// Taken out only by `drop`.
    object: Option<ObjectRef>,
}

impl Handle {
    pub(super) fn new(home: Rc<Home>, object: ObjectRef) -> Self {
        Self { home, object: Some(object) }
    }

    fn object(&self) -> &ObjectRef {
        self.object.as_ref().expect("only drop takes it")
    }

    /// The object, if it belongs to that interpreter.
    pub(super) fn object_in(&self, home: &Rc<Home>) -> Result<ObjectRef> {
        if !Rc::ptr_eq(&self.home, home) {
            return Err(Error::Foreign);
        }
        Ok(self.object().clone())
    }

    /// The object as a Rust value. Values of other types, and containers inside themselves, become handles.
    ///
    /// # Errors
    /// When there are more items than memory should be spent on, or the interpreter has ended.
    pub fn value(&self) -> Result<Value> {
        self.home.visit(|cx| from_object(cx, &self.home, self.object()))
    }

    /// The object as a value of a Rust type: `handle.extract::<Vec<i64>>()`.
    ///
    /// # Errors
    /// When it is none.
    pub fn extract<T: FromValue>(&self) -> Result<T> {
        T::from_value(self.value()?)
    }

    /// Calls it.
    ///
    /// # Errors
    /// What it raises.
    pub fn call(&self, arguments: &[Value]) -> Result<Self> {
        self.call_with_keywords(arguments, &[])
    }

    /// Calls it with keyword arguments too.
    ///
    /// # Errors
    /// What it raises.
    pub fn call_with_keywords(&self, arguments: &[Value], keywords: &[(&str, Value)]) -> Result<Self> {
        let result = self.home.visit(|cx| {
            let arguments =
                arguments.iter().map(|value| to_object(cx, &self.home, value)).collect::<Result<Vec<_>>>()?;
            let keywords = keywords
                .iter()
                .map(|(name, value)| Ok((*name, to_object(cx, &self.home, value)?)))
                .collect::<Result<Vec<_>>>()?;
            self.wrap(cx, cx.call_keywords(self.object(), &arguments, &keywords))
        });
        self.home.pass_on();
        result
    }

    /// Reads an attribute.
    ///
    /// # Errors
    /// AttributeError, or what reading it raises.
    pub fn attribute(&self, name: &str) -> Result<Self> {
        self.home.visit(|cx| {
            let found = cx.intern(name).and_then(|name| cx.get_attribute_text(self.object(), &name));
            self.wrap(cx, found)
        })
    }

    /// Sets an attribute.
    ///
    /// # Errors
    /// What setting it raises.
    pub fn set_attribute(&self, name: &str, value: impl Into<Value>) -> Result<()> {
        let value = value.into();
        self.home.visit(|cx| {
            let value = to_object(cx, &self.home, &value)?;
            let set =
                cx.intern(name).and_then(|name| cx.set_attribute_text(self.object(), &name, Some(&value)));
            set.map_err(|_| Error::taken(cx))
        })
    }

    /// `object[key]`
    ///
    /// # Errors
    /// KeyError and its like.
    pub fn item(&self, key: impl Into<Value>) -> Result<Self> {
        let key = key.into();
        self.home.visit(|cx| {
            let key = to_object(cx, &self.home, &key)?;
            self.wrap(cx, cx.get_item(self.object(), &key))
        })
    }

    /// `repr(object)`
    ///
    /// # Errors
    /// What it raises.
    pub fn repr(&self) -> Result<String> {
        self.home.enter(|cx| Ok(cx.repr_text(self.object())?.to_rust_string_lossy()))
    }

    /// `str(object)`
    ///
    /// # Errors
    /// What it raises.
    pub fn text(&self) -> Result<String> {
        self.home.enter(|cx| Ok(cx.str_text(self.object())?.to_rust_string_lossy()))
    }

    /// The name of its type.
    ///
    /// # Errors
    /// When the interpreter has ended.
    pub fn type_name(&self) -> Result<String> {
        self.home.enter(|_| Ok(self.object().type_name()))
    }

    /// Its count of references, this handle's included.
    ///
    /// # Errors
    /// When the interpreter has ended.
    pub fn reference_count(&self) -> Result<usize> {
        self.home.enter(|_| Ok(self.object().count()))
    }

    /// Its address, which is its `id`. The same program finds the same addresses in every run.
    pub fn address(&self) -> usize {
        self.object().address()
    }

    fn wrap(&self, cx: &Interpreter, outcome: crate::runtime::Outcome) -> Result<Self> {
        outcome.map(|object| handle(&self.home, object)).map_err(|_| Error::taken(cx))
    }
}

impl Clone for Handle {
    fn clone(&self) -> Self {
        handle(&self.home, self.object().clone())
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if let Some(object) = self.object.take() {
            self.home.release(object);
        }
    }
}

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.home, &other.home) && self.address() == other.address()
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Handle({:#x})", self.address())
    }
}
