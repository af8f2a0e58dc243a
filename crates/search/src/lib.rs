//! German full-text search over the pages one may read.
//!
//! A [`SearchIndex`] is a view of the pages, derived from the journal: [opening](SearchIndex::open)
//! one that is missing, damaged or of another version gives an empty one to be filled again. Pages
//! are [put](SearchIndex::put) whole and seen after [`SearchIndex::commit`]. What a [`Reader`] may
//! read is part of every query: hits, counts, suggestions and repaired words come from nothing else.
//!
//! All calls block for as long as the disk takes; run them where that does no harm.
//!
//! The text of each page is stored with the index for the passages shown. That is to be moved to
//! the page view, so that a page's text stands in one view only.

mod analysis;
mod document;
mod facets;
mod files;
mod index;
mod page;
mod query;
mod request;
mod schema;
mod search;
mod snippet;

pub use index::{IndexError, OpenError, Opened, SearchConfig, SearchIndex};
pub use page::{
    DEPARTMENT_FACET, FIELD_FACET, IndexedPage, KIND_FACET, PHASE_FACET, SPACE_FACET, Section,
};
pub use request::{Hit, Query, Reader, Results, SnippetPart, Suggestion};
pub use search::SearchError;

/// Builds the dictionary of compounds from the files beside it in `data/search/`: the bytes of
/// `constituents.fst`.
pub fn build_dictionary(
    counts: &str,
    domain: &str,
) -> Result<Vec<u8>, impl std::error::Error + use<>> {
    analysis::build_dictionary(counts, domain)
}
