//! What every value has in common: the header, references that count, birth and release, the collector's links,
//! weak lists and visiting. This floor does not know what any type means; each type brings a [`Lifecycle`].
//!
//! ```text
//!          instance prefix      gc prefix         object (what a reference points to)
//!        | values | dict |  | next | previous |  | count | type | fields of the layout ... |
//! ```
//!
//! The invariants: an object's count is the number of references to it; a block is released exactly when the count
//! falls to zero; a tracked object is in exactly one generation's list.

mod current;
mod gc_links;
mod header;
mod lifecycle;
mod recycled;
mod reference;
mod release;
mod space;
pub mod weak;

pub use current::{enter_space, space};
pub use gc_links::{GcHead, GcList};
pub(crate) use header::layout;
pub use header::{Layout, Object, TypeHead};
pub use lifecycle::{Lifecycle, Prefix, VisitFields, Visitor, WeakSupport, no_contents, no_fields, no_visit};
pub use recycled::Recycled;
pub use reference::{Lent, ObjectRef, Ref};
pub use release::{
    ListContents, dealloc_container, dealloc_leaf, dealloc_list, dealloc_list_told, dealloc_plain,
    finish_release, may_nest, release, release_nested,
};
pub use space::{Attention, Generation, ObjectSpace, ReleaseFollower};
