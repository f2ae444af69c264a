//! Unicode properties and case mappings of code points, as in Unicode 14, which CPython 3.11 has.
//!
//! | what | functions |
//! |---|---|
//! | one code point | [`is_alpha`], [`is_decimal`], [`is_digit`], [`is_numeric`], [`is_alnum`], [`is_space`], [`is_printable`], [`is_upper`], [`is_lower`], [`is_title`], [`is_cased`], [`is_identifier_start`], [`is_identifier_part`], [`is_line_break`], [`decimal_value`], [`category`] |
//! | a whole text, as `str.isalpha` and its kin | [`every`] with one of the above, [`text_is_upper`], [`text_is_lower`], [`text_is_title`], [`text_is_identifier`] |
//! | mappings of a text, as `str.upper` and its kin | [`upper`], [`lower`], [`title`], [`capitalize`], [`swap_case`], [`case_fold`] |
//! | mappings of one code point | [`to_upper`], [`to_lower`], [`to_title`], [`to_folded`] |
//! | lines | [`lines`] |
//!
//! Texts are slices of `u8`, `u16` or `u32`, one unit a code point; lone surrogates are code points without any
//! property. The crates know a later Unicode: `tables` names what they have too much, and the mappings of the
//! standard library count only when their results exist in Unicode 14.

mod mapping;
mod tables;

pub use mapping::*;

use std::ops::Range;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A unit of text storage: `u8`, `u16` or `u32`.
pub trait Unit: Copy + Into<u32> {}

impl<T: Copy + Into<u32>> Unit for T {}

fn within(ranges: &[(u32, u32)], point: u32) -> Option<(u32, u32)> {
    let after = ranges.partition_point(|range| range.0 <= point);
    ranges[..after].last().copied().filter(|range| point <= range.1)
}

/// The general category.
pub fn category(point: u32) -> GeneralCategory {
    match point {
        0xd800..0xe000 => GeneralCategory::Surrogate,
        0x295 => GeneralCategory::LowercaseLetter,
        0x1171e => GeneralCategory::NonspacingMark,
        _ if within(tables::ASSIGNED_LATER, point).is_some() => GeneralCategory::Unassigned,
        _ => char::from_u32(point).map_or(GeneralCategory::Unassigned, |c| c.general_category()),
    }
}

/// The category's two letters, as `unicodedata.category` returns them.
pub fn category_name(point: u32) -> &'static str {
    use GeneralCategory::*;
    match category(point) {
        UppercaseLetter => "Lu",
        LowercaseLetter => "Ll",
        TitlecaseLetter => "Lt",
        ModifierLetter => "Lm",
        OtherLetter => "Lo",
        NonspacingMark => "Mn",
        SpacingMark => "Mc",
        EnclosingMark => "Me",
        DecimalNumber => "Nd",
        LetterNumber => "Nl",
        OtherNumber => "No",
        ConnectorPunctuation => "Pc",
        DashPunctuation => "Pd",
        OpenPunctuation => "Ps",
        ClosePunctuation => "Pe",
        InitialPunctuation => "Pi",
        FinalPunctuation => "Pf",
        OtherPunctuation => "Po",
        MathSymbol => "Sm",
        CurrencySymbol => "Sc",
        ModifierSymbol => "Sk",
        OtherSymbol => "So",
        SpaceSeparator => "Zs",
        LineSeparator => "Zl",
        ParagraphSeparator => "Zp",
        Control => "Cc",
        Format => "Cf",
        Surrogate => "Cs",
        PrivateUse => "Co",
        Unassigned => "Cn",
    }
}

/// A character of Unicode 14, for the tables of the standard library.
fn known(point: u32) -> Option<char> {
    let character = char::from_u32(point)?;
    within(tables::ASSIGNED_LATER, point).is_none().then_some(character)
}

fn ascii(point: u32) -> Option<u8> {
    u8::try_from(point).ok().filter(u8::is_ascii)
}

/// A letter.
pub fn is_alpha(point: u32) -> bool {
    use GeneralCategory::*;
    match ascii(point) {
        Some(byte) => byte.is_ascii_alphabetic(),
        None => matches!(
            category(point),
            UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
        ),
    }
}

/// The value of a decimal digit in any script.
pub fn decimal_value(point: u32) -> Option<u32> {
    match ascii(point) {
        Some(byte) => char::from(byte).to_digit(10),
        None => within(tables::DECIMAL_RUNS, point).map(|(zero, _)| (point - zero) % 10),
    }
}

/// A decimal digit in any script.
pub fn is_decimal(point: u32) -> bool {
    decimal_value(point).is_some()
}

/// A digit, also a raised or circled one.
pub fn is_digit(point: u32) -> bool {
    is_decimal(point) || within(tables::DIGITS, point).is_some()
}

