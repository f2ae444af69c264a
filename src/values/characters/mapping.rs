//! Case mappings. The full ones: a code point may become up to three. Callers whose text is all ASCII do better
//! with their own loop over bytes.

use super::*;
use crate::values::digits::OutOfMemory;

/// The code points that one becomes.
#[derive(Debug, Clone, Copy)]
pub struct Mapped {
    points: [u32; 3],
    length: usize,
}

impl Mapped {
    fn one(point: u32) -> Mapped {
        Mapped { points: [point, 0, 0], length: 1 }
    }

    /// What the standard library says, if Unicode 14 has all of it; else the code point itself.
    fn collect(point: u32, mapped: impl Iterator<Item = char>) -> Mapped {
        let mut result = Mapped { points: [0; 3], length: 0 };
        for (place, character) in result.points.iter_mut().zip(mapped) {
            if known(character.into()).is_none() {
                return Mapped::one(point);
            }
            *place = character.into();
            result.length += 1;
        }
        result
    }

    fn then(self, map: impl Fn(u32) -> Mapped) -> Mapped {
        let mut result = Mapped { points: [0; 3], length: 0 };
        for &point in self.as_slice() {
            for (place, &next) in result.points[result.length..].iter_mut().zip(map(point).as_slice()) {
                *place = next;
                result.length += 1;
            }
        }
        result
    }

    /// The code points.
    pub fn as_slice(&self) -> &[u32] {
        &self.points[..self.length]
    }
}

/// In upper case.
pub fn to_upper(point: u32) -> Mapped {
    match known(point) {
        Some(ascii) if ascii.is_ascii() => Mapped::one(u32::from(ascii.to_ascii_uppercase())),
        Some(character) => Mapped::collect(point, character.to_uppercase()),
        None => Mapped::one(point),
    }
}

/// In lower case, wherever it stands.
pub fn to_lower(point: u32) -> Mapped {
    match known(point) {
        Some(ascii) if ascii.is_ascii() => Mapped::one(u32::from(ascii.to_ascii_lowercase())),
        Some(character) => Mapped::collect(point, character.to_lowercase()),
        None => Mapped::one(point),
    }
}

/// In title case.
pub fn to_title(point: u32) -> Mapped {
    match point {
        ..0x80 => Mapped::one(u32::from((point as u8).to_ascii_uppercase())),
        0x10d0..=0x10ff => Mapped::one(point),
        0x1f80..=0x1faf => Mapped::one(point | 8),
        _ => match tables::TITLES.binary_search_by_key(&point, |entry| entry.0) {
            Ok(found) => {
                let points = tables::TITLES[found].1;
                Mapped { points, length: points.iter().filter(|&&point| point != 0).count() }
            }
            Err(_) => to_upper(point),
        },
    }
}

/// Without case, for comparison. The Cherokee letters fold to upper case, because those came first.
pub fn to_folded(point: u32) -> Mapped {
    match point {
        ..0x80 => Mapped::one(u32::from((point as u8).to_ascii_lowercase())),
        0x131 | 0x13a0..=0x13f5 => Mapped::one(point),
        0x13f8..=0x13fd => Mapped::one(point - 8),
        0xab70..=0xabbf => Mapped::one(point - 0xab70 + 0x13a0),
        _ => to_lower(point).then(to_upper).then(to_lower),
    }
}

/// What a search for cased neighbours skips.
fn is_case_ignorable(point: u32) -> bool {
    use GeneralCategory::*;
    let within_words = matches!(
        point,
        0x27 | 0x2e
            | 0x3a
            | 0xb7
            | 0x387
            | 0x55f
            | 0x5f4
            | 0x2018
            | 0x2019
            | 0x2024
            | 0x2027
            | 0xfe13
            | 0xfe52
            | 0xfe55
            | 0xff07
            | 0xff0e
            | 0xff1a
    );
    within_words
        || matches!(
            category(point),
            NonspacingMark | EnclosingMark | Format | ModifierLetter | ModifierSymbol
        )
}

