//! The store: look-ups in the view, and the way into the journal.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_journal::{
    Body, BoxFuture, BoxStream, Entry, Health, Journal, Position, RecordKey, Subject,
};
use futures_util::{FutureExt, TryFutureExt, future};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use crate::applier::Applier;
use crate::inner::Inner;
use crate::keys::{self, Family};
use crate::page::{self, Head};
use crate::progress::Shared;
use crate::value::{self, Digest};
use crate::view::{Broken, View};
use crate::{
    AppendError, CompactError, OpenError, PageHead, PageUpdate, Projection, PutError, ReadError,
    Record, RewriteError, Rewritten, StoreStatus, StoredPage, apply, open_view, record,
};

/// The view of one journal and the way into that journal. Clones are handles of the same store.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

impl Store {
    /// Opens the view in `view_dir`, makes it again if it is not usable, and brings it up to date
    /// before returning. [V-1, V-2, V-3]
    pub async fn open(journal: Arc<dyn Journal>, view_dir: &Path) -> Result<Self, OpenError> {
        Self::open_within(journal, view_dir, open_view::DEADLINE).await
    }

    /// As [`Store::open`], with the time after which opening the view's files has failed.
    pub(crate) async fn open_within(
        journal: Arc<dyn Journal>,
        view_dir: &Path,
        deadline: Duration,
    ) -> Result<Self, OpenError> {
        let shared = Arc::new(Shared::new());
        let (orders, received) = mpsc::unbounded_channel();
        let (opened, done) = oneshot::channel();
        let applier = Applier {
            journal: Arc::clone(&journal),
            folder: view_dir.to_owned(),
            deadline,
            shared: Arc::clone(&shared),
            orders: received,
            opened: Some(opened),
            runtime: Handle::current(),
            stopping: false,
            without_room: false,
        };
        let thread = thread::Builder::new().name("store".to_owned());
        let failed = |err| OpenError::Folder {
            path: view_dir.to_owned(),
            err,
        };
        thread.spawn(move || applier.run()).map_err(failed)?;
        done.await.unwrap_or(Err(OpenError::Stopped))?;
        Ok(Self {
            inner: Arc::new(Inner::new(journal, shared, orders)),
        })
    }

    /// Finishes the writes of records, stops applying and writes the view out. The journal stays
    /// open: close it afterwards.
    pub async fn close(&self) {
        self.inner.close().await;
    }

