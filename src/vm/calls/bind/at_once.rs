//! Binding without a question: every parameter has its argument or its default, and keywords are exact strings. What the
//! parameters get is borrowed until it is known that all of them get something, so that giving up costs nothing.

use std::mem::MaybeUninit;

use super::{Binder, FEW};
use crate::bytecode::CodeFlags;
use crate::object::ObjectRef;
use crate::runtime::stack::Register;
use crate::runtime::{Outcome, Typed};
use crate::values::dict::Dict;
use crate::values::tuple::Tuple;
use crate::vm::execute::operands::{drop_register, take_reference};

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

impl Binder<'_> {
    /// Binds what fits without a question: every parameter has its argument or its default, and keywords are exact
    /// strings. Says whether it has; nothing is changed where it has not.
    ///
    /// # Safety
    /// As for [`super::bind_window`].
    pub(super) unsafe fn bind_at_once(&self, names: Option<&Tuple>) -> Outcome<bool> {
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
}
