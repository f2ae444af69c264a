//! CPython's hashes as with `PYTHONHASHSEED=0`, from plain values.
//!
//! | what | function |
//! |---|---|
//! | text and bytes | [`bytes`]: SipHash-1-3 with a zero key over the raw little-endian storage, so that text must be in its narrowest form |
//! | numbers | [`integer`], [`float`] (nothing for nan: its object's address counts), [`complex`] |
//! | containers | [`TupleHasher`], [`FrozenSetHasher`], fed with the items' hashes |
//! | identity | [`pointer`] |
//!
//! Numbers are hashed modulo the prime 2**61 - 1, so that equal numbers of all types have equal hashes. No hash
//! is -1, which means an error inside CPython and shows in these values: -2 stands for it.

use super::digits::{self, DIGIT_BITS};

/// The prime modulus of numbers' hashes.
pub const MODULUS: u64 = (1 << 61) - 1;
/// The bits of the modulus.
const MODULUS_BITS: u32 = 61;
/// The hash of positive infinity.
pub const INFINITY: i64 = 314159;
/// What an imaginary part's hash is multiplied by.
const IMAGINARY: u64 = 1_000_003;

/// With -1 replaced.
#[inline]
pub const fn avoid_error(hash: i64) -> i64 {
    hash - (hash == -1) as i64
}

/// The hash of bytes, and of the storage of a text.
pub fn bytes(data: &[u8]) -> i64 {
    let (words, rest) = data.as_chunks::<8>();
    let tail = rest.iter().rev().fold(0, |tail, &byte| tail << 8 | u64::from(byte));
    sip_hash(words.iter().map(|word| u64::from_le_bytes(*word)), tail, data.len())
}

/// SipHash-1-3 over whole words, then a last word of what is left over and the length.
fn sip_hash(words: impl Iterator<Item = u64>, tail: u64, length: usize) -> i64 {
    if length == 0 {
        return 0;
    }
    let mut state = SipState::new();
    for word in words {
        state.absorb(word);
    }
    state.absorb(tail | (length as u64) << 56);
    avoid_error(state.finish() as i64)
}

struct SipState([u64; 4]);

impl SipState {
    /// The key is zero.
    fn new() -> SipState {
        SipState([0x736f_6d65_7073_6575, 0x646f_7261_6e64_6f6d, 0x6c79_6765_6e65_7261, 0x7465_6462_7974_6573])
    }

    #[inline]
    fn absorb(&mut self, word: u64) {
        self.0[3] ^= word;
        self.round();
        self.0[0] ^= word;
    }

    #[inline]
    fn round(&mut self) {
        let [a, b, c, d] = &mut self.0;
        *a = a.wrapping_add(*b);
        *c = c.wrapping_add(*d);
        *b = b.rotate_left(13) ^ *a;
        *d = d.rotate_left(16) ^ *c;
        *a = a.rotate_left(32).wrapping_add(*d);
        *c = c.wrapping_add(*b);
        *b = b.rotate_left(17) ^ *c;
        *d = d.rotate_left(21) ^ *a;
        *c = c.rotate_left(32);
    }

    fn finish(mut self) -> u64 {
        self.0[2] ^= 0xff;
        self.round();
        self.round();
        self.round();
        self.0.iter().fold(0, |hash, part| hash ^ part)
    }
}

/// The hash of an integer of any size.
pub fn integer(negative: bool, magnitude: &[u32]) -> i64 {
    let hash = magnitude.iter().rev().fold(0, |hash, &digit| {
        let next = rotate(hash, DIGIT_BITS as u32) + u64::from(digit);
        if next >= MODULUS { next - MODULUS } else { next }
    });
    with_sign(hash, negative)
}

#[inline]
fn with_sign(hash: u64, negative: bool) -> i64 {
    avoid_error(if negative { -(hash as i64) } else { hash as i64 })
}

/// Multiplies by a power of two, modulo 2**61 - 1: a rotation of 61 bits.
#[inline]
fn rotate(hash: u64, bits: u32) -> u64 {
    if bits == 0 { hash } else { (hash << bits) & MODULUS | hash >> (MODULUS_BITS - bits) }
}

/// The hash of a float; nothing for nan.
pub fn float(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    if value.is_infinite() {
        return Some(if value > 0.0 { INFINITY } else { -INFINITY });
    }
    let (mantissa, exponent) = digits::decompose(value);
    let turned = exponent.rem_euclid(i64::from(MODULUS_BITS)) as u32;
    Some(with_sign(rotate(mantissa, turned), value < 0.0))
}

/// The hash of a complex number from its parts' hashes.
pub fn complex(real: i64, imaginary: i64) -> i64 {
    avoid_error((real as u64).wrapping_add(IMAGINARY.wrapping_mul(imaginary as u64)) as i64)
}

/// The hash of an object by its address: the low four bits, always zero, go to the top.
#[inline]
pub fn pointer(address: usize) -> i64 {
    avoid_error((address as u64).rotate_right(4) as i64)
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

/// Makes a tuple's hash from its items' hashes in order: xxHash with CPython's simplifications.
#[derive(Debug, Clone)]
pub struct TupleHasher {
    state: u64,
    length: u64,
}

impl Default for TupleHasher {
    fn default() -> TupleHasher {
        TupleHasher { state: PRIME_5, length: 0 }
    }
}

impl TupleHasher {
    /// For an empty tuple.
    pub fn new() -> TupleHasher {
        TupleHasher::default()
    }

    /// Takes in the next item's hash.
    #[inline(always)]
    pub fn push(&mut self, hash: i64) {
        let mixed = self.state.wrapping_add((hash as u64).wrapping_mul(PRIME_2));
        self.state = mixed.rotate_left(31).wrapping_mul(PRIME_1);
        self.length += 1;
    }

    /// The tuple's hash.
    pub fn finish(self) -> i64 {
        let hash = self.state.wrapping_add(self.length ^ (PRIME_5 ^ 3_527_539));
        if hash == u64::MAX { 1_546_275_796 } else { hash as i64 }
    }
}

/// Makes a frozenset's hash from its items' hashes in any order.
#[derive(Debug, Clone, Default)]
pub struct FrozenSetHasher {
    state: u64,
    length: u64,
}

impl FrozenSetHasher {
    /// For an empty set.
    pub fn new() -> FrozenSetHasher {
        FrozenSetHasher::default()
    }

    /// Takes in an item's hash.
    #[inline]
    pub fn push(&mut self, hash: i64) {
        let hash = hash as u64;
        self.state ^= (hash ^ 89_869_747 ^ hash << 16).wrapping_mul(3_644_798_167);
        self.length += 1;
    }

    /// The set's hash.
    pub fn finish(self) -> i64 {
        let mut hash = self.state ^ (self.length + 1).wrapping_mul(1_927_868_237);
        hash ^= hash >> 11 ^ hash >> 25;
        hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
        if hash == u64::MAX { 590_923_713 } else { hash as i64 }
    }
}

#[cfg(test)]
mod tests;
