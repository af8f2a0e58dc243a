//! What was chosen in facets.

use std::collections::BTreeMap;

use crate::page::{DEPARTMENT_FACET, FIELD_FACET, KIND_FACET, PHASE_FACET, SPACE_FACET};
use crate::request;

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
