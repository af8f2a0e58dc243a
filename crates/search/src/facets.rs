//! The values of facets as numbers, the same ones for every segment.
//!
//! Segments number their values each for itself. Counting with the numbers of all of them together
//! leaves nothing to be put together by their names after each search.

use std::collections::BTreeMap;

use tantivy::{Searcher, SegmentOrdinal, TantivyError};

use crate::document::facet_value;
use crate::schema::FACET;

/// Facet name, then its values with the number of pages, most first.
pub(crate) type Counts = BTreeMap<String, Vec<(String, u64)>>;

/// The values of all facets of a snapshot of the index.
#[derive(Debug, Default)]
pub(crate) struct FacetTable {
    /// Of which snapshot.
    generation: u64,
    /// `NAME=VALUE`, sorted, so that the values of a facet stand side by side.
    values: Vec<String>,
    /// For each segment the place in `values` of its own values.
    segments: Vec<Vec<u32>>,
}

/// A facet in which something is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The places of all its values: from the first to behind the last.
    all: (u32, u32),
    /// Those that are chosen, sorted.
    chosen: Vec<u32>,
}

impl Choice {
    /// Whether the value is one of this facet.
    pub(crate) fn is_of(&self, value: u32) -> bool {
        (self.all.0..self.all.1).contains(&value)
    }

    /// Whether the value is chosen.
    pub(crate) fn has(&self, value: u32) -> bool {
        self.is_of(value) && self.chosen.binary_search(&value).is_ok()
    }
}

impl FacetTable {
    /// Reads the values of all segments.
    pub(crate) fn new(searcher: &Searcher) -> Result<Self, TantivyError> {
        let mut own: Vec<Vec<String>> = Vec::new();
        for segment in searcher.segment_readers() {
            let mut values = Vec::new();
            if let Some(column) = segment.fast_fields().str(FACET)? {
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    values.push(String::from_utf8_lossy(terms.key()).into_owned());
                }
            }
            own.push(values);
        }
        let mut values: Vec<String> = own.iter().flatten().cloned().collect();
        values.sort_unstable();
        values.dedup();
        let place = |value: &String| {
            let at = values.binary_search(value).unwrap_or_default();
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        let segments = own.iter().map(|own| own.iter().map(place).collect());
        Ok(Self {
            generation: searcher.generation().generation_id(),
            segments: segments.collect(),
            values,
        })
    }

    /// Whether it is of this snapshot.
    pub(crate) fn is_of(&self, searcher: &Searcher) -> bool {
        self.generation == searcher.generation().generation_id()
    }

    /// How many values there are.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// All facets and their values.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().filter_map(|value| value.split_once('='))
    }

    /// For each value of a segment, by its number there, its place here.
    pub(crate) fn of_segment(&self, segment: SegmentOrdinal) -> &[u32] {
        let at = usize::try_from(segment).unwrap_or(usize::MAX);
        self.segments.get(at).map(Vec::as_slice).unwrap_or_default()
    }

    /// A facet with values that are chosen in it; values that no page has are left out.
    pub(crate) fn choice(&self, name: &str, values: &[String]) -> Choice {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        // The sign that follows '=' is greater than it, whatever stands behind.
        let (first, behind) = (format!("{name}="), format!("{name}>"));
        let from = self.values.partition_point(|value| *value < first);
        let to = self.values.partition_point(|value| *value < behind);
        let mut chosen: Vec<u32> = values
            .iter()
            .filter_map(|value| self.values.binary_search(&facet_value(name, value)).ok())
            .map(place)
            .collect();
        chosen.sort_unstable();
        Choice {
            all: (place(from), place(to)),
            chosen,
        }
    }

    /// Counts by name, from counts by place.
    pub(crate) fn named(&self, counts: &[u64]) -> Counts {
        let mut out = Counts::new();
        for (value, pages) in self.values.iter().zip(counts) {
            if *pages > 0
                && let Some((name, value)) = value.split_once('=')
            {
                if !out.contains_key(name) {
                    out.insert(name.to_owned(), Vec::new());
                }
                if let Some(values) = out.get_mut(name) {
                    values.push((value.to_owned(), *pages));
                }
            }
        }
        for values in out.values_mut() {
            // Stable: equal counts stay in the order of the values.
            values.sort_by_key(|(_, pages)| std::cmp::Reverse(*pages));
        }
        out
    }
}
