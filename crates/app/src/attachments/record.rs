//! What is stored of an attached file: one record, named by its page and its own id.

use std::collections::BTreeSet;

use bytes::Bytes;
use denkraum_domain::{AttachmentId, EditPermit, FileName, PageId, PersonId, Timestamp};
use denkraum_store::{BlobError, BlobId, ReadError, Record, RecordKey, Store};
use serde::{Deserialize, Serialize};

use super::AttachmentError;
use crate::app::App;
use crate::records::{self, Known, RecordError, key};

/// The collection of the records.
const COLLECTION: &str = "attachment";
/// The version of the value below.
const VERSION: u16 = 1;
/// The records of this module.
pub(crate) const KNOWN: Known = (COLLECTION, VERSION);

/// Bytes without a page stay for a week after they were written, in milliseconds.
const SPARED: i64 = 7 * 24 * 60 * 60 * 1000;

/// A file of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attachment {
    pub(super) id: AttachmentId,
    pub(super) name: FileName,
    pub(super) media_type: String,
    pub(super) blob: BlobId,
    pub(super) bytes: u64,
    pub(super) by: PersonId,
    pub(super) at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    name: String,
    media_type: String,
    blake3: String,
    bytes: u64,
    by: String,
    at: i64,
}

impl Attachment {
    fn write(&self) -> Bytes {
        records::write(&Stored {
            name: self.name.to_string(),
            media_type: self.media_type.clone(),
            blake3: self.blob.to_string(),
            bytes: self.bytes,
            by: self.by.to_string(),
            at: self.at.millis(),
        })
    }

    /// `None` is a record whose parts are not what they should be.
    fn read(id: AttachmentId, version: u16, value: &[u8]) -> Result<Option<Self>, RecordError> {
        let stored: Stored = records::read(VERSION, version, value)?;
        let read = || {
            Some(Self {
                id,
                name: FileName::parse(&stored.name).ok()?,
                media_type: stored.media_type.clone(),
                blob: BlobId::parse(&stored.blake3)?,
                bytes: stored.bytes,
                by: PersonId::parse(&stored.by).ok()?,
                at: Timestamp::from_millis(stored.at),
            })
        };
        Ok(read())
    }
}

/// The id of a record. It begins with the page, so that those of one page are found together.
pub(super) fn id_of(page: PageId, file: AttachmentId) -> String {
    format!("{page}-{file}")
}

/// The page and the file that a record's id names.
pub(super) fn parts_of(id: &str) -> Option<(PageId, AttachmentId)> {
    let (page, file) = id.split_once('-')?;
    Some((PageId::parse(page).ok()?, AttachmentId::parse(file).ok()?))
}

fn key_of(page: PageId, file: AttachmentId) -> RecordKey {
    key(COLLECTION, &id_of(page, file))
}

/// The file of a record; none of one that cannot be read, which is reported.
fn read((key, record): &(RecordKey, Record)) -> Option<(PageId, Attachment)> {
    let (page, id) = parts_of(key.id())?;
    match Attachment::read(id, record.version, &record.value) {
        Ok(Some(file)) => Some((page, file)),
        Ok(None) => {
            tracing::error!(record = %key, "the record of a file is not whole");
            None
        }
        Err(error) => {
            let cause: &dyn std::error::Error = &error;
            tracing::error!(record = %key, cause, "the record of a file cannot be read");
            None
        }
    }
}

/// All files of a page, oldest first. One that cannot be read is left out and reported.
pub(super) async fn of_page(store: &Store, page: PageId) -> Result<Vec<Attachment>, ReadError> {
    let files = of_pages(store, &[page]).await?;
    Ok(files.into_iter().map(|(_, file)| file).collect())
}

/// As [`of_page`], of several pages.
pub(super) async fn of_pages(
    store: &Store,
    pages: &[PageId],
) -> Result<Vec<(PageId, Attachment)>, ReadError> {
    let beginnings = pages.iter().map(|page| format!("{page}-")).collect();
    let records = store.scan_beginning(COLLECTION, beginnings).await?;
    let mut files: Vec<_> = records.iter().filter_map(read).collect();
    files.sort_by_key(|(_, file)| (file.at, file.id));
    Ok(files)
}

/// All files of all pages.
pub(super) async fn all(store: &Store) -> Result<Vec<(PageId, Attachment)>, ReadError> {
    let records = store.scan(COLLECTION).await?;
    Ok(records.iter().filter_map(read).collect())
}

