//! `format % values` of `str`, `bytes` and `bytearray`. Bytes are formatted as the latin text that they are.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::storage::code_points;
use super::{new_slice, text_of};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::coding;
use crate::types::containers::word_index;
use crate::values::digits::SignedRef;
use crate::values::format_spec::Field;
use crate::values::format_spec::percent::{self, Amount, Conversion, Parser, PercentError, Piece, Place};
use crate::values::text::{TextBuilder, TextSlice};

/// `left % right` of texts.
pub fn modulo(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    let Some(format) = left.as_text() else { return Ok(cx.not_implemented.clone()) };
    if format.equals_str("%s") && right.is_exactly(&cx.types.str) {
        return Ok(right.new_ref());
    }
    let points = code_points(format.as_slice())?;
    let mut formatting = Formatting::new(cx, &points, right, false);
    formatting.run()?;
    let whole = formatting.whole.take().unwrap_or_else(|| left.new_ref());
    let is_whole = text_of(&whole).as_slice().equals(formatting.out.as_slice());
    match is_whole && whole.is_exactly(&cx.types.str) {
        true => Ok(whole),
        false => new_slice(cx, formatting.out.as_slice()),
    }
}

/// Formats bytes: the result as latin text.
pub fn format_bytes(cx: &Interpreter, format: &[u8], values: &Object) -> Outcome<TextBuilder> {
    let points = code_points(TextSlice::Latin1(format))?;
    let mut formatting = Formatting::new(cx, &points, values, true);
    formatting.run()?;
    Ok(formatting.out)
}

/// A value to be converted. What is given is not counted here: its own code may look at its count.
enum Value<'a> {
    /// An argument.
    Given(&'a Object),
    /// What a key has found.
    Found(ObjectRef),
}

impl std::ops::Deref for Value<'_> {
    type Target = Object;
    fn deref(&self) -> &Object {
        match self {
            Self::Given(value) => value,
            Self::Found(value) => value,
        }
    }
}

/// One formatting: where the next argument comes from, and what has been written.
struct Formatting<'a> {
    cx: &'a Interpreter,
    format: &'a [u32],
    is_bytes: bool,
    /// What the keys in parentheses are looked up in.
    mapping: Option<&'a Object>,
    /// The tuple of arguments, or the only one; whoever formats holds them.
    values: &'a Object,
    /// What the last key has found, until it is taken.
    looked_up: Option<ObjectRef>,
    /// How many arguments have been taken; the only one counts once.
    taken: usize,
    is_tuple: bool,
    out: TextBuilder,
    /// The text that was written first: where it is all, it is the result itself.
    whole: Option<ObjectRef>,
}

impl<'a> Formatting<'a> {
    fn new(cx: &'a Interpreter, format: &'a [u32], values: &'a Object, is_bytes: bool) -> Self {
        let is_tuple = values.as_tuple().is_some();
        let is_text = values.as_text().is_some()
            || is_bytes && (values.as_bytes().is_some() || values.is_instance(&cx.types.bytearray));
        let has_items = values.type_object().slots.get_item.get().is_some();
        // A deque has items, but no subscripts by any key.
        let is_mapping = has_items && !is_tuple && !is_text && !values.is_exactly(&cx.types.deque);
        let mapping = is_mapping.then_some(values);
        Self {
            cx,
            format,
            is_bytes,
            mapping,
            values,
            looked_up: None,
            taken: 0,
            is_tuple,
            out: TextBuilder::new(),
            whole: None,
        }
    }

    fn run(&mut self) -> Outcome<()> {
        let new = if self.is_bytes { Parser::of_bytes } else { Parser::new };
        let mut parser = new(self.format);
        while let Some(piece) = parser.next() {
            match piece {
                Ok(Piece::Literal(range)) => self.out.push_slice(TextSlice::Full(&self.format[range]))?,
                Ok(Piece::Conversion(conversion)) => self.convert(&conversion)?,
                Err(error) => {
                    if error == PercentError::IncompleteKey && self.mapping.is_none() {
                        return Err(self.cx.type_error("format requires a mapping"));
                    }
                    let unfinished = parser.unfinished().clone();
                    self.ask_for(unfinished.key, unfinished.stars)?;
                    let is_cut = self.is_bytes && error == PercentError::PrecisionTooBig;
                    return Err(self.cx.value_error(if is_cut { "prec too big" } else { error.message() }));
                }
            }
            self.cx.poll()?;
        }
        self.check_all_taken()
    }

    fn check_all_taken(&self) -> Outcome<()> {
        let count = self.values.as_tuple().filter(|_| self.is_tuple).map_or(1, |tuple| tuple.len());
        if self.taken >= count || self.mapping.is_some() {
            return Ok(());
        }
        let what = if self.is_bytes { "bytes" } else { "string" };
        Err(self.cx.type_error(format_args!("not all arguments converted during {what} formatting")))
    }

