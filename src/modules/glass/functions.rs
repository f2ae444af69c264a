//! The functions of the module.

use super::new_report;
use crate::inspect::stack;
use crate::object::Object;
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome};

/// All of them.
pub static FUNCTIONS: &[NativeMethod] = &[NativeMethod::new(
    "stack",
    NativeCode::NoArguments(stack_),
    "($module, /)",
    "The frames with their locals and temporaries, innermost first.",
)];

fn stack_(cx: &Interpreter, _: &Object) -> Outcome {
    new_report(cx, stack::stack(cx))
}
