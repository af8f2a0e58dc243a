//! Titles that pages had before, by which people still look for them.
//!
//! A title is remembered when another one takes its place after it stood for a while: what stood
//! there while somebody was typing is no title that anybody knows the page by.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use denkraum_content::title_or_placeholder;
use denkraum_domain::{PageId, Timestamp};
use denkraum_store::{PutError, ReadError, Store};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::records::{self, Known, key, write};

/// The collection of the records.
const COLLECTION: &str = "former-titles";
/// The version of the value below.
const VERSION: u16 = 1;
pub(crate) const KNOWN: Known = (COLLECTION, VERSION);
/// So many are remembered of a page, the newest ones.
const KEPT: usize = 8;
/// A title that stood so long may be known to others, in milliseconds: ten minutes.
const KNOWN_AFTER: i64 = 10 * 60 * 1000;

#[derive(Serialize, Deserialize)]
struct Stored {
    titles: Vec<String>,
}

/// The former titles of all pages that have some.
pub(crate) struct FormerTitles(RwLock<HashMap<PageId, (u64, Vec<String>)>>);

impl FormerTitles {
    pub(crate) async fn load(store: &Store) -> Result<Self, ReadError> {
        let mut pages = HashMap::new();
        for (key, record) in store.scan(COLLECTION).await? {
            let Ok(page) = PageId::parse(key.id()) else {
                continue;
            };
            let stored: Result<Stored, _> = records::read(VERSION, record.version, &record.value);
            match stored {
                Ok(stored) => {
                    pages.insert(page, (record.revision, stored.titles));
                }
                Err(error) => {
                    tracing::error!(page.id = %page, %error, "former titles cannot be read");
                }
            }
        }
        Ok(Self(RwLock::new(pages)))
    }

    fn of(&self, page: PageId) -> Option<(u64, Vec<String>)> {
        let pages = self.0.read().unwrap_or_else(PoisonError::into_inner);
        pages.get(&page).cloned()
    }
}

/// A title and since when it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Titled<'a> {
    pub(crate) title: &'a str,
    pub(crate) since: Timestamp,
}

impl Titled<'_> {
    /// Whether others may know the page by it when it goes at `now`.
    fn is_known(&self, now: Timestamp) -> bool {
        let stood = now.millis().saturating_sub(self.since.millis());
        stood >= KNOWN_AFTER && self.title != title_or_placeholder("")
    }
}

impl App {
    /// The titles that the page had before, without the one it has.
    pub(crate) fn former_titles(&self, page: PageId, title: &str) -> Vec<String> {
        let known = self.former().of(page);
        let mut titles = known.map(|(_, titles)| titles).unwrap_or_default();
        titles.retain(|former| former != title);
        titles
    }

    /// Another title has taken the place of `before`.
    pub(crate) async fn retitled(&self, page: PageId, before: Titled<'_>, now: Timestamp) {
        if !before.is_known(now) {
            return;
        }
        if let Err(error) = self.remember_title(page, before.title, now).await {
            // The page is found by its new title all the same.
            tracing::warn!(page.id = %page, %error, "a former title was not kept");
        }
    }

    async fn remember_title(
        &self,
        page: PageId,
        title: &str,
        now: Timestamp,
    ) -> Result<(), PutError> {
        let known = self.former().of(page);
        let expected = known.as_ref().map(|(revision, _)| *revision);
        let mut titles = known.map(|(_, titles)| titles).unwrap_or_default();
        titles.retain(|former| former != title);
        titles.push(title.to_owned());
        let surplus = titles.len().saturating_sub(KEPT);
        titles.drain(..surplus);
        let value = write(&Stored {
            titles: titles.clone(),
        });
        let record = key(COLLECTION, &page);
        let put = self
            .store()
            .put(record, expected, VERSION, value, None, now);
        let revision = put.await?;
        let mut pages = self
            .former()
            .0
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        pages.insert(page, (revision, titles));
        Ok(())
    }
}
