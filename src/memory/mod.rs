//! The memory manager: every block that a program causes to exist is taken here, and can be listed.
//!
//! ```text
//!  heap        what others call: allocate, release, reallocate, and the questions; holds the fast paths
//!   store      chooses by size, or hands everything to the system's allocator for AddressSanitizer
//!    arenas    1 to 512 bytes: obmalloc's design. 1 MiB arenas of 16 KiB `pool`s of one size class each
//!    chunks    up to 256 KiB: pieces of 1 MiB chunks, found by size, joined when free
//!    huge      above: runs of pages that grow in place or move without copying
//!     space    the reserved range, the limit, and the system calls
//!  statistics  plain data for pictures and reports
//!  words       what stands in blocks, word by word, for pictures
//!  reserve     the process's own allocator, for what Rust takes beside the heap
//!  verify      the law of all these structures, as a checker
//! ```
//!
//! A block is raw bytes with an address: this floor does not know what an object is. It never fails but by
//! `None`, and never asks twice: what a request needs beyond the limit is refused before anything changes.
//! The same calls give the same addresses, relative to the base of the range.

// unsafe is allowed here: an allocator hands out raw memory.

mod arenas;
mod chunks;
mod heap;
mod huge;
mod pool;
pub mod reserve;
mod space;
mod statistics;
mod store;
mod verify;

pub use heap::{Heap, HeapOptions, Observer, Source};
pub use space::ReserveError;
pub use statistics::{ArenaView, Block, BlockKind, PoolState, PoolView, Statistics};
