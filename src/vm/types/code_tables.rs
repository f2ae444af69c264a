//! The tables of a code object as bytes, in the formats of CPython 3.11.
//!
//! They count our own instructions: what is a code unit of two bytes there is a word of eight here. Inline words have
//! entries too, so that the lengths add up to that of `co_code`.

use crate::bytecode::{CodeUnit, Handler, Location};

/// Bytes of a word.
pub const WORD: usize = size_of::<crate::bytecode::Instruction>();

/// The most words that an entry of the location table covers.
const LONGEST_ENTRY: usize = 8;

/// Words `start..end` of one line; no line where they come from nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineRow {
    /// First word.
    pub start: usize,
    /// First word behind.
    pub end: usize,
    /// The line.
    pub line: Option<u32>,
}

/// What `co_lines` tells: the rows of the words, and empty rows for the line in which the code begins and for lines
/// without a word. The end that a program does not write belongs to its last line.
pub fn told_lines(unit: &CodeUnit) -> Vec<LineRow> {
    let is_module = &*unit.qualified_name == "<module>";
    let begin = Some(if is_module { 0 } else { unit.first_line });
    let mut told = vec![LineRow { start: 0, end: 0, line: begin }];
    let rows = line_rows(unit);
    for (index, row) in rows.iter().enumerate() {
        let is_end = index + 1 == rows.len() && row.line.is_none();
        let line = if is_end { told.last().and_then(|last| last.line) } else { row.line };
        let mut start = row.start;
        for mark in unit.marks.iter().filter(|mark| (row.start..row.end).contains(&(mark.position as usize)))
        {
            let at = mark.position as usize;
            if at > start {
                told.push(LineRow { start, end: at, line });
            }
            start = at;
            if Some(mark.location.line) != line {
                told.push(LineRow { start, end: start, line: Some(mark.location.line) });
            }
        }
        told.push(LineRow { start, end: row.end, line });
    }
    told.dedup_by(|next, row| {
        let is_same = next.line == row.line;
        if is_same {
            row.end = next.end;
        }
        is_same
    });
    told
}

/// The words by their lines.
fn line_rows(unit: &CodeUnit) -> Vec<LineRow> {
    let mut rows: Vec<LineRow> = Vec::new();
    for (index, location) in unit.locations.iter().enumerate() {
        let line = (location.line != 0).then_some(location.line);
        match rows.last_mut() {
            Some(row) if row.line == line => row.end = index + 1,
            _ => rows.push(LineRow { start: index, end: index + 1, line }),
        }
    }
    rows
}

/// `co_linetable`
pub fn location_table(unit: &CodeUnit) -> Vec<u8> {
    let mut out = Vec::new();
    let mut line = i64::from(unit.first_line);
    let mut rest = unit.locations.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take(LONGEST_ENTRY).take_while(|location| *location == first).count();
        write_entry(&mut out, *first, length, &mut line);
        rest = &rest[length..];
    }
    out
}

fn write_entry(out: &mut Vec<u8>, location: Location, length: usize, line: &mut i64) {
    let head = |kind: usize| (0x80 | kind << 3 | (length - 1)) as u8;
    if location.line == 0 {
        return out.push(head(15));
    }
    let delta = i64::from(location.line) - *line;
    *line = i64::from(location.line);
    let (column, end) = (location.column as usize, location.end_column as usize);
    let is_one_line = location.end_line == location.line;
    let width = end.checked_sub(column);
    match width {
        Some(width) if is_one_line && delta == 0 && column < 80 && width < 16 => {
            out.extend([head(column >> 3), ((column & 7) << 4 | width) as u8]);
        }
        _ if is_one_line && (0..3).contains(&delta) && column < 128 && end < 128 => {
            out.extend([head(10 + delta as usize), column as u8, end as u8]);
        }
        _ => {
            out.push(head(14));
            write_signed(out, delta);
            let lines = location.end_line.saturating_sub(location.line);
            [lines as usize, column + 1, end + 1].into_iter().for_each(|number| write_low_first(out, number));
        }
    }
}

