//! `gc`: the collector as a program sees it, and its place in the interpreter's safe points.

mod questions;
mod run;
mod settings;
mod verify;

pub use run::{collect_all, collect_recorded, install};
pub use verify::{verify_everything, verify_heap, verifying};

use crate::object::{ObjectRef, Visitor};
use crate::runtime::{Field, Interpreter, NativeCode, NativeMethod, Outcome, Roots, Typed};

use super::support::{new_module, set, set_integers};

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "enable",
        NativeCode::NoArguments(settings::enable),
        "($module, /)",
        "Enable automatic garbage collection.",
    ),
    NativeMethod::new(
        "disable",
        NativeCode::NoArguments(settings::disable),
        "($module, /)",
        "Disable automatic garbage collection.",
    ),
    NativeMethod::new(
        "isenabled",
        NativeCode::NoArguments(settings::is_enabled),
        "($module, /)",
        "Returns true if automatic garbage collection is enabled.",
    ),
    NativeMethod::new(
        "set_debug",
        NativeCode::One(settings::set_debug),
        "($module, flags, /)",
        "Set the garbage collection debugging flags.\n\n  flags\n    An integer made of the bits DEBUG_STATS, \
         DEBUG_COLLECTABLE,\n    DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL and DEBUG_LEAK.\n\n\
         Debugging information is written to sys.stderr.",
    ),
    NativeMethod::new(
        "get_debug",
        NativeCode::NoArguments(settings::get_debug),
        "($module, /)",
        "Get the garbage collection debugging flags.",
    ),
    NativeMethod::new(
        "get_count",
        NativeCode::NoArguments(settings::get_count),
        "($module, /)",
        "Return a three-tuple of the current collection counts.",
    ),
    NativeMethod::new(
        "set_threshold",
        NativeCode::Full(settings::set_threshold),
        "",
        "set_threshold(threshold0, [threshold1, threshold2]) -> None\n\nSets the collection thresholds.  Setting \
         threshold0 to zero disables\ncollection.\n",
    ),
    NativeMethod::new(
        "get_threshold",
        NativeCode::NoArguments(settings::get_threshold),
        "($module, /)",
        "Return the current collection thresholds.",
    ),
    NativeMethod::new(
        "collect",
        NativeCode::Full(run::collect),
        "($module, /, generation=2)",
        "Run the garbage collector.\n\nWith no arguments, run a full collection.  The optional argument\nmay be an \
         integer specifying which generation to collect.  A ValueError\nis raised if the generation number is \
         invalid.\n\nThe number of unreachable objects is returned.",
    ),
    NativeMethod::new(
        "get_objects",
        NativeCode::Full(questions::get_objects),
        "($module, /, generation=None)",
        "Return a list of objects tracked by the collector (excluding the list returned).\n\n  generation\n    \
         Generation to extract the objects from.\n\nIf generation is not None, return only the objects tracked by \
         the collector\nthat are in that generation.",
    ),
    NativeMethod::new(
        "get_stats",
        NativeCode::NoArguments(questions::get_stats),
        "($module, /)",
        "Return a list of dictionaries containing per-generation statistics.",
    ),
    NativeMethod::new(
        "is_tracked",
        NativeCode::One(questions::is_tracked),
        "($module, obj, /)",
        "Returns true if the object is tracked by the garbage collector.\n\nSimple atomic objects will return false.",
    ),
    NativeMethod::new(
        "is_finalized",
        NativeCode::One(questions::is_finalized),
        "($module, obj, /)",
        "Returns true if the object has been already finalized by the GC.",
    ),
    NativeMethod::new(
        "get_referrers",
        NativeCode::Positional(questions::get_referrers),
        "",
        "get_referrers(*objs) -> list\nReturn the list of objects that directly refer to any of objs.",
    ),
    NativeMethod::new(
        "get_referents",
        NativeCode::Positional(questions::get_referents),
        "",
        "get_referents(*objs) -> list\nReturn the list of objects that are directly referred to by objs.",
    ),
    NativeMethod::new(
        "freeze",
        NativeCode::NoArguments(settings::freeze),
        "($module, /)",
        "Freeze all current tracked objects and ignore them for future collections.",
    ),
    NativeMethod::new(
        "unfreeze",
        NativeCode::NoArguments(settings::unfreeze),
        "($module, /)",
        "Unfreeze all objects in the permanent generation.\n\nPut all objects in the permanent generation back into \
         oldest generation.",
    ),
    NativeMethod::new(
        "get_freeze_count",
        NativeCode::NoArguments(settings::get_freeze_count),
        "($module, /)",
        "Return the number of objects in the permanent generation.",
    ),
];

/// The two lists that the collector shares with a program, once made.
#[derive(Default)]
struct Lists {
    garbage: ListField,
    callbacks: ListField,
}

impl Roots for Lists {
    fn name(&self) -> &'static str {
        "lists of the collector"
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.garbage.0.visit(visitor);
        self.callbacks.0.visit(visitor);
    }

    fn release(&self) -> bool {
        let mut had_items = false;
        for field in [&self.garbage, &self.callbacks] {
            if let Some(list) = field.0.get()
                && let Some(list) = list.as_list()
            {
                had_items |= !list.is_empty();
                list.clear();
            }
        }
        had_items
    }
}

/// A list that is made on first use and stays the same.
struct ListField(Field<Option<ObjectRef>>);

impl Default for ListField {
    fn default() -> Self {
        Self(Field::new(None))
    }
}

impl ListField {
    fn get(&self, cx: &Interpreter) -> Outcome {
        if let Some(list) = self.0.get() {
            return Ok(list);
        }
        let list = cx.new_list(Vec::new())?;
        self.0.set(Some(list.clone()));
        Ok(list)
    }
}

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "gc", FUNCTIONS, DOCUMENTATION)?;
    let lists = cx.rooted_extension::<Lists>();
    set(cx, &module, "garbage", lists.garbage.get(cx)?)?;
    set(cx, &module, "callbacks", lists.callbacks.get(cx)?)?;
    use crate::gc::debug;
    let flags = [
        ("DEBUG_STATS", debug::STATS),
        ("DEBUG_COLLECTABLE", debug::COLLECTABLE),
        ("DEBUG_UNCOLLECTABLE", debug::UNCOLLECTABLE),
        ("DEBUG_SAVEALL", debug::SAVEALL),
        ("DEBUG_LEAK", debug::LEAK),
    ];
    set_integers(cx, &module, &flags.map(|(name, flag)| (name, i64::from(flag))))?;
    Ok(module)
}

const DOCUMENTATION: &str = "This module provides access to the garbage collector for reference cycles.

enable() -- Enable automatic garbage collection.
disable() -- Disable automatic garbage collection.
isenabled() -- Returns true if automatic collection is enabled.
collect() -- Do a full collection right now.
get_count() -- Return the current collection counts.
get_stats() -- Return list of dictionaries containing per-generation stats.
set_debug() -- Set debugging flags.
get_debug() -- Get debugging flags.
set_threshold() -- Set the collection thresholds.
get_threshold() -- Return the current the collection thresholds.
get_objects() -- Return a list of all objects tracked by the collector.
is_tracked() -- Returns true if a given object is tracked.
is_finalized() -- Returns true if a given object has been already finalized.
get_referrers() -- Return the list of objects that refer to an object.
get_referents() -- Return the list of objects that an object refers to.
freeze() -- Freeze all tracked objects and ignore them for future collections.
unfreeze() -- Unfreeze all objects in the permanent generation.
get_freeze_count() -- Return the number of objects in the permanent generation.
";
