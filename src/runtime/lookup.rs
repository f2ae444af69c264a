//! Attribute lookup: along the MRO with a cache, then the generic protocol of instances.

use std::cell::Cell;
use std::ptr::NonNull;

use super::instances::{dict_field, prefix_of};
use super::interpreter::Interpreter;
use super::outcome::Outcome;
use super::protocol::call::full_name;
use super::type_object::{DictPlace, TypeObject, Typed};
use crate::object::{Object, ObjectRef, Ref};
use crate::values::dict::{Dict, NeedsComparison};
use crate::values::instance_values::{InstanceValues, SharedKeys};
use crate::values::text::Text;

const CACHE_SIZE: usize = 1024;

/// Remembers where names were found along MROs. An entry counts while the type's version is the one it was made for;
/// versions never recur, so an entry of a type that died can never be taken for one of a new type.
pub struct MethodCache {
    entries: Box<[CacheEntry]>,
}

#[derive(Default)]
struct CacheEntry {
    version: Cell<u32>,
    name: Cell<usize>,
    /// Borrowed: the type's namespaces own it while the version holds. Null where the name was not found.
    value: Cell<*const Object>,
}

impl Default for MethodCache {
    fn default() -> Self {
        Self { entries: (0..CACHE_SIZE).map(|_| CacheEntry::default()).collect() }
    }
}

impl MethodCache {
    #[inline]
    fn entry(&self, version: u32, name: &Text) -> &CacheEntry {
        &self.entries[(version as usize ^ (name.address() >> 4)) % CACHE_SIZE]
    }

    /// Forgets a name that dies: its address may be another's soon.
    pub(super) fn forget_name(&self, name: &Text) {
        for entry in self.entries.iter().filter(|entry| entry.name.get() == name.address()) {
            entry.version.set(0);
        }
    }
}

impl Interpreter {
    /// The attribute of a type or its bases, unbound; none where there is none.
    #[inline]
    pub fn type_lookup(&self, kind: &TypeObject, name: &Text) -> Option<ObjectRef> {
        // SAFETY: the reference is counted before anything else can run.
        self.type_lookup_borrowed(kind, name).map(|found| unsafe { found.as_ref() }.new_ref())
    }

    /// The same without counting: valid until a namespace changes, so until Python runs.
    #[inline]
    pub fn type_lookup_borrowed(&self, kind: &TypeObject, name: &Text) -> Option<NonNull<Object>> {
        let version = kind.version.get();
        if version != 0 && name.is_interned() {
            let entry = self.method_cache.entry(version, name);
            if entry.version.get() == version && entry.name.get() == name.address() {
                return NonNull::new(entry.value.get().cast_mut());
            }
        }
        self.type_lookup_slow(kind, name)
    }

    #[inline(never)]
    fn type_lookup_slow(&self, kind: &TypeObject, name: &Text) -> Option<NonNull<Object>> {
        let found = self.search_mro(kind, name);
        let version = if name.is_interned() { self.version_of(kind) } else { 0 };
        if version != 0 {
            let entry = self.method_cache.entry(version, name);
            entry.version.set(version);
            entry.name.set(name.address());
            name.mark_as_cached_name();
            entry.value.set(found.map_or(std::ptr::null(), |found| found.as_ptr()));
        }
        found
    }

    fn search_mro(&self, kind: &TypeObject, name: &Text) -> Option<NonNull<Object>> {
        // SAFETY: looking up an exact text in a namespace of exact texts runs no Python; keys that are no exact texts
        // are passed over.
        unsafe {
            let mro = kind.mro.borrow().as_ref()?;
            mro.items().iter().find_map(|base| {
                let namespace = base.as_type()?.dict.borrow().as_ref()?;
                let index = namespace.find_text(name)?;
                Some(namespace.borrow_value_at(index).pointer())
            })
        }
    }

    /// Looks a special method up on the type and binds it to the object. None where there is none.
    pub fn lookup_special(&self, object: &Object, name: &Text) -> Option<Outcome> {
        let found = self.type_lookup(object.type_object(), name)?;
        Some(match found.type_object().slots.descriptor_get.get() {
            Some(get) => get(self, &found, Some(object), Some(object.type_object())),
            None => Ok(found),
        })
    }

    /// `object.__getattribute__`; none where there is no such attribute (nothing is raised then).
    pub fn generic_get_attribute(&self, object: &Object, name: &Text) -> Outcome<Option<ObjectRef>> {
        let kind = object.type_object();
        let found = self.type_lookup(kind, name);
        let getter = found.as_ref().and_then(|found| found.type_object().slots.descriptor_get.get());
        if let (Some(found), Some(get)) = (&found, getter)
            && found.type_object().slots.descriptor_set.get().is_some()
        {
            return get(self, found, Some(object), Some(kind)).map(Some);
        }
        if let Some(value) = self.own_attribute(object, name)? {
            return Ok(Some(value));
        }
        match (found, getter) {
            (Some(found), Some(get)) => get(self, &found, Some(object), Some(kind)).map(Some),
            (found, _) => Ok(found),
        }
    }

