//! SipHash-1-3 with a zero key: the hash of strings and bytes of CPython 3.11 under `PYTHONHASHSEED=0`.

struct State([u64; 4]);

impl State {
    #[inline]
    fn round(&mut self) {
        let [a, b, c, d] = &mut self.0;
        *a = a.wrapping_add(*b);
        *c = c.wrapping_add(*d);
        *b = b.rotate_left(13) ^ *a;
        *d = d.rotate_left(16) ^ *c;
        *a = a.rotate_left(32);
        *c = c.wrapping_add(*b);
        *a = a.wrapping_add(*d);
        *b = b.rotate_left(17) ^ *c;
        *d = d.rotate_left(21) ^ *a;
        *c = c.rotate_left(32);
    }

    #[inline]
    fn absorb(&mut self, word: u64) {
        self.0[3] ^= word;
        self.round();
        self.0[0] ^= word;
    }
}

fn siphash(bytes: &[u8]) -> u64 {
    let mut state =
        State([0x736f_6d65_7073_6575, 0x646f_7261_6e64_6f6d, 0x6c79_6765_6e65_7261, 0x7465_6462_7974_6573]);
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().for_each(|word| state.absorb(u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    last[7] = bytes.len() as u8;
    state.absorb(u64::from_le_bytes(last));
    state.0[2] ^= 0xff;
    (0..3).for_each(|_| state.round());
    state.0.iter().fold(0, |all, word| all ^ word)
}

/// The hash of a buffer: 0 for an empty one, and never -1, which means failure.
pub fn hash_buffer(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    match siphash(bytes) as i64 {
        -1 => -2,
        hash => hash,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_reference() {
        assert_eq!(hash_buffer(b""), 0);
        assert_eq!(hash_buffer(b"a"), 4644417185603328019);
        assert_eq!(hash_buffer(b"abc"), -4594863902769663758);
        assert_eq!(hash_buffer(b"abcdefgh"), 4574395652268504554);
        assert_eq!(hash_buffer(b"hello, world"), -2912988965868824583);
        assert_eq!(hash_buffer(b"0123456789abcdef"), 2108444454683020324);
    }
}
