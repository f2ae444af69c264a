//! `"%-5d" % value`: the format's pieces in order, and the layout of one value.
//!
//! A caller walks the [`Parser`]. For each [`Conversion`] it looks up the key or takes the next arguments in this
//! order: the width if it is [`Amount::Star`], the precision likewise, the value. The letter is checked last, so
//! that a missing argument is told first. After an error [`Parser::unfinished`] tells which arguments CPython would
//! have looked up before it. Both text and bytes parse with it.

use super::{Body, Field};
use crate::values::digits::{self, OutOfMemory, Outcome, SignedRef};
use crate::values::float_text::{self, Notation, Style};
use std::ops::Range;

/// A piece of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// These characters as they stand; an escaped percent sign is one of them.
    Literal(Range<usize>),
    /// A value goes here.
    Conversion(Conversion),
}

/// A width or precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Not given.
    None,
    /// Given in the format.
    Number(usize),
    /// The next argument: it must be an integer ("* wants int"). A negative width means `-`, a negative
    /// precision 0.
    Star,
}

/// The flags of a conversion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub sign: bool,
    /// A blank.
    pub blank: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
    /// `z`, which only bytes know: no sign before a zero.
    pub no_negative_zero: bool,
}

/// What stands after a percent sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// Where the mapping key stands in the format, without its parentheses.
    pub key: Option<Range<usize>>,
    /// The flags.
    pub flags: Flags,
    /// The least number of characters.
    pub width: Amount,
    /// The precision, at most C's largest `int`.
    pub precision: Amount,
    /// The letter's code point, not yet checked.
    pub code: u32,
    /// The letter's index in the format.
    pub index: usize,
}

/// Why a format is refused; all are ValueErrors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PercentError {
    /// "incomplete format"
    Incomplete,
    /// "incomplete format key"
    IncompleteKey,
    /// "width too big"
    WidthTooBig,
    /// "precision too big"
    PrecisionTooBig,
}

impl PercentError {
    /// Its wording.
    pub fn message(self) -> &'static str {
        match self {
            PercentError::Incomplete => "incomplete format",
            PercentError::IncompleteKey => "incomplete format key",
            PercentError::WidthTooBig => "width too big",
            PercentError::PrecisionTooBig => "precision too big",
        }
    }
}

impl Conversion {
    /// The ValueError's wording for a letter that is not known.
    pub fn unsupported(&self) -> String {
        let shown = char::from_u32(self.code).filter(|shown| ('\x1f'..='~').contains(shown)).unwrap_or('?');
        format!("unsupported format character '{shown}' (0x{:x}) at index {}", self.code, self.index)
    }

    /// Whether nothing stands between the mark and the letter, but for a key.
    pub fn is_plain(&self) -> bool {
        self.flags == Flags::default() && (self.width, self.precision) == (Amount::None, Amount::None)
    }

    /// The letter.
    pub fn letter(&self) -> Option<char> {
        char::from_u32(self.code)
    }
}

/// Walks a format. It is an iterator that ends after an error.
#[derive(Debug, Clone)]
pub struct Parser<'a> {
    format: &'a [u32],
    is_bytes: bool,
    at: usize,
    unfinished: Unfinished,
}

/// What the conversion that is being read has asked for so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unfinished {
    /// Where its mapping key stands.
    pub key: Option<Range<usize>>,
    /// How many stars it has.
    pub stars: usize,
}

