//! Formats of packed values, as module `struct` writes them, and half-precision floats.
//!
//! A format is an optional order and then letters with counts. It is read into a row of [`Code`]s: runs of equal items
//! with the places where they start.

/// How the bytes of items lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ByteOrder {
    /// Sizes and alignment of this machine.
    Native,
    /// Sizes that are the same everywhere, low byte first.
    Little,
    /// The same, high byte first.
    Big,
}

impl ByteOrder {
    /// The order that a format starts with, and the rest.
    fn of_format(format: &[u8]) -> (Self, &[u8]) {
        let order = match format.first() {
            Some(b'<') => Self::Little,
            Some(b'>' | b'!') => Self::Big,
            Some(b'=') if cfg!(target_endian = "big") => Self::Big,
            Some(b'=') => Self::Little,
            Some(b'@') => Self::Native,
            _ => return (Self::Native, format),
        };
        (order, &format[1..])
    }

    /// Whether the high byte comes first.
    pub fn is_big(self) -> bool {
        self == Self::Big || (self == Self::Native && cfg!(target_endian = "big"))
    }

    /// Bytes of an item; none for a letter that has no meaning in this order.
    fn item_size(self, letter: u8) -> Option<usize> {
        match letter {
            b'x' | b'c' | b'b' | b'B' | b'?' | b's' | b'p' => Some(1),
            b'h' | b'H' | b'e' => Some(2),
            b'i' | b'I' | b'f' => Some(4),
            b'l' | b'L' if self != Self::Native => Some(4),
            b'l' | b'L' | b'q' | b'Q' | b'd' => Some(8),
            b'n' | b'N' | b'P' if self == Self::Native => Some(8),
            _ => None,
        }
    }

    /// Where an item starts that is put behind `size` bytes.
    fn aligned(self, size: usize, item_size: usize) -> Option<usize> {
        if self == Self::Native { size.checked_next_multiple_of(item_size) } else { Some(size) }
    }
}

/// A run of equal items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Code {
    /// What the items are.
    pub letter: u8,
    /// How their bytes lie.
    pub order: ByteOrder,
    /// Where the first one starts.
    pub offset: usize,
    /// Bytes of an item.
    pub size: usize,
    /// How many items.
    pub repeat: usize,
}

/// What is wrong with a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// A letter that means nothing.
    BadCharacter,
    /// A number at the end.
    CountWithoutLetter,
    /// More bytes than a machine can address.
    TooLong,
    /// No room for the codes.
    OutOfMemory,
}

/// A format as it was read.
#[derive(Debug, Default)]
pub struct Plan {
    /// The runs of items in order.
    pub codes: Vec<Code>,
    /// Bytes of all of them.
    pub size: usize,
    /// How many values there are.
    pub items: usize,
}

impl Plan {
    /// Reads a format.
    pub fn read(format: &[u8]) -> Result<Self, FormatError> {
        let (order, mut rest) = ByteOrder::of_format(format);
        let mut plan = Self::default();
        while let Some((&first, behind)) = rest.split_first() {
            rest = behind;
            if matches!(first, b' ' | b'\t'..=b'\r') {
                continue;
            }
            let (count, letter) = match first.is_ascii_digit() {
                true => counted_letter(first, &mut rest)?,
                false => (1, first),
            };
            let item_size = order.item_size(letter).ok_or(FormatError::BadCharacter)?;
            plan.add(order, letter, item_size, count)?;
        }
        Ok(plan)
    }

    fn add(
        &mut self,
        order: ByteOrder,
        letter: u8,
        item_size: usize,
        count: usize,
    ) -> Result<(), FormatError> {
        let is_text = matches!(letter, b's' | b'p');
        let fits = |size: &usize| *size <= isize::MAX as usize;
        let offset = order.aligned(self.size, item_size).filter(fits).ok_or(FormatError::TooLong)?;
        let end = count.checked_mul(item_size).and_then(|bytes| bytes.checked_add(offset));
        self.size = end.filter(fits).ok_or(FormatError::TooLong)?;
        let (size, repeat) = if is_text { (count, 1) } else { (item_size, count) };
        if letter != b'x' && repeat > 0 {
            self.items = self.items.checked_add(repeat).ok_or(FormatError::TooLong)?;
            self.codes.try_reserve(1).map_err(|_| FormatError::OutOfMemory)?;
            self.codes.push(Code { letter, order, offset, size, repeat });
        }
        Ok(())
    }
}

