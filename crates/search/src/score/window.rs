//! The scores of some hundred pages that follow each other.

use tantivy::DocId;

use super::at;
use super::bits::{WORD, ones, ones_of};

/// So many pages are scored at once.
const WIDTH: u32 = 2048;
const PAGES: usize = 2048;
const PART: usize = 64;
pub(super) const WORDS: usize = PAGES / PART;

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

impl Span {
    /// The first one of each 64 pages.
    pub(crate) fn words(self) -> impl Iterator<Item = DocId> {
        (self.from..self.to).step_by(at(WORD))
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

    /// The pages, 64 at a time, and their scores.
    pub(super) fn parts_mut(&mut self) -> impl Iterator<Item = (&mut u64, &mut [f32; PART])> {
        let (scores, _) = self.scores.as_chunks_mut();
        self.bits.iter_mut().zip(scores)
    }

    /// The pages, 64 at a time, with their scores.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (u64, &[f32; PART])> {
        let (scores, _) = self.scores.as_chunks();
        self.bits.iter().copied().zip(scores)
    }

    /// Adds the pages and scores of another window.
    pub(crate) fn merge(&mut self, other: &Self) {
        for ((pages, sums), (more, scores)) in self.parts_mut().zip(other.parts()) {
            if more != 0 {
                *pages |= more;
                for (sum, score) in sums.iter_mut().zip(scores) {
                    *sum += score;
                }
            }
        }
    }

    /// Raises each score to at least that of another window.
    pub(crate) fn raise_all(&mut self, other: &Self) {
        for ((_, most), (pages, scores)) in self.parts_mut().zip(other.parts()) {
            if pages != 0 {
                for (most, score) in most.iter_mut().zip(scores) {
                    *most = most.max(*score);
                }
            }
        }
    }

    /// Makes of the score of each page that matches something else, from that in another window.
    pub(crate) fn change(&mut self, other: &Self, new: impl Fn(f32, f32) -> f32) {
        for ((pages, own), (_, scores)) in self.parts_mut().zip(other.parts()) {
            if *pages != 0 {
                for (own, score) in own.iter_mut().zip(scores) {
                    *own = new(*own, *score);
                }
            }
        }
    }

    /// Keeps only pages of these.
    pub(crate) fn keep(&mut self, kept: &[u64]) {
        let kept = kept.iter().copied().chain(std::iter::repeat(0));
        self.drop_each(kept.map(|kept| !kept));
    }

    /// Drops these pages.
    pub(crate) fn leave_out(&mut self, dropped: &[u64]) {
        self.drop_each(dropped.iter().copied());
    }

    fn drop_each(&mut self, dropped: impl Iterator<Item = u64>) {
        for ((pages, scores), dropped) in self.parts_mut().zip(dropped) {
            let dropped = *pages & dropped;
            *pages &= !dropped;
            for page in ones_of(dropped) {
                if let Some(score) = scores.get_mut(at(page)) {
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
