//! The page of a space.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use denkraum_app as app;
use serde::Serialize;
use utoipa::ToSchema;

use super::pages::{Answer, read_error};
use crate::problem::{RouteError, Text};
use crate::request::{Json, SpacePath};
use crate::session::Context;
use crate::views::{Dated, PageRef, PageSummary};

/// What the page of a space shows to this reader.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpaceOverview {
    /// The page that says where the district is heading, if there is one.
    #[schema(required)]
    strategy: Option<StrategyView>,
    /// How many pages of each kind there are; a kind without pages is not named.
    counts: BTreeMap<String, usize>,
    /// The newest pages of the kinds that have a list.
    shelves: Vec<Shelf>,
    /// All offers, with the rows and columns of the table they stand in.
    offers: Vec<Offer>,
    /// Newest first.
    milestones: Vec<Dated>,
    /// What the space takes part in: the next first, then those that are over, newest first.
    dates: Vec<Dated>,
    /// What was changed last.
    recent: Vec<PageSummary>,
    /// How many archived pages the reader may see.
    archived: usize,
    can: SpaceRights,
}

/// What the reader may do in the space.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpaceRights {
    /// Create pages.
    create: bool,
}

/// The page that says where a district is heading.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StrategyView {
    page: PageSummary,
    /// Its answered fields, by name.
    fields: BTreeMap<String, Answer>,
    /// The pages about each step that the reader may see, by the field that names them.
    step_pages: BTreeMap<String, Vec<PageRef>>,
    /// Whether the reader may write it.
    can_edit: bool,
}

/// The newest pages of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Shelf {
    kind: String,
    items: Vec<PageSummary>,
}

/// Where an offer stands in the table.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Offer {
    id: String,
    /// The choices that answer the field of the rows.
    rows: Vec<String>,
    /// The choices that answer the field of the columns.
    columns: Vec<String>,
}

/// The page of a space: strategy, lists, offers, milestones, dates.
#[utoipa::path(
    get,
    path = "/api/v1/spaces/{id}",
    operation_id = "showSpace",
    tag = "spaces",
    params(("id" = String, Path, description = "The space")),
    responses((status = 200, description = "The page of the space", body = SpaceOverview))
)]
#[tracing::instrument(name = "http.spaces.show", skip_all)]
pub(crate) async fn handler(
    cx: Context,
    SpacePath(space): SpacePath,
) -> Result<Json<SpaceOverview>, RouteError> {
    let overview = cx.app.space_overview(&cx.actor, &space).await;
    let overview = overview.map_err(read_error)?;
    let overview = overview.ok_or_else(RouteError::unknown_space)?;
    Ok(Json(overview.into()))
}

impl RouteError {
    /// There is no such space.
    pub(crate) fn unknown_space() -> Self {
        let text = Text::new("Diesen Raum gibt es nicht.", "There is no such space.");
        Self::new(StatusCode::NOT_FOUND, "unknown-space", text)
    }
}

impl From<app::SpaceOverview> for SpaceOverview {
    fn from(overview: app::SpaceOverview) -> Self {
        let counts = overview.counts.into_iter();
        let recent = overview.recent.into_iter();
        Self {
            strategy: overview.strategy.map(StrategyView::from),
            counts: counts.map(|(kind, of)| (kind.to_string(), of)).collect(),
            shelves: overview.shelves.into_iter().map(Shelf::from).collect(),
            offers: overview.offers.into_iter().map(Offer::from).collect(),
            milestones: overview.milestones.into_iter().map(Dated::from).collect(),
            dates: overview.dates.into_iter().map(Dated::from).collect(),
            recent: recent.map(PageSummary::from).collect(),
            archived: overview.archived,
            can: SpaceRights {
                create: overview.can_create,
            },
        }
    }
}

impl From<app::StrategyView> for StrategyView {
    fn from(view: app::StrategyView) -> Self {
        let fields = view.fields.into_iter();
        let links = |pages: Vec<app::PageRef>| pages.into_iter().map(PageRef::from).collect();
        let step_pages = view.step_pages.into_iter();
        Self {
            step_pages: step_pages.map(|(field, of)| (field, links(of))).collect(),
            page: view.summary.into(),
            fields: fields.map(|(name, value)| (name, value.into())).collect(),
            can_edit: view.can_edit,
        }
    }
}

impl From<app::Shelf> for Shelf {
    fn from(shelf: app::Shelf) -> Self {
        Self {
            kind: shelf.kind.to_string(),
            items: shelf.items.into_iter().map(PageSummary::from).collect(),
        }
    }
}

impl From<app::Offer> for Offer {
    fn from(offer: app::Offer) -> Self {
        Self {
            id: offer.page.to_string(),
            rows: offer.rows,
            columns: offer.columns,
        }
    }
}
