//! `list.sort`: the items are detached while they are sorted, so that any change can be noticed.
//!
//! Where all keys are exact ints of a machine word, floats or strings they are compared without objects, as in
//! CPython's check before a sort; that runs no Python code and gives the same order.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::list_of;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::Parameters;
use crate::runtime::type_object::Typed;
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, Raised};
use crate::values::float::Float;
use crate::values::integer::Integer;
use crate::values::item_buffer::ItemBuffer;
use crate::values::list::List;
use crate::values::text::Text;
use crate::values::timsort::{self, SortError};

/// Documentation of the method.
pub const SORT: &str = "Sort the list in ascending order and return None.\n\n    The sort is in-place (i.e. the list itself is modified) and stable (i.e. the\n    order of two equal elements is maintained).\n\n    If a key function is given, apply it once to each list item and sort them,\n    ascending or descending, according to their function values.\n\n    The reverse flag can be set to sort in descending order.";

const PARAMETERS: Parameters<2> = Parameters {
    function: "sort",
    names: ["key", "reverse"],
    positional_only: 0,
    positional: 0,
    required: 0,
};

/// `list.sort(*, key=None, reverse=False)`
pub fn sort(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let [key, reverse] = PARAMETERS.bind_lent(cx, arguments)?;
    let reverse = match reverse {
        Some(flag) => cx.is_true(&*cx.index(flag)?)?,
        None => false,
    };
    let key = key.filter(|key| !cx.is_none(key));
    sort_list(cx, list_of(object), key.map(|key| &**key), reverse)?;
    Ok(cx.none())
}

/// Sorts a list in place.
pub fn sort_list(cx: &Interpreter, list: &List, key: Option<&Object>, reverse: bool) -> Outcome<()> {
    let mut items = list.take_items();
    let sorted = sort_items(cx, &mut items, key, reverse);
    let meanwhile = list.put_back(items);
    let modified = meanwhile.is_some();
    drop(meanwhile);
    sorted?;
    if modified {
        return Err(cx.value_error("list modified during sort"));
    }
    Ok(())
}

fn sort_items(cx: &Interpreter, items: &mut ItemBuffer, key: Option<&Object>, reverse: bool) -> Outcome<()> {
    let keys = match key {
        Some(key) => Some(keys_of(cx, items, key)?),
        None => None,
    };
    // Sorting the reverse keeps equal items in their order when the result is reversed.
    let indices = (0..items.len()).map(|index| if reverse { items.len() - 1 - index } else { index });
    let (mut few, mut many) = ([0; FEW], Vec::new());
    let order = gathered(cx, &mut few, &mut many, indices)?;
    let sorted = sort_order(cx, keys.as_deref().unwrap_or(items), order);
    if reverse {
        order.reverse();
    }
    arrange(items.as_mut_slice(), order);
    sorted
}

/// So many items are sorted without memory of their own.
const FEW: usize = 16;

/// Values in a row: in one array where there are few, else in a vector.
fn gathered<'a, T>(
    cx: &Interpreter,
    few: &'a mut [T; FEW],
    many: &'a mut Vec<T>,
    values: impl ExactSizeIterator<Item = T>,
) -> Outcome<&'a mut [T]> {
    let count = values.len();
    if count <= FEW {
        few.iter_mut().zip(values).for_each(|(place, value)| *place = value);
        return Ok(&mut few[..count]);
    }
    many.try_reserve_exact(count).map_err(|_| cx.raise_memory_error())?;
    many.extend(values);
    Ok(many)
}

fn keys_of(cx: &Interpreter, items: &ItemBuffer, key: &Object) -> Outcome<ItemBuffer> {
    let mut keys = ItemBuffer::with_capacity(items.len())?;
    for item in items.iter() {
        keys.push(cx.call(key, std::slice::from_ref(item))?)?;
        cx.poll()?;
    }
    Ok(keys)
}

