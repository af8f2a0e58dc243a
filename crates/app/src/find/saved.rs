//! Searches that people save to see what is new in them.
//!
//! Each person has one record with all of theirs. Nobody else sees them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use denkraum_domain::{Actor, PageId, PersonId, Timestamp, permit_read};
use denkraum_search::{Asking, Query, SearchError, Section, Texts};
use denkraum_store::{PutError, ReadError, Store};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{FindError, SearchOrder, SearchRequest};
use crate::app::App;
use crate::records::{self, Known, key, write};

/// The collection of the records.
const COLLECTION: &str = "saved-searches";
/// The version of the value below.
const VERSION: u16 = 1;
pub(crate) const KNOWN: Known = (COLLECTION, VERSION);

/// The most searches of one person.
pub const SAVED_SEARCHES: usize = 40;
/// More new pages are not counted one by one.
const NEWS: usize = 100;

/// A saved search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// What it is named by in addresses.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// What is asked, as the parameters of the search's address.
    pub query: String,
    /// When the person last looked at what it finds, in milliseconds since 1970.
    pub seen: i64,
}

/// For searches of which no passage is shown.
struct NoTexts;

impl Texts for NoTexts {
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>> {
        vec![Vec::new(); pages.len()]
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    searches: Vec<SavedSearch>,
}

/// Why a search was not saved or forgotten.
#[derive(Debug, Error)]
pub enum SaveSearchError {
    /// There is no such search of this person.
    #[error("there is no saved search {0}")]
    Unknown(String),
    /// The person has saved as many as one may.
    #[error("a person saves at most {SAVED_SEARCHES} searches")]
    TooMany,
    /// The record was not stored.
    #[error("the searches were not stored")]
    Store(#[source] PutError),
}

/// The saved searches of everybody.
pub(crate) struct SavedSearches {
    people: Mutex<HashMap<PersonId, (u64, Vec<SavedSearch>)>>,
    changing: tokio::sync::Mutex<()>,
}

impl SavedSearches {
    pub(crate) async fn load(store: &Store) -> Result<Self, ReadError> {
        let mut people = HashMap::new();
        for (key, record) in store.scan(COLLECTION).await? {
            let Ok(person) = PersonId::parse(key.id()) else {
                continue;
            };
            let stored: Result<Stored, _> = records::read(VERSION, record.version, &record.value);
            match stored {
                Ok(stored) => {
                    people.insert(person, (record.revision, stored.searches));
                }
                Err(error) => {
                    tracing::error!(person.id = %person, %error, "saved searches cannot be read");
                }
            }
        }
        Ok(Self {
            people: Mutex::new(people),
            changing: tokio::sync::Mutex::default(),
        })
    }

    fn of(&self, person: PersonId) -> Option<(u64, Vec<SavedSearch>)> {
        let people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        people.get(&person).cloned()
    }
}

impl App {
    /// The searches that the person saved, newest last.
    pub fn saved_searches(&self, actor: &Actor) -> Vec<SavedSearch> {
        let saved = self.saved().of(actor.person);
        saved.map(|(_, searches)| searches).unwrap_or_default()
    }

    /// Saves a search; what it finds now counts as seen. One with the same question is replaced.
    pub async fn save_search(
        &self,
        actor: &Actor,
        name: String,
        query: String,
    ) -> Result<SavedSearch, SaveSearchError> {
        let new = SavedSearch {
            id: self.environment().item_id(),
            name,
            query,
            seen: self.now().millis(),
        };
        let saved = new.clone();
        self.change_saved(actor, move |searches| {
            searches.retain(|one| one.query != new.query);
            if searches.len() >= SAVED_SEARCHES {
                return Err(SaveSearchError::TooMany);
            }
            searches.push(new);
            Ok(())
        })
        .await?;
        Ok(saved)
    }

    /// What the search finds now is no longer new to the person.
    pub async fn saw_search(&self, actor: &Actor, id: &str) -> Result<(), SaveSearchError> {
        let now = self.now().millis();
        self.change_saved(actor, |searches| {
            let found = searches.iter_mut().find(|one| one.id == id);
            let one = found.ok_or_else(|| SaveSearchError::Unknown(id.to_owned()))?;
            one.seen = now;
            Ok(())
        })
        .await
    }

    /// Forgets a saved search.
    pub async fn forget_search(&self, actor: &Actor, id: &str) -> Result<(), SaveSearchError> {
        self.change_saved(actor, |searches| {
            let before = searches.len();
            searches.retain(|one| one.id != id);
            if searches.len() == before {
                return Err(SaveSearchError::Unknown(id.to_owned()));
            }
            Ok(())
        })
        .await
    }

    /// For each search, how many pages that it finds were made or changed by others since then; 100
    /// means that or more. All of them get the time of one answer, and no passages.
    pub async fn news_of_searches(
        &self,
        actor: &Actor,
        searches: Vec<(SearchRequest, Timestamp)>,
    ) -> Result<Vec<usize>, FindError> {
        if searches.is_empty() {
            return Ok(Vec::new());
        }
        let reader = self.reader(actor);
        let (newest, since): (Vec<Query>, Vec<Timestamp>) = searches
            .into_iter()
            .map(|(request, since)| {
                let newest = SearchRequest {
                    order: SearchOrder::Changed,
                    limit: NEWS,
                    offset: 0,
                    ..request
                };
                (self.query(newest), since)
            })
            .unzip();
        let found = self.ask_index(move |index, given| {
            let asking = Asking {
                reader: &reader,
                texts: &NoTexts,
                budget: &given.budget,
            };
            let found = newest.iter().map(|query| {
                let hits = index.search(query, asking)?.hits.into_iter();
                Ok(hits.map(|hit| hit.id).collect::<Vec<PageId>>())
            });
            found.collect::<Result<Vec<_>, SearchError>>()
        });
        let news = found.await?.into_iter().zip(since).map(|(pages, since)| {
            let is_new = |page: &PageId| self.is_news(actor, *page, since);
            pages.iter().filter(|page| is_new(page)).count()
        });
        Ok(news.collect())
    }

    /// Whether somebody else made or changed a page since then that the reader may read now.
    fn is_news(&self, actor: &Actor, page: PageId, since: Timestamp) -> bool {
        let facts = self.facts(page).filter(|facts| !facts.archived);
        let may_read = facts.is_some_and(|facts| permit_read(&facts, actor).is_ok());
        let entry = self.directory().get(page).filter(|_| may_read);
        entry
            .is_some_and(|entry| entry.changed_at > since && entry.changed_by != Some(actor.person))
    }

    async fn change_saved(
        &self,
        actor: &Actor,
        change: impl FnOnce(&mut Vec<SavedSearch>) -> Result<(), SaveSearchError>,
    ) -> Result<(), SaveSearchError> {
        let _changing = self.saved().changing.lock().await;
        let known = self.saved().of(actor.person);
        let expected = known.as_ref().map(|(revision, _)| *revision);
        let mut searches = known.map(|(_, searches)| searches).unwrap_or_default();
        change(&mut searches)?;
        let value = write(&Stored {
            searches: searches.clone(),
        });
        let record = key(COLLECTION, &actor.person);
        let by = Some(actor.person);
        let put = self
            .store()
            .put(record, expected, VERSION, value, by, self.now())
            .await;
        let revision = put.map_err(SaveSearchError::Store)?;
        let saved = self.saved();
        let mut people = saved.people.lock().unwrap_or_else(PoisonError::into_inner);
        people.insert(actor.person, (revision, searches));
        Ok(())
    }
}
