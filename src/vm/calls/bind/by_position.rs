//! Arguments by position of functions that gather the rest or have keyword-only parameters.

use std::hint::cold_path;

use super::{Function, Interpreter, Outcome, Register, Text, Tuple};
use crate::bytecode::CodeFlags;
use crate::runtime::Typed;
use crate::vm::execute::operands::take_reference;

/// So many keyword-only parameters are bound in one go.
const FEW_KEYWORD_ONLY: usize = 4;

/// Binds arguments by position where every other parameter has its default, and gathers those that are too many. Says
/// whether it has; nothing is changed where it has not.
///
/// # Safety
/// As for [`super::bind_window`].
pub(super) unsafe fn bind(
    cx: &Interpreter,
    function: &Function,
    window: *mut Register,
    count: usize,
) -> Outcome<bool> {
    let code = function.code();
    let positional = code.argument_count as usize;
    let keyword_only = code.unit.source.keyword_only_count as usize;
    let has_rest = code.has(CodeFlags::VARARGS);
    if count > positional && !has_rest || keyword_only > FEW_KEYWORD_ONLY {
        cold_path();
        return Ok(false);
    }
    // SAFETY: the function keeps its defaults, and nothing runs while they are borrowed. The gathered references move into
    // their tuple; if there is no memory they stay. Behind the arguments there is room for all parameters.
    unsafe {
        let mut found = [std::ptr::null_mut(); FEW_KEYWORD_ONLY];
        let named = code.unit.local_names[positional..].iter();
        for (place, name) in found[..keyword_only].iter_mut().zip(named) {
            let Some(value) = keyword_default(cx, function, name) else {
                cold_path();
                return Ok(false);
            };
            *place = value;
        }
        let missing = positional.saturating_sub(count);
        let defaults = match function.defaults.borrow() {
            Some(tuple) => tuple.cast::<Tuple>().items(),
            None => &[],
        };
        let Some(first_default) = defaults.len().checked_sub(missing) else {
            cold_path();
            return Ok(false);
        };
        let extra = match code.has(CodeFlags::VARKEYWORDS) {
            true => Some(cx.new_dict()?),
            false => None,
        };
        let mut place = window.add(positional);
        let rest = match (has_rest, count.saturating_sub(positional)) {
            (false, _) => None,
            (true, 0) => Some(cx.empty_tuple.clone()),
            (true, gathered) => Some(Tuple::from_raw_slots(&cx.types.tuple, place.cast(), gathered)?),
        };
        for (index, value) in defaults[first_default..].iter().enumerate() {
            *window.add(count + index) = value.clone().into_raw().as_ptr();
        }
        for value in &found[..keyword_only] {
            take_reference(*value);
            *place = *value;
            place = place.add(1);
        }
        if let Some(rest) = rest {
            *place = rest.into_object().into_raw().as_ptr();
            place = place.add(1);
        }
        if let Some(extra) = extra {
            *place = extra.into_object().into_raw().as_ptr();
        }
    }
    Ok(true)
}

/// The default of a keyword-only parameter, borrowed; none where it has none, or where it takes a closer look.
#[inline(always)]
unsafe fn keyword_default(cx: &Interpreter, function: &Function, name: &Text) -> Option<Register> {
    // SAFETY: the function keeps its defaults, and nothing runs while they are borrowed.
    unsafe {
        let defaults = function.keyword_defaults.borrow().as_ref()?.as_dict()?;
        let found = defaults.lookup_text(name, &cx.types.str.head).ok().flatten()?;
        Some(std::ptr::from_ref(defaults.borrow_value_at(found)).cast_mut())
    }
}
