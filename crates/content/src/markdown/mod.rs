//! Markdown: `CommonMark` with strike-through, page links and a few HTML tags.
//!
//! What is written here and read again gives the same [`normalise`](crate::normalise)d tree. The
//! conventions beyond `CommonMark`:
//!
//! [M-1] `[Titel](denkraum:ID)` is a page link that follows the title; with the link title
//!       `eigener Text` the text is the writer's own.
//! [M-2] A paragraph `&nbsp;` is empty.
//! [M-3] Marks that cannot be told from the text around them by `*`, `~` and `` ` `` are written as
//!       `<strong>`, `<em>`, `<del>`, `<code>`; a break at the edge of a line, or in a heading, as
//!       `<br>`.
//! [M-4] Lists of the same sort that follow each other differ in their marker.
//! [M-5] What the tree cannot hold becomes the nearest it can, with a [`Notice`].

mod escape;
mod inline;
mod notice;
mod read;
mod relink;
mod write;

pub use read::{Notice, from_markdown};
pub use relink::{FoundLink, NewLink, relink};
pub use write::to_markdown;

/// The scheme of page links.
const PAGE_SCHEME: &str = "denkraum:";

/// The link title that says: this text is the writer's own.
const OWN_TEXT: &str = "eigener Text";

/// An empty paragraph.
const EMPTY_PARAGRAPH: &str = "&nbsp;";
