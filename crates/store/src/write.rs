//! The commit path of records: look at the revision, journal, wait until it shows. [V-10]

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use denkraum_domain::{PersonId, Timestamp};
use denkraum_journal::{Body, Entry, RecordKey, Subject};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::PutError;
use crate::inner::Inner;
use crate::record::Stored;

/// How many locks there are. Two records may share one; then they are written one after the other.
const LOCKS: usize = 64;

/// Keeps two writes of the same record apart.
pub(crate) struct Locks(Vec<Arc<Mutex<()>>>);

impl Default for Locks {
    fn default() -> Self {
        Self((0..LOCKS).map(|_| Arc::default()).collect())
    }
}

impl Locks {
    async fn lock(&self, key: &RecordKey) -> Option<OwnedMutexGuard<()>> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let number = usize::try_from(hasher.finish() % LOCKS as u64).ok()?;
        Some(Arc::clone(self.0.get(number)?).lock_owned().await)
    }
}

impl Inner {
    /// Journals a record's next state if it is at the expected revision.
    pub(crate) async fn write(
        &self,
        key: RecordKey,
        expected: Option<u64>,
        by: Option<PersonId>,
        at: Timestamp,
        body: impl FnOnce(u64) -> Body,
    ) -> Result<u64, PutError> {
        let _guard = self.locks.lock(&key).await;
        let stored = self.record(&key).await;
        let stored = stored.map_err(|err| PutError::Read {
            key: key.clone(),
            err,
        })?;
        let last = stored.as_ref().map_or(0, Stored::revision);
        let current = stored
            .and_then(Stored::into_record)
            .map(|record| record.revision);
        if current != expected {
            return Err(PutError::Conflict { key, current });
        }
        let revision = last.saturating_add(1);
        let subject = Subject::Record(key.clone());
        let entry = Entry {
            at,
            by,
            subject,
            body: body(revision),
        };
        let journalled = self.journal.append(entry).await;
        let position = journalled.map_err(|err| PutError::Journal {
            key: key.clone(),
            err,
        })?;
        match self.shared.applied(position).await {
            Ok(_) => Ok(revision),
            Err(err) => Err(PutError::NotShown { key, err }),
        }
    }
}
