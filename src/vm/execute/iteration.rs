//! Short ways of iteration: the next item of built-in iterators, without asking for slots.
//!
//! None of these runs Python code, but for the death of what an iterator held. Each answers null where the general way
//! must be taken; nothing has happened then.

use std::hint::cold_path;
use std::ptr::NonNull;

use super::arithmetic::{new_int, range_next};
use super::builders::{list_next, tuple_next};
use super::operands::{is_exactly, take_reference};
use crate::object::{Object, ObjectRef};
use crate::runtime::stack::Register;
use crate::runtime::{Field, Interpreter};
use crate::types::dict::iterators::DictIterator;
use crate::types::iterators::enumerate::Enumerate;
use crate::types::iterators::list::ListIterator;
use crate::types::iterators::zip::Zip;
use crate::types::set::iterator::SetIterator;
use crate::types::text::TextIterator;
use crate::values::dict::Dict;
use crate::values::list::List;
use crate::values::set::Set;
use crate::values::text::Text;
use crate::values::tuple::Tuple;

/// The next item, or null where the iterator's own function must be asked, as at its end.
///
/// # Safety
/// The register holds an object.
#[inline(never)]
pub unsafe fn next_item(cx: &Interpreter, iterator: Register) -> Register {
    let types = &cx.types;
    // SAFETY: the register keeps the iterator, which keeps what it goes through; nothing runs meanwhile.
    unsafe {
        let kind = (*iterator).kind_pointer();
        if kind == types.dict_item_iterator.head_pointer() {
            return dict_item(&*iterator.cast::<DictIterator>());
        }
        if kind == types.enumerate.head_pointer() {
            return numbered_item(cx, &*iterator.cast::<Enumerate>());
        }
        if kind == types.zip.head_pointer() {
            return zipped_pair(cx, &*iterator.cast::<Zip>());
        }
        if kind == types.set_iterator.head_pointer() {
            return set_element(&*iterator.cast::<SetIterator>());
        }
        if kind == types.dict_key_iterator.head_pointer() {
            return match dict_entry(&*iterator.cast::<DictIterator>()) {
                Some((key, _)) => take_reference(key.pointer().as_ptr()),
                None => std::ptr::null_mut(),
            };
        }
        if kind == types.dict_value_iterator.head_pointer() {
            return match dict_entry(&*iterator.cast::<DictIterator>()) {
                Some((_, value)) => take_reference(value.pointer().as_ptr()),
                None => std::ptr::null_mut(),
            };
        }
        if kind == types.ascii_iterator.head_pointer() || kind == types.text_iterator.head_pointer() {
            let iterator = &*iterator.cast::<TextIterator>();
            if let Some(text) = iterator.text.borrow() {
                let (text, index) = (text.cast::<Text>(), iterator.index.get());
                if index < text.length()
                    && let Some(shared) = cx.latin_texts.get(text.character(index) as usize)
                {
                    iterator.index.set(index + 1);
                    return take_reference(shared.as_object().as_pointer().as_ptr());
                }
            }
        }
        std::ptr::null_mut()
    }
}

/// Key and value of the next entry of a dict that has not changed; none also at the end, which is told elsewhere. Both
/// are borrowed from the dict.
#[inline(always)]
unsafe fn dict_entry(iterator: &DictIterator) -> Option<(&Object, &Object)> {
    // SAFETY: the iterator keeps the dict, and nothing runs while it is borrowed.
    unsafe {
        let dict = iterator.dict.borrow().as_ref()?.cast::<Dict>();
        let remaining = iterator.remaining.get();
        if iterator.used.get() != dict.len() || remaining == 0 {
            cold_path();
            return None;
        }
        let mut position = iterator.index.get();
        let (_, key, value) = dict.borrow_next_entry(&mut position)?;
        iterator.index.set(position);
        iterator.remaining.set(remaining - 1);
        Some((key, value))
    }
}

/// The next element of a set that has not changed, or null.
#[inline(always)]
unsafe fn set_element(iterator: &SetIterator) -> Register {
    // SAFETY: the iterator keeps the set, and nothing runs while it is borrowed.
    unsafe {
        let Some(set) = iterator.set.borrow() else { return std::ptr::null_mut() };
        let (set, mut position) = (set.cast::<Set>(), iterator.position.get());
        if iterator.used.get() != set.len() {
            return std::ptr::null_mut();
        }
        let Some((_, element)) = set.next_entry(&mut position) else { return std::ptr::null_mut() };
        iterator.position.set(position);
        iterator.remaining.set(iterator.remaining.get().saturating_sub(1));
        element.into_raw().as_ptr()
    }
}

