//! `vectors.txt` was recorded from CPython 3.11.2: direction, encoding, handler, input and result; an error is
//! `!encoding!start!end!reason`.

use super::*;

fn hex(text: &str) -> Vec<u8> {
    let text = text.trim_matches('-');
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap()).collect()
}

fn points(text: &str) -> Vec<u32> {
    text.split('.')
        .filter(|point| *point != "-")
        .map(|point| u32::from_str_radix(point, 16).unwrap())
        .collect()
}

fn shown<T>(result: Result<Vec<T>, Failure>, show: impl Fn(&T) -> String, between: &str) -> String {
    match result {
        Ok(items) if items.is_empty() => "-".to_string(),
        Ok(items) => items.iter().map(show).collect::<Vec<_>>().join(between),
        Err(Failure::CannotHandle) => "!TypeError".to_string(),
        Err(Failure::OutOfMemory) => "!MemoryError".to_string(),
        Err(Failure::Codec(encoding, CodecError { start, end, reason })) => {
            format!("!{}!{start}!{end}!{reason}", encoding.name())
        }
    }
}

#[test]
fn as_recorded_from_cpython() {
    let vectors = include_str!("vectors.txt");
    assert!(vectors.lines().count() > 1000);
    for line in vectors.lines() {
        let [direction, encoding, handler, input, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (encoding, handler) = (Encoding::by_name(encoding).unwrap(), Handler::by_name(handler).unwrap());
        let found = match direction {
            "decode" => shown(decode(encoding, &hex(input), handler), |point| format!("{point:x}"), "."),
            _ => shown(encode(encoding, &points(input), handler), |byte| format!("{byte:02x}"), ""),
        };
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn names() {
    for name in ["UTF8", "utf_8", "Utf-8", "utf 8", "U8"] {
        assert_eq!(Encoding::by_name(name), Some(Encoding::Utf8), "{name}");
    }
    assert_eq!(Encoding::by_name("ISO-8859-1"), Some(Encoding::Latin1));
    assert_eq!(Encoding::by_name("us-ascii"), Some(Encoding::Ascii));
    assert_eq!((Encoding::by_name("utf-9"), Handler::by_name("Strict")), (None, None));
    assert_eq!(normalise_name("  Utf--16 LE"), "utf_16_le");
}

#[test]
fn narrow_storage() {
    assert_eq!(encode(Encoding::Utf8, &[0xe9u8, 0x41], Handler::Strict), Ok("éA".as_bytes().to_vec()));
    assert_eq!(encode(Encoding::Latin1, &[0x20acu16], Handler::Replace), Ok(b"?".to_vec()));
}
