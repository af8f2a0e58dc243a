//! Bringing an archived page back.

use super::errors::keep_error;
use super::view::Page;
use crate::problem::RouteError;
use crate::request::{Json, PagePath};
use crate::session::Context;

/// Brings an archived page back into use.
#[utoipa::path(
    post,
    path = "/api/v1/pages/{id}/restore",
    operation_id = "restorePage",
    tag = "pages",
    params(("id" = String, Path, description = "The page")),
    responses((status = 200, description = "The page as it is now", body = Page))
)]
#[tracing::instrument(name = "http.pages.restore", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
) -> Result<Json<Page>, RouteError> {
    let done = cx.app.restore_page(&cx.actor, page).await;
    let view = done.map_err(|error| keep_error(&cx.app, error))?;
    Ok(Json(view.into()))
}
