//! Archiving a page.

use super::errors::keep_error;
use super::view::Page;
use crate::problem::RouteError;
use crate::request::{Json, PagePath};
use crate::session::Context;

/// Takes a page out of use: lists and search leave it out, who has it open reads on.
#[utoipa::path(
    post,
    path = "/api/v1/pages/{id}/archive",
    operation_id = "archivePage",
    tag = "pages",
    params(("id" = String, Path, description = "The page")),
    responses((status = 200, description = "The archived page", body = Page))
)]
#[tracing::instrument(name = "http.pages.archive", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
) -> Result<Json<Page>, RouteError> {
    let done = cx.app.archive_page(&cx.actor, page).await;
    let view = done.map_err(|error| keep_error(&cx.app, error))?;
    Ok(Json(view.into()))
}
