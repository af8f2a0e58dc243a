//! The text of a page: how it lies in its document, and what it becomes.
//!
//! A page is one shared document (title, fields, body). This crate reads it into a plain tree
//! ([`PageContent`]), makes new documents and small edits from plain data, and turns the tree into
//! plain text, Markdown and HTML for reading.
//!
//! Invariants:
//! - Nothing of Yjs is visible outside: bytes in, tree out; tree in, bytes out.
//! - Reading never fails on what a tree says. Unknown nodes and marks stay in the tree; every output
//!   works on the [`normalise`]d tree, which has a bounded depth and only known shapes.
//! - No input or output, no clock, no randomness: client ids are arguments.

mod document;
mod excerpt;
mod href;
mod html;
mod labels;
mod markdown;
mod mention;
mod normal;
mod outline;
mod page;
mod schema;
mod sentence;
mod text;
mod titles;
mod tree;
mod tree_json;

pub use document::{EditError, ReadError, ReadNotice, create, edit, read, read_noticing};
pub use excerpt::{Place, Section, excerpt, lead, lead_text, sections};
pub use href::safe_href;
pub use html::to_html;
pub use labels::Labels;
pub use markdown::{FoundLink, NewLink, Notice, from_markdown, relink, to_markdown};
pub use mention::{Mention, links};
pub use normal::normalise;
pub use outline::{OutlineEntry, outline, slug};
pub use page::{Change, PageContent, Scalar, title_or_placeholder};
pub use schema::{READ_DEPTH, SCHEMA_VERSION, WRITE_DEPTH};
pub use text::{to_text, to_text_for};
pub use titles::{NoTitles, Titles};
pub use tree::{Attributes, Consent, Day, Element, Mark, Month, Node, Shape, Span, Text, Tone};
