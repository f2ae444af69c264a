//! The operators of sets; both operands must be sets.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{copy, operations, set_of};
use crate::object::Object;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::values::set::Set;

/// Both operands as sets.
fn both<'a>(left: &'a Object, right: &'a Object) -> Option<(&'a Set, &'a Set)> {
    Some((left.as_any_set()?, right.as_any_set()?))
}

fn not_implemented(cx: &Interpreter) -> Outcome {
    Ok(cx.not_implemented.clone())
}

/// `left & right`
pub fn bit_and(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some((left, right)) = both(left, right) else { return not_implemented(cx) };
    Ok(operations::intersection(cx, left, right)?.into_object())
}

/// `left | right`
pub fn bit_or(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some((left, right)) = both(left, right) else { return not_implemented(cx) };
    let result = copy(cx, left)?;
    if !left.is(right) {
        cx.set_update(&result, right)?;
    }
    Ok(result.into_object())
}

/// `left ^ right`
pub fn bit_xor(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some((left, right)) = both(left, right) else { return not_implemented(cx) };
    Ok(operations::symmetric_difference(cx, left, right)?.into_object())
}

/// `left - right`
pub fn subtract(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some((left, right)) = both(left, right) else { return not_implemented(cx) };
    Ok(operations::difference(cx, left, right)?.into_object())
}

/// `object &= other`
pub fn inplace_bit_and(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    if other.as_any_set().is_none() {
        return not_implemented(cx);
    }
    let result = operations::intersection(cx, set_of(object), other)?;
    set_of(object).swap_contents(&result);
    Ok(object.new_ref())
}

/// `object |= other`
pub fn inplace_bit_or(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    if other.as_any_set().is_none() {
        return not_implemented(cx);
    }
    cx.set_update(set_of(object), other)?;
    Ok(object.new_ref())
}

/// `object ^= other`
pub fn inplace_bit_xor(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    if other.as_any_set().is_none() {
        return not_implemented(cx);
    }
    operations::symmetric_difference_update(cx, set_of(object), other)?;
    Ok(object.new_ref())
}

/// `object -= other`
pub fn inplace_subtract(cx: &Interpreter, object: &Object, other: &Object) -> Outcome {
    if other.as_any_set().is_none() {
        return not_implemented(cx);
    }
    operations::difference_update(cx, set_of(object), other)?;
    Ok(object.new_ref())
}
