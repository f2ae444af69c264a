//! `vectors.txt` was recorded from CPython 3.11.2; values stand in it as the bits of a double.

use super::*;
use crate::values::digits::decimal_text;

fn value(bits: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(bits, 16).unwrap())
}

/// All nans are one.
fn same(found: Option<f64>, expected: &str) -> bool {
    match (found, u64::from_str_radix(expected, 16)) {
        (None, Err(_)) => true,
        (Some(found), Ok(bits)) => found.to_bits() == bits || found.is_nan() && f64::from_bits(bits).is_nan(),
        _ => false,
    }
}

fn style(spec: &str) -> Style {
    let (flags, rest) = spec.split_once('.').unwrap();
    let (precision, code) = rest.split_at(rest.len() - 1);
    let notation = match code.to_ascii_lowercase().as_str() {
        "e" => Notation::Exponent,
        "f" => Notation::Fixed,
        _ => Notation::General,
    };
    Style {
        alternate: flags.contains('#'),
        always_sign: flags.contains('+'),
        no_negative_zero: flags.contains('z'),
        upper: code.chars().all(char::is_uppercase),
        ..Style::new(notation, precision.parse().unwrap())
    }
}

#[test]
fn as_recorded_from_cpython() {
    let vectors = include_str!("vectors.txt");
    assert!(vectors.lines().count() > 1000);
    for line in vectors.lines() {
        match *line.split(' ').collect::<Vec<_>>().as_slice() {
            ["repr", bits, expected] => assert_eq!(repr(value(bits)), expected),
            ["hex", bits, expected] => assert_eq!(hex(value(bits)), expected),
            ["round", bits, places, expected] => {
                assert!(same(round(value(bits), places.parse().unwrap()), expected), "{line}")
            }
            ["ratio", bits, above, below] => {
                let (numerator, denominator) = integer_ratio(value(bits)).unwrap();
                assert_eq!(decimal_text(numerator.as_ref(), 0).unwrap(), above);
                assert_eq!(decimal_text(Signed::new(false, denominator).as_ref(), 0).unwrap(), below);
            }
            ["text", bits, spec, expected] => {
                assert_eq!(text(value(bits), style(spec)).unwrap(), expected, "{line}")
            }
            ["fromhex", source, "OverflowError"] => {
                assert_eq!(from_hex(source.as_bytes()), Err(HexError::TooLarge), "{line}")
            }
            ["fromhex", source, expected] => {
                assert!(same(from_hex(source.as_bytes()).ok(), expected), "{line}")
            }
            ["parse", source, expected] => assert!(same(parse(source.as_bytes()), expected), "{line}"),
            _ => panic!("{line}"),
        }
    }
}

#[test]
fn blanks_are_read_around_and_not_within() {
    assert_eq!(parse(b" \t1.5\n\x0b\x0c"), Some(1.5));
    assert_eq!(parse(b"1 2"), None);
    assert_eq!(parse(b""), None);
    assert_eq!(from_hex(b" 0x1 "), Ok(1.0));
}

#[test]
fn precision_beyond_rusts_limit() {
    let long = text(0.1, Style::new(Notation::Fixed, 70_000)).unwrap();
    assert_eq!(long.len(), 70_002);
    assert!(long.starts_with("0.1000000000000000055511151231257827") && long.ends_with('0'));
    let long = text(1.0, Style::new(Notation::Exponent, 70_000)).unwrap();
    assert!(long.ends_with("0e+00") && long.len() == 70_006);
    assert_eq!(text(1.0, Style::new(Notation::Fixed, usize::MAX)), Err(OutOfMemory));
}

fn assert_short_is_exact(value: f64, decimals: usize) {
    let mut short = String::new();
    if write_short_fixed(value, decimals, &mut short) {
        assert_eq!(short, format!("{value:.decimals$}"), "{value:e} {decimals}");
    }
}

#[test]
fn halves_are_rounded_to_even() {
    for (value, decimals, expected) in [
        (0.5, 0, "0"),
        (1.5, 0, "2"),
        (2.5, 0, "2"),
        (0.125, 2, "0.12"),
        (0.375, 2, "0.38"),
        (9.995, 2, "9.99"),
    ] {
        let mut short = String::new();
        assert!(write_short_fixed(value, decimals, &mut short));
        assert_eq!(short, expected);
    }
    for decimals in 0..30 {
        for value in
            [0.0, 1.0, 0.1, 0.5, 99.999, 1e15, 4503599627370496.0, 1e16, 1e-14, 1e300, 0.06, 1234567.891]
        {
            assert_short_is_exact(value, decimals);
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_short_text_is_exact(bits: u64, whole in 0u32..1_000_000, parts in 1u32..2048, decimals in 0usize..24) {
        let any = f64::from_bits(bits & !(1 << 63));
        if any.is_finite() {
            assert_short_is_exact(any, decimals);
        }
        assert_short_is_exact(f64::from(whole) / f64::from(parts), decimals);
    }
}

/// What needs no memory is what the long way gives.
fn short_is_long(value: f64) -> bool {
    let long = repr(value);
    short_repr(value, &mut [0; SHORT]).is_none_or(|short| short == long.as_bytes())
}

#[test]
fn short_texts_of_plain_numbers() {
    for value in [0.0, -0.0, 1.0, -2.5, 0.1, 0.05, 1234.5, 0.0001, 99999.00001, 123456789.0, 100.0, 0.3] {
        assert!(short_repr(value, &mut [0; SHORT]).is_some() && short_is_long(value), "{value}");
    }
    for value in [1e9, 1e-5, 0.1 + 0.2, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, 1e300] {
        assert!(short_repr(value, &mut [0; SHORT]).is_none(), "{value}");
    }
    assert_eq!(short_repr(-0.0, &mut [0; SHORT]), Some(&b"-0.0"[..]));
}

proptest::proptest! {
    #[test]
    fn short_texts_are_the_long_ones(digits in -100_000_000_000i64..100_000_000_000, decimals in 0i32..9, bits: u64) {
        proptest::prop_assert!(short_is_long(digits as f64 / 10f64.powi(decimals)));
        proptest::prop_assert!(short_is_long(f64::from_bits(bits)));
        let near = f64::from_bits((digits as f64 / 10f64.powi(decimals)).to_bits().wrapping_add(1));
        proptest::prop_assert!(short_is_long(near));
    }
}