/// The next entry in the tuple that was handed out before, if nobody else holds it any more, or null.
#[inline(always)]
unsafe fn dict_item(iterator: &DictIterator) -> Register {
    // SAFETY: the iterator keeps the tuple.
    unsafe {
        let Some(result) = unseen(&iterator.result) else { return std::ptr::null_mut() };
        match dict_entry(iterator) {
            Some((key, value)) => refill(result, key.new_ref(), value.new_ref()),
            None => std::ptr::null_mut(),
        }
    }
}

/// The next number with the next item of a list, likewise.
#[inline(always)]
unsafe fn numbered_item(cx: &Interpreter, iterator: &Enumerate) -> Register {
    // SAFETY: the iterator keeps the tuple and the iterator of the list.
    unsafe {
        let (inner, index) = (iterator.iterator.lent().pointer().as_ptr(), iterator.index.get());
        let Some(result) = unseen(&iterator.result) else {
            cold_path();
            return std::ptr::null_mut();
        };
        let item = if index == i64::MAX { std::ptr::null_mut() } else { simple_item(cx, inner) };
        let Some(item) = owned(item) else {
            cold_path();
            return std::ptr::null_mut();
        };
        let Some(number) = owned(new_int(cx, index)) else {
            cold_path();
            return std::ptr::null_mut();
        };
        iterator.index.set(index + 1);
        refill(result, number, item)
    }
}

/// The next item of a list, of a tuple or of a range, or null.
#[inline(always)]
unsafe fn simple_item(cx: &Interpreter, iterator: Register) -> Register {
    // SAFETY: the register holds an iterator.
    unsafe {
        let kind = (*iterator).kind_pointer();
        if kind == cx.types.list_iterator.head_pointer() {
            list_next(iterator)
        } else if kind == cx.types.tuple_iterator.head_pointer() {
            tuple_next(iterator)
        } else if kind == cx.types.range_iterator.head_pointer() {
            range_next(cx, iterator)
        } else {
            std::ptr::null_mut()
        }
    }
}

/// The next items of two lists, likewise. Where one has come to its end, the iterator's own function finds out which.
#[inline(always)]
unsafe fn zipped_pair(cx: &Interpreter, iterator: &Zip) -> Register {
    // SAFETY: the iterator keeps the tuple and the iterators of the lists.
    unsafe {
        let Some(result) = unseen(&iterator.result) else { return std::ptr::null_mut() };
        let [first, second] = iterator.iterators.borrow().cast::<Tuple>().items() else {
            return std::ptr::null_mut();
        };
        let kind = cx.types.list_iterator.head_pointer();
        let (first, second) = (first.as_pointer().as_ptr(), second.as_pointer().as_ptr());
        if !is_exactly(first, kind)
            || !is_exactly(second, kind)
            || first == second
            || !has_next(first)
            || !has_next(second)
        {
            return std::ptr::null_mut();
        }
        match owned(list_next(first)).zip(owned(list_next(second))) {
            Some((first, second)) => refill(result, first, second),
            None => std::ptr::null_mut(),
        }
    }
}

/// Whether a list iterator is not at its end.
#[inline(always)]
unsafe fn has_next(iterator: Register) -> bool {
    // SAFETY: the register holds a list iterator, which keeps its list.
    unsafe {
        let iterator = &*iterator.cast::<ListIterator>();
        iterator.list.borrow().as_ref().is_some_and(|list| iterator.index.get() < list.cast::<List>().len())
    }
}

#[inline(always)]
unsafe fn owned(object: Register) -> Option<ObjectRef> {
    // SAFETY: null or an owned reference.
    NonNull::new(object).map(|object| unsafe { ObjectRef::from_owned(object) })
}

/// The pair that an iterator handed out before, if nobody else holds it any more.
#[inline(always)]
unsafe fn unseen(kept: &Field<Option<ObjectRef>>) -> Option<&Tuple> {
    // SAFETY: the caller keeps the iterator, and nothing that runs meanwhile changes the field.
    unsafe { kept.borrow().as_ref().filter(|pair| pair.count() == 1).map(|pair| pair.cast::<Tuple>()) }
}

/// Hands a pair out once more. What it held before is dropped when it has another owner.
#[inline(always)]
unsafe fn refill(pair: &Tuple, first: ObjectRef, second: ObjectRef) -> Register {
    let old = pair.replace_pair(first, second);
    // SAFETY: the iterator keeps the pair.
    let pair = unsafe { take_reference(pair.object.pointer().as_ptr()) };
    drop(old);
    pair
}
