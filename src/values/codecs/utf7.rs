//! UTF-7: ASCII, with everything else as UTF-16 in a base 64 of its own between `+` and `-`.

use super::{CodecError, Unit};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The reason of the error that more bytes might mend.
pub const UNTERMINATED: &str = "unterminated shift sequence";

fn digit(byte: u8) -> Option<u32> {
    DIGITS.iter().position(|digit| *digit == byte).map(|value| value as u32)
}

/// Whether a character stands for itself.
fn is_direct(point: u32) -> bool {
    match u8::try_from(point) {
        Ok(b'\t' | b'\n' | b'\r') => true,
        Ok(b'+' | b'\\' | b'~') => false,
        Ok(byte) => (0x20..0x7f).contains(&byte),
        Err(_) => false,
    }
}

/// Bits that were read or are to be written.
#[derive(Default)]
struct Bits {
    held: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        self.held = self.held << count | value;
        self.count += count;
    }

    /// The oldest bits, where there are so many.
    fn take(&mut self, count: u32) -> Option<u32> {
        self.count = self.count.checked_sub(count)?;
        let taken = self.held >> self.count;
        self.held &= (1 << self.count) - 1;
        Some(taken)
    }
}

/// A stretch of base 64 that is being read.
#[derive(Default)]
struct Shift {
    bits: Bits,
    /// The first half of a pair.
    high: Option<u32>,
}

impl Shift {
    fn digit(&mut self, value: u32, out: &mut Vec<u32>) {
        self.bits.push(value, 6);
        let Some(unit) = self.bits.take(16) else { return };
        match (self.high.take(), unit) {
            (Some(high), 0xdc00..0xe000) => out.push(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00)),
            (high, _) => {
                out.extend(high);
                match unit {
                    0xd800..0xdc00 => self.high = Some(unit),
                    _ => out.push(unit),
                }
            }
        }
    }

    /// What is wrong with an end here.
    fn fault(&self) -> Option<&'static str> {
        match (self.bits.count, self.bits.held) {
            (6.., _) => Some("partial character in shift sequence"),
            (_, 1..) => Some("non-zero padding bits in shift sequence"),
            _ => None,
        }
    }
}

/// Decodes from `at` and appends to `out`, up to the end or an error.
pub fn decode(bytes: &[u8], at: usize, out: &mut Vec<u32>) -> Result<(), CodecError> {
    let mut at = at;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'+' => at = decode_shift(bytes, start, out)?,
            0..0x80 => out.push(u32::from(byte)),
            _ => return Err(CodecError { start, end: at, reason: "unexpected special character" }),
        }
    }
    Ok(())
}

/// Decodes what begins with the `+` at `start`; where it ends.
fn decode_shift(bytes: &[u8], start: usize, out: &mut Vec<u32>) -> Result<usize, CodecError> {
    let mut at = start + 1;
    match bytes.get(at) {
        Some(b'-') => {
            out.push(u32::from(b'+'));
            return Ok(at + 1);
        }
        Some(&byte) if digit(byte).is_none() => {
            return Err(CodecError { start, end: at + 1, reason: "ill-formed sequence" });
        }
        _ => {}
    }
    let mut shift = Shift::default();
    while let Some(&byte) = bytes.get(at) {
        match digit(byte) {
            Some(value) => shift.digit(value, out),
            None => return leave(bytes, start, at, &shift, out),
        }
        at += 1;
    }
    let is_whole = shift.fault().is_none() && shift.high.is_none();
    if is_whole { Ok(at) } else { Err(CodecError { start, end: at, reason: UNTERMINATED }) }
}

/// Ends the stretch at a byte that is no digit; a `-` belongs to it.
fn leave(
    bytes: &[u8],
    start: usize,
    at: usize,
    shift: &Shift,
    out: &mut Vec<u32>,
) -> Result<usize, CodecError> {
    if let Some(reason) = shift.fault() {
        return Err(CodecError { start, end: at + 1, reason });
    }
    if bytes[at].is_ascii() {
        out.extend(shift.high);
    }
    Ok(at + usize::from(bytes[at] == b'-'))
}

/// Encodes a whole text: every code point has a form.
pub fn encode<U: Unit>(text: &[U], out: &mut Vec<u8>) {
    let mut shift: Option<Bits> = None;
    for point in text.iter().map(|unit| (*unit).into()) {
        if is_direct(point) || shift.is_none() && point == u32::from(b'+') {
            let byte = point as u8;
            if let Some(bits) = shift.take() {
                end_shift(&bits, out);
                out.extend((byte == b'-' || digit(byte).is_some()).then_some(b'-'));
            }
            out.push(byte);
            out.extend((byte == b'+').then_some(b'-'));
            continue;
        }
        if shift.is_none() {
            out.push(b'+');
        }
        let bits = shift.get_or_insert_default();
        match point.checked_sub(0x10000) {
            None => push_unit(bits, point, out),
            Some(rest) => {
                push_unit(bits, 0xd800 + (rest >> 10), out);
                push_unit(bits, 0xdc00 + (rest & 0x3ff), out);
            }
        }
    }
    if let Some(bits) = shift {
        end_shift(&bits, out);
        out.push(b'-');
    }
}

fn push_unit(bits: &mut Bits, unit: u32, out: &mut Vec<u8>) {
    bits.push(unit, 16);
    while let Some(value) = bits.take(6) {
        out.push(DIGITS[value as usize]);
    }
}

fn end_shift(bits: &Bits, out: &mut Vec<u8>) {
    if bits.count > 0 {
        out.push(DIGITS[(bits.held << (6 - bits.count)) as usize & 63]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text: Vec<u32> = "a+b é~漢😀-x\\ end".chars().map(u32::from).collect();
        let mut bytes = Vec::new();
        encode(&text, &mut bytes);
        assert_eq!(bytes, b"a+-b +AOkAfm8i2D3eAA--x+AFw end");
        let mut back = Vec::new();
        assert_eq!(decode(&bytes, 0, &mut back), Ok(()));
        assert_eq!(back, text);
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        let fault = |bytes: &[u8]| decode(bytes, 0, &mut Vec::new()).unwrap_err();
        assert_eq!(fault(b"a\xff"), CodecError { start: 1, end: 2, reason: "unexpected special character" });
        assert_eq!(fault(b"a+!"), CodecError { start: 1, end: 3, reason: "ill-formed sequence" });
        assert_eq!(fault(b"+AO!").reason, "partial character in shift sequence");
        assert_eq!(fault(b"+AOl!").reason, "non-zero padding bits in shift sequence");
        assert_eq!(fault(b"+AO"), CodecError { start: 0, end: 3, reason: UNTERMINATED });
    }
}
