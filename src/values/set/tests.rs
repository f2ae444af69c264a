use super::*;
use crate::values::digits::from_u64;
use crate::values::hashing;
use crate::values::testing::{Kinds, fake_type, in_space};

fn empty() -> Ref<Set> {
    Set::new(fake_type(lifecycle())).unwrap()
}

fn equal(kinds: &Kinds) -> impl FnMut(&Object, &Object) -> Result<bool, OutOfMemory> + '_ {
    |left, right| Ok(kinds.value(left) == kinds.value(right))
}

fn hash(value: i64) -> i64 {
    hashing::integer(value < 0, &from_u64(value.unsigned_abs()))
}

fn add(kinds: &Kinds, set: &Set, value: i64) -> bool {
    set.add(kinds.int(value), hash(value), &mut equal(kinds)).unwrap()
}

fn discard(kinds: &Kinds, set: &Set, value: i64) -> bool {
    set.discard(&kinds.int(value), hash(value), &mut equal(kinds)).unwrap().is_some()
}

fn elements(kinds: &Kinds, set: &Set) -> Vec<i64> {
    let mut position = 0;
    std::iter::from_fn(|| set.next_entry(&mut position)).map(|(_, element)| kinds.value(&element)).collect()
}

#[test]
fn sizes_are_those_of_the_reference() {
    in_space(|kinds| {
        let set = empty();
        let mut growth = vec![(0, set.sizeof() + 16)];
        for value in 0..400 {
            assert!(add(kinds, &set, value));
            if growth.last().is_some_and(|&(_, size)| size != set.sizeof() + 16) {
                growth.push((set.len(), set.sizeof() + 16));
            }
        }
        assert_eq!(growth, [(0, 216), (5, 728), (19, 2264), (77, 8408), (307, 32984)]);
        set.clear();
        assert_eq!((set.len(), set.sizeof() + 16), (0, 216));
    });
}

#[test]
fn strings_stand_in_the_order_of_the_reference() {
    in_space(|kinds| {
        let set = empty();
        for word in "apple pear plum cherry fig date kiwi lemon mango grape nut quince melon".split(' ') {
            let word = kinds.text(word);
            let mut never = |_: &Object, _: &Object| Ok::<_, OutOfMemory>(false);
            set.add(word.as_object().clone(), word.hash(), &mut never).unwrap();
        }
        let mut position = 0;
        let words: Vec<String> = std::iter::from_fn(|| set.next_entry(&mut position))
            // SAFETY: only strings were added.
            .map(|(_, word)| unsafe { word.cast::<Text>() }.to_rust_string_lossy())
            .collect();
        assert_eq!(
            words.join(" "),
            "apple fig cherry nut pear date plum mango melon grape kiwi quince lemon"
        );
        assert_eq!(set.contains_text(&kinds.text("pear"), kinds.text), Some(true));
        assert_eq!(set.contains_text(&kinds.text("stone"), kinds.text), Some(false));
    });
}

/// Numbers that the oracle's program makes in the same way.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % below) as i64
    }
}

/// What 3.11.2 answers for seed, span and steps: a digest of all elements in order and of the size after each step.
const RECORDED: [(u64, u64, usize, u64); 4] = [
    (1, 20, 300, 10405708247391464237),
    (2, 200, 600, 16945267167487968661),
    (3, 5000, 1500, 6793823154947432233),
    (4, 60, 2000, 2809609318599603258),
];

fn digest(kinds: &Kinds, set: &Set, before: u64) -> u64 {
    let joined = |digest: u64, value: i64| digest.wrapping_mul(31).wrapping_add_signed(value);
    let all = elements(kinds, set).into_iter().fold(before, joined);
    joined(all, set.sizeof() as i64 + 16)
}

fn run(kinds: &Kinds, seed: u64, span: u64, steps: usize) -> u64 {
    let mut numbers = Numbers(seed);
    let (mut set, mut other, mut all) = (empty(), empty(), 0);
    for _ in 0..steps {
        let operation = numbers.next(16);
        let value = numbers.next(span) - span as i64 / 4;
        let value = if numbers.next(2) == 1 { value } else { value * (1 << numbers.next(40)) };
        match operation {
            0..=8 => _ = add(kinds, &set, value),
            9 | 10 => _ = discard(kinds, &set, value),
            11 => drop(set.pop()),
            12 => _ = add(kinds, &other, value),
            13 => _ = discard(kinds, &other, value),
            14 if numbers.next(4) == 0 => set.merge(&other, &mut equal(kinds)).unwrap(),
            14 => {}
            _ => match numbers.next(40) {
                0 => set = set.copy(set.kind()).unwrap(),
                1 => set.clear(),
                2 => std::mem::swap(&mut set, &mut other),
                _ => {}
            },
        }
        all = digest(kinds, &set, all);
    }
    all
}

#[test]
fn integers_stand_in_the_order_of_the_reference() {
    in_space(|kinds| {
        for (seed, span, steps, expected) in RECORDED {
            assert_eq!(run(kinds, seed, span, steps), expected, "seed {seed}");
        }
    });
}

#[test]
fn a_comparison_may_change_the_set() {
    in_space(|kinds| {
        let set = empty();
        for value in 0..3 {
            let mut never = |_: &Object, _: &Object| Ok::<_, OutOfMemory>(false);
            set.add(kinds.int(value), 1, &mut never).unwrap();
        }
        let mut calls = 0;
        let found = set.contains(&kinds.int(2), 1, &mut |stored: &Object, sought: &Object| {
            calls += 1;
            if calls == 1 {
                (100..120).for_each(|value| {
                    _ = add(kinds, &set, value);
                });
            }
            Ok::<_, OutOfMemory>(kinds.value(stored) == kinds.value(sought))
        });
        assert_eq!(found, Ok(true));
        assert_eq!(set.len(), 23);
    });
}

#[test]
fn contents_are_exchanged() {
    in_space(|kinds| {
        let (small, large) = (empty(), empty());
        _ = add(kinds, &small, 1);
        (0..30).for_each(|value| {
            _ = add(kinds, &large, value);
        });
        small.swap_contents(&large);
        assert_eq!((small.len(), elements(kinds, &large)), (30, vec![1]));
    });
}
