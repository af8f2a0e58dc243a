//! The index: what goes in, and when it is seen.
//!
//! One writer, one reader. What is put is seen after [`SearchIndex::commit`] and not before; the
//! commit carries how far the index has come, so that a start goes on from there.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use denkraum_domain::PageId;
use tantivy::merge_policy::{LogMergePolicy, NoMergePolicy};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError};
use thiserror::Error;

use crate::analysis::{Analyzer, WordCache};
use crate::page::IndexedPage;
use crate::schema::Fields;
use crate::vocabulary::Vocabulary;
use crate::weights::Weights;
use crate::{analysis, document, files};

/// How an index is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchConfig {
    /// Memory for what is put and not yet written, in bytes: 15 MB to 4 GB.
    pub writer_bytes: usize,
}

impl Default for SearchConfig {
    fn default() -> Self {
        Self {
            writer_bytes: 50_000_000,
        }
    }
}

/// What was found at opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A whole index of this version; put what came after its [progress](SearchIndex::progress).
    Current,
    /// Nothing, or something damaged or of another version: the index is new and empty, and every
    /// page is to be put.
    Rebuild,
}

/// Why an index could not be opened. What it holds is never a reason: that makes a new one.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another writer holds it.
    #[error("the search index is in use by another process")]
    Busy,
    /// Its folder cannot be written, or the configuration does not fit.
    #[error("the search index could not be opened")]
    Engine {
        /// What the engine says.
        #[source]
        err: TantivyError,
    },
}

/// Why a change did not come into the index.
#[derive(Debug, Error)]
pub enum IndexError {
    /// Everything since the last commit is lost and must be put again; the index goes on from the
    /// last commit.
    #[error("the search index lost what was put since the last commit")]
    Lost {
        /// What the engine says.
        #[source]
        err: TantivyError,
    },
    /// The engine could not even begin again; only opening the index again helps.
    #[error("the search index cannot be written")]
    Dead {
        /// What the engine says.
        #[source]
        err: TantivyError,
    },
}

/// The search index. All calls block; it may be shared between threads.
pub struct SearchIndex {
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    pub(crate) weights: Weights,
    pub(crate) words: Arc<WordCache>,
    vocabulary: RwLock<Arc<Vocabulary>>,
    index: Index,
    config: SearchConfig,
    writer: Mutex<Writer>,
}

struct Writer {
    /// None after a failure from which no new one could be made.
    engine: Option<IndexWriter>,
    analyzer: Analyzer,
    /// To be carried by the next commit.
    next_progress: u64,
    /// Carried by the last commit.
    progress: u64,
}

impl SearchIndex {
    /// Opens the index in `dir`, or makes a new one there. Every byte is checked.
    pub fn open(dir: &Path, config: SearchConfig) -> Result<(Self, Opened), OpenError> {
        let fields = Fields::new();
        let engine = |err: TantivyError| match err {
            TantivyError::LockFailure(..) => OpenError::Busy,
            err => OpenError::Engine { err },
        };
        // Before looking: a writer at work would make the files look damaged.
        files::lock_free(dir).map_err(engine)?;
        match files::open_whole(dir, &fields) {
            Ok(index) => {
                let opened = Self::over(index, fields.clone(), config).map_err(engine)?;
                if let Some(opened) = opened {
                    return Ok((opened, Opened::Current));
                }
                tracing::warn!("the search index does not say how far it is; building it anew");
            }
            Err(reason) => tracing::info!(?reason, "building the search index anew"),
        }
        let index = files::create(dir, &fields).map_err(engine)?;
        let made = Self::over(index, fields, config).map_err(engine)?;
        let made = made.ok_or(OpenError::Engine {
            err: TantivyError::InternalError("a new index has no progress".to_owned()),
        })?;
        Ok((made, Opened::Rebuild))
    }

    /// Over an open index; none if its last commit does not say how far it is.
    fn over(
        index: Index,
        fields: Fields,
        config: SearchConfig,
    ) -> Result<Option<Self>, TantivyError> {
        analysis::register(index.tokenizers());
        let Some(progress) = read_progress(&index)? else {
            return Ok(None);
        };
        let engine = new_writer(&index, config)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let words = Arc::new(WordCache::new());
        let writer = Mutex::new(Writer {
            engine: Some(engine),
            analyzer: Analyzer::new(Arc::clone(&words)),
            next_progress: progress,
            progress,
        });
        Ok(Some(Self {
            fields,
            reader,
            weights: Weights::default(),
            words,
            vocabulary: RwLock::new(Arc::new(Vocabulary::shipped())),
            index,
            config,
            writer,
        }))
    }

    /// Replaces the synonyms and abbreviations; the next search uses them. A new index begins with
    /// the [shipped](Vocabulary::shipped) ones.
    pub fn set_vocabulary(&self, vocabulary: Vocabulary) {
        let mut held = self
            .vocabulary
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *held = Arc::new(vocabulary);
    }

