//! The start page.

use std::collections::HashMap;

use denkraum_content::Scalar;
use denkraum_domain::{Actor, Audience, PageId, SpaceId, Timestamp, permit_read};

use super::dates::{Dated, When, day_of};
use crate::app::App;
use crate::catalogue::{SpaceSort, StrategyParts};
use crate::pages::{Entry, Projection};
use crate::views::{PageRef, PageSummary};

/// How many pages are shown as new.
const NEWS: usize = 8;
/// How many pages are shown as changed last.
const RECENT: usize = 6;
/// How many dates are shown.
const DATES: usize = 5;

/// What the start page shows to one reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The end of their last visit; `None` at the first one.
    pub since: Option<Timestamp>,
    /// How many pages others have made or changed since.
    pub total: usize,
    /// The newest of them.
    pub news: Vec<News>,
    /// What was changed last by anybody.
    pub recent: Vec<PageSummary>,
    /// The next dates.
    pub dates: Vec<Dated>,
    /// Every district, in the order of the catalogue.
    pub districts: Vec<DistrictState>,
}

/// A page that is new to the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// The page.
    pub summary: PageSummary,
    /// Whether it was made since the last visit; otherwise it was changed.
    pub made: bool,
}

/// Where a district stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictState {
    /// The district.
    pub space: SpaceId,
    /// The page that says so, if there is one.
    pub strategy: Option<PageRef>,
    /// The state of its agreement.
    pub agreement: Option<String>,
    /// The day of the agreement.
    pub agreement_date: Option<String>,
    /// The step it works on, from 1: the first that is not reached, or the last one.
    pub step: Option<usize>,
}

/// What one look at all pages finds.
#[derive(Default)]
struct Found {
    changed: Vec<(Timestamp, PageId)>,
    /// When it changed, which, and whether it was made since the last visit.
    news: Vec<(Timestamp, PageId, bool)>,
    dates: Vec<When>,
    /// Of each space its strategy: whether it is a draft, when it was made, what it says.
    strategies: HashMap<SpaceId, (bool, Timestamp, DistrictState)>,
}

impl App {
    /// The start page; the reader looks at it now.
    pub async fn start(&self, actor: &Actor) -> Start {
        let now = self.now();
        let since = self.visits().look(actor.person, now).await;
        let today = day_of(now);
        let mut found = self.look_at_all(actor, since, &today);
        found.news.sort_unstable_by(|a, b| b.cmp(a));
        found.changed.sort_unstable_by(|a, b| b.cmp(a));
        let next = |a: &When, b: &When| (&a.first, a.page).cmp(&(&b.first, b.page));
        found.dates.sort_unstable_by(next);
        let news = found.news.iter().take(NEWS).filter_map(|(_, page, made)| {
            Some(News {
                summary: self.summary(actor, *page)?,
                made: *made,
            })
        });
        let recent = found.changed.iter().take(RECENT);
        let recent = recent.filter_map(|(_, page)| self.summary(actor, *page));
        let spaces = self.catalogue().spaces.iter();
        let districts = spaces.filter(|space| space.sort == SpaceSort::District);
        Start {
            since,
            total: found.news.len(),
            news: news.collect(),
            recent: recent.collect(),
            dates: found
                .dates
                .into_iter()
                .take(DATES)
                .filter_map(|when| when.shown(self, actor, &today))
                .collect(),
            districts: districts
                .map(|space| match found.strategies.remove(&space.id) {
                    Some((_, _, state)) => state,
                    None => DistrictState::unknown(space.id.clone()),
                })
                .collect(),
        }
    }

    /// The reader has seen everything that is there now.
    pub async fn all_seen(&self, actor: &Actor) {
        self.visits().all_seen(actor.person, self.now()).await;
    }

    fn look_at_all(&self, actor: &Actor, since: Option<Timestamp>, today: &str) -> Found {
        let parts = &self.catalogue().overview;
        let mut found = Found::default();
        self.directory().collect(|page, entry| {
            let record = &entry.record;
            permit_read(&record.facts(page, self.catalogue()), actor)
                .ok()
                .filter(|_| !record.archived)?;
            found.changed.push((entry.changed_at, page));
            let own = entry.changed_by == Some(actor.person);
            if let Some(since) = since.filter(|since| !own && entry.changed_at > *since) {
                let made = record.created_at > since;
                found.news.push((entry.changed_at, page, made));
            }
            let when = When::of(page, entry, &parts.dates);
            found.dates.extend(when.filter(|when| when.end() >= today));
            let strategy = parts.strategy.as_ref();
            if let Some(state) = strategy.and_then(|parts| state(page, entry, parts)) {
                // The oldest one counts, and a draft only if there is nothing else.
                let is_draft = record.audience == Audience::Draft;
                let known = found.strategies.get(&record.space);
                if known
                    .is_none_or(|(draft, made, _)| (is_draft, record.created_at) < (*draft, *made))
                {
                    let ranked = (is_draft, record.created_at, state);
                    found.strategies.insert(record.space.clone(), ranked);
                }
            }
            None::<()>
        });
        found
    }
}

impl DistrictState {
    /// Of a district that has said nothing yet, or nothing to this reader.
    fn unknown(space: SpaceId) -> Self {
        Self {
            space,
            strategy: None,
            agreement: None,
            agreement_date: None,
            step: None,
        }
    }
}

/// What a strategy says about its district; `None` for other pages.
fn state(page: PageId, entry: &Entry, parts: &StrategyParts) -> Option<DistrictState> {
    let projection = entry.projection.as_ref()?;
    let kind = projection.kind();
    if kind != parts.kind {
        return None;
    }
    let space = entry.record.space.clone();
    let open =
        |field: &str| !one(projection, field).is_some_and(|state| parts.reached.contains(&state));
    let step = parts.steps.iter().position(|step| open(&step.field));
    let step = step.unwrap_or(parts.steps.len().saturating_sub(1));
    let agreement = parts.agreement.as_ref();
    Some(DistrictState {
        strategy: Some(PageRef {
            id: page,
            title: projection.title.clone(),
            kind,
            space: space.clone(),
        }),
        agreement: agreement.and_then(|parts| one(projection, &parts.field)),
        agreement_date: agreement
            .and_then(|parts| parts.date.as_ref())
            .and_then(|field| one(projection, field)),
        step: (!parts.steps.is_empty()).then_some(step + 1),
        space,
    })
}

/// A choice, or a day.
fn one(projection: &Projection, field: &str) -> Option<String> {
    match projection.values.get(field) {
        Some(Scalar::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
