//! `str.format`: literal text and replacement fields, field names, and their numbering.
//!
//! A caller walks [`Markup`]; for each [`Replacement`] it splits the name with [`split_name`], finds the argument,
//! follows [`Lookups`], converts, expands the specification by the same steps if `nested` says so (once: deeper is
//! [`FieldError::TooDeep`]), and formats.

use super::leading_integer;
use std::ops::Range;

/// Why a format string is refused; all are ValueErrors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldError {
    /// A brace that closes nothing.
    SingleClose,
    /// A brace at the end.
    SingleOpen,
    /// The string ends in a field.
    ExpectedClose,
    /// A brace in a field's name.
    OpenInName,
    /// The string ends after `!`.
    EndInConversion,
    /// Neither `:` nor `}` after the conversion.
    AfterConversion,
    /// The string ends in a specification.
    UnmatchedInSpec,
    /// Nothing after a point or between brackets.
    EmptyAttribute,
    /// A bracket is not closed.
    MissingBracket,
    /// Something else than a lookup after a bracket.
    AfterBracket,
    /// An index beyond the machine's integers.
    TooManyDigits,
    /// A number after automatic numbering.
    ToManual,
    /// No number after numbered fields.
    ToAutomatic,
    /// Specifications in specifications in specifications.
    TooDeep,
    /// A letter that is no conversion.
    UnknownConversion(u32),
}

impl FieldError {
    /// Its wording.
    pub fn message(self) -> String {
        let fixed = match self {
            FieldError::SingleClose => "Single '}' encountered in format string",
            FieldError::SingleOpen => "Single '{' encountered in format string",
            FieldError::ExpectedClose => "expected '}' before end of string",
            FieldError::OpenInName => "unexpected '{' in field name",
            FieldError::EndInConversion => "end of string while looking for conversion specifier",
            FieldError::AfterConversion => "expected ':' after conversion specifier",
            FieldError::UnmatchedInSpec => "unmatched '{' in format spec",
            FieldError::EmptyAttribute => "Empty attribute in format string",
            FieldError::MissingBracket => "Missing ']' in format string",
            FieldError::AfterBracket => "Only '.' or '[' may follow ']' in format field specifier",
            FieldError::TooManyDigits => "Too many decimal digits in format string",
            FieldError::ToManual => {
                "cannot switch from automatic field numbering to manual field specification"
            }
            FieldError::ToAutomatic => {
                "cannot switch from manual field specification to automatic field numbering"
            }
            FieldError::TooDeep => "Max string recursion exceeded",
            FieldError::UnknownConversion(code @ 33..127) => {
                return format!("Unknown conversion specifier {}", char::from(code as u8));
            }
            FieldError::UnknownConversion(code) => {
                return format!("Unknown conversion specifier \\x{code:x}");
            }
        };
        fixed.to_string()
    }
}

/// A replacement field; ranges are places in the format string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The name with its lookups.
    pub name: Range<usize>,
    /// The code point after `!`, to be checked when the value is known.
    pub conversion: Option<u32>,
    /// The specification.
    pub spec: Range<usize>,
    /// Are there fields in the specification?
    pub nested: bool,
}

/// Literal text and the field after it, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup {
    /// Text as it stands; a doubled brace is in it once.
    pub literal: Range<usize>,
    /// What follows it.
    pub field: Option<Replacement>,
}

/// Walks a format string, or a part of one. It is an iterator that ends after an error.
#[derive(Debug, Clone)]
pub struct MarkupParser<'a> {
    text: &'a [u32],
    at: usize,
}

const OPEN: u32 = '{' as u32;
const CLOSE: u32 = '}' as u32;

impl<'a> MarkupParser<'a> {
    /// Walks `part` of the format string `text`.
    pub fn new(text: &'a [u32], part: Range<usize>) -> MarkupParser<'a> {
        MarkupParser { text: &text[..part.end.min(text.len())], at: part.start }
    }

    fn take(&mut self) -> Option<u32> {
        let point = self.text.get(self.at).copied()?;
        self.at += 1;
        Some(point)
    }

    fn markup(&mut self) -> Result<Markup, FieldError> {
        let start = self.at;
        let brace = |point: &u32| *point == OPEN || *point == CLOSE;
        let Some(place) = self.text[start..].iter().position(brace) else {
            self.at = self.text.len();
            return Ok(Markup { literal: start..self.at, field: None });
        };
        let (place, found) = (start + place, self.text[start + place]);
        self.at = place + 1;
        if self.text.get(self.at) == Some(&found) {
            self.at += 1;
            return Ok(Markup { literal: start..place + 1, field: None });
        }
        match found {
            CLOSE => Err(FieldError::SingleClose),
            _ if self.at == self.text.len() => Err(FieldError::SingleOpen),
            _ => Ok(Markup { literal: start..place, field: Some(self.field()?) }),
        }
    }

    fn field(&mut self) -> Result<Replacement, FieldError> {
        let start = self.at;
        let end = self.skip_name()?;
        let name = start..self.at - 1;
        let conversion = match end {
            '!' => Some(self.take().ok_or(FieldError::EndInConversion)?),
            _ => None,
        };
        let after = if conversion.is_some() { self.take() } else { Some(u32::from(end)) };
        match after {
            Some(CLOSE) => {
                Ok(Replacement { name, conversion, spec: self.at - 1..self.at - 1, nested: false })
            }
            Some(after) if after != u32::from(':') => Err(FieldError::AfterConversion),
            _ => self.spec(name, conversion),
        }
    }

    /// Up to and with the character that ends the name. Within brackets nothing does.
    fn skip_name(&mut self) -> Result<char, FieldError> {
        loop {
            match self.take().map(char::from_u32).ok_or(FieldError::ExpectedClose)? {
                Some('{') => return Err(FieldError::OpenInName),
                Some('[') => {
                    let close = self.text[self.at..].iter().position(|&point| point == u32::from(']'));
                    self.at = close.map_or(self.text.len(), |close| self.at + close);
                }
                Some(end @ ('}' | ':' | '!')) => return Ok(end),
                _ => {}
            }
        }
    }

    fn spec(&mut self, name: Range<usize>, conversion: Option<u32>) -> Result<Replacement, FieldError> {
        let (start, mut depth, mut nested) = (self.at, 1, false);
        while depth > 0 {
            match self.take().ok_or(FieldError::UnmatchedInSpec)? {
                OPEN => (depth, nested) = (depth + 1, true),
                CLOSE => depth -= 1,
                _ => {}
            }
        }
        Ok(Replacement { name, conversion, spec: start..self.at - 1, nested })
    }
}

impl Iterator for MarkupParser<'_> {
    type Item = Result<Markup, FieldError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let markup = self.markup();
        if markup.is_err() {
            self.at = self.text.len();
        }
        Some(markup)
    }
}

