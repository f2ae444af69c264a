//! Lengths, items and slices.

use std::hint::cold_path;

use crate::object::Object;
use crate::runtime::type_object::{TypeFlags, Typed};
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::values::integer::Integer;
use crate::values::slice::Slice;
use crate::values::slice_indices::SliceBounds;

/// Whether CPython's type has the slots of sequences.
fn is_sequence(object: &Object) -> bool {
    let kind = object.type_object();
    kind.has(TypeFlags::HEAP) || kind.slots.length.get().is_some() || kind.slots.contains.get().is_some()
}

impl Interpreter {
    /// `len(object)`
    pub fn length(&self, object: &Object) -> Outcome<usize> {
        match object.type_object().slots.length.get() {
            Some(slot) => slot(self, object),
            None => {
                Err(self.type_error(format_args!("object of type '{}' has no len()", object.type_name())))
            }
        }
    }

    /// `operator.length_hint(object, default)`
    pub fn length_hint(&self, object: &Object, default: usize) -> Outcome<usize> {
        if let Some(slot) = object.type_object().slots.length.get() {
            match slot(self, object) {
                Ok(length) => return Ok(length),
                Err(raised) => drop(self.take_if(&self.types.type_error).ok_or(raised)?),
            }
        }
        let hint = match self.call_special(object, &self.names.length_hint, &[]) {
            None => return Ok(default),
            Some(Ok(hint)) => hint,
            Some(Err(raised)) => return self.take_if(&self.types.type_error).map(|_| default).ok_or(raised),
        };
        if self.is_not_implemented(&hint) {
            return Ok(default);
        }
        if hint.as_int().is_none() {
            let kind = hint.type_name();
            return Err(self.type_error(format_args!("__length_hint__ must be an integer, not {kind}")));
        }
        let hint = hint.as_int().and_then(Integer::to_i64);
        let hint = hint.ok_or_else(|| self.overflow_error("Python int too large to convert to C ssize_t"))?;
        usize::try_from(hint).map_err(|_| self.value_error("__length_hint__() should return >= 0"))
    }

    /// `object[key]`
    pub fn get_item(&self, object: &Object, key: &Object) -> Outcome {
        match object.type_object().slots.get_item.get() {
            Some(slot) => slot(self, object, key),
            None => self.get_class_item(object, key),
        }
    }

    /// `kind[key]` of a type: `__class_getitem__`.
    fn get_class_item(&self, object: &Object, key: &Object) -> Outcome {
        let Some(kind) = object.as_type() else {
            return Err(self.type_error(format_args!("'{}' object is not subscriptable", object.type_name())));
        };
        if object.is(&self.types.type_) {
            return self.call(&self.types.generic_alias, &[object.new_ref(), key.new_ref()]);
        }
        match self.find_attribute(object, &self.names.class_getitem)? {
            Some(method) if !self.is_none(&method) => self.call(&method, &[key.new_ref()]),
            _ => Err(self.type_error(format_args!("type '{}' is not subscriptable", kind.name_text()))),
        }
    }

    /// `object[key] = value`
    pub fn set_item(&self, object: &Object, key: &Object, value: &Object) -> Outcome<()> {
        match object.type_object().slots.set_item.get() {
            Some(slot) => slot(self, object, key, Some(value)),
            None => {
                self.check_place(object, key)?;
                let kind = object.type_name();
                Err(self.type_error(format_args!("'{kind}' object does not support item assignment")))
            }
        }
    }

    /// `del object[key]`
    pub fn delete_item(&self, object: &Object, key: &Object) -> Outcome<()> {
        match object.type_object().slots.set_item.get() {
            Some(slot) => slot(self, object, key, None),
            None => {
                self.check_place(object, key)?;
                Err(self.cannot_delete_item(object, key))
            }
        }
    }

    /// A sequence converts the place first, even when it cannot be changed.
    #[cold]
    fn check_place(&self, object: &Object, key: &Object) -> Outcome<()> {
        if is_sequence(object) && key.type_object().slots.index.get().is_some() {
            self.index_isize(key, Some(&self.types.index_error))?;
        }
        Ok(())
    }

