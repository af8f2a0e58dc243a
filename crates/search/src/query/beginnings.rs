//! Words that were looked up for their beginnings.
//!
//! Short beginnings have thousands of words, and everybody types the same ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::schema::Field;

/// So many beginnings are remembered.
const MAX_KNOWN: usize = 4_000;

/// A beginning and the fields that its words stand in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    fields: Vec<Field>,
    start: String,
}

impl Key {
    pub(super) fn new(fields: &[Field], start: &str) -> Self {
        Self {
            fields: fields.to_vec(),
            start: start.to_owned(),
        }
    }
}

/// The words that beginnings have in one state of the index, most frequent first.
#[derive(Default)]
pub(crate) struct Beginnings(Mutex<HashMap<Key, Arc<Vec<String>>>>);

impl Beginnings {
    pub(super) fn get(&self, key: &Key) -> Option<Arc<Vec<String>>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).cloned()
    }

    pub(super) fn put(&self, key: Key, words: &Arc<Vec<String>>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_KNOWN {
            known.clear();
        }
        known.insert(key, Arc::clone(words));
    }
}