impl<'a> Parser<'a> {
    /// At the start.
    pub fn new(format: &'a [u32]) -> Parser<'a> {
        Parser { format, is_bytes: false, at: 0, unfinished: Unfinished::default() }
    }

    /// At the start of a format of bytes.
    pub fn of_bytes(format: &'a [u32]) -> Parser<'a> {
        Parser { is_bytes: true, ..Parser::new(format) }
    }

    /// After an error: what stood before it in its conversion.
    pub fn unfinished(&self) -> &Unfinished {
        &self.unfinished
    }

    fn peek(&self) -> Option<char> {
        self.format.get(self.at).map(|&point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn conversion(&mut self) -> Result<Conversion, PercentError> {
        self.unfinished = Unfinished::default();
        let key = if self.take('(') { Some(self.key()?) } else { None };
        self.unfinished.key = key.clone();
        let flags = self.flags();
        let width = self.amount(isize::MAX as usize, PercentError::WidthTooBig)?;
        let precision = match self.take('.') {
            true => match self.amount(i32::MAX as usize, PercentError::PrecisionTooBig)? {
                Amount::None => Amount::Number(0),
                given => given,
            },
            false => Amount::None,
        };
        if matches!(self.peek(), Some('h' | 'l' | 'L')) {
            self.at += 1;
        }
        let index = self.at;
        let code = *self.format.get(index).ok_or(PercentError::Incomplete)?;
        self.at += 1;
        Ok(Conversion { key, flags, width, precision, code, index })
    }

    /// Up to the parenthesis that closes the first.
    fn key(&mut self) -> Result<Range<usize>, PercentError> {
        let (start, mut depth) = (self.at, 1);
        loop {
            match self.peek().ok_or(PercentError::IncompleteKey)? {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Ok(start..self.at - 1);
            }
        }
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        loop {
            match self.peek() {
                Some('-') => flags.left = true,
                Some('+') => flags.sign = true,
                Some(' ') => flags.blank = true,
                Some('#') => flags.alternate = true,
                Some('0') => flags.zero = true,
                Some('z') if self.is_bytes => flags.no_negative_zero = true,
                _ => return flags,
            }
            self.at += 1;
        }
    }

    fn amount(&mut self, most: usize, error: PercentError) -> Result<Amount, PercentError> {
        if self.take('*') {
            self.unfinished.stars += 1;
            return Ok(Amount::Star);
        }
        let mut amount = Amount::None;
        while let Some(digit) = self.peek().and_then(|digit| digit.to_digit(10)) {
            let before = if let Amount::Number(before) = amount { before } else { 0 };
            if before > (most - digit as usize) / 10 {
                return Err(error);
            }
            amount = Amount::Number(before * 10 + digit as usize);
            self.at += 1;
        }
        Ok(amount)
    }
}

impl Iterator for Parser<'_> {
    type Item = Result<Piece, PercentError>;

    fn next(&mut self) -> Option<Self::Item> {
        let percent = u32::from('%');
        let start = self.at;
        let rest = self.format.get(start..).filter(|rest| !rest.is_empty())?;
        let plain = rest.iter().position(|&point| point == percent).unwrap_or(rest.len());
        if plain > 0 {
            self.at += plain;
            return Some(Ok(Piece::Literal(start..self.at)));
        }
        self.at += 1;
        if self.take('%') {
            return Some(Ok(Piece::Literal(start..start + 1)));
        }
        let conversion = self.conversion();
        if conversion.is_err() {
            self.at = self.format.len();
        }
        Some(conversion.map(Piece::Conversion))
    }
}

/// A value's place after stars have been replaced by arguments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The flags; a negative star width has set `left`.
    pub flags: Flags,
    /// The least number of characters.
    pub width: usize,
    /// The precision.
    pub precision: Option<usize>,
}

/// An integer, for `d i u o x X`. Limits on decimal digits are the caller's.
pub fn integer(place: &Place, letter: char, value: SignedRef) -> Outcome<Field> {
    let magnitude = SignedRef::new(false, value.digits);
    let (radix, prefix) = match letter {
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut digits = match radix {
        10 => digits::decimal_text(magnitude, 0).map_err(|_| OutOfMemory)?,
        _ => digits::radix_text(magnitude, radix, "")?,
    };
    if letter == 'X' {
        digits.make_ascii_uppercase();
    }
    let zeros = place.precision.unwrap_or(0).saturating_sub(digits.len());
    let mut body = String::new();
    body.try_reserve_exact(zeros.checked_add(digits.len()).ok_or(OutOfMemory)?).map_err(|_| OutOfMemory)?;
    body.extend(std::iter::repeat_n('0', zeros));
    body.push_str(&digits);
    let mut head = sign_text(place, value.negative).to_string();
    head.push_str(if place.flags.alternate { prefix } else { "" });
    Ok(number(place, head, body))
}

/// A float, for `e E f F g G`.
pub fn float(place: &Place, letter: char, value: f64) -> Outcome<Field> {
    let notation = match letter.to_ascii_lowercase() {
        'e' => Notation::Exponent,
        'f' => Notation::Fixed,
        _ => Notation::General,
    };
    let style = Style {
        alternate: place.flags.alternate,
        upper: letter.is_ascii_uppercase(),
        no_negative_zero: place.flags.no_negative_zero,
        ..Style::new(notation, place.precision.unwrap_or(6))
    };
    let text = float_text::text(value, style)?;
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.as_str()),
    };
    Ok(number(place, sign_text(place, negative).to_string(), body.to_string()))
}

fn sign_text(place: &Place, negative: bool) -> &'static str {
    match (negative, place.flags.sign, place.flags.blank) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    }
}

/// Zeros go between head and digits; blanks go outside, and always on the right.
fn number(place: &Place, head: String, body: String) -> Field {
    let missing = place.width.saturating_sub(head.len() + body.len());
    let (left, middle, right) = match (place.flags.left, place.flags.zero) {
        (true, _) => (0, 0, missing),
        (false, true) => (0, missing, 0),
        (false, false) => (missing, 0, 0),
    };
    let fill = u32::from(if middle > 0 { '0' } else { ' ' });
    Field { fill, left, head, middle, body: Body::Ascii(body), right, right_fill: u32::from(' ') }
}

/// Text of `length` characters, for `s r a`; for `c` the precision is left out by the caller. Returns the blanks
/// before, how many characters are kept, and the blanks after.
pub fn text(place: &Place, length: usize) -> (usize, usize, usize) {
    let kept = place.precision.map_or(length, |most| most.min(length));
    let missing = place.width.saturating_sub(kept);
    if place.flags.left { (0, kept, missing) } else { (missing, kept, 0) }
}
