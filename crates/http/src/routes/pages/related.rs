//! Pages like a page.

use denkraum_app::RelatedPage;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::RouteError;
use crate::request::{Json, PagePath};
use crate::routes::search::unanswered;
use crate::session::Context;
use crate::views::PageRef;

/// Pages like a page, those of other spaces first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelatedPages {
    items: Vec<Related>,
}

/// A page that is like another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Related {
    page: PageRef,
    /// The telling words that both share, most telling first.
    shared: Vec<String>,
}

/// Pages like a page that the reader may see; none for a page that they may not.
#[utoipa::path(
    get,
    path = "/api/v1/pages/{id}/related",
    operation_id = "listRelatedPages",
    tag = "pages",
    params(("id" = String, Path, description = "The page")),
    responses((status = 200, description = "Some pages", body = RelatedPages))
)]
#[tracing::instrument(name = "http.pages.related", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
) -> Result<Json<RelatedPages>, RouteError> {
    let found = cx.app.related(&cx.actor, page).await.map_err(unanswered)?;
    let item = |RelatedPage { page, shared }: RelatedPage| Related {
        page: page.into(),
        shared,
    };
    Ok(Json(RelatedPages {
        items: found.into_iter().map(item).collect(),
    }))
}
