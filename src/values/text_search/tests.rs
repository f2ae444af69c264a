//! Against the plain definitions, and against answers recorded from CPython.

use super::*;
use proptest::prelude::*;

fn wide<T: TryFrom<u32>>(text: &[u8]) -> Vec<T> {
    convert(text).unwrap()
}

fn check_all<U: SearchUnit>(
    hay: &[U],
    needle: &[U],
    first: Option<usize>,
    last: Option<usize>,
    times: usize,
) {
    assert_eq!((find(hay, needle), rfind(hay, needle), count(hay, needle)), (first, last, times));
}

/// Few letters, so that needles are found and nearly found.
fn text(length: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![4 => Just(b'a'), 1 => Just(b'b')], 0..length)
}

proptest! {
    #[test]
    fn searches(hay in text(300), needle in text(12)) {
        let places: Vec<usize> = match hay.len().checked_sub(needle.len()) {
            Some(last) => (0..=last).filter(|&at| hay[at..].starts_with(&needle)).collect(),
            None => Vec::new(),
        };
        let (mut times, mut next) = (0, 0);
        for &place in &places {
            if place >= next {
                times += 1;
                next = place + needle.len().max(1);
            }
        }
        let (first, last) = (places.first().copied(), places.last().copied());
        check_all(&hay, &needle, first, last, times);
        check_all(&wide::<u16>(&hay), &wide::<u16>(&needle), first, last, times);
        check_all(&wide::<u32>(&hay), &wide::<u32>(&needle), first, last, times);
    }
}

#[test]
fn a_hostile_needle_takes_linear_time() {
    let hay = vec![7u32; 400_000];
    let mut needle = vec![7u32; 200_000];
    needle.push(8);
    assert_eq!(find(&hay, &needle), None);
    needle.rotate_right(1);
    assert_eq!((find(&hay, &needle), rfind(&hay, &needle)), (None, None));
}

fn shown(text: &str, pieces: impl IntoIterator<Item = Range<usize>>) -> Vec<&str> {
    pieces.into_iter().map(|piece| &text[piece]).collect()
}

#[test]
fn splitting() {
    let all = usize::MAX;
    let cut = |text: &'static str, most| shown(text, split(text.as_bytes(), b",", most));
    assert_eq!(cut("a,b,,c", all), ["a", "b", "", "c"]);
    assert_eq!(cut("a,b,,c", 1), ["a", "b,,c"]);
    assert_eq!((cut("", all), cut("a", 0)), (vec![""], vec!["a"]));
    let cut = |text: &'static str, most| shown(text, rsplit(text.as_bytes(), b",", most));
    assert_eq!(cut("a,b,,c", all), ["a", "b", "", "c"]);
    assert_eq!((cut("a,b,,c", 2), cut("a,b", 0)), (vec!["a,b", "", "c"], vec!["a,b"]));
    assert_eq!(shown("aaa", rsplit(b"aaa", b"aa", all)), ["a", ""]);
    assert_eq!(shown("aaa", split(b"aaa", b"aa", all)), ["", "a"]);
}

#[test]
fn splitting_at_blanks() {
    let all = usize::MAX;
    let blank = |point: u32| point == 0x20;
    let cut = |text: &'static str, most| shown(text, split_blank(text.as_bytes(), blank, most));
    assert_eq!((cut(" a  b c ", all), cut(" a  b c ", 1)), (vec!["a", "b", "c"], vec!["a", "b c "]));
    assert!(cut("  ", all).is_empty() && cut("", 0).is_empty());
    assert_eq!(cut(" a b ", 0), ["a b "]);
    let cut = |text: &'static str, most| shown(text, rsplit_blank(text.as_bytes(), blank, most));
    assert_eq!((cut(" a  b c ", all), cut(" a  b c ", 1)), (vec!["a", "b", "c"], vec![" a  b", "c"]));
    assert!(cut("  ", all).is_empty());
    assert_eq!(cut(" a b ", 0), [" a b"]);
}

#[test]
fn stripping_and_converting() {
    let blank = |point: u32| point == 0x20;
    assert_eq!(strip(b" a b ", true, true, blank), 1..4);
    assert_eq!((strip(b" a ", true, false, blank), strip(b" a ", false, true, blank)), (1..3, 0..2));
    assert_eq!((strip(b"   ", true, true, blank), strip(b"", true, true, blank)), (3..3, 0..0));
    assert_eq!(convert::<u32, u8>(&[0x100]), None);
    assert_eq!(convert::<u16, u32>(&[0xd800]), Some(vec![0xd800]));
    assert_eq!(matches(b"ab", b"").collect::<Vec<_>>(), [0, 1, 2]);
}
