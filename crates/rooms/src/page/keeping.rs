//! Keeping text that was lost, before anything lets go of it.

use denkraum_domain::PersonId;
use denkraum_store::{PutError, ReadError};
use denkraum_sync::{Input, ReplayError, lost_texts};
use thiserror::Error;
use tokio::task::JoinError;

use super::PageTask;
use crate::{aside, kept};

/// Of whom something new is kept, and how much there is of theirs.
pub(super) type Outcome = Result<Vec<(PersonId, u64)>, KeepError>;

/// Why lost text could not be kept. It is still in the journal.
#[derive(Debug, Error)]
pub(super) enum KeepError {
    #[error("the page could not be loaded")]
    Load(#[source] ReadError),
    #[error("what is stored of the page cannot be read")]
    Replay(#[source] ReplayError),
    #[error("looking for it was interrupted")]
    Interrupted(#[source] JoinError),
    #[error("it could not be stored")]
    Put(#[source] PutError),
}

impl PageTask {
    /// Looks through what is stored of the page, away from everybody who is writing.
    pub(super) fn keep_next(&mut self) {
        if self.keeping.is_some() || !std::mem::take(&mut self.keeps_again) {
            return;
        }
        let (store, page, at) = (self.registry.store.clone(), self.page, self.now());
        let schema = self.registry.room.schema.clone();
        self.keeping = Some(Box::pin(async move {
            let Some(stored) = store.load_page(page).await.map_err(KeepError::Load)? else {
                return Ok(Vec::new());
            };
            let stored = aside::loaded(stored);
            let found = tokio::task::spawn_blocking(move || lost_texts(&schema, &stored)).await;
            let found = found.map_err(KeepError::Interrupted)?;
            let lost = found.map_err(KeepError::Replay)?;
            if lost.is_empty() {
                return Ok(Vec::new());
            }
            kept::keep(&store, page, lost, at)
                .await
                .map_err(KeepError::Put)
        }));
    }

    pub(super) fn kept(&mut self, outcome: Outcome) {
        match outcome {
            Ok(people) => {
                if !people.is_empty() {
                    let count = people.len();
                    tracing::info!(page.id = %self.page, count, "lost text of people is kept");
                    self.give(Input::Kept { people });
                }
                self.keep_next();
            }
            Err(err) => {
                let cause: &dyn std::error::Error = &err;
                tracing::warn!(page.id = %self.page, cause, "lost text could not be kept");
                // Tried again before the next compaction, or when the page is next opened.
                self.keeps_again = true;
                self.next_compaction = None;
            }
        }
        self.compact_next();
    }
}
