use super::*;
use crate::values::integer::Integer;
use crate::values::testing::{Kinds, deaths, fake_type, in_space, mortal_type};
use proptest::prelude::*;

fn empty() -> Ref<List> {
    List::new(fake_type(lifecycle()), 0).unwrap()
}

fn filled(kinds: &Kinds, values: &[i64]) -> Ref<List> {
    List::from_items(fake_type(lifecycle()), values.iter().map(|&value| kinds.int(value))).unwrap()
}

fn values(kinds: &Kinds, list: &List) -> Vec<i64> {
    (0..list.len()).map(|index| kinds.value(&list.get(index).unwrap())).collect()
}

#[test]
fn a_display_holds_exactly_its_items() {
    in_space(|kinds| {
        for length in 0..5usize {
            let list = filled(kinds, &[7, 8, 9, 10][..length.min(4)]);
            assert_eq!(list.sizeof() + 16, 56 + 8 * length.min(4));
        }
    });
}

#[test]
fn appending_grows_as_in_the_reference() {
    in_space(|kinds| {
        let list = empty();
        let mut capacities = vec![list.capacity()];
        for value in 0..60 {
            list.push(kinds.int(value)).unwrap();
            if capacities.last() != Some(&list.capacity()) {
                capacities.push(list.capacity());
            }
        }
        assert_eq!(capacities, [0, 4, 8, 16, 24, 32, 40, 52, 64]);
    });
}

#[test]
fn popping_shrinks_as_in_the_reference() {
    in_space(|kinds| {
        let list = empty();
        (0..53).for_each(|value| list.push(kinds.int(value)).unwrap());
        let mut sizes = vec![list.sizeof() + 16];
        while let Some(last) = list.len().checked_sub(1) {
            assert_eq!(kinds.value(&list.pop(last).unwrap()), last as i64);
            if sizes.last() != Some(&(list.sizeof() + 16)) {
                sizes.push(list.sizeof() + 16);
            }
        }
        assert_eq!(sizes, [568, 376, 248, 184, 152, 120, 88, 56]);
    });
}

#[test]
fn extending_rounds_up_as_in_the_reference() {
    in_space(|kinds| {
        let list = empty();
        list.extend_from_list(&filled(kinds, &[1, 2, 3])).unwrap();
        assert_eq!(list.sizeof() + 16, 88);
        list.extend_from_list(&list).unwrap();
        assert_eq!(values(kinds, &list), [1, 2, 3, 1, 2, 3]);
        assert_eq!(list.sizeof() + 16, 152);
    });
}

#[test]
fn what_is_spliced_out_is_dropped_by_the_caller() {
    in_space(|_| {
        let mortal = mortal_type();
        let make = |value| Integer::new_small(mortal, value).unwrap().into_object();
        let list = List::from_items(fake_type(lifecycle()), [1, 2, 3, 4, 5].map(make).into_iter()).unwrap();
        let removed = list.splice(1..4, &[]).unwrap();
        assert_eq!((list.len(), removed.len(), deaths().len()), (2, 3, 0));
        drop(removed);
        assert_eq!(deaths(), [4, 3, 2]);
        list.clear();
        assert_eq!(deaths(), [5, 1]);
    });
}

#[test]
fn changes_during_sorting_are_noticed() {
    in_space(|kinds| {
        let list = filled(kinds, &[3, 1, 2]);
        let mut items = list.take_items();
        items.as_mut_slice().sort_by_key(|item| kinds.value(item));
        assert!(list.put_back(items).is_none());
        assert_eq!(values(kinds, &list), [1, 2, 3]);
        let items = list.take_items();
        list.push(kinds.int(9)).unwrap();
        drop(list.pop(0));
        assert!(list.put_back(items).is_some());
        assert_eq!(values(kinds, &list), [1, 2, 3]);
    });
}

#[derive(Clone, Debug)]
enum Step {
    Push(i64),
    Insert(usize, i64),
    Pop(usize),
    Set(usize, i64),
    Splice(usize, usize, Vec<i64>),
    RemoveStepped(usize, usize),
    Reverse,
    Clear,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<i64>().prop_map(Step::Push),
        2 => (0..40usize, any::<i64>()).prop_map(|(at, value)| Step::Insert(at, value)),
        2 => (0..40usize).prop_map(Step::Pop),
        1 => (0..40usize, any::<i64>()).prop_map(|(at, value)| Step::Set(at, value)),
        2 => (0..40usize, 0..40usize, prop::collection::vec(any::<i64>(), 0..9))
            .prop_map(|(start, end, values)| Step::Splice(start, end, values)),
        1 => (0..40usize, 1..5usize).prop_map(|(start, step)| Step::RemoveStepped(start, step)),
        1 => Just(Step::Reverse),
        1 => Just(Step::Clear),
    ]
}

fn apply(kinds: &Kinds, list: &List, model: &mut Vec<i64>, step: Step) {
    match step {
        Step::Push(value) => {
            list.push(kinds.int(value)).unwrap();
            model.push(value);
        }
        Step::Insert(at, value) => {
            list.insert(at, kinds.int(value)).unwrap();
            model.insert(at.min(model.len()), value);
        }
        Step::Pop(at) => {
            let popped = list.pop(at).map(|item| kinds.value(&item));
            assert_eq!(popped, (at < model.len()).then(|| model.remove(at)));
        }
        Step::Set(at, value) if at < model.len() => {
            assert_eq!(
                kinds.value(&list.set(at, kinds.int(value))),
                std::mem::replace(&mut model[at], value)
            );
        }
        Step::Set(..) => {}
        Step::Splice(start, end, new) => {
            let (start, end) = (start.min(model.len()), end.min(model.len()));
            let range = start..end.max(start);
            let items: Vec<_> = new.iter().map(|&value| kinds.int(value)).collect();
            let removed = list.splice(range.clone(), &items).unwrap();
            let removed: Vec<i64> = removed.iter().map(|item| kinds.value(item)).collect();
            assert_eq!(removed, model.splice(range, new).collect::<Vec<_>>());
        }
        Step::RemoveStepped(start, step) => {
            let count = model.len().saturating_sub(start).div_ceil(step);
            let removed = list.remove_stepped(start, step, count).unwrap();
            assert_eq!(removed.len(), count);
            let mut at = 0;
            model.retain(|_| {
                at += 1;
                at <= start || (at - 1 - start) % step != 0
            });
        }
        Step::Reverse => {
            list.reverse();
            model.reverse();
        }
        Step::Clear => {
            list.clear();
            model.clear();
        }
    }
}

proptest! {
    #[test]
    fn a_list_is_a_row(steps in prop::collection::vec(step(), 0..60)) {
        in_space(|kinds| {
            let (list, mut model) = (empty(), Vec::new());
            for step in steps {
                apply(kinds, &list, &mut model, step);
                assert_eq!(values(kinds, &list), model);
                assert!(list.capacity() >= list.len());
            }
        });
    }
}
