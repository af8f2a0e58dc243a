//! Which pages the engine is busy with, on the disk: should it take the whole process down, the next
//! start knows with which page.
//!
//! A process also ends in the middle for other reasons (a power cut, an operator, a test), so the
//! first time proves nothing: the page is tried in a process of its own. The second time it is set
//! aside. The marks are not synced: they are for processes that end, not for machines.
//!
//! All marks are lines of one file, each written over when it is no longer needed: a file for each
//! would make names come and go with every larger update, which the journal's next sync would have
//! to wait for.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use denkraum_domain::PageId;

/// So many times a process may end with a page.
const ENDINGS: u32 = 2;
/// The file of marks in its folder.
const FILE: &str = "pages";
/// Bytes of a line: a page, how often a process ended with it, blanks and the line's end.
const LINE: usize = 32;

/// The file of marks; none until it is told where that is.
#[derive(Default)]
pub(crate) struct Marks {
    file: OnceLock<fs::File>,
    lines: Mutex<Lines>,
}

#[derive(Default)]
struct Lines {
    /// Which lines are in use.
    used: Vec<bool>,
    /// How often a process ended with a page.
    endings: HashMap<PageId, u32>,
}

/// The pages that the last process ended with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Recalled {
    /// So did the one before.
    pub(crate) guilty: Vec<PageId>,
    /// It may have ended for any reason.
    pub(crate) suspects: Vec<PageId>,
}

/// The engine is busy with a page as long as this is there.
pub(crate) struct Mark<'m> {
    marks: &'m Marks,
    page: PageId,
    line: usize,
}

impl Marks {
    /// Reads the marks that are left of the last process.
    pub(crate) fn recall(&self, folder: &Path) -> io::Result<Recalled> {
        fs::create_dir_all(folder)?;
        let path = folder.join(FILE);
        let left = match fs::read(&path) {
            Ok(left) => left,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut recalled = Recalled::default();
        for line in String::from_utf8_lossy(&left).lines() {
            let mut words = line.split_whitespace();
            let Some(page) = words.next().and_then(|word| PageId::parse(word).ok()) else {
                continue;
            };
            let before = words.next().and_then(|word| word.parse().ok());
            let endings = u32::saturating_add(before.unwrap_or(0), 1);
            let pages = if endings < ENDINGS {
                self.lines().endings.insert(page, endings);
                &mut recalled.suspects
            } else {
                &mut recalled.guilty
            };
            if !pages.contains(&page) {
                pages.push(page);
            }
        }
        // Told once.
        let _ = self.file.set(fs::File::create(&path)?);
        Ok(recalled)
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        // No code that can panic runs while it is held.
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, line: usize, text: &str) {
        let Some(file) = self.file.get() else { return };
        let width = LINE - 1;
        let text = format!("{text:<width$}\n");
        let place = u64::try_from(line * LINE).unwrap_or(u64::MAX);
        if let Err(error) = file.write_all_at(text.as_bytes(), place) {
            // On a full disk, above all; nothing depends on it.
            tracing::debug!(%error, "a page was not marked");
        }
    }

    /// Notes that the engine is about to be busy with the page.
    pub(crate) fn begin(&self, page: PageId) -> Mark<'_> {
        let (line, endings) = {
            let mut lines = self.lines();
            let free = lines.used.iter().position(|is_used| !is_used);
            let line = free.unwrap_or(lines.used.len());
            match lines.used.get_mut(line) {
                Some(is_used) => *is_used = true,
                None => lines.used.push(true),
            }
            (line, lines.endings.get(&page).copied().unwrap_or(0))
        };
        self.write(line, &format!("{page} {endings}"));
        let marks = self;
        Mark { marks, page, line }
    }
}

impl Drop for Mark<'_> {
    fn drop(&mut self) {
        self.marks.write(self.line, "");
        let mut lines = self.marks.lines();
        // A panic is an answer, too: what it did is seen to elsewhere.
        lines.endings.remove(&self.page);
        if let Some(is_used) = lines.used.get_mut(self.line) {
            *is_used = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: PageId = PageId::from_u128(7);
    const OTHER: PageId = PageId::from_u128(8);

    fn started(folder: &tempfile::TempDir) -> (Marks, Vec<PageId>) {
        let (marks, recalled) = recalled(folder);
        (marks, recalled.guilty)
    }

    fn recalled(folder: &tempfile::TempDir) -> (Marks, Recalled) {
        let marks = Marks::default();
        let recalled = marks.recall(&folder.path().join("applying")).unwrap();
        (marks, recalled)
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
        let (marks, recalled) = recalled(&folder);
        assert_eq!(recalled.guilty, [], "it may have been a power cut");
        assert_eq!(recalled.suspects, [PAGE]);
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

    /// [S-41] Two things may go on with one page, and with others; what ends takes only its own mark.
    #[test]
    fn marks_do_not_take_each_other_away() {
        let folder = tempfile::tempdir().unwrap();
        for guilty in [vec![], vec![], vec![PAGE]] {
            let (marks, found) = started(&folder);
            assert_eq!(found, guilty);
            let others = [marks.begin(OTHER), marks.begin(PAGE), marks.begin(OTHER)];
            ends_with(&marks, PAGE);
            drop(others);
            drop(marks.begin(OTHER));
        }
    }

    /// [S-41] However often something is marked, the file has as many lines as there were at once.
    #[test]
    fn the_file_does_not_grow() {
        let folder = tempfile::tempdir().unwrap();
        let (marks, _) = started(&folder);
        for _ in 0..100 {
            drop((marks.begin(PAGE), marks.begin(OTHER)));
        }
        let left = fs::read_to_string(folder.path().join("applying").join(FILE)).unwrap();
        assert_eq!((left.len(), left.trim()), (2 * LINE, ""));
    }
}
