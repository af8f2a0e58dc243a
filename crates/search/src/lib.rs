//! German full-text search over the pages one may read.
//!
//! A [`SearchIndex`] is a view of the pages, derived from the journal: [opening](SearchIndex::open)
//! one that is missing, damaged or of another version gives an empty one to be [filled](SearchIndex::fill)
//! again, beside the old one where that can still answer. Pages are [put](SearchIndex::put) whole and seen
//! after [`SearchIndex::commit`]. What a [`Reader`] may
//! read is part of every query: hits, counts, suggestions and repaired words come from nothing else.
//!
//! The text of the pages is not stored here: whoever asks says where it [is](Texts) and how long the
//! answer may [take](Budget).
//!
//! All calls block for as long as the disk takes; run them where that does no harm.

mod analysis;
mod budget;
mod collect;
mod document;
mod facets;
mod files;
mod fill;
mod index;
mod open;
mod page;
mod query;
mod related;
mod request;
mod schema;
mod score;
mod search;
mod seen;
mod sets;
mod short_hash;
mod snapshot;
mod snippet;
mod surface;
mod together;
mod values;
mod vocabulary;
mod weights;
mod workers;

pub use budget::Budget;
pub use index::{IndexError, SearchConfig, SearchIndex};
pub use open::{OpenError, Opened};
pub use page::{
    DEPARTMENT_FACET, FIELD_FACET, IndexedPage, KIND_FACET, PHASE_FACET, SPACE_FACET, Section,
};
pub use related::{Like, Related};
pub use request::{Asking, Hit, Order, Query, Reader, Results, SnippetPart, Suggestion, Texts};
pub use search::SearchError;
pub use vocabulary::{LineError, Vocabulary};
pub use weights::Weights;
pub use workers::Workers;

/// Builds the dictionary of compounds from the files beside it in `data/search/`: the bytes of
/// `constituents.fst`.
pub fn build_dictionary(
    counts: &str,
    domain: &str,
) -> Result<Vec<u8>, impl std::error::Error + use<>> {
    analysis::build_dictionary(counts, domain)
}

/// A name as search compares it: each word in lower case, with umlauts and ß folded and no accents; one
/// space between words.
pub fn folded(name: &str) -> String {
    let words = name.split_whitespace();
    let words = words.map(|word| analysis::fold(&word.to_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}

/// The parts that search sees in a word: those of a compound, else the word itself; lower case, with
/// umlauts and ß folded.
pub fn compound_parts(word: &str) -> Vec<String> {
    analysis::compound_parts(word)
}
