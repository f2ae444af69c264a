//! Finding and splitting, over text storage of one, two or four bytes a character, and over bytes.
//!
//! | function | what it is |
//! |---|---|
//! | [`find`], [`rfind`] | the first and last place; an empty needle is found at either end |
//! | [`count`], [`matches`] | places that do not overlap, from the left; an empty needle stands everywhere |
//! | [`split`], [`rsplit`] | pieces between separators, at most so many cuts; the separator must not be empty |
//! | [`split_blank`], [`rsplit_blank`] | pieces between blank stretches |
//! | [`strip`] | what is left without certain ends |
//! | [`convert`] | a needle in the haystack's storage, so that both are of one kind; nothing if it cannot be in it |
//!
//! Places are relative to the slice. Bytes are searched by `memchr`'s linear algorithm. Wider units are compared
//! place by place, and when that has gone wrong too often, by Knuth, Morris and Pratt's: never more than linear.

use super::characters::Unit;
use memchr::memmem;
use std::ops::Range;

/// A unit that can be searched for.
pub trait SearchUnit: Unit + Eq {
    /// The first place of a needle that is not empty.
    fn find_in(hay: &[Self], needle: &[Self]) -> Option<usize> {
        search(hay.len(), needle.len(), |at| hay[at], |at| needle[at])
    }

    /// The places of a needle that do not overlap, from the left.
    fn matches_in<'a>(hay: &'a [Self], needle: &'a [Self]) -> impl Iterator<Item = usize> + 'a {
        matches_by(hay, needle, move |rest| find(rest, needle))
    }

    /// The last place of a needle that is not empty.
    fn rfind_in(hay: &[Self], needle: &[Self]) -> Option<usize> {
        let (hay_end, needle_end) = (hay.len().wrapping_sub(1), needle.len() - 1);
        let place = search(hay.len(), needle.len(), |at| hay[hay_end - at], |at| needle[needle_end - at])?;
        Some(hay.len() - place - needle.len())
    }
}

impl SearchUnit for u8 {
    fn find_in(hay: &[u8], needle: &[u8]) -> Option<usize> {
        match needle {
            &[byte] => find_byte(byte, hay),
            _ => memmem::find(hay, needle),
        }
    }

    fn matches_in<'a>(hay: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        // What is prepared once serves every match; a short haystack is searched without.
        let finder = (needle.len() > 1 && hay.len() >= LONG).then(|| memmem::Finder::new(needle));
        matches_by(hay, needle, move |rest| match &finder {
            Some(finder) => finder.find(rest),
            None => find(rest, needle),
        })
    }

    fn rfind_in(hay: &[u8], needle: &[u8]) -> Option<usize> {
        match needle {
            &[byte] => memchr::memrchr(byte, hay),
            _ => memmem::rfind(hay, needle),
        }
    }
}

/// From so many bytes on a search is worth a preparation.
const LONG: usize = 64;

/// So many bytes are looked at one by one before a search for long stretches begins: mostly the byte is near.
const NEAR: usize = 16;

#[inline]
fn find_byte(byte: u8, hay: &[u8]) -> Option<usize> {
    let (near, far) = hay.split_at(hay.len().min(NEAR));
    match near.iter().position(|other| *other == byte) {
        None if !far.is_empty() => memchr::memchr(byte, far).map(|place| place + NEAR),
        place => place,
    }
}

impl SearchUnit for u16 {}

impl SearchUnit for u32 {}

/// A needle in another storage; nothing if a character does not fit, because then it is nowhere.
pub fn convert<From: Unit, To: TryFrom<u32>>(needle: &[From]) -> Option<Vec<To>> {
    needle.iter().map(|&unit| To::try_from(unit.into()).ok()).collect()
}

/// Compares at each place; after more wasted comparisons than characters, goes on in linear time.
fn search<U: Eq>(
    size: usize,
    wanted: usize,
    hay: impl Fn(usize) -> U,
    needle: impl Fn(usize) -> U,
) -> Option<usize> {
    let last = size.checked_sub(wanted)?;
    let first = needle(0);
    let mut wasted = 0;
    for place in 0..=last {
        if hay(place) != first {
            continue;
        }
        let same = (1..wanted).take_while(|&at| hay(place + at) == needle(at)).count() + 1;
        if same == wanted {
            return Some(place);
        }
        wasted += same;
        if wasted > 64 + 2 * place {
            return search_linear(place + 1, size, wanted, hay, needle);
        }
    }
    None
}

/// Knuth, Morris and Pratt: never looks at a character of the haystack again.
fn search_linear<U: Eq>(
    start: usize,
    size: usize,
    wanted: usize,
    hay: impl Fn(usize) -> U,
    needle: impl Fn(usize) -> U,
) -> Option<usize> {
    let borders = borders(wanted, &needle);
    let mut matched = 0;
    for place in start..size {
        while matched > 0 && hay(place) != needle(matched) {
            matched = borders[matched - 1];
        }
        matched += usize::from(hay(place) == needle(matched));
        if matched == wanted {
            return Some(place + 1 - wanted);
        }
    }
    None
}

