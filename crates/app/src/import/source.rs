//! Where pages come from: lines of JSON, a folder, or a zip of one.
//!
//! An archive comes from anywhere, so what it may unfold to is bounded: so many files, so many
//! bytes each and together, counted while it is read and not as it claims. Its names lead nowhere:
//! nothing is written to a disk, and a name that leaves its folder is refused.

use std::io::{Cursor, Read as _};

use bytes::Bytes;
use thiserror::Error;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::ImportFailure;
use super::reason::ImportReason;

/// The most files of an archive or a folder.
pub const MAX_FILES: usize = 20_000;
/// The most bytes of one file with one page, in MiB.
const MAX_PAGE_MIB: u64 = 8;
/// The most bytes of all files together, in MiB.
pub const MAX_TOTAL_MIB: u64 = 256;
const MIB: u64 = 1 << 20;

/// What is to be brought in.
#[derive(Clone, Debug)]
pub enum ImportSource {
    /// JSON Lines, one page a line.
    Lines(String),
    /// Files of a folder: Markdown with front matter, JSON Lines, or an archive of ours.
    Files {
        /// The files.
        files: Vec<ImportFile>,
        /// Files that could not be read.
        unread: Vec<ImportFailure>,
    },
}

/// A file of a folder.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// Its path inside the folder, with `/` between names.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Why nothing at all could be read.
#[derive(Debug, Error)]
pub enum SourceError {
    /// Neither an archive nor text.
    #[error("this is neither a zip archive nor text in UTF-8")]
    NotText,
    /// The archive cannot be opened.
    #[error("the zip archive is damaged")]
    Damaged(#[source] zip::result::ZipError),
    /// The archive holds too many files.
    #[error("more than {MAX_FILES} files")]
    TooManyFiles,
    /// The files are too large together.
    #[error("more than {MAX_TOTAL_MIB} MiB altogether")]
    TooLarge,
}

impl ImportSource {
    /// Reads a zip archive or JSON Lines, whichever it is.
    pub async fn read(bytes: Bytes) -> Result<Self, SourceError> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            let read = tokio::task::spawn_blocking(move || unpack(bytes)).await;
            return match read {
                Ok(source) => source,
                Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
            };
        }
        let text = String::from_utf8(bytes.into()).map_err(|_| SourceError::NotText)?;
        Ok(Self::Lines(text))
    }

    /// One file by itself: Markdown by its ending, otherwise as [`ImportSource::read`] says.
    pub async fn of_file(name: &str, bytes: Vec<u8>) -> Result<Self, SourceError> {
        if is_markdown(name) {
            let path = name.to_owned();
            let files = vec![ImportFile { path, bytes }];
            let unread = Vec::new();
            return Ok(Self::Files { files, unread });
        }
        Self::read(bytes.into()).await
    }
}

/// Whether the name is one of a Markdown file.
pub(super) fn is_markdown(name: &str) -> bool {
    has_ending(name, &["md", "markdown"])
}

/// Whether the name is one of JSON Lines.
pub(super) fn is_lines(name: &str) -> bool {
    has_ending(name, &["jsonl", "ndjson"])
}

/// Whether anything of the file is used; others are named and left out.
pub fn is_read(path: &str) -> bool {
    is_markdown(path) || is_lines(path) || path.ends_with(crate::export::MANIFEST)
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|one| endings.iter().any(|known| known.eq_ignore_ascii_case(one)))
}

/// Whether programs put it there for themselves. A way out of the folder (`..`) is no such thing.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|name| {
        let dotted = name.starts_with('.') && !matches!(name, "." | "..");
        dotted || name == "__MACOSX" || name == "Thumbs.db"
    })
}

fn unpack(bytes: Bytes) -> Result<ImportSource, SourceError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(SourceError::Damaged)?;
    if archive.len() > MAX_FILES {
        return Err(SourceError::TooManyFiles);
    }
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    let mut left = MAX_TOTAL_MIB * MIB;
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("#{index}"),
        };
        if is_hidden(&name) {
            continue;
        }
        let mut refuse = |reason| unread.push(refused(&name, reason));
        let mut entry = match archive.by_index(index) {
            Ok(entry) if entry.is_file() => entry,
            Ok(_) => continue,
            Err(zip::result::ZipError::UnsupportedArchive(detail))
                if detail == zip::result::ZipError::PASSWORD_REQUIRED =>
            {
                refuse(ImportReason::Locked);
                continue;
            }
            Err(error) => {
                let detail = error.to_string();
                refuse(ImportReason::Damaged { detail });
                continue;
            }
        };
        let Some(path) = safe_path(&entry) else {
            refuse(ImportReason::UnsafeName);
            continue;
        };
        let mut bytes = Vec::new();
        if !is_read(&path) {
            files.push(ImportFile { path, bytes });
            continue;
        }
        let max = limit(&path).min(left);
        // One byte more than is allowed tells that there is more; what the header claims does not count.
        match entry.by_ref().take(max + 1).read_to_end(&mut bytes) {
            Err(error) => {
                let detail = error.to_string();
                refuse(ImportReason::Damaged { detail });
            }
            Ok(_) if bytes.len() as u64 > left => return Err(SourceError::TooLarge),
            Ok(_) if bytes.len() as u64 > max => {
                refuse(ImportReason::TooLarge { max: max / MIB });
            }
            Ok(_) => {
                left -= bytes.len() as u64;
                files.push(ImportFile { path, bytes });
            }
        }
    }
    Ok(ImportSource::Files { files, unread })
}

fn refused(name: &str, reason: ImportReason) -> ImportFailure {
    ImportFailure {
        file: Some(name.to_owned()),
        line: 0,
        field: None,
        reason,
    }
}

/// The most bytes of a file: one page is small, a file of lines holds many.
fn limit(path: &str) -> u64 {
    if is_lines(path) {
        MAX_TOTAL_MIB * MIB
    } else {
        MAX_PAGE_MIB * MIB
    }
}

/// The name with `/` between its parts; `None` if it leads out of the folder.
fn safe_path<R: std::io::Read + ?Sized>(entry: &ZipFile<'_, R>) -> Option<String> {
    let name = entry.name().ok()?;
    let drive = name.get(1..2) == Some(":");
    if drive || name.starts_with('/') || name.contains(['\\', '\0']) {
        return None;
    }
    let parts: Vec<&str> = name
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    let leaves = parts.is_empty() || parts.contains(&"..");
    (!leaves).then(|| parts.join("/"))
}
