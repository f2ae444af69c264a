use super::*;
use crate::values::list::{self, List};
use crate::values::testing::{Kinds, fake_type, in_space};
use proptest::prelude::*;

fn empty() -> Ref<Dict> {
    Dict::new(fake_type(lifecycle())).unwrap()
}

/// Integers by value, with a callback as the runtime has one.
fn equal(kinds: &Kinds) -> impl FnMut(&Object, &Object) -> Result<bool, OutOfMemory> + '_ {
    |left, right| Ok(kinds.value(left) == kinds.value(right))
}

fn insert(kinds: &Kinds, dict: &Dict, key: i64, hash: i64, value: i64) -> Option<i64> {
    let old = dict.insert(kinds.int(key), hash, kinds.int(value), &mut equal(kinds)).unwrap();
    old.map(|old| kinds.value(&old))
}

fn content(kinds: &Kinds, dict: &Dict) -> Vec<(i64, i64)> {
    let mut position = 0;
    std::iter::from_fn(|| dict.next_entry(&mut position))
        .map(|(_, key, value)| (kinds.value(&key), kinds.value(&value)))
        .collect()
}

#[test]
fn sizes_are_those_of_the_reference() {
    in_space(|kinds| {
        let dict = empty();
        let mut growth = vec![(0, dict.sizeof() + 16)];
        for key in 0..180 {
            insert(kinds, &dict, key, key, key);
            if growth.last().is_some_and(|&(_, size)| size != dict.sizeof() + 16) {
                growth.push((dict.len(), dict.sizeof() + 16));
            }
        }
        let expected =
            [(0, 64), (1, 232), (6, 360), (11, 640), (22, 1176), (43, 2272), (86, 4696), (171, 9312)];
        assert_eq!(growth, expected);
        dict.clear();
        assert_eq!(dict.sizeof() + 16, 64);
    });
}

#[test]
fn a_comparison_may_change_the_dict() {
    in_space(|kinds| {
        let dict = empty();
        (0..4).for_each(|key| {
            _ = insert(kinds, &dict, key, 1, key);
        });
        let mut calls = 0;
        let found = dict.lookup(&kinds.int(3), 1, &mut |stored: &Object, sought: &Object| {
            calls += 1;
            if calls == 2 {
                dict.clear();
                insert(kinds, &dict, 3, 1, 30);
            }
            Ok::<_, OutOfMemory>(kinds.value(stored) == kinds.value(sought))
        });
        assert_eq!(found, Ok(Some(0)));
        assert_eq!(content(kinds, &dict), [(3, 30)]);
    });
}

#[test]
fn strings_are_found_without_a_callback() {
    in_space(|kinds| {
        let dict = empty();
        let name = kinds.text("name");
        assert!(dict.insert_text(&name, kinds.int(1)).unwrap().is_none());
        assert!(dict.insert_text(&kinds.text("name"), kinds.int(2)).unwrap().is_some());
        assert_eq!(dict.lookup_text(&kinds.text("name"), kinds.text), Ok(Some(0)));
        assert_eq!(dict.lookup_text(&kinds.text("other"), kinds.text), Ok(None));
        drop(dict.remove_text(&name));
        assert_eq!(dict.lookup_text(&name, kinds.text), Ok(None));
        dict.add(name.hash(), kinds.int(5), kinds.int(6)).unwrap();
        assert_eq!(dict.lookup_text(&name, kinds.text), Err(NeedsComparison));
        assert!(dict.find_text(&name).is_none());
    });
}

#[test]
fn a_dict_is_tracked_when_a_container_comes_in() {
    in_space(|kinds| {
        let dict = empty();
        insert(kinds, &dict, 1, 1, 1);
        assert!(!dict.is_tracked() && dict.may_untrack());
        let list = List::new(fake_type(list::lifecycle()), 0).unwrap();
        drop(dict.set_value_at(0, list.into_object()));
        assert!(dict.is_tracked() && !dict.may_untrack());
        assert!(dict.copy(dict.kind()).unwrap().is_tracked());
    });
}

