//! What a program can ask about the lists. Results own what they name.

use std::ptr::NonNull;

use rustc_hash::FxHashSet;

use super::lists::{for_each, merge};
use super::passes::{object_of, visit};
use crate::object::{GcHead, GcList, Object, ObjectRef, ObjectSpace};

/// References to everything in a list, in order.
pub(super) fn owned(list: &GcList) -> Vec<ObjectRef> {
    let mut objects = Vec::new();
    for_each(list, |links| objects.push(object_of(links).new_ref()));
    objects
}

/// Every tracked object of one generation, or of all of them, youngest generation first.
pub fn objects(space: &ObjectSpace, generation: Option<usize>) -> Vec<ObjectRef> {
    let wanted = |number: &usize| generation.is_none_or(|one| one == *number);
    (0..=super::OLDEST).filter(wanted).flat_map(|number| owned(&space.generations[number].list)).collect()
}

/// Everything that the object itself refers to, with repetitions.
pub fn referents(object: &Object) -> Vec<ObjectRef> {
    let mut found = Vec::new();
    visit(object, &mut |target: NonNull<Object>| {
        // SAFETY: a visited object is alive.
        found.push(unsafe { target.as_ref() }.new_ref());
    });
    found
}

/// Shows everything that the object itself refers to, with repetitions, without counting.
pub fn each_referent(object: &Object, show: &mut dyn FnMut(&Object)) {
    // SAFETY: a visited object is alive.
    visit(object, &mut |target| show(unsafe { target.as_ref() }));
}

/// The tracked objects that refer to one of these.
pub fn referrers(space: &ObjectSpace, targets: &[ObjectRef]) -> Vec<ObjectRef> {
    let targets: FxHashSet<usize> = targets.iter().map(|target| target.address()).collect();
    let mut found = Vec::new();
    for generation in &space.generations {
        for_each(&generation.list, |links| {
            let mut refers = false;
            visit(object_of(links), &mut |target: NonNull<Object>| {
                refers |= targets.contains(&(target.as_ptr() as usize));
            });
            if refers {
                found.push(object_of(links).new_ref());
            }
        });
    }
    found
}

/// Whether the object's finalizer has run.
pub fn is_finalized(object: &Object) -> bool {
    object.gc_head().is_some_and(|links| links.has(GcHead::FINALIZED))
}

/// Puts everything tracked aside: later collections do not look at it.
pub fn freeze(space: &ObjectSpace) {
    for generation in &space.generations {
        merge(&generation.list, &space.permanent);
        generation.count.set(0);
    }
}

/// Brings what was put aside back, into the oldest generation.
pub fn unfreeze(space: &ObjectSpace) {
    merge(&space.permanent, &space.generations[super::OLDEST].list);
}

/// How much is put aside.
pub fn frozen_count(space: &ObjectSpace) -> usize {
    space.permanent.len()
}
