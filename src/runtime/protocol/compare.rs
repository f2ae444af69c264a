//! Comparisons.

use std::cmp::Ordering;
use std::hint::cold_path;

use crate::object::{Lent, Object, ObjectRef};
use crate::runtime::slot_functions::compares_by_function;
use crate::runtime::slots::Comparison;
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome, Raised};
use crate::values::key_equality::KeyEquality;
use crate::values::text::Text;

impl Comparison {
    /// All of them, in the order of their numbers.
    pub const ALL: [Comparison; 6] =
        [Self::Less, Self::LessEqual, Self::Equal, Self::NotEqual, Self::Greater, Self::GreaterEqual];

    /// The symbol.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    /// The comparison that holds of the operands in reverse.
    pub const fn reflected(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
            same => same,
        }
    }

    /// Whether it holds for values in this order.
    pub const fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::LessEqual => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Greater => order.is_gt(),
            Self::GreaterEqual => order.is_ge(),
        }
    }
}

impl Interpreter {
    /// `a < b` and its like, any object as the result.
    pub fn compare(&self, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
        let _level = self.enter(" in comparison")?;
        if let Some(result) = self.compare_by_slots(left, right, comparison)? {
            return Ok(result);
        }
        self.compare_unanswered(left, right, comparison)
    }

    /// A comparison whose left operand was asked first and has refused to answer.
    pub fn compare_refused(&self, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
        let _level = self.enter(" in comparison")?;
        match self.ask(right, left, comparison.reflected())? {
            Some(result) => Ok(result),
            None => self.compare_unanswered(left, right, comparison),
        }
    }

    /// A comparison that neither operand answers: identity decides equality, others have no meaning.
    fn compare_unanswered(&self, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
        match comparison {
            Comparison::Equal => Ok(self.new_bool(left.is(right))),
            Comparison::NotEqual => Ok(self.new_bool(!left.is(right))),
            _ => Err(self.cannot_compare([left.type_name(), right.type_name()], comparison)),
        }
    }

    /// `left < right` and its like for items that a list holds as well and that special methods of a program compare: they
    /// see what CPython lets them see, which lends these two. `again` finds them anew, as the method asked first may have
    /// thrown them out.
    pub fn compare_held(
        &self,
        [left, right]: [ObjectRef; 2],
        comparison: Comparison,
        again: impl Fn() -> Option<[ObjectRef; 2]>,
    ) -> Outcome {
        let reflected = comparison.reflected();
        if !compares_by_function(self, &left, comparison) && !compares_by_function(self, &right, reflected) {
            return self.compare(&left, &right, comparison);
        }
        let _level = self.enter(" in comparison")?;
        let subclass_first =
            left.kind_pointer() != right.kind_pointer() && right.type_object().is_subtype(left.type_object());
        let kept = [left.address(), right.address()];
        let names = [left.type_name(), right.type_name()];
        let ask = |[left, right]: [ObjectRef; 2], right_one: bool| match right_one {
            true => self.ask_held([right, left], reflected),
            false => self.ask_held([left, right], comparison),
        };
        if let Some(answer) = ask([left, right], subclass_first)? {
            return Ok(answer);
        }
        if let Some(found) = again().filter(|found| found.each_ref().map(|it| it.address()) == kept)
            && let Some(answer) = ask(found, !subclass_first)?
        {
            return Ok(answer);
        }
        Err(self.cannot_compare(names, comparison))
    }

    /// The answer of one operand, where both are held by somebody else as well. A function's frame counts them, and nobody
    /// else does.
    fn ask_held(&self, [left, right]: [ObjectRef; 2], comparison: Comparison) -> Outcome<Option<ObjectRef>> {
        let least = if left.is(&right) { 3 } else { 2 };
        let is_held = left.count() >= least && right.count() >= least;
        if !is_held || !compares_by_function(self, &left, comparison) {
            return self.ask(&left, &right, comparison);
        }
        // SAFETY: somebody holds both, and the frame counts them before anything else runs.
        let (left, right) = unsafe { (Lent::let_go(left), Lent::let_go(right)) };
        self.ask(left.object(), right.object(), comparison)
    }

    #[cold]
    fn cannot_compare(&self, [left, right]: [String; 2], comparison: Comparison) -> Raised {
        let symbol = comparison.symbol();
        self.type_error(format_args!("'{symbol}' not supported between instances of '{left}' and '{right}'"))
    }

    /// Asks both operands, the right one first where its type is a subclass of the left one's.
    fn compare_by_slots(
        &self,
        left: &Object,
        right: &Object,
        comparison: Comparison,
    ) -> Outcome<Option<ObjectRef>> {
        let (left_type, right_type) = (left.type_object(), right.type_object());
        let reflected = comparison.reflected();
        let subclass_first = !std::ptr::eq(left_type, right_type)
            && right_type.slots.compare.get().is_some()
            && right_type.is_subtype(left_type);
        if subclass_first && let Some(result) = self.ask(right, left, reflected)? {
            return Ok(Some(result));
        }
        if let Some(result) = self.ask(left, right, comparison)? {
            return Ok(Some(result));
        }
        if subclass_first { Ok(None) } else { self.ask(right, left, reflected) }
    }

