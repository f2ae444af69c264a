//! The slot of comparisons: six special methods share it.

use std::ptr::fn_addr_eq;

use crate::object::{Object, Ref};
use crate::runtime::interpreter::Interpreter;
use crate::runtime::names::Names;
use crate::runtime::native::WrapperDescriptor;
use crate::runtime::outcome::Outcome;
use crate::runtime::slots::{Compare, Comparison};
use crate::runtime::type_object::{TypeFlags, Typed};
use crate::values::text::Text;

/// Whether a Python function compares the object with others: its frame counts both.
pub fn compares_by_function(cx: &Interpreter, object: &Object, comparison: Comparison) -> bool {
    let slot = object.type_object().slots.compare.get();
    slot.is_some_and(|slot| fn_addr_eq(slot, slot_compare as Compare))
        && cx
            .type_lookup(object.type_object(), compare_name(&cx.names, comparison))
            .is_some_and(|method| method.is_exactly(&cx.types.function))
}

/// The name of the special method of a comparison.
pub fn compare_name(names: &Names, comparison: Comparison) -> &Ref<Text> {
    match comparison {
        Comparison::Less => &names.lt,
        Comparison::LessEqual => &names.le,
        Comparison::Equal => &names.eq,
        Comparison::NotEqual => &names.ne,
        Comparison::Greater => &names.gt,
        Comparison::GreaterEqual => &names.ge,
    }
}

/// Asks the special method of one comparison.
pub(super) fn slot_compare(
    cx: &Interpreter,
    left: &Object,
    right: &Object,
    comparison: Comparison,
) -> Outcome {
    let name = compare_name(&cx.names, comparison);
    let found = cx.type_lookup(left.type_object(), name);
    // A call of a built-in type's special method packs all, then the arguments behind the first.
    let _packed = found
        .as_ref()
        .filter(|method| method.layout::<WrapperDescriptor>().is_some())
        .map(|_| (left.new_ref(), right.new_ref(), right.new_ref()));
    if found.is_some_and(|method| method.type_object().has(TypeFlags::METHOD_DESCRIPTOR)) {
        return cx.call_operator(left, name, right);
    }
    match cx.lookup_special(left, name) {
        Some(Ok(method)) => cx.call_lent(&method, [right]),
        // Where the method cannot even be read, the comparison is as if there were none.
        Some(Err(_)) => {
            drop(cx.take_exception());
            Ok(cx.not_implemented.clone())
        }
        None => Ok(cx.not_implemented.clone()),
    }
}
