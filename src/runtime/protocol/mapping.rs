//! Dicts and sets with Python's equality of keys, and filling dicts from other objects.

use std::hint::cold_path;

use super::compare::Equality;
use crate::object::{Object, ObjectRef};
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::values::dict::Dict;
use crate::values::set::Set;

/// Dicts.
impl Interpreter {
    /// The value of a key.
    pub fn dict_get(&self, dict: &Dict, key: &Object) -> Outcome<Option<ObjectRef>> {
        let hash = self.hash(key);
        if hash.is_err() {
            cold_path();
        }
        dict.get(key, hash?, &mut Equality(self))
    }

    /// The value of a key whose hash is known.
    pub fn dict_get_hashed(&self, dict: &Dict, key: &Object, hash: i64) -> Outcome<Option<ObjectRef>> {
        dict.get(key, hash, &mut Equality(self))
    }

    /// Whether there is an entry for a key.
    pub fn dict_contains(&self, dict: &Dict, key: &Object) -> Outcome<bool> {
        let hash = self.hash(key);
        if hash.is_err() {
            cold_path();
        }
        let found = dict.lookup(key, hash?, &mut Equality(self))?;
        Ok(found.is_some())
    }

    /// `dict[key] = value`
    pub fn dict_set(&self, dict: &Dict, key: &Object, value: ObjectRef) -> Outcome<()> {
        // What `__hash__` counts includes the dict's reference, as in CPython.
        let key = key.new_ref();
        let hash = self.hash(&key);
        if hash.is_err() {
            cold_path();
        }
        self.dict_store(dict, key, hash?, value)
    }

    /// `dict[key] = value` for a key whose hash is known.
    pub fn dict_set_hashed(&self, dict: &Dict, key: ObjectRef, hash: i64, value: ObjectRef) -> Outcome<()> {
        self.dict_store(dict, key, hash, value)
    }

    #[inline(always)]
    fn dict_store(&self, dict: &Dict, key: ObjectRef, hash: i64, value: ObjectRef) -> Outcome<()> {
        let old = dict.insert::<Raised>(key, hash, value, &mut Equality(self));
        if old.is_err() {
            cold_path();
        }
        drop(old?);
        Ok(())
    }

    /// Takes out the entry of a key: key and value, if there was one.
    pub fn dict_take(&self, dict: &Dict, key: &Object) -> Outcome<Option<(ObjectRef, ObjectRef)>> {
        let hash = self.hash(key)?;
        dict.remove(key, hash, &mut Equality(self))
    }

    /// Drops the entry of a key; says whether there was one.
    pub fn dict_remove(&self, dict: &Dict, key: &Object) -> Outcome<bool> {
        Ok(self.dict_take(dict, key)?.is_some())
    }
}

/// Sets.
impl Interpreter {
    /// Adds an element; says whether it is new.
    pub fn set_add(&self, set: &Set, element: ObjectRef) -> Outcome<bool> {
        let hash = self.hash(&element)?;
        set.add::<Raised>(element, hash, &mut Equality(self))
    }

    /// Adds an element that the caller keeps: the set's own reference comes after the hash.
    pub fn set_add_lent(&self, set: &Set, element: &Object) -> Outcome<bool> {
        let hash = self.hash(element)?;
        set.add::<Raised>(element.new_ref(), hash, &mut Equality(self))
    }

    /// Whether an equal element is in the set.
    pub fn set_contains(&self, set: &Set, element: &Object) -> Outcome<bool> {
        let hash = self.hash(element)?;
        set.contains(element, hash, &mut Equality(self))
    }

    /// Takes an element out; says whether it was there.
    pub fn set_discard(&self, set: &Set, element: &Object) -> Outcome<bool> {
        let hash = self.hash(element)?;
        let removed = set.discard(element, hash, &mut Equality(self))?;
        Ok(removed.is_some())
    }

    /// Adds all elements of an iterable.
    pub fn set_update(&self, set: &Set, iterable: &Object) -> Outcome<()> {
        if let Some(other) = iterable.as_any_set() {
            return set.merge::<Raised>(other, &mut Equality(self));
        }
        if let Some(dict) = iterable.as_dict().filter(|_| iterable.is_exactly(&self.types.dict)) {
            set.reserve_for_merge(dict.len())?;
            let mut position = 0;
            while let Some((hash, key, _)) = dict.next_entry(&mut position) {
                self.poll()?;
                set.add::<Raised>(key, hash, &mut Equality(self))?;
            }
            return Ok(());
        }
        if iterable.is_exactly(&self.types.list) || iterable.is_exactly(&self.types.tuple) {
            return self.set_update_from_row(set, iterable);
        }
        self.for_each(iterable, &mut |element| self.set_add(set, element).map(|_| true))
    }

