//! Short ways of slow paths on exact texts, lists, tuples and longer ints: what the protocols would come to, without
//! asking for slots.
//!
//! None of these runs Python code. Each looks at its operands first and answers none, or null, where the general way
//! must be taken; nothing has been consumed then.

use std::hint::cold_path;
use std::ptr::NonNull;

use super::operands::{are_exactly, drop_register, is_exactly, operand_b, take_reference};
use crate::bytecode::{Instruction, Kinds, Op};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::stack::Register;
use crate::runtime::{Comparison, Interpreter, Outcome, Typed};
use crate::types::{list, text, tuple};
use crate::values::bytearray::ByteArray;
use crate::values::integer::Integer;
use crate::values::list::List;
use crate::values::slice::Slice;
use crate::values::slice_indices::{SliceBounds, normalise};
use crate::values::text::{Text, TextSlice};

/// Two exact texts.
#[inline(always)]
unsafe fn texts<'a>(cx: &Interpreter, left: Register, right: Register) -> Option<(&'a Text, &'a Text)> {
    let kind = cx.types.str.head_pointer();
    // SAFETY: the registers hold objects, which stay while the instruction runs.
    unsafe {
        (is_exactly(left, kind) && is_exactly(right, kind))
            .then(|| (&*left.cast::<Text>(), &*right.cast::<Text>()))
    }
}

/// Moves a reference out of its register.
#[inline(always)]
unsafe fn take(slot: *mut Register) -> ObjectRef {
    // SAFETY: the register owns an object.
    unsafe {
        ObjectRef::from_owned(NonNull::new_unchecked(std::mem::replace(&mut *slot, std::ptr::null_mut())))
    }
}

/// Drops what an instruction consumes of its operands b and c.
#[inline(always)]
pub unsafe fn consume(fp: *mut Register, i: Instruction, is_constant: bool) {
    // SAFETY: temporaries are owned; they are empty before their objects can die.
    unsafe {
        if i.kinds & Kinds::B_LOCAL == 0 {
            let slot = fp.add(i.b as usize);
            drop_register(std::mem::replace(&mut *slot, std::ptr::null_mut()));
        }
        if !is_constant && i.kinds & Kinds::C_LOCAL == 0 {
            let slot = fp.add(i.c as usize);
            drop_register(std::mem::replace(&mut *slot, std::ptr::null_mut()));
        }
    }
}

/// `b + right` of texts. A local that the sum is stored to again, and that nobody else holds, grows in place, as in
/// the reference.
#[inline(always)]
pub unsafe fn concatenate(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    right: Register,
) -> Option<Outcome> {
    // SAFETY: as the instruction says; the grown text takes the place of the local's at once.
    unsafe {
        let slot = fp.add(i.b as usize);
        let (left, other) = texts(cx, *slot, right)?;
        if i.a == i.b && i.kinds & Kinds::B_LOCAL != 0 && left.count() == 1 && !left.is(other) {
            let owned: Ref<Text> = ObjectRef::from_owned(NonNull::new_unchecked(*slot)).cast_into();
            let (text, grown) = match Text::try_append_in_place(owned, other) {
                Ok(text) => (text, true),
                Err(text) => (text, false),
            };
            *slot = text.into_object().into_raw().as_ptr();
            if grown {
                return Some(Ok((**slot).new_ref()));
            }
        }
        Some(text::concat(cx, &*(*slot).cast::<Text>(), other))
    }
}

/// `left + right` of exact lists.
#[inline(always)]
pub unsafe fn join_lists(cx: &Interpreter, left: Register, right: Register) -> Option<Outcome> {
    // SAFETY: the registers hold objects, which stay while the instruction runs.
    unsafe {
        if !are_exactly(left, right, cx.types.list.head_pointer()) {
            return None;
        }
        Some(list::joined(cx, &*left.cast::<List>(), &*right.cast::<List>()))
    }
}

/// A sum, difference, product or bitwise operation of exact ints that fit a machine word, with a result that does.
#[inline(always)]
pub unsafe fn compute_words(cx: &Interpreter, op: u8, left: Register, right: Register) -> Option<Outcome> {
    let kind = cx.types.int.head_pointer();
    // SAFETY: the registers hold objects.
    let (left, right) = unsafe {
        if !is_exactly(left, kind) || !is_exactly(right, kind) {
            return None;
        }
        ((*left.cast::<Integer>()).to_i64()?, (*right.cast::<Integer>()).to_i64()?)
    };
    const ADD: u8 = Op::Add as u8;
    const ADD_CONSTANT: u8 = Op::AddConstant as u8;
    const SUBTRACT: u8 = Op::Subtract as u8;
    const SUBTRACT_CONSTANT: u8 = Op::SubtractConstant as u8;
    const MULTIPLY: u8 = Op::Multiply as u8;
    const MULTIPLY_CONSTANT: u8 = Op::MultiplyConstant as u8;
    const AND: u8 = Op::BitAnd as u8;
    const AND_CONSTANT: u8 = Op::BitAndConstant as u8;
    const OR: u8 = Op::BitOr as u8;
    const OR_CONSTANT: u8 = Op::BitOrConstant as u8;
    const XOR: u8 = Op::BitXor as u8;
    const XOR_CONSTANT: u8 = Op::BitXorConstant as u8;
    let value = match op {
        ADD | ADD_CONSTANT => left.checked_add(right)?,
        SUBTRACT | SUBTRACT_CONSTANT => left.checked_sub(right)?,
        MULTIPLY | MULTIPLY_CONSTANT => left.checked_mul(right)?,
        AND | AND_CONSTANT => left & right,
        OR | OR_CONSTANT => left | right,
        XOR | XOR_CONSTANT => left ^ right,
        _ => return None,
    };
    Some(cx.new_int(value))
}

