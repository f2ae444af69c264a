//! Text as bytes and bytes as text: UTF-8, ASCII, Latin-1, UTF-16 and UTF-32, with CPython's error handlers.
//!
//! | function | what it is |
//! |---|---|
//! | [`Encoding::by_name`], [`Handler::by_name`] | names as programs write them, `UTF8`, `utf_8`, `latin1` |
//! | [`decode`], [`encode`] | the whole, with a standard handler |
//! | [`decode_until_error`], [`encode_until_error`] | up to the first error, for handlers written in Python: call the handler, append what it returns, go on where it says |
//! | [`Handler::on_decode_error`], [`Handler::on_encode_error`] | what a standard handler does with one error |
//!
//! Errors are start, end and reason, as the exceptions hold them. Text goes in as units of any storage and comes
//! out as code points.

mod charmap;
mod escapes;
mod handlers;
pub mod utf7;

pub use charmap::Charmap;
pub use handlers::*;

use super::characters::Unit;

/// An encoding that is built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `utf-8`
    Utf8,
    /// `ascii`
    Ascii,
    /// `latin-1`
    Latin1,
    /// `utf-16`: a byte order mark, or else little-endian.
    Utf16,
    /// `utf-16-le`
    Utf16Little,
    /// `utf-16-be`
    Utf16Big,
    /// `utf-32`: a byte order mark, or else little-endian.
    Utf32,
    /// `utf-32-le`
    Utf32Little,
    /// `utf-32-be`
    Utf32Big,
    /// As in a literal.
    UnicodeEscape,
    /// As in a raw literal of old.
    RawUnicodeEscape,
    /// `utf-8-sig`: UTF-8 behind a mark, which need not be there in decoding.
    Utf8Marked,
    /// `utf-7`
    Utf7,
    /// An encoding of one byte a character with a table.
    Charmap(&'static Charmap),
}

/// What is wrong where: bytes that are no text, or characters that have no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodecError {
    /// The first byte or character.
    pub start: usize,
    /// One behind the last.
    pub end: usize,
    /// CPython's wording.
    pub reason: &'static str,
}

