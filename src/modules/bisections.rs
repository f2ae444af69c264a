//! `_bisect`: finding a place in a sorted list.

use super::support::new_module;
use crate::object::{Object, ObjectRef};
use crate::runtime::NativeCode::Full;
use crate::runtime::slots::Comparison;
use crate::runtime::{Arguments, Interpreter, NativeMethod, Outcome, Parameters, Typed};

/// Which side of the items that are equal to it a new item belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

const fn parameters(function: &'static str) -> Parameters<5> {
    Parameters {
        function,
        names: ["a", "x", "lo", "hi", "key"],
        positional_only: 0,
        positional: 4,
        required: 2,
    }
}

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "bisect_right",
        Full(|cx, _, arguments| found(cx, &parameters("bisect_right"), arguments, Side::Right)),
        "($module, /, a, x, lo=0, hi=None, *, key=None)",
        "Return the index where to insert item x in list a, assuming a is sorted.",
    ),
    NativeMethod::new(
        "insort_right",
        Full(|cx, _, arguments| insert(cx, &parameters("insort_right"), arguments, Side::Right)),
        "($module, /, a, x, lo=0, hi=None, *, key=None)",
        "Insert item x in list a, and keep it sorted assuming a is sorted.",
    ),
    NativeMethod::new(
        "bisect_left",
        Full(|cx, _, arguments| found(cx, &parameters("bisect_left"), arguments, Side::Left)),
        "($module, /, a, x, lo=0, hi=None, *, key=None)",
        "Return the index where to insert item x in list a, assuming a is sorted.",
    ),
    NativeMethod::new(
        "insort_left",
        Full(|cx, _, arguments| insert(cx, &parameters("insort_left"), arguments, Side::Left)),
        "($module, /, a, x, lo=0, hi=None, *, key=None)",
        "Insert item x in list a, and keep it sorted assuming a is sorted.",
    ),
];

/// What a call asks for.
struct Search {
    items: ObjectRef,
    wanted: ObjectRef,
    low: usize,
    high: usize,
    key: Option<ObjectRef>,
}

impl Search {
    fn of(cx: &Interpreter, parameters: &Parameters<5>, arguments: Arguments<'_>) -> Outcome<Self> {
        let [items, wanted, low, high, key] = parameters.bind(cx, arguments)?;
        let given = |value: Option<ObjectRef>| value.filter(|value| !cx.is_none(value));
        let low = low.map_or(Ok(0), |low| cx.index(&low).and_then(|low| word(cx, &low)))?;
        let high = given(high).map_or(Ok(-1), |high| bound(cx, &high))?;
        let low = usize::try_from(low).map_err(|_| cx.value_error("lo must be non-negative"))?;
        let items = items.unwrap_or_else(|| cx.none());
        let high = match high {
            -1 => cx.length(&items)?,
            high => usize::try_from(high).unwrap_or(0),
        };
        Ok(Self { items, wanted: wanted.unwrap_or_else(|| cx.none()), low, high, key: given(key) })
    }

    /// The rank of the item at a place.
    fn rank(&self, cx: &Interpreter, place: usize) -> Outcome {
        let list = self.items.as_list().filter(|_| self.items.is_exactly(&cx.types.list));
        let item = match list.and_then(|list| list.get(place)) {
            Some(item) => item,
            None if self.items.as_dict().is_some() => {
                let kind = self.items.type_name();
                return Err(cx.type_error(format_args!("{kind} is not a sequence")));
            }
            None => cx.get_item(&self.items, &*cx.new_size(place)?)?,
        };
        match &self.key {
            Some(key) => cx.call(key, &[item]),
            None => Ok(item),
        }
    }

    /// Where an item of a rank belongs.
    fn place(&self, cx: &Interpreter, wanted: &Object, side: Side) -> Outcome<usize> {
        let (mut low, mut high) = (self.low, self.high);
        while low < high {
            let middle = low + (high - low) / 2;
            let rank = self.rank(cx, middle)?;
            let goes_left = match side {
                Side::Right => cx.compare_bool(wanted, &rank, Comparison::Less)?,
                Side::Left => !cx.compare_bool(&rank, wanted, Comparison::Less)?,
            };
            if goes_left {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(low)
    }
}

/// The lower bound, an integer, as a machine word.
fn word(cx: &Interpreter, integer: &Object) -> Outcome<isize> {
    let value = integer.as_int().and_then(|integer| integer.to_i64());
    value
        .map(|value| value as isize)
        .ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))
}

/// The upper bound, which is not None.
fn bound(cx: &Interpreter, object: &Object) -> Outcome<isize> {
    if object.type_object().slots.index.get().is_none() {
        let kind = object.type_name();
        return Err(cx.type_error(format_args!("argument should be integer or None, not '{kind}'")));
    }
    cx.index_isize(object, Some(&cx.types.overflow_error))
}

fn found(cx: &Interpreter, parameters: &Parameters<5>, arguments: Arguments<'_>, side: Side) -> Outcome {
    let search = Search::of(cx, parameters, arguments)?;
    cx.new_size(search.place(cx, &search.wanted, side)?)
}

fn insert(cx: &Interpreter, parameters: &Parameters<5>, arguments: Arguments<'_>, side: Side) -> Outcome {
    let search = Search::of(cx, parameters, arguments)?;
    let place = match &search.key {
        Some(key) => search.place(cx, &*cx.call(key, std::slice::from_ref(&search.wanted))?, side)?,
        None => search.place(cx, &search.wanted, side)?,
    };
    let insert = cx.intern("insert")?;
    cx.call_method(&search.items, &insert, &[cx.new_size(place)?, search.wanted])?;
    Ok(cx.none())
}

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    new_module(cx, "_bisect", FUNCTIONS, "Bisection algorithms.")
}
