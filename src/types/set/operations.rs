//! What sets compute, in the reference's order of lookups and insertions, which shows in the order of the results.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{base_type, copy};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::protocol::compare::Equality;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::types::containers::for_each;
use crate::values::dict::Dict;
use crate::values::set::Set;

/// Whether an element with that hash is in the set.
pub fn has(cx: &Interpreter, set: &Set, element: &Object, hash: i64) -> Outcome<bool> {
    set.contains(element, hash, &mut Equality(cx))
}

/// Adds an element with that hash.
pub fn put(cx: &Interpreter, set: &Set, element: ObjectRef, hash: i64) -> Outcome<bool> {
    set.add::<Raised>(element, hash, &mut Equality(cx))
}

/// Takes an element with that hash out; says whether it was there.
pub fn remove(cx: &Interpreter, set: &Set, element: &Object, hash: i64) -> Outcome<bool> {
    let found = set.discard(element, hash, &mut Equality(cx))?;
    Ok(found.is_some())
}

/// Calls `each` with the elements of a set and their hashes, until it answers false.
pub fn each_element(
    cx: &Interpreter,
    set: &Set,
    mut each: impl FnMut(ObjectRef, i64) -> Outcome<bool>,
) -> Outcome<()> {
    let mut position = 0;
    while let Some((hash, element)) = set.next_entry(&mut position) {
        if !each(element, hash)? {
            break;
        }
        cx.poll()?;
    }
    Ok(())
}

/// Whether all elements of one set are in the other.
pub fn is_subset(cx: &Interpreter, set: &Set, other: &Set) -> Outcome<bool> {
    if set.len() > other.len() {
        return Ok(false);
    }
    let mut all = true;
    each_element(cx, set, |element, hash| {
        all = has(cx, other, &element, hash)?;
        Ok(all)
    })?;
    Ok(all)
}

/// The elements of a set that are in an iterable too, as a set of the same built-in type.
pub fn intersection(cx: &Interpreter, set: &Set, other: &Object) -> Outcome<Ref<Set>> {
    if set.is(other) {
        return copy(cx, set);
    }
    let result = Set::new(base_type(cx, set))?;
    match other.as_any_set() {
        Some(other) => {
            let (few, many) = if other.len() > set.len() { (set, other) } else { (other, set) };
            each_element(cx, few, |element, hash| {
                if has(cx, many, &element, hash)? {
                    put(cx, &result, element, hash)?;
                }
                Ok(true)
            })?;
        }
        None => for_each(cx, other, |element| {
            let hash = cx.hash(&element)?;
            if has(cx, set, &element, hash)? {
                put(cx, &result, element, hash)?;
            }
            Ok(())
        })?,
    }
    Ok(result)
}

/// The elements of a set that are not in an iterable.
pub fn difference(cx: &Interpreter, set: &Set, other: &Object) -> Outcome<Ref<Set>> {
    let exact_dict = other.as_dict().filter(|_| other.is_exactly(&cx.types.dict));
    let size = match (other.as_any_set(), exact_dict) {
        (Some(other), _) => other.len(),
        (None, Some(other)) => other.len(),
        (None, None) => return copy_and_difference(cx, set, other),
    };
    if set.len() >> 2 > size {
        return copy_and_difference(cx, set, other);
    }
    let result = Set::new(base_type(cx, set))?;
    each_element(cx, set, |element, hash| {
        let found = match (other.as_any_set(), exact_dict) {
            (Some(other), _) => has(cx, other, &element, hash)?,
            (None, Some(dict)) => cx.dict_get_hashed(dict, &element, hash)?.is_some(),
            (None, None) => false,
        };
        if !found {
            put(cx, &result, element, hash)?;
        }
        Ok(true)
    })?;
    Ok(result)
}

fn copy_and_difference(cx: &Interpreter, set: &Set, other: &Object) -> Outcome<Ref<Set>> {
    let result = copy(cx, set)?;
    difference_update(cx, &result, other)?;
    Ok(result)
}

/// Takes the elements of an iterable out of a set.
pub fn difference_update(cx: &Interpreter, set: &Set, other: &Object) -> Outcome<()> {
    if set.is(other) {
        set.clear();
        return Ok(());
    }
    match other.as_any_set() {
        Some(other) => {
            // Where the other set is much larger, only what is in both is gone through.
            let common =
                if other.len() >> 3 > set.len() { Some(intersection(cx, set, other)?) } else { None };
            each_element(cx, common.as_deref().unwrap_or(other), |element, hash| {
                remove(cx, set, &element, hash)?;
                Ok(true)
            })?;
        }
        None => for_each(cx, other, |element| {
            let hash = cx.hash(&element)?;
            remove(cx, set, &element, hash)?;
            Ok(())
        })?,
    }
    Ok(set.shed_dummies()?)
}

/// Leaves in a set what is in it or in an iterable, but not in both.
pub fn symmetric_difference_update(cx: &Interpreter, set: &Set, other: &Object) -> Outcome<()> {
    if set.is(other) {
        set.clear();
        return Ok(());
    }
    if let Some(dict) = other.as_dict().filter(|_| other.is_exactly(&cx.types.dict)) {
        return toggle_keys(cx, set, dict);
    }
    let gathered = match other.as_any_set() {
        Some(_) => None,
        None => {
            let gathered = Set::new(base_type(cx, set))?;
            cx.set_update(&gathered, other)?;
            Some(gathered)
        }
    };
    let Some(elements) = gathered.as_deref().or_else(|| other.as_any_set()) else { return Ok(()) };
    each_element(cx, elements, |element, hash| toggle(cx, set, element, hash).map(|()| true))
}

fn toggle_keys(cx: &Interpreter, set: &Set, dict: &Dict) -> Outcome<()> {
    let mut position = 0;
    while let Some((hash, key, _)) = dict.next_entry(&mut position) {
        toggle(cx, set, key, hash)?;
        cx.poll()?;
    }
    Ok(())
}

fn toggle(cx: &Interpreter, set: &Set, element: ObjectRef, hash: i64) -> Outcome<()> {
    if !remove(cx, set, &element, hash)? {
        put(cx, set, element, hash)?;
    }
    Ok(())
}

/// What is in one of a set and an iterable only.
pub fn symmetric_difference(cx: &Interpreter, set: &Set, other: &Object) -> Outcome<Ref<Set>> {
    let result = Set::new(base_type(cx, set))?;
    cx.set_update(&result, other)?;
    symmetric_difference_update(cx, &result, set)?;
    Ok(result)
}

/// Whether a set and an iterable have nothing in common.
pub fn is_disjoint(cx: &Interpreter, set: &Set, other: &Object) -> Outcome<bool> {
    if set.is(other) {
        return Ok(set.is_empty());
    }
    let mut disjoint = true;
    match other.as_any_set() {
        Some(other) => {
            let (few, many) = if other.len() > set.len() { (set, other) } else { (other, set) };
            each_element(cx, few, |element, hash| {
                disjoint = !has(cx, many, &element, hash)?;
                Ok(disjoint)
            })?;
        }
        None => {
            let iterator = cx.iter(other)?;
            while let Some(element) = cx.next(&iterator)?.filter(|_| disjoint) {
                let hash = cx.hash(&element)?;
                disjoint = !has(cx, set, &element, hash)?;
                if !disjoint {
                    break;
                }
                cx.poll()?;
            }
        }
    }
    Ok(disjoint)
}
