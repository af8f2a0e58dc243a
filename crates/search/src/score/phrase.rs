//! Words in their order, in a segment.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::at;
use super::bits::WORD;
use super::term::{Bm25, Pages};
use super::window::{Pool, Span, Window};
use crate::budget::Budget;

/// The clock is looked at once in so many pages whose words' places are read.
const STEPS: u32 = 128;

/// A phrase in a segment.
pub(crate) struct PhraseLayer {
    /// With what is added to the places of a word so that those of a phrase are the same.
    terms: Vec<(u32, SegmentPostings)>,
    slop: u32,
    bm25: Bm25,
    budget: Budget,
    steps: u32,
    places: Vec<u32>,
    others: Vec<u32>,
}

impl PhraseLayer {
    /// Over the terms, each with its place behind the first.
    pub(crate) fn new(
        terms: Vec<(u32, SegmentPostings)>,
        slop: u32,
        bm25: Bm25,
        budget: &Budget,
    ) -> Self {
        let last = terms.iter().map(|(offset, _)| *offset).max();
        let shifted = terms
            .into_iter()
            .map(|(offset, pages)| (last.unwrap_or_default().saturating_sub(offset), pages));
        Self {
            terms: shifted.collect(),
            slop,
            bm25,
            budget: budget.clone(),
            steps: 0,
            places: Vec::new(),
            others: Vec::new(),
        }
    }

    /// A page before which there is none.
    pub(crate) fn next(&self) -> DocId {
        let next = self.terms.iter().map(|(_, pages)| pages.doc()).max();
        next.unwrap_or(TERMINATED)
    }

    /// Adds the pages of a window that are wanted.
    pub(crate) fn add(&mut self, span: Span, wanted: &[u64], out: &mut Window) {
        let mut doc = self.with_all(span.from);
        while doc < span.to {
            let page = doc.saturating_sub(span.from);
            let word = wanted.get(at(page / WORD)).copied().unwrap_or_default();
            if word >> (page % WORD) & 1 == 1 {
                if self.is_late() {
                    return;
                }
                let times = self.times();
                if times > 0 {
                    out.add(page, self.bm25.score(doc, times));
                }
            }
            doc = self.with_all(doc.saturating_add(1));
        }
    }

    /// What a page scores; 0 if it does not have the words in their order. Pages come in their order.
    fn score(&mut self, doc: DocId) -> f32 {
        for (_, pages) in &mut self.terms {
            if seek(pages, doc) != doc {
                return 0.0;
            }
        }
        match self.times() {
            0 => 0.0,
            times => self.bm25.score(doc, times),
        }
    }

    /// The first page from `from` on with all words.
    fn with_all(&mut self, from: DocId) -> DocId {
        let mut doc = from;
        loop {
            let before = doc;
            for (_, pages) in &mut self.terms {
                doc = seek(pages, doc);
            }
            if doc == before || doc >= TERMINATED {
                return doc;
            }
        }
    }

