//! Scoring, a window of pages at a time.
//!
//! A [`Plan`] says what matches and what it is worth. In each segment it becomes a [`Layer`], which adds
//! what it finds to a [`Window`]: one term after the other, so that the inner loops run over the blocks of
//! a posting list and touch memory that stays in the processor's cache. Going from page to page through a
//! tree of scorers, as the engine does, costs several calls for each term of each page.
//!
//! The scores are BM25, as the engine has them.

mod bits;
mod kept;
mod layer;
mod phrase;
mod plan;
mod segment;
mod term;
mod window;

pub(crate) use bits::{Bits, ones_of};
pub(crate) use kept::KeptWords;
pub(crate) use layer::Layer;
pub(crate) use phrase::Extra;
pub(crate) use plan::{FoundTerm, Phrase, Plan};
pub(crate) use segment::Segment;
pub(crate) use term::{idf, norms};
pub(crate) use window::{Pool, Span, Window};

/// A document's number, as a place in a list.
pub(crate) fn at(doc: u32) -> usize {
    usize::try_from(doc).unwrap_or(usize::MAX)
}
