//! The constants of one code unit, each kept once.
//!
//! Equal are constants of the same type and value, where `0.0` differs from `-0.0` and tuples are compared item
//! by item; in a script of the course, constants of different top-level statements are never equal.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::FromPrimitive;
use rustc_hash::FxHashMap;

use crate::bytecode::Constant;

/// What makes two constants the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Singleton(u8),
    Small(i64),
    Big(Rc<BigInt>),
    Float(u64),
    Imaginary(u64),
    Text(Rc<str>),
    WideText(Rc<[u32]>),
    Bytes(Rc<[u8]>),
    Tuple(Vec<Key>),
    FrozenSet(Vec<Key>),
    /// A code object is equal only to itself.
    Code(usize),
}

impl Key {
    fn of(constant: &Constant) -> Self {
        match constant {
            Constant::None => Self::Singleton(0),
            Constant::True => Self::Singleton(1),
            Constant::False => Self::Singleton(2),
            Constant::Ellipsis => Self::Singleton(3),
            Constant::Small(value) => Self::Small(*value),
            Constant::Big(value) => Self::Big(value.clone()),
            Constant::Float(value) => Self::Float(value.to_bits()),
            Constant::Imaginary(value) => Self::Imaginary(value.to_bits()),
            Constant::Text(text) => Self::Text(text.clone()),
            Constant::WideText(text) => Self::WideText(text.clone()),
            Constant::Bytes(bytes) => Self::Bytes(bytes.clone()),
            Constant::Tuple(items) => Self::Tuple(items.iter().map(Self::of).collect()),
            Constant::FrozenSet(items) => Self::FrozenSet(items.iter().map(Self::of).collect()),
            Constant::Code(unit) => Self::Code(Rc::as_ptr(unit).addr()),
        }
    }
}

/// The constants in the order of their first use.
#[derive(Debug, Default)]
pub(super) struct ConstantTable {
    constants: Vec<Constant>,
    by_key: FxHashMap<(Key, u32), u32>,
}

impl ConstantTable {
    /// The index of a constant, as seen from the given top-level statement.
    pub(super) fn index(&mut self, constant: Constant, statement: u32) -> u32 {
        let next = self.constants.len() as u32;
        let index = *self.by_key.entry((Key::of(&constant), statement)).or_insert(next);
        if index == next {
            self.constants.push(constant);
        }
        index
    }

    /// The finished list.
    pub(super) fn into_list(self) -> Vec<Constant> {
        self.constants
    }
}

/// Whether a program would find two constants equal: numbers by value, whatever their types.
pub(super) fn equal(left: &Constant, right: &Constant) -> bool {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => left == right,
        _ => Key::of(left) == Key::of(right),
    }
}

/// A number's value: an integer, or the real and the imaginary part of what is none.
#[derive(PartialEq)]
enum Number {
    Integer(BigInt),
    Parts(f64, f64),
}

fn number(constant: &Constant) -> Option<Number> {
    let whole = |value: f64| BigInt::from_f64(value).filter(|_| value.fract() == 0.0);
    match constant {
        Constant::True => Some(Number::Integer(1.into())),
        Constant::False => Some(Number::Integer(0.into())),
        Constant::Small(value) => Some(Number::Integer((*value).into())),
        Constant::Big(value) => Some(Number::Integer((**value).clone())),
        Constant::Float(value) => Some(whole(*value).map_or(Number::Parts(*value, 0.0), Number::Integer)),
        Constant::Imaginary(value) if *value == 0.0 => Some(Number::Integer(0.into())),
        Constant::Imaginary(value) => Some(Number::Parts(0.0, *value)),
        _ => None,
    }
}
