//! Number literals: where one ends, what is wrong with it, and its value.

use std::rc::Rc;

use num_bigint::BigInt;

use super::ast::{Constant, IntegerLiteral};
use super::errors::{Fault, SyntaxErrorKind};

/// Decimal literals longer than this are refused where nothing else is asked for, as CPython's conversion limit does.
pub const DEFAULT_MOST_DIGITS: usize = 4300;

/// Finds the end of the number that starts at `start`.
pub fn scan(source: &[u8], start: usize) -> Result<usize, Fault> {
    let mut scanner = Scanner { source, start, at: start };
    match (scanner.peek(), scanner.peek_after()) {
        (b'0', b'x' | b'X') => scanner.based("hexadecimal", 16),
        (b'0', b'o' | b'O') => scanner.based("octal", 8),
        (b'0', b'b' | b'B') => scanner.based("binary", 2),
        (b'0', _) => scanner.leading_zero(),
        (b'.', _) => scanner.fraction(),
        _ => {
            scanner.digits()?;
            scanner.tail(false)
        }
    }?;
    Ok(scanner.at)
}

struct Scanner<'source> {
    source: &'source [u8],
    start: usize,
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> u8 {
        self.byte(self.at)
    }

    fn peek_after(&self) -> u8 {
        self.byte(self.at + 1)
    }

    /// The byte at `index`; 0, which starts nothing, behind the end.
    fn byte(&self, index: usize) -> u8 {
        self.source.get(index).copied().unwrap_or(0)
    }

    /// `0x`, `0o`, `0b`: digits of `radix`, each group perhaps after one underscore.
    fn based(&mut self, name: &'static str, radix: u32) -> Result<(), Fault> {
        self.at += 2;
        loop {
            if self.peek() == b'_' {
                self.at += 1;
            }
            if !self.is_digit_of(radix) {
                return Err(self.bad_based_digit(name));
            }
            while self.is_digit_of(radix) {
                self.at += 1;
            }
            if self.peek() != b'_' {
                break;
            }
        }
        if self.peek().is_ascii_digit() {
            return Err(self.bad_based_digit(name));
        }
        self.check_end(name)
    }

    fn is_digit_of(&self, radix: u32) -> bool {
        char::from(self.peek()).is_digit(radix)
    }

    fn bad_based_digit(&self, name: &'static str) -> Fault {
        let found = self.peek();
        if found.is_ascii_digit() {
            let kind = SyntaxErrorKind::InvalidDigit { digit: char::from(found), literal: name };
            return Fault::open(kind, self.at);
        }
        self.invalid_before(name)
    }

    /// `0`, `00`, `0_0`, then perhaps a fraction or an exponent; other digits need one of those.
    fn leading_zero(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            if self.peek() == b'_' {
                self.at += 1;
                if !self.peek().is_ascii_digit() {
                    return Err(self.invalid_before("decimal"));
                }
            }
            if self.peek() != b'0' {
                break;
            }
            self.at += 1;
        }
        let zeros_end = self.at;
        let leading_zeros = self.peek().is_ascii_digit();
        if leading_zeros {
            self.digits()?;
        }
        self.tail(leading_zeros).map_err(|fault| match fault.kind {
            SyntaxErrorKind::LeadingZeros => Fault::between(fault.kind, self.start, zeros_end),
            _ => fault,
        })
    }

    /// Digits, single underscores between them.
    fn digits(&mut self) -> Result<(), Fault> {
        loop {
            while self.peek().is_ascii_digit() {
                self.at += 1;
            }
            if self.peek() != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek().is_ascii_digit() {
                return Err(self.invalid_before("decimal"));
            }
        }
    }

    /// What may follow the integer part.
    fn tail(&mut self, leading_zeros: bool) -> Result<(), Fault> {
        match self.peek() {
            b'.' => self.fraction(),
            b'e' | b'E' if self.exponent_follows()? => self.exponent(),
            b'j' | b'J' => self.imaginary(),
            _ if leading_zeros => Err(Fault::open(SyntaxErrorKind::LeadingZeros, self.start)),
            _ => self.check_end("decimal"),
        }
    }

    fn fraction(&mut self) -> Result<(), Fault> {
        self.at += 1;
        if self.peek().is_ascii_digit() {
            self.digits()?;
        }
        match self.peek() {
            b'e' | b'E' if self.exponent_follows()? => self.exponent(),
            b'j' | b'J' => self.imaginary(),
            _ => self.check_end("decimal"),
        }
    }

    /// Whether the `e` here starts an exponent: `1e5` and `1e+5` do, `1else` does not.
    fn exponent_follows(&mut self) -> Result<bool, Fault> {
        match self.peek_after() {
            b'+' | b'-' if self.byte(self.at + 2).is_ascii_digit() => Ok(true),
            b'+' | b'-' => {
                self.at += 2;
                Err(self.invalid_before("decimal"))
            }
            after => Ok(after.is_ascii_digit()),
        }
    }

    fn exponent(&mut self) -> Result<(), Fault> {
        self.at += 2;
        self.digits()?;
        match self.peek() {
            b'j' | b'J' => self.imaginary(),
            _ => self.check_end("decimal"),
        }
    }

    fn imaginary(&mut self) -> Result<(), Fault> {
        self.at += 1;
        self.check_end("imaginary")
    }

    /// A name glued to a number is an error, unless it is a keyword that may follow (`1if x else 2`); of the short ones
    /// CPython does not ask where they end.
    fn check_end(&self, name: &'static str) -> Result<(), Fault> {
        let rest = &self.source[self.at.min(self.source.len())..];
        let starts: [&[u8]; 3] = [b"if", b"in", b"is"];
        let words: [&[u8]; 5] = [b"and", b"else", b"for", b"or", b"not"];
        let is_word = |word: &&[u8]| rest.strip_prefix(*word).is_some_and(|behind| !goes_on(behind));
        if starts.iter().any(|start| rest.starts_with(start)) || words.iter().any(is_word) {
            return Ok(());
        }
        if goes_on(rest) {
            return Err(self.invalid_before(name));
        }
        Ok(())
    }

    /// The fault of a literal that lacks a digit: the caret stands on the last character read.
    fn invalid_before(&self, name: &'static str) -> Fault {
        Fault::open(SyntaxErrorKind::InvalidNumber { literal: name }, self.at.saturating_sub(1))
    }
}

