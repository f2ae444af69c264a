//! The data structures and algorithms that need no interpreter.

pub mod characters;
pub mod codecs;
pub mod digits;
pub mod escapes;
pub mod float_text;
pub mod format_spec;
pub mod hashing;
pub mod slice_indices;
pub mod text_search;
pub mod timsort;
