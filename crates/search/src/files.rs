//! The index's own files: which of them count, whether they are whole, and how to begin anew.
//!
//! The folder of the index holds `format` and for each generation `index-N/` (tantivy's). `format` says
//! which version of this code wrote which generation. It is written last, when a generation is whole and
//! durable; a folder that it does not name was left unfinished. All of it is derived from the journal and
//! may be deleted at any time; nothing else in the folder is ever touched.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::fastfield::AliveBitSet;
use tantivy::{Index, IndexSettings, TantivyError};

use crate::schema::{CHANGED, Fields};

/// Grows with every change of the analysis or of what the fields mean.
const FORMAT: u32 = 6;

/// What `format` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    /// The generation that counts.
    pub(crate) generation: u64,
    /// This version of this code wrote it.
    pub(crate) is_current: bool,
}

/// The folder of tantivy's files.
pub(crate) fn index_dir(dir: &Path, generation: u64) -> PathBuf {
    dir.join(format!("index-{generation}"))
}

/// What stands before the generation when this code wrote it.
fn expected_format(fields: &Fields) -> String {
    let mut hasher = DefaultHasher::new();
    // The description of the schema is part of the format: a forgotten increase is caught. Another
    // tool chain may hash differently, which costs no more than building the index anew.
    for (_, entry) in fields.schema.fields() {
        format!("{entry:?}").hash(&mut hasher);
    }
    format!("denkraum-search {FORMAT} {:016x}", hasher.finish())
}

/// Reads `format`; none if there is none that can be read.
pub(crate) fn read_format(dir: &Path, fields: &Fields) -> Option<Format> {
    let text = fs::read_to_string(dir.join("format")).ok()?;
    let (written_by, generation) = text.strip_suffix('\n')?.rsplit_once(' ')?;
    Some(Format {
        generation: generation.parse().ok()?,
        is_current: written_by == expected_format(fields),
    })
}

/// Says durably that this generation is the one that counts.
pub(crate) fn write_format(dir: &Path, fields: &Fields, generation: u64) -> io::Result<()> {
    let (new, path) = (dir.join("format.new"), dir.join("format"));
    let mut file = fs::File::create(&new)?;
    writeln!(file, "{} {generation}", expected_format(fields))?;
    file.sync_all()?;
    fs::rename(new, path)?;
    fs::File::open(dir)?.sync_all()
}

/// Opens a generation, checking every byte of it. Says what is wrong otherwise.
pub(crate) fn open_whole(dir: &Path, fields: &Fields, generation: u64) -> Result<Index, String> {
    // Damaged bytes can make the reading code panic; nothing that it touched is used after that.
    let folder = index_dir(dir, generation);
    let opened = catch_unwind(AssertUnwindSafe(|| check(&folder, fields)));
    match opened {
        Ok(opened) => opened.map_err(|err| err.to_string()),
        Err(_) => Err("reading it panicked".to_owned()),
    }
}

fn check(dir: &Path, fields: &Fields) -> Result<Index, TantivyError> {
    let damaged = |what: String| Err(TantivyError::InternalError(what));
    let index = Index::open_in_dir(dir)?;
    let meta = index.load_metas()?;
    if index.schema() != fields.schema || *index.settings() != settings() {
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

/// The generations whose folders are there, and the index of an older version of this code.
fn generations(dir: &Path) -> io::Result<Vec<(Option<u64>, PathBuf)>> {
    let mut out = Vec::new();
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(out),
        Err(err) => return Err(err),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let generation = name.strip_prefix("index-").and_then(|n| n.parse().ok());
        if generation.is_some() || name == "index" {
            out.push((generation, entry.path()));
        }
    }
    Ok(out)
}

/// Fails if somebody writes an index in `dir` right now.
pub(crate) fn lock_free(dir: &Path) -> Result<(), TantivyError> {
    for (_, folder) in generations(dir)? {
        let held = MmapDirectory::open(&folder)?.acquire_lock(&INDEX_WRITER_LOCK);
        held.map(drop)
            .map_err(|err| TantivyError::LockFailure(err, None))?;
    }
    Ok(())
}

/// What is stored of a page is short, and single ones of many are read.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: 4_096,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// Begins a generation that none before it had; returns its number.
pub(crate) fn create(dir: &Path, fields: &Fields) -> Result<(u64, Index), TantivyError> {
    fs::create_dir_all(dir)?;
    let known = generations(dir)?
        .into_iter()
        .filter_map(|(number, _)| number);
    let generation = known.max().unwrap_or(0).saturating_add(1);
    let folder = index_dir(dir, generation);
    fs::create_dir(&folder)?;
    let created = Index::builder()
        .schema(fields.schema.clone())
        .settings(settings())
        .create_in_dir(&folder)?;
    Ok((generation, created))
}

/// Deletes all generations but these.
pub(crate) fn keep_only(dir: &Path, kept: &[u64]) -> io::Result<()> {
    for (generation, folder) in generations(dir)? {
        if generation.is_none_or(|generation| !kept.contains(&generation)) {
            fs::remove_dir_all(folder)?;
        }
    }
    Ok(())
}
