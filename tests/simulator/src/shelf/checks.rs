//! What must be so at every moment.

use std::path::Path;

use denkraum_journal::{Entry, Journal, Subject};
use denkraum_store::{AppendError, PageHead, Position, Record, RecordKey, StoredPage};

use super::{Entries, FOLDER, Fold, Shelf};
use crate::rules::{equal, holds};

/// Heads, pages and records.
type Seen = (
    Vec<PageHead>,
    Vec<Option<StoredPage>>,
    Vec<(RecordKey, Record)>,
);

/// What is written at once here, and set aside, is less than this, in bytes.
const GROUP: usize = 64 << 10;

impl Shelf {
    /// What was confirmed stands where it was said to, in the order of the calls.
    pub(super) fn check_appended(
        &self,
        entries: &[Entry],
        appended: &[Result<Position, AppendError>],
    ) {
        let mut last = Position::START;
        for (entry, position) in entries.iter().zip(appended) {
            let Ok(position) = position else { continue };
            holds("J-2", *position > last, || {
                format!("{position} after {last}")
            });
            last = *position;
            equal("J-3", &self.known.get(position), &Some(entry), || {
                format!("at {position}")
            });
            holds("J-3", self.journal.durable() >= *position, || {
                format!("{position} was confirmed and is not durable")
            });
        }
    }

    /// Everything that can be looked up.
    pub(super) fn seen(&self) -> Seen {
        let heads = self.run(self.store.page_heads()).unwrap();
        let pages = heads.iter().map(|head| self.load(head.page)).collect();
        let records = self.run(self.store.scan("people")).unwrap();
        (heads, pages, records)
    }

    /// How many increments the manifest names.
    pub(super) fn increments(&self) -> usize {
        let manifest = self.disk.content(&Path::new(FOLDER).join("manifest"));
        let lines = manifest.split(|byte| *byte == b'\n');
        // It says everything twice.
        lines.filter(|line| line.starts_with(b"increment ")).count() / 2
    }

    /// An increment is sealed once it is full, and the next one begun.
    pub(super) fn check_increments(&self) {
        let mut files = self.disk.content_of_all();
        files.retain(|(path, _)| path.to_string_lossy().contains("increment-"));
        // By their numbers; the newest one is not full.
        files.pop();
        let most = usize::try_from(self.options.increment_bytes).unwrap() + GROUP;
        for (path, content) in files {
            holds("F-7", content.len() <= most, || {
                format!("{} has {} bytes", path.display(), content.len())
            });
        }
    }

    /// Right after a rewrite: little more than what had to be kept.
    pub(super) fn check_size(&self) {
        let files = self.disk.content_of_all();
        let is_base = |path: &std::path::Path| path.to_string_lossy().contains("base-");
        let bases = files.iter().filter(|(path, _)| is_base(path));
        let base: usize = bases.map(|(_, content)| content.len()).sum();
        let used = self.used();
        holds("F-20", used <= 5 * base / 2 + GROUP, || {
            format!("{used} bytes with a base of {base}")
        });
    }

    /// Whatever can be looked up is what follows from the journal.
    pub(crate) fn check_view(&self) {
        let fold = Fold::of(&self.known);
        self.check_against(&fold);
    }

    pub(super) fn check_against(&self, fold: &Fold) {
        let heads = self.run(self.store.page_heads()).unwrap();
        let alive = fold.pages.iter().filter(|(_, page)| !page.is_deleted);
        let expected: Vec<_> = alive
            .clone()
            .map(|(id, page)| (*id, page.created.at, page.changed.position, page.changed.by))
            .collect();
        let found: Vec<_> = heads
            .iter()
            .map(|head| (head.page, head.created_at, head.last, head.changed_by))
            .collect();
        equal("V-7", &found, &expected, || {
            "first and last changes".to_owned()
        });
        for (id, page) in alive {
            let Some(stored) = self.load(*id) else {
                panic!("[V-5] page {id} is not found");
            };
            equal("V-5", &stored.snapshot, &page.snapshot, || {
                format!("snapshot of {id}")
            });
            let updates: Vec<_> = page.updates.values().cloned().collect();
            equal("V-9", &stored.updates, &updates, || {
                format!("updates of {id}")
            });
            let owners: Vec<_> = page
                .owners
                .iter()
                .map(|(client, by)| (*client, *by))
                .collect();
            equal("V-4", &stored.owners, &owners, || format!("owners of {id}"));
        }
        let found = self.run(self.store.scan("people")).unwrap();
        let found: Vec<_> = found
            .into_iter()
            .map(|(key, record)| (key, record.revision, record.value, record.position))
            .collect();
        let expected = fold
            .records
            .iter()
            .filter_map(|(key, (revision, value, position))| {
                Some((key.clone(), *revision, value.clone()?, *position))
            });
        equal("V-5", &found, &expected.collect(), || "records".to_owned());
    }

    /// After a restart: nothing confirmed is lost, nothing is made up, no position is given twice.
    pub(super) fn check_reopened(&mut self, found: Entries, may_have_more: bool) {
        for (position, entry) in &found {
            if let Some(known) = self.known.get(position) {
                equal("J-12", &entry, &known, || {
                    format!("another entry than before at {position}")
                });
            } else {
                let was_tried = self.tried.contains(entry) || is_servers(entry);
                holds("F-9", may_have_more && was_tried, || {
                    format!("made up at {position}: {entry:?}")
                });
            }
        }
        let mut all = std::mem::take(&mut self.known);
        all.extend(
            found
                .iter()
                .map(|(position, entry)| (*position, entry.clone())),
        );
        let (expected, fold) = (Fold::of(&all), Fold::of(&found));
        equal("J-3", &fold, &expected, || "after a restart".to_owned());
        let confirmed = all.keys().next_back();
        equal("J-13", &found.keys().next_back(), &confirmed, || {
            "the last entry".to_owned()
        });
        self.known = found;
        self.tried.clear();
        self.check_against(&expected);
    }
}

/// Whether the store itself writes such entries: snapshots, deletions, records.
fn is_servers(entry: &Entry) -> bool {
    let is_update = matches!(entry.body, denkraum_journal::Body::PageUpdate { .. });
    matches!(entry.subject, Subject::Record(_)) || !is_update
}
