//! `vectors.txt` was recorded from CPython 3.11.2: a kind, its inputs and the result, divided by tabs; an error's
//! message follows an exclamation mark.

use super::fields::{Argument, Lookup, MarkupParser, Numbering, split_name};
use super::percent::{Amount, Conversion, Parser, Piece, Place};
use super::*;
use crate::values::digits::{Signed, parse};

fn points(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).collect()
}

fn string(points: &[u32]) -> String {
    points.iter().map(|&point| char::from_u32(point).unwrap()).collect()
}

fn integer(text: &str) -> Signed {
    parse(text.as_bytes(), 10, 0).unwrap()
}

fn shown(field: Result<Field, SpecError>, spec: &[u32], type_name: &str) -> String {
    match field {
        Ok(field) => {
            let points = field.to_points().unwrap();
            assert_eq!(Some(points.len()), field.length());
            assert!(points.iter().all(|&point| point <= field.largest()));
            string(&points)
        }
        Err(error) => format!("!{}", string(&error.message(spec, type_name))),
    }
}

fn formatted_text(value: &str, spec: &[u32]) -> String {
    let value = points(value);
    let layout =
        FormatSpec::parse(spec, Some('s'), Alignment::Left).and_then(|s| render::text(&s, value.len()));
    match layout {
        Ok(layout) => {
            let fill = |count| vec![layout.fill; count];
            string(&[fill(layout.left), value[..layout.kept].to_vec(), fill(layout.right)].concat())
        }
        Err(error) => format!("!{}", string(&error.message(spec, "str"))),
    }
}

fn conversion(format: &str) -> (Conversion, Place) {
    let Some(Ok(Piece::Conversion(conversion))) = Parser::new(&points(format)).next() else {
        panic!("{format}")
    };
    let amount = |amount| if let Amount::Number(number) = amount { Some(number) } else { None };
    let place = Place {
        flags: conversion.flags,
        width: amount(conversion.width).unwrap_or(0),
        precision: amount(conversion.precision),
    };
    (conversion, place)
}

fn percent_text(value: &str, format: &str) -> String {
    let (_, place) = conversion(format);
    let (left, kept, right) = percent::text(&place, value.chars().count());
    let kept: String = value.chars().take(kept).collect();
    format!("{}{kept}{}", " ".repeat(left), " ".repeat(right))
}

fn percent_error(format: &str) -> String {
    let points = points(format);
    let error = Parser::new(&points).find_map(Result::err).unwrap();
    format!("!{}", error.message())
}

fn percent_unsupported(format: &str) -> String {
    let points = points(format);
    let find = |piece| if let Ok(Piece::Conversion(conversion)) = piece { Some(conversion) } else { None };
    format!("!{}", Parser::new(&points).find_map(find).unwrap().unsupported())
}

/// As `_string.formatter_parser` tells it.
fn markup(format: &str) -> String {
    let text = points(format);
    let mut shown = Vec::new();
    for markup in MarkupParser::new(&text, 0..text.len()) {
        let markup = match markup {
            Ok(markup) => markup,
            Err(error) => return format!("!{}", error.message()),
        };
        let literal = string(&text[markup.literal]);
        shown.push(match markup.field {
            None => format!("{literal}@~@~@~"),
            Some(field) => {
                let conversion = field.conversion.map_or("~".to_string(), |point| string(&[point]));
                let spec = &text[field.spec];
                assert_eq!(field.nested, spec.contains(&u32::from('{')), "{format}");
                format!("{literal}@{}@{}@{conversion}", string(&text[field.name]), string(spec))
            }
        });
    }
    shown.join("&")
}

