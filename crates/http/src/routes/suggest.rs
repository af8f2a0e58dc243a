//! Titles and names as somebody types.

use denkraum_app as app;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::search::{typed, unanswered};
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
            q: typed(parameters)?,
        })
    }
}

/// What fits what was typed so far.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    /// Pages whose title fits, best first.
    items: Vec<PageRef>,
    /// Tags and choices of fields whose name fits and that pages have which the reader may see.
    terms: Vec<SuggestedTerm>,
    /// People whose name fits and from whom there are pages that the reader may see.
    people: Vec<SuggestedPerson>,
    /// The time was up before everything was looked at: there may be more.
    out_of_time: bool,
}

/// A term that pages are filed under.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuggestedTerm {
    /// The facet of the search.
    facet: String,
    value: String,
    /// What people call it, in German.
    label: String,
}

/// A person whose name fits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuggestedPerson {
    id: String,
    name: String,
    /// The line under the name.
    label: String,
}

/// Pages whose title, and people whose name, has words that begin like what was typed.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    operation_id = "suggest",
    tag = "search",
    params(Typed),
    responses((status = 200, description = "Some pages and people", body = Suggestions))
)]
#[tracing::instrument(name = "http.suggest", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Query(typed): Query<Typed>,
) -> Result<Json<Suggestions>, RouteError> {
    let found = cx.app.suggest(&cx.actor, &typed.q).await;
    let app::Suggestions {
        pages,
        terms,
        people,
        out_of_time,
    } = found.map_err(unanswered)?;
    let person = |one: app::Author| SuggestedPerson {
        id: one.person.id.to_string(),
        name: one.person.name,
        label: one.label,
    };
    let term = |one: app::SuggestedTerm| SuggestedTerm {
        facet: one.facet,
        value: one.value,
        label: one.label,
    };
    Ok(Json(Suggestions {
        items: pages.into_iter().map(PageRef::from).collect(),
        terms: terms.into_iter().map(term).collect(),
        people: people.into_iter().map(person).collect(),
        out_of_time,
    }))
}
