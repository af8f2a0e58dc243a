//! A quick hash of short texts, for maps that are bounded (FNV-1a).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from short texts, quick and without protection against texts chosen to collide: use it only
/// for what is bounded.
pub(crate) type ShortMap<V> = HashMap<String, V, BuildHasherDefault<ShortHasher>>;

/// The hash of a text.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = ShortHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// The pieces of a text between ASCII white space, with where they begin and their hashes, in one pass.
pub(crate) fn hashed_chunks(text: &str) -> impl Iterator<Item = (usize, &str, u64)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let behind = bytes.get(at..)?;
        at += behind.iter().position(|byte| *byte > b' ')?;
        let from = at;
        let mut hasher = ShortHasher::default();
        for byte in bytes.get(from..)?.iter().take_while(|byte| **byte > b' ') {
            hasher.add(*byte);
            at += 1;
        }
        Some((from, text.get(from..at)?, hasher.finish()))
    })
}

/// FNV-1a.
#[derive(Clone)]
pub(crate) struct ShortHasher(u64);

impl Default for ShortHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl ShortHasher {
    #[inline]
    fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

impl Hasher for ShortHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.add(*byte);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_what_stands_between_white_space() {
        let text = "  Für Kitas,\nund\u{a0}mehr ";
        let chunks: Vec<_> = hashed_chunks(text).collect();
        let expected = [(2, "Für"), (7, "Kitas,"), (14, "und\u{a0}mehr")];
        assert_eq!(
            chunks,
            expected.map(|(from, chunk)| (from, chunk, hash(chunk)))
        );
        assert_eq!(hashed_chunks("").next(), None);
    }
}