    /// What the instance itself has under a name: in its values or its dict.
    pub fn own_attribute(&self, object: &Object, name: &Text) -> Outcome<Option<ObjectRef>> {
        if let Some((values, keys)) = own_values(object) {
            // SAFETY: values and keys belong to this instance and its type.
            return Ok(keys.index_of(name).and_then(|index| unsafe { values.get(index) }));
        }
        match dict_field(object).and_then(|field| field.get()) {
            Some(dict) => self.dict_get_text(dict.as_dict().expect("dict fields hold dicts"), name),
            None => Ok(None),
        }
    }

    /// The names that the instance itself has, in the order of their making. Asking makes no dict.
    pub fn own_names(&self, object: &Object) -> Vec<ObjectRef> {
        if let Some((values, keys)) = own_values(object) {
            let index = |position| usize::from(values.name_index(position));
            return (0..values.len())
                .filter_map(|position| keys.names().get(index(position)).cloned())
                .collect();
        }
        let Some(dict) = dict_field(object).and_then(|field| field.get()) else { return Vec::new() };
        let dict = dict.as_dict().expect("dict fields hold dicts");
        let mut position = 0;
        std::iter::from_fn(|| dict.next_entry(&mut position)).map(|(_, key, _)| key).collect()
    }

    /// `object.__setattr__`, or `__delattr__` where there is no value.
    pub fn generic_set_attribute(&self, object: &Object, name: &Text, value: Option<&Object>) -> Outcome<()> {
        let kind = object.type_object();
        let found = self.type_lookup(kind, name);
        if let Some(set) = found.as_ref().and_then(|found| found.type_object().slots.descriptor_set.get()) {
            return set(self, found.as_ref().expect("it has a slot"), object, value);
        }
        if kind.dict_place.get() == DictPlace::None {
            return Err(self.no_such_attribute_to_set(object, name, found.is_some()));
        }
        match value {
            Some(value) => self.set_own_attribute(object, name, value.new_ref()),
            None => match self.delete_own_attribute(object, name)? {
                true => Ok(()),
                false => Err(self.no_such_attribute_to_set(object, name, false)),
            },
        }
    }

    /// Writes an attribute into the instance's values or dict.
    fn set_own_attribute(&self, object: &Object, name: &Text, value: ObjectRef) -> Outcome<()> {
        if let Some(index) = self.values_index_for(object, name)? {
            let values = prefix_of(object).and_then(|prefix| prefix.values.get()).expect("it has values");
            // SAFETY: the index lies within the values that `values_index_for` saw to.
            let old = unsafe { values.set(index, value) };
            drop(old);
            return Ok(());
        }
        let dict = self.instance_dict(object)?.expect("the type has a place for a dict");
        if dict.lookup_text(name, name.kind()).is_err() {
            return self.dict_set(&dict, name, value);
        }
        self.dict_set_text(&dict, name, value)
    }

    /// The index of the value of a name in an instance that keeps values, making values and key where needed. None
    /// where the attribute belongs into a dict.
    fn values_index_for(&self, object: &Object, name: &Text) -> Outcome<Option<u16>> {
        let Some(prefix) = prefix_of(object) else { return Ok(None) };
        if prefix.dict.is_some() || !name.is_interned() {
            return Ok(None);
        }
        let Some(keys) = object.type_object().shared_keys.get() else { return Ok(None) };
        // SAFETY: a type keeps its shared keys until it dies.
        let keys = unsafe { keys.as_ref() };
        let Some(index) = keys.index_of(name).or_else(|| keys.add(name)) else { return Ok(None) };
        if prefix.values.get().is_none() {
            prefix.values.set(Some(InstanceValues::new(keys)?));
        }
        Ok(Some(index))
    }

    fn delete_own_attribute(&self, object: &Object, name: &Text) -> Outcome<bool> {
        if let Some((values, keys)) = own_values(object) {
            // SAFETY: values and keys belong to this instance and its type.
            let old = keys.index_of(name).and_then(|index| unsafe { values.delete(index) });
            return Ok(old.is_some());
        }
        match dict_field(object).and_then(|field| field.get()) {
            Some(dict) => {
                let dict = dict.as_dict().expect("dict fields hold dicts");
                match dict.lookup_text(name, name.kind()) {
                    Ok(_) => self.dict_remove_text(dict, name),
                    Err(NeedsComparison) => self.dict_remove(dict, name),
                }
            }
            None => Ok(false),
        }
    }

    /// AttributeError in CPython's words for reading.
    #[cold]
    pub fn no_such_attribute(&self, object: &Object, name: &Text) -> super::outcome::Raised {
        let attribute = name.to_rust_string_lossy();
        let message = match object.as_type() {
            Some(kind) => format!("type object '{}' has no attribute '{attribute}'", full_name(kind)),
            None => format!("'{}' object has no attribute '{attribute}'", object.type_name()),
        };
        self.attribute_error(message, object, name)
    }

