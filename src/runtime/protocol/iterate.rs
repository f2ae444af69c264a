//! Iteration.

use std::cell::Cell;
use std::hint::cold_path;

use crate::object::{Object, ObjectRef, layout};
use crate::runtime::field::Field;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::values::list::List;

/// More items than this are not gathered outside of the heap: that would be a gibibyte of references.
const MOST_GATHERED: usize = 1 << 27;

/// `iterator`: goes through an object by `object[0]`, `object[1]` and so on.
#[repr(C)]
pub struct SequenceIterator {
    /// The header.
    pub object: Object,
    /// The sequence; none at the end.
    pub sequence: Field<Option<ObjectRef>>,
    /// The next index.
    pub index: Cell<isize>,
}
layout!(SequenceIterator, object, Object);

impl Interpreter {
    /// `iter(object)`
    pub fn iter(&self, object: &Object) -> Outcome {
        let slots = &object.type_object().slots;
        let Some(slot) = slots.iter.get() else {
            // Dicts and unions have subscripts, but are no sequences.
            let is_mapping = object.as_dict().is_some() || object.is_exactly(&self.types.union_type);
            if slots.get_item.get().is_some() && !is_mapping {
                return self.new_sequence_iterator(object);
            }
            return Err(self.not_iterable(object));
        };
        let iterator = slot(self, object)?;
        if iterator.type_object().slots.next.get().is_none() {
            let kind = iterator.type_name();
            return Err(self.type_error(format_args!("iter() returned non-iterator of type '{kind}'")));
        }
        Ok(iterator)
    }

    /// TypeError for what cannot be iterated.
    #[cold]
    pub fn not_iterable(&self, object: &Object) -> crate::runtime::Raised {
        self.type_error(format_args!("'{}' object is not iterable", object.type_name()))
    }

    /// An iterator over `object[0]`, `object[1]` and so on.
    pub fn new_sequence_iterator(&self, sequence: &Object) -> Outcome {
        let made = self.birth_tracked(&self.types.sequence_iterator, |object| SequenceIterator {
            object,
            sequence: Field::new(Some(sequence.new_ref())),
            index: Cell::new(0),
        })?;
        Ok(made.into_object())
    }

    /// The next item, or none at the end, also where Python code says so by raising StopIteration.
    #[inline]
    pub fn next(&self, iterator: &Object) -> Outcome<Option<ObjectRef>> {
        self.next_or_raise(iterator).or_else(|raised| {
            cold_path();
            match self.take_if(&self.types.stop_iteration) {
                Some(_) => Ok(None),
                None => Err(raised),
            }
        })
    }

    /// The next item, or none at the end; a StopIteration that Python code raises stays raised, for an iterator over this one
    /// to hand on with its value.
    #[inline]
    pub fn next_or_raise(&self, iterator: &Object) -> Outcome<Option<ObjectRef>> {
        let Some(slot) = iterator.type_object().slots.next.get() else {
            let kind = iterator.type_name();
            return Err(self.type_error(format_args!("'{kind}' object is not an iterator")));
        };
        self.guard_native()?;
        slot(self, iterator)
    }

    /// All items of an iterable.
    pub fn collect(&self, iterable: &Object) -> Outcome<Vec<ObjectRef>> {
        if iterable.is_exactly(&self.types.list)
            && let Some(list) = iterable.as_list()
        {
            return self.collect_list(list);
        }
        if iterable.is_exactly(&self.types.tuple)
            && let Some(tuple) = iterable.as_tuple()
        {
            let mut items = self.room_for(tuple.len())?;
            items.extend_from_slice(tuple.items());
            return Ok(items);
        }
        self.collect_by_iteration(iterable)
    }

    fn collect_list(&self, list: &List) -> Outcome<Vec<ObjectRef>> {
        let mut items = self.room_for(list.len())?;
        list.copy_to(&mut items);
        Ok(items)
    }

    fn collect_by_iteration(&self, iterable: &Object) -> Outcome<Vec<ObjectRef>> {
        let iterator = self.iter(iterable)?;
        let hint = self.length_hint(iterable, 0)?;
        let mut items = self.room_for(hint)?;
        while let Some(item) = self.next(&iterator)? {
            self.poll()?;
            if items.len() == items.capacity() {
                self.grow(&mut items)?;
            }
            items.push(item);
        }
        Ok(items)
    }

    fn room_for(&self, count: usize) -> Outcome<Vec<ObjectRef>> {
        let mut items = Vec::new();
        if count > MOST_GATHERED || items.try_reserve_exact(count).is_err() {
            return Err(self.raise_memory_error());
        }
        Ok(items)
    }

    fn grow(&self, items: &mut Vec<ObjectRef>) -> Outcome<()> {
        if items.len() >= MOST_GATHERED || items.try_reserve(1).is_err() {
            return Err(self.raise_memory_error());
        }
        Ok(())
    }

    /// Calls `each` with every item, until it answers false.
    pub fn for_each(
        &self,
        iterable: &Object,
        each: &mut dyn FnMut(ObjectRef) -> Outcome<bool>,
    ) -> Outcome<()> {
        let iterator = self.iter(iterable)?;
        while let Some(item) = self.next(&iterator)? {
            self.poll()?;
            if !each(item)? {
                break;
            }
        }
        Ok(())
    }
}
