//! Lists of pages and titles of links, for one reader.

use denkraum_domain::{Actor, PageId, permit_read};

use super::Entry;
use super::projection::{Projection, plain_page};
use super::read::ReaderTitles;
use crate::app::App;
use crate::views::{ListQuery, PageList, PageRef, PageSummary, PersonRef};

/// The most pages in one part of a list.
const MAX_LIMIT: usize = 200;

impl App {
    /// The pages that the reader may read and the query asks for, newest change first.
    pub fn list_pages(&self, actor: &Actor, query: &ListQuery) -> PageList {
        let wanted = |page: PageId, entry: &Entry| {
            let record = &entry.record;
            let fits = (query.spaces.is_empty() || query.spaces.contains(&record.space))
                && (query.audiences.is_empty() || query.audiences.contains(&record.audience))
                && (query.kinds.is_empty() || query.kinds.contains(&kind_of(entry)))
                && (!query.mine || record.authors.contains(&actor.person))
                && record.archived == query.archived
                && query.with.iter().all(|(field, choices)| {
                    let projection = entry.projection.as_ref();
                    projection.is_some_and(|one| one.has_choice(field, choices))
                })
                && permit_read(&record.facts(page, self.catalogue()), actor).is_ok();
            fits.then_some((entry.changed_at, page))
        };
        let mut found = self.directory().collect(wanted);
        found.sort_unstable_by(|a, b| b.cmp(a));
        let start = query.cursor.map_or(0, |cursor| {
            found
                .iter()
                .position(|(_, page)| *page == cursor)
                .map_or(found.len(), |at| at + 1)
        });
        let limit = query.limit.clamp(1, MAX_LIMIT);
        let part: Vec<_> = found
            .iter()
            .skip(start)
            .take(limit)
            .map(|(_, page)| *page)
            .collect();
        let next = part
            .last()
            .copied()
            .filter(|_| start + part.len() < found.len());
        let items = part
            .into_iter()
            .filter_map(|page| self.summary(actor, page))
            .collect();
        PageList { items, next }
    }

    /// The titles of pages for links; `None` where the reader has no access or there is no page.
    pub fn titles(&self, actor: &Actor, pages: &[PageId]) -> Vec<(PageId, Option<PageRef>)> {
        pages
            .iter()
            .map(|page| (*page, self.reference(actor, *page)))
            .collect()
    }

    /// A page as links show it to this reader.
    pub(crate) fn reference(&self, actor: &Actor, page: PageId) -> Option<PageRef> {
        let entry = self.directory().get(page)?;
        permit_read(&entry.record.facts(page, self.catalogue()), actor).ok()?;
        Some(reference(page, &entry))
    }

    /// A page as lists show it to this reader; the caller has decided that the reader may see it.
    pub(crate) fn summary(&self, actor: &Actor, page: PageId) -> Option<PageSummary> {
        let entry = self.directory().get(page)?;
        let person = |id| {
            let account = self.accounts_view().get(id)?;
            Some(PersonRef {
                id,
                name: account.name.to_string(),
            })
        };
        let kind = self.catalogue().kind(&kind_of(&entry));
        let card = kind.zip(entry.projection.as_ref());
        Some(PageSummary {
            page: reference(page, &entry),
            card: card
                .map(|(kind, projection)| projection.card(kind))
                .unwrap_or_default(),
            audience: entry.record.audience,
            tags: entry
                .projection
                .as_ref()
                .map(Projection::tags)
                .unwrap_or_default(),
            excerpt: entry
                .projection
                .as_ref()
                .map(|one| one.excerpt(&ReaderTitles { app: self, actor }))
                .unwrap_or_default(),
            changed_at: entry.changed_at,
            changed_by: entry.changed_by.and_then(person),
            created_at: entry.record.created_at,
            archived: entry.record.archived,
            archived_at: entry.record.archived_since.map(|since| since.at),
            archived_by: entry
                .record
                .archived_since
                .and_then(|since| since.by)
                .and_then(person),
            authors: entry
                .record
                .authors
                .iter()
                .copied()
                .filter_map(person)
                .collect(),
        })
    }
}

fn kind_of(entry: &Entry) -> denkraum_domain::KindId {
    entry
        .projection
        .as_ref()
        .map_or_else(plain_page, Projection::kind)
}

fn reference(page: PageId, entry: &Entry) -> PageRef {
    let title = entry
        .projection
        .as_ref()
        .map(|projection| projection.title.clone());
    PageRef {
        id: page,
        title: title.unwrap_or_else(|| denkraum_content::title_or_placeholder("")),
        kind: kind_of(entry),
        space: entry.record.space.clone(),
    }
}