/// For each beginning of the needle, how long a shorter beginning is also its end.
fn borders<U: Eq>(wanted: usize, needle: &impl Fn(usize) -> U) -> Vec<usize> {
    let mut borders = vec![0; wanted];
    let mut matched = 0;
    for at in 1..wanted {
        while matched > 0 && needle(at) != needle(matched) {
            matched = borders[matched - 1];
        }
        matched += usize::from(needle(at) == needle(matched));
        borders[at] = matched;
    }
    borders
}

/// The first place of the needle.
pub fn find<U: SearchUnit>(hay: &[U], needle: &[U]) -> Option<usize> {
    if needle.is_empty() { Some(0) } else { U::find_in(hay, needle) }
}

/// The last place of the needle.
pub fn rfind<U: SearchUnit>(hay: &[U], needle: &[U]) -> Option<usize> {
    if needle.is_empty() { Some(hay.len()) } else { U::rfind_in(hay, needle) }
}

/// The places of the needle that do not overlap, from the left: what `replace` replaces.
pub fn matches<'a, U: SearchUnit>(hay: &'a [U], needle: &'a [U]) -> impl Iterator<Item = usize> + 'a {
    U::matches_in(hay, needle)
}

/// The same with a function that finds the first place in what is left.
fn matches_by<'a, U>(
    hay: &'a [U],
    needle: &'a [U],
    first: impl Fn(&[U]) -> Option<usize> + 'a,
) -> impl Iterator<Item = usize> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = hay.get(at..)?;
        let place = at + first(rest)?;
        at = place + needle.len().max(1);
        Some(place)
    })
}

/// How often the needle stands in the haystack without overlapping.
pub fn count<U: SearchUnit>(hay: &[U], needle: &[U]) -> usize {
    matches(hay, needle).count()
}

/// The pieces between separators, cut at most `most` times from the left.
pub fn split<'a, U: SearchUnit>(
    text: &'a [U],
    separator: &'a [U],
    most: usize,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let (mut places, mut cuts, mut start) = (matches(text, separator), 0, Some(0));
    std::iter::from_fn(move || {
        let from = start?;
        let place = if cuts < most { places.next() } else { None };
        cuts += 1;
        start = place.map(|place| place + separator.len());
        Some(from..place.unwrap_or(text.len()))
    })
}

/// The pieces between separators, cut at most `most` times from the right; in order from the left.
pub fn rsplit<U: SearchUnit>(text: &[U], separator: &[U], most: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut end = text.len();
    while pieces.len() < most
        && let Some(place) = rfind(&text[..end], separator)
    {
        pieces.push(place + separator.len()..end);
        end = place;
    }
    pieces.push(0..end);
    pieces.reverse();
    pieces
}

/// The pieces between blank stretches, cut at most `most` times from the left; what is left keeps its end.
pub fn split_blank<'a, U: Unit>(
    text: &'a [U],
    blank: impl Fn(u32) -> bool + 'a,
    most: usize,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let (mut at, mut cuts) = (0, 0);
    std::iter::from_fn(move || {
        let is_blank = |unit: &U| blank((*unit).into());
        let rest = text.get(at..)?;
        let start = at + rest.iter().position(|unit| !is_blank(unit))?;
        at = text.len();
        if cuts < most
            && let Some(length) = text[start..].iter().position(is_blank)
        {
            at = start + length;
        }
        cuts += 1;
        Some(start..at)
    })
}

/// The pieces between blank stretches, cut at most `most` times from the right; what is left keeps its start.
pub fn rsplit_blank<U: Unit>(text: &[U], blank: impl Fn(u32) -> bool, most: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let is_blank = |unit: &U| blank((*unit).into());
    let mut at = text.len();
    while let Some(last) = text[..at].iter().rposition(|unit| !is_blank(unit)) {
        if pieces.len() == most {
            pieces.push(0..last + 1);
            break;
        }
        at = text[..=last].iter().rposition(is_blank).map_or(0, |before| before + 1);
        pieces.push(at..last + 1);
    }
    pieces.reverse();
    pieces
}

/// What is left without the characters that `outside` names, on the left, on the right or on both sides.
pub fn strip<U: Unit>(text: &[U], left: bool, right: bool, outside: impl Fn(u32) -> bool) -> Range<usize> {
    let stays = |unit: &U| !outside((*unit).into());
    let start = if left { text.iter().position(stays).unwrap_or(text.len()) } else { 0 };
    let end = if right {
        text[start..].iter().rposition(stays).map_or(start, |last| start + last + 1)
    } else {
        text.len()
    };
    start..end
}

#[cfg(test)]
mod tests;
