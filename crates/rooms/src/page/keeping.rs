//! Keeping text that was lost, before anything lets go of it.

use std::sync::Arc;

use denkraum_domain::PersonId;
use denkraum_store::ReadError;
use denkraum_sync::{Input, ReplayError, lost_texts};
use thiserror::Error;

use super::PageTask;
use crate::guard::{self, Outcome as Guarded};
use crate::{KeptError, aside, kept};

/// Of whom something new is kept, and how much there is of theirs.
pub(super) type Outcome = Result<Vec<(PersonId, u64)>, KeepError>;

/// Why lost text could not be kept. It is still in the journal.
#[derive(Debug, Error)]
pub(super) enum KeepError {
    #[error("the page could not be loaded")]
    Load(#[source] ReadError),
    #[error("what is stored of the page cannot be read")]
    Replay(#[source] ReplayError),
    /// It took too long, or it panicked.
    #[error("looking for it failed")]
    Failed,
    #[error("there is no thread to look for it")]
    NotTried,
    #[error("it could not be put with what is kept")]
    Put(#[source] KeptError),
}

impl PageTask {
    /// Looks through what is stored of the page, away from everybody who is writing.
    pub(super) fn keep_next(&mut self) {
        if self.keeping.is_some() || !std::mem::take(&mut self.keeps_again) {
            return;
        }
        let (store, page, at) = (self.registry.store.clone(), self.page, self.now());
        let registry = Arc::clone(&self.registry);
        self.keeping = Some(Box::pin(async move {
            let Some(stored) = store.load_page(page).await.map_err(KeepError::Load)? else {
                return Ok(Vec::new());
            };
            let stored = aside::loaded(stored);
            let limit = registry.config.apply_within;
            let look = move || {
                let _mark = registry.marks.begin(page);
                lost_texts(&registry.room.schema, &stored)
            };
            let lost = match guard::within(limit, look).await {
                Guarded::Done(found) => found.map_err(KeepError::Replay)?,
                Guarded::Failed => return Err(KeepError::Failed),
                Guarded::NotTried => return Err(KeepError::NotTried),
            };
            if lost.is_empty() {
                return Ok(Vec::new());
            }
            kept::keep(&store, page, lost, at)
                .await
                .map_err(KeepError::Put)
        }));
    }

    pub(super) async fn kept(&mut self, outcome: Outcome) {
        match outcome {
            Ok(people) => {
                if !people.is_empty() {
                    let count = people.len();
                    tracing::info!(page.id = %self.page, count, "lost text of people is kept");
                    self.give(Input::Kept { people });
                }
                self.keep_next();
            }
            Err(KeepError::Failed) => return self.set_aside().await,
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
