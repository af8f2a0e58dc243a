//! The index's own files: which format they are in, whether they are whole, and how to begin anew.
//!
//! The folder of the index holds `format` (which version of this code wrote it) and `index/`
//! (tantivy's). Both are derived from the journal and may be deleted at any time; nothing else in
//! the folder is ever touched.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::fastfield::AliveBitSet;
use tantivy::{Index, IndexSettings, TantivyError};

use crate::schema::{CHANGED, Fields};

/// Grows with every change of the analysis or of what the fields mean.
const FORMAT: u32 = 4;

/// Why an index is not used as it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// There is none, or another version of this code wrote it.
    OtherFormat,
    /// It cannot be opened, or a file is not what was written.
    Damaged(String),
}

/// The folder of tantivy's files.
pub(crate) fn index_dir(dir: &Path) -> PathBuf {
    dir.join("index")
}

/// What `format` says when this code wrote it.
fn expected_format(fields: &Fields) -> String {
    let mut hasher = DefaultHasher::new();
    // The description of the schema is part of the format: a forgotten increase is caught. Another
    // tool chain may hash differently, which costs no more than building the index anew.
    for (_, entry) in fields.schema.fields() {
        format!("{entry:?}").hash(&mut hasher);
    }
    format!("denkraum-search {FORMAT} {:016x}\n", hasher.finish())
}

/// Opens what is there, checking every byte of it.
pub(crate) fn open_whole(dir: &Path, fields: &Fields) -> Result<Index, Unusable> {
    let format = fs::read_to_string(dir.join("format")).map_err(|_| Unusable::OtherFormat)?;
    if format != expected_format(fields) {
        return Err(Unusable::OtherFormat);
    }
    // Damaged bytes can make the reading code panic; nothing that it touched is used after that.
    let opened = catch_unwind(AssertUnwindSafe(|| check(&index_dir(dir), fields)));
    match opened {
        Ok(Ok(index)) => Ok(index),
        Ok(Err(err)) => Err(Unusable::Damaged(err.to_string())),
        Err(_) => Err(Unusable::Damaged("reading it panicked".to_owned())),
    }
}

fn check(dir: &Path, fields: &Fields) -> Result<Index, TantivyError> {
    let damaged = |what: String| Err(TantivyError::InternalError(what));
    let index = Index::open_in_dir(dir)?;
    let meta = index.load_metas()?;
    if index.schema() != fields.schema || *index.settings() != IndexSettings::default() {
        return damaged("the description of the index was changed".to_owned());
    }
    // Checksums come first: only whole files are read any further.
    for file in meta.list_segment_files() {
        if index.directory().exists(&file)? {
            if !index.directory().validate_checksum(&file)? {
                return damaged(format!("{} has a wrong checksum", file.display()));
            }
        } else if !is_optional(&file) {
            return damaged(format!("{} is missing", file.display()));
        }
    }
    let reader = index
        .reader_builder()
        .reload_policy(tantivy::ReloadPolicy::Manual)
        .try_into()?;
    for (segment, described) in reader
        .searcher()
        .segment_readers()
        .iter()
        .zip(&meta.segments)
    {
        let rows = segment.fast_fields().i64(CHANGED)?.num_docs();
        let alive = segment
            .alive_bitset()
            .map_or(rows as usize, AliveBitSet::num_alive_docs);
        if rows != segment.max_doc() || described.num_docs() as usize != alive {
            return damaged("the description of a segment was changed".to_owned());
        }
    }
    Ok(index)
}

/// Whether a segment may do without this file: deletions, if there are none (opening a segment that
/// has some looks for it), and what only a writer at work needs.
fn is_optional(file: &Path) -> bool {
    file.extension()
        .is_some_and(|kind| kind == "del" || kind == "temp")
}

/// Fails if somebody writes the index in `dir` right now.
pub(crate) fn lock_free(dir: &Path) -> Result<(), TantivyError> {
    let index = index_dir(dir);
    if !index.is_dir() {
        return Ok(());
    }
    let held = MmapDirectory::open(&index)?.acquire_lock(&INDEX_WRITER_LOCK);
    held.map(drop)
        .map_err(|err| TantivyError::LockFailure(err, None))
}

/// Deletes what is there and begins anew.
pub(crate) fn create(dir: &Path, fields: &Fields) -> Result<Index, TantivyError> {
    let index = index_dir(dir);
    remove(fs::remove_file(dir.join("format")))?;
    remove(fs::remove_dir_all(&index))?;
    fs::create_dir_all(&index)?;
    let created = Index::create_in_dir(&index, fields.schema.clone())?;
    fs::write(dir.join("format"), expected_format(fields))?;
    Ok(created)
}

fn remove(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
        _ => Ok(()),
    }
}