    pub(crate) fn vocabulary(&self) -> Arc<Vocabulary> {
        let held = self
            .vocabulary
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&held)
    }

    /// Changes what matches are worth, for measuring.
    pub fn set_weights(&mut self, weights: Weights) {
        self.weights = weights;
    }

    /// Puts a page, in place of what was put of it before. Seen after the next commit.
    pub fn put(&self, page: &IndexedPage) -> Result<(), IndexError> {
        // Locked first, so that of two versions the one put last stays.
        let mut writer = self.lock();
        let term = document::id_term(&self.fields, page.id);
        let doc =
            (!page.archived).then(|| document::write(&self.fields, &mut writer.analyzer, page));
        self.write(&mut writer, |engine| {
            engine.delete_term(term);
            doc.map_or(Ok(()), |doc| engine.add_document(doc).map(drop))
        })
    }

    /// Takes a page out. Seen after the next commit.
    pub fn remove(&self, id: PageId) -> Result<(), IndexError> {
        let mut writer = self.lock();
        let term = document::id_term(&self.fields, id);
        self.write(&mut writer, |engine| {
            engine.delete_term(term);
            Ok(())
        })
    }

    /// Takes every page out and forgets the progress, to fill the index again while searches are
    /// still answered from what it held. Seen after the next commit.
    pub fn clear(&self) -> Result<(), IndexError> {
        let mut writer = self.lock();
        self.write(&mut writer, |engine| {
            engine.delete_all_documents().map(drop)
        })?;
        writer.next_progress = 0;
        Ok(())
    }

    /// Notes how far the index has come; written with the next commit. What the number means is the
    /// caller's.
    pub fn set_progress(&self, progress: u64) {
        self.lock().next_progress = progress;
    }

    /// How far the index had come at the last commit; 0 if it is new.
    pub fn progress(&self) -> u64 {
        self.lock().progress
    }

    /// Makes everything put so far durable and seen by the next search. Costs some disk syncs: not
    /// for every keystroke.
    pub fn commit(&self) -> Result<(), IndexError> {
        let mut writer = self.lock();
        let progress = writer.next_progress;
        self.write(&mut writer, |engine| {
            let mut prepared = engine.prepare_commit()?;
            prepared.set_payload(&write_progress(progress));
            prepared.commit().map(drop)
        })?;
        writer.progress = progress;
        self.reader.reload().map_err(|err| IndexError::Dead { err })
    }

    /// Takes the text of removed and replaced pages off the disk, which a commit alone does not.
    /// Commits first. Rewrites the whole index.
    pub fn purge(&self) -> Result<(), IndexError> {
        self.commit()?;
        let mut writer = self.lock();
        // Two merges of the same segments fail: those in the background end first.
        if let Some(engine) = writer.engine.take() {
            engine
                .wait_merging_threads()
                .map_err(|err| IndexError::Lost { err })?;
        }
        self.write(&mut writer, |engine| {
            engine.set_merge_policy(Box::new(NoMergePolicy));
            let segments = engine.index().searchable_segment_ids()?;
            if !segments.is_empty() {
                engine.merge(&segments).wait()?;
            }
            // Files that a reader still holds would stay.
            self.reader.reload()?;
            engine.garbage_collect_files().wait()?;
            engine.set_merge_policy(Box::new(merge_policy()));
            Ok(())
        })
    }

    /// How many pages are in the index, as the last commit left it.
    pub fn pages(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Ends merging in the background and lets go of the files. What was not committed is lost.
    pub fn close(self) -> Result<(), IndexError> {
        let writer = self
            .writer
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        match writer.engine {
            Some(engine) => engine
                .wait_merging_threads()
                .map_err(|err| IndexError::Dead { err }),
            None => Ok(()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Writer> {
        // The engine guards itself: after a panic its calls fail and it is made anew.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a step of the engine. After an error the engine is dead: a new one begins at the last
    /// commit.
    fn write(
        &self,
        writer: &mut Writer,
        step: impl FnOnce(&mut IndexWriter) -> Result<(), TantivyError>,
    ) -> Result<(), IndexError> {
        if writer.engine.is_none() {
            let engine = new_writer(&self.index, self.config);
            writer.engine = Some(engine.map_err(|err| IndexError::Dead { err })?);
        }
        let Some(engine) = writer.engine.as_mut() else {
            return Ok(());
        };
        match step(engine) {
            Ok(()) => Ok(()),
            Err(err) => {
                writer.next_progress = writer.progress;
                // Dropping it frees the lock that the new one takes at the next call.
                writer.engine = None;
                Err(IndexError::Lost { err })
            }
        }
    }
}

fn new_writer(index: &Index, config: SearchConfig) -> Result<IndexWriter, TantivyError> {
    let writer = index.writer_with_num_threads(1, config.writer_bytes)?;
    writer.set_merge_policy(Box::new(merge_policy()));
    Ok(writer)
}

fn merge_policy() -> LogMergePolicy {
    let mut merges = LogMergePolicy::default();
    merges.set_min_num_segments(8);
    // The default never merges because of deletions: replaced text would stay on the disk.
    merges.set_del_docs_ratio_before_merge(0.3);
    merges
}

/// The progress twice, so that a changed digit is noticed: `meta.json` has no checksum.
fn write_progress(progress: u64) -> String {
    format!("{progress} {:016x}", !progress)
}

fn read_progress(index: &Index) -> Result<Option<u64>, TantivyError> {
    let meta = index.load_metas()?;
    let Some(payload) = meta.payload else {
        // A commit always has one; without one there was none yet.
        return Ok(meta.segments.is_empty().then_some(0));
    };
    let progress = payload
        .split(' ')
        .next()
        .and_then(|digits| digits.parse().ok());
    Ok(progress.filter(|progress| write_progress(*progress) == payload))
}
