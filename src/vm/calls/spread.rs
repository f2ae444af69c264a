//! Calls with `*` and `**`: what a tuple and a dict hold becomes arguments.

use super::{Started, drop_call, enter_function};
use crate::object::{Lent, Object, ObjectRef};
use crate::runtime::stack::{RecordKind, Register};
use crate::runtime::{Arguments, Interpreter, Outcome, Raised, Typed};
use crate::values::dict::Dict;
use crate::values::tuple::Tuple;
use crate::vm::code_object::CodeObject;
use crate::vm::execute::operands::{drop_register, take_reference};
use crate::vm::function::Function;

/// `f(*arguments, **keywords)`: callee, tuple and dict stand in the registers from `base` on.
///
/// # Safety
/// As for [`start_call`].
pub unsafe fn start_spread_call(
    cx: &Interpreter,
    base: *mut Register,
    has_keywords: bool,
) -> Outcome<Started> {
    // SAFETY: the three registers are owned and stay until the call is done.
    unsafe {
        let callee = &**base;
        make_spread_tuple(cx, callee, &mut *base.add(1))?;
        // CPython copies arguments that come with keywords, and keeps the copies.
        let gives_keywords = has_keywords && (**base.add(2)).as_dict().is_none_or(|dict| !dict.is_empty());
        if callee.is_exactly(&cx.types.function) && !gives_keywords {
            return start_spread_function(cx, base, has_keywords);
        }
        let items = (**base.add(1)).as_tuple().map_or(&[][..], Tuple::items);
        if !has_keywords {
            let result = cx.call_packed(callee, Arguments::positional(items))?;
            drop_call(base, 1);
            return Ok(Started::Value(result));
        }
        let result = call_with_dict(cx, callee, items, &**base.add(2))?;
        drop_call(base, 2);
        Ok(Started::Value(result))
    }
}

/// The same for a callee that somebody else holds as well. The frame of a method `__call__` counts its instance, so nobody
/// else does here.
pub fn call_held_with_dict(
    cx: &Interpreter,
    callee: ObjectRef,
    items: &[ObjectRef],
    keywords: &Object,
) -> Outcome {
    if callee.as_type().is_some() || callee.count() < 2 || !cx.packs_arguments(&callee) {
        return call_with_dict(cx, &callee, items, keywords);
    }
    // SAFETY: until the frame has counted it nothing runs, and nobody looks at it after the frame.
    let callee = unsafe { Lent::let_go(callee) };
    call_with_dict(cx, callee.object(), items, keywords)
}

/// A call with a tuple and a dict, which a register holds each. What CPython calls so gets them as they are; for others
/// it copies the arguments and keeps the copies.
fn call_with_dict(cx: &Interpreter, callee: &Object, items: &[ObjectRef], keywords: &Object) -> Outcome {
    let mut values = items.to_vec();
    let names = spread_keywords(cx, keywords, &mut values)?;
    let names = names.as_ref().and_then(|names: &ObjectRef| names.as_tuple());
    if keywords.count() > 1 || !cx.packs_arguments(callee) {
        return cx.call_with(callee, Arguments { values: &values, names });
    }
    // SAFETY: the collector's prefix stands before every dict. Where the collector does not know it nobody can find it, so
    // it holds its values until the call is over, as the tuple holds its items.
    let lent: Vec<Lent<'static>> = unsafe {
        cx.space.untrack(keywords.pointer());
        values.into_iter().map(|value| Lent::let_go(value)).collect()
    };
    cx.call_packed(callee, Arguments { values: Lent::row(&lent), names })
}

/// The same for a Python function without keywords. Callee and tuple stay where they are until it returns, as in CPython;
/// the call proper stands behind them, perhaps beyond the caller's window.
unsafe fn start_spread_function(
    cx: &Interpreter,
    base: *mut Register,
    has_keywords: bool,
) -> Outcome<Started> {
    // SAFETY: the tuple is kept by its register while its items are counted; nothing runs meanwhile.
    unsafe {
        let items = (**base.add(1)).as_tuple().map_or(&[][..], Tuple::items);
        let call = base.add(if has_keywords { 3 } else { 2 });
        if call.add(items.len() + 8) >= cx.thread.stack.limit {
            return Err(cx.recursion_error(""));
        }
        if cx.space.attention.get() {
            cx.poll()?;
        }
        *call = take_reference(*base);
        for (index, item) in items.iter().enumerate() {
            *call.add(1 + index) = take_reference(item.as_pointer().as_ptr());
        }
        match enter_function(cx, call, items.len(), None) {
            Ok(Started::Frame) => {
                let record = cx.thread.stack.top().expect("pushed just now").as_ptr();
                (*record).kind = RecordKind::Spread;
                Ok(Started::Frame)
            }
            Ok(Started::Value(value)) => {
                drop_spread(base, has_keywords);
                Ok(Started::Value(value))
            }
            Err(Raised) => {
                drop_call(call, items.len());
                Err(Raised)
            }
        }
    }
}

