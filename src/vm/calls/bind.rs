//! Binding arguments to parameters, with CPython's words for what does not fit.

use std::hint::cold_path;
use std::mem::{ManuallyDrop, MaybeUninit};

use crate::bytecode::CodeFlags;
use crate::object::{ObjectRef, Ref};
use crate::runtime::stack::Register;
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::values::dict::Dict;
use crate::values::text::Text;
use crate::values::tuple::Tuple;
use crate::vm::code_object::CodeObject;
use crate::vm::execute::operands::{drop_register, take_reference};
use crate::vm::function::Function;

/// Modules of this crate that are written in Python where CPython's are in C.
const NATIVE_ELSEWHERE: [&str; 3] = ["<io>", "<itertools>", "<operator>"];

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
    if plain && code.is_positional {
        let wanted = code.argument_count as usize;
        if count == wanted {
            return Ok(());
        }
        if count < wanted {
            // SAFETY: the registers behind the arguments are free.
            if unsafe { fill_defaults(function, window, count, wanted) } {
                return Ok(());
            }
        }
    } else if plain && gathers_only(code) && count >= code.argument_count as usize {
        // SAFETY: as promised.
        return unsafe { bind_rest(cx, code, window, count) };
    } else if code.is_positional
        && let Some(names) = names
        && are_in_order(code, count - names.len(), names)
    {
        let wanted = code.argument_count as usize;
        // SAFETY: the registers behind the arguments are free.
        if count == wanted || unsafe { fill_defaults(function, window, count, wanted) } {
            return Ok(());
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

/// Whether a function gathers arguments by position and has no keyword-only parameters.
#[inline(always)]
fn gathers_only(code: &CodeObject) -> bool {
    code.has(CodeFlags::VARARGS) && code.unit.source.keyword_only_count == 0
}

/// Binds arguments by position to a function that gathers those for which it has no parameter.
///
/// # Safety
/// As for [`bind_window`]; every other parameter has its argument.
unsafe fn bind_rest(cx: &Interpreter, code: &CodeObject, window: *mut Register, count: usize) -> Outcome<()> {
    // SAFETY: the gathered references move into their tuple; if there is no memory they stay.
    unsafe {
        let place = window.add(code.argument_count as usize);
        let gathered = count - code.argument_count as usize;
        let extra = match code.has(CodeFlags::VARKEYWORDS) {
            true => cx.new_dict().map(Some),
            false => Ok(None),
        };
        let bound = extra.and_then(|extra| {
            let rest = match gathered {
                0 => cx.empty_tuple.clone(),
                _ => Tuple::from_raw_slots(&cx.types.tuple, place.cast(), gathered)?,
            };
            *place = rest.into_object().into_raw().as_ptr();
            if let Some(extra) = extra {
                *place.add(1) = extra.into_object().into_raw().as_ptr();
            }
            Ok(())
        });
        if bound.is_err() {
            cold_path();
            drop_refused(cx, code, window, count, 0);
        }
        bound
    }
}

/// Whether keywords name the parameters behind the arguments by position one after the other, so that all stands where
/// it belongs.
#[inline(always)]
fn are_in_order(code: &CodeObject, given: usize, names: &Tuple) -> bool {
    let wanted = code.argument_count as usize;
    if given < code.unit.source.positional_only_count as usize || given + names.len() > wanted {
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

/// What a parameter has got so far.
#[derive(Clone, Default)]
enum Bound {
    /// Nothing.
    #[default]
    Missing,
    /// An argument, which the window owns still, with its place there.
    Given(Register, u32),
    /// Its default.
    Default(ObjectRef),
}

impl Bound {
    fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    fn given(window: *mut Register, index: usize) -> Self {
        // SAFETY: the caller's window has so many arguments; no stack has room for more than a u32 counts.
        Self::Given(unsafe { *window.add(index) }, index as u32)
    }

    fn into_register(self) -> Register {
        match self {
            Self::Missing => std::ptr::null_mut(),
            Self::Given(register, _) => register,
            Self::Default(value) => value.into_raw().as_ptr(),
        }
    }
}

/// What the named parameters have got, borrowed.
struct Slots {
    /// How many there are.
    total: usize,
    /// The first `total` are written.
    found: [MaybeUninit<Register>; FEW],
    /// Which of them got their default.
    defaults: u32,
    /// Which keywords no parameter takes.
    extra: u32,
}

impl Slots {
    /// The first parameters get the arguments that stand in a window, the others nothing yet. Most functions have a few
    /// parameters, so the writes are volatile lest the loop become a call.
    ///
    /// # Safety
    /// There are at most [`FEW`] parameters, and not fewer than arguments given.
    #[inline(always)]
    unsafe fn new(total: usize, window: *const Register, given: usize) -> Self {
        let mut slots = Self { total, found: [const { MaybeUninit::uninit() }; FEW], defaults: 0, extra: 0 };
        let first = slots.found.as_mut_ptr().cast::<Register>();
        // SAFETY: as promised.
        unsafe {
            (0..given).for_each(|index| first.add(index).write_volatile(*window.add(index)));
            (given..total).for_each(|index| first.add(index).write_volatile(std::ptr::null_mut()));
        }
        slots
    }

    /// What a parameter has got.
    #[inline(always)]
    fn slot(&mut self, index: usize) -> &mut Register {
        assert!(index < self.total && index < FEW);
        // SAFETY: so many are written.
        unsafe { self.found[index].assume_init_mut() }
    }

    /// Moves arguments and counts defaults into a window; what comes behind them.
    #[inline(always)]
    unsafe fn write(&mut self, window: *mut Register) -> *mut Register {
        // SAFETY: the window has room for all parameters, each of which has got something.
        unsafe {
            for index in 0..self.total {
                let found = *self.slot(index);
                if self.defaults & 1 << index != 0 {
                    take_reference(found);
                }
                window.add(index).write_volatile(found);
            }
            window.add(self.total)
        }
    }
}

struct Binder<'a> {
    cx: &'a Interpreter,
    function: &'a Function,
    code: &'a CodeObject,
    unit: &'a crate::bytecode::CodeUnit,
    window: *mut Register,
    count: usize,
}

impl Binder<'_> {
    /// Binds what fits without a question: every parameter has its argument or its default, and keywords are exact
    /// strings. Says whether it has; nothing is changed where it has not.
    unsafe fn bind_at_once(&self, names: Option<&Tuple>) -> Outcome<bool> {
        let (window, positional) = (self.window, self.unit.argument_count as usize);
        let names = names.map_or(&[][..], Tuple::items);
        let given = self.count - names.len();
        let has_rest = self.code.has(CodeFlags::VARARGS);
        let total = positional + self.unit.keyword_only_count as usize;
        if total > FEW || names.len() > FEW || given > positional && !has_rest {
            return Ok(false);
        }
        // SAFETY: the window owns the arguments. Nothing here runs Python, so what is borrowed stays.
        unsafe {
            let mut slots = Slots::new(total, window, given.min(positional));
            let extra = match self.code.has(CodeFlags::VARKEYWORDS) {
                true => Some(self.cx.new_dict()?),
                false => None,
            };
            if !self.take_keywords(&mut slots, names, given, extra.as_deref())?
                || !self.take_defaults(&mut slots)
            {
                return Ok(false);
            }
            let rest = match has_rest {
                true => Some(self.rest_tuple(given, positional)?),
                false => None,
            };
            for index in positional..given {
                drop_register(*window.add(index));
            }
            for index in (0..names.len()).filter(|index| slots.extra & 1 << index != 0) {
                drop_register(*window.add(given + index));
            }
            let mut place = slots.write(window);
            if let Some(rest) = rest {
                *place = rest.into_raw().as_ptr();
                place = place.add(1);
            }
            if let Some(extra) = extra {
                *place = extra.into_object().into_raw().as_ptr();
            }
        }
        Ok(true)
    }

    /// The arguments that no parameter takes, for `*args`.
    unsafe fn rest_tuple(&self, given: usize, positional: usize) -> Outcome {
        // SAFETY: the window owns the arguments while they are bound.
        let values = unsafe { std::slice::from_raw_parts(self.window.cast::<ObjectRef>(), given) };
        self.cx.new_tuple(&values[given.min(positional)..])
    }

    /// Finds the parameter of each keyword, or puts it among the others; false where one needs a closer look.
    #[inline(always)]
    unsafe fn take_keywords(
        &self,
        slots: &mut Slots,
        names: &[ObjectRef],
        given: usize,
        extra: Option<&Dict>,
    ) -> Outcome<bool> {
        let text_kind = self.cx.types.str.head_pointer();
        for (index, name) in names.iter().enumerate() {
            let Some(text) = name.as_text().filter(|_| name.kind_pointer() == text_kind) else {
                return Ok(false);
            };
            // SAFETY: the window owns the argument.
            let value = unsafe { *self.window.add(given + index) };
            match (self.parameter(text, slots.total), extra) {
                (Some(place), _) if slots.slot(place).is_null() => *slots.slot(place) = value,
                (None, Some(extra)) => {
                    slots.extra |= 1 << index;
                    // SAFETY: as above.
                    self.cx.dict_set(extra, name, unsafe { (*value).new_ref() })?;
                }
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Finds the default of each parameter that has no argument; false where one has none.
    #[inline(always)]
    unsafe fn take_defaults(&self, slots: &mut Slots) -> bool {
        let positional = self.unit.argument_count as usize;
        // SAFETY: the function keeps its defaults, and nothing runs while they are borrowed.
        unsafe {
            let defaults = self
                .function
                .defaults
                .borrow()
                .as_ref()
                .map_or(&[][..], |tuple| tuple.cast::<Tuple>().items());
            let by_keyword = self.function.keyword_defaults.borrow().as_ref().and_then(|dict| dict.as_dict());
            for index in 0..slots.total {
                if !slots.slot(index).is_null() {
                    continue;
                }
                let default = if index < positional {
                    (index + defaults.len())
                        .checked_sub(positional)
                        .map(|at| defaults[at].as_pointer().as_ptr())
                } else {
                    by_keyword.and_then(|dict| {
                        let found =
                            dict.lookup_text(self.name(index), &self.cx.types.str.head).ok().flatten()?;
                        Some(std::ptr::from_ref(dict.borrow_value_at(found)).cast_mut())
                    })
                };
                let Some(default) = default else { return false };
                *slots.slot(index) = default;
                slots.defaults |= 1 << index;
            }
        }
        true
    }

    /// Binds in place: arguments move to their parameters once nothing can fail any more.
    ///
    /// # Safety
    /// As for [`bind_window`].
    unsafe fn bind(&self, names: Option<&Tuple>) -> Outcome<()> {
        let total = self.unit.argument_count as usize + self.unit.keyword_only_count as usize;
        if total > FEW {
            // SAFETY: as promised.
            return unsafe { self.bind_slots(&mut vec![Bound::Missing; total], names) };
        }
        let mut few = ManuallyDrop::new([const { Bound::Missing }; FEW]);
        // SAFETY: as promised.
        let bound = unsafe { self.bind_slots(&mut few[..total], names) };
        if bound.is_err() {
            few.iter_mut().for_each(|slot| drop(std::mem::take(slot)));
        }
        bound
    }

    /// Binds through slots, one for each named parameter; on success all are missing again.
    unsafe fn bind_slots(&self, slots: &mut [Bound], names: Option<&Tuple>) -> Outcome<()> {
        let (window, count) = (self.window, self.count);
        let positional = self.unit.argument_count as usize;
        let given = count - names.map_or(0, Tuple::len);
        let extra_keywords = self.fill_slots(slots, given, names)?;
        let mut rest = None;
        if self.code.has(CodeFlags::VARARGS) {
            // SAFETY: the window owns the arguments while they are bound.
            let values = unsafe { std::slice::from_raw_parts(window.cast::<ObjectRef>(), given) };
            rest = Some(self.cx.new_tuple(&values[given.min(positional)..])?);
        }
        // SAFETY: what no parameter took is held by the tuple or the dict; all else moves to its place.
        unsafe {
            for index in positional..given {
                drop_register(*window.add(index));
            }
            if extra_keywords.is_some() {
                for index in given..count {
                    let is_here = |slot: &Bound| matches!(slot, Bound::Given(_, at) if *at as usize == index);
                    if !slots.iter().any(is_here) {
                        drop_register(*window.add(index));
                    }
                }
            }
            let mut place = window;
            for slot in slots.iter_mut() {
                *place = std::mem::take(slot).into_register();
                place = place.add(1);
            }
            for last in [rest, extra_keywords.map(|dict| dict.into_object())].into_iter().flatten() {
                *place = last.into_raw().as_ptr();
                place = place.add(1);
            }
        }
        Ok(())
    }

    /// Finds what each named parameter gets; the answer is the dict for all other keywords, if there is to be one.
    fn fill_slots(
        &self,
        slots: &mut [Bound],
        given: usize,
        names: Option<&Tuple>,
    ) -> Outcome<Option<Ref<Dict>>> {
        let positional = self.unit.argument_count as usize;
        for (index, slot) in slots.iter_mut().enumerate().take(given.min(positional)) {
            *slot = Bound::given(self.window, index);
        }
        let mut extra_keywords = None;
        if self.code.has(CodeFlags::VARKEYWORDS) {
            extra_keywords = Some(self.cx.new_dict()?);
        }
        for (index, name) in names.map_or(&[][..], Tuple::items).iter().enumerate() {
            let value = Bound::given(self.window, given + index);
            self.bind_keyword(slots, name, value, extra_keywords.as_deref(), names)?;
        }
        if given > positional && !self.code.has(CodeFlags::VARARGS) {
            return Err(self.too_many(given, slots));
        }
        self.fill_positional(slots)?;
        self.fill_keyword_only(slots)?;
        Ok(extra_keywords)
    }

    fn name(&self, index: usize) -> &Text {
        &self.code.unit.local_names[index]
    }

    fn display(&self) -> String {
        self.cx.display(&self.function.qualified_name.get())
    }

    /// The parameter that a keyword names; by identity first, as most names are interned.
    #[inline]
    fn parameter(&self, text: &Text, total: usize) -> Option<usize> {
        let first = self.unit.positional_only_count as usize;
        let names = self.code.unit.local_names.get(first..total)?;
        let found = names.iter().position(|known| known.is(text));
        found.or_else(|| names.iter().position(|known| known.equals(text))).map(|index| first + index)
    }

    fn bind_keyword(
        &self,
        slots: &mut [Bound],
        name: &ObjectRef,
        value: Bound,
        extra: Option<&Dict>,
        names: Option<&Tuple>,
    ) -> Outcome<()> {
        let Some(text) = name.as_text() else {
            return Err(self.cx.type_error(format_args!("{}() keywords must be strings", self.display())));
        };
        match (self.parameter(text, slots.len()), extra) {
            (Some(index), _) if !slots[index].is_missing() => Err(self.cx.type_error(format_args!(
                "{}() got multiple values for argument '{}'",
                self.display(),
                text.to_rust_string_lossy()
            ))),
            (Some(index), _) => {
                slots[index] = value;
                Ok(())
            }
            (None, Some(extra)) => {
                // SAFETY: the window owns the argument.
                let value = unsafe { (*value.into_register()).new_ref() };
                let kind = self.cx.types.str.head_pointer();
                if names.is_some_and(|names| names.items().iter().any(|name| name.kind_pointer() != kind)) {
                    return self.shielded(|| self.cx.dict_set(extra, name, value));
                }
                self.cx.dict_set(extra, name, value)
            }
            (None, None) => Err(self.unexpected_keyword(text, names)),
        }
    }

    /// Refuses a keyword: all positional-only parameters among the names that are given are told at once.
    #[cold]
    fn unexpected_keyword(&self, name: &Text, names: Option<&Tuple>) -> Raised {
        let display = self.display();
        let names = names.map_or(&[][..], Tuple::items);
        let is_given = |parameter: &Text| {
            names.iter().any(|name| name.as_text().is_some_and(|name| name.equals(parameter)))
        };
        let positional_only: Vec<String> = (0..self.unit.positional_only_count as usize)
            .filter(|index| is_given(self.name(*index)))
            .map(|index| self.name(index).to_rust_string_lossy())
            .collect();
        if !positional_only.is_empty() {
            return self.cx.type_error(format_args!(
                "{display}() got some positional-only arguments passed as keyword arguments: '{}'",
                positional_only.join(", ")
            ));
        }
        let name = name.to_rust_string_lossy();
        self.cx.type_error(format_args!("{display}() got an unexpected keyword argument '{name}'"))
    }

    /// The words for a number of arguments that a function in C does not take, where this one stands for such a
    /// function.
    fn refused_natively(&self, given: usize) -> Option<Raised> {
        let is_native = NATIVE_ELSEWHERE.contains(&&*self.unit.file_name);
        if !is_native || self.function.defaults.get().is_some() || self.code.has(CodeFlags::VARARGS) {
            return None;
        }
        let receiver = usize::from(self.unit.qualified_name.contains('.'));
        let given = given.checked_sub(receiver)?;
        let takes = match (self.unit.argument_count as usize).checked_sub(receiver)? {
            0 => "no arguments",
            1 => "exactly one argument",
            _ => return None,
        };
        let display = self.display();
        Some(self.cx.type_error(format_args!("{display}() takes {takes} ({given} given)")))
    }

    #[cold]
    fn too_many(&self, given: usize, slots: &[Bound]) -> Raised {
        let positional = self.unit.argument_count as usize;
        if let Some(raised) = self.refused_natively(given) {
            return raised;
        }
        let defaults =
            self.function.defaults.get().and_then(|tuple| tuple.as_tuple().map(Tuple::len)).unwrap_or(0);
        let (takes, plural) = match defaults {
            0 => (positional.to_string(), positional != 1),
            _ => (format!("from {} to {positional}", positional - defaults), true),
        };
        let keyword_given = slots[positional..].iter().filter(|slot| !slot.is_missing()).count();
        let plural = if plural { "s" } else { "" };
        let (extra, verb) = match keyword_given {
            0 => (String::new(), if given == 1 { "was" } else { "were" }),
            _ => {
                let arguments = if given == 1 { "" } else { "s" };
                let keywords = if keyword_given == 1 { "" } else { "s" };
                (
                    format!(
                        " positional argument{arguments} (and {keyword_given} keyword-only argument{keywords})"
                    ),
                    "were",
                )
            }
        };
        self.cx.type_error(format_args!(
            "{}() takes {takes} positional argument{plural} but {given}{extra} {verb} given",
            self.display()
        ))
    }

    fn fill_positional(&self, slots: &mut [Bound]) -> Outcome<()> {
        let positional = self.unit.argument_count as usize;
        // SAFETY: nothing runs while the defaults are borrowed; a failure is told from what was found before.
        let defaults = unsafe { self.function.defaults.borrow() };
        let defaults = defaults.as_ref().and_then(|tuple| tuple.as_tuple()).map_or(&[][..], Tuple::items);
        let first_default = positional.saturating_sub(defaults.len());
        let missing: Vec<usize> = (0..first_default).filter(|index| slots[*index].is_missing()).collect();
        if !missing.is_empty() {
            let given = first_default - missing.len();
            return Err(self.refused_natively(given).unwrap_or_else(|| self.missing("positional", &missing)));
        }
        let skip = defaults.len().saturating_sub(positional);
        for (slot, value) in slots[first_default..positional].iter_mut().zip(&defaults[skip..]) {
            if slot.is_missing() {
                *slot = Bound::Default(value.clone());
            }
        }
        Ok(())
    }

    fn keyword_default(&self, defaults: &Dict, name: &Text) -> Outcome<Option<ObjectRef>> {
        match defaults.lookup_text(name, &self.cx.types.str.head) {
            Ok(index) => Ok(index.and_then(|index| defaults.value_at(index))),
            Err(_) => self.shielded(|| self.cx.dict_get_text(defaults, name)),
        }
    }

    /// Does what can run Python, whose frames may use the registers of a window that is not pushed yet.
    #[cold]
    fn shielded<T>(&self, run: impl FnOnce() -> T) -> T {
        // SAFETY: the window owns so many arguments, and is where it was when `run` is done.
        unsafe {
            let kept = std::slice::from_raw_parts(self.window, self.count).to_vec();
            let result = run();
            std::ptr::copy_nonoverlapping(kept.as_ptr(), self.window, kept.len());
            result
        }
    }

    fn fill_keyword_only(&self, slots: &mut [Bound]) -> Outcome<()> {
        let positional = self.unit.argument_count as usize;
        if self.unit.keyword_only_count == 0 {
            return Ok(());
        }
        let defaults = self.function.keyword_defaults.get();
        let mut missing = Vec::new();
        for (index, slot) in slots.iter_mut().enumerate().skip(positional) {
            if !slot.is_missing() {
                continue;
            }
            let defaults = defaults.as_ref().and_then(|dict| dict.as_dict());
            let found = match defaults {
                Some(dict) => self.keyword_default(dict, self.name(index))?,
                None => None,
            };
            match found {
                Some(value) => *slot = Bound::Default(value),
                None => missing.push(index),
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(self.missing("keyword-only", &missing)) }
    }

    #[cold]
    fn missing(&self, kind: &str, missing: &[usize]) -> Raised {
        let names: Vec<String> =
            missing.iter().map(|index| format!("'{}'", self.name(*index).to_rust_string_lossy())).collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
            [] => String::new(),
        };
        let plural = if names.len() == 1 { "" } else { "s" };
        self.cx.type_error(format_args!(
            "{}() missing {} required {kind} argument{plural}: {list}",
            self.display(),
            names.len()
        ))
    }
}
