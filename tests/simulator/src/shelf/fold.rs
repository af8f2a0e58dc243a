//! What a store has to show for the entries of its journal, worked out anew from all of them.

use std::collections::BTreeMap;

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId};
use denkraum_journal::{Body, Change, Entry, Position, RecordKey, Subject};

/// Entries by position.
pub(crate) type Entries = BTreeMap<Position, Entry>;

/// All pages and records.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fold {
    pub(crate) pages: BTreeMap<PageId, Page>,
    pub(crate) records: BTreeMap<RecordKey, (u64, Option<Bytes>, Position)>,
}

/// A page as it follows from its entries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    pub(crate) is_deleted: bool,
    pub(crate) snapshot: Option<Bytes>,
    pub(crate) snapshot_at: Position,
    pub(crate) updates: BTreeMap<Position, Bytes>,
    pub(crate) owners: BTreeMap<u64, PersonId>,
    pub(crate) created: Change,
    pub(crate) changed: Change,
}

impl Fold {
    pub(crate) fn of(entries: &Entries) -> Self {
        let mut fold = Self::default();
        for (position, entry) in entries {
            match &entry.subject {
                Subject::Page(page) => fold.page(*page, *position, entry),
                Subject::Record(key) => {
                    let record = match &entry.body {
                        Body::RecordPut {
                            revision, value, ..
                        } => (*revision, Some(value.clone()), *position),
                        Body::RecordDelete { revision } => (*revision, None, *position),
                        _ => continue,
                    };
                    fold.records.insert(key.clone(), record);
                }
            }
        }
        fold
    }

    fn page(&mut self, page: PageId, position: Position, entry: &Entry) {
        let change = Change {
            position,
            at: entry.at,
            by: entry.by,
        };
        let page = self.pages.entry(page).or_insert_with(|| Page::new(change));
        if page.is_deleted {
            return;
        }
        match &entry.body {
            Body::PageUpdate {
                clients, update, ..
            } => {
                page.updates.insert(position, update.clone());
                page.changed = change;
                if let Some(by) = entry.by {
                    for client in clients {
                        page.owners.entry(*client).or_insert(by);
                    }
                }
            }
            Body::PageSnapshot {
                upto,
                owners,
                created,
                changed,
                state,
            } if page.snapshot_at <= *upto => {
                page.updates.retain(|at, _| at > upto);
                page.snapshot = Some(state.clone());
                page.snapshot_at = *upto;
                // It knows who brought what it stands for.
                let mut known: BTreeMap<_, _> = owners.iter().copied().collect();
                known.extend(
                    page.owners
                        .iter()
                        .filter(|(client, _)| !owners.iter().any(|(named, _)| named == *client)),
                );
                page.owners = known;
                if created.position < page.created.position {
                    page.created = *created;
                }
                // Whether or not the entries that it stands for are still there.
                if changed.position > page.changed.position || page.changed.position == position {
                    page.changed = *changed;
                }
            }
            Body::PageDelete => {
                *page = Page {
                    is_deleted: true,
                    ..Page::new(change)
                };
            }
            _ => {}
        }
    }
}

impl Page {
    const fn new(created: Change) -> Self {
        Self {
            is_deleted: false,
            snapshot: None,
            snapshot_at: Position::START,
            updates: BTreeMap::new(),
            owners: BTreeMap::new(),
            created,
            changed: created,
        }
    }
}
