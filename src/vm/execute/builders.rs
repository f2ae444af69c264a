//! Displays, strings, unpacking, and fast paths of subscripts and list iteration.

use std::hint::cold_path;
use std::ptr::NonNull;

use super::operands::{drop_register, is_exactly, kept, operand_b, take_reference};
use crate::bytecode::Instruction;
use crate::object::{Object, ObjectRef};
use crate::runtime::stack::Register;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::iterators::list::ListIterator;
use crate::types::iterators::tuple::TupleIterator;
use crate::types::text;
use crate::values::dict::Dict;
use crate::values::integer::Integer;
use crate::values::list::List;
use crate::values::set::Set;
use crate::values::slice::Slice;
use crate::values::text::Text;
use crate::values::tuple::Tuple;

/// Moves the references of a run of temporaries out.
unsafe fn take_run(fp: *mut Register, i: Instruction) -> impl ExactSizeIterator<Item = ObjectRef> {
    let first = i.b as usize;
    // SAFETY: the run is owned; each register is read once.
    (0..i.c as usize).map(move |index| unsafe {
        let slot = fp.add(first + index);
        ObjectRef::from_owned(NonNull::new_unchecked(std::mem::replace(&mut *slot, std::ptr::null_mut())))
    })
}

/// The references of a run, as they stand in their registers.
unsafe fn run<'a>(fp: *mut Register, i: Instruction) -> &'a [ObjectRef] {
    // SAFETY: the run is owned by its registers, which stay while the instruction runs.
    unsafe { std::slice::from_raw_parts(fp.add(i.b as usize).cast::<ObjectRef>(), i.c as usize) }
}

unsafe fn drop_run(fp: *mut Register, i: Instruction) {
    // SAFETY: the run is owned.
    unsafe { take_run(fp, i).for_each(drop) }
}

#[inline(never)]
pub unsafe fn build_tuple(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    if i.c == 0 {
        return Ok(cx.empty_tuple.clone().into_object());
    }
    // SAFETY: the references move from the registers into the tuple; on failure they stay.
    unsafe {
        let slots = fp.add(i.b as usize).cast::<NonNull<Object>>();
        Ok(Tuple::from_raw_slots(&cx.types.tuple, slots, i.c as usize)?.into_object())
    }
}

#[inline(never)]
pub unsafe fn build_list(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: capacity first, so that nothing is taken when there is no memory.
    unsafe {
        let list = List::new(&cx.types.list, i.c as usize)?;
        for item in take_run(fp, i) {
            list.push(item)?;
        }
        Ok(list.into_object())
    }
}

#[inline(never)]
pub unsafe fn build_set(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: the run stays owned until all are added.
    unsafe {
        let set = Set::new(&cx.types.set)?;
        for item in run(fp, i) {
            cx.set_add_lent(&set, item)?;
        }
        drop_run(fp, i);
        Ok(set.into_object())
    }
}

#[inline(never)]
pub unsafe fn build_map(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    let pairs = Instruction { c: i.c * 2, ..i };
    // SAFETY: the run stays owned until all are added.
    unsafe {
        if i.c == 0 {
            return Ok(Dict::new(&cx.types.dict)?.into_object());
        }
        let dict = Dict::with_room(&cx.types.dict, i.c as usize)?;
        let row = run(fp, pairs);
        // Keys that are texts need nothing that could refuse them: there is room for all.
        if row.iter().step_by(2).all(|key| key.is_exactly(&cx.types.str)) {
            let mut parts = take_run(fp, pairs);
            while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
                let hash = key.cast::<Text>().hash();
                cx.dict_set_hashed(&dict, key, hash, value)?;
            }
            return Ok(dict.into_object());
        }
        cold_path();
        for pair in row.chunks_exact(2) {
            cx.dict_set(&dict, &pair[0], pair[1].clone())?;
        }
        drop_run(fp, pairs);
        Ok(dict.into_object())
    }
}

#[inline(never)]
pub unsafe fn build_string(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: the run holds texts.
    unsafe {
        let made = text::split::join_row(cx, run(fp, i))?;
        drop_run(fp, i);
        Ok(made)
    }
}

