//! Which of the pages that match come first.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, SegmentReader, TantivyError};

use super::Wanted;
use crate::request::Order;
use crate::schema::{ADOPTED, CHANGED};
use crate::score::{Extra, Pool, Segment, Span, Window, at, ones_of};

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
pub(super) struct Best {
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
pub(super) struct Ranking {
    ordinal: u32,
    adopted: Column<u64>,
    changed: Column<i64>,
    pub(super) extras: Vec<Extra>,
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

impl Ranking {
    pub(super) fn new(
        ordinal: u32,
        segment: Segment<'_>,
        wanted: &Wanted<'_>,
    ) -> Result<Self, TantivyError> {
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
    pub(super) fn new(order: Order, first: usize) -> Self {
        Self {
            heap: BinaryHeap::new(),
            order,
            first,
            scores: Scores::default(),
        }
    }

    /// The first pages with their scores, first ones first.
    pub(super) fn into_pages(self) -> Vec<(f32, DocAddress)> {
        let best = self.heap.into_sorted_vec().into_iter();
        best.map(|Reverse(at)| (at.score, at.at.0)).collect()
    }

    /// Ranks the pages of a window, or notes them where more may be added to their scores.
    pub(super) fn rank(
        &mut self,
        window: &Window,
        span: Span,
        ranking: &mut Ranking,
        pool: &mut Pool,
    ) {
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
    pub(super) fn rank_likely(&mut self, ranking: &mut Ranking) {
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
