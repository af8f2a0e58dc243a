//! The scores of some hundred pages that follow each other.

use tantivy::DocId;

use super::at;
use super::bits::{WORD, ones};

/// So many pages are scored at once.
const WIDTH: u32 = 2048;
const PAGES: usize = 2048;
const WORDS: usize = PAGES / 64;

/// The pages of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first one, a multiple of [`WIDTH`].
    pub(crate) from: DocId,
    /// Behind the last one.
    pub(crate) to: DocId,
}

impl Span {
    /// The window that a page is in.
    pub(crate) fn around(doc: DocId, pages: u32) -> Self {
        let from = doc.saturating_sub(doc % WIDTH);
        Self {
            from,
            to: from.saturating_add(WIDTH).min(pages),
        }
    }
}

/// Which pages match, and their scores. Pages that do not match have the score 0.
#[derive(Clone)]
pub(crate) struct Window {
    pub(crate) bits: [u64; WORDS],
    scores: [f32; PAGES],
}

impl Window {
    fn new() -> Box<Self> {
        Box::new(Self {
            bits: [0; WORDS],
            scores: [0.0; PAGES],
        })
    }

    pub(crate) fn clear(&mut self) {
        if !self.is_empty() {
            self.scores.fill(0.0);
        }
        self.bits.fill(0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bits.iter().all(|word| *word == 0)
    }

    pub(crate) fn score(&self, page: u32) -> f32 {
        self.scores.get(at(page)).copied().unwrap_or_default()
    }

    /// Notes that a page matches, and adds to its score.
    #[inline]
    pub(crate) fn add(&mut self, page: u32, score: f32) {
        if let Some(word) = self.bits.get_mut(at(page / WORD)) {
            *word |= 1 << (page % WORD);
        }
        if let Some(sum) = self.scores.get_mut(at(page)) {
            *sum += score;
        }
    }

    /// Raises the score of a page to at least this; says nothing of whether it matches.
    #[inline]
    pub(crate) fn raise(&mut self, page: u32, score: f32) {
        if let Some(most) = self.scores.get_mut(at(page)) {
            *most = most.max(score);
        }
    }

    /// Adds the pages and scores of another window.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (word, other) in self.bits.iter_mut().zip(&other.bits) {
            *word |= other;
        }
        for (sum, other) in self.scores.iter_mut().zip(&other.scores) {
            *sum += other;
        }
    }

    /// Raises each score to at least that of another window.
    pub(crate) fn raise_all(&mut self, other: &Self) {
        for (most, other) in self.scores.iter_mut().zip(&other.scores) {
            *most = most.max(*other);
        }
    }

    /// Makes of each score something else, from that of the same page in another window.
    pub(crate) fn change(&mut self, other: &Self, new: impl Fn(f32, f32) -> f32) {
        for (own, other) in self.scores.iter_mut().zip(&other.scores) {
            *own = new(*own, *other);
        }
    }

    /// Keeps only pages of these.
    pub(crate) fn keep(&mut self, kept: &[u64]) {
        let mut dropped = 0;
        for (word, kept) in self
            .bits
            .iter_mut()
            .zip(kept.iter().chain(std::iter::repeat(&0)))
        {
            dropped |= *word & !kept;
            *word &= kept;
        }
        if dropped != 0 {
            self.drop_others();
        }
    }

    /// Drops these pages.
    pub(crate) fn leave_out(&mut self, dropped: &[u64]) {
        for (word, dropped) in self.bits.iter_mut().zip(dropped) {
            *word &= !dropped;
        }
        self.drop_others();
    }

    /// Takes the scores of pages that do not match.
    fn drop_others(&mut self) {
        for (scores, word) in self.scores.chunks_mut(at(WORD)).zip(&self.bits) {
            for (bit, score) in scores.iter_mut().enumerate() {
                if word >> bit & 1 == 0 {
                    *score = 0.0;
                }
            }
        }
    }

    /// The pages that match, counted from the first one of the window.
    pub(crate) fn pages(&self) -> impl Iterator<Item = u32> {
        ones(&self.bits)
    }
}

/// Windows that are not in use.
#[derive(Default)]
pub(crate) struct Pool(Vec<Box<Window>>);

impl Pool {
    /// An empty window.
    pub(crate) fn take(&mut self) -> Box<Window> {
        match self.0.pop() {
            Some(mut window) => {
                window.clear();
                window
            }
            None => Window::new(),
        }
    }

    pub(crate) fn give(&mut self, window: Box<Window>) {
        self.0.push(window);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_match_has_no_score() {
        let mut pool = Pool::default();
        let mut window = pool.take();
        for page in [3, 64, 2047] {
            window.add(page, 1.5);
        }
        window.add(64, 1.0);
        let mut kept = [0; WORDS];
        kept[1] = 1;
        kept[31] = 1 << 63;
        window.keep(&kept);
        assert_eq!(window.pages().collect::<Vec<_>>(), [64, 2047]);
        let scores = [3, 64, 2047].map(|page| window.score(page).to_string());
        assert_eq!(scores, ["0", "2.5", "1.5"]);
        window.leave_out(&kept);
        assert!(window.is_empty());
        pool.give(window);
        assert_eq!(pool.take().score(64).to_string(), "0");
    }

    #[test]
    fn the_last_window_ends_with_the_segment() {
        assert_eq!(Span::around(2047, 5_000).from, 0);
        let last = Span::around(4_100, 5_000);
        assert_eq!((last.from, last.to), (4_096, 5_000));
    }
}
