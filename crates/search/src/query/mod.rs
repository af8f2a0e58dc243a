//! From what was typed to a query of the engine.
//!
//! [`parse`](Asked::parse) reads the text, [`Lexicon`] looks up what its words can mean in this
//! index, [`words`] builds the query for a word, [`compile`](Compiled::new) that for all of them,
//! [`filter`] what may be read and was chosen. The engine's own query parser is never used: it knows
//! commands that nobody here means.

mod closed_class;
mod compile;
mod distance;
mod filter;
mod lexicon;
mod marks;
mod parse;
mod pieces;
mod terms;
mod timed;
mod together;
mod words;

pub(crate) use closed_class::is_closed_class;
pub(crate) use compile::{Compiled, Scope, title_query};
pub(crate) use filter::{chosen, readable, with_filters};
pub(crate) use lexicon::Lexicon;
pub(crate) use marks::Marks;
pub(crate) use parse::{Asked, AskedWord};
pub(crate) use terms::boosted as term_query;
pub(crate) use words::Repair;
