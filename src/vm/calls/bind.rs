//! Binding arguments to parameters.
//!
//! | step | what it binds |
//! |---|---|
//! | [`bind_window`] | as many arguments by position as there are parameters, or defaults behind them |
//! | [`by_position`] | arguments by position, with defaults for all else; gathers those that are too many |
//! | [`at_once`] | what fits without a question |
//! | [`by_slots`] | all else, and finds what does not fit |
//! | [`refusals`] | nothing: CPython's words for what does not fit |
//! | [`native_words`] | nothing: the words of native functions for the same |

mod at_once;
mod by_position;
mod by_slots;
mod native_words;
mod refusals;

use std::hint::cold_path;

use crate::bytecode::CodeFlags;
use crate::object::ObjectRef;
use crate::runtime::stack::Register;
use crate::runtime::{Interpreter, Outcome};
use crate::values::text::Text;
use crate::values::tuple::Tuple;
use crate::vm::code_object::CodeObject;
use crate::vm::execute::operands::drop_register;
use crate::vm::function::Function;

/// How many registers parameters take: positional, keyword-only, `*args`, `**kwargs`.
pub fn parameter_count(code: &CodeObject) -> usize {
    let unit = &code.unit.source;
    (unit.argument_count + unit.keyword_only_count) as usize
        + usize::from(code.has(CodeFlags::VARARGS))
        + usize::from(code.has(CodeFlags::VARKEYWORDS))
}

/// Turns the `count` arguments in a window (the last ones keywords) into the function's parameters. On failure the
/// arguments are gone, and their registers empty.
///
/// # Safety
/// The first `count` registers of the window are owned, and there is room for all parameters.
pub unsafe fn bind_window(
    cx: &Interpreter,
    function: &Function,
    window: *mut Register,
    count: usize,
    names: Option<&Tuple>,
) -> Outcome<()> {
    let code = function.code();
    let plain = names.is_none_or(Tuple::is_empty);
    if code.is_positional && (plain || names.is_some_and(|names| are_in_order(code, count, names))) {
        let wanted = code.argument_count as usize;
        if count == wanted {
            return Ok(());
        }
        cold_path();
        // SAFETY: the registers behind the arguments are free.
        if count < wanted && unsafe { fill_defaults(function, window, count, wanted) } {
            return Ok(());
        }
    } else if plain {
        // SAFETY: as promised.
        let bound = unsafe { by_position::bind(cx, function, window, count) };
        match bound {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(raised) => {
                cold_path();
                // SAFETY: what fails has taken nothing out of the window.
                unsafe { drop_refused(cx, code, window, count, 0) };
                return Err(raised);
            }
        }
    }
    let binder = Binder { cx, function, code, unit: &code.unit.source, window, count };
    // SAFETY: as promised; what fails has taken nothing out of the window.
    unsafe {
        let bound =
            binder.bind_at_once(names).and_then(|done| if done { Ok(()) } else { binder.bind(names) });
        if bound.is_err() {
            drop_refused(cx, code, window, count, names.map_or(0, Tuple::len));
        }
        bound
    }
}

/// Drops the arguments of a call that the function refuses, in CPython's order: those by position for which there is no
/// parameter, then the keywords, then the others.
#[cold]
unsafe fn drop_refused(
    cx: &Interpreter,
    code: &CodeObject,
    window: *mut Register,
    count: usize,
    keywords: usize,
) {
    let positional = count - keywords.min(count);
    let taken =
        if code.has(CodeFlags::VARARGS) { positional } else { positional.min(code.argument_count as usize) };
    let raised = cx.thread.raised.take();
    for index in (taken..count).chain(0..taken) {
        // SAFETY: so many registers are owned.
        unsafe { drop_register(std::mem::replace(&mut *window.add(index), std::ptr::null_mut())) };
    }
    cx.thread.raised.set(raised);
}

/// Whether the keywords among `count` arguments name the parameters behind those by position one after the other, so that
/// all stands where it belongs.
#[inline(always)]
fn are_in_order(code: &CodeObject, count: usize, names: &Tuple) -> bool {
    let wanted = code.argument_count as usize;
    let given = count - names.len();
    if given < code.unit.source.positional_only_count as usize || count > wanted {
        cold_path();
        return false;
    }
    names.items().iter().zip(&code.unit.local_names[given..wanted]).all(|(name, known)| known.is(name))
}

/// Fills missing positional parameters from the defaults; false where there are not enough.
unsafe fn fill_defaults(function: &Function, window: *mut Register, count: usize, wanted: usize) -> bool {
    // SAFETY: the defaults are a tuple, which the function keeps.
    unsafe {
        let Some(defaults) = function.defaults.borrow() else {
            cold_path();
            return false;
        };
        let defaults = defaults.cast::<Tuple>().items();
        let missing = wanted - count;
        if defaults.len() < missing {
            cold_path();
            return false;
        }
        for (index, value) in defaults[defaults.len() - missing..].iter().enumerate() {
            *window.add(count + index) = value.clone().into_raw().as_ptr();
        }
        true
    }
}

/// Parameters that need no memory while they are bound.
const FEW: usize = 12;

/// A call whose arguments stand in a window.
struct Binder<'a> {
    cx: &'a Interpreter,
    function: &'a Function,
    code: &'a CodeObject,
    unit: &'a crate::bytecode::CodeUnit,
    window: *mut Register,
    count: usize,
}

impl Binder<'_> {
    /// The arguments that no parameter takes, for `*args`.
    unsafe fn rest_tuple(&self, given: usize, positional: usize) -> Outcome {
        // SAFETY: the window owns the arguments while they are bound.
        let values = unsafe { std::slice::from_raw_parts(self.window.cast::<ObjectRef>(), given) };
        self.cx.new_tuple(&values[given.min(positional)..])
    }

    fn name(&self, index: usize) -> &Text {
        &self.code.unit.local_names[index]
    }

    /// The parameter that a keyword names; by identity first, as most names are interned.
    #[inline]
    fn parameter(&self, text: &Text, total: usize) -> Option<usize> {
        let first = self.unit.positional_only_count as usize;
        let names = self.code.unit.local_names.get(first..total)?;
        let found = names.iter().position(|known| known.is(text));
        found.or_else(|| names.iter().position(|known| known.equals(text))).map(|index| first + index)
    }
}
