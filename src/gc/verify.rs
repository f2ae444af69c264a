//! The law, as a checker: counts against a walk of the heap, and the links of the lists.

use std::ptr::NonNull;

use rustc_hash::FxHashMap;

use super::passes::visit;
use crate::object::{GcHead, GcList, Object, ObjectSpace, Visitor};

/// What a walk has found where the law holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Objects in the lists.
    pub tracked: usize,
    /// Objects reached from lists and roots, the tracked ones among them.
    pub objects: usize,
    /// References found.
    pub references: usize,
    /// Sum over all objects of count less references found: what native code holds.
    pub surplus: usize,
}

/// How the law is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// An object has fewer counts than there are references to it, and will be freed too early; or it has more where
    /// every reference can be found, and will never be freed.
    #[error("object at {address:#x}: count {count}, but {found} references found")]
    Count {
        /// Where it is.
        address: usize,
        /// Its count.
        count: usize,
        /// The references found.
        found: usize,
    },
    /// An object in a list does not point back to its neighbour.
    #[error("object at {address:#x}: broken link in list {list}")]
    Link {
        /// Where it is.
        address: usize,
        /// The generation, 3 for the permanent one.
        list: usize,
    },
    /// An object in a list is dead, or marked by a collection that is over.
    #[error("object at {address:#x} in list {list}: count {count}, flags {flags:#x}")]
    State {
        /// Where it is.
        address: usize,
        /// The generation, 3 for the permanent one.
        list: usize,
        /// Its count.
        count: usize,
        /// The flag bits of its links.
        flags: usize,
    },
}

/// Checks counts and links of all that can be reached from the lists and from `roots`, which shows each reference
/// that frames, stacks and the interpreter itself hold. Not during a collection.
///
/// # Errors
/// The first object, by address, that breaks the law.
pub fn verify_counts(space: &ObjectSpace, roots: &dyn Fn(&mut Visitor<'_>)) -> Result<Summary, Mismatch> {
    verify_links(space)?;
    let mut walk = Walk::default();
    walk.all(space, roots);
    let lacks = walk.mismatches(|count, found| count < found);
    lacks.first().map_or(Ok(walk.summary), |lack| Err(*lack))
}

/// The same where `roots` shows every reference there is outside of the heap: no object may have a count too much
/// either.
///
/// # Errors
/// All objects that break the law, by address.
pub fn verify_exactly(
    space: &ObjectSpace,
    roots: &dyn Fn(&mut Visitor<'_>),
) -> Result<Summary, Vec<Mismatch>> {
    verify_links(space).map_err(|mismatch| vec![mismatch])?;
    let mut walk = Walk::default();
    walk.all(space, roots);
    let wrong = walk.mismatches(|count, found| count != found);
    if wrong.is_empty() { Ok(walk.summary) } else { Err(wrong) }
}

/// References found so far, and objects not looked into yet.
#[derive(Default)]
struct Walk {
    found: FxHashMap<usize, usize>,
    waiting: Vec<NonNull<Object>>,
    summary: Summary,
}

impl Walk {
    fn meet(&mut self, object: NonNull<Object>) {
        self.found.entry(object.as_ptr() as usize).or_insert_with(|| {
            self.waiting.push(object);
            0
        });
    }

    fn refer(&mut self, target: NonNull<Object>) {
        self.meet(target);
        *self.found.entry(target.as_ptr() as usize).or_default() += 1;
        self.summary.references += 1;
    }

    /// Meets all that can be reached from roots and lists.
    fn all(&mut self, space: &ObjectSpace, roots: &dyn Fn(&mut Visitor<'_>)) {
        roots(&mut |target| self.refer(target));
        for object in lists(space).flat_map(|(_, list)| list.iter()) {
            self.summary.tracked += 1;
            self.meet(object);
        }
        while let Some(object) = self.waiting.pop() {
            // SAFETY: reached through a counted reference or a list, so alive.
            visit(unsafe { object.as_ref() }, &mut |target| self.refer(target));
        }
        self.summary.objects = self.found.len();
    }

    /// Sums the surpluses, and gives the objects whose count is wrong for the references found, by address.
    fn mismatches(&mut self, is_wrong: impl Fn(usize, usize) -> bool) -> Vec<Mismatch> {
        let mut wrong = Vec::new();
        for (&address, &found) in &self.found {
            // SAFETY: nothing was released since the walk.
            let count = unsafe { (*(address as *const Object)).count() };
            self.summary.surplus += count.saturating_sub(found);
            if is_wrong(count, found) {
                wrong.push(Mismatch::Count { address, count, found });
            }
        }
        wrong.sort_unstable_by_key(|mismatch| mismatch.address());
        wrong
    }
}

impl Mismatch {
    /// The object that breaks the law.
    pub fn address(self) -> usize {
        match self {
            Self::Count { address, .. } | Self::Link { address, .. } | Self::State { address, .. } => address,
        }
    }
}

/// Checks that each list is a circle both ways, of live objects without marks of a collection.
///
/// # Errors
/// The first object that breaks the law.
pub fn verify_links(space: &ObjectSpace) -> Result<(), Mismatch> {
    lists(space).try_for_each(|(number, list)| verify_list(number, list))
}

fn verify_list(number: usize, list: &GcList) -> Result<(), Mismatch> {
    let head: *const GcHead = list.head();
    let (mut previous, mut at) = (head, list.head().next.get());
    while !std::ptr::eq(at, head) {
        if at.is_null() {
            return Err(Mismatch::Link { address: previous as usize + size_of::<GcHead>(), list: number });
        }
        // SAFETY: the link before was whole.
        let links = unsafe { &*at };
        let address = links.object().as_ptr() as usize;
        if !std::ptr::eq(links.previous_head(), previous) {
            return Err(Mismatch::Link { address, list: number });
        }
        // SAFETY: the object behind live links.
        let count = unsafe { links.object().as_ref() }.count();
        let flags = links.previous.get() & GcHead::FLAGS;
        if count == 0 || flags & GcHead::COLLECTING != 0 || links.next.get() as usize & 1 != 0 {
            return Err(Mismatch::State { address, list: number, count, flags });
        }
        (previous, at) = (at, links.next.get());
    }
    if std::ptr::eq(list.head().previous_head(), previous) {
        return Ok(());
    }
    Err(Mismatch::Link { address: previous as usize + size_of::<GcHead>(), list: number })
}

/// The generations and the permanent one, with numbers.
pub(super) fn lists(space: &ObjectSpace) -> impl Iterator<Item = (usize, &GcList)> {
    space.generations.iter().map(|generation| &generation.list).chain([&space.permanent]).enumerate()
}
