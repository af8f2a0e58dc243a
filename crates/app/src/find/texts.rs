//! The text of the pages, for the passages that search shows.
//!
//! It is kept as notes of the store, beside the projections and made with them. The index itself holds
//! no text.

use bytes::Bytes;
use denkraum_domain::PageId;
use denkraum_search::{Section, Texts};
use denkraum_store::{ReadError, Store};
use tokio::runtime::Handle;

use crate::records::{key, write};

/// The collection of the notes.
const COLLECTION: &str = "page-texts";

/// What the id of the element begins with in which the screen of a page shows a field; its name follows.
pub(crate) const FIELD_ID: &str = "feld-";
/// The id of the element in which the screen of a page shows its files.
pub(crate) const FILES_ID: &str = "anhaenge";

/// A section as it is kept: heading, text, id.
type Kept<T> = (Option<T>, T, Option<T>);

/// A page's text as it is kept.
pub(crate) fn kept(sections: &[Section]) -> Bytes {
    fn kept(Section { heading, text, id }: &Section) -> Kept<&str> {
        (heading.as_deref(), text, id.as_deref())
    }
    write(&sections.iter().map(kept).collect::<Vec<_>>())
}

/// Keeps the text of pages.
pub(crate) async fn keep(
    store: &Store,
    texts: impl Iterator<Item = (PageId, Bytes)>,
) -> Result<(), ReadError> {
    let notes = texts.map(|(page, text)| (key(COLLECTION, &page), text));
    store.put_notes(notes.collect()).await
}

/// The text of pages; none of those that nothing, or nothing that can be read, is kept of.
pub(crate) async fn texts(
    store: &Store,
    pages: &[PageId],
) -> Result<Vec<Option<Vec<Section>>>, ReadError> {
    let keys: Vec<_> = pages.iter().map(|page| key(COLLECTION, page)).collect();
    let notes = store.notes_of(&keys).await?;
    Ok(notes.into_iter().map(|note| read(&note?)).collect())
}

fn read(bytes: &[u8]) -> Option<Vec<Section>> {
    let kept: Vec<Kept<String>> = serde_json::from_slice(bytes).ok()?;
    let section = |(heading, text, id)| Section { heading, text, id };
    Some(kept.into_iter().map(section).collect())
}

/// The texts for a search, which waits for them on a thread of its own.
pub(crate) struct StoreTexts {
    pub(crate) store: Store,
    pub(crate) runtime: Handle,
}

impl Texts for StoreTexts {
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>> {
        match self.runtime.block_on(texts(&self.store, pages)) {
            Ok(found) => found.into_iter().map(Option::unwrap_or_default).collect(),
            Err(error) => {
                // The hits are right without their passages.
                tracing::warn!(%error, "the text of pages could not be read");
                vec![Vec::new(); pages.len()]
            }
        }
    }
}
