//! Operators, and objects as machine numbers.

use std::ptr::fn_addr_eq;

use crate::object::{Object, ObjectRef};
use crate::runtime::native::BuiltinFunction;
use crate::runtime::slots::{Binary, Operator, Repeat, Slots, Ternary, Unary};
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::values::digits::{self, SignedRef};
use crate::values::integer::Integer;

/// Binary operators.
impl Interpreter {
    /// `left + right` and its like.
    pub fn binary(&self, operator: &Operator, left: &Object, right: &Object) -> Outcome {
        if let Some(result) = self.binary_by_slots(operator.slot, left, right)? {
            return Ok(result);
        }
        if let Some(result) = self.sequence_binary(operator, left, right)? {
            return Ok(result);
        }
        Err(self.unsupported(operator.symbol, left, right))
    }

    /// `left += right` and its like: the result, which may be `left` itself.
    pub fn inplace(&self, operator: &Operator, left: &Object, right: &Object) -> Outcome {
        if let Some(slot) = (operator.inplace)(&left.type_object().slots) {
            let result = slot(self, left, right)?;
            if !self.is_not_implemented(&result) {
                return Ok(result);
            }
        }
        if let Some(result) = self.binary_by_slots(operator.slot, left, right)? {
            return Ok(result);
        }
        if let Some(result) = self.sequence_inplace(operator, left, right)? {
            return Ok(result);
        }
        Err(self.unsupported(operator.inplace_symbol, left, right))
    }

    /// Asks the slots of both operands, the right one first where its type is a subclass with a slot of its own.
    fn binary_by_slots(
        &self,
        slot: fn(&Slots) -> Option<Binary>,
        left: &Object,
        right: &Object,
    ) -> Outcome<Option<ObjectRef>> {
        let (left_type, right_type) = (left.type_object(), right.type_object());
        let left_slot = slot(&left_type.slots);
        let mut right_slot = None;
        if !std::ptr::eq(left_type, right_type) {
            right_slot = slot(&right_type.slots)
                .filter(|right| left_slot.is_none_or(|left| !fn_addr_eq(left, *right)));
        }
        if let (Some(_), Some(function)) = (left_slot, right_slot)
            && right_type.is_subtype(left_type)
        {
            if let Some(result) = self.implemented(function(self, left, right))? {
                return Ok(Some(result));
            }
            right_slot = None;
        }
        for function in [left_slot, right_slot].into_iter().flatten() {
            if let Some(result) = self.implemented(function(self, left, right))? {
                return Ok(Some(result));
            }
        }
        Ok(None)
    }

    /// None for `NotImplemented`.
    fn implemented(&self, result: Outcome) -> Outcome<Option<ObjectRef>> {
        result.map(|result| (!self.is_not_implemented(&result)).then_some(result))
    }

