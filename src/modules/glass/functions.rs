//! The functions of the module.

use super::new_report;
use crate::inspect::{owners, stack};
use crate::runtime::{NativeCode, NativeMethod};

/// All of them.
pub static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "owners",
        NativeCode::One(|cx, _, object| new_report(cx, owners::owners(cx, object))),
        "($module, obj, /)",
        "Every reference to an object with its place. The counts add up to sys.getrefcount.",
    ),
    NativeMethod::new(
        "stack",
        NativeCode::NoArguments(|cx, _| new_report(cx, stack::stack(cx))),
        "($module, /)",
        "The frames with their locals and temporaries, innermost first.",
    ),
];
