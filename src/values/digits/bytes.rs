//! `int.to_bytes` and `int.from_bytes`.

use super::*;

/// In which order bytes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrder {
    /// The lowest first.
    Little,
    /// The highest first.
    Big,
}

/// Why an integer has no such bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BytesError {
    /// It needs more bytes: "int too big to convert".
    TooBig,
    /// It is negative: "can't convert negative int to unsigned".
    Negative,
    /// The bytes do not fit into memory.
    OutOfMemory,
}

/// `length` bytes, in two's complement if `signed`.
pub fn to_bytes(
    value: SignedRef,
    length: usize,
    order: ByteOrder,
    signed: bool,
) -> Result<Vec<u8>, BytesError> {
    if value.negative && !signed {
        return Err(BytesError::Negative);
    }
    check_width(value, length, signed)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| BytesError::OutOfMemory)?;
    write_little(value.digits, length, &mut bytes);
    if value.negative {
        negate_bytes(&mut bytes);
    }
    if order == ByteOrder::Big {
        bytes.reverse();
    }
    Ok(bytes)
}

/// A negative power of two needs one bit less than its positive twin.
fn check_width(value: SignedRef, length: usize, signed: bool) -> Result<(), BytesError> {
    let mut bits = bit_length(value.digits);
    if value.negative && trailing_zeros(value.digits) == Some(bits - 1) {
        bits -= 1;
    }
    // CPython lets -1 through into no bytes at all.
    if value.negative && bits == 0 && length == 0 {
        return Ok(());
    }
    let needed = bits + u64::from(signed && !value.digits.is_empty());
    if needed > (length as u64).saturating_mul(8) { Err(BytesError::TooBig) } else { Ok(()) }
}

fn write_little(digits: &[u32], length: usize, bytes: &mut Vec<u8>) {
    let (mut pending, mut filled) = (0u64, 0);
    for &digit in digits {
        pending |= u64::from(digit) << filled;
        filled += DIGIT_BITS;
        while filled >= 8 && bytes.len() < length {
            bytes.push(pending as u8);
            pending >>= 8;
            filled -= 8;
        }
    }
    while bytes.len() < length {
        bytes.push(pending as u8);
        pending >>= 8;
    }
}

fn negate_bytes(bytes: &mut [u8]) {
    let mut carry = true;
    for byte in bytes {
        (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
    }
}

/// The integer that the bytes spell.
pub fn from_bytes(bytes: &[u8], order: ByteOrder, signed: bool) -> Outcome<Signed> {
    let top = if order == ByteOrder::Little { bytes.last() } else { bytes.first() };
    let negative = signed && top.is_some_and(|byte| byte & 0x80 != 0);
    let length = (bytes.len() / 15).checked_mul(4).ok_or(OutOfMemory)? + 5;
    let mut digits = Digits::zeroed(length)?;
    match order {
        ByteOrder::Little => read_little(bytes.iter().copied(), negative, &mut digits),
        ByteOrder::Big => read_little(bytes.iter().rev().copied(), negative, &mut digits),
    }
    Ok(Signed::new(negative, digits.normalised()))
}

fn read_little(bytes: impl Iterator<Item = u8>, negative: bool, digits: &mut [u32]) {
    let mut carry = true;
    let magnitude = bytes.map(|mut byte| {
        if negative {
            (byte, carry) = (!byte).overflowing_add(u8::from(carry));
        }
        byte
    });
    pack(magnitude, 8, digits);
}

/// Writes values of so many bits each, the lowest first, into digits, of which there are enough.
pub(super) fn pack(values: impl Iterator<Item = u8>, bits_each: usize, digits: &mut [u32]) {
    let (mut pending, mut filled, mut place) = (0u64, 0, 0);
    for value in values {
        pending |= u64::from(value) << filled;
        filled += bits_each;
        if filled >= DIGIT_BITS {
            digits[place] = pending as u32 & DIGIT_MASK;
            place += 1;
            pending >>= DIGIT_BITS;
            filled -= DIGIT_BITS;
        }
    }
    digits[place] = pending as u32;
}
