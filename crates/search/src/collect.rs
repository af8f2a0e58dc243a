//! Going once through the pages that match: how many, which facets they have, which come first.
//!
//! What is chosen in facets is looked at here and not in the query: a page that lacks one choice alone
//! is not found, but it is what the counts of that facet are made of.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, DocSet as _, Searcher, SegmentReader, TERMINATED, TantivyError};

use crate::facets::{Choice, FacetTable};
use crate::request::Order;
use crate::schema::{ADOPTED, CHANGED, FACET};

/// What is wanted of the pages that match.
pub(crate) struct Wanted<'a> {
    pub(crate) facets: &'a FacetTable,
    /// Facets in which something is chosen.
    pub(crate) choices: &'a [Choice],
    pub(crate) order: Order,
    /// So many of the first ones.
    pub(crate) first: usize,
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// How many pages match with everything that is chosen.
    pub(crate) total: u64,
    /// How many pages have each value, by its place in the table. Those of a facet in which something
    /// is chosen count pages that lack nothing or that choice alone.
    pub(crate) counts: Vec<u64>,
    /// For each choice the pages that lack it alone.
    pub(crate) without: Vec<u64>,
    /// The first pages with their scores, first ones first.
    pub(crate) best: Vec<(f32, DocAddress)>,
}

/// By what pages come first, the greatest one first: score, then the page more districts took up, then
/// the one changed last, then the one that came first.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    score: f32,
    adopted: u64,
    changed: i64,
    at: Reverse<DocAddress>,
}

impl Eq for Place {}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score
            .total_cmp(&other.score)
            .then_with(|| (self.adopted, self.changed).cmp(&(other.adopted, other.changed)))
            .then_with(|| self.at.cmp(&other.at))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The columns of a segment that are looked at.
struct Columns {
    facets: Option<StrColumn>,
    adopted: Column<u64>,
    changed: Column<i64>,
}

/// Goes through all pages that match.
pub(crate) fn collect(
    searcher: &Searcher,
    weight: &dyn Weight,
    wanted: &Wanted<'_>,
) -> Result<Found, TantivyError> {
    let mut found = Found {
        counts: vec![0; wanted.facets.len()],
        without: vec![0; wanted.choices.len()],
        ..Found::default()
    };
    // The least of those kept is on top.
    let mut best: BinaryHeap<Reverse<Place>> = BinaryHeap::new();
    for (ordinal, segment) in (0_u32..).zip(searcher.segment_readers()) {
        let columns = Columns {
            facets: segment.fast_fields().str(FACET)?,
            adopted: segment.fast_fields().u64(ADOPTED)?,
            changed: segment.fast_fields().i64(CHANGED)?,
        };
        let places = wanted.facets.of_segment(ordinal);
        let mut pages = weight.scorer(segment, 1.0)?;
        let mut doc = pages.doc();
        while doc != TERMINATED {
            if is_alive(segment, doc) && found.count(&columns, places, doc, wanted.choices) {
                let place = |score: f32| Place {
                    score,
                    adopted: columns.adopted.first(doc).unwrap_or_default(),
                    changed: columns.changed.first(doc).unwrap_or_default(),
                    at: Reverse(DocAddress::new(ordinal, doc)),
                };
                match wanted.order {
                    _ if wanted.first == 0 => {}
                    Order::Closeness => {
                        let score = pages.score();
                        let least = best.peek().map_or(f32::MIN, |least| least.0.score);
                        if best.len() < wanted.first || score >= least {
                            keep(&mut best, place(score), wanted.first);
                        }
                    }
                    Order::Changed => {
                        let by_time = Place {
                            adopted: 0,
                            ..place(0.0)
                        };
                        keep(&mut best, by_time, wanted.first);
                    }
                }
            }
            doc = pages.advance();
        }
    }
    let best = best.into_sorted_vec().into_iter();
    found.best = best.map(|Reverse(at)| (at.score, at.at.0)).collect();
    Ok(found)
}

fn is_alive(segment: &SegmentReader, doc: DocId) -> bool {
    segment
        .alive_bitset()
        .is_none_or(|alive| alive.is_alive(doc))
}

fn keep(best: &mut BinaryHeap<Reverse<Place>>, place: Place, first: usize) {
    if best.len() < first {
        best.push(Reverse(place));
    } else if let Some(mut least) = best.peek_mut()
        && least.0 < place
    {
        *least = Reverse(place);
    }
}

impl Found {
    /// Counts a page that matches; whether it has everything that is chosen.
    fn count(&mut self, columns: &Columns, places: &[u32], doc: DocId, choices: &[Choice]) -> bool {
        let own = || {
            let own = columns
                .facets
                .iter()
                .flat_map(|facets| facets.term_ords(doc));
            own.filter_map(|own| places.get(usize::try_from(own).ok()?).copied())
        };
        let mut lacking = choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| !own().any(|value| choice.has(value)));
        match (lacking.next(), lacking.next()) {
            (None, _) => {
                self.total = self.total.saturating_add(1);
                own().for_each(|value| self.add(value));
                true
            }
            (Some((at, choice)), None) => {
                if let Some(pages) = self.without.get_mut(at) {
                    *pages = pages.saturating_add(1);
                }
                own()
                    .filter(|value| choice.is_of(*value))
                    .for_each(|value| self.add(value));
                false
            }
            _ => false,
        }
    }

    fn add(&mut self, value: u32) {
        let count = usize::try_from(value)
            .ok()
            .and_then(|at| self.counts.get_mut(at));
        if let Some(count) = count {
            *count = count.saturating_add(1);
        }
    }
}