    /// `+` and `*` of sequences.
    fn sequence_binary(
        &self,
        operator: &Operator,
        left: &Object,
        right: &Object,
    ) -> Outcome<Option<ObjectRef>> {
        let (ours, theirs) = (&left.type_object().slots, &right.type_object().slots);
        match operator.symbol {
            "+" => ours.concatenate.get().map(|concatenate| concatenate(self, left, right)).transpose(),
            "*" => match (ours.repeat.get(), theirs.repeat.get()) {
                (Some(repeat), _) => self.repeat_by(repeat, left, right).map(Some),
                (None, Some(repeat)) => self.repeat_by(repeat, right, left).map(Some),
                (None, None) => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// `+=` and `*=` of sequences. The right operand must not be changed, so its own in-place slot is not asked.
    fn sequence_inplace(
        &self,
        operator: &Operator,
        left: &Object,
        right: &Object,
    ) -> Outcome<Option<ObjectRef>> {
        let ours = &left.type_object().slots;
        match operator.symbol {
            "+" => match ours.inplace_concatenate.get() {
                Some(concatenate) => concatenate(self, left, right).map(Some),
                None => self.sequence_binary(operator, left, right),
            },
            "*" => match ours.inplace_repeat.get() {
                Some(repeat) => self.repeat_by(repeat, left, right).map(Some),
                // What has any place for the methods of sequences is not asked to repeat the right one.
                None if ours.repeat.get().is_none() && is_container(left) => Ok(None),
                None => self.sequence_binary(operator, left, right),
            },
            _ => Ok(None),
        }
    }

    fn repeat_by(&self, repeat: Repeat, sequence: &Object, count: &Object) -> Outcome {
        repeat(self, sequence, self.repeat_count(count)?)
    }

    /// How often a sequence is to be repeated.
    pub fn repeat_count(&self, count: &Object) -> Outcome<isize> {
        if count.type_object().slots.index.get().is_none() {
            let kind = count.type_name();
            return Err(self.type_error(format_args!("can't multiply sequence by non-int of type '{kind}'")));
        }
        self.index_isize(count, Some(&self.types.overflow_error))
    }

    /// `divmod(left, right)`
    pub fn divmod(&self, left: &Object, right: &Object) -> Outcome {
        self.binary(&Operator::DIVMOD, left, right)
    }

    /// Raises TypeError for operands that an operator does not know.
    #[cold]
    pub fn unsupported(&self, symbol: &str, left: &Object, right: &Object) -> Raised {
        let hint = if symbol == ">>" && is_print(left) {
            ". Did you mean \"print(<message>, file=<output_stream>)\"?"
        } else {
            ""
        };
        let (left, right) = (left.type_name(), right.type_name());
        self.type_error(format_args!(
            "unsupported operand type(s) for {symbol}: '{left}' and '{right}'{hint}"
        ))
    }
}

/// Whether a type has methods of sequences, as all classes of a program do.
fn is_container(object: &Object) -> bool {
    let kind = object.type_object();
    kind.has(TypeFlags::HEAP) || kind.slots.length.get().is_some() || kind.slots.contains.get().is_some()
}

/// Whether an object is the function `print`, whose `>>` was a statement of Python 2.
fn is_print(object: &Object) -> bool {
    object.layout::<BuiltinFunction>().is_some_and(|function| function.method.get().name == "print")
}

/// Powers.
impl Interpreter {
    /// `pow(base, exponent, modulus)`; the modulus is None where there is none.
    pub fn power(&self, base: &Object, exponent: &Object, modulus: &Object) -> Outcome {
        self.power_named("** or pow()", base, exponent, modulus)
    }

    /// `base **= exponent`
    pub fn inplace_power(&self, base: &Object, exponent: &Object, modulus: &Object) -> Outcome {
        if let Some(slot) = base.type_object().slots.inplace_power.get()
            && let Some(result) = self.implemented(slot(self, base, exponent, modulus))?
        {
            return Ok(result);
        }
        self.power_named("**=", base, exponent, modulus)
    }

    fn power_named(&self, symbol: &str, base: &Object, exponent: &Object, modulus: &Object) -> Outcome {
        let slots = self.power_slots(base, exponent, modulus);
        for slot in slots.into_iter().flatten() {
            if let Some(result) = self.implemented(slot(self, base, exponent, modulus))? {
                return Ok(result);
            }
        }
        if self.is_none(modulus) {
            return Err(self.unsupported(symbol, base, exponent));
        }
        Err(self.type_error(format_args!(
            "unsupported operand type(s) for {symbol}: '{}', '{}', '{}'",
            base.type_name(),
            exponent.type_name(),
            modulus.type_name()
        )))
    }

    /// The slots to ask, in their order; none is there twice.
    fn power_slots(&self, base: &Object, exponent: &Object, modulus: &Object) -> [Option<Ternary>; 3] {
        let (base_type, exponent_type) = (base.type_object(), exponent.type_object());
        let slot = |kind: &TypeObject| kind.slots.power.get();
        let differs =
            |slot: Ternary, other: Option<Ternary>| other.is_none_or(|other| !fn_addr_eq(slot, other));
        let first = slot(base_type);
        let second = slot(exponent_type)
            .filter(|slot| !std::ptr::eq(base_type, exponent_type) && differs(*slot, first));
        let third =
            slot(modulus.type_object()).filter(|slot| differs(*slot, first) && differs(*slot, second));
        match first.is_some() && second.is_some() && exponent_type.is_subtype(base_type) {
            true => [second, first, third],
            false => [first, second, third],
        }
    }
}

/// Unary operators.
impl Interpreter {
    fn unary(&self, slot: Option<Unary>, name: &str, object: &Object) -> Outcome {
        match slot {
            Some(slot) => slot(self, object),
            None => {
                Err(self.type_error(format_args!("bad operand type for {name}: '{}'", object.type_name())))
            }
        }
    }

    /// `-object`
    pub fn negative(&self, object: &Object) -> Outcome {
        self.unary(object.type_object().slots.negative.get(), "unary -", object)
    }

    /// `+object`
    pub fn positive(&self, object: &Object) -> Outcome {
        self.unary(object.type_object().slots.positive.get(), "unary +", object)
    }

    /// `~object`
    pub fn invert(&self, object: &Object) -> Outcome {
        self.unary(object.type_object().slots.invert.get(), "unary ~", object)
    }

    /// `abs(object)`
    pub fn absolute(&self, object: &Object) -> Outcome {
        self.unary(object.type_object().slots.absolute.get(), "abs()", object)
    }
}

/// Objects as numbers.
impl Interpreter {
    /// `operator.index(object)`: an exact int.
    pub fn index(&self, object: &Object) -> Outcome {
        let index = self.index_of_any_type(object)?;
        match index.as_int() {
            Some(integer) if !index.is_exactly(&self.types.int) => {
                self.new_int_from_digits(integer.is_negative(), integer.digits())
            }
            _ => Ok(index),
        }
    }

    /// The same, where an instance of a subclass of int stays itself.
    pub fn index_of_any_type(&self, object: &Object) -> Outcome {
        if object.as_int().is_some() {
            return Ok(object.new_ref());
        }
        let Some(slot) = object.type_object().slots.index.get() else {
            let kind = object.type_name();
            return Err(self.type_error(format_args!("'{kind}' object cannot be interpreted as an integer")));
        };
        let index = slot(self, object)?;
        if index.as_int().is_none() {
            let kind = index.type_name();
            return Err(self.type_error(format_args!("__index__ returned non-int (type {kind})")));
        }
        if !index.is_exactly(&self.types.int) {
            self.warn_about_subclass("__index__", "int", &index)?;
        }
        Ok(index)
    }

    /// An index as a machine word. What does not fit is clamped where no exception type is given.
    pub fn index_isize(&self, object: &Object, overflow: Option<&TypeObject>) -> Outcome<isize> {
        let index = self.index_of_any_type(object)?;
        let Some(integer) = index.as_int() else { return Ok(0) };
        match (integer.to_i64(), overflow) {
            (Some(value), _) => Ok(value as isize),
            (None, None) if integer.is_negative() => Ok(isize::MIN),
            (None, None) => Ok(isize::MAX),
            (None, Some(kind)) => {
                let object = object.type_name();
                Err(self.raise_text(kind, &format!("cannot fit '{object}' into an index-sized integer")))
            }
        }
    }

    /// An index as a machine word of C.
    pub fn to_i64(&self, object: &Object) -> Outcome<i64> {
        let index = self.index_of_any_type(object)?;
        index
            .as_int()
            .and_then(Integer::to_i64)
            .ok_or_else(|| self.overflow_error("Python int too large to convert to C long"))
    }

    /// Anything with `__float__` or `__index__` as a floating-point number.
    pub fn to_f64(&self, object: &Object) -> Outcome<f64> {
        if let Some(float) = object.as_float() {
            return Ok(float.value());
        }
        if let Some(slot) = object.type_object().slots.float.get() {
            let made = slot(self, object)?;
            if made.as_float().is_some() && !made.is_exactly(&self.types.float) {
                self.warn_about_subclass(&format!("{}.__float__", object.type_name()), "float", &made)?;
            }
            return made.as_float().map(|float| float.value()).ok_or_else(|| self.not_a_float(object, &made));
        }
        if object.type_object().slots.index.get().is_none() {
            let kind = object.type_name();
            return Err(self.type_error(format_args!("must be real number, not {kind}")));
        }
        let index = self.index_of_any_type(object)?;
        index.as_int().map_or(Ok(0.0), |integer| self.integer_to_f64(integer))
    }

    #[cold]
    fn not_a_float(&self, object: &Object, made: &Object) -> Raised {
        let (object, made) = (object.type_name(), made.type_name());
        self.type_error(format_args!("{object}.__float__ returned non-float (type {made})"))
    }

    /// An integer as the nearest floating-point number.
    pub fn integer_to_f64(&self, integer: &Integer) -> Outcome<f64> {
        digits::to_f64(SignedRef::new(integer.is_negative(), integer.digits()))
            .map_err(|_| self.overflow_error("int too large to convert to float"))
    }
}
