//! Going once through the pages that match: how many, which facets they have, which come first.
//!
//! What is chosen in facets is looked at here and not in the plan: a page that lacks one choice alone
//! is not found, but it is what the counts of that facet are made of. Counting is cutting sets.

mod ranking;

use tantivy::{DocAddress, TERMINATED, TantivyError};

use crate::budget::Budget;
use crate::facets::Choice;
use crate::request::Order;
use crate::score::{Bits, Layer, Phrase, Plan, Pool, Segment, Span, at};
use crate::sets::SegmentSets;
use crate::snapshot::Snapshot;

use ranking::{Best, Ranking};

/// What is looked for.
pub(crate) struct Wanted<'a> {
    pub(crate) plan: &'a Plan,
    /// Phrases that make pages better that have them, each in several places.
    pub(crate) extras: &'a [Vec<Phrase>],
    /// The pages of each segment that count at all.
    pub(crate) readable: &'a [Bits],
    /// Facets in which something is chosen.
    pub(crate) choices: &'a [Choice],
    /// Whether the pages of each value are counted.
    pub(crate) counted: bool,
    pub(crate) order: Order,
    /// So many of the first ones.
    pub(crate) first: usize,
    pub(crate) budget: &'a Budget,
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

/// Goes through all pages that match.
pub(crate) fn collect(snapshot: &Snapshot, wanted: &Wanted<'_>) -> Result<Found, TantivyError> {
    let mut found = Found {
        counts: vec![0; snapshot.facets.len()],
        without: vec![0; wanted.choices.len()],
        ..Found::default()
    };
    let mut best = Best::new(wanted.order, wanted.first);
    let mut pool = Pool::default();
    let segments = snapshot.segments().zip(wanted.readable);
    for (ordinal, ((reader, sets), readable)) in (0_u32..).zip(segments) {
        let segment = Segment {
            reader,
            place: at(ordinal),
            norms: &snapshot.norms,
            kept: &snapshot.kept,
            budget: wanted.budget,
        };
        let places = snapshot.facets.of_segment(at(ordinal));
        let choices: Vec<Bits> = wanted
            .choices
            .iter()
            .map(|choice| chosen(sets, places, choice, reader.max_doc()))
            .collect();
        let mut layer = Layer::new(wanted.plan, segment)?;
        let mut ranking = Ranking::new(ordinal, segment, wanted)?;
        let mut matching = Bits::none(reader.max_doc());
        let mut from = 0;
        loop {
            let next = layer.next().max(from);
            if next >= reader.max_doc() || next == TERMINATED {
                break;
            }
            // What was found in time is the answer.
            if wanted.budget.is_over() {
                if !layer.is_at_hand() {
                    break;
                }
                ranking.extras.clear();
            }
            let span = Span::around(next, reader.max_doc());
            let mut window = pool.take();
            let may_read = readable.words_from(span.from);
            layer.add(span, may_read, &mut window, &mut pool);
            window.keep(may_read);
            let words = matching.words_from_mut(span.from).iter_mut();
            for (word, found) in words.zip(&window.bits) {
                *word = *found;
            }
            for choice in &choices {
                window.keep(choice.words_from(span.from));
            }
            best.rank(&window, span, &mut ranking, &mut pool);
            pool.give(window);
            from = span.to;
        }
        best.rank_likely(&mut ranking);
        found.count(sets, places, &matching, (wanted, &choices));
    }
    found.best = best.into_pages();
    Ok(found)
}

/// The pages of a segment that have one of the values that are chosen.
fn chosen(sets: &SegmentSets, places: &[u32], choice: &Choice, pages: u32) -> Bits {
    let mut bits = Bits::none(pages);
    for value in choice.chosen() {
        if let Ok(own) = places.binary_search(value) {
            bits.add(&sets.of(own, pages));
        }
    }
    bits
}

impl Found {
    /// Counts the pages of a segment that match, whether or not they have what is chosen.
    fn count(
        &mut self,
        sets: &SegmentSets,
        places: &[u32],
        matching: &Bits,
        (wanted, choices): (&Wanted<'_>, &[Bits]),
    ) {
        let mut all = matching.clone();
        for choice in choices {
            all.keep(choice);
        }
        self.total = self.total.saturating_add(all.len());
        let is_free = |value: u32| !wanted.choices.iter().any(|choice| choice.is_of(value));
        if wanted.counted {
            self.count_values(sets, places, &all, is_free);
        }
        for (own, choice) in wanted.choices.iter().enumerate() {
            let mut others = matching.clone();
            for (_, other) in choices.iter().enumerate().filter(|(at, _)| *at != own) {
                others.keep(other);
            }
            let lacking = others.len().saturating_sub(all.len());
            if let Some(without) = self.without.get_mut(own) {
                *without = without.saturating_add(lacking);
            }
            if wanted.counted {
                self.count_values(sets, places, &others, |value| choice.is_of(value));
            }
        }
    }

    /// Counts the pages of each value that is wanted.
    fn count_values(
        &mut self,
        sets: &SegmentSets,
        places: &[u32],
        pages: &Bits,
        is_wanted: impl Fn(u32) -> bool,
    ) {
        let is_wanted = |own: &usize| places.get(*own).is_some_and(|value| is_wanted(*value));
        let mut add = |own: usize, pages: u64| {
            let count = places
                .get(own)
                .and_then(|value| self.counts.get_mut(at(*value)));
            if let Some(count) = count {
                *count = count.saturating_add(pages);
            }
        };
        for (own, with) in sets.dense().iter().filter(|(own, _)| is_wanted(own)) {
            add(*own, pages.shared(with));
        }
        if sets.has_rare() {
            for doc in pages.iter() {
                for own in sets.rare_of(doc).iter().map(|own| at(*own)) {
                    if is_wanted(&own) {
                        add(own, 1);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