/// In lower case, with an underscore for each stretch of other characters than letters, digits and points.
pub fn normalise_name(name: &str) -> String {
    let mut normal = String::new();
    let mut gap = false;
    for character in name.chars() {
        if character.is_ascii_alphanumeric() || character == '.' {
            if gap && !normal.is_empty() {
                normal.push('_');
            }
            gap = false;
            normal.push(character.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    normal
}

impl Encoding {
    /// The encoding of that name or alias.
    pub fn by_name(name: &str) -> Option<Encoding> {
        let name = normalise_name(name);
        match name.as_str() {
            "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Some(Encoding::Utf8),
            "ascii" | "us_ascii" | "us" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986"
            | "cp367" | "csascii" | "ibm367" | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" => {
                Some(Encoding::Ascii)
            }
            "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859" | "8859"
            | "cp819" | "csisolatin1" | "ibm819" | "iso_8859_1_1987" | "iso_ir_100" => Some(Encoding::Latin1),
            "utf_16" | "utf16" | "u16" => Some(Encoding::Utf16),
            "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => Some(Encoding::Utf16Little),
            "utf_16_be" | "utf_16be" | "unicodebigunmarked" => Some(Encoding::Utf16Big),
            "utf_32" | "utf32" | "u32" => Some(Encoding::Utf32),
            "utf_32_le" | "utf_32le" => Some(Encoding::Utf32Little),
            "utf_32_be" | "utf_32be" => Some(Encoding::Utf32Big),
            "unicode_escape" | "unicodeescape" => Some(Encoding::UnicodeEscape),
            "raw_unicode_escape" | "rawunicodeescape" => Some(Encoding::RawUnicodeEscape),
            "utf_8_sig" => Some(Encoding::Utf8Marked),
            "utf_7" | "utf7" | "u7" | "unicode_1_1_utf_7" => Some(Encoding::Utf7),
            name => Charmap::by_name(name).map(Encoding::Charmap),
        }
    }

    /// The name that stands in errors.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf16Little => "utf-16-le",
            Encoding::Utf16Big => "utf-16-be",
            Encoding::Utf32 => "utf-32",
            Encoding::Utf32Little => "utf-32-le",
            Encoding::Utf32Big => "utf-32-be",
            Encoding::UnicodeEscape => "unicodeescape",
            Encoding::RawUnicodeEscape => "rawunicodeescape",
            Encoding::Utf8Marked => "utf-8",
            Encoding::Utf7 => "utf7",
            Encoding::Charmap(_) => "charmap",
        }
    }

    /// The same for what does not begin a text: no mark stands before it.
    pub fn unmarked(self) -> Encoding {
        match self {
            Encoding::Utf16 => Encoding::Utf16Little,
            Encoding::Utf32 => Encoding::Utf32Little,
            Encoding::Utf8Marked => Encoding::Utf8,
            other => other,
        }
    }

    /// Whether ASCII is the same in it, byte by byte.
    pub fn extends_ascii(self) -> bool {
        matches!(self, Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1)
    }

    /// How many bytes of a text show its byte order, 0 where that is known.
    pub fn mark_size(self) -> usize {
        self.mark().len()
    }

    /// For decoding: with the byte order that the bytes show, and how long their mark is. Errors in decoding name
    /// this encoding.
    pub fn resolve(self, bytes: &[u8]) -> (Encoding, usize) {
        match (self, bytes) {
            (Encoding::Utf16, [0xff, 0xfe, ..]) => (Encoding::Utf16Little, 2),
            (Encoding::Utf16, [0xfe, 0xff, ..]) => (Encoding::Utf16Big, 2),
            (Encoding::Utf16, _) => (Encoding::Utf16Little, 0),
            (Encoding::Utf32, [0xff, 0xfe, 0, 0, ..]) => (Encoding::Utf32Little, 4),
            (Encoding::Utf32, [0, 0, 0xfe, 0xff, ..]) => (Encoding::Utf32Big, 4),
            (Encoding::Utf32, _) => (Encoding::Utf32Little, 0),
            (Encoding::Utf8Marked, [0xef, 0xbb, 0xbf, ..]) => (Encoding::Utf8, 3),
            (Encoding::Utf8Marked, _) => (Encoding::Utf8, 0),
            _ => (self, 0),
        }
    }

    /// The bytes before encoded text.
    fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf16 => &[0xff, 0xfe],
            Encoding::Utf32 => &[0xff, 0xfe, 0, 0],
            Encoding::Utf8Marked => &[0xef, 0xbb, 0xbf],
            _ => &[],
        }
    }

    /// Bytes of a code unit.
    fn unit_size(self) -> usize {
        match self {
            Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1 => 1,
            Encoding::UnicodeEscape | Encoding::RawUnicodeEscape => 1,
            Encoding::Utf8Marked | Encoding::Utf7 | Encoding::Charmap(_) => 1,
            Encoding::Utf16 | Encoding::Utf16Little | Encoding::Utf16Big => 2,
            Encoding::Utf32 | Encoding::Utf32Little | Encoding::Utf32Big => 4,
        }
    }

    fn is_big(self) -> bool {
        matches!(self, Encoding::Utf16Big | Encoding::Utf32Big)
    }

    fn push_unit(self, unit: u32, out: &mut Vec<u8>) {
        let size = self.unit_size();
        match self.is_big() {
            true => out.extend_from_slice(&unit.to_be_bytes()[4 - size..]),
            false => out.extend_from_slice(&unit.to_le_bytes()[..size]),
        }
    }

    /// The code unit at a place, if there are bytes enough.
    fn unit_at(self, bytes: &[u8], at: usize) -> Option<u32> {
        let unit = bytes.get(at..at + self.unit_size())?;
        let join = |value, &byte: &u8| value << 8 | u32::from(byte);
        Some(if self.is_big() { unit.iter().fold(0, join) } else { unit.iter().rev().fold(0, join) })
    }
}

/// Whether a code point is one half of a pair in UTF-16.
fn is_surrogate(point: u32) -> bool {
    (0xd800..0xe000).contains(&point)
}

/// Decodes from `at`, in an encoding that has been resolved, and appends to `out`, up to the end or an error.
pub fn decode_until_error(
    encoding: Encoding,
    bytes: &[u8],
    at: usize,
    out: &mut Vec<u32>,
) -> Result<(), CodecError> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Marked => decode_utf8(bytes, at, out),
        Encoding::Charmap(table) => table.decode(bytes, at, out),
        Encoding::Utf7 => utf7::decode(bytes, at, out),
        Encoding::Ascii => decode_ascii(bytes, at, out),
        Encoding::Latin1 => {
            out.extend(bytes[at..].iter().map(|&byte| u32::from(byte)));
            Ok(())
        }
        Encoding::Utf16 | Encoding::Utf16Little | Encoding::Utf16Big => {
            decode_utf16(encoding, bytes, at, out)
        }
        Encoding::Utf32 | Encoding::Utf32Little | Encoding::Utf32Big => {
            decode_utf32(encoding, bytes, at, out)
        }
        Encoding::UnicodeEscape => escapes::decode(bytes, at, out),
        Encoding::RawUnicodeEscape => escapes::decode_raw(bytes, at, out),
    }
}

