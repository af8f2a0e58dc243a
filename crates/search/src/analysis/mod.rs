//! German text analysis: from running text to the terms of the index.
//!
//! The same chain reads text and query. [`words`] finds words in raw text (with offsets into it),
//! whatever the hyphens, soft hyphens and gendered forms in it; the forms of a word are
//!
//! | form | is | for |
//! | --- | --- | --- |
//! | `x` | lower case, [folded](fold) (ä = ae = a, ß = ss) | exact words, phrases, beginnings, typing errors |
//! | `s` | feminine to masculine, singular, stemmed, folded; the root of a verb beside it | inflected and gendered words |
//! | `d` | the stems of a compound's parts, or `s` where there is nothing to split | parts of compounds |
//!
//! Positions count the parts of a word with hyphens; its joined form stands at the first part.

mod adjectives;
mod analyzer;
mod cache;
mod clean;
mod compound;
mod dictionary;
mod feminine;
mod fold;
mod forms;
mod gender;
mod nouns;
mod separable;
mod suspended;
mod term_list;
mod verbs;
mod words;

pub(crate) use analyzer::Analyzer;
pub(crate) use cache::{Known, WordCache};
pub(crate) use dictionary::build as build_dictionary;
pub(crate) use fold::fold;
pub(crate) use forms::{Form, Forms};
pub(crate) use term_list::{TERMS, register};
pub(crate) use words::{Piece, Word, words};

/// The most bytes a term may have; longer runs of letters are not indexed.
pub(crate) const MAX_TERM_BYTES: usize = 120;

/// Whether a root may be that of a verb whose particle stands apart from it.
pub(crate) fn may_part(root: &str) -> bool {
    verbs::has_particle(root)
}

/// Whether a folded word is known as a part of compounds.
pub(crate) fn is_part(word: &str) -> bool {
    compound::is_known(word)
}

/// Whether a folded word is a form of a known verb.
pub(crate) fn is_verb(word: &str) -> bool {
    verbs::root(word).is_some()
}

/// The parts of a word in any case, folded.
pub(crate) fn compound_parts(word: &str) -> Vec<String> {
    let folded = fold(&word.to_lowercase());
    compound::split(&folded)
        .into_iter()
        .map(str::to_owned)
        .collect()
}
