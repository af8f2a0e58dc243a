//! The page of a space.

use std::collections::BTreeMap;

use denkraum_content::Scalar;
use denkraum_domain::{
    Actor, Audience, Denial, KindId, PageId, SpaceId, Timestamp, permit_create, permit_edit,
    permit_read,
};

use super::dates::{Dated, When, day_of, takes_part};
use crate::app::App;
use crate::catalogue::{DateParts, OfferParts};
use crate::pages::{Entry, PageError, Projection, answered, plain_page};
use crate::views::{FieldValue, PageRef, PageSummary};

/// How many pages of a kind its list shows.
const SHELF: usize = 4;
/// How many pages are shown as changed last.
const RECENT: usize = 5;
/// How many dates are shown of those that are over.
const PAST_DATES: usize = 6;
/// How many milestones are shown, newest first.
const MILESTONES: usize = 12;

/// What the page of a space shows to one reader.
#[derive(Clone, Debug, PartialEq)]
pub struct SpaceOverview {
    /// Where the district is heading, if a page says so.
    pub strategy: Option<StrategyView>,
    /// How many pages of each kind there are; a kind without pages is not named.
    pub counts: BTreeMap<KindId, usize>,
    /// The newest pages of the kinds that have a list.
    pub shelves: Vec<Shelf>,
    /// All offers, with the rows and columns of the table they stand in.
    pub offers: Vec<Offer>,
    /// The milestones, newest first.
    pub milestones: Vec<Dated>,
    /// What the space takes part in: the next first, then those that are over, newest first.
    pub dates: Vec<Dated>,
    /// What was changed last.
    pub recent: Vec<PageSummary>,
    /// How many archived pages the reader may see.
    pub archived: usize,
    /// Whether the reader may create pages here.
    pub can_create: bool,
}

/// The page that says where a district is heading.
#[derive(Clone, Debug, PartialEq)]
pub struct StrategyView {
    /// The page.
    pub summary: PageSummary,
    /// Its answered fields, by name.
    pub fields: BTreeMap<String, FieldValue>,
    /// The pages about each step that the reader may see, by the field that names them.
    pub step_pages: BTreeMap<String, Vec<PageRef>>,
    /// Whether the reader may write it.
    pub can_edit: bool,
}

/// The newest pages of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// The kind.
    pub kind: KindId,
    /// Newest change first.
    pub items: Vec<PageSummary>,
}

/// Where an offer stands in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The page.
    pub page: PageId,
    /// Its rows.
    pub rows: Vec<String>,
    /// Its columns.
    pub columns: Vec<String>,
}

/// What one look at all pages finds, before anything is made ready to be shown.
#[derive(Default)]
struct Found {
    /// The pages of the space, by kind, with their last change.
    pages: BTreeMap<KindId, Vec<(Timestamp, PageId)>>,
    /// Whether it is a draft, when it was made, which.
    strategies: Vec<(bool, Timestamp, PageId)>,
    offers: Vec<Offer>,
    milestones: Vec<When>,
    dates: Vec<When>,
    archived: usize,
}

impl App {
    /// The page of a space as this reader sees it; `None` if there is no such space.
    pub async fn space_overview(
        &self,
        actor: &Actor,
        space: &SpaceId,
    ) -> Result<Option<SpaceOverview>, PageError> {
        if self.catalogue().space(space).is_none() {
            return Ok(None);
        }
        let mut found = self.look_around(actor, space);
        found.offers.sort_unstable_by_key(|offer| offer.page);
        let strategy = match found.strategies.iter().min() {
            Some((_, _, page)) => Some(self.strategy_view(actor, *page).await?),
            None => None,
        };
        let all: Vec<_> = found.pages.values().flatten().copied().collect();
        let shelf = |kind: &KindId| {
            let pages = found.pages.get(kind).map_or(&[][..], Vec::as_slice);
            Shelf {
                kind: kind.clone(),
                items: self.newest(actor, pages, SHELF),
            }
        };
        let in_network = self.catalogue().is_network(space);
        let declared = &self.catalogue().overview.shelves;
        let shelves = if in_network {
            &declared.network
        } else {
            &declared.district
        };
        let today = day_of(self.now());
        let dated = |when: When| when.shown(self, actor, &today);
        Ok(Some(SpaceOverview {
            strategy,
            shelves: shelves.iter().map(shelf).collect(),
            milestones: newest_first(found.milestones)
                .into_iter()
                .take(MILESTONES)
                .filter_map(dated)
                .collect(),
            dates: next_then_over(found.dates, &today)
                .into_iter()
                .filter_map(dated)
                .collect(),
            recent: self.newest(actor, &all, RECENT),
            offers: found.offers,
            counts: found
                .pages
                .into_iter()
                .map(|(kind, pages)| (kind, pages.len()))
                .collect(),
            archived: found.archived,
            can_create: permit_create(actor, space, in_network, Audience::Draft).is_ok(),
        }))
    }

