//! Opens the view, and moves one that is of no use out of the way.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use denkraum_journal::{JournalId, Position};

use crate::view::{Broken, FORMAT, Meta, View};

/// How long opening usually may take before the view counts as broken.
pub(crate) const DEADLINE: Duration = Duration::from_mins(1);
/// How many broken views are kept for a closer look.
const KEPT: usize = 3;
/// So much room there must be for a view to be kept on the disk, in bytes.
const ROOM: usize = 4 << 20;

/// Opens the view in `folder` or makes an empty one, and checks that it is one of this journal,
/// which is durable up to `durable`. sled panics or hangs on some damaged files, so it is opened on
/// a thread of its own. [V-2]
pub(crate) fn open(
    folder: &Path,
    journal: JournalId,
    durable: Position,
    deadline: Duration,
) -> Result<(View, Meta), Broken> {
    let folder = folder.to_owned();
    in_time(deadline, move || open_here(&folder, journal, durable))
}

fn in_time<T: Send + 'static>(
    deadline: Duration,
    open: impl FnOnce() -> Result<T, Broken> + Send + 'static,
) -> Result<T, Broken> {
    let (done, opened) = mpsc::channel();
    let open = move || drop(done.send(open()));
    let thread = thread::Builder::new()
        .name("view-open".to_owned())
        .spawn(open);
    thread.map_err(|err| Broken(format!("no thread to open it ({err})")))?;
    match opened.recv_timeout(deadline) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Broken("opening takes too long".to_owned())),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(Broken("opening panicked".to_owned())),
    }
}

fn open_here(folder: &Path, journal: JournalId, durable: Position) -> Result<(View, Meta), Broken> {
    let view = View::open(folder)?;
    let Some(meta) = view.meta()? else {
        let meta = Meta::new(journal);
        view.change(|changes| {
            changes.set_meta(&meta);
            Ok(())
        })?;
        return Ok((view, meta));
    };
    if meta.format != FORMAT {
        return Err(Broken(format!(
            "format {} instead of {FORMAT}",
            meta.format
        )));
    }
    if meta.journal != journal {
        return Err(Broken(format!("it is a view of journal {}", meta.journal)));
    }
    if meta.applied > durable {
        return Err(Broken(format!(
            "it is ahead of the journal ({} > {durable})",
            meta.applied
        )));
    }
    view.verify(&meta)?;
    Ok((view, meta))
}

/// Whether there is room for a view beside `folder`, or at all a place for one.
pub(crate) fn is_room_for(folder: &Path) -> bool {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push("-room");
    let path = folder.with_file_name(name);
    let is_room = fs::write(&path, vec![1; ROOM]).is_ok();
    // A file that could not be made is not there to be removed.
    drop(fs::remove_file(&path));
    is_room
}

/// Gives a view's folder the next free name `…-broken-N` and removes the oldest of those.
pub(crate) fn move_aside(folder: &Path) -> io::Result<()> {
    if !folder.try_exists()? {
        return Ok(());
    }
    let mut broken = broken_views(folder)?;
    let next = broken
        .last()
        .map_or(1, |(number, _)| number.saturating_add(1));
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(format!("-broken-{next}"));
    fs::rename(folder, folder.with_file_name(name))?;
    while broken.len() >= KEPT {
        let (_, oldest) = broken.remove(0);
        fs::remove_dir_all(oldest)?;
    }
    Ok(())
}

/// The views moved aside before, oldest first.
fn broken_views(folder: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let name = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(parent)? {
        let path = entry?.path();
        let number = path.file_name().and_then(|other| {
            let rest = other.to_str()?.strip_prefix(&name)?;
            rest.strip_prefix("-broken-")?.parse::<u64>().ok()
        });
        found.extend(number.map(|number| (number, path)));
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [V-2] sled panics on some damaged files.
    #[test]
    fn a_view_that_panics_when_it_is_opened_is_broken() {
        let open = || -> Result<(), Broken> { panic!("as sled may") };
        let opened = in_time(Duration::from_secs(30), open);
        assert_eq!(opened, Err(Broken("opening panicked".to_owned())));
    }

    /// [V-3] Broken views are kept, but not for ever.
    #[test]
    fn the_newest_broken_views_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let view = folder.path().join("view");
        for number in 0..6 {
            fs::create_dir(&view).unwrap();
            fs::write(view.join("number"), number.to_string()).unwrap();
            move_aside(&view).unwrap();
        }
        move_aside(&view).unwrap();
        let kept = broken_views(&view).unwrap();
        let read = |(_, path): &(u64, PathBuf)| fs::read_to_string(path.join("number")).unwrap();
        assert_eq!(kept.iter().map(read).collect::<Vec<_>>(), ["3", "4", "5"]);
    }
}
