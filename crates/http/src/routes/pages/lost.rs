//! What a person wrote into a page and lost to somebody else's change of the same block.

use axum::extract::Path;
use axum::http::StatusCode;
use denkraum_app::{App, KeptText, LostTextError};
use denkraum_domain::PageId;
use serde::Serialize;
use utoipa::ToSchema;

use super::read_error;
use crate::problem::RouteError;
use crate::request::{Json, PagePath};
use crate::session::Context;
use crate::views::rfc3339;

/// Lost texts of the person who asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LostTexts {
    /// Oldest first.
    items: Vec<LostText>,
}

/// Text that stood in a block which somebody else changed at the same time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LostText {
    id: String,
    /// When it was found; RFC 3339.
    at: String,
    text: String,
    /// What stood before it in its block; empty if nothing did, or if nobody knows any more.
    before: String,
    /// What stood after it.
    after: String,
}

impl From<KeptText> for LostText {
    fn from(kept: KeptText) -> Self {
        Self {
            id: kept.id,
            at: rfc3339(kept.at),
            text: kept.text,
            before: kept.before,
            after: kept.after,
        }
    }
}

/// What this person wrote into the page and lost, because somebody else changed the block at the
/// same time. Nobody else sees it.
#[utoipa::path(
    get,
    path = "/api/v1/pages/{id}/lost",
    operation_id = "listLostTexts",
    tag = "pages",
    params(("id" = String, Path, description = "The page")),
    responses((status = 200, description = "The texts", body = LostTexts))
)]
#[tracing::instrument(name = "http.pages.lost.list", skip_all, fields(page.id = %page))]
pub(crate) async fn list(
    cx: Context,
    PagePath(page): PagePath,
) -> Result<Json<LostTexts>, RouteError> {
    let kept = cx.app.lost_texts(&cx.actor, page).await;
    let kept = kept.map_err(|error| refuse(&cx.app, error))?;
    let items = kept.into_iter().map(LostText::from).collect();
    Ok(Json(LostTexts { items }))
}

/// Lets go of a lost text: it was put back, or is not wanted.
#[utoipa::path(
    delete,
    path = "/api/v1/pages/{id}/lost/{text}",
    operation_id = "letGoOfLostText",
    tag = "pages",
    params(
        ("id" = String, Path, description = "The page"),
        ("text" = String, Path, description = "The text"),
    ),
    responses((status = 204, description = "It is gone, or was not there"))
)]
#[tracing::instrument(name = "http.pages.lost.let_go", skip_all, fields(page.id = page))]
pub(crate) async fn let_go(
    cx: Context,
    Path((page, text)): Path<(String, String)>,
) -> Result<StatusCode, RouteError> {
    let page = PageId::parse(&page).map_err(|_| RouteError::unknown_page())?;
    let gone = cx.app.let_go_of_lost_text(&cx.actor, page, &text).await;
    gone.map_err(|error| refuse(&cx.app, error))?;
    Ok(StatusCode::NO_CONTENT)
}

fn refuse(app: &App, error: LostTextError) -> RouteError {
    match error {
        LostTextError::Read(error) => read_error(error),
        LostTextError::Load { .. } => RouteError::internal(error),
        LostTextError::Store { ref err, .. } => RouteError::unsaved(app, err.into(), error),
    }
}
