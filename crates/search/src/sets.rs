//! The pages of a segment by the values they have, kept in memory: for filters and counts.
//!
//! A segment never changes but for what is deleted of it, so its sets are made once.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TantivyError, Term};

use denkraum_domain::Audience;

use crate::schema::Fields;
use crate::score::{Bits, at};

/// A value that one page in so many has is kept as a set of pages, others as the values of a page.
const DENSE: u32 = 32;

/// The sets of a segment.
#[derive(Debug)]
pub(crate) struct SegmentSets {
    /// `NAME=VALUE`, sorted.
    pub(crate) values: Vec<String>,
    /// The pages of values that many have, by the place of the value.
    dense: Vec<(usize, Bits)>,
    /// The places of the other values: those of a page stand side by side.
    rare: Vec<u32>,
    /// For each page where its values begin in `rare`, and where those of the last one end.
    starts: Vec<u32>,
    everybody: Bits,
    members: Bits,
}

impl SegmentSets {
    pub(crate) fn new(segment: &SegmentReader, fields: &Fields) -> Result<Self, TantivyError> {
        let pages = segment.max_doc();
        let index = segment.inverted_index(fields.facet)?;
        let (mut values, mut dense, mut rare) = (Vec::new(), Vec::new(), Vec::new());
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let info = terms.value();
            let value = u32::try_from(values.len()).unwrap_or(u32::MAX);
            let is_dense = info.doc_freq.saturating_mul(DENSE) >= pages;
            let mut set = Bits::none(if is_dense { pages } else { 0 });
            let option = IndexRecordOption::Basic;
            let mut found = index.read_block_postings_from_terminfo(info, option)?;
            while !found.docs().is_empty() {
                for doc in found.docs() {
                    if is_dense {
                        set.insert(*doc);
                    } else {
                        rare.push((*doc, value));
                    }
                }
                found.advance();
            }
            if is_dense {
                dense.push((values.len(), set));
            }
            values.push(String::from_utf8_lossy(terms.key()).into_owned());
        }
        rare.sort_unstable();
        let mut starts = Vec::with_capacity(at(pages).saturating_add(1));
        let mut start = 0;
        for doc in 0..=pages {
            let behind = rare.get(start..).unwrap_or_default();
            start += behind.iter().take_while(|(of, _)| *of < doc).count();
            starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        }
        let audience = |audience: Audience| holding(segment, fields.audience, audience.as_str());
        let mut everybody = audience(Audience::Public)?;
        everybody.add(&audience(Audience::Network)?);
        Ok(Self {
            values,
            dense,
            rare: rare.into_iter().map(|(_, value)| value).collect(),
            starts,
            everybody,
            members: audience(Audience::Space)?,
        })
    }

    /// Pages that everybody may read.
    pub(crate) fn everybody(&self) -> &Bits {
        &self.everybody
    }

    /// Pages that the members of their space may read.
    pub(crate) fn members(&self) -> &Bits {
        &self.members
    }

    /// Values that many pages have, by their places, with the pages.
    pub(crate) fn dense(&self) -> &[(usize, Bits)] {
        &self.dense
    }

    /// The pages with a value, by its place.
    pub(crate) fn of(&self, value: usize, pages: u32) -> Bits {
        if let Ok(found) = self.dense.binary_search_by_key(&value, |(value, _)| *value) {
            let found = self.dense.get(found);
            return found.map(|(_, pages)| pages.clone()).unwrap_or_default();
        }
        Bits::of(pages, |doc| {
            self.rare_of(doc).iter().any(|rare| at(*rare) == value)
        })
    }

    /// The places of the values of a page that few have.
    pub(crate) fn rare_of(&self, doc: DocId) -> &[u32] {
        let bound = |doc: usize| self.starts.get(doc).map_or(0, |start| at(*start));
        let (from, to) = (bound(at(doc)), bound(at(doc).saturating_add(1)));
        self.rare.get(from..to).unwrap_or_default()
    }

    /// Whether there are values that few pages have.
    pub(crate) fn has_rare(&self) -> bool {
        !self.rare.is_empty()
    }
}

/// The pages of a segment with a term.
pub(crate) fn holding(
    segment: &SegmentReader,
    field: Field,
    text: &str,
) -> Result<Bits, TantivyError> {
    let mut bits = Bits::none(segment.max_doc());
    let term = Term::from_field_text(field, text);
    let index = segment.inverted_index(field)?;
    let option = IndexRecordOption::Basic;
    if let Some(mut found) = index.read_block_postings(&term, option)? {
        while !found.docs().is_empty() {
            for doc in found.docs() {
                bits.insert(*doc);
            }
            found.advance();
        }
    }
    Ok(bits)
}
