//! Equality and hash of code objects: by value, as compiling the same text twice gives equal code.
//!
//! The file and the qualified name do not count. Constants are equal only with their types, signs of zero and parts:
//! code of `1` is not that of `1.0` or `True`.

use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{Comparison, Interpreter, Outcome, Typed};
use crate::values::complex::Complex;
use crate::values::set::Set;
use crate::values::text::Text;
use crate::vm::code_object::CodeObject;

/// `==` and `!=`
pub fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let wanted = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return Ok(cx.not_implemented.clone()),
    };
    let (Some(one), Some(other)) = (left.layout::<CodeObject>(), right.layout::<CodeObject>()) else {
        return Ok(cx.not_implemented.clone());
    };
    let same = left.is(right) || same_code(one, other) && same_rows(cx, constants(one), constants(other))?;
    Ok(cx.new_bool(same == wanted))
}

fn constants(code: &CodeObject) -> &[ObjectRef] {
    &code.unit.constants
}

/// Everything but the constants.
fn same_code(one: &CodeObject, other: &CodeObject) -> bool {
    let (left, right) = (&one.unit.source, &other.unit.source);
    let counts = |code: &CodeObject| {
        let unit = &code.unit.source;
        let arguments = [unit.argument_count, unit.positional_only_count, unit.keyword_only_count];
        (arguments, unit.flags, unit.first_line)
    };
    left.name == right.name
        && counts(one) == counts(other)
        && left.instructions == right.instructions
        && left.names == right.names
        && left.variable_names == right.variable_names
        && left.cell_names == right.cell_names
        && left.free_names == right.free_names
        && left.locations == right.locations
        && left.marks == right.marks
        && left.handlers == right.handlers
}

fn same_rows(cx: &Interpreter, left: &[ObjectRef], right: &[ObjectRef]) -> Outcome<bool> {
    if left.len() != right.len() {
        return Ok(false);
    }
    for (left, right) in left.iter().zip(right) {
        if !same_constant(cx, left, right)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn same_constant(cx: &Interpreter, left: &Object, right: &Object) -> Outcome<bool> {
    if left.is(right) {
        return Ok(true);
    }
    if left.type_object().address() != right.type_object().address() {
        return Ok(false);
    }
    let complex_bits = |number: &Complex| [number.real().to_bits(), number.imaginary().to_bits()];
    if let (Some(left), Some(right)) = (left.as_float(), right.as_float()) {
        return Ok(left.value().to_bits() == right.value().to_bits());
    }
    if let (Some(left), Some(right)) = (left.as_complex(), right.as_complex()) {
        return Ok(complex_bits(left) == complex_bits(right));
    }
    if let (Some(left), Some(right)) = (left.as_tuple(), right.as_tuple()) {
        let _depth = cx.enter(" in comparison")?;
        return same_rows(cx, left.items(), right.items());
    }
    if let (Some(left), Some(right)) = (left.layout::<Set>(), right.layout::<Set>()) {
        return same_rows(cx, &members(left), &members(right));
    }
    cx.equal(left, right)
}

fn members(set: &Set) -> Vec<ObjectRef> {
    let mut position = 0;
    std::iter::from_fn(|| set.next_entry(&mut position)).map(|(_, member)| member).collect()
}

/// `hash(code)`
pub fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let Some(code) = object.layout::<CodeObject>() else {
        return crate::runtime::protocol::hash::unhashable(cx, object);
    };
    let _depth = cx.enter(" while calling a Python object")?;
    let unit = &code.unit.source;
    let names = |names: &[Ref<Text>]| {
        cx.hash(&*cx.new_tuple_from(names.iter().map(|name| name.as_object().clone()).collect())?)
    };
    let counts = [unit.argument_count, unit.positional_only_count, unit.keyword_only_count, unit.flags];
    let mixed = counts.into_iter().fold(0, |mixed, count| mixed ^ i64::from(count))
        ^ code.unit.name.hash()
        ^ cx.hash(&*cx.new_tuple(constants(code))?)?
        ^ names(&code.unit.names)?
        ^ names(&code.unit.local_names)?;
    Ok(if mixed == -1 { -2 } else { mixed })
}
