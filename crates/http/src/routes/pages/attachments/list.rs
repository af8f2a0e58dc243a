//! Which files a page has.

use super::errors::refuse;
use super::view::Attachments;
use crate::problem::RouteError;
use crate::request::{Json, PagePath};
use crate::session::Context;

/// The files of a page, oldest first. Whoever reads the page reads them.
#[utoipa::path(
    get,
    path = "/api/v1/pages/{id}/attachments",
    operation_id = "listAttachments",
    tag = "attachments",
    params(("id" = String, Path, description = "The page")),
    responses((status = 200, description = "The files", body = Attachments))
)]
#[tracing::instrument(name = "http.attachments.list", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
) -> Result<Json<Attachments>, RouteError> {
    let files = cx.app.attachments(&cx.actor, page).await;
    let files = files.map_err(|error| refuse(&cx.app, error))?;
    Ok(Json(files.into()))
}
