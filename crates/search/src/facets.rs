//! The values of facets as numbers, the same ones for every segment.
//!
//! Segments number their values each for itself. Counting with the numbers of all of them together
//! leaves nothing to be put together by their names after each search.

use std::collections::BTreeMap;

use crate::document::facet_value;

/// Facet name, then its values with the number of pages, most first.
pub(crate) type Counts = BTreeMap<String, Vec<(String, u64)>>;

/// The values of all facets of a snapshot of the index.
#[derive(Debug, Default)]
pub(crate) struct FacetTable {
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

    /// The values that are chosen.
    pub(crate) fn chosen(&self) -> &[u32] {
        &self.chosen
    }
}

impl FacetTable {
    /// Of the values of each segment, sorted.
    pub(crate) fn new(own: &[&[String]]) -> Self {
        let mut values: Vec<String> = own.iter().copied().flatten().cloned().collect();
        values.sort_unstable();
        values.dedup();
        let place = |value: &String| {
            let at = values.binary_search(value).unwrap_or_default();
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        let segments = own.iter().map(|own| own.iter().map(place).collect());
        Self {
            segments: segments.collect(),
            values,
        }
    }

    /// How many values there are.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// All facets and their values, by their places.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let named = self.values.iter().map(|value| value.split_once('='));
        named.map(Option::unwrap_or_default)
    }

    /// For each value of a segment, by its number there, its place here.
    pub(crate) fn of_segment(&self, segment: usize) -> &[u32] {
        let places = self.segments.get(segment);
        places.map(Vec::as_slice).unwrap_or_default()
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
