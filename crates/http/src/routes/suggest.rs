//! Titles as somebody types.

use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::search::{unanswered, words};
use crate::problem::RouteError;
use crate::request::{FromParameters, Json, Parameters, Query};
use crate::session::Context;
use crate::views::PageRef;

/// The beginning of a title.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Typed {
    /// What was typed so far.
    #[param(value_type = Option<String>)]
    q: String,
}

impl FromParameters for Typed {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        Ok(Self {
            q: words(parameters)?,
        })
    }
}

/// Pages whose title fits, best first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    items: Vec<PageRef>,
}

/// Pages whose title has words that begin like what was typed.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    operation_id = "suggest",
    tag = "search",
    params(Typed),
    responses((status = 200, description = "Some pages", body = Suggestions))
)]
#[tracing::instrument(name = "http.suggest", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Query(typed): Query<Typed>,
) -> Result<Json<Suggestions>, RouteError> {
    let found = cx.app.suggest(&cx.actor, &typed.q).await;
    let found = found.map_err(unanswered)?;
    Ok(Json(Suggestions {
        items: found.into_iter().map(PageRef::from).collect(),
    }))
}
