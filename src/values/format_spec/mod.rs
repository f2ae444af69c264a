//! The three little languages of formatting, as parsers and as layout of plain values.
//!
//! | part | language | functions |
//! |---|---|---|
//! | here | `format(x, ">+10,.2f")` | [`FormatSpec::parse`] |
//! | [`render`] | the same | [`render::integer`], [`render::float`], [`render::complex`], [`render::text`] |
//! | [`percent`] | `"%-5d" % x` | [`percent::Parser`], [`percent::integer`], [`percent::float`], [`percent::text`] |
//! | [`fields`] | `"{0.name[key]!r:{width}}"` | [`fields::Markup`], [`fields::split_name`], [`fields::Lookups`] |
//!
//! All text goes in as code points. Numbers come out as a [`Field`], which says how often the fill stands where
//! without having written it, so that a caller can refuse a width before the memory is asked for.
//! Errors are typed; [`SpecError::message`] words them as CPython does.

pub mod fields;
pub mod percent;
pub mod render;

use super::characters;
use super::digits::{OutOfMemory, Outcome};

/// The mark between groups of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// `,` after each three digits.
    Comma,
    /// `_` after each three digits, and after each four in binary, octal and hexadecimal text.
    Underscore,
}

impl Grouping {
    fn mark(self) -> char {
        match self {
            Grouping::Comma => ',',
            Grouping::Underscore => '_',
        }
    }
}

/// Where the text stands in a wider field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: the fill stands between sign and digits.
    AfterSign,
}

/// A parsed format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatSpec {
    /// A code point; a blank if not given.
    pub fill: u32,
    /// That of the object if not given.
    pub align: Alignment,
    /// `+`, `-` or a blank.
    pub sign: Option<char>,
    /// `z`
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least number of characters.
    pub width: Option<usize>,
    /// `,` or `_`
    pub grouping: Option<Grouping>,
    /// Digits or characters.
    pub precision: Option<usize>,
    /// The code point of the presentation type, if given.
    pub code: Option<u32>,
}

/// Why a specification is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecError {
    /// There is text after the type.
    Invalid,
    /// A width, precision or index beyond the machine's integers.
    TooManyDigits,
    /// A point without digits after it.
    MissingPrecision,
    /// Both marks.
    TwoGroupings,
    /// This mark does not go with that type.
    GroupingWith(char, u32),
    /// A type that the object does not know.
    UnknownCode(u32),
    /// Not allowed with text.
    SignWithText,
    /// Not allowed with text.
    SpaceWithText,
    /// Not allowed with text.
    NegativeZeroWithText,
    /// Not allowed with text.
    AlternateWithText,
    /// Not allowed with text.
    AfterSignWithText,
    /// Not allowed with integers.
    PrecisionWithInteger,
    /// Not allowed with integers.
    NegativeZeroWithInteger,
    /// Not allowed with `c`.
    SignWithCharacter,
    /// Not allowed with `c`.
    AlternateWithCharacter,
    /// Not allowed with complex numbers.
    ZeroPaddingWithComplex,
    /// Not allowed with complex numbers.
    AfterSignWithComplex,
    /// A float's precision beyond C's `int`.
    PrecisionTooBig,
    /// `c` of an integer that is no code point: an OverflowError.
    NoCharacter,
    /// `c` of an integer beyond 64 bits: an OverflowError.
    IntegerTooLarge,
    /// A MemoryError.
    OutOfMemory,
}

/// Which exception a [`SpecError`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// `ValueError`
    Value,
    /// `OverflowError`
    Overflow,
    /// `MemoryError`, without a message.
    Memory,
}

impl From<OutOfMemory> for SpecError {
    fn from(_: OutOfMemory) -> SpecError {
        SpecError::OutOfMemory
    }
}

impl SpecError {
    /// Its exception.
    pub fn kind(self) -> ErrorKind {
        match self {
            SpecError::NoCharacter | SpecError::IntegerTooLarge => ErrorKind::Overflow,
            SpecError::OutOfMemory => ErrorKind::Memory,
            _ => ErrorKind::Value,
        }
    }