#[inline(never)]
pub unsafe fn format_value(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: value, and spec where the flag says so, are owned temporaries.
    unsafe {
        let count = if i.c & 4 != 0 { 2 } else { 1 };
        let parts = Instruction { c: count, ..i };
        let value = &mut *fp.add(i.b as usize);
        let converted = match i.c & 3 {
            0 => None,
            1 => Some(cx.str(&**value)?),
            2 => Some(cx.repr(&**value)?),
            _ => Some(cx.ascii(&**value)?),
        };
        if let Some(converted) = converted {
            drop_register(std::mem::replace(value, converted.into_raw().as_ptr()));
        }
        let value = &**value;
        let result = match run(fp, parts).get(1) {
            Some(spec) => cx.format(value, spec)?,
            None if value.is_exactly(&cx.types.str) => value.new_ref(),
            None => cx.format(value, &cx.empty_text)?,
        };
        drop_run(fp, parts);
        Ok(result)
    }
}

#[inline(never)]
pub unsafe fn build_slice(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: two or three owned temporaries, which move into the slice; on failure they stay.
    unsafe {
        let parts = fp.add(i.b as usize).cast::<ObjectRef>();
        let none = &cx.none;
        Ok(Slice::from_raw_slots(&cx.types.slice, parts, i.c as usize, none)?.into_object())
    }
}