/// As `_string.formatter_field_name_split` tells it.
fn name(name: &str) -> String {
    let text = points(name);
    let (argument, lookups) = match split_name(&text, 0..text.len(), None) {
        Ok(split) => split,
        Err(error) => return format!("!{}", error.message()),
    };
    let mut shown = match argument {
        Argument::Index(index) => index.to_string(),
        Argument::Name(range) => format!("'{}'", string(&text[range])),
    };
    for lookup in lookups {
        shown += &match lookup {
            Ok(Lookup::Attribute(range)) => format!("@.'{}'", string(&text[range])),
            Ok(Lookup::Key(range)) => format!("@['{}'", string(&text[range])),
            Ok(Lookup::Index(index)) => format!("@[{index}"),
            Err(error) => return format!("!{}", error.message()),
        };
    }
    shown
}

fn found(parts: &[&str]) -> String {
    match *parts {
        ["int", value, spec] => {
            let (value, spec) = (integer(value), points(spec));
            let parsed = FormatSpec::parse(&spec, Some('d'), Alignment::Right);
            shown(parsed.and_then(|parsed| render::integer(&parsed, value.as_ref())), &spec, "int")
        }
        ["float", value, spec] => {
            let (value, spec) = (value.parse().unwrap(), points(spec));
            let parsed = FormatSpec::parse(&spec, None, Alignment::Right);
            shown(parsed.and_then(|parsed| render::float(&parsed, value)), &spec, "float")
        }
        ["complex", real, imaginary, spec] => {
            let (real, imaginary) = (real.parse().unwrap(), imaginary.parse().unwrap());
            let parsed = FormatSpec::parse(&points(spec), None, Alignment::Right);
            shown(parsed.and_then(|p| render::complex(&p, real, imaginary)), &points(spec), "complex")
        }
        ["str", value, spec] => formatted_text(value, &points(spec)),
        ["pint", value, format] => {
            let (conversion, place) = conversion(format);
            let field = percent::integer(&place, conversion.letter().unwrap(), integer(value).as_ref());
            shown(field.map_err(SpecError::from), &[], "int")
        }
        ["pfloat", value, format] => {
            let (conversion, place) = conversion(format);
            let field = percent::float(&place, conversion.letter().unwrap(), value.parse().unwrap());
            shown(field.map_err(SpecError::from), &[], "float")
        }
        ["pstr", value, format] => percent_text(value, format),
        ["perror", format] => percent_error(format),
        ["punsupported", format] => percent_unsupported(format),
        ["markup", format] => markup(format),
        ["name", text] => name(text),
        _ => panic!("{parts:?}"),
    }
}

#[test]
fn as_recorded_from_cpython() {
    let mut count = 0;
    for line in include_str!("vectors.txt").lines() {
        let parts: Vec<_> = line.split('\t').collect();
        let (expected, parts) = parts.split_last().unwrap();
        assert_eq!(found(parts), *expected, "{line}");
        count += 1;
    }
    assert!(count > 2000);
}

#[test]
fn numbering_of_fields() {
    let mut numbering = Numbering::default();
    let mut index =
        |name: &str| split_name(&points(name), 0..name.len(), Some(&mut numbering)).map(|split| split.0);
    assert_eq!(index(""), Ok(Argument::Index(0)));
    assert_eq!(index("x"), Ok(Argument::Name(0..1)));
    assert_eq!(index(".a"), Ok(Argument::Index(1)));
    assert_eq!(index("0"), Err(fields::FieldError::ToManual));
    let mut numbering = Numbering::default();
    let mut index =
        |name: &str| split_name(&points(name), 0..name.len(), Some(&mut numbering)).map(|split| split.0);
    assert_eq!(index("3"), Ok(Argument::Index(3)));
    assert_eq!(index(""), Err(fields::FieldError::ToAutomatic));
}

#[test]
fn percent_pieces() {
    let format = points("a%%b%(k(x))-*.*d");
    let pieces: Vec<_> = Parser::new(&format).map(Result::unwrap).collect();
    assert_eq!(pieces[..3], [Piece::Literal(0..1), Piece::Literal(1..2), Piece::Literal(3..4)]);
    let Piece::Conversion(conversion) = &pieces[3] else { panic!() };
    assert_eq!(
        (conversion.key.clone(), conversion.width, conversion.precision),
        (Some(6..10), Amount::Star, Amount::Star)
    );
    assert!(conversion.flags.left && conversion.letter() == Some('d'));
}

