//! Every page's record and projection in memory, for lists, links and decisions.
//!
//! One page takes about a kilobyte; 10,000 pages are 10 MB. Nothing here is the truth: records
//! come from the store, projections from documents.

use std::collections::{HashMap, HashSet};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use denkraum_domain::{PageId, PersonId, Timestamp};

use super::{PageRecord, Projection};

/// What is known of a page.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) record: PageRecord,
    pub(crate) revision: u64,
    pub(crate) projection: Option<Projection>,
    pub(crate) changed_at: Timestamp,
    pub(crate) changed_by: Option<PersonId>,
}

/// All pages.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    inner: RwLock<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    pages: HashMap<PageId, Entry>,
    /// For each page the pages whose text links to it, and those that emerged from it.
    backlinks: HashMap<PageId, HashSet<PageId>>,
}

impl Directory {
    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, page: PageId) -> Option<Entry> {
        self.read().pages.get(&page).cloned()
    }

    pub(crate) fn contains(&self, page: PageId) -> bool {
        self.read().pages.contains_key(&page)
    }

    /// Looks at every page.
    pub(crate) fn collect<T>(&self, mut choose: impl FnMut(PageId, &Entry) -> Option<T>) -> Vec<T> {
        self.read()
            .pages
            .iter()
            .filter_map(|(page, entry)| choose(*page, entry))
            .collect()
    }

    /// The pages whose text links to `page`, and those that emerged from it.
    pub(crate) fn linking_to(&self, page: PageId) -> Vec<PageId> {
        self.read()
            .backlinks
            .get(&page)
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }

    /// Puts a record in; the projection of a known page stays.
    pub(crate) fn put_record(&self, page: PageId, record: PageRecord, revision: u64) {
        let mut inner = self.write();
        if let Some(origin) = record.emerged_from {
            inner.backlinks.entry(origin).or_default().insert(page);
        }
        if let Some(entry) = inner.pages.get_mut(&page) {
            entry.record = record;
            entry.revision = revision;
            return;
        }
        let (changed_at, changed_by) = (record.created_at, record.authors.first().copied());
        let entry = Entry {
            record,
            revision,
            projection: None,
            changed_at,
            changed_by,
        };
        inner.pages.insert(page, entry);
    }

    /// Puts a projection in; ignored for a page that has no record.
    pub(crate) fn put_projection(
        &self,
        page: PageId,
        projection: Projection,
        changed: Option<(Timestamp, Option<PersonId>)>,
    ) {
        let mut inner = self.write();
        let Inner { pages, backlinks } = &mut *inner;
        let Some(entry) = pages.get_mut(&page) else {
            return;
        };
        for old in entry.projection.iter().flat_map(Projection::links) {
            if let Some(linking) = backlinks.get_mut(&old.page) {
                linking.remove(&page);
            }
        }
        let linked = projection.links().map(|mention| mention.page);
        for target in linked.chain(entry.record.emerged_from) {
            backlinks.entry(target).or_default().insert(page);
        }
        entry.projection = Some(projection);
        if let Some((at, by)) = changed {
            entry.changed_at = at;
            entry.changed_by = by;
        }
    }
}