pub unsafe fn list_append(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is a list that the compiler made.
    unsafe {
        let list = kept(fp, i.a).cast::<List>();
        list.reserve(1)?;
        list.push(operand_b(cx, fp, i)?.take())?;
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn set_add(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is a set that the compiler made.
    unsafe {
        let item = operand_b(cx, fp, i)?;
        cx.set_add_lent(kept(fp, i.a).cast(), &item)?;
        item.consume();
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn map_add(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is a dict that the compiler made.
    unsafe {
        let key = operand_b(cx, fp, i)?;
        let value = super::operands::operand_c(cx, fp, i)?;
        cx.dict_set(kept(fp, i.a).cast(), &key, (*value).new_ref())?;
        key.consume();
        value.consume();
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn list_extend(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is a list that the compiler made.
    unsafe {
        let iterable = operand_b(cx, fp, i)?;
        let list = kept(fp, i.a).cast::<List>();
        if iterable.type_object().slots.iter.get().is_none()
            && iterable.type_object().slots.get_item.get().is_none()
        {
            let kind = iterable.type_name();
            return Err(cx.type_error(format_args!("Value after * must be an iterable, not {kind}")));
        }
        crate::types::list::extend(cx, list, &iterable)?;
        iterable.consume();
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn set_update(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is a set that the compiler made.
    unsafe {
        let iterable = operand_b(cx, fp, i)?;
        cx.set_update(kept(fp, i.a).cast::<Set>(), &iterable)?;
        iterable.consume();
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn dict_update(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is a dict that the compiler made.
    unsafe {
        let mapping = operand_b(cx, fp, i)?;
        if mapping.as_dict().is_none() && cx.find_attribute(&mapping, &cx.names.keys)?.is_none() {
            return Err(cx.type_error(format_args!("'{}' object is not a mapping", mapping.type_name())));
        }
        cx.dict_update(kept(fp, i.a).cast(), &mapping)?;
        mapping.consume();
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn dict_merge(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is the keyword dict, c the callee; both stay.
    unsafe {
        let mapping = operand_b(cx, fp, i)?;
        let callee = kept(fp, i.c).new_ref();
        crate::vm::calls::spread::merge_keywords(cx, kept(fp, i.a).cast(), &mapping, &callee)?;
        mapping.consume();
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn list_to_tuple(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: b is a list that the compiler made.
    unsafe {
        let list = operand_b(cx, fp, i)?;
        let items = (*list).cast::<List>().borrow_items().to_vec();
        let tuple = cx.new_tuple_from(items)?;
        list.consume();
        Ok(tuple)
    }
}

/// Writes items to `count` temporaries from `first` on, the first item highest.
unsafe fn write_reversed(fp: *mut Register, first: u16, items: Vec<ObjectRef>) {
    let count = items.len();
    for (index, item) in items.into_iter().enumerate() {
        // SAFETY: the registers are dead temporaries.
        unsafe { *fp.add(first as usize + count - 1 - index) = item.into_raw().as_ptr() };
    }
}

#[inline(never)]
pub unsafe fn unpack_sequence(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says.
    unsafe {
        let source = operand_b(cx, fp, i)?;
        let wanted = i.c as usize;
        if cx.exact_list(&source).is_some_and(|list| list.len() == wanted) {
            let source = source.take();
            write_row(fp, i, source.cast::<List>().borrow_items());
            drop(source);
            return Ok(());
        }
        let items = unpack_iterable(cx, &source, wanted)?;
        let source = source.take();
        write_reversed(fp, i.a, items);
        drop(source);
    }
    Ok(())
}

/// Writes the items of a tuple that has as many as the instruction wants.
#[inline(always)]
pub unsafe fn write_items(fp: *mut Register, i: Instruction, source: Register) {
    // SAFETY: the register holds a tuple of c items; so many temporaries from a on are free.
    unsafe { write_row(fp, i, (*source.cast::<Tuple>()).items()) }
}

/// Writes references to as many items as the instruction wants.
#[inline(always)]
unsafe fn write_row(fp: *mut Register, i: Instruction, items: &[ObjectRef]) {
    // SAFETY: so many temporaries from a on are free.
    unsafe {
        let mut slot = fp.add(i.a as usize + i.c as usize);
        for item in items {
            slot = slot.sub(1);
            *slot = take_reference(item.as_pointer().as_ptr());
        }
    }
}

/// Exactly so many items of an iterable.
fn unpack_iterable(cx: &Interpreter, source: &Object, wanted: usize) -> Outcome<Vec<ObjectRef>> {
    let iterator = iterator_to_unpack(cx, source)?;
    let mut unpacked = Unpacked::default();
    unpacked.take(cx, &iterator, wanted, || format!("expected {wanted}"))?;
    match cx.next(&iterator)? {
        None => Ok(std::mem::take(&mut unpacked.0)),
        Some(_) => Err(cx.value_error(format_args!("too many values to unpack (expected {wanted})"))),
    }
}

/// Items on their way to registers. Where there are too few or too many, the last one is dropped first.
#[derive(Default)]
struct Unpacked(Vec<ObjectRef>);

impl Unpacked {
    fn take(
        &mut self,
        cx: &Interpreter,
        iterator: &Object,
        wanted: usize,
        expectation: impl Fn() -> String,
    ) -> Outcome<()> {
        while self.0.len() < wanted {
            match cx.next(iterator)? {
                Some(item) => self.0.push(item),
                None => return Err(too_few(cx, &expectation(), self.0.len())),
            }
        }
        Ok(())
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        while let Some(item) = self.0.pop() {
            drop(item);
        }
    }
}

#[cold]
fn too_few(cx: &Interpreter, expectation: &str, got: usize) -> Raised {
    cx.value_error(format_args!("not enough values to unpack ({expectation}, got {got})"))
}

fn iterator_to_unpack(cx: &Interpreter, source: &Object) -> Outcome {
    let slots = &source.type_object().slots;
    if slots.iter.get().is_none() && slots.get_item.get().is_none() {
        return Err(cx.type_error(format_args!("cannot unpack non-iterable {} object", source.type_name())));
    }
    cx.iter(source)
}

#[inline(never)]
pub unsafe fn unpack_extended(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    counts: u64,
) -> Outcome<()> {
    let (before, after) = (counts as u32 as usize, (counts >> 32) as usize);
    // SAFETY: as the instruction says.
    unsafe {
        let source = operand_b(cx, fp, i)?;
        let iterator = iterator_to_unpack(cx, &source)?;
        let mut unpacked = Unpacked::default();
        let expectation = || format!("expected at least {}", before + after);
        unpacked.take(cx, &iterator, before, expectation)?;
        let mut middle = cx.collect(&iterator)?;
        if middle.len() < after {
            let got = before + middle.len();
            return Err(too_few(cx, &expectation(), got));
        }
        let tail = middle.split_off(middle.len() - after);
        unpacked.0.push(cx.new_list(middle)?);
        unpacked.0.extend(tail);
        drop(iterator);
        let source = source.take();
        write_reversed(fp, i.a, std::mem::take(&mut unpacked.0));
        drop(source);
    }
    Ok(())
}

/// The place that a number from the start says in a sequence of some length; none for others.
///
/// # Safety
/// The key is an exact int.
#[inline(always)]
pub unsafe fn digit_in(key: Register, length: usize) -> Option<usize> {
    // SAFETY: as promised.
    let index = unsafe { (*key.cast::<Integer>()).as_digit()? } as usize;
    if index >= length {
        cold_path();
        return None;
    }
    Some(index)
}

/// The place of an item in a sequence of some length, or none where the slow path must decide.
///
/// # Safety
/// The key is an exact int.
#[inline(always)]
unsafe fn index_in(key: Register, length: usize) -> Option<usize> {
    // SAFETY: as promised.
    unsafe {
        if let Some(index) = digit_in(key, length) {
            return Some(index);
        }
        cold_path();
        let index = (*key.cast::<Integer>()).as_one_digit()?;
        let index = if index < 0 { index + length as i64 } else { index };
        (0..length as i64).contains(&index).then_some(index as usize)
    }
}

/// The item of an exact list, tuple or dict, or null where the slow path must decide.
///
/// # Safety
/// The registers hold objects.
#[inline(always)]
pub unsafe fn item_at_once(cx: &Interpreter, container: Register, key: Register) -> Register {
    // SAFETY: as promised, and the types are asked for.
    unsafe {
        let kind = (*container).kind_pointer();
        if is_exactly(key, cx.types.int.head_pointer()) {
            if kind == cx.types.list.head_pointer() {
                return list_item(&*container.cast::<List>(), key);
            }
            if kind == cx.types.tuple.head_pointer() {
                return tuple_item(&*container.cast::<Tuple>(), key);
            }
        } else if kind == cx.types.dict.head_pointer() && is_exactly(key, cx.types.str.head_pointer()) {
            return dict_item(container, key);
        }
        std::ptr::null_mut()
    }
}

/// The item of a list, or null where the slow path must decide.
#[inline(always)]
unsafe fn list_item(list: &List, key: Register) -> Register {
    // SAFETY: the index is in range; the reference is counted at once.
    unsafe {
        match index_in(key, list.len()) {
            Some(index) => list.borrow(index).pointer().as_ptr(),
            None => std::ptr::null_mut(),
        }
    }
}

/// The place of an item of a list, or null.
#[inline(always)]
pub unsafe fn list_place(list: &List, key: Register) -> *mut Register {
    // SAFETY: the index is in range.
    unsafe {
        match index_in(key, list.len()) {
            Some(index) => list.borrow_items().as_ptr().add(index).cast_mut().cast::<Register>(),
            None => std::ptr::null_mut(),
        }
    }
}

/// The item of a tuple, or null.
#[inline(always)]
pub unsafe fn tuple_item(tuple: &Tuple, key: Register) -> Register {
    // SAFETY: the key is an exact int.
    unsafe {
        match index_in(key, tuple.len()) {
            Some(index) => tuple.items().get_unchecked(index).as_pointer().as_ptr(),
            None => std::ptr::null_mut(),
        }
    }
}

/// The value of a text key in a dict whose keys are texts so far as the search goes, or null.
#[inline(always)]
pub unsafe fn dict_item(dict: Register, key: Register) -> Register {
    // SAFETY: exact dict and exact text.
    unsafe {
        let (dict, key) = (&*dict.cast::<Dict>(), &*key.cast::<Text>());
        match dict.lookup_text(key, key.kind()) {
            Ok(Some(index)) => std::ptr::from_ref(dict.borrow_value_at(index)).cast_mut(),
            _ => std::ptr::null_mut(),
        }
    }
}

/// The next item of a tuple iterator as a new reference, or null at its end, which is told elsewhere.
#[inline(always)]
pub unsafe fn tuple_next(iterator: Register) -> Register {
    // SAFETY: the register holds a tuple iterator, which keeps its tuple.
    unsafe {
        let iterator = &*iterator.cast::<TupleIterator>();
        let index = iterator.index.get();
        let Some(item) =
            iterator.tuple.borrow().as_ref().and_then(|tuple| tuple.cast::<Tuple>().items().get(index))
        else {
            cold_path();
            return std::ptr::null_mut();
        };
        iterator.index.set(index + 1);
        take_reference(item.as_pointer().as_ptr())
    }
}

/// The items of a tuple that has two, borrowed.
#[inline(always)]
pub unsafe fn pair_of(tuple: Register) -> [Register; 2] {
    // SAFETY: the register holds a tuple of two.
    let items = unsafe { (*tuple.cast::<Tuple>()).items() };
    [items[0].as_pointer().as_ptr(), items[1].as_pointer().as_ptr()]
}

/// The next item of a list iterator as a new reference, or null at its end.
#[inline(always)]
pub unsafe fn list_next(iterator: Register) -> Register {
    // SAFETY: the register holds a list iterator.
    unsafe {
        let iterator = &*iterator.cast::<ListIterator>();
        let Some(list) = iterator.list.borrow() else { return std::ptr::null_mut() };
        let list = list.cast::<List>();
        let index = iterator.index.get();
        if index >= list.len() {
            cold_path();
            drop(iterator.list.take());
            return std::ptr::null_mut();
        }
        iterator.index.set(index + 1);
        take_reference(list.borrow(index).pointer().as_ptr())
    }
}