/// Rust's check stops where CPython's does, at the longest beginning of a sequence.
fn decode_utf8(bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<(), CodecError> {
    let rest = &bytes[at..];
    let (valid, error) = match std::str::from_utf8(rest) {
        Ok(text) => (text, None),
        Err(error) => (std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or(""), Some(error)),
    };
    out.extend(valid.chars().map(u32::from));
    let Some(error) = error else { return Ok(()) };
    let start = at + error.valid_up_to();
    let (end, reason) = match (error.error_len(), bytes[start]) {
        (None, _) => (bytes.len(), "unexpected end of data"),
        (Some(length), 0xc2..=0xf4) => (start + length, "invalid continuation byte"),
        (Some(length), _) => (start + length, "invalid start byte"),
    };
    Err(CodecError { start, end, reason })
}

fn decode_ascii(bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<(), CodecError> {
    let rest = &bytes[at..];
    let valid = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
    out.extend(rest[..valid].iter().map(|&byte| u32::from(byte)));
    let start = at + valid;
    let error = CodecError { start, end: start + 1, reason: "ordinal not in range(128)" };
    if start == bytes.len() { Ok(()) } else { Err(error) }
}

fn decode_utf16(encoding: Encoding, bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<(), CodecError> {
    let mut start = at;
    while start < bytes.len() {
        let error = |end, reason| Err(CodecError { start, end, reason });
        let Some(unit) = encoding.unit_at(bytes, start) else { return error(bytes.len(), "truncated data") };
        match (unit, encoding.unit_at(bytes, start + 2)) {
            (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) => {
                out.push(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
                start += 2;
            }
            (0xd800..0xdc00, Some(_)) => return error(start + 2, "illegal UTF-16 surrogate"),
            (0xd800..0xdc00, None) => return error(bytes.len(), "unexpected end of data"),
            (0xdc00..0xe000, _) => return error(start + 2, "illegal encoding"),
            _ => out.push(unit),
        }
        start += 2;
    }
    Ok(())
}

fn decode_utf32(encoding: Encoding, bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<(), CodecError> {
    let mut start = at;
    while start < bytes.len() {
        let error = |end, reason| Err(CodecError { start, end, reason });
        match encoding.unit_at(bytes, start) {
            None => return error(bytes.len(), "truncated data"),
            Some(unit) if is_surrogate(unit) => {
                return error(start + 4, "code point in surrogate code point range(0xd800, 0xe000)");
            }
            Some(0x11_0000..) => return error(start + 4, "code point not in range(0x110000)"),
            Some(unit) => out.push(unit),
        }
        start += 4;
    }
    Ok(())
}

/// Encodes from `at` and appends to `out`, up to the end or an error. The byte order mark is written at the
/// beginning of the text.
pub fn encode_until_error<U: Unit>(
    encoding: Encoding,
    text: &[U],
    at: usize,
    out: &mut Vec<u8>,
) -> Result<(), CodecError> {
    if at == 0 {
        out.extend_from_slice(encoding.mark());
    }
    if encoding == Encoding::Utf7 {
        utf7::encode(&text[at..], out);
        return Ok(());
    }
    for (place, &unit) in text.iter().enumerate().skip(at) {
        if !push_encoded(encoding, unit.into(), out) {
            return Err(encode_error(encoding, text, place));
        }
    }
    Ok(())
}

/// Writes one code point; false if the encoding does not have it.
fn push_encoded(encoding: Encoding, point: u32, out: &mut Vec<u8>) -> bool {
    match (encoding, char::from_u32(point)) {
        (Encoding::Ascii, _) if point < 0x80 => out.push(point as u8),
        (Encoding::Latin1, _) if point < 0x100 => out.push(point as u8),
        (Encoding::UnicodeEscape, _) => escapes::push_escaped(point, out),
        (Encoding::RawUnicodeEscape, _) => escapes::push_raw(point, out),
        (Encoding::Charmap(table), _) => match table.byte(point) {
            Some(byte) => out.push(byte),
            None => return false,
        },
        (Encoding::Ascii | Encoding::Latin1, _) | (_, None) => return false,
        (Encoding::Utf8 | Encoding::Utf8Marked, Some(character)) => {
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        (_, Some(character)) if encoding.unit_size() == 2 => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                encoding.push_unit(u32::from(*unit), out);
            }
        }
        _ => encoding.push_unit(point, out),
    }
    true
}

/// The narrow encodings and UTF-8 tell a whole stretch at once, the wide ones one character.
fn encode_error<U: Unit>(encoding: Encoding, text: &[U], start: usize) -> CodecError {
    if let Encoding::Charmap(table) = encoding {
        let more = text[start + 1..].iter().take_while(|unit| table.byte((**unit).into()).is_none()).count();
        return CodecError { start, end: start + 1 + more, reason: charmap::REASON };
    }
    let (bad, reason): (fn(u32) -> bool, _) = match encoding {
        Encoding::Ascii => (|point| point >= 0x80, "ordinal not in range(128)"),
        Encoding::Latin1 => (|point| point >= 0x100, "ordinal not in range(256)"),
        Encoding::Utf8 | Encoding::Utf8Marked => (is_surrogate, "surrogates not allowed"),
        _ => (|_| false, "surrogates not allowed"),
    };
    let more = text[start + 1..].iter().take_while(|unit| bad((**unit).into())).count();
    CodecError { start, end: start + 1 + more, reason }
}

#[cfg(test)]
mod tests;
