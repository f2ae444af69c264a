//! Who holds the holders: rows under the rows of the owners, level by level, with a walk over the heap for each level.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Owner, each, grouped, of_holder, rank, row};
use crate::gc::each_referent;
use crate::inspect::names::Names;
use crate::inspect::roots::{Role, Source, each_root, told};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Typed};

/// Adds the owners of each holder, until `depth` levels are told. What holds everything (modules, classes) is not
/// followed, and nothing is told twice.
pub fn add_owners(cx: &Interpreter, owners: &mut [Owner], asked: usize, depth: usize, rows: usize) {
    let mut met = FxHashSet::from_iter([asked]);
    let mut level: Vec<&mut Owner> = owners.iter_mut().collect();
    for _ in 1..depth {
        let holders = level.iter().filter_map(|owner| owner.holder);
        let wanted: FxHashSet<usize> = holders.filter(|holder| met.insert(*holder)).collect();
        let mut found = holders_of(cx, &wanted, rows);
        for owner in &mut level {
            let owners = owner.holder.and_then(|holder| found.remove(&holder));
            owner.owners = grouped(owners.unwrap_or_default(), rows);
        }
        level = level.into_iter().flat_map(|owner| owner.owners.iter_mut()).collect();
    }
}

/// The owners of each of these objects, those that tell most first.
fn holders_of(cx: &Interpreter, wanted: &FxHashSet<usize>, rows: usize) -> FxHashMap<usize, Vec<Owner>> {
    let mut owners: FxHashMap<usize, Vec<Owner>> = FxHashMap::default();
    if wanted.is_empty() {
        return owners;
    }
    let (mut names, mut references): (_, Vec<(ObjectRef, usize, usize)>) = (Names::new(cx), Vec::new());
    let mut everything = FxHashSet::default();
    each(cx, &mut |holder| {
        names.learn(cx, holder);
        if wanted.contains(&holder.address()) && holds_everything(cx, holder) {
            everything.insert(holder.address());
        }
        references.extend(
            of_one(holder, wanted).into_iter().map(|(target, held)| (holder.new_ref(), target, held)),
        );
    });
    let is_followed = |target: &usize| !everything.contains(target) && !names.is_namespace(*target);
    each_root(cx, &mut |root| {
        let asks = matches!(root.source, Source::Frame { role: Role::ThisCall, .. });
        if !asks && wanted.contains(&root.address) && is_followed(&root.address) {
            let owner = row(rank(&root.source), told(cx, &root.source), None, 1);
            owners.entry(root.address).or_default().push(owner);
        }
    });
    for (holder, target, held) in references.iter().filter(|(_, target, _)| is_followed(target)) {
        of_holder(cx, &names, holder, *target, *held, rows, owners.entry(*target).or_default());
    }
    owners.values_mut().for_each(|owners| owners.sort_by_key(|owner| (owner.rank, owner.holder)));
    owners
}

/// How often an object refers to those that are wanted.
fn of_one(holder: &Object, wanted: &FxHashSet<usize>) -> Vec<(usize, usize)> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    each_referent(holder, &mut |target| {
        if !wanted.contains(&target.address()) {
            return;
        }
        match counts.iter_mut().find(|(known, _)| *known == target.address()) {
            Some((_, held)) => *held += 1,
            None => counts.push((target.address(), 1)),
        }
    });
    counts
}

/// Classes and modules: who holds them says nothing about what they hold.
fn holds_everything(cx: &Interpreter, holder: &Object) -> bool {
    holder.as_type().is_some() || crate::inspect::describe::module_name(cx, holder).is_some()
}
