//! Who am I?

use super::Me;
use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;

/// The person who is signed in.
#[utoipa::path(
    get,
    path = "/api/v1/session",
    operation_id = "showSession",
    tag = "session",
    responses((status = 200, description = "The person", body = Me))
)]
#[tracing::instrument(name = "http.session.show", skip_all)]
pub(crate) async fn handler(cx: Context) -> Result<Json<Me>, RouteError> {
    Ok(Json(Me::new(&cx.app, &cx.account)))
}
