//! Bringing pages in.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use denkraum_app::ImportFailure;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::problem::{RouteError, Text};
use crate::request::{FromParameters, Json, Parameters, Query, unread};
use crate::session::Context;

/// How to treat pages that are there.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Mode {
    /// Pages that are there become as the import says; otherwise they are refused.
    #[param(value_type = Option<bool>)]
    replace: bool,
}

impl FromParameters for Mode {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        Ok(Self {
            replace: parameters.flag("replace")?,
        })
    }
}

/// What an import did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportReport {
    /// New pages.
    #[schema(value_type = u64)]
    created: usize,
    /// Pages that were there and became as the import says.
    #[schema(value_type = u64)]
    replaced: usize,
    /// Lines that could not be taken; all others were.
    failed: Vec<FailedLine>,
}

/// A line that could not be taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FailedLine {
    /// From 1.
    #[schema(value_type = u64)]
    line: usize,
    /// What is wrong with it, in English.
    detail: String,
}

impl From<ImportFailure> for FailedLine {
    fn from(failure: ImportFailure) -> Self {
        Self {
            line: failure.line,
            detail: failure.reason,
        }
    }
}

/// Imports pages: JSON Lines, one page a line, with `id`, `title`, `kind`, `space`, `audience`,
/// `tags`, `fields` and `markdown`.
#[utoipa::path(
    post,
    path = "/api/v1/import",
    operation_id = "importPages",
    tag = "pages",
    params(Mode),
    request_body(content = String, content_type = "application/jsonl"),
    responses((status = 200, description = "What the import did", body = ImportReport))
)]
#[tracing::instrument(name = "http.import", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Query(mode): Query<Mode>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<ImportReport>, RouteError> {
    let body = body.map_err(unread)?;
    let lines = std::str::from_utf8(&body).map_err(|error| {
        let text = Text::new("Das ist kein Text in UTF-8.", "This is not text in UTF-8.");
        RouteError::new(StatusCode::BAD_REQUEST, "not-utf8", text).caused_by(error)
    })?;
    let report = cx.app.import(&cx.actor, lines, mode.replace).await;
    Ok(Json(ImportReport {
        created: report.created,
        replaced: report.replaced,
        failed: report.failed.into_iter().map(FailedLine::from).collect(),
    }))
}