    /// CPython words this differently for sequences.
    #[cold]
    fn cannot_delete_item(&self, object: &Object, key: &Object) -> Raised {
        let is_sequence = is_sequence(object);
        let has_index = key.type_object().slots.index.get().is_some();
        let words = if is_sequence && has_index { "doesn't" } else { "does not" };
        self.type_error(format_args!("'{}' object {words} support item deletion", object.type_name()))
    }

    /// `item in container`
    pub fn contains(&self, container: &Object, item: &Object) -> Outcome<bool> {
        match container.type_object().slots.contains.get() {
            Some(slot) => slot(self, container, item),
            None => self.contains_by_iteration(container, item),
        }
    }

    /// Looks for an equal item one by one.
    pub fn contains_by_iteration(&self, container: &Object, item: &Object) -> Outcome<bool> {
        let iterator = match self.iter(container) {
            Ok(iterator) => iterator,
            Err(raised) => {
                drop(self.take_if(&self.types.type_error).ok_or(raised)?);
                let kind = container.type_name();
                return Err(self.type_error(format_args!("argument of type '{kind}' is not iterable")));
            }
        };
        while let Some(candidate) = self.next(&iterator)? {
            self.poll()?;
            if self.equal(&candidate, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Where a slice begins, ends and steps in a sequence of so many items. Evaluating it can run Python code: ask for
    /// the length again where that can have changed it.
    pub fn slice_bounds(&self, slice: &Slice, length: usize) -> Outcome<SliceBounds> {
        let (start, stop, step) = self.slice_parts(slice)?;
        Ok(SliceBounds::adjust(length, start, stop, step))
    }

    /// The parts of a slice as machine words, clamped; none for None. The step is 1 where it is not given.
    pub fn slice_parts(&self, slice: &Slice) -> Outcome<(Option<isize>, Option<isize>, isize)> {
        // A slice never changes, and the caller keeps it.
        let step = self.slice_index(slice.borrow_step())?.unwrap_or(1);
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        Ok((
            self.slice_index(slice.borrow_start())?,
            self.slice_index(slice.borrow_stop())?,
            step.max(-isize::MAX),
        ))
    }

    /// The parts of a slice as machine words for [`SliceBounds::fit`]: start, stop, step.
    #[inline(always)]
    pub fn slice_words(&self, slice: &Slice) -> Outcome<[isize; 3]> {
        let step = self.slice_word(slice.borrow_step(), 1);
        let missing =
            if step.is_some_and(|step| step < 0) { [isize::MAX, isize::MIN] } else { [0, isize::MAX] };
        let start = self.slice_word(slice.borrow_start(), missing[0]);
        let stop = self.slice_word(slice.borrow_stop(), missing[1]);
        if let (Some(start), Some(stop), Some(step)) = (start, stop, step)
            && step != 0
        {
            return Ok([start, stop, step]);
        }
        cold_path();
        self.slice_words_asked(slice)
    }

    #[cold]
    #[inline(never)]
    fn slice_words_asked(&self, slice: &Slice) -> Outcome<[isize; 3]> {
        let (start, stop, step) = self.slice_parts(slice)?;
        let missing = if step < 0 { [isize::MAX, isize::MIN] } else { [0, isize::MAX] };
        Ok([start.unwrap_or(missing[0]), stop.unwrap_or(missing[1]), step])
    }

    /// A part of a slice that is None, which stands for `missing`, or an int of one digit, as mostly.
    #[inline(always)]
    fn slice_word(&self, part: &Object, missing: isize) -> Option<isize> {
        if self.is_none(part) {
            return Some(missing);
        }
        let Some(word) = self.exact_int(part).and_then(Integer::as_one_digit) else {
            cold_path();
            return None;
        };
        Some(word as isize)
    }

    /// A part of a slice as a machine word, clamped; none for None.
    pub fn slice_index(&self, part: &Object) -> Outcome<Option<isize>> {
        if self.is_none(part) {
            return Ok(None);
        }
        if let Some(word) = self.exact_int(part).and_then(|part| part.to_i64()) {
            return Ok(Some(word as isize));
        }
        if part.type_object().slots.index.get().is_none() {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        self.index_isize(part, None).map(Some)
    }
}