    /// Its wording, as code points because the specification may be part of it.
    pub fn message(self, spec: &[u32], type_name: &str) -> Vec<u32> {
        let points = |text: &str| text.chars().map(u32::from).collect::<Vec<_>>();
        match self {
            SpecError::Invalid => {
                let end = points(&format!("' for object of type '{type_name}'"));
                [points("Invalid format specifier '"), spec.to_vec(), end].concat()
            }
            SpecError::UnknownCode(code) => {
                points(&format!("Unknown format code '{}' for object of type '{type_name}'", show(code)))
            }
            SpecError::GroupingWith(mark, code) => {
                points(&format!("Cannot specify '{mark}' with '{}'.", show(code)))
            }
            _ => points(self.fixed_message()),
        }
    }

    fn fixed_message(self) -> &'static str {
        match self {
            SpecError::TooManyDigits => "Too many decimal digits in format string",
            SpecError::MissingPrecision => "Format specifier missing precision",
            SpecError::TwoGroupings => "Cannot specify both ',' and '_'.",
            SpecError::SignWithText => "Sign not allowed in string format specifier",
            SpecError::SpaceWithText => "Space not allowed in string format specifier",
            SpecError::NegativeZeroWithText => {
                "Negative zero coercion (z) not allowed in string format specifier"
            }
            SpecError::AlternateWithText => "Alternate form (#) not allowed in string format specifier",
            SpecError::AfterSignWithText => "'=' alignment not allowed in string format specifier",
            SpecError::PrecisionWithInteger => "Precision not allowed in integer format specifier",
            SpecError::NegativeZeroWithInteger => {
                "Negative zero coercion (z) not allowed in integer format specifier"
            }
            SpecError::SignWithCharacter => "Sign not allowed with integer format specifier 'c'",
            SpecError::AlternateWithCharacter => {
                "Alternate form (#) not allowed with integer format specifier 'c'"
            }
            SpecError::ZeroPaddingWithComplex => "Zero padding is not allowed in complex format specifier",
            SpecError::AfterSignWithComplex => {
                "'=' alignment flag is not allowed in complex format specifier"
            }
            SpecError::PrecisionTooBig => "precision too big",
            SpecError::NoCharacter => "%c arg not in range(0x110000)",
            SpecError::IntegerTooLarge => "Python int too large to convert to C long",
            _ => "",
        }
    }
}

/// A code point in a message: itself if it is ASCII and visible, else its number.
fn show(code: u32) -> String {
    match char::from_u32(code) {
        Some(visible @ '!'..='\x7f') => visible.to_string(),
        _ => format!("\\x{code:x}"),
    }
}

/// A number laid out: `left` fills, the head (sign and prefix), `middle` fills, the body, `right` fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The code point that fills.
    pub fill: u32,
    /// How often it stands before everything.
    pub left: usize,
    /// Sign and prefix, ASCII.
    pub head: String,
    /// How often the fill stands between head and body.
    pub middle: usize,
    /// The digits.
    pub body: Body,
    /// How often the right fill stands after everything.
    pub right: usize,
    /// The code point that fills on the right.
    pub right_fill: u32,
}

/// What stands in a [`Field`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// ASCII text.
    Ascii(String),
    /// One code point.
    Character(u32),
}

impl Field {
    /// How many characters there will be; nothing when no machine could hold them.
    pub fn length(&self) -> Option<usize> {
        let body = match &self.body {
            Body::Ascii(text) => text.len(),
            Body::Character(_) => 1,
        };
        let parts = [self.left, self.head.len(), self.middle, body, self.right];
        parts
            .iter()
            .try_fold(0usize, |sum, part| sum.checked_add(*part))
            .filter(|&sum| sum <= isize::MAX as usize / 4)
    }

