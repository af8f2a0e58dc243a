//! Filters: what a reader may read, and what was chosen. They score nothing.

use std::collections::BTreeMap;

use denkraum_domain::Audience;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::timed::Timed;
use crate::budget::Budget;
use crate::document::facet_value;
use crate::page::{DEPARTMENT_FACET, FIELD_FACET, KIND_FACET, PHASE_FACET, SPACE_FACET};
use crate::request::{self, Reader};
use crate::schema::Fields;

/// Pages that `reader` may read, as [`may_read_where`](denkraum_domain::may_read_where) says: those
/// for everybody, their own, and those of a space they are a member of.
pub(crate) fn readable(fields: &Fields, reader: &Reader) -> Box<dyn Query> {
    let audience = |audience: Audience| whole(fields.audience, audience.as_str());
    let spaces = reader
        .member_of
        .iter()
        .chain([&reader.network])
        .map(|space| whole(fields.facet, &facet_value(SPACE_FACET, space.as_str())));
    let among_members = BooleanQuery::intersection(vec![audience(Audience::Space), any_of(spaces)]);
    any_of([
        audience(Audience::Public),
        audience(Audience::Network),
        whole(fields.author, &reader.person.to_string()),
        Box::new(among_members),
    ])
}

/// Each facet in which something is chosen, with the choices.
pub(crate) fn chosen(query: &request::Query) -> BTreeMap<String, Vec<String>> {
    fn slugs<T: ToString>(choices: &[T]) -> Vec<String> {
        choices.iter().map(ToString::to_string).collect()
    }
    let own = [
        (SPACE_FACET, slugs(&query.spaces)),
        (KIND_FACET, slugs(&query.kinds)),
        (FIELD_FACET, slugs(&query.fields)),
        (DEPARTMENT_FACET, slugs(&query.departments)),
        (PHASE_FACET, slugs(&query.phases)),
    ];
    let further = query
        .facets
        .iter()
        .map(|(name, choices)| (name.as_str(), choices.clone()));
    let mut chosen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, choices) in own.into_iter().chain(further) {
        if !choices.is_empty() {
            chosen.entry(name.to_owned()).or_default().extend(choices);
        }
    }
    chosen
}

/// `text` within all filters, until the time is up.
pub(crate) fn with_filters<'a>(
    text: &dyn Query,
    filters: impl IntoIterator<Item = &'a dyn Query>,
    budget: &Budget,
) -> Timed {
    let mut clauses = vec![(Occur::Must, text.box_clone())];
    for filter in filters {
        let silent = ConstScoreQuery::new(filter.box_clone(), 0.0);
        clauses.push((Occur::Must, Box::new(silent)));
    }
    Timed::new(BooleanQuery::new(clauses), budget)
}

/// Every page, scoring nothing.
pub(crate) fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

fn whole(field: Field, value: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, value);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn any_of(queries: impl IntoIterator<Item = Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(queries.into_iter().collect()))
}
