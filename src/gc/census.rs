//! Everything that lives: what the lists hold, what roots refer to, and all that can be reached from there.

use std::ptr::NonNull;

use rustc_hash::FxHashMap;

use super::passes::visit;
use crate::object::{Object, ObjectSpace, Visitor};

/// The number of the permanent generation, where `gc.freeze` puts things.
pub const PERMANENT: u8 = 3;

/// Shows every object by address, with the number of its generation where it is tracked. `roots` shows what is held
/// from outside. Nothing may run or die meanwhile.
pub fn census(
    space: &ObjectSpace,
    roots: &dyn Fn(&mut Visitor<'_>),
    each: &mut dyn FnMut(&Object, Option<u8>),
) {
    let mut walk = Walk::default();
    roots(&mut |object| walk.meet(object, None));
    for (number, list) in super::verify::lists(space) {
        list.iter().for_each(|object| walk.meet(object, Some(number as u8)));
    }
    while let Some(object) = walk.waiting.pop() {
        // SAFETY: reached through a counted reference or a list, so alive.
        visit(unsafe { object.as_ref() }, &mut |target| walk.meet(target, None));
    }
    let mut found: Vec<_> = walk.found.into_iter().collect();
    found.sort_unstable();
    for (object, generation) in found {
        // SAFETY: as above; nothing has died since.
        each(unsafe { object.as_ref() }, generation);
    }
}

/// Shows every object that the lists hold. Nothing may run or die meanwhile.
pub fn tracked(space: &ObjectSpace, each: &mut dyn FnMut(&Object)) {
    for (_, list) in super::verify::lists(space) {
        // SAFETY: what the lists hold is alive.
        list.iter().for_each(|object| each(unsafe { object.as_ref() }));
    }
}

/// The generation that an object is in; none if it is not tracked. Costs a walk over the lists.
pub fn generation_of(space: &ObjectSpace, address: usize) -> Option<u8> {
    let mut lists = super::verify::lists(space);
    lists.find_map(|(number, list)| {
        list.iter().any(|object| object.as_ptr().addr() == address).then_some(number as u8)
    })
}

/// What was met, and what was not looked into yet.
#[derive(Default)]
struct Walk {
    found: FxHashMap<NonNull<Object>, Option<u8>>,
    waiting: Vec<NonNull<Object>>,
}

impl Walk {
    fn meet(&mut self, object: NonNull<Object>, generation: Option<u8>) {
        let known = self.found.entry(object).or_insert_with(|| {
            self.waiting.push(object);
            None
        });
        *known = known.or(generation);
    }
}
