//! The server's store: the real journal and the real view, on a disk that can fail.
//!
//! Whatever the journal gives is read along by a tail, so it is known at every moment what must be
//! there; after a crash everything is read again and compared.

mod checks;
mod crashes;
mod damage;
mod fold;
mod layout;
mod unusual;

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_journal::{
    Body, BoxStream, Entry, Health, Journal, JournalId, ReadError, ReadOnly, Subject,
};
use denkraum_journal_file::{FileJournal, OpenError, Opened, Options};
use denkraum_store::{AppendError, PageUpdate, Position, Store, StoredPage};
use futures_util::{FutureExt, StreamExt, future};
use tokio::runtime::Runtime;

pub(crate) use crashes::Crash;
pub(crate) use fold::{Entries, Fold};

use crate::rules::{equal, holds};
use crate::sim::{Plan, SimDisk};

/// Where the journal is on a [`SimDisk`].
const FOLDER: &str = "/data/journal";
/// No folder can be made there, so the view is kept in memory and made anew after each crash.
const VIEW: &str = "/dev/null/view";
const ID: JournalId = JournalId::from_u128(3);

pub(crate) struct Shelf {
    runtime: Rc<Runtime>,
    pub(crate) disk: SimDisk,
    options: Options,
    journal: FileJournal,
    pub(crate) store: Store,
    tail: BoxStream<'static, Result<(Position, Entry), ReadError>>,
    /// What those hear who follow whether entries are taken, and what they heard last.
    changes: BoxStream<'static, Health>,
    heard: Option<Health>,
    /// All that the journal ever gave as durable.
    pub(crate) known: Entries,
    /// What was to be appended; it may be there after a crash without having been confirmed.
    tried: Vec<Entry>,
    now: i64,
    /// Calls to the disk fail.
    is_planned: bool,
    /// A page was deleted.
    pub(crate) has_deleted: bool,
}

fn open(disk: &SimDisk, options: Options) -> Result<(FileJournal, Opened), OpenError> {
    FileJournal::open_with(Arc::new(disk.clone()), Path::new(FOLDER), ID, options)
}

async fn open_store(journal: &FileJournal) -> Store {
    let journal: Arc<dyn Journal> = Arc::new(journal.clone());
    Store::open(journal, Path::new(VIEW)).await.unwrap()
}

impl Shelf {
    pub(crate) fn new(runtime: Rc<Runtime>, options: Options) -> Self {
        let disk = SimDisk::default();
        let (journal, opened) = open(&disk, options).unwrap();
        holds("F-9", opened.created, || {
            "a new journal is not new".to_owned()
        });
        let store = runtime.block_on(open_store(&journal));
        Self {
            tail: journal.tail(Position::START),
            changes: journal.health_changes(),
            heard: None,
            runtime,
            disk,
            options,
            journal,
            store,
            known: Entries::new(),
            tried: Vec::new(),
            now: 0,
            is_planned: false,
            has_deleted: false,
        }
    }

    /// A moment later than the last.
    pub(crate) fn now(&mut self) -> Timestamp {
        self.now += 1;
        Timestamp::from_millis(self.now)
    }

    pub(crate) fn run<T>(&self, what: impl Future<Output = T>) -> T {
        self.runtime.block_on(what)
    }

    pub(crate) fn is_writable(&self) -> bool {
        self.journal.health() == Health::Writable
    }

    /// Nothing is written any more until the next start.
    pub(crate) fn has_failed(&self) -> bool {
        self.fails()
            .is_some_and(|reason| reason != ReadOnly::NoSpace)
    }

    pub(crate) fn fails(&self) -> Option<ReadOnly> {
        match self.journal.health() {
            Health::Writable => None,
            Health::ReadOnly { reason } => Some(reason),
        }
    }

