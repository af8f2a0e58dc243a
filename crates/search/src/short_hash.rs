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

/// The pieces of a text between ASCII white space, with where they begin and their hashes, in one pass. The hashes are
/// not those of [`hash`]: eight bytes are taken in at once.
pub(crate) fn hashed_chunks(text: &str) -> impl Iterator<Item = (usize, &str, u64)> {
    let bytes = text.as_bytes();
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        let behind = bytes.get(at..)?;
        let from = at.saturating_add(behind.iter().position(|byte| *byte > b' ')?);
        at = from;
        let mut hash = 0;
        loop {
            let (eight, len) = eight(bytes.get(at..)?);
            let inside = inside(eight).min(len);
            let kept = u64::MAX.checked_shr(64 - 8 * inside).unwrap_or_default();
            hash = mixed(hash, eight & kept);
            at = at.saturating_add(usize::try_from(inside).unwrap_or_default());
            if inside < 8 {
                return Some((from, text.get(from..at)?, hash));
            }
        }
    })
}

/// The next eight bytes, the first one lowest, with how many of them there are.
#[inline]
fn eight(bytes: &[u8]) -> (u64, u32) {
    if let Some(eight) = bytes.first_chunk() {
        return (u64::from_le_bytes(*eight), 8);
    }
    let (mut rest, mut len) = (0, 0);
    for byte in bytes.iter().take(7) {
        rest |= u64::from(*byte) << (8 * len);
        len += 1;
    }
    (rest, len)
}

/// How many of eight bytes stand before the first one of white space (Mycroft's test for bytes below a number: it
/// never misses one, and is wrong only behind the first).
#[inline]
fn inside(eight: u64) -> u32 {
    const EACH: u64 = u64::MAX / 255;
    const WHITE: u64 = EACH * 0x21;
    let found = eight.wrapping_sub(WHITE) & !eight & (EACH * 0x80);
    found.trailing_zeros() / 8
}

#[inline]
fn mixed(hash: u64, eight: u64) -> u64 {
    let product = (hash ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 32)
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
        let chunks = hashed_chunks(text).map(|(from, chunk, _)| (from, chunk));
        assert!(chunks.eq([(2, "Für"), (7, "Kitas,"), (14, "und\u{a0}mehr")]));
        let long = "Kinderarmutsbericht Kinder-armut Kinder\u{a0}armut armut\tein";
        let chunks = hashed_chunks(long).map(|(_, chunk, _)| chunk);
        assert!(chunks.eq(long.split([' ', '\t'])));
        assert_eq!(hashed_chunks("").next(), None);
    }
    #[test]
    fn equal_chunks_have_equal_hashes_wherever_they_stand() {
        let words = "Hort Hortplatz Hortplatzvergabe Hor Hortplatzvergab ortplatzvergabe Ä ä";
        let hash_of = |text: &str| hashed_chunks(text).map(|(_, _, hash)| hash).next();
        let mut hashes: Vec<u64> = hashed_chunks(words).map(|(_, _, hash)| hash).collect();
        for (word, hash) in words.split(' ').zip(&hashes) {
            assert_eq!(hash_of(word), Some(*hash), "{word}");
            assert_eq!(hash_of(&format!("{word} und mehr")), Some(*hash), "{word}");
        }
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 8);
    }
}
