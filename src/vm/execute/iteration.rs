//! Short ways of iteration: the next item of built-in iterators, without asking for slots.
//!
//! None of these runs Python code, but for the death of what an iterator held. Each answers null where the general way
//! must be taken; nothing has happened then.

use std::hint::cold_path;
use std::ptr::NonNull;

use super::arithmetic::{new_int, range_next};
use super::builders::{list_next, tuple_next};
use super::operands::take_reference;
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
        // Each way is a function of its own, which is jumped to: none pays for what another one needs.
        if kind == types.dict_item_iterator.head_pointer() {
            return dict_item(cx, iterator);
        }
        if kind == types.zip.head_pointer() {
            return zipped_pair(cx, iterator);
        }
        if kind == types.enumerate.head_pointer() {
            return numbered_item(cx, iterator);
        }
        if kind == types.set_iterator.head_pointer() {
            return set_element(cx, iterator);
        }
        if kind == types.ascii_iterator.head_pointer() || kind == types.text_iterator.head_pointer() {
            return character(cx, iterator);
        }
        if kind == types.dict_key_iterator.head_pointer() || kind == types.dict_value_iterator.head_pointer()
        {
            return key_or_value(cx, iterator);
        }
        if kind == types.list_reverse_iterator.head_pointer() {
            return reversed_item(cx, iterator);
        }
        std::ptr::null_mut()
    }
}

/// The next item of a list in reverse, or null.
#[inline(never)]
unsafe fn reversed_item(cx: &Interpreter, iterator: Register) -> Register {
    // SAFETY: the iterator keeps the list.
    unsafe {
        let Some((item, behind)) = ahead(cx, iterator) else { return std::ptr::null_mut() };
        (*iterator.cast::<ListIterator>()).index.set(behind);
        take_reference(item.pointer().as_ptr())
    }
}

/// The next key or value of a dict that has not changed, or null.
#[inline(never)]
unsafe fn key_or_value(cx: &Interpreter, iterator: Register) -> Register {
    // SAFETY: the iterator keeps the dict, and nothing runs while key and value are borrowed.
    unsafe {
        let of_keys = (*iterator).kind_pointer() == cx.types.dict_key_iterator.head_pointer();
        match dict_entry(&*iterator.cast::<DictIterator>()) {
            Some((key, value)) => take_reference(if of_keys { key } else { value }.pointer().as_ptr()),
            None => std::ptr::null_mut(),
        }
    }
}

/// The next character of a text, if it is one of the shared ones, or null.
#[inline(never)]
unsafe fn character(cx: &Interpreter, iterator: Register) -> Register {
    // SAFETY: the iterator keeps the text.
    unsafe {
        let iterator = &*iterator.cast::<TextIterator>();
        let Some(text) = iterator.text.borrow() else { return std::ptr::null_mut() };
        let (text, index) = (text.cast::<Text>(), iterator.index.get());
        if index >= text.length() {
            return std::ptr::null_mut();
        }
        let point = match text.byte(index) {
            Some(byte) => u32::from(byte),
            None => text.character(index),
        };
        let Some(shared) = cx.latin_texts.get(point as usize) else { return std::ptr::null_mut() };
        iterator.index.set(index + 1);
        take_reference(shared.as_object().as_pointer().as_ptr())
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
#[inline(never)]
unsafe fn set_element(_: &Interpreter, iterator: Register) -> Register {
    // SAFETY: the iterator keeps the set, and nothing runs while it is borrowed.
    unsafe {
        let iterator = &*iterator.cast::<SetIterator>();
        let Some(set) = iterator.set.borrow() else { return std::ptr::null_mut() };
        let (set, mut position) = (set.cast::<Set>(), iterator.position.get());
        if iterator.used.get() != set.len() {
            return std::ptr::null_mut();
        }
        let found = set.next_entry(&mut position);
        iterator.position.set(position);
        let Some((_, element)) = found else { return std::ptr::null_mut() };
        iterator.remaining.set(iterator.remaining.get().saturating_sub(1));
        element.into_raw().as_ptr()
    }
}

/// The next entry in the tuple that was handed out before, if nobody else holds it any more, or null.
#[inline(never)]
unsafe fn dict_item(_: &Interpreter, iterator: Register) -> Register {
    // SAFETY: the iterator keeps the tuple.
    unsafe {
        let iterator = &*iterator.cast::<DictIterator>();
        let Some(result) = unseen(&iterator.result) else { return std::ptr::null_mut() };
        match dict_entry(iterator) {
            Some((key, value)) => refill(result, key.new_ref(), value.new_ref()),
            None => std::ptr::null_mut(),
        }
    }
}

/// The next number with the next item of a list, likewise.
#[inline(never)]
unsafe fn numbered_item(cx: &Interpreter, iterator: Register) -> Register {
    // SAFETY: the iterator keeps the tuple and the iterator of the list.
    unsafe {
        let iterator = &*iterator.cast::<Enumerate>();
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
#[inline(never)]
unsafe fn zipped_pair(cx: &Interpreter, iterator: Register) -> Register {
    // SAFETY: the iterator keeps the tuple and the iterators of the lists.
    unsafe {
        let iterator = &*iterator.cast::<Zip>();
        let Some(result) = unseen(&iterator.result) else { return std::ptr::null_mut() };
        let [first, second] = iterator.iterators.borrow().cast::<Tuple>().items() else {
            return std::ptr::null_mut();
        };
        let (first, second) = (first.as_pointer().as_ptr(), second.as_pointer().as_ptr());
        let Some((left, behind_left)) = ahead(cx, first) else { return std::ptr::null_mut() };
        let Some((right, behind_right)) = ahead(cx, second) else { return std::ptr::null_mut() };
        if first == second {
            cold_path();
            return std::ptr::null_mut();
        }
        (*first.cast::<ListIterator>()).index.set(behind_left);
        (*second.cast::<ListIterator>()).index.set(behind_right);
        refill(result, left.new_ref(), right.new_ref())
    }
}

/// The item before which an iterator over a list stands, in either direction, and the iterator's index behind it; none
/// at the end and for other iterators. The item is borrowed from the list.
#[inline(always)]
unsafe fn ahead<'a>(cx: &Interpreter, iterator: Register) -> Option<(&'a Object, usize)> {
    // SAFETY: the register holds an iterator, which keeps its list; nothing runs while the item is borrowed.
    unsafe {
        let kind = (*iterator).kind_pointer();
        let backwards = kind == cx.types.list_reverse_iterator.head_pointer();
        if !backwards && kind != cx.types.list_iterator.head_pointer() {
            return None;
        }
        let iterator = &*iterator.cast::<ListIterator>();
        let index = iterator.index.get();
        let (place, behind) = if backwards {
            let place = index.wrapping_sub(1);
            (place, place)
        } else {
            (index, index + 1)
        };
        let items = iterator.list.borrow().as_ref()?.cast::<List>().borrow_items();
        Some((items.get(place)?, behind))
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
    let [first, second] = pair.replace_pair(first, second);
    // SAFETY: the iterator keeps the pair.
    let pair = unsafe { take_reference(pair.object.pointer().as_ptr()) };
    drop(first);
    drop(second);
    pair
}
