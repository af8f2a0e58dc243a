//! What a typed word can mean in this index: itself, words it begins, words it may be a slip of.
//!
//! Only words of pages that the reader may read count, so that nothing can be learnt of the others:
//! not whether a word occurs there, and not by crowding out another meaning.

use std::collections::HashMap;

use tantivy::query::{EnableScoring, FuzzyTermQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, Searcher, TERMINATED, TantivyError, Term};

use super::distance::distance;
use super::filter::with_filters;
use crate::schema::Place;

/// At most so many terms of a field and segment are looked at for a beginning.
const MAX_SCANNED: usize = 10_000;
/// For each meaning that is wanted, at most so many candidates are looked up.
const LOOKUPS_PER_MEANING: usize = 20;

/// The words of the pages that a reader may read.
pub(crate) struct Lexicon<'a> {
    pub(crate) searcher: &'a Searcher,
    /// Where words are looked for.
    pub(crate) places: Vec<Place>,
    /// What may be read.
    pub(crate) readable: &'a dyn Query,
}

impl Lexicon<'_> {
    /// Whether a page that may be read matches.
    pub(crate) fn is_there(&self, query: &dyn Query) -> Result<bool, TantivyError> {
        let both = with_filters(query, [self.readable]);
        let weight = both.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        for segment in self.searcher.segment_readers() {
            let mut found = weight.scorer(segment, 1.0)?;
            let mut doc = found.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    return Ok(true);
                }
                doc = found.advance();
            }
        }
        Ok(false)
    }

    /// The words that `start` begins, itself left out: at most `limit`, the most frequent first.
    pub(crate) fn beginnings(
        &self,
        start: &str,
        limit: usize,
    ) -> Result<Vec<String>, TantivyError> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for segment in self.searcher.segment_readers() {
            for place in &self.places {
                let index = segment.inverted_index(place.x)?;
                let mut terms = index.terms().range().ge(start).into_stream()?;
                for _ in 0..MAX_SCANNED {
                    if !terms.advance() || !terms.key().starts_with(start.as_bytes()) {
                        break;
                    }
                    count(&mut counts, terms.key(), terms.value().doc_freq);
                }
            }
        }
        counts.remove(start);
        let mut ranked: Vec<(String, u64)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        self.readable_ones(ranked.into_iter().map(|(word, _)| word), limit)
    }

    /// The words that `typed` may be a slip of, nearest first; for a begun word, words that begin
    /// nearly so. One error in 4 to 7 letters, two in longer words, none in shorter or with digits.
    pub(crate) fn repairs(
        &self,
        typed: &str,
        begun: bool,
        limit: usize,
    ) -> Result<Vec<String>, TantivyError> {
        let errors = match typed.chars().count() {
            _ if typed.chars().any(char::is_numeric) => return Ok(Vec::new()),
            0..=3 => return Ok(Vec::new()),
            4..=7 => 1,
            _ => 2,
        };
        let mut counts: HashMap<String, u64> = HashMap::new();
        for place in &self.places {
            let term = Term::from_field_text(place.x, typed);
            let near = if begun {
                FuzzyTermQuery::new_prefix(term, errors, true)
            } else {
                FuzzyTermQuery::new(term, errors, true)
            };
            for segment in self.searcher.segment_readers() {
                let index = segment.inverted_index(place.x)?;
                let mut terms = index.terms().search(near.automaton()?).into_stream()?;
                for _ in 0..MAX_SCANNED {
                    if !terms.advance() {
                        break;
                    }
                    count(&mut counts, terms.key(), terms.value().doc_freq);
                }
            }
        }
        let mut ranked: Vec<(usize, u64, String)> = counts
            .into_iter()
            .map(|(word, pages)| (distance(typed, &word, begun), pages, word))
            .collect();
        ranked.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then(b.1.cmp(&a.1))
                .then_with(|| a.2.cmp(&b.2))
        });
        self.readable_ones(ranked.into_iter().map(|(_, _, word)| word), limit)
    }

    fn readable_ones(
        &self,
        candidates: impl Iterator<Item = String>,
        limit: usize,
    ) -> Result<Vec<String>, TantivyError> {
        let mut out = Vec::new();
        for word in candidates.take(limit.saturating_mul(LOOKUPS_PER_MEANING)) {
            if out.len() >= limit {
                break;
            }
            if self.occurs(&word)? {
                out.push(word);
            }
        }
        Ok(out)
    }

    /// Whether the exact word occurs in a page that may be read.
    fn occurs(&self, word: &str) -> Result<bool, TantivyError> {
        for place in &self.places {
            let term = Term::from_field_text(place.x, word);
            if self.is_there(&TermQuery::new(term, IndexRecordOption::Basic))? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn count(counts: &mut HashMap<String, u64>, key: &[u8], pages: u32) {
    if let Ok(word) = std::str::from_utf8(key) {
        let sum = counts.entry(word.to_owned()).or_default();
        *sum = sum.saturating_add(u64::from(pages));
    }
}
