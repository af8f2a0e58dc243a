//! JSON that several routes send.

use std::collections::BTreeMap;

use denkraum_app as app;
use denkraum_domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answers::Answer;

/// A text in the languages of the interface.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Label {
    pub(crate) de: String,
    pub(crate) en: String,
}

impl From<&app::catalogue::Label> for Label {
    fn from(label: &app::catalogue::Label) -> Self {
        Self {
            de: label.de.clone(),
            en: label.en.clone(),
        }
    }
}

/// A person beside a page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonRef {
    id: String,
    name: String,
}

impl From<app::PersonRef> for PersonRef {
    fn from(person: app::PersonRef) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name,
        }
    }
}

/// A page as links show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageRef {
    pub(crate) id: String,
    /// Never empty.
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) space: String,
}

impl From<app::PageRef> for PageRef {
    fn from(page: app::PageRef) -> Self {
        Self {
            id: page.id.to_string(),
            title: page.title,
            kind: page.kind.to_string(),
            space: page.space.to_string(),
        }
    }
}

/// A page as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageSummary {
    id: String,
    /// Never empty.
    title: String,
    kind: String,
    space: String,
    /// `draft`, `space`, `network` or `public`.
    audience: String,
    tags: Vec<String>,
    /// The beginning of the text.
    excerpt: String,
    /// RFC 3339, in UTC.
    changed_at: String,
    #[schema(required)]
    changed_by: Option<PersonRef>,
    archived: bool,
    /// RFC 3339, in UTC; since when an archived page is out of use, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    archived_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = PersonRef, required = false)]
    archived_by: Option<PersonRef>,
    authors: Vec<PersonRef>,
    /// The answers that its kind shows in lists, by field name.
    card: BTreeMap<String, Answer>,
}

impl From<app::PageSummary> for PageSummary {
    fn from(summary: app::PageSummary) -> Self {
        let PageRef {
            id,
            title,
            kind,
            space,
        } = summary.page.into();
        let card = summary.card.into_iter();
        Self {
            id,
            title,
            kind,
            space,
            audience: summary.audience.as_str().to_owned(),
            tags: summary.tags,
            excerpt: summary.excerpt,
            changed_at: rfc3339(summary.changed_at),
            changed_by: summary.changed_by.map(PersonRef::from),
            archived: summary.archived,
            archived_at: summary.archived_at.map(rfc3339),
            archived_by: summary.archived_by.map(PersonRef::from),
            authors: summary.authors.into_iter().map(PersonRef::from).collect(),
            card: card.map(|(name, value)| (name, value.into())).collect(),
        }
    }
}

/// A page with its date.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Dated {
    page: PageSummary,
    /// The first day, as 2023-11-07.
    first: String,
    /// The last day, if it is another one.
    #[schema(required)]
    last: Option<String>,
    /// Whether its last day is still to come, or is today.
    ahead: bool,
}

impl From<app::Dated> for Dated {
    fn from(dated: app::Dated) -> Self {
        Self {
            page: dated.summary.into(),
            first: dated.first,
            last: dated.last,
            ahead: dated.ahead,
        }
    }
}

/// A role, in one space or in the whole network.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grant {
    pub(crate) role: String,
    /// Without one the role holds in the network.
    #[schema(required)]
    pub(crate) space: Option<String>,
}

impl From<&denkraum_domain::Grant> for Grant {
    fn from(grant: &denkraum_domain::Grant) -> Self {
        Self {
            role: grant.role.as_str().to_owned(),
            space: grant.space.as_ref().map(ToString::to_string),
        }
    }
}

/// A time as RFC 3339 in UTC.
pub(crate) fn rfc3339(time: Timestamp) -> String {
    let nearest = if time.millis() < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    };
    jiff::Timestamp::from_millisecond(time.millis())
        .unwrap_or(nearest)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_can_be_written() {
        let write = |millis| rfc3339(Timestamp::from_millis(millis));
        assert_eq!(write(0), "1970-01-01T00:00:00Z");
        assert_eq!(write(1_699_363_800_250), "2023-11-07T13:30:00.25Z");
        assert!(write(i64::MAX).starts_with("9999-"));
        assert!(write(i64::MIN).starts_with("-009999-"));
    }
}
