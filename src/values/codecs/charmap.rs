//! Encodings of one byte a character, by tables: the code pages of DOS, Windows, Macintosh and mainframes, ISO 8859, KOI8.
//!
//! `charmaps.txt` has a line for each: its name and aliases, a colon, and the code points of the bytes in hexadecimal, a
//! hyphen for a byte that means nothing. A line of 128 points is of an encoding whose lower half is ASCII. The lines are
//! read when the first of these encodings is asked for.

use std::sync::OnceLock;

use super::CodecError;

/// No character.
const NONE: u32 = u32::MAX;

/// What errors of these encodings say.
pub const REASON: &str = "character maps to <undefined>";

/// A table of characters by bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Charmap {
    names: Vec<&'static str>,
    points: [u32; 256],
}

static TABLES: OnceLock<Vec<Charmap>> = OnceLock::new();

fn tables() -> &'static [Charmap] {
    TABLES.get_or_init(|| include_str!("charmaps.txt").lines().filter_map(read_line).collect())
}

fn read_line(line: &'static str) -> Option<Charmap> {
    let (names, points) = line.split_once(": ")?;
    let read = |point| u32::from_str_radix(point, 16).unwrap_or(NONE);
    let upper: Vec<u32> = points.split(' ').map(read).collect();
    let start = 256usize.checked_sub(upper.len())?;
    let mut points = std::array::from_fn(|byte| byte as u32);
    points[start..].copy_from_slice(&upper);
    Some(Charmap { names: names.split(' ').collect(), points })
}

impl Charmap {
    /// The table of that name, which is in the form of [`super::normalise_name`].
    pub fn by_name(name: &str) -> Option<&'static Charmap> {
        tables().iter().find(|table| table.names.contains(&name))
    }

    /// Decodes from `at` and appends, up to the end or to a byte that means nothing.
    pub fn decode(&self, bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<(), CodecError> {
        for (start, byte) in bytes.iter().enumerate().skip(at) {
            match self.points[usize::from(*byte)] {
                NONE => return Err(CodecError { start, end: start + 1, reason: REASON }),
                point => out.push(point),
            }
        }
        Ok(())
    }

    /// The byte of a character; none where the encoding does not have it.
    pub fn byte(&self, point: u32) -> Option<u8> {
        if self.points.get(point as usize) == Some(&point) {
            return Some(point as u8);
        }
        let found = self.points.iter().position(|other| *other == point && point != NONE);
        found.map(|byte| byte as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_table_whose_bytes_return() {
        assert_eq!(tables().len(), include_str!("charmaps.txt").lines().count());
        for table in tables() {
            for point in table.points.iter().filter(|point| **point != NONE) {
                let byte = table.byte(*point).expect("a byte of the table");
                assert_eq!(table.points[usize::from(byte)], *point, "{}", table.names[0]);
            }
        }
    }

    #[test]
    fn a_table_is_found_by_its_aliases_and_knows_its_holes() {
        let table = Charmap::by_name("windows_1252").expect("a table");
        assert_eq!(Charmap::by_name("cp1252"), Some(table));
        assert_eq!((table.byte(0x20ac), table.byte(0x431)), (Some(0x80), None));
        let error = table.decode(&[b'a', 0x80, 0x81], 0, &mut Vec::new());
        assert_eq!(error, Err(CodecError { start: 2, end: 3, reason: REASON }));
    }
}
