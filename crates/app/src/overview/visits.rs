//! When each person last looked at the start page, so that it can say what is new.
//!
//! It is kept as notes of the store: not journalled, and lost with the view. Then everybody is
//! greeted as at their first visit.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use denkraum_domain::{PersonId, Timestamp};
use denkraum_store::{ReadError, Store};
use serde::{Deserialize, Serialize};

use crate::records::{key, write};

/// The collection of the notes.
const COLLECTION: &str = "seen";

/// A look after so many milliseconds without one begins another visit: two hours.
const PAUSE: i64 = 2 * 60 * 60 * 1000;

/// The visits of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Visit {
    /// When they last looked, in milliseconds since 1970.
    last: i64,
    /// What came after this is new to them; `None` at the first visit.
    since: Option<i64>,
}

/// The visits of everybody.
pub(crate) struct Visits {
    store: Store,
    people: Mutex<HashMap<PersonId, Visit>>,
}

impl Visits {
    pub(crate) async fn load(store: Store) -> Result<Self, ReadError> {
        let read = |(id, bytes): (String, Bytes)| {
            let visit = serde_json::from_slice(&bytes).ok()?;
            Some((PersonId::parse(&id).ok()?, visit))
        };
        let notes = store.notes(COLLECTION).await?;
        let people = Mutex::new(notes.into_iter().filter_map(read).collect());
        Ok(Self { store, people })
    }

    /// The person looks now: since when is what they see new to them?
    pub(crate) async fn look(&self, person: PersonId, now: Timestamp) -> Option<Timestamp> {
        let now = now.millis();
        let next = |known: Option<Visit>| match known {
            None => Visit {
                last: now,
                since: None,
            },
            Some(Visit { last, .. }) if now.saturating_sub(last) >= PAUSE => Visit {
                last: now,
                since: Some(last),
            },
            Some(visit) => Visit { last: now, ..visit },
        };
        let visit = self.change(person, next).await;
        visit.since.map(Timestamp::from_millis)
    }

    /// The person has seen everything that is there now.
    pub(crate) async fn all_seen(&self, person: PersonId, now: Timestamp) {
        let now = now.millis();
        self.change(person, |_| Visit {
            last: now,
            since: Some(now),
        })
        .await;
    }

    async fn change(&self, person: PersonId, next: impl FnOnce(Option<Visit>) -> Visit) -> Visit {
        let visit = {
            let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
            let visit = next(people.get(&person).copied());
            people.insert(person, visit);
            visit
        };
        let key = key(COLLECTION, &person);
        if let Err(error) = self.store.put_note(&key, write(&visit)).await {
            // What is new is a service, not a promise: the start page is shown all the same.
            tracing::warn!(person.id = %person, %error, "the time of a visit was not kept");
        }
        visit
    }
}