    /// The largest code point in it.
    pub fn largest(&self) -> u32 {
        let body = if let Body::Character(point) = self.body { point } else { 0x7f };
        let fill = if self.left + self.middle > 0 { self.fill } else { 0 };
        body.max(fill).max(if self.right > 0 { self.right_fill } else { 0 })
    }

    /// Hands over the pieces in order: a code point and how often, or ASCII text.
    pub fn write(&self, mut fill: impl FnMut(u32, usize), mut ascii: impl FnMut(&str)) {
        fill(self.fill, self.left);
        ascii(&self.head);
        fill(self.fill, self.middle);
        match &self.body {
            Body::Ascii(text) => ascii(text),
            Body::Character(point) => fill(*point, 1),
        }
        fill(self.right_fill, self.right);
    }

    /// The whole as code points.
    pub fn to_points(&self) -> Outcome<Vec<u32>> {
        let out = std::cell::RefCell::new(Vec::new());
        let length = self.length().ok_or(OutOfMemory)?;
        out.borrow_mut().try_reserve_exact(length).map_err(|_| OutOfMemory)?;
        self.write(
            |point, count| out.borrow_mut().extend(std::iter::repeat_n(point, count)),
            |text| out.borrow_mut().extend(text.chars().map(u32::from)),
        );
        Ok(out.into_inner())
    }
}

/// Reads a specification from the left.
struct Cursor<'a> {
    rest: &'a [u32],
}

impl Cursor<'_> {
    #[inline]
    fn take(&mut self, wanted: char) -> bool {
        let [first, rest @ ..] = self.rest else { return false };
        if *first != u32::from(wanted) {
            return false;
        }
        self.rest = rest;
        true
    }

    fn take_if<T>(&mut self, accept: impl Fn(char) -> Option<T>) -> Option<T> {
        let accepted = accept(char::from_u32(*self.rest.first()?)?)?;
        self.rest = &self.rest[1..];
        Some(accepted)
    }

    fn integer(&mut self) -> Result<Option<usize>, SpecError> {
        let (value, used) = leading_integer(self.rest)?;
        self.rest = &self.rest[used..];
        Ok(value)
    }
}

/// The integer at the start, in digits of any script, and how many characters it has.
fn leading_integer(text: &[u32]) -> Result<(Option<usize>, usize), SpecError> {
    let mut value = None;
    for (used, &point) in text.iter().enumerate() {
        let Some(digit) = characters::decimal_value(point) else { return Ok((value, used)) };
        let next = value.unwrap_or(0usize).checked_mul(10).and_then(|sum| sum.checked_add(digit as usize));
        value = Some(next.filter(|&sum| sum <= isize::MAX as usize).ok_or(SpecError::TooManyDigits)?);
    }
    Ok((value, text.len()))
}

/// An integer of a few digits at the start, and what stands behind it.
fn short_number(text: &[u8]) -> (Option<usize>, &[u8]) {
    let (mut value, mut used) = (0, 0);
    while let Some(digit @ b'0'..=b'9') = text.get(used)
        && used < 6
    {
        value = value * 10 + usize::from(digit - b'0');
        used += 1;
    }
    ((used > 0).then_some(value), &text[used..])
}

fn alignment(mark: char) -> Option<Alignment> {
    match mark {
        '<' => Some(Alignment::Left),
        '>' => Some(Alignment::Right),
        '^' => Some(Alignment::Center),
        '=' => Some(Alignment::AfterSign),
        _ => None,
    }
}