/// Whether a name goes on here.
fn goes_on(rest: &[u8]) -> bool {
    rest.first().is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'_' || *next >= 128)
}

/// What messages call a literal.
pub fn kind(text: &str) -> &'static str {
    match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => "hexadecimal",
        [b'0', b'o' | b'O', ..] => "octal",
        [b'0', b'b' | b'B', ..] => "binary",
        [.., b'j' | b'J'] => "imaginary",
        _ => "decimal",
    }
}

/// The value of a literal that [`scan`] has accepted. A decimal integer has at most so many digits; 0 is no limit.
pub fn value(text: &str, most_digits: usize) -> Result<Constant, SyntaxErrorKind> {
    let digits: String = text.chars().filter(|character| *character != '_').collect();
    let radix = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 10,
    };
    if radix != 10 {
        return Ok(Constant::Integer(integer(&digits[2..], radix)));
    }
    if let Some(number) = digits.strip_suffix(['j', 'J']) {
        return Ok(Constant::Imaginary(number.parse().unwrap_or(0.0)));
    }
    if digits.contains(['.', 'e', 'E']) {
        return Ok(Constant::Float(digits.parse().unwrap_or(0.0)));
    }
    if most_digits > 0 && digits.len() > most_digits {
        return Err(SyntaxErrorKind::TooManyDigits { limit: most_digits, digits: digits.len() });
    }
    Ok(Constant::Integer(integer(&digits, 10)))
}

fn integer(digits: &str, radix: u32) -> IntegerLiteral {
    match i64::from_str_radix(digits, radix) {
        Ok(small) => IntegerLiteral::Small(small),
        Err(_) => {
            IntegerLiteral::Big(Rc::new(BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_default()))
        }
    }
}
