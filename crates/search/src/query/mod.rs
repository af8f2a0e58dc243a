//! From what was typed to a query of the engine.
//!
//! [`parse`](Asked::parse) reads the text, [`Lexicon`] looks up what its words can mean in this
//! index, [`compile`](Compiled::new) builds the query, [`filter`] what may be read and was chosen.
//! The engine's own query parser is never used: it knows commands that nobody here means.

mod closed_class;
mod compile;
mod distance;
mod filter;
mod lexicon;
mod parse;

pub(crate) use compile::{Compiled, Marks, title_query};
pub(crate) use filter::{chosen, readable, with_filters};
pub(crate) use lexicon::Lexicon;
pub(crate) use parse::Asked;
