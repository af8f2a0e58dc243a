//! From a settled document to lists, links and search.
//!
//! A projection is kept in the store only after the search index has committed the page, so a kept
//! one says that both know the page as it was at that position. Whatever is older is made again.

mod make;

use std::collections::BTreeSet;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use denkraum_domain::PageId;
use denkraum_search::{IndexedPage, SearchIndex, Workers};
use denkraum_store::{self as kept, Position, ReadError};
use tokio::sync::Notify;
use tokio::time::MissedTickBehavior;

use crate::app::App;
use crate::find::{keep_texts, kept_text};
use crate::indexes::Indexes;
use crate::pages::{COLLECTION, PageRecord, Projection};

/// The least time between two commits that nobody waits for: many pages that come in at once then
/// share one, and a page that changed alone is found as quickly as before.
const COMMIT_PAUSE: Duration = Duration::from_millis(200);
/// After so long, what an index lost is put again: the disk may have room meanwhile.
const RETRY_PAUSE: Duration = Duration::from_secs(2);

/// A page on its way into the search index.
struct Made {
    page: IndexedPage,
    position: Position,
    projection: Bytes,
}

/// What waits to be committed to the search index.
struct Waiting {
    page: PageId,
    position: Position,
    projection: Bytes,
    text: Bytes,
}

/// What was put into the indexes and is not committed.
#[derive(Default)]
struct Uncommitted {
    waiting: Vec<Waiting>,
    /// Pages that were put, and that an index lost before they were committed.
    lost: BTreeSet<PageId>,
    /// How often that happened.
    losses: u64,
}

impl Uncommitted {
    /// Notes that what waits is lost, and `more` with it.
    fn lose(&mut self, more: impl IntoIterator<Item = PageId>) {
        self.losses += 1;
        self.lost.extend(more);
        let waiting = mem::take(&mut self.waiting);
        self.lost.extend(waiting.into_iter().map(|one| one.page));
    }
}

/// The search indexes and what waits to be committed to them.
pub(crate) struct Projector {
    /// None once the server has stopped.
    indexes: Mutex<Option<Indexes>>,
    /// Who answers searches.
    workers: Workers,
    uncommitted: Mutex<Uncommitted>,
    wake: Notify,
    /// Held while committing, so that whoever waits for a commit waits for one under way too.
    committing: tokio::sync::Mutex<()>,
}

impl Projector {
    pub(crate) fn new(indexes: Indexes, workers: Workers) -> Self {
        Self {
            indexes: Mutex::new(Some(indexes)),
            workers,
            uncommitted: Mutex::default(),
            wake: Notify::new(),
            committing: tokio::sync::Mutex::default(),
        }
    }

    /// Has an index asked when those who came before are answered.
    pub(crate) fn give(&self, job: impl FnOnce() + Send + 'static) {
        self.workers.give(job);
    }

    /// Looks at the indexes, or changes which they are.
    pub(crate) fn with_indexes<T>(&self, change: impl FnOnce(&mut Indexes) -> T) -> Option<T> {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        indexes.as_mut().map(change)
    }

    /// The index that answers.
    pub(crate) fn index(&self) -> Option<Arc<SearchIndex>> {
        self.with_indexes(|indexes| Arc::clone(&indexes.answering))
    }

    /// The indexes that changes are put into.
    pub(crate) fn written(&self) -> Vec<Arc<SearchIndex>> {
        self.with_indexes(|indexes| indexes.written())
            .unwrap_or_default()
    }

    /// Whether pages are missing in the index that answers.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.with_indexes(|indexes| indexes.is_incomplete())
            .unwrap_or_default()
    }

    /// Gives the indexes up, so that they can be opened again.
    pub(crate) fn close(&self) {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        *indexes = None;
    }

    fn uncommitted(&self) -> MutexGuard<'_, Uncommitted> {
        self.uncommitted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that an index lost what was put and not committed: it is put again.
    pub(crate) fn lose_uncommitted(&self) {
        self.uncommitted().lose([]);
    }

    /// Puts pages into the indexes; takes a while for each.
    fn put(&self, made: Vec<Made>) {
        let indexes = self.written();
        for Made {
            page,
            position,
            projection,
        } in made
        {
            let id = page.id;
            let losses = self.uncommitted().losses;
            let put = indexes.iter().try_for_each(|index| index.put(&page));
            let mut uncommitted = self.uncommitted();
            if let Err(error) = put {
                tracing::error!(page.id = %id, %error, "a page was not put into the search index");
                uncommitted.lose([id]);
            } else if uncommitted.losses != losses {
                // Perhaps it was put before, and went with the others.
                uncommitted.lost.insert(id);
            } else {
                uncommitted.waiting.push(Waiting {
                    page: id,
                    position,
                    projection,
                    text: kept_text(&page.sections),
                });
            }
        }
        self.wake.notify_one();
    }
}

