//! `unicode_escape` and `raw_unicode_escape`: text as it could stand in a literal.

use super::CodecError;

/// Writes a code point as `unicode_escape` does.
pub fn push_escaped(point: u32, out: &mut Vec<u8>) {
    match point {
        0x5c => out.extend_from_slice(b"\\\\"),
        0x09 => out.extend_from_slice(b"\\t"),
        0x0a => out.extend_from_slice(b"\\n"),
        0x0d => out.extend_from_slice(b"\\r"),
        0x20..0x7f => out.push(point as u8),
        0..0x100 => out.extend_from_slice(format!("\\x{point:02x}").as_bytes()),
        _ => push_numbered(point, out),
    }
}

/// Writes a code point as `raw_unicode_escape` does.
pub fn push_raw(point: u32, out: &mut Vec<u8>) {
    match u8::try_from(point) {
        Ok(byte) => out.push(byte),
        Err(_) => push_numbered(point, out),
    }
}

fn push_numbered(point: u32, out: &mut Vec<u8>) {
    let text = if point < 0x1_0000 { format!("\\u{point:04x}") } else { format!("\\U{point:08x}") };
    out.extend_from_slice(text.as_bytes());
}

/// Decodes `unicode_escape` from `at` up to the end or an error.
pub fn decode(bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<(), CodecError> {
    let mut at = at;
    while let Some(&byte) = bytes.get(at) {
        if byte != b'\\' {
            out.push(u32::from(byte));
            at += 1;
            continue;
        }
        let Some(&letter) = bytes.get(at + 1) else {
            return Err(CodecError { start: at, end: at + 1, reason: "\\ at end of string" });
        };
        at += match letter {
            b'x' => numbered(bytes, at, 2, "truncated \\xXX escape", out)?,
            b'u' => numbered(bytes, at, 4, "truncated \\uXXXX escape", out)?,
            b'U' => numbered(bytes, at, 8, "truncated \\UXXXXXXXX escape", out)?,
            b'N' => named(bytes, at, out)?,
            b'0'..=b'7' => octal(bytes, at, out),
            _ => simple(letter, out),
        };
    }
    Ok(())
}

/// Decodes `raw_unicode_escape`: only numbered escapes count, behind an odd number of backslashes.
pub fn decode_raw(bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<(), CodecError> {
    let mut at = at;
    while let Some(&byte) = bytes.get(at) {
        let letter = if byte == b'\\' { bytes.get(at + 1).copied() } else { None };
        at += match letter {
            Some(b'u') => numbered(bytes, at, 4, "truncated \\uXXXX escape", out)?,
            Some(b'U') => numbered(bytes, at, 8, "truncated \\UXXXXXXXX escape", out).map_err(|error| {
                match error.reason {
                    "illegal Unicode character" => CodecError { reason: "\\Uxxxxxxxx out of range", ..error },
                    _ => error,
                }
            })?,
            Some(letter) => {
                out.extend([u32::from(byte), u32::from(letter)]);
                2
            }
            None => {
                out.push(u32::from(byte));
                1
            }
        };
    }
    Ok(())
}

/// The escape at `at` with so many hexadecimal digits; its length.
fn numbered(
    bytes: &[u8],
    at: usize,
    width: usize,
    reason: &'static str,
    out: &mut Vec<u32>,
) -> Result<usize, CodecError> {
    let digits = bytes[at + 2..].iter().take(width).take_while(|byte| byte.is_ascii_hexdigit());
    let (count, value) = digits.fold((0, 0_u32), |(count, value), &digit| {
        (count + 1, value << 4 | char::from(digit).to_digit(16).unwrap_or(0))
    });
    let end = at + 2 + count;
    match () {
        () if count < width => Err(CodecError { start: at, end, reason }),
        () if value > 0x10_ffff => Err(CodecError { start: at, end, reason: "illegal Unicode character" }),
        () => {
            out.push(value);
            Ok(2 + width)
        }
    }
}

/// `\N{name}`
fn named(bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<usize, CodecError> {
    let malformed = |end| Err(CodecError { start: at, end, reason: "malformed \\N character escape" });
    if bytes.get(at + 2) != Some(&b'{') {
        return malformed(at + 2);
    }
    let name = &bytes[at + 3..];
    match memchr::memchr(b'}', name) {
        None => malformed(bytes.len()),
        Some(0) => malformed(at + 3),
        Some(length) => {
            let found = std::str::from_utf8(&name[..length]).ok().and_then(unicode_names2::character);
            let end = at + 4 + length;
            let Some(character) = found else {
                return Err(CodecError { start: at, end, reason: "unknown Unicode character name" });
            };
            out.push(u32::from(character));
            Ok(end - at)
        }
    }
}

fn octal(bytes: &[u8], at: usize, out: &mut Vec<u32>) -> usize {
    let digits = bytes[at + 1..].iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7'));
    let (count, value) =
        digits.fold((0, 0), |(count, value), &digit| (count + 1, value * 8 + u32::from(digit - b'0')));
    out.push(value);
    1 + count
}

/// An escape of one letter; one that stands for nothing stays as it is.
fn simple(letter: u8, out: &mut Vec<u32>) -> usize {
    let point = match letter {
        b'\n' => return 2,
        b'\\' | b'\'' | b'"' => letter,
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        _ => {
            out.push(u32::from(b'\\'));
            letter
        }
    };
    out.push(u32::from(point));
    2
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_raw, push_escaped, push_raw};

    #[test]
    fn what_is_escaped_is_read_again() {
        for point in [0, 9, 0x41, 0x5c, 0x7f, 0xe9, 0x20ac, 0x1_f600] {
            let (mut escaped, mut raw) = (Vec::new(), Vec::new());
            push_escaped(point, &mut escaped);
            push_raw(point, &mut raw);
            let (mut one, mut other) = (Vec::new(), Vec::new());
            assert!(decode(&escaped, 0, &mut one).is_ok() && decode_raw(&raw, 0, &mut other).is_ok());
            assert_eq!((one, other), (vec![point], vec![point]));
        }
    }

    #[test]
    fn broken_escapes_have_a_place() {
        let mut out = Vec::new();
        let error = decode(b"ab\\u12", 0, &mut out).expect_err("too short");
        assert_eq!((error.start, error.end, error.reason), (2, 6, "truncated \\uXXXX escape"));
    }
}
