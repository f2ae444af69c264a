//! The operations of the language on any object, a file a subject: attributes, calls, text, truth, hashes, comparisons,
//! numbers, items, iteration, dicts, classes of instances. Each goes through the slots of the types.
//!
//! Any of them can run Python code. So they borrow their operands, return owned references, and hold nothing inside
//! containers while they call.

pub mod attribute;
pub mod call;
pub mod compare;
pub mod hash;
pub mod instance;
pub mod iterate;
pub mod mapping;
pub mod number;
pub mod poll;
pub mod sequence;
pub mod text;
pub mod truth;
pub mod unraisable;
pub mod warning;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use crate::object::{Layout, Object, Ref};

/// A counted reference to an object that is already seen as one of its layouts.
#[inline]
pub fn counted<T: Layout>(layout: &T) -> Ref<T> {
    // SAFETY: a layout starts with the header of a live object, and stays the layout of this object.
    unsafe { (*std::ptr::from_ref(layout).cast::<Object>()).new_ref().cast_into() }
}
