//! Pages that the engine failed with.
//!
//! Such a page is set aside: nobody reads or writes it, every other page goes on. What was saved
//! stays in the journal. A record says so, for the next start and for `denkraum check`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use denkraum_domain::PageId;
use denkraum_store::{Position, PutError, ReadError, RecordKey, StoredPage};
use denkraum_sync::{LoadedPage, Schema, durable_state};

use crate::guard::{self, Outcome};
use crate::marks::Recalled;
use crate::registry::Registry;
use crate::{Trial, Trials};

/// The records of pages that are set aside, by page.
pub const SET_ASIDE: &str = "set-aside";
/// The version of their values: the position as text.
pub(crate) const VERSION: u16 = 1;

/// Sets a page aside as it is now.
pub(crate) async fn set_aside(registry: &Registry, page: PageId) {
    registry.shut(page);
    let head = registry.store.page_head(page).await.ok().flatten();
    let position = head.map_or(Position::START, |head| head.last);
    tracing::error!(
        page.id = %page,
        %position,
        "a page keeps the engine busy or breaks it; it is set aside"
    );
    let Ok(key) = RecordKey::new(SET_ASIDE, page.to_string()) else {
        return;
    };
    let value = Bytes::from(position.to_string());
    let at = (registry.clock)();
    let put = registry.store.put(key, None, VERSION, value, None, at);
    match put.await {
        // Somebody else was faster, with the same.
        Ok(_) | Err(PutError::Conflict { .. }) => {}
        Err(error) => {
            let cause: &dyn std::error::Error = &error;
            tracing::error!(page.id = %page, cause, "that a page is set aside was not stored");
        }
    }
}

/// Knows again which pages were set aside before, and sets those aside that a process ended with and that
/// do not open, or that two processes ended with.
pub(crate) async fn recall(
    registry: &Registry,
    marks: &Path,
    trial: Option<Trial>,
) -> Result<(), ReadError> {
    let records = registry.store.scan(SET_ASIDE).await?;
    let pages = records
        .iter()
        .filter_map(|(key, _)| PageId::parse(key.id()).ok());
    registry.keep_aside(pages);
    match registry.marks.recall(marks) {
        Ok(Recalled { guilty, suspects }) => {
            for page in guilty {
                set_aside(registry, page).await;
            }
            let mut trials = trial.map(Trials::new);
            for page in suspects {
                let opens = match &mut trials {
                    Some(trials) => stands_trial(registry, page, trials).await?,
                    None => true,
                };
                if !opens {
                    set_aside(registry, page).await;
                }
            }
        }
        // Nothing can be marked then; everything else goes on.
        Err(error) => tracing::warn!(%error, "pages that are applied cannot be marked"),
    }
    Ok(())
}

async fn stands_trial(
    registry: &Registry,
    page: PageId,
    trials: &mut Trials,
) -> Result<bool, ReadError> {
    let stored = match registry.store.load_page(page).await {
        Ok(Some(stored)) => stored,
        // Nobody can open it; that is said elsewhere.
        Ok(None) | Err(ReadError::Damaged { .. }) => return Ok(true),
        Err(error) => return Err(error),
    };
    Ok(trials.opens(&stored).await.unwrap_or_else(|error| {
        tracing::warn!(page.id = %page, %error, "a page cannot be tried that a process ended with");
        true
    }))
}

/// Whether a stored page can be put together in time, and its document be given to `read`. It is not
/// opened by that.
pub async fn opens(
    schema: &Arc<Schema>,
    stored: StoredPage,
    within: Duration,
    read: impl FnOnce(&[u8]) + Send + 'static,
) -> bool {
    let schema = Arc::clone(schema);
    let replay = move || {
        let state = durable_state(&schema, &loaded(stored));
        state.map(|state| read(&state)).is_ok()
    };
    matches!(guard::within(within, replay).await, Outcome::Done(true))
}

/// A stored page as a room takes it.
pub(crate) fn loaded(stored: StoredPage) -> LoadedPage {
    LoadedPage {
        snapshot: stored.snapshot,
        updates: stored.updates,
        owners: stored.owners,
        upto: stored.upto.get(),
    }
}