    /// How often the words stand in their order in the page that all of them are at.
    fn times(&mut self) -> u32 {
        let Some(((shift, first), rest)) = self.terms.split_first_mut() else {
            return 0;
        };
        first.positions_with_offset(*shift, &mut self.places);
        if self.slop > 0 {
            return self.loosely();
        }
        for (shift, pages) in rest {
            pages.positions_with_offset(*shift, &mut self.others);
            keep_shared(&mut self.places, &self.others);
            if self.places.is_empty() {
                return 0;
            }
        }
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// The same where other words may stand between them.
    fn loosely(&mut self) -> u32 {
        let Some((_, rest)) = self.terms.split_first_mut() else {
            return 0;
        };
        let mut ways: Vec<(u32, u32)> = self.places.iter().map(|place| (*place, 0)).collect();
        for (shift, pages) in rest {
            pages.positions_with_offset(*shift, &mut self.others);
            ways = ways
                .into_iter()
                .filter_map(|(place, used)| {
                    let behind = self.others.partition_point(|other| *other < place);
                    let near = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
                    let near = near.filter_map(|at| self.others.get(at));
                    let nearest = near.min_by_key(|other| other.abs_diff(place))?;
                    let used = nearest.abs_diff(place).saturating_add(used);
                    (used <= self.slop).then_some((*nearest, used))
                })
                .collect();
        }
        u32::try_from(ways.len()).unwrap_or(u32::MAX)
    }

    fn is_late(&mut self) -> bool {
        self.steps = self.steps.wrapping_add(1);
        self.steps.is_multiple_of(STEPS) && self.budget.is_over()
    }
}

/// Words that make pages better that have them side by side in one of several places; the best of these counts.
pub(crate) struct Extra(Vec<Neighbours>);

/// Words side by side in one place.
pub(super) struct Neighbours {
    /// The pages of each word.
    pub(super) words: Vec<Pages>,
    pub(super) phrase: PhraseLayer,
}

impl Extra {
    pub(super) fn new(of: Vec<Neighbours>) -> Self {
        Self(of)
    }

    /// The most that it may add to the score of each page of a window, looking at no places in texts: they stand
    /// side by side at most as often as the rarer one stands there. Windows come in their order.
    pub(crate) fn most(&mut self, span: Span, pool: &mut Pool) -> Box<Window> {
        let mut most = pool.take();
        for place in &mut self.0 {
            let times = place.times(span, pool);
            for page in times.pages() {
                let doc = span.from.saturating_add(page);
                most.raise(page, place.phrase.bm25.score_of(doc, times.score(page)));
            }
            for (most, found) in most.bits.iter_mut().zip(&times.bits) {
                *most |= found;
            }
            pool.give(times);
        }
        most
    }

    /// What it adds to the score of a page. Pages come in their order.
    pub(crate) fn score(&mut self, doc: DocId) -> f32 {
        let scores = self.0.iter_mut().map(|place| place.phrase.score(doc));
        scores.fold(0.0, f32::max)
    }
}

impl Neighbours {
    /// How often the rarer one stands in the pages of a window that have all of the words.
    fn times(&mut self, span: Span, pool: &mut Pool) -> Box<Window> {
        let mut least = pool.take();
        let Some((first, rest)) = self.words.split_first_mut() else {
            return least;
        };
        let is_any = |word: &Pages| word.next() < span.to;
        if !is_any(first) || !rest.iter().all(is_any) {
            return least;
        }
        #[expect(clippy::cast_precision_loss, reason = "to be scored")]
        let count = |times: u32| times as f32;
        let page = |doc: DocId| doc.saturating_sub(span.from);
        first.each(span, |doc, times| least.add(page(doc), count(times)));
        for word in rest {
            let mut both = pool.take();
            word.each(span, |doc, times| {
                let known = least.score(page(doc));
                if known > 0.0 {
                    both.add(page(doc), known.min(count(times)));
                }
            });
            pool.give(std::mem::replace(&mut least, both));
        }
        least
    }
}

fn seek(pages: &mut SegmentPostings, doc: DocId) -> DocId {
    let now = pages.doc();
    if now < doc { pages.seek(doc) } else { now }
}

/// Keeps what is in both, each sorted.
fn keep_shared(places: &mut Vec<u32>, others: &[u32]) {
    let mut rest = others;
    places.retain(|place| {
        while let Some((first, behind)) = rest.split_first() {
            if first >= place {
                return first == place;
            }
            rest = behind;
        }
        false
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_both_is_kept() {
        for (places, others, kept) in [
            (vec![1, 4, 9], vec![0, 4, 5, 9, 12], vec![4, 9]),
            (vec![1, 2], vec![], vec![]),
            (vec![3], vec![1, 2], vec![]),
        ] {
            let mut places = places;
            keep_shared(&mut places, &others);
            assert_eq!(places, kept);
        }
    }
}