    /// Journals an update. It takes its place in order when called, not when polled; the future is
    /// done once it is durable. [V-8]
    pub fn append_update(
        &self,
        update: PageUpdate,
    ) -> BoxFuture<'static, Result<Position, AppendError>> {
        let PageUpdate {
            page,
            at,
            by,
            connection,
            clients,
            update,
        } = update;
        if self.inner.shared.is_deleted(page) {
            return future::ready(Err(AppendError::Deleted { page })).boxed();
        }
        let body = Body::PageUpdate {
            connection,
            clients,
            update,
        };
        let entry = Entry {
            at,
            by,
            subject: Subject::Page(page),
            body,
        };
        self.inner
            .journal
            .append(entry)
            .map_err(AppendError::Journal)
            .boxed()
    }

    /// A page as it is after everything that was durable when this was called. [V-5]
    pub async fn load_page(&self, page: PageId) -> Result<Option<StoredPage>, ReadError> {
        let subject = Subject::Page(page);
        self.inner
            .read(move |view| page_unless_damaged(view, &subject, page))
            .await?
    }

    /// Replaces everything of a page up to `upto` by the document `state` at that position. Later
    /// updates are kept. [V-9]
    pub async fn compact_page(
        &self,
        page: PageId,
        upto: Position,
        owners: Vec<(u64, PersonId)>,
        state: Bytes,
        at: Timestamp,
    ) -> Result<Position, CompactError> {
        let known = self.inner.read(move |view| {
            let head = Head::read(view, page)?.filter(|(head, _)| !head.deleted);
            Ok(head
                .map(|(head, _)| head)
                .zip(Some(page::owners(view, page)?)))
        });
        let known = known.await.map_err(CompactError::Read)?;
        let (head, known) = known.ok_or(CompactError::NotFound { page })?;
        // The snapshot has to stand for the updates it replaces, so it names all owners.
        let owners: BTreeMap<_, _> = owners.into_iter().chain(known).collect();
        let owners = owners.into_iter().collect();
        let Head {
            created, changed, ..
        } = head;
        let body = Body::PageSnapshot {
            upto,
            owners,
            created,
            changed,
            state,
        };
        let entry = Entry {
            at,
            by: None,
            subject: Subject::Page(page),
            body,
        };
        let compacted = self.inner.journal.compact(Subject::Page(page), upto, entry);
        compacted.await.map_err(CompactError::Journal)
    }

    /// Deletes a page for good; returns once it is no longer found. [V-8]
    pub async fn delete_page(
        &self,
        page: PageId,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Result<Position, AppendError> {
        let entry = Entry {
            at,
            by,
            subject: Subject::Page(page),
            body: Body::PageDelete,
        };
        let position = self
            .inner
            .journal
            .append(entry)
            .await
            .map_err(AppendError::Journal)?;
        // It is durable. Should the view fail now, nothing is found in it at all.
        drop(self.inner.shared.applied(position).await);
        self.inner.shared.add_deleted([page]);
        self.inner.rewrite_soon();
        Ok(position)
    }

    /// Lets go of everything in the journal that has been replaced or deleted. It happens by itself
    /// when it is worth it, and after every deletion of a page; this one is for those who must know
    /// when it is done. [V-14]
    pub async fn rewrite(&self) -> Result<Rewritten, RewriteError> {
        self.inner.rewrite().await
    }

    /// What lists say of one page.
    pub async fn page_head(&self, page: PageId) -> Result<Option<PageHead>, ReadError> {
        let heads = self.page_heads_of(vec![page]).await?;
        Ok(heads.into_iter().next().flatten())
    }

    /// What lists say of some pages, in their order; none for a page that there is not.
    pub async fn page_heads_of(
        &self,
        pages: Vec<PageId>,
    ) -> Result<Vec<Option<PageHead>>, ReadError> {
        let read = move |view: &View| {
            let read = |page: &PageId| {
                let head = Head::read(view, *page)?.filter(|(head, _)| !head.deleted);
                Ok(head.map(|(head, _)| PageHead::new(*page, &head.created, &head.changed)))
            };
            pages.iter().map(read).collect()
        };
        self.inner.read(read).await
    }

    /// What lists say of every page, sorted by page id. [V-7]
    pub async fn page_heads(&self) -> Result<Vec<PageHead>, ReadError> {
        self.inner.read(page::heads).await
    }

    /// The current value of a record.
    pub async fn get(&self, key: &RecordKey) -> Result<Option<Record>, ReadError> {
        self.inner
            .record(key)
            .await
            .map(|stored| stored.and_then(record::Stored::into_record))
    }

    /// The current values of all records of a collection, sorted by id; damaged ones are left out.
    pub async fn scan(&self, collection: &str) -> Result<Vec<(RecordKey, Record)>, ReadError> {
        self.scan_beginning(collection, vec![String::new()]).await
    }

    /// As [`Store::scan`], only the records whose ids begin with one of `beginnings`, in their order.
    pub async fn scan_beginning(
        &self,
        collection: &str,
        beginnings: Vec<String>,
    ) -> Result<Vec<(RecordKey, Record)>, ReadError> {
        let collection = collection.to_owned();
        let intact = move |view: &View| {
            let mut records = Vec::new();
            for beginning in &beginnings {
                records.extend(record::scan(view, &collection, beginning)?);
            }
            let damaged = apply::all_damaged(view)?;
            records.retain(|(key, _)| !damaged.contains(&Subject::Record(key.clone())));
            Ok(records)
        };
        self.inner.read(intact).await
    }

    /// The newest version of a value in each collection: whoever wrote it knew so much at least.
    pub async fn record_versions(&self) -> Result<BTreeMap<String, u16>, ReadError> {
        self.inner.read(record::versions).await
    }

    /// Writes a record if it is at the `expected` revision, `None` meaning that it must not exist;
    /// returns the new revision once it is durable and found by look-ups. The write goes on even if
    /// this future is dropped. [V-10, V-11]
    pub async fn put(
        &self,
        key: RecordKey,
        expected: Option<u64>,
        version: u16,
        value: Bytes,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Result<u64, PutError> {
        let body = move |revision| Body::RecordPut {
            revision,
            version,
            value,
        };
        let inner = Arc::clone(&self.inner);
        let closed = PutError::Read {
            key: key.clone(),
            err: ReadError::Closed,
        };
        let write = async move { inner.write(key, expected, by, at, body).await };
        self.inner.to_the_end(write).await.unwrap_or(Err(closed))
    }

    /// Deletes a record if it is at the `expected` revision; returns the deletion's revision once
    /// it is durable and the record no longer found. [V-10, V-11]
    pub async fn delete(
        &self,
        key: RecordKey,
        expected: u64,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Result<u64, PutError> {
        let body = |revision| Body::RecordDelete { revision };
        let inner = Arc::clone(&self.inner);
        let closed = PutError::Read {
            key: key.clone(),
            err: ReadError::Closed,
        };
        let write = async move { inner.write(key, Some(expected), by, at, body).await };
        self.inner.to_the_end(write).await.unwrap_or(Err(closed))
    }

    /// Keeps what was derived from the content of pages as it was at a position. An older one never
    /// replaces a newer one; of a page that does not exist nothing is kept. [V-12]
    pub async fn put_projections(
        &self,
        projections: Vec<(PageId, Projection)>,
    ) -> Result<(), ReadError> {
        let put = move |view: &View| {
            view.change(|changes| {
                for (page, Projection { position, bytes }) in &projections {
                    let exists = Head::read(changes, *page)?.is_some_and(|(head, _)| !head.deleted);
                    let key = keys::page(Family::Projection, *page);
                    let known = value::position(changes, &key)?;
                    if exists && known.is_none_or(|known| known <= *position) {
                        value::write(changes, &mut Digest::default(), &key, *position, bytes)?;
                    }
                }
                Ok(())
            })
        };
        self.inner.ask(Arc::new(put)).await
    }

    /// What was last derived from a page.
    pub async fn projection(&self, page: PageId) -> Result<Option<Projection>, ReadError> {
        let key = keys::page(Family::Projection, page);
        let value = self.inner.read(move |view| value::read(view, &key)).await?;
        Ok(value.map(projection))
    }

    /// What was last derived from every page, sorted by page id.
    pub async fn projections(&self) -> Result<Vec<(PageId, Projection)>, ReadError> {
        let all = |view: &View| value::scan(view, &[Family::Projection as u8]);
        let all = self.inner.read(all).await?.into_iter();
        let named = |(key, value): (Vec<u8>, _)| Some((keys::page_of(&key)?, projection(value)));
        Ok(all.filter_map(named).collect())
    }

    /// The pages that changed after their projection was made, or have none. [V-12]
    pub async fn stale_projections(&self) -> Result<Vec<PageHead>, ReadError> {
        let stale = |view: &View| {
            let mut stale = Vec::new();
            for head in page::heads(view)? {
                let key = keys::page(Family::Projection, head.page);
                let made = value::position(view, &key)?;
                if made.is_none_or(|made| made < head.last) {
                    stale.push(head);
                }
            }
            Ok(stale)
        };
        self.inner.read(stale).await
    }

    /// Everything that is set aside because a part of it in the journal is damaged. [V-13]
    pub async fn set_aside(&self) -> Result<Vec<Subject>, ReadError> {
        self.inner.read(apply::all_damaged).await
    }

    /// Whether entries are taken, now and whenever that changes; ends when the journal is closed. [J-15]
    pub fn health_changes(&self) -> BoxStream<'static, Health> {
        self.inner.journal.health_changes()
    }

    /// How the store is.
    pub fn status(&self) -> StoreStatus {
        let (applied, view) = self.inner.shared.view_health();
        StoreStatus {
            applied,
            durable: self.inner.journal.durable(),
            journal: self.inner.journal.health(),
            view,
            damage: self.inner.shared.damage(),
        }
    }
}

fn page_unless_damaged(
    view: &View,
    subject: &Subject,
    page: PageId,
) -> Result<Result<Option<StoredPage>, ReadError>, Broken> {
    if apply::is_damaged(view, subject)? {
        return Ok(Err(ReadError::Damaged {
            subject: subject.clone(),
        }));
    }
    page::load(view, page).map(Ok)
}

fn projection(value: value::Value) -> Projection {
    Projection {
        position: value.position,
        bytes: value.bytes.into(),
    }
}
