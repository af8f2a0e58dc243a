//! Markdown: `CommonMark` with tables, task lists, footnotes, strike-through, page links, markers of
//! blocks and a few HTML tags.
//!
//! What is written here and read again gives the same [`normalise`](crate::normalise)d tree. The
//! conventions beyond `CommonMark`:
//!
//! [M-1] `[Titel](denkraum:ID)` is a page link that follows the title; with the link title
//!       `eigener Text` the text is the writer's own.
//! [M-2] A paragraph `&nbsp;` is empty.
//! [M-3] Marks that cannot be told from the text around them by `*`, `~` and `` ` `` are written as
//!       `<strong>`, `<em>`, `<del>`, `<code>`; a break at the edge of a line, or in a heading or a
//!       cell, as `<br>`. Other marks are always `<mark>`, `<sup>`, `<sub>`.
//! [M-4] Lists of the same sort that follow each other differ in their marker.
//! [M-5] What the tree cannot hold becomes the nearest it can, with a [`Notice`].
//! [M-6] A quote whose first line is a marker is another block: `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`,
//!       `[!WARNING]`, or the name of a block in the schema, with its attributes: `[!agreement
//!       who="…" until="2024-06-30"]`. German names are read too.
//! [M-7] A task may end its first paragraph with `{person="…" due="2024-03-01"}`.
//! [M-8] A table with one row of headers, one paragraph in each cell and nothing else is written with
//!       `|`, any other one as `<table>`, `<tr>`, `<td>`, `<th>`, with Markdown inside the cells.
//! [M-9] Footnotes are numbered in order; their texts stand at the end.

mod escape;
mod inline;
mod marker;
mod notice;
mod read;
mod relink;
mod write;

use std::cell::Cell;

use crate::titles::Titles;

pub use read::{Notice, from_markdown};
pub use relink::{FoundLink, NewLink, relink};
pub use write::to_markdown;

/// The scheme of page links.
const PAGE_SCHEME: &str = "denkraum:";

/// The link title that says: this text is the writer's own.
const OWN_TEXT: &str = "eigener Text";

/// An empty paragraph.
const EMPTY_PARAGRAPH: &str = "&nbsp;";

/// What is known while a text is written.
struct Output<'a> {
    /// What the reader may know of linked pages.
    titles: &'a dyn Titles,
    /// How many footnotes have been written.
    notes: Cell<usize>,
}