    /// What a conversion that is broken off has asked for before.
    fn ask_for(&mut self, key: Option<std::ops::Range<usize>>, stars: usize) -> Outcome<()> {
        if let Some(key) = key {
            self.look_up(key)?;
        }
        for _ in 0..stars {
            if self.next()?.as_int().is_none() {
                return Err(self.cx.type_error("* wants int"));
            }
        }
        Ok(())
    }

    fn look_up(&mut self, key: std::ops::Range<usize>) -> Outcome<()> {
        let Some(mapping) = self.mapping else { return Err(self.cx.type_error("format requires a mapping")) };
        let points = &self.format[key];
        let key = match self.is_bytes {
            true => coding::new_bytes(self.cx, &points.iter().map(|&point| point as u8).collect::<Vec<_>>())?,
            false => self.cx.new_text_from_code_points(points)?,
        };
        self.looked_up = Some(self.cx.get_item(mapping, &key)?);
        (self.taken, self.is_tuple) = (0, false);
        Ok(())
    }

    fn next(&mut self) -> Outcome<Value<'a>> {
        let values = self.values;
        let next = match (self.looked_up.take(), values.as_tuple().filter(|_| self.is_tuple)) {
            (Some(found), _) => Some(Value::Found(found)),
            (None, Some(tuple)) => tuple.items().get(self.taken).map(|value| Value::Given(value)),
            (None, None) => (self.taken == 0).then_some(Value::Given(values)),
        };
        self.taken += 1;
        next.ok_or_else(|| self.cx.type_error("not enough arguments for format string"))
    }

    fn convert(&mut self, conversion: &Conversion) -> Outcome<()> {
        if let Some(key) = &conversion.key {
            self.look_up(key.clone())?;
        }
        if conversion.is_plain() && !self.is_bytes && matches!(conversion.letter(), Some('s' | 'd' | 'i')) {
            return self.convert_plainly(conversion);
        }
        let place = self.place(conversion)?;
        let value = self.next()?;
        self.convert_value(conversion, place, &value)
    }

    /// `%s` and `%d` without anything between: an exact int is written as `str` does it.
    fn convert_plainly(&mut self, conversion: &Conversion) -> Outcome<()> {
        let value = self.next()?;
        if conversion.letter() != Some('s') && !value.is_exactly(&self.cx.types.int) {
            return self.convert_value(conversion, Place::default(), &value);
        }
        let shown = self.cx.str(&value)?;
        self.note_first(&shown);
        Ok(self.out.push_text(text_of(&shown))?)
    }

    fn convert_value(&mut self, conversion: &Conversion, place: Place, value: &Object) -> Outcome<()> {
        match conversion.letter() {
            Some('s' | 'r' | 'a' | 'b') if conversion.letter() != Some('b') || self.is_bytes => {
                let shown = self.show(conversion, value)?;
                self.push_text(&place, &shown)
            }
            Some(letter @ ('d' | 'i' | 'u' | 'o' | 'x' | 'X')) => {
                let integer = self.integer(letter, value)?;
                self.push_integer(&place, letter, &integer)
            }
            Some(letter @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G')) => {
                let field = percent::float(&place, letter, self.float(value)?)?;
                self.push_field(&field)
            }
            Some('c') => {
                let point = self.character(value)?;
                let place = Place { precision: None, ..place };
                let character = [point];
                self.push_slice(&place, TextSlice::Full(&character))
            }
            // A byte beyond ASCII is a negative character there, whose message cannot be made.
            _ if self.is_bytes && conversion.code >= 0x80 => {
                Err(self.cx.raise_arguments(&self.cx.types.value_error, &[]))
            }
            _ => Err(self.cx.value_error(conversion.unsupported())),
        }
    }

    fn place(&mut self, conversion: &Conversion) -> Outcome<Place> {
        let mut flags = conversion.flags;
        let width = match conversion.width {
            Amount::None => 0,
            Amount::Number(width) => width,
            Amount::Star => {
                let width = self.star()?;
                let width = word_index(self.cx, &width)?;
                flags.left |= width < 0;
                width.unsigned_abs()
            }
        };
        let precision = match conversion.precision {
            Amount::None => None,
            Amount::Number(precision) => Some(precision),
            Amount::Star => Some(self.star_precision()?),
        };
        Ok(Place { flags, width, precision })
    }

    fn star(&mut self) -> Outcome<Value<'a>> {
        let value = self.next()?;
        if value.as_int().is_none() {
            return Err(self.cx.type_error("* wants int"));
        }
        Ok(value)
    }

    fn star_precision(&mut self) -> Outcome<usize> {
        let value = self.star()?;
        let precision = value.as_int().and_then(|integer| integer.to_i64());
        match precision.and_then(|precision| i32::try_from(precision).ok()) {
            Some(precision) => Ok(precision.max(0) as usize),
            None => Err(self.cx.overflow_error("Python int too large to convert to C int")),
        }
    }

    /// The value as text, for `s r a b`.
    fn show(&self, conversion: &Conversion, value: &Object) -> Outcome {
        match (conversion.letter(), self.is_bytes) {
            (Some('s' | 'b'), true) => {
                let bytes = coding::bytes_to_format(self.cx, value)?;
                new_slice(self.cx, TextSlice::Latin1(&bytes))
            }
            (Some('s'), false) => self.cx.str(value),
            (Some('r'), false) => self.cx.repr(value),
            _ => self.cx.ascii(value),
        }
    }

    fn note_first(&mut self, text: &Object) {
        if self.out.is_empty() {
            self.whole = Some(text.new_ref());
        }
    }

    fn push_text(&mut self, place: &Place, text: &Object) -> Outcome<()> {
        self.note_first(text);
        let text = text_of(text);
        if place.width == 0 && place.precision.is_none() {
            return Ok(self.out.push_text(text)?);
        }
        self.push_slice(place, text.as_slice())
    }

    fn push_slice(&mut self, place: &Place, slice: TextSlice<'_>) -> Outcome<()> {
        let (left, kept, right) = percent::text(place, slice.len());
        self.out.push_repeated(u32::from(' '), left)?;
        self.out.push_slice(slice.slice(0..kept))?;
        Ok(self.out.push_repeated(u32::from(' '), right)?)
    }

    fn push_field(&mut self, field: &Field) -> Outcome<()> {
        let points = field.to_points()?;
        Ok(self.out.push_slice(TextSlice::Full(&points))?)
    }

    fn push_integer(&mut self, place: &Place, letter: char, integer: &Object) -> Outcome<()> {
        let Some(value) = integer.as_int() else { return Ok(()) };
        let decimal = matches!(letter, 'd' | 'i' | 'u');
        if decimal && value.digits().len() > 128 {
            // Asking for the text tells whether there are more digits than may be converted.
            self.cx.call(&self.cx.types.str, &[self.cx.index(integer)?])?;
        }
        let field = percent::integer(place, letter, SignedRef::new(value.is_negative(), value.digits()))?;
        self.push_field(&field)
    }

    /// The value as an int.
    fn integer(&self, letter: char, value: &Object) -> Outcome {
        if value.as_int().is_some() {
            return Ok(value.new_ref());
        }
        let slots = &value.type_object().slots;
        let is_number = slots.index.get().is_some()
            || slots.int.get().is_some()
            || slots.float.get().is_some()
            || value.as_complex().is_some();
        if !is_number {
            return Err(self.wrong_number(letter, value));
        }
        let converted = match letter {
            'o' | 'x' | 'X' => self.cx.index_of_any_type(value),
            _ => self.cx.call(&self.cx.types.int, &[value.new_ref()]),
        };
        converted.map_err(|raised| match self.cx.take_if(&self.cx.types.type_error) {
            Some(_) => self.wrong_number(letter, value),
            None => raised,
        })
    }

    #[cold]
    fn wrong_number(&self, letter: char, value: &Object) -> Raised {
        let kind = value.type_name();
        let letter = if self.is_bytes && letter == 'i' { 'd' } else { letter };
        let wanted = match letter {
            'o' | 'x' | 'X' => "an integer",
            _ => "a real number",
        };
        self.cx.type_error(format_args!("%{letter} format: {wanted} is required, not {kind}"))
    }

    fn float(&self, value: &Object) -> Outcome<f64> {
        let converted = self.cx.to_f64(value);
        if !self.is_bytes {
            return converted;
        }
        converted.map_err(|raised| match self.cx.take_if(&self.cx.types.type_error) {
            Some(_) => {
                let kind = value.type_name();
                self.cx.type_error(format_args!("float argument required, not {kind}"))
            }
            None => raised,
        })
    }

    /// The code point or byte for `c`.
    fn character(&self, value: &Object) -> Outcome<u32> {
        if self.is_bytes {
            return coding::byte_to_format(self.cx, value).map(u32::from);
        }
        if let Some(text) = value.as_text() {
            return match text.length() {
                1 => Ok(text.character(0)),
                _ => Err(self.cx.type_error("%c requires int or char")),
            };
        }
        if value.as_int().is_none() && value.type_object().slots.index.get().is_none() {
            return Err(self.cx.type_error("%c requires int or char"));
        }
        let index = self.cx.index_of_any_type(value)?;
        let point =
            index.as_int().and_then(|integer| integer.to_i64()).and_then(|point| u32::try_from(point).ok());
        let message = "%c arg not in range(0x110000)";
        point.filter(|point| *point < 0x11_0000).ok_or_else(|| self.cx.overflow_error(message))
    }
}
