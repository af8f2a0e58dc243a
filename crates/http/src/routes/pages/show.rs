//! Reading a page.

use super::read_error;
use super::view::Page;
use crate::problem::RouteError;
use crate::request::{Json, PagePath};
use crate::session::Context;

/// A page with everything that a reader sees at once.
#[utoipa::path(
    get,
    path = "/api/v1/pages/{id}",
    operation_id = "showPage",
    tag = "pages",
    params(("id" = String, Path, description = "The page")),
    responses((status = 200, description = "The page", body = Page))
)]
#[tracing::instrument(name = "http.pages.show", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
) -> Result<Json<Page>, RouteError> {
    let view = cx.app.page(&cx.actor, page).await.map_err(read_error)?;
    Ok(Json(view.into()))
}