/// The number whose first digit is read, and the letter behind it.
fn counted_letter(first: u8, rest: &mut &[u8]) -> Result<(usize, u8), FormatError> {
    let mut count = usize::from(first - b'0');
    while let Some((&next, behind)) = rest.split_first() {
        *rest = behind;
        if !next.is_ascii_digit() {
            return Ok((count, next));
        }
        let longer = count.checked_mul(10).and_then(|count| count.checked_add(usize::from(next - b'0')));
        count = longer.filter(|count| *count <= isize::MAX as usize).ok_or(FormatError::TooLong)?;
    }
    Err(FormatError::CountWithoutLetter)
}

/// A number as a half-precision float, the nearest one, of two equally near the even one; none where it is too large.
pub fn half_from_f64(value: f64) -> Option<u16> {
    let sign = u16::from(value.is_sign_negative()) << 15;
    if value.is_nan() {
        return Some(sign | 0x7e00);
    }
    if value.is_infinite() {
        return Some(sign | 0x7c00);
    }
    let magnitude = value.abs();
    let exponent = ((magnitude.to_bits() >> 52) as i32 - 1023).max(-15);
    if exponent > 15 {
        return None;
    }
    // In units of the last place: exact, since only the exponent of the double changes.
    let unit = (exponent.max(-14) - 10) as f64;
    let scaled = (magnitude * (-unit).exp2()).round_ties_even() as u16;
    // A rounding up to the next power of two carries into the exponent by itself.
    let bits = if exponent < -14 { scaled } else { (((exponent + 14) as u16) << 10) + scaled };
    (bits < 0x7c00).then_some(sign | bits)
}

/// The number that a half-precision float is.
pub fn half_to_f64(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3ff);
    let magnitude = match (bits >> 10) & 0x1f {
        0 => fraction * (-24.0f64).exp2(),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        exponent => (1024.0 + fraction) * (f64::from(exponent) - 25.0).exp2(),
    };
    if bits >> 15 == 1 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_sizes() {
        let size = |format: &str| Plan::read(format.as_bytes()).map(|plan| (plan.size, plan.items));
        assert_eq!(size("bi"), Ok((8, 2)));
        assert_eq!(size("<bi"), Ok((5, 2)));
        assert_eq!(size("3s 2x\th"), Ok((8, 2)));
        assert_eq!(size("b0q"), Ok((8, 1)));
        assert_eq!(size("3"), Err(FormatError::CountWithoutLetter));
        assert_eq!(size("<n"), Err(FormatError::BadCharacter));
        assert_eq!(size("9223372036854775807i"), Err(FormatError::TooLong));
        assert_eq!(size("99999999999999999999x"), Err(FormatError::TooLong));
    }

    #[test]
    fn halves_come_back() {
        for bits in 0..=u16::MAX {
            let value = half_to_f64(bits);
            if value.is_nan() {
                assert_eq!(half_from_f64(value).map(|bits| bits & 0x7fff), Some(0x7e00));
            } else {
                assert_eq!(half_from_f64(value), Some(bits));
            }
        }
        assert_eq!(half_from_f64(65519.9), Some(0x7bff));
        assert_eq!(half_from_f64(65520.0), None);
        assert_eq!(half_from_f64(2.0f64.powi(-25)), Some(0));
        assert_eq!(half_from_f64(2.0f64.powi(-25) * 1.01), Some(1));
        assert_eq!(half_from_f64(2049.0), Some(0x6800));
        assert_eq!(half_from_f64(2051.0), Some(0x6802));
    }
}
