//! Which program wrote what is stored: older data are read and go on, newer ones are refused.
//!
//! Every record carries the version of its value. A program that does not know a version, or a whole
//! collection, must not go on without it: what it left out might be an account, or a rule about who
//! may read. One record more has the version of the document schema.

use bytes::Bytes;
use denkraum_content::SCHEMA_VERSION;
use denkraum_domain::Timestamp;
use denkraum_store::{ReadError, Store};
use thiserror::Error;

use crate::records::{Known, key};
use crate::{accounts, attachments, comments, find, pages};

/// The version of the document schema is that of this record, which has no value.
const DOCUMENTS: (&str, &str) = ("format", "documents");

/// Why this program must not work with what is stored. Nothing was changed.
#[derive(Debug, Error)]
pub enum VersionError {
    /// It could not be looked up.
    #[error("the versions of what is stored could not be looked up")]
    Store(#[source] ReadError),
    /// A newer version of the program wrote it.
    #[error(
        "the records \"{collection}\" have version {found}, but this program knows {known}: \
         a newer version of Denkraum wrote them, use that one"
    )]
    Newer {
        /// Which.
        collection: String,
        /// The newest version found.
        found: u16,
        /// The newest version known.
        known: u16,
    },
    /// Another version of the program wrote it.
    #[error(
        "this program knows no records \"{collection}\": \
         a newer version of Denkraum wrote them, use that one"
    )]
    Unknown {
        /// Which.
        collection: String,
    },
}

fn document_version() -> u16 {
    u16::try_from(SCHEMA_VERSION).unwrap_or(u16::MAX)
}

/// All collections that are known.
fn known() -> Vec<Known> {
    let mut known = vec![(DOCUMENTS.0, document_version())];
    known.extend(accounts::KNOWN);
    known.push(attachments::KNOWN);
    known.push(comments::KNOWN);
    known.extend(find::KNOWN);
    known.push(pages::KNOWN);
    known.extend(denkraum_rooms::COLLECTIONS);
    known
}

/// Refuses what a newer program wrote.
pub async fn check_versions(store: &Store) -> Result<(), VersionError> {
    let found = store.record_versions().await;
    let known = known();
    for (collection, found) in found.map_err(VersionError::Store)? {
        let known = known.iter().find(|(name, _)| *name == collection);
        match known {
            Some(&(_, known)) if found <= known => {}
            Some(&(_, known)) => {
                return Err(VersionError::Newer {
                    collection,
                    found,
                    known,
                });
            }
            None => return Err(VersionError::Unknown { collection }),
        }
    }
    Ok(())
}

/// Notes the version of the document schema, so that an older program refuses from now on.
pub(crate) async fn note_versions(store: &Store, now: Timestamp) -> Result<(), ReadError> {
    let key = key(DOCUMENTS.0, &DOCUMENTS.1);
    let noted = store.get(&key).await?;
    let version = document_version();
    if noted.as_ref().is_some_and(|noted| noted.version >= version) {
        return Ok(());
    }
    let revision = noted.map(|noted| noted.revision);
    let put = store.put(key, revision, version, Bytes::new(), None, now);
    if let Err(error) = put.await {
        // On a full disk, above all; the next start does it.
        let cause: &dyn std::error::Error = &error;
        tracing::warn!(cause, "the version of the documents was not noted");
    }
    Ok(())
}
