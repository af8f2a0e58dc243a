//! Bringing pages in.

mod report;
mod texts;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use denkraum_app::{ImportOptions, ImportSource, MAX_FILES, MAX_TOTAL_MIB, SourceError};
use denkraum_domain::SpaceId;
use utoipa::IntoParams;

use crate::language::Language;
use crate::problem::{RouteError, Text};
use crate::request::{FromParameters, Json, Parameters, Query, unread};
use crate::session::Context;

use report::ImportReport;

/// How pages come in.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Mode {
    /// Pages that are there become as the import says; otherwise they are refused.
    #[param(value_type = Option<bool>)]
    replace: bool,
    /// Nothing is written; the answer says what would come.
    #[param(value_type = Option<bool>)]
    preview: bool,
    /// The space of Markdown files and lines that name none.
    #[param(value_type = Option<String>)]
    space: Option<SpaceId>,
}

impl FromParameters for Mode {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        Ok(Self {
            replace: parameters.flag("replace")?,
            preview: parameters.flag("preview")?,
            space: parameters.one("space", |raw| SpaceId::parse(raw).ok())?,
        })
    }
}

/// Imports pages: JSON Lines, one page a line, with `id`, `title`, `kind`, `space`, `audience`,
/// `tags`, `fields` and `markdown`; or a zip archive of Markdown files with front matter, of files
/// of lines, or as the export makes it.
#[utoipa::path(
    post,
    path = "/api/v1/import",
    operation_id = "importPages",
    tag = "pages",
    params(Mode),
    request_body(
        description = "JSON Lines or a zip archive; which of the two is seen from the bytes",
        content((String = "application/jsonl"), (Vec<u8> = "application/zip"))
    ),
    responses((status = 200, description = "What the import did", body = ImportReport))
)]
#[tracing::instrument(name = "http.import", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Query(mode): Query<Mode>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<ImportReport>, RouteError> {
    let source = ImportSource::read(body.map_err(unread)?).await;
    let source = source.map_err(not_read)?;
    let options = ImportOptions {
        replace: mode.replace,
        preview: mode.preview,
        space: mode.space,
    };
    let report = cx.app.import_from(&cx.actor, source, &options).await;
    let language = Language::of(&headers);
    Ok(Json(ImportReport::new(report, mode.preview, language)))
}

fn not_read(error: SourceError) -> RouteError {
    let (status, code, text) = match &error {
        SourceError::NotText => (
            StatusCode::BAD_REQUEST,
            "not-utf8",
            Text::new(
                "Das ist weder ein Zip-Archiv noch Text in UTF-8.",
                "This is neither a zip archive nor text in UTF-8.",
            ),
        ),
        SourceError::Damaged(_) => (
            StatusCode::BAD_REQUEST,
            "damaged-archive",
            Text::new(
                "Dieses Zip-Archiv ist beschädigt.",
                "This zip archive is damaged.",
            ),
        ),
        SourceError::TooManyFiles => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            Text::new(
                format!("Ein Archiv hat höchstens {MAX_FILES} Dateien."),
                format!("An archive has at most {MAX_FILES} files."),
            ),
        ),
        SourceError::TooLarge => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            Text::new(
                format!("Entpackt sind höchstens {MAX_TOTAL_MIB} MiB möglich."),
                format!("At most {MAX_TOTAL_MIB} MiB are possible when unpacked."),
            ),
        ),
    };
    RouteError::new(status, code, text).caused_by(error)
}