    /// Adds the items of a list or a tuple, which an iterator would hold meanwhile.
    fn set_update_from_row(&self, set: &Set, row: &Object) -> Outcome<()> {
        let _held = row.new_ref();
        let item = |index| match self.exact_list(row) {
            Some(list) => list.get(index),
            None => self.exact_tuple(row)?.get(index),
        };
        let mut index = 0;
        while let Some(element) = item(index) {
            self.poll()?;
            self.set_add(set, element)?;
            index += 1;
        }
        Ok(())
    }
}

/// What becomes of a key that a merge finds in both dicts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clash {
    /// The new value counts.
    Replace,
    /// KeyError of the key.
    Refuse,
}

/// Filling dicts.
impl Interpreter {
    /// `dict.update(other)`: from a mapping, or from pairs.
    pub fn dict_update(&self, dict: &Dict, other: &Object) -> Outcome<()> {
        if other.is_exactly(&self.types.dict) || self.find_attribute(other, &self.names.keys)?.is_some() {
            return self.dict_merge(dict, other);
        }
        self.dict_update_from_pairs(dict, other)
    }

    /// `{**other}`: from a mapping only; AttributeError where it has no `keys`.
    pub fn dict_merge(&self, dict: &Dict, other: &Object) -> Outcome<()> {
        self.merge(dict, other, Clash::Replace)
    }

    fn merge(&self, dict: &Dict, other: &Object, clash: Clash) -> Outcome<()> {
        let plain = self.types.dict.slots.iter.get();
        match other.as_dict().filter(|_| same_function(other.type_object().slots.iter.get(), plain)) {
            Some(other) => self.merge_dict(dict, other, clash),
            None => self.merge_mapping(dict, other, clash),
        }
    }

    fn merge_dict(&self, dict: &Dict, other: &Dict, clash: Clash) -> Outcome<()> {
        if dict.is(other) || other.is_empty() {
            return Ok(());
        }
        dict.reserve_for_merge(other.len())?;
        let (count, mut position) = (other.entries_len(), 0);
        while let Some((hash, key, value)) = other.next_entry(&mut position) {
            self.poll()?;
            self.refuse_clash(dict, &key, hash, clash)?;
            self.dict_set_hashed(dict, key, hash, value)?;
            if other.entries_len() != count {
                return Err(self.runtime_error("dict mutated during update"));
            }
        }
        Ok(())
    }

    fn merge_mapping(&self, dict: &Dict, other: &Object, clash: Clash) -> Outcome<()> {
        let keys = self.call_method(other, &self.names.keys, &[])?;
        self.check_keys(other, &keys)?;
        for key in self.collect(&keys)? {
            let hash = self.hash(&key)?;
            self.refuse_clash(dict, &key, hash, clash)?;
            let value = self.get_item(other, &key)?;
            self.dict_set_hashed(dict, key, hash, value)?;
        }
        Ok(())
    }

    /// What `keys()` gives must be iterable, and not a list or tuple that lies about it.
    fn check_keys(&self, mapping: &Object, keys: &Object) -> Outcome<()> {
        let slots = &keys.type_object().slots;
        if slots.iter.get().is_some() || slots.get_item.get().is_some() {
            return Ok(());
        }
        let (mapping, keys) = (mapping.type_name(), keys.type_name());
        Err(self.type_error(format_args!("{mapping}.keys() returned a non-iterable (type {keys})")))
    }

    fn refuse_clash(&self, dict: &Dict, key: &Object, hash: i64, clash: Clash) -> Outcome<()> {
        if clash == Clash::Refuse && self.dict_get_hashed(dict, key, hash)?.is_some() {
            return Err(self.key_error(key));
        }
        Ok(())
    }

    /// From an iterable of pairs.
    pub fn dict_update_from_pairs(&self, dict: &Dict, pairs: &Object) -> Outcome<()> {
        let mut number = 0usize;
        self.for_each(pairs, &mut |pair| {
            let (key, value) = self.pair(&pair, number)?;
            self.dict_set(dict, &key, value)?;
            number += 1;
            Ok(true)
        })
    }

    fn pair(&self, pair: &Object, number: usize) -> Outcome<(ObjectRef, ObjectRef)> {
        let items = match self.collect(pair) {
            Ok(items) => items,
            Err(raised) => {
                drop(self.take_if(&self.types.type_error).ok_or(raised)?);
                return Err(self.type_error(format_args!(
                    "cannot convert dictionary update sequence element #{number} to a sequence"
                )));
            }
        };
        let length = items.len();
        <[ObjectRef; 2]>::try_from(items).map(|[key, value]| (key, value)).map_err(|_| {
            self.value_error(format_args!(
                "dictionary update sequence element #{number} has length {length}; 2 is required"
            ))
        })
    }
}

fn same_function(
    left: Option<crate::runtime::slots::Unary>,
    right: Option<crate::runtime::slots::Unary>,
) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => std::ptr::fn_addr_eq(left, right),
        (None, None) => true,
        _ => false,
    }
}
