//! Sets of pages of a segment.

use tantivy::DocId;

use super::at;

/// Pages of one word.
pub(crate) const WORD: u32 = 64;

/// A set of pages, one bit for each page of a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// No page of a segment with `pages`.
    pub(crate) fn none(pages: u32) -> Self {
        Self(vec![0; at(pages.div_ceil(WORD))])
    }

    /// The pages for which it holds.
    pub(crate) fn of(pages: u32, holds: impl Fn(DocId) -> bool) -> Self {
        let mut bits = Self::none(pages);
        for doc in (0..pages).filter(|doc| holds(*doc)) {
            bits.insert(doc);
        }
        bits
    }

    pub(crate) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.0.get_mut(at(doc / WORD)) {
            *word |= 1 << (doc % WORD);
        }
    }

    pub(crate) fn has(&self, doc: DocId) -> bool {
        let word = self.0.get(at(doc / WORD)).copied().unwrap_or_default();
        word >> (doc % WORD) & 1 == 1
    }

    /// The words of the pages from `from` on, which is the first page of a word.
    pub(crate) fn words_from(&self, from: DocId) -> &[u64] {
        self.0.get(at(from / WORD)..).unwrap_or_default()
    }

    pub(crate) fn words_from_mut(&mut self, from: DocId) -> &mut [u64] {
        self.0.get_mut(at(from / WORD)..).unwrap_or_default()
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    pub(crate) fn keep(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub(crate) fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many pages are in both.
    pub(crate) fn shared(&self, other: &Self) -> u64 {
        let both = self.0.iter().zip(&other.0);
        both.map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = DocId> {
        ones(&self.0)
    }
}

/// The numbers of the bits that are set.
pub(crate) fn ones(words: &[u64]) -> impl Iterator<Item = u32> {
    let firsts = (0_u32..).step_by(at(WORD));
    firsts
        .zip(words)
        .flat_map(|(first, word)| ones_of(*word).map(move |bit| first.saturating_add(bit)))
}

/// The numbers of the bits of a word that are set.
#[inline]
pub(crate) fn ones_of(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        word &= word.checked_sub(1)?;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_what_comes_out() {
        let docs = [0, 1, 63, 64, 127, 199];
        let mut bits = Bits::none(200);
        for doc in docs {
            bits.insert(doc);
        }
        assert_eq!(bits.iter().collect::<Vec<_>>(), docs);
        assert_eq!(bits, Bits::of(200, |doc| docs.contains(&doc)));
        assert!(bits.has(63) && !bits.has(62) && !bits.has(5_000));
        assert_eq!(bits.len(), 6);
    }

    #[test]
    fn sets_are_joined_and_cut() {
        let even = Bits::of(100, |doc| doc % 2 == 0);
        let third = Bits::of(100, |doc| doc % 3 == 0);
        assert_eq!(even.shared(&third), 17);
        let mut both = even.clone();
        both.keep(&third);
        assert_eq!(both, Bits::of(100, |doc| doc % 6 == 0));
        let mut either = even;
        either.add(&third);
        assert_eq!(either.len(), 50 + 34 - 17);
    }
}
