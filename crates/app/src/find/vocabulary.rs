//! The synonyms and abbreviations of this installation, which administrators edit.
//!
//! They are one record, the list in the format of `data/search/README.md`. Without a record the list
//! counts that the program carries. A saved list is used by the next search.

use std::sync::{Arc, Mutex, PoisonError};

use denkraum_domain::AdminPermit;
use denkraum_search::{SearchIndex, Vocabulary};
use denkraum_store::{PutError, ReadError, Store};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::app::App;
use crate::records::{self, Known, key, write};

/// The collection of the record, and its id.
const COLLECTION: &str = "search-words";
const ID: &str = "list";
/// The version of the value below.
const VERSION: u16 = 1;
pub(crate) const KNOWN: Known = (COLLECTION, VERSION);

/// The most characters of the list.
pub const WORD_LIST_CHARS: usize = 200_000;

#[derive(Serialize, Deserialize)]
struct Stored {
    text: String,
}

/// The list as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// One group a line.
    pub text: String,
    /// Counts up with each save; 0 is the list that the program carries.
    pub revision: u64,
    /// The list that the program carries.
    pub shipped: &'static str,
    /// Lines that could not be read and are left out.
    pub unread: Vec<UnreadLine>,
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

/// Why a list was not saved.
#[derive(Debug, Error)]
pub enum WordsError {
    /// It is too long.
    #[error("the list has more than {WORD_LIST_CHARS} characters")]
    TooLong,
    /// Somebody else saved another one since it was read.
    #[error("the list was changed meanwhile, to revision {now}")]
    Changed {
        /// The revision now.
        now: u64,
    },
    /// The record was not stored.
    #[error("the list was not stored")]
    Store(#[source] PutError),
}

/// The list in use.
pub(crate) struct Words {
    /// None while the list that the program carries is in use.
    own: Mutex<Option<(u64, Arc<str>)>>,
    /// Held while saving, so that the index takes lists in the order of their revisions.
    saving: tokio::sync::Mutex<()>,
}

impl Words {
    /// Reads the list, if there is an own one, and gives it to the index.
    pub(crate) async fn load(store: &Store, index: &SearchIndex) -> Result<Self, ReadError> {
        let record = store.get(&key(COLLECTION, &ID)).await?;
        let read: Option<(u64, Arc<str>)> = record.and_then(|record| {
            let stored: Result<Stored, _> = records::read(VERSION, record.version, &record.value);
            match stored {
                Ok(stored) => Some((record.revision, Arc::from(stored.text))),
                Err(error) => {
                    tracing::error!(%error, "the words of the search cannot be read");
                    None
                }
            }
        });
        if let Some((_, text)) = &read {
            index.set_vocabulary(Vocabulary::parse(text).0);
        }
        Ok(Self {
            own: Mutex::new(read),
            saving: tokio::sync::Mutex::default(),
        })
    }

    fn own(&self) -> Option<(u64, Arc<str>)> {
        let own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        own.clone()
    }
}

impl App {
    /// The list in use.
    pub fn word_list(&self, _permit: &AdminPermit) -> WordList {
        let (revision, text) = match self.words().own() {
            Some((revision, text)) => (revision, text.to_string()),
            None => (0, Vocabulary::SHIPPED.to_owned()),
        };
        word_list(text, revision).0
    }

    /// Saves a list in place of the one of `revision`; the next search uses it. Lines that cannot be
    /// read are kept, left out, and named.
    pub async fn save_word_list(
        &self,
        permit: &AdminPermit,
        text: String,
        revision: u64,
    ) -> Result<WordList, WordsError> {
        if text.chars().count() > WORD_LIST_CHARS {
            return Err(WordsError::TooLong);
        }
        let words = self.words();
        let _saving = words.saving.lock().await;
        let now = words.own().map_or(0, |(revision, _)| revision);
        if now != revision {
            return Err(WordsError::Changed { now });
        }
        let value = write(&Stored { text: text.clone() });
        let expected = (now > 0).then_some(now);
        let by = Some(*permit.person());
        let put = self
            .store()
            .put(
                key(COLLECTION, &ID),
                expected,
                VERSION,
                value,
                by,
                self.now(),
            )
            .await;
        let revision = put.map_err(WordsError::Store)?;
        {
            let mut own = words.own.lock().unwrap_or_else(PoisonError::into_inner);
            *own = Some((revision, Arc::from(text.as_str())));
        }
        let (list, vocabulary) = word_list(text, revision);
        if let Some(index) = self.projector().index() {
            index.set_vocabulary(vocabulary);
        }
        Ok(list)
    }
}

fn word_list(text: String, revision: u64) -> (WordList, Vocabulary) {
    let (vocabulary, errors) = Vocabulary::parse(&text);
    let unread = errors.iter().map(|error| UnreadLine {
        line: error.line(),
        text: text
            .lines()
            .nth(error.line().saturating_sub(1))
            .unwrap_or_default()
            .to_owned(),
    });
    let unread = unread.collect();
    let list = WordList {
        text,
        revision,
        shipped: Vocabulary::SHIPPED,
        unread,
    };
    (list, vocabulary)
}
