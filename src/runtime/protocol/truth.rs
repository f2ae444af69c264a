//! Truth.

use crate::object::Object;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};

impl Interpreter {
    /// `bool(object)`
    #[inline]
    pub fn is_true(&self, object: &Object) -> Outcome<bool> {
        if object.is(&self.true_) {
            return Ok(true);
        }
        if object.is(&self.false_) || object.is(&self.none) {
            return Ok(false);
        }
        self.is_true_by_slot(object)
    }

    fn is_true_by_slot(&self, object: &Object) -> Outcome<bool> {
        let slots = &object.type_object().slots;
        if let Some(slot) = slots.bool.get() {
            return slot(self, object);
        }
        match slots.length.get() {
            Some(slot) => Ok(slot(self, object)? > 0),
            None => Ok(true),
        }
    }
}
