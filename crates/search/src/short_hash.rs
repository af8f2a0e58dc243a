//! A hash of short texts for maps that live as long as one search (FNV-1a).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from short texts, quick and without protection against texts chosen to collide: use it only
/// for what is bounded.
pub(crate) type ShortMap<V> = HashMap<String, V, BuildHasherDefault<ShortHasher>>;

/// FNV-1a.
#[derive(Clone)]
pub(crate) struct ShortHasher(u64);

impl Default for ShortHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for ShortHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
