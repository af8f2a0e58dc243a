//! Values of facets that pages have, to be offered while somebody types.

use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyError, Term};

use crate::budget::Budget;
use crate::document::facet_value;
use crate::index::SearchIndex;
use crate::query::{Lexicon, readable};
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
        let searcher = self.reader.searcher();
        let readable = readable(&self.fields, reader);
        let lexicon = Lexicon {
            searcher: &searcher,
            places: Vec::new(),
            readable: readable.as_ref(),
            budget,
        };
        let table = self.facet_table(&searcher)?;
        let wanted = table.all().filter(|(name, value)| is_wanted(name, value));
        let mut out = Vec::new();
        for (name, value) in wanted.take(limit.saturating_mul(LOOKUPS)) {
            let term = Term::from_field_text(self.fields.facet, &facet_value(name, value));
            if lexicon.is_there(&TermQuery::new(term, IndexRecordOption::Basic))? {
                out.push((name.to_owned(), value.to_owned()));
            }
            if out.len() >= limit {
                break;
            }
        }
        Ok(out)
    }
}
