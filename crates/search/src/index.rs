//! The index: what goes in, and when it is seen.
//!
//! One writer, one reader. What is put is seen after [`SearchIndex::commit`] and not before; the
//! commit carries how far the index has come, so that a start goes on from there.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use denkraum_domain::PageId;
use tantivy::merge_policy::{LogMergePolicy, NoMergePolicy};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError};
use thiserror::Error;

use crate::analysis::{Analyzer, WordCache};
use crate::page::IndexedPage;
use crate::schema::Fields;
use crate::seen::SeenPool;
use crate::snapshot::Snapshot;
use crate::vocabulary::Vocabulary;
use crate::weights::Weights;
use crate::{analysis, document, files};

/// While an index is filled, it is written with so many threads and so much memory, in bytes.
const FILLING_THREADS: usize = 2;
const FILLING_BYTES: usize = 600_000_000;

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
    /// What passages were cut from.
    pub(crate) seen: SeenPool,
    vocabulary: RwLock<Arc<Vocabulary>>,
    /// The state that was last searched.
    snapshot: Mutex<Arc<Snapshot>>,
    index: Index,
    config: SearchConfig,
    place: Place,
    writer: Mutex<Writer>,
}

/// Where the files of an index are.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The folder of all generations.
    pub(crate) dir: PathBuf,
    pub(crate) generation: u64,
    /// Whether every page is in it; else it is being filled.
    pub(crate) is_whole: bool,
}

pub(crate) struct Writer {
    /// None after a failure from which no new one could be made.
    engine: Option<IndexWriter>,
    analyzer: Analyzer,
    /// To be carried by the next commit.
    next_progress: u64,
    /// Carried by the last commit.
    progress: u64,
    /// While the index is being filled, the pages that were put or taken out meanwhile: what it is
    /// filled with may be older.
    pub(crate) newer: Option<HashSet<PageId>>,
}

impl SearchIndex {
    /// Over an open index; none if its last commit does not say how far it is.
    pub(crate) fn over(
        index: Index,
        place: Place,
        fields: Fields,
        config: SearchConfig,
    ) -> Result<Option<Self>, TantivyError> {
        analysis::register(index.tokenizers());
        let Some(progress) = read_progress(&index)? else {
            return Ok(None);
        };
        let engine = if place.is_whole {
            new_writer(&index, config)?
        } else {
            filling_writer(&index)?
        };
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let snapshot = Snapshot::new(reader.searcher(), &fields, None)?;
        let words = Arc::new(WordCache::new());
        let writer = Mutex::new(Writer {
            engine: Some(engine),
            analyzer: Analyzer::new(Arc::clone(&words)),
            next_progress: progress,
            progress,
            newer: (!place.is_whole).then(HashSet::new),
        });
        Ok(Some(Self {
            fields,
            reader,
            weights: Weights::default(),
            words,
            seen: SeenPool::default(),
            vocabulary: RwLock::new(Arc::new(Vocabulary::shipped())),
            snapshot: Mutex::new(Arc::new(snapshot)),
            index,
            config,
            place,
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

    /// The pages as the last commit left them.
    pub(crate) fn snapshot(&self) -> Result<Arc<Snapshot>, TantivyError> {
        let mut known = self.snapshot.lock().unwrap_or_else(PoisonError::into_inner);
        let searcher = self.reader.searcher();
        if !known.is_of(&searcher) {
            *known = Arc::new(Snapshot::new(searcher, &self.fields, Some(&known))?);
        }
        Ok(Arc::clone(&known))
    }

    /// Changes what matches are worth, for measuring.
    pub fn set_weights(&mut self, weights: Weights) {
        self.weights = weights;
    }

    /// Puts a page, in place of what was put of it before. Seen after the next commit.
    pub fn put(&self, page: &IndexedPage) -> Result<(), IndexError> {
        // Locked first, so that of two versions the one put last stays.
        let mut writer = self.lock();
        writer.newer.iter_mut().for_each(|newer| {
            newer.insert(page.id);
        });
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
        writer.newer.iter_mut().for_each(|newer| {
            newer.insert(id);
        });
        let term = document::id_term(&self.fields, id);
        self.write(&mut writer, |engine| {
            engine.delete_term(term);
            Ok(())
        })
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
        self.commit_put(&mut self.lock())
    }

    fn commit_put(&self, writer: &mut Writer) -> Result<(), IndexError> {
        let progress = writer.next_progress;
        self.write(writer, |engine| {
            let mut prepared = engine.prepare_commit()?;
            prepared.set_payload(&write_progress(progress));
            prepared.commit().map(drop)
        })?;
        writer.progress = progress;
        self.reader.reload().map_err(|err| IndexError::Dead { err })
    }

    /// Makes an index that was filled the one that counts: durable, and found by the next opening.
    pub fn finish(&self) -> Result<(), IndexError> {
        let Place {
            dir, generation, ..
        } = &self.place;
        {
            // Locked throughout: what is put between the commit and the end of this writer would be lost.
            let mut writer = self.lock();
            self.commit_put(&mut writer)?;
            files::write_format(dir, &self.fields, *generation)
                .map_err(|err| IndexError::Dead { err: err.into() })?;
            writer.newer = None;
            // From now on a writer for few changes at a time.
            if let Some(engine) = writer.engine.take() {
                engine
                    .wait_merging_threads()
                    .map_err(|err| IndexError::Lost { err })?;
            }
            let engine = new_writer(&self.index, self.config);
            writer.engine = Some(engine.map_err(|err| IndexError::Dead { err })?);
        }
        // What was merged at the end is read from now on.
        self.reader
            .reload()
            .map_err(|err| IndexError::Dead { err })?;
        // What cannot be deleted now is deleted by the next opening.
        if let Err(error) = files::keep_only(dir, &[*generation]) {
            tracing::warn!(%error, "an old search index was not deleted");
        }
        Ok(())
    }

    /// Takes the text of removed and replaced pages off the disk, which a commit alone does not.
    /// Commits first. Rewrites the whole index.
    pub fn purge(&self) -> Result<(), IndexError> {
        let mut writer = self.lock();
        self.commit_put(&mut writer)?;
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

    pub(crate) fn lock(&self) -> MutexGuard<'_, Writer> {
        // The engine guards itself: after a panic its calls fail and it is made anew.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a step of the engine. After an error the engine is dead: a new one begins at the last
    /// commit.
    pub(crate) fn write(
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

/// A writer for every page at once.
fn filling_writer(index: &Index) -> Result<IndexWriter, TantivyError> {
    let writer = index.writer_with_num_threads(FILLING_THREADS, FILLING_BYTES)?;
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