#[test]
fn the_number_of_the_keys_changes_with_them() {
    in_space(|kinds| {
        let (dict, counter) = (empty(), Cell::new(7));
        assert_eq!(dict.keys_version(&counter), 0);
        insert(kinds, &dict, 1, 1, 1);
        let first = dict.keys_version(&counter);
        drop(dict.set_value_at(0, kinds.int(2)));
        assert_eq!(dict.keys_version(&counter), first);
        let copy = dict.copy(dict.kind()).unwrap();
        insert(kinds, &dict, 2, 2, 2);
        assert_eq!(dict.assigned_keys_version(), 0);
        let second = dict.keys_version(&counter);
        drop(dict.remove_at(0));
        let numbers = [first, second, dict.keys_version(&counter), copy.keys_version(&counter)];
        assert_eq!(numbers, [8, 9, 10, 11]);
    });
}

#[test]
fn an_error_of_the_comparison_comes_through() {
    in_space(|kinds| {
        let dict = empty();
        insert(kinds, &dict, 1, 1, 1);
        let error = dict.lookup(&kinds.int(2), 1, &mut |_: &Object, _: &Object| Err::<bool, _>("no"));
        assert_eq!(error, Err("no"));
    });
}

#[derive(Clone, Debug)]
enum Step {
    Insert(i64, i64),
    Remove(i64),
    PopLast,
    Copy,
    Clear,
    Reserve(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => (0..60i64, any::<i64>()).prop_map(|(key, value)| Step::Insert(key, value)),
        6 => (0..60i64).prop_map(Step::Remove),
        2 => Just(Step::PopLast),
        1 => Just(Step::Copy),
        1 => (0..30usize).prop_map(Step::Reserve),
        1 => Just(Step::Clear),
    ]
}

/// Few hashes, large and negative ones among them, so that searches collide and wander.
fn hash_of(key: i64) -> i64 {
    [key, -key, key % 7, (key % 5) << 40][key as usize % 4]
}

fn apply(kinds: &Kinds, dict: &mut Ref<Dict>, model: &mut Vec<(i64, i64)>, step: Step) {
    match step {
        Step::Insert(key, value) => {
            let old = insert(kinds, dict, key, hash_of(key), value);
            match model.iter_mut().find(|entry| entry.0 == key) {
                Some(entry) => assert_eq!(old, Some(std::mem::replace(&mut entry.1, value))),
                None => model.push((key, value)),
            }
        }
        Step::Remove(key) => {
            let removed = dict.remove(&kinds.int(key), hash_of(key), &mut equal(kinds)).unwrap();
            let removed = removed.map(|(key, value)| (kinds.value(&key), kinds.value(&value)));
            let at = model.iter().position(|entry| entry.0 == key);
            assert_eq!(removed, at.map(|at| model.remove(at)));
        }
        Step::PopLast => {
            let popped = dict.pop_last().map(|(key, value)| (kinds.value(&key), kinds.value(&value)));
            assert_eq!(popped, model.pop());
        }
        Step::Copy => *dict = dict.copy(dict.kind()).unwrap(),
        Step::Reserve(entries) => dict.reserve_for_merge(entries).unwrap(),
        Step::Clear => {
            dict.clear();
            model.clear();
        }
    }
}

proptest! {
    #[test]
    fn a_dict_keeps_entries_in_order(steps in prop::collection::vec(step(), 0..150)) {
        in_space(|kinds| {
            let (mut dict, mut model) = (empty(), Vec::new());
            for step in steps {
                apply(kinds, &mut dict, &mut model, step);
                assert_eq!(content(kinds, &dict), model);
                assert_eq!(dict.len(), model.len());
                for key in 0..60 {
                    let found = dict.get(&kinds.int(key), hash_of(key), &mut equal(kinds)).unwrap();
                    let expected = model.iter().find(|entry| entry.0 == key).map(|entry| entry.1);
                    assert_eq!(found.map(|value| kinds.value(&value)), expected);
                }
            }
        });
    }
}

#[test]
fn wide_indices_work() {
    in_space(|kinds| {
        let dict = empty();
        (0..100_000).for_each(|key| {
            _ = insert(kinds, &dict, key, key, key);
        });
        for key in [0, 127, 128, 32_767, 65_536, 99_999] {
            assert_eq!(dict.lookup(&kinds.int(key), key, &mut equal(kinds)), Ok(Some(key as usize)));
        }
        assert_eq!(dict.sizeof() + 16, 5242968);
    });
}
