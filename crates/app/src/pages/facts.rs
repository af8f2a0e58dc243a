//! What is stored of a page beside its document: who owns it, who may read it.

use bytes::Bytes;
use denkraum_domain::{Audience, PageFacts, PageId, PersonId, SpaceId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::records::{self, Known, RecordError};

/// The collection of page records.
pub(crate) const COLLECTION: &str = "page";

/// The version of the value below.
const VERSION: u16 = 1;
pub(crate) const KNOWN: Known = (COLLECTION, VERSION);

/// A page's record: everything about it that its writers may not write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageRecord {
    pub(crate) space: SpaceId,
    pub(crate) audience: Audience,
    pub(crate) authors: Vec<PersonId>,
    pub(crate) created_at: Timestamp,
    pub(crate) archived: bool,
    /// When and by whom it was archived, if it is.
    pub(crate) archived_since: Option<Archived>,
    /// The page from whose text it was made; it never changes.
    pub(crate) emerged_from: Option<PageId>,
}

/// Since when a page is archived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Archived {
    pub(crate) at: Timestamp,
    pub(crate) by: Option<PersonId>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    space: String,
    audience: String,
    authors: Vec<String>,
    created_at: i64,
    archived: bool,
    /// Missing in pages that are not archived, and in those of version 1 written before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    archived_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    archived_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    emerged_from: Option<String>,
}

impl PageRecord {
    /// Reads a record. An audience or author that cannot be read makes the page narrower, never
    /// wider: it becomes a draft.
    pub(crate) fn read(version: u16, value: &[u8]) -> Result<Option<Self>, RecordError> {
        let stored: Stored = records::read(VERSION, version, value)?;
        let Ok(space) = SpaceId::parse(&stored.space) else {
            return Ok(None);
        };
        Ok(Some(Self {
            space,
            audience: Audience::parse(&stored.audience).unwrap_or(Audience::Draft),
            authors: stored
                .authors
                .iter()
                .filter_map(|id| PersonId::parse(id).ok())
                .collect(),
            created_at: Timestamp::from_millis(stored.created_at),
            archived: stored.archived,
            archived_since: stored.archived_at.map(|at| Archived {
                at: Timestamp::from_millis(at),
                by: stored
                    .archived_by
                    .as_deref()
                    .and_then(|id| PersonId::parse(id).ok()),
            }),
            emerged_from: stored
                .emerged_from
                .as_deref()
                .and_then(|id| PageId::parse(id).ok()),
        }))
    }

    pub(crate) fn write(&self) -> (u16, Bytes) {
        let stored = Stored {
            space: self.space.to_string(),
            audience: self.audience.as_str().to_owned(),
            authors: self.authors.iter().map(ToString::to_string).collect(),
            created_at: self.created_at.millis(),
            archived: self.archived,
            archived_at: self.archived_since.map(|since| since.at.millis()),
            archived_by: self
                .archived_since
                .and_then(|since| since.by)
                .map(|by| by.to_string()),
            emerged_from: self.emerged_from.map(|page| page.to_string()),
        };
        (VERSION, records::write(&stored))
    }

    /// The record as a text that changes when the record does.
    pub(crate) fn stamp(&self) -> String {
        String::from_utf8_lossy(&self.write().1).into_owned()
    }

    /// What decisions about the page need.
    pub(crate) fn facts(&self, page: PageId, catalogue: &Catalogue) -> PageFacts {
        PageFacts {
            page,
            space: self.space.clone(),
            in_network: catalogue.is_network(&self.space),
            audience: self.audience,
            authors: self.authors.clone(),
            archived: self.archived,
        }
    }
}