/// Anything with a numeric value.
pub fn is_numeric(point: u32) -> bool {
    use GeneralCategory::*;
    match ascii(point) {
        Some(byte) => byte.is_ascii_digit(),
        None => {
            matches!(category(point), DecimalNumber | LetterNumber | OtherNumber)
                || within(tables::NUMERALS, point).is_some()
        }
    }
}

/// A letter or anything with a numeric value.
pub fn is_alnum(point: u32) -> bool {
    is_alpha(point) || is_numeric(point)
}

/// White space, also the separators 1c to 1f.
pub fn is_space(point: u32) -> bool {
    match ascii(point) {
        Some(byte) => matches!(byte, 9..=13 | 0x1c..=0x20),
        None => char::from_u32(point).is_some_and(char::is_whitespace),
    }
}

/// What `repr` shows as it is.
pub fn is_printable(point: u32) -> bool {
    use GeneralCategory::*;
    match ascii(point) {
        Some(byte) => (0x20..0x7f).contains(&byte),
        None => !matches!(
            category(point),
            Control
                | Format
                | Surrogate
                | PrivateUse
                | Unassigned
                | LineSeparator
                | ParagraphSeparator
                | SpaceSeparator
        ),
    }
}

/// Upper case.
pub fn is_upper(point: u32) -> bool {
    known(point).is_some_and(char::is_uppercase)
}

/// Lower case.
pub fn is_lower(point: u32) -> bool {
    match point {
        0x295 => true,
        // These became lower case after Unicode 14.
        0x10fc | 0xa7f2..=0xa7f4 | 0xab69 => false,
        _ => known(point).is_some_and(char::is_lowercase),
    }
}

/// Title case: a digraph of which the first letter is upper case.
pub fn is_title(point: u32) -> bool {
    point > 0x7f && category(point) == GeneralCategory::TitlecaseLetter
}

/// Upper, lower or title case.
pub fn is_cased(point: u32) -> bool {
    is_upper(point) || is_lower(point) || is_title(point)
}

/// What an identifier may begin with.
pub fn is_identifier_start(point: u32) -> bool {
    point == u32::from('_') || known(point).is_some_and(unicode_ident::is_xid_start)
}

/// What an identifier may go on with.
pub fn is_identifier_part(point: u32) -> bool {
    let later = matches!(point, 0x200c | 0x200d | 0x30fb | 0xff65);
    !later && known(point).is_some_and(unicode_ident::is_xid_continue)
}

/// What ends a line for `str.splitlines`.
pub fn is_line_break(point: u32) -> bool {
    matches!(point, 0x0a..=0x0d | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029)
}

/// Is there text, and has each character the property? `str.isprintable` and `str.isascii` are also true without
/// text: callers ask that first.
pub fn every<U: Unit>(text: &[U], property: impl Fn(u32) -> bool) -> bool {
    !text.is_empty() && text.iter().all(|&unit| property(unit.into()))
}

/// `str.isupper`: some upper case, and no other.
pub fn text_is_upper<U: Unit>(text: &[U]) -> bool {
    let points = || text.iter().map(|&unit| unit.into());
    !points().any(|point| is_lower(point) || is_title(point)) && points().any(is_upper)
}

/// `str.islower`: some lower case, and no other.
pub fn text_is_lower<U: Unit>(text: &[U]) -> bool {
    let points = || text.iter().map(|&unit| unit.into());
    !points().any(|point| is_upper(point) || is_title(point)) && points().any(is_lower)
}

/// `str.istitle`: upper or title case only after what is not cased, lower case only after what is.
pub fn text_is_title<U: Unit>(text: &[U]) -> bool {
    let (mut any, mut after_cased) = (false, false);
    for &unit in text {
        let point = unit.into();
        let (large, small) = (is_upper(point) || is_title(point), is_lower(point));
        if large && after_cased || !large && small && !after_cased {
            return false;
        }
        after_cased = large || small;
        any |= after_cased;
    }
    any
}

/// `str.isidentifier`.
pub fn text_is_identifier<U: Unit>(text: &[U]) -> bool {
    match text.split_first() {
        Some((&first, rest)) => {
            is_identifier_start(first.into()) && rest.iter().all(|&unit| is_identifier_part(unit.into()))
        }
        None => false,
    }
}

/// The lines of a text: each as the range of its text and the end of its line break.
pub fn lines<U: Unit>(
    text: &[U],
    breaks: impl Fn(u32) -> bool,
) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|&unit| breaks(unit.into())).unwrap_or(rest.len());
        let pair = rest[length..].iter().take(2).map(|&unit| unit.into()).eq([0x0d, 0x0a]);
        at = (start + length + 1 + usize::from(pair)).min(text.len());
        Some((start..start + length, at))
    })
}

#[cfg(test)]
mod tests;
