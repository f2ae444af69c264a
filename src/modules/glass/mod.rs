//! `glass`: looking into the memory of the running program. Each function gives a [`Report`](crate::inspect::Report) as a
//! Python object; what it tells is found by the floor `inspect`.

mod functions;
mod memory;
mod objects;
pub mod questions;

pub use objects::{as_report, define, new_report};

use super::support::{add_functions, new_module, set};
use crate::runtime::{Interpreter, Outcome};

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "glass", functions::FUNCTIONS, DOCUMENTATION)?;
    add_functions(cx, &module, &cx.intern("glass")?.into_object(), memory::FUNCTIONS)?;
    set(cx, &module, "Report", cx.types.glass_report.as_object().clone())?;
    set(cx, &module, "Row", cx.types.glass_row.as_object().clone())?;
    Ok(module)
}

const DOCUMENTATION: &str = "Look into the memory of the running program.

Every function gives a report: print it, read its rows, or save it as a picture.
Looking changes nothing: no count, no object, no address.
";
