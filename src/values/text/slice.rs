//! A borrowed look at the characters of a string, in whichever width they stand.

use std::cmp::Ordering;
use std::ops::Range;

/// Characters of one, two or four bytes.
#[derive(Clone, Copy, Debug)]
pub enum TextSlice<'a> {
    /// Characters below 256.
    Latin1(&'a [u8]),
    /// Characters below 65,536, surrogates among them.
    Wide(&'a [u16]),
    /// Any characters.
    Full(&'a [u32]),
}

/// Does the same for all three widths.
macro_rules! each_width {
    ($text:expr, $characters:ident => $result:expr) => {
        match $text {
            TextSlice::Latin1($characters) => $result,
            TextSlice::Wide($characters) => $result,
            TextSlice::Full($characters) => $result,
        }
    };
}

impl<'a> TextSlice<'a> {
    /// How many characters there are.
    #[inline]
    pub fn len(self) -> usize {
        each_width!(self, characters => characters.len())
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The character at an index that is less than the length.
    #[inline]
    #[allow(clippy::unnecessary_cast)]
    pub fn get(self, index: usize) -> u32 {
        each_width!(self, characters => characters[index] as u32)
    }

    /// All characters in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + 'a {
        (0..self.len()).map(move |index| self.get(index))
    }

    /// The characters of a range that lies inside.
    pub fn slice(self, range: Range<usize>) -> TextSlice<'a> {
        match self {
            Self::Latin1(characters) => Self::Latin1(&characters[range]),
            Self::Wide(characters) => Self::Wide(&characters[range]),
            Self::Full(characters) => Self::Full(&characters[range]),
        }
    }

    /// The buffer as bytes.
    pub fn as_raw_bytes(self) -> &'a [u8] {
        // SAFETY: any integer can be read as bytes.
        each_width!(self, characters => unsafe {
            std::slice::from_raw_parts(characters.as_ptr().cast(), size_of_val(characters))
        })
    }

    /// The least of 127, 255, 65,535 and 1,114,111 that no character exceeds.
    pub fn bound(self) -> u32 {
        match self {
            Self::Latin1(characters) => {
                if characters.is_ascii() {
                    0x7f
                } else {
                    0xff
                }
            }
            Self::Wide(characters) => bound_of(characters.iter().fold(0, |all, &one| all | u32::from(one))),
            Self::Full(characters) => bound_of(characters.iter().fold(0, |all, &one| all | one)),
        }
    }

    /// The order of two strings by their code points.
    pub fn compare(self, other: TextSlice<'_>) -> Ordering {
        match (self, other) {
            (Self::Latin1(left), TextSlice::Latin1(right)) => left.cmp(right),
            (Self::Wide(left), TextSlice::Wide(right)) => left.cmp(right),
            (Self::Full(left), TextSlice::Full(right)) => left.cmp(right),
            _ => self.iter().cmp(other.iter()),
        }
    }

    /// Whether the characters are the same, in whatever width.
    pub fn equals(self, other: TextSlice<'_>) -> bool {
        self.len() == other.len() && self.compare(other) == Ordering::Equal
    }

    /// As a Rust string, with stand-ins for surrogates ([`stands_for`]); for names, messages and output of bounded length.
    pub fn to_string_lossy(self) -> String {
        self.iter()
            .map(|character| char::from_u32(character).unwrap_or_else(|| stand_in(character)))
            .collect()
    }

    /// Copies the characters into a buffer of the given width, which must be wide enough for them.
    ///
    /// # Safety
    /// The buffer has room for all characters and does not overlap them.
    pub(super) unsafe fn copy_into(self, buffer: *mut u8, width: u32) {
        // SAFETY: as promised; the casts only widen.
        unsafe {
            match (self, width) {
                (Self::Latin1(from), 1) => {
                    super::copy_bytes(from, buffer);
                }
                (Self::Wide(from), 2) => {
                    buffer.cast::<u16>().copy_from_nonoverlapping(from.as_ptr(), from.len())
                }
                (Self::Full(from), 4) => {
                    buffer.cast::<u32>().copy_from_nonoverlapping(from.as_ptr(), from.len())
                }
                _ => copy_each(self.iter(), buffer, width),
            }
        }
    }
}

/// # Safety
/// As for [`TextSlice::copy_into`].
unsafe fn copy_each(characters: impl Iterator<Item = u32>, buffer: *mut u8, width: u32) {
    for (index, character) in characters.enumerate() {
        // SAFETY: as promised.
        unsafe { write_character(buffer, width, index, character) }
    }
}

/// Writes one character.
///
/// # Safety
/// The buffer has room for it at the index.
#[inline]
pub(super) unsafe fn write_character(buffer: *mut u8, width: u32, index: usize, character: u32) {
    // SAFETY: as promised.
    unsafe {
        match width {
            1 => buffer.add(index).write(character as u8),
            2 => buffer.cast::<u16>().add(index).write(character as u16),
            _ => buffer.cast::<u32>().add(index).write(character),
        }
    }
}

/// See [`TextSlice::bound`].
#[inline]
pub(super) fn bound_of(character: u32) -> u32 {
    match character {
        0..=0x7f => 0x7f,
        0x80..=0xff => 0xff,
        0x100..=0xffff => 0xffff,
        _ => 0x10_ffff,
    }
}

/// Bytes of a character in a string whose characters stay below a bound.
#[inline]
pub(super) fn width_of(bound: u32) -> u32 {
    match bound {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    }
}

/// The first of the characters that stand for surrogates in a Rust string: the last block for private use, which hardly
/// any text has, so that a message made of names comes out as it should.
const FIRST_STAND_IN: u32 = 0x10_f800;

fn stand_in(surrogate: u32) -> char {
    char::from_u32(FIRST_STAND_IN + (surrogate & 0x7ff)).unwrap_or('\u{fffd}')
}

/// The surrogate that a character of a Rust string stands for.
pub fn stands_for(character: char) -> Option<u32> {
    u32::from(character).checked_sub(FIRST_STAND_IN).map(|offset| 0xd800 + offset)
}