/// Groups of six bits, the lowest first; all but the last are marked.
fn write_low_first(out: &mut Vec<u8>, mut number: usize) {
    while number >= 64 {
        out.push(0x40 | (number & 63) as u8);
        number >>= 6;
    }
    out.push(number as u8);
}

fn write_signed(out: &mut Vec<u8>, number: i64) {
    let magnitude = number.unsigned_abs() as usize;
    write_low_first(out, magnitude << 1 | usize::from(number < 0));
}

/// `co_exceptiontable`
pub fn exception_table(handlers: &[Handler]) -> Vec<u8> {
    let mut out = Vec::new();
    for handler in handlers {
        write_high_first(&mut out, handler.start, 0x80);
        write_high_first(&mut out, handler.end.saturating_sub(handler.start), 0);
        write_high_first(&mut out, handler.target, 0);
        write_high_first(&mut out, u32::from(handler.depth) << 1, 0);
    }
    out
}

/// Groups of six bits, the highest first; all but the last are marked, and the first as told.
fn write_high_first(out: &mut Vec<u8>, number: u32, mark: u8) {
    let highest = (0..6).rev().find(|group| number >> (6 * group) != 0).unwrap_or(0);
    for group in (0..=highest).rev() {
        let more = if group > 0 { 0x40 } else { 0 };
        let first = if group == highest { mark } else { 0 };
        out.push((number >> (6 * group) & 63) as u8 | more | first);
    }
}

/// `co_lnotab`: pairs of differences, of places in bytes and of lines.
pub fn line_differences(unit: &CodeUnit) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut place, mut line) = (0, i64::from(unit.first_line));
    for row in line_rows(unit) {
        let Some(new) = row.line.map(i64::from).filter(|new| *new != line) else { continue };
        write_difference(&mut out, row.start * WORD - place, new - line);
        (place, line) = (row.start * WORD, new);
    }
    out
}

fn write_difference(out: &mut Vec<u8>, mut bytes: usize, mut lines: i64) {
    while bytes > 255 {
        out.extend([255, 0]);
        bytes -= 255;
    }
    while !(-128..=127).contains(&lines) {
        let step = lines.clamp(-128, 127);
        out.extend([bytes as u8, step as i8 as u8]);
        (bytes, lines) = (0, lines - step);
    }
    out.extend([bytes as u8, lines as i8 as u8]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, end_line: u32, column: u32, end_column: u32) -> Location {
        Location { line, end_line, column, end_column }
    }

    fn unit(locations: Vec<Location>) -> CodeUnit {
        CodeUnit { first_line: 1, locations, ..CodeUnit::default() }
    }

    #[test]
    fn locations_take_the_shortest_form() {
        assert_eq!(location_table(&unit(vec![at(1, 1, 9, 12); 2])), [0x80 | 1 << 3 | 1, 0x13]);
        assert_eq!(location_table(&unit(vec![at(2, 2, 4, 30)])), [0x80 | 11 << 3, 4, 30]);
        assert_eq!(location_table(&unit(vec![Location::default()])), [0xf8]);
        assert_eq!(location_table(&unit(vec![at(5, 6, 0, 200)])), [0xf0, 8, 1, 1, 0x40 | 9, 3]);
    }

    #[test]
    fn long_runs_are_cut() {
        let table = location_table(&unit(vec![Location::default(); 10]));
        assert_eq!(table, [0xff, 0xf9]);
    }

    #[test]
    fn handlers_count_words() {
        let handler = Handler { start: 70, end: 72, target: 80, depth: 3 };
        assert_eq!(exception_table(&[handler]), [0xc1, 6, 2, 0x41, 16, 6]);
    }

    #[test]
    fn differences_of_lines_are_cut_to_a_byte() {
        let table = line_differences(&unit(vec![at(1, 1, 0, 0), at(301, 301, 0, 0), at(1, 1, 0, 0)]));
        assert_eq!(table, [8, 127, 0, 127, 0, 46, 8, 128, 0, 128, 0, (-44_i8) as u8]);
    }
}
