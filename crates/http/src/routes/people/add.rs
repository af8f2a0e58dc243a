//! A new account.

use axum::http::StatusCode;
use denkraum_app::NewAccount;
use denkraum_domain::{Login, PersonName, permit_admin};
use serde::Deserialize;
use utoipa::ToSchema;

use super::errors::{password, refuse};
use super::{Person, grants};
use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;
use crate::views::Grant;

/// A new account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPerson {
    login: String,
    name: String,
    /// The line under the name; made from role and space if nothing is said.
    #[serde(default)]
    label: String,
    grants: Vec<Grant>,
    /// At least 10 characters.
    password: String,
}

impl NewPerson {
    fn check(self) -> Result<NewAccount, RouteError> {
        let name = PersonName::parse(&self.name);
        let login = Login::parse(&self.login);
        Ok(NewAccount {
            login: login.map_err(|error| RouteError::name("login", error))?,
            name: name.map_err(|error| RouteError::name("name", error))?,
            label: self.label,
            grants: grants(&self.grants)?,
            password: password(self.password)?,
        })
    }
}

/// Makes an account.
#[utoipa::path(
    post,
    path = "/api/v1/people",
    operation_id = "addPerson",
    tag = "people",
    request_body = NewPerson,
    responses((status = 201, description = "The new account", body = Person))
)]
#[tracing::instrument(name = "http.people.add", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Json(body): Json<NewPerson>,
) -> Result<(StatusCode, Json<Person>), RouteError> {
    let permit = permit_admin(&cx.actor).map_err(RouteError::denied)?;
    let added = cx.app.add_account(&permit, body.check()?).await;
    let account = added.map_err(|error| refuse(&cx.app, error))?;
    Ok((StatusCode::CREATED, Json(Person::from(&account))))
}