impl FormatSpec {
    /// Parses a specification for an object that is aligned as `default_align` says, and whose type is
    /// `default_code` if none is given (`'s'` for text, `'d'` for integers, nothing for floats).
    pub fn parse(
        text: &[u32],
        default_code: Option<char>,
        default_align: Alignment,
    ) -> Result<FormatSpec, SpecError> {
        let mut cursor = Cursor { rest: text };
        let (mut fill, mut align) = cursor.fill_and_alignment();
        let sign = cursor.take_if(|mark| matches!(mark, '+' | '-' | ' ').then_some(mark));
        let no_negative_zero = cursor.take('z');
        let alternate = cursor.take('#');
        if fill.is_none() && cursor.take('0') {
            fill = Some(u32::from('0'));
            if align.is_none() && default_align == Alignment::Right {
                align = Some(Alignment::AfterSign);
            }
        }
        let width = cursor.integer()?;
        let grouping = cursor.grouping()?;
        let precision = cursor.precision()?;
        if cursor.rest.len() > 1 {
            return Err(SpecError::Invalid);
        }
        let code = cursor.rest.first().copied().or(default_code.map(u32::from));
        check_grouping(grouping, code)?;
        let (fill, align) = (fill.unwrap_or(u32::from(' ')), align.unwrap_or(default_align));
        Ok(FormatSpec { fill, align, sign, no_negative_zero, alternate, width, grouping, precision, code })
    }

    /// The same of the few words that most are: `[align][0][width][.precision][type]`. None for all others, also for
    /// what is refused.
    pub fn parse_short(
        text: &[u8],
        default_code: Option<char>,
        default_align: Alignment,
    ) -> Option<FormatSpec> {
        let given = text.first().and_then(|mark| alignment(char::from(*mark)));
        let rest = &text[usize::from(given.is_some())..];
        // Two marks are a fill and an alignment.
        if given.is_some() && rest.first().is_some_and(|mark| alignment(char::from(*mark)).is_some()) {
            return None;
        }
        let (zeros, rest) = rest.strip_prefix(b"0").map_or((false, rest), |rest| (true, rest));
        let (width, rest) = short_number(rest);
        let (precision, rest) = match rest {
            [b'.', digits @ ..] => {
                let (precision, rest) = short_number(digits);
                (Some(precision?), rest)
            }
            _ => (None, rest),
        };
        let code = match rest {
            [] => default_code.map(u32::from),
            [code] if code.is_ascii_alphabetic() && *code != b'z' => Some(u32::from(*code)),
            _ => return None,
        };
        let align = match given {
            None if zeros && default_align == Alignment::Right => Alignment::AfterSign,
            given => given.unwrap_or(default_align),
        };
        Some(FormatSpec {
            fill: u32::from(if zeros { '0' } else { ' ' }),
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width,
            grouping: None,
            precision,
            code,
        })
    }

    /// The type as an ASCII letter.
    fn letter(&self) -> Option<char> {
        self.code.and_then(char::from_u32)
    }
}

impl Cursor<'_> {
    fn fill_and_alignment(&mut self) -> (Option<u32>, Option<Alignment>) {
        let at = |index: usize| self.rest.get(index).and_then(|&point| alignment(char::from_u32(point)?));
        let (fill, align) = match at(1) {
            Some(align) => (Some(self.rest[0]), Some(align)),
            None => (None, at(0)),
        };
        self.rest = &self.rest[usize::from(fill.is_some()) + usize::from(align.is_some())..];
        (fill, align)
    }

    fn grouping(&mut self) -> Result<Option<Grouping>, SpecError> {
        let comma = self.take(',');
        let underscore = self.take('_');
        if underscore && (comma || self.rest.first() == Some(&u32::from(','))) {
            return Err(SpecError::TwoGroupings);
        }
        Ok(if underscore { Some(Grouping::Underscore) } else { comma.then_some(Grouping::Comma) })
    }

    fn precision(&mut self) -> Result<Option<usize>, SpecError> {
        if !self.take('.') {
            return Ok(None);
        }
        self.integer()?.map(Some).ok_or(SpecError::MissingPrecision)
    }
}

fn check_grouping(grouping: Option<Grouping>, code: Option<u32>) -> Result<(), SpecError> {
    let (Some(grouping), Some(code)) = (grouping, code) else { return Ok(()) };
    match char::from_u32(code) {
        Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Ok(()),
        Some('b' | 'o' | 'x' | 'X') if grouping == Grouping::Underscore => Ok(()),
        _ => Err(SpecError::GroupingWith(grouping.mark(), code)),
    }
}

#[cfg(test)]
mod tests;
