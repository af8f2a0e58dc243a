//! Words that were analysed before: texts repeat their words, and splitting them is slow.

use std::hash::{BuildHasher as _, BuildHasherDefault};
use std::sync::{Arc, PoisonError, RwLock};

use super::{Form, Forms};
use crate::short_hash::{ShortHasher, ShortMap};

/// So many words are remembered in each shard.
const MAX_KNOWN: usize = 8_000;
/// Readers of different shards do not wait for each other.
const SHARDS: usize = 16;

/// What is known of a word as it stands in a text.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) form: Form,
    /// What the field of parts holds of it.
    pub(crate) parts: Vec<String>,
}

/// Remembers words, for all threads.
#[derive(Debug)]
pub(crate) struct WordCache {
    shards: Vec<RwLock<ShortMap<Arc<Known>>>>,
    hasher: BuildHasherDefault<ShortHasher>,
}

impl WordCache {
    pub(crate) fn new() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| RwLock::default()).collect(),
            hasher: BuildHasherDefault::default(),
        }
    }

    /// What a word is, looked up or found out.
    pub(crate) fn get(&self, word: &str, forms: &mut Forms) -> Arc<Known> {
        // The low bits choose the place within the shard.
        let hash = usize::try_from(self.hasher.hash_one(word) >> 32).unwrap_or(0);
        let shard = self.shards.get(hash % SHARDS);
        let known = shard.and_then(|shard| {
            let known = shard.read().unwrap_or_else(PoisonError::into_inner);
            known.get(word).cloned()
        });
        if let Some(known) = known {
            return known;
        }
        let form = forms.of(word);
        let parts = forms.text_parts(word, &form);
        let found = Arc::new(Known { form, parts });
        if let Some(shard) = shard {
            let mut known = shard.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= MAX_KNOWN {
                known.clear();
            }
            known.insert(word.to_owned(), Arc::clone(&found));
        }
        found
    }
}
