//! What happens seldom.

use denkraum_domain::PageId;
use denkraum_journal::{Body, Entry, Journal, Subject};
use denkraum_store::{AppendError, PageUpdate, Position, Projection};
use futures_util::future;

use super::{Shelf, entry_of};
use crate::rules::{holds, note};
use crate::sim::Plan;

impl Shelf {
    /// Rewrites the journal while updates are appended.
    pub(crate) fn rewrite_beside(
        &mut self,
        updates: Vec<PageUpdate>,
    ) -> Vec<Result<Position, AppendError>> {
        let entries: Vec<_> = updates.iter().map(entry_of).collect();
        self.tried.extend(entries.iter().cloned());
        let appends = async {
            let appends = updates
                .into_iter()
                .map(|update| self.store.append_update(update));
            future::join_all(appends).await
        };
        let (rewritten, appended) = self.run(future::join(self.store.rewrite(), appends));
        holds("V-14", rewritten.is_ok(), || format!("{rewritten:?}"));
        self.follow();
        self.check_appended(&entries, &appended);
        self.check_view();
        appended
    }

    /// Whether the journal is not rewritten up to a position that no seal gave.
    pub(crate) fn refuses_unsealed(&self) -> bool {
        let upto = Position::new(self.journal.durable().get() + 1);
        let keep = self.known.keys().copied().collect();
        self.run(self.journal.rewrite(upto, keep)).is_err()
    }

    /// Whether entries are refused that no journal takes, each by itself; one of them is large.
    pub(crate) fn refuses_misfits(&mut self, with_large: bool) -> bool {
        let sound = self.last_entry();
        let misfit = Entry {
            subject: Subject::Page(PageId::from_u128(1)),
            body: Body::RecordDelete { revision: 1 },
            ..sound.clone()
        };
        let too_large = with_large.then(|| Entry {
            subject: Subject::Page(PageId::from_u128(1)),
            body: Body::PageUpdate {
                connection: 0,
                clients: Vec::new(),
                update: vec![0; (32 << 20) + 1].into(),
            },
            ..sound
        });
        let entries = [Some(misfit), too_large].into_iter().flatten();
        let appends = entries.map(|entry| self.journal.append(entry));
        let appended = self.run(future::join_all(appends));
        self.follow();
        appended.iter().all(Result::is_err)
    }

    /// Whether a page counts as stale if something was derived from what it was then.
    pub(crate) fn is_stale_when_derived(&self, page: PageId, then: Position) -> bool {
        let nothing = Projection {
            position: then,
            bytes: bytes::Bytes::new(),
        };
        let put = self.store.put_projections(vec![(page, nothing)]);
        self.run(put).unwrap();
        let stale = self.run(self.store.stale_projections()).unwrap();
        stale.iter().any(|head| head.page == page)
    }

    /// Appends, and goes away before it is done.
    pub(crate) fn append_and_forget(&mut self, update: PageUpdate) {
        let again = PageUpdate {
            update: bytes::Bytes::from_static(b"behind it"),
            ..update.clone()
        };
        self.tried.push(entry_of(&update));
        drop(self.store.append_update(update));
        self.append(vec![again]);
    }

    /// The bytes on the disk.
    pub(crate) fn used(&self) -> usize {
        let files = self.disk.content_of_all();
        files.iter().map(|(_, content)| content.len()).sum()
    }

    /// A killed server starts again on a full disk, and can be read.
    pub(crate) fn restart_while_full(&mut self) {
        note("start while full");
        let left = self.disk.after_kill();
        let space = Some(self.used());
        left.plan(Plan {
            space,
            ..Plan::default()
        });
        self.start_on(left, true);
        self.is_planned = true;
    }
}
