//! Signing out.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, HeaderValue, StatusCode};

use crate::problem::RouteError;
use crate::session::{Context, clear_cookie};
use crate::state::Shared;

type Answer = (StatusCode, Option<[(HeaderName, HeaderValue); 1]>, ());

/// Ends the session and its page connections.
#[utoipa::path(
    delete,
    path = "/api/v1/session",
    operation_id = "signOut",
    tag = "session",
    responses((status = 204, description = "The session has ended"))
)]
#[tracing::instrument(name = "http.session.sign_out", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    State(shared): State<Shared>,
) -> Result<Answer, RouteError> {
    let ended = cx.app.sign_out(&cx.token).await;
    ended.map_err(|error| RouteError::unsaved(&cx.app, (&error).into(), error))?;
    let cookie = clear_cookie(shared.config().https());
    Ok((
        StatusCode::NO_CONTENT,
        cookie.map(|cookie| [(SET_COOKIE, cookie)]),
        (),
    ))
}