    /// Appends updates that wait together: the first is written alone, the others share one write
    /// and one sync.
    pub(crate) fn append(
        &mut self,
        updates: Vec<PageUpdate>,
    ) -> Vec<Result<Position, AppendError>> {
        let entries: Vec<Entry> = updates.iter().map(entry_of).collect();
        self.tried.extend(entries.iter().cloned());
        let durable = self.journal.durable();
        let is_held = self.syncs_next() && updates.len() > 1;
        if is_held {
            self.disk.hold_syncs();
        }
        let (syncs, increments) = (self.disk.calls().syncs, self.increments());
        let mut updates = updates.into_iter();
        let mut appends: Vec<_> = updates
            .next()
            .map(|first| self.store.append_update(first))
            .into_iter()
            .collect();
        if is_held {
            self.disk.wait_for_sync();
            holds("J-7", self.journal.durable() == durable, || {
                "something counts as durable before its sync".to_owned()
            });
        }
        appends.extend(updates.map(|update| self.store.append_update(update)));
        self.disk.let_syncs(None);
        let appended = self.run(future::join_all(appends));
        if is_held {
            let syncs = self.disk.calls().syncs - syncs;
            let begun = self.increments().saturating_sub(increments);
            // Two groups; a new increment is synced itself, and the manifest that names it. After a
            // deletion the journal may be rewritten meanwhile.
            holds("F-8", syncs <= 2 + 2 * begun || self.has_deleted, || {
                let entries = appended.len();
                format!("{syncs} syncs for {entries} entries and {begun} new increments")
            });
        }
        self.follow();
        self.check_appended(&entries, &appended);
        appended
    }

    /// Who follows whether entries are taken knows it.
    fn follow_health(&mut self) {
        let before = self.journal.health();
        while let Some(Some(heard)) = self.changes.next().now_or_never() {
            self.heard = Some(heard);
        }
        // A full disk is left by itself, at any moment.
        if self.journal.health() == before {
            equal("J-15", &self.heard.as_ref(), &Some(&before), || {
                "heard last, and so it is".to_owned()
            });
        }
    }

    /// Reads along what the journal has made durable.
    pub(crate) fn follow(&mut self) {
        self.follow_health();
        let durable = self.journal.durable();
        let last = |known: &Entries| known.keys().next_back().copied().unwrap_or_default();
        while last(&self.known) < durable {
            let before = last(&self.known);
            let item = self.runtime.block_on(self.tail.next());
            let Some(Ok((position, entry))) = item else {
                panic!("[J-6] a tail ended or failed at {before}: {item:?}");
            };
            holds("J-5", position > before, || {
                format!("{position} after {before}")
            });
            holds("J-7", position <= durable, || {
                format!("a tail gave {position}, durable is {durable}")
            });
            self.known.insert(position, entry);
        }
        holds("J-6", last(&self.known) == durable, || {
            "a tail does not go on with new entries".to_owned()
        });
    }

    pub(crate) fn load(&self, page: PageId) -> Option<StoredPage> {
        self.run(self.store.load_page(page)).unwrap()
    }

    /// Replaces everything of a page up to a position.
    pub(crate) fn compact(
        &mut self,
        page: PageId,
        upto: Position,
        owners: Vec<(u64, PersonId)>,
        state: Bytes,
    ) -> bool {
        let at = self.now();
        let compacted = self.run(self.store.compact_page(page, upto, owners, state, at));
        self.follow();
        if let Ok(position) = &compacted {
            let entry = self.known.get(position);
            let is_it = matches!(entry, Some(Entry { subject: Subject::Page(of), body: Body::PageSnapshot { upto: claimed, .. }, .. })
                if *of == page && *claimed == upto);
            holds("J-8", is_it, || format!("{entry:?} at {position}"));
            self.check_view();
        }
        compacted.is_ok()
    }

    /// Lets go of what was replaced; nothing that can be looked up changes.
    pub(crate) fn rewrite(&mut self) -> bool {
        let rewritten = self.run(self.store.rewrite()).is_ok();
        if rewritten {
            self.check_size();
        }
        self.follow();
        self.check_view();
        rewritten
    }

    /// Fails calls to the disk from now on, as planned.
    pub(crate) fn plan(&mut self, plan: Plan) {
        self.is_planned = true;
        self.disk.plan(plan);
    }

    /// From now on the disk does as it should.
    pub(crate) fn unplan(&mut self) {
        self.is_planned = false;
        self.disk.plan(Plan::default());
    }

    /// Whether an append comes to a sync for certain, so that one can wait for that.
    fn syncs_next(&self) -> bool {
        self.is_writable() && !self.is_planned
    }
}

fn entry_of(update: &PageUpdate) -> Entry {
    Entry {
        at: update.at,
        by: update.by,
        subject: Subject::Page(update.page),
        body: Body::PageUpdate {
            connection: update.connection,
            clients: update.clients.clone(),
            update: update.update.clone(),
        },
    }
}
