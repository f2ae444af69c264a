//! "Did you mean": the nearest name by a Levenshtein distance in which a move costs two and a change of case one
//! (CPython's `Python/suggestions.c`).

use crate::object::{Object, ObjectRef};
use crate::runtime::{AsException, Interpreter, Typed};
use crate::vm::frame::Frame;
use crate::vm::traceback::Traceback;

const MOST_CANDIDATES: usize = 750;
const LONGEST_NAME: usize = 40;
const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;

/// The name that a NameError or an AttributeError probably meant.
pub fn suggestion(cx: &Interpreter, exception: &ObjectRef) -> Option<String> {
    let layout = exception.as_exception()?;
    let name_of = |index: usize| layout.extra(index).get()?.as_text().map(|text| text.to_rust_string_lossy());
    if exception.is_exactly(&cx.types.name_error) || exception.is_exactly(&cx.types.unbound_local_error) {
        return for_name(cx, &name_of(0)?, layout.traceback.get()?);
    }
    if exception.is_exactly(&cx.types.attribute_error) {
        let (name, object) = (name_of(0)?, layout.extra(1).get()?);
        return nearest(&names_of(cx, &object)?, &name);
    }
    None
}

fn for_name(cx: &Interpreter, name: &str, traceback: ObjectRef) -> Option<String> {
    let mut last = traceback;
    while let Some(next) = last.layout::<Traceback>().and_then(|entry| entry.next.get()) {
        last = next;
    }
    let frame = last.layout::<Traceback>()?.frame();
    let frame = frame.layout::<Frame>()?;
    let variables: Vec<String> = frame.code().unit.source.variable_names.iter().map(|name| name.to_string()).collect();
    nearest(&variables, name)
        .or_else(|| nearest(&keys(&frame.globals.get()), name))
        .or_else(|| nearest(&keys(cx.builtins.as_object()), name))
}

/// The text keys of a dict, in order.
fn keys(dict: &Object) -> Vec<String> {
    let Some(dict) = dict.as_dict() else { return Vec::new() };
    let mut position = 0;
    let entries = std::iter::from_fn(|| dict.next_entry(&mut position));
    entries.filter_map(|(_, key, _)| key.as_text().map(|text| text.to_rust_string_lossy())).collect()
}

/// `dir(object)`; none where it fails.
fn names_of(cx: &Interpreter, object: &Object) -> Option<Vec<String>> {
    let names = cx
        .lookup_special(object, &cx.names.dir)?
        .and_then(|method| cx.call(&method, &[]))
        .and_then(|names| cx.collect(&names));
    let Ok(names) = names else {
        drop(cx.thread.raised.take());
        return None;
    };
    let mut names: Vec<String> =
        names.iter().filter_map(|name| name.as_text().map(|text| text.to_rust_string_lossy())).collect();
    names.sort();
    Some(names)
}

fn nearest(candidates: &[String], name: &str) -> Option<String> {
    if candidates.len() >= MOST_CANDIDATES {
        return None;
    }
    let mut best: Option<(&String, usize)> = None;
    for candidate in candidates {
        let limit = (name.len() + candidate.len() + 3) * MOVE_COST / 6;
        let limit = best.map_or(limit, |(_, distance)| limit.min(distance.saturating_sub(1)));
        let distance = distance(name.as_bytes(), candidate.as_bytes(), limit);
        if distance <= limit && best.is_none_or(|(_, least)| distance < least) && candidate != name {
            best = Some((candidate, distance));
        }
    }
    best.map(|(candidate, _)| candidate.clone())
}

fn substitution_cost(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

/// The distance, or something above the limit.
fn distance(a: &[u8], b: &[u8], limit: usize) -> usize {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (mut a, mut b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE_COST;
    }
    if a.len() > LONGEST_NAME || b.len() > LONGEST_NAME {
        return limit + 1;
    }
    if b.len() < a.len() {
        std::mem::swap(&mut a, &mut b);
    }
    if (b.len() - a.len()) * MOVE_COST > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|index| index * MOVE_COST).collect();
    let mut result = 0;
    for (index, code) in b.iter().enumerate() {
        let mut diagonal = index * MOVE_COST;
        result = diagonal;
        let mut least = usize::MAX;
        for (other, cell) in a.iter().zip(&mut row) {
            let substitute = diagonal + substitution_cost(*code, *other);
            diagonal = *cell;
            let insert_or_delete = result.min(diagonal) + MOVE_COST;
            result = insert_or_delete.min(substitute);
            *cell = result;
            least = least.min(result);
        }
        if least > limit {
            return limit + 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_cpython() {
        assert_eq!(distance(b"append", b"apend", 10), 2);
        assert_eq!(distance(b"Name", b"name", 10), 1);
        assert_eq!(distance(b"abc", b"xyz", 10), 6);
    }

    #[test]
    fn far_names_are_not_suggested() {
        let names = ["append".to_owned(), "extend".to_owned()];
        assert_eq!(nearest(&names, "apend").as_deref(), Some("append"));
        assert_eq!(nearest(&names, "zzz"), None);
    }
}
