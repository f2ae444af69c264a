//! Making the common values. Those that are shared (small integers, the empty and the one-character texts, the empty
//! tuple, singletons) are given out here instead of being made.

use super::interpreter::{GREATEST_INT, Interpreter, SMALLEST_INT};
use super::outcome::Outcome;
use crate::object::{Object, ObjectRef, Ref};
use crate::values::dict::Dict;
use crate::values::digits::significant;
use crate::values::float::Float;
use crate::values::integer::Integer;
use crate::values::list::List;
use crate::values::text::Text;
use crate::values::tuple::Tuple;

impl Interpreter {
    /// An integer of one machine word.
    #[inline]
    pub fn new_int(&self, value: i64) -> Outcome {
        if (SMALLEST_INT..=GREATEST_INT).contains(&value) {
            return Ok(self.small_ints[(value - SMALLEST_INT) as usize].clone());
        }
        Ok(Integer::new_small(&self.types.int, value)?.into_object())
    }

    /// An integer of a byte.
    #[inline(always)]
    pub fn new_byte(&self, value: u8) -> ObjectRef {
        self.small_ints[(i64::from(value) - SMALLEST_INT) as usize].clone()
    }

    /// An integer from a size.
    #[inline]
    pub fn new_size(&self, value: usize) -> Outcome {
        self.new_int(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// An integer from sign and 30-bit digits, lowest first.
    pub fn new_int_from_digits(&self, negative: bool, digits: &[u32]) -> Outcome {
        let digits = significant(digits);
        match *digits {
            [] => self.new_int(0),
            [digit] => self.new_int(if negative { -i64::from(digit) } else { i64::from(digit) }),
            _ => Ok(Integer::from_digits(&self.types.int, negative, digits)?.into_object()),
        }
    }

    /// A float.
    #[inline]
    pub fn new_float(&self, value: f64) -> Outcome {
        Ok(Float::new(&self.types.float, value)?.into_object())
    }

    /// `True` or `False`.
    #[inline]
    pub fn new_bool(&self, value: bool) -> ObjectRef {
        if value { self.true_.clone() } else { self.false_.clone() }
    }

    /// A text from Rust text. The empty and the one-character latin ones are shared.
    pub fn new_text(&self, text: &str) -> Outcome {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Ok(self.empty_text.clone().into_object()),
            (Some(only), None) => self.new_character(only as u32),
            _ => Ok(Text::from_str(&self.types.str, text)?.into_object()),
        }
    }

    /// A text from code points (lone surrogates allowed).
    pub fn new_text_from_code_points(&self, points: &[u32]) -> Outcome {
        match points {
            [] => Ok(self.empty_text.clone().into_object()),
            [only] => self.new_character(*only),
            _ => Ok(Text::from_code_points(&self.types.str, points)?.into_object()),
        }
    }

    /// A text of one character.
    #[inline]
    pub fn new_character(&self, point: u32) -> Outcome {
        match self.latin_texts.get(point as usize) {
            Some(text) => Ok(text.clone().into_object()),
            None => Ok(Text::from_code_points(&self.types.str, &[point])?.into_object()),
        }
    }

    /// The text of a path or an argument: what varies by machine stays out of the pools.
    pub fn new_path_text(&self, path: &str) -> Outcome {
        Ok(Text::outside_pools(&self.types.str, path)?.into_object())
    }

    /// A tuple of these references.
    pub fn new_tuple(&self, items: &[ObjectRef]) -> Outcome {
        if items.is_empty() {
            return Ok(self.empty_tuple.clone().into_object());
        }
        Ok(Tuple::new(&self.types.tuple, items.iter().cloned())?.into_object())
    }

    /// A tuple that takes the references over.
    pub fn new_tuple_from(&self, items: Vec<ObjectRef>) -> Outcome {
        if items.is_empty() {
            return Ok(self.empty_tuple.clone().into_object());
        }
        Ok(Tuple::new(&self.types.tuple, items.into_iter())?.into_object())
    }

    /// A list that takes the references over; it allocates exactly what it holds.
    pub fn new_list(&self, items: Vec<ObjectRef>) -> Outcome {
        Ok(List::from_vec(&self.types.list, items)?.into_object())
    }

    /// An empty dict.
    pub fn new_dict(&self) -> Outcome<Ref<Dict>> {
        Ok(Dict::new(&self.types.dict)?)
    }

    /// `None` as a new reference.
    #[inline]
    pub fn none(&self) -> ObjectRef {
        self.none.clone()
    }

    /// Whether this is `None`.
    #[inline]
    pub fn is_none(&self, object: &Object) -> bool {
        object.is(&self.none)
    }

    /// Whether this is `NotImplemented`.
    #[inline]
    pub fn is_not_implemented(&self, object: &Object) -> bool {
        object.is(&self.not_implemented)
    }
}
