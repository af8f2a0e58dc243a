//! What was searched without success: counts, never by whom.

use axum::http::StatusCode;
use denkraum_domain::permit_admin;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::unanswered;
use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;
use crate::views::rfc3339;

/// Searches without success, most often first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MissedSearches {
    items: Vec<MissedSearch>,
}

/// A search without success.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MissedSearch {
    text: String,
    /// How often.
    count: u64,
    /// RFC 3339, in UTC; when last.
    last: String,
}

/// A search that found nothing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Missed {
    /// What was typed.
    q: String,
}

/// What was searched without success.
#[utoipa::path(
    get,
    path = "/api/v1/search/misses",
    operation_id = "listMissedSearches",
    tag = "search",
    responses((status = 200, description = "The searches", body = MissedSearches))
)]
#[tracing::instrument(name = "http.search.misses.list", skip_all)]
pub(crate) async fn list(cx: Context) -> Result<Json<MissedSearches>, RouteError> {
    let permit = permit_admin(&cx.actor).map_err(RouteError::denied)?;
    let missed = cx.app.missed_searches(&permit).into_iter();
    let item = |one: denkraum_app::MissedSearch| MissedSearch {
        text: one.text,
        count: one.count,
        last: rfc3339(one.last),
    };
    Ok(Json(MissedSearches {
        items: missed.map(item).collect(),
    }))
}

/// Tells that somebody searched without success. It is counted, without the person, if the search
/// does find nothing.
#[utoipa::path(
    post,
    path = "/api/v1/search/misses",
    operation_id = "tellMissedSearch",
    tag = "search",
    request_body = Missed,
    responses((status = 204, description = "Done"))
)]
#[tracing::instrument(name = "http.search.misses.tell", skip_all)]
pub(crate) async fn tell(
    cx: Context,
    Json(missed): Json<Missed>,
) -> Result<StatusCode, RouteError> {
    let told = cx.app.missed(&cx.actor, &missed.q).await;
    told.map_err(unanswered)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins to count anew.
#[utoipa::path(
    delete,
    path = "/api/v1/search/misses",
    operation_id = "forgetMissedSearches",
    tag = "search",
    responses((status = 204, description = "Done"))
)]
#[tracing::instrument(name = "http.search.misses.forget", skip_all)]
pub(crate) async fn forget(cx: Context) -> Result<StatusCode, RouteError> {
    let permit = permit_admin(&cx.actor).map_err(RouteError::denied)?;
    cx.app.forget_missed(&permit).await;
    Ok(StatusCode::NO_CONTENT)
}
