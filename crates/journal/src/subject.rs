//! What an entry is about.

use std::fmt;

use denkraum_domain::PageId;
use thiserror::Error;

/// What an entry is about: one page or one record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A page.
    Page(PageId),
    /// A record.
    Record(RecordKey),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(page) => write!(f, "page {page}"),
            Self::Record(key) => write!(f, "record {key}"),
        }
    }
}

/// Why something is not the key of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RecordKeyError {
    /// The collection has another form.
    #[error("a collection is 1 to 32 characters of a-z and -")]
    Collection,
    /// The id has another form.
    #[error("the id of a record is 1 to 128 bytes without control characters")]
    Id,
}

/// The key of a record: a collection and an id in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    collection: String,
    id: String,
}

impl RecordKey {
    /// The most bytes a collection's name may have.
    pub const MAX_COLLECTION_BYTES: usize = 32;
    /// The most bytes an id may have.
    pub const MAX_ID_BYTES: usize = 128;

    /// Checks both parts: `a-z` and `-` in the collection, no control characters in the id.
    pub fn new(
        collection: impl Into<String>,
        id: impl Into<String>,
    ) -> Result<Self, RecordKeyError> {
        let (collection, id) = (collection.into(), id.into());
        if !Self::is_collection(&collection) {
            return Err(RecordKeyError::Collection);
        }
        let fits = (1..=Self::MAX_ID_BYTES).contains(&id.len());
        if !fits || id.chars().any(char::is_control) {
            return Err(RecordKeyError::Id);
        }
        Ok(Self { collection, id })
    }

    /// Whether `name` may name a collection.
    pub fn is_collection(name: &str) -> bool {
        (1..=Self::MAX_COLLECTION_BYTES).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    }

    /// The collection.
    pub fn collection(&self) -> &str {
        &self.collection
    }

    /// The id in the collection.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.collection, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_plain_collection_and_an_id_without_control_characters() {
        assert!(RecordKey::new("page-facts", "01arz3ndektsv4rrffq69g5fav").is_ok());
        assert!(RecordKey::new("accounts", "jörg@berlin.example").is_ok());
        for collection in ["", "Pages", "a b", "a1", &"a".repeat(33)] {
            let key = RecordKey::new(collection, "x");
            assert_eq!(key, Err(RecordKeyError::Collection), "{collection}");
        }
        for id in ["", "a\0b", "a\nb", &"a".repeat(129)] {
            assert_eq!(RecordKey::new("a", id), Err(RecordKeyError::Id), "{id:?}");
        }
    }
}
