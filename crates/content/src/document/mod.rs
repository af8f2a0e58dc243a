//! The layout of a page's document, and the only place where Yjs is visible.
//!
//! Roots: `title` (text), `body` (XML fragment), `text:NAME` (text), `values` (map: `NAME` to a
//! scalar, `NAME=CHOICE` to `true`), `meta` (map: `kind`, `schema`; written by the server alone).

mod any;
mod create;
mod diff;
mod edit;
mod read;
mod walk;
mod write;

pub use create::create;
pub use edit::{EditError, edit};
pub use read::{ReadError, ReadNotice, read, read_noticing};

use yrs::block::ClientID;
use yrs::{Doc, OffsetKind, Options};

/// The roots of a page document.
const TITLE: &str = "title";
const BODY: &str = "body";
const VALUES: &str = "values";
const META: &str = "meta";
const TEXT_PREFIX: &str = "text:";

/// Makes an empty document. All documents of this crate come from here: positions in text count
/// UTF-16 units, as in the browser (the default counts bytes and silently edits another place).
fn new_doc(client_id: u64) -> Doc {
    // The guid names a document among others in one process; ours are never together.
    let mut options = Options::with_guid_and_client_id("page".into(), ClientID::new(client_id));
    options.offset_kind = OffsetKind::Utf16;
    Doc::with_options(options)
}
