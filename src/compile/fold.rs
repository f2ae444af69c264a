//! Constant expressions, evaluated at compile time within CPython 3.11's limits.
//!
//! What is not folded here is computed when the program runs, with the same result: so cases that are rare or
//! whose arithmetic belongs to the run time (float powers, complex numbers) are left alone.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::bytecode::Constant;
use crate::syntax::ast::{self, Context, Expr, ExprKind, IntegerLiteral, Operator, UnaryOperator};

/// Bits of a folded product, power or shift.
const MAXIMUM_INTEGER_BITS: u64 = 128;
/// Items of a folded repeated tuple.
const MAXIMUM_ITEMS: usize = 256;
/// Bytes or characters of a folded repeated string.
const MAXIMUM_TEXT: usize = 4096;
/// Items of a folded repeated tuple with all that its items hold.
const MAXIMUM_TOTAL_ITEMS: i64 = 1024;
/// Up to here integers are exact as floats.
const EXACT_FLOAT: i64 = 1 << 53;

/// The value of a literal or of `__debug__`.
pub(super) fn leaf(expression: &Expr, optimize: bool) -> Option<Constant> {
    match &expression.kind {
        ExprKind::Constant { value, .. } => Some(literal(value)),
        ExprKind::Name { id, ctx: Context::Load } if &**id == "__debug__" => {
            Some(if optimize { Constant::False } else { Constant::True })
        }
        _ => None,
    }
}

/// The constant of a literal.
pub(super) fn literal(value: &ast::Constant) -> Constant {
    match value {
        ast::Constant::None => Constant::None,
        ast::Constant::True => Constant::True,
        ast::Constant::False => Constant::False,
        ast::Constant::Ellipsis => Constant::Ellipsis,
        ast::Constant::Integer(IntegerLiteral::Small(value)) => Constant::Small(*value),
        ast::Constant::Integer(IntegerLiteral::Big(value)) => Constant::Big(value.clone()),
        ast::Constant::Float(value) => Constant::Float(*value),
        ast::Constant::Imaginary(value) => Constant::Imaginary(*value),
        ast::Constant::Text(text) => Constant::Text(text.clone()),
        ast::Constant::WideText(text) => Constant::WideText(text.clone()),
        ast::Constant::Bytes(bytes) => Constant::Bytes(bytes.clone()),
    }
}

/// The value of an operation whose operands are constants, as told by `constant`.
pub(super) fn fold(expression: &Expr, constant: impl Fn(&Expr) -> Option<Constant>) -> Option<Constant> {
    match &expression.kind {
        ExprKind::BinOp { left, op, right } => {
            let right = constant(right)?;
            binary(*op, &constant(left)?, &right)
        }
        ExprKind::UnaryOp { op, operand } => unary(*op, &constant(operand)?),
        ExprKind::Tuple { elts, ctx: Context::Load } => {
            Some(Constant::Tuple(elts.iter().map(constant).collect::<Option<Rc<[_]>>>()?))
        }
        ExprKind::Subscript { value, slice, ctx: Context::Load } => {
            let index = constant(slice)?;
            subscript(&constant(value)?, &index)
        }
        _ => None,
    }
}

/// The truth of a constant.
pub(super) fn truth(constant: &Constant) -> bool {
    match constant {
        Constant::None | Constant::False => false,
        Constant::True | Constant::Ellipsis | Constant::Code(_) | Constant::Big(_) => true,
        Constant::Small(value) => *value != 0,
        Constant::Float(value) | Constant::Imaginary(value) => *value != 0.0,
        Constant::Text(text) => !text.is_empty(),
        Constant::WideText(text) => !text.is_empty(),
        Constant::Bytes(bytes) => !bytes.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
    }
}

fn boolean(value: bool) -> Constant {
    if value { Constant::True } else { Constant::False }
}

fn unary(op: UnaryOperator, operand: &Constant) -> Option<Constant> {
    if op == UnaryOperator::Not {
        return Some(boolean(!truth(operand)));
    }
    if let Constant::Float(value) = operand {
        return match op {
            UnaryOperator::USub => Some(Constant::Float(-value)),
            UnaryOperator::UAdd => Some(Constant::Float(*value)),
            _ => None,
        };
    }
    let value = integer(operand)?;
    Some(normalized(match op {
        UnaryOperator::Invert => -value - 1,
        UnaryOperator::USub => -value,
        _ => value,
    }))
}

