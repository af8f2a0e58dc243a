//! The files of a folder, for an import.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use denkraum_app::{ImportFile, ImportSource, MAX_FILES, MAX_TOTAL_MIB, is_read};

/// The deepest folder inside the folder.
const MAX_DEPTH: usize = 32;

/// Reads all files in order of their names. Links in the file system are not followed, so that
/// nothing outside the folder comes in.
pub(super) fn read(folder: &Path) -> Result<ImportSource> {
    let mut files = Vec::new();
    let mut left = MAX_TOTAL_MIB << 20;
    walk(folder, "", 0, &mut left, &mut files)?;
    let unread = Vec::new();
    Ok(ImportSource::Files { files, unread })
}

fn walk(
    folder: &Path,
    prefix: &str,
    depth: usize,
    left: &mut u64,
    files: &mut Vec<ImportFile>,
) -> Result<()> {
    let failed = || format!("could not read {}", folder.display());
    if depth > MAX_DEPTH {
        bail!("{} lies too deep", folder.display());
    }
    let entries = fs::read_dir(folder).with_context(failed)?;
    let mut entries = entries
        .collect::<Result<Vec<_>, _>>()
        .with_context(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type().with_context(failed)?;
        let path = format!("{prefix}{name}");
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), depth + 1, left, files)?;
            continue;
        }
        let mut bytes = Vec::new();
        if is_read(&path) {
            let size = entry.metadata().with_context(failed)?.len();
            let Some(rest) = left.checked_sub(size) else {
                bail!("more than {MAX_TOTAL_MIB} MiB altogether");
            };
            *left = rest;
            bytes = fs::read(entry.path())
                .with_context(|| format!("could not read {}", entry.path().display()))?;
        }
        files.push(ImportFile { path, bytes });
        if files.len() > MAX_FILES {
            bail!("more than {MAX_FILES} files");
        }
    }
    Ok(())
}
