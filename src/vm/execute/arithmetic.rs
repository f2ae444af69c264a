//! Fast paths of numbers: reading and writing ints of one digit and floats in their blocks.

use std::hint::cold_path;

use super::operands::take_reference;
use crate::object::Object;
use crate::runtime::Interpreter;
use crate::runtime::interpreter::{GREATEST_INT, SMALLEST_INT};
use crate::runtime::stack::Register;
use crate::types::range::iterators::RangeIterator;
use crate::values::float::Float;
use crate::values::integer::Integer;

/// Bytes of an int of one digit.
const ONE_DIGIT: usize = 28;

/// The value of an exact int of at most one digit.
///
/// # Safety
/// The register holds an int.
#[inline(always)]
pub unsafe fn int_of(object: Register) -> Option<i64> {
    // SAFETY: as promised.
    unsafe { (*object.cast::<Integer>()).as_one_digit() }
}

/// The values of two exact ints of at most one digit that are not negative.
///
/// # Safety
/// The registers hold ints.
#[inline(always)]
pub unsafe fn digits_of(left: Register, right: Register) -> Option<(i64, i64)> {
    // SAFETY: as promised.
    unsafe { (*left.cast::<Integer>()).digits_of_both(&*right.cast::<Integer>()) }
}

/// The values of two exact ints of at most one digit.
///
/// # Safety
/// The registers hold ints.
#[inline(always)]
pub unsafe fn ints_of(left: Register, right: Register) -> Option<(i64, i64)> {
    // SAFETY: as promised.
    unsafe { int_of(left).zip(int_of(right)) }
}

/// The value of an exact int of at most two digits.
unsafe fn long_of(object: Register) -> Option<i64> {
    // SAFETY: as promised.
    let integer = unsafe { &*object.cast::<Integer>() };
    let size = match integer.digits() {
        [] => 0,
        [low] => i64::from(*low),
        [low, high] => i64::from(*high) << 30 | i64::from(*low),
        _ => return None,
    };
    Some(if integer.is_negative() { -size } else { size })
}

/// A new int computed from two exact ints of at most two digits, or none: for larger ones, and where the function
/// refuses.
///
/// # Safety
/// The registers hold ints.
#[inline(never)]
pub unsafe fn long_arithmetic(
    cx: &Interpreter,
    left: Register,
    right: Register,
    compute: fn(i64, i64) -> Option<i64>,
) -> Option<Register> {
    // SAFETY: as promised.
    let (p, q) = unsafe { (long_of(left)?, long_of(right)?) };
    let made = new_int(cx, compute(p, q)?);
    (!made.is_null()).then_some(made)
}

/// The value of a float.
///
/// # Safety
/// The register holds a float.
#[inline(always)]
pub unsafe fn read_float(object: Register) -> f64 {
    // SAFETY: as promised.
    unsafe { (*object.cast::<Float>()).value() }
}

/// Overwrites a float that nobody else holds.
///
/// # Safety
/// The register holds a float with one reference.
#[inline(always)]
pub unsafe fn write_float(object: Register, value: f64) {
    // SAFETY: as promised.
    unsafe { (*object.cast::<Float>()).set_value(value) }
}

/// The value of an exact float or small exact int as a float.
///
/// # Safety
/// The register holds an object.
#[inline(always)]
unsafe fn float_of(cx: &Interpreter, object: Register) -> Option<f64> {
    // SAFETY: as promised.
    unsafe {
        let kind = (*object).kind_pointer();
        if kind == cx.types.float.head_pointer() {
            Some(read_float(object))
        } else if kind == cx.types.int.head_pointer() {
            int_of(object).map(|value| value as f64)
        } else {
            None
        }
    }
}

/// Whether an int has one digit and no sign, and is none of the small integers, which are shared objects.
#[inline(always)]
pub fn is_fresh_digit(value: i64) -> bool {
    const FIRST: u64 = GREATEST_INT as u64 + 1;
    (value as u64).wrapping_sub(FIRST) < (1 << 30) - FIRST
}

/// Overwrites an int of one digit that nobody else holds.
///
/// # Safety
/// The register holds an int of one digit with one reference that is no small integer.
#[inline(always)]
pub unsafe fn write_digit(object: Register, value: i64) {
    // SAFETY: as promised.
    unsafe { (*object.cast::<Integer>()).write_digit(value) }
}

/// A new int for a value that [`is_fresh_digit`], or null where a block takes more than a moment.
#[inline(always)]
pub fn new_digit(cx: &Interpreter, value: i64) -> Register {
    match cx.space.heap.allocate_at_once(ONE_DIGIT) {
        // SAFETY: the block has room for an int of one digit; header and fields are written.
        Some(block) => unsafe {
            let object = block.cast::<Object>().as_ptr();
            object.write(Object::new(cx.types.int.head_pointer()));
            (*object.cast::<Integer>()).write_digit(value);
            object
        },
        None => std::ptr::null_mut(),
    }
}

/// The shared object of a small integer.
#[inline(always)]
pub fn small_int(cx: &Interpreter, value: i64) -> Option<Register> {
    // SAFETY: the index is in range.
    (SMALLEST_INT..=GREATEST_INT).contains(&value).then(|| {
        unsafe { cx.small_ints.get_unchecked((value - SMALLEST_INT) as usize) }.as_pointer().as_ptr()
    })
}

