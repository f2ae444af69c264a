//! A place in an object that holds a counted reference and can be written through a shared borrow.

use std::cell::UnsafeCell;

use crate::object::{Object, ObjectRef};
use crate::runtime::type_object::Typed;

/// Holds `T` (an `ObjectRef`, a `Ref`, or an option of one). Reading clones; writing hands the old value out, so that
/// its drop, which can run Python, happens after the write.
#[repr(transparent)]
pub struct Field<T>(UnsafeCell<T>);

impl<T: Clone> Field<T> {
    /// A field with a first value.
    pub const fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// A new reference to what is held.
    #[inline]
    pub fn get(&self) -> T {
        // SAFETY: cloning a reference runs no code that could write this field.
        unsafe { (*self.0.get()).clone() }
    }

    /// Writes the field and gives the old value to the caller to drop.
    #[must_use = "drop the old value when the structure is consistent"]
    #[inline]
    pub fn replace(&self, value: T) -> T {
        // SAFETY: a plain move; nothing else runs meanwhile.
        unsafe { self.0.get().replace(value) }
    }

    /// Writes the field, then drops the old value.
    #[inline]
    pub fn set(&self, value: T) {
        drop(self.replace(value));
    }

    /// Borrows what is held.
    ///
    /// # Safety
    /// The field is not written while the borrow lives: no Python runs meanwhile.
    #[inline]
    pub unsafe fn borrow(&self) -> &T {
        // SAFETY: as promised.
        unsafe { &*self.0.get() }
    }
}

impl<T> Field<Option<T>>
where
    Option<T>: Clone,
{
    /// Takes the value out and leaves nothing.
    #[inline]
    pub fn take(&self) -> Option<T> {
        self.replace(None)
    }
}

impl Field<Option<ObjectRef>> {
    /// Whether something is held.
    #[inline]
    pub fn is_some(&self) -> bool {
        // SAFETY: only looked at.
        unsafe { self.borrow().is_some() }
    }

    /// An item of the list that is held.
    #[inline]
    pub fn list_item(&self, index: usize) -> Option<ObjectRef> {
        // SAFETY: only looked at.
        unsafe { self.borrow().as_ref()?.as_list()?.get(index) }
    }

    /// An item of the tuple that is held.
    #[inline]
    pub fn tuple_item(&self, index: usize) -> Option<ObjectRef> {
        // SAFETY: only looked at.
        unsafe { self.borrow().as_ref()?.as_tuple()?.get(index) }
    }

    /// Shows the held object to a visitor of the collector.
    pub fn visit(&self, visitor: &mut crate::object::Visitor<'_>) {
        // SAFETY: visitors run no Python.
        if let Some(held) = unsafe { self.borrow() } {
            visitor(held.as_pointer());
        }
    }
}

impl Field<ObjectRef> {
    /// The held object, to be compared.
    #[inline]
    pub fn pointer(&self) -> std::ptr::NonNull<Object> {
        // SAFETY: only looked at.
        unsafe { self.borrow().as_pointer() }
    }

    /// Shows the held object to a visitor of the collector.
    pub fn visit(&self, visitor: &mut crate::object::Visitor<'_>) {
        // SAFETY: visitors run no Python.
        visitor(unsafe { self.borrow() }.as_pointer());
    }
}

/// A field whose references the collector may see and clear.
pub trait Held {
    /// Shows what is held.
    fn visit_held(&self, visitor: &mut crate::object::Visitor<'_>);
    /// Drops what is held where nothing is a valid value.
    fn clear_held(&self);
}

impl Held for Field<Option<ObjectRef>> {
    fn visit_held(&self, visitor: &mut crate::object::Visitor<'_>) {
        self.visit(visitor);
    }
    fn clear_held(&self) {
        drop(self.take());
    }
}

impl Held for Field<ObjectRef> {
    fn visit_held(&self, visitor: &mut crate::object::Visitor<'_>) {
        self.visit(visitor);
    }
    fn clear_held(&self) {
        self.set(super::interpreter::current().none.clone());
    }
}
