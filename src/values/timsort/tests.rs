//! `vectors.txt` was recorded from CPython 3.11.2: for each input the number of comparisons, a checksum of which
//! items were compared in which order, and a checksum of the resulting order; some sorts were made to fail.

use super::*;

fn random(count: usize, limit: u64, mut seed: u64) -> Vec<i64> {
    let next = |_| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((seed >> 33) % limit) as i64
    };
    (0..count).map(next).collect()
}

fn input(kind: &str, count: usize) -> Vec<i64> {
    let n = count as i64;
    match kind {
        "random" => random(count, 1_000_000, 7),
        "few" => random(count, 10, 9),
        "sorted" => (0..n).collect(),
        "reversed" => (1..=n).rev().collect(),
        "equal" => vec![1; count],
        "sawtooth" => (0..n).map(|i| i % 100).collect(),
        "falling_teeth" => (0..n).map(|i| -(i % 37)).collect(),
        "halves" => (0..n).step_by(2).chain((1..n).step_by(2)).collect(),
        "swapped" => (n / 2..n).chain(0..n / 2).collect(),
        "nearly" => {
            let mut items: Vec<i64> = (0..n).collect();
            for pair in random(2 * (count / 20), count as u64, 3).chunks(2) {
                items.swap(pair[0] as usize, pair[1] as usize);
            }
            items
        }
        "organ" => (0..n / 2).chain((1..=n / 2).rev()).collect(),
        "blocks" => {
            random(count / 50, 1000, 5).iter().flat_map(|b| (0..50).map(move |i| b * 50 + i)).collect()
        }
        _ => panic!("{kind}"),
    }
}

#[test]
fn comparisons_as_recorded_from_cpython() {
    let vectors = include_str!("vectors.txt");
    assert!(vectors.lines().count() > 100);
    for line in vectors.lines() {
        let (kind, numbers) = line.split_once(' ').unwrap();
        let numbers: Vec<u64> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
        let [count, stop, comparisons, order, result] = numbers[..] else { panic!("{line}") };
        let values = input(kind, count as usize);
        let mut items: Vec<(i64, u64)> = values.into_iter().zip(0..).collect();
        let (mut found, mut checksum) = (0u64, 0u64);
        let outcome = sort(&mut items, |left, right| {
            found += 1;
            checksum = checksum.wrapping_mul(31).wrapping_add(left.1 * 7 + right.1);
            if found == stop { Err(()) } else { Ok(left.0 < right.0) }
        });
        assert_eq!(outcome.is_err(), stop > 0, "{line}");
        assert_eq!((found, checksum), (comparisons, order), "{line}");
        let place = items.iter().fold(0u64, |sum, item| sum.wrapping_mul(31).wrapping_add(item.1));
        assert_eq!(place, result, "{line}");
    }
}

#[test]
fn every_item_survives_every_failure() {
    let values = input("nearly", 300);
    for stop in 1..5000 {
        let mut items = values.clone();
        let mut left = stop;
        let outcome = sort(&mut items, |one, other| {
            left -= 1;
            if left == 0 { Err("stopped") } else { Ok(one < other) }
        });
        let sorted = items.is_sorted();
        items.sort();
        assert!(items.iter().copied().eq(0..300));
        if outcome.is_ok() {
            return assert!(sorted && stop > 300);
        }
        assert_eq!(outcome, Err(SortError::Comparison("stopped")));
    }
    panic!("a sort of 300 items takes fewer comparisons");
}

#[test]
fn a_comparison_without_sense_does_no_harm() {
    let mut seed = 1u64;
    let mut items: Vec<u32> = (0..5000).collect();
    let outcome = sort(&mut items, |_, _| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        Ok::<bool, ()>(seed >> 63 == 1)
    });
    assert_eq!(outcome, Ok(()));
    items.sort();
    assert!(items.into_iter().eq(0..5000));
}