#[test]
fn what_stands_before_an_error() {
    let format = points("%(key)*.*");
    let mut parser = Parser::new(&format);
    assert_eq!(parser.next(), Some(Err(percent::PercentError::Incomplete)));
    assert_eq!(parser.unfinished(), &percent::Unfinished { key: Some(2..5), stars: 2 });
    assert_eq!(parser.next(), None);
}

#[test]
fn widths_no_machine_has() {
    let spec = FormatSpec::parse(&points("9223372036854775807"), Some('d'), Alignment::Right).unwrap();
    let field = render::integer(&spec, integer("1").as_ref()).unwrap();
    assert_eq!((field.length(), field.to_points()), (None, Err(OutOfMemory)));
    let spec = FormatSpec::parse(&points("09223372036854775807,"), Some('d'), Alignment::Right).unwrap();
    assert_eq!(render::integer(&spec, integer("1").as_ref()), Err(SpecError::OutOfMemory));
}

#[test]
fn short_integers_are_laid_out_as_all_are() {
    let specs =
        ["", "d", "x", "08X", "+5d", "<6b", "^9o", "*=12x", " d", "0120", ">30", "-^+33", "#x", "121", "é>9"];
    for (spec, value) in specs
        .iter()
        .flat_map(|spec| [0, 1, -1, 255, -(1 << 29), i64::MAX, i64::MIN].map(|value| (points(spec), value)))
    {
        let parsed = FormatSpec::parse(&spec, Some('d'), Alignment::Right).unwrap();
        let mut room = [0; render::SHORT];
        let Some(short) = render::short_integer(&parsed, value, &mut room) else {
            assert!(parsed.alternate || parsed.fill > 127 || parsed.width > Some(render::SHORT));
            continue;
        };
        let long = render::integer(&parsed, integer(&value.to_string()).as_ref());
        assert_eq!(String::from_utf8_lossy(short), shown(long, &spec, "int"), "{spec:?} {value}");
    }
}

#[test]
fn short_floats_are_laid_out_as_all_are() {
    let values = [0.0, -0.0, 0.5, -2.675, 1e15, 123456.789, f64::NAN, f64::INFINITY, 1e300, 5e-324];
    for spec in ["f", ".2f", "8.2f", "<9.0f", "^012.3F", "=9.1f", "0120.3f", ".30f", "+.2f", "#.0f", ",.1f"] {
        let parsed = FormatSpec::parse(&points(spec), None, Alignment::Right).unwrap();
        for value in values {
            let mut room = [0; render::SHORT];
            let Some(short) = render::short_float(&parsed, value, &mut room) else { continue };
            let long = render::float(&parsed, value);
            assert_eq!(String::from_utf8_lossy(short), shown(long, &points(spec), "float"), "{spec} {value}");
        }
        let plain = !spec.contains(['#', ',']) && spec != ".30f";
        assert_eq!(render::short_float(&parsed, 1.5, &mut [0; render::SHORT]).is_some(), plain, "{spec}");
    }
}

#[test]
fn few_words_are_read_as_all_are() {
    let parts = [
        "", "<", ">", "^", "=", "0", "9", "120", "1234567", ".", ".2", ".x", "d", "f", "z", "s", ",", "+",
        "é",
    ];
    let mut understood = 0;
    for first in parts {
        for second in parts {
            for third in parts {
                let text = [first, second, third].concat();
                for (code, align) in [(Some('d'), Alignment::Right), (None, Alignment::Left)] {
                    let Some(short) = FormatSpec::parse_short(text.as_bytes(), code, align) else { continue };
                    understood += 1;
                    assert_eq!(FormatSpec::parse(&points(&text), code, align), Ok(short), "{text}");
                }
            }
        }
    }
    assert!(understood > 500, "{understood}");
}