/// Which argument a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// By position.
    Index(usize),
    /// By this name.
    Name(Range<usize>),
}

/// Numbers fields without a name, and keeps them apart from those with numbers. One for a whole format call.
#[derive(Debug, Clone, Default)]
pub struct Numbering {
    next: usize,
    manual: Option<bool>,
}

impl Numbering {
    fn index(&mut self, given: Option<usize>) -> Result<usize, FieldError> {
        match (*self.manual.get_or_insert(given.is_some()), given) {
            (true, Some(index)) => Ok(index),
            (true, None) => Err(FieldError::ToAutomatic),
            (false, Some(_)) => Err(FieldError::ToManual),
            (false, None) => {
                self.next += 1;
                Ok(self.next - 1)
            }
        }
    }
}

/// An index if the whole text is one.
fn whole_integer(text: &[u32]) -> Result<Option<usize>, FieldError> {
    let (value, used) = leading_integer(text).map_err(|_| FieldError::TooManyDigits)?;
    Ok(value.filter(|_| used == text.len()))
}

/// Splits a field's name into its argument and the lookups after it. `None` for the numbering is the
/// `_string` module's way: an empty name stays one.
pub fn split_name<'a>(
    text: &'a [u32],
    name: Range<usize>,
    numbering: Option<&mut Numbering>,
) -> Result<(Argument, Lookups<'a>), FieldError> {
    let text = &text[..name.end];
    let ends = |point: &u32| *point == u32::from('[') || *point == u32::from('.');
    let end = text[name.start..].iter().position(ends).map_or(name.end, |place| name.start + place);
    let first = name.start..end;
    let given = whole_integer(&text[first.clone()])?;
    let argument = match (numbering, given) {
        (Some(numbering), given) if given.is_some() || first.is_empty() => {
            Argument::Index(numbering.index(given)?)
        }
        (_, Some(index)) => Argument::Index(index),
        (_, None) => Argument::Name(first),
    };
    Ok((argument, Lookups { text, at: end }))
}

/// A step from an argument to what is formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// `.name`
    Attribute(Range<usize>),
    /// `[name]`
    Key(Range<usize>),
    /// `[3]`
    Index(usize),
}

/// Walks the lookups of a field's name. It is an iterator that ends after an error.
#[derive(Debug, Clone)]
pub struct Lookups<'a> {
    text: &'a [u32],
    at: usize,
}

impl Lookups<'_> {
    fn lookup(&mut self) -> Result<Lookup, FieldError> {
        let start = self.at + 1;
        let rest = &self.text[start..];
        let lookup = match char::from_u32(self.text[self.at]) {
            Some('.') => {
                let ends = |point: &u32| *point == u32::from('[') || *point == u32::from('.');
                self.at = rest.iter().position(ends).map_or(self.text.len(), |place| start + place);
                Lookup::Attribute(start..self.at)
            }
            Some('[') => {
                let close = rest.iter().position(|&point| point == u32::from(']'));
                let end = start + close.ok_or(FieldError::MissingBracket)?;
                self.at = end + 1;
                whole_integer(&self.text[start..end])?.map_or(Lookup::Key(start..end), Lookup::Index)
            }
            _ => return Err(FieldError::AfterBracket),
        };
        match &lookup {
            Lookup::Attribute(name) | Lookup::Key(name) if name.is_empty() => Err(FieldError::EmptyAttribute),
            _ => Ok(lookup),
        }
    }
}

impl Iterator for Lookups<'_> {
    type Item = Result<Lookup, FieldError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let lookup = self.lookup();
        if lookup.is_err() {
            self.at = self.text.len();
        }
        Some(lookup)
    }
}
