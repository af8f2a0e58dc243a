//! All accounts.

use denkraum_domain::permit_admin;
use serde::Serialize;
use utoipa::ToSchema;

use super::Person;
use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;

/// All accounts, by name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct People {
    items: Vec<Person>,
    /// Always null: there is one part.
    #[schema(required)]
    next: Option<String>,
}

/// All accounts.
#[utoipa::path(
    get,
    path = "/api/v1/people",
    operation_id = "listPeople",
    tag = "people",
    responses((status = 200, description = "The accounts", body = People))
)]
#[tracing::instrument(name = "http.people.list", skip_all)]
pub(crate) async fn handler(cx: Context) -> Result<Json<People>, RouteError> {
    let permit = permit_admin(&cx.actor).map_err(RouteError::denied)?;
    let accounts = cx.app.accounts(&permit);
    Ok(Json(People {
        items: accounts.iter().map(Person::from).collect(),
        next: None,
    }))
}
