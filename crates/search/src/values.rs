//! Values of facets that pages have, to be offered while somebody types.

use tantivy::TantivyError;

use crate::budget::Budget;
use crate::index::SearchIndex;
use crate::request::Reader;
use crate::search::SearchError;

/// So many values are looked up for each that is wanted: others may stand on hidden pages alone.
const LOOKUPS: usize = 20;

impl SearchIndex {
    /// Facets and their values that are wanted and that a page has which `reader` may read, by facet and
    /// value; at most `limit`.
    pub fn values(
        &self,
        is_wanted: impl Fn(&str, &str) -> bool,
        reader: &Reader,
        limit: usize,
        budget: &Budget,
    ) -> Result<Vec<(String, String)>, SearchError> {
        self.values_read(is_wanted, reader, limit, budget)
            .map_err(|err| SearchError::Engine { err })
    }

    fn values_read(
        &self,
        is_wanted: impl Fn(&str, &str) -> bool,
        reader: &Reader,
        limit: usize,
        budget: &Budget,
    ) -> Result<Vec<(String, String)>, TantivyError> {
        let snapshot = self.snapshot()?;
        let readable = snapshot.readable(&self.fields, reader)?;
        let table = &snapshot.facets;
        let wanted = (0_u32..).zip(table.all());
        let wanted = wanted.filter(|(_, (name, value))| is_wanted(name, value));
        let mut out = Vec::new();
        for (place, (name, value)) in wanted.take(limit.saturating_mul(LOOKUPS)) {
            if budget.is_over() {
                break;
            }
            let mut segments = snapshot.segments().zip(readable.iter()).enumerate();
            let is_there = segments.any(|(at, ((segment, sets), may_read))| {
                let own = table.of_segment(at).binary_search(&place);
                own.is_ok_and(|own| sets.of(own, segment.max_doc()).shared(may_read) > 0)
            });
            if is_there {
                out.push((name.to_owned(), value.to_owned()));
            }
            if out.len() >= limit {
                break;
            }
        }
        Ok(out)
    }
}
