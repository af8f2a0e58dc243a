//! Reading the comments of a page.

use super::errors::refuse;
use super::view::Comments;
use crate::problem::RouteError;
use crate::request::{Json, PagePath};
use crate::session::Context;

/// The comments of a page. Whoever reads the page reads them.
#[utoipa::path(
    get,
    path = "/api/v1/pages/{id}/comments",
    operation_id = "listComments",
    tag = "comments",
    params(("id" = String, Path, description = "The page")),
    responses((status = 200, description = "The comments", body = Comments))
)]
#[tracing::instrument(name = "http.comments.list", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
) -> Result<Json<Comments>, RouteError> {
    let comments = cx.app.comments(&cx.actor, page).await;
    let comments = comments.map_err(|error| refuse(&cx.app, error))?;
    Ok(Json(comments.into()))
}