/// Drops callee, tuple and dict of a spread call that has returned.
///
/// # Safety
/// The registers from `base` on are those of the call.
pub unsafe fn drop_spread(base: *mut Register, has_keywords: bool) {
    for index in 0..if has_keywords { 3 } else { 2 } {
        // SAFETY: each is owned, and dropped once.
        unsafe { drop_register(std::mem::replace(&mut *base.add(index), std::ptr::null_mut())) };
    }
}

/// Replaces the iterable of a spread call by a tuple of its items, unless it is one.
unsafe fn make_spread_tuple(cx: &Interpreter, callee: &Object, slot: &mut Register) -> Outcome<()> {
    // SAFETY: the register owns the iterable; the tuple takes its place before the iterable is dropped.
    unsafe {
        let iterable = &**slot;
        if iterable.is_exactly(&cx.types.tuple) {
            return Ok(());
        }
        let slots = &iterable.type_object().slots;
        if slots.iter.get().is_none() && slots.get_item.get().is_none() {
            let (shown, kind) = (callable_display(cx, callee), iterable.type_name());
            return Err(
                cx.type_error(format_args!("{shown} argument after * must be an iterable, not {kind}"))
            );
        }
        let tuple = cx.new_tuple_from(cx.collect(iterable)?)?;
        drop_register(std::mem::replace(slot, tuple.into_raw().as_ptr()));
        Ok(())
    }
}

/// Moves the keywords of a dict behind the values; their names as a tuple.
fn spread_keywords(
    cx: &Interpreter,
    keywords: &Object,
    values: &mut Vec<ObjectRef>,
) -> Outcome<Option<ObjectRef>> {
    let Some(dict) = keywords.as_dict() else { return Ok(None) };
    let mut names = Vec::with_capacity(dict.len());
    let mut position = 0;
    while let Some((_, key, value)) = dict.next_entry(&mut position) {
        if key.as_text().is_none() {
            return Err(cx.type_error("keywords must be strings"));
        }
        names.push(key);
        values.push(value);
    }
    if names.is_empty() { Ok(None) } else { cx.new_tuple_from(names).map(Some) }
}

/// Whether all keys of a dict are exact strings.
fn has_plain_names(cx: &Interpreter, names: &Dict) -> bool {
    let mut position = 0;
    while let Some((_, name, _)) = names.next_entry(&mut position) {
        if !name.is_exactly(&cx.types.str) {
            return false;
        }
    }
    true
}

/// Whether a callable is the body of a class statement, whose arguments are those of `__build_class__`.
fn is_class_body(callable: &Object) -> bool {
    use crate::bytecode::CodeFlags;
    callable.layout::<Function>().is_some_and(|function| {
        function.code.get().layout::<CodeObject>().is_some_and(|code| !code.has(CodeFlags::OPTIMIZED))
    })
}

/// Merges a mapping into the keywords of a call; a repeated name or a thing that is no mapping is refused.
pub fn merge_keywords(cx: &Interpreter, keywords: &Dict, mapping: &Object, callee: &Object) -> Outcome<()> {
    if mapping.as_dict().is_none() && cx.find_attribute(mapping, &cx.names.keys)?.is_none() {
        let (shown, kind) = (callable_display(cx, callee), mapping.type_name());
        return Err(cx.type_error(format_args!("{shown} argument after ** must be a mapping, not {kind}")));
    }
    if keywords.is_empty()
        && mapping.is_exactly(&cx.types.dict)
        && let Some(source) = mapping.as_dict()
        && has_plain_names(cx, source)
    {
        // Names that differ from each other cannot be given twice.
        let mut position = 0;
        while let Some((_, name, value)) = source.next_entry(&mut position) {
            cx.dict_set(keywords, &name, value)?;
        }
        return Ok(());
    }
    let names = match mapping.as_dict() {
        Some(_) => cx.collect(mapping)?,
        None => cx.collect(&*cx.call_method(mapping, &cx.names.keys, &[])?)?,
    };
    for name in names {
        if cx.dict_contains(keywords, &name)? {
            let (shown, name) = (callable_display(cx, callee), cx.display(&name));
            return Err(
                cx.type_error(format_args!("{shown} got multiple values for keyword argument '{name}'"))
            );
        }
        let value = cx.get_item(mapping, &name)?;
        cx.dict_set(keywords, &name, value)?;
    }
    Ok(())
}

/// A callable's name in messages about its call: qualified, with its module unless that is builtins.
pub fn callable_display(cx: &Interpreter, callable: &Object) -> String {
    if is_class_body(callable) {
        return "__build_class__()".to_owned();
    }
    let text = |name: &crate::values::text::Text| {
        let found = cx.find_attribute(callable, name).ok().flatten()?;
        found.as_text().map(|text| text.to_rust_string_lossy())
    };
    let Some(name) = text(&cx.names.qualname) else {
        return cx.str(callable).ok().map_or_else(String::new, |shown| cx.display(&shown));
    };
    match text(&cx.names.module) {
        Some(module) if module != "builtins" => format!("{module}.{name}()"),
        _ => format!("{name}()"),
    }
}
