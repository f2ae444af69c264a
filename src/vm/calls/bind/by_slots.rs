//! Binding step by step, in CPython's order, through a slot for each named parameter: what does not fit is found where
//! CPython finds it. Nothing leaves the window before nothing can fail any more.

use std::mem::ManuallyDrop;

use super::{Binder, FEW};
use crate::bytecode::CodeFlags;
use crate::object::{ObjectRef, Ref};
use crate::runtime::stack::Register;
use crate::runtime::{Outcome, Typed};
use crate::values::dict::Dict;
use crate::values::text::Text;
use crate::values::tuple::Tuple;
use crate::vm::execute::operands::drop_register;

/// What a parameter has got so far.
#[derive(Clone, Default)]
pub(super) enum Bound {
    /// Nothing.
    #[default]
    Missing,
    /// An argument, which the window owns still, with its place there.
    Given(Register, u32),
    /// Its default.
    Default(ObjectRef),
}

impl Bound {
    pub(super) fn is_missing(&self) -> bool {
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

impl Binder<'_> {
    /// Binds in place: arguments move to their parameters once nothing can fail any more.
    ///
    /// # Safety
    /// As for [`super::bind_window`].
    pub(super) unsafe fn bind(&self, names: Option<&Tuple>) -> Outcome<()> {
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
        let rest = match self.code.has(CodeFlags::VARARGS) {
            // SAFETY: the window owns the arguments while they are bound.
            true => Some(unsafe { self.rest_tuple(given, positional) }?),
            false => None,
        };
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
            return Err(self.too_many(given, slots, names));
        }
        self.fill_positional(slots, names)?;
        self.fill_keyword_only(slots)?;
        Ok(extra_keywords)
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
            (Some(index), _) if !slots[index].is_missing() => Err(self.given_twice(text, names)),
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

    fn fill_positional(&self, slots: &mut [Bound], names: Option<&Tuple>) -> Outcome<()> {
        let positional = self.unit.argument_count as usize;
        // SAFETY: nothing runs while the defaults are borrowed; a failure is told from what was found before.
        let defaults = unsafe { self.function.defaults.borrow() };
        let defaults = defaults.as_ref().and_then(|tuple| tuple.as_tuple()).map_or(&[][..], Tuple::items);
        let first_default = positional.saturating_sub(defaults.len());
        let missing: Vec<usize> = (0..first_default).filter(|index| slots[*index].is_missing()).collect();
        if !missing.is_empty() {
            return Err(self.refused_natively(names).unwrap_or_else(|| self.missing("positional", &missing)));
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
}
