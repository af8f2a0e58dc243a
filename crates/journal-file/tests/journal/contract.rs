//! The journal in files keeps the contract of every journal, on a real disk and in small files.

use std::sync::Arc;

use denkraum_journal::contract::Bench;
use denkraum_journal::{BoxFuture, Journal, JournalId, journal_contract};
use denkraum_journal_file::{FileJournal, Options, SystemDisk};
use futures_util::{FutureExt, future};
use tempfile::TempDir;

struct OnDisk {
    folder: TempDir,
    options: Options,
}

impl OnDisk {
    fn new(options: Options) -> Self {
        let folder = TempDir::new().unwrap();
        Self { folder, options }
    }
}

impl Bench for OnDisk {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Journal>> {
        let folder = self.folder.path().join("journal");
        let disk = Arc::new(SystemDisk);
        let id = JournalId::from_u128(1);
        let (journal, _) = FileJournal::open_with(disk, &folder, id, self.options).unwrap();
        let journal: Arc<dyn Journal> = Arc::new(journal);
        future::ready(journal).boxed()
    }
}

mod usual_sizes {
    use super::*;
    journal_contract!(OnDisk::new(Options::default()));
}

/// [F-7] Every few entries a new increment begins, and nothing of the contract changes.
mod many_increments {
    use super::*;
    journal_contract!(OnDisk::new(Options {
        increment_bytes: 700,
        allocate_bytes: 512,
        group_bytes: 300,
        ..Options::default()
    }));
}
