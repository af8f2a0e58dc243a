//! The search index that answers, and one that is being filled beside it.
//!
//! A missing, damaged or old index never stops the server. An old one answers until the new one holds
//! every page and is durable; where there is none of use, the new one answers with what it holds so far,
//! and answers say so.

use std::path::PathBuf;
use std::sync::Arc;

use denkraum_domain::PageId;
use denkraum_search::{IndexError, IndexedPage, Opened, SearchConfig, SearchIndex};
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc};

use crate::app::App;
use crate::find::texts;

/// So many pages are read at a time.
const CHUNK: usize = 64;
/// After so many pages they are found where nothing else answers.
const ROUND: usize = 5_000;

/// The search indexes.
pub(crate) struct Indexes {
    /// The one that answers.
    pub(crate) answering: Arc<SearchIndex>,
    /// One that does not hold every page yet; perhaps the same.
    filling: Option<Arc<SearchIndex>>,
    dir: PathBuf,
    /// Held while one is being filled.
    filled: Arc<Mutex<()>>,
    /// An index that broke is made anew once; what breaks again breaks for another reason.
    made_anew: bool,
}

impl Indexes {
    pub(crate) fn new(opened: Opened, dir: PathBuf) -> Self {
        let Opened {
            index,
            is_whole,
            old,
        } = opened;
        let index = Arc::new(index);
        Self {
            answering: old.map_or_else(|| Arc::clone(&index), Arc::new),
            filling: (!is_whole).then_some(index),
            dir,
            filled: Arc::default(),
            made_anew: false,
        }
    }

    /// Those that changes are put into.
    pub(crate) fn written(&self) -> Vec<Arc<SearchIndex>> {
        let mut written = vec![Arc::clone(&self.answering)];
        if !self.is_incomplete() {
            written.extend(self.filling.clone());
        }
        written
    }

    /// Gives up one that could not be filled, so that changes go on being put into the one that answers.
    /// The next start tries again.
    fn give_up(&mut self) {
        if !self.is_incomplete() {
            self.filling = None;
        }
    }

    /// Whether pages are missing in the one that answers.
    pub(crate) fn is_incomplete(&self) -> bool {
        let filling = self.filling.as_ref();
        filling.is_some_and(|filling| Arc::ptr_eq(filling, &self.answering))
    }
}

/// An index to be filled, and what is held until it is.
type Filling = (Arc<SearchIndex>, OwnedMutexGuard<()>);

impl App {
    /// Fills an index that was opened without all pages, beside everything else.
    pub(crate) fn fill_search(&self) {
        let filling = self.projector().with_indexes(|indexes| {
            let filled = Arc::clone(&indexes.filled).try_lock_owned().ok()?;
            Some((indexes.filling.clone()?, filled))
        });
        if let Some(filling) = filling.flatten() {
            self.tasks().spawn(self.clone().fill(filling));
        }
    }

    /// Makes an index anew beside the one that does not answer.
    pub(crate) fn build_search_anew(&self) {
        let begun = self.projector().with_indexes(|indexes| {
            if indexes.filling.is_some() || indexes.made_anew {
                return false;
            }
            indexes.made_anew = true;
            match SearchIndex::create(&indexes.dir, SearchConfig::default()) {
                Ok(index) => {
                    index.set_vocabulary(self.words().vocabulary());
                    indexes.filling = Some(Arc::new(index));
                    true
                }
                Err(error) => {
                    tracing::error!(%error, "the search index could not be built anew");
                    false
                }
            }
        });
        if begun.unwrap_or_default() {
            self.fill_search();
        }
    }

    /// Waits until no index is being filled.
    pub(crate) async fn filled(&self) {
        let filled = self
            .projector()
            .with_indexes(|indexes| Arc::clone(&indexes.filled));
        if let Some(filled) = filled {
            drop(filled.lock().await);
        }
    }

    async fn fill(self, (index, _until_filled): Filling) {
        let pages = self
            .directory()
            .collect(|page, entry| entry.projection.is_some().then_some(page));
        for round in pages.chunks(ROUND) {
            if let Err(error) = self.fill_with(&index, round).await {
                tracing::error!(%error, "the search index could not be filled; the next start tries again");
                self.give_up_filling();
                return;
            }
            if self.stopping().is_cancelled() {
                return;
            }
        }
        let finished = Arc::clone(&index);
        let finished = tokio::task::spawn_blocking(move || finished.finish()).await;
        match finished {
            Ok(Ok(())) => {
                self.projector().with_indexes(|indexes| {
                    indexes.answering = index;
                    indexes.filling = None;
                });
                tracing::info!(pages = pages.len(), "the search index was built anew");
                return;
            }
            Ok(Err(error)) => tracing::error!(%error, "the search index could not be finished"),
            Err(error) => tracing::error!(%error, "finishing the search index panicked"),
        }
        self.give_up_filling();
    }

    fn give_up_filling(&self) {
        // The pages that changed meanwhile went with the others.
        self.projector().lose_uncommitted();
        self.projector().with_indexes(Indexes::give_up);
    }

    /// Puts pages in that were not put in meanwhile; they are found afterwards.
    async fn fill_with(
        &self,
        index: &Arc<SearchIndex>,
        pages: &[PageId],
    ) -> Result<(), IndexError> {
        let (send, receive) = mpsc::channel::<IndexedPage>(4 * CHUNK);
        let into = Arc::clone(index);
        let filling = tokio::task::spawn_blocking(move || {
            let receive = std::sync::Mutex::new(receive);
            into.fill(|| {
                let mut receive = receive
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                receive.blocking_recv()
            })?;
            into.commit()
        });
        for chunk in pages.chunks(CHUNK) {
            if self.stopping().is_cancelled() {
                break;
            }
            let texts = texts(self.store(), chunk).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the text of pages could not be read");
                vec![None; chunk.len()]
            });
            for (page, text) in chunk.iter().zip(texts) {
                let Some(text) = text else {
                    // From the document then; that puts it into this index, too.
                    self.project_now(*page).await;
                    continue;
                };
                let Some(entry) = self.directory().get(*page) else {
                    continue;
                };
                let Some(projection) = &entry.projection else {
                    continue;
                };
                let page = self.indexed(*page, text, projection, &entry.record, entry.changed_at);
                if send.send(page).await.is_err() {
                    break;
                }
            }
        }
        drop(send);
        match filling.await {
            Ok(filled) => filled,
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }
}
