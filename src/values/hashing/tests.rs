//! `vectors.txt` was recorded from CPython 3.11.2 with `PYTHONHASHSEED=0`.

use super::*;
use crate::values::digits::parse;

fn text(points: &str) -> i64 {
    let points: Vec<u32> = match points {
        "-" => Vec::new(),
        _ => points.split('.').map(|point| u32::from_str_radix(point, 16).unwrap()).collect(),
    };
    match points.iter().max() {
        Some(0x100..0x10000) => {
            bytes(&points.iter().flat_map(|&point| (point as u16).to_le_bytes()).collect::<Vec<_>>())
        }
        Some(0x10000..) => bytes(&points.iter().flat_map(|point| point.to_le_bytes()).collect::<Vec<_>>()),
        _ => bytes(&points.iter().map(|&point| point as u8).collect::<Vec<_>>()),
    }
}

fn raw(hex: &str) -> i64 {
    let byte = |index: usize| u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).unwrap();
    bytes(&(0..hex.len() / 2).map(byte).collect::<Vec<_>>())
}

fn hashes(list: &str) -> impl Iterator<Item = i64> {
    list.split(',').filter(|item| *item != "-").map(|item| item.parse().unwrap())
}

fn of_float(text: &str) -> i64 {
    float(text.parse().unwrap()).unwrap()
}

#[test]
fn as_recorded_from_cpython() {
    let vectors = include_str!("vectors.txt");
    assert!(vectors.lines().count() > 80);
    for line in vectors.lines() {
        let parts: Vec<_> = line.split(' ').collect();
        let expected: i64 = parts[parts.len() - 1].parse().unwrap();
        let found = match parts[0] {
            "text" => text(parts[1]),
            "bytes" => raw(parts[1]),
            "int" => {
                let value = parse(parts[1].as_bytes(), 10, 0).unwrap();
                integer(value.negative, &value.digits)
            }
            "float" => of_float(parts[1]),
            "complex" => complex(of_float(parts[1]), of_float(parts[2])),
            "tuple" => {
                let mut hasher = TupleHasher::new();
                hashes(parts[1]).for_each(|hash| hasher.push(hash));
                hasher.finish()
            }
            _ => {
                let mut hasher = FrozenSetHasher::new();
                hashes(parts[1]).for_each(|hash| hasher.push(hash));
                hasher.finish()
            }
        };
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn addresses_are_turned_by_four_bits() {
    assert_eq!(pointer(0x7f00_1234_5670), 0x7f0_0123_4567);
    assert_eq!(pointer(usize::MAX), -2);
    assert_eq!(float(f64::NAN), None);
}
