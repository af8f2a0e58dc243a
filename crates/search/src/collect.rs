//! Going once through the pages that match: how many, which facets they have, which come first.
//!
//! What is chosen in facets is looked at here and not in the plan: a page that lacks one choice alone
//! is not found, but it is what the counts of that facet are made of. Counting is cutting sets.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED, TantivyError};

use crate::budget::Budget;
use crate::facets::Choice;
use crate::request::Order;
use crate::schema::{ADOPTED, CHANGED};
use crate::score::{Bits, Extra, Layer, Phrase, Plan, Pool, Segment, Span, Window, at, ones_of};
use crate::sets::SegmentSets;
use crate::snapshot::Snapshot;

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

/// The first ones so far.
struct Best {
    /// The least of them is on top.
    heap: BinaryHeap<Reverse<Place>>,
    order: Order,
    first: usize,
    /// Of pages to whose scores more may be added.
    scores: Scores,
}

/// The greatest scores so far, as numbers in the same order.
#[derive(Default)]
struct Scores(BinaryHeap<Reverse<u32>>);

impl Scores {
    fn keep(&mut self, score: f32, first: usize) {
        let score = Reverse(score.max(0.0).to_bits());
        if self.0.len() < first {
            self.0.push(score);
        } else if let Some(mut least) = self.0.peek_mut()
            && *least > score
        {
            *least = score;
        }
    }

    /// The least of the first ones.
    fn least(&self, first: usize) -> f32 {
        let least = self.0.peek().filter(|_| self.0.len() >= first);
        least.map_or(f32::MIN, |least| f32::from_bits(least.0))
    }
}

/// The greatest of some scores, of which none is below 0: their bits are in the same order.
fn greatest(scores: &[f32]) -> f32 {
    let bits = scores.iter().map(|score| score.to_bits());
    f32::from_bits(bits.max().unwrap_or_default())
}

/// Some of 64 pages with their scores.
fn some(pages: u64, scores: &[f32]) -> impl Iterator<Item = (u32, f32)> {
    ones_of(pages).map(|page| {
        let score = scores.get(at(page)).copied();
        (page, score.unwrap_or_default())
    })
}

/// What ranks the pages of a segment.
struct Ranking {
    ordinal: u32,
    adopted: Column<u64>,
    changed: Column<i64>,
    extras: Vec<Extra>,
    /// Pages that may be among the first ones, in their order.
    likely: Vec<Likely>,
}

/// A page to whose score extras may add something.
struct Likely {
    doc: DocId,
    score: f32,
    /// With what they add at most.
    top: f32,
}

/// Goes through all pages that match.
pub(crate) fn collect(snapshot: &Snapshot, wanted: &Wanted<'_>) -> Result<Found, TantivyError> {
    let mut found = Found {
        counts: vec![0; snapshot.facets.len()],
        without: vec![0; wanted.choices.len()],
        ..Found::default()
    };
    let mut best = Best {
        heap: BinaryHeap::new(),
        order: wanted.order,
        first: wanted.first,
        scores: Scores::default(),
    };
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
    let best = best.heap.into_sorted_vec().into_iter();
    found.best = best.map(|Reverse(at)| (at.score, at.at.0)).collect();
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

impl Ranking {
    fn new(ordinal: u32, segment: Segment<'_>, wanted: &Wanted<'_>) -> Result<Self, TantivyError> {
        let columns = SegmentReader::fast_fields(segment.reader);
        let extras = wanted.extras.iter();
        let extras: Vec<Extra> = extras
            .map(|places| segment.extra(places))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            ordinal,
            adopted: columns.u64(ADOPTED)?,
            changed: columns.i64(CHANGED)?,
            extras,
            likely: Vec::new(),
        })
    }

    fn place(&self, doc: DocId, score: f32) -> Place {
        Place {
            score,
            adopted: self.adopted.first(doc).unwrap_or_default(),
            changed: self.changed.first(doc).unwrap_or_default(),
            at: Reverse(DocAddress::new(self.ordinal, doc)),
        }
    }
}

impl Best {
    /// Ranks the pages of a window, or notes them where more may be added to their scores.
    fn rank(&mut self, window: &Window, span: Span, ranking: &mut Ranking, pool: &mut Pool) {
        if self.first == 0 {
            return;
        }
        if self.order == Order::Changed {
            for page in window.pages() {
                let doc = span.from.saturating_add(page);
                let by_time = Place {
                    adopted: 0,
                    ..ranking.place(doc, 0.0)
                };
                self.keep(by_time);
            }
            return;
        }
        if ranking.extras.is_empty() {
            for (from, (pages, scores)) in span.words().zip(window.parts()) {
                // Most pages are none of the first ones.
                if greatest(scores) < self.least() {
                    continue;
                }
                for (page, score) in some(pages, scores) {
                    if score >= self.least() {
                        self.keep(ranking.place(from.saturating_add(page), score));
                    }
                }
            }
            return;
        }
        let mut tops = pool.take();
        tops.merge(window);
        for extra in &mut ranking.extras {
            let most = extra.most(span, pool);
            tops.merge(&most);
            pool.give(most);
        }
        let parts = window.parts().zip(tops.parts());
        for (from, ((pages, scores), (_, tops))) in span.words().zip(parts) {
            if greatest(tops) < self.least() {
                continue;
            }
            for ((page, score), (_, top)) in some(pages, scores).zip(some(pages, tops)) {
                if top >= self.least() {
                    self.scores.keep(score, self.first);
                    let doc = from.saturating_add(page);
                    ranking.likely.push(Likely { doc, score, top });
                }
            }
        }
        pool.give(tops);
    }

    /// Ranks the pages that were noted, with what is added to their scores. The places of words are read
    /// only where they may bring a page among the first ones.
    fn rank_likely(&mut self, ranking: &mut Ranking) {
        for Likely { doc, score, top } in std::mem::take(&mut ranking.likely) {
            if top < self.least() {
                continue;
            }
            let extras = ranking.extras.iter_mut();
            let score = score + extras.map(|extra| extra.score(doc)).sum::<f32>();
            if score >= self.least() {
                self.keep(ranking.place(doc, score));
            }
        }
    }

    /// The score below which a page is none of the first ones.
    fn least(&self) -> f32 {
        let is_full = self.heap.len() >= self.first;
        let least = self.heap.peek().filter(|_| is_full);
        let least = least.map_or(f32::MIN, |least| least.0.score);
        least.max(self.scores.least(self.first))
    }

    fn keep(&mut self, place: Place) {
        if self.heap.len() < self.first {
            self.heap.push(Reverse(place));
        } else if let Some(mut least) = self.heap.peek_mut()
            && least.0 < place
        {
            *least = Reverse(place);
        }
    }
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
