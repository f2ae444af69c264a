//! The data structures and algorithms that need no interpreter.

pub mod array;
pub mod bytearray;
pub mod bytes;
pub mod cell;
pub mod characters;
pub mod codecs;
pub mod complex;
pub mod deque;
pub mod dict;
pub mod dict_table;
pub mod digits;
pub mod escapes;
pub mod float;
pub mod float_text;
pub mod format_spec;
mod growing;
pub mod hashing;
pub mod instance_values;
pub mod integer;
pub mod item_buffer;
pub mod key_equality;
pub mod list;
pub mod memory_error;
pub mod packing;
pub mod range;
pub mod set;
pub mod slice;
pub mod slice_indices;
mod storage;
pub mod structure;
#[cfg(test)]
mod testing;
pub mod text;
pub mod text_search;
pub mod timsort;
pub mod tuple;
