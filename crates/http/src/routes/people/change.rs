//! Changing an account.

use denkraum_app::AccountChange;
use denkraum_domain::{PersonName, permit_admin};
use serde::Deserialize;
use utoipa::ToSchema;

use super::errors::{password, refuse};
use super::{Person, grants};
use crate::problem::RouteError;
use crate::request::{Json, PersonPath};
use crate::session::Context;
use crate::views::Grant;

/// What is to become different; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonPatch {
    #[schema(value_type = String, required = false)]
    name: Option<String>,
    /// The line under the name.
    #[schema(value_type = String, required = false)]
    label: Option<String>,
    /// All grants.
    #[schema(value_type = Vec<Grant>, required = false)]
    grants: Option<Vec<Grant>>,
    /// Whether the person may sign in; false ends their sessions.
    #[schema(value_type = bool, required = false)]
    active: Option<bool>,
    /// A new password; ends all sessions of the person.
    #[schema(value_type = String, required = false)]
    password: Option<String>,
}

impl PersonPatch {
    fn check(self) -> Result<AccountChange, RouteError> {
        let name = self.name.as_deref().map(PersonName::parse).transpose();
        Ok(AccountChange {
            name: name.map_err(|error| RouteError::name("name", error))?,
            label: self.label,
            grants: self.grants.as_deref().map(grants).transpose()?,
            active: self.active,
            password: self.password.map(password).transpose()?,
        })
    }
}

/// Changes an account. What the person may no longer do ends at once.
#[utoipa::path(
    patch,
    path = "/api/v1/people/{id}",
    operation_id = "changePerson",
    tag = "people",
    params(("id" = String, Path, description = "The person")),
    request_body = PersonPatch,
    responses((status = 200, description = "The account as it is now", body = Person))
)]
#[tracing::instrument(name = "http.people.change", skip_all, fields(person.id = tracing::field::Empty))]
pub(crate) async fn handler(
    cx: Context,
    person: Result<PersonPath, RouteError>,
    Json(body): Json<PersonPatch>,
) -> Result<Json<Person>, RouteError> {
    // Whether somebody is there is for administrators alone to know.
    let permit = permit_admin(&cx.actor).map_err(RouteError::denied)?;
    let PersonPath(person) = person?;
    tracing::Span::current().record("person.id", tracing::field::display(person));
    let changed = cx.app.change_account(&permit, person, body.check()?).await;
    let account = changed.map_err(|error| refuse(&cx.app, error))?;
    Ok(Json(Person::from(&account)))
}
