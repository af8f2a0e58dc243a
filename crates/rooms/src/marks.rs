//! Which pages the engine is busy with, on the disk: should it take the whole process down, the next
//! start knows with which page.
//!
//! A process also ends in the middle for other reasons (a power cut, an operator, a test), so the
//! first time is none of the page's. The second time it is set aside. The marks are not synced: they
//! are for processes that end, not for machines.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use denkraum_domain::PageId;

/// So many times a process may end with a page.
const ENDINGS: u32 = 2;

/// The folder of marks; none until it is told where that is.
#[derive(Default)]
pub(crate) struct Marks {
    folder: OnceLock<PathBuf>,
    /// How often a process ended with a page.
    endings: Mutex<HashMap<PageId, u32>>,
}

/// The engine is busy with a page as long as this is there.
pub(crate) struct Mark<'m> {
    marks: &'m Marks,
    page: PageId,
}

impl Marks {
    /// Reads the marks that are left of the last process; gives the pages that it ended with more
    /// than once.
    pub(crate) fn recall(&self, folder: PathBuf) -> io::Result<Vec<PageId>> {
        let mut guilty = Vec::new();
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if let Some(page) = name.to_str().and_then(|name| PageId::parse(name).ok()) {
                let before = fs::read_to_string(entry.path())?.parse().unwrap_or(0);
                let endings = u32::saturating_add(before, 1);
                if endings >= ENDINGS {
                    guilty.push(page);
                } else {
                    self.endings().insert(page, endings);
                }
            }
            fs::remove_file(entry.path())?;
        }
        // Told once.
        let _ = self.folder.set(folder);
        Ok(guilty)
    }

    fn endings(&self) -> MutexGuard<'_, HashMap<PageId, u32>> {
        // No code that can panic runs while it is held.
        self.endings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, page: PageId) -> Option<PathBuf> {
        self.folder
            .get()
            .map(|folder| folder.join(page.to_string()))
    }

    /// Notes that the engine is about to be busy with the page.
    pub(crate) fn begin(&self, page: PageId) -> Mark<'_> {
        let endings = self.endings().get(&page).copied().unwrap_or(0);
        if let Some(path) = self.path(page)
            && let Err(error) = fs::write(path, endings.to_string())
        {
            // On a full disk, above all; nothing depends on it.
            tracing::debug!(page.id = %page, %error, "a page was not marked");
        }
        Mark { marks: self, page }
    }
}

impl Drop for Mark<'_> {
    fn drop(&mut self) {
        // A panic is an answer, too: what it did is seen to elsewhere.
        self.marks.endings().remove(&self.page);
        if let Some(path) = self.marks.path(self.page) {
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: PageId = PageId::from_u128(7);

    fn started(folder: &tempfile::TempDir) -> (Marks, Vec<PageId>) {
        let marks = Marks::default();
        let guilty = marks.recall(folder.path().join("applying")).unwrap();
        (marks, guilty)
    }

    /// As a process that ends in the middle leaves it.
    fn ends_with(marks: &Marks, page: PageId) {
        std::mem::forget(marks.begin(page));
    }

    /// [S-41]
    #[test]
    fn a_page_that_two_processes_ended_with_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (marks, guilty) = started(&folder);
        assert_eq!(guilty, []);
        ends_with(&marks, PAGE);
        let (marks, guilty) = started(&folder);
        assert_eq!(guilty, [], "it may have been a power cut");
        ends_with(&marks, PAGE);
        assert_eq!(started(&folder).1, [PAGE]);
        assert_eq!(started(&folder).1, [], "once");
    }

    /// [S-41]
    #[test]
    fn a_page_that_went_well_in_between_is_not() {
        let folder = tempfile::tempdir().unwrap();
        ends_with(&started(&folder).0, PAGE);
        let (marks, _) = started(&folder);
        drop(marks.begin(PAGE));
        ends_with(&marks, PAGE);
        assert_eq!(started(&folder).1, []);
    }
}