/// Which bytes any page refers to; nothing if that is not known of all, because a part of the
/// journal is damaged or a record cannot be read. [B-3]
pub(super) async fn used(store: &Store) -> Result<Option<BTreeSet<BlobId>>, ReadError> {
    if !store.status().damage.is_empty() || !store.set_aside().await?.is_empty() {
        return Ok(None);
    }
    let records = store.scan(COLLECTION).await?;
    let files = records.iter().map(read);
    Ok(files.map(|file| Some(file?.1.blob)).collect())
}

impl App {
    /// A file with the revision of its record.
    pub(super) async fn attachment(
        &self,
        page: PageId,
        id: AttachmentId,
    ) -> Result<Option<(Attachment, u64)>, AttachmentError> {
        let key = key_of(page, id);
        let found = self.store().get(&key).await;
        let found = found.map_err(|err| AttachmentError::Load { page, err })?;
        Ok(found.and_then(|record| {
            let revision = record.revision;
            let (_, file) = read(&(key, record))?;
            Some((file, revision))
        }))
    }

    pub(super) async fn put_attachment(
        &self,
        permit: &EditPermit,
        file: &Attachment,
    ) -> Result<(), AttachmentError> {
        let (page, by) = (*permit.page(), Some(*permit.person()));
        let (key, value) = (key_of(page, file.id), file.write());
        let put = self.store().put(key, None, VERSION, value, by, file.at);
        put.await
            .map_err(|err| AttachmentError::Store { page, err })?;
        Ok(())
    }

    pub(super) async fn delete_attachment(
        &self,
        permit: &EditPermit,
        id: AttachmentId,
        revision: u64,
    ) -> Result<(), AttachmentError> {
        let (page, by) = (*permit.page(), Some(*permit.person()));
        let deleted = self
            .store()
            .delete(key_of(page, id), revision, by, self.now());
        deleted
            .await
            .map_err(|err| AttachmentError::Store { page, err })?;
        Ok(())
    }

    /// Removes the bytes of a file that was removed, unless another page has the same.
    pub(super) async fn remove_bytes(&self, blob: BlobId) {
        let removed = self.files().blobs.remove(blob, self.used_bytes()).await;
        report(removed);
    }

    /// Removes the bytes that no page has, if they were written a while ago. Younger ones stay: they
    /// may belong to a journal that somebody is about to put back.
    pub(crate) async fn sweep_attachments(&self) {
        let before = self.now().millis().saturating_sub(SPARED);
        let before = Timestamp::from_millis(before);
        let swept = self.files().blobs.sweep(before, self.used_bytes()).await;
        report(swept);
    }

    async fn used_bytes(&self) -> Option<BTreeSet<BlobId>> {
        match used(self.store()).await {
            Ok(Some(used)) => Some(used),
            Ok(None) => {
                tracing::warn!("not all records are known, so no file is removed");
                None
            }
            Err(error) => {
                tracing::warn!(%error, "files were not looked up, so none is removed");
                None
            }
        }
    }
}

fn report(removed: Result<usize, BlobError>) {
    match removed {
        Ok(0) => {}
        Ok(files) => tracing::info!(files, "files that no page has were removed"),
        Err(error) => {
            let cause: &dyn std::error::Error = &error;
            tracing::warn!(cause, "files that no page has were not removed");
        }
    }
}

/// What `check` needs to know of the files of a data directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// The page that has it.
    pub page: PageId,
    /// Names it.
    pub id: AttachmentId,
    /// Names its bytes.
    pub blob: BlobId,
    /// Their length.
    pub bytes: u64,
}

/// All files of all pages, for `check`.
pub async fn stored_files(store: &Store) -> Result<Vec<StoredFile>, ReadError> {
    let stored = |(page, file): (PageId, Attachment)| StoredFile {
        page,
        id: file.id,
        blob: file.blob,
        bytes: file.bytes,
    };
    Ok(all(store).await?.into_iter().map(stored).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_was_written_and_named_by_its_page() {
        let file = Attachment {
            id: AttachmentId::from_random(7),
            name: FileName::parse("Bericht.pdf").unwrap(),
            media_type: "application/pdf".to_owned(),
            blob: BlobId::parse(&"0f".repeat(32)).unwrap(),
            bytes: 12,
            by: PersonId::from_u128(3),
            at: Timestamp::from_millis(9),
        };
        let read = Attachment::read(file.id, VERSION, &file.write()).unwrap();
        assert_eq!(read.as_ref(), Some(&file));
        let page = PageId::from_u128(5);
        assert_eq!(parts_of(key_of(page, file.id).id()), Some((page, file.id)));
        assert_eq!(parts_of("nonsense"), None);
    }
}