    /// AttributeError in CPython's words for writing, which does not keep the object.
    #[cold]
    fn no_such_attribute_to_set(&self, object: &Object, name: &Text, exists: bool) -> super::outcome::Raised {
        let (kind, attribute) = (object.type_name(), name.to_rust_string_lossy());
        let message = match exists {
            true => format!("'{kind}' object attribute '{attribute}' is read-only"),
            false => format!("'{kind}' object has no attribute '{attribute}'"),
        };
        self.raise_text(&self.types.attribute_error, &message)
    }

    /// `dict[name]` for an exact text. A key of another type with the same hash is asked whether it is equal.
    pub fn dict_get_text(&self, dict: &Dict, name: &Text) -> Outcome<Option<ObjectRef>> {
        match dict.lookup_text(name, name.kind()) {
            Ok(found) => Ok(found.and_then(|index| dict.value_at(index))),
            Err(NeedsComparison) => self.dict_get(dict, name),
        }
    }

    /// `dict[name] = value` for an exact text.
    pub fn dict_set_text(&self, dict: &Dict, name: &Text, value: ObjectRef) -> Outcome<()> {
        let old = dict.insert_text(&super::protocol::counted(name), value)?;
        drop(old);
        Ok(())
    }

    /// `del dict[name]` for an exact text; says whether it was there.
    pub fn dict_remove_text(&self, dict: &Dict, name: &Text) -> Outcome<bool> {
        let removed = dict.remove_text(name);
        Ok(removed.is_some())
    }

    /// `dict[name] = value` for Rust text, interned.
    pub fn dict_set_str(&self, dict: &Dict, name: &str, value: ObjectRef) -> Outcome<()> {
        let name = self.intern(name)?;
        self.dict_set_text(dict, &name, value)
    }

    /// `dict[name]` for Rust text.
    pub fn dict_get_str(&self, dict: &Dict, name: &str) -> Outcome<Option<ObjectRef>> {
        let name = self.intern(name)?;
        self.dict_get_text(dict, &name)
    }
}

/// The values of an instance and the keys they belong to, while it has no dict.
fn own_values(object: &Object) -> Option<(InstanceValues, &SharedKeys)> {
    let values = prefix_of(object)?.values.get()?;
    // SAFETY: a type keeps its shared keys until it dies, and its instances keep it.
    object.type_object().shared_keys.get().map(|keys| (values, unsafe { keys.as_ref() }))
}

/// Computes the MRO of a class from its bases (C3 linearisation).
///
/// # Errors
/// The bases that cannot be ordered.
pub fn linearise(
    kind: &Ref<TypeObject>,
    bases: &[Ref<TypeObject>],
) -> Result<Vec<ObjectRef>, Vec<ObjectRef>> {
    if let [base] = bases
        && let Some(mro) = base.mro.get()
    {
        // One base leaves no choice.
        return Ok(std::iter::once(kind.as_object().clone()).chain(mro.items().iter().cloned()).collect());
    }
    let mut lists: Vec<Vec<ObjectRef>> =
        bases.iter().map(|base| base.mro.get().map_or_else(Vec::new, |mro| mro.items().to_vec())).collect();
    lists.push(bases.iter().map(|base| base.as_object().clone()).collect());
    let mut result = vec![kind.as_object().clone()];
    let mut heads = vec![0usize; lists.len()];
    let mut in_tails = count_tails(&lists);
    loop {
        let live = || lists.iter().zip(&heads).filter(|(list, head)| **head < list.len());
        if live().next().is_none() {
            return Ok(result);
        }
        let candidate = live()
            .map(|(list, head)| &list[*head])
            .find(|head| !in_tails.contains_key(&head.address()))
            .cloned();
        let Some(chosen) = candidate else {
            return Err(live().map(|(list, head)| list[*head].clone()).collect());
        };
        for (list, head) in lists.iter().zip(&mut heads) {
            if list.get(*head).is_some_and(|first| first.is(&chosen)) {
                *head += 1;
                if let Some(next) = list.get(*head) {
                    forget_tail(&mut in_tails, next.address());
                }
            }
        }
        result.push(chosen);
    }
}

/// How often each type stands behind the head of a list.
fn count_tails(lists: &[Vec<ObjectRef>]) -> rustc_hash::FxHashMap<usize, usize> {
    let mut counts = rustc_hash::FxHashMap::default();
    for kind in lists.iter().flat_map(|list| list.iter().skip(1)) {
        *counts.entry(kind.address()).or_default() += 1;
    }
    counts
}

fn forget_tail(counts: &mut rustc_hash::FxHashMap<usize, usize>, address: usize) {
    if let Some(count) = counts.get_mut(&address) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&address);
        }
    }
}
