//! From what was typed to a [plan](crate::score::Plan).
//!
//! [`parse`](Asked::parse) reads the text, [`Lexicon`] looks up what its words can mean in this
//! index, [`words`] builds the plan for a word, [`compile`](Compiled::new) that for all of them,
//! [`filter`] says what was chosen. The engine's own query parser is never used: it knows
//! commands that nobody here means.

mod beginnings;
mod closed_class;
mod compile;
mod distance;
mod filter;
mod known;
mod lexicon;
mod marks;
mod parse;
mod pieces;
mod terms;
mod words;

pub(crate) use beginnings::Beginnings;
pub(crate) use closed_class::is_closed_class;
pub(crate) use compile::{Compiled, Scope, title_query};
pub(crate) use filter::chosen;
pub(crate) use known::KnownTerms;
pub(crate) use lexicon::Lexicon;
pub(crate) use marks::{LooseWords, Marks, Tell};
pub(crate) use parse::{Asked, AskedWord};
pub(crate) use terms::term;
pub(crate) use words::Repair;
