//! Records: one writer at a time, revisions that only grow.

use bytes::Bytes;
use denkraum_store::{PutError, RecordKey};
use rand::RngExt;

use super::Storage;
use crate::rules::{equal, holds};
use crate::shelf::Fold;

impl Storage {
    pub(super) fn record(&mut self) {
        let key = RecordKey::new("people", ["jana", "mehmet"][self.rng.random_range(0..2)]);
        let key = key.unwrap();
        let known = Fold::of(&self.shelf.known).records.remove(&key);
        let (revision, value) = known.map_or((0, None), |(revision, value, _)| (revision, value));
        let is_there = value.is_some();
        let expected = is_there.then_some(revision);
        let wrong = if self.rng.random_range(0..4) == 0 {
            Some(revision + 1)
        } else {
            None
        };
        let at = self.shelf.now();
        self.count += 1;
        let value = Bytes::from(format!("value {}", self.count).into_bytes());
        let deletes = is_there && self.rng.random_range(0..3) == 0;
        let store = &self.shelf.store;
        let written = if deletes {
            let expected = wrong.or(expected).unwrap_or_default();
            self.shelf
                .run(store.delete(key.clone(), expected, None, at))
        } else {
            let put = store.put(key.clone(), wrong.or(expected), 1, value.clone(), None, at);
            self.shelf.run(put)
        };
        let read = self.shelf.run(self.shelf.store.get(&key)).unwrap();
        self.shelf.follow();
        let Ok(new) = written else {
            let is_conflict = matches!(written, Err(PutError::Conflict { .. }));
            holds("V-10", wrong.is_some() && is_conflict, || {
                format!("{written:?}")
            });
            equal("V-10", &read.is_some(), &is_there, || {
                "a refused write changed it".to_owned()
            });
            return;
        };
        holds("V-10", wrong.is_none(), || {
            format!("written at revision {wrong:?} of {revision}")
        });
        holds("V-10", new > revision, || {
            format!("revision {new} after {revision}")
        });
        let found = read.map(|record| (record.revision, record.value));
        let expected = (!deletes).then_some((new, value));
        equal("V-11", &found, &expected, || {
            "right after a write".to_owned()
        });
    }
}