/// An ordering of texts.
#[inline(always)]
pub unsafe fn compare(
    cx: &Interpreter,
    left: Register,
    right: Register,
    comparison: Comparison,
) -> Option<bool> {
    // SAFETY: the registers hold objects.
    let (left, right) = unsafe { texts(cx, left, right) }?;
    let order = match (left.only_byte(), right.only_byte()) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => {
            cold_path();
            left.compare(right)
        }
    };
    Some(comparison.holds(order))
}

/// Whether a text of one byte a character contains another of one character.
#[inline(always)]
pub unsafe fn contains(cx: &Interpreter, item: Register, container: Register) -> Option<bool> {
    // SAFETY: the registers hold objects.
    let (item, container) = unsafe { texts(cx, item, container) }?;
    let unit = item.only_byte()?;
    match container.as_slice() {
        TextSlice::Latin1(units) => Some(units.contains(&unit)),
        _ => None,
    }
}

/// The character of a text at an index, or null.
#[inline(always)]
pub unsafe fn character(cx: &Interpreter, container: Register, key: Register) -> Register {
    // SAFETY: the registers hold objects.
    unsafe {
        if !is_exactly(container, cx.types.str.head_pointer())
            || !is_exactly(key, cx.types.int.head_pointer())
        {
            return std::ptr::null_mut();
        }
        let text = &*container.cast::<Text>();
        let index = (*key.cast::<Integer>())
            .as_one_digit()
            .and_then(|index| normalise(index as isize, text.length()));
        let Some(index) = index else { return std::ptr::null_mut() };
        match text.byte(index).and_then(|byte| cx.latin_texts.get(byte as usize)) {
            Some(shared) => take_reference(shared.as_object().as_pointer().as_ptr()),
            None => std::ptr::null_mut(),
        }
    }
}

/// The byte of a byte array at an index from the start, as an int; null where it is none such.
#[inline(always)]
pub unsafe fn byte(cx: &Interpreter, container: Register, key: Register) -> Register {
    // SAFETY: the registers hold objects.
    unsafe {
        let types = &cx.types;
        if !is_exactly(container, types.bytearray.head_pointer())
            || !is_exactly(key, types.int.head_pointer())
        {
            return std::ptr::null_mut();
        }
        let array = &*container.cast::<ByteArray>();
        let index = (*key.cast::<Integer>()).as_digit();
        match index.and_then(|index| array.get(index as usize)) {
            Some(byte) => cx.new_byte(byte).into_raw().as_ptr(),
            None => std::ptr::null_mut(),
        }
    }
}

/// `container[key] = value` of a byte array, an index from the start and a byte; says whether they are these.
#[inline(always)]
pub unsafe fn store_byte(cx: &Interpreter, container: Register, key: Register, value: Register) -> bool {
    // SAFETY: the registers hold objects.
    unsafe {
        let types = &cx.types;
        if !is_exactly(container, types.bytearray.head_pointer())
            || !are_exactly(key, value, types.int.head_pointer())
        {
            return false;
        }
        let array = &*container.cast::<ByteArray>();
        let (place, byte) = ((*key.cast::<Integer>()).as_digit(), (*value.cast::<Integer>()).as_digit());
        match (place, byte) {
            (Some(place), Some(byte @ ..256)) if (place as usize) < array.len() => {
                array.set(place as usize, byte as u8);
                true
            }
            _ => false,
        }
    }
}

/// An end of a slice: none for None; nothing at all for what is no int of one digit.
#[inline(always)]
unsafe fn end_of(cx: &Interpreter, end: Register) -> Option<Option<isize>> {
    // SAFETY: the register holds an object.
    unsafe {
        if is_exactly(end, cx.types.int.head_pointer()) {
            return (*end.cast::<Integer>()).as_one_digit().map(|index| Some(index as isize));
        }
        cx.is_none(&*end).then_some(None)
    }
}

/// A slice of step 1 of an exact text, list or tuple.
#[inline(always)]
unsafe fn slice_of(cx: &Interpreter, container: &Object, start: Register, stop: Register) -> Option<Outcome> {
    // SAFETY: the registers hold objects.
    let (start, stop) = unsafe { (end_of(cx, start)?, end_of(cx, stop)?) };
    let bounds = |length: usize| SliceBounds::adjust(length, start, stop, 1);
    if container.is_exactly(&cx.types.str) {
        let length = container.as_text()?.length();
        return Some(text::get_slice(cx, container, bounds(length)));
    }
    if container.is_exactly(&cx.types.list) {
        let items = container.as_list()?;
        return Some(list::get_slice(cx, items, bounds(items.len())));
    }
    if container.is_exactly(&cx.types.tuple) {
        let items = container.as_tuple()?;
        return Some(tuple::get_slice(cx, items, bounds(items.len())));
    }
    None
}

/// `b[c : c + 1]`
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn load_slice(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: the ends are two owned temporaries; an unbound local is none of the types with a short way.
    unsafe {
        let ends = fp.add(i.c as usize);
        let result = match slice_of(cx, &**fp.add(i.b as usize), *ends, *ends.add(1)) {
            Some(Ok(result)) => result,
            Some(Err(raised)) => {
                cold_path();
                return Err(raised);
            }
            None => {
                cold_path();
                // The slice takes the place of its ends, which nobody else then holds.
                let (start, stop) = (take(ends), take(ends.add(1)));
                *ends =
                    Slice::new(&cx.types.slice, start, stop, cx.none())?.into_object().into_raw().as_ptr();
                let container = operand_b(cx, fp, i)?;
                cx.get_item(&container, &**ends)?
            }
        };
        consume(fp, i, false);
        drop_register(std::mem::replace(&mut *ends.add(1), std::ptr::null_mut()));
        Ok(result)
    }
}
