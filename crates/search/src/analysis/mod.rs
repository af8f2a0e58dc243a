//! German text analysis: from running text to the terms of the index.
//!
//! The same chain reads text and query. [`words`] finds words in raw text (with offsets into it),
//! whatever the hyphens, soft hyphens and gendered forms in it; the forms of a word are
//!
//! | form | is | for |
//! | --- | --- | --- |
//! | `x` | lower case, [folded](fold) (ä = ae = a, ß = ss) | exact words, phrases, beginnings, typing errors |
//! | `s` | feminine to masculine, stemmed, folded | inflected and gendered words |
//! | `d` | the stems of a compound's parts, or `s` where there is nothing to split | parts of compounds |
//!
//! Positions count the parts of a word with hyphens; its joined form stands at the first part.

mod clean;
mod compound;
mod dictionary;
mod feminine;
mod fold;
mod forms;
mod gender;
mod tokens;
mod words;

pub(crate) use dictionary::build as build_dictionary;
pub(crate) use fold::fold;
pub(crate) use forms::{Form, Forms};
pub(crate) use tokens::{EXACT, PARTS, STEMMED, register};
pub(crate) use words::{Piece, Word, words};

/// The most bytes a term may have; longer runs of letters are not indexed.
pub(crate) const MAX_TERM_BYTES: usize = 120;
