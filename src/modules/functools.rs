//! `_functools`: how partial functions are called, without a frame of their own.
//!
//! The class itself is written in Python. In CPython it is not, and its instances lend what they hold: a program that
//! counts references while the function runs must see no more of them.

use super::support::new_module;
use crate::object::{Lent, Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, NativeCode, NativeMethod, Outcome, Typed};
use crate::vm::calls::call_held_with_dict;

static FUNCTIONS: &[NativeMethod] = &[NativeMethod::new(
    "_called_natively",
    NativeCode::One(called_natively),
    "($module, class, /)",
    "Let calls of the instances go to their function at once; returns the class.",
)];

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    new_module(cx, "_functools", FUNCTIONS, "Calls of partial functions.")
}

fn called_natively(_: &Interpreter, _: &Object, class: &Object) -> Outcome {
    if let Some(kind) = class.as_type() {
        kind.slots.call.set(Some(call));
    }
    Ok(class.new_ref())
}

/// `partial(...)(*args, **kwargs)`
fn call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let part = |name: &str| cx.get_attribute_text(object, &*cx.intern(name)?);
    let (function, given, keywords) = (part("func")?, part("args")?, part("keywords")?);
    let has_keywords = keywords.as_dict().is_some_and(|keywords| !keywords.is_empty());
    if has_keywords || cx.packs_arguments(&function) {
        return call_packed(cx, function, given, &keywords, arguments);
    }
    let given = given.as_tuple().map_or(&[][..], |given| given.items());
    let values: Vec<Lent<'_>> = given.iter().chain(arguments.values).map(|value| Lent::new(value)).collect();
    cx.call_held(function, Arguments { values: Lent::row(&values), names: arguments.names })
}

/// The same where CPython packs the arguments in a tuple and a dict, and joins those with what was given before.
fn call_packed(
    cx: &Interpreter,
    function: ObjectRef,
    given: ObjectRef,
    keywords: &Object,
    arguments: Arguments<'_>,
) -> Outcome {
    let packed = cx.new_tuple(arguments.positional_values())?;
    let items = |tuple: &ObjectRef| tuple.as_tuple().map_or_else(Vec::new, |tuple| tuple.items().to_vec());
    let joined = match (given.as_tuple().is_none_or(|given| given.is_empty()), arguments.positional_values())
    {
        (true, _) => packed.clone(),
        (false, []) => given,
        (false, _) => cx.new_tuple_from([items(&given), items(&packed)].concat())?,
    };
    let (all, mut held) = (cx.new_dict()?, Vec::new());
    if let Some(keywords) = keywords.as_dict().filter(|keywords| !keywords.is_empty()) {
        held.extend(arguments.keywords().map(|(_, value)| value.clone()));
        let mut position = 0;
        while let Some((_, name, value)) = keywords.next_entry(&mut position) {
            cx.dict_set(&all, &name, value)?;
        }
    }
    for (name, value) in arguments.keywords() {
        cx.dict_set(&all, name, value.clone())?;
    }
    let items = joined.as_tuple().map_or(&[][..], |joined| joined.items());
    let result = call_held_with_dict(cx, function, items, all.as_object());
    drop((packed, held));
    result
}
