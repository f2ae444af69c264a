//! Working on two texts at once: the second is brought into the storage of the first.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use crate::runtime::Outcome;
use crate::values::memory_error::OutOfMemory;
use crate::values::text::TextSlice;
use crate::values::text_search::{self, SearchUnit};

/// Evaluates the same expression for whichever width the characters have.
macro_rules! each_width {
    ($slice:expr, $units:ident => $result:expr) => {
        match $slice {
            $crate::values::text::TextSlice::Latin1($units) => $result,
            $crate::values::text::TextSlice::Wide($units) => $result,
            $crate::values::text::TextSlice::Full($units) => $result,
        }
    };
}

/// Evaluates an expression with the units of a haystack and of a needle in the same width, or `$absent` where the
/// needle has characters that the haystack's storage cannot have.
macro_rules! with_needle {
    ($hay:expr, $needle:expr, |$h:ident, $n:ident| $result:expr, $absent:expr) => {
        $crate::types::text::storage::each_width!($hay, $h => {
            if let Some($n) = $crate::types::text::storage::same($h, $needle) {
                $result
            } else {
                std::hint::cold_path();
                match $crate::types::text::storage::converted($h, $needle) {
                    Some(needle) => {
                        let $n = &needle[..];
                        $result
                    }
                    None => $absent,
                }
            }
        })
    };
}

pub(crate) use {each_width, with_needle};

/// A unit of storage that another text can be brought into.
pub trait Storage: SearchUnit + TryFrom<u32> + 'static {
    /// The characters in this width, if they have it.
    fn borrowed(slice: TextSlice<'_>) -> Option<&[Self]>;
}

impl Storage for u8 {
    fn borrowed(slice: TextSlice<'_>) -> Option<&[Self]> {
        if let TextSlice::Latin1(units) = slice { Some(units) } else { None }
    }
}

impl Storage for u16 {
    fn borrowed(slice: TextSlice<'_>) -> Option<&[Self]> {
        if let TextSlice::Wide(units) = slice { Some(units) } else { None }
    }
}

impl Storage for u32 {
    fn borrowed(slice: TextSlice<'_>) -> Option<&[Self]> {
        if let TextSlice::Full(units) = slice { Some(units) } else { None }
    }
}

/// Characters that are in the storage of others.
#[inline]
pub fn same<'a, U: Storage>(_: &[U], slice: TextSlice<'a>) -> Option<&'a [U]> {
    U::borrowed(slice)
}

/// Characters brought into the storage of others; none where one of them does not fit.
#[inline(never)]
pub fn converted<U: Storage>(_: &[U], slice: TextSlice<'_>) -> Option<Vec<U>> {
    each_width!(slice, units => text_search::convert(units))
}

/// A vector with room for so many items, or a MemoryError.
pub fn room<T>(items: usize) -> Outcome<Vec<T>> {
    let mut room = Vec::new();
    room.try_reserve_exact(items).map_err(|_| OutOfMemory)?;
    Ok(room)
}

/// All characters as code points.
pub fn code_points(slice: TextSlice<'_>) -> Outcome<Vec<u32>> {
    let mut points = room(slice.len())?;
    each_width!(slice, units => points.extend(units.iter().map(|&unit| Into::<u32>::into(unit))));
    Ok(points)
}
