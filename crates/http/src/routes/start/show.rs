//! What the start page shows.

use denkraum_app as app;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;
use crate::views::{Dated, PageRef, PageSummary, rfc3339};

/// What the start page shows to this reader.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Start {
    /// The end of their last visit, RFC 3339 in UTC; null at the first one.
    #[schema(required)]
    since: Option<String>,
    /// How many pages others have made or changed since.
    total: usize,
    /// The newest of them.
    news: Vec<News>,
    /// What was changed last by anybody.
    recent: Vec<PageSummary>,
    /// The next dates.
    dates: Vec<Dated>,
    /// Every district, in the order of the catalogue.
    districts: Vec<DistrictState>,
}

/// A page that is new to the reader.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct News {
    page: PageSummary,
    /// Whether it was made since the last visit; otherwise it was changed.
    made: bool,
}

/// Where a district stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DistrictState {
    space: String,
    /// The page that says so.
    #[schema(required)]
    strategy: Option<PageRef>,
    /// The state of its agreement, a choice.
    #[schema(required)]
    agreement: Option<String>,
    /// The day of the agreement, as 2023-11-07.
    #[schema(required)]
    agreement_date: Option<String>,
    /// The step it works on, from 1.
    #[schema(required)]
    step: Option<usize>,
}

/// The start page: what is new, what is next, where the districts stand. Asking for it counts as a
/// visit.
#[utoipa::path(
    get,
    path = "/api/v1/start",
    operation_id = "showStart",
    tag = "start",
    responses((status = 200, description = "The start page", body = Start))
)]
#[tracing::instrument(name = "http.start.show", skip_all)]
pub(crate) async fn handler(cx: Context) -> Result<Json<Start>, RouteError> {
    Ok(Json(cx.app.start(&cx.actor).await.into()))
}

impl From<app::Start> for Start {
    fn from(start: app::Start) -> Self {
        let news = |one: app::News| News {
            page: one.summary.into(),
            made: one.made,
        };
        let district = |one: app::DistrictState| DistrictState {
            space: one.space.to_string(),
            strategy: one.strategy.map(PageRef::from),
            agreement: one.agreement,
            agreement_date: one.agreement_date,
            step: one.step,
        };
        Self {
            since: start.since.map(rfc3339),
            total: start.total,
            news: start.news.into_iter().map(news).collect(),
            recent: start.recent.into_iter().map(PageSummary::from).collect(),
            dates: start.dates.into_iter().map(Dated::from).collect(),
            districts: start.districts.into_iter().map(district).collect(),
        }
    }
}
