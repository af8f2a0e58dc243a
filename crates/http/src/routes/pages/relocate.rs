//! Moving a page to another space.

use denkraum_app::PageMove;
use denkraum_domain::{Audience, SpaceId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::errors::keep_error;
use super::view::Page;
use crate::problem::RouteError;
use crate::request::{Json, PagePath};
use crate::session::Context;

/// Where a page is to go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveTarget {
    /// The space, in which the person writes.
    space: String,
    /// Its audience there; it only becomes narrower. Without it the audience stays.
    #[schema(value_type = String, required = false)]
    audience: Option<String>,
}

impl MoveTarget {
    fn check(self) -> Result<PageMove, RouteError> {
        let audience = self.audience.as_deref().map(|raw| {
            Audience::parse(raw).ok_or_else(|| RouteError::unknown_value("audience", raw))
        });
        Ok(PageMove {
            space: SpaceId::parse(&self.space)
                .map_err(|_| RouteError::unknown_value("space", &self.space))?,
            audience: audience.transpose()?,
        })
    }
}

/// Moves a page to another space. Nobody reads it there who could not read it before.
#[utoipa::path(
    post,
    path = "/api/v1/pages/{id}/move",
    operation_id = "movePage",
    tag = "pages",
    params(("id" = String, Path, description = "The page")),
    request_body = MoveTarget,
    responses((status = 200, description = "The page in its new place", body = Page))
)]
#[tracing::instrument(name = "http.pages.move", skip_all, fields(page.id = %page))]
pub(crate) async fn handler(
    cx: Context,
    PagePath(page): PagePath,
    Json(body): Json<MoveTarget>,
) -> Result<Json<Page>, RouteError> {
    let moved = cx.app.move_page(&cx.actor, page, body.check()?).await;
    let view = moved.map_err(|error| keep_error(&cx.app, error))?;
    Ok(Json(view.into()))
}
