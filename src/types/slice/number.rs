//! Integers without objects, for the arithmetic of slices and ranges: a machine word while it fits, else digits.

use std::cmp::Ordering;

use crate::object::Object;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::values::digits::{self, Signed, SignedRef};

/// An integer of any size.
#[derive(Clone, Debug)]
pub enum Number {
    /// One that fits.
    Word(i64),
    /// One that does not, or did not when it was computed.
    Long(Signed),
}

impl Number {
    /// The value of an int object; zero for anything else.
    pub fn of(object: &Object) -> Self {
        let Some(integer) = object.as_int() else { return Self::Word(0) };
        match integer.to_i64() {
            Some(value) => Self::Word(value),
            None => match digits::Digits::copied(integer.digits()) {
                Ok(magnitude) => Self::Long(Signed::new(integer.is_negative(), magnitude)),
                Err(_) => Self::Word(if integer.is_negative() { i64::MIN } else { i64::MAX }),
            },
        }
    }

    /// An int object.
    pub fn into_object(self, cx: &Interpreter) -> Outcome {
        match self {
            Self::Word(value) => cx.new_int(value),
            Self::Long(value) => cx.new_int_from_digits(value.negative, &value.digits),
        }
    }

    fn long(&self) -> Signed {
        match self {
            Self::Word(value) => Signed::from_i64(*value),
            Self::Long(value) => value.clone(),
        }
    }

    fn short(value: Signed) -> Self {
        value.as_ref().to_i64().map_or(Self::Long(value), Self::Word)
    }

    fn combine(
        &self,
        other: &Self,
        words: impl FnOnce(i64, i64) -> Option<i64>,
        long: impl FnOnce(SignedRef<'_>, SignedRef<'_>) -> digits::Outcome<Signed>,
    ) -> Outcome<Self> {
        if let (Self::Word(left), Self::Word(right)) = (self, other)
            && let Some(result) = words(*left, *right)
        {
            return Ok(Self::Word(result));
        }
        Ok(Self::short(long(self.long().as_ref(), other.long().as_ref())?))
    }

    /// The sum.
    pub fn plus(&self, other: &Self) -> Outcome<Self> {
        self.combine(other, i64::checked_add, digits::add_signed)
    }

    /// The difference.
    pub fn minus(&self, other: &Self) -> Outcome<Self> {
        self.combine(other, i64::checked_sub, digits::subtract_signed)
    }

    /// The product.
    pub fn times(&self, other: &Self) -> Outcome<Self> {
        self.combine(other, i64::checked_mul, digits::multiply_signed)
    }

    /// The quotient, rounded down; `other` is not zero.
    pub fn divided_by(&self, other: &Self) -> Outcome<Self> {
        let words = |left: i64, right: i64| {
            let quotient = left.checked_div(right)?;
            let inexact = left.wrapping_rem(right) != 0 && (left < 0) != (right < 0);
            Some(if inexact { quotient - 1 } else { quotient })
        };
        self.combine(other, words, |left, right| Ok(digits::floor_divide(left, right)?.0))
    }

    /// The remainder with the divisor's sign; `other` is not zero.
    pub fn modulo(&self, other: &Self) -> Outcome<Self> {
        let words = |left: i64, right: i64| {
            let rest = left.checked_rem(right)?;
            Some(if rest != 0 && (rest < 0) != (right < 0) { rest + right } else { rest })
        };
        self.combine(other, words, |left, right| Ok(digits::floor_divide(left, right)?.1))
    }

    /// The order of two.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Word(left), Self::Word(right)) => left.cmp(right),
            _ => digits::compare_signed(self.long().as_ref(), other.long().as_ref()),
        }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self, Self::Word(0))
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Word(value) => *value < 0,
            Self::Long(value) => value.negative,
        }
    }

    /// As a word, if it fits.
    pub fn to_word(&self) -> Option<i64> {
        match self {
            Self::Word(value) => Some(*value),
            Self::Long(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(value: i64) -> Number {
        Number::Long(Signed::from_i64(value))
    }

    #[test]
    fn words_and_digits_agree() {
        for left in [-7, -6, -1, 0, 1, 6, 7, i64::MAX, i64::MIN] {
            for right in [-7, -3, -1, 1, 3, 7, i64::MAX, i64::MIN] {
                let (words, digits) = ((Number::Word(left), Number::Word(right)), (long(left), long(right)));
                let pairs = [
                    (words.0.plus(&words.1), digits.0.plus(&digits.1)),
                    (words.0.minus(&words.1), digits.0.minus(&digits.1)),
                    (words.0.times(&words.1), digits.0.times(&digits.1)),
                    (words.0.divided_by(&words.1), digits.0.divided_by(&digits.1)),
                    (words.0.modulo(&words.1), digits.0.modulo(&digits.1)),
                ];
                for (index, (word, digit)) in pairs.into_iter().enumerate() {
                    let order = word.expect("memory").compare(&digit.expect("memory"));
                    assert_eq!(order, Ordering::Equal, "operation {index} of {left} and {right}");
                }
            }
        }
    }
}
