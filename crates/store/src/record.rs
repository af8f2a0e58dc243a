//! A record in the view: its value, or the mark of its deletion.

use std::collections::BTreeMap;

use bytes::Bytes;
use denkraum_journal::{Position, RecordKey};

use crate::Record;
use crate::keys::{self, Family};
use crate::value::{self, Keys, Value};
use crate::view::Broken;

/// What the view keeps of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    /// Its value.
    Value(Record),
    /// It was deleted; its revisions go on from this one.
    Deleted {
        /// The deletion's revision.
        revision: u64,
        /// The position of the entry that deleted it.
        position: Position,
    },
}

impl Stored {
    pub(crate) const fn position(&self) -> Position {
        match self {
            Self::Value(record) => record.position,
            Self::Deleted { position, .. } => *position,
        }
    }

    pub(crate) const fn revision(&self) -> u64 {
        match self {
            Self::Value(record) => record.revision,
            Self::Deleted { revision, .. } => *revision,
        }
    }

    /// The value, unless it was deleted.
    pub(crate) fn into_record(self) -> Option<Record> {
        match self {
            Self::Value(record) => Some(record),
            Self::Deleted { .. } => None,
        }
    }

    fn from_value(stored: &Value) -> Result<Self, Broken> {
        let decode = || {
            let (revision, rest) = stored.bytes.split_first_chunk::<8>()?;
            let revision = u64::from_le_bytes(*revision);
            let position = stored.position;
            if rest.is_empty() {
                return Some(Self::Deleted { revision, position });
            }
            let (version, value) = rest.split_first_chunk::<2>()?;
            let version = u16::from_le_bytes(*version);
            let value = Bytes::copy_from_slice(value);
            Some(Self::Value(Record {
                revision,
                version,
                value,
                position,
            }))
        };
        decode().ok_or_else(|| Broken("a record is unreadable".to_owned()))
    }
}

/// A record's value as it is kept.
pub(crate) fn encode(revision: u64, version: u16, value: &[u8]) -> Vec<u8> {
    let mut out = encode_deleted(revision);
    out.extend(version.to_le_bytes());
    out.extend(value);
    out
}

/// The mark of a deletion as it is kept.
pub(crate) fn encode_deleted(revision: u64) -> Vec<u8> {
    revision.to_le_bytes().to_vec()
}

/// Reads a record.
pub(crate) fn read(keys: &impl Keys, key: &RecordKey) -> Result<Option<Stored>, Broken> {
    let value = value::read(keys, &keys::record(key))?;
    value.as_ref().map(Stored::from_value).transpose()
}

/// The newest version of a value in each collection.
pub(crate) fn versions(keys: &impl Keys) -> Result<BTreeMap<String, u16>, Broken> {
    let mut versions = BTreeMap::new();
    for (key, value) in value::scan(keys, &[Family::Record as u8])? {
        let key = keys::record_of(&key).ok_or_else(|| Broken("a key is unreadable".to_owned()))?;
        if let Some(record) = Stored::from_value(&value)?.into_record() {
            let newest = versions.entry(key.collection().to_owned()).or_default();
            *newest = record.version.max(*newest);
        }
    }
    Ok(versions)
}

/// Reads the records of a collection whose ids begin so, sorted by id.
pub(crate) fn scan(
    keys: &impl Keys,
    collection: &str,
    beginning: &str,
) -> Result<Vec<(RecordKey, Record)>, Broken> {
    let mut records = Vec::new();
    let mut from = keys::collection(collection);
    from.extend(beginning.as_bytes());
    for (key, value) in value::scan(keys, &from)? {
        let key = keys::record_of(&key).ok_or_else(|| Broken("a key is unreadable".to_owned()))?;
        if let Some(record) = Stored::from_value(&value)?.into_record() {
            records.push((key, record));
        }
    }
    Ok(records)
}
