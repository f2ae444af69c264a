//! The collector: finds containers that only refer to each other, and takes them apart.
//!
//! ```text
//!  generation 0 ──survivors──▶ generation 1 ──survivors──▶ generation 2        permanent (gc.freeze)
//! ```
//!
//! A collection of generation n looks at the objects of generations 0 to n, the *candidates*. Each pass is a function
//! named after what it does to them:
//!
//! 1. `update_refs` copies every candidate's count into its links;
//! 2. `subtract_refs` takes off one for each reference from another candidate: what is left comes from outside;
//! 3. `move_unreachable` keeps what has references from outside, and all that can be reached from there;
//! 4. survivors that can never be part of a cycle are let go of: tuples as pass 3 meets them, dicts after it;
//! 5. `handle_weakrefs` clears weak references into the trash and calls the callbacks that are not trash themselves;
//! 6. `finalize_garbage` runs finalizers, once in an object's life;
//! 7. `handle_resurrected` looks again and keeps what the finalizers have brought back;
//! 8. `delete_garbage` clears what is left; the counts do the rest.
//!
//! Between collections the law is: an object's count is at least the number of references that a walk finds
//! ([`verify_counts`]); where every owner can be shown it is exactly that ([`verify_exactly`]). Each tracked object is in exactly one list whose links are whole ([`verify_links`]).
//! Passes 1 to 4 run no foreign code and use the links for their own purposes; from pass 5 on the lists are whole
//! again, and nothing is held across a call but the heads of lists.

// unsafe is allowed here: the passes walk and rewrite the links in front of objects.

mod census;
mod collector;
mod lists;
mod passes;
mod queries;
mod report;
#[cfg(test)]
mod tests;
mod trash;
mod verify;

pub use census::{Next, PERMANENT, census, generation_of, generations_of, look_around, tracked};
pub use collector::{Collector, GenerationTotals, Host, OLDEST, Running, Totals, debug, settle};
pub use queries::{
    each_referent, freeze, frozen_count, is_finalized, objects, referents, referrers, unfreeze,
};
pub use report::{Candidate, Report};
pub use verify::{Mismatch, Summary, verify_counts, verify_exactly, verify_links};