/// Puts the indices of keys into the order of the keys.
fn sort_order(cx: &Interpreter, keys: &[ObjectRef], order: &mut [usize]) -> Outcome<()> {
    let Some(first) = keys.first() else { return Ok(()) };
    if first.is_exactly(&cx.types.int) {
        let word = |key: &ObjectRef| {
            key.is_exactly(&cx.types.int).then(|| key.as_int().and_then(Integer::to_i64)).flatten()
        };
        if let Some(done) = sort_plain(cx, keys, order, word, |left, right| left < right) {
            return done;
        }
    } else if first.is_exactly(&cx.types.float) {
        let number = |key: &ObjectRef| {
            key.is_exactly(&cx.types.float).then(|| key.as_float().map(Float::value)).flatten()
        };
        if let Some(done) = sort_plain(cx, keys, order, number, |left, right| left < right) {
            return done;
        }
    } else if first.is_exactly(&cx.types.str) && keys.iter().all(|key| key.is_exactly(&cx.types.str)) {
        return sort_texts(cx, keys, order);
    }
    let less = |left: &usize, right: &usize| {
        let (left, right) = (&keys[*left], &keys[*right]);
        if let Some(order) = cx.tuples_order_plainly(left, right) {
            return Ok(order.is_lt());
        }
        cx.poll()?;
        cx.compare_bool(left, right, Comparison::Less)
    };
    timsort::sort(order, less).map_err(|error| raised(cx, error))
}

/// Sorts by values that stand for the keys; none where a key has no such value.
fn sort_plain<V: Copy + Default>(
    cx: &Interpreter,
    keys: &[ObjectRef],
    order: &mut [usize],
    value: impl Fn(&ObjectRef) -> Option<V>,
    less: impl Fn(V, V) -> bool,
) -> Option<Outcome<()>> {
    let mut all_have = true;
    let pairs = order.iter().map(|index| {
        let value = value(&keys[*index]);
        all_have &= value.is_some();
        (value.unwrap_or_default(), *index)
    });
    let (mut few, mut many) = ([(V::default(), 0); FEW], Vec::new());
    match gathered(cx, &mut few, &mut many, pairs) {
        Ok(pairs) => all_have.then(|| sort_pairs(cx, pairs, order, less)),
        Err(raised) => Some(Err(raised)),
    }
}

fn sort_texts(cx: &Interpreter, keys: &[ObjectRef], order: &mut [usize]) -> Outcome<()> {
    let pairs = order.iter().map(|index| (keys[*index].as_text(), *index));
    let (mut few, mut many) = ([(None::<&Text>, 0); FEW], Vec::new());
    let pairs = gathered(cx, &mut few, &mut many, pairs)?;
    sort_pairs(cx, pairs, order, |left, right| match (left, right) {
        (Some(left), Some(right)) => left.compare(right).is_lt(),
        _ => false,
    })
}

fn sort_pairs<V: Copy>(
    cx: &Interpreter,
    pairs: &mut [(V, usize)],
    order: &mut [usize],
    less: impl Fn(V, V) -> bool,
) -> Outcome<()> {
    let sorted = timsort::sort(pairs, |left, right| Ok::<bool, Raised>(less(left.0, right.0)));
    for (place, (_, index)) in order.iter_mut().zip(pairs.iter()) {
        *place = *index;
    }
    sorted.map_err(|error| raised(cx, error))
}

fn raised(cx: &Interpreter, error: SortError<Raised>) -> Raised {
    match error {
        SortError::Comparison(raised) => raised,
        SortError::OutOfMemory => cx.raise_memory_error(),
    }
}

/// Moves the item at `order[n]` to place n, for all n, along the cycles of the permutation. `order` is used up.
fn arrange<T>(items: &mut [T], order: &mut [usize]) {
    for start in 0..order.len() {
        let mut place = start;
        loop {
            let from = std::mem::replace(&mut order[place], place);
            if from == start || from == place {
                break;
            }
            items.swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::arrange;

    #[test]
    fn cycles_are_followed() {
        let mut items = ["a", "b", "c", "d", "e", "f"];
        arrange(&mut items, &mut [2, 0, 1, 3, 5, 4]);
        assert_eq!(items, ["c", "a", "b", "d", "f", "e"]);
    }
}
