//! Hashes.

use std::hint::cold_path;

use crate::object::Object;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::values::hashing::{self, TupleHasher};
use crate::values::integer::Integer;
use crate::values::text::Text;

impl Interpreter {
    /// `hash(object)`
    #[inline]
    pub fn hash(&self, object: &Object) -> Outcome<i64> {
        if let Some(text) = self.exact_text(object) {
            return Ok(text.hash());
        }
        if let Some(integer) = self.exact_int(object) {
            return match integer.as_one_digit() {
                Some(value) => Ok(hashing::avoid_error(value)),
                None => self.hash_by_type(object),
            };
        }
        self.hash_by_slot(object)
    }

    /// The hash of an exact int of one digit, or of an exact text whose hash is known; none for all others.
    #[inline(always)]
    pub fn known_hash(&self, object: &Object) -> Option<i64> {
        match self.exact_int(object) {
            Some(integer) => integer.as_one_digit().map(hashing::avoid_error),
            None => {
                cold_path();
                self.exact_text(object).and_then(Text::known_hash)
            }
        }
    }

    #[inline(never)]
    fn hash_by_slot(&self, object: &Object) -> Outcome<i64> {
        // Most tuples that are hashed are pairs.
        if let Some(tuple) = self.exact_tuple(object)
            && let [first, second] = tuple.items()
            && let Some(first) = self.known_hash(first)
            && let Some(second) = self.known_hash(second)
        {
            let mut hasher = TupleHasher::new();
            hasher.push(first);
            hasher.push(second);
            return Ok(hasher.finish());
        }
        self.hash_by_type(object)
    }

    #[inline(never)]
    fn hash_by_type(&self, object: &Object) -> Outcome<i64> {
        // What an address is: two digits are less than the modulus of hashes.
        if let Some(value) = self.exact_int(object).and_then(Integer::as_two_digits) {
            return Ok(hashing::avoid_error(value));
        }
        match object.type_object().slots.hash.get() {
            Some(slot) => slot(self, object),
            None => unhashable(self, object),
        }
    }
}

/// The slot of types whose instances have no hash.
pub fn unhashable(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    Err(cx.type_error(format_args!("unhashable type: '{}'", object.type_name())))
}

/// The slot of types whose instances are equal only to themselves.
pub fn pointer_hash(_: &Interpreter, object: &Object) -> Outcome<i64> {
    Ok(hashing::pointer(object.address()))
}