    /// The pages that changed last.
    fn newest(
        &self,
        actor: &Actor,
        pages: &[(Timestamp, PageId)],
        most: usize,
    ) -> Vec<PageSummary> {
        let mut newest = pages.to_vec();
        newest.sort_unstable_by(|a, b| b.cmp(a));
        newest
            .into_iter()
            .take(most)
            .filter_map(|(_, page)| self.summary(actor, page))
            .collect()
    }

    /// Looks at every page once.
    fn look_around(&self, actor: &Actor, space: &SpaceId) -> Found {
        let parts = &self.catalogue().overview;
        // Milestones have a line of their own.
        let line = parts.milestones.as_ref();
        let apart = |one: &&DateParts| line.is_none_or(|line| line.kind != one.kind);
        let meetings: Vec<_> = parts.dates.iter().filter(apart).cloned().collect();
        let mut found = Found::default();
        self.directory().collect(|page, entry| {
            permit_read(&entry.record.facts(page, self.catalogue()), actor).ok()?;
            let is_here = entry.record.space == *space;
            if entry.record.archived {
                found.archived += usize::from(is_here);
                return None;
            }
            if takes_part(entry, &meetings, space) {
                found.dates.extend(When::of(page, entry, &meetings));
            }
            is_here.then(|| self.take_in(&mut found, page, entry))
        });
        found
    }

    /// Takes in a page of the space.
    fn take_in(&self, found: &mut Found, page: PageId, entry: &Entry) {
        let parts = &self.catalogue().overview;
        let kind = entry
            .projection
            .as_ref()
            .map_or_else(plain_page, Projection::kind);
        let record = &entry.record;
        if parts.strategy.as_ref().is_some_and(|one| one.kind == kind) {
            // The oldest one counts, and a draft only if there is nothing else.
            let is_draft = record.audience == Audience::Draft;
            found.strategies.push((is_draft, record.created_at, page));
        }
        if let (Some(one), Some(projection)) = (&parts.offers, &entry.projection)
            && one.kind == kind
        {
            found.offers.push(offer(page, projection, one));
        }
        if let Some(one) = &parts.milestones {
            let when = When::of(page, entry, std::slice::from_ref(one));
            found.milestones.extend(when);
        }
        let changed = (entry.changed_at, page);
        found.pages.entry(kind).or_default().push(changed);
    }

    fn step_pages(
        &self,
        actor: &Actor,
        fields: &BTreeMap<String, FieldValue>,
    ) -> BTreeMap<String, Vec<PageRef>> {
        let strategy = self.catalogue().overview.strategy.as_ref();
        let steps = strategy.map_or(&[][..], |parts| &parts.steps);
        let linked = steps.iter().filter_map(|step| {
            let (name, answer) = fields.get_key_value(step.pages.as_ref()?)?;
            let pages = pages_of(answer).into_iter();
            let seen = pages.filter_map(|page| self.reference(actor, page));
            Some((name.clone(), seen.collect()))
        });
        linked.collect()
    }

    async fn strategy_view(&self, actor: &Actor, page: PageId) -> Result<StrategyView, PageError> {
        let facts = self.readable(actor, page)?;
        let content = self.content(page).await?;
        let summary = self.summary(actor, page).ok_or(PageError::Denied {
            page,
            err: Denial::Hidden,
        })?;
        let kind = self.catalogue().kind(&summary.page.kind);
        let fields = kind
            .map(|kind| answered(self.catalogue(), kind, &content))
            .unwrap_or_default();
        Ok(StrategyView {
            step_pages: self.step_pages(actor, &fields),
            fields,
            can_edit: permit_edit(&facts, actor).is_ok(),
            summary,
        })
    }
}

/// The pages that an answer names.
fn pages_of(answer: &FieldValue) -> Vec<PageId> {
    let ids = match answer {
        FieldValue::Text(page) => std::slice::from_ref(page),
        FieldValue::Many(pages) => pages,
        _ => &[],
    };
    ids.iter().filter_map(|id| PageId::parse(id).ok()).collect()
}

fn newest_first(mut days: Vec<When>) -> Vec<When> {
    days.sort_unstable_by(|a, b| (&b.first, b.page).cmp(&(&a.first, a.page)));
    days
}

/// The next day first; after those ahead some that are over, newest first.
fn next_then_over(days: Vec<When>, today: &str) -> Vec<When> {
    let (mut next, over): (Vec<_>, Vec<_>) = days.into_iter().partition(|day| day.end() >= today);
    next.sort_unstable_by(|a, b| (&a.first, a.page).cmp(&(&b.first, b.page)));
    next.extend(newest_first(over).into_iter().take(PAST_DATES));
    next
}

fn offer(page: PageId, projection: &Projection, parts: &OfferParts) -> Offer {
    Offer {
        page,
        rows: choices(projection, &parts.rows),
        columns: choices(projection, &parts.columns),
    }
}

/// The choices that answer a field, one or many.
fn choices(projection: &Projection, field: &str) -> Vec<String> {
    let one = match projection.values.get(field) {
        Some(Scalar::Text(choice)) => Some(choice.clone()),
        _ => None,
    };
    let many = projection.sets.get(field).into_iter().flatten().cloned();
    one.into_iter().chain(many).collect()
}
