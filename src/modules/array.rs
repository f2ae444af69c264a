//! `array`: rows of machine values.

use super::import::import_dotted;
use super::support::{new_module, set};
use crate::runtime::{Interpreter, NativeMethod, Outcome};
use crate::types::array::complete;
use crate::types::array::pickling::RECONSTRUCTOR;
use crate::values::array::TypeCode;

static FUNCTIONS: &[NativeMethod] = &[RECONSTRUCTOR];

const DOCUMENTATION: &str = "This module defines an object type which can efficiently represent\nan array of basic values: characters, integers, floating point\nnumbers.  Arrays are sequence types and behave very much like lists,\nexcept that the type of objects stored in them is constrained.\n";

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    complete(cx)?;
    let module = new_module(cx, "array", FUNCTIONS, DOCUMENTATION)?;
    for name in ["ArrayType", "array"] {
        set(cx, &module, name, cx.types.array.as_object().clone())?;
    }
    set(cx, &module, "typecodes", cx.new_text(TypeCode::ALL)?)?;
    register(cx)?;
    Ok(module)
}

/// Tells `collections.abc` that arrays are sequences that can change.
fn register(cx: &Interpreter) -> Outcome<()> {
    import_dotted(cx, "collections.abc")?;
    let Some(module) = cx.dict_get_str(&cx.modules, "collections.abc")? else { return Ok(()) };
    let class = cx.get_attribute_text(&module, &*cx.intern("MutableSequence")?)?;
    let kind = cx.types.array.as_object().clone();
    cx.call_method(&class, &*cx.intern("register")?, &[kind]).map(drop)
}