    /// The answer of one operand's slot; none for `NotImplemented`.
    fn ask(&self, left: &Object, right: &Object, comparison: Comparison) -> Outcome<Option<ObjectRef>> {
        let Some(slot) = left.type_object().slots.compare.get() else { return Ok(None) };
        let result = slot(self, left, right, comparison)?;
        Ok((!self.is_not_implemented(&result)).then_some(result))
    }

    /// The truth of a comparison; an object is equal to itself without being asked.
    pub fn compare_bool(&self, left: &Object, right: &Object, comparison: Comparison) -> Outcome<bool> {
        if left.is(right) {
            match comparison {
                Comparison::Equal => return Ok(true),
                Comparison::NotEqual => return Ok(false),
                _ => {}
            }
        }
        let result = self.compare(left, right, comparison)?;
        self.is_true(&result)
    }

    /// Whether two objects are the same or equal.
    #[inline]
    pub fn equal(&self, left: &Object, right: &Object) -> Outcome<bool> {
        match self.equal_without_running(left, right) {
            Some(known) => Ok(known),
            None => self.compare_bool(left, right, Comparison::Equal),
        }
    }

    /// Whether two objects are ints of one digit and equal, or tuples of the same items. Calls nothing.
    #[inline(always)]
    fn equal_at_sight(&self, left: &Object, right: &Object) -> bool {
        if let Some(left) = self.exact_int(left) {
            return self.exact_int(right).is_some_and(|right| left.equals_shortly(right));
        }
        cold_path();
        let (Some(left), Some(right)) = (self.exact_tuple(left), self.exact_tuple(right)) else {
            cold_path();
            return false;
        };
        let (items, others) = (left.items(), right.items());
        items.len() == others.len() && items.iter().zip(others).all(|(first, second)| first.is(second))
    }

    /// The answer of [`Interpreter::equal`] where it can be told without running anything.
    #[inline]
    fn equal_without_running(&self, left: &Object, right: &Object) -> Option<bool> {
        if left.is(right) {
            return Some(true);
        }
        if !right.is_exactly(left.kind()) {
            return None;
        }
        self.alike_equal_plainly(left, right).or_else(|| {
            let left = self.exact_tuple(left)?;
            self.rows_equal_plainly(left.items(), self.exact_tuple(right)?.items())
        })
    }

    /// The order of two tuples, where their first items that are not the same are exact ints of a machine word, floats or
    /// texts, and equal or ordered; none for all others. Nothing runs.
    pub fn tuples_order_plainly(&self, left: &Object, right: &Object) -> Option<Ordering> {
        let (left, right) = (self.exact_tuple(left)?.items(), self.exact_tuple(right)?.items());
        for (first, second) in left.iter().zip(right) {
            if !first.is(second) {
                let order = self.order_plainly(first, second)?;
                if order.is_ne() {
                    return Some(order);
                }
            }
        }
        Some(left.len().cmp(&right.len()))
    }

    #[inline(always)]
    fn order_plainly(&self, left: &Object, right: &Object) -> Option<Ordering> {
        if let Some(left) = self.exact_int(left) {
            return Some(left.to_i64()?.cmp(&self.exact_int(right)?.to_i64()?));
        }
        if let Some(left) = self.exact_text(left) {
            return Some(left.compare(self.exact_text(right)?));
        }
        self.exact_float(left)?.value().partial_cmp(&self.exact_float(right)?.value())
    }

    /// As far as each pair of items can be told without running anything.
    #[inline(never)]
    fn rows_equal_plainly(&self, left: &[ObjectRef], right: &[ObjectRef]) -> Option<bool> {
        if left.len() != right.len() {
            return None;
        }
        for (first, second) in left.iter().zip(right) {
            if !self.equal_plainly(first, second)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether the objects are the same, or equal as exact texts or ints; none for all others.
    #[inline]
    fn equal_plainly(&self, left: &Object, right: &Object) -> Option<bool> {
        if left.is(right) {
            return Some(true);
        }
        if !right.is_exactly(left.kind()) {
            return None;
        }
        self.alike_equal_plainly(left, right)
    }

    /// The same for two objects of one type.
    #[inline(always)]
    fn alike_equal_plainly(&self, left: &Object, right: &Object) -> Option<bool> {
        if let Some(integer) = self.exact_int(left) {
            return Some(integer.equals(self.exact_int(right)?));
        }
        Some(texts_equal(self.exact_text(left)?, self.exact_text(right)?))
    }
}

/// Equal keys are mostly the same text, so this stays out of the way of searches.
#[inline(never)]
fn texts_equal(left: &Text, right: &Text) -> bool {
    left.equals(right)
}

/// Python's equality of keys, for dicts and sets.
pub struct Equality<'a>(pub &'a Interpreter);

impl KeyEquality<Raised> for Equality<'_> {
    #[inline(always)]
    fn at_sight(&mut self, stored: &Object, sought: &Object) -> bool {
        self.0.equal_at_sight(stored, sought)
    }

    #[inline(always)]
    fn plainly(&mut self, stored: &Object, sought: &Object) -> Option<bool> {
        self.0.equal_without_running(stored, sought)
    }

    fn compare(&mut self, stored: &Object, sought: &Object) -> Outcome<bool> {
        self.0.compare_bool(stored, sought, Comparison::Equal)
    }
}
