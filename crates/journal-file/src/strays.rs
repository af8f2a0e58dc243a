//! Files that an interrupted step left behind.

use std::path::Path;

use crate::layout::{Kind, journal_file};
use crate::manifest::Manifest;
use crate::open::{failed, holds_frames};
use crate::{Disk, OpenError};

/// Removes the journal files that the manifest does not name: an unfinished base, what a base has
/// replaced, an increment that was never begun. Any other one holds entries that nobody else has;
/// then the manifest is not the newest one, and nothing is changed.
pub(crate) fn remove_strays(
    disk: &dyn Disk,
    folder: &Path,
    manifest: &Manifest,
) -> Result<(), OpenError> {
    let named = |kind, number| {
        let mut files = manifest.files.iter();
        files.any(|line| line.kind == kind && line.number == number)
    };
    let base = manifest.files.iter().find(|line| line.kind == Kind::Base);
    let replaced_below = base.map_or(0, |base| base.number);
    let newest = manifest.files.last().map_or(0, |line| line.number);
    let mut strays = Vec::new();
    for name in disk.list(folder).map_err(failed("list", folder))? {
        let Some((kind, number)) = journal_file(&name) else {
            continue;
        };
        if named(kind, number) {
            continue;
        }
        let path = folder.join(&name);
        let is_unfinished = kind == Kind::Base && number < newest;
        if number >= replaced_below
            && !is_unfinished
            && holds_frames(disk, &path).map_err(failed("read", &path))?
        {
            return Err(OpenError::Unnamed { path });
        }
        strays.push(path);
    }
    for path in strays {
        match disk.remove(&path) {
            Ok(()) => tracing::info!(file = %path.display(), "removed what was left behind"),
            // It is in nobody's way: the next start tries again.
            Err(err) => {
                tracing::warn!(file = %path.display(), %err, "could not remove what was left behind");
            }
        }
    }
    Ok(())
}
