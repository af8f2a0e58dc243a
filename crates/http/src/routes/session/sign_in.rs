//! Signing in with log-in and password.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use denkraum_app::{App, Password, SignInError};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Me;
use crate::problem::{RouteError, Text};
use crate::request::Json;
use crate::session::set_cookie;
use crate::state::Shared;

type SetCookie = [(HeaderName, HeaderValue); 1];

/// What somebody signs in with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    login: String,
    password: String,
}

/// Begins a session. The cookie holds its token; programs may send the same token as
/// `Authorization: Bearer` instead.
#[utoipa::path(
    post,
    path = "/api/v1/session",
    operation_id = "signIn",
    tag = "session",
    request_body = Credentials,
    responses((status = 200, description = "The person, with the session's cookie", body = Me))
)]
#[tracing::instrument(name = "http.session.sign_in", skip_all)]
pub(crate) async fn handler(
    State(shared): State<Shared>,
    Json(body): Json<Credentials>,
) -> Result<(SetCookie, Json<Me>), RouteError> {
    let password = Password::attempt(body.password);
    let password = password.map_err(|error| wrong_credentials().caused_by(error))?;
    let signed_in = shared.app().sign_in(&body.login, &password).await;
    let signed_in = signed_in.map_err(|error| refuse(shared.app(), error))?;
    let left = signed_in.expires_at.millis_since(shared.app().now());
    let cookie = set_cookie(&signed_in.token, left / 1000, shared.config().https());
    let cookie = cookie.ok_or_else(|| RouteError::of_status(StatusCode::INTERNAL_SERVER_ERROR))?;
    let me = Me::new(shared.app(), &signed_in.account);
    Ok(([(SET_COOKIE, cookie)], Json(me)))
}

fn refuse(app: &App, error: SignInError) -> RouteError {
    match error {
        SignInError::WrongCredentials => wrong_credentials(),
        SignInError::TooManyAttempts { wait_seconds } => {
            let text = Text::new(
                format!("Zu viele Versuche. Bitte warten Sie {wait_seconds} Sekunden."),
                format!("Too many attempts. Please wait {wait_seconds} seconds."),
            );
            RouteError::new(StatusCode::TOO_MANY_REQUESTS, "too-many-attempts", text)
                .retry_after(wait_seconds)
        }
        SignInError::Store(ref err) => RouteError::unsaved(app, err.into(), error),
    }
}

fn wrong_credentials() -> RouteError {
    let text = Text::new(
        "Anmeldename oder Passwort stimmen nicht.",
        "Log-in or password are wrong.",
    );
    RouteError::new(StatusCode::UNAUTHORIZED, "wrong-credentials", text)
}
