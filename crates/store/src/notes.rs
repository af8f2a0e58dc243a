//! Notes: small things that are worth keeping over a restart but not worth a place in the journal.
//!
//! They stand in the view alone. A view that is made again has none, and whoever keeps notes must
//! be able to go on without.

use bytes::Bytes;
use denkraum_journal::{Position, RecordKey};

use crate::keys;
use crate::value::{self, Digest};
use crate::view::View;
use crate::{ReadError, Store};

impl Store {
    /// Keeps a note in place of the one with the same key. It is not journalled: it is lost with
    /// the view.
    pub async fn put_note(&self, key: &RecordKey, bytes: Bytes) -> Result<(), ReadError> {
        self.put_notes(vec![(key.clone(), bytes)]).await
    }

    /// As [`Store::put_note`], several at once.
    pub async fn put_notes(&self, notes: Vec<(RecordKey, Bytes)>) -> Result<(), ReadError> {
        let put = move |view: &View| {
            view.change(|changes| {
                for (key, bytes) in &notes {
                    let (key, none) = (keys::note(key), &mut Digest::default());
                    value::write(changes, none, &key, Position::START, bytes)?;
                }
                Ok(())
            })
        };
        self.inner.ask(std::sync::Arc::new(put)).await
    }

    /// The notes with these keys, in their order; none for one that there is not.
    pub async fn notes_of(&self, keys: &[RecordKey]) -> Result<Vec<Option<Bytes>>, ReadError> {
        let keys: Vec<Vec<u8>> = keys.iter().map(keys::note).collect();
        let read = move |view: &View| {
            let read = |key: &Vec<u8>| {
                let found = value::read(view, key)?;
                Ok(found.map(|value| Bytes::from(value.bytes)))
            };
            keys.iter().map(read).collect()
        };
        self.inner.read(read).await
    }

    /// All notes of a collection, with their ids, sorted by id.
    pub async fn notes(&self, collection: &str) -> Result<Vec<(String, Bytes)>, ReadError> {
        let prefix = keys::notes(collection);
        let found = self
            .inner
            .read(move |view| value::scan(view, &prefix))
            .await?;
        let named = |(key, value): (Vec<u8>, value::Value)| {
            let key = keys::record_of(&key)?;
            Some((key.id().to_owned(), Bytes::from(value.bytes)))
        };
        Ok(found.into_iter().filter_map(named).collect())
    }
}