/// A new int, or null where there is no memory (MemoryError is raised then).
#[inline(always)]
pub fn new_int(cx: &Interpreter, value: i64) -> Register {
    if let Some(small) = small_int(cx, value) {
        // SAFETY: the object is there.
        return unsafe { take_reference(small) };
    }
    if value.unsigned_abs() < 1 << 30
        && let Some(block) = cx.space.heap.allocate(ONE_DIGIT)
    {
        // SAFETY: the block has room for an int of one digit; header and fields are written.
        unsafe {
            let object = block.cast::<Object>().as_ptr();
            object.write(Object::new(cx.types.int.head_pointer()));
            (*object.cast::<Integer>()).write_one_digit(value);
            return object;
        }
    }
    new_long(cx, value)
}

#[cold]
#[inline(never)]
fn new_long(cx: &Interpreter, value: i64) -> Register {
    match cx.new_int(value) {
        Ok(object) => object.into_raw().as_ptr(),
        Err(_) => std::ptr::null_mut(),
    }
}

/// A new float, or null where a block takes more than a moment.
#[inline(always)]
pub fn float_at_once(cx: &Interpreter, value: f64) -> Register {
    match cx.space.heap.allocate_at_once(size_of::<Float>()) {
        // SAFETY: the block has room for a float; header and value are written.
        Some(block) => unsafe {
            let object = block.cast::<Object>().as_ptr();
            object.write(Object::new(cx.types.float.head_pointer()));
            (*object.cast::<Float>()).set_value(value);
            object
        },
        None => std::ptr::null_mut(),
    }
}

/// A new float, or null where there is no memory (MemoryError is raised then).
#[cold]
#[inline(never)]
pub fn new_float(cx: &Interpreter, value: f64) -> Register {
    match cx.new_float(value) {
        Ok(object) => object.into_raw().as_ptr(),
        Err(_) => std::ptr::null_mut(),
    }
}

/// The values of two numbers of which one is a float and the other a float or an int of one digit, or none.
///
/// # Safety
/// The registers hold objects.
#[inline(always)]
pub unsafe fn mixed_floats(cx: &Interpreter, left: Register, right: Register) -> Option<(f64, f64)> {
    // SAFETY: as promised.
    unsafe { float_of(cx, left).zip(float_of(cx, right)) }
}

/// `p // q` of small ints.
#[inline(always)]
pub fn floor_divide(p: i64, q: i64) -> Option<i64> {
    if p >= 0 && q > 0 {
        return Some(i64::from(p as u32 / q as u32));
    }
    (q != 0).then(|| {
        let quotient = p / q;
        if p % q != 0 && (p < 0) != (q < 0) { quotient - 1 } else { quotient }
    })
}

/// `p % q` of small ints.
#[inline(always)]
pub fn modulo(p: i64, q: i64) -> Option<i64> {
    if p >= 0 && q > 0 {
        return Some(i64::from(p as u32 % q as u32));
    }
    (q != 0).then(|| {
        let rest = p % q;
        if rest != 0 && (rest < 0) != (q < 0) { rest + q } else { rest }
    })
}

/// `p << q` of small ints with a small result.
#[inline(always)]
pub fn left_shift(p: i64, q: i64) -> Option<i64> {
    (0..=32).contains(&q).then(|| p << q)
}

/// `p >> q` of small ints.
#[inline(always)]
pub fn right_shift(p: i64, q: i64) -> Option<i64> {
    (q >= 0).then(|| p >> q.min(63))
}

/// The truth of None, bools, ints and floats; none for other objects.
///
/// # Safety
/// The register holds an object.
#[inline(always)]
pub unsafe fn truth_of(cx: &Interpreter, object: Register) -> Option<bool> {
    // SAFETY: as promised.
    unsafe {
        if std::ptr::eq(object, cx.true_.as_pointer().as_ptr()) {
            return Some(true);
        }
        if std::ptr::eq(object, cx.false_.as_pointer().as_ptr())
            || std::ptr::eq(object, cx.none.as_pointer().as_ptr())
        {
            return Some(false);
        }
        if (*object).kind_pointer() == cx.types.int.head_pointer() {
            return Some(!(*object.cast::<Integer>()).is_zero());
        }
        None
    }
}

/// The next int of a range iterator, or null at its end.
///
/// # Safety
/// The register holds a range iterator.
#[inline(always)]
pub unsafe fn range_next(cx: &Interpreter, iterator: Register) -> Register {
    // SAFETY: as promised.
    let range = unsafe { &*iterator.cast::<RangeIterator>() };
    let remaining = range.remaining.get();
    if remaining <= 0 {
        cold_path();
        return std::ptr::null_mut();
    }
    let value = range.next.get();
    range.remaining.set(remaining - 1);
    range.next.set(value.wrapping_add(range.step.get()));
    if is_fresh_digit(value) {
        let item = new_digit(cx, value);
        if !item.is_null() {
            return item;
        }
    }
    cold_path();
    new_int(cx, value)
}
