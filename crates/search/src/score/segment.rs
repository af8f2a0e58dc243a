//! A segment, and what reads its pages.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, TantivyError};

use super::Bits;
use super::kept::KeptWords;
use super::layer::Layer;
use super::phrase::{Extra, Neighbours, PhraseLayer};
use super::plan::{FoundTerm, Phrase};
use super::term::{Bm25, Pages, SCALE, TermLayer, idf};
use crate::budget::Budget;
use crate::snapshot::Norms;

/// Where a layer is made.
#[derive(Clone, Copy)]
pub(crate) struct Segment<'a> {
    pub(crate) reader: &'a SegmentReader,
    /// Its place among the segments.
    pub(crate) place: usize,
    pub(crate) norms: &'a Norms,
    pub(crate) kept: &'a KeptWords,
    pub(crate) budget: &'a Budget,
}

impl Segment<'_> {
    fn bm25(self, field: Field, weight: f32) -> Result<Bm25, TantivyError> {
        let lengths = self.reader.get_fieldnorms_reader(field)?;
        Ok(Bm25 {
            weight: weight * SCALE,
            lengths,
            norms: self.norms.of(field),
        })
    }

    pub(super) fn term(self, term: &FoundTerm, worth: f32) -> Result<Layer, TantivyError> {
        let Some(info) = term.infos.get(self.place).and_then(Option::as_ref) else {
            return Ok(Layer::Nothing);
        };
        let pages = self.pages(term, info)?;
        let bm25 = self.bm25(term.field, worth * idf(term.pages, self.norms.pages))?;
        Ok(Layer::Term(Box::new(TermLayer::new(pages, bm25))))
    }

    fn pages(self, term: &FoundTerm, info: &TermInfo) -> Result<Pages, TantivyError> {
        let index = self.reader.inverted_index(term.field)?;
        let option = IndexRecordOption::WithFreqs;
        let blocks = index.read_block_postings_from_terminfo(info, option)?;
        Ok(Pages::new(blocks))
    }

    pub(super) fn phrase(self, phrase: &Phrase) -> Result<Option<PhraseLayer>, TantivyError> {
        let Some((_, first)) = phrase.terms.first() else {
            return Ok(None);
        };
        let mut terms = Vec::with_capacity(phrase.terms.len());
        let mut rarity = 0.0;
        for (offset, term) in &phrase.terms {
            let Some(info) = term.infos.get(self.place).and_then(Option::as_ref) else {
                return Ok(None);
            };
            let index = self.reader.inverted_index(term.field)?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            terms.push((*offset, index.read_postings_from_terminfo(info, option)?));
            rarity += idf(term.pages, self.norms.pages);
        }
        let bm25 = self.bm25(first.field, phrase.worth * rarity)?;
        Ok(Some(PhraseLayer::new(
            terms,
            phrase.slop,
            bm25,
            self.budget,
        )))
    }

    /// A phrase in several places that makes pages better.
    pub(crate) fn extra(self, places: &[Phrase]) -> Result<Extra, TantivyError> {
        let mut of = Vec::with_capacity(places.len());
        for phrase in places {
            let Some(layer) = self.phrase(phrase)? else {
                continue;
            };
            let mut words = Vec::with_capacity(phrase.terms.len());
            for (_, term) in &phrase.terms {
                let info = term.infos.get(self.place).and_then(Option::as_ref);
                let pages = info.map(|info| self.pages(term, info));
                words.extend(pages.transpose()?);
            }
            of.push(Neighbours {
                words,
                phrase: layer,
            });
        }
        Ok(Extra::new(of))
    }

    /// Whether a term stands in one of these pages.
    pub(crate) fn is_among(
        self,
        term: &Arc<FoundTerm>,
        wanted: &Bits,
    ) -> Result<bool, TantivyError> {
        Ok(match self.term(term, 1.0)? {
            Layer::Term(mut term) => term.is_among(wanted),
            _ => false,
        })
    }
}
