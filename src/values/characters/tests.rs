//! Every code point against CPython 3.11.2: `checksums.txt` holds, for each 4096 of them, one number over all
//! properties and one over all mappings.

use super::*;

/// A pause in which nothing happens.
fn calm() -> impl FnMut() -> Result<(), crate::values::digits::OutOfMemory> {
    || Ok(())
}

fn mix(sum: u64, value: u64) -> u64 {
    sum.wrapping_mul(1099511628211).wrapping_add(value)
}

fn properties(point: u32) -> u64 {
    let flags = [
        is_alpha(point),
        is_decimal(point),
        is_digit(point),
        is_numeric(point),
        is_alnum(point),
        is_space(point),
        is_printable(point),
        is_upper(point) || text_is_upper(&[point]),
        is_lower(point) || text_is_lower(&[point]),
        text_is_title(&[point]),
        text_is_identifier(&[point]),
        text_is_identifier(&[u32::from('a'), point]),
        lower(&[0x41, point, 0x3a3], &mut calm()).unwrap().last() == Some(&0x3c2),
        lower(&[0x41, 0x3a3, point, 0x41], &mut calm()).unwrap()[1] == 0x3c2,
    ];
    let flags = flags.iter().rev().fold(0, |sum, &flag| sum << 1 | u64::from(flag));
    flags | u64::from(decimal_value(point).unwrap_or(15)) << 14
}

fn mappings(sum: u64, point: u32) -> u64 {
    let text = [point];
    let maps = [
        upper(&text, &mut calm()).unwrap(),
        lower(&text, &mut calm()).unwrap(),
        title(&text, &mut calm()).unwrap(),
        case_fold(&text, &mut calm()).unwrap(),
        swap_case(&text, &mut calm()).unwrap(),
    ];
    let category = category_name(point).chars().map(u32::from).collect();
    maps.iter()
        .chain([&category])
        .fold(sum, |sum, mapped| mix(mapped.iter().fold(sum, |sum, &point| mix(sum, point.into())), 1))
}

#[test]
fn all_code_points_as_recorded_from_cpython() {
    let mut blocks = 0;
    for line in include_str!("checksums.txt").lines() {
        let parts: Vec<_> = line.split(' ').collect();
        let start = u32::from_str_radix(parts[0], 16).unwrap();
        let points = start..start + 0x1000;
        let found = points.clone().fold(0, |sum, point| mix(sum, properties(point)));
        assert_eq!(found.to_string(), parts[1], "properties from {start:x}");
        assert_eq!(points.fold(0, mappings).to_string(), parts[2], "mappings from {start:x}");
        blocks += 1;
    }
    assert_eq!(blocks, 0x110);
}

fn points(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).collect()
}

#[test]
fn texts() {
    assert_eq!(title(&points("hello wORLD's ΌΣΟΣ ǆ"), &mut calm()).unwrap(), points("Hello World'S Όσος ǅ"));
    assert_eq!(capitalize(&points("ǆΑΣ ΑΣ"), &mut calm()).unwrap(), points("ǅας ας"));
    assert_eq!(capitalize(b"hELLO", &mut calm()).unwrap(), points("Hello"));
    assert_eq!(swap_case(&points("Straße ΑΣ"), &mut calm()).unwrap(), points("sTRASSE ας"));
    assert!(text_is_title(&points("Hello World")) && !text_is_title(&points("HEllo")));
    assert!(!text_is_title(&points("1 2")) && text_is_title(&points("A1B")));
    assert!(text_is_upper(b"A1") && !text_is_upper(b"1") && !text_is_upper(b"Aa"));
    assert!(text_is_lower(b"a1") && !text_is_lower(b"1") && !text_is_lower(b"Aa"));
    assert!(every(b"abc", is_alpha) && !every(b"", is_alpha) && !every(b"a1", is_alpha));
}

#[test]
fn lines_and_their_ends() {
    let text = b"a\r\n\nb\rc\x0b";
    let found: Vec<_> = lines(text, is_line_break).collect();
    assert_eq!(found, [(0..1, 3), (3..3, 4), (4..5, 6), (6..7, 8)]);
    assert_eq!(lines(b"", is_line_break).count(), 0);
    assert_eq!(lines(b"\r", is_line_break).collect::<Vec<_>>(), [(0..0, 1)]);
    assert_eq!((0..0x110000).filter(|&point| is_line_break(point)).count(), 10);
}

#[test]
fn a_pause_may_end_a_mapping() {
    use crate::values::digits::OutOfMemory;
    let long = vec![0xe9_u32; 1 << 14];
    assert!(upper(&long, &mut || Err(OutOfMemory)).is_err());
    assert!(upper(&long[..100], &mut || Err(OutOfMemory)).is_ok());
}
