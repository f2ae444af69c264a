//! A field that is written once, when its object is made, and lent out for calls.

use crate::object::{Object, ObjectRef, Visitor};
use crate::runtime::field::{Field, Held};

/// Holds an object for as long as its holder lives; only the collector empties it.
#[repr(transparent)]
pub struct Fixed(Field<ObjectRef>);

impl Fixed {
    /// A field and what it holds.
    pub const fn new(value: ObjectRef) -> Self {
        Self(Field::new(value))
    }

    /// A new reference to what is held.
    pub fn get(&self) -> ObjectRef {
        self.0.get()
    }

    /// What is held, without counting it: so does CPython, and a program that is called sees the count.
    ///
    /// Whoever reaches the field holds its holder, and the collector empties what nobody reaches.
    pub fn lent(&self) -> &Object {
        // SAFETY: nothing but `clear_held` writes the field, and that runs on garbage, whose methods nobody calls.
        unsafe { self.0.borrow() }
    }
}

impl Held for Fixed {
    fn visit_held(&self, visitor: &mut Visitor<'_>) {
        self.0.visit_held(visitor);
    }
    fn clear_held(&self) {
        self.0.clear_held();
    }
}
