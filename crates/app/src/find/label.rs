//! What of a page is found and counted besides its text: names of choices, and the facets that every
//! page has whatever its kind.

use denkraum_content::Scalar;
use denkraum_domain::{PersonId, Timestamp};

use crate::app::App;
use crate::catalogue::Catalogue;
use crate::pages::{PageRecord, Projection};

/// The facet of a page's tags.
pub(super) const TAG: &str = "tag";
/// The facet of the year that a page is about.
const YEAR: &str = "year";
/// The facet of the people that a page is from.
pub(super) const AUTHOR: &str = "author";

/// Tags, authors and the year: that of its date where its kind has one, else that of its last change.
pub(crate) fn common_facets(
    projection: &Projection,
    record: &PageRecord,
    changed: Timestamp,
    catalogue: &Catalogue,
) -> Vec<(String, String)> {
    let named = |name: &'static str| move |value: String| (name.to_owned(), value);
    let tags = projection.tags().into_iter().map(named(TAG));
    let authors = record
        .authors
        .iter()
        .map(ToString::to_string)
        .map(named(AUTHOR));
    let year = dated(projection, catalogue).unwrap_or_else(|| year_of(changed));
    let year = std::iter::once(year.to_string()).map(named(YEAR));
    tags.chain(authors).chain(year).collect()
}

/// The year of the page's own date, if it has one.
fn dated(projection: &Projection, catalogue: &Catalogue) -> Option<i16> {
    let kind = projection.kind();
    let overview = &catalogue.overview;
    let mut parts = overview.dates.iter().chain(&overview.milestones);
    let field = &parts.find(|parts| parts.kind == kind)?.date;
    let Some(Scalar::Text(text)) = projection.values.get(field) else {
        return None;
    };
    let first = text.split('/').next().unwrap_or_default();
    let day: jiff::civil::Date = first.parse().ok()?;
    Some(day.year())
}

fn year_of(time: Timestamp) -> i16 {
    let moment = jiff::Timestamp::from_millisecond(time.millis()).unwrap_or_default();
    moment.to_zoned(jiff::tz::TimeZone::UTC).year()
}

/// The names of the kind and of what is chosen in its fields, so that their words are found.
pub(crate) fn labels(catalogue: &Catalogue, projection: &Projection) -> Vec<String> {
    let Some(kind) = catalogue.kind(&projection.kind()) else {
        return Vec::new();
    };
    let mut labels = vec![kind.label.de.clone()];
    for field in &kind.fields {
        let one = match projection.values.get(&field.name) {
            Some(Scalar::Text(choice)) => Some(choice),
            _ => None,
        };
        let many = projection.sets.get(&field.name).into_iter().flatten();
        for choice in one.into_iter().chain(many) {
            let mut choices = catalogue.choices(field).iter();
            let named = choices.find(|term| term.id.as_str() == choice.as_str());
            labels.extend(named.map(|term| term.label.de.clone()));
        }
    }
    labels
}

impl App {
    /// What people call the value of a facet, where the catalogue does not say.
    pub(crate) fn label_of(&self, facet: &str, value: &str) -> Option<String> {
        let person = PersonId::parse(value).ok().filter(|_| facet == AUTHOR)?;
        let account = self.accounts_view().get(person)?;
        Some(account.name.to_string())
    }
}
