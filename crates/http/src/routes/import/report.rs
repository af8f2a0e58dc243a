//! What an import did, as JSON, in the reader's language.

use denkraum_app as app;
use serde::Serialize;
use utoipa::ToSchema;

use super::texts::{note, reason};
use crate::language::Language;

/// What an import did or, as a preview, would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportReport {
    /// Nothing was written.
    preview: bool,
    /// New pages.
    #[schema(value_type = u64)]
    created: usize,
    /// Pages that were there and became as the import says.
    #[schema(value_type = u64)]
    replaced: usize,
    /// The pages, in the order in which they stood there.
    pages: Vec<ImportedPage>,
    /// Lines and files that could not be taken; all others were.
    failed: Vec<FailedLine>,
    /// What was taken otherwise than it stood there.
    remarks: Vec<ImportRemark>,
}

/// A page that came or would come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportedPage {
    /// The file of an archive.
    #[schema(required)]
    file: Option<String>,
    /// From 1; 0 where the page is a whole file.
    #[schema(value_type = u64)]
    line: usize,
    /// Null in a preview of a page that is given its id when it comes.
    #[schema(required)]
    id: Option<String>,
    /// Empty where none was written yet.
    title: String,
    kind: String,
    space: String,
    audience: String,
    /// It is out of use.
    archived: bool,
    /// A page that is there becomes this one.
    replaces: bool,
}

/// A line or file that could not be taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FailedLine {
    /// The file of an archive.
    #[schema(required)]
    file: Option<String>,
    /// From 1; 0 where it is about a whole file.
    #[schema(value_type = u64)]
    line: usize,
    /// The key or field, such as `space` or `fields.status`.
    #[schema(required)]
    field: Option<String>,
    /// What is wrong with it, in German or English as `Accept-Language` says.
    detail: String,
}

/// Something that was taken otherwise than it stood there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportRemark {
    /// The file of an archive.
    #[schema(required)]
    file: Option<String>,
    /// From 1; 0 where it is about a whole file.
    #[schema(value_type = u64)]
    line: usize,
    /// What became different, in German or English as `Accept-Language` says.
    detail: String,
}

impl ImportReport {
    pub(super) fn new(report: app::ImportReport, preview: bool, language: Language) -> Self {
        let pages = report.pages.into_iter().map(ImportedPage::from);
        let failed = report.failed.into_iter().map(|failure| FailedLine {
            detail: reason(&failure.reason, language),
            file: failure.file,
            line: failure.line,
            field: failure.field,
        });
        let remarks = report.remarks.into_iter().map(|remark| ImportRemark {
            detail: note(&remark.note, language),
            file: remark.file,
            line: remark.line,
        });
        Self {
            preview,
            created: report.created,
            replaced: report.replaced,
            pages: pages.collect(),
            failed: failed.collect(),
            remarks: remarks.collect(),
        }
    }
}

impl From<app::ImportedPage> for ImportedPage {
    fn from(page: app::ImportedPage) -> Self {
        Self {
            file: page.file,
            line: page.line,
            id: page.id.map(|id| id.to_string()),
            title: page.title,
            kind: page.kind.to_string(),
            space: page.space.to_string(),
            audience: page.audience.as_str().to_owned(),
            archived: page.archived,
            replaces: page.replaces,
        }
    }
}
