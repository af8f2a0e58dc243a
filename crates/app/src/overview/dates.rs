//! Pages that say when something is or was.

use denkraum_content::Scalar;
use denkraum_domain::{Actor, PageId, SpaceId, Timestamp};

use crate::app::App;
use crate::catalogue::DateParts;
use crate::pages::{Entry, Projection};
use crate::views::PageSummary;

/// A page with its date.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// The page.
    pub summary: PageSummary,
    /// The first day, as 2023-11-07.
    pub first: String,
    /// The last day, if it is another one.
    pub last: Option<String>,
    /// Whether its last day is still to come, or is today.
    pub ahead: bool,
}

/// When something is, and which page says so.
pub(super) struct When {
    pub(super) page: PageId,
    pub(super) first: String,
    last: Option<String>,
}

impl When {
    /// What the page says by the fields of its kind; `None` if it says nothing that is a day.
    pub(super) fn of(page: PageId, entry: &Entry, parts: &[DateParts]) -> Option<Self> {
        let projection = entry.projection.as_ref()?;
        let kind = projection.kind();
        let parts = parts.iter().find(|parts| parts.kind == kind)?;
        let (first, until) = days(projection, &parts.date)?;
        let end = parts
            .end
            .as_ref()
            .and_then(|field| days(projection, field))
            .map(|(day, _)| day);
        let last = end.or(until).filter(|last| *last > first);
        Some(Self { page, first, last })
    }

    /// The day after which it is over.
    pub(super) fn end(&self) -> &str {
        self.last.as_deref().unwrap_or(&self.first)
    }

    pub(super) fn shown(self, app: &App, actor: &Actor, today: &str) -> Option<Dated> {
        let ahead = self.end() >= today;
        Some(Dated {
            summary: app.summary(actor, self.page)?,
            first: self.first,
            last: self.last,
            ahead,
        })
    }
}

/// Whether the space takes part in what the page announces.
pub(super) fn takes_part(entry: &Entry, parts: &[DateParts], space: &SpaceId) -> bool {
    if entry.record.space == *space {
        return true;
    }
    let Some(projection) = &entry.projection else {
        return false;
    };
    let kind = projection.kind();
    let field = parts
        .iter()
        .find(|parts| parts.kind == kind)
        .and_then(|parts| parts.spaces.as_ref());
    field.is_some_and(|field| projection.has_choice(field, &[space.to_string()]))
}

/// One day, or the first and the last one as `2023-11-06/2023-11-07`.
fn days(projection: &Projection, field: &str) -> Option<(String, Option<String>)> {
    let Some(Scalar::Text(text)) = projection.values.get(field) else {
        return None;
    };
    let (first, last) = match text.split_once('/') {
        Some((first, last)) => (first, Some(last)),
        None => (text.as_str(), None),
    };
    let day = |text: &str| Some(text.parse::<jiff::civil::Date>().ok()?.to_string());
    Some((day(first)?, last.and_then(day)))
}

/// The day of a point in time, in UTC, as 2023-11-07.
pub(super) fn day_of(time: Timestamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(time.millis()).unwrap_or_default();
    moment.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}
