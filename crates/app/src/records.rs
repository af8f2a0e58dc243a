//! Keys and JSON values of the records that this crate keeps in the store.

use bytes::Bytes;
use denkraum_store::RecordKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// Why a stored record cannot be used.
#[derive(Debug, Error)]
pub(crate) enum RecordError {
    /// It was written by a newer version of the program.
    #[error("version {found} of the record is newer than this program, which knows {known}")]
    Newer {
        /// The version found.
        found: u16,
        /// The newest version known.
        known: u16,
    },
    /// It is not what it should be.
    #[error("the record cannot be read")]
    Malformed(#[source] serde_json::Error),
}

/// A collection with the newest version of its values that this program knows.
pub(crate) type Known = (&'static str, u16);

/// The key of a record. `collection` is one of this crate's constants, `id` an id or a hash.
#[expect(
    clippy::expect_used,
    reason = "collections are constants, ids are short and printable"
)]
pub(crate) fn key(collection: &'static str, id: &impl ToString) -> RecordKey {
    RecordKey::new(collection, id.to_string()).expect("a constant and a short id make a key")
}

/// A record's value.
#[expect(
    clippy::expect_used,
    reason = "plain structs with string keys always become JSON"
)]
pub(crate) fn write<T: Serialize>(value: &T) -> Bytes {
    serde_json::to_vec(value)
        .expect("plain data becomes JSON")
        .into()
}

/// Reads a value of the newest version; records with older ones are upgraded beside their type.
pub(crate) fn read<T: DeserializeOwned>(
    known: u16,
    found: u16,
    value: &[u8],
) -> Result<T, RecordError> {
    if found > known {
        return Err(RecordError::Newer { found, known });
    }
    serde_json::from_slice(value).map_err(RecordError::Malformed)
}
