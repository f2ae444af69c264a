//! `_abc`: what `abc` cannot do in Python, the marks by which `match` knows sequences and mappings.

use super::support::new_module;
use crate::object::{Object, ObjectRef};
use crate::runtime::subclasses::subclasses;
use crate::runtime::{Interpreter, NativeCode, NativeMethod, Outcome, TypeFlags, TypeObject, Typed};

/// Both marks; a class has at most one.
const COLLECTIONS: u32 = TypeFlags::SEQUENCE | TypeFlags::MAPPING;
/// Their bits in `__abc_tpflags__`, as in `__flags__`.
const MARKS: [(i64, u32); 2] = [(1 << 5, TypeFlags::SEQUENCE), (1 << 6, TypeFlags::MAPPING)];

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "_mark",
        NativeCode::One(mark),
        "($module, cls, /)",
        "Move what __abc_tpflags__ of a new class says into the class's flags.",
    ),
    NativeMethod::new(
        "_share_marks",
        NativeCode::Positional(share_marks),
        "($module, cls, subclass, /)",
        "Give a registered class, and what derives from it, the marks of the abstract class.",
    ),
];

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    new_module(cx, "_abc", FUNCTIONS, "Module contains faster C implementation of abc.ABCMeta")
}

fn mark(cx: &Interpreter, _: &Object, class: &Object) -> Outcome {
    let Some(kind) = class.as_type() else { return Ok(cx.none()) };
    let (namespace, name) = (kind.namespace(), cx.intern("__abc_tpflags__")?);
    let Some(said) = cx.dict_get_text(&namespace, &name)? else { return Ok(cx.none()) };
    if said.as_int().is_some() {
        let said = cx.to_i64(&said)?;
        let marks = MARKS.iter().filter(|(bit, _)| said & bit != 0).fold(0, |all, (_, flag)| all | flag);
        kind.flags.set(kind.flags.get() & !COLLECTIONS | marks);
        cx.dict_remove_text(&namespace, &name)?;
        cx.type_modified(kind);
    }
    Ok(cx.none())
}

fn share_marks(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("_share_marks", arguments.len(), 2, 2)?;
    if let (Some(class), Some(subclass)) = (arguments[0].as_type(), arguments[1].as_type()) {
        let marks = class.flags.get() & COLLECTIONS;
        if marks != 0 {
            set_marks(cx, subclass, marks)?;
        }
    }
    Ok(cx.none())
}

fn set_marks(cx: &Interpreter, kind: &TypeObject, marks: u32) -> Outcome<()> {
    if kind.has(TypeFlags::IMMUTABLE) || kind.flags.get() & COLLECTIONS == marks {
        return Ok(());
    }
    let _level = cx.enter("")?;
    kind.flags.set(kind.flags.get() & !COLLECTIONS | marks);
    subclasses(kind).iter().try_for_each(|subclass| set_marks(cx, subclass, marks))
}
