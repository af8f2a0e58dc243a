//! What was found, as JSON.

use std::collections::BTreeMap;

use denkraum_app as app;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answers::Answer;
use crate::views::{PageRef, PersonRef, rfc3339};

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchResults {
    /// How many pages match.
    #[schema(value_type = u64)]
    total: usize,
    hits: Vec<Hit>,
    /// Per facet its values with the number of pages. The counts of a facet ignore what is chosen in
    /// it.
    facets: BTreeMap<String, Vec<FacetCount>>,
    /// Words of the hits that matched without being what was typed.
    also_found: Vec<String>,
    /// What was typed with words spelled as pages spell them, if some of it was found nowhere.
    offers: Vec<String>,
    /// If nothing matches: what is chosen and hides pages, most first.
    hidden_by: Vec<HiddenBy>,
    /// More was typed than was read.
    cut_short: bool,
    /// The time was up before everything was looked at: there may be more.
    out_of_time: bool,
    /// The index is being built: pages are missing in it.
    incomplete: bool,
}

/// A found page with the passage that matches.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    id: String,
    /// Never empty.
    title: String,
    kind: String,
    space: String,
    audience: String,
    /// RFC 3339, in UTC.
    changed_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = PersonRef, required = false)]
    changed_by: Option<PersonRef>,
    /// The heading above the passage.
    #[schema(required)]
    heading: Option<String>,
    /// The id of the section in the page's text for reading; behind a `#` it leads there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    section: Option<String>,
    /// The name of the field that the passage is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    in_field: Option<String>,
    /// `true`: the passage is from an attached file, whose name is the heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = bool, required = false)]
    in_attachment: Option<bool>,
    snippet: Vec<SnippetPart>,
    /// The title in parts.
    marked_title: Vec<SnippetPart>,
    /// The answers that its kind shows in lists, by field name.
    card: BTreeMap<String, Answer>,
}

/// A part of a passage or of a title.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SnippetPart {
    text: String,
    /// Whether it is what was searched for.
    hit: bool,
}

/// A value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCount {
    value: String,
    /// The number of pages.
    count: u64,
    /// What people call it, where the catalogue does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    label: Option<String>,
}

/// A facet whose choice hides pages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HiddenBy {
    /// The name of the facet.
    facet: String,
    /// How many pages match without what is chosen in it.
    #[schema(value_type = u64)]
    count: usize,
}

impl From<app::SearchResults> for SearchResults {
    fn from(found: app::SearchResults) -> Self {
        let facets = found.facets.into_iter().map(|(name, values)| {
            let values = values.into_iter().map(FacetCount::from);
            (name, values.collect())
        });
        let hidden_by = found.hidden_by.into_iter();
        Self {
            total: found.total,
            hits: found.hits.into_iter().map(Hit::from).collect(),
            facets: facets.collect(),
            also_found: found.also_found,
            offers: found.offers,
            hidden_by: hidden_by
                .map(|(facet, count)| HiddenBy { facet, count })
                .collect(),
            cut_short: found.cut_short,
            out_of_time: found.out_of_time,
            incomplete: found.incomplete,
        }
    }
}

impl From<app::FacetValue> for FacetCount {
    fn from(value: app::FacetValue) -> Self {
        Self {
            value: value.value,
            count: value.pages,
            label: value.label,
        }
    }
}

impl From<app::SearchHit> for Hit {
    fn from(hit: app::SearchHit) -> Self {
        let PageRef {
            id,
            title,
            kind,
            space,
        } = hit.summary.page.into();
        let part = |(text, hit)| SnippetPart { text, hit };
        let card = hit.summary.card.into_iter();
        Self {
            id,
            title,
            kind,
            space,
            audience: hit.summary.audience.as_str().to_owned(),
            changed_at: rfc3339(hit.summary.changed_at),
            changed_by: hit.summary.changed_by.map(PersonRef::from),
            heading: hit.heading,
            section: hit.section,
            in_field: hit.in_field,
            in_attachment: hit.in_attachment.then_some(true),
            snippet: hit.snippet.into_iter().map(part).collect(),
            marked_title: hit.title.into_iter().map(part).collect(),
            card: card.map(|(name, value)| (name, value.into())).collect(),
        }
    }
}