/// The integer of an integer or boolean constant.
fn integer(constant: &Constant) -> Option<BigInt> {
    match constant {
        Constant::True => Some(1.into()),
        Constant::False => Some(0.into()),
        Constant::Small(value) => Some((*value).into()),
        Constant::Big(value) => Some((**value).clone()),
        _ => None,
    }
}

fn small(constant: &Constant) -> Option<i64> {
    integer(constant)?.to_i64()
}

fn normalized(value: BigInt) -> Constant {
    match value.to_i64() {
        Some(small) => Constant::Small(small),
        None => Constant::Big(Rc::new(value)),
    }
}

fn binary(op: Operator, left: &Constant, right: &Constant) -> Option<Constant> {
    if let (Constant::True | Constant::False, Constant::True | Constant::False) = (left, right) {
        let (left, right) = (truth(left), truth(right));
        match op {
            Operator::BitAnd => return Some(boolean(left & right)),
            Operator::BitOr => return Some(boolean(left | right)),
            Operator::BitXor => return Some(boolean(left ^ right)),
            _ => {}
        }
    }
    if let (Some(left), Some(right)) = (integer(left), integer(right)) {
        return integers(op, &left, &right);
    }
    if let (Some(left), Some(right)) = (float(left), float(right)) {
        return floats(op, left, right);
    }
    match op {
        Operator::Add => concatenate(left, right),
        Operator::Mult => repeat(left, right).or_else(|| repeat(right, left)),
        _ => None,
    }
}

fn integers(op: Operator, left: &BigInt, right: &BigInt) -> Option<Constant> {
    let (bits, other_bits) = (left.bits(), right.bits());
    let value = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult if bits == 0 || other_bits == 0 || bits + other_bits <= MAXIMUM_INTEGER_BITS => {
            left * right
        }
        Operator::Div => return true_division(left, right),
        Operator::FloorDiv => floor_division(left, right)?,
        Operator::Mod => left - floor_division(left, right)? * right,
        Operator::Pow => power(left, right)?,
        Operator::LShift => {
            let shift = right.to_u64()?;
            if !left.is_zero() && shift.checked_add(bits)? > MAXIMUM_INTEGER_BITS {
                return None;
            }
            if left.is_zero() { BigInt::zero() } else { left << shift }
        }
        Operator::RShift => left >> right.to_u32()?,
        Operator::BitAnd => left & right,
        Operator::BitOr => left | right,
        Operator::BitXor => left ^ right,
        _ => return None,
    };
    Some(normalized(value))
}

fn floor_division(left: &BigInt, right: &BigInt) -> Option<BigInt> {
    if right.is_zero() {
        return None;
    }
    let (quotient, remainder) = (left / right, left % right);
    let opposite = !remainder.is_zero() && remainder.is_negative() != right.is_negative();
    Some(if opposite { quotient - 1 } else { quotient })
}

fn true_division(left: &BigInt, right: &BigInt) -> Option<Constant> {
    let exact = |value: &BigInt| value.to_i64().filter(|value| value.unsigned_abs() <= EXACT_FLOAT as u64);
    let (left, right) = (exact(left)?, exact(right)?);
    if right == 0 { None } else { Some(Constant::Float(left as f64 / right as f64)) }
}

fn power(base: &BigInt, exponent: &BigInt) -> Option<BigInt> {
    let exponent = exponent.to_u32()?;
    if exponent > 0 && base.bits() > MAXIMUM_INTEGER_BITS / u64::from(exponent) {
        return None;
    }
    Some(if base.is_zero() && exponent > 0 { BigInt::zero() } else { base.pow(exponent) })
}

/// The float of a float or of an integer that is exact as a float.
fn float(constant: &Constant) -> Option<f64> {
    match constant {
        Constant::Float(value) => Some(*value),
        _ => small(constant).filter(|value| value.unsigned_abs() <= EXACT_FLOAT as u64).map(|it| it as f64),
    }
}

fn floats(op: Operator, left: f64, right: f64) -> Option<Constant> {
    let value = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div if right != 0.0 => left / right,
        _ => return None,
    };
    Some(Constant::Float(value))
}

fn concatenate(left: &Constant, right: &Constant) -> Option<Constant> {
    match (left, right) {
        (Constant::Text(left), Constant::Text(right)) => {
            Some(Constant::Text(format!("{left}{right}").into()))
        }
        (Constant::Bytes(left), Constant::Bytes(right)) => {
            Some(Constant::Bytes([&**left, &**right].concat().into()))
        }
        (Constant::Tuple(left), Constant::Tuple(right)) => {
            Some(Constant::Tuple(left.iter().chain(&**right).cloned().collect()))
        }
        _ => None,
    }
}

