//! Counting the values of facets over the pages that match.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use crate::schema::FACET;

/// Facet name, then value, then number of pages.
pub(crate) type Counts = BTreeMap<String, BTreeMap<String, u64>>;

/// Collects the counts of all facets.
pub(crate) struct FacetCounts;

pub(crate) struct SegmentFacets {
    values: Option<StrColumn>,
    /// Number of pages by the value's ordinal in this segment.
    counts: Vec<u64>,
}

impl Collector for FacetCounts {
    type Fruit = Counts;
    type Child = SegmentFacets;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> Result<SegmentFacets, TantivyError> {
        let values = segment.fast_fields().str(FACET)?;
        let counts = vec![0; values.as_ref().map_or(0, |values| values.num_terms())];
        Ok(SegmentFacets { values, counts })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<Result<Counts, TantivyError>>,
    ) -> Result<Counts, TantivyError> {
        let mut all = Counts::new();
        for segment in segments {
            for (name, values) in segment? {
                let into = all.entry(name).or_default();
                for (value, pages) in values {
                    let sum = into.entry(value).or_default();
                    *sum = sum.saturating_add(pages);
                }
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentFacets {
    type Fruit = Result<Counts, TantivyError>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(values) = &self.values else { return };
        for ordinal in values.term_ords(doc) {
            let place = usize::try_from(ordinal)
                .ok()
                .and_then(|at| self.counts.get_mut(at));
            if let Some(count) = place {
                *count = count.saturating_add(1);
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let mut out = Counts::new();
        let Some(values) = self.values else {
            return Ok(out);
        };
        let mut facet = String::new();
        for (ordinal, pages) in (0_u64..).zip(self.counts) {
            if pages > 0
                && values.ord_to_str(ordinal, &mut facet)?
                && let Some((name, value)) = facet.split_once('=')
            {
                out.entry(name.to_owned())
                    .or_default()
                    .insert(value.to_owned(), pages);
            }
        }
        Ok(out)
    }
}
