//! Having seen everything.

use axum::http::StatusCode;

use crate::problem::RouteError;
use crate::session::Context;

/// The reader has seen everything that is there now: only what comes after this is new to them.
#[utoipa::path(
    post,
    path = "/api/v1/start/seen",
    operation_id = "markSeen",
    tag = "start",
    responses((status = 204, description = "Done"))
)]
#[tracing::instrument(name = "http.start.seen", skip_all)]
pub(crate) async fn handler(cx: Context) -> Result<StatusCode, RouteError> {
    cx.app.all_seen(&cx.actor).await;
    Ok(StatusCode::NO_CONTENT)
}
