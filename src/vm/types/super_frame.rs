//! What `super()` and class creation ask of the innermost frame.

use crate::object::{ObjectRef, Ref};
use crate::runtime::{Interpreter, Outcome};
use crate::types::type_type::GlobalsHook;
use crate::values::dict::Dict;
use crate::vm::code_object::CodeObject;
use crate::vm::frame::local_value;

/// Hangs both questions where the types look for their answers.
pub fn define(cx: &Interpreter) {
    cx.super_frame.set(Some(class_and_instance));
    cx.extension::<GlobalsHook>().0.set(Some(globals));
}

/// The class and the first argument that `super()` without arguments means.
fn class_and_instance(cx: &Interpreter) -> Outcome<(ObjectRef, ObjectRef)> {
    let Some(record) = cx.thread.stack.top() else {
        return Err(cx.runtime_error("super(): no current frame"));
    };
    // SAFETY: the innermost record is whole.
    let (code, registers) = unsafe { (&*record.as_ref().code.cast::<CodeObject>(), record.as_ref().fp) };
    if code.argument_count == 0 {
        return Err(cx.runtime_error("super(): no arguments"));
    }
    // SAFETY: the registers are the locals of the innermost frame.
    let Some(first) = (unsafe { local_value(cx, code, registers, 0) }) else {
        return Err(cx.runtime_error("super(): arg[0] deleted"));
    };
    let place = code.unit.local_names.iter().rposition(|local| local.is(&cx.names.class));
    let Some(place) = place.filter(|place| code.unit.cell_registers.contains(&(*place as u16))) else {
        return Err(cx.runtime_error("super(): __class__ cell not found"));
    };
    // SAFETY: as above.
    match unsafe { local_value(cx, code, registers, place) } {
        Some(class) => Ok((class, first)),
        None => Err(cx.runtime_error("super(): empty __class__ cell")),
    }
}

fn globals(cx: &Interpreter) -> Option<Ref<Dict>> {
    // SAFETY: globals are always a dict.
    cx.current_globals().map(|globals| unsafe { globals.cast_into() })
}
