//! What was searched without success, as counts: never by whom.
//!
//! It is kept as a note of the store: not journalled, and lost with the view.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use denkraum_domain::{Actor, AdminPermit, Timestamp};
use denkraum_store::{ReadError, Store};
use serde::{Deserialize, Serialize};

use super::{FindError, SearchRequest};
use crate::app::App;
use crate::records::{key, write};

/// The collection of the note, and its id.
const COLLECTION: &str = "missed";
const ID: &str = "searches";
/// So many searches are kept; then the rarest and oldest one goes.
const KEPT: usize = 300;
/// Longer searches are sentences of their own and say nothing about missing words, in characters.
pub const MISSED_CHARS: usize = 80;
/// Texts with so many digits may be numbers of people or their telephones.
const DIGITS: usize = 5;

/// A search that found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedSearch {
    /// What was typed, in lower case.
    pub text: String,
    /// How often.
    pub count: u64,
    /// When last.
    pub last: Timestamp,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Count {
    count: u64,
    /// Milliseconds since 1970.
    last: i64,
}

/// What was searched without success.
pub(crate) struct Misses {
    counts: Mutex<BTreeMap<String, Count>>,
    /// Held while the note is written, so that an older state never follows a newer one.
    keeping: tokio::sync::Mutex<()>,
}

impl Misses {
    pub(crate) async fn load(store: &Store) -> Result<Self, ReadError> {
        let notes = store.notes(COLLECTION).await?;
        let note = notes.into_iter().find(|(id, _)| id == ID);
        let counts = note.and_then(|(_, bytes)| serde_json::from_slice(&bytes).ok());
        Ok(Self {
            counts: Mutex::new(counts.unwrap_or_default()),
            keeping: tokio::sync::Mutex::default(),
        })
    }

    /// Changes the counts and returns them to be kept.
    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Count>)) -> BTreeMap<String, Count> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut counts);
        counts.clone()
    }
}

impl App {
    /// Notes that a search found nothing, if that is so for all that this person may read and
    /// whatever the filters. Texts that may name a person's number or address are not kept.
    pub async fn missed(&self, actor: &Actor, text: &str) -> Result<(), FindError> {
        let Some(text) = told(text) else {
            return Ok(());
        };
        let request = SearchRequest {
            text: text.clone(),
            typing: true,
            ..SearchRequest::default()
        };
        let found = self.search(actor, request).await?;
        if found.total > 0 || found.out_of_time || found.incomplete {
            return Ok(());
        }
        let now = self.now().millis();
        self.keep_misses(|counts| {
            let count = counts.entry(text).or_insert(Count {
                count: 0,
                last: now,
            });
            count.count = count.count.saturating_add(1);
            count.last = now;
            while counts.len() > KEPT {
                let least =
                    |(text, count): (&String, &Count)| (count.count, count.last, text.clone());
                let Some((.., text)) = counts.iter().map(least).min() else {
                    break;
                };
                counts.remove(&text);
            }
        })
        .await;
        Ok(())
    }

    /// What was searched without success, most often first.
    pub fn missed_searches(&self, _permit: &AdminPermit) -> Vec<MissedSearch> {
        let counts = self.misses().change(|_| ());
        let mut missed: Vec<_> = counts
            .into_iter()
            .map(|(text, Count { count, last })| MissedSearch {
                text,
                count,
                last: Timestamp::from_millis(last),
            })
            .collect();
        missed.sort_by_key(|one| std::cmp::Reverse((one.count, one.last)));
        missed
    }

    /// Begins to count anew.
    pub async fn forget_missed(&self, _permit: &AdminPermit) {
        self.keep_misses(BTreeMap::clear).await;
    }

    async fn keep_misses(&self, change: impl FnOnce(&mut BTreeMap<String, Count>)) {
        let _keeping = self.misses().keeping.lock().await;
        let counts = self.misses().change(change);
        let note = key(COLLECTION, &ID);
        if let Err(error) = self.store().put_note(&note, write(&counts)).await {
            tracing::warn!(%error, "the searches without success were not kept");
        }
    }
}

/// The text as it is counted; none if it is too short, too long, or may tell of a person.
fn told(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let fits = letters >= 3 && text.chars().count() <= MISSED_CHARS;
    (fits && digits < DIGITS && !text.contains('@')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_tell_of_a_person_is_not_counted() {
        assert_eq!(told("  Leih  Oma "), Some("leih oma".to_owned()));
        for text in ["ab", "030 1234567", "a.b@example.org", &"x".repeat(81)] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
