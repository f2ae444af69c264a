//! How a table (of a dict or a set) compares the key it holds with the one that is sought.

use crate::object::Object;

/// A comparison of keys. Closures of both keys are one that may always run Python code.
pub trait KeyEquality<E> {
    /// Whether the keys are equal, as far as a look tells.
    #[inline(always)]
    fn at_sight(&mut self, _stored: &Object, _sought: &Object) -> bool {
        false
    }

    /// The answer, where it can be told without running anything: the stored key need not be owned for that.
    #[inline(always)]
    fn plainly(&mut self, _stored: &Object, _sought: &Object) -> Option<bool> {
        None
    }

    /// The answer, perhaps by running Python code, which may change the very table that is searched.
    fn compare(&mut self, stored: &Object, sought: &Object) -> Result<bool, E>;
}

impl<E, F: FnMut(&Object, &Object) -> Result<bool, E>> KeyEquality<E> for F {
    #[inline(always)]
    fn compare(&mut self, stored: &Object, sought: &Object) -> Result<bool, E> {
        self(stored, sought)
    }
}