fn repeat(sequence: &Constant, count: &Constant) -> Option<Constant> {
    let count = usize::try_from(small(count)?).ok()?;
    let within = |size: usize, limit: usize| size == 0 || count <= limit / size;
    match sequence {
        Constant::Text(text) if within(text.chars().count(), MAXIMUM_TEXT) => {
            Some(Constant::Text(if text.is_empty() { text.clone() } else { text.repeat(count).into() }))
        }
        Constant::Bytes(bytes) if within(bytes.len(), MAXIMUM_TEXT) => {
            Some(Constant::Bytes(if bytes.is_empty() { bytes.clone() } else { bytes.repeat(count).into() }))
        }
        Constant::Tuple(items) if within(items.len(), MAXIMUM_ITEMS) => {
            let allowed = if count == 0 { i64::MAX } else { MAXIMUM_TOTAL_ITEMS / count as i64 };
            remaining_items(items, allowed)?;
            let count = if items.is_empty() { 0 } else { count };
            Some(Constant::Tuple(std::iter::repeat_n(&**items, count).flatten().cloned().collect()))
        }
        _ => None,
    }
}

/// What is left of an allowance of items after counting a tuple with the tuples inside.
fn remaining_items(items: &[Constant], allowed: i64) -> Option<i64> {
    let mut left = allowed.checked_sub(i64::try_from(items.len()).ok()?).filter(|left| *left >= 0)?;
    for item in items {
        if let Constant::Tuple(inner) = item {
            left = remaining_items(inner, left)?;
        }
    }
    Some(left)
}

fn subscript(value: &Constant, index: &Constant) -> Option<Constant> {
    let index = small(index)?;
    let position = |length: usize| {
        let from_end = if index < 0 { i64::try_from(length).ok()? } else { 0 };
        usize::try_from(index.checked_add(from_end)?).ok().filter(|position| *position < length)
    };
    match value {
        Constant::Tuple(items) => items.get(position(items.len())?).cloned(),
        Constant::Bytes(bytes) => {
            bytes.get(position(bytes.len())?).map(|byte| Constant::Small((*byte).into()))
        }
        Constant::Text(text) => {
            let character = text.chars().nth(position(text.chars().count())?)?;
            Some(Constant::Text(character.to_string().into()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Options, scopes::ScopeTable};
    use crate::syntax::{ast::StmtKind, parse_module};

    fn folded(source: &str) -> Option<Constant> {
        let module = parse_module(source).expect("the sample parses");
        let table = ScopeTable::of(&module, Options::default()).expect("the scopes are in order");
        match &module.body[0].kind {
            StmtKind::Expr { value } => table.constant(value),
            _ => None,
        }
    }

    #[track_caller]
    fn assert_folds(source: &str, expected: &str) {
        let (found, expected) = (folded(source), folded(expected));
        // Their shown form tells 1 from 1.0 and 0.0 from -0.0.
        assert!(found.is_some(), "{source} is not folded");
        assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{source}");
    }

    #[test]
    fn arithmetic_follows_python() {
        assert_folds("-7 // 2", "-4");
        assert_folds("-7 % 3", "2");
        assert_folds("7 % -3", "-2");
        assert_folds("7 / 2", "3.5");
        assert_folds("~5 ^ 3", "-7");
        assert_folds("True + True", "2");
        assert_folds("True & False", "False");
        assert_folds("1 + 0.5", "1.5");
        assert_folds("9223372036854775807 + 1", "9223372036854775808");
        assert_folds("-9223372036854775808 >> 63", "-1");
        assert_folds("(1, 2) + (3,)", "(1, 2, 3)");
        assert_folds("'é' * 2 + 'x'", "'ééx'");
        assert_folds("'abc'[-1]", "'c'");
        assert_folds("b'abc'[0]", "97");
        assert_folds("not ()", "True");
    }

    #[test]
    fn what_is_large_or_fails_is_left_to_the_run() {
        for source in [
            "1 // 0",
            "1 / 0",
            "1 % 0",
            "2 ** 129",
            "1 << 128",
            "2 ** -1",
            "'a' * 4097",
            "(1,) * 257",
            "'a' * -1",
            "'abc'[3]",
            "(1, 2)['a']",
            "1 @ 2",
            "'a' + 1",
            "-'a'",
            "~1.5",
            "1 >> -1",
            "1 << -1",
            "((1, 2) * 100, 3) * 20",
        ] {
            assert!(folded(source).is_none(), "{source}");
        }
    }
}
