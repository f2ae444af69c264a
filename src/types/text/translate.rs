//! `str.maketrans` and `str.translate`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{new_slice, text_of, unchanged};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Typed};
use crate::values::text::{Text, TextBuilder};

/// `str.maketrans`
pub fn maketrans(cx: &Interpreter, _: &Object, given: &[ObjectRef]) -> Outcome {
    cx.check_positional("maketrans", given.len(), 1, 3)?;
    let argument = |index: usize| match given.get(index) {
        None => Ok(None),
        Some(object) => match object.as_text() {
            Some(text) => Ok(Some(text)),
            None => {
                let kind = if cx.is_none(object) { "None".to_owned() } else { object.type_name() };
                let number = index + 1;
                Err(cx.type_error(format_args!("maketrans() argument {number} must be str, not {kind}")))
            }
        },
    };
    let (to, deleted) = (argument(1)?, argument(2)?);
    match to {
        Some(to) => from_texts(cx, &given[0], to, deleted),
        None => from_dict(cx, &given[0]),
    }
}

fn from_texts(cx: &Interpreter, from: &Object, to: &Text, deleted: Option<&Text>) -> Outcome {
    let Some(from) = from.as_text() else {
        let message = "first maketrans argument must be a string if there is a second argument";
        return Err(cx.type_error(message));
    };
    if from.length() != to.length() {
        return Err(cx.value_error("the first two maketrans arguments must have equal length"));
    }
    let table = cx.new_dict()?;
    for (key, value) in from.as_slice().iter().zip(to.as_slice().iter()) {
        cx.dict_set(&table, &*cx.new_int(i64::from(key))?, cx.new_int(i64::from(value))?)?;
        cx.poll()?;
    }
    for key in deleted.iter().flat_map(|text| text.as_slice().iter()) {
        cx.dict_set(&table, &*cx.new_int(i64::from(key))?, cx.none())?;
        cx.poll()?;
    }
    Ok(table.into_object())
}

fn from_dict(cx: &Interpreter, given: &Object) -> Outcome {
    let Some(dict) = given.as_dict().filter(|_| given.is_exactly(&cx.types.dict)) else {
        return Err(cx.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    let (table, mut position) = (cx.new_dict()?, 0);
    while let Some((_, key, value)) = dict.next_entry(&mut position) {
        cx.dict_set(&table, &*table_key(cx, &key)?, value)?;
        cx.poll()?;
    }
    Ok(table.into_object())
}

fn table_key(cx: &Interpreter, key: &Object) -> Outcome {
    match key.as_text() {
        Some(text) if text.length() == 1 => cx.new_int(i64::from(text.character(0))),
        Some(_) => Err(cx.value_error("string keys in translate table must be of length 1")),
        None if key.as_int().is_some() => Ok(key.new_ref()),
        None => Err(cx.type_error("keys in translate table must be strings or integers")),
    }
}

/// What becomes of a character.
enum Translation {
    Same,
    Deleted,
    Character(u32),
    Text(ObjectRef),
}

/// `str.translate`
pub fn translate(cx: &Interpreter, object: &Object, table: &Object) -> Outcome {
    let slice = text_of(object).as_slice();
    if slice.is_empty() {
        return unchanged(cx, object);
    }
    // A dict answers the same for the same character as long as nothing of Python's runs.
    let remembers = table.is_exactly(&cx.types.dict);
    let mut known: [Option<Translation>; 128] = [const { None }; 128];
    let mut out = TextBuilder::new();
    for point in slice.iter() {
        match known.get_mut(point as usize).filter(|_| remembers) {
            Some(place) => {
                if place.is_none() {
                    *place = Some(translation(cx, table, point)?);
                }
                push(&mut out, point, place.as_ref().unwrap_or(&Translation::Same))?;
            }
            None => push(&mut out, point, &translation(cx, table, point)?)?,
        }
        cx.poll()?;
    }
    new_slice(cx, out.as_slice())
}

fn push(out: &mut TextBuilder, point: u32, translation: &Translation) -> Outcome<()> {
    match translation {
        Translation::Same => out.push_char(point)?,
        Translation::Deleted => {}
        Translation::Character(point) => out.push_char(*point)?,
        Translation::Text(text) => out.push_text(text_of(text))?,
    }
    Ok(())
}

fn translation(cx: &Interpreter, table: &Object, point: u32) -> Outcome<Translation> {
    let value = match cx.get_item(table, &*cx.new_int(i64::from(point))?) {
        Ok(value) => value,
        Err(raised) => {
            drop(cx.take_if(&cx.types.lookup_error).ok_or(raised)?);
            return Ok(Translation::Same);
        }
    };
    if cx.is_none(&value) {
        return Ok(Translation::Deleted);
    }
    if let Some(integer) = value.as_int() {
        let point =
            integer.to_i64().and_then(|point| u32::try_from(point).ok()).filter(|point| *point < 0x11_0000);
        let message = "character mapping must be in range(0x110000)";
        return point.map(Translation::Character).ok_or_else(|| cx.value_error(message));
    }
    if value.as_text().is_some() {
        return Ok(Translation::Text(value));
    }
    Err(cx.type_error("character mapping must return integer, None or str"))
}
