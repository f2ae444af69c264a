//! What each pass of a collection did, as plain data, for those who tell a collection to a reader.

use crate::object::Object;

/// An object that a collection looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its address.
    pub address: usize,
    /// Its count.
    pub count: usize,
    /// What was left of the count without the references from other candidates.
    pub from_outside: usize,
}

/// The passes of one collection. The lists of addresses are filled only where they were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Whether the lists are filled.
    pub detailed: bool,
    /// The generation collected.
    pub generation: usize,
    /// How many objects stood in each generation before.
    pub before: [usize; 3],
    /// All objects looked at, in order.
    pub candidates: Vec<Candidate>,
    /// Tuples and dicts that hold nothing that can be in a cycle, and are tracked no more.
    pub untracked: Vec<usize>,
    /// Which survivor was the first to lead to an object without references from outside: holder and target.
    pub reached: Vec<(usize, usize)>,
    /// What nothing outside refers to, in the order of the list.
    pub unreachable: Vec<usize>,
    /// Weak references to trash that were cleared.
    pub weak_references_cleared: usize,
    /// They themselves in order: the weak reference and what it referred to.
    pub cleared_references: Vec<(usize, usize)>,
    /// The weak references whose callbacks were called, in order.
    pub called: Vec<usize>,
    /// Weak callbacks that were called.
    pub callbacks_called: usize,
    /// Objects whose finalizer ran, in order.
    pub finalized: Vec<usize>,
    /// Objects that finalizers brought back, with all that they refer to.
    pub resurrected: Vec<usize>,
    /// Objects that were cleared or saved, in order. Others died by the counts in between.
    pub cleared: Vec<usize>,
    /// Trash found, with what weak callbacks released.
    pub collected: usize,
    /// How many objects stood in each generation afterwards.
    pub after: [usize; 3],
}

impl Report {
    pub(super) fn add_candidate(&mut self, object: &Object, from_outside: usize) {
        self.candidates.push(Candidate { address: object.address(), count: object.count(), from_outside });
    }

    pub(super) fn add_untracked(&mut self, object: &Object) {
        if self.detailed {
            self.untracked.push(object.address());
        }
    }

    pub(super) fn add_cleared_reference(&mut self, weak: &Object, referent: &Object) {
        self.weak_references_cleared += 1;
        if self.detailed {
            self.cleared_references.push((weak.address(), referent.address()));
        }
    }

    pub(super) fn add_called(&mut self, weak: &Object) {
        self.callbacks_called += 1;
        if self.detailed {
            self.called.push(weak.address());
        }
    }

    pub(super) fn add_finalized(&mut self, object: &Object) {
        if self.detailed {
            self.finalized.push(object.address());
        }
    }

    pub(super) fn add_resurrected(&mut self, object: &Object) {
        if self.detailed {
            self.resurrected.push(object.address());
        }
    }

    pub(super) fn add_cleared(&mut self, object: &Object) {
        if self.detailed {
            self.cleared.push(object.address());
        }
    }
}