const CAPITAL_SIGMA: u32 = 0x3a3;
const SMALL_SIGMA: u32 = 0x3c3;
const FINAL_SIGMA: u32 = 0x3c2;

/// A sigma is final after a cased letter and before none, whatever case-ignorable stands between.
fn is_final<U: Unit>(text: &[U], at: usize) -> bool {
    let first_cased = |mut points: &mut dyn Iterator<Item = u32>| {
        (&mut points).find(|&point| !is_case_ignorable(point)).is_some_and(is_cased)
    };
    let before = first_cased(&mut text[..at].iter().rev().map(|&unit| unit.into()));
    before && !first_cased(&mut text[at + 1..].iter().map(|&unit| unit.into()))
}

fn lower_at<U: Unit>(text: &[U], at: usize) -> Mapped {
    match text[at].into() {
        CAPITAL_SIGMA if is_final(text, at) => Mapped::one(FINAL_SIGMA),
        CAPITAL_SIGMA => Mapped::one(SMALL_SIGMA),
        point => to_lower(point),
    }
}

/// So many characters are mapped between two looks at who else has something to say.
const STRETCH: usize = 1 << 12;

/// Maps a text. `pause` is called now and then, and may put an end to it.
fn map<U: Unit, E: From<OutOfMemory>>(
    text: &[U],
    pause: &mut impl FnMut() -> Result<(), E>,
    mut each: impl FnMut(usize, u32) -> Mapped,
) -> Result<Vec<u32>, E> {
    let mut mapped = Vec::new();
    mapped.try_reserve(text.len()).map_err(|_| OutOfMemory)?;
    for (at, &unit) in text.iter().enumerate() {
        if at % STRETCH == STRETCH - 1 {
            pause()?;
        }
        mapped.try_reserve(3).map_err(|_| OutOfMemory)?;
        mapped.extend_from_slice(each(at, unit.into()).as_slice());
    }
    Ok(mapped)
}

/// `str.upper`.
pub fn upper<U: Unit, E: From<OutOfMemory>>(
    text: &[U],
    pause: &mut impl FnMut() -> Result<(), E>,
) -> Result<Vec<u32>, E> {
    map(text, pause, |_, point| to_upper(point))
}

/// `str.lower`.
pub fn lower<U: Unit, E: From<OutOfMemory>>(
    text: &[U],
    pause: &mut impl FnMut() -> Result<(), E>,
) -> Result<Vec<u32>, E> {
    map(text, pause, |at, _| lower_at(text, at))
}

/// `str.casefold`.
pub fn case_fold<U: Unit, E: From<OutOfMemory>>(
    text: &[U],
    pause: &mut impl FnMut() -> Result<(), E>,
) -> Result<Vec<u32>, E> {
    map(text, pause, |_, point| to_folded(point))
}

/// `str.title`: the first of each stretch of cased characters in title case, the others in lower case.
pub fn title<U: Unit, E: From<OutOfMemory>>(
    text: &[U],
    pause: &mut impl FnMut() -> Result<(), E>,
) -> Result<Vec<u32>, E> {
    let mut after_cased = false;
    map(text, pause, |at, point| {
        let mapped = if after_cased { lower_at(text, at) } else { to_title(point) };
        after_cased = is_cased(point);
        mapped
    })
}

/// `str.capitalize`: the first character in title case, the others in lower case.
pub fn capitalize<U: Unit, E: From<OutOfMemory>>(
    text: &[U],
    pause: &mut impl FnMut() -> Result<(), E>,
) -> Result<Vec<u32>, E> {
    map(text, pause, |at, point| if at == 0 { to_title(point) } else { lower_at(text, at) })
}

/// `str.swapcase`.
pub fn swap_case<U: Unit, E: From<OutOfMemory>>(
    text: &[U],
    pause: &mut impl FnMut() -> Result<(), E>,
) -> Result<Vec<u32>, E> {
    map(text, pause, |at, point| match point {
        _ if is_upper(point) => lower_at(text, at),
        _ if is_lower(point) => to_upper(point),
        _ => Mapped::one(point),
    })
}
