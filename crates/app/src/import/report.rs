//! What an import did, or would do.

use std::fmt;

use denkraum_domain::{Audience, KindId, PageId, SpaceId};

use super::reason::{ImportNote, ImportReason};

/// How pages come in.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Pages that are there become as the import says; otherwise they are refused.
    pub replace: bool,
    /// Nothing is written; the report says what would come.
    pub preview: bool,
    /// The space of pages that name none.
    pub space: Option<SpaceId>,
}

/// A line or file that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFailure {
    /// The file; `None` where all lines came as one text.
    pub file: Option<String>,
    /// The line, from 1; 0 where it is about a whole file.
    pub line: usize,
    /// The key or field, such as `space` or `fields.status`.
    pub field: Option<String>,
    /// Why.
    pub reason: ImportReason,
}

impl fmt::Display for ImportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{field}: {}", self.reason),
            None => write!(f, "{}", self.reason),
        }
    }
}

/// Something that was taken, but not as it stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRemark {
    /// The file; `None` where all lines came as one text.
    pub file: Option<String>,
    /// The line, from 1; 0 where it is about a whole file.
    pub line: usize,
    /// What became different.
    pub note: ImportNote,
}

/// A page that came or would come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedPage {
    /// The file; `None` where all lines came as one text.
    pub file: Option<String>,
    /// The line, from 1; 0 where the page is a whole file.
    pub line: usize,
    /// Which page; `None` in a preview of a page that is given its id when it comes.
    pub id: Option<PageId>,
    /// Its title, possibly empty.
    pub title: String,
    /// Its kind.
    pub kind: KindId,
    /// Who owns it.
    pub space: SpaceId,
    /// Who may read it; of a replaced page the audience stays as it was.
    pub audience: Audience,
    /// Whether it is out of use; a replaced page stays as it was.
    pub archived: bool,
    /// Whether a page that is there becomes this one.
    pub replaces: bool,
}

/// What an import did or, as a preview, would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// New pages.
    pub created: usize,
    /// Pages that were there and became as the import says.
    pub replaced: usize,
    /// The pages, in the order in which they stood there.
    pub pages: Vec<ImportedPage>,
    /// What could not be taken; everything else was.
    pub failed: Vec<ImportFailure>,
    /// What was taken otherwise than it stood there.
    pub remarks: Vec<ImportRemark>,
}
