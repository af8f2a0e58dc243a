//! The first administrator, by the one-time link that the first start prints.

use axum::extract::State;
use axum::http::StatusCode;
use denkraum_app::SetUpError;
use denkraum_domain::{Login, PersonName};
use serde::Deserialize;
use utoipa::ToSchema;

use super::people::errors::{password, refuse};
use super::session::Me;
use crate::problem::{RouteError, Text};
use crate::request::Json;
use crate::state::Shared;

/// The first account, with the code of the set-up link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetUp {
    code: String,
    login: String,
    name: String,
    /// At least 10 characters.
    password: String,
}

/// Makes the first administrator.
#[utoipa::path(
    post,
    path = "/api/v1/setup",
    operation_id = "setUp",
    tag = "session",
    request_body = SetUp,
    responses((status = 201, description = "The first administrator", body = Me))
)]
#[tracing::instrument(name = "http.setup", skip_all)]
pub(crate) async fn handler(
    State(shared): State<Shared>,
    Json(body): Json<SetUp>,
) -> Result<(StatusCode, Json<Me>), RouteError> {
    let login = Login::parse(&body.login).map_err(|error| RouteError::name("login", error))?;
    let name = PersonName::parse(&body.name).map_err(|error| RouteError::name("name", error))?;
    let password = password(body.password)?;
    let app = shared.app();
    let made = app.set_up(&body.code, login, name, password).await;
    let account = made.map_err(|error| match error {
        SetUpError::Code => {
            let text = Text::new(
                "Dieser Link zur Einrichtung gilt nicht oder nicht mehr. Ein neuer steht in der \
                 Ausgabe des Programms, wenn es neu gestartet wird und noch niemand ein Konto hat.",
                "This set-up link is not valid, or not any more. The program prints a new one \
                 when it is started again and nobody has an account yet.",
            );
            RouteError::new(StatusCode::FORBIDDEN, "invalid-setup-code", text).on("code")
        }
        SetUpError::Account(error) => refuse(app, error),
    })?;
    Ok((StatusCode::CREATED, Json(Me::new(app, &account))))
}
