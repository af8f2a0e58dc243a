//! A term in a segment.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, TERMINATED};

use super::window::Span;

/// How much a word counts in a text of some length: BM25 of a term or a phrase.
#[derive(Clone)]
pub(crate) struct Bm25 {
    pub(crate) weight: f32,
    pub(crate) lengths: FieldNormReader,
    /// By the number that stands for a length.
    pub(crate) norms: Arc<[f32; 256]>,
}

impl Bm25 {
    /// The score of a page that has it so often.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
    pub(crate) fn score(&self, doc: DocId, times: u32) -> f32 {
        self.score_of(doc, times as f32)
    }

    #[inline]
    pub(super) fn score_of(&self, doc: DocId, times: f32) -> f32 {
        let length = self.lengths.fieldnorm_id(doc);
        let norm = self.norms.get(usize::from(length)).copied();
        self.weight * (times / (times + norm.unwrap_or_default()))
    }
}

/// The pages of a term in a segment, read forwards.
pub(crate) struct Pages {
    blocks: BlockSegmentPostings,
    /// The place of the next page in its block.
    next: usize,
}

impl Pages {
    pub(crate) fn new(blocks: BlockSegmentPostings) -> Self {
        Self { blocks, next: 0 }
    }

    /// The next page.
    pub(crate) fn next(&self) -> DocId {
        let docs = self.blocks.docs();
        docs.get(self.next).copied().unwrap_or(TERMINATED)
    }

    /// Gives each page of a window, with how often it has the term.
    #[inline]
    pub(crate) fn each(&mut self, span: Span, mut each: impl FnMut(DocId, u32)) {
        if self.next() < span.from {
            self.next = self.blocks.seek(span.from);
        }
        loop {
            let (docs, times) = (self.blocks.docs(), self.blocks.freqs());
            let rest = docs.get(self.next..).unwrap_or_default();
            let times = times.get(self.next..).unwrap_or_default();
            // Only the last block of a window has pages behind it.
            let inside = match rest.last() {
                None if docs.is_empty() => return,
                Some(last) if *last >= span.to => rest.partition_point(|doc| *doc < span.to),
                _ => rest.len(),
            };
            for (doc, times) in rest.iter().zip(times).take(inside) {
                each(*doc, *times);
            }
            if inside < rest.len() {
                self.next = self.next.saturating_add(inside);
                return;
            }
            self.blocks.advance();
            self.next = 0;
        }
    }

    /// Whether one of these pages has it.
    fn is_among(&mut self, wanted: &super::Bits) -> bool {
        loop {
            let docs = self.blocks.docs();
            if docs.is_empty() {
                return false;
            }
            if docs.iter().any(|doc| wanted.has(*doc)) {
                return true;
            }
            self.blocks.advance();
        }
    }
}

/// A term in a segment.
pub(crate) struct TermLayer {
    pages: Pages,
    bm25: Bm25,
}

impl TermLayer {
    pub(crate) fn new(pages: Pages, bm25: Bm25) -> Self {
        Self { pages, bm25 }
    }

    /// The next page.
    pub(crate) fn next(&self) -> DocId {
        self.pages.next()
    }

    /// Gives each page of a window, counted from its first one, with its score.
    #[inline]
    pub(crate) fn each(&mut self, span: Span, mut each: impl FnMut(u32, f32)) {
        let bm25 = &self.bm25;
        self.pages.each(span, |doc, times| {
            each(doc.saturating_sub(span.from), bm25.score(doc, times));
        });
    }

    /// Whether one of these pages has it.
    pub(crate) fn is_among(&mut self, wanted: &super::Bits) -> bool {
        self.pages.is_among(wanted)
    }
}

/// What stands for the average length of a field's texts.
pub(crate) fn norms(average: f32) -> Arc<[f32; 256]> {
    /// How soon further occurrences add nothing.
    const K1: f32 = 1.2;
    /// How far long texts count less.
    const B: f32 = 0.75;
    let average = rounded(average);
    let mut norms = [0.0; 256];
    for (id, norm) in (0..=u8::MAX).zip(&mut norms) {
        #[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
        let length = FieldNormReader::id_to_fieldnorm(id) as f32;
        *norm = K1 * (1.0 - B + B * length / average.max(f32::MIN_POSITIVE));
    }
    Arc::new(norms)
}

/// What a term is worth by how few pages have it. The counts are rounded, so that a page more or less leaves most
/// scores as they were: those that are [kept](super::KeptWords), and the order of hits that somebody pages through.
#[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
pub(crate) fn idf(pages: u64, all: u64) -> f32 {
    let (pages, all) = (rounded(pages as f32), rounded(all.max(pages) as f32));
    (1.0 + (all - pages + 0.5) / (pages + 0.5)).ln()
}

/// A number of at least 0 to its first seven binary digits: within 0.8 %, and exact up to 128.
fn rounded(number: f32) -> f32 {
    const DROPPED: u32 = f32::MANTISSA_DIGITS - 7;
    let half = 1 << (DROPPED - 1);
    f32::from_bits(number.to_bits().saturating_add(half) >> DROPPED << DROPPED)
}

/// What BM25 multiplies scores with, so that it is 1 for a single word in a text of average length.
pub(crate) const SCALE: f32 = 2.2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_rounded_little_and_rarely_otherwise() {
        for number in [0.0, 1.0, 97.0, 128.0, 130.0] {
            assert_eq!(rounded(number).to_string(), number.to_string());
        }
        let mut different = 0;
        for number in 20_000_u16..40_000 {
            let (own, next) = (rounded(number.into()), rounded((number + 1).into()));
            assert!((own / f32::from(number) - 1.0).abs() < 0.008);
            different += u32::from(own.to_bits() != next.to_bits());
        }
        assert!(different < 200, "{different}");
    }
}