impl App {
    /// Fills the directory from records and kept projections; makes again what is missing or old.
    pub(crate) async fn load_directory(&self) -> Result<(), ReadError> {
        for (key, stored) in self.store().scan(COLLECTION).await? {
            let Ok(page) = PageId::parse(key.id()) else {
                continue;
            };
            match PageRecord::read(stored.version, &stored.value) {
                Ok(Some(record)) => self.directory().put_record(page, record, stored.revision),
                Ok(None) => tracing::error!(page.id = %page, "the record of a page names no space"),
                Err(error) => {
                    tracing::error!(page.id = %page, %error, "the record of a page cannot be read");
                }
            }
        }
        let heads = self.store().page_heads().await?;
        let mut kept = self.store().projections().await?;
        let stamps = self.file_stamps().await?;
        for head in heads {
            let at = kept
                .binary_search_by_key(&head.page, |(page, _)| *page)
                .ok();
            let fresh = at
                .and_then(|at| kept.get_mut(at))
                .filter(|(_, kept)| kept.position >= head.last);
            let projection =
                fresh.and_then(|(_, kept)| Projection::read(&mem::take(&mut kept.bytes)));
            let entry = self.directory().get(head.page);
            match (projection, entry) {
                (Some(projection), Some(entry))
                    if projection.is_of(&entry.record, self.catalogue())
                        && projection.files == stamps.of(head.page) =>
                {
                    let changed = Some((head.changed_at, head.changed_by));
                    self.directory()
                        .put_projection(head.page, projection, changed);
                }
                (_, Some(_)) => self.project_now(head.page).await,
                // A document without record is what an interrupted creation left.
                (_, None) => {}
            }
        }
        Ok(())
    }

    /// Commits what waits to the search index, then keeps the projections, until the server stops. What an
    /// index lost is put again after a while.
    pub(crate) async fn commit_projections(self) {
        let mut pace = tokio::time::interval(COMMIT_PAUSE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let lost_some = !self.projector().uncommitted().lost.is_empty();
            tokio::select! {
                () = self.stopping().cancelled() => return,
                () = self.projector().wake.notified() => {}
                () = tokio::time::sleep(RETRY_PAUSE), if lost_some => {
                    self.put_lost_again().await;
                    continue;
                }
            }
            tokio::select! {
                () = self.stopping().cancelled() => return,
                _ = pace.tick() => {}
            }
            self.commit_waiting().await;
        }
    }

    /// Waits until search knows every page as it is now; returns how many there are.
    pub async fn flush_search(&self) -> usize {
        self.filled().await;
        self.commit_waiting().await;
        self.put_lost_again().await;
        self.directory()
            .collect(|_, entry| entry.projection.is_some().then_some(()))
            .len()
    }

    /// Puts what an index lost as it is now: one page first, the others only if that works again.
    async fn put_lost_again(&self) {
        let (first, losses) = {
            let mut uncommitted = self.projector().uncommitted();
            (uncommitted.lost.pop_first(), uncommitted.losses)
        };
        self.put_again(first).await;
        let others = {
            let mut uncommitted = self.projector().uncommitted();
            if uncommitted.losses != losses {
                return;
            }
            mem::take(&mut uncommitted.lost)
        };
        self.put_again(others).await;
    }

    async fn put_again(&self, pages: impl IntoIterator<Item = PageId>) {
        for page in pages {
            self.project_now(page).await;
        }
        self.commit_waiting().await;
    }

    pub(crate) async fn commit_waiting(&self) {
        let _committing = self.projector().committing.lock().await;
        let waiting = mem::take(&mut self.projector().uncommitted().waiting);
        if waiting.is_empty() {
            return;
        }
        let lose = || {
            let pages = waiting.iter().map(|one| one.page);
            self.projector().uncommitted().lose(pages);
        };
        // The texts first, so that every hit has its passage.
        let texts = waiting.iter().map(|one| (one.page, one.text.clone()));
        if let Err(error) = keep_texts(self.store(), texts).await {
            tracing::error!(%error, "the text of pages was not kept");
            lose();
            return;
        }
        let indexes = self.projector().written();
        let commit = move || indexes.iter().try_for_each(|index| index.commit());
        let committed = tokio::task::spawn_blocking(commit).await;
        let error: &dyn std::error::Error = match &committed {
            Ok(Ok(())) => {
                let projections = waiting.into_iter().map(|one| {
                    let (position, bytes) = (one.position, one.projection);
                    (one.page, kept::Projection { position, bytes })
                });
                let kept = self.store().put_projections(projections.collect());
                if let Err(error) = kept.await {
                    // A restart makes them again.
                    tracing::error!(%error, "projections were not kept");
                }
                return;
            }
            Ok(Err(error)) => error,
            Err(error) => error,
        };
        // Nothing is kept, so a restart makes these projections again, should the server end first.
        tracing::error!(%error, "the search index could not be committed");
        lose();
    }
}

#[cfg(test)]
mod tests {
    use denkraum_rooms::Timing;

    use super::*;

    /// What the way to the disk, the projection and the commit take beside the pauses, in milliseconds.
    const WORK: i64 = 200;

    #[test]
    fn a_change_is_found_one_second_after_the_last_key_and_three_while_typing_goes_on() {
        let Timing {
            settle,
            settle_at_most,
            ..
        } = Timing::default();
        let pause = i64::try_from(COMMIT_PAUSE.as_millis()).unwrap();
        assert!(settle + pause + WORK <= 1_000);
        assert!(settle_at_most + pause + WORK <= 3_000);
    }
}
