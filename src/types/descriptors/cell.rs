//! `cell`: a variable that functions share.

#![forbid(unsafe_code)]

use super::receiver;
use crate::object::Object;
use crate::runtime::native::NativeAttribute;
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, TypeObject, TypeSpec, Typed};
use crate::values::cell::{Cell, lifecycle};

static ATTRIBUTES: &[NativeAttribute] =
    &[NativeAttribute::new("cell_contents", contents, "").with_set(set_contents)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(&cx.types.cell, TypeSpec {
        slots: |slots| {
            slots.repr.set(Some(repr));
            slots.compare.set(Some(compare));
            slots.new.set(Some(new));
        },
        attributes: ATTRIBUTES,
        documentation: "cell([contents])\n--\n\nCreate a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the \
                        cell will be empty,\n    and \n further attempts to access its cell_contents attribute \
                        will\n    raise a ValueError.",
        ..TypeSpec::of::<Cell>(lifecycle())
    })
}

fn cell(object: &Object) -> &Cell {
    receiver!(object, Cell)
}

fn new(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords("cell", arguments)?;
    cx.check_positional("cell", arguments.values.len(), 0, 1)?;
    Ok(Cell::new(&cx.types.cell, arguments.values.first().cloned())?.into_object())
}

fn contents(cx: &Interpreter, object: &Object) -> Outcome {
    cell(object).get().ok_or_else(|| cx.value_error("Cell is empty"))
}

fn set_contents(_: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    drop(cell(object).set(value.map(Object::new_ref)));
    Ok(())
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let address = object.address();
    match cell(object).get() {
        None => cx.new_text(&format!("<cell at {address:#x}: empty>")),
        Some(held) => {
            let (kind, at) = (held.type_name(), held.address());
            cx.new_text(&format!("<cell at {address:#x}: {kind} object at {at:#x}>"))
        }
    }
}

/// By contents; an empty cell is less than any other.
fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let (Some(left), Some(right)) = (left.layout::<Cell>(), right.layout::<Cell>()) else {
        return Ok(cx.not_implemented.clone());
    };
    match (left.get(), right.get()) {
        (Some(left), Some(right)) => cx.compare(&left, &right, comparison),
        (left, right) => {
            let order = left.is_some().cmp(&right.is_some());
            Ok(cx.new_bool(match comparison {
                Comparison::Less => order.is_lt(),
                Comparison::LessEqual => order.is_le(),
                Comparison::Equal => order.is_eq(),
                Comparison::NotEqual => order.is_ne(),
                Comparison::Greater => order.is_gt(),
                Comparison::GreaterEqual => order.is_ge(),
            }))
        }
    }
}
