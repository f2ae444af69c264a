//! "Did you mean": the nearest name by CPython's weighted distance.

use crate::object::Object;
use crate::runtime::{AsException, Interpreter, Outcome, Typed};
use crate::types::support::{entries, rust_text};
use crate::vm::frame::Frame;
use crate::vm::traceback::Traceback;

const MOST_CANDIDATES: usize = 750;
const LONGEST_NAME: usize = 40;
const MOVE: usize = 2;
const CASE: usize = 1;

/// The name that was probably meant by an AttributeError or a NameError.
pub fn suggestion(cx: &Interpreter, exception: &Object) -> Option<String> {
    let found = if exception.is_exactly(&cx.types.attribute_error) {
        for_attribute(cx, exception)
    } else if exception.is_exactly(&cx.types.name_error) {
        for_name(cx, exception)
    } else {
        Ok(None)
    };
    found.unwrap_or_else(|_| {
        drop(cx.take_exception());
        None
    })
}

fn for_attribute(cx: &Interpreter, exception: &Object) -> Outcome<Option<String>> {
    let Some(it) = exception.as_exception() else { return Ok(None) };
    let (Some(name), Some(object)) = (it.extra(0).get(), it.extra(1).get()) else { return Ok(None) };
    let Some(name) = name.as_text().map(|name| name.to_rust_string_lossy()) else { return Ok(None) };
    let Some(dir) = cx.builtins.get_text(&*cx.intern("dir")?) else { return Ok(None) };
    let names = cx.collect(&*cx.call(&dir, &[object])?)?;
    Ok(nearest(&name, &names.iter().map(|name| rust_text(name)).collect::<Vec<_>>()))
}

/// Looks among the local variables of the frame that raised, then the globals, then the builtins.
fn for_name(cx: &Interpreter, exception: &Object) -> Outcome<Option<String>> {
    let Some(it) = exception.as_exception() else { return Ok(None) };
    let Some(name) = it.extra(0).get() else { return Ok(None) };
    let Some(name) = name.as_text().map(|name| name.to_rust_string_lossy()) else { return Ok(None) };
    let mut last = None;
    let mut next = it.traceback.get();
    while let Some(entry) = next {
        next = entry.layout::<Traceback>().and_then(|entry| entry.next.get());
        last = Some(entry);
    }
    let Some(frame) = last.as_ref().and_then(|entry| entry.layout::<Traceback>()).map(Traceback::frame)
    else {
        return Ok(None);
    };
    let Some(frame) = frame.layout::<Frame>() else { return Ok(None) };
    let locals: Vec<String> =
        frame.code().unit.source.variable_names.iter().map(|name| name.to_string()).collect();
    if let Some(found) = nearest(&name, &locals) {
        return Ok(Some(found));
    }
    let globals = frame.globals();
    for namespace in [globals.as_dict(), Some(&*cx.builtins)].into_iter().flatten() {
        let names: Vec<String> = entries(namespace).iter().map(|(name, _)| rust_text(name)).collect();
        if let Some(found) = nearest(&name, &names) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The nearest of the candidates, the first one of several.
pub fn nearest(name: &str, candidates: &[String]) -> Option<String> {
    if candidates.len() >= MOST_CANDIDATES {
        return None;
    }
    let name: Vec<char> = name.chars().collect();
    let mut best: Option<(usize, &String)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().collect();
        if letters == name || letters.is_empty() {
            continue;
        }
        let mut most = (name.len() + letters.len() + 3) * MOVE / 6;
        if let Some((distance, _)) = best {
            most = most.min(distance - 1);
        }
        let distance = distance(&name, &letters, most);
        if distance <= most {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, name)| name.clone())
}

fn substitution(left: char, right: char) -> usize {
    if left == right {
        0
    } else if left.eq_ignore_ascii_case(&right) {
        CASE
    } else {
        MOVE
    }
}

/// The weighted distance, or more than `most` where it is more.
fn distance(left: &[char], right: &[char], most: usize) -> usize {
    let prefix = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[prefix..], &right[prefix..]);
    let suffix = left.iter().rev().zip(right.iter().rev()).take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[..left.len() - suffix], &right[..right.len() - suffix]);
    if left.is_empty() || right.is_empty() {
        return (left.len() + right.len()) * MOVE;
    }
    if left.len() > LONGEST_NAME || right.len() > LONGEST_NAME {
        return most + 1;
    }
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if (long.len() - short.len()) * MOVE > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (1..=short.len()).map(|index| index * MOVE).collect();
    let mut result = 0;
    for (index, letter) in long.iter().enumerate() {
        let mut diagonal = index * MOVE;
        result = diagonal;
        let mut least = usize::MAX;
        for (place, other) in row.iter_mut().zip(short) {
            let substituted = diagonal + substitution(*letter, *other);
            diagonal = *place;
            result = substituted.min(result.min(diagonal) + MOVE);
            *place = result;
            least = least.min(result);
        }
        if least > most {
            return most + 1;
        }
    }
    result
}
