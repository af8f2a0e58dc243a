//! The titles of linked pages, for this reader.

use axum::http::StatusCode;
use denkraum_domain::PageId;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::problem::{RouteError, Text};
use crate::request::{FromParameters, Json, Parameters, Query};
use crate::session::Context;

/// The most pages that can be asked for at once.
const MAX_PAGES: usize = 200;

/// Which pages.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Their ids, at most 200.
    #[param(value_type = Option<Vec<String>>)]
    id: Vec<PageId>,
}

impl FromParameters for Wanted {
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError> {
        let id = parameters.all("id", |raw| PageId::parse(raw).ok())?;
        if id.len() <= MAX_PAGES {
            return Ok(Self { id });
        }
        let text = Text::new(
            format!("Auf einmal gehen höchstens {MAX_PAGES} Seiten."),
            format!("At most {MAX_PAGES} pages are possible at once."),
        );
        Err(RouteError::new(StatusCode::BAD_REQUEST, "wrong-value", text).on("id"))
    }
}

/// Titles in the order they were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Titles {
    items: Vec<TitleEntry>,
}

/// The title of a page. Null: there is no such page, or it is not open to the reader.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TitleEntry {
    id: String,
    #[schema(required)]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    space: Option<String>,
}

/// The titles of pages.
#[utoipa::path(
    get,
    path = "/api/v1/titles",
    operation_id = "listTitles",
    tag = "pages",
    params(Wanted),
    responses((status = 200, description = "The titles", body = Titles))
)]
#[tracing::instrument(name = "http.titles.list", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Titles>, RouteError> {
    let found = cx.app.titles(&cx.actor, &wanted.id).into_iter();
    let items = found.map(|(id, page)| TitleEntry {
        id: id.to_string(),
        kind: page.as_ref().map(|page| page.kind.to_string()),
        space: page.as_ref().map(|page| page.space.to_string()),
        title: page.map(|page| page.title),
    });
    Ok(Json(Titles {
        items: items.collect(),
    }))
}
